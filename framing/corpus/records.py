"""What a reader of any format hands on: rows of named values, and what couldn't become a row."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from framing.corpus.account import Entry
from framing.corpus.columns import KNOWN, clipped, missing_column, shown
from framing.errors import InputError


class Row(NamedTuple):
    """One record of a file: where it stood, its values by column, and repairs as (rule, note) pairs.

    `title_in_text` says that the first line of the text may be its headline, as in text files; a `loose` row is an
    article of its own file or page, for which an outlet is guessed when none is named: `guess`, or its folder's name;
    `file` tells the files of a folder apart.
    """

    place: str
    values: dict[str, Any]
    repairs: tuple[tuple[str, str], ...] = ()
    title_in_text: bool = False
    loose: bool = False
    guess: str | None = None
    file: str = ""


class Records(NamedTuple):
    """All records of a file or folder: columns in their order, rows, and entries about what is no row."""

    columns: list[str]
    rows: list[Row]
    entries: list[Entry]


def file_bytes(path: Path) -> bytes:
    """Read a file, or say why it can't be read."""
    check_readable(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}. Check the path and its permissions") from error
    if not data.strip():
        raise InputError(f"{path} is empty. Export the articles again, or check that the download finished")
    return data


def check_readable(path: Path) -> None:
    """Check that a path is a file that can be opened and isn't empty, without reading all of it."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise InputError(f"{path} is neither a file nor a folder. Name the file that holds the articles")
        with path.open("rb") as file:
            beginning = file.read(1)
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}. Check the path and its permissions") from error
    if not beginning:
        raise InputError(f"{path} is empty. Export the articles again, or check that the download finished")


def header(path: Path, names: Sequence[object]) -> tuple[list[str], list[Entry]]:
    """Make the names of a header usable: known columns in lower case, blank and repeated names told apart.

    A known column (`text`, `outlet` …) that stands there twice is an error, since either could be meant.
    """
    columns: list[str] = []
    entries: list[Entry] = []
    taken: set[str] = set()
    for number, name in enumerate(names, start=1):
        column = _known("" if name is None else str(name).strip()) or f"unnamed_{number}"
        if column in taken:
            if column in KNOWN:
                raise InputError(f"{path} has two columns named '{column}'. Rename or delete one of them in the file")
            column = _numbered(column, taken)
            note = f"the header repeats '{clipped(str(name))}'; column {number} is now '{clipped(column)}'"
            entries.append(Entry(str(path.name), "noted", "repeated_header", note))
        columns.append(column)
        taken.add(column)
    return columns, entries


def with_columns(
    records: Records, columns: Mapping[str, str], outlet: str | None, path: Path, *, strict: bool = True
) -> Records:
    """Rename columns, and see that there is a text and an outlet for every article.

    `strict` refuses names that the records don't have, which in a folder may be those of another file.
    """
    unknown = [old for old in columns if old not in records.columns]
    if unknown and strict:
        raise InputError(f"columns= names '{shown(unknown)}', but {path} has: {shown(records.columns)}")
    names = [columns.get(name, name) for name in records.columns]
    twice = sorted({name for name in names if names.count(name) > 1}) if columns else []
    if twice:
        raise InputError(
            f"after columns= there would be two columns '{shown(twice)}' in {path}. Rename the other one too"
        )
    if outlet is not None and "outlet" not in names:
        names.append("outlet")
    for needed in ("text", "outlet"):
        if needed not in names:
            message = missing_column(needed, names, thing=str(path))
            message = message.replace("corpus.rename(columns=", "read_corpus(path, columns=")
            raise InputError(message + (' or give outlet="…"' if needed == "outlet" else ""))
    if not records.rows:
        raise InputError(f"{path} holds a header but no article that can be read. Export the articles again")
    rows = [
        row._replace(values={columns.get(name, name): value for name, value in row.values.items()})
        for row in records.rows
    ]
    return records._replace(columns=names, rows=rows)


def _known(name: str) -> str:
    key = name.lower().replace(" ", "_")
    return key if key in KNOWN else name


def _numbered(name: str, taken: Iterable[str]) -> str:
    taken = set(taken)
    return next(candidate for n in range(2, len(taken) + 3) if (candidate := f"{name}_{n}") not in taken)
