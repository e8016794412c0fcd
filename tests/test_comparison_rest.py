"""One outlet against the rest: calibrated where flipping signs is not."""

from itertools import product

import numpy as np
import pytest

from framing.comparison.choosing import choose
from framing.comparison.sign_flip import sign_flip


def test_with_two_outlets_it_is_the_sign_flip_test():
    values = np.random.default_rng(3).normal(size=(9, 2))
    (chosen,) = choose([values], n_resamples=999, seed=0)
    (flipped,) = sign_flip([values[:, 0] - values[:, 1]], n_resamples=999, seed=0)
    assert chosen == pytest.approx(flipped, abs=1e-9)


def test_p_by_hand_over_all_choices():
    values = np.array([[4.0, 1, 2], [5, 2, 9], [3, np.nan, 1], [8, 6, 5], [7, 1, 1], [2, 3, 1]])

    def less_others(event: np.ndarray, one: int) -> float:
        return float(event[one] - np.delete(event, one).mean())

    told = [row[~np.isnan(row)] for row in values]
    sums = [
        sum(less_others(row, one) for row, one in zip(told, choice, strict=True))
        for choice in product(*(range(len(row)) for row in told))
    ]
    observed = sum(less_others(row, 0) for row in told)
    above = sum(s >= observed - 1e-9 for s in sums)
    below = sum(s <= observed + 1e-9 for s in sums)
    expected = min(1.0, 2 * min(above, below) / len(sums))
    assert choose([values], n_resamples=999, seed=0)[0].p_value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("n_outlets", [5, 10])
def test_it_rejects_alike_outlets_as_often_as_it_says_and_on_both_sides(n_outlets: int):
    # Flipping signs rejects 8.7% of these with five outlets and 12% with ten, nearly all of them below 0.
    random = np.random.default_rng(7)
    results = choose([random.lognormal(size=(10, n_outlets)) for _ in range(1_000)], n_resamples=999, seed=0)
    below = np.mean([r.ci_high < 0 for r in results])
    above = np.mean([r.ci_low > 0 for r in results])
    # Three standard errors of a share of .025 in 1,000 runs are .015.
    assert 0.010 < below < 0.040
    assert 0.010 < above < 0.040


def test_intervals_cover_a_planted_difference():
    random = np.random.default_rng(8)
    hits = 0
    for _ in range(600):
        values = random.lognormal(size=(12, 5))
        values[:, 0] += 1.5
        (result,) = choose([values], n_resamples=999, seed=0)
        hits += result.ci_low <= 1.5 <= result.ci_high
    assert 0.92 < hits / 600 < 0.98  # three standard errors around .95


def test_interval_and_p_agree():
    random = np.random.default_rng(9)
    for _ in range(200):
        values = random.lognormal(size=(8, 4))
        values[:, 0] += random.normal()
        (result,) = choose([values], n_resamples=999, seed=0)
        assert (result.ci_low <= 0 <= result.ci_high) == (result.p_value > 0.05)
