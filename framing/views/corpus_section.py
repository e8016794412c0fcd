"""What the report says about the corpus itself: a picture, the lengths, the events, and what is odd."""

from typing import Any

import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from framing.corpus.describing import QUANTILES, describe_corpus
from framing.views.corpus_plot import CorpusRows, corpus_alt_text, corpus_figure, corpus_rows
from framing.views.inputs import Texts
from framing.views.numbers import MISSING, count, is_missing
from framing.views.overview import Table
from framing.views.svg import figure_svg

DESCRIBED = ("article_id", "outlet", "date", "event", "language", "copy")
LENGTH_HEAD = ("outlet", "articles", "words", "shortest", "5%", "25%", "median", "75%", "95%", "longest")
EVENT_HEAD = ("event", "articles", "outlets", "first date", "last date")


def corpus_section(articles: pd.DataFrame, texts: Texts) -> dict[str, Any]:
    """Make what the template needs: `corpus_plot`, `corpus_lengths`, `corpus_events` and `corpus_notes`.

    The description is of the articles that were analysed, with the texts that they were analysed from.
    """
    if articles.empty:
        return {"corpus_plot": "", "corpus_lengths": None, "corpus_events": None, "corpus_notes": []}
    known = [name for name in DESCRIBED if name in articles]
    corpus = articles[known].assign(text=[texts.get(str(each), "text") for each in articles["article_id"]])
    tables = describe_corpus(corpus)
    rows = corpus_rows(corpus)
    svg = figure_svg(
        lambda: _figure(rows), name="corpus-plot", title="The corpus by outlet", alt=corpus_alt_text(corpus)
    )
    return {
        "corpus_plot": Markup(svg),
        "corpus_lengths": lengths_table(tables["lengths"]),
        "corpus_events": None if tables["events"].empty else events_table(tables["events"]),
        "corpus_notes": notes(tables["outlets"]),
    }


def lengths_table(lengths: pd.DataFrame) -> Table:
    """Write the quantiles of article lengths for print."""
    columns = ["n_articles", "n_words", *QUANTILES]
    rows = [[_name(row["outlet"]), *(count(row[c]) for c in columns)] for row in lengths.to_dict("records")]
    return Table("Words an article, by outlet", LENGTH_HEAD, rows)


def events_table(events: pd.DataFrame) -> Table:
    """Write the events for print, those that most outlets told first."""
    ordered = events.sort_values(["n_outlets", "n_articles"], ascending=False, kind="stable")
    rows = [
        [
            str(row["event"]),
            count(row["n_articles"]),
            count(row["n_outlets"]),
            _day(row["first_date"]),
            _day(row["last_date"]),
        ]
        for row in ordered.to_dict("records")
    ]
    return Table("Articles by event", EVENT_HEAD, rows)


def notes(outlets: pd.DataFrame) -> list[str]:
    """Say how many articles are odd in a way that the reader should know.

    Examples
    --------
    >>> notes(pd.DataFrame({"n_articles": [9], "n_other_language": [1], "n_copies": [pd.NA], "n_without_date": [2]}))
    ['1 of 9 articles is surely not in English.', '2 of 9 articles have no date.']
    """
    said = {
        "n_other_language": ("is surely not in English", "are surely not in English"),
        "n_copies": ("is agency copy or nearly another article", "are agency copy or nearly another article"),
        "n_without_date": ("has no date", "have no date"),
    }
    total = int(outlets["n_articles"].sum())
    sums = {column: int(outlets[column].fillna(0).sum()) for column in said}
    return [
        f"{count(n)} of {count(total)} articles {said[column][n != 1]}."
        for column, n in sums.items()
        if n > 0 and not (column == "n_without_date" and n == total)
    ]


def _figure(rows: CorpusRows) -> Figure:
    """The picture without a ground of its own, so that the page's shows through."""
    figure = corpus_figure(rows)
    figure.patch.set_visible(False)
    for panel in figure.axes[0].child_axes:
        panel.patch.set_visible(False)
    return figure


def _name(outlet: Any) -> str:
    return MISSING if is_missing(outlet) else str(outlet)


def _day(date: Any) -> str:
    return MISSING if is_missing(date) else str(date)[:10]
