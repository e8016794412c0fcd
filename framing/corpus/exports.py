"""What the exports of news databases have in common: labelled fields that fill the columns of a corpus.

Which label fills which column is in `export_fields.csv`, one label a row.
"""

import csv
import functools
import importlib.resources
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Field(NamedTuple):
    """What a label of an export fills: a column (empty if it is left out), and its rank among labels of that column."""

    column: str
    rank: int


@functools.cache
def fields_of(layout: str) -> dict[str, Field]:
    """Give the labels of a layout (factiva, nexis, proquest, ris) and what each fills.

    Examples
    --------
    >>> fields_of("factiva")["SN"]
    Field(column='outlet', rank=1)
    """
    return {
        row["label"]: Field(row["column"], int(row["rank"]))
        for row in _rows("export_fields.csv")
        if row["layout"] == layout
    }


def fill_columns(layout: str, labelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Fill columns from (label, value) pairs: the first label by rank that holds something; authors are joined.

    Examples
    --------
    >>> fill_columns("ris", [("PB", "Harbour Press"), ("AU", "Ann Lee"), ("AU", "Ben Roe"), ("JF", "The Herald")])
    {'outlet': 'The Herald', 'author': 'Ann Lee; Ben Roe'}
    """
    known = fields_of(layout)
    kept = [(label, value.strip()) for label, value in labelled if label in known and known[label].column]
    filled: dict[str, str] = {}
    for label, value in sorted(kept, key=lambda pair: known[pair[0]].rank):
        column = known[label].column
        if column == "author" and value and filled.get("author"):
            filled["author"] += f"; {value}"
        elif value and not filled.get(column):
            filled[column] = value
    order = list(dict.fromkeys(known[label].column for label, _ in kept))
    filled = {column: filled[column] for column in sorted(filled, key=order.index)}
    return with_language_code(filled)


class Labelled:
    r"""Labelled values as they are read, each of one line or more.

    Examples
    --------
    >>> fields = Labelled()
    >>> fields.add("N2", "It rained.")
    >>> fields.go_on("It poured.")
    >>> fields.pairs()
    [('N2', 'It rained.\nIt poured.')]
    """

    def __init__(self) -> None:
        # Lists, since adding a line to a string takes the square of their number.
        self._values: list[tuple[str, list[str]]] = []

    def add(self, label: str, value: str) -> None:
        """Begin the value of a label."""
        self._values.append((label, [value]))

    def go_on(self, line: str) -> None:
        """Add a line to the last value; one before the first label is passed over."""
        if self._values:
            self._values[-1][1].append(line)

    def pairs(self, *, between: str = "\n") -> list[tuple[str, str]]:
        """Give labels and values."""
        return [(label, between.join(lines).strip()) for label, lines in self._values]


def with_language_code(values: Mapping[str, str]) -> dict[str, str]:
    """Give a language as its ISO 639-1 code: "ENGLISH" and "en-GB" are "en"; a name that isn't known stays.

    Examples
    --------
    >>> with_language_code({"language": "ENGLISH"}), with_language_code({"language": "en-GB"})
    ({'language': 'en'}, {'language': 'en'})
    """
    written = values.get("language")
    if not written:
        return dict(values)
    key = written.strip().casefold()
    code = _language_codes().get(key) or (key.replace("_", "-").partition("-")[0] if len(key) in (2, 5) else key)
    return {**values, "language": code}


def is_language(line: str) -> bool:
    """Say whether a line is the English name of a language and nothing else."""
    return line.strip().casefold() in _language_codes()


@functools.cache
def _language_codes() -> dict[str, str]:
    return {row["name"]: row["code"] for row in _rows("language_names.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    source = importlib.resources.files("framing.corpus").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines()))
