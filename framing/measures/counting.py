"""Positive and negative words counted by any sentiment lexicon, in every sentence and voice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from pathlib import Path

import pandas as pd

from framing.corpus import check_corpus
from framing.errors import InputError
from framing.lexicons.loading import Lexicon, load_lexicon
from framing.lexicons.matching import Matcher
from framing.lexicons.polarity import Polarity, polarities
from framing.measures.reading import Reading, article_texts, attribution_id, read_article
from framing.measures.vader import vader_lexicon
from framing.measures.voice import voice_name
from framing.tables import Row, Schema, as_table

VADER = "vader"
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s$")
WITH_MASK = "_with_mask"

TERMS: Schema = {
    "article_id": "string",
    "outlet": "string",
    "field": "string",
    "sentence": "Int64",
    "voice": "string",
    "attribution_id": "string",
    "start": "Int64",
    "end": "Int64",
    "term": "string",
    "pattern": "string",
    "n_words": "Int64",
    "positive": "boolean",
    "negative": "boolean",
    "weight": "Float64",
    "masked": "boolean",
}
SUMS: Schema = {"n_matched": "Int64", "n_positive": "Int64", "n_negative": "Int64", "n_terms": "Int64"}
COUNTS: Schema = {
    "article_id": "string",
    "outlet": "string",
    "field": "string",
    "sentence": "Int64",
    "voice": "string",
    "attribution_id": "string",
    "start": "Int64",
    "end": "Int64",
    "n_words": "Int64",
    **SUMS,
    "sum_weight": "Float64",
    **{f"{name}{WITH_MASK}": kind for name, kind in SUMS.items()},
    f"sum_weight{WITH_MASK}": "Float64",
    "terms": "string",
}


@dataclass(frozen=True, slots=True)
class _Lookup:
    """A sentiment lexicon ready to be looked for, and the words of it that are masked."""

    polarity: Mapping[str, Polarity]
    matcher: Matcher
    mask: Matcher


@dataclass(frozen=True, slots=True)
class _Term:
    start: int
    end: int
    term: str
    pattern: str
    n_words: int
    polarity: Polarity
    masked: bool


def count_sentiment(
    corpus: pd.DataFrame,
    *,
    lexicon: str | Path | Lexicon = VADER,
    mask: Sequence[str] = (),
    positive: Sequence[str] = ("positive",),
    negative: Sequence[str] = ("negative",),
) -> pd.DataFrame:
    """Count positive and negative expressions in every sentence, apart for the outlet's words and each source's.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id` and `text`, and `title` and `outlet` where there are such.
    lexicon : str, path or Lexicon
        ``"vader"`` (the words of VADER's lexicon), or whatever `load_lexicon` reads: a CSV with `pattern` and
        `category` or `weight`, Lexicoder's ``.lc3``, quanteda's YAML.
    mask : sequence of str
        Words or patterns that are not to count in the columns ending in ``_with_mask`` (*miss*, *trump*).
    positive, negative : sequence of str
        Categories of either side, if the lexicon has categories (see `polarities`).

    Returns
    -------
    pandas.DataFrame
        One row per sentence and voice, as in `score_sentiment`: `article_id`, `outlet`, `field`, `sentence`, `voice`,
        `attribution_id`, `start`, `end`, `n_words`, and

        - `n_terms`, `n_positive`, `n_negative`: expressions of the lexicon; a phrase is one, and a negated entry
          (LSD2015's ``neg_positive``) is one of the other side
        - `n_matched`: words in them
        - `sum_weight`: sum of their weights, each -1 to 1; ``<NA>`` when the lexicon has categories only
        - the same five with `_with_mask`
        - `terms`: the expressions with ``+``, ``-`` or both, masked ones in brackets

    Raises
    ------
    InputError
        If a column is missing, an `article_id` repeats, the lexicon says nothing of sides, or `mask` has a pattern that
        masks no entry.

    Notes
    -----
    Nothing is negated, boosted or disambiguated but by the lexicon's own entries: *miss*, *like* and *kind* count
    however they are meant. Look at `find_terms` before believing a sum, and mask what misleads.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["Miss Lee gave a great speech."]})
    >>> counts = count_sentiment(corpus, mask=["miss"])
    >>> counts[["n_positive", "n_negative", "n_negative_with_mask", "terms"]].values.tolist()
    [[1, 1, 0, '[miss -]; great +']]
    """
    lookup = _lookup(lexicon, mask, positive, negative)
    rows = (
        _count_row(reading, outlet, number, terms, lookup)
        for reading, outlet in _readings(corpus)
        for number, terms in enumerate(_terms_of(reading, lookup))
    )
    return as_table(rows, COUNTS)


def find_terms(
    corpus: pd.DataFrame,
    *,
    lexicon: str | Path | Lexicon = VADER,
    mask: Sequence[str] = (),
    positive: Sequence[str] = ("positive",),
    negative: Sequence[str] = ("negative",),
) -> pd.DataFrame:
    """Find the expressions that `count_sentiment` counts, with the same parameters.

    Returns
    -------
    pandas.DataFrame
        One row per expression: `article_id`, `outlet`, `field`, `sentence`, `voice`, `attribution_id`, `start`, `end`,
        `term` (lower case), `pattern` (the entry), `n_words`, `positive`, `negative`, `weight` (-1 to 1, ``<NA>``
        without weights), `masked`.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "text": ["Miss Lee and Miss Ito gave great speeches."]})
    >>> find_terms(corpus).groupby("term")["weight"].agg(["size", "sum"]).round(3).reset_index().values.tolist()
    [['great', 1, 0.775], ['miss', 2, -0.3]]
    """
    lookup = _lookup(lexicon, mask, positive, negative)
    rows = (
        {
            **_place(reading, outlet, number),
            "start": term.start,
            "end": term.end,
            "term": term.term,
            "pattern": term.pattern,
            "n_words": term.n_words,
            "positive": term.polarity.positive,
            "negative": term.polarity.negative,
            "weight": term.polarity.weight,
            "masked": term.masked,
        }
        for reading, outlet in _readings(corpus)
        for number, terms in enumerate(_terms_of(reading, lookup))
        for term in terms
    )
    return as_table(rows, TERMS)


# --- finding ------------------------------------------------------------------------------------------------------


def _lookup(
    lexicon: str | Path | Lexicon, mask: Sequence[str], positive: Sequence[str], negative: Sequence[str]
) -> _Lookup:
    read = _read(lexicon)
    polarity = polarities(read, positive=positive, negative=negative)
    if isinstance(mask, str):
        raise InputError(f"mask is a list of words, not one string. Write: mask=[{mask!r}]")
    lookup = _Lookup(polarity, Matcher(polarity), Matcher(mask))
    for pattern in mask:
        one = Matcher([pattern])
        # "miss" is an entry, "missed" what an entry "miss*" finds
        known = lookup.matcher.find(_plain(pattern).split()) or any(
            one.find(_plain(entry).split()) for entry in polarity
        )
        if not known:
            raise InputError(
                f"mask has {pattern!r}, which masks nothing in lexicon {read.name}. Give words as its entries have them"
            )
    return lookup


def _read(lexicon: str | Path | Lexicon) -> Lexicon:
    if isinstance(lexicon, Lexicon):
        return lexicon
    return _vader() if lexicon == VADER else load_lexicon(lexicon)


@lru_cache(maxsize=1)
def _vader() -> Lexicon:
    """The words of VADER's lexicon; its emoticons are no words."""
    words = {word: rating for word, rating in vader_lexicon().items() if WORD.fullmatch(word)}
    entries = pd.DataFrame({"pattern": list(words), "weight": list(map(str, words.values()))})
    return Lexicon(VADER, entries, {"minimum": -4, "midpoint": 0, "maximum": 4}, "")


def _readings(corpus: pd.DataFrame) -> Iterator[tuple[Reading, str | None]]:
    articles = check_corpus(corpus, required=("article_id", "text"))
    outlets = [None] * len(articles) if "outlet" not in articles else articles["outlet"].tolist()
    for (article_id, texts), outlet in zip(article_texts(articles), outlets, strict=True):
        for reading in read_article(article_id, texts):
            yield reading, None if pd.isna(outlet) else outlet


def _terms_of(reading: Reading, lookup: _Lookup) -> list[list[_Term]]:
    """Expressions for each of the reading's rows of tone, which are one per sentence and voice."""
    parse = reading.parse
    row_of = {(tone.sentence, tone.attribution): number for number, tone in enumerate(reading.tones)}
    found: list[list[_Term]] = [[] for _ in reading.tones]
    for sentence in range(len(parse.sentences)):
        begin, end = parse.sentence_span(sentence)
        places = [_span(match, begin) for match in WORD.finditer(parse.text[begin:end])]
        words = [_plain(parse.text[start:stop]) for start, stop in places]
        for hit in lookup.matcher.find(words):
            start, stop = places[hit.first][0], places[hit.beyond - 1][1]
            speaker = reading.voices.at(start)
            if (row := row_of.get((sentence, speaker))) is None:
                continue
            tokens = range(*parse.sentences[sentence])
            n_words = sum(
                start <= parse.start[t] < stop and parse.is_word(t) and reading.voices.at(parse.start[t]) == speaker
                for t in tokens
            )
            term = words[hit.first : hit.beyond]
            masked = [(m.first, m.beyond) for m in lookup.mask.find(term)] == [(0, len(term))]
            found[row].append(
                _Term(start, stop, " ".join(term), hit.pattern, n_words, lookup.polarity[hit.pattern], masked)
            )
    return found


def _span(match: re.Match[str], offset: int) -> tuple[int, int]:
    """Offsets of a word without its possessive: "the liar's" is a liar."""
    return match.start() + offset, match.start() + offset + len(POSSESSIVE.sub("", match.group()))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


# --- rows ---------------------------------------------------------------------------------------------------------


def _place(reading: Reading, outlet: str | None, number: int) -> Row:
    tone = reading.tones[number]
    return {
        "article_id": reading.article_id,
        "outlet": outlet,
        "field": reading.field,
        "sentence": tone.sentence,
        "voice": voice_name(tone.attribution),
        "attribution_id": None if tone.attribution is None else attribution_id(reading, tone.attribution),
    }


def _count_row(reading: Reading, outlet: str | None, number: int, terms: Sequence[_Term], lookup: _Lookup) -> Row:
    tone = reading.tones[number]
    weighted = any(polarity.weight is not None for polarity in lookup.polarity.values())
    kept = [term for term in terms if not term.masked]
    return {
        **_place(reading, outlet, number),
        "start": tone.span[0],
        "end": tone.span[1],
        "n_words": tone.n_words,
        **_sums(terms, weighted, ""),
        **_sums(kept, weighted, WITH_MASK),
        "terms": "; ".join(map(_shown, terms)) or None,
    }


def _sums(terms: Sequence[_Term], weighted: bool, suffix: str) -> Row:
    sums = {
        "n_matched": sum(term.n_words for term in terms),
        "n_positive": sum(term.polarity.positive for term in terms),
        "n_negative": sum(term.polarity.negative for term in terms),
        "n_terms": len(terms),
        "sum_weight": fsum(term.polarity.weight or 0.0 for term in terms) if weighted else None,
    }
    return {f"{name}{suffix}": value for name, value in sums.items()}


def _shown(term: _Term) -> str:
    sign = "+" * term.polarity.positive + "-" * term.polarity.negative
    text = f"{term.term} {sign}".rstrip()
    return f"[{text}]" if term.masked else text
