import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestPower

from framing.comparison import compare_outlets, detectable_difference
from framing.errors import InputError


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
