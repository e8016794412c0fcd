"""Figures of accuracy as functions of counts by document, with intervals from documents drawn anew."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Totals = Mapping[str, Floats]  # each count summed over documents: as they are, then over each redrawing of them
Value = Callable[[Totals], Floats]

DRAWS = 1_000


class Figure(NamedTuple):
    """What a figure says, its name, how it follows from the summed counts, and which count is its n."""

    what: str
    name: str
    value: Value
    n: str


class Counted(NamedTuple):
    """One row of counts per document, and the figures that follow from their sums."""

    counts: pd.DataFrame
    figures: Sequence[Figure]


def prf(what: str, hits: str, gold: str, found: str) -> list[Figure]:
    """F, precision and recall of what was found against what was there."""
    return [
        Figure(what, "F", lambda t: 2 * t[hits] / (t[gold] + t[found]), gold),
        Figure(what, "precision", lambda t: t[hits] / t[found], found),
        Figure(what, "recall", lambda t: t[hits] / t[gold], gold),
    ]


def share(what: str, name: str, part: str, whole: str, *, times: int = 1) -> Figure:
    """One count as a share of another; an F of a sum of both sides takes its matches twice."""
    return Figure(what, name, lambda t: times * t[part] / t[whole], whole)


def macro_f1(what: str, labels: Sequence[object], n: str) -> Figure:
    """Mean of each label's F, from counts named ``right_LABEL`` and ``marked_LABEL`` (by either side)."""

    def value(t: Totals) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            each = [np.where(t[f"marked_{k}"] > 0, 2 * t[f"right_{k}"] / t[f"marked_{k}"], 0.0) for k in labels]
        return np.asarray(np.mean(each, axis=0), dtype=np.float64)

    return Figure(what, "macro-F1", value, n)


def correlation(what: str, prefix: str) -> Figure:
    """Pearson's r from sums; see `moments`."""

    def value(t: Totals) -> Floats:
        n, x, y, xx, yy, xy = (t[f"{prefix}_{name}"] for name in ("n", "x", "y", "xx", "yy", "xy"))
        return np.asarray((n * xy - x * y) / np.sqrt((n * xx - x * x) * (n * yy - y * y)), dtype=np.float64)

    return Figure(what, "Pearson's r", value, f"{prefix}_n")


def moments(prefix: str, x: Floats, y: Floats) -> dict[str, float]:
    """Sums of pairs from which their correlation follows.

    Examples
    --------
    >>> moments("s", np.array([1.0, 2.0]), np.array([0.0, 3.0]))["s_xy"]
    6.0
    """
    sums = {"n": len(x), "x": x.sum(), "y": y.sum(), "xx": x @ x, "yy": y @ y, "xy": x @ y}
    return {f"{prefix}_{name}": float(value) for name, value in sums.items()}


def figure_rows(counted: Counted, *, seed: int = 0) -> list[dict[str, Any]]:
    """Sum the counts and give each figure with its 95% interval.

    Returns
    -------
    list of dict
        `what, figure, value, low, high, n`. The interval reaches from the 2.5% to the 97.5% quantile of 1,000
        redrawings of the documents; it is missing where all of them give the same, and the value where there is nothing
        to divide by.

    Examples
    --------
    >>> counts = pd.DataFrame({"hits": [1, 3], "gold": [2, 3], "found": [2, 3]})
    >>> row = figure_rows(Counted(counts, prf("found", "hits", "gold", "found")))[0]
    >>> row["value"], row["n"]
    (0.8, 5)
    """
    table = counted.counts.to_numpy(dtype=np.float64)
    times = np.ones((1, len(table)))
    if len(table) > 1:
        drawn = np.random.default_rng(seed).multinomial(len(table), np.full(len(table), 1 / len(table)), DRAWS)
        times = np.vstack([times, drawn])
    totals = dict(zip(map(str, counted.counts.columns), (times @ table).T, strict=True))
    rows = []
    for figure in counted.figures:
        with np.errstate(divide="ignore", invalid="ignore"):
            values = figure.value(totals)
        drawn_values = values[1:][np.isfinite(values[1:])]
        low, high = (
            np.quantile(drawn_values, [0.025, 0.975])
            if len(drawn_values) and np.ptp(drawn_values) > 0
            else (None, None)
        )
        value = float(values[0]) if np.isfinite(values[0]) else None
        rows.append(
            {"what": figure.what, "figure": figure.name, "value": value, "low": low, "high": high}
            | {"n": round(float(totals[figure.n][0]))}
        )
    return rows
