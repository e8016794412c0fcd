"""The methods in words: what each measure counts, how accurate it is, where it errs, and what the run was made with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis.metrics import count_row, metric_row
from framing.views.numbers import is_missing

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


def overturned_by(row: Mapping[str, Any]) -> str:
    """Say what would overturn a finding: doubts about its measure and about its numbers.

    Examples
    --------
    >>> print(overturned_by({"metric": "own_metric", "n_events": 7, "n_articles": 14}))
    It would fall if the metric, which framing did not make, measures something else in one outlet than in the other;
    or if a few of the 7 events (14 articles) that it rests on are unlike the rest.
    """
    measure = measure_of(str(row["metric"]))
    doubt = (
        "the metric, which framing did not make, measures something else in one outlet than in the other"
        if measure is None
        else measure.overturned
    )
    n_events, n_articles = row["n_events"], row["n_articles"]
    if is_missing(n_events):
        rest = f"or if the {n_articles} articles that it rests on tell of different events, which were not paired here"
    else:
        rest = f"or if a few of the {n_events} events ({n_articles} articles) that it rests on are unlike the rest"
    return f"It would fall if {doubt}; {rest}."


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
