"""The machine against hand codings: figures of the corpus, not of the sample, and by outlet."""

import numpy as np
import pandas as pd
import pytest

import framing
from benchmarks.correction import METRIC, coded, simulated
from framing.validity import list_mistakes, validate
from framing.validity.sampling import draw_units
from framing.validity.units import sentence_units


@pytest.fixture(scope="module")
def case():
    analysis, truth, _ = simulated(np.random.default_rng(11), n_events=80)
    return analysis, truth


def figure(table, name, outlet="all"):
    return table[(table["figure"] == name) & (table["outlet"] == outlet)].iloc[0]


def census(analysis, truth, keep=None):
    units = sentence_units(analysis, METRIC).set_index(["article_id", "field", "sentence"])
    joined = units.assign(true=truth.reindex(units.index))
    return joined if keep is None else joined[joined["outlet"] == keep]


def test_who_codes_everything_gets_precision_and_recall_by_counting(case):
    analysis, truth = case
    all_coded = coded(draw_units(analysis, [METRIC], n=len(analysis.sentences)), truth, METRIC)
    table = validate(analysis, all_coded)
    units = census(analysis, truth)
    both = ((units["machine"] > 0) & (units["true"] > 0)).sum()
    assert figure(table, "precision")["value"] == pytest.approx(both / (units["machine"] > 0).sum())
    assert figure(table, "recall")["value"] == pytest.approx(both / (units["true"] > 0).sum())
    assert figure(table, "count_ratio")["value"] == pytest.approx(units["machine"].sum() / units["true"].sum())


def test_a_sample_in_which_findings_are_many_gives_the_figures_of_the_corpus(case):
    analysis, truth = case
    units = census(analysis, truth)
    recall = ((units["machine"] > 0) & (units["true"] > 0)).sum() / (units["true"] > 0).sum()
    rows = [
        figure(validate(analysis, coded(draw_units(analysis, [METRIC], n=300, seed=s), truth, METRIC)), "recall")
        for s in range(25)
    ]
    assert np.mean([row["value"] for row in rows]) == pytest.approx(recall, abs=0.04)
    assert np.mean([row["low"] <= recall <= row["high"] for row in rows]) >= 0.8


def test_an_outlet_in_which_the_machine_errs_more_stands_out(case):
    analysis, truth = case  # it finds .9 of A's hedges and .7 of B's
    table = validate(analysis, coded(draw_units(analysis, [METRIC], n=900), truth, METRIC))
    a, b = (figure(table, "recall", outlet) for outlet in "AB")
    assert a["value"] > b["value"]
    assert a["difference_low"] > 0
    assert b["difference"] == pytest.approx(-a["difference"])
    assert pd.isna(figure(table, "recall")["difference"])


def test_tone_is_compared_as_a_scale():
    corpus = framing.load_example()
    analysis = framing.analyze(corpus)
    metric = "sentiment_outlet"
    units = sentence_units(analysis, metric).set_index(["article_id", "field", "sentence"])
    key = draw_units(analysis, [metric], n=200)
    table = validate(analysis, coded(key, units["machine"].clip(-1, 1), metric))
    assert figure(table, "correlation")["value"] == pytest.approx(1)
    assert figure(table, "mean_error")["value"] == pytest.approx(0)
    shifted = validate(analysis, coded(key, (units["machine"] - 0.1).clip(-1, 1), metric))
    assert figure(shifted, "mean_error")["value"] == pytest.approx(0.1, abs=0.02)


def test_where_nothing_was_found_precision_is_missing():
    analysis, truth, _ = simulated(np.random.default_rng(1), recall=(0.0, 0.0), false=0.0)
    table = validate(analysis, coded(draw_units(analysis, [METRIC], n=100), truth, METRIC))
    assert pd.isna(figure(table, "precision")["value"])
    assert figure(table, "recall")["value"] == 0


def test_mistakes_are_listed_with_their_sentences():
    corpus = framing.load_example()
    analysis = framing.analyze(corpus)
    metric = "hedges_per_1000_words_outlet"
    sample = framing.sample_for_coding(analysis, corpus, n=30, metrics=[metric])
    filled = sample.sheet.assign(**{metric: 0})
    codings = framing.codings_of(sample, filled, coder="Ada")
    listed = list_mistakes(analysis, codings, corpus)
    n_found = sample.key["stratum"].str.contains("some").sum()
    assert len(listed) == n_found > 0
    assert (listed["human"] == 0).all()
    assert listed["machine"].is_monotonic_decreasing
    texts = corpus.set_index("article_id")["text"]
    assert all(row["sentence"] in texts[row["article_id"]] for row in listed.to_dict("records"))


def test_the_same_codings_give_the_same_intervals(case):
    analysis, truth = case
    codings = coded(draw_units(analysis, [METRIC], n=100), truth, METRIC)
    pd.testing.assert_frame_equal(
        validate(analysis, codings), validate(analysis, codings.sample(frac=1, random_state=1))
    )


def test_a_machine_that_is_always_right_is_not_taken_for_surely_right(case):
    analysis, truth = case
    codings = coded(draw_units(analysis, [METRIC], n=300, seed=3), truth, METRIC)
    units = sentence_units(analysis, METRIC).set_index(["article_id", "field", "sentence"])["machine"]
    places = pd.MultiIndex.from_frame(codings[["article_id", "field", "sentence"]])
    right = codings.assign(value=units.reindex(places).to_numpy())
    table = validate(analysis, right)
    n = int((right["value"] > 0).sum())
    for name in ("precision", "recall", "f1"):
        row = figure(table, name)
        assert (row["value"], row["high"]) == (1, 1)
        # Wilson's lower edge of n of n; weights differ, so the sample tells as much as a smaller one.
        assert 0.5 < row["low"] <= n / (n + 1.959964**2) + 1e-9
        apart = figure(table, name, "A")
        assert apart["difference"] == 0
        assert apart["difference_low"] < -0.01 < 0.01 < apart["difference_high"]


def test_the_difference_to_a_side_that_is_all_right_has_both_sides_doubt(case):
    analysis, truth = case
    codings = coded(draw_units(analysis, [METRIC], n=300, seed=3), truth, METRIC)
    units = sentence_units(analysis, METRIC).set_index(["article_id", "field", "sentence"])["machine"]
    places = pd.MultiIndex.from_frame(codings[["article_id", "field", "sentence"]])
    mixed = codings.assign(value=codings["value"].where(codings["outlet"] == "B", units.reindex(places).to_numpy()))
    a, b = (figure(validate(analysis, mixed), "recall", outlet) for outlet in "AB")
    assert a["value"] == 1 > a["low"]
    assert a["difference_low"] < a["difference"] < a["difference_high"]
    assert a["difference_high"] - a["difference"] == pytest.approx(b["value"] - b["low"])
    assert a["difference"] - a["difference_low"] == pytest.approx(np.hypot(1 - a["low"], b["high"] - b["value"]))
