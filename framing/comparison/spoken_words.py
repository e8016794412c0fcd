"""Words by article and voice: what the outlet writes itself, and what its sources are quoted with."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from framing.analysis import Analysis
from framing.analysis.provenance import input_hash
from framing.corpus import check_corpus
from framing.errors import InputError

VOICES = ("outlet", "source", "all")
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SHORT = {"a", "i"}  # other single letters are initials
Span = tuple[int, int]


def words_of(text: str) -> list[str]:
    """Words in lower case, with straight apostrophes; numbers, marks and initials are none.

    Examples
    --------
    >>> words_of("Don’t re-elect Ann B. Lee’s 4 U.S. friends!")
    ["don't", 're-elect', 'ann', "lee's", 'u.s.', 'friends']
    """
    found = (match.group().lower().replace("’", "'") for match in WORD.finditer(text))
    return [word for word in found if len(word) > 1 or word in SHORT]


def spoken_words(analysis: Analysis, corpus: pd.DataFrame, voice: str) -> dict[str, Counter[str]]:
    """Count the words of each article's body in one voice, by its id.

    Raises
    ------
    InputError
        If `voice` is unknown, or the corpus isn't the one that was analysed.
    """
    if voice not in VOICES:
        raise InputError(f"voice must be one of {', '.join(VOICES)}; found {voice!r}.")
    checked = check_corpus(corpus)
    if input_hash(checked) != analysis.provenance["input"]["sha256"]:
        raise InputError("this is not the corpus that was analysed: its texts or ids differ. Analyse it again.")
    told = analysis.attributions
    told = told[told["field"] == "text"]
    spans: dict[str, list[Span]] = {}
    for article, contents in zip(told["article_id"], told["content_spans"], strict=True):
        spans.setdefault(str(article), []).extend((int(start), int(end)) for start, end in contents)
    return {
        str(article): Counter(w for part in _parts(text, spans.get(str(article), []), voice) for w in words_of(part))
        for article, text in zip(checked["article_id"], checked["text"].fillna(""), strict=True)
    }


def _parts(text: str, contents: Sequence[Span], voice: str) -> Iterator[str]:
    """The stretches of a text in one voice."""
    if voice == "all":
        yield text
        return
    here = 0
    for start, end in sorted(contents):
        if start > here and voice == "outlet":
            yield text[here:start]
        if end > here and voice == "source":
            yield text[max(here, start) : end]
        here = max(here, end)
    if voice == "outlet":
        yield text[here:]
