"""A share of articles read by every measure: what a process gets, and the compact tables that it gives back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
import pyarrow

from framing.analysis.schemas import LEXICONS, SCHEMAS, arrow_schema
from framing.corpus.languages import ENGLISH, other_languages
from framing.errors import InputError
from framing.language.model import renew_model
from framing.lexicons import Lexicon
from framing.measures.counting import lexicon_rows
from framing.measures.lookup import Lookup
from framing.measures.reading import (
    NOTHING,
    article_texts,
    attribution_rows,
    hedge_rows,
    read_article,
    sentence_rows,
    tone_rows,
)
from framing.tables import Row

ROWS = {"sentences": sentence_rows, "attributions": attribution_rows, "hedges": hedge_rows, "sentiment": tone_rows}
SHARE = 10  # articles that are read before anyone is told: fewer cost more tables, more make progress jump
DEATH = "the process that read this article died"
TEXT = pd.StringDtype(na_value=pd.NA)


class Article(NamedTuple):
    """What reading needs of an article: its id, its texts by field, and the language that its column names."""

    article_id: str
    texts: dict[str, str | None]
    language: str | None


@dataclass(frozen=True, slots=True)
class Lists:
    """What a run reads with: the lexicon of hedges, those of sentiment by name, and which language is counted."""

    hedges: Lexicon
    sentiment: Mapping[str, Lookup]
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Share:
    """Tables of a share's articles in their order; for each article what kept it from being read, and if it failed."""

    tables: dict[str, pyarrow.Table]
    problems: list[str | None]
    failed: list[bool]


def articles_of(corpus: pd.DataFrame) -> list[Article]:
    """The articles of a checked corpus."""
    told = corpus["language"] if "language" in corpus else [None] * len(corpus)
    return [
        Article(article_id, texts, None if pd.isna(language) else str(language))
        for (article_id, texts), language in zip(article_texts(corpus), told, strict=True)
    ]


def read_share(articles: Sequence[Article], lists: Lists) -> Share:
    """Read articles one after the other; whatever happens to one harms no other."""
    renew_model()
    foreign = _foreign(articles) if lists.language == ENGLISH else {}
    outcomes = [
        (_no_rows(), foreign[each.article_id], True) if each.article_id in foreign else _read_one(each, lists)
        for each in articles
    ]
    tables = {
        name: _table((row for rows, _, _ in outcomes for row in rows[name]), arrow_schema(name)) for name in SCHEMAS
    }
    return Share(tables, [problem for _, problem, _ in outcomes], [failed for _, _, failed in outcomes])


def unread(articles: Sequence[Article], problem: str) -> Share:
    """The share of articles that could not be read, for one reason."""
    tables = {name: arrow_schema(name).empty_table() for name in SCHEMAS}
    return Share(tables, [problem] * len(articles), [True] * len(articles))


def joined(shares: Sequence[Share]) -> Share:
    """Shares one after the other as one; it doesn't show in its memory where they met."""
    return Share(
        {
            name: pyarrow.concat_tables(
                [arrow_schema(name).empty_table(), *(share.tables[name] for share in shares)]
            ).combine_chunks()
            for name in SCHEMAS
        },
        [problem for share in shares for problem in share.problems],
        [failed for share in shares for failed in share.failed],
    )


def frames(share: Share) -> dict[str, pd.DataFrame]:
    """The tables with the columns and types that `as_table` gives."""
    return {name: _frame(table, SCHEMAS[name]) for name, table in share.tables.items()}


def _foreign(articles: Sequence[Article]) -> dict[str, str]:
    """Why articles that are surely not English aren't counted, by id."""
    frame = {
        "article_id": [each.article_id for each in articles],
        "text": [each.texts.get("text") for each in articles],
        "language": [each.language for each in articles],
    }
    return other_languages(pd.DataFrame(frame, dtype=object))


def _no_rows() -> dict[str, list[Row]]:
    return {name: [] for name in SCHEMAS}


def _read_one(article: Article, lists: Lists) -> tuple[dict[str, list[Row]], str | None, bool]:
    article_id, texts, _ = article
    rows = _no_rows()
    try:
        readings = read_article(article_id, texts, hedges=lists.hedges)
        for name, rows_of in ROWS.items():
            rows[name] = [row for reading in readings for row in rows_of(reading)]
        rows[LEXICONS] = [
            row
            for name, lookup in lists.sentiment.items()
            for reading in readings
            for row in lexicon_rows(reading, name, lookup)
        ]
    except InputError:  # a broken lexicon is no article's fault
        raise
    except Exception as error:  # whatever happens to one article must not take the others with it
        return _no_rows(), f"{type(error).__name__}: {error}"[:300], True
    return rows, None if (texts.get("text") or "").strip() else NOTHING, False


def _table(rows: Iterable[Row], schema: pyarrow.Schema) -> pyarrow.Table:
    rows = list(rows)
    columns = [pyarrow.array([row[field.name] for row in rows], type=field.type, from_pandas=True) for field in schema]
    return pyarrow.Table.from_arrays(columns, schema=schema)


def _frame(table: pyarrow.Table, schema: Mapping[str, str]) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for name, kind in schema.items():
        column = table.column(name)
        if kind == "object":
            columns[name] = pd.Series(column.to_pylist(), dtype=object)
        else:
            dtype: Any = TEXT if kind == "string" else pd.api.types.pandas_dtype(kind)
            columns[name] = dtype.__from_arrow__(column)
    return pd.DataFrame(columns)
