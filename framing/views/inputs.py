"""What a view is given: the tables of an analysis, and the texts that their offsets point into."""

from collections.abc import Hashable, Mapping
from typing import Any, Protocol

import pandas as pd

from framing.corpus import check_corpus
from framing.errors import InputError

Row = Mapping[Hashable, Any]


class AnalysisTables(Protocol):
    """The tables of a run; `framing.analysis.Analysis` has them."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article: its metadata, counts, metrics and problem."""

    @property
    def sentences(self) -> pd.DataFrame:
        """Offsets of every sentence."""

    @property
    def attributions(self) -> pd.DataFrame:
        """Who is said to have said, thought or shown what."""

    @property
    def hedges(self) -> pd.DataFrame:
        """Hedging expressions and boosters."""

    @property
    def sentiment(self) -> pd.DataFrame:
        """Tone by sentence and voice."""

    @property
    def lexicon_counts(self) -> pd.DataFrame:
        """Words of a user's lexicons by sentence and voice."""

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Versions, parameters and hashes of the run."""


def annotation_tables(analysis: AnalysisTables) -> dict[str, pd.DataFrame]:
    """Give the annotation tables under the names that `framing.analysis.metrics` calls them by."""
    return {
        "sentences": analysis.sentences,
        "attributions": analysis.attributions,
        "hedges": analysis.hedges,
        "sentiment": analysis.sentiment,
        "lexicon_counts": analysis.lexicon_counts,
    }


class Texts:
    """The text and title of every article, looked up by `article_id`; an empty string where there is none."""

    def __init__(self, corpus: pd.DataFrame) -> None:
        for column in ("article_id", "text"):
            if column not in corpus.columns:
                raise InputError(
                    f"corpus has no column '{column}'; it has: {', '.join(map(str, corpus.columns))}. "
                    "Give the corpus that was analysed, with its texts."
                )
        # As `analyze` saw it: an id that was a number there is a string here too.
        corpus = check_corpus(corpus, required=("article_id", "text"))
        ids = corpus["article_id"]
        self._fields: dict[str, dict[str, str]] = {
            field: dict(zip(ids, _strings(corpus[field]), strict=True))
            for field in ("text", "title")
            if field in corpus.columns
        }

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._fields["text"]

    def get(self, article_id: str, field: str) -> str:
        """Read one field of one article."""
        if article_id not in self:
            raise InputError(
                f"corpus has no article {article_id!r}, which the analysis has. Give the corpus that was analysed."
            )
        return self._fields.get(field, {}).get(article_id, "")


class RowsByArticle:
    """The rows of an annotation table, looked up by article and field and made only when they are asked for."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._columns = {column: table[column].to_numpy(dtype=object) for column in table.columns}
        self._places: dict[tuple[str, str], list[int]] = {}
        for place, key in enumerate(zip(self._columns["article_id"], self._columns["field"], strict=True)):
            self._places.setdefault(key, []).append(place)

    def get(self, article_id: str, field: str) -> list[Row]:
        """Give the rows of one field of one article, in the table's order."""
        places = self._places.get((article_id, field), [])
        return [{column: values[place] for column, values in self._columns.items()} for place in places]


def _strings(values: pd.Series) -> list[str]:
    return [value if isinstance(value, str) else "" for value in values]
