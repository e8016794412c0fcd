"""Two outlets event by event: what a mean difference is the mean of."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.comparison.articles import read_articles, read_metrics
from framing.comparison.comparing import compare_outlets
from framing.comparison.copies import treat_copies
from framing.comparison.samples import event_table
from framing.errors import InputError, TooFewError
from framing.views.numbers import MISSING
from framing.views.plots import INK, OPEN, STANDS, ZERO
from framing.views.wording import OWN, Wording, wording_of

ROW_INCHES, NAME_CHARACTERS = 0.3, 28


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The events that both outlets tell, the largest difference first, and what `compare_outlets` says of them."""

    outlet: str
    versus: str
    wording: Wording
    events: Sequence[tuple[str, float, float]]
    row: dict[str, Any]


def plot_events(
    articles: pd.DataFrame,
    metric: str,
    *,
    outlets: Sequence[str] | None = None,
    event: str = "event",
    copies: str = "keep",
    ax: Axes | None = None,
) -> Axes:
    """Plot the values of two outlets event by event, with the mean of their differences.

    Parameters
    ----------
    articles : pandas.DataFrame
        As for `compare_outlets`: `article_id`, `outlet`, the column of events and the metric.
    metric : str
        A metric of `analyze` or a numeric column.
    outlets : sequence of two str, optional
        The outlet and the one to take from it; may be left out when there are two.
    event : str
        Column of events.
    copies : str
        What to do with copies, as in `compare_outlets`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of a fitting size when none is given.

    Returns
    -------
    matplotlib.axes.Axes
        A line per event between the outlet (filled dot) and the other (hollow square), sorted by their difference;
        solid where the outlet's value is higher, dashed where it is lower. The title gives the mean difference with its
        95% interval, the difference that `compare_outlets` gives for these two outlets alone.

    Raises
    ------
    InputError
        If a column or an outlet is missing, or the two don't share an event in which both have a value.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": ["Courier", "Herald"] * 2,
    ...                          "event": ["flood", "flood", "strike", "strike"], "n_quotes": [3, 1, 2, 4]})
    >>> from matplotlib.figure import Figure
    >>> ax = plot_events(articles, "n_quotes", ax=Figure().add_subplot())
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['flood', 'strike']
    """
    pairs = _paired(articles, metric, outlets, event, copies)
    if ax is None:
        # Imported here, since pyplot chooses a window system as soon as it is imported.
        from matplotlib import pyplot as plt

        _, ax = plt.subplots(figsize=(7.5, 2.0 + ROW_INCHES * len(pairs.events)), layout="constrained")
    for place, (_, left, right) in enumerate(pairs.events):
        one, other = left * pairs.wording.factor, right * pairs.wording.factor
        ax.plot(
            [one, other], [place, place], color=STANDS if left > right else OPEN, zorder=2,
            linewidth=2.2 if left > right else 1.3, linestyle="-" if left > right else (0, (4, 2)),
        )  # fmt: skip
        ax.plot([other], [place], **_mark(False), zorder=3)
        ax.plot([one], [place], **_mark(True), zorder=4)
    # Events are named by others: a name with dollar signs is no formula.
    labels = [_short(name) for name, _, _ in pairs.events]
    ax.set_yticks(range(len(labels)), labels=labels, parse_math=False)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.margins(x=0.06)
    ax.grid(axis="x", color=ZERO, alpha=0.25, linewidth=0.6)
    ax.set_axisbelow(True)
    unit = "per cent" if pairs.wording.suffix == "%" else pairs.wording.unit
    # The name of a metric of one's own says what it counts, or nothing does.
    ax.set_xlabel(pairs.wording.title if unit == OWN else f"{pairs.wording.title}, {unit}", parse_math=False)
    ax.set_title(
        textwrap.fill(_mean_in_words(pairs), 66), loc="left", fontsize="medium", parse_math=False, color=INK, pad=30
    )
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    _add_legend(ax, pairs)
    return ax


def events_alt_text(
    articles: pd.DataFrame,
    metric: str,
    *,
    outlets: Sequence[str] | None = None,
    event: str = "event",
    copies: str = "keep",
) -> str:
    """Say in words what `plot_events` shows.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": ["Courier", "Herald"] * 2,
    ...                          "event": ["flood", "flood", "strike", "strike"], "n_quotes": [3, 1, 2, 4]})
    >>> print(events_alt_text(articles, "n_quotes"))
    Pairs of dots by event. N quotes: Courier minus Herald, mean of 2 events 0.00 (too few events for an interval).
    flood 3.00 against 1.00; strike 2.00 against 4.00.
    """
    pairs = _paired(articles, metric, outlets, event, copies)
    told = "; ".join(
        f"{_short(name)} {pairs.wording.value(left)} against {pairs.wording.value(right)}"
        for name, left, right in pairs.events
    )
    return f"Pairs of dots by event. {pairs.wording.title}: {_mean_in_words(pairs)}. {told}."


def _paired(articles: pd.DataFrame, metric: str, outlets: Sequence[str] | None, event: str, copies: str) -> _Pairs:
    treated, _ = treat_copies(articles, copies)
    names = read_articles(treated, event).outlets
    asked = names if outlets is None else outlets
    if isinstance(asked, str) or len(asked) != 2 or asked[0] == asked[1]:
        raise InputError(
            f"outlets must be two; found {asked!r}. Articles are of: {', '.join(names)}. "
            f"Write: outlets=[{names[0]!r}, {names[1]!r}]"
        )
    unknown = [name for name in asked if name not in names]
    if unknown:
        raise InputError(f"articles has no outlet {unknown[0]!r}; it has: {', '.join(names)}.")
    both = treated[treated["outlet"].astype("string").str.strip().isin(list(asked))]
    known = read_articles(both, event)
    values, _, _ = event_table(known, read_metrics(known.frame, [metric])[0])
    left, right = (values[:, known.outlets.index(name)] for name in asked)
    shared = np.flatnonzero(~np.isnan(left) & ~np.isnan(right))
    if not len(shared):
        raise TooFewError(
            f"{asked[0]} and {asked[1]} share no event in which both have a value of {metric}. "
            f"Match events first, or name another column: event={event!r}"
        )
    events = sorted(
        ((_event_name(known.frame, known.event, n, event), float(left[n]), float(right[n])) for n in map(int, shared)),
        key=lambda pair: (pair[2] - pair[1], pair[0]),
    )
    return _Pairs(
        str(asked[0]), str(asked[1]), wording_of(metric), events, _compared(both, metric, asked, event, events)
    )


def _event_name(frame: pd.DataFrame, codes: np.ndarray, number: int, event: str) -> str:
    return str(frame[event].iloc[int(np.flatnonzero(codes == number)[0])])


def _compared(
    articles: pd.DataFrame, metric: str, outlets: Sequence[str], event: str, events: Sequence[tuple[str, float, float]]
) -> dict[str, Any]:
    """The row of `compare_outlets` for the outlet less the other; without an interval where events are too few."""
    difference = float(np.mean([left - right for _, left, right in events]))
    try:
        row = compare_outlets(articles, [metric], event=event, contrast=outlets[1]).iloc[0]
    except TooFewError:
        return {"difference": difference, "ci_low": None, "ci_high": None}
    return {str(name): row[name] for name in ("difference", "ci_low", "ci_high")}


def _mean_in_words(pairs: _Pairs) -> str:
    wording = pairs.wording
    interval = wording.interval(pairs.row["ci_low"], pairs.row["ci_high"])
    certain = "too few events for an interval" if interval == MISSING else f"95% interval {interval}"
    unit = "" if wording.unit_difference == OWN else wording.unit_difference
    mean = " ".join(filter(None, [wording.difference(pairs.row["difference"]), unit]))
    return f"{_short(pairs.outlet)} minus {_short(pairs.versus)}, mean of {len(pairs.events)} events {mean} ({certain})"


def _mark(first: bool) -> dict[str, Any]:
    return {
        "marker": "o" if first else "s",
        "markersize": 7.5 if first else 6.5,
        "markeredgecolor": STANDS if first else OPEN,
        "markerfacecolor": STANDS if first else "white",
        "markeredgewidth": 1.4,
        "linestyle": "none",
    }


def _add_legend(ax: Axes, pairs: _Pairs) -> None:
    handles = [
        Line2D([], [], label=_short(name), **_mark(first))
        for name, first in ((pairs.outlet, True), (pairs.versus, False))
    ]
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False, borderaxespad=0.2
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def _short(name: str) -> str:
    return (textwrap.wrap(name, NAME_CHARACTERS, max_lines=1, placeholder="…") or ["(blank)"])[0]
