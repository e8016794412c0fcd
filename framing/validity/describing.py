"""Agreement, accuracy and correction in sentences that promise no more than the codings can tell."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framing.comparison.findings import label_and_unit, number_in_words
from framing.corpus.columns import clipped, missing_column
from framing.errors import InputError
from framing.validity.codebook import title_of
from framing.validity.units import is_frame

Row = Mapping[str, Any]
ALL, ANY = "all", "any"
MOST_DECIMALS = 6
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff (2004), https://doi.org/10.1111/j.1468-2958.2004.tb00738.x
_FIGURES = {
    "precision": "of the {things} in which the machine found any, the coders did in {}",
    "recall": "of those in which the coders found any, the machine did in {}",
    "count_ratio": "for each one that the coders count, the machine counts {}",
    "correlation": "machine and coders correlate by {}",
    "mean_error": "the machine's tone less the coders' is {} on average",
    "calibration_error": "its probabilities are off by {} on average, of which chance makes a part",
}
_NAMES = {
    "precision": "precision",
    "recall": "recall",
    "count_ratio": "count for each one of the coders",
    "correlation": "correlation",
    "mean_error": "mean error",
    "brier": "squared error of its probability",
}


def describe_agreement_of_coders(table: pd.DataFrame) -> list[str]:
    """Say how well coders agree, and what that is good for.

    Parameters
    ----------
    table : pandas.DataFrame
        What `agreement` gave.

    Returns
    -------
    list of str
        A sentence for each metric, judged by the lower end of the interval, and one on what agreement can't tell.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> row = {"metric": "sentiment_outlet", "category": "all", "n_units": 60, "n_coders": 2, "share_agreed": 0.85,
    ...        "alpha": 0.74, "alpha_low": 0.69, "alpha_high": 0.79}
    >>> print(describe_agreement_of_coders(pd.DataFrame([row]))[0])
    Tone in its own words: 2 coders agree by alpha .74 (95% interval .69 to .79, 60 sentences that at least two coded), and gave the same value in 85% of pairs. Enough for tentative conclusions at most.
    """  # noqa: E501 (the sentence is one line)
    check_columns(
        table, ("metric", "category", "n_units", "n_coders", "share_agreed", "alpha", "alpha_low", "alpha_high")
    )
    rows = as_rows(table[table["category"] == ALL])
    return [*(_agreed(row) for row in rows), _AGREEMENT_IS_NOT]


def describe_validation(table: pd.DataFrame) -> list[str]:
    """Say how often the machine is right, and whether it errs in one outlet otherwise than in another.

    Parameters
    ----------
    table : pandas.DataFrame
        What `validate` gave.

    Returns
    -------
    list of str
        For each metric a sentence on all outlets, then where the machine errs differently, or that no such difference
        was found, which with few codings means little.

    Raises
    ------
    InputError
        If a column is missing.
    """
    check_columns(
        table, ("metric", "outlet", "figure", "n_coded", "value", "low", "high", "difference", "difference_low")
    )
    said = []
    for metric, rows in table.groupby("metric", sort=False):
        said += [_accuracy(str(metric), rows), *_by_outlet(str(metric), rows)]
    return said


_AGREEMENT_IS_NOT = (
    "This is the agreement on the sample, in which sentences with findings are many, and it says that coders count "
    "alike, not that they count right."
)


def check_columns(table: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a table that lacks a column."""
    for column in columns:
        if column not in table.columns:
            raise InputError(missing_column(column, table.columns, thing="table"))


def is_missing(value: Any) -> bool:
    """Whether a cell is empty."""
    return bool(pd.isna(value))


def as_rows(table: pd.DataFrame) -> list[Row]:
    """The rows of a table by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _title(metric: object) -> str:
    if is_missing(metric) or not str(metric):
        return "What was coded"
    if is_frame(str(metric)):
        return title_of(str(metric))
    label, _ = label_and_unit(str(metric))
    return label[:1].upper() + label[1:]


def _agreed(row: Row) -> str:
    things = things_coded(row["metric"])
    base = f"{int(row['n_units']):,} {things} that at least two coded"
    title = _title(row["metric"])
    if is_missing(row["alpha"]):
        return (
            f"{title}: all values are the same ({base}), so that agreement can't be told from chance. Code "
            f"{things} in which there is something to count."
        )
    low, high = (_short(row[name]) for name in ("alpha_low", "alpha_high"))
    return (
        f"{title}: {int(row['n_coders'])} coders agree by alpha {_short(row['alpha'])} (95% interval {low} to {high}, "
        f"{base}), and gave the same value in {float(row['share_agreed']):.0%} of pairs. {_verdict(row)}"
    )


def _verdict(row: Row) -> str:
    alpha, low = float(row["alpha"]), float(row["alpha_low"])
    if low >= RELIABLE:
        return "That is reliable by the usual rule (.80)."
    if low >= TENTATIVE:
        return "Enough for tentative conclusions at most."
    if alpha >= TENTATIVE:
        return (
            "It looks usable, but the interval reaches below .667, under which the usual rule draws no conclusions: "
            "let both code more of the same sentences."
        )
    return (
        "Too little to build on by the usual rule (.667): talk over those on which they differ, sharpen the "
        "codebook, and code anew."
    )


def things_coded(metric: object) -> str:
    """What was coded, in the plural."""
    return "texts" if not is_missing(metric) and is_frame(str(metric)) else "sentences"


def _short(value: Any) -> str:
    """An alpha as journals print it."""
    if is_missing(value):
        return "–"
    text = number_in_words(float(value), 2)
    return text if text.startswith("1") else text.replace("0.", ".")


def _accuracy(metric: str, rows: pd.DataFrame) -> str:
    of_all = {row["figure"]: row for row in as_rows(rows[(rows["outlet"] == ALL) & rows["value"].notna()])}
    n_coded = int(rows.loc[rows["outlet"] == ALL, "n_coded"].max())
    things = things_coded(metric)
    parts = [
        text.replace("{things}", things).format(_with_interval(of_all[name]))
        for name, text in _FIGURES.items()
        if name in of_all
    ]
    if not parts:
        return f"{_title(metric)} ({n_coded:,} coded {things}): neither machine nor coders found any."
    return f"{_title(metric)} ({n_coded:,} coded {things}, weighed to the corpus): {'; '.join(parts)}."


def _with_interval(row: Row) -> str:
    if is_missing(row["low"]):
        return _figure(row["figure"], row["value"])
    low, high = (_figure(row["figure"], row[name]) for name in ("low", "high"))
    return f"{_figure(row['figure'], row['value'])} ({low} to {high})"


def _figure(name: str, value: Any) -> str:
    if is_missing(value):
        return "–"
    return f"{float(value):.0%}" if name in ("precision", "recall") else number_in_words(float(value), 2)


def _by_outlet(metric: str, rows: pd.DataFrame) -> list[str]:
    # F1 is made of precision and recall, which say more.
    known = rows[(rows["outlet"] != ALL) & (rows["figure"] != "f1") & rows["difference_low"].notna()]
    if known.empty:
        return []
    apart = known[(known["difference_low"] > 0) | (known["difference_high"] < 0)]
    title = _title(metric)
    if apart.empty:
        return [
            f"{title}: no outlet's figures were found to differ from the others'. With so few codings by outlet that "
            "doesn't show that the machine errs alike in all: let `correct` take out what was measured."
        ]
    listed = "; ".join(_apart(str(outlet), of_outlet) for outlet, of_outlet in apart.groupby("outlet", sort=True))
    return [
        f"{title}: the machine errs differently by outlet. Against the others: {listed}. A difference between outlets "
        f"may be made of that, wholly or in part, so report the corrected one. {_by_chance(len(known))}"
    ]


def _apart(outlet: str, rows: pd.DataFrame) -> str:
    figures = []
    for row in as_rows(rows):
        is_share = row["figure"] in ("precision", "recall")
        value, low, high = (_signed(row[f"difference{end}"], is_share) for end in ("", "_low", "_high"))
        figures.append(f"{_NAMES[str(row['figure'])]} {value}{' points' if is_share else ''} ({low} to {high})")
    return f"{clipped(outlet, most=80)} {', '.join(figures)}"


def _signed(value: Any, is_share: bool) -> str:
    """A difference of two figures, with its sign; of shares in points. What is not 0 isn't written as 0."""
    number, decimals = (100 * float(value), 0) if is_share else (float(value), 2)
    while number and abs(number) < 10**-decimals / 2 and decimals < MOST_DECIMALS:
        decimals += 1
    text = number_in_words(number, decimals)
    return text if text.startswith("−") else f"+{text}"


def _by_chance(n: int) -> str:
    return f"Of {n} such looks one in 20 would say so by chance."
