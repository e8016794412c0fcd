"""RIS, the exchange format of reference managers, which news databases offer too."""

import re
from collections import Counter
from pathlib import Path

from framing.corpus.account import Entry, set_aside
from framing.corpus.delimited import decode_file
from framing.corpus.exports import Labelled, fields_of, fill_columns
from framing.corpus.records import Records, Row
from framing.errors import InputError

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)")
_DAY = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:/.*)?")
_YEAR = re.compile(r"(\d{4})/+")


def is_ris(text: str) -> bool:
    r"""Say whether a text is RIS: its first line with anything is a type (``TY  - ``).

    Examples
    --------
    >>> is_ris("TY  - NEWS\nT1  - Rain\nER  - ")
    True
    """
    return re.match(r"\ufeff?\s*TY {1,2}- ", text[:1000]) is not None


def read_ris(path: Path, *, encoding: str | None = None) -> Records:
    """Read the references of an RIS file: `text` from N2, or else from AB, which the account notes.

    T1 or TI is the title; JF, T2, JO, JA or PB the outlet; DA, Y1 or PY the date; AU and A1 authors; UR the address.
    """
    text, note = decode_file(path, encoding)
    entries = [Entry(path.name, "noted", "encoding", note)] if note else []
    rows: list[Row] = []
    used: Counter[str] = Counter()
    tags: Labelled | None = None
    start = 0
    stray: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match and match[1] == "TY":
            if tags is not None:
                rows.append(_row(path, start, tags.pairs(), used, ended=False))
            tags, start = Labelled(), number
        elif tags is None:
            if line.strip("\ufeff \r\t"):
                stray.append((number, line))
        elif match and match[1] == "ER":
            rows.append(_row(path, start, tags.pairs(), used, ended=True))
            tags = None
        elif match:
            tags.add(match[1], match[2] or "")
        else:
            tags.go_on(line.strip())
    if tags is not None:
        rows.append(_row(path, start, tags.pairs(), used, ended=False))
    if not rows:
        raise InputError(f"{path} is no RIS file: looked for lines that begin 'TY  - '. Export the references again")
    if stray:
        where = f"{path.name}, line {stray[0][0]}"
        lines = "\n".join(line for _, line in stray)
        entries.append(set_aside(where, "outside_records", f"{len(stray)} lines outside of any record", lines))
    if used["AB"]:
        note = f"{used['AB']} of {len(rows)} records have an abstract (AB) only, which is their text"
        entries.append(Entry(path.name, "noted", "abstract_as_text", note, n=used["AB"]))
    found = {"outlet", "text", *(name for row in rows for name in row.values)}
    order = dict.fromkeys(field.column for field in fields_of("ris").values())
    return Records([name for name in order if name in found], rows, entries)


def _row(path: Path, start: int, tags: list[tuple[str, str]], used: Counter[str], *, ended: bool) -> Row:
    values = fill_columns("ris", [(tag, _day(value) if tag in ("DA", "Y1", "PY") else value) for tag, value in tags])
    if "text" in values and not any(tag == "N2" and value.strip() for tag, value in tags):
        used["AB"] += 1
    cut_off = () if ended else (("cut_off", "the record has no end (ER); it may be incomplete"),)
    return Row(f"{path.name}, line {start}", values, cut_off)


def _day(value: str) -> str:
    """Write "2019/03/05/" as an ISO day; a year alone stays a year, which is no day."""
    if match := _DAY.fullmatch(value.strip()):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    match = _YEAR.fullmatch(value.strip())
    return match[1] if match else value
