"""One article, one point: where each stands on a metric's scale, by outlet and event."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from framing.analysis.metrics import metric_row
from framing.views.numbers import MISSING, count, decimal, is_missing
from framing.views.overview import shown_metrics
from framing.views.wording import Wording, wording_of

VOICES = {"outlet": "_outlet", "source": "_source", "all": ""}
TICKS = 6


def metrics_by_voice(articles: pd.DataFrame) -> dict[str, dict[str, str]]:
    """List the metrics of an article table that framing made, those that differ only in voice together.

    Returns
    -------
    dict of dict
        By the metric's name without its voice: the metric's column by voice (`outlet`, `source`, `all`). A metric
        that has no voices has `all` alone.

    Examples
    --------
    >>> columns = ["hedges_per_1000_words", "hedges_per_1000_words_outlet", "share_words_source"]
    >>> for name, columns in metrics_by_voice(pd.DataFrame(columns=columns)).items():
    ...     print(name, columns)
    hedges_per_1000_words {'outlet': 'hedges_per_1000_words_outlet', 'all': 'hedges_per_1000_words'}
    share_words_source {'all': 'share_words_source'}
    """
    # A difference of two metrics has no sentences of its own.
    made = [str(c) for c in articles.columns if "denominator" in (metric_row(str(c)) or {})]
    families: dict[str, dict[str, str]] = {}
    for metric in made:
        base = _without_voice(metric)
        name = base if base in made else metric
        voice = next(v for v, suffix in VOICES.items() if metric == name + suffix)
        families.setdefault(name, {})[voice] = metric
    return {name: {v: columns[v] for v in VOICES if v in columns} for name, columns in families.items()}


def first_metric(articles: pd.DataFrame) -> str:
    """Name the metric that is shown first: the first core metric that the table has."""
    families = metrics_by_voice(articles)
    wanted = [_without_voice(metric) for metric in shown_metrics(articles, None)]
    return next((metric for metric in ("hedges_per_1000_words", *wanted) if metric in families), next(iter(families)))


def point_layout(
    articles: pd.DataFrame, metric: str, *, outlets: Sequence[str], events: Sequence[str] | None
) -> dict[str, Any]:
    """Lay out an article table as points: a row for each outlet, its articles along the metric's scale.

    Parameters
    ----------
    articles : pandas.DataFrame
        `article_id, outlet`, the metric, and `event` and `title` where they are known.
    metric : str
        A column.
    outlets : sequence of str
        The rows, in this order.
    events : sequence of str, optional
        Only articles about these events; within a row each event has a height of its own, the same in every row.
        Without it all articles.

    Returns
    -------
    dict
        `rows`: `outlet`, `mean` (of the outlet's events, each counting once; 0 to 1 along the scale) and `mean_text`;
        `points`: `id, row, x, y` (0 to 1 along the scale and down the row), `event, label`; `ticks`: `x, text`;
        `axis`: what the scale shows; `missing`: the ids of articles that have no value, and so no point.
    """
    wording = wording_of(metric)
    chosen = articles[articles["outlet"].isin(outlets)]
    if events is not None:
        chosen = chosen[chosen["event"].isin(events)]
    shown = chosen[chosen[metric].notna()]
    ticks = _ticks([float(value) for value in shown[metric]])
    heights = _heights(shown, events)
    return {
        "rows": [_row(shown[shown["outlet"] == outlet], str(outlet), metric, wording, ticks) for outlet in outlets],
        "points": [_point(row, metric, wording, outlets, ticks, heights) for row in shown.to_dict("records")],
        "ticks": [{"x": _along(tick, ticks), "text": _tick_text(tick, ticks, wording)} for tick in ticks],
        "axis": f"{wording.title}, {wording.unit}",
        "missing": [str(article) for article in chosen.loc[chosen[metric].isna(), "article_id"]],
    }


def value_in_words(article: pd.Series, metric: str) -> str:
    """Write an article's value with what it was computed from.

    Examples
    --------
    >>> article = pd.Series({"hedges_per_1000_words": 20.0, "n_hedges": 4, "n_words": 200})
    >>> value_in_words(article, "hedges_per_1000_words")
    '20.00 per 1,000 words, 4 in 200 words'
    >>> value_in_words(pd.Series({"share_attributions_direct": pd.NA}), "share_attributions_direct")
    'no value, since there are no attributions'
    """
    wording, made = wording_of(metric), metric_row(metric) or {}
    value, noun = article[metric], wording.unit.split()[-1]
    counted = noun.isalpha()  # a scale "from −1 to 1" counts nothing
    if is_missing(value):
        return f"no value, since there are no {noun if counted else 'words to judge'}"
    unit = "" if wording.suffix else f" {wording.unit}"
    top, bottom = (article.get(str(made.get(part))) for part in ("numerator", "denominator"))
    if not counted or is_missing(top) or is_missing(bottom):
        return f"{wording.value(value)}{unit}"
    return f"{wording.value(value)}{unit}, {count(top)} in {count(bottom)} {noun}"


def _without_voice(metric: str) -> str:
    return metric.removesuffix("_outlet").removesuffix("_source")


def _ticks(values: Sequence[float]) -> list[float]:
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    locator = MaxNLocator(TICKS, steps=[1, 2, 2.5, 5, 10])
    # A scale of amounts begins at 0, so that twice as far is twice as much.
    return [float(tick) for tick in locator.tick_values(min(low, 0.0), high if high > low or high > 0 else low + 1)]


def _tick_text(tick: float, ticks: Sequence[float], wording: Wording) -> str:
    step = (ticks[1] - ticks[0]) * wording.factor
    digits = next((digits for digits in range(4) if abs(step - round(step, digits)) < 1e-9), 4)
    return decimal(wording.scaled(tick), digits) + wording.suffix


def _along(value: float, ticks: Sequence[float]) -> float:
    return round((value - ticks[0]) / (ticks[-1] - ticks[0]), 5)


def _heights(articles: pd.DataFrame, events: Sequence[str] | None) -> dict[Any, float]:
    """Give each event, or each article where events are not known, a height in its row."""
    keys = list(events) if events is not None else list(articles["article_id"])
    return {key: (place + 0.5) / len(keys) for place, key in enumerate(keys)}


def _row(articles: pd.DataFrame, outlet: str, metric: str, wording: Wording, ticks: Sequence[float]) -> dict[str, Any]:
    if articles.empty:
        return {"outlet": outlet, "mean": None, "mean_text": MISSING}
    by_event = articles["event"] if "event" in articles.columns else pd.Series(pd.NA, index=articles.index)
    means = articles[metric].astype(float).groupby(by_event.fillna(articles["article_id"])).mean()
    mean = float(means.mean())
    return {"outlet": outlet, "mean": _along(mean, ticks), "mean_text": wording.value(mean)}


def _point(
    row: Any, metric: str, wording: Wording, outlets: Sequence[str], ticks: Sequence[float], heights: dict[Any, float]
) -> dict[str, Any]:
    event = "" if is_missing(row.get("event")) else str(row["event"])
    key = row["event"] if row.get("event") in heights else row["article_id"]
    about = f", {event}" if event else ""
    return {
        "id": str(row["article_id"]),
        "row": list(outlets).index(row["outlet"]),
        "event": event,
        "x": _along(float(row[metric]), ticks),
        "y": round(heights.get(key, 0.5), 4),
        "label": f"{row['outlet']}{about}: {wording.value(row[metric])}",
    }
