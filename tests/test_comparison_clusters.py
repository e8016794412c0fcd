"""Articles of one day or one author are not independent, and a comparison by article allows for that."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from statsmodels.api import OLS, add_constant

from framing.comparison import compare_outlets
from framing.comparison.clustering import by_clusters


def clustered(seed: int, *, n_days: int = 30, n_authors: int = 8, n: int = 60) -> pd.DataFrame:
    """Articles of two alike outlets, half of whose variance is shared by day or author."""
    random = np.random.default_rng(seed)
    day = random.integers(0, n_days, 2 * n)
    author = np.concatenate([random.integers(0, n_authors, n), n_authors + random.integers(0, n_authors, n)])
    shared = random.normal(0, 0.7, n_days)[day] + random.normal(0, 0.7, 2 * n_authors)[author]
    return pd.DataFrame(
        {
            "article_id": [f"a{i:03}" for i in range(2 * n)],
            "outlet": ["Courier"] * n + ["Herald"] * n,
            "date": [f"2026-03-{one + 1:02}T08:30" for one in day],
            "author": [f"author {one}" for one in author],
            "quotes": shared + random.normal(size=2 * n),
        }
    )


def statsmodels_error(frame: pd.DataFrame, groups: list[np.ndarray], correction: float = 1.0) -> float:
    fitted = OLS(frame["quotes"].to_numpy(), add_constant((frame["outlet"] == "Courier").to_numpy(float))).fit(
        cov_type="cluster", cov_kwds={"groups": np.stack(groups, axis=1).squeeze()}
    )
    return float(fitted.bse[1]) * correction**0.5


def test_one_way_equals_statsmodels() -> None:
    frame = clustered(1)
    row = compare_outlets(frame.drop(columns="date"), ["quotes"]).iloc[0]
    codes = pd.factorize(frame["author"])[0]
    n = codes.max() + 1
    error = statsmodels_error(frame, [codes], (n - 1) / (n - 2))
    reach = student.ppf(0.975, n - 2) * error
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((row["difference"] - reach, row["difference"] + reach))
    assert row["p_value"] == pytest.approx(2 * student.sf(abs(row["difference"]) / error, n - 2), abs=1e-9)
    assert "errors clustered by author (16), 14 degrees of freedom" in row["method"]


def test_two_ways_equal_statsmodels_with_many_clusters() -> None:
    # With many clusters G / (G - 2) is G / (G - 1), by which statsmodels corrects.
    random = np.random.default_rng(2)
    frame = clustered(2, n=3_000)
    days, authors = random.integers(0, 500, (2, 6_000)) + 500 * (np.arange(6_000) >= 3_000)
    frame["quotes"] += random.normal(0, 2, 1_000)[days] + random.normal(0, 2, 1_000)[authors]
    is_left = (frame["outlet"] == "Courier").to_numpy()
    left, right = (frame["quotes"].to_numpy()[side] for side in (is_left, ~is_left))
    result = by_clusters(left, right, [days, authors])
    error = statsmodels_error(frame, [days, authors])
    assert result.ci_high - result.ci_low == pytest.approx(2 * student.ppf(0.975, 998) * error, rel=0.002)


def test_alike_outlets_are_rejected_as_often_as_it_says_and_relabelling_rejects_far_more() -> None:
    by_both = [compare_outlets(clustered(seed), ["quotes"])["p_value"].iloc[0] <= 0.05 for seed in range(300)]
    columns = ["date", "author"]
    naive = [
        compare_outlets(clustered(seed).drop(columns=columns), ["quotes"], n_resamples=999)["p_value"].iloc[0] <= 0.05
        for seed in range(200)
    ]
    assert np.mean(by_both) <= 0.05 + 3 * (0.05 * 0.95 / 300) ** 0.5
    assert np.mean(naive) > 0.05 + 3 * (0.05 * 0.95 / 200) ** 0.5


def test_days_and_authors_that_are_all_different_share_nothing() -> None:
    frame = clustered(3).assign(author=[f"author {i}" for i in range(120)])
    row = compare_outlets(frame.drop(columns="date"), ["quotes"]).iloc[0]
    assert "relabellings" in row["method"]


def test_an_article_without_author_is_its_own_cluster_and_few_authors_are_told() -> None:
    frame = clustered(4).assign(author="A. Nguyen").drop(columns="date")
    row = compare_outlets(frame, ["quotes"]).iloc[0]
    assert row["method"].endswith("the articles are of 1 author, too few to allow for what those share")
    frame.loc[:9, "author"] = None
    assert "clustered by author (11)" in compare_outlets(frame, ["quotes"]).iloc[0]["method"]


def test_paired_by_event_days_and_authors_change_nothing() -> None:
    frame = clustered(5).assign(event=[f"e{i % 60}" for i in range(120)])
    with_both, without = (compare_outlets(one, ["quotes"]) for one in (frame, frame.drop(columns=["date", "author"])))
    pd.testing.assert_frame_equal(with_both, without)


def test_row_order_and_sides() -> None:
    frame = clustered(6)
    row = compare_outlets(frame, ["quotes"]).iloc[0]
    shuffled = compare_outlets(frame.sample(frac=1, random_state=1), ["quotes"]).iloc[0]
    pd.testing.assert_series_equal(row, shuffled)
    swapped = compare_outlets(frame, ["quotes"], contrast="Courier").iloc[0]
    assert (swapped["ci_low"], swapped["p_value"]) == pytest.approx((-row["ci_high"], row["p_value"]), abs=1e-9)


def test_no_spread() -> None:
    frame = clustered(7).assign(quotes=lambda f: (f["outlet"] == "Courier").astype(float))
    row = compare_outlets(frame, ["quotes"]).iloc[0]
    assert (row["ci_low"], row["ci_high"], row["p_value"]) == (1, 1, 0)
