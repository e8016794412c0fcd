"""All rows of a comparison, written for print."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.comparison.contrasts import EACH_OTHER
from framing.views.numbers import count, decimal, is_missing, probability
from framing.views.overview import Table
from framing.views.wording import other_side, wording_of

# The table's columns of numbers; an interval is sorted by its lower end.
SORTED_BY = (
    "n_events",
    "n_articles",
    "mean",
    "mean_versus",
    "difference",
    "ci_low",
    "effect_size",
    "p_value",
    "q_value",
)


def comparison_table(comparison: pd.DataFrame) -> Table:
    """Write all rows of a comparison for print."""
    head = ["measure", "outlet", "versus", "events", "articles", "mean", "mean, versus", "difference",
            "95% interval", "effect size", "p", "q"]  # fmt: skip
    rows = comparison.to_dict("records")
    keys = [_sort_keys(row) for row in rows]
    return Table("All comparisons", head, [_comparison_row(row) for row in rows], texts=3, keys=keys)


def _comparison_row(row: Mapping[Any, Any]) -> list[str]:
    wording = wording_of(str(row["metric"]))
    unit = wording.unit_difference if wording.suffix else wording.unit
    return [
        f"{wording.title}, {unit}",
        str(row["outlet"]),
        other_side(row["versus"]),
        count(row["n_events"]),
        count(row["n_articles"]),
        wording.value(row["mean"]),
        wording.value(row["mean_versus"]),
        wording.difference(row["difference"]),
        wording.interval(row["ci_low"], row["ci_high"]),
        _effect(row),
        probability(row["p_value"]),
        probability(row["q_value"]),
    ]


def _effect(row: Mapping[Any, Any]) -> str:
    # A share of variance has no direction, and its column needs another name than d_z.
    is_share = row["versus"] == EACH_OTHER and not is_missing(row["effect_size"])
    return f"η² {decimal(row['effect_size'], 2)}" if is_share else decimal(row["effect_size"], 2, sign="+")


def _sort_keys(row: Mapping[Any, Any]) -> list[str]:
    keys = ["" if is_missing(row[column]) else repr(float(row[column])) for column in SORTED_BY]
    return [*_comparison_row(row)[:3], *keys]
