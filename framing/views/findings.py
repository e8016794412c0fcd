"""Which rows of a comparison are told first, and in which sentence."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.comparison import describe_findings, describe_sensitivity, sensitivity
from framing.comparison.contrasts import REST, without_joint
from framing.views.numbers import is_missing
from framing.views.overview import values_by_event
from framing.views.plots import stands

TOLD_IF_NONE_STANDS = 3
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of a comparison with the sentence that tells it."""

    row: Mapping[str, Any]
    sentence: str


def select_findings(comparison: pd.DataFrame, n: int) -> list[Finding]:
    """Pair the rows that `describe_findings` tells with its sentences: `n` that stand, or three if none does."""
    tested = without_joint(comparison[comparison["q_value"].notna()])
    n_standing = sum(stands(row) for row in _rows(tested))
    n_told = min(n, n_standing or TOLD_IF_NONE_STANDS)
    if tested.empty or n_told < 1:
        return []
    # Sentences come in their order of weight but without their rows: each row told alone gives the same sentence.
    rows = defaultdict(list)
    for place, row in enumerate(_rows(tested)):
        rows[describe_findings(tested.iloc[[place]], 1)[-1]].append(row)
    return [Finding(rows[said].pop(0), said) for said in describe_findings(tested, n_told) if said in rows]


def steadiness_of(articles: pd.DataFrame, row: Mapping[str, Any]) -> str:
    """Say in how many events a difference has the direction of their mean.

    An empty string when events weren't paired, or were named in another column than `event`.
    """
    if is_missing(row["n_events"]) or is_missing(row["difference"]) or "event" not in articles.columns:
        return ""
    values = values_by_event(articles, str(row["metric"]))
    others = values.drop(columns=[row["outlet"]]) if row["versus"] == "rest" else values[[row["versus"]]]
    differences = (values[row["outlet"]] - others.mean(axis="columns")).dropna()
    if len(differences) != row["n_events"] or row["difference"] == 0:
        return ""
    same = int((differences * float(row["difference"]) > 0).sum())
    return f"The difference has this direction in {same} of the {len(differences)} events."


def robustness_of(articles: pd.DataFrame, row: Mapping[str, Any]) -> str:
    """Say whether a finding survives other choices, and with which it would fall.

    An empty string when events weren't paired, were named in another column than `event`, or when agency copy was an
    outlet of its own.
    """
    if is_missing(row["n_events"]) or is_missing(row["difference"]) or "event" not in articles.columns:
        return ""
    copies = "drop" if "are copies and are left out" in str(row.get("method")) else "keep"
    outlet, versus = str(row["outlet"]), str(row["versus"])
    if not {outlet, versus} - {REST} <= set(articles["outlet"].astype(str)):
        return ""
    table = sensitivity(articles, str(row["metric"]), contrast=versus, outlet=outlet, copies=copies)
    if abs(float(table["difference"].iloc[0]) - float(row["difference"])) > SAME * max(1.0, abs(row["difference"])):
        return ""
    # The finding has told the difference itself.
    return describe_sensitivity(table)[0].partition("). ")[2]


def _rows(comparison: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in comparison.to_dict("records")]
