"""Through which entries the metrics of two analyses moved: parts that add up to the movement exactly."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.analysis.metrics import count_row, evidence_rows, metric_row, row_weights
from framing.tables import Schema, as_table
from framing.validity.movement.places import Matching

METRICS: Schema = {
    "metric": "string",
    "old": "Float64",
    "new": "Float64",
    "change": "Float64",
    "n_articles_moved": "Int64",
}
ARTICLE_METRICS: Schema = {
    "article_id": "string",
    "metric": "string",
    "old": "Float64",
    "new": "Float64",
    "change": "Float64",
}
PARTS: Schema = {
    "metric": "string",
    "counted": "string",
    "entry": "string",
    "old": "Float64",
    "new": "Float64",
    "contribution": "Float64",
}
LEAST = 1e-9  # a change below it is rounding


def moved_article_metrics(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """List the metrics of single articles that moved.

    Parameters
    ----------
    old, new : pandas.DataFrame
        Article tables with the same articles as index.

    Returns
    -------
    pandas.DataFrame
        `article_id, metric, old, new, change`; a value that is missing on one side only has moved too.
    """
    rows = []
    for metric in (str(name) for name in old if name in new and metric_row(str(name))):
        one, other = (table[metric].astype("Float64") for table in (old, new))
        apart = ((one - other).abs() > LEAST).fillna(False) | (one.isna() != other.isna())
        for article in old.index[apart.to_numpy(dtype=bool)]:
            was, now = one[article], other[article]
            rows.append({"article_id": article, "metric": metric, "old": was, "new": now, "change": now - was})
    return as_table(rows, ARTICLE_METRICS)


def moved_metrics(old: pd.DataFrame, new: pd.DataFrame, by_article: pd.DataFrame) -> pd.DataFrame:
    """Give the metrics that moved in any article, over all articles together, the largest movement first.

    Returns
    -------
    pandas.DataFrame
        `metric`, `old` and `new` (the ratio of the sums over all articles; ``<NA>`` of a difference of two metrics),
        `change`, `n_articles_moved`; sorted by the change as a share of what it was.
    """
    rows = []
    for metric, n in by_article.groupby("metric", sort=False).size().items():
        was, now = (_pooled(table, str(metric)) for table in (old, new))
        change = None if was is None or now is None else now - was
        rows.append({"metric": metric, "old": was, "new": now, "change": change, "n_articles_moved": n})
    table = as_table(rows, METRICS)
    share = (table["change"] / table["old"].abs().where(table["old"] != 0)).abs()
    order = share.fillna(-1.0).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _pooled(articles: pd.DataFrame, metric: str) -> float | None:
    made = metric_row(metric) or {}
    if "denominator" not in made or not {made["numerator"], made["denominator"]} <= set(articles):
        return None
    below = float(articles[made["denominator"]].sum())
    return float(articles[made["numerator"]].sum()) * float(made["per"]) / below if below else None


def parts_of(
    metric: str, old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame], matching: Matching
) -> list[dict[str, Any]]:
    """Split the movement of a metric over all articles among the entries that its rows came by.

    Parameters
    ----------
    metric : str
    old, new : mapping of str to pandas.DataFrame
        Tables of evidence of the articles that both have.
    matching : Matching
        The entry of each row.

    Returns
    -------
    list of dict
        `counted` (numerator or denominator), `entry`, what it adds to that `old` and `new`, and its `contribution` to
        the metric, the largest first. A numerator that grows by d moves the metric by d over the new denominator; a
        denominator that grows by d, by −d times the old value over the new denominator. Both add up to the movement.

    Notes
    -----
    Of a number of different sources each row has its share, so a row may count less because another came.
    """
    made = metric_row(metric) or {}
    if "denominator" not in made:
        return []
    per = float(made["per"])
    sides = ((old, matching.old), (new, matching.new))
    above, below = (
        [_by_entry(tables, str(made[part]), entries) for tables, entries in sides]
        for part in ("numerator", "denominator")
    )
    n_old, d_old, d_new = sum(above[0].values()), sum(below[0].values()), sum(below[1].values())
    if not d_old or not d_new:
        return []
    rows = []
    for part, (was, now), factor in (
        ("numerator", above, per / d_new),
        ("denominator", below, -per * n_old / (d_old * d_new)),
    ):
        for entry in sorted({*was, *now}):
            change = now.get(entry, 0.0) - was.get(entry, 0.0)
            if abs(change) > LEAST:
                rows.append(
                    {
                        "metric": metric,
                        "counted": str(made[part]),
                        "entry": entry,
                        "old": was.get(entry, 0.0),
                        "new": now.get(entry, 0.0),
                        "contribution": change * factor,
                    }
                )
    return sorted(rows, key=lambda row: -abs(row["contribution"]))


def _by_entry(tables: Mapping[str, pd.DataFrame], count: str, entries: Mapping[str, list[str]]) -> dict[str, float]:
    """Sum up what a count adds, by the entry of its rows."""
    name = str((count_row(count) or {})["table"])
    rows = evidence_rows(tables, count)
    labels = pd.Series(entries[name], index=tables[name].index).loc[rows.index]
    summed: dict[str, float] = {}
    for label, weight in zip(labels, row_weights(rows, count), strict=True):
        summed[label] = summed.get(label, 0.0) + (0.0 if pd.isna(weight) else float(weight))
    return summed
