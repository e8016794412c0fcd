"""The columns of a corpus: their names, what users call them instead, and their types."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

import pandas as pd

REQUIRED = ("article_id", "outlet", "text")
OPTIONAL = ("title", "date", "url", "author", "event", "language")
KNOWN = REQUIRED + OPTIONAL
STRINGS = tuple(name for name in KNOWN if name != "date")

STRING = pd.StringDtype(na_value=pd.NA)
# Microseconds reach from year -290,000 to 290,000; pandas' older default, nanoseconds, ends in 1677 and 2262.
DATE: Final = "datetime64[us]"

# What exports, scrapers and published corpora call the columns. It only helps error messages: no column is renamed on a
# guess, since "source" is the outlet in one corpus and the person quoted in the next.
CANDIDATES = {
    "article_id": ["id", "uuid", "doc_id", "document_id", "docid", "articleid", "article", "filename", "file"],
    "outlet": [
        "source",
        "publication",
        "publisher",
        "newspaper",
        "paper",
        "media",
        "medium",
        "site",
        "domain",
        "source_name",
    ],
    "text": [
        "body",
        "content",
        "article_text",
        "full_text",
        "fulltext",
        "maintext",
        "main_text",
        "story",
        "article",
        "document",
    ],
}


def missing_column(name: str, columns: Iterable[Hashable], *, thing: str = "corpus") -> str:
    """Say that a column is missing, what there is, and which one is likely meant.

    Examples
    --------
    >>> print(missing_column("outlet", ["source", "body"]))
    corpus has no column 'outlet'; it has: source, body. Rename one: corpus.rename(columns={"source": "outlet"})
    """
    present = [str(column) for column in columns]
    found = f"it has: {shown(present)}" if present else "it has no columns"
    return f"{thing} has no column '{name}'; {found}. {_advice(name, present)}"


def _advice(name: str, present: Sequence[str]) -> str:
    likely = likely_column(name, present)
    if likely is not None:
        return f'Rename one: corpus.rename(columns={{"{clipped(likely)}": "{name}"}})'
    if name == "article_id":
        return 'Number the rows: corpus.assign(article_id=[f"a{row}" for row in range(len(corpus))])'
    return f'Rename the column that holds it: corpus.rename(columns={{"its name": "{name}"}})'


def likely_column(name: str, present: Sequence[str]) -> str | None:
    """Find the column that is probably meant by `name`, or ``None``."""
    by_key = {column.strip().casefold().replace(" ", "_"): column for column in present}
    wanted = (name, *CANDIDATES.get(name, ()))
    return next((by_key[key] for key in wanted if key in by_key), None)


def shown(values: Iterable[object], *, most: int = 12) -> str:
    """List values for a message: at most `most` of them, each clipped, and how many more there are."""
    values = list(values)
    more = f" and {len(values) - most} more" if len(values) > most else ""
    return ", ".join(clipped(str(value)) for value in values[:most]) + more


def clipped(value: str, *, most: int = 40) -> str:
    """Cut a long value for a message, on one line."""
    line = " ".join(value.split())
    return line if len(line) <= most else line[: most - 1] + "…"
