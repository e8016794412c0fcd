"""What a comparison could find, in words: to be read before what it found."""

import math

import pandas as pd

from framing.analysis.metrics import metric_row
from framing.corpus.columns import clipped, missing_column
from framing.errors import InputError

SCALES = {"-1 to 1": " on the scale from −1 to 1", "difference of tones": " on the scale from −2 to 2"}
_NEEDED = ("metric", "n_events", "n_articles", "mean", "detectable_difference", "power")


def describe_power(detectable: pd.DataFrame) -> list[str]:
    r"""Say in one line per metric how large a difference must be for this comparison to find it.

    Parameters
    ----------
    detectable : pandas.DataFrame
        What `detectable_difference` gave.

    Returns
    -------
    list of str
        A line that says how to read the others, then one per metric, with a range where contrasts differ. Names of
        metrics are as the articles have them: escape them before they go into HTML.

    Raises
    ------
    InputError
        (a ValueError) If a column is missing.

    Examples
    --------
    >>> row = {"metric": "attributions_per_1000_words", "n_events": 10, "n_articles": 20, "mean": 17.3,
    ...        "detectable_difference": 6.21, "power": 0.8}
    >>> print(*describe_power(pd.DataFrame([row])), sep="\n")
    The smallest differences that would be found with a probability of 80%, each question taken alone:
    Attributions: 6.2 per 1,000 words (mean 17, 10 events)
    """
    for column in _NEEDED:
        if column not in detectable.columns:
            raise InputError(missing_column(column, detectable.columns, thing="detectable"))
    chance = f"{float(detectable['power'].iloc[0]):.0%}"
    return [
        f"The smallest differences that would be found with a probability of {chance}, each question taken alone:",
        *(_line(str(metric), rows) for metric, rows in detectable.groupby("metric", sort=False)),
    ]


def _line(metric: str, rows: pd.DataFrame) -> str:
    made = metric_row(metric)
    label = str(made["label"]) if made else f"'{clipped(metric, most=80)}'"
    unit = str(made["unit"]) if made else ""
    label = label[:1].upper() + label[1:]
    known = rows[rows["detectable_difference"].notna()]
    if known.empty:
        return f"{label}: none, there are too few events or articles"
    is_share = unit.startswith("share of ")
    times = 100.0 if is_share else 1.0
    differences = _range([times * float(value) for value in known["detectable_difference"]])
    means = _range([times * float(value) for value in known["mean"]])
    after = " percentage points" if is_share else f" {unit}" if unit.startswith("per ") else SCALES.get(unit, "")
    less = len(rows) - len(known)
    left_out = f"; too few for {less} of {len(rows)} contrasts" if less else ""
    return f"{label}: {differences}{after} (mean {means}{'%' if is_share else ''}, {_basis(known)}{left_out})"


def _basis(rows: pd.DataFrame) -> str:
    column, noun = ("n_articles", "articles") if rows["n_events"].isna().any() else ("n_events", "events")
    low, high = int(rows[column].min()), int(rows[column].max())
    return f"{low:,} {noun}" if low == high else f"{low:,} to {high:,} {noun}"


def _range(values: list[float]) -> str:
    low, high = figure(min(values)), figure(max(values))
    return low if low == high else f"{low} to {high}"


def figure(value: float) -> str:
    """Write a number with two digits that count, since more would say more than a spread can tell.

    Examples
    --------
    >>> figure(6.213), figure(0.0132), figure(1234.5), figure(-0.05), figure(0.0)
    ('6.2', '0.013', '1,234', '−0.050', '0')
    """
    if value == 0:
        return "0"
    decimals = min(6, max(0, 1 - math.floor(math.log10(abs(value)))))
    return f"{value:,.{decimals}f}".replace("-", "−")
