"""One record of a file made into one article, with entries about everything that was done to it."""

import datetime
import json
from typing import Any, NamedTuple

from framing.corpus.account import Entry
from framing.corpus.cleaning import Piece, clean_text, cut_title_line, without_section
from framing.corpus.columns import KNOWN
from framing.corpus.records import Row
from framing.corpus.repairing import repair_text


class Article(NamedTuple):
    """One record made into an article: its fields as strings, and the entries about what was done to them."""

    fields: dict[str, Any]
    entries: list[Entry]


def make_article(number: int, row: Row, *, clean: bool) -> Article:
    """Make a record an article: repair the characters of each field, then cut out what is not the article."""
    entries = [Entry(row.place, "repaired", rule, note, number) for rule, note in row.repairs]
    fields: dict[str, Any] = {}
    for name, value in row.values.items():
        fields[name], repairs = _repaired(name, value)
        entries += [Entry(row.place, "repaired", rule, note, number, name) for rule, note in repairs]
    title, text = fields.get("title"), fields.get("text")
    for field, kept, pieces in _cut(title, text, row.title_in_text, clean):
        fields[field] = kept or None
        entries += [_removal(row, number, field, piece) for piece in pieces]
    for name in ("text", "outlet"):
        if not fields.get(name):
            entries.append(Entry(row.place, "noted", f"no_{name}", f"the article has no {name}", number, name))
    return Article(fields, entries)


def _removal(row: Row, number: int, field: str, piece: Piece) -> Entry:
    moved = piece.rule == "title_line"
    note = "moved to the title" if moved else "removed as page debris"
    return Entry(row.place, "noted" if moved else "removed", piece.rule, note, number, field, piece.start, piece.text)


def _cut(
    title: str | None, text: str | None, title_in_text: bool, clean: bool
) -> list[tuple[str, str | None, list[Piece]]]:
    """Give the fields that cutting changes, with what is kept and the pieces; offsets count from the repaired field."""
    cuts: list[tuple[str, str | None, list[Piece]]] = []
    if text is None:
        return cuts
    head: list[Piece] = []
    if title_in_text:
        title, (text, head) = cut_title_line(text)
        cuts.append(("title", title, []))
    elif clean and title and (headline := without_section(title)) != title:
        cuts.append(("title", headline, [Piece(len(headline), title[len(headline) :], "title_section")]))
    shift = sum(len(piece.text) for piece in head)
    cleaned = clean_text(text, title=title) if clean else None
    kept, body = (cleaned.text, cleaned.pieces) if cleaned else (text, [])
    cuts.append(("text", kept, [*head, *(piece._replace(start=piece.start + shift) for piece in body)]))
    return cuts


def _repaired(name: str, value: Any) -> tuple[Any, list[tuple[str, str]]]:
    if name not in KNOWN:
        return _plain(value), []
    joined = name == "text" and isinstance(value, list) and all(isinstance(part, str) for part in value)
    string = "\n\n".join(value) if joined else as_string(value)
    if string is None:
        return None, []
    repaired = repair_text(string)
    text = repaired.text if name == "text" else " ".join(repaired.text.split())
    return text or None, repaired.repairs


def as_string(value: Any) -> str | None:
    """Write a value of any file as a string, or ``None`` when it is missing."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # spreadsheets and JSON writers make 17.0 of the id 17
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (list, dict)) else str(value)


def _plain(value: Any) -> Any:
    """Keep numbers, dates and truth values of further columns; make everything else a string that can be stored."""
    storable = isinstance(value, (bool, float, datetime.date)) or (isinstance(value, int) and abs(value) < 2**63)
    if storable and value == value:
        return value
    string = as_string(value)
    return None if string is None else string.encode("utf-8", "replace").decode() or None
