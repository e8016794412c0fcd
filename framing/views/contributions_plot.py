"""What a difference is made of, as bars that add up to it."""

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import InputError
from framing.views.numbers import is_missing
from framing.views.plots import INK, OPEN, STANDS, ZERO
from framing.views.wording import other_side, wording_of

COLUMNS = ("part", "contribution", "n", "n_versus")
BAR_INCHES, LABEL_CHARACTERS = 0.34, 30


def plot_contributions(
    parts: pd.DataFrame, metric: str, outlet: str, versus: str, *, most: int = 12, ax: Axes | None = None
) -> Axes:
    """Plot the parts of a difference as bars, the largest first, with all others summed up in the last.

    Parameters
    ----------
    parts : pandas.DataFrame
        What `explain_difference` gave.
    metric, outlet, versus : str
        What was asked of it, for the words of the plot.
    most : int
        Bars for single parts, 1 or more; the rest share one bar.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of a fitting size when none is given.

    Returns
    -------
    matplotlib.axes.Axes
        Filled bars to the right make the outlet's value higher, hollow hatched ones to the left lower. Beside each
        stands what is counted of it on both sides.

    Raises
    ------
    InputError
        If a column is missing, there are no rows, or `most` is no positive number.

    Examples
    --------
    >>> rows = [("reportedly", 0.8, 14, 0), ("may", -0.2, 3, 5)]
    >>> parts = pd.DataFrame(rows, columns=["part", "contribution", "n", "n_versus"])
    >>> from matplotlib.figure import Figure
    >>> ax = plot_contributions(parts, "hedges_per_1000_words", "Herald", "Courier", ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['reportedly', 'may']
    """
    bars = _bars(parts, most)
    wording = wording_of(metric)
    if ax is None:
        # Imported here, since pyplot chooses a window system as soon as it is imported.
        from matplotlib import pyplot as plt

        _, ax = plt.subplots(figsize=(7.0, 1.5 + BAR_INCHES * len(bars)))
    ax.axvline(0, color=ZERO, linewidth=1, zorder=1)
    for place, bar in enumerate(bars):
        value = wording.scaled(bar["contribution"]) or 0.0
        higher = value >= 0
        ax.barh(
            place, value, height=0.62, zorder=2, color=STANDS if higher else "white",
            edgecolor=STANDS if higher else OPEN, linewidth=1.2, hatch=None if higher else "////",
        )  # fmt: skip
        # Beside the bar, on the side that holds no names.
        ax.annotate(
            _counts(bar), (max(value, 0.0), place), xytext=(5, 0), textcoords="offset points", va="center", color=INK,
            fontsize="small", parse_math=False,
        )  # fmt: skip
    # Parts are named by texts: a source with dollar signs is no formula.
    ax.set_yticks(range(len(bars)), labels=[_label(bar) for bar in bars], parse_math=False)
    ax.set_ylim(len(bars) - 0.5, -0.5)
    low, high = ax.get_xlim()
    ax.set_xlim(low, high + 0.2 * (high - low))
    ax.set_xlabel(f"part of the difference, {_unit(wording.unit_difference)}", parse_math=False)
    ax.set_title(
        textwrap.fill(f"{wording.title}: {outlet} minus {other_side(versus)}, {_total(parts, metric)}", 62),
        loc="left", parse_math=False, fontsize="medium",
    )  # fmt: skip
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return ax


def contributions_alt_text(parts: pd.DataFrame, metric: str, outlet: str, versus: str, *, most: int = 12) -> str:
    """Say in words what `plot_contributions` shows.

    Examples
    --------
    >>> rows = [("reportedly", 0.8, 14, 0), ("may", -0.2, 3, 5)]
    >>> parts = pd.DataFrame(rows, columns=["part", "contribution", "n", "n_versus"])
    >>> print(contributions_alt_text(parts, "hedges_per_1000_words", "Herald", "Courier"))
    Bars that add up. Hedges, Herald minus Courier: +0.60 per 1,000 words. reportedly +0.80 (14 against 0); may −0.20
    (3 against 5).
    """
    wording = wording_of(metric)
    bars = "; ".join(
        f"{_label(bar)} {wording.difference(bar['contribution'])} ({_counts(bar)})" for bar in _bars(parts, most)
    )
    unit = _unit(wording.unit_difference).removeprefix("in ")
    return (
        f"Bars that add up. {wording.title}, {outlet} minus {other_side(versus)}: "
        f"{wording.difference(parts['contribution'].sum())} {unit}. {bars}."
    )


def _bars(parts: pd.DataFrame, most: int) -> list[dict[str, Any]]:
    missing = [column for column in COLUMNS if column not in parts.columns]
    if missing:
        raise InputError(
            f"parts has no column {missing[0]!r}; it has: {', '.join(map(str, parts.columns))}. "
            "Give the table that explain_difference returned."
        )
    if parts.empty:
        raise InputError("parts has no rows, so there is nothing to plot.")
    if not isinstance(most, int) or most < 1:
        raise InputError(f"most must be a whole number, 1 or more; found {most!r}.")
    rows = [{str(k): v for k, v in row.items()} for row in parts[list(COLUMNS)].to_dict("records")]
    shown, others = (rows, []) if len(rows) <= most + 1 else (rows[:most], rows[most:])
    if others:
        sums = {name: sum(float(row[name]) for row in others) for name in COLUMNS[1:]}
        shown = [*shown, {"part": f"{len(others)} others", **sums}]
    return shown


def _label(bar: dict[str, Any]) -> str:
    name = "without a name" if is_missing(bar["part"]) else str(bar["part"])
    return "\n".join(textwrap.wrap(name, LABEL_CHARACTERS, max_lines=2, placeholder="…")) or "(blank)"


def _counts(bar: dict[str, Any]) -> str:
    one, other = (f"{round(float(bar[name]), 1):,g}" for name in ("n", "n_versus"))
    return f"{one} against {other}"


def _total(parts: pd.DataFrame, metric: str) -> str:
    wording = wording_of(metric)
    return f"{wording.difference(parts['contribution'].sum())} {_unit(wording.unit_difference).removeprefix('in ')}"


def _unit(unit: str) -> str:
    return f"in {unit}" if unit == "percentage points" else unit
