"""Datelines: where an article was written, and for which agency, kept as a column while the text keeps its characters.

What a dateline looks like is in `datelines_en.csv`, one pattern a row, each with an example that a test matches.
"""

import csv
import functools
import importlib.resources
import itertools
import re
from collections.abc import Sequence
from typing import Any

# A headline, a byline and a credit may stand before the paragraph with the dateline.
_PARAGRAPHS = 4
_LONGEST = 120  # characters
_SHORTEST_REST = 20  # characters that follow in the paragraph, or it is a label


def find_dateline(text: str) -> str | None:
    r"""Find the dateline of an article, without the dash that ends it; ``None`` when it has none.

    Notes
    -----
    Looked for in the first four paragraphs, and nothing is cut: rules of attribution and of agency copy read it where
    it stands.

    Examples
    --------
    >>> find_dateline("Bridge closed\n\nWASHINGTON (AP) — The old bridge was closed on Monday.")
    'WASHINGTON (AP)'
    >>> find_dateline("WATCH — The old bridge was closed on Monday.") is None
    True
    """
    paragraphs = (line.strip() for line in text.split("\n"))
    for paragraph in itertools.islice(filter(None, paragraphs), _PARAGRAPHS):
        match = dateline_pattern().match(paragraph[:_LONGEST])
        if match and len(paragraph) - match.end() >= _SHORTEST_REST:
            return str(next(filter(None, match.groups())))
    return None


def read_datelines(articles: Sequence[dict[str, Any]]) -> None:
    """Give each article that names none its dateline, in place."""
    for article in articles:
        article["dateline"] = article.get("dateline") or find_dateline(article.get("text") or "")


@functools.cache
def dateline_pattern() -> re.Pattern[str]:
    """Read `datelines_en.csv` and join its patterns into one."""
    source = importlib.resources.files("framing.corpus").joinpath("datelines_en.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines())
    # A name can stand only once in an expression.
    patterns = [row["pattern"].replace("?P<dateline>", f"?P<d{number}>") for number, row in enumerate(rows)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
