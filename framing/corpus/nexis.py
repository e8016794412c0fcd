"""Nexis Uni exports, in Word or RTF: one article or hundreds in a file, each ended by "End of Document"."""

import re
from collections.abc import Sequence
from pathlib import Path

from framing.corpus.account import Entry, set_aside
from framing.corpus.dates import parse_dates
from framing.corpus.documents import docx_lines, rtf_lines
from framing.corpus.exports import Labelled, fields_of, fill_columns
from framing.corpus.records import Records, Row
from framing.errors import InputError

_END = "end of document"
_COVER = re.compile(r"(?:Date and Time|Job Number|Documents? \(\d+\))\s*:?.*", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:Copyright\b|©|\(c\) \d{4}).*|.*\bAll Rights Reserved\.?", re.IGNORECASE)
_LABEL = re.compile(r"([A-Z][A-Za-z/-]{2,20}(?: [A-Z][a-z]{2,9})?)\s*:\s*(.*)")
_AFTER_THE_BODY = ("Classification", "Graphic", "Notes", "Correction")  # lines of their own
_TAIL_LABELS = ("Load-Date", "Language", "Publication-Type", "Correction-Date", "Journal Code")
_MOST_DATE = 120  # characters


def read_nexis(path: Path) -> Records:
    """Read the articles of a Nexis Uni export.

    An article has the lines: headline, outlet, date, copyright; then labelled ones (Section:, Length:, Byline:,
    Dateline:), "Body" with the text below it, perhaps Graphic, Notes and Classification, Load-Date:, End of Document.
    A cover page with the list of documents is passed over.
    """
    lines = docx_lines(path) if path.suffix.lower() == ".docx" else rtf_lines(path)
    lines = [stripped for line in lines if (stripped := " ".join(line.split()))]
    if not _is_nexis(lines):
        raise InputError(
            f"{path} is no Nexis Uni export: looked for the lines 'End of Document', 'Body' and 'Load-Date:'. "
            "Other documents can't be told into articles; save each article as .txt"
        )
    rows: list[Row] = []
    entries: list[Entry] = []
    for number, (chunk, ended) in enumerate(_documents(lines), start=1):
        place = f"{path.name}, article {number}"
        values = _article(chunk, has_cover=number == 1 and _has_cover(chunk))
        if values is None:
            why = "no article: looked for a date below headline and outlet, 'Body', 'Length:' or 'Load-Date:'"
            entries.append(set_aside(place, "no_article", why, "\n".join(chunk)))
            continue
        cut_off = () if ended else (("cut_off", "the file ends before 'End of Document'; the text may be incomplete"),)
        rows.append(Row(place, values, cut_off))
    if not rows:
        raise InputError(f"{path} holds no article that can be read. {entries[0].place}: {entries[0].note}")
    found = {"outlet", "text", "title", "date", *(name for row in rows for name in row.values)}
    order = ["outlet", "text", "title", "date", *(field.column for field in fields_of("nexis").values())]
    return Records([name for name in dict.fromkeys(order) if name in found and name], rows, entries)


def _is_nexis(lines: Sequence[str]) -> bool:
    has_end = any(line.casefold() == _END for line in lines)
    labels = {match[1] for line in lines if (match := _LABEL.fullmatch(line))}
    return has_end or ("Body" in lines and bool(labels & {"Load-Date", "Length"}))


def _documents(lines: Sequence[str]) -> list[tuple[list[str], bool]]:
    """Split at "End of Document": each document's lines, and whether its end was there."""
    documents: list[tuple[list[str], bool]] = []
    chunk: list[str] = []
    for line in lines:
        if line.casefold() == _END:
            documents.append((chunk, True))
            chunk = []
        else:
            chunk.append(line)
    return [*documents, (chunk, False)] if chunk else documents


def _has_cover(chunk: Sequence[str]) -> bool:
    return any(_COVER.fullmatch(line) for line in chunk[:6])


def _article(chunk: Sequence[str], *, has_cover: bool) -> dict[str, str] | None:
    body = next((n for n, line in enumerate(chunk) if line == "Body"), None)
    first_label = next((n for n, line in enumerate(chunk) if _label(line) and (not has_cover or n > 6)), None)
    end_of_head = body if body is not None else len(chunk)
    date = _date_line(chunk[:end_of_head], last=has_cover)
    if date is None and body is None and first_label is None:
        return None
    labelled: list[tuple[str, str]] = []
    if date is None:
        # No date that can be read, as in other languages: Nexis still has it above the copyright line.
        date = next((n - 1 for n, line in enumerate(chunk[:end_of_head]) if n > 1 and _COPYRIGHT.fullmatch(line)), None)
    head = chunk[:end_of_head]
    values: dict[str, str] = {}
    if date is not None and date >= 1:
        start = max(date - 2, 0) if has_cover else 0
        values = {"outlet": chunk[date - 1], "title": " ".join(chunk[start : date - 1]), "date": chunk[date]}
        head = chunk[date + 1 : end_of_head]
    elif head:
        values = {"title": head[0]}
    labelled += _labelled(head)
    text, tail = _split_tail(chunk[end_of_head + 1 :])
    labelled += tail
    return {name: value for name, value in {**values, "text": "\n\n".join(text)}.items() if value} | fill_columns(
        "nexis", labelled
    )


def _date_line(head: Sequence[str], *, last: bool) -> int | None:
    """Find the line of the date: below headline and outlet, so not the first; on a cover page, the last of all."""
    dated = [
        n for n, line in enumerate(head)
        if len(line) <= _MOST_DATE and not _LABEL.fullmatch(line) and parse_dates([line]).days[0] is not None
    ]  # fmt: skip
    if last:
        return dated[-1] if dated else None
    return next((n for n in dated if n >= 2), dated[0] if dated else None)


def _label(line: str) -> str | None:
    match = _LABEL.fullmatch(line)
    return match[1] if match and match[1] in fields_of("nexis") else None


def _labelled(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Read labelled lines; a line without a label goes on with the value above it."""
    labelled = Labelled()
    for line in lines:
        if match := _LABEL.fullmatch(line):
            labelled.add(match[1], match[2])
        elif not _COPYRIGHT.fullmatch(line):
            labelled.go_on(line)
    return labelled.pairs()


def _split_tail(lines: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Part the text from what follows it; the last line of each kind counts, since the text may have it too."""
    last: dict[str | None, int] = {}
    for n, line in enumerate(lines):
        if line in _AFTER_THE_BODY or _label(line) in _TAIL_LABELS:
            last[line if line in _AFTER_THE_BODY else _label(line)] = n
    tail = min(last.values(), default=len(lines))
    text, rest = list(lines[:tail]), lines[tail:]
    labelled = Labelled()
    classified = False  # before that, "Photo: R. Oake" is part of a caption
    for line in rest:
        classified = classified or line == "Classification"
        if line in _AFTER_THE_BODY:
            labelled.add(line, "")
        elif (match := _LABEL.fullmatch(line)) and (classified or match[1] in fields_of("nexis")):
            labelled.add(match[1], match[2])  # a label that is no field, such as Geographic, is left out later
        else:
            labelled.go_on(line)
    return text, labelled.pairs()
