"""The corpus at a glance, and the mean of every metric by outlet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.analysis.metrics import metric_row, metric_table
from framing.views.numbers import count, decimal, is_missing
from framing.views.wording import wording_of

OUTLET_HEAD = (
    "outlet",
    "articles",
    "events",
    "events shared",
    "words",
    "words, median",
    "first date",
    "last date",
    "with a problem",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table for print.

    `texts` is the number of leading columns that hold words; the others hold numbers. `keys` has what each cell is
    sorted by where that is not what it shows; `total` is a last row that stays last.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    keys: Sequence[Sequence[str]] = ()
    total: Sequence[str] = ()


def outlet_table(articles: pd.DataFrame) -> Table:
    """Count articles, events, words and dates of each outlet, and how many articles have a problem."""
    shared = shared_events(articles)
    rows = [_outlet_row(str(outlet), rows, shared) for outlet, rows in articles.groupby("outlet", sort=False)]
    total = _outlet_row("all", articles, shared) if len(rows) > 1 else []
    return Table("Articles by outlet", OUTLET_HEAD, rows, total=total)


def shared_events(articles: pd.DataFrame) -> set[Any]:
    """Find the events that at least two outlets told."""
    if "event" not in articles.columns:
        return set()
    outlets = articles.dropna(subset=["event"]).groupby("event")["outlet"].nunique()
    return set(outlets.index[outlets > 1])


def problem_rows(articles: pd.DataFrame) -> list[tuple[str, str, str]]:
    """List article, outlet and problem of each article that was not analysed in full."""
    if "problem" not in articles.columns:
        return []
    bad = articles[articles["problem"].notna()]
    return [(str(a), str(o), str(p)) for a, o, p in bad[["article_id", "outlet", "problem"]].itertuples(index=False)]


def metric_values(articles: pd.DataFrame, metrics: Iterable[str]) -> Table:
    """Sum up each metric by outlet, over all its articles together; a metric of one's own is averaged over articles."""
    groups = [(str(outlet), rows) for outlet, rows in articles.groupby("outlet", sort=False)]
    rows = []
    for metric in metrics:
        wording = wording_of(metric)
        rows.append([wording.title, wording.unit, *(wording.value(value_of(group, metric)) for _, group in groups)])
    head = ["measure", "unit", *(outlet for outlet, _ in groups)]
    return Table("What was counted, by outlet, over all its articles together", head, rows, texts=2)


def value_of(articles: pd.DataFrame, metric: str) -> float | None:
    """Sum a metric up over several articles: the sum of what is counted by the sum of what it is counted in.

    Examples
    --------
    >>> two = pd.DataFrame({"n_words_source": [10, 50], "n_words": [100, 100], "share_words_source": [0.1, 0.5]})
    >>> value_of(two, "share_words_source")
    0.3
    """
    parts = _parts(articles, metric)
    if parts is not None:
        above, below, per = parts
        total = float(articles[below].sum())
        return None if total == 0 else float(articles[above].sum()) * per / total
    values = articles[metric].dropna()
    return None if values.empty else float(values.astype(float).mean())


def values_by_event(articles: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Sum a metric up for each event (rows) and outlet (columns); NaN where an outlet has no value for an event."""
    parts = _parts(articles, metric)
    groups = articles.groupby(["event", "outlet"])
    if parts is None:
        values = groups[metric].mean().astype(float)
    else:
        above, below, per = parts
        sums = groups[list(dict.fromkeys([above, below]))].sum().astype(float)
        values = per * sums[above] / sums[below].where(sums[below] != 0)
    return values.unstack("outlet")


def _parts(articles: pd.DataFrame, metric: str) -> tuple[str, str, float] | None:
    """Name numerator, denominator and factor of a metric whose counts are in the table."""
    made = metric_row(metric)
    if made is None or "denominator" not in made:
        return None
    above, below = str(made["numerator"]), str(made["denominator"])
    return (above, below, float(made["per"])) if {above, below} <= set(articles.columns) else None


def shown_metrics(articles: pd.DataFrame, comparison: pd.DataFrame | None) -> list[str]:
    """Name the metrics that were compared, or when nothing was, the core ones."""
    table = metric_table()
    wanted = list(table.index[table["family"] == "core"]) if comparison is None else comparison["metric"].unique()
    return [str(metric) for metric in wanted if metric in articles.columns]


def _outlet_row(outlet: str, rows: pd.DataFrame, shared: set[Any]) -> list[str]:
    words = rows["n_words"] if "n_words" in rows.columns else pd.Series(dtype="Int64")
    events = rows["event"] if "event" in rows.columns else pd.Series(dtype="object")
    problems = rows["problem"].notna().sum() if "problem" in rows.columns else 0
    first, last = _dates(rows)
    return [
        outlet,
        count(len(rows)),
        count(events.nunique()),
        count(len(set(events.dropna()) & shared)),
        # An outlet whose articles were not counted, such as those in another language, has no number of words, not 0.
        count(words.sum(min_count=1)),
        decimal(None if words.dropna().empty else words.median(), 0),
        first,
        last,
        count(problems),
    ]


def _dates(rows: pd.DataFrame) -> tuple[str, str]:
    if "date" not in rows.columns or rows["date"].isna().all():
        return decimal(None), decimal(None)
    return _day(rows["date"].min()), _day(rows["date"].max())


def _day(date: Any) -> str:
    return decimal(None) if is_missing(date) else str(date)[:10]
