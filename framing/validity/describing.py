"""Agreement, accuracy and correction in sentences that promise no more than the codings can tell."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framing.comparison.contrasts import REST
from framing.comparison.findings import decimals_of, label_and_unit, number_in_words
from framing.corpus.columns import clipped, missing_column
from framing.errors import InputError

Row = Mapping[str, Any]
ALL, ANY = "all", "any"
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff (2004), https://doi.org/10.1111/j.1468-2958.2004.tb00738.x
_FIGURES = {
    "precision": "of the sentences in which the machine found any, the coders did in {}",
    "recall": "of those in which the coders found any, the machine did in {}",
    "count_ratio": "for each one that the coders count, the machine counts {}",
    "correlation": "machine and coders correlate by {}",
    "mean_error": "the machine's tone less the coders' is {} on average",
}
_NAMES = {
    "precision": "precision",
    "recall": "recall",
    "count_ratio": "count for each one of the coders",
    "correlation": "correlation",
    "mean_error": "mean error",
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
    _check(table, ("metric", "category", "n_units", "n_coders", "share_agreed", "alpha", "alpha_low", "alpha_high"))
    rows = _rows(table[table["category"] == ALL])
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
    _check(table, ("metric", "outlet", "figure", "n_coded", "value", "low", "high", "difference", "difference_low"))
    said = []
    for metric, rows in table.groupby("metric", sort=False):
        said += [_accuracy(str(metric), rows), *_by_outlet(str(metric), rows)]
    return said


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
    _check(table, (*needed, "corrected", "corrected_low", "corrected_high", "q_corrected", "n_to_halve"))
    return [_corrected(row) for row in _rows(table)]


_AGREEMENT_IS_NOT = (
    "This is the agreement on the sample, in which sentences with findings are many, and it says that coders count "
    "alike, not that they count right."
)


def _check(table: pd.DataFrame, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in table.columns:
            raise InputError(missing_column(column, table.columns, thing="table"))


def _is_missing(value: Any) -> bool:
    return bool(pd.isna(value))


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _title(metric: object) -> str:
    if _is_missing(metric) or not str(metric):
        return "What was coded"
    label, _ = label_and_unit(str(metric))
    return label[:1].upper() + label[1:]


def _agreed(row: Row) -> str:
    base = f"{int(row['n_units']):,} sentences that at least two coded"
    title = _title(row["metric"])
    if _is_missing(row["alpha"]):
        return (
            f"{title}: all values are the same ({base}), so that agreement can't be told from chance. Code sentences "
            "in which there is something to count."
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
        "Too little to build on by the usual rule (.667): talk over the sentences on which they differ, sharpen the "
        "codebook, and code anew."
    )


def _short(value: Any) -> str:
    """An alpha as journals print it."""
    if _is_missing(value):
        return "–"
    text = number_in_words(float(value), 2)
    return text if text.startswith("1") else text.replace("0.", ".")


def _accuracy(metric: str, rows: pd.DataFrame) -> str:
    of_all = {row["figure"]: row for row in _rows(rows[(rows["outlet"] == ALL) & rows["value"].notna()])}
    n_coded = int(rows.loc[rows["outlet"] == ALL, "n_coded"].max())
    parts = [text.format(_with_interval(of_all[name])) for name, text in _FIGURES.items() if name in of_all]
    if not parts:
        return f"{_title(metric)} ({n_coded:,} coded sentences): neither machine nor coders found any."
    return f"{_title(metric)} ({n_coded:,} coded sentences, weighed to the corpus): {'; '.join(parts)}."


def _with_interval(row: Row) -> str:
    low, high = (_figure(row["figure"], row[name]) for name in ("low", "high"))
    return f"{_figure(row['figure'], row['value'])} ({low} to {high})"


def _figure(name: str, value: Any) -> str:
    if _is_missing(value):
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
    for row in _rows(rows):
        is_share = row["figure"] in ("precision", "recall")
        value, low, high = (_signed(row[f"difference{end}"], is_share) for end in ("", "_low", "_high"))
        figures.append(f"{_NAMES[str(row['figure'])]} {value}{' points' if is_share else ''} ({low} to {high})")
    return f"{clipped(outlet, most=80)} {', '.join(figures)}"


def _signed(value: Any, is_share: bool) -> str:
    """A difference of two figures, with its sign; of shares in points."""
    text = number_in_words(100 * float(value), 0) if is_share else number_in_words(float(value), 2)
    return text if text.startswith("−") else f"+{text}"


def _by_chance(n: int) -> str:
    return f"Of {n} such looks one in 20 would say so by chance."


def _corrected(row: Row) -> str:
    label, unit = label_and_unit(str(row["metric"]))
    versus = "the other outlets" if row["versus"] == REST else clipped(str(row["versus"]), most=80)
    names = ("difference", "ci_low", "ci_high", "corrected", "corrected_low", "corrected_high")
    decimals = _decimals([(row[f"{name}_low"], row[f"{name}_high"]) for name in ("ci", "corrected")])
    shown = {name: "–" if _is_missing(row[name]) else number_in_words(float(row[name]), decimals) for name in names}
    scale = "on the scale from −1 to 1" if unit == "-1 to 1" else unit
    counted = f"{shown['difference']} as counted (95% interval {shown['ci_low']} to {shown['ci_high']})"
    corrected = f"{shown['corrected']} corrected by {int(row['n_coded']):,} coded sentences"
    interval = f"({shown['corrected_low']} to {shown['corrected_high']})"
    question = f"{label[:1].upper()}{label[1:]}, {clipped(str(row['outlet']), most=80)} less {versus} ({scale})"
    return f"{question}: {counted}, {corrected} {interval}. {_outcome(row)} {_more(row)}".rstrip()


def _decimals(intervals: Sequence[tuple[Any, Any]]) -> int:
    """As many as give half of the wider interval two digits, and one more where an edge would else read as 0."""
    known = [(float(low), float(high)) for low, high in intervals if not _is_missing(low) and not _is_missing(high)]
    decimals = decimals_of({"difference": max(((high - low) / 2 for low, high in known), default=0.0)})
    hides_a_side = any(edge and not round(edge, decimals) for edges in known for edge in edges)
    return decimals + hides_a_side


def _outcome(row: Row) -> str:
    raw, corrected = _side(row["ci_low"], row["ci_high"]), _side(row["corrected_low"], row["corrected_high"])
    if corrected and not _is_missing(row["q_corrected"]) and float(row["q_corrected"]) >= 0.05:
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
    if _is_missing(low) or _is_missing(high):
        return 0
    return 1 if low > 0 else -1 if high < 0 else 0


def _more(row: Row) -> str:
    if _is_missing(row["n_to_halve"]):
        return "More coding alone would not halve the corrected interval; more events or articles would narrow it."
    n = int(row["n_to_halve"])
    if n <= int(row["n_coded"]):
        return ""
    return f"About {n:,} coded sentences would halve the corrected interval."
