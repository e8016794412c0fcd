"""RSS and Atom feeds that were saved as files."""

import importlib
import re
from pathlib import Path
from typing import Any

from framing.corpus.account import Entry
from framing.corpus.exports import with_language_code
from framing.corpus.markup import MOST_PAGE, plain_text
from framing.corpus.records import Records, Row, file_bytes
from framing.errors import InputError

_COLUMNS = ["article_id", "outlet", "text", "title", "date", "url", "author", "language", "summary"]
# No feed needs entities of its own; those that name each other grow without end, and others name files of this machine.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(path: Path) -> Records:
    """Read the entries of a feed: content before summary, HTML as plain text, the feed's title as outlet.

    An entry that has only a summary has it as its text, and the account notes how many have.
    """
    data = file_bytes(path)
    if len(data) > 10 * MOST_PAGE:
        raise InputError(f"{path} has {len(data):,} bytes, more than any feed. Split it into smaller files")
    if _ENTITY.search(data.replace(b"\x00", b"")):  # UTF-16 has a NUL between letters
        raise InputError(
            f"{path} defines entities of its own and was not read: they can expand without end. Save it again"
        )
    feedparser = importlib.import_module("feedparser")
    try:
        # Bytes, not the path: feedparser would fetch what looks like an address.
        feed = feedparser.parse(data, resolve_relative_uris=False, sanitize_html=True)
    except Exception as error:  # broken feeds fail anywhere in it, with any kind of exception
        raise InputError(f"{path} can't be read as a feed ({type(error).__name__}). Save it again") from error
    if not feed.get("version"):
        raise InputError(
            f"{path} is no feed: looked for <rss>, <rdf:RDF> or Atom's <feed>. "
            "Other XML can't be read; convert it to CSV or JSON Lines"
        )
    if not feed.entries:
        raise InputError(f"{path} is a feed without entries. Save it again when it has some")
    about = {"outlet": feed.feed.get("title"), "language": feed.feed.get("language")}
    rows = [_row(path, number, entry, about) for number, entry in enumerate(feed.entries, start=1)]
    return Records(_COLUMNS, rows, _notes(path, feed, rows))


def _row(path: Path, number: int, entry: Any, about: dict[str, Any]) -> Row:
    contents = [plain_text(part.get("value") or "") for part in entry.get("content", [])]
    summary = plain_text(entry.get("summary") or "")
    text = max(contents, key=len, default="") or summary
    values = {
        "article_id": entry.get("id") or entry.get("link"),
        "outlet": plain_text(about["outlet"] or ""),
        "text": text,
        "title": plain_text(entry.get("title") or ""),
        "date": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
        "author": "; ".join(person["name"] for person in entry.get("authors", []) if person.get("name")),
        "language": about["language"],
        "summary": summary if summary != text else None,
    }
    return Row(
        f"{path.name}, entry {number}", with_language_code({name: value for name, value in values.items() if value})
    )


def _notes(path: Path, feed: Any, rows: list[Row]) -> list[Entry]:
    entries = []
    if feed.get("bozo"):
        note = f"no well-formed XML ({str(feed.bozo_exception)[:120]}); read as far as it could be"
        entries.append(Entry(path.name, "noted", "malformed_feed", note))
    n_summaries = sum(
        not entry.get("content") and "text" in row.values for entry, row in zip(feed.entries, rows, strict=True)
    )
    if n_summaries:
        note = f"{n_summaries} of {len(rows)} entries have a summary only, which is their text"
        entries.append(Entry(path.name, "noted", "summary_as_text", note, n=n_summaries))
    return entries
