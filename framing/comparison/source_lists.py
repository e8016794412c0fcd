"""Whom each outlet lets speak about an event: one list of sources for all its articles."""

from collections.abc import Iterable

import pandas as pd

from framing.analysis import Analysis
from framing.comparison.copies import treat_copies
from framing.comparison.same_names import with_one_name
from framing.corpus.columns import missing_column
from framing.errors import InputError
from framing.tables import Schema, as_table

SOURCES: Schema = {
    "event": "string",
    "outlet": "string",
    "source_name": "string",
    "source_type": "string",
    "n_articles": "Int64",
    "n_attributions": "Int64",
}


def list_sources(
    analysis: Analysis, *, event: str | None = "event", field: str = "text", copies: str = "keep"
) -> pd.DataFrame:
    """List who speaks, by event and outlet, each under one name in all articles about an event.

    Parameters
    ----------
    analysis : Analysis
    event : str or None
        Column of ``analysis.articles`` that says which event an article tells; articles without one are left out.
        ``None``: all articles are taken together, as if they told one event.
    field : str
        ``"text"`` or ``"title"``.
    copies : str
        What to do with copies, as in `compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row per event, outlet and source, sorted by these: `event` (``<NA>`` with ``event=None``), `outlet`,
        `source_name`, `source_type` (string; the commonest type under that name), `n_articles` and `n_attributions`.
        Attributions without a source name (*it is said*, *he* whom nothing resolves) are not listed.

    Raises
    ------
    InputError
        If there is no column of that name.

    Notes
    -----
    One article writes *Lee*, another *Ann Lee* and a third *Ann B. Lee*: within an event persons of the same first and
    last word are one, unless their middle names differ, and a single name is taken for the one longer name that ends
    with it. Where two end with it, it stays as it is. Sources without a name (*officials*) count as
    one source per wording.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> texts = ["Ann Lee said it rained. Tom Ito said no.", "Ms. Lee said it rained. “No,” Lee said."]
    >>> frame = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Courier"], "event": "e", "text": texts})
    >>> list_sources(analyze(frame, progress=False))[["outlet", "source_name", "n_attributions"]].values.tolist()
    [['Courier', 'Ann Lee', 2], ['Herald', 'Ann Lee', 1], ['Herald', 'Tom Ito', 1]]
    """
    about = _told_events(analysis, event, copies)
    listed = [
        {"event": name, **row}
        for name, group in _rows(analysis, about, field).groupby("event", dropna=False, sort=True)
        for row in _of_event(group)
    ]
    return as_table(listed, SOURCES)


def sources_told(analysis: Analysis, *, event: str, field: str, copies: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give who tells which event (`article_id, outlet, event`), and each attribution to a source.

    The second has the same columns, `attribution_id`, `source_name` (one for an event, as in `list_sources`),
    `source_type` and `official`.
    """
    about = _told_events(analysis, event, copies)
    rows = _rows(analysis, about, field)
    return about, pd.concat([rows[:0], *(with_one_name(group) for _, group in rows.groupby("event", sort=True))])


def _told_events(analysis: Analysis, event: str | None, copies: str) -> pd.DataFrame:
    articles, _ = treat_copies(analysis.articles, copies)
    if event is not None and event not in articles:
        raise InputError(missing_column(event, list(articles.columns), thing="analysis.articles"))
    about = articles[["article_id", "outlet"]].copy()
    about["event"] = pd.NA if event is None else articles[event]
    if event is not None:
        about = about.dropna(subset=["event"])
    return about


def _rows(analysis: Analysis, about: pd.DataFrame, field: str) -> pd.DataFrame:
    told = analysis.attributions
    told = told[(told["field"] == field) & told["source_name"].notna()]
    columns = ["article_id", "attribution_id", "source_name", "source_type", "official"]
    return told[columns].merge(about, on="article_id", validate="many_to_one")


def _of_event(rows: pd.DataFrame) -> Iterable[dict[str, object]]:
    for (outlet, name), group in with_one_name(rows).groupby(["outlet", "source_name"], sort=True):
        types = group["source_type"].value_counts()
        yield {
            "outlet": outlet,
            "source_name": name,
            "source_type": min(types[types == types.max()].index),
            "n_articles": group["article_id"].nunique(),
            "n_attributions": len(group),
        }
