"""The frame of a corpus from the fields of its articles."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framing.corpus.articles import as_string
from framing.corpus.columns import KNOWN, STRING

ADDED = ("language", "language_probability", "dateline")  # columns that reading itself fills in


def corpus_frame(fields: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Make one row per article: known columns first, then those of the file, and what reading found out itself.

    Examples
    --------
    >>> corpus_frame([{"article_id": "1", "page": 4, "text": "It rained."}], ["page", "text"]).columns.tolist()
    ['article_id', 'text', 'page']
    """
    names = corpus_columns([*columns, *_added(fields)])
    return pd.DataFrame({name: _column([article.get(name) for article in fields], name) for name in names})


def corpus_columns(columns: Sequence[str]) -> list[str]:
    """The columns of a corpus in their order: the known ones first, then those of the file."""
    present = dict.fromkeys(["article_id", *columns])
    return [*(name for name in KNOWN if name in present), *(name for name in present if name not in KNOWN)]


def _added(fields: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name in ADDED if any(article.get(name) is not None for article in fields)]


def _column(values: list[Any], name: str) -> Any:
    if name == "date":
        return values
    if name == "language_probability":
        return pd.array(values, dtype="Float64")
    if all(value is None or isinstance(value, str) for value in values):
        return pd.array(values, dtype=STRING)
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1 and not kinds <= {int, float}:  # such as numbers and words, which no Parquet column can hold
        return pd.array([as_string(value) for value in values], dtype=STRING)
    return pd.Series(values).convert_dtypes()
