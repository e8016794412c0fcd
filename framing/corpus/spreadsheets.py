"""Tables for spreadsheets: nothing runs as a formula, text stays on its line, and a file is written whole or not."""

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from framing.errors import InputError

# What spreadsheets take for the beginning of a formula, also in the wide characters of East Asian keyboards; and where
# the list separator is another one, a cell begins in the middle of a title. Apostrophes that stand there already are
# part of the pattern, so that taking one away gives back what was there.
_FORMULA = r"(?='*\s*[=+\-@＝＋－＠\t\r\n])"
_BEFORE_FORMULA = re.compile(rf"(^|[;|]){_FORMULA}")
_APOSTROPHE = re.compile(rf"(^|[;|])'{_FORMULA}")
CONTROL = r"[\s\x00-\x1f\x7f-\x9f]+"


def harmless_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; `cell_as_it_was` takes it away.

    Examples
    --------
    >>> harmless_cell("=1+1"), harmless_cell("Rain;-2 degrees"), harmless_cell("1 + 1")
    ("'=1+1", "Rain;'-2 degrees", '1 + 1')
    """
    return _BEFORE_FORMULA.sub(r"\1'", text)


def cell_as_it_was(text: str) -> str:
    """Take the apostrophes away that `harmless_cell` put there.

    Examples
    --------
    >>> cell_as_it_was("'=1+1"), cell_as_it_was("'tis")
    ('=1+1', "'tis")
    """
    return _APOSTROPHE.sub(r"\1", text)


def one_line(text: str) -> str:
    r"""Bring text to one line for a cell: line ends, control characters and runs of blanks become one blank.

    Examples
    --------
    >>> one_line("It may\n\n rain.\x00 ")
    'It may rain.'
    """
    return re.sub(CONTROL, " ", text).strip()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Write rows of cells as CSV, as they are.

    Examples
    --------
    >>> csv_text(["unit_id", "sentence"], [["u1", "It may, or not."]])
    'unit_id,sentence\r\nu1,"It may, or not."\r\n'
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it, so that a stop in between never leaves half a file.

    Raises
    ------
    InputError
        If it can't be written, as when a spreadsheet program has the file open.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise InputError(
            f"{path} can't be written: {error.strerror or error}. Close it in other programs, or name another folder."
        ) from error


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows of cells as a CSV in UTF-8 with a mark, as spreadsheets expect."""
    write_whole(path, csv_text(header, rows).encode("utf-8-sig", "replace"))
