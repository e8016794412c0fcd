"""What constructions ask of a verb: whether it is passive or finite, and what stands below it."""

from framing.language import Parse
from framing.measures.hedge_fit import words_of

VERBAL = ("VERB", "AUX")
FINITE = ("VBD", "VBP", "VBZ", "MD")


NOT = frozenset({"n't", "n’t"})


def is_denied(parse: Parse, verb: int) -> bool:
    """Whether a verb stands with *not*, also one whose contracted form was mistaken for something else."""
    return any(parse.dep[c] == "neg" or parse.lower[c] in NOT for c in parse.children[verb])


def is_verb(parse: Parse, token: int) -> bool:
    """Whether a word is a verb, no modal."""
    return parse.tag[token][:2] == "VB"


def is_passive(parse: Parse, token: int) -> bool:
    """Fit “is believed”; “a man believed to be”: a participle that is not a perfect."""
    if parse.tag[token] not in ("VBN", "VBD"):
        return False
    labels = [parse.dep[c] for c in parse.children[token]]
    if "auxpass" in labels or "nsubjpass" in labels:
        return True
    if parse.dep[token] == "acl":  # "a lobbyist, considered the best": often tagged as a past tense
        return not any(label in ("nsubj", "aux") for label in labels)
    if parse.tag[token] == "VBD":
        return _is_reduced(parse, token)
    perfect = any(parse.lemma[c] == "have" for c in parse.children[token] if parse.dep[c] == "aux")
    return not perfect and "nsubj" not in labels


def _is_reduced(parse: Parse, token: int) -> bool:
    """Fit “The town, then [considered] a haven, fell”: a participle that was tagged as a past tense.

    It has neither a subject nor an auxiliary, and is no second verb of a past clause: “He came and considered it”.
    """
    labels = [parse.dep[c] for c in parse.children[token]]
    if any(label in ("nsubj", "aux", "mark") for label in labels):
        return False
    head = parse.head[token]
    beside_present = parse.dep[token] == "conj" and (parse.tag[head] in ("VBZ", "VBP") or is_passive(parse, head))
    return beside_present or (parse.dep[token] == "advcl" and head < token)


def as_link(parse: Parse, verb: int) -> int | None:
    """Find the *as* of a judgement: seen [as] a hero; also when it is parsed below the object or the agent."""
    agents = [p for a in parse.children[verb] if parse.dep[a] == "agent" for p in parse.children[a]]
    holders = (verb, *(c for c in parse.children[verb] if parse.dep[c] == "dobj"), *agents)
    links = (c for holder in holders for c in parse.children[holder] if parse.lower[c] == "as" and c > verb)
    return next((c for c in links if parse.dep[c] in ("prep", "advcl", "mark")), None)


def following(parse: Parse, token: int, *labels: str) -> int | None:
    """First child of these labels behind a token."""
    return next((c for c in parse.children[token] if c > token and parse.dep[c] in labels), None)


def is_infinitive(parse: Parse, verb: int) -> bool:
    """Whether a verb stands with *to*."""
    return any(parse.tag[c] == "TO" for c in parse.children[verb])


def infinitive_below(parse: Parse, token: int) -> int | None:
    """Find an infinitive behind a token, among its children."""
    return next(
        (
            c
            for c in parse.children[token]
            if parse.dep[c] in ("xcomp", "ccomp", "advcl") and is_infinitive(parse, c) and c > token
        ),
        None,
    )


def finite_below(parse: Parse, token: int, *labels: str, asked: bool = False) -> int | None:
    """Find a clause with a finite verb among the children of these labels; no reason (“left because it rained”).

    A clause with *if* counts when something is `asked`: “unclear if it rained”.
    """
    links = ("that", "whether", "if") if asked else ("that", "whether")
    for c in parse.children[token]:
        adverbial = parse.dep[c] == "advcl" and any(
            parse.dep[m] == "mark" and parse.lower[m] not in links for m in parse.children[c]
        )
        if parse.dep[c] in labels and is_finite(parse, c) and not adverbial:
            return c
    return None


def is_subjunctive(parse: Parse, verb: int) -> bool:
    """Whether a clause is demanded: suggest [that he leave], [that he be fired]; not “that he leaves”."""
    subject = parse.child(verb, "nsubj", "nsubjpass")
    if subject is None or any(parse.dep[c] == "aux" for c in parse.children[verb]):
        return False
    if any(parse.lower[c] == "be" and parse.dep[c] == "auxpass" for c in parse.children[verb]):
        return True
    single = parse.tag[subject] in ("NN", "NNP") or parse.lower[subject] in ("he", "she", "it")
    return parse.tag[verb] == "VB" or (parse.tag[verb] == "VBP" and single)


def is_finite(parse: Parse, verb: int) -> bool:
    """Whether a verb or one of its auxiliaries has a tense."""
    return not is_infinitive(parse, verb) and (
        parse.tag[verb] in FINITE
        or any(parse.tag[c] in FINITE for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass"))
    )


def legal(parse: Parse, token: int) -> str:
    """Flag a legal formula: *alleged* before an offence, an offender or a victim."""
    formula = parse.lower[token] == "alleged" and parse.lemma[parse.head[token]] in words_of("crime")
    return "legal" if formula and parse.head[token] > token else ""
