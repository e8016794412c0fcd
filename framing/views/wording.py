"""What a metric is called, in what unit it is printed, and with how many decimals."""

from dataclasses import dataclass
from typing import Any

from framing.analysis.metrics import metric_row
from framing.views.numbers import MISSING, decimal, is_missing

RATE, SHARE = "per 1,000 words", "share"
OWN = "in the metric's own unit"  # of a metric that only its author knows


@dataclass(frozen=True, slots=True)
class Wording:
    """A metric in words.

    `label` names it, `unit` is the unit of its values and `unit_difference` of a difference of two values. Values are
    multiplied by `factor` (100 for per cent) and printed with `digits` decimals.
    """

    metric: str
    label: str
    unit: str
    unit_difference: str
    factor: float
    digits: int
    suffix: str

    def value(self, value: Any) -> str:
        """Write a value: ``12.3%`` for a share."""
        text = decimal(self.scaled(value), self.digits)
        return text + self.suffix if text[-1].isdigit() else text

    def difference(self, value: Any) -> str:
        """Write a difference, with its sign; its unit stands elsewhere."""
        return decimal(self.scaled(value), self.digits, sign="+")

    def interval(self, low: Any, high: Any) -> str:
        """Write an interval of a difference.

        Examples
        --------
        >>> wording_of("share_words_source").interval(-0.05, 0.101)
        '−5.0 to +10.1'
        """
        return MISSING if is_missing(low) else f"{self.difference(low)} to {self.difference(high)}"

    def scaled(self, value: Any) -> float | None:
        """Turn a value into its printed unit, None where it is missing."""
        return None if is_missing(value) else float(value) * self.factor

    @property
    def title(self) -> str:
        """Label with a capital, for a heading."""
        return self.label[:1].upper() + self.label[1:]


def wording_of(metric: str) -> Wording:
    """Find the words for a metric: those of `metric_table`, or for a metric of one's own what its name tells.

    Examples
    --------
    >>> wording_of("sentiment").unit
    'from −1 to 1'
    >>> own = wording_of("share_of_verbs")
    >>> own.label, own.value(0.125), own.unit_difference
    ('share of verbs', '12.5%', 'percentage points')
    """
    own_label = metric.replace("_per_1000_words", "").replace("_", " ")
    made = metric_row(metric) or {"label": own_label, "unit": _unit_from_name(metric)}
    label, unit = str(made["label"]), str(made["unit"])
    if unit.startswith(SHARE):
        return Wording(metric, label, unit, "percentage points", 100.0, 1, "%")
    if unit.startswith("per "):
        return Wording(metric, label, unit, unit, 1.0, 2, "")
    if unit == "difference of tones":
        return Wording(metric, label, "from −2 to 2", "on the scale from −2 to 2", 1.0, 3, "")
    if unit == "-1 to 1":
        return Wording(metric, label, "from −1 to 1", "on the scale from −1 to 1", 1.0, 3, "")
    return Wording(metric, label, unit, unit, 1.0, 2, "")


def _unit_from_name(metric: str) -> str:
    if metric.startswith("share_"):
        return SHARE
    return RATE if "_per_1000_words" in metric else OWN


def other_side(versus: Any) -> str:
    """Name the other side of a comparison; `compare_outlets` writes ``rest`` for all other outlets together.

    Examples
    --------
    >>> other_side("rest"), other_side("Herald")
    ('the other outlets', 'Herald')
    """
    return "the other outlets" if versus == "rest" else str(versus)
