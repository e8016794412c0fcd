"""The tables of a package against those of a fresh analysis, row by row."""

from collections import Counter
from typing import Any

import pandas as pd

from framing.analysis import Analysis
from framing.tables import Schema, as_table
from framing.validity.replication.package import EXTRA, SAME
from framing.validity.replication.schema import keep_of
from framing.validity.replication.textfree import Cleaner, side_by_side

TABLE_ROWS: Schema = {
    "table": "string",
    "n_recorded": "Int64",
    "n_here": "Int64",
    "n_same": "Int64",
    "n_articles_differ": "Int64",
}
ALL_TEXTS = "\x00all"  # no article's id
_ABOUT = {"outlet", "event", "date", "author", "copy", "agency", "original", "share_copied"}
_BY_PLACE = ("sentences", "attributions", "hedges", "sentiment", "lexicon_counts")


def as_recorded(fresh: Analysis, keys: dict[str, str]) -> Analysis:
    """Take the words out of a fresh analysis in the same way; the names in it have passed already, or are numbers."""
    cleaner = Cleaner(keys, texts=pd.DataFrame({"text": []}))
    cleaner.ids = frozenset(fresh.articles["article_id"])
    chains = side_by_side(fresh.tables)
    tables = {name: cleaner.clean(name, table, chains.get(name)) for name, table in fresh.tables.items()}
    return Analysis(**tables, provenance=fresh.provenance)


def same_texts(texts: list[dict[str, str]]) -> set[str]:
    """The articles whose text is the same, with `ALL_TEXTS` among them when all of the package's are."""
    ours = [row for row in texts if row["text"] != EXTRA]
    same = {row["article_id"] for row in ours if row["text"] == SAME}
    return same | ({ALL_TEXTS} if len(same) == len(ours) else set())


def compare_tables(recorded: Analysis, fresh: Analysis, same_text: set[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Count the rows that come out the same, and name the tables in which an article's don't."""
    rows, apart = [], dict[str, list[str]]()
    present = set(fresh.articles["article_id"])
    for name in ("articles", *_BY_PLACE):
        one, other = recorded.tables[name], fresh.tables[name]
        # What the corpus says of an article, its event for instance, may have been given to it later.
        columns = [str(c) for c in one if c in other and not (name == "articles" and c in _ABOUT)]
        was, now = (_by_article(name, table, columns, same_text) for table in (one, other))
        same, differ = 0, []
        for article in sorted({*was, *now}):
            before, after = was.get(article, Counter()), now.get(article, Counter())
            same += sum((before & after).values())
            if before != after and article in present:
                differ.append(article)
                apart.setdefault(article, []).append(name)
        counts = {"n_recorded": len(one), "n_here": len(other), "n_same": same, "n_articles_differ": len(differ)}
        rows.append({"table": name, **counts})
    return as_table(rows, TABLE_ROWS), {article: ", ".join(names) for article, names in apart.items()}


def _by_article(
    name: str, table: pd.DataFrame, columns: list[str], same_text: set[str]
) -> dict[str, Counter[tuple[str, ...]]]:
    """Count the rows of each article; hashes whose key is another one are no sign of anything and count as alike."""
    articles = [str(article) for article in table["article_id"]]
    whole = ALL_TEXTS in same_text
    cells = []
    for column in columns:
        values = [_cell(value) for value in table[column]]
        keep = keep_of(name, column)
        of_article = keep is not None and keep.kind == "hashed_words"
        known = [article in same_text if of_article else whole for article in articles]
        cells.append(["#" if v[:1] == "#" and not k else v for v, k in zip(values, known, strict=True)])
    found: dict[str, Counter[tuple[str, ...]]] = {}
    for article, *row in zip(articles, *cells, strict=True):
        found.setdefault(article, Counter())[tuple(row)] += 1
    return found


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return str(value)
    if pd.isna(value):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
