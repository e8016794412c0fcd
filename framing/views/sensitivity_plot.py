"""A specification curve: one difference under every choice, and below it which choice each dot stands for."""

import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from framing.comparison.robustness import describe_sensitivity
from framing.comparison.specifications import COPIES, EQUAL_LENGTH, MAIN
from framing.errors import InputError
from framing.views.numbers import is_missing
from framing.views.plots import INK, OPEN, STANDS, ZERO
from framing.views.wording import Wording, other_side, wording_of

COLUMNS = (
    "outlet", "versus", "check", "choice", "metric", "same_question", "difference", "ci_low", "ci_high", "same_sign",
    "stands",
)  # fmt: skip
ROW_INCHES, CURVE_INCHES, GAP = 0.22, 2.6, 2.0
ALL_EVENTS, ALL_AUTHORS = "one event left out", "one author left out"
LABEL_CHARACTERS = 34


def plot_sensitivity(
    sensitivities: pd.DataFrame, outlet: str | None = None, versus: str | None = None, *, ax: Axes | None = None
) -> Axes:
    """Plot a difference under every specification, from the lowest to the highest.

    Parameters
    ----------
    sensitivities : pandas.DataFrame
        What `sensitivity` gave.
    outlet, versus : str, optional
        The contrast to plot; needed where the table has several.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of a fitting size when none is given.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that hold the plot; `ax.child_axes` are the curve and, below it, the choices. Left of the gap is what
        asks the same, right of it what asks of a part. Filled dots with solid lines stand (their 95% interval leaves
        out 0), hollow ones with dashed lines don't; the diamond and the line through both panels are the answer as
        asked.

    Raises
    ------
    InputError
        If a column is missing, the contrast is not in the table, or the table has several and none is named.

    Examples
    --------
    >>> rows = [("as asked", "as asked", 2.0, 1.0, 3.0, True), ("copies", "copies left out", 1.2, -0.2, 2.6, False)]
    >>> names = ["check", "choice", "difference", "ci_low", "ci_high", "stands"]
    >>> table = pd.DataFrame(rows, columns=names).assign(outlet="Courier", versus="Herald", same_sign=True,
    ...     metric="boosters_per_1000_words", same_question=True)
    >>> from matplotlib.figure import Figure
    >>> ax = plot_sensitivity(table, ax=Figure().add_subplot())
    >>> [label.get_text() for label in ax.child_axes[1].get_yticklabels()]
    ['as asked', 'copies left out']
    """
    rows = _rows(sensitivities, outlet, versus)
    wording = wording_of(str(rows["metric"][rows["check"] == MAIN].iloc[0]))
    places, choices = _places(rows), _choices(rows)
    if ax is None:
        # Imported here, since pyplot chooses a window system as soon as it is imported.
        from matplotlib import pyplot as plt

        _, ax = plt.subplots(figsize=_inches(rows))
    ax.set_axis_off()
    share = CURVE_INCHES / (CURVE_INCHES + ROW_INCHES * len(choices) + 0.2)
    curve = ax.inset_axes((0.22, 1 - share, 0.78, share))
    matrix = ax.inset_axes((0.22, 0.0, 0.78, (1 - share) * 0.94))
    asked = float(places[(rows["check"] == MAIN).to_numpy()][0])
    for panel in (curve, matrix):
        panel.axvline(asked, color=STANDS, linewidth=1, alpha=0.45, zorder=1)
        panel.set_xlim(-1, places.max() + 1)
        panel.set_xticks([])
        for side in ("top", "right", "bottom"):
            panel.spines[side].set_visible(False)
    _draw_curve(curve, rows, places, wording)
    _draw_choices(matrix, rows, places, choices)
    pair = f"{rows['outlet'].iloc[0]} minus {other_side(rows['versus'].iloc[0])}"
    ax.set_title(textwrap.fill(f"{wording.title}: {pair}", 70), loc="left", parse_math=False, pad=24)
    _add_legend(ax)
    return ax


def sensitivity_alt_text(sensitivities: pd.DataFrame, outlet: str | None = None, versus: str | None = None) -> str:
    """Say in words what `plot_sensitivity` shows.

    Examples
    --------
    >>> rows = [("as asked", "as asked", 2.0, 1.0, 3.0, True), ("copies", "copies left out", 1.2, -0.2, 2.6, False)]
    >>> names = ["check", "choice", "difference", "ci_low", "ci_high", "stands"]
    >>> table = pd.DataFrame(rows, columns=names).assign(outlet="Courier", versus="Herald", same_sign=True,
    ...     metric="boosters_per_1000_words", same_question=True)
    >>> print(sensitivity_alt_text(table)[:74])
    Specification curve of 2 specifications, from +1.20 to +2.00. Courier less
    """
    rows = _rows(sensitivities, outlet, versus)
    wording = wording_of(str(rows["metric"][rows["check"] == MAIN].iloc[0]))
    low, high = (wording.difference(rows["difference"].agg(end)) for end in ("min", "max"))
    said = " ".join(describe_sensitivity(rows))
    return f"Specification curve of {len(rows):,} specifications, from {low} to {high}. {said}"


def write_sensitivity_plots(sensitivities: pd.DataFrame, stem: str | Path) -> list[Path]:
    """Write a picture of each contrast that has an answer: the stem, a number, ``.png``; give the files."""
    made = sensitivities[(sensitivities["check"] == MAIN) & sensitivities["difference"].notna()]
    files = []
    for number, (outlet, versus) in enumerate(made[["outlet", "versus"]].to_numpy(), start=1):
        figure = Figure(layout="constrained")
        rows = _rows(sensitivities, outlet, versus)
        figure.set_size_inches(*_inches(rows))
        FigureCanvasAgg(figure)
        plot_sensitivity(sensitivities, outlet, versus, ax=figure.add_subplot())
        path = Path(f"{stem}-{number}.png")
        figure.savefig(path, dpi=150, bbox_inches="tight", metadata={"Software": None})
        files.append(path)
    return files


def _inches(rows: pd.DataFrame) -> tuple[float, float]:
    return min(14.0, 5.5 + 0.11 * len(rows)), 1.0 + CURVE_INCHES + ROW_INCHES * len(_choices(rows))


def _rows(sensitivities: pd.DataFrame, outlet: str | None, versus: str | None) -> pd.DataFrame:
    missing = [column for column in COLUMNS if column not in sensitivities.columns]
    if missing:
        raise InputError(
            f"sensitivities has no column {missing[0]!r}; it has: {', '.join(map(str, sensitivities.columns))}. "
            "Give the table that sensitivity returned."
        )
    pairs = sensitivities[["outlet", "versus"]].drop_duplicates()
    for name, value in (("outlet", outlet), ("versus", versus)):
        if value is not None:
            pairs = pairs[pairs[name] == value]
    there = "; ".join(
        f"{one} and {other}" for one, other in sensitivities[["outlet", "versus"]].drop_duplicates().to_numpy()
    )
    if len(pairs) != 1:
        found = "none" if pairs.empty else f"{len(pairs)} contrasts"
        raise InputError(f"name one contrast by outlet and versus; found {found}. The table has: {there or 'no rows'}.")
    rows = sensitivities.merge(pairs, on=["outlet", "versus"])
    rows = rows[rows["difference"].notna()]
    if not (rows["check"] == MAIN).any():
        raise InputError("the contrast has no answer as asked, so there is nothing to plot.")
    # What asks the same first, then from the lowest to the highest.
    order = pd.DataFrame({"part": ~rows["same_question"].astype(bool), "value": rows["difference"].astype(float)})
    order["choice"] = rows["choice"].astype(str)
    return rows.loc[order.sort_values(["part", "value", "choice"], kind="stable").index].reset_index(drop=True)


def _places(rows: pd.DataFrame) -> "np.ndarray[Any, np.dtype[np.float64]]":
    return np.arange(len(rows), dtype=np.float64) + np.where(rows["same_question"].astype(bool), 0.0, GAP)


def _choices(rows: pd.DataFrame) -> list[str]:
    """The rows of the lower panel, in the order in which they are asked."""
    order = [MAIN, *COPIES.values(), EQUAL_LENGTH]
    made = {part for row in rows.to_dict("records") for part in _made(row)}
    rest = sorted(made - {*order, ALL_EVENTS, ALL_AUTHORS} - set(_parts(rows)))
    return [name for name in (*order, *rest, ALL_EVENTS, ALL_AUTHORS, *_parts(rows)) if name in made]


def _parts(rows: pd.DataFrame) -> list[str]:
    return [str(name) for name in rows[~rows["same_question"].astype(bool)]["choice"]]


def _made(row: dict[Any, Any]) -> list[str]:
    """The choices that a specification is made of."""
    if row["check"] in ("event", "author"):
        return [ALL_EVENTS if row["check"] == "event" else ALL_AUTHORS]
    if row["check"] != "several":
        return [str(row["choice"])]
    return str(row["choice"]).split(", ")


def _draw_curve(ax: Axes, rows: pd.DataFrame, places: Any, wording: Wording) -> None:
    ax.axhline(0, color=ZERO, linewidth=1, zorder=1)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        standing = not is_missing(row["stands"]) and bool(row["stands"])
        colour = STANDS if standing else OPEN
        low, middle, high = (wording.factor * float(row[name]) for name in ("ci_low", "difference", "ci_high"))
        ax.plot([place, place], [low, high], color=colour, linewidth=1.8 if standing else 1.0, zorder=2,
                linestyle="-" if standing else (0, (3, 2)))  # fmt: skip
        ax.plot([place], [middle], zorder=3, linestyle="none", **_dot(row["check"] == MAIN, standing))
    unit = wording.unit_difference
    ax.set_ylabel(textwrap.fill(f"difference {'in ' if unit == 'percentage points' else ''}{unit}", 28),
                  parse_math=False)  # fmt: skip
    ax.margins(y=0.08)
    ax.locator_params(axis="y", nbins=6)


def _dot(is_main: bool, standing: bool) -> dict[str, Any]:
    colour = STANDS if standing else OPEN
    return {
        "marker": "D" if is_main else "o",
        "markersize": 8 if is_main else 5,
        "markerfacecolor": colour if standing else "white",
        "markeredgecolor": INK if is_main else colour,
        "markeredgewidth": 1.3,
    }


def _draw_choices(ax: Axes, rows: pd.DataFrame, places: Any, choices: list[str]) -> None:
    for line in range(len(choices)):
        if line % 2:
            ax.axhspan(line - 0.5, line + 0.5, color="#f2f3f4", linewidth=0, zorder=0)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        for name in _made(row):
            ax.plot([place], [choices.index(name)], marker="s", markersize=3.8, color=INK, linestyle="none", zorder=2)
    labels = [textwrap.shorten(name, LABEL_CHARACTERS, placeholder="…") or "…" for name in choices]
    # Events, authors and lexicons are named by others: a name with dollar signs is no formula.
    ax.set_yticks(range(len(choices)), labels=labels, parse_math=False)
    ax.tick_params(axis="y", length=0, labelsize="small")
    ax.set_ylim(len(choices) - 0.5, -0.5)
    ax.spines["left"].set_visible(False)
    n_same = int(rows["same_question"].astype(bool).sum())
    if n_same < len(rows):
        ax.set_xticks(
            [(n_same - 1) / 2, (places[n_same] + places[-1]) / 2], labels=["asking the same", "asking of a part"]
        )
        ax.tick_params(axis="x", length=0)


def _add_legend(ax: Axes) -> None:
    handles = [
        Line2D([], [], linestyle="none", label="as asked", **_dot(True, True)),
        Line2D([], [], color=STANDS, linewidth=1.8, label="interval leaves out 0", **_dot(False, True)),
        Line2D([], [], color=OPEN, linewidth=1.0, linestyle=(0, (3, 2)), label="does not", **_dot(False, False)),
    ]
    ax.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, frameon=False, fontsize="small",
              borderaxespad=0.2)  # fmt: skip
