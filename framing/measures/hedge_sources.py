"""Constructions of hearsay and of vague sources, as the project's codebook draws their lines."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, words_of
from framing.measures.hedge_scope import SUBJECTS, Stretch, clause, main_clause, phrase
from framing.measures.hedge_verbs import as_link

# --- hearsay ---


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
    return Fit(clause(parse, verb), (auxiliary, first))


def according_unnamed(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[according to officials] briefed on the raid”; not “according to police”, “according to a study”."""
    noun = parse.child(last, "pobj")
    if noun is not None and parse.lemma[noun] not in words_of("claimant", "source"):
        noun = _member(parse, noun)
    if noun is None or parse.lemma[noun] not in words_of("claimant", "source"):
        return None
    # "according to the report", "… the port authority": a document and an institution, unlike reports and authorities
    single = parse.tag[noun] == "NN" and parse.lemma[noun] in ("report", "account", "authority")
    if single or _institutional(parse, noun, strict=True):
        return None
    return Fit(main_clause(parse, first), (first, noun))


def _member(parse: Parse, noun: int) -> int | None:
    """Find whom “one of the officials” is one of."""
    of = next((c for c in parse.children[noun] if parse.lower[c] == "of"), None)
    return None if of is None else parse.child(of, "pobj")


def hearsay_noun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Reports] say he fled”, “[rumors] that he fled”; not “The report says”, “the Reuters reports”."""
    if parse.tag[first] not in ("NN", "NNS") or _institutional(parse, first, strict=True):
        return None
    if parse.lemma[first] == "report" and parse.tag[first] == "NN":
        return None
    verb = next((c for c in parse.children[first] if parse.dep[c] in ("acl", "ccomp") and _that(parse, c)), None)
    head = parse.head[first]
    if verb is None and parse.dep[first] == "nsubj" and parse.lemma[head] in words_of("says"):
        verb = parse.child(head, "ccomp")
    return None if verb is None else Fit(clause(parse, verb))


def _that(parse: Parse, verb: int) -> bool:
    return any(parse.lower[c] == "that" and parse.dep[c] == "mark" for c in parse.children[verb])


# --- vague sources ---


def _institutional(parse: Parse, noun: int, *, strict: bool) -> bool:
    """Whether a noun phrase names an employer, an outlet or an institution: White House officials, sources at the FBI.

    Not strict, a name in front is a topic, a place or a target: Clinton critics, Texas residents.
    """
    for c in parse.children[noun]:
        label = parse.dep[c]
        if label in ("relcl", "appos", "punct", "conj", "cc", "acl"):
            continue
        for t in range(parse.first[c], parse.last[c] + 1):
            named = parse.tag[t] in ("NNP", "NNPS")
            if label == "prep":
                employer = strict or parse.lower[c] in ("at", "with", "from", "for", "inside", "within")
                belongs = parse.lower[c] in ("at", "with", "from", "for", "inside", "within", "in", "of")
                if belongs and (parse.lemma[t] in words_of("institution") or (named and employer)):
                    return True
            elif parse.lemma[t] in words_of("institution") or (strict and (named or label == "poss")):
                return True
    return False


def _counted(parse: Parse, noun: int) -> bool:
    return any(parse.dep[c] == "nummod" or parse.tag[c] == "CD" for c in parse.children[noun])


def _claim(parse: Parse, noun: int) -> Stretch | None:
    """Give what a noun, as subject or agent of a verb of saying or believing, claims."""
    first = noun
    while parse.dep[noun] == "conj":
        noun = parse.head[noun]
    label, head = parse.dep[noun], parse.head[noun]
    claim: Stretch | None = None
    if label == "nsubj":
        claim = _said(parse, head)
    elif label == "pobj" and parse.dep[head] == "agent":
        claim = _passively_said(parse, parse.head[head])
    return claim or _said_aside(parse, first)


def _said_aside(parse: Parse, noun: int) -> Stretch | None:
    """Give what “critics, who say it failed” say; not “people who say it failed”, which picks some out."""
    for c in parse.children[noun]:
        subject = parse.child(c, "nsubj")
        if parse.dep[c] == "relcl" and subject is not None and parse.lower[subject] == "who":
            return _said(parse, c) if _set_off(parse, noun, subject) else None
    return None


def _set_off(parse: Parse, noun: int, who: int) -> bool:
    return any(parse.word[t] == "," for t in range(noun + 1, who))


def _said(parse: Parse, verb: int) -> Stretch | None:
    """Give what a verb of saying or believing says, or None when it says nothing."""
    lemma = parse.lemma[verb]
    if lemma in words_of("says", "stance", "doubts"):
        child = parse.child(verb, "ccomp")
        if child is not None:
            return clause(parse, child)
        if parse.dep[verb] in ("parataxis", "ccomp", "advcl") and lemma in words_of("says"):
            return clause(parse, parse.head[verb]) or (verb, verb)  # "It failed, critics say"; "as experts note"
    if lemma in words_of("doubts"):
        child = parse.child(verb, "dobj")
        if child is not None:
            return phrase(parse, child)
    if lemma in words_of("judges"):
        # "call the plan unwise", "accuse him of fraud", "see it as a threat"
        child = parse.child(verb, "oprd", "ccomp", "xcomp")
        # "Few would consider challenging her" judges nothing.
        if child is not None and not (parse.dep[child] == "xcomp" and parse.tag[child][:2] == "VB"):
            return phrase(parse, child)
        link = as_link(parse, verb) or _link(parse, verb)
        return None if link is None else phrase(parse, link)
    if lemma == "be":  # "experts are concerned that it failed"
        adjective = parse.child(verb, "acomp")
        child = None if adjective is None else parse.child(adjective, "ccomp")
        return None if child is None else clause(parse, child)
    return None


def _passively_said(parse: Parse, verb: int) -> Stretch | None:
    if parse.lemma[verb] not in words_of("says", "stance", "doubts", "judges"):
        return None
    child = parse.child(verb, "ccomp", "xcomp", "oprd")
    if child is not None:
        return phrase(parse, child)
    link = as_link(parse, verb) or _link(parse, verb)
    return None if link is None else phrase(parse, link)


def _link(parse: Parse, verb: int) -> int | None:
    # "accuse him of fraud", "blame them for it"; "call for help" judges nothing
    words = ("of",) if parse.lemma[verb] == "call" else ("of", "for")
    return next((c for c in parse.children[verb] if parse.lower[c] in words and c > verb), None)


def claimant(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Critics] say it failed”, “Clinton's [supporters] believe …”: nobody is named."""
    return _claimant(parse, first, strict=False)


def claimant_in_office(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “local [officials] say it failed”; not “White House officials say”: that names an institution."""
    return _claimant(parse, first, strict=True)


def _claimant(parse: Parse, first: int, *, strict: bool) -> Fit | None:
    if parse.tag[first] not in ("NNS", "NNPS", "NN") or _counted(parse, first):
        return None
    if parse.tag[first] == "NN" and parse.lower[first] != "people":
        return None
    claim = _claim(parse, first)
    if claim is None or _institutional(parse, first, strict=strict):
        return None
    return Fit(claim)


def claimant_quantified(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Many [Americans] believe it failed”."""
    quantified = any(parse.lower[c] in ("some", "many", "most", "few") for c in parse.children[first])
    claim = _claim(parse, first)
    return Fit(claim) if quantified and claim is not None else None


def people_quantified(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Some people] say it failed”."""
    claim = _claim(parse, first)
    if claim is None or first == 0:
        return None
    if parse.lower[first - 1] in ("some", "many") and parse.head[first - 1] == first:
        return Fit(claim, (first - 1, first))
    return None


def claimant_pronoun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Some] say it failed”; not “some of the senators say”."""
    following = parse.lower[first + 1] if first + 1 < len(parse) else ""
    if parse.dep[first] not in ("nsubj", "pobj", "conj") or following == "of":
        return None
    claim = _claim(parse, first)
    return None if claim is None or _institutional(parse, first, strict=False) else Fit(claim)


SOURCES = (
    hearsay_infinitive, hearsay_clause, according_unnamed, hearsay_noun,
    people_quantified, claimant, claimant_in_office, claimant_quantified, claimant_pronoun,
)  # fmt: skip
