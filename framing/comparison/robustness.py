"""What a sensitivity analysis found, in sentences."""

import pandas as pd

from framing.comparison.contrasts import REST
from framing.comparison.findings import decimals_of, label_and_unit, number_in_words
from framing.comparison.power_words import SCALES
from framing.comparison.specifications import MAIN
from framing.corpus.columns import clipped, missing_column
from framing.errors import InputError

NAMED = 5  # specifications that are named one by one
_NEEDED = (
    "outlet",
    "versus",
    "check",
    "choice",
    "metric",
    "same_question",
    "difference",
    "ci_low",
    "ci_high",
    "same_sign",
    "stands",
)


def describe_sensitivity(sensitivities: pd.DataFrame) -> list[str]:
    """Say for each contrast whether the answer survives, and what it would fall with.

    Parameters
    ----------
    sensitivities : pandas.DataFrame
        What `sensitivity` gave.

    Returns
    -------
    list of str
        A paragraph for each contrast that was made: the difference as asked; in how many other specifications
        (ways) that ask the same it keeps its sign, and in how many it stands; those where it changes sign or stops (or begins) to
        stand, by name; which of its parts stand; what could not be checked. Names are as the articles have them: escape
        them before they go into HTML.

    Raises
    ------
    InputError
        (a ValueError) If a column is missing.

    Examples
    --------
    >>> rows = [("as asked", "as asked", 2.0, 1.0, 3.0, True, True), ("copies", "copies left out", 1.2, -0.2, 2.6, True, False)]
    >>> names = ["check", "choice", "difference", "ci_low", "ci_high", "same_sign", "stands"]
    >>> table = pd.DataFrame(rows, columns=names).assign(
    ...     outlet="Courier", versus="Herald", metric="boosters_per_1000_words", same_question=True)
    >>> print(*describe_sensitivity(table))
    Courier less Herald, boosters per 1,000 words: +2.0 (95% interval +1.0 to +3.0). Asked in 1 other way, it keeps its sign in 1 and its interval leaves out 0 in 0. It could be chance with: copies left out (+1.2, −0.2 to +2.6).
    """  # noqa: E501 (the paragraph is one line)
    for column in _NEEDED:
        if column not in sensitivities.columns:
            raise InputError(missing_column(column, sensitivities.columns, thing="sensitivities"))
    groups = sensitivities.groupby(["outlet", "versus"], sort=False)
    told = [_paragraph(str(outlet), str(versus), rows) for (outlet, versus), rows in groups]
    return [paragraph for paragraph in told if paragraph]


def _paragraph(outlet: str, versus: str, rows: pd.DataFrame) -> str:
    made = rows[rows["difference"].notna()]
    main = made[made["check"] == MAIN]
    if main.empty:
        return ""
    asked = main.iloc[0]
    label, unit = label_and_unit(str(asked["metric"]))
    others = made[made["same_question"].astype(bool) & (made["check"] != MAIN)]
    parts = made[~made["same_question"].astype(bool)]
    versus = "the other outlets" if versus == REST else clipped(versus, most=80)
    unit = "" if unit.startswith("share") else SCALES.get(unit, f" {unit}".rstrip())
    sentences = [
        f"{clipped(outlet, most=80)} less {versus}, {label}{unit}: {_shown(asked)}.",
        _others(asked, others),
        _parts(parts),
        _not_checked(rows),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _shown(row: pd.Series, *, words: bool = True) -> str:
    times = 100.0 if label_and_unit(str(row["metric"]))[1].startswith("share") else 1.0
    numbers = {name: times * float(row[name]) for name in ("difference", "ci_low", "ci_high")}
    # Two digits of the difference or, where that is smaller, of how far the interval reaches.
    reach = (numbers["ci_high"] - numbers["ci_low"]) / 2
    decimals = min(decimals_of({"difference": max(abs(numbers["difference"]), reach)}), 3)
    difference, low, high = (_signed(number, decimals) for number in numbers.values())
    points = " percentage points" if times > 1 and words else ""
    return f"{difference}{points} (95% interval {low} to {high})" if words else f"{difference}, {low} to {high}"


def _signed(value: float, decimals: int) -> str:
    text = number_in_words(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def _others(asked: pd.Series, others: pd.DataFrame) -> str:
    n = len(others)
    if not n:
        return ""
    sign, stand = others["same_sign"].fillna(False).astype(bool), others["stands"].fillna(False).astype(bool)
    ways = f"{n:,} other {'ways' if n > 1 else 'way'}{_of_which(others)}"
    both = int((sign & stand).sum())
    said = f"Asked in {ways}, it keeps its sign in {sign.sum():,} and its interval leaves out 0 in {both:,}."
    turned = others[~sign]
    if len(turned):
        said += f" It changes its sign with: {_named(turned)}."
    moved = others[sign & (stand != bool(asked["stands"]))]
    if len(moved):
        said += f" It {'could be chance' if asked['stands'] else 'would stand'} with: {_named(moved)}."
    return said


def _of_which(others: pd.DataFrame) -> str:
    # Of many events each weighs little: their number must not pass for that many independent answers.
    kinds = {name: int((others["check"] == name).sum()) for name in ("event", "author")}
    told = [f"{n:,} without one {name}" for name, n in kinds.items() if n]
    return f" ({' and '.join(told)})" if told else ""


def _named(rows: pd.DataFrame) -> str:
    # What moves the difference most, first.
    weakest = rows.assign(size=rows["difference"].abs()).sort_values(["size", "choice"], kind="stable").head(NAMED)
    names = [f"{clipped(str(row['choice']), most=60)} ({_shown(row, words=False)})" for _, row in weakest.iterrows()]
    more = len(rows) - len(names)
    return "; ".join(names) + (f"; and {more:,} more" if more else "")


def _parts(parts: pd.DataFrame) -> str:
    if parts.empty:
        return ""
    stands = parts["stands"].fillna(False).astype(bool)
    said = []
    if stands.any():
        said.append(f"Asked of a part, the interval leaves out 0 for: {_all(parts[stands])}.")
    if (~stands).any():
        said.append(f"{'It does not' if stands.any() else 'Asked of a part, it does not leave out 0'} for: "
                    f"{_all(parts[~stands])}.")  # fmt: skip
    return " ".join(said)


def _all(rows: pd.DataFrame) -> str:
    return "; ".join(f"{row['choice']} ({_shown(row, words=False)})" for _, row in rows.iterrows())


def _not_checked(rows: pd.DataFrame) -> str:
    reasons = rows[rows["metric"].isna()]
    told = [f"{row['check']} ({str(row['choice']).removeprefix('not checked: ')})" for _, row in reasons.iterrows()]
    return f"Not checked: {'; '.join(told)}." if told else ""
