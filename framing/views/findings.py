"""Which rows of a comparison are told first, and in which sentence."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.comparison import describe_findings, sensitivity
from framing.comparison.contrasts import REST, without_joint
from framing.comparison.robustness import sensitivity_in_words
from framing.views.numbers import count, is_missing
from framing.views.overview import values_by_event
from framing.views.plots import stands

TOLD_IF_NONE_STANDS = 3
SAME = 1e-9
# What was changed, by the check's name in the table of `sensitivity`.
WAYS = {
    "event": "without one event at a time",
    "author": "without one author at a time",
    "copies": "with copies left out or kept",
    "length": "at equal length",
    "lexicon": "by other lists of words",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of a comparison with the sentence that tells it."""

    row: Mapping[str, Any]
    sentence: str


@dataclass(frozen=True, slots=True)
class Robustness:
    """What becomes of a finding when it is asked in other ways, in sentences; each may be empty.

    `ways` says in how many the answer stays, `kinds` which these are, `moved` in which it does not, `parts` what
    becomes of a part of it, and `unchecked` which choices could not be tried.
    """

    ways: str
    kinds: str
    moved: str
    parts: str
    unchecked: str


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
    """Say in how many events a difference has the direction of their mean, the other one, or none.

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
    equal = int((differences == 0).sum())
    return _steadiness(same, len(differences) - same - equal, equal)


def _steadiness(same: int, opposite: int, equal: int) -> str:
    """Put it in words: without those where both are equal, a rare thing would seem to point the other way mostly."""
    n_events = same + opposite + equal
    if same == n_events:
        return f"The difference has this direction in all {count(n_events)} events."
    against = f" and the opposite one in {count(opposite)}" if opposite else ""
    even = f"; in {count(equal)} both sides are equal" if equal else ""
    return f"The difference has this direction in {count(same)} of the {count(n_events)} events{against}{even}."


def robustness_of(articles: pd.DataFrame, row: Mapping[str, Any]) -> Robustness | None:
    """Ask a finding in other ways; None when that can't be done.

    That is so when events weren't paired, were named in another column than `event`, or when agency copy was an outlet
    of its own.
    """
    if is_missing(row["n_events"]) or is_missing(row["difference"]) or "event" not in articles.columns:
        return None
    copies = "drop" if "are copies and are left out" in str(row.get("method")) else "keep"
    outlet, versus = str(row["outlet"]), str(row["versus"])
    if not {outlet, versus} - {REST} <= set(articles["outlet"].astype(str)):
        return None
    table = sensitivity(articles, str(row["metric"]), contrast=versus, outlet=outlet, copies=copies)
    if abs(float(table["difference"].iloc[0]) - float(row["difference"])) > SAME * max(1.0, abs(row["difference"])):
        return None
    # The finding has told the difference itself, and the number of ways is told in plainer words here.
    told = sensitivity_in_words(table)
    return None if told is None else Robustness(*_ways(table), told.moved, told.parts, told.unchecked)


def _ways(table: pd.DataFrame) -> tuple[str, str]:
    """Say in how many other ways the same was asked and in how many the answer stays, and which ways these are."""
    made = table[table["difference"].notna()]
    asked = bool(made["stands"].iloc[0])
    others = made[made["same_question"].astype(bool) & (made["check"] != made["check"].iloc[0])]
    if others.empty:
        return "", ""
    same = others["same_sign"].fillna(False).astype(bool) & (others["stands"].fillna(False).astype(bool) == asked)
    kinds = "; ".join(words for check, words in WAYS.items() if (others["check"] == check).any())
    n, kept = len(others), int(same.sum())
    # Of many events each weighs little: their number must not pass for that many independent answers.
    left_out = [(int((others["check"] == name).sum()), name) for name in ("event", "author")]
    few = ", ".join(f"{count(k)} only leave out one {name}" for k, name in left_out if k > 1)
    which = f" ({few})" if few else ""
    if n == 1:
        return f"Asked in 1 other way, the answer {'stays the same' if kept else 'changes'}.", kinds
    answer = f"the answer stays the same in {'all' if kept == n else count(kept)}"
    return f"Asked in {count(n)} other ways{which}, {answer}.", kinds


def _rows(comparison: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in comparison.to_dict("records")]
