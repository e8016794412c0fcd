"""Rows of a CSV or JSON Lines file, a stretch at a time: where every hundredth row begins is found once."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from framing.corpus.columns import clipped
from framing.corpus.jsonfiles import object_of_line
from framing.corpus.records import Row, check_readable, header
from framing.errors import InputError

EVERY = 100
LONGEST = 64 << 20  # characters of a field; what is longer is a quotation mark that is never closed
DELIMITERS = (",", ";", "\t", "|")


class Marks(NamedTuple):
    """Where to begin reading: place in bytes and line of every hundredth row; what parts fields, and their names."""

    places: tuple[int, ...]
    lines: tuple[int, ...]
    delimiter: str | None
    names: tuple[str, ...]


Entries = tuple[tuple[str, str, int, int], ...]
Scanned = tuple[list[str], list[str], int, Marks, Entries]


class _Record(NamedTuple):
    place: int
    line: int
    fields: Any  # a list of strings, a JSON object, or None of what is no article


def scan_text(path: Path) -> Scanned:
    """Read a file once from beginning to end: its columns and types, how many rows, where they lie, what is no row."""
    check_readable(path)
    try:
        return _scan_json(path) if _is_json(path) else _scan_delimited(path)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not in UTF-8 (byte {error.start:,} of a line: {error.reason}), as reading in stretches asks. "
            "Convert it, or read it whole with read_corpus and write it as Parquet"
        ) from error
    except csv.Error as error:
        raise InputError(f"{path} can't be read as a table: {error}. Mend it, or write it again") from error


def text_rows(path: Path, below: str, columns: Sequence[str], marks: Marks, start: int, stop: int) -> Iterator[Row]:
    """The rows from `start` to before `stop`."""
    number = start - start % EVERY
    with path.open("rb") as file:
        file.seek(marks.places[start // EVERY])
        line = marks.lines[start // EVERY]
        if marks.delimiter is None:
            records, kept = _json_lines(file, line), list(zip(marks.names, columns, strict=False))
        else:
            records, kept = _delimited(file, line, marks.delimiter), []
        n = len(marks.names)
        for record in records:
            if number == stop:
                return
            if record.fields is None or (marks.delimiter is not None and _too_many(record.fields, n)):
                continue
            if number >= start:
                place = f"{below}, line {record.line}"
                if marks.delimiter is None:
                    values = {ours: record.fields[name] for name, ours in kept if name in record.fields}
                    yield Row(place, values, record.fields.repairs, file=below)
                else:
                    repairs = (("too_few_fields", f"{len(record.fields)} fields"),) if len(record.fields) < n else ()
                    yield Row(place, dict(zip(columns, record.fields, strict=False)), repairs, file=below)
            number += 1
    if number < stop:
        raise InputError(f"{path} has fewer articles than when it was looked at. Begin again with the file as it is")


def _is_json(path: Path) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson")


def _scan_delimited(path: Path) -> Scanned:
    with path.open("rb") as file:
        beginning = file.readline()
        while beginning and not beginning.strip(b"\xef\xbb\xbf\r\n\t "):
            beginning = file.readline()
        first = beginning.decode("utf-8-sig")
        delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else max(DELIMITERS, key=first.count)
        file.seek(0)
        records = _delimited(file, 1, delimiter)
        head = next(records, None)
        if head is None:
            raise InputError(
                f"{path} has no header line. Its first line must name the columns: article_id, outlet, text"
            )
        names, _ = header(path, head.fields)
        places, lines, n_rows, too_many = [], [], 0, 0
        last = head
        for record in records:
            last = record
            if _too_many(record.fields, len(names)):
                too_many += 1
                continue
            if n_rows % EVERY == 0:
                places.append(record.place)
                lines.append(record.line)
            n_rows += 1
        _check_closed(path, file, last, delimiter)
    entries: Entries = (("set_aside", "too_many_fields", too_many, too_many),) if too_many else ()
    return names, ["string"] * len(names), n_rows, Marks(tuple(places), tuple(lines), delimiter, tuple(names)), entries


def _scan_json(path: Path) -> Scanned:
    kinds: dict[str, set[type]] = {}
    places, lines, n_rows, broken = [], [], 0, 0
    with path.open("rb") as file:
        for record in _json_lines(file, 1):
            if record.fields is None:
                broken += 1
                continue
            if n_rows % EVERY == 0:
                places.append(record.place)
                lines.append(record.line)
            n_rows += 1
            for name, value in record.fields.items():
                kinds.setdefault(name, set()).add(str if type(value) is int and abs(value) >= 2**63 else type(value))
    if not n_rows:
        raise InputError(f"{path} holds no article. Expected one JSON object per line")
    names, _ = header(path, list(kinds))
    entries: Entries = (("set_aside", "not_json", broken, broken),) if broken else ()
    marks = Marks(tuple(places), tuple(lines), None, tuple(kinds))
    return names, [_kind(found - {type(None)}) for found in kinds.values()], n_rows, marks, entries


def _kind(found: set[type]) -> str:
    if found == {bool}:
        return "boolean"
    if found == {int}:
        return "Int64"
    return "Float64" if found and found <= {int, float} else "string"


def _delimited(file: IO[bytes], line: int, delimiter: str) -> Iterator[_Record]:
    """Records with the place where each begins; blank lines are none."""
    place, taken, begun = file.tell(), 0, line

    def decoded() -> Iterator[str]:
        nonlocal taken
        for data in file:
            taken += len(data)
            yield data.decode("utf-8-sig" if place + taken == len(data) else "utf-8").replace("\x00", "")

    before = csv.field_size_limit(max(LONGEST, csv.field_size_limit()))
    try:
        reader = csv.reader(decoded(), delimiter=delimiter)
        start = 0
        for fields in reader:
            if any(field.strip() for field in fields):
                yield _Record(place + start, begun, fields)
            start, begun = taken, line + reader.line_num
    finally:
        csv.field_size_limit(before)


def _json_lines(file: IO[bytes], line: int) -> Iterator[_Record]:
    place = file.tell()
    for number, data in enumerate(file, start=line):
        text = data.decode("utf-8-sig" if place == 0 else "utf-8")
        if text.strip():
            yield _Record(place, number, object_of_line(text))
        place += len(data)


def _too_many(fields: Sequence[str], n: int) -> bool:
    return any(field.strip() for field in fields[n:])


def _check_closed(path: Path, file: IO[bytes], last: _Record, delimiter: str) -> None:
    """A quotation mark that is never closed makes one record of all that follows."""
    file.seek(last.place)
    record = file.read().decode("utf-8-sig" if last.place == 0 else "utf-8")
    before = csv.field_size_limit(max(LONGEST, csv.field_size_limit()))
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise InputError(
                f'{path}: the quotation mark (") opened in the record of line {last.line} is never closed '
                f"({clipped(record)}). Close it, or export the file again"
            ) from error
    finally:
        csv.field_size_limit(before)
