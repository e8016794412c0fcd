"""Constructions of nouns, adjectives and adverbs that tell a hedge from its look-alikes: the fear that, likely to."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of
from framing.measures.hedge_scope import SUBJECTS, after, clause, main_clause, phrase, trimmed
from framing.measures.hedge_syntax import VERBAL, finite_below, is_infinitive, legal

# --- nouns ---


def _is_noun(parse: Parse, token: int) -> bool:
    return parse.tag[token] in ("NN", "NNS")


def compound(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the rumour mill”, “a risk factor”: a noun in front of another, which names a kind."""
    return holds(_is_noun(parse, first) and parse.dep[first] == "compound" and parse.head[first] > first, None)


def noun_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the possibility that it failed”."""
    verb = finite_below(parse, first, "acl", "ccomp", "relcl")
    fits = verb is not None and any(parse.lower[c] == "that" and parse.dep[c] == "mark" for c in parse.children[verb])
    return holds(_is_noun(parse, first) and fits, None if verb is None else clause(parse, verb, behind=first))


def noun_is_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The fear is that it failed”."""
    head = parse.head[first]
    verb = finite_below(parse, head, "ccomp")
    fits = (
        _is_noun(parse, first)
        and parse.lemma[head] == "be"
        and parse.dep[first] in ("nsubj", "attr")
        and verb is not None
    )
    return holds(fits, None if verb is None else clause(parse, verb, behind=head))


def existential(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “There is little doubt that it failed”; not “This left little doubt”."""
    head = parse.head[last]
    there = any(parse.lower[c] == "there" for c in parse.children[head])
    verb = finite_below(parse, last, "acl", "ccomp")
    return holds(there and parse.lemma[head] == "be", None if verb is None else clause(parse, verb, behind=last))


def noun_of(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the likelihood of a strike”."""
    of = next((c for c in parse.children[first] if parse.lower[c] in ("of", "about")), None)
    return holds(_is_noun(parse, first) and of is not None, None if of is None else phrase(parse, of))


def noun_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the potential to change”."""
    verb = parse.child(first, "acl", "relcl")
    fits = _is_noun(parse, first) and verb is not None and is_infinitive(parse, verb)
    return holds(fits, None if verb is None else clause(parse, verb))


def noun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “an accusation”, “his views”: any other use as a noun."""
    return holds(_is_noun(parse, first), None)


# --- adjectives and adverbs ---


def attributive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the possible cause”, “an expected gain”; a legal formula is flagged: “the alleged theft”."""
    head = parse.head[first]
    if parse.dep[first] not in ("amod", "compound") or head < first:
        return None
    return Fit(after(parse, last, head), flag=legal(parse, first))


def adjective_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is possible that he fled”; “It remains unclear who paid”."""
    for holder in (first, parse.head[first]):
        asked = parse.lemma[first] in words_of("wondering")
        child = finite_below(parse, holder, "ccomp", "csubj", "advcl", "acl", asked=asked)
        if (
            child is not None
            and child != first
            and child > first
            and parse.dep[first] in ("acomp", "oprd", "ROOT", "ccomp", "attr", "xcomp", "conj", "advcl")
        ):
            return Fit(clause(parse, child, behind=last))
    # "It is possible that the shields, when hit, glow": a long clause is often hung elsewhere.
    subject = parse.child(parse.head[first], *SUBJECTS)
    impersonal = subject is not None and parse.lower[subject] == "it" and subject < first
    if not impersonal or parse.dep[first] not in ("acomp", "oprd") or parse.lower[last + 1 : last + 2] != ["that"]:
        return None
    return Fit(trimmed(parse, last + 2, parse.last[parse.head[first]]))


def adjective_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Prices are likely to rise”."""
    for holder in (first, parse.head[first]):
        child = next(
            (
                c
                for c in parse.children[holder]
                if c > first and parse.dep[c] in ("xcomp", "ccomp", "advcl", "csubj") and is_infinitive(parse, c)
            ),
            None,
        )
        if child is not None and parse.tag[first][:2] in ("JJ", "RB"):
            return Fit(clause(parse, child))
    return None


def best_possible(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the best possible price”, “make it possible”, “where possible”, “every possible way”."""
    head = parse.head[first]
    degree = any(
        parse.tag[c] in ("JJS", "RBS") or parse.lower[c] in ("every", "all", "any", "each")
        for c in (*parse.children[head], *parse.children[first])
    )
    before = parse.lower[first - 1] if first else ""
    return holds(
        (degree and parse.dep[first] == "amod")
        or before in ("where", "wherever", "if", "whenever", "when")
        or parse.lemma[head] in ("make", "render"),
        None,
    )


def predicative(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “A strike is possible”."""
    fits = (
        parse.dep[first] in ("acomp", "oprd", "attr", "ccomp", "ROOT", "xcomp", "conj") and parse.tag[first][:2] == "JJ"
    )
    head = parse.head[first]
    subject = parse.child(head, *SUBJECTS)
    if subject is not None and parse.lower[subject] in ("there", "it"):  # "There is likely no way out"
        return holds(fits, clause(parse, head))
    return holds(fits, None if subject is None else phrase(parse, subject))


def adverb_of_number(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “perhaps 20 people”."""
    head = parse.head[first]
    fits = parse.pos[head] == "NUM" and head > first
    return holds(fits, (head, head) if fits else None)


def adverb_of_phrase(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “possibly the oldest bridge”; “an apparently empty house”."""
    head = parse.head[first]
    return holds(parse.pos[head] not in VERBAL and head != first, phrase(parse, head))


def adverb(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He probably left”."""
    head = parse.head[first]
    return holds(parse.tag[first][:2] in ("RB", "JJ", "UH", "IN"), clause(parse, head) if head != first else None)


def name(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “in May”, “Mr Seem”: part of a name or a date."""
    return holds(parse.tag[first][:3] == "NNP", None)


def anywhere(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit any use, for expressions that hardly have a second meaning.

    Hedged is what stands below it (“no evidence [that he lied]”, “[of fraud]”) or the clause around it.
    """
    below = finite_below(parse, last, "acl", "ccomp", "csubj", "relcl")
    if below is not None:
        return Fit(clause(parse, below, behind=last))
    of = next((c for c in parse.children[last] if parse.lower[c] in ("of", "about") and c == last + 1), None)
    return Fit(main_clause(parse, first) if of is None else phrase(parse, of))


NOMINALS = (
    best_possible, attributive, compound, noun_clause, noun_is_clause, existential, noun_of, noun_infinitive, noun,
    adjective_clause, adjective_infinitive, predicative, adverb_of_number, adverb_of_phrase, adverb,
)  # fmt: skip
