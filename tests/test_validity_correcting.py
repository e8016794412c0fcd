"""Corrected differences: right on average however the machine errs, with an interval that counts what wasn't coded."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.correction import METRIC, coded, one_run, simulated
from framing.comparison import compare_outlets
from framing.comparison.articles import read_articles, read_metrics
from framing.comparison.contrasts import contrasts
from framing.comparison.samples import article_factors, samples
from framing.errors import InputError
from framing.validity import correct
from framing.validity.design_based import Estimate, n_to_halve
from framing.validity.sampling import draw_units


@pytest.fixture(scope="module")
def case():
    analysis, truth, _ = simulated(np.random.default_rng(7))
    comparison = compare_outlets(analysis.articles, [METRIC], n_resamples=999)
    return analysis, truth, comparison


def true_difference(analysis, truth):
    """Compute the difference that a perfect machine would give in these articles."""
    by_article = truth.groupby("article_id").sum().reindex(analysis.articles["article_id"]).to_numpy()
    articles = analysis.articles.assign(n_hedges=by_article)
    articles[METRIC] = 1000 * articles["n_hedges"] / articles["n_words"]
    return compare_outlets(articles, [METRIC], n_resamples=999).iloc[0]


def codings_of_all(analysis, truth):
    return coded(draw_units(analysis, [METRIC], n=len(analysis.sentences)), truth, METRIC)


def test_who_codes_everything_gets_the_true_difference(case):
    analysis, truth, comparison = case
    row = correct(analysis, comparison, codings_of_all(analysis, truth)).iloc[0]
    true = true_difference(analysis, truth)
    assert row["corrected"] == pytest.approx(true["difference"], abs=1e-9)
    assert row["codings_alone"] == pytest.approx(true["difference"], abs=1e-9)
    assert row["share_from_coding"] == pytest.approx(0, abs=1e-9)
    assert pd.isna(row["n_to_halve"])  # more codings bring nothing; more events would


def test_a_perfect_machine_is_left_as_it_is():
    analysis, truth, _ = simulated(np.random.default_rng(3), recall=(1.0, 1.0), false=0.0)
    comparison = compare_outlets(analysis.articles, [METRIC], n_resamples=999)
    codings = coded(draw_units(analysis, [METRIC], n=200), truth, METRIC)
    row = correct(analysis, comparison, codings).iloc[0]
    assert row["corrected"] == pytest.approx(row["difference"], abs=0.35)
    assert row["codings_alone_high"] - row["codings_alone_low"] > row["corrected_high"] - row["corrected_low"]
    assert "machine's weight 1.00" in row["method"] or "machine's weight 0.9" in row["method"]


def test_a_machine_that_says_nothing_leaves_the_codings_alone():
    analysis, truth, _ = simulated(np.random.default_rng(5), recall=(0.0, 0.0), false=0.0)
    comparison = compare_outlets(analysis.articles, [METRIC], n_resamples=999)
    row = correct(analysis, comparison, coded(draw_units(analysis, [METRIC], n=300), truth, METRIC)).iloc[0]
    assert row["difference"] == 0
    assert row["corrected"] == pytest.approx(row["codings_alone"])


def test_corrected_intervals_hold_the_true_difference_where_raw_ones_dont():
    # The long run is benchmarks/correction.py; 60 runs tell 95% from less than 82% or so.
    runs = [one_run(seed, 300, ("outlet", "machine")) for seed in range(60)]
    held = {name: np.mean([run[name][1] for run in runs]) for name in ("raw", "corrected")}
    error = {name: np.mean([run[name][0] for run in runs]) for name in ("raw", "corrected")}
    width = {name: np.mean([run[name][2] for run in runs]) for name in ("corrected", "codings_alone")}
    assert held["raw"] < 0.5
    assert held["corrected"] >= 0.87
    assert error["raw"] > 2
    assert abs(error["corrected"]) < 0.9
    assert width["corrected"] < width["codings_alone"]


def test_more_codings_narrow_the_interval_as_said(case):
    analysis, truth, comparison = case
    few, more = (
        correct(analysis, comparison, coded(draw_units(analysis, [METRIC], n=n), truth, METRIC)).iloc[0]
        for n in (200, 1200)
    )
    assert (more["corrected_high"] - more["corrected_low"]) < 0.8 * (few["corrected_high"] - few["corrected_low"])
    assert few["share_from_coding"] > more["share_from_coding"]
    assert few["n_coded"] == 200


def test_the_number_that_halves_the_interval_is_arithmetic():
    # Coding makes .9 of the variance: a quarter of it is left when .1 + .9 * 100 / n = .25.
    assert n_to_halve(Estimate(0, -1, 1, 0.5, 0.9), 100, 10**9) == 600
    # Of 1,000 sentences: .1 + .9 * (1 / n - 1 / 1000) / (1 / 100 - 1 / 1000) = .25.
    assert n_to_halve(Estimate(0, -1, 1, 0.5, 0.9), 100, 1_000) == 400
    assert n_to_halve(Estimate(0, -1, 1, 0.5, 0.75), 100, 10**9) is None
    assert n_to_halve(Estimate(0, -1, 1, 0.5, 0.9), 100, 100) is None


@given(st.floats(0.7501, 1), st.integers(2, 500), st.integers(1, 5_000))
def test_no_more_codings_are_asked_than_there_are_sentences(from_coding, n_coded, more):
    n = n_to_halve(Estimate(0, -1, 1, 0.5, from_coding), n_coded, n_coded + more)
    assert n_coded < n <= n_coded + more


@pytest.mark.parametrize(("event", "contrast"), [("event", "A"), ("event", "rest"), (None, "A"), (None, "rest")])
def test_the_factors_of_articles_make_the_difference(event, contrast):
    analysis, _, _ = simulated(np.random.default_rng(2), n_events=12)
    frame = analysis.articles.assign(outlet=["A", "B", "C"] * 8, event=[f"e{n // 5}" for n in range(24)])
    frame.loc[3, ["n_hedges", METRIC]] = np.nan
    articles = read_articles(frame, event)
    (metric,) = read_metrics(articles.frame, [METRIC])
    for one in contrasts(articles.outlets, contrast):
        (sample,) = samples(articles, metric, [one])
        added = np.nansum(article_factors(articles, metric, one) * metric.above)
        assert added == pytest.approx(sample.difference)


def test_the_share_from_coding_is_how_much_estimates_of_one_corpus_vary(case):
    analysis, truth, comparison = case
    rows = pd.DataFrame(
        [
            correct(analysis, comparison, coded(draw_units(analysis, [METRIC], n=300, seed=s), truth, METRIC)).iloc[0]
            for s in range(60)
        ]
    )
    error = (rows["corrected_high"] - rows["corrected_low"]).astype(float) / 2 / 2.0
    said = (error**2 * rows["share_from_coding"].astype(float)).mean() ** 0.5
    assert said == pytest.approx(rows["corrected"].std(), rel=0.25)


def test_nothing_depends_on_the_order_of_the_codings(case):
    analysis, truth, comparison = case
    codings = coded(draw_units(analysis, [METRIC], n=200), truth, METRIC)
    shuffled = codings.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        correct(analysis, comparison, codings), correct(analysis, comparison, shuffled), rtol=1e-12
    )


def test_who_stops_early_has_a_smaller_sample(case):
    analysis, truth, comparison = case
    codings = coded(draw_units(analysis, [METRIC], n=400), truth, METRIC).head(200)
    row = correct(analysis, comparison, codings).iloc[0]
    assert row["n_coded"] == 200
    assert abs(row["corrected"] - true_difference(analysis, truth)["difference"]) < 8


def test_coders_are_averaged(case):
    analysis, truth, comparison = case
    codings = coded(draw_units(analysis, [METRIC], n=200), truth, METRIC)
    two = pd.concat(
        [codings.assign(value=codings["value"] + 1), codings.assign(coder="Ben", value=codings["value"] - 1)]
    )
    one_row, two_row = (correct(analysis, comparison, c).iloc[0] for c in (codings, two))
    assert two_row["corrected"] == pytest.approx(one_row["corrected"])


@pytest.mark.parametrize("contrast", ["pairwise", "rest"])
def test_every_contrast_and_by_article_too(case, contrast):
    analysis, truth, _ = case
    codings = coded(draw_units(analysis, [METRIC], n=300), truth, METRIC)
    comparison = compare_outlets(analysis.articles, [METRIC], contrast=contrast, n_resamples=999)
    table = correct(analysis, comparison, codings)
    assert len(table) == (1 if contrast == "pairwise" else 2)
    by_article = compare_outlets(analysis.articles, [METRIC], event=None, contrast=contrast, n_resamples=999)
    row = correct(analysis, by_article, codings, event=None).iloc[0]
    assert row["corrected_low"] < row["corrected"] < row["corrected_high"]
    assert "Welch" in row["method"]


def test_mistakes_are_told(case):
    analysis, truth, comparison = case
    codings = coded(draw_units(analysis, [METRIC], n=100), truth, METRIC)
    with pytest.raises(InputError, match=r"no compared metric was coded\. Coded: sentiment; compared: hedges"):
        correct(analysis, comparison, codings.assign(metric="sentiment"))
    with pytest.raises(InputError, match="the comparison isn't of this analysis"):
        correct(analysis, comparison.assign(difference=comparison["difference"] + 1), codings)
    with pytest.raises(InputError, match="sentences that the analysis hasn't got"):
        correct(analysis, comparison, codings.assign(article_id="Z" + codings["article_id"].astype(str)))
    with pytest.raises(InputError, match="coded in fewer than 2 sentences of 'B'"):
        correct(analysis, comparison, codings[codings["outlet"] == "A"])
    with pytest.raises(InputError, match=r"codings lack the columns .*stratum"):
        correct(analysis, comparison, codings.drop(columns="stratum"))
