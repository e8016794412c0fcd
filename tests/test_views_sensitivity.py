"""The specification curve: its dots are the table's rows, and its lower panel says what each stands for."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from framing import analyze, load_example, sensitivity
from framing.errors import InputError
from framing.views import plot_sensitivity, sensitivity_alt_text


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    articles = analyze(load_example(), lexicons=["vader"], progress=False).articles
    return sensitivity(articles, "sentiment_outlet", contrast="rest")


def drawn(table: pd.DataFrame, *asked: str):
    ax = plot_sensitivity(table, *asked, ax=Figure(figsize=(8, 6)).add_subplot())
    ax.figure.canvas.draw()
    return ax


def test_every_specification_is_a_dot_in_order(table: pd.DataFrame) -> None:
    curve = drawn(table, "Radio Arrenia").child_axes[0]
    dots = [line.get_ydata()[0] for line in curve.lines if line.get_marker() in ("o", "D")]
    rows = table[(table["outlet"] == "Radio Arrenia") & table["difference"].notna()]
    same = rows["same_question"].astype(bool)
    expected = [*sorted(rows.loc[same, "difference"]), *sorted(rows.loc[~same, "difference"])]
    assert dots == pytest.approx(expected)
    filled = [line.get_markerfacecolor() != "white" for line in curve.lines if line.get_marker() in ("o", "D")]
    assert sum(filled) == int(rows["stands"].sum())


def test_choices_below(table: pd.DataFrame) -> None:
    matrix = drawn(table, "Radio Arrenia").child_axes[1]
    labels = [label.get_text() for label in matrix.get_yticklabels()]
    assert labels[:5] == ["as asked", "at equal length", "lexicon vader", "one event left out", "one author left out"]
    assert set(labels[5:]) == {"all words", "its sources' words", "headlines only"}
    marks = [(line.get_xdata()[0], line.get_ydata()[0]) for line in matrix.lines if line.get_marker() == "s"]
    both = table[(table["outlet"] == "Radio Arrenia") & (table["check"] == "several")]
    rows = table[(table["outlet"] == "Radio Arrenia") & table["difference"].notna()]
    assert len(marks) == len(rows) + len(both)


def test_hostile_names(table: pd.DataFrame) -> None:
    names = {"Radio Arrenia": "$x_1$ <b>\n" + "ф" * 200}
    hostile = table.replace({"outlet": names}).assign(choice=table["choice"].str.replace("dock-strike", "$\\alpha_{"))
    drawn(hostile, names["Radio Arrenia"])


def test_one_contrast_must_be_named(table: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=r"name one contrast by outlet and versus; found 5 contrasts. The table has: "):
        plot_sensitivity(table)
    with pytest.raises(InputError, match="found none"):
        plot_sensitivity(table, "Nobody")
    with pytest.raises(InputError, match="sensitivities has no column 'choice'"):
        plot_sensitivity(table.drop(columns="choice"))


def test_words_say_the_same(table: pd.DataFrame) -> None:
    said = sensitivity_alt_text(table, "Radio Arrenia")
    assert said.startswith("Specification curve of ")
    assert "Radio Arrenia less the other outlets, tone in its own words" in said
