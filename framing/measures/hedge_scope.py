"""What a hedge hedges: stretches of tokens around or below it, first and last token inclusive."""

from framing.language import Parse

Stretch = tuple[int, int]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
EDGE = frozenset(",;:.!?-–—()[]\"'“”‘’`")


def clause(parse: Parse, verb: int) -> Stretch | None:
    """Give the clause of a verb, without its conjunction, a coordinated clause, or words put in between."""
    left = right = verb
    for child in parse.children[verb]:
        # "no evidence that he lied": a conjunction, also where it was parsed as the object
        if parse.tag[child] == "IN" and parse.lower[child] == "that":
            continue
        if parse.dep[child] in ("mark", "punct", "parataxis", "cc", "conj", "prep") and child < verb:
            continue
        # "It may rain and we will stay": the second clause has a subject of its own
        if parse.dep[child] in ("parataxis", "cc", "punct") or (
            parse.dep[child] == "conj" and has_subject(parse, child)
        ):
            continue
        left, right = min(left, parse.first[child]), max(right, parse.last[child])
    return trimmed(parse, left, right)


def has_subject(parse: Parse, verb: int) -> bool:
    """Whether a clause names its own subject."""
    return parse.child(verb, *SUBJECTS) is not None


def after(parse: Parse, token: int, head: int) -> Stretch | None:
    """Give what follows `token` in the phrase of `head`, but no relative clause: alleged [theft of a car], which …."""
    right = head
    for child in parse.children[head]:
        if child > head and parse.dep[child] not in ("relcl", "punct", "cc", "conj", "appos"):
            right = max(right, parse.last[child])
    return trimmed(parse, token + 1, right)


def phrase(parse: Parse, head: int) -> Stretch | None:
    """Everything below `head`."""
    return trimmed(parse, parse.first[head], parse.last[head])


def trimmed(parse: Parse, first: int, last: int) -> Stretch | None:
    """Give the stretch without punctuation at its edges, None when nothing is left."""
    while first <= last and not parse.word[first].strip("".join(EDGE)):
        first += 1
    while last >= first and not parse.word[last].strip("".join(EDGE)):
        last -= 1
    return (first, last) if first <= last else None


def main_clause(parse: Parse, token: int) -> Stretch | None:
    """Give the clause that a token stands in."""
    head = next((a for a in parse.ancestors(token) if parse.pos[a] in ("VERB", "AUX")), None)
    return None if head is None else clause(parse, head)
