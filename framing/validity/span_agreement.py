"""How well coders agree on stretches of text: Krippendorff's alpha over characters, without writing them out."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.tables import Schema, as_table

Floats = npt.NDArray[np.float64]

SPAN_AGREEMENT: Schema = {
    "category": "string",
    "n_units": "Int64",
    "n_coders": "Int64",
    "n_characters": "Int64",
    "share_agreed": "Float64",
    "alpha": "Float64",
    "alpha_low": "Float64",
    "alpha_high": "Float64",
}
ALL, ANY, NONE = "all", "any", ""
DRAWS = 2_000
Piece = tuple[int, tuple[str, ...]]  # how many characters, and each coder's label of them


def agreement_of_spans(codings: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Compute Krippendorff's alpha over the characters of texts in which coders marked spans.

    Every character has a label from every coder who coded its unit: the category of the span it lies in, or none. Two
    coders who mark the same expression with other edges agree on the characters they share.

    Parameters
    ----------
    codings : pandas.DataFrame
        One row per span that a coder marked: `unit_id, coder, start, end` (half-open offsets into the unit's text) and,
        where there are several kinds, `category`. A coder who found nothing in a unit has one row there with empty
        `start` and `end`; who has no row didn't code it. `length` (characters of the unit's text) says how much text
        there is behind the last span; without it the text ends with the last span of any coder, and agreement that
        nothing is there is counted too little.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        A row `category` ``all``; with several categories ``any`` (a span of any kind against none) and one for each
        category against all else: `n_units` (that at least two coded), `n_coders`, `n_characters` in them,
        `share_agreed` (of pairs of labels of a character, the share that is the same), `alpha` (1 is perfect, 0 what
        chance gives), `alpha_low, alpha_high` (95%, from 2,000 redrawings of units; ``<NA>`` for fewer than two
        units). ``<NA>`` where all labels are the same, since then agreement can't be told from chance.

    Raises
    ------
    InputError
        If a column is missing, an offset is no whole number, lies outside the text or ends before it begins, a unit
        has two lengths, or no unit has two coders.

    Notes
    -----
    Where one coder's spans of several categories overlap, the label is all of them together, and differs from each.
    Texts are cut where any coder's span begins or ends, and each piece counts as many times as it has characters, which
    gives the alpha of [1]_ over characters, in time that doesn't grow with the length of texts. It is not the alpha
    for unitizing of the same author, which also counts how spans are divided. Most characters of most texts have no
    label, so that `share_agreed` is high also where coders agree on nothing: read `alpha`.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.
       https://repository.upenn.edu/asc_papers/43

    Examples
    --------
    >>> codings = pd.DataFrame({
    ...     "unit_id": ["u1", "u1", "u2", "u2"], "coder": ["Ada", "Ben", "Ada", "Ben"],
    ...     "start": [0, 0, pd.NA, pd.NA], "end": [4, 8, pd.NA, pd.NA], "length": [10, 10, 10, 10],
    ... })
    >>> agreement_of_spans(codings)[["n_characters", "share_agreed"]].values.tolist()
    [[20, 0.8]]
    """
    spans = _checked(codings)
    units = [_pieces(rows) for _, rows in spans.groupby("unit_id", sort=True)]
    units = [pieces for pieces in units if pieces and len(pieces[0][1]) > 1]
    if not units:
        coders = shown(sorted(spans["coder"].unique()))
        raise InputError(
            f"no unit with any text has two coders; the coders are: {coders}. Put the spans of two coders together; "
            "who found nothing in a unit has one row there with empty start and end."
        )
    n_coders = int(spans.loc[spans.groupby("unit_id")["coder"].transform("nunique") > 1, "coder"].nunique())
    categories = sorted(set(spans["category"].dropna()) - {NONE})
    labels = sorted({label for pieces in units for _, given in pieces for label in given})
    rows = [_row(ALL, units, {label: label for label in labels}, n_coders, seed)]
    if len(categories) > 1:
        rows.append(_row(ANY, units, {label: str(label != NONE) for label in labels}, n_coders, seed))
        for category in categories:
            has = {label: str(category in label.split(_JOINED)) for label in labels}
            rows.append(_row(category, units, has, n_coders, seed))
    return as_table(rows, SPAN_AGREEMENT)


_JOINED = "\x1f"  # between the categories of overlapping spans
_SPAN = "span"


def _checked(codings: pd.DataFrame) -> pd.DataFrame:
    for column in ("unit_id", "coder", "start", "end"):
        if column not in codings.columns:
            raise InputError(f"codings have no column '{column}'; they have: {shown(codings.columns)}.")
    spans = codings[["unit_id", "coder"]].astype(str).reset_index(drop=True)
    for column in ("start", "end", "length"):
        given = codings[column] if column in codings.columns else pd.Series(pd.NA, index=codings.index)
        spans[column] = _whole_numbers(given.reset_index(drop=True), column)
    category = codings["category"] if "category" in codings.columns else pd.Series(_SPAN, index=codings.index)
    spans["category"] = [NONE if pd.isna(value) else str(value) for value in category]
    half = spans["start"].isna() != spans["end"].isna()
    _refuse(spans, half, "has only one of start and end")
    _refuse(spans, spans["start"].notna() & (spans["category"] == NONE), "has no category")
    _refuse(spans, (spans["start"] < 0) | (spans["end"] <= spans["start"]), "ends before it begins, or is empty")
    lengths = spans.groupby("unit_id")["length"]
    _refuse(spans, lengths.transform("nunique") > 1, "is of a unit with two lengths")
    known = lengths.transform("max")
    _refuse(spans, spans["end"] > known, "ends behind the text")
    return spans.assign(length=known.fillna(spans.groupby("unit_id")["end"].transform("max")))


def _whole_numbers(values: pd.Series, column: str) -> "pd.Series[int]":
    try:
        return pd.to_numeric(values).astype("Int64")
    except (TypeError, ValueError) as error:
        raise InputError(
            f"column '{column}' must hold whole numbers, or nothing; its first is {clipped(str(values.iloc[0]))!r}."
        ) from error


def _refuse(spans: pd.DataFrame, wrong: pd.Series, what: str) -> None:
    rows = spans[wrong.fillna(False).astype(bool)]
    if len(rows):
        row = rows.iloc[0]
        raise InputError(
            f"a span of {clipped(row['coder'])} in {clipped(row['unit_id'])!r} ({row['start']} to {row['end']}) {what}."
            " Give half-open offsets into the unit's text, start below end."
        )


def _pieces(spans: pd.DataFrame) -> list[Piece]:
    """Cut a unit where any span begins or ends, and give each piece its length and each coder's label."""
    length = spans["length"].iloc[0]
    if pd.isna(length):
        return []
    marked = spans[spans["start"].notna()]
    edges = sorted({0, int(length), *marked["start"].astype(int), *marked["end"].astype(int)})
    labels = []
    for _, mine in spans.groupby("coder", sort=True):
        found: list[set[str]] = [set() for _ in edges[:-1]]
        place = {edge: number for number, edge in enumerate(edges)}
        for start, end, category in zip(mine["start"], mine["end"], mine["category"], strict=True):
            if not pd.isna(start):
                for number in range(place[int(start)], place[int(end)]):
                    found[number].add(category)
        labels.append([_JOINED.join(sorted(categories)) for categories in found])
    sizes = np.diff(edges)
    return [(int(size), tuple(given)) for size, given in zip(sizes, zip(*labels, strict=True), strict=True)]


def _row(
    category: str, units: Sequence[Sequence[Piece]], values: Mapping[str, str], n_coders: int, seed: int
) -> dict[str, Any]:
    names = sorted(set(values.values()))
    place = {name: number for number, name in enumerate(names)}
    totals, apart = np.zeros((len(units), len(names))), np.zeros(len(units))
    pairs, same = 0.0, 0.0
    for unit, pieces in enumerate(units):
        for size, given in pieces:
            counts = np.bincount([place[values[label]] for label in given], minlength=len(names)).astype(float)
            n = counts.sum()
            equal = float((counts * (counts - 1)).sum())  # ordered pairs of coders with the same label
            totals[unit] += size * counts
            apart[unit] += size * (n * (n - 1) - equal) / (n - 1)
            pairs += size * n * (n - 1)
            same += size * equal
    alpha = float(_alphas(totals, apart, np.ones((1, len(units))))[0])
    low = high = None
    if len(units) > 1 and np.isfinite(alpha):
        chances = np.full(len(units), 1 / len(units))
        times = np.random.default_rng(seed).multinomial(len(units), chances, DRAWS).astype(np.float64)
        low, high = (float(edge) for edge in np.nanquantile(_alphas(totals, apart, times), [0.025, 0.975]))
    return {
        "category": category,
        "n_units": len(units),
        "n_coders": n_coders,
        "n_characters": sum(size for pieces in units for size, _ in pieces),
        "share_agreed": same / pairs,
        "alpha": alpha if np.isfinite(alpha) else None,
        "alpha_low": low,
        "alpha_high": high,
    }


def _alphas(totals: Floats, apart: Floats, times: Floats) -> Floats:
    """Alpha of some redrawings of units, from each unit's labels and how many of their pairs differ."""
    labels = times @ totals
    n = labels.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = (n**2 - (labels**2).sum(axis=1)) / (n - 1)
        alphas: Floats = np.where(expected > 0, 1 - (times @ apart) / expected, np.nan)
    return alphas
