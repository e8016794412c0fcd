import re

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestPower

from framing.comparison import compare_outlets, describe_power, detectable_difference, events_needed
from framing.errors import InputError, TooFewError


def articles_of(values):
    """One article of each of two outlets per event."""
    n = len(values)
    return pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(2 * n)],
            "outlet": ["Courier", "Herald"] * n,
            "event": [f"e{i // 2:03}" for i in range(2 * n)],
            "quotes": np.ravel(values),
        }
    )


@pytest.mark.parametrize("n_events", [6, 20, 100])
def test_paired_equals_statsmodels(n_events):
    values = np.random.default_rng(1).normal(0, 1, (n_events, 2))
    row = detectable_difference(articles_of(values), "quotes", power=0.9).iloc[0]
    spread = np.std(values[:, 0] - values[:, 1], ddof=1)
    effect = TTestPower().solve_power(nobs=n_events, alpha=0.05, power=0.9)
    assert row["n_events"] == n_events
    assert row["standard_error"] == pytest.approx(spread / n_events**0.5, abs=1e-9)
    assert row["detectable_difference"] == pytest.approx(effect * spread, rel=1e-6)


def test_the_comparison_finds_a_difference_of_that_size_as_often_as_promised():
    random = np.random.default_rng(2)
    n_events, n_runs = 20, 400
    effect = TTestPower().solve_power(nobs=n_events, alpha=0.05, power=0.8)
    runs = {f"run {i}": random.normal(effect, 1, n_events) for i in range(n_runs)}
    articles = articles_of(np.zeros((n_events, 2))).drop(columns="quotes")
    columns = {name: np.ravel(np.column_stack([values, np.zeros(n_events)])) for name, values in runs.items()}
    result = compare_outlets(pd.concat([articles, pd.DataFrame(columns)], axis=1), list(columns))
    # Four standard errors of a share of .8 in 400 runs.
    assert (result["p_value"] <= 0.05).mean() == pytest.approx(0.8, abs=4 * (0.8 * 0.2 / n_runs) ** 0.5)


def test_by_article_with_equal_spread_equals_the_two_sample_formula():
    articles = articles_of(np.arange(24.0).reshape(12, 2))
    row = detectable_difference(articles, "quotes", event=None).iloc[0]
    spread = np.std(np.arange(0.0, 24, 2), ddof=1)
    assert row["n_events"] is pd.NA
    assert row["standard_error"] == pytest.approx(spread * (2 / 12) ** 0.5, abs=1e-9)
    assert row["detectable_difference"] > 2.8 * row["standard_error"]


def test_too_few_events_and_no_spread():
    few = detectable_difference(articles_of(np.zeros((5, 2))), "quotes").iloc[0]
    assert few["detectable_difference"] is pd.NA
    assert few["n_events"] == 5
    assert detectable_difference(articles_of(np.zeros((6, 2))), "quotes")["detectable_difference"].iloc[0] == 0


def test_refuses():
    with pytest.raises(InputError, match=r"found level=0\.05, power=1\.2"):
        detectable_difference(articles_of(np.zeros((6, 2))), "quotes", power=1.2)
    with pytest.raises(InputError, match="no metric 'quots'"):
        detectable_difference(articles_of(np.zeros((6, 2))), "quots")


@pytest.mark.parametrize(("effect", "power"), [(0.2, 0.8), (0.5, 0.9), (1.0, 0.8), (0.05, 0.5)])
def test_events_needed_equals_statsmodels(effect, power):
    values = np.random.default_rng(3).normal(0, 1, (10, 2))
    spread = np.std(values[:, 0] - values[:, 1], ddof=1)
    row = events_needed(articles_of(values), "quotes", -effect * spread, power=power).iloc[0]
    expected = TTestPower().solve_power(effect_size=effect, alpha=0.05, power=power)
    assert row["events_needed"] == np.ceil(expected)
    assert row["standard_deviation"] == pytest.approx(spread, abs=1e-12)
    assert (row["n_events"], row["difference"]) == (10, -effect * spread)


def test_the_difference_that_these_events_could_show_needs_these_events():
    articles = articles_of(np.random.default_rng(4).normal(0, 1, (25, 2)))
    could = float(detectable_difference(articles, "quotes")["detectable_difference"].iloc[0])
    assert events_needed(articles, "quotes", could * (1 + 1e-9))["events_needed"].tolist() == [25]
    assert events_needed(articles, "quotes", could * 0.99)["events_needed"].tolist() == [26]


def test_events_needed_can_be_asked_with_three_events_and_is_never_below_six():
    values = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [1.0, 1.0]])
    assert events_needed(articles_of(values[:3]), "quotes", 50)["events_needed"].tolist() == [6]
    assert events_needed(articles_of(values[:2]), "quotes", 50)["events_needed"].isna().all()
    assert events_needed(articles_of(values), "quotes", 1e-9)["events_needed"].isna().all()
    assert events_needed(articles_of(np.zeros((4, 2))), "quotes", 0.1)["events_needed"].tolist() == [6]


@pytest.mark.parametrize(
    ("difference", "message"),
    [(0, "difference is 0"), (float("nan"), "finite number"), ("1", "found '1'"), (True, "found True")],
)
def test_events_needed_refuses_a_difference_that_is_none(difference, message):
    with pytest.raises(InputError, match=message):
        events_needed(articles_of(np.zeros((6, 2))), "quotes", difference)


def test_events_needed_refuses_articles_without_events_and_several_metrics():
    articles = articles_of(np.zeros((6, 2)))
    with pytest.raises(InputError, match="have no events"):
        events_needed(articles.drop(columns="event"), "quotes", 1)
    with pytest.raises(InputError, match="found list"):
        events_needed(articles, ["quotes"], 1)


def test_several_metrics_are_those_of_the_comparison_in_its_order():
    articles = articles_of(np.random.default_rng(5).normal(0, 1, (8, 2)))
    articles = articles.assign(hedges=articles["quotes"] ** 2, share_words_source=abs(articles["quotes"]))
    both = detectable_difference(articles, ["quotes", "hedges"])
    assert both["metric"].tolist() == ["quotes", "hedges"]
    one = detectable_difference(articles, "hedges")
    pd.testing.assert_frame_equal(both.tail(1).reset_index(drop=True), one)
    core = detectable_difference(articles)
    assert core["metric"].tolist() == compare_outlets(articles)["metric"].tolist() == ["share_words_source"]
    assert both["mean"].tolist() == pytest.approx([articles["quotes"].mean(), articles["hedges"].mean()])
    assert (both["power"].tolist(), both["level"].tolist()) == ([0.8, 0.8], [0.05, 0.05])


def test_one_line_for_each_metric_with_ranges_over_contrasts():
    random = np.random.default_rng(6)
    frames = [articles_of(random.normal(9, 1, (n, 2))) for n in (8, 9)]
    frames[1]["outlet"] = frames[1]["outlet"].replace("Herald", "Post")
    frames[1][["article_id", "event"]] = "b" + frames[1][["article_id", "event"]]
    articles = pd.concat(frames).assign(share_words_source=lambda a: a["quotes"] / 100)
    heading, own, share = describe_power(detectable_difference(articles, ["quotes", "share_words_source"], power=0.9))
    assert (
        heading == "The smallest differences that would be found with a probability of 90%, each question taken alone:"
    )
    assert re.fullmatch(
        r"'quotes': 1\.\d to 1\.\d \(mean 9\.\d to 9\.\d, 8 to 9 events; too few for 1 of 3 contrasts\)", own
    )
    assert re.search(r"voice: 1\.\d to 1\.\d percentage points \(mean 9\.\d to 9\.\d%, 8 to 9 events;", share)
    few = detectable_difference(articles_of(np.zeros((5, 2))), "quotes")
    assert describe_power(few)[1:] == ["'quotes': none, there are too few events or articles"]
    by_article = detectable_difference(articles, "quotes", event=None, contrast="Courier")
    assert re.search(r"\(mean 9\.\d to 9\.\d, 25 to 26 articles\)$", describe_power(by_article)[1])
    with pytest.raises(InputError, match="detectable has no column 'mean'"):
        describe_power(few.drop(columns="mean"))


def test_a_comparison_of_too_few_events_says_how_many_it_needs():
    with pytest.raises(TooFewError, match=r"at most 5 have a value on both sides .* needs 6"):
        compare_outlets(articles_of(np.zeros((5, 2))), ["quotes"])
