"""The report's section on what a comparison could find, which stands before what it found."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.comparison.power_words import figure
from framing.views.numbers import MISSING, count
from framing.views.overview import Table
from framing.views.wording import other_side, wording_of

# What matters first, so that a narrow screen shows it.
HEAD = ("smallest difference", "mean of both sides")


def power_section(detectable: pd.DataFrame | None) -> dict[str, Any]:
    """Give the section's tables: a row per metric, and with several contrasts a row per contrast too.

    Parameters
    ----------
    detectable : pandas.DataFrame or None
        What `detectable_difference` gave; with ``None`` there is no section.
    """
    if detectable is None or detectable.empty:
        return {"power_table": None, "power_rows": None, "power_chance": "", "power_level": ""}
    groups = [rows for _, rows in detectable.groupby("metric", sort=False)]
    several = any(len(rows) > 1 for rows in groups)
    by_article = bool(detectable["n_events"].isna().all())
    head = [*HEAD, "articles" if by_article else "events"]
    summary = Table(
        f"Smallest true difference that would probably be found, {_compared(groups[0])}",
        ["measure", *head],
        [_row(rows, [], by_article) for rows in groups],
    )
    one_by_one = Table(
        "The same by contrast",
        ["measure", "outlet", "versus", *head],
        [
            _row(
                rows.iloc[[place]],
                [str(rows["outlet"].iloc[place]), other_side(rows["versus"].iloc[place])],
                by_article,
            )
            for rows in groups
            for place in range(len(rows))
        ],
        texts=3,
    )
    first = detectable.iloc[0]
    return {
        "power_table": summary,
        "power_rows": one_by_one if several else None,
        "power_chance": f"{float(first['power']):.0%}",
        "power_level": f"{float(first['level']):.2f}".removeprefix("0"),
    }


def _compared(rows: pd.DataFrame) -> str:
    if len(rows) > 1:
        return f"from the lowest to the highest of {len(rows):,} contrasts"
    return f"{rows['outlet'].iloc[0]} and {other_side(rows['versus'].iloc[0])}"


def _row(rows: pd.DataFrame, who: Sequence[str], by_article: bool) -> list[str]:
    wording = wording_of(str(rows["metric"].iloc[0]))
    unit = wording.unit_difference if wording.suffix else wording.unit
    sizes = rows["n_articles" if by_article else "n_events"]
    known = rows["detectable_difference"].dropna()
    differences = _between(
        [figure(float(value) * wording.factor) for value in (known.min(), known.max())] if len(known) else []
    )
    means = rows["mean"].dropna()
    shown = [wording.value(means.min()), wording.value(means.max())] if len(means) else []
    return [
        f"{wording.title}, {unit}",
        *who,
        differences,
        _between(shown),
        _between([count(sizes.min()), count(sizes.max())]),
    ]


def _between(ends: Sequence[str]) -> str:
    if not ends:
        return MISSING
    return ends[0] if ends[0] == ends[-1] else f"{ends[0]} to {ends[-1]}"
