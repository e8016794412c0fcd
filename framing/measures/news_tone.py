"""The tone of news: what a sentence's words judge, weighed by a table learnt from news and negated over the parse."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from framing.language.parse import Parse
from framing.lexicons.loading import load_lexicon
from framing.measures.vader import NORMALIZATION, vader_boosters, vader_lexicon

CLASSES: Mapping[str, str] = MappingProxyType({"NOUN": "N", "VERB": "V", "AUX": "V", "ADJ": "J"})  # all others: R
NAMES = ("NNP", "NNPS")
NEGATED = -0.3  # a negated judgement is a weaker one to the other side
BEFORE_BUT, AFTER_BUT = 0.7, 1.2
BOOSTED = 0.5  # share of VADER's boost, as a factor
# A negation above reaches down along these: "did not [dobj: offer a good plan]", "is no [attr: friend]".
SCOPE = frozenset(
    {"amod", "advmod", "acomp", "attr", "dobj", "xcomp", "oprd", "pobj", "prep", "ccomp", "nmod", "compound", "conj"}
    | {"agent", "pcomp"}
)
MAX_DEPTH = 3

Key = tuple[str, str]  # lemma and word class


@dataclass(frozen=True, slots=True)
class ToneWord:
    """A token that carries tone, with what it weighs in its sentence and the token that negates it."""

    token: int
    weight: float
    negation: int | None


@dataclass(frozen=True, slots=True)
class _Words:
    fixed: Mapping[str, float]
    grammar: frozenset[Key]
    judging: Mapping[str, float]
    negations: frozenset[str]
    prepositions: frozenset[str]
    adding: frozenset[str]


def tone_words(parse: Parse, sentence: int) -> list[ToneWord]:
    """Find the words of a sentence that carry tone and weigh them in their context.

    Names never count ("Justice Department"), nor do the names of groups of people. A word near "very" or "hardly"
    weighs more or less, one before "but" less and one after it more, a negated one a little to the other side.

    Notes
    -----
    Names of events (war, killed, tax) weigh less than judgements, so that a sad topic isn't taken for a hostile tone;
    they don't weigh nothing. Irony, quotation in scorn, and what is judged (the law or its opponents) go unseen.
    Weights were learnt from labels towards people named in US political news, whose verbs say much
    about those people ("resigned") and less about the writer.
    """
    found = []
    turn = contrast(parse, sentence)
    for token in range(*parse.sentences[sentence]):
        weight = _weight(parse, token)
        if not weight:
            continue
        negation = negation_of(parse, token)
        weight *= context_factor(parse, token, turn, negation)
        if weight:
            found.append(ToneWord(token, weight, negation))
    return found


def tone_score(total: float) -> float:
    """Normalise summed weights to -1..1, as VADER does.

    Examples
    --------
    >>> tone_score(0.0), tone_score(2.0), tone_score(-2.0)
    (0.0, 0.4588, -0.4588)
    """
    return round(total / math.sqrt(total * total + NORMALIZATION), 4)


def key_of(parse: Parse, token: int) -> Key:
    """Lemma and word class, under which a word is looked up in the table."""
    return parse.lemma[token], CLASSES.get(parse.pos[token], "R")


def prior_weight(parse: Parse, token: int) -> float:
    """Weight of a word before anything is learnt, -4 to 4: a topic word's, else VADER's, else a judging word's."""
    if never_counts(parse, token):
        return 0.0
    lower, lemma = _forms(parse, token)
    words = _words()
    topic = words.fixed.get(lemma) or words.fixed.get(lower)
    return topic or vader_lexicon().get(lower) or words.judging.get(lemma) or words.judging.get(lower, 0.0)


def never_counts(parse: Parse, token: int) -> bool:
    """Whether a token carries no tone whatever is learnt: a sign, a name, a group of people, a word of grammar."""
    lower, lemma = _forms(parse, token)
    words = _words()
    # "like a house", "as well": a rated word, but here it only joins others
    grammar = (lower, parse.pos[token]) in words.grammar or lower in words.negations or lower in words.prepositions
    return (
        grammar
        or parse.tag[token] in NAMES
        or not parse.is_word(token)
        or 0.0 in (words.fixed.get(lemma), words.fixed.get(lower))
    )


def _forms(parse: Parse, token: int) -> tuple[str, str]:
    """A word as the lexicons spell it, and its lemma."""
    return parse.lower[token].replace("’", "'"), parse.lemma[token]


def context_factor(parse: Parse, token: int, turn: int | None, negation: int | None) -> float:
    """Return what the context multiplies a word's weight with."""
    factor = 1.0 if turn is None else BEFORE_BUT if token < turn else AFTER_BUT
    if prior_weight(parse, token):
        boosters = vader_boosters()
        boosts = (boosters.get(parse.lower[t], 0.0) for t in (token - 1, token - 2) if t >= 0)
        factor *= 1 + BOOSTED * sum(boosts)
        return factor * NEGATED if negation is not None else factor
    # Of a word that no lexicon rates it isn't known what its negation says: "didn't vote".
    return 0.0 if negation is not None else factor


def contrast(parse: Parse, sentence: int) -> int | None:
    """Find the first "but" that joins two parts of a sentence; "anything but" and "all but" don't."""
    return next(
        (t for t in range(*parse.sentences[sentence]) if parse.lower[t] == "but" and parse.dep[t] == "cc"), None
    )


def negation_of(parse: Parse, token: int) -> int | None:
    """Find the token that negates a word: below it, or below what it hangs on and before it."""
    here = token
    for depth in range(MAX_DEPTH + 1):
        for child in parse.children[here]:
            if _negates(parse, child) and (child < token or not depth):
                return child
        head = parse.head[here]
        if head == here or parse.dep[here] not in SCOPE:
            return None
        # "without a serious plan"
        if parse.lower[head] in _words().prepositions:
            return head
        # "has not abandoned his humor": the judging verb is negated, not its object
        if prior_weight(parse, head):
            return None
        here = head
    return None


def _negates(parse: Parse, token: int) -> bool:
    words = _words()
    negation = parse.lower[token].replace("’", "'") in words.negations
    # "not only hurt but ruined": both are said
    return negation and not (token + 1 < len(parse) and parse.lower[token + 1] in words.adding)


def _weight(parse: Parse, token: int) -> float:
    """Weight of a word in news: the table's, else its prior weight times the factor of its class."""
    if never_counts(parse, token):
        return 0.0
    key = key_of(parse, token)
    table, factors = _table()
    if key in table:
        return table[key]
    prior = prior_weight(parse, token)
    return prior * factors[class_of(key, prior)] if prior else 0.0


def class_of(key: Key, prior: float) -> str:
    """Word class and sign: the words that share one factor.

    Examples
    --------
    >>> class_of(("terrible", "J"), -2.1)
    'J-'
    """
    return key[1] + ("+" if prior > 0 else "-")


@lru_cache(maxsize=1)
def _words() -> _Words:
    entries = load_lexicon("news_words_en").entries
    kinds = {str(kind): part for kind, part in entries.groupby("category")}
    fixed = entries[entries["category"].isin(["topic", "neutral", "group"])]
    grammar, judging = kinds["grammar"], kinds["evaluation"]
    return _Words(
        fixed=dict(zip(fixed["pattern"], fixed["weight"].astype(float), strict=True)),
        grammar=frozenset(zip(grammar["pattern"], grammar["pos"], strict=True)),
        judging=dict(zip(judging["pattern"], judging["weight"].astype(float), strict=True)),
        negations=frozenset(kinds["negation"]["pattern"]),
        prepositions=frozenset(kinds["negating_preposition"]["pattern"]),
        adding=frozenset(kinds["after_negation"]["pattern"]),
    )


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[Key, float], Mapping[str, float]]:
    """Weights by lemma and class, and the factors of the classes."""
    entries = load_lexicon("news_tone_en").entries
    weights = entries["weight"].astype(float)
    whole = entries["match"] == "class"
    keys = zip(entries["pattern"][~whole], entries["pos"][~whole], strict=True)
    return dict(zip(keys, weights[~whole], strict=True)), dict(
        zip(entries["pattern"][whole], weights[whole], strict=True)
    )
