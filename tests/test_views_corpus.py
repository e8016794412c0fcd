"""The corpus as a picture: every article in it, in words too, and nothing told by colour alone."""

import re
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from framing.views import corpus_alt_text, plot_corpus
from framing.views.corpus_plot import MOST_OUTLETS, corpus_rows, write_corpus_plot
from framing.views.corpus_section import corpus_section
from framing.views.inputs import Texts


def corpus(dates: list[str | None], outlets: list[str] | None = None) -> pd.DataFrame:
    names = outlets or ["Post"] * len(dates)
    ids = [f"a{number}" for number in range(len(dates))]
    texts = ["It rained. " * (number + 1) for number in range(len(dates))]
    return pd.DataFrame({"article_id": ids, "outlet": names, "text": texts, "date": dates})


@pytest.mark.parametrize(
    ("last", "step"),
    [
        ("2019-01-05", "day"),
        ("2019-04-01", "week"),
        ("2020-04-01", "month"),
        ("2025-01-01", "quarter"),
        ("2035-01-01", "year"),
    ],
)
def test_periods_fit_the_span_and_hold_every_dated_article(last: str, step: str) -> None:
    rows = corpus_rows(corpus(["2019-01-01", "2019-01-01", last, None]))
    assert rows.step == step
    [row] = rows.rows
    assert row.periods.sum() == 3
    assert (row.n_articles, row.n_undated) == (4, 1)


def test_bars_stand_on_the_line_of_their_outlet() -> None:
    dates = ["2019-01-01", "2019-01-02", "2019-01-02"]
    ax = plot_corpus(corpus(dates, ["Herald", "Post", "Post"]), ax=Figure().add_subplot())
    left, right = ax.child_axes
    assert [(patch.get_y(), patch.get_height()) for patch in left.patches] == [(0.4, -0.4), (1.4, -0.8)]
    assert [label.get_text() for label in left.get_yticklabels()] == ["Herald\n1", "Post\n2"]
    # "It rained." once for Herald; twice and three times for Post
    assert [line.get_xdata()[0] for line in right.lines if line.get_marker() == "o"] == [2, 5]


def test_many_outlets_share_the_last_row_and_none_is_lost() -> None:
    names = [f"Outlet {number:02d}" for number in range(15)] * 2 + ["Outlet 14"]
    rows = corpus_rows(corpus(["2019-01-01"] * len(names), names)).rows
    assert len(rows) == MOST_OUTLETS
    assert (rows[-1].name, rows[-1].n_outlets) == ("4 other outlets", 4)
    assert sum(row.n_articles for row in rows) == len(names)
    assert "Outlet 14" in [row.name for row in rows]


def test_no_dates_no_text_no_outlet_are_drawn_and_told() -> None:
    frame = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["$Post$", None], "text": ["It rained.", None]})
    ax = plot_corpus(frame, ax=Figure().add_subplot())
    assert ax.child_axes[0].get_xlabel() == "articles (none has a date)"
    assert corpus_alt_text(frame) == (
        "Bars of articles for each outlet, and lines of words an article. "
        "$Post$: 1 article, median of 2 words. no outlet named: 1 article, no text."
    )


def test_periods_are_told_as_finely_as_they_are_drawn() -> None:
    assert "1 article, 2019-01, " in corpus_alt_text(corpus(["2019-01-05", "2020-04-01"], ["Herald", "Post"]))
    assert "1 article, 2019, " in corpus_alt_text(corpus(["2019-01-05", "2039-04-01"], ["Herald", "Post"]))


def test_a_figure_of_its_own_has_room_for_each_row() -> None:
    few, many = (plot_corpus(corpus(["2019-01-01"] * n, [f"O{i}" for i in range(n)])) for n in (2, 8))
    assert many.figure.get_figheight() > few.figure.get_figheight() + 3
    plt.close("all")


def test_the_picture_is_written_without_a_screen(tmp_path: Path) -> None:
    write_corpus_plot(corpus(["2019-01-01"], ["日本"]), tmp_path / "corpus.png")
    assert (tmp_path / "corpus.png").read_bytes().startswith(b"\x89PNG")


def test_the_section_of_the_report_says_what_is_odd() -> None:
    frame = corpus(["2019-01-01", None], ["<b>Post", "Herald"]).assign(event=["rain", "rain"], copy=[True, False])
    section = corpus_section(frame.drop(columns="text"), Texts(frame))
    assert section["corpus_notes"] == [
        "1 of 2 articles is agency copy or nearly another article.",
        "1 of 2 articles has no date.",
    ]
    assert section["corpus_events"].rows == [["rain", "2", "2", "2019-01-01", "2019-01-01"]]
    assert section["corpus_lengths"].rows[1] == ["Herald", "1", "4", *["4"] * 7]
    svg = str(section["corpus_plot"])
    assert "<b>Post" not in svg
    assert "&lt;b&gt;Post: 1 article" in svg
    assert re.search(r'role="img"', svg)
    assert corpus_section(frame.drop(columns="text"), Texts(frame)) == section


@pytest.mark.parametrize("dates", [[None], [None, None], ["2019-01-01", "2019-01-02"]])
def test_articles_and_words_are_counted_in_whole_numbers(dates: list[str | None]) -> None:
    ax = plot_corpus(corpus(dates), ax=Figure().add_subplot())
    articles, words = ax.child_axes
    for panel in (articles, words) if dates[0] is None else (words,):
        assert all(float(tick).is_integer() for tick in panel.get_xticks())
