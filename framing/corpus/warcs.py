"""Web archives (WARC): each page that was found is an article."""

import importlib
from collections import Counter
from pathlib import Path
from typing import Any

from framing.corpus.account import Entry, set_aside
from framing.corpus.archives import opened
from framing.corpus.markup import MOST_PAGE
from framing.corpus.records import Records, Row, check_readable
from framing.corpus.webpages import COLUMNS, page_article
from framing.errors import InputError

_HTML = ("text/html", "application/xhtml+xml")
_PIECE = 1_000_000  # bytes read at a time


def read_warc(path: Path, *, encoding: str | None = None) -> Records:
    """Read the HTML responses of a web archive; all other records are counted by kind and set aside together.

    The article's `url` is the page's canonical link, or the address it was fetched from; `fetched` is when.
    """
    check_readable(path)
    rows: list[Row] = []
    entries: list[Entry] = []
    others: Counter[tuple[str, str]] = Counter()
    problem: str | None = None
    archiveiterator = importlib.import_module("warcio.archiveiterator")
    with opened(path) as file:
        try:
            for number, record in enumerate(archiveiterator.ArchiveIterator(file), start=1):
                place = f"{path.name}, record {number}"
                if kind := _other(record):
                    others[kind] += 1
                    continue
                try:
                    rows.append(_row(place, record, encoding))
                except InputError as error:
                    entries.append(
                        set_aside(
                            place, "unreadable_page", str(error), record.rec_headers.get_header("WARC-Target-URI")
                        )
                    )
        except InputError as error:
            problem = str(error)
        except Exception as error:  # what is cut off or no WARC fails anywhere in warcio and gzip
            problem = f"the file can't be read on ({type(error).__name__}: {str(error)[:120]})"
    if not rows:
        raise InputError(_nothing(path, others, entries, problem))
    if problem:
        entries.append(set_aside(path.name, "cut_off", f"after {len(rows):,} pages: {problem}"))
    entries += [
        set_aside(path.name, rule, f"records of the kind '{kind}' hold no article: {n:,}")._replace(n=n)
        for (rule, kind), n in sorted(others.items())
    ]
    return Records([*COLUMNS, "fetched"], rows, entries)


def _other(record: Any) -> tuple[str, str] | None:
    """Say which other kind a record is (rule and kind), or ``None`` for a page."""
    if record.rec_type not in ("response", "resource"):
        return "no_page", str(record.rec_type)[:40]
    headers = record.http_headers
    if headers is None:
        kind = record.rec_headers.get_header("Content-Type", "")
    else:
        status = headers.get_statuscode()
        if status != "200":
            return "no_page", f"answer {status[:3]}"
        kind = headers.get_header("Content-Type", "")
    kind = kind.partition(";")[0].strip().lower()[:60]
    return None if kind in _HTML else ("no_page", kind or "no content type")


def _row(place: str, record: Any, encoding: str | None) -> Row:
    stream = record.content_stream()
    pieces: list[bytes] = []
    n_bytes = 0
    while n_bytes <= MOST_PAGE and (piece := stream.read(_PIECE)):
        pieces.append(piece)
        n_bytes += len(piece)
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>") or None
    cut_off: tuple[tuple[str, str], ...] = ()
    if not piece and record.raw_stream.limit > 0:  # warcio takes what is there for the whole
        cut_off = (("cut_off", f"the record ends {record.raw_stream.limit:,} bytes early"),)
    values, repairs = page_article(b"".join(pieces), url=address, encoding=encoding)
    guess = values.pop("host", None)
    fetched = record.rec_headers.get_header("WARC-Date")
    columns = {"article_id": address, **values, "fetched": fetched}
    return Row(place, columns, (*repairs, *cut_off), loose=True, guess=guess)


def _nothing(path: Path, others: Counter[tuple[str, str]], entries: list[Entry], problem: str | None) -> str:
    found = ", ".join(f"{n:,} {kind}" for (_, kind), n in others.most_common(5))
    reasons = [
        *([f"it holds {found}"] if found else []),
        *([f"{entries[0].place}: {entries[0].note}"] if entries else []),
        *([problem] if problem else []),
    ]
    return (
        f"{path} holds no page that can be read; looked for WARC records that answer with HTML; "
        f"{'; '.join(reasons) or 'it holds no record'}. Download it again, or save the pages as .html"
    )
