"""Corrected differences in sentences, beside what was counted."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.comparison.contrasts import REST
from framing.comparison.findings import decimals_of, label_and_unit, number_in_words
from framing.corpus.columns import clipped
from framing.validity.codebook import title_of
from framing.validity.describing import Row, as_rows, check_columns, is_missing, things_coded
from framing.validity.units import is_frame


def describe_correction(table: pd.DataFrame) -> list[str]:
    """Say each difference as the machine counted it beside the corrected one, and what more coding would bring.

    Parameters
    ----------
    table : pandas.DataFrame
        What `correct` gave.

    Returns
    -------
    list of str
        A sentence or two for each row. A difference stands when its corrected interval leaves 0 out and `q_corrected` is
        below .05, which counts all rows that `correct` gave, also when only some of them are described.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> row = {"metric": "hedges_per_1000_words_outlet", "outlet": "The Courier", "versus": "rest", "n_events": 12,
    ...        "n_coded": 300, "difference": 6.1, "ci_low": 2.0, "ci_high": 10.2, "corrected": 2.9,
    ...        "corrected_low": -2.4, "corrected_high": 8.2, "q_corrected": 0.25, "n_to_halve": 1450}
    >>> print(*describe_correction(pd.DataFrame([row])))
    Hedges in its own words, The Courier less the other outlets (per 1,000 words): 6.1 as counted (95% interval 2.0 to 10.2), 2.9 corrected by 300 coded sentences (−2.4 to 8.2). It doesn't stand: corrected for the machine's mistakes, it can't be told from no difference. About 1,450 coded sentences would halve the corrected interval.
    """  # noqa: E501 (the sentence is one line)
    needed = ("metric", "outlet", "versus", "n_coded", "difference", "ci_low", "ci_high")
    check_columns(table, (*needed, "corrected", "corrected_low", "corrected_high", "q_corrected", "n_to_halve"))
    return [_corrected(row) for row in as_rows(table)]


def _corrected(row: Row) -> str:
    label, unit = label_and_unit(str(row["metric"]))
    times = 1.0
    if is_frame(str(row["metric"])):
        label, unit, times = title_of(str(row["metric"])), "mean share in an article, in percent", 100.0
    versus = "the other outlets" if row["versus"] == REST else clipped(str(row["versus"]), most=80)
    names = ("difference", "ci_low", "ci_high", "corrected", "corrected_low", "corrected_high")
    values = {name: row[name] if is_missing(row[name]) else times * float(row[name]) for name in names}
    decimals = _decimals([(values[f"{name}_low"], values[f"{name}_high"]) for name in ("ci", "corrected")])
    shown = {name: "–" if is_missing(value) else number_in_words(value, decimals) for name, value in values.items()}
    scale = "on the scale from −1 to 1" if unit == "-1 to 1" else unit
    counted = f"{shown['difference']} as counted (95% interval {shown['ci_low']} to {shown['ci_high']})"
    if is_missing(row["corrected"]):
        why = str(row["method"]).removeprefix("not corrected: ") if "method" in row else ""
        return f"{_question(label, row, versus, scale)}: {counted}, not corrected. {why[:1].upper()}{why[1:]}".rstrip()
    corrected = f"{shown['corrected']} corrected by {int(row['n_coded']):,} coded {things_coded(row['metric'])}"
    interval = f"({shown['corrected_low']} to {shown['corrected_high']})"
    question = _question(label, row, versus, scale)
    return f"{question}: {counted}, {corrected} {interval}. {_outcome(row)} {_more(row)}".rstrip()


def _question(label: str, row: Row, versus: str, scale: str) -> str:
    return f"{label[:1].upper()}{label[1:]}, {clipped(str(row['outlet']), most=80)} less {versus} ({scale})"


def _decimals(intervals: Sequence[tuple[Any, Any]]) -> int:
    """As many as give half of the wider interval two digits, and one more where an edge would else read as 0."""
    known = [(float(low), float(high)) for low, high in intervals if not is_missing(low) and not is_missing(high)]
    decimals = decimals_of({"difference": max(((high - low) / 2 for low, high in known), default=0.0)})
    hides_a_side = any(edge and not round(edge, decimals) for edges in known for edge in edges)
    return decimals + hides_a_side


def _outcome(row: Row) -> str:
    raw, corrected = _side(row["ci_low"], row["ci_high"]), _side(row["corrected_low"], row["corrected_high"])
    if corrected and not is_missing(row["q_corrected"]) and float(row["q_corrected"]) >= 0.05:
        return "Alone it would stand, but not among all that were corrected (q above .05)."
    if corrected and raw == corrected:
        return "It stands when the machine's mistakes are taken out."
    if corrected and raw:
        return "It turns round: what the machine counted was made of its mistakes."
    if corrected:
        return "It shows only when the machine's mistakes are taken out."
    if raw:
        return "It doesn't stand: corrected for the machine's mistakes, it can't be told from no difference."
    return "Neither as counted nor corrected can it be told from no difference."


def _side(low: Any, high: Any) -> int:
    """On which side of 0 an interval lies; 0 when it holds 0 or isn't known."""
    if is_missing(low) or is_missing(high):
        return 0
    return 1 if low > 0 else -1 if high < 0 else 0


def _more(row: Row) -> str:
    if is_missing(row["n_to_halve"]):
        return "More coding alone would not halve the corrected interval; more events or articles would narrow it."
    n = int(row["n_to_halve"])
    if n <= int(row["n_coded"]):
        return ""
    return f"About {n:,} coded {things_coded(row['metric'])} would halve the corrected interval."
