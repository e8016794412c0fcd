"""From a compared metric to the sentences behind it: a sample that nobody picked by hand."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from framing.analysis.metrics import count_row, evidence_rows, metric_row
from framing.views.inputs import AnalysisTables, Row, Texts, annotation_tables
from framing.views.marks import Span, marks_of
from framing.views.numbers import is_missing
from framing.views.segments import Mark, marked_line

BEYOND = 300  # characters shown before or after the sentence when a quotation runs on


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence with its marks, the article it is from, and where its first mark begins there."""

    article_id: str
    outlet: str
    marked: Markup
    field: str
    start: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Some of the places that one outlet's number counts."""

    outlet: str
    n_places: int
    n_articles: int
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was counted, and a sample of it for each outlet."""

    about: str
    samples: Sequence[Sample]


class EvidenceFinder:
    """Finds the places behind rows of a comparison; knows where each sentence begins and ends."""

    def __init__(self, analysis: AnalysisTables, texts: Texts) -> None:
        self._texts = texts
        self._tables = annotation_tables(analysis)
        self._articles = analysis.articles
        found = analysis.sentences
        keys = zip(found["article_id"], found["field"], found["sentence"], strict=True)
        self._sentences = dict(zip(keys, zip(found["start"], found["end"], strict=True), strict=True))

    def find(self, row: Mapping[str, Any], *, n_per_outlet: int) -> Evidence | None:
        """Sample the places behind one row of a comparison.

        Parameters
        ----------
        row : mapping
            A row of `compare_outlets`: `metric, outlet, versus, n_events`.
        n_per_outlet : int
            How many places of each outlet to show, from different articles first.

        Returns
        -------
        Evidence or None
            None for a metric that the package didn't make, since only its author knows what it counts.
        """
        found = self._places(row)
        if found is None:
            return None
        counted, counts, sides = found
        samples = [
            self._sample(outlet, places, str(counts["table"]), counted, n_per_outlet)
            for outlet, places in sides.items()
        ]
        return Evidence(str(counts["about"]), samples)

    def all_places(self, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        """List every place behind one row of a comparison: `outlet, article_id, field, start, end, passage`.

        `start` and `end` are what is counted; the passage is the sentence or more around it.
        """
        found = self._places(row)
        if found is None:
            return []
        counted, counts, sides = found
        rows = []
        for outlet, places in sides.items():
            for place in places.to_dict("records"):
                article_id, field = str(place["article_id"]), str(place["field"])
                text = self._texts.get(article_id, field)
                marks = self._marks(place, str(counts["table"]), counted)
                start, end = self._window(place, marks, len(text))
                edges = [edge for mark in marks for edge in (mark.start, mark.end)] or [start, end]
                rows.append(
                    {
                        "outlet": outlet,
                        "article_id": article_id,
                        "field": field,
                        "start": min(edges),
                        "end": max(edges),
                        "passage": text[start:end],
                    }
                )
        return rows

    def _places(self, row: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], dict[str, pd.DataFrame]] | None:
        """Give what a metric counts, the row that says how, and the places on each side."""
        made = metric_row(str(row["metric"]))
        if made is None:
            return None
        counted = str(made["numerator"])
        places = counted_places(self._tables, counted)
        sides = {outlet: places[places["article_id"].isin(ids)] for outlet, ids in self._sides(row).items()}
        return counted, count_row(counted) or {}, sides

    def sentences_of(self, article_id: str, metric: str) -> list[Markup]:
        """List the sentences of one article that a metric's number counts, in the text's order, with all that counts.

        A quotation that runs over several sentences stands with the first of them.
        """
        made = metric_row(metric)
        if made is None:
            return []
        counted = str(made["numerator"])
        table = str((count_row(counted) or {})["table"])
        places = counted_places(self._tables, counted)
        places = places[places["article_id"] == article_id]
        by_sentence = places.groupby(["field", "sentence"], sort=False)
        return [self._marked(rows.to_dict("records"), table, counted) for _, rows in by_sentence]

    def _sides(self, row: Mapping[str, Any]) -> dict[str, set[str]]:
        """Articles that were compared, by outlet; when events were paired, those of events that both sides told."""
        outlet, versus = str(row["outlet"]), str(row["versus"])
        articles = self._articles
        others = [o for o in articles["outlet"].unique() if o == versus] or [
            o for o in articles["outlet"].unique() if o != outlet
        ]
        if "event" in articles.columns and not is_missing(row.get("n_events")):
            mine = set(articles.loc[articles["outlet"] == outlet, "event"].dropna())
            theirs = set(articles.loc[articles["outlet"].isin(others), "event"].dropna())
            if mine & theirs:
                articles = articles[articles["event"].isin(mine & theirs)]
        return {side: set(articles.loc[articles["outlet"] == side, "article_id"]) for side in [outlet, *others]}

    def _sample(self, outlet: str, places: pd.DataFrame, table: str, counted: str, n: int) -> Sample:
        chosen = spread_sample(places, n, salt=counted)
        excerpts = [self._excerpt(row, outlet, table, counted) for row in chosen.to_dict("records")]
        return Sample(outlet, len(places), places["article_id"].nunique(), excerpts)

    def _excerpt(self, row: Row, outlet: str, table: str, counted: str) -> Excerpt:
        edges = [mark.start for mark in self._marks(row, table, counted)]
        marked = self._marked([row], table, counted)
        return Excerpt(str(row["article_id"]), outlet, marked, str(row["field"]), min(edges, default=0))

    def _marked(self, rows: Sequence[Row], table: str, counted: str) -> Markup:
        """Write the sentence of some rows, all of the same sentence, with their marks."""
        text = self._texts.get(str(rows[0]["article_id"]), str(rows[0]["field"]))
        marks = [mark for row in rows for mark in self._marks(row, table, counted)]
        start, end = self._window(rows[0], marks, len(text))
        before, after = "…" * (start > 0 and not _begins(text, start)), "…" * (end < len(text) and not _ends(text, end))
        return Markup("{}{}{}").format(before, marked_line(text, marks, start, end), after)

    def _marks(self, row: Row, table: str, counted: str) -> list[Mark]:
        if counted.startswith("n_words"):
            # Words are counted here, not tone: the stretch itself is the evidence.
            note = "Words in the voice that is counted."
            return [Mark("content", int(row["start"]), int(row["end"]), f"{row['voice']}'s words", note)]
        return marks_of(table, row)

    def _window(self, row: Row, marks: Sequence[Mark], length: int) -> tuple[int, int]:
        edges = [edge for mark in marks for edge in (mark.start, mark.end)]
        start, end = self._sentence(row) or (min(edges, default=0), max(edges, default=length))
        return (
            max(start - BEYOND, min([start, *edges]), 0),
            min(end + BEYOND, max([end, *edges]), length),
        )

    def _sentence(self, row: Row) -> Span | None:
        span = self._sentences.get((row["article_id"], row["field"], row["sentence"]))
        return None if span is None else (int(span[0]), int(span[1]))


def counted_places(tables: Mapping[str, pd.DataFrame], counted: str) -> pd.DataFrame:
    """Take the annotation rows that a count adds up, each thing once, without rows that add nothing to it."""
    rows = evidence_rows(tables, counted)
    add = str((count_row(counted) or {})["add"])
    if add == "rows":
        return rows
    if add.startswith("distinct:"):
        column = add.removeprefix("distinct:")
        return rows.dropna(subset=[column]).drop_duplicates(["article_id", column])
    if add.startswith("balance:"):
        # A booster adds 1 and a hedge takes 1 away: each thing once, whatever its rows.
        return rows.drop_duplicates(["article_id", "hedge_id"])
    column = add.partition("*")[0]
    return rows[rows[column].notna() & (rows[column] != 0).fillna(False)]


def spread_sample(places: pd.DataFrame, n: int, *, salt: str) -> pd.DataFrame:
    """Take at most `n` rows, one from each article before a second from any, in the table's order.

    Which ones is decided by a hash of article and place: the same rows in every run, and none chosen for its looks.
    """
    keys = [_key(salt, *place) for place in zip(places["article_id"], places["field"], _starts(places), strict=True)]
    ranked = places.assign(_key=keys).sort_values("_key", kind="stable")
    ranked = ranked.assign(_turn=ranked.groupby("article_id").cumcount())
    chosen = ranked.sort_values(["_turn", "_key"], kind="stable").head(n).index
    return places[places.index.isin(chosen)]


def _starts(places: pd.DataFrame) -> pd.Series:
    if "start" in places.columns:
        return places["start"]
    identity = "attribution_id" if "attribution_id" in places.columns else "sentence"
    return places[identity]


def _key(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf8")).hexdigest()


def _begins(text: str, start: int) -> bool:
    return not text[:start].strip() or text[start - 1].isspace()


def _ends(text: str, end: int) -> bool:
    return text[end : end + 1].isspace() or text[end - 1 : end] in ".!?”\"'’"
