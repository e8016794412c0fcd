"""What a hedge hedges: stretches of tokens around or below it, first and last token inclusive."""

from collections.abc import Collection

from framing.language import Parse

Stretch = tuple[int, int]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
OUTSIDE = frozenset({"mark", "punct", "parataxis", "cc", "conj"})
PREPOSED = frozenset({"prep", "advcl"})
COMMENTS = frozenset({"relcl", "advcl", "acl", "parataxis"})
EDGE = frozenset(",;:.!?-–—()[]\"'“”‘’`")


def clause(parse: Parse, verb: int, *, behind: int | None = None, without: Collection[int] = ()) -> Stretch | None:
    """Give the clause of a verb, without its conjunction, a coordinated clause, or words put in between.

    Left out are what stands in front of it ([In May], prices may rise; [when he left], prices rose), the children in
    `without`, and a comment at the end: …, [which nobody knew]. Nothing stands in front of it that follows its *that*
    or the word that it is the content of, `behind`: I think [in May prices rose].
    """
    that = next((c for c in parse.children[verb] if c < verb and _is_that(parse, c)), behind)
    left = right = verb
    for child in parse.children[verb]:
        # "no evidence that he lied": a conjunction, also where it was parsed as the object
        if child == that or child in without:
            continue
        if child < verb and (
            parse.dep[child] in OUTSIDE
            or (parse.dep[child] in PREPOSED and (that is None or parse.first[child] < that))
        ):
            continue
        if parse.dep[child] in ("parataxis", "cc", "punct") or (
            parse.dep[child] == "conj" and _stands_alone(parse, child)
        ):
            continue
        left, right = min(left, parse.first[child]), max(right, parse.last[child])
    return trimmed(parse, left, _before_comment(parse, verb, right))


def _is_that(parse: Parse, token: int) -> bool:
    return parse.lower[token] == "that" and parse.tag[token] == "IN"


def _stands_alone(parse: Parse, verb: int) -> bool:
    """Whether a coordinated clause has a subject and no *that*: it may rain [and we will stay]."""
    return has_subject(parse, verb) and not any(_is_that(parse, c) for c in parse.children[verb])


def _before_comment(parse: Parse, verb: int, last: int) -> int:
    """Last token before a comment at the end of a clause: it may rain, [which is rare]; it may rain, [he said]."""
    while True:
        comment = next(
            (
                parse.first[t]
                for t in range(verb + 1, last + 1)
                if parse.dep[t] in COMMENTS
                and _reaches(parse, t, last)
                and parse.word[parse.first[t] - 1] in (",", "–", "—", "-", "―", "(")
                and parse.first[t] > verb + 1
            ),
            None,
        )
        if comment is None:
            return last
        last = comment - 1
        while last > verb and not parse.is_word(last):
            last -= 1


def _reaches(parse: Parse, token: int, last: int) -> bool:
    """Whether nothing but punctuation follows what is below a token."""
    return not any(parse.is_word(t) for t in range(parse.last[token] + 1, last + 1))


def has_subject(parse: Parse, verb: int) -> bool:
    """Whether a clause names its own subject."""
    return parse.child(verb, *SUBJECTS) is not None


def after(parse: Parse, token: int, head: int) -> Stretch | None:
    """Give what follows `token` in the phrase of `head`, but no relative clause: alleged [theft of a car], which …."""
    right = head
    for child in parse.children[head]:
        if child > head and parse.dep[child] not in ("relcl", "punct", "cc", "conj", "appos"):
            right = max(right, parse.last[child])
    return trimmed(parse, token + 1, _before_comment(parse, head, right))


def phrase(parse: Parse, head: int) -> Stretch | None:
    """Everything below `head` but a comment at the end: seen as a threat, [which it was]."""
    return trimmed(parse, parse.first[head], _before_comment(parse, head, parse.last[head]))


def trimmed(parse: Parse, first: int, last: int) -> Stretch | None:
    """Give the stretch without punctuation at its edges, None when nothing is left."""
    while first <= last and not parse.word[first].strip("".join(EDGE)):
        first += 1
    while last >= first and not parse.word[last].strip("".join(EDGE)):
        last -= 1
    return (first, last) if first <= last else None


def main_clause(parse: Parse, token: int, *, without: Collection[int] = ()) -> Stretch | None:
    """Give the clause that a token stands in."""
    head = next((a for a in parse.ancestors(token) if parse.pos[a] in ("VERB", "AUX")), None)
    return None if head is None else clause(parse, head, without=without)
