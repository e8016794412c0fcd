"""Which outlet quotes whom, as a grid of dots with their numbers."""

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import InputError
from framing.views.plots import INK, OPEN, STANDS, ZERO

VALUES = {
    "n_events": "events in which the outlet quotes the source",
    "n_attributions": "attributions to the source",
    "n_words": "words of the source's speech",
}
COLUMNS = ("source_name", "outlet", "n_events_left_out")
ROW_INCHES, COLUMN_INCHES, LABEL_INCHES = 0.36, 1.25, 3.2
NAME_CHARACTERS, OUTLET_CHARACTERS, LEGEND_CHARACTERS = 32, 14, 15
LARGEST, SMALLEST, LEFT_OUT = 15.0, 4.0, 7.0  # points across


def plot_sources(matrix: pd.DataFrame, *, value: str = "n_events", ax: Axes | None = None) -> Axes:
    """Plot which outlet quotes whom: sources from top to bottom, outlets from left to right.

    Parameters
    ----------
    matrix : pandas.DataFrame
        What `source_matrix` gave.
    value : str
        What the dots count: ``"n_events"``, ``"n_attributions"`` or ``"n_words"``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of a fitting size when none is given.

    Returns
    -------
    matplotlib.axes.Axes
        A filled dot, whose area grows with the number beside it, where an outlet quotes a source. A hollow one with 0
        where it leaves out a source that another outlet quotes in the same event. Nothing where it tells none of the
        events in which anyone quotes the source.

    Raises
    ------
    InputError
        If a column is missing, there are no rows, a source has two rows for one outlet, or `value` is no count.

    Examples
    --------
    >>> rows = [("Ann Lee", "Courier", 2, 1), ("Ann Lee", "Herald", 0, 3)]
    >>> matrix = pd.DataFrame(rows, columns=["source_name", "outlet", "n_events", "n_events_left_out"])
    >>> from matplotlib.figure import Figure
    >>> ax = plot_sources(matrix, ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.texts]
    ['2', '0']
    """
    cells, sources, outlets = _grid(matrix, value)
    if ax is None:
        # Imported here, since pyplot chooses a window system as soon as it is imported.
        from matplotlib import pyplot as plt

        size = (LABEL_INCHES + COLUMN_INCHES * len(outlets), 1.6 + ROW_INCHES * len(sources))
        _, ax = plt.subplots(figsize=size, layout="constrained")
    top = max(max(n for n, _ in cells.values()), 1)
    for row in range(len(sources)):
        ax.axhline(row, color=ZERO, linewidth=0.4, alpha=0.5, zorder=1)
    for (source, outlet), (n, left_out) in cells.items():
        if n or left_out:
            _draw_cell(ax, outlets.index(outlet), sources.index(source), n, top)
    # Sources and outlets are named by texts: a name with dollar signs is no formula.
    ax.set_yticks(range(len(sources)), labels=[_short(name, NAME_CHARACTERS) for name in sources], parse_math=False)
    labels = ["\n".join(_lines(name, OUTLET_CHARACTERS, 2)) for name in outlets]
    ax.set_xticks(range(len(outlets)), labels=labels, parse_math=False)
    ax.set_xlim(-0.5, len(outlets) - 0.3)
    ax.set_ylim(len(sources) - 0.5, -0.5)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    legend = f"{VALUES[value]}; hollow: left out, though others quote it in an event that the outlet tells"
    ax.set_xlabel(textwrap.fill(legend, LEGEND_CHARACTERS * max(len(outlets), 2)))
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def sources_alt_text(matrix: pd.DataFrame, *, value: str = "n_events") -> str:
    """Say in words what `plot_sources` shows.

    Examples
    --------
    >>> rows = [("Ann Lee", "Courier", 2, 1), ("Ann Lee", "Herald", 0, 3)]
    >>> matrix = pd.DataFrame(rows, columns=["source_name", "outlet", "n_events", "n_events_left_out"])
    >>> print(sources_alt_text(matrix))
    Grid of dots: events in which the outlet quotes the source. Ann Lee: Courier 2, Herald 0 (left out).
    """
    cells, sources, outlets = _grid(matrix, value)
    rows = []
    for source in sources:
        found = [(outlet, *cells[source, outlet]) for outlet in outlets if (source, outlet) in cells]
        shown = [f"{o} {n:,}" + (" (left out)" if not n else "") for o, n, left_out in found if n or left_out]
        rows.append(f"{_short(source, NAME_CHARACTERS)}: {', '.join(shown) or 'nobody'}.")
    return " ".join([f"Grid of dots: {VALUES[value]}.", *rows])


def _draw_cell(ax: Axes, x: int, y: int, n: int, top: int) -> None:
    size = max(SMALLEST, LARGEST * (n / top) ** 0.5) if n else LEFT_OUT
    ax.plot(
        [x], [y], marker="o", linestyle="none", zorder=2, markersize=size, markeredgewidth=1.2,
        markerfacecolor=STANDS if n else "white", markeredgecolor=STANDS if n else OPEN,
    )  # fmt: skip
    ax.annotate(
        f"{n:,}", (x, y), xytext=(LARGEST / 2 + 3, 0), textcoords="offset points", va="center", fontsize="small",
        color=INK if n else OPEN, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip


def _grid(matrix: pd.DataFrame, value: str) -> tuple[dict[tuple[str, str], tuple[int, int]], list[str], list[str]]:
    """The count and the events left out of each source and outlet; sources and outlets in the table's order."""
    if value not in VALUES:
        raise InputError(f"value must be one of {', '.join(VALUES)}; found {value!r}.")
    missing = [column for column in (*COLUMNS, value) if column not in matrix.columns]
    if missing:
        raise InputError(
            f"matrix has no column {missing[0]!r}; it has: {', '.join(map(str, matrix.columns))}. "
            "Give the table that source_matrix returned."
        )
    if matrix.empty:
        raise InputError("matrix has no rows, so there is nothing to plot.")
    rows: list[dict[Any, Any]] = matrix.to_dict("records")
    cells = {(str(r["source_name"]), str(r["outlet"])): (int(r[value]), int(r["n_events_left_out"])) for r in rows}
    if len(cells) < len(rows):
        raise InputError(
            "matrix has several rows for one source and outlet. Give the table that source_matrix returned."
        )
    sources, outlets = ([str(n) for n in matrix[column].unique()] for column in ("source_name", "outlet"))
    return cells, sources, outlets


def _short(name: str, width: int) -> str:
    return _lines(name, width, 1)[0]


def _lines(name: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(name, width, max_lines=most, placeholder="…") or ["(blank)"]
