"""The language of each article: what its column says, else what its text shows.

The measures read English. An article in another language would get zeros that look like findings, so it is found first.
"""

import csv
import functools
import importlib.resources
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from framing.corpus.account import Entry
from framing.corpus.columns import STRING
from framing.corpus.records import Row

ENGLISH, ANY = "en", "any"
NOT_ENGLISH = "not in English but in"  # how the problem of an article in another language begins
# Below either limit a headline of names or a caption is taken for Swedish or Xhosa.
FEWEST_WORDS = 20
SEEN = 20_000  # characters from the beginning that tell an article's language
LEAST_PROBABILITY = 0.8
_NO_LANGUAGE = "zxx"  # what the model calls numbers and markup


class Language(NamedTuple):
    """A language as an ISO 639 code, and the probability of it; ``None`` where a column says so."""

    code: str
    probability: float | None


def find_languages(corpus: pd.DataFrame) -> pd.DataFrame:
    """Find the language of each article.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id` and `text`, and perhaps `language`, which is believed where it has a code
        (``en-GB``, ``deu``) or an English name (``German``).

    Returns
    -------
    pandas.DataFrame
        One row per article, in the corpus's order and with its index: `article_id`, `language` (ISO 639 code; ``<NA>``
        when the text is too short or nothing is sure), `language_probability` (0 to 1; ``<NA>`` when the column says
        it) and `other_language` (bool: surely not English).

    Notes
    -----
    A text is judged as a whole by py3langid [1]_, so that a quotation in another language doesn't decide. It is called
    another language from 20 words on (in writing without blanks, 40 letters) and with a probability of at least .8.
    None of 2,110 English articles (BASIL, PolNeAR and a sample of 80 outlets) is, as a whole or by its first 20 words
    alone (13% of such beginnings stay undecided). Of NewsMTSC's 4,768 training sentences with 20 words or more five
    are, and they are in Nigerian Pidgin. Two sentences each in eight other languages are all found. Neighbours (Danish
    and Norwegian, Serbian and Croatian) are confused with each other, which doesn't matter here.

    References
    ----------
    .. [1] Lui, M., & Baldwin, T. (2012). langid.py: An off-the-shelf language identification tool. ACL System
       Demonstrations, 25-30. https://aclanthology.org/P12-3005

    Examples
    --------
    >>> german = "Der Bürgermeister sagte am Montag, die Brücke werde nicht vor dem Herbst wieder geöffnet. " * 2
    >>> frame = pd.DataFrame({"article_id": ["1", "2"], "text": [german, "It may rain."]})
    >>> find_languages(frame)[["language", "other_language"]].values.tolist()
    [['de', True], [<NA>, False]]
    """
    given = corpus["language"] if "language" in corpus.columns else [None] * len(corpus)
    found = [language_of(text, told) for text, told in zip(corpus["text"], given, strict=True)]
    return pd.DataFrame(
        {
            "article_id": corpus["article_id"],
            "language": pd.array([each and each.code for each in found], dtype=STRING),
            "language_probability": pd.array([each and each.probability for each in found], dtype="Float64"),
            "other_language": [each is not None and each.code != ENGLISH for each in found],
        },
        index=corpus.index,
    )


def language_of(text: Any, told: Any = None) -> Language | None:
    """Tell the language of one text: what is told about it, else what it shows; ``None`` when nothing is sure.

    Examples
    --------
    >>> language_of("It rained.", "English"), language_of("It rained.", "?")
    (Language(code='en', probability=None), None)
    """
    if isinstance(told, str) and (code := language_code(told)):
        return Language(code, None)
    if not isinstance(text, str):
        return None
    text = text[:SEEN]
    if not _long_enough(text):
        return None
    code, probability = _model().classify(text)
    sure = probability >= LEAST_PROBABILITY and code != _NO_LANGUAGE
    return Language(code, round(probability, 4)) if sure else None


def language_code(name: str) -> str | None:
    """Give the code of a language that is named by a code or in English, ``None`` for any other word.

    Examples
    --------
    >>> [language_code(name) for name in ("en_US", "German", "SPA", "unknown")]
    ['en', 'de', 'es', None]
    """
    key = name.strip().casefold()
    return _codes().get(key) or _codes().get(key.replace("_", "-").partition("-")[0])


def language_name(code: str) -> str:
    """Name a language in English, with its code.

    Examples
    --------
    >>> language_name("de"), language_name("ltg")
    ('German (de)', 'ltg')
    """
    name = _names().get(code)
    return f"{name} ({code})" if name else code


def other_languages(corpus: pd.DataFrame) -> dict[str, str]:
    """Say of each article in another language than English, by its id, why it isn't analysed."""
    found = find_languages(corpus)
    found = found[found["other_language"]]
    return {
        str(article_id): f"{NOT_ENGLISH} {language_name(code)}"
        + (" as its column says" if pd.isna(probability) else f" (probability {probability:.2f})")
        + ', so nothing was counted; language="any" counts all the same'
        for article_id, code, probability in zip(
            found["article_id"], found["language"], found["language_probability"], strict=True
        )
    }


def read_languages(fields: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[Entry]:
    """Fill in the language of articles whose record names none, in place; another one than English is noted."""
    entries: list[Entry] = []
    for number, (article, row) in enumerate(zip(fields, rows, strict=True)):
        found = language_of(article.get("text"), article.get("language"))
        article["language_probability"] = found and found.probability
        if found is None:
            continue
        article["language"] = article.get("language") or found.code
        if found.code != ENGLISH:
            told = "as the record says" if found.probability is None else f"probability {found.probability:.2f}"
            note = f"in {language_name(found.code)}, {told}"
            entries.append(Entry(row.place, "noted", "other_language", note, number, "language"))
    return entries


def _long_enough(text: str) -> bool:
    """Whether there are enough words, or twice as many letters of writing without blanks (Chinese, Japanese, Thai)."""
    if len(text.split()) >= FEWEST_WORDS:  # so nearly always, and far sooner known than the letters
        return True
    return sum(character >= "\u0e00" and character.isalpha() for character in text) // 2 >= FEWEST_WORDS


@functools.cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@functools.cache
def _table() -> list[dict[str, str]]:
    source = importlib.resources.files("framing.corpus").joinpath("languages.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines()))


@functools.cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _table()}


@functools.cache
def _codes() -> dict[str, str]:
    return {
        key.casefold(): row["code"]
        for row in _table()
        for key in (row["code"], row["name"], *row["aliases"].split(";"))
        if key
    }
