"""What a sensitivity analysis found, in sentences."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class SensitivityInWords:
    """What became of one contrast, in sentences, each of which may be empty.

    `asked` is the difference as asked, `ways` in how many others it keeps sign and stands, `moved` in which it does
    not, `parts` which of its parts stand, `unchecked` what could not be checked.
    """

    asked: str
    ways: str
    moved: str
    parts: str
    unchecked: str

    def __str__(self) -> str:
        told = (self.asked, self.ways, self.moved, self.parts, self.unchecked)
        return " ".join(sentence for sentence in told if sentence)


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
    told = [sensitivity_in_words(rows) for _, rows in groups]
    return [str(words) for words in told if words is not None]


def sensitivity_in_words(rows: pd.DataFrame) -> SensitivityInWords | None:
    """Tell the rows of one contrast, None when it was not made."""
    outlet, versus = str(rows["outlet"].iloc[0]), str(rows["versus"].iloc[0])
    made = rows[rows["difference"].notna()]
    main = made[made["check"] == MAIN]
    if main.empty:
        return None
    asked = main.iloc[0]
    label, unit = label_and_unit(str(asked["metric"]))
    others = made[made["same_question"].astype(bool) & (made["check"] != MAIN)]
    parts = made[~made["same_question"].astype(bool)]
    versus = "the other outlets" if versus == REST else clipped(versus, most=80)
    unit = "" if unit.startswith("share") else SCALES.get(unit, f" {unit}".rstrip())
    return SensitivityInWords(
        f"{clipped(outlet, most=80)} less {versus}, {label}{unit}: {_shown(asked)}.",
        _ways(others),
        _moved(asked, others),
        _parts(parts),
        _not_checked(rows),
    )


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


def _ways(others: pd.DataFrame) -> str:
    n = len(others)
    if not n:
        return ""
    sign, stand = _sign_and_stand(others)
    ways = f"{n:,} other {'ways' if n > 1 else 'way'}{_of_which(others)}"
    both = int((sign & stand).sum())
    return f"Asked in {ways}, it keeps its sign in {sign.sum():,} and its interval leaves out 0 in {both:,}."


def _moved(asked: pd.Series, others: pd.DataFrame) -> str:
    sign, stand = _sign_and_stand(others)
    turned, moved = others[~sign], others[sign & (stand != bool(asked["stands"]))]
    verb = "could be chance" if asked["stands"] else "would stand"
    said = [f"It changes its sign with: {_named(turned)}."] if len(turned) else []
    said += [f"It {verb} with: {_named(moved)}."] if len(moved) else []
    return " ".join(said)


def _sign_and_stand(others: pd.DataFrame) -> "tuple[pd.Series[bool], pd.Series[bool]]":
    sign, stand = (others[column].fillna(False).astype(bool) for column in ("same_sign", "stands"))
    return sign, stand


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
    said = [f"Asked of a part, it would stand for: {_all(parts[stands])}."] if stands.any() else []
    if (~stands).any():
        said.append(f"{'It' if stands.any() else 'Asked of a part, it'} would not stand for: {_all(parts[~stands])}.")
    return " ".join(said)


def _all(rows: pd.DataFrame) -> str:
    return "; ".join(f"{row['choice']} ({_shown(row, words=False)})" for _, row in rows.iterrows())


def _not_checked(rows: pd.DataFrame) -> str:
    reasons = rows[rows["metric"].isna()]
    told = [f"{row['check']} ({str(row['choice']).removeprefix('not checked: ')})" for _, row in reasons.iterrows()]
    return f"Not checked: {'; '.join(told)}." if told else ""
