"""What the tone of news rests on besides the parse: lists, learnt weights, and what the context does to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from framing.lexicons.loading import load_lexicon
from framing.measures.vader_lists import vader_boosters, vader_lexicon

CLASSES: Mapping[str, str] = MappingProxyType({"NOUN": "N", "VERB": "V", "AUX": "V", "ADJ": "J"})  # all others: R
OTHER, PHRASE, ANY = "R", "P", ""
WORD_CLASSES = ("N", "V", "J", OTHER, PHRASE)
SIGNS = tuple(kind + sign for kind in WORD_CLASSES for sign in "+-")

Key = tuple[str, str]  # lemma and word class; the lemmas of a phrase and P
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToneRules:
    """What the context of a word does to its weight.

    `negated`, `before_but`, `after_but` and `conditional` are factors; `boosted` is the share of VADER's boost that
    becomes one. A sum S of n words is scored S / sqrt(S² + base + per_word * n). A `window` above 0 looks for negations
    that many words before instead of in the parse, and `names` lets names count: for comparison only.
    """

    negated: float = -0.3  # a negated judgement is a weaker one to the other side
    before_but: float = 0.7
    after_but: float = 1.2
    conditional: float = 0.5
    boosted: float = 0.5
    base: float = 5.0
    per_word: float = 0.4  # at 25 words, news' mean, this is VADER's 15
    window: int = 0
    names: bool = False


@dataclass(frozen=True, slots=True)
class ToneModel:
    """Lists, weights and rules.

    `rated` are VADER's words, `topic` words whose valence is the event's and `neutral` ones that carry none (both
    replace VADER's), `judging` words by lemma and class that VADER lacks, `phrases` the weights of phrases by lemmas,
    `starts` the phrases that begin with a lemma. `weights` by lemma and class replace all of them, `factors` by class
    and sign multiply the rest.
    """

    rated: Mapping[str, float]
    boosters: Mapping[str, float]
    topic: Mapping[str, float]
    neutral: frozenset[str]
    judging: Mapping[Key, float]
    phrases: Mapping[Words, float]
    starts: Mapping[str, list[Words]]
    grammar: frozenset[Key]
    negations: frozenset[str]
    prepositions: frozenset[str]
    adding: frozenset[str]
    reversing: frozenset[str]
    conditions: frozenset[str]
    weights: Mapping[Key, float]
    factors: Mapping[str, float]
    rules: ToneRules = ToneRules()

    def prior(self, lower: str, key: Key) -> float:
        """Weight of a word before anything is learnt, -4 to 4: a topic word's, else VADER's, else a judging word's."""
        lemma = key[0]
        topic = self.topic.get(lemma) or self.topic.get(lower)
        rated = topic or self.rated.get(lower) or self.judging.get(key)
        return rated or self.judging.get((lemma, ANY)) or self.judging.get((lower, ANY), 0.0)


@lru_cache(maxsize=1)
def load_tone_model() -> ToneModel:
    """The bundled lists and weights."""
    return as_tone_model(load_lexicon("news_words_en").entries, load_lexicon("news_tone_en").entries)


def as_tone_model(lists: pd.DataFrame, weights: pd.DataFrame) -> ToneModel:
    """Tables of the form of ``news_words_en.csv`` and ``news_tone_en.csv`` made ready for look-up."""
    kinds = {str(kind): part for kind, part in lists.groupby("category")}
    evaluation = kinds["evaluation"][kinds["evaluation"]["match"] != "phrase"]
    several = lists[lists["match"] == "phrase"]
    phrases = {
        tuple(str(pattern).split()): float(weight)
        for pattern, weight in zip(several["pattern"], several["weight"], strict=True)
    }
    starts: dict[str, list[Words]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        starts.setdefault(phrase[0], []).append(phrase)
    topic = kinds["topic"]
    learnt, factors = as_tone_weights(weights)
    return ToneModel(
        rated=vader_lexicon(),
        boosters=vader_boosters(),
        topic=dict(zip(topic["pattern"], topic["weight"].astype(float), strict=True)),
        neutral=_patterns(kinds, "neutral") | _patterns(kinds, "group"),
        judging={
            (str(pattern), CLASSES.get(pos, OTHER) if pos else ANY): float(weight)
            for pattern, pos, weight in evaluation[["pattern", "pos", "weight"]].itertuples(index=False)
        },
        phrases=phrases,
        starts=starts,
        grammar=frozenset(zip(kinds["grammar"]["pattern"], kinds["grammar"]["pos"], strict=True)),
        negations=_patterns(kinds, "negation"),
        prepositions=_patterns(kinds, "negating_preposition"),
        adding=_patterns(kinds, "after_negation"),
        reversing=_patterns(kinds, "reversing"),
        conditions=_patterns(kinds, "condition"),
        weights=learnt,
        factors=factors,
    )


def as_tone_weights(table: pd.DataFrame) -> tuple[Mapping[Key, float], Mapping[str, float]]:
    """Weights by lemma and class, and the factors of the classes."""
    weights = table["weight"].astype(float)
    whole = table["match"] == "class"
    keys = zip(table["pattern"][~whole], table["pos"][~whole], strict=True)
    factors = dict(zip(table["pattern"][whole], weights[whole], strict=True))
    return dict(zip(keys, weights[~whole], strict=True)), factors


def class_of(key: Key, prior: float) -> str:
    """Word class and sign: the words that share one factor.

    Examples
    --------
    >>> class_of(("terrible", "J"), -2.1)
    'J-'
    """
    return key[1] + ("+" if prior > 0 else "-")


def _patterns(kinds: Mapping[str, pd.DataFrame], kind: str) -> frozenset[str]:
    return frozenset(kinds[kind]["pattern"])
