"""Constructions of verbs that tell a hedge from its look-alikes: to believe that, to be seen as, to appear to."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of
from framing.measures.hedge_scope import SUBJECTS, after, clause, has_subject, phrase, trimmed
from framing.measures.hedge_syntax import (
    FINITE,
    as_link,
    finite_below,
    following,
    infinitive_below,
    is_denied,
    is_infinitive,
    is_passive,
    is_subjunctive,
    is_verb,
    legal,
)

QUESTIONING = ("WP", "WRB", "WP$", "WDT")


def comparison(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “As expected, it won”, “worse than feared”, “as soon as possible”."""
    before = parse.lower[first - 1] if first else ""
    return holds(before in ("as", "than") and not has_subject(parse, first), None)


def passive_duty(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Sirens are supposed to howl”: a duty or a plan; not “He is supposed to have fled”."""
    verb = infinitive_below(parse, first)
    past = verb is not None and any(parse.lemma[c] == "have" and parse.dep[c] == "aux" for c in parse.children[verb])
    present = any(parse.lower[c] in ("is", "are", "'s", "’s", "'re", "’re") for c in parse.children[first])
    fits = verb is not None and not past and present and is_passive(parse, first) and parse.lemma[verb] != "be"
    return holds(fits, None if verb is None else clause(parse, verb))


def passive_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The deal is expected to close”; “a man believed to be armed”."""
    verb = infinitive_below(parse, first)
    return holds(verb is not None and is_passive(parse, first), None if verb is None else clause(parse, verb))


def passive_as(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is seen as a threat”."""
    link = as_link(parse, first) if is_passive(parse, first) else None
    return None if link is None else Fit(phrase(parse, link))


def passive_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is feared that he drowned”."""
    verb = finite_below(parse, first, "ccomp", "csubj", "csubjpass", "advcl")
    return holds(
        is_passive(parse, first) and verb is not None and verb > first, None if verb is None else clause(parse, verb)
    )


def passive_complement(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He is considered a hero”; “It was thought likely”."""
    child = following(parse, first, "oprd", "attr", "acomp", "xcomp", "ccomp", "dobj")
    return holds(is_passive(parse, first) and child is not None, None if child is None else phrase(parse, child))


def passive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The sale had been expected”, “the suspected [theft]”."""
    head = parse.head[first]
    before = parse.dep[first] == "amod" and head > first
    if not is_passive(parse, first):
        return None
    return Fit(after(parse, last, head), flag=legal(parse, first)) if before else Fit(clause(parse, first))


def object_as(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She sees him as a friend”."""
    # "They believe in it as a nation": nothing is believed to be a nation
    judged = parse.child(first, "dobj", "nsubjpass", "agent") is not None or parse.dep[first] in (
        "relcl",
        "acl",
        "csubj",
    )
    link = as_link(parse, first) if is_verb(parse, first) and judged else None
    return None if link is None else Fit(phrase(parse, link))


def like_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It looks like it will rain”, “It seems as if he knew”."""
    following = parse.lower[last + 1 : last + 3]
    link = following[:1] == ["like"] or following in (["as", "if"], ["as", "though"])
    child = next((c for c in parse.children[first] if c > first and parse.dep[c] in ("prep", "advcl", "ccomp")), None)
    finite = child is not None and any(parse.tag[t] in FINITE for t in range(child, parse.last[child] + 1))
    return holds(is_verb(parse, first) and link and finite, None if child is None else phrase(parse, child))


def like_noun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She looks like her mother”: likeness."""
    return holds(is_verb(parse, first) and parse.lower[last + 1 : last + 2] == ["like"], after(parse, first, first))


def impersonal_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It appears that he left”: unlike “ads that appeared while he read”."""
    subject = parse.child(first, *SUBJECTS)
    verb = finite_below(parse, first, "ccomp", "advcl")
    fits = is_verb(parse, first) and subject is not None and parse.lower[subject] == "it" and verb is not None
    return holds(fits, None if verb is None else clause(parse, verb, behind=first))


def proposal(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They suggested that he should leave”, “… that he leave”: what is proposed, not what is likely.

    Not “The figures suggest that he should leave”: evidence proposes nothing.
    """
    subject = parse.child(first, "nsubj")
    if subject is not None and parse.lemma[subject] in words_of("evidence"):
        return None
    verb = parse.child(first, "ccomp")
    if verb is None or not is_verb(parse, first):
        return None
    should = any(parse.lower[c] == "should" for c in parse.children[verb])
    return holds(should or is_subjunctive(parse, verb), None)


def astonished(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “I can't believe that he left”: he did, to everybody's surprise."""
    able = any(parse.lower[c] in ("can", "ca", "could") for c in parse.children[first])
    return holds(is_verb(parse, first) and able and is_denied(parse, first), None)


def open_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They will examine whether it failed”, “She wondered if it failed”."""
    verb = finite_below(parse, first, "ccomp")
    asked = verb is not None and any(
        parse.lower[c] in ("whether", "if") and parse.dep[c] == "mark" for c in parse.children[verb]
    )
    fits = is_verb(parse, first) and verb is not None and verb > first and asked
    return holds(fits, None if verb is None else clause(parse, verb, behind=first))


def finite_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Analysts think it will rise”; not “Believe what she says”: that trusts, and holds nothing possible."""
    verb = finite_below(parse, first, "ccomp")
    asked = verb is not None and parse.first[verb] > first and parse.tag[parse.first[verb]] in QUESTIONING
    fits = is_verb(parse, first) and verb is not None and not asked
    return holds(fits, None if verb is None else clause(parse, verb, behind=first))


def participle_given(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Considering that it rained, they did well”: what is taken into account."""
    alone = not any(parse.dep[c] in ("aux", *SUBJECTS) for c in parse.children[first])
    return holds(parse.tag[first] == "VBG" and alone and finite_below(parse, first, "ccomp") is not None, None)


def purpose(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She appeared in court to plead”: an aim, behind a place or an occasion; not “appeared at times to plead”."""
    verb = infinitive_below(parse, first)
    if verb is None or not is_verb(parse, first):
        return None
    to = next(c for c in parse.children[verb] if parse.tag[c] == "TO")
    places = (
        t
        for t in range(first + 1, to)
        if parse.tag[t][:2] == "NN"
        and parse.tag[parse.first[t] - 1] == "IN"
        and parse.lower[t] not in words_of("instance")
    )
    return holds(next(places, None) is not None, None)


def object_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They expect profits to rise”."""
    verb = next(
        (c for c in parse.children[first] if parse.dep[c] in ("ccomp", "xcomp") and is_infinitive(parse, c)), None
    )
    fits = verb is not None and (parse.child(first, "dobj") is not None or has_subject(parse, verb))
    return holds(is_verb(parse, first) and fits, None if verb is None else clause(parse, verb))


def infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It appears to work”; “She expects to win”."""
    verb = infinitive_below(parse, first)
    return holds(is_verb(parse, first) and verb is not None, None if verb is None else clause(parse, verb))


def gerund(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They are considering closing the plant”: a plan, not a judgement."""
    child = following(parse, first, "xcomp", "ccomp", "pcomp")
    fits = child is not None and parse.tag[child] == "VBG" and not has_subject(parse, child)
    # "It suggested raising taxes would help": the gerund is the subject of a claim
    claim = finite_below(parse, first, "ccomp")
    if claim is not None and fits:
        subject, before = parse.child(claim, *SUBJECTS), parse.word[parse.first[claim] - 1]
        fits = before == "," or (subject is not None and parse.tag[subject] in ("WDT", "WP"))
    progressive = child is not None and any(parse.dep[c] == "aux" for c in parse.children[child])
    scope = None if child is None else clause(parse, child)
    return holds(is_verb(parse, first) and fits and not progressive, scope)


def small_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They consider the plan unwise”, “They consider it a success”, “what they consider a success”."""
    if not is_verb(parse, first):
        return None
    child = following(parse, first, "ccomp", "oprd", "xcomp", "acomp", "attr")
    if child is not None and parse.first[child] > first and parse.tag[parse.first[child]] in QUESTIONING:
        return None
    if child is not None:
        return Fit(clause(parse, child))
    return _second_object(parse, first)


def _second_object(parse: Parse, verb: int) -> Fit | None:
    """Fit “consider [it a success]”, “a plan that they consider [a success]”: two objects."""
    child = following(parse, verb, "dobj")
    if child is None:
        return None
    subject = parse.child(verb, "nsubj")
    relative = parse.dep[verb] == "relcl" or any(
        c < verb and parse.tag[c] in ("WP", "WDT") and c != subject for c in parse.children[verb]
    )
    if relative and subject is not None and parse.first[child] == verb + 1:
        return holds(parse.lower[subject] not in ("who", "which", "that"), phrase(parse, child))
    after = child + 1
    pronoun = parse.pos[child] == "PRON" and child == verb + 1
    noun = after < len(parse) and parse.tag[after] in ("DT", "CD", "JJ", "PRP$", "NN", "NNS")
    return holds(pronoun and noun, trimmed(parse, child, parse.last[parse.head[after]]) if noun else None)


def parenthetical(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The plan, I think, was a good one”."""
    fits = is_verb(parse, first) and parse.dep[first] == "parataxis"
    return holds(fits, clause(parse, parse.head[first]))


def transitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They fear [a recession]”, “They accuse him [of lying]”."""
    child = parse.child(first, "dobj")
    if child is None or not is_verb(parse, first):
        return None
    # "accuse an aide of lying": also where it was parsed below the aide
    of = [t for t in range(first + 1, parse.last[first] + 1) if parse.lower[t] == "of"]
    charge = (
        t
        for t in of
        if parse.head[t] == first
        or (parse.child(t, "pcomp") is not None and parse.first[child] <= t <= parse.last[child])
    )
    return Fit(phrase(parse, next(charge, child)))


def verb(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She appeared in court”, “She seemed [far away]”: any other use as a verb."""
    return holds(is_verb(parse, first), after(parse, first, first))


VERBS = (
    comparison, passive_duty, passive_infinitive, passive_as, passive_clause, passive_complement, passive, object_as,
    like_clause, like_noun, impersonal_clause, object_infinitive, proposal, gerund, participle_given, astonished,
    open_question, finite_clause, purpose, infinitive, small_clause, parenthetical, transitive, verb,
)  # fmt: skip
