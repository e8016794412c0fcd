"""All outlets tested jointly, before any two of them."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import AnovaRM, anova_lm

from framing.comparison import compare_outlets
from framing.comparison.contrasts import without_joint
from framing.comparison.omnibus import omnibus


def long(values: np.ndarray) -> pd.DataFrame:
    """One article for each cell of a table of events by outlets that has a value."""
    rows = [
        {"article_id": f"{event}-{outlet}", "outlet": f"o{outlet}", "event": f"e{event:03}", "quotes": value}
        for (event, outlet), value in np.ndenumerate(values)
        if not np.isnan(value)
    ]
    return pd.DataFrame(rows)


def between(*outlets: np.ndarray, axis: int) -> np.ndarray:
    values = np.stack(outlets, axis=-1)
    sums = (values - values.mean(axis=-1, keepdims=True)).sum(axis=-2)
    return (sums**2).sum(axis=-1)


@pytest.mark.parametrize("make", [lambda r: r.normal(size=(6, 3)), lambda r: r.integers(0, 3, (6, 3)).astype(float)])
def test_exact_p_equals_scipy_permutation_test(make) -> None:
    for seed in range(3):
        values = make(np.random.default_rng(seed))
        expected = stats.permutation_test(
            tuple(values.T),
            between,
            permutation_type="samples",
            alternative="greater",
            n_resamples=np.inf,
            vectorized=True,
        )
        row = compare_outlets(long(values), ["quotes"]).iloc[0]
        assert row["p_value"] == pytest.approx(expected.pvalue, abs=1e-9)
        assert "all 46,656 exchanges" in row["method"]


def test_effect_equals_statsmodels_repeated_measures_anova() -> None:
    values = np.random.default_rng(4).normal([0, 0, 0.5, 1], 1, (12, 4))
    anova = AnovaRM(long(values), "quotes", "event", within=["outlet"]).fit().anova_table.iloc[0]
    explained = anova["F Value"] * anova["Num DF"]
    row = compare_outlets(long(values), ["quotes"]).iloc[0]
    assert row["effect_size"] == pytest.approx(explained / (explained + anova["Den DF"]), abs=1e-9)
    assert row["effect_size_name"] == "partial eta²"
    # With normal values the permutation test is close to the F test.
    assert row["p_value"] == pytest.approx(anova["Pr > F"], abs=0.01)


def test_effect_equals_statsmodels_type_2_sums_where_outlets_miss_events() -> None:
    random = np.random.default_rng(5)
    values = random.lognormal(size=(15, 4))
    values[random.random(values.shape) < 0.3] = np.nan
    frame = long(values)
    shared = frame[frame.groupby("event")["outlet"].transform("nunique") > 1]
    anova = anova_lm(ols("quotes ~ C(outlet) + C(event)", shared).fit(), typ=2)["sum_sq"]
    row = compare_outlets(frame, ["quotes"]).iloc[0]
    expected = anova["C(outlet)"] / (anova["C(outlet)"] + anova["Residual"])
    assert row["effect_size"] == pytest.approx(expected, abs=1e-9)
    assert row["n_events"] == shared["event"].nunique()
    assert row["n_articles"] == len(shared)


@pytest.mark.parametrize(("shape", "missing"), [((8, 3), 0.0), ((20, 5), 0.4)])
def test_it_rejects_alike_outlets_as_often_as_it_says(shape: tuple[int, int], missing: float) -> None:
    random = np.random.default_rng(6)
    tables = []
    for _ in range(800):
        values = random.lognormal(size=shape)
        values[random.random(shape) < missing] = np.nan
        tables.append(values[(~np.isnan(values)).sum(axis=1) > 1])
    rejected = np.mean([joint.p_value <= 0.05 for joint in omnibus(tables, n_resamples=999, seed=0)])
    # Three standard errors of a share of .05 in 800 runs are .023.
    assert 0.027 < rejected < 0.073


def test_other_metrics_change_nothing() -> None:
    random = np.random.default_rng(7)
    tables = [random.normal(size=(30, 4)) for _ in range(12)]
    together = omnibus(tables, n_resamples=999, seed=0)
    assert [omnibus([table], n_resamples=999, seed=0)[0] for table in tables] == together


def test_nothing_varies() -> None:
    assert omnibus([np.full((7, 3), 0.1)], n_resamples=999, seed=0) == [(1.0, None)]


def test_the_line_comes_first_and_has_no_difference() -> None:
    values = np.random.default_rng(8).normal(size=(8, 3))
    result = compare_outlets(long(values).assign(more=lambda frame: frame["quotes"] ** 2), ["quotes", "more"])
    assert result["outlet"].tolist() == ["all outlets", "o0", "o0", "o1"] * 2
    joint = result.iloc[0]
    assert joint["versus"] == "each other"
    assert all(joint[name] is pd.NA for name in ("mean", "difference", "ci_low", "effect_low"))
    for family in (without_joint(result), result.drop(without_joint(result).index)):
        p_values = family["p_value"].to_numpy(dtype=float)
        expected = stats.false_discovery_control(p_values)
        assert family["q_value"].to_numpy(dtype=float) == pytest.approx(expected, abs=1e-9)


def test_two_outlets_and_articles_without_events_have_no_such_line() -> None:
    values = np.random.default_rng(9).normal(size=(8, 3))
    assert len(compare_outlets(long(values[:, :2]), ["quotes"])) == 1
    assert "all outlets" not in set(compare_outlets(long(values), ["quotes"], event=None)["outlet"])


def test_too_few_events_for_all_but_enough_for_none() -> None:
    values = np.random.default_rng(10).normal(size=(8, 3))
    frame = long(values).assign(rare=lambda f: f["quotes"].where(f["event"] < "e003"))
    row = compare_outlets(frame, ["quotes", "rare"]).query("metric == 'rare'").iloc[0]
    assert row["p_value"] is pd.NA
    assert row["method"].startswith("not compared: 3 shared events")
    assert row["n_missing"] == 15
