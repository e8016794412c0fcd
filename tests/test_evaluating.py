"""Accuracy on coded corpora: visible counts, floors on the example always, and on public corpora where they lie."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import framing
from framing.cli.validity import printed
from framing.errors import InputError
from framing.validity import describe_evaluation, list_evaluations
from framing.validity.attribution_accuracy import attribution_counts, quoted_letters, way_of_quoting
from framing.validity.evaluating import EVALUATION, LOOKED_AT
from framing.validity.evaluation_counts import COUNTERS
from framing.validity.evaluation_figures import Counted, correlation, figure_rows, macro_f1, moments, prf, share


def rows(counted: Counted) -> dict[tuple[str, str], dict[str, object]]:
    return {(row["what"], row["figure"]): row for row in figure_rows(counted)}


def test_figures_are_ratios_of_sums() -> None:
    counts = pd.DataFrame({"hits": [1, 3], "gold": [2, 4], "found": [1, 7]})
    found = rows(Counted(counts, prf("cue", "hits", "gold", "found")))
    assert found["cue", "precision"]["value"] == 4 / 8
    assert found["cue", "recall"]["value"] == 4 / 6
    assert found["cue", "F"]["value"] == 2 * 4 / (6 + 8)
    assert (found["cue", "F"]["n"], found["cue", "precision"]["n"]) == (6, 8)


def test_intervals_come_from_documents_and_do_not_pretend() -> None:
    right = pd.DataFrame({"hits": [5, 5], "gold": [5, 5]})
    row = figure_rows(Counted(right, [share("all right", "recall", "hits", "gold")]))[0]
    assert (row["value"], row["low"], row["high"]) == (1.0, None, None)
    mixed = pd.DataFrame({"hits": [1, 0] * 50, "gold": [1] * 100})
    row = figure_rows(Counted(mixed, [share("half", "recall", "hits", "gold")]))[0]
    assert row["low"] == pytest.approx(0.4, abs=0.03)  # 0.5 less 1.96 times the root of 0.25 / 100
    assert row["high"] == pytest.approx(0.6, abs=0.03)
    nothing = pd.DataFrame({"hits": [0], "gold": [0]})
    row = figure_rows(Counted(nothing, [share("none", "recall", "hits", "gold")]))[0]
    assert (row["value"], row["n"]) == (None, 0)


def test_correlation_from_sums_is_pearsons() -> None:
    rng = np.random.default_rng(3)
    parts = [(rng.normal(size=n), rng.normal(size=n)) for n in (4, 7, 2)]
    counts = pd.DataFrame([moments("s", x, y) for x, y in parts])
    whole = np.corrcoef(*(np.concatenate(side) for side in zip(*parts, strict=True)))[0, 1]
    assert rows(Counted(counts, [correlation("tone", "s")]))["tone", "Pearson's r"]["value"] == pytest.approx(whole)


def test_macro_f1_of_a_label_that_no_one_gives_is_0() -> None:
    counts = pd.DataFrame({"n": [3], "right_a": [2], "marked_a": [5], "right_b": [0], "marked_b": [0]})
    assert rows(Counted(counts, [macro_f1("x", ("a", "b"), "n")]))["x", "macro-F1"]["value"] == (4 / 5 + 0) / 2


def test_cues_without_a_letter_are_counted_both_ways() -> None:
    text = "It rains. — Ann"
    one = {"source": [(12, 15)], "cue": [(10, 11)], "content": [(0, 8)]}
    counts = attribution_counts(text, [one], [one])
    assert (counts["hits"], counts["hits_lettered"]) == (1, 0)
    assert (counts["n_cue"], counts["n_lettered_cue"], counts["same_lettered_cue"]) == (0, 2, 1)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" twice.', '"no"'),
        ("“One “two” three", "“two”"),
        ('An "open\nline.', '"open'),
        ("It's ''so'' odd.", ""),
        ("No” end.", ""),
    ],
)
def test_gold_is_sorted_by_plain_double_marks(text: str, quoted: str) -> None:
    assert "".join(text[i] for i in sorted(quoted_letters(text))) == quoted


def test_ways_of_quoting() -> None:
    inside = frozenset(range(5))
    assert way_of_quoting(frozenset({1, 2}), inside) == "direct"
    assert way_of_quoting(frozenset({1, 9}), inside) == "mixed"
    assert way_of_quoting(frozenset({9}), inside) == "indirect"
    assert way_of_quoting(frozenset(), inside) == "indirect"


# --- what can be asked ------------------------------------------------------------------------------------------


def test_the_list_names_what_can_be_counted_and_whether_it_was_looked_at() -> None:
    table = list_evaluations()
    assert set(zip(table["measure"], table["corpus"], strict=True)) == set(COUNTERS)
    assert set(table["looked_at"]) <= set(LOOKED_AT)
    assert table.notna().all(axis=None)
    assert not table.duplicated(["measure", "corpus", "split"]).any()
    for row in table.itertuples():
        sentence = describe_evaluation(row.measure, row.corpus, row.split)
        assert sentence.endswith(".")
        assert ".." not in sentence


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"measure": "hedgin"}, "there is no measure 'hedgin'; there is: attribution, hedging"),
        (
            {"measure": "hedging", "corpus": "polnear"},
            "there is no corpus 'polnear' for hedging; there is: example, sze",
        ),
        ({"measure": "targets", "split": "test"}, "there is no split 'test' for targets.*; there is: dev_rw, dev_mt"),
    ],
)
def test_unknown_names_are_told_what_there_is(asked: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        framing.evaluate(**asked)


@pytest.mark.parametrize("measure", ["sentiment", "targets", "copies"])
def test_a_corpus_that_is_not_there_says_where_to_get_it(
    measure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FRAMING_DATA", raising=False)
    with pytest.raises(InputError, match=r"FRAMING_DATA is not set\. Get .* from the GitHub repository"):
        framing.evaluate(measure)
    with pytest.raises(InputError, match="holds neither"):
        framing.evaluate(measure, folder=tmp_path)


# --- floors -----------------------------------------------------------------------------------------------------


def value(table: pd.DataFrame, what: str, figure: str) -> float:
    found = table[(table["what"] == what) & (table["figure"] == figure)]
    return float(found["value"].item())


LINKED = "source, cue and content linked"
FLOORS = [
    ("attribution", "example", "all", LINKED, "F", 0.85),
    ("attribution", "example", "all", "indirect speech linked", "recall", 0.83),
    ("hedging", "example", "all", "all, same category and offsets", "F", 0.94),
    ("source_type", "example", "all", "kind of source of the found ones, none included", "accuracy", 0.78),
    ("attribution", "polnear", "dev", LINKED, "F", 0.675),
    ("attribution", "polnear", "held_out", LINKED, "F", 0.65),
    ("hedging", "szeged_uncertainty", "news", "cue with the same offsets, any of the four categories", "F", 0.89),
    ("hedging", "hedge_gold", "all", "all, same offsets", "F", 0.88),
    ("source_type", "markkula_sourcing", "all", "kind of source of the found ones", "accuracy", 0.78),
    ("sentiment", "nyt_editorials", "all", "tone of a sentence with the raters' mean", "Pearson's r", 0.56),
    ("sentiment", "nyt_editorials", "all", "mean tone of an editorial with the raters' mean", "Pearson's r", 0.68),
    ("targets", "newsmtsc", "dev_rw", "tone towards a target: negative, neutral or positive", "macro-F1", 0.69),
    ("targets", "newsmtsc", "dev_mt", "tone towards a target: negative, neutral or positive", "macro-F1", 0.68),
    ("copies", "polnear", "dev", "article that is agency copy", "F", 0.95),
]


@pytest.mark.parametrize(("measure", "corpus", "split", "what", "figure", "floor"), FLOORS)
def test_floors(
    measure: str, corpus: str, split: str, what: str, figure: str, floor: float, request: pytest.FixtureRequest
) -> None:
    if corpus != "example":
        request.getfixturevalue("data_folder")
    table = framing.evaluate(measure, corpus=corpus, split=split)
    assert dict(table.dtypes.astype(str)) == EVALUATION
    assert value(table, what, figure) > floor
    known = table.dropna(subset=["low"])
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()


def test_it_is_printed_as_a_table() -> None:
    table = pd.DataFrame({"what": ["a"], "figure": ["F"], "value": [1.0], "low": [pd.NA], "high": [pd.NA], "n": [3]})
    assert printed(table).splitlines()[1].split() == ["F", "1.000", "–", "3", "a"]


STATED = pd.read_csv(Path(framing.__file__).parent / "views" / "accuracy.csv", dtype=str, keep_default_na=False)
BY_COMMAND = STATED[STATED["command"].str.startswith("framing evaluate ")].reset_index(drop=True)


def test_every_stated_figure_says_by_which_command_it_is_had() -> None:
    assert (STATED["command"] != "").all()
    asked = {(r.measure, r.corpus, r.split) for r in list_evaluations().itertuples()}
    for command in BY_COMMAND["command"]:
        _, _, measure, _, corpus, _, split = command.split()
        assert (measure, corpus, split) in asked


@pytest.mark.parametrize("command", sorted(set(BY_COMMAND["command"])))
def test_stated_figures_are_what_their_command_gives(command: str, data_folder: Path) -> None:
    _, _, measure, _, corpus, _, split = command.split()
    table = framing.evaluate(measure, corpus=corpus, split=split, folder=data_folder)
    for row in BY_COMMAND[BY_COMMAND["command"] == command].itertuples():
        assert value(table, row.row, row.figure) == pytest.approx(float(row.value), abs=0.006)
