"""How large effects are, how surely, and what many questions do to p."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from scipy.stats import nct
from statsmodels.stats.multitest import multipletests

from framing.comparison import compare_outlets
from framing.comparison.adjusting import adjusted
from framing.comparison.effect_size import effect_sizes
from framing.comparison.samples import Sample
from framing.errors import InputError


def paired(left, right):
    return Sample(np.asarray(left, float), np.asarray(right, float), len(left) * 2, True, 0)


def by_article(left, right):
    return Sample(np.asarray(left, float), np.asarray(right, float), len(left) + len(right), False, 0)


def limits(t: float, free: int) -> list[float]:
    return [brentq(lambda d, p=p: nct.cdf(t, free, d) - p, t - 9, t + 9, xtol=1e-13) for p in (0.975, 0.025)]


@pytest.mark.parametrize("shift", [0.0, 0.4, 2.0, -3.0])
@pytest.mark.parametrize("n", [6, 20, 60])
def test_intervals_invert_scipy_noncentral_t(n: int, shift: float) -> None:
    random = np.random.default_rng(n)
    left, right = random.normal(shift, 1, n), random.normal(0, 1, n)
    (effect,) = effect_sizes([paired(left, right)])
    expected = [one / n**0.5 for one in limits(effect.size * n**0.5, n - 1)]
    assert [effect.low, effect.high] == pytest.approx(expected, abs=1e-9)


def test_hedges_interval_is_corrected_as_its_size_is() -> None:
    left, right = np.arange(8.0), np.arange(12.0) + 3
    (effect,) = effect_sizes([by_article(left, right)])
    free, per_error = 18, (8 * 12 / 20) ** 0.5
    pooled = ((7 * left.var(ddof=1) + 11 * right.var(ddof=1)) / free) ** 0.5
    raw = (left.mean() - right.mean()) / pooled
    expected = [one / per_error * effect.size / raw for one in limits(raw * per_error, free)]
    assert [effect.low, effect.high] == pytest.approx(expected, abs=1e-9)


def test_very_large_effects_and_samples_have_limits_too() -> None:
    random = np.random.default_rng(3)
    for n, shift in ((6, 500.0), (5_000, 0.05), (5_000, 30.0)):
        (effect,) = effect_sizes([paired(random.normal(shift, 1, n), random.normal(0, 1, n))])
        assert effect.low < effect.size < effect.high


def test_intervals_cover_the_true_effect() -> None:
    random = np.random.default_rng(4)
    samples = [paired(random.normal(0.8, 1, 10), np.zeros(10)) for _ in range(2_000)]
    covered = np.mean([effect.low <= 0.8 <= effect.high for effect in effect_sizes(samples)])
    assert covered == pytest.approx(0.95, abs=3 * (0.05 * 0.95 / 2_000) ** 0.5)


def test_a_comparison_has_the_interval_and_swapping_sides_mirrors_it() -> None:
    random = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(40)],
            "outlet": ["Courier", "Herald"] * 20,
            "event": [i // 2 for i in range(40)],
            "quotes": random.normal(size=40),
        }
    )
    for event in ("event", None):
        row = compare_outlets(frame, ["quotes"], event=event).iloc[0]
        other = compare_outlets(frame, ["quotes"], event=event, contrast="Courier").iloc[0]
        assert row["effect_low"] < row["effect_size"] < row["effect_high"]
        assert (row["effect_low"], row["effect_high"]) == pytest.approx((-other["effect_high"], -other["effect_low"]))


@pytest.mark.parametrize(("adjust", "statsmodels_name"), [("holm", "holm"), ("fdr", "fdr_bh")])
def test_adjustments_equal_statsmodels(adjust: str, statsmodels_name: str) -> None:
    random = np.random.default_rng(6)
    for n in (1, 2, 7, 60):
        p_values = np.round(random.random(n) ** 3, 3)  # with ties
        expected = multipletests(p_values, method=statsmodels_name)[1]
        assert adjusted(p_values, adjust) == pytest.approx(expected, abs=1e-9)


def test_holm_is_had_by_asking_and_a_wrong_name_is_refused() -> None:
    random = np.random.default_rng(7)
    frame = pd.DataFrame(random.normal(size=(40, 5)), columns=list("vwxyz")).assign(
        article_id=[f"a{i}" for i in range(40)], outlet=["Courier", "Herald"] * 20, event=[i // 2 for i in range(40)]
    )
    result = compare_outlets(frame, list("vwxyz"), adjust="holm")
    expected = multipletests(result["p_value"].to_numpy(float), method="holm")[1]
    assert result["q_value"].to_numpy(float) == pytest.approx(expected, abs=1e-9)
    with pytest.raises(InputError, match=r"adjust must be 'fdr'.* found 'bonferroni'"):
        compare_outlets(frame, list("vwxyz"), adjust="bonferroni")
