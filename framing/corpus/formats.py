"""Which reader reads which file."""

from collections.abc import Callable
from pathlib import Path

from framing.corpus.binaryfiles import read_excel, read_parquet
from framing.corpus.delimited import read_delimited
from framing.corpus.feeds import read_feed
from framing.corpus.jsonfiles import read_json
from framing.corpus.nexis import read_nexis
from framing.corpus.records import Records
from framing.corpus.ris import read_ris
from framing.corpus.textfiles import read_text_file
from framing.corpus.warcs import read_warc
from framing.corpus.webpages import read_page_file
from framing.errors import InputError

FORMATS: dict[str, str] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".docx": "nexis",
    ".rtf": "nexis",
    ".ris": "ris",
}


def format_of(path: Path) -> str | None:
    """Say which format a file's name promises, or ``None`` for one that can't be read.

    Examples
    --------
    >>> format_of(Path("nexis/Articles.DOCX")), format_of(Path("crawl.warc.gz")), format_of(Path("photo.jpg"))
    ('nexis', 'warc', None)
    """
    name = path.name.lower()
    return next((kind for suffix, kind in FORMATS.items() if name.endswith(suffix)), None)


def read_file(path: Path, *, encoding: str | None = None) -> Records:
    """Read one file of any format."""
    kind = format_of(path)
    if kind is None:
        raise InputError(
            f"{path} has a format that can't be read ('{path.suffix}'); "
            f"possible are {', '.join(FORMATS)} and a folder of such files. Convert it to one of them"
        )
    readers: dict[str, Callable[[], Records]] = {
        "csv": lambda: read_delimited(path, encoding=encoding),
        "json": lambda: read_json(path, encoding=encoding),
        "parquet": lambda: read_parquet(path),
        "excel": lambda: read_excel(path),
        "text": lambda: read_text_file(path, encoding=encoding),
        "page": lambda: read_page_file(path, encoding=encoding),
        "feed": lambda: read_feed(path),
        "warc": lambda: read_warc(path, encoding=encoding),
        "nexis": lambda: read_nexis(path),
        "ris": lambda: read_ris(path, encoding=encoding),
    }
    return readers[kind]()
