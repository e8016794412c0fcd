"""The columns of every table, and the one way to make a table from rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

Schema = Mapping[str, str]
Row = Mapping[str, Any]

SENTENCES: Schema = {
    "article_id": "string",
    "field": "string",
    "sentence": "Int64",
    "paragraph": "Int64",
    "start": "Int64",
    "end": "Int64",
    "n_words": "Int64",
}

ATTRIBUTIONS: Schema = {
    "article_id": "string",
    "field": "string",
    "sentence": "Int64",
    "attribution_id": "string",
    "type": "string",
    "source_start": "Int64",
    "source_end": "Int64",
    "source": "string",
    "source_name": "string",
    "source_type": "string",
    "cue_start": "Int64",
    "cue_end": "Int64",
    "cue": "string",
    "cue_lemma": "string",
    "cue_type": "string",
    "cue_stance": "string",
    "hedged": "boolean",
    "content_spans": "object",
    "content": "string",
    "rule": "string",
    "official": "boolean",
}

HEDGES: Schema = {
    "article_id": "string",
    "field": "string",
    "sentence": "Int64",
    "hedge_id": "string",
    "start": "Int64",
    "end": "Int64",
    "hedge": "string",
    "lemma": "string",
    "category": "string",
    "scope_start": "Int64",
    "scope_end": "Int64",
    "voice": "string",
    "attribution_id": "string",
    "rule": "string",
}

# A stretch of a sentence in one voice.
VOICED: Schema = {
    "field": "string",
    "sentence": "Int64",
    "voice": "string",
    "attribution_id": "string",
    "start": "Int64",
    "end": "Int64",
}

SENTIMENT: Schema = {
    "article_id": "string",
    **VOICED,
    "n_words": "Int64",
    "n_positive": "Int64",
    "n_negative": "Int64",
    "score": "Float64",
    "score_vader": "Float64",
    "terms": "string",
}


LEXICON_COUNTS: Schema = {
    "lexicon": "string",
    "article_id": "string",
    **VOICED,
    "n_matched": "Int64",
    "n_positive": "Int64",
    "n_negative": "Int64",
    "n_terms": "Int64",
    "sum_tone": "Float64",
    "terms": "string",
}


# A paragraph or a whole article that a frame model labelled; a column `p_LABEL` for each of its labels comes behind.
FRAMES: Schema = {
    "article_id": "string",
    "field": "string",
    "unit": "string",
    "number": "Int64",
    "start": "Int64",
    "end": "Int64",
    "frame": "string",
    "probability": "Float64",
    "n_terms": "Int64",
}


def as_table(rows: Iterable[Row], schema: Schema) -> pd.DataFrame:
    """Make a table with exactly the columns and types of `schema`; ``None`` becomes ``<NA>``.

    Examples
    --------
    >>> as_table([{"word": "said", "n": None}], {"word": "string", "n": "Int64"}).loc[0, "n"]
    <NA>
    """
    rows = list(rows)
    columns: dict[str, Sequence[Any]] = {name: [row[name] for row in rows] for name in schema}
    return pd.DataFrame({name: pd.array(columns[name], dtype=_dtype(kind)) for name, kind in schema.items()})


def _dtype(kind: str) -> Any:
    # pandas' own "string" alias may mean NaN-backed strings; these tables promise <NA>.
    return pd.StringDtype(na_value=pd.NA) if kind == "string" else kind
