"""Which outlet quotes whom, over the events that several outlets tell, and whom it leaves out."""

from collections.abc import Sequence

import pandas as pd

from framing.analysis import Analysis
from framing.comparison.same_names import NAMED, with_one_name
from framing.comparison.source_lists import sources_told
from framing.errors import InputError, TooFewError
from framing.tables import Schema, as_table

MATRIX: Schema = {
    "source_name": "string",
    "source_type": "string",
    "official": "boolean",
    "outlet": "string",
    "n_events": "Int64",
    "n_events_left_out": "Int64",
    "n_attributions": "Int64",
    "n_words": "Int64",
}
ORDERS = {"events": "n_events", "attributions": "n_attributions"}


def source_matrix(
    analysis: Analysis,
    *,
    most: int | None = 20,
    order: str = "events",
    source_types: Sequence[str] | None = NAMED,
    event: str = "event",
    field: str = "text",
    copies: str = "keep",
) -> pd.DataFrame:
    """Count how often each outlet quotes each source, over events that at least two outlets tell.

    Parameters
    ----------
    analysis : Analysis
    most : int or None
        How many sources to list, the most quoted first; ``None`` lists all.
    order : str
        What makes a source the most quoted: ``"events"`` in which any outlet quotes it, or ``"attributions"``.
    source_types : sequence of str or None
        Kinds of sources to list; ``None`` lists all. Left out, those with a name of their own: *officials* of one
        event are others than those of the next.
    event : str
        Column of ``analysis.articles`` with the events; articles without one are left out.
    field : str
        ``"text"`` or ``"title"``.
    copies : str
        What to do with copies, as in `compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row per source and outlet, the most quoted source first, outlets in alphabetic order:

        - `source_name`, `source_type` (string; the commonest), `official` (boolean; of the attributions for which it is
          known, the commoner answer; ``<NA>`` when even or unknown)
        - `outlet`
        - `n_events`: events in which this outlet quotes the source
        - `n_events_left_out`: events that this outlet tells and in which only others quote the source
        - `n_attributions` and `n_words` (words of the source's speech)

        ``table.pivot(index="source_name", columns="outlet", values="n_events")`` makes the matrix.

    Raises
    ------
    InputError
        If a parameter isn't one of the allowed values, there is no column of that name, or fewer than two outlets tell
        one event.

    Notes
    -----
    `list_sources` has the same by event. Names are one within an event as there; across events persons with the same
    first and last word are one (*Ann B. Lee* is *Ann Lee*, under the spelling that is used most), and a single name is
    the one longer name that ends with it. Two persons of one name are taken for one, and an outlet that calls a
    source by another name seems to leave it out: read the articles before saying so.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> texts = ["Ann Lee said it rained. Tom Ito said no.", "Ms. Lee said it rained."]
    >>> frame = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Courier"], "event": "e", "text": texts})
    >>> table = source_matrix(analyze(frame, progress=False))
    >>> table[["source_name", "outlet", "n_events", "n_events_left_out", "n_words"]].values.tolist()
    [['Ann Lee', 'Courier', 1, 0, 2], ['Ann Lee', 'Herald', 1, 0, 2], ['Tom Ito', 'Courier', 0, 1, 0], \
['Tom Ito', 'Herald', 1, 0, 1]]
    """
    if order not in ORDERS:
        raise InputError(f"order must be one of {', '.join(ORDERS)}; found {order!r}.")
    if most is not None and (not isinstance(most, int) or most < 1):
        raise InputError(f"most must be a whole number, 1 or more, or None for all sources; found {most!r}.")
    if isinstance(source_types, str):
        raise InputError(f"source_types is a list, not one string. Write: source_types=[{source_types!r}]")
    about, rows = sources_told(analysis, event=event, field=field, copies=copies)
    told = about[["event", "outlet"]].drop_duplicates()
    shared = told["event"][told["event"].duplicated()]
    if shared.empty:
        raise TooFewError(
            f"no event is told by two outlets; column '{event}' has {about['event'].nunique()} events. "
            "Match events first, or add the articles of another outlet about them"
        )
    told, rows = told[told["event"].isin(shared)], rows[rows["event"].isin(shared)]
    rows = with_one_name(rows).merge(_words(analysis), on="attribution_id", how="left", validate="one_to_one")
    if source_types is not None:
        rows = rows[rows["source_type"].isin(list(source_types))]
    outlets = sorted(set(told["outlet"]))
    tells = {outlet: frozenset(group) for outlet, group in told.groupby("outlet", sort=True)["event"]}
    return as_table(
        [
            {"source_name": name, **_about(group), **_cell(group, outlet, tells[outlet])}
            for name, group in _most_quoted(rows, order, most)
            for outlet in outlets
        ],
        MATRIX,
    )


def _words(analysis: Analysis) -> pd.DataFrame:
    """Words of each attribution's content; the sentiment table has one row per sentence and voice."""
    spoken = analysis.sentiment.dropna(subset=["attribution_id"])
    return spoken.groupby("attribution_id", sort=False)["n_words"].sum().reset_index()


def _most_quoted(rows: pd.DataFrame, order: str, most: int | None) -> list[tuple[str, pd.DataFrame]]:
    groups = [(str(name), group) for name, group in rows.groupby("source_name", sort=True)]
    sizes = {name: {"n_events": group["event"].nunique(), "n_attributions": len(group)} for name, group in groups}
    first, second = ORDERS[order], *(column for column in ORDERS.values() if column != ORDERS[order])
    ranked = sorted(groups, key=lambda g: (-sizes[g[0]][first], -sizes[g[0]][second], g[0]))
    return ranked[:most]


def _about(rows: pd.DataFrame) -> dict[str, object]:
    types = rows["source_type"].value_counts()
    known = rows["official"].dropna().astype(bool)
    n_yes, n_no = int(known.sum()), int((~known).sum())
    return {
        "source_type": min(types[types == types.max()].index),
        "official": None if n_yes == n_no else n_yes > n_no,
    }


def _cell(rows: pd.DataFrame, outlet: str, told: frozenset[str]) -> dict[str, object]:
    own = rows[rows["outlet"] == outlet]
    quoted = set(own["event"])
    return {
        "outlet": outlet,
        "n_events": len(quoted),
        "n_events_left_out": len((set(rows["event"]) & told) - quoted),
        "n_attributions": len(own),
        "n_words": int(own["n_words"].fillna(0).sum()),
    }
