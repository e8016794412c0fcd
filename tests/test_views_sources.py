"""The grid of outlets and sources: what is filled, what is hollow, and hostile names."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from framing.errors import InputError
from framing.views import plot_sources, sources_alt_text

LONG = "$x_1$ <b>\n" + "endless " * 30
MATRIX = pd.DataFrame(
    [
        (LONG, "Courier", 4, 0), (LONG, "قناة", 0, 3),
        ("محمد علي", "Courier", 1, 0), ("محمد علي", "قناة", 12345, 0),
        (" ", "Courier", 1, 0), (" ", "قناة", 0, 0),
    ],
    columns=["source_name", "outlet", "n_events", "n_events_left_out"],
)  # fmt: skip


def test_filled_hollow_and_nothing() -> None:
    ax = plot_sources(MATRIX, ax=Figure().add_subplot())
    ax.figure.canvas.draw()
    assert [text.get_text() for text in ax.texts] == ["4", "0", "1", "12,345", "1"]
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() != "white" for dot in dots] == [True, False, True, True, True]
    assert dots[3].get_markersize() > dots[0].get_markersize()


def test_hostile_names_are_cut_and_read_as_they_are() -> None:
    ax = plot_sources(MATRIX, ax=Figure().add_subplot())
    ax.figure.canvas.draw()
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "$x_1$ <b> endless endless…", "محمد علي", "(blank)",
    ]  # fmt: skip
    assert sources_alt_text(MATRIX).startswith("Grid of dots: events")
    assert "endless endless…: Courier 4, قناة 0 (left out)." in sources_alt_text(MATRIX)


@pytest.mark.parametrize(
    ("matrix", "options", "message"),
    [
        (MATRIX.drop(columns="n_events_left_out"), {}, "no column 'n_events_left_out'"),
        (MATRIX[:0], {}, "no rows"),
        (pd.concat([MATRIX, MATRIX]), {}, "several rows for one source"),
        (MATRIX, {"value": "share"}, "value must be one of n_events"),
    ],
)
def test_what_is_wrong_is_said(matrix: pd.DataFrame, options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        plot_sources(matrix, ax=Figure().add_subplot(), **options)
