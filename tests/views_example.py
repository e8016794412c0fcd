"""A small corpus with annotations made by hand: whoever builds the sentences knows where everything lies."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from framing.analysis.article_sums import article_counts, article_metrics
from framing.tables import ATTRIBUTIONS, HEDGES, LEXICON_COUNTS, SENTENCES, SENTIMENT, as_table

OUTLETS = ("Courier", "Herald", "Wire")
PROVENANCE = {
    "package": "0.1.0",
    "model": {"name": "en_core_web_sm", "version": "3.8.0"},
    "lexicons": {"hedges_en": {"version": "1.0", "sha256": "ab" * 32}},
    "parameters": {"workers": None},
}


class ArticleBuilder:
    """Writes one article sentence by sentence and keeps the rows that its annotations are."""

    def __init__(self, article_id: str) -> None:
        self.article_id, self.text = article_id, ""
        self.rows: dict[str, list[dict[str, Any]]] = {
            "sentences": [],
            "attributions": [],
            "hedges": [],
            "sentiment": [],
        }

    def quote(self, source: str, content: str, *, source_type: str = "named_person") -> None:
        """One sentence: content, said, source."""
        start = self._begin()
        self.text += content
        content_span = (start, len(self.text))
        self.text += " said "
        cue = (len(self.text) - 5, len(self.text) - 1)
        source_start = len(self.text)
        self.text += source
        number = len(self.rows["attributions"])
        row = {
            "attribution_id": f"{self.article_id}:text:{number}", "type": "direct", "source_start": source_start,
            "source_end": len(self.text), "source": source, "source_name": source, "source_type": source_type,
            "cue_start": cue[0], "cue_end": cue[1], "cue": "said", "cue_lemma": "say", "cue_type": "speech",
            "cue_stance": "neutral", "hedged": False, "content_spans": [list(content_span)], "content": content,
            "rule": "quotation", "official": None,
        }  # fmt: skip
        self._add("attributions", row)
        self._tone(content_span, "source", row["attribution_id"])
        self._tone((content_span[1], len(self.text)), "outlet", None)
        self._end(start)

    def plain(self, sentence: str, *, hedge: str | None = None, category: str = "epistemic") -> None:
        """One sentence in the outlet's words."""
        start = self._begin()
        self.text += sentence
        if hedge is not None:
            at = start + sentence.index(hedge)
            row = {
                "hedge_id": f"{self.article_id}:text:{len(self.rows['hedges'])}", "start": at, "end": at + len(hedge),
                "hedge": hedge, "lemma": hedge, "category": category, "scope_start": None, "scope_end": None,
                "voice": "outlet", "attribution_id": None, "rule": "modal",
            }  # fmt: skip
            self._add("hedges", row)
        self._tone((start, len(self.text)), "outlet", None)
        self._end(start)

    def paragraph(self) -> None:
        self.text += "\n\n"

    def _begin(self) -> int:
        if self.text and not self.text.endswith("\n"):
            self.text += " "
        return len(self.text)

    def _end(self, start: int) -> None:
        row = {"paragraph": 0, "start": start, "end": len(self.text), "n_words": len(self.text[start:].split())}
        self._add("sentences", row)

    def _tone(self, span: tuple[int, int], voice: str, attribution_id: str | None) -> None:
        surface = self.text[slice(*span)]
        positive, negative = surface.count("good"), surface.count("bad")
        score = None if positive + negative == 0 else (positive - negative) / (positive + negative)
        row = {
            "voice": voice, "attribution_id": attribution_id, "start": span[0], "end": span[1],
            "n_words": len(surface.split()), "n_positive": positive, "n_negative": negative, "score": score,
            "score_vader": score, "terms": "good +1.9" * bool(positive) or "bad −2.5" * bool(negative) or None,
        }  # fmt: skip
        self._add("sentiment", row)

    def _add(self, table: str, row: dict[str, Any]) -> None:
        number = sum(1 for _ in self.rows["sentences"])
        self.rows[table].append({"article_id": self.article_id, "field": "text", "sentence": number, **row})


def make_analysis(
    articles: list[ArticleBuilder], metadata: list[dict[str, Any]], provenance: dict[str, Any] = PROVENANCE
) -> tuple[SimpleNamespace, pd.DataFrame]:
    """An analysis and its corpus from built articles and a row of metadata for each."""
    schemas = {"sentences": SENTENCES, "attributions": ATTRIBUTIONS, "hedges": HEDGES, "sentiment": SENTIMENT}
    tables = {name: as_table([r for a in articles for r in a.rows[name]], schema) for name, schema in schemas.items()}
    about = pd.DataFrame([{"article_id": a.article_id, **row} for a, row in zip(articles, metadata, strict=True)])
    about = about.convert_dtypes()
    counts = article_counts(tables, about["article_id"])
    problem = pd.DataFrame({"problem": about.get("problem", pd.Series([pd.NA] * len(about), dtype="string"))})
    frame = pd.concat(
        [about.drop(columns="problem", errors="ignore"), counts, article_metrics(counts), problem], axis=1
    )
    corpus = about.assign(text=pd.array([a.text or pd.NA for a in articles], dtype="string"))
    tables["lexicon_counts"] = as_table([], LEXICON_COUNTS)
    return SimpleNamespace(articles=frame, provenance=provenance, **tables), corpus


def newsroom(
    n_events: int = 8, outlets: tuple[str, ...] = OUTLETS, n_paragraphs: int = 2
) -> tuple[SimpleNamespace, pd.DataFrame]:
    """Each outlet tells each event; the first quotes more than the others, the last hedges more."""
    built, metadata = [], []
    for event in range(n_events):
        for number, outlet in enumerate(outlets):
            article = ArticleBuilder(f"e{event}-{outlet}")
            for paragraph in range(n_paragraphs):
                _write(article, event + paragraph, number)
                article.paragraph()
            built.append(article)
            metadata.append(
                {
                    "outlet": outlet,
                    "title": f"Event {event} as the {outlet} tells it",
                    "date": f"2024-03-{event % 28 + 1:02}",
                    "event": f"event {event}",
                    "url": f"https://example.org/{event}/{number}",
                    "author": "A. Writer",
                }
            )
    return make_analysis(built, metadata)


def _write(article: ArticleBuilder, event: int, outlet: int) -> None:
    for turn in range(2 + (outlet == 0) * (1 + event % 3)):
        article.quote(
            f"Minister {'ABCDEF'[turn]}", f"“The plan for the harbour is {'good' if turn % 2 else 'bad'} for us all,”"
        )
    article.plain("The council met on Monday in the town hall, and many people came to listen.")
    for _ in range(outlet + event % 2):
        article.plain("The works may take a year, and nobody knows the cost.", hedge="may")
    if outlet == 2:
        article.plain("Clearly this is a bad year for the town.", hedge="Clearly", category="booster")
