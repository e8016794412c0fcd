"""A corpus as a picture: how many articles each outlet has over time, and how long they are."""

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from framing.corpus import check_corpus
from framing.corpus.describing import count_words
from framing.views.numbers import count
from framing.views.plots import INK, OPEN, STANDS, ZERO, wrapped_name

MOST_OUTLETS = 12
ROW_INCHES, BEYOND_INCHES, WIDTH_INCHES = 0.62, 1.15, 9.0
BELOW_INCHES, ABOVE_INCHES, NAMES_SHARE = 0.6, 0.1, 0.2
# A span of at most so many days is drawn by day, week, month or quarter; a longer one by year.
STEPS = ((21, "D", "day"), (140, "W-SUN", "week"), (1100, "M", "month"), (4000, "Q", "quarter"))
WIDTHS_DAYS = {"day": 0.8, "week": 5.6, "month": 24.0, "quarter": 74.0, "year": 290.0}
NO_OUTLET = "no outlet named"


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One row of the picture: an outlet's articles by period, and the quantiles of their words."""

    name: str
    n_outlets: int
    n_articles: int
    n_undated: int
    periods: "pd.Series[int]"
    quantiles: "pd.Series[float] | None"


@dataclass(frozen=True, slots=True)
class CorpusRows:
    """All rows of the picture; `step` is the period in words, ``None`` when no article has a date."""

    rows: list[OutletRow]
    step: str | None

    @property
    def inches(self) -> float:
        """Height that the picture needs."""
        return ROW_INCHES * len(self.rows) + BEYOND_INCHES


def plot_corpus(corpus: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Plot how many articles each outlet has over time, and how long they are.

    Each outlet has a row of its own, so no colour has to be told from another. Left: articles a day, week, month,
    quarter or year, whichever suits the span, all rows on one scale. Right: words an article; the dot is the median,
    the thick line holds the middle half, the thin one 90 per cent.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet`, `text` and perhaps `date`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of a fitting size when none is given.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that hold the plot; its two panels are `ax.child_axes`. `corpus_alt_text` says it in words.

    Notes
    -----
    Beyond twelve outlets, those with the fewest articles share the last row, without bars. Articles without a date are
    counted below the outlet's name. Words are the stretches between blanks.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Post", "Herald"], "text": ["It rained."] * 2,
    ...                        "date": ["2019-04-25", "2019-04-26"]})
    >>> ax = plot_corpus(corpus, ax=Figure().add_subplot())
    >>> [panel.get_xlabel() for panel in ax.child_axes]
    ['articles a day, highest bar: 1', 'words an article']
    """
    rows = corpus_rows(corpus)
    if ax is None:
        # Imported here, since pyplot chooses a window system as soon as it is imported.
        from matplotlib import pyplot as plt

        _, ax = plt.subplots(figsize=(WIDTH_INCHES, rows.inches))
    draw_corpus(ax, rows)
    return ax


def corpus_alt_text(corpus: pd.DataFrame) -> str:
    """Say in words what `plot_corpus` shows, for those who don't see it.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Post", "Herald"], "text": ["It rained."] * 2,
    ...                        "date": ["2019-04-25", "2019-04-26"]})
    >>> print(corpus_alt_text(corpus))
    Bars of articles a day for each outlet, and lines of words an article. Herald: 1 article, 2019-04-26, median of 2
    words. Post: 1 article, 2019-04-25, median of 2 words.
    """
    rows = corpus_rows(corpus)
    what = f"Bars of articles a {rows.step} for each outlet" if rows.step else "Bars of articles for each outlet"
    return " ".join([f"{what}, and lines of words an article.", *(_row_in_words(row, rows.step) for row in rows.rows)])


def write_corpus_plot(corpus: pd.DataFrame, path: Path) -> None:
    """Write the picture of `plot_corpus` as PNG."""
    with warnings.catch_warnings():
        # Outlets may have letters that matplotlib's own font lacks; a box in their place is no failure.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        corpus_figure(corpus_rows(corpus)).savefig(path, dpi=150)


def corpus_figure(rows: CorpusRows) -> Figure:
    """Draw the picture on a figure of its own, which needs no screen."""
    height = rows.inches - BEYOND_INCHES + BELOW_INCHES + ABOVE_INCHES
    figure = Figure(figsize=(WIDTH_INCHES, height))
    box = (0.02, BELOW_INCHES / height, 0.96, 1 - (BELOW_INCHES + ABOVE_INCHES) / height)
    draw_corpus(figure.add_axes(box), rows)
    return figure


def corpus_rows(corpus: pd.DataFrame) -> CorpusRows:
    """Count a corpus by outlet and period, the outlets in alphabetical order."""
    checked = check_corpus(corpus)
    outlets = checked["outlet"].fillna(NO_OUTLET)
    sizes = outlets.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    kept = sorted(sizes.index if len(sizes) <= MOST_OUTLETS else sizes.index[: MOST_OUTLETS - 1])
    rest = f"{len(sizes) - len(kept)} other outlets"
    named = outlets.where(outlets.isin(kept), rest)
    words = count_words(checked["text"])
    dates = checked["date"] if "date" in checked else pd.Series(pd.NaT, index=checked.index)
    frequency, step = _step(dates)
    periods = None if frequency is None else dates.dt.to_period(frequency).dt.start_time
    order = [*kept, *([rest] if len(kept) < len(sizes) else [])]
    together = {rest: len(sizes) - len(kept)}
    rows = [_row(name, together.get(name, 1), named == name, dates, periods, words) for name in order]
    return CorpusRows(rows, step)


def _step(dates: "pd.Series[Any]") -> tuple[str | None, str | None]:
    if dates.isna().all():
        return None, None
    days = (dates.max() - dates.min()).days
    return next(((frequency, step) for most, frequency, step in STEPS if days <= most), ("Y", "year"))


def _row(
    name: str,
    n_outlets: int,
    of_outlet: "pd.Series[bool]",
    dates: "pd.Series[Any]",
    periods: "pd.Series[Any] | None",
    words: pd.Series,
) -> OutletRow:
    counts = pd.Series(dtype="int64") if periods is None else periods[of_outlet].value_counts().sort_index()
    known = words[of_outlet].dropna().astype(float)
    quantiles = None if known.empty else known.quantile([0.05, 0.25, 0.5, 0.75, 0.95])
    return OutletRow(name, n_outlets, int(of_outlet.sum()), int(dates[of_outlet].isna().sum()), counts, quantiles)


def draw_corpus(ax: Axes, rows: CorpusRows) -> None:
    """Draw both panels into `ax`, the names of the outlets at its left."""
    ax.set_axis_off()
    rest = 1 - NAMES_SHARE
    left = ax.inset_axes((NAMES_SHARE, 0.0, rest * 0.56, 1.0))
    right = ax.inset_axes((NAMES_SHARE + rest * 0.64, 0.0, rest * 0.36, 1.0), sharey=left)
    _draw_periods(left, rows)
    _draw_words(right, rows)
    left.set_ylim(len(rows.rows) - 0.5, -0.5)
    for panel in (left, right):
        panel.tick_params(axis="y", length=0)
        for side in ("top", "right", "left"):
            panel.spines[side].set_visible(False)
    left.set_yticks(range(len(rows.rows)), labels=[_label(row, rows.step) for row in rows.rows], parse_math=False)
    right.tick_params(axis="y", labelleft=False)


def _draw_periods(ax: Axes, rows: CorpusRows) -> None:
    for place in range(len(rows.rows)):
        ax.axhline(place + 0.4, color=ZERO, linewidth=0.8, zorder=1)
    if rows.step is None:
        most = max(row.n_articles for row in rows.rows)
        ax.barh(range(len(rows.rows)), [row.n_articles for row in rows.rows], height=0.5, color=STANDS, zorder=2)
        ax.set_xlim(0, most * 1.05)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        ax.set_xlabel("articles (none has a date)")
        return
    drawn = [row for row in rows.rows if row.n_outlets == 1 and len(row.periods)]
    most = max((int(row.periods.max()) for row in drawn), default=1)
    width: Any = pd.Timedelta(days=WIDTHS_DAYS[rows.step])
    for place, row in enumerate(rows.rows):
        if row.n_outlets > 1:
            # Many outlets together would press the bars of all others flat.
            ax.annotate(
                "several outlets, not drawn", (0.02, place + 0.3), xycoords=("axes fraction", "data"), color=OPEN
            )
            continue
        # The axis runs downwards: a bar stands on its line and reaches up, to smaller numbers.
        heights = -0.8 * row.periods.to_numpy(dtype=float) / most
        starts: Any = row.periods.index.to_numpy()
        ax.bar(starts, heights, width=width, bottom=place + 0.4, align="edge", color=STANDS, zorder=2)
    ax.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=5))  # type: ignore[no-untyped-call]
    ax.set_xlabel(f"articles a {rows.step}, highest bar: {count(most)}")


def _draw_words(ax: Axes, rows: CorpusRows) -> None:
    for place, row in enumerate(rows.rows):
        if row.quantiles is None:
            continue
        q05, q25, q50, q75, q95 = row.quantiles
        ax.plot([q05, q95], [place, place], color=INK, linewidth=1.2, zorder=2)
        ax.plot([q25, q75], [place, place], color=STANDS, linewidth=5, solid_capstyle="butt", zorder=3)
        ax.plot([q50], [place], "o", markersize=7, markerfacecolor="white", markeredgecolor=INK, zorder=4)
    ax.set_xlim(left=0)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.set_xlabel("words an article")


def _label(row: OutletRow, step: str | None) -> str:
    undated = f", {count(row.n_undated)} undated" if step and row.n_undated else ""
    return f"{wrapped_name(row.name)}\n{count(row.n_articles)}{undated}"


def _row_in_words(row: OutletRow, step: str | None) -> str:
    articles = f"{count(row.n_articles)} article{'' if row.n_articles == 1 else 's'}"
    shown = {"month": 7, "quarter": 7, "year": 4}.get(step or "", 10)  # characters of 2019-04-25
    days = [str(day)[:shown] for day in row.periods.index]
    when = "" if not days else f", {days[0]}" if len(days) == 1 else f", {days[0]} to {days[-1]}"
    undated = f", {count(row.n_undated)} without a date" if days and row.n_undated else ""
    words = "no text" if row.quantiles is None else f"median of {count(row.quantiles[0.5])} words"
    return f"{row.name}: {articles}{when}{undated}, {words}."
