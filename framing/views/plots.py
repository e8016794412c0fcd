"""Differences between outlets as dots with intervals: small multiples, each metric on a scale in its own unit."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.comparison.contrasts import without_joint
from framing.errors import InputError
from framing.views.numbers import is_missing, probability_claim
from framing.views.wording import Wording, other_side, wording_of

COLUMNS = ("metric", "outlet", "versus", "difference", "ci_low", "ci_high", "q_value")
# Blue and grey of equal hue to every kind of colour vision; filled against hollow and solid against dashed tell the
# same in print without colour.
STANDS, OPEN, ZERO, INK = "#0072b2", "#5b6066", "#8a9097", "#1b1d1f"
ROW_INCHES, LINE_INCHES, PANEL_INCHES, LABEL_CHARACTERS = 0.42, 0.21, 1.3, 24


@dataclass(frozen=True, slots=True)
class Panel:
    """One metric's rows of a comparison."""

    wording: Wording
    rows: Sequence[dict[str, Any]]

    @property
    def versus(self) -> str | None:
        """The other side when it is the same for several outlets."""
        sides = {other_side(row["versus"]) for row in self.rows}
        return sides.pop() if len(sides) == 1 and len(self.rows) > 1 else None

    @property
    def inches(self) -> float:
        """Height that the panel needs."""
        return PANEL_INCHES + self.rows_inches

    @property
    def rows_inches(self) -> float:
        """Height that the rows alone need, with names of several lines."""
        most_lines = max(row_label(row, self).count("\n") + 1 for row in self.rows)
        return max(ROW_INCHES, LINE_INCHES * most_lines + LINE_INCHES / 2) * len(self.rows)


def plot_comparison(
    comparison: pd.DataFrame, *, metric: str | None = None, ax: Axes | None = None, q_below: float = 0.05
) -> Axes:
    """Plot differences between outlets as dots with their intervals.

    Metrics have different units, and a standardised scale hides how much a difference is in words or per cent.
    So every metric gets a panel with a scale in its own unit: read the panels one by one, not across.

    Parameters
    ----------
    comparison : pandas.DataFrame
        What `compare_outlets` gave: `metric, outlet, versus, difference, ci_low, ci_high, q_value`.
    metric : str, optional
        Plot this metric alone, straight into `ax`. Without it every metric gets a panel.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of a fitting size when none is given.
    q_below : float
        Rows with a smaller q value are drawn filled with a solid line, all others hollow with a dashed line.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that hold the plot. With several metrics its panels are `ax.child_axes`.

    Raises
    ------
    InputError
        If a column is missing, there are no rows, or no row has this metric.

    Examples
    --------
    >>> row = {"metric": "share_words_source", "outlet": "Courier", "versus": "Herald",
    ...        "difference": 0.08, "ci_low": 0.03, "ci_high": 0.13, "q_value": 0.004}
    >>> from matplotlib.figure import Figure
    >>> ax = plot_comparison(pd.DataFrame([row]), ax=Figure().add_subplot())
    >>> ax.get_xlabel()
    'difference in percentage points'
    """
    panels = comparison_panels(comparison, metric)
    if ax is None:
        ax = _new_axes(panels)
    if len(panels) == 1:
        draw_panel(ax, panels[0], q_below=q_below)
        ax.set_title(panels[0].wording.title, loc="left", parse_math=False)
    else:
        _draw_panels(ax, panels, q_below)
    _add_legend(ax, q_below)
    return ax


def alt_text(comparison: pd.DataFrame, *, metric: str | None = None, q_below: float = 0.05) -> str:
    """Say in words what `plot_comparison` shows, for those who don't see it.

    Examples
    --------
    >>> row = {"metric": "share_words_source", "outlet": "Courier", "versus": "Herald",
    ...        "difference": 0.08, "ci_low": 0.03, "ci_high": 0.13, "q_value": 0.004}
    >>> print(alt_text(pd.DataFrame([row])))
    Dots with intervals. Words in sources' voice, differences in percentage points: Courier minus Herald +8.0
    (interval +3.0 to +13.0, q = .004, below .05).
    """
    parts = []
    for panel in comparison_panels(comparison, metric):
        rows = "; ".join(_row_in_words(row, panel.wording, q_below) for row in panel.rows)
        parts.append(f"{panel.wording.title}, differences {unit_in_words(panel.wording)}: {rows}.")
    return " ".join(["Dots with intervals.", *parts])


def comparison_panels(comparison: pd.DataFrame, metric: str | None = None) -> list[Panel]:
    """Take the rows of a comparison by metric, both in the table's order."""
    missing = [column for column in COLUMNS if column not in comparison.columns]
    if missing:
        raise InputError(
            f"comparison has no column {missing[0]!r}; it has: {', '.join(map(str, comparison.columns))}. "
            "Give the table that compare_outlets returned."
        )
    comparison = without_joint(comparison)
    if comparison.empty:
        raise InputError("comparison has no rows, so there is nothing to plot.")
    names = [str(name) for name in comparison["metric"].unique()]
    if metric is not None and metric not in names:
        raise InputError(f"comparison has no metric {metric!r}; it has: {', '.join(names)}.")
    wanted = names if metric is None else [metric]
    records = comparison.to_dict("records")
    return [
        Panel(wording_of(name), [{str(k): v for k, v in row.items()} for row in records if row["metric"] == name])
        for name in wanted
    ]


def stands(row: dict[str, Any], q_below: float = 0.05) -> bool:
    """Tell whether a row's q value is below the threshold."""
    return not is_missing(row["q_value"]) and bool(row["q_value"] < q_below)


def draw_panel(ax: Axes, panel: Panel, *, q_below: float = 0.05) -> None:
    """Draw one metric: a row for each pair of outlets, from top to bottom, and a line at no difference."""
    ax.axvline(0, color=ZERO, linewidth=1, zorder=1)
    for place, row in enumerate(panel.rows):
        _draw_row(ax, place, row, panel.wording, stands(row, q_below))
    labels = [row_label(row, panel) for row in panel.rows]
    # Outlets are named by others: a name with dollar signs is no formula.
    ax.set_yticks(range(len(labels)), labels=labels, parse_math=False)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_xlabel(_x_label(panel), parse_math=False)
    ax.margins(x=0.08)
    ax.locator_params(axis="x", nbins=5)
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)


def row_label(row: dict[str, Any], panel: Panel) -> str:
    """Say who is compared with whom; the other side is left out when the scale's label names it for all rows."""
    outlet = wrapped_name(str(row["outlet"]))
    return outlet if panel.versus else f"{outlet}\n{wrapped_name('minus ' + other_side(row['versus']))}"


def _draw_row(ax: Axes, place: int, row: dict[str, Any], wording: Wording, standing: bool) -> None:
    colour = STANDS if standing else OPEN
    middle, low, high = (wording.scaled(row[column]) for column in ("difference", "ci_low", "ci_high"))
    if middle is None:
        ax.annotate("not computed", (0, place), xytext=(6, 0), textcoords="offset points", va="center", color=INK)
        return
    if low is not None and high is not None:
        ax.plot([low, high], [place, place], color=colour, linewidth=2.4 if standing else 1.3, zorder=2,
                linestyle="-" if standing else (0, (4, 2)))  # fmt: skip
    ax.plot([middle], [place], zorder=3, linestyle="none", **_dot(standing))


def _dot(standing: bool) -> dict[str, Any]:
    colour = STANDS if standing else OPEN
    return {
        "marker": "o" if standing else "D",
        "markersize": 8 if standing else 6,
        "markeredgecolor": colour,
        "markerfacecolor": colour if standing else "white",
        "markeredgewidth": 1.4,
    }


def _new_axes(panels: Sequence[Panel]) -> Axes:
    # Imported here, since pyplot chooses a window system as soon as it is imported.
    from matplotlib import pyplot as plt

    across = _columns(panels)
    height = sum(max(p.inches for p in row) for row in _in_rows(panels, across))
    _, ax = plt.subplots(figsize=(7.0 if across == 1 else 12.0, height + 0.6))
    return ax


def _draw_panels(ax: Axes, panels: Sequence[Panel], q_below: float) -> None:
    ax.set_axis_off()
    across = _columns(panels)
    rows = _in_rows(panels, across)
    heights = [max(panel.inches for panel in row) for row in rows]
    top = 1.0
    for row, height in zip(rows, heights, strict=True):
        share = height / sum(heights)
        for column, panel in enumerate(row):
            room = panel.rows_inches / sum(heights)
            # The left third of a column is for the names, the space below the rows for scale, label and next title.
            left, width = (column + 0.3) / across, 0.64 / across
            child = ax.inset_axes((left, top - 0.3 / sum(heights) - room, width, room))
            draw_panel(child, panel, q_below=q_below)
            child.set_title(panel.wording.title, loc="left", parse_math=False)
        top -= share


def _columns(panels: Sequence[Panel]) -> int:
    return 1 if len(panels) <= 3 else 2


def _in_rows(panels: Sequence[Panel], across: int) -> list[Sequence[Panel]]:
    return [panels[first : first + across] for first in range(0, len(panels), across)]


def _add_legend(ax: Axes, q_below: float) -> None:
    limit = _limit(q_below)
    handles = [
        Line2D([], [], color=STANDS, linewidth=2.4, label=f"q below {limit}", **_dot(True)),
        Line2D([], [], color=OPEN, linewidth=1.3, linestyle=(0, (4, 2)), label=f"q {limit} or more", **_dot(False)),
    ]
    ax.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, borderaxespad=2.2)


def _row_in_words(row: dict[str, Any], wording: Wording, q_below: float) -> str:
    pair = f"{row['outlet']} minus {other_side(row['versus'])}"
    if is_missing(row["difference"]):
        return f"{pair} not computed"
    interval = wording.interval(row["ci_low"], row["ci_high"])
    verdict = f", below {_limit(q_below)}" if stands(row, q_below) else ""
    q = probability_claim("q", row["q_value"])
    return f"{pair} {wording.difference(row['difference'])} (interval {interval}, {q}{verdict})"


def _limit(q_below: float) -> str:
    return f"{q_below:g}".removeprefix("0")


def unit_in_words(wording: Wording) -> str:
    """Say in what unit a metric's differences are: ``per 1,000 words``, ``in percentage points``."""
    unit = wording.unit_difference
    return f"in {unit}" if unit == "percentage points" else unit


def _x_label(panel: Panel) -> str:
    what = f"difference from {panel.versus}" if panel.versus else "difference"
    return textwrap.fill(f"{what} {unit_in_words(panel.wording)}", 46)


def wrapped_name(name: str) -> str:
    """Break an outlet's name into two lines at most."""
    return "\n".join(textwrap.wrap(name, LABEL_CHARACTERS, max_lines=2, placeholder="…"))
