"""Bars of a difference: what they add up to, what stands beside them, and hostile names."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from framing.errors import InputError
from framing.views import contributions_alt_text, plot_contributions

PARTS = pd.DataFrame(
    {
        "part": ["reportedly", pd.NA, "$x_1$ <b>", *"abcdefghijklm"],
        "contribution": [0.8, -0.4, 0.2, *[0.01] * 13],
        "n": [14.0, 2, 3, *[1] * 13],
        "n_versus": [0.0, 9, 1, *[0] * 13],
    }
)
ASKED = ("hedges_per_1000_words", "Herald", "rest")


def drawn(**options: object):
    ax = plot_contributions(PARTS, *ASKED, ax=Figure().add_subplot(), **options)
    ax.figure.canvas.draw()
    return ax


def test_bars_add_up_and_the_rest_is_one_bar() -> None:
    ax = drawn(most=3)
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "reportedly",
        "without a name",
        "$x_1$ <b>",
        "13 others",
    ]
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(PARTS["contribution"].sum())


def test_direction_is_told_without_colour() -> None:
    ax = drawn(most=2)
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, True, False]
    assert [text.get_text() for text in ax.texts][:2] == ["14 against 0", "2 against 9"]


def test_one_part_too_many_gets_its_own_bar() -> None:
    assert len(drawn(most=15).patches) == 16


def test_words_say_the_same() -> None:
    words = contributions_alt_text(PARTS, *ASKED, most=2)
    assert words.startswith(
        "Bars that add up. Hedges, Herald minus the other outlets: +0.73 per 1,000 words. reportedly +0.80"
    )
    assert words.endswith("14 others +0.33 (16 against 1).")


@pytest.mark.parametrize(
    ("parts", "options", "message"),
    [
        (PARTS.drop(columns="n"), {}, "no column 'n'"),
        (PARTS[:0], {}, "no rows"),
        (PARTS, {"most": 0}, "most must be a whole number"),
    ],
)
def test_what_is_wrong_is_said(parts: pd.DataFrame, options: dict[str, int], message: str) -> None:
    with pytest.raises(InputError, match=message):
        plot_contributions(parts, *ASKED, ax=Figure().add_subplot(), **options)
