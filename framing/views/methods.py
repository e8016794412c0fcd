"""The methods in words: what each measure counts, how accurate it is, where it errs, and what the run was made with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis.metrics import count_row, metric_row
from framing.views.numbers import is_missing

OWN = "Metrics of your own"
OWN_DOUBTS = "the metric measures something else in one outlet than in the other"
FOLDER = Path(__file__).parent
MEASURE_OF_TABLE = {
    "attributions": "attribution",
    "hedges": "hedging",
    "sentiment": "sentiment",
    "lexicon_counts": "sentiment",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in words."""

    name: str
    title: str
    counts: str
    limits: str
    overturned: str
    accuracy: Sequence[Mapping[str, str]]


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """Load the measures by name: `attribution`, `hedging`, `sentiment`."""
    texts = pd.read_csv(FOLDER / "measures.csv", dtype=str, keep_default_na=False)
    accuracy = pd.read_csv(FOLDER / "accuracy.csv", dtype=str, keep_default_na=False)
    return {
        row["measure"]: Measure(
            row["measure"],
            row["title"],
            row["counts"],
            row["limits"],
            row["overturned"],
            [
                {str(key): str(value) for key, value in line.items()}
                for line in accuracy[accuracy["measure"] == row["measure"]].to_dict("records")
            ],
        )
        for row in texts.to_dict("records")
    }


def measure_of(metric: str) -> Measure | None:
    """Name the measure that a metric comes from, None for a metric of one's own.

    Examples
    --------
    >>> measure_of("share_words_source").name, measure_of("boosters_per_1000_words").name
    ('attribution', 'hedging')
    """
    made = metric_row(metric)
    if made is None:
        return None
    counted = str(made["numerator"])
    table = str((count_row(counted) or {})["table"])
    if counted.startswith("n_words"):
        # Words are counted in the table of sentiment, but whose they are is what attribution says.
        return measures()["attribution"]
    return measures()[MEASURE_OF_TABLE[table]]


def overturned_by(metrics: Sequence[str]) -> list[tuple[str, list[int], str]]:
    """Say once for each measure what would overturn findings that rest on it.

    Parameters
    ----------
    metrics : sequence of str
        The metric of each finding, in their order.

    Returns
    -------
    list of (str, list of int, str)
        Title of the measure, the numbers of its findings (from 1), and the doubts in words.

    Examples
    --------
    >>> for title, findings, doubts in overturned_by(["boosters_per_1000_words", "own", "hedges_per_1000_words"]):
    ...     print(title, findings, doubts[:33])
    How sure [1, 3] one outlet reports more on what i
    Metrics of your own [2] the metric measures something els
    """
    found: dict[str, tuple[list[int], str]] = {}
    for number, metric in enumerate(metrics, start=1):
        measure = measure_of(metric)
        title, doubts = (OWN, OWN_DOUBTS) if measure is None else (measure.title, measure.overturned)
        found.setdefault(title, ([], doubts))[0].append(number)
    return [(title, numbers, doubts) for title, (numbers, doubts) in found.items()]


def provenance_rows(provenance: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write a run's provenance as lines of name and value, nested names joined.

    Examples
    --------
    >>> provenance_rows({"package": "0.1.0", "lexicons": {"hedges_en": {"sha256": "ab12"}}, "workers": None})
    [('package', '0.1.0'), ('lexicons › hedges_en › sha256', 'ab12'), ('workers', '–')]
    """
    return list(_flat(provenance, ()))


def _flat(value: Any, names: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _flat(inner, (*names, str(name)))
    elif isinstance(value, list | tuple):
        yield " › ".join(names), ", ".join(map(str, value)) or "–"
    else:
        yield " › ".join(names), "–" if is_missing(value) or value == {} else str(value)
