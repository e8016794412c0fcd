"""The full tables as CSV files beside a report, so that every number can be followed without the package."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from framing.errors import InputError
from framing.views.evidence import EvidenceFinder
from framing.views.inputs import AnalysisTables

EVIDENCE = ("finding", "metric", "outlet", "article_id", "field", "start", "end", "passage")
ABOUT = {
    "comparison": "every comparison, one row each, with more digits than this page shows",
    "evidence": "every place behind the findings told here, with the finding’s number and the sentence around it",
    "articles": "one row for each article: what was counted in it, every metric, and what was wrong if anything",
    "attributions": "who is said to have said, thought or shown what: source, cue and the words attributed",
    "hedges": "every hedge and booster, with its category and whose words it is in",
    "sentiment": "the tone of each sentence, for the outlet’s own words and its sources’ words apart",
    "lexicon_counts": "words of your own lists, by sentence",
    "sentences": "where each sentence begins and ends; its text is in the article",
}
# A spreadsheet takes what begins so for a formula, and articles are written by others.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file beside the report: what it is called, the link to it, what is in it."""

    name: str
    link: str
    n_rows: int
    about: str


def folder_name(tables: str) -> str:
    """Check the name of the folder that tables go into: a plain name, since a report links to what is beside it.

    Raises
    ------
    InputError
        If it is a path, or no name at all.

    Examples
    --------
    >>> folder_name("tables")
    'tables'
    """
    if not tables.strip() or tables in (".", "..") or any(mark in tables for mark in "/\\:"):
        raise InputError(
            f"tables is {tables!r}, which is no name of a folder beside the report. Give a name without slashes, "
            "such as 'tables', or None to write no tables."
        )
    return tables


def list_tables(
    analysis: AnalysisTables,
    comparison: pd.DataFrame | None,
    findings: Iterable[Mapping[str, Any]],
    finder: EvidenceFinder,
) -> dict[str, pd.DataFrame]:
    """Gather the tables by their names, in the order in which the page lists them; empty ones are left out."""
    evidence = [
        {"finding": number, "metric": row["metric"], **place}
        for number, row in enumerate(findings, start=1)
        for place in finder.all_places(row)
    ]
    tables = {
        "comparison": comparison,
        "evidence": pd.DataFrame(evidence, columns=list(EVIDENCE)),
        "articles": analysis.articles,
        "attributions": analysis.attributions,
        "hedges": analysis.hedges,
        "sentiment": analysis.sentiment,
        "lexicon_counts": analysis.lexicon_counts,
        "sentences": analysis.sentences,
    }
    return {name: table for name, table in tables.items() if table is not None and len(table)}


def table_files(tables: Mapping[str, pd.DataFrame], folder: str) -> list[TableFile]:
    """Describe the files that `write_tables` writes, for the page."""
    return [
        TableFile(f"{name}.csv", f"{quote(folder)}/{name}.csv", len(table), ABOUT[name])
        for name, table in tables.items()
    ]


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as CSV, and take away those of an earlier report that this one doesn't have."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ABOUT:
        (folder / f"{name}.csv").unlink(missing_ok=True)
    for name, table in tables.items():
        # The mark at the beginning tells spreadsheets that the text is UTF-8.
        for_spreadsheets(table).to_csv(
            folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n", errors="replace"
        )


def for_spreadsheets(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula, and write spans as lists.

    Examples
    --------
    >>> for_spreadsheets(pd.DataFrame({"source": ["=1+1", "Ann Lee"], "n": [-1, 2]}))["source"].tolist()
    ["'=1+1", 'Ann Lee']
    """
    return table.assign(
        **{
            name: pd.Series([_cell(value) for value in table[name]], index=table.index, dtype=object)
            for name in table.columns
            if pd.api.types.is_string_dtype(table[name]) or pd.api.types.is_object_dtype(table[name])
        }
    )


def _cell(value: Any) -> Any:
    if isinstance(value, np.ndarray | Sequence) and not isinstance(value, str):
        return str([list(map(int, span)) for span in value])
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
