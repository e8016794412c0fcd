"""CSV and TSV files."""

import csv
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from framing.corpus.account import Entry, set_aside
from framing.corpus.encoding import decode
from framing.corpus.records import Records, Row, file_bytes, header
from framing.errors import InputError

_DELIMITERS = (",", ";", "\t", "|")


def read_delimited(path: Path, *, encoding: str | None = None) -> Records:
    """Read a CSV or TSV file with a header; the delimiter (comma, semicolon, tab or bar) is taken from the header.

    Every value is text as it stands: an outlet called "NA" or an author called "Null" is a name. Rows with too few
    fields are filled up, rows with too many are set aside, since which field is the text can't be known.
    """
    text, note = decode_file(path, encoding)
    entries = [Entry(path.name, "noted", "encoding", note)] if note else []
    if "\x00" in text:
        n_nul = text.count("\x00")
        entries.append(Entry(path.name, "noted", "nul_characters", f"{n_nul:,} characters NUL were removed"))
    parsed = list(_records(text, _delimiter(path, text)))
    if not parsed:
        raise InputError(
            f"{path} has no header line. Its first line must name the columns: article_id, outlet, text, …"
        )
    columns, repeated = header(path, parsed[0][1])
    cut_off = _cut_off(path, text, parsed, len(columns))
    rows: list[Row] = []
    aside: list[Entry] = [cut_off] if cut_off else []
    for line, fields in parsed[1:-1] if cut_off else parsed[1:]:
        place = f"{path.name}, line {line}"
        if any(field.strip() for field in fields[len(columns) :]):
            problem = f"{len(fields)} fields where the header has {len(columns)}"
            aside.append(set_aside(place, "too_many_fields", problem, ",".join(fields)))
        else:
            rows.append(Row(place, dict(zip(columns, fields, strict=False)), _too_few(fields, columns)))
    return Records(columns, rows, entries + repeated + aside)


def decode_file(path: Path, encoding: str | None) -> tuple[str, str]:
    """Decode a file and name it in the error when that fails."""
    try:
        return decode(file_bytes(path), encoding=encoding)
    except InputError as error:
        message = str(error)
        raise InputError(message if message.startswith(str(path)) else f"{path} can't be read: {message}") from error


def _too_few(fields: list[str], columns: list[str]) -> tuple[tuple[str, str], ...]:
    if len(fields) >= len(columns):
        return ()
    return (("too_few_fields", f"{len(fields)} fields where the header has {len(columns)}; the others are missing"),)


def _delimiter(path: Path, text: str) -> str:
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    first = text.lstrip().split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the number of the line it starts on; blank lines are no records."""
    with _fields_of_any_length(len(text)):
        reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
        line = 1
        for fields in reader:
            if any(field.strip() for field in fields):
                yield line, fields
            line = reader.line_num + 1


@contextmanager
def _fields_of_any_length(length: int) -> Iterator[None]:
    # The csv module refuses fields over 131,072 characters unless told otherwise, for the whole process; an article
    # may be longer, and the limit is put back.
    before = csv.field_size_limit(max(length + 1, csv.field_size_limit()))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _cut_off(path: Path, text: str, parsed: list[tuple[int, list[str]]], n_columns: int) -> Entry | None:
    """Look whether the last record has a quotation mark that is never closed.

    At the end of a truncated file that costs one article, which is set aside. In the middle it swallows every article
    after it, and then the file must be mended.
    """
    line, _ = parsed[-1]
    record = "".join(itertools.islice(io.StringIO(text, newline=""), line - 1, None))
    delimiter = _delimiter(path, text)
    if len(parsed) < 2 or not _is_open(record, delimiter):
        return None
    after_the_first_line = "".join(itertools.islice(io.StringIO(record, newline=""), 1, None))
    swallowed = [fields for _, fields in _records(after_the_first_line, delimiter) if len(fields) == n_columns]
    if swallowed and n_columns > 1:
        raise InputError(
            f'{path}: the quotation mark (") opened in the record of line {line} is never closed, so all articles '
            "after it would be read as one. Close it, or export the file again"
        )
    return set_aside(f"{path.name}, line {line}", "cut_off", "the file ends inside this record", record)


def _is_open(record: str, delimiter: str) -> bool:
    with _fields_of_any_length(len(record)):
        try:
            list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end of data" in str(error)
    return False
