"""The findings that matter most, as sentences with their numbers."""

import math
from typing import Any

import pandas as pd

from framing.analysis.metrics import metric_row
from framing.comparison.contrasts import REST, without_joint
from framing.corpus.columns import clipped, missing_column
from framing.errors import InputError

STANDS = 0.05
_NEEDED = (
    "metric",
    "outlet",
    "versus",
    "n_events",
    "n_articles",
    "mean",
    "mean_versus",
    "difference",
    "ci_low",
    "ci_high",
    "effect_size",
    "q_value",
)
_SCALE = "-1 to 1"


def describe_findings(comparison: pd.DataFrame, n: int = 3) -> list[str]:
    """Say in words which differences matter most.

    Parameters
    ----------
    comparison : pandas.DataFrame
        What `compare_outlets` gave.
    n : int
        How many findings.

    Returns
    -------
    list of str
        At most `n` sentences, each with both means, the difference, its 95% interval, the events and q. First those with
        q below .05, the largest effect first and one for each metric before a second one for any. What has a higher q
        says that it could be chance; if nothing stands, one sentence before all others says so. Names of outlets and
        metrics are as the articles have them: escape them before they go into HTML.

    Raises
    ------
    InputError
        (a ValueError) If a column is missing or `n` is below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"metric": "attributions_per_1000_words", "outlet": "The Courier", "versus": "The Herald", "n_events": 10,
    ...        "n_articles": 20, "mean": 14.2, "mean_versus": 20.1, "difference": -5.9, "ci_low": -8.8, "ci_high": -3.1,
    ...        "effect_size": -1.3, "q_value": 0.012}
    >>> print(*describe_findings(pd.DataFrame([row])))
    The Courier has fewer attributions than The Herald: 14.2 against 20.1 per 1,000 words, a difference of −5.9 (95% interval −8.8 to −3.1, 10 events, q = .012).
    """  # noqa: E501 (the sentence is one line)
    if n < 1:
        raise InputError(f"n must be at least 1; found {n}")
    for column in _NEEDED:
        if column not in comparison.columns:
            raise InputError(missing_column(column, comparison.columns, thing="comparison"))
    comparison = without_joint(comparison)
    ranked = _ranked(comparison)
    sentences = [_sentence(row) for row in ranked[:n]]
    if not any(_stands(row) for row in ranked):
        return [_nothing_stands(comparison, len(sentences)), *sentences]
    return sentences


Row = dict[str, Any]


def _tested(comparison: pd.DataFrame) -> pd.DataFrame:
    return comparison[comparison["q_value"].notna()]


def _stands(row: Row) -> bool:
    return bool(row["q_value"] < STANDS)


def _ranked(comparison: pd.DataFrame) -> list[Row]:
    rows = [
        Row(zip(_NEEDED, values, strict=True)) for values in _tested(comparison)[list(_NEEDED)].itertuples(index=False)
    ]
    # Where nothing differs there is nothing to tell.
    rows = [row for row in rows if row["difference"] is pd.NA or row["difference"] != 0] or rows
    # A sort keeps the order among equals: first of all that of the comparison.
    rows.sort(key=lambda row: (not _stands(row), -_strength(row)))
    seen: set[str] = set()
    repeats: dict[int, bool] = {}
    for row in rows:
        repeats[id(row)] = row["metric"] in seen
        seen.add(row["metric"])
    return sorted(rows, key=lambda row: (not _stands(row), repeats[id(row)]))


def _strength(row: Row) -> float:
    if row["difference"] is pd.NA:
        return -1.0
    if row["effect_size"] is pd.NA or math.isnan(row["effect_size"]):
        # The same difference in every event has no spread to measure it by: infinitely large, unless there is none.
        return math.inf if row["difference"] != 0 else -1.0
    return abs(float(row["effect_size"]))


def _nothing_stands(comparison: pd.DataFrame, n_shown: int) -> str:
    n = len(_tested(comparison))
    asked = "The one difference asked does not stand" if n == 1 else f"None of the {n:,} differences asked stands"
    shown = (
        "the largest follows, and it could be chance"
        if n_shown == 1
        else ("the largest follow, and any of them could be chance")
    )
    return f"{asked} at q < .05; {shown}."


def _sentence(row: Row) -> str:
    label, unit = label_and_unit(str(row["metric"]))
    shown = _shown(row, 100.0 if unit.startswith("share of ") else 1.0)
    against, points = _against(shown, unit)
    return (
        f"{_claim(row, label, unit)}: {against}, a difference of {shown['difference']}{points} "
        f"(95% interval {shown['ci_low']} to {shown['ci_high']}, {_basis(row)}, {_q(float(row['q_value']))})"
        f"{'' if _stands(row) else '; this could be chance'}."
    )


def _claim(row: Row, label: str, unit: str) -> str:
    outlet = _clean(row["outlet"])
    versus = "the other outlets" if row["versus"] == REST else _clean(row["versus"])
    difference = float(row["difference"])
    than = "as" if difference == 0 else "than"
    if unit.startswith("share of "):
        return f"{outlet} has {_word(difference, 'a larger', 'a smaller', 'the same')} share of {label} {than} {versus}"
    if unit.startswith("per "):
        return f"{outlet} has {_word(difference, 'more', 'fewer', 'as many')} {label} {than} {versus}"
    return f"In {outlet} {label} is {_word(difference, 'higher', 'lower', 'the same')} {than} in {versus}"


def _against(shown: dict[str, str], unit: str) -> tuple[str, str]:
    """Both means with their unit, and the unit of their difference."""
    if unit.startswith("share of "):
        return f"{shown['mean']}% against {shown['mean_versus']}% {unit.removeprefix('share ')}", " percentage points"
    means = f"{shown['mean']} against {shown['mean_versus']}"
    if unit == _SCALE:
        return f"{means} on a scale from −1 to 1", ""
    return f"{means} {unit}".rstrip(), ""


def label_and_unit(metric: str) -> tuple[str, str]:
    """What a metric is called, and its unit as `metric_table` has it; empty for a metric of one's own."""
    made = metric_row(metric)
    if made is None:
        return f"'{clipped(metric, most=80)}'", ""
    return str(made["label"]).replace("the outlet's own words", "its own words"), str(made["unit"])


def _word(difference: float, more: str, less: str, same: str) -> str:
    if difference == 0:
        return same
    return more if difference > 0 else less


def _clean(name: Any) -> str:
    return clipped(str(name), most=80)


def _shown(row: Row, times: float) -> dict[str, str]:
    numbers = {name: times * float(row[name]) for name in ("mean", "mean_versus", "difference", "ci_low", "ci_high")}
    decimals = decimals_of(numbers)
    return {name: number_in_words(value, decimals) for name, value in numbers.items()}


def decimals_of(numbers: dict[str, float]) -> int:
    """As many as give the difference two digits: more would say more than the articles do."""
    difference = numbers["difference"]
    return min(6, max(0, 1 - math.floor(math.log10(abs(difference))))) if difference else 1


def number_in_words(value: float, decimals: int) -> str:
    """Write a number with a real minus sign, and never minus 0."""
    text = f"{value:,.{decimals}f}"
    is_zero = not text.strip("-0.,")
    return text.removeprefix("-") if is_zero else text.replace("-", "−")


def _basis(row: Row) -> str:
    if row["n_events"] is pd.NA or math.isnan(row["n_events"]):
        return f"{int(row['n_articles']):,} articles that may tell different events"
    return f"{int(row['n_events']):,} events"


def _q(value: float) -> str:
    if value < 0.001:
        return "q < .001"
    # Never .050 for what is just below .05: four digits where three would blur the line.
    digits = 4 if round(value, 3) == STANDS and value != STANDS else 3
    return "q = 1" if round(value, 3) == 1 else f"q = {value:.{digits}f}".replace("0.", ".")
