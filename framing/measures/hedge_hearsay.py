"""Constructions of hearsay, as the project's codebook draws their lines."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, words_of
from framing.measures.hedge_scope import SUBJECTS, clause, main_clause
from framing.measures.hedge_sources import institutional


def _agentless(parse: Parse, token: int) -> bool:
    """Whether a passive names no holder and isn't something that one can, or must, say."""
    return not any(
        parse.dep[c] == "agent" or parse.lower[c] in ("can", "could", "should", "must", "cannot")
        for c in parse.children[token]
    )


def _auxiliary(parse: Parse, token: int) -> int | None:
    return next((c for c in reversed(parse.children[token]) if parse.dep[c] == "auxpass" and c < token), None)


def hearsay_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He [is widely said to] own it”, “a man [believed to] be armed”; not “is believed by Smith to”."""
    if parse.tag[first] not in ("VBN", "VBD") or not _agentless(parse, first):
        return None
    verb = next((c for c in parse.children[first] if c > first and _marked_to(parse, c) is not None), None)
    auxiliary = _auxiliary(parse, first)
    if verb is None or (auxiliary is None and not (parse.tag[first] == "VBN" and _reduced(parse, first))):
        return None
    to = _marked_to(parse, verb)
    if to is None or not first < to <= first + 3:
        return None
    return Fit(clause(parse, verb), (first if auxiliary is None else auxiliary, to))


def _marked_to(parse: Parse, verb: int) -> int | None:
    if parse.dep[verb] not in ("xcomp", "ccomp", "advcl"):
        return None
    return next((c for c in parse.children[verb] if parse.tag[c] == "TO"), None)


def _reduced(parse: Parse, token: int) -> bool:
    return parse.dep[token] in ("acl", "advcl", "amod", "conj", "ROOT", "appos") and not any(
        parse.dep[c] in ("aux", *SUBJECTS) for c in parse.children[token]
    )


def hearsay_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It [was reported] that he fled”: nobody is said to have reported it."""
    auxiliary, subject = _auxiliary(parse, first), parse.child(first, "nsubjpass", "nsubj", "expl")
    verb = parse.child(first, "ccomp", "csubj", "csubjpass")
    if auxiliary is None or subject is None or parse.lower[subject] != "it" or verb is None or verb < first:
        return None
    # "It was understood that nobody would tell" is an agreement.
    if not _agentless(parse, first) or parse.lower[first] == "understood":
        return None
    return Fit(clause(parse, verb, behind=first), (auxiliary, first))


def according_unnamed(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[according to officials] briefed on the raid”; not “according to police”, “according to a study”."""
    noun = parse.child(last, "pobj")
    if noun is not None and parse.lemma[noun] not in words_of("claimant", "source"):
        noun = _member(parse, noun)
    if noun is None or parse.lemma[noun] not in words_of("claimant", "source"):
        return None
    # "according to the report", "… the port authority": a document and an institution, unlike reports and authorities
    single = parse.tag[noun] == "NN" and parse.lemma[noun] in ("report", "account", "authority")
    if single or institutional(parse, noun, strict=True):
        return None
    return Fit(main_clause(parse, first, without=(first,)), (first, noun))


def _member(parse: Parse, noun: int) -> int | None:
    """Find whom “one of the officials” is one of."""
    of = next((c for c in parse.children[noun] if parse.lower[c] == "of"), None)
    return None if of is None else parse.child(of, "pobj")


def hearsay_noun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Reports] say he fled”, “[rumors] that he fled”; not “The report says”, “the Reuters reports”."""
    if parse.tag[first] not in ("NN", "NNS") or institutional(parse, first, strict=True):
        return None
    if parse.lemma[first] == "report" and parse.tag[first] == "NN":
        return None
    verb = next((c for c in parse.children[first] if parse.dep[c] in ("acl", "ccomp") and _that(parse, c)), None)
    head = parse.head[first]
    if verb is None and parse.dep[first] == "nsubj" and parse.lemma[head] in words_of("says"):
        verb = parse.child(head, "ccomp")
    return None if verb is None else Fit(clause(parse, verb, behind=first))


def _that(parse: Parse, verb: int) -> bool:
    return any(parse.lower[c] == "that" and parse.dep[c] == "mark" for c in parse.children[verb])


HEARSAY = (hearsay_infinitive, hearsay_clause, according_unnamed, hearsay_noun)
