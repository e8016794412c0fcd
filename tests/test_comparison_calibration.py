"""A quick run of benchmarks/calibration.py; its full run decides, this one catches what breaks."""

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

from framing.comparison import compare_outlets

FILE = Path(__file__).parents[1] / "benchmarks" / "calibration.py"
SPEC = importlib.util.spec_from_file_location("calibration", FILE)
calibration = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(calibration)

N_RUNS = 600
# Four standard errors of a share of .05 in so many runs, so that one seed in thousands would fail by chance.
TOLERANCE = 4 * (0.05 * 0.95 / N_RUNS) ** 0.5


def check(name, draw, mean, n_events):
    row = calibration.calibrate(name, draw, mean, n_events, n_runs=N_RUNS, seed=3)
    assert row["reject_5"] == pytest.approx(0.05, abs=TOLERANCE)
    assert row["reject_1"] <= 0.01 + 4 * (0.01 * 0.99 / N_RUNS) ** 0.5
    assert row["cover_null"] == pytest.approx(0.95, abs=TOLERANCE)
    return row


@pytest.mark.parametrize("n_events", calibration.EVENTS)
def test_synthetic(n_events):
    for name, draw, mean in calibration.synthetic_draws():
        row = check(name, draw, mean, n_events)
        # The skewed count is there to show the limit of the method, see compare_outlets.
        if name == "share":
            assert row["cover_planted"] == pytest.approx(0.95, abs=TOLERANCE)
        assert row["cover_planted"] > 0.87


@pytest.mark.skipif(
    "FRAMING_DATA" not in os.environ, reason="FRAMING_DATA, the folder of the public corpora, is not set"
)
@pytest.mark.parametrize("n_events", calibration.EVENTS)
def test_basil(n_events):
    for name, draw, mean in calibration.basil_draws():
        row = check(name, draw, mean, n_events)
        assert row["cover_planted"] == pytest.approx(0.95, abs=TOLERANCE)


def test_the_true_means_of_the_synthetic_events_are_the_ones_named():
    random = np.random.default_rng(4)
    for _, draw, mean in calibration.synthetic_draws():
        values = draw(random, 4_000, 50)
        assert values.mean() == pytest.approx(mean, rel=0.02)


def test_by_article_rejects_as_often_as_it_says_with_unequal_numbers():
    random = np.random.default_rng(5)
    values = np.exp(random.normal(0, 1, (38, N_RUNS)))
    runs = [f"run {run}" for run in range(N_RUNS)]
    articles = calibration.pd.DataFrame(values, columns=runs)
    articles.insert(0, "article_id", [f"a{row}" for row in range(38)])
    articles.insert(1, "outlet", ["Courier"] * 8 + ["Herald"] * 30)
    result = compare_outlets(articles, runs, n_resamples=999)
    assert (result["p_value"] <= 0.05).mean() == pytest.approx(0.05, abs=TOLERANCE)
    covered = (result["ci_low"] <= 0) & (result["ci_high"] >= 0)
    assert covered.mean() == pytest.approx(0.95, abs=TOLERANCE)
