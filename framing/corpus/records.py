"""What a reader of any format hands on: rows of named values, and what couldn't become a row."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from framing.corpus.account import Entry
from framing.corpus.columns import KNOWN, clipped
from framing.errors import InputError


class Row(NamedTuple):
    """One record of a file: where it stood, its values by column, and repairs as (rule, note) pairs."""

    place: str
    values: dict[str, Any]
    repairs: tuple[tuple[str, str], ...] = ()


class Records(NamedTuple):
    """All records of a file or folder: columns in their order, rows, and entries about what is no row.

    `title_in_text` says that the first line of a text may be its headline, as in text files.
    """

    columns: list[str]
    rows: list[Row]
    entries: list[Entry]
    title_in_text: bool = False


def file_bytes(path: Path) -> bytes:
    """Read a file, or say why it can't be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}. Check the path and its permissions") from error
    if not data.strip():
        raise InputError(f"{path} is empty. Export the articles again, or check that the download finished")
    return data


def header(path: Path, names: Sequence[object]) -> tuple[list[str], list[Entry]]:
    """Make the names of a header usable: known columns in lower case, blank and repeated names told apart.

    A known column (`text`, `outlet` …) that stands there twice is an error, since either could be meant.
    """
    columns: list[str] = []
    entries: list[Entry] = []
    for number, name in enumerate(names, start=1):
        column = _known("" if name is None else str(name).strip()) or f"unnamed_{number}"
        if column in columns:
            if column in KNOWN:
                raise InputError(f"{path} has two columns named '{column}'. Rename or delete one of them in the file")
            column = _numbered(column, columns)
            note = f"the header repeats '{clipped(str(name))}'; column {number} is now '{clipped(column)}'"
            entries.append(Entry(str(path.name), "noted", "repeated_header", note))
        columns.append(column)
    return columns, entries


def _known(name: str) -> str:
    key = name.lower().replace(" ", "_")
    return key if key in KNOWN else name


def _numbered(name: str, taken: Iterable[str]) -> str:
    taken = set(taken)
    return next(candidate for n in range(2, len(taken) + 3) if (candidate := f"{name}_{n}") not in taken)
