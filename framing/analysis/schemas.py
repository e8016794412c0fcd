"""The tables of an analysis by name, and their types in Arrow, which are those of the files."""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd
import pyarrow

from framing.tables import ATTRIBUTIONS, HEDGES, LEXICON_COUNTS, SENTENCES, SENTIMENT, Schema

LEXICONS = "lexicon_counts"
SCHEMAS: Mapping[str, Schema] = {
    "sentences": SENTENCES,
    "attributions": ATTRIBUTIONS,
    "hedges": HEDGES,
    "sentiment": SENTIMENT,
    LEXICONS: LEXICON_COUNTS,
}
TABLES = ("articles", *SCHEMAS)
# Named as pandas names them. An object is a list of [start, end].
KINDS: Mapping[str, pyarrow.DataType] = {
    "string": pyarrow.large_string(),
    "Int64": pyarrow.int64(),
    "Float64": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "object": pyarrow.list_(pyarrow.list_(pyarrow.int64())),
}


@lru_cache(maxsize=8)
def arrow_schema(table: str) -> pyarrow.Schema:
    """Types of a table's columns in Arrow.

    Examples
    --------
    >>> arrow_schema("sentences").field("start").type
    DataType(int64)
    """
    return pyarrow.schema([(column, KINDS[kind]) for column, kind in SCHEMAS[table].items()])


def article_schema(articles: pd.DataFrame) -> pyarrow.Schema:
    """Types of the article table, by those of its columns alone, so that they are the same in every piece of it."""
    return pyarrow.schema(
        [
            (
                str(column),
                KINDS[str(dtype)]
                if str(dtype) in KINDS
                else pyarrow.from_numpy_dtype(dtype)
                if not isinstance(dtype, pd.DatetimeTZDtype)
                else pyarrow.timestamp(dtype.unit, str(dtype.tz)),
            )
            for column, dtype in articles.dtypes.items()
        ]
    )
