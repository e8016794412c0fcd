"""Constructions of certainty, as the project's codebook draws their lines."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of
from framing.measures.hedge_scope import SUBJECTS, clause, main_clause, trimmed

DENIALS = frozenset({"not", "n't", "n’t", "nor", "neither", "never", "no", "nobody", "nothing", "hardly"})


def graded(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “almost certainly”, “more clearly”, “not necessarily”: certainty by degrees."""
    before = parse.lower[first - 1] if first else ""
    return holds(before in words_of("degree"), None)


def manner(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She spoke clearly”, “to clearly explain it”: how, not how surely."""
    head = parse.head[first]
    if parse.dep[first] != "advmod" or parse.pos[head] != "VERB" or parse.lemma[head] == "be":
        return None
    after_verb = head < first and (parse.lemma[head] in words_of("manner") or head == first - 1)
    return holds(after_verb or parse.lemma[head] in words_of("manner_before"), None)


def on_quality(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “absolutely beautiful”: a quality made stronger."""
    return holds(parse.pos[parse.head[first]] in ("ADJ", "NOUN", "ADV", "DET", "PRON"), None)


def opening(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Sure], it may fail”, “[Naturally], he left”: set off at the head of a sentence."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    opens = all(not parse.is_word(t) for t in range(begin, first))
    return holds(opens and last + 1 < beyond and parse.word[last + 1] == ",", main_clause(parse, first))


def after_if(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “if indeed he won”, “very rare indeed”: no affirmation."""
    begin, _ = parse.sentences[parse.sentence[first]]
    before = parse.lower[max(begin, first - 5) : first]
    return holds(any(word in before for word in ("if", "whether", "very")), None)


def impersonal_certain(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is [clear] that he left”; not “It is not clear whether”, “She made it clear that”."""
    head = parse.head[first]
    subject = parse.child(head, *SUBJECTS)
    verb = parse.child(first, "ccomp") or parse.child(head, "ccomp", "csubj")
    fits = (
        parse.lemma[head] in ("be", "become", "seem")
        and subject is not None
        and parse.lower[subject] == "it"
        and verb is not None
        and verb > first
        and not _denied(parse, head)
    )
    return holds(fits, None if verb is None else clause(parse, verb, behind=first))


def first_person(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “I am [sure] that he left”; not “She is sure”."""
    head = parse.head[first]
    ours = any(parse.lower[c] in ("i", "we") and parse.dep[c] in SUBJECTS for c in parse.children[head])
    below = (c for holder in (first, head) for c in parse.children[holder] if parse.dep[c] == "ccomp" and c > first)
    verb = next(below, None)
    if verb is None or not ours or _denied(parse, head) or parse.lemma[head] == "make":
        return None
    return Fit(clause(parse, verb, behind=first))


def _denied(parse: Parse, verb: int) -> bool:
    return any(parse.lower[c] in DENIALS for c in parse.children[verb])


def certain_to(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Prices are [certain to] rise”; not “Be sure to call”."""
    head = parse.head[first]
    to = last + 1
    bare = parse.lower[first - 1] in ("be", "make", "not") if first else True
    if to + 1 >= len(parse) or parse.tag[to] != "TO" or parse.tag[to + 1][:2] != "VB" or bare:
        return None
    return Fit(trimmed(parse, to + 1, parse.last[head]), (first, to)) if parse.lemma[head] == "be" else None


def must_perfect(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He [must have] left”."""
    following = first + 1
    if following >= len(parse) or parse.lower[following] not in ("have", "'ve", "’ve"):
        return None
    verb = parse.head[first]
    return Fit(clause(parse, verb), (first, following)) if verb > following and parse.tag[verb] == "VBN" else None


def must_be(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “You [must be] joking”, “There [must be] a reason”; not “It must be stopped”."""
    following, verb = first + 1, parse.head[first]
    if following >= len(parse) or parse.lower[following] != "be":
        return None
    subject = parse.child(verb, *SUBJECTS)
    going_on = parse.tag[verb] == "VBG"
    there = verb == following and subject is not None and parse.lower[subject] in ("there", "it", "this", "that")
    return Fit(clause(parse, verb), (first, following)) if going_on or there else None


def unsettled(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “left no doubt about”, “no one can say for sure”: denied, asked or a noun of its own."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    before = parse.lower[max(begin, first - 5) : first]
    owned = first > 0 and parse.lemma[first - 1] in ("leave", "cast", "have")
    return holds(owned or any(word in DENIALS for word in before) or parse.lower[beyond - 1] == "?", None)


def settled_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “There is [no question] that he left”, “[no question] about it”; not “no questions asked”."""
    following = parse.lower[last + 1] if last + 1 < len(parse) else ""
    head = parse.head[last]
    there = any(parse.lower[c] == "there" for c in parse.children[head])
    return holds(
        following in ("that", "but", "about") or (there and parse.lemma[head] == "be"), main_clause(parse, last)
    )


CERTAINTY = (
    graded, manner, on_quality, after_if, unsettled, impersonal_certain, first_person, certain_to, must_perfect,
    must_be, opening, settled_question,
)  # fmt: skip
