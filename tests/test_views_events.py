"""Paired events: their order, their mean, and hostile names."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from framing.comparison import compare_outlets
from framing.errors import InputError, TooFewError
from framing.views import events_alt_text, plot_events

EVENTS = ["$x^2$ \n" * 20, "محمد", *"abcdef"]
ARTICLES = pd.DataFrame(
    {
        "article_id": [f"a{n}" for n in range(16)],
        "outlet": ["$Out_1$\nlet " * 9, "قناة"] * 8,
        "event": [name for name in EVENTS for _ in range(2)],
        "n_quotes": [1, 2, 3, 1, 5, 5, 9, 1, 4, 1, 3, 2, 6, 4, 2, 9],
    }
)
ONE, OTHER = ARTICLES["outlet"][0].strip(), "قناة"


def test_events_stand_in_the_order_of_their_differences() -> None:
    ax = plot_events(ARTICLES, "n_quotes", ax=Figure().add_subplot())
    ax.figure.canvas.draw()
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert [label[:4] for label in labels] == ["b", "c", "e", "محمد", "d", "a", "$x^2", "f"]
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert [line.get_linestyle() for line in lines] == ["-"] * 5 + ["--"] * 3


def test_the_mean_is_that_of_the_comparison_whatever_the_order_of_rows() -> None:
    row = compare_outlets(ARTICLES, ["n_quotes"], contrast=OTHER).iloc[0]
    words = events_alt_text(ARTICLES, "n_quotes", outlets=[ONE, OTHER])
    assert f"mean of 8 events {row['difference']:+.2f} (95% interval" in words
    assert f"to {row['ci_high']:+.2f})" in words
    assert events_alt_text(ARTICLES[::-1], "n_quotes", outlets=[ONE, OTHER]) == words


def test_outlets_can_be_turned_round() -> None:
    assert "mean of 8 events −1.00" in events_alt_text(ARTICLES, "n_quotes", outlets=[OTHER, ONE])


def test_the_mean_has_its_unit_where_the_metric_has_one() -> None:
    rates = ARTICLES.rename(columns={"n_quotes": "quotes_per_1000_words"})
    assert " +1.00 per 1,000 words (95% interval" in events_alt_text(rates, "quotes_per_1000_words")
    ax = plot_events(rates, "quotes_per_1000_words", ax=Figure().add_subplot())
    assert ax.get_xlabel() == "Quotes, per 1,000 words"
    assert plot_events(ARTICLES, "n_quotes", ax=Figure().add_subplot()).get_xlabel() == "N quotes"


def test_few_events_have_no_interval() -> None:
    assert "(too few events for an interval)" in events_alt_text(ARTICLES[:6], "n_quotes")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"outlets": ["Herald", OTHER]}, "no outlet 'Herald'"),
        ({"outlets": [OTHER]}, "outlets must be two"),
        ({"outlets": OTHER}, "outlets must be two"),
    ],
)
def test_what_is_wrong_is_said(options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        plot_events(ARTICLES, "n_quotes", ax=Figure().add_subplot(), **options)


def test_outlets_that_share_no_event_are_told_so() -> None:
    with pytest.raises(TooFewError, match="share no event"):
        plot_events(ARTICLES.iloc[[0, 3]], "n_quotes")
