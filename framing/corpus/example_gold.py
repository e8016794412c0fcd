"""The hand-made codings of fifteen articles of the example corpus, as tables."""

import json
from typing import Any

import pandas as pd

from framing.corpus.example import example_file, load_example
from framing.errors import InputError
from framing.tables import Row, Schema, as_table

_ATTRIBUTIONS: Schema = {
    "article_id": "string",
    "field": "string",
    "type": "string",
    "source_start": "Int64",
    "source_end": "Int64",
    "source": "string",
    "source_type": "string",
    "cue_start": "Int64",
    "cue_end": "Int64",
    "cue": "string",
    "content_spans": "object",
    "content": "string",
}

_HEDGES: Schema = {
    "article_id": "string",
    "field": "string",
    "start": "Int64",
    "end": "Int64",
    "hedge": "string",
    "category": "string",
}


def load_example_gold(coded: str) -> pd.DataFrame:
    """Load what a person coded in fifteen articles of the example, for a comparison with what a measure finds there.

    Parameters
    ----------
    coded : {"attributions", "hedges"}
        Which of the two codings.

    Returns
    -------
    pandas.DataFrame
        One row per coding, in article order, then offset, with columns named as in the tables of
        `find_attributions` and `find_hedges`. Attributions: `article_id`, `field`, `type`, `source_start`,
        `source_end`, `source`, `source_type`, `cue_start`, `cue_end`, `cue`, `content_spans`, `content`; ``<NA>``
        where there is no source or cue. Hedges: `article_id`, `field`, `start`, `end`, `hedge`, `category`. Offsets
        are half-open and count characters.

    Raises
    ------
    InputError
        (a ValueError) If `coded` is neither, or the installation lacks the example.

    Notes
    -----
    Coded are the bodies, not the headlines, of the articles about `pension-law`, `dam-flood` and `bridge-report`,
    by one coder. Part of the hedges was corrected after a comparison with `find_hedges`. Take it as a worked
    example: agreement with it proves nothing about real news. `data/example/README.md` has the conventions.

    Examples
    --------
    >>> gold = load_example_gold("hedges")
    >>> gold["article_id"].nunique(), gold.loc[0, ["hedge", "category"]].tolist()
    (15, ['almost', 'approximator'])
    """
    tables = {"attributions": (_attribution, _ATTRIBUTIONS), "hedges": (_hedge, _HEDGES)}
    if coded not in tables:
        raise InputError(f"there is no gold of {coded!r} in the example; there is: {', '.join(tables)}")
    as_row, schema = tables[coded]
    texts = load_example().set_index("article_id")["text"]
    lines = example_file(f"gold_{coded}.jsonl").read_text(encoding="utf-8").splitlines()
    codings = [json.loads(line) for line in lines]
    return as_table([as_row(coding, texts[coding["article_id"]]) for coding in codings], schema)


def _attribution(coding: Row, text: str) -> dict[str, Any]:
    spans = {role: coding[role] or (None, None) for role in ("source", "cue")}
    offsets = {f"{role}_{end}": span[at] for role, span in spans.items() for at, end in enumerate(("start", "end"))}
    surfaces = {role: text[slice(*coding[role])] if coding[role] else None for role in spans}
    content = " … ".join(text[start:end] for start, end in coding["content"])
    return {**coding, **offsets, **surfaces, "content_spans": coding["content"], "content": content}


def _hedge(coding: Row, text: str) -> dict[str, Any]:
    return {**coding, "hedge": text[coding["start"] : coding["end"]]}
