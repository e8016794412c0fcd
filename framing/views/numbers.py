"""Numbers as a reader expects them in print: minus signs, per cent, sensible digits."""

import math
from typing import Any

import pandas as pd

MISSING = "–"
MINUS = "−"


def is_missing(value: Any) -> bool:
    """Tell whether a cell holds no value.

    Examples
    --------
    >>> is_missing(pd.NA), is_missing(float("nan")), is_missing(0)
    (True, True, False)
    """
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def decimal(value: Any, digits: int = 1, *, sign: str = "-") -> str:
    """Write a number with fixed decimals, thousands set off and a true minus sign; `sign` is ``-`` or ``+``.

    Examples
    --------
    >>> decimal(-1234.56), decimal(2, sign="+"), decimal(-0.01), decimal(None)
    ('−1,234.6', '+2.0', '0.0', '–')
    """
    if is_missing(value):
        return MISSING
    rounded = round(float(value), digits)
    if rounded == 0:
        return f"{0:.{digits}f}"
    return f"{rounded:{sign},.{digits}f}".replace("-", MINUS)


def count(value: Any) -> str:
    """Write a whole number.

    Examples
    --------
    >>> count(12345), count(pd.NA)
    ('12,345', '–')
    """
    return decimal(value, 0)


def probability(value: Any) -> str:
    """Write a p or q value as journals do: without the leading zero, never as 0.

    Examples
    --------
    >>> probability(0.0342), probability(0.00001), probability(1.0), probability(None)
    ('.034', '< .001', '> .999', '–')
    """
    if is_missing(value):
        return MISSING
    if value < 0.001:
        return "< .001"
    # Cut, never rounded up to it: .04996 must not read as the threshold that it stays below.
    digits = f"{math.floor(float(value) * 1000) / 1000:.3f}" if 0.0495 <= value < 0.05 else f"{float(value):.3f}"
    return "> .999" if digits == "1.000" else digits.removeprefix("0")


def probability_claim(name: str, value: Any) -> str:
    """Write a p or q value with its name.

    Examples
    --------
    >>> probability_claim("q", 0.03), probability_claim("q", 0)
    ('q = .030', 'q < .001')
    """
    text = probability(value)
    return f"{name} {text}" if text[0] in "<>" else f"{name} = {text}"
