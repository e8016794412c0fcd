"""Constructions of vague sources, as the project's codebook draws their lines: unnamed collectives behind a claim."""

from framing.language import Parse
from framing.measures.hedge_claims import claim_of
from framing.measures.hedge_fit import Fit, words_of

DEFINITE = frozenset({"the", "these", "those", "both"})
LOOKBACK = 6  # sentences in which the antecedent of "the officials" is sought
EMPLOYING = frozenset({"at", "with", "from", "for", "inside", "within"})


def institutional(parse: Parse, noun: int, *, strict: bool) -> bool:
    """Whether a noun phrase names an employer, an outlet or an institution: White House officials, sources at the FBI.

    Not strict, a name in front is a topic, a place or a target: Clinton critics, Texas residents.
    """
    for c in parse.children[noun]:
        label = parse.dep[c]
        if label in ("relcl", "appos", "punct", "conj", "cc", "acl"):
            continue
        within = range(parse.first[c], parse.last[c] + 1)
        if label == "prep":
            belongs = parse.lower[c] in EMPLOYING or parse.lower[c] in ("in", "of")
            employer = strict or parse.lower[c] in EMPLOYING
            if belongs and any(_institution(parse, t) or (employer and _named(parse, t)) for t in within):
                return True
        elif (strict and label == "poss") or any(
            _institution(parse, t) or (strict and _named(parse, t)) for t in within
        ):
            return True
    return False


def _institution(parse: Parse, token: int) -> bool:
    return parse.lemma[token] in words_of("institution") or parse.lower[token] in words_of("institution")


def _named(parse: Parse, token: int) -> bool:
    """Whether a word is a name or made from one: White House, Iranian."""
    adjective = parse.tag[token] == "JJ" and parse.word[token][:1].isupper()
    begin, _ = parse.sentences[parse.sentence[token]]
    if parse.lower[token] in words_of("nationality") or parse.tag[token] in ("NNP", "NNPS"):
        return True
    return adjective and token > begin and parse.word[token - 1].isalpha()


def _employed(parse: Parse, noun: int) -> bool:
    """Whether a professional is somebody's: J.P. Morgan analysts, McCabe's lawyers; not Texas doctors."""
    if parse.lemma[noun] not in words_of("profession"):
        return False
    return any(
        parse.dep[c] == "poss"
        or (
            parse.dep[c] in ("compound", "nmod")
            and parse.tag[c] in ("NNP", "NNPS")
            and parse.lower[c] not in words_of("place")
        )
        for c in parse.children[noun]
    )


def _counted(parse: Parse, noun: int) -> bool:
    """Whether a group is counted: three experts, nearly eight in ten voters."""
    return any(
        parse.tag[t] == "CD"
        for c in parse.children[noun]
        if c < noun and parse.dep[c] in ("nummod", "quantmod", "det", "amod", "nmod", "advmod")
        for t in range(parse.first[c], parse.last[c] + 1)
    )


def _beside_name(parse: Parse, noun: int) -> bool:
    """Whether a group stands with a named person or body: the mayor and her supporters; analysts Ann Lee and Bo Li."""
    if parse.tag[noun + 1 : noun + 2] == ["NNP"] and parse.lower[noun + 1] not in words_of("day"):
        return True
    chain = [noun]
    while parse.dep[chain[-1]] == "conj":
        chain.append(parse.head[chain[-1]])
    group = {t for head in chain for t in (head, *(c for c in parse.children[head] if parse.dep[c] == "conj"))}
    return any(_is_somebody(parse, t) for t in group - {noun})


def _is_somebody(parse: Parse, token: int) -> bool:
    """Whether a noun is a named or known person or body; “the Harbour Party or experts” are two groups."""
    if parse.lower[token] in ("he", "she", "i", "we"):
        return True
    if parse.lemma[token] in words_of("institution") and parse.lemma[token] != "campaign":
        return False
    return parse.tag[token] in ("NNP", "NN")


def _introduced(parse: Parse, noun: int) -> bool:
    """Whether “the officials” takes up persons that were counted, named or placed before.

    # "Two geologists spoke. The geologists warned …": these two; "Sources say he left. The sources said …": nobody.
    """
    definite = any(parse.lower[c] in DEFINITE and parse.dep[c] in ("det", "predet") for c in parse.children[noun])
    described = any(c > noun and parse.dep[c] in ("prep", "relcl", "acl") for c in parse.children[noun])
    if not definite or described or parse.lower[noun] == "authorities":
        return False
    sentence = max(0, parse.sentence[noun] - LOOKBACK)
    earlier = range(parse.sentences[sentence][0], noun)
    same = [t for t in reversed(earlier) if parse.lemma[t] == parse.lemma[noun]]
    if not same:
        return True
    nearest = next((t for t in same if not any(parse.lower[c] == "the" for c in parse.children[t])), same[-1])
    single = parse.tag[nearest] == "NN" and parse.lower[nearest] != "people"
    return single or _counted(parse, nearest) or institutional(parse, nearest, strict=True)


def _carried_over(parse: Parse, noun: int) -> bool:
    """Whether the institution before the first of two nouns is that of the second: RNC members and [officials]."""
    bare = not any(c < noun and parse.dep[c] in ("amod", "compound", "poss", "det") for c in parse.children[noun])
    return bare and parse.dep[noun] == "conj" and institutional(parse, parse.head[noun], strict=True)


def claimant(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Critics] say it failed”, “Clinton's [supporters] believe …”: nobody is named."""
    return _claimant(parse, first, strict=False)


def claimant_in_office(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “local [officials] say it failed”; not “White House officials say”: that names an institution."""
    return None if _carried_over(parse, first) else _claimant(parse, first, strict=True)


def _claimant(parse: Parse, first: int, *, strict: bool) -> Fit | None:
    if parse.tag[first] not in ("NNS", "NNPS", "NN") or _counted(parse, first):
        return None
    if parse.tag[first] == "NN" and parse.lower[first] != "people":
        return None
    claim = claim_of(parse, first)
    if claim is None or institutional(parse, first, strict=strict) or _employed(parse, first):
        return None
    return None if _beside_name(parse, first) or _introduced(parse, first) else Fit(claim)


def claimant_quantified(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Many [Americans] believe it failed”."""
    quantified = any(parse.lower[c] in ("some", "many", "most", "few") for c in parse.children[first])
    claim = claim_of(parse, first)
    return Fit(claim) if quantified and claim is not None else None


def people_quantified(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Some people] say it failed”, “[A lot of people] think so”."""
    claim = claim_of(parse, first)
    if claim is None or first == 0:
        return None
    if parse.lower[first - 1] in ("some", "many") and parse.head[first - 1] == first:
        return Fit(claim, (first - 1, first))
    return Fit(claim, (first - 3, first)) if parse.lower[max(0, first - 3) : first] == ["a", "lot", "of"] else None


def claimant_pronoun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Some] say it failed”, “[Those] close to her say it”; not “some of the senators say”."""
    following = first + 1 if first + 1 < len(parse) else first
    if parse.dep[first] not in ("nsubj", "dobj", "pobj", "conj") or parse.lower[following] == "of":
        return None
    # "had some explaining to do"
    if (first and parse.lemma[first - 1] == "have") or (parse.lower[first] == "those" and not parse.children[first]):
        return None
    claim = claim_of(parse, first)
    if claim is None or institutional(parse, first, strict=False) or _beside_name(parse, first):
        return None
    return Fit(claim)


SOURCES = (people_quantified, claimant, claimant_in_office, claimant_quantified, claimant_pronoun)
