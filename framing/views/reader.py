"""The annotated article: who speaks, by which cue, in which words, and how sure it sounds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from framing.errors import InputError
from framing.views.inputs import AnalysisTables, Row, RowsByArticle, Texts
from framing.views.marks import check_surfaces, field_marks
from framing.views.numbers import is_missing
from framing.views.segments import marked_line, marked_paragraphs
from framing.views.templating import render, web_address

FIELDS = ("text", "title")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its annotations, as a piece of HTML that Jupyter shows and `html` gives."""

    article_id: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"AnnotatedArticle({self.article_id!r})"


def show_article(
    analysis: AnalysisTables, corpus: pd.DataFrame, article_id: str, *, field: str = "text"
) -> AnnotatedArticle:
    """Show an article with its sources, cues, attributed words, hedges and boosters marked.

    Every mark has a label and a line of its own kind, so that it is told from the others without colour; words in a
    source's voice are shaded. A mark on which the mouse rests, that is tapped or reached with the Tab key says what it
    is, in words, and how it was found. It turns dark with JupyterLab, VS Code and the pages of a documentation, and
    elsewhere with the system.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave: its tables `articles`, `attributions` and `hedges` are read.
    corpus : pandas.DataFrame
        The corpus that was analysed, with `article_id`, `text` and, if it has them, `title` and `url`.
    article_id : str
        The article to show.
    field : {"text", "title"}
        What to show: the text under its title, or the title alone.

    Returns
    -------
    AnnotatedArticle
        Jupyter shows it as it is; `.html` is the piece of HTML as text, with its style and no script.

    Raises
    ------
    InputError
        If the analysis or the corpus has no such article, or the corpus holds another text than was analysed.

    Notes
    -----
    Marks show what the rules found, not what is there: a source that was missed is not marked.
    """
    if field not in FIELDS:
        raise InputError(f"field is {field!r}; allowed are: {', '.join(FIELDS)}.")
    reader = ArticleReader(analysis, Texts(corpus))
    if article_id not in reader:
        raise InputError(
            f"the analysis has no article {article_id!r}. Choose one of analysis.articles['article_id'], "
            f"for example {reader.example!r}."
        )
    return AnnotatedArticle(article_id, render("article.html", article=reader.view(article_id, field=field)))


class ArticleReader:
    """Makes what a template needs to show articles; its tables are sorted out by article once."""

    def __init__(self, analysis: AnalysisTables, texts: Texts) -> None:
        self._texts = texts
        self._articles = {str(row["article_id"]): row for row in analysis.articles.to_dict("records")}
        self._attributions = RowsByArticle(analysis.attributions)
        self._hedges = RowsByArticle(analysis.hedges)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._articles

    @property
    def example(self) -> str:
        """Some article that can be shown."""
        return next(iter(self._articles), "")

    def view(self, article_id: str, *, field: str = "text", anchors: Mapping[int, str] | None = None) -> dict[str, Any]:
        """Gather title, facts and marked text of an article; `anchors` are ids by their offset in the text."""
        row = self._articles[article_id]
        title, text = self._marked(article_id, "title"), Markup("")
        if field == "text":
            text = self._marked(article_id, "text", anchors)
        empty = field == "text" and not self._texts.get(article_id, "text").strip()
        return {
            "article_id": article_id,
            "outlet": _cell(row, "outlet"),
            "date": _cell(row, "date")[:10],
            "author": _cell(row, "author"),
            "address": _cell(row, "url"),
            "link": web_address(_cell(row, "url")),
            "title": self.heading(article_id),
            "marked_title": title,
            "paragraphs": text,
            "empty": empty,
            "unmarked": not empty and "<mark" not in f"{title}{text}",
            "problem": _cell(row, "problem"),
            "language": _language(row),
        }

    def heading(self, article_id: str) -> str:
        """Give the title on one line, or what stands for it."""
        return " ".join(self._texts.get(article_id, "title").split()) or f"Article {article_id} (without a title)"

    def _marked(self, article_id: str, field: str, anchors: Mapping[int, str] | None = None) -> Markup:
        text = self._texts.get(article_id, field)
        attributions = self._attributions.get(article_id, field)
        hedges = self._hedges.get(article_id, field)
        check_surfaces(text, attributions, {"source": "source", "cue": "cue"})
        check_surfaces(text, hedges, {"hedge": ""})
        marks = field_marks(attributions, hedges)
        return marked_paragraphs(text, marks, anchors) if field == "text" else marked_line(text, marks, 0, len(text))


def _language(row: Row) -> str:
    """Give the code of the article's language, for the voice of a screen reader; English where none is known."""
    code = _cell(row, "language")
    return code if LANGUAGE_CODE.fullmatch(code) else "en"


def _cell(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if is_missing(value) else str(value)
