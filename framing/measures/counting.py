"""Positive and negative words counted by any sentiment lexicon, in every sentence and voice."""

from collections.abc import Iterator, Sequence
from math import fsum
from pathlib import Path

import pandas as pd

from framing.corpus import check_corpus
from framing.lexicons.loading import Lexicon
from framing.measures.lookup import VADER, Lookup, Term, make_lookup, terms_of
from framing.measures.reading import Reading, article_texts, attribution_id, read_article
from framing.measures.voice import voice_name
from framing.tables import VOICED, Row, Schema, as_table

WITH_MASK = "_with_mask"

TERMS: Schema = {
    "article_id": "string",
    "outlet": "string",
    **VOICED,
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
    **VOICED,
    "n_words": "Int64",
    **SUMS,
    "sum_weight": "Float64",
    **{f"{name}{WITH_MASK}": kind for name, kind in SUMS.items()},
    f"sum_weight{WITH_MASK}": "Float64",
    "terms": "string",
}


def count_sentiment(
    corpus: pd.DataFrame,
    *,
    lexicon: str | Path | Lexicon = VADER,
    mask: Sequence[str] = (),
    positive: Sequence[str] | None = None,
    negative: Sequence[str] | None = None,
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
    positive, negative : sequence of str, optional
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
    lookup = make_lookup(lexicon, mask, positive, negative)
    rows = (
        _count_row(reading, outlet, number, terms, lookup)
        for reading, outlet in _readings(corpus)
        for number, terms in enumerate(terms_of(reading, lookup))
    )
    return as_table(rows, COUNTS)


def find_terms(
    corpus: pd.DataFrame,
    *,
    lexicon: str | Path | Lexicon = VADER,
    mask: Sequence[str] = (),
    positive: Sequence[str] | None = None,
    negative: Sequence[str] | None = None,
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
    lookup = make_lookup(lexicon, mask, positive, negative)
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
        for number, terms in enumerate(terms_of(reading, lookup))
        for term in terms
    )
    return as_table(rows, TERMS)


# --- rows ---------------------------------------------------------------------------------------------------------


def _readings(corpus: pd.DataFrame) -> Iterator[tuple[Reading, str | None]]:
    articles = check_corpus(corpus, required=("article_id", "text"))
    outlets = [None] * len(articles) if "outlet" not in articles else articles["outlet"].tolist()
    for (article_id, texts), outlet in zip(article_texts(articles), outlets, strict=True):
        for reading in read_article(article_id, texts):
            yield reading, None if pd.isna(outlet) else outlet


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


def _count_row(reading: Reading, outlet: str | None, number: int, terms: Sequence[Term], lookup: Lookup) -> Row:
    tone = reading.tones[number]
    weighted = lookup.has_weights
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


def _sums(terms: Sequence[Term], weighted: bool, suffix: str) -> Row:
    sums = {
        "n_matched": sum(term.n_words for term in terms),
        "n_positive": sum(term.polarity.positive for term in terms),
        "n_negative": sum(term.polarity.negative for term in terms),
        "n_terms": len(terms),
        "sum_weight": fsum(term.polarity.weight or 0.0 for term in terms) if weighted else None,
    }
    return {f"{name}{suffix}": value for name, value in sums.items()}


def _shown(term: Term) -> str:
    sign = "+" * term.polarity.positive + "-" * term.polarity.negative
    text = f"{term.term} {sign}".rstrip()
    return f"[{text}]" if term.masked else text


def lexicon_rows(reading: Reading, name: str, lookup: Lookup) -> list[Row]:
    """Rows of an analysis' table of lexicon counts: those of `count_sentiment` that have an expression.

    `sum_tone` is the sum of weights, or where a lexicon has none, positive less negative expressions.
    """
    weighted = lookup.has_weights
    rows: list[Row] = []
    for number, terms in enumerate(terms_of(reading, lookup)):
        if not terms:
            continue
        sums = _sums(terms, weighted, "")
        tone = sums["sum_weight"] if weighted else sums["n_positive"] - sums["n_negative"]
        start, end = reading.tones[number].span
        about = {"lexicon": name, **_place(reading, None, number), "start": start, "end": end}
        rows.append({**about, **sums, "sum_tone": tone, "terms": "; ".join(map(_shown, terms))})
    return rows
