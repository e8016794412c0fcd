"""Metrics that ask what another one asks, by another lexicon, or of a part: a voice, a category, headlines."""

import re
from collections.abc import Collection
from typing import NamedTuple

from framing.analysis.metrics import metric_table

SAME = ("copies", "length", "lexicon", "event", "author")  # checks that leave the question as it is
NARROWER = ("voice", "category", "headline")  # checks that ask it of a part of what was counted
CHECKS = (*SAME, *NARROWER)

_VOICES = {"": "all words", "_outlet": "the outlet's own words", "_source": "its sources' words"}
_VOICE = re.compile(r"(?P<stem>.+?)(?P<voice>_outlet|_source)?$")
_HEDGES = re.compile(r"hedges_per_1000_words(?P<voice>_outlet|_source)?$")
_CATEGORY = re.compile(r"hedges_(?P<category>\w+?)_per_1000_words$")
_TONE = re.compile(
    r"(?P<kind>sentiment|positive|negative)(?:_(?P<lexicon>\w+?))??(?P<rest>(?:_per_1000_words)?"
    r"(?:_outlet|_source|_difference)?)$"
)


class Variant(NamedTuple):
    """A metric to ask instead, by which check, and what that choice is called."""

    check: str
    choice: str
    metric: str


def variants(metric: str, columns: Collection[str]) -> list[Variant]:
    """List the variants of a metric that a frame of articles has.

    Examples
    --------
    >>> columns = ["sentiment", "sentiment_outlet", "sentiment_source", "sentiment_title", "sentiment_lsd_outlet",
    ...            "sentiment_lsd", "share_words_lsd", "share_words_source"]
    >>> for variant in variants("sentiment_outlet", columns):
    ...     print(*variant, sep=" | ")
    lexicon | lexicon lsd | sentiment_lsd_outlet
    voice | all words | sentiment
    voice | its sources' words | sentiment_source
    headline | headlines only | sentiment_title
    """
    found = [*_by_lexicon(metric, columns), *_by_voice(metric), *_by_category(metric), *_by_headline(metric)]
    return [one for one in found if one.metric in columns and one.metric != metric]


def is_tone(metric: str) -> bool:
    """Whether a metric counts the words of a sentiment lexicon, so that another lexicon could be asked.

    Examples
    --------
    >>> is_tone("positive_per_1000_words_source"), is_tone("boosters_per_1000_words")
    (True, False)
    """
    return _TONE.match(metric) is not None


def _by_lexicon(metric: str, columns: Collection[str]) -> list[Variant]:
    parsed = _TONE.match(metric)
    known = [name.removeprefix("share_words_") for name in columns if name.startswith("share_words_")]
    lexicons = [name for name in known if f"sentiment_{name}" in columns and not name.endswith(("outlet", "source"))]
    if parsed is None or parsed["lexicon"] not in (None, *lexicons):
        return []
    others = [("VADER's lexicon", "")] if parsed["lexicon"] else []
    others += [(f"lexicon {name}", f"_{name}") for name in sorted(lexicons) if name != parsed["lexicon"]]
    return [Variant("lexicon", words, f"{parsed['kind']}{name}{parsed['rest']}") for words, name in others]


def _by_voice(metric: str) -> list[Variant]:
    parsed = _VOICE.match(metric)
    if parsed is None or parsed["stem"] in ("share_words", "n_words"):
        return []
    return [Variant("voice", words, parsed["stem"] + voice) for voice, words in _VOICES.items()]


def _by_category(metric: str) -> list[Variant]:
    parsed = _HEDGES.match(metric)
    if parsed is None:
        return []
    categories = [found["category"] for name in metric_table().index if (found := _CATEGORY.match(str(name)))]
    return [
        Variant(
            "category", f"{name.replace('_', ' ')} hedges only", f"hedges_{name}_per_1000_words{parsed['voice'] or ''}"
        )
        for name in categories
        if name != "title"
    ]


def _by_headline(metric: str) -> list[Variant]:
    parsed = _VOICE.match(metric)
    if parsed is None:
        return []
    stem = parsed["stem"]
    rate = "_per_1000_words"
    name = stem.replace(rate, f"_title{rate}") if stem.endswith(rate) else f"{stem}_title"
    return [Variant("headline", "headlines only", name)]
