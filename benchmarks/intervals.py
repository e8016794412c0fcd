"""Why `compare_outlets` inverts its test: how often intervals by other methods hold the true difference.

Run it from the project's folder: ``python benchmarks/intervals.py``, with FRAMING_DATA set to a folder that holds BASIL
for its articles (see calibration.py, whose data these are). One row per data, metric and number of events, with the
coverage of a planted difference by

- `inverted`: the interval of `compare_outlets`
- `bca`: the bias-corrected and accelerated bootstrap over events (scipy)
- `studentised`: the bootstrap of the t statistic over events
- `t`: the paired t interval

and how wide each is on average, as a multiple of the first. The last rows are not pairs: `rest` is one outlet against
the mean of four others, `jointly` the test of five outlets (their columns are rejections at .05 of outlets that are
alike), `by author` articles without events that share authors, by errors clustered by author and by relabelling.
"""

import argparse
import os
import warnings

import numpy as np
import pandas as pd
from calibration import EVENTS, FACTORS, Draw, Floats, basil_draws, synthetic_draws
from scipy import stats

from framing.comparison.choosing import choose
from framing.comparison.clustering import by_clusters
from framing.comparison.omnibus import omnibus
from framing.comparison.relabelling import relabel
from framing.comparison.sign_flip import sign_flip

N_RESAMPLES = 1_999


def studentised(differences: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Give the limits of the bootstrap-t interval for each row of differences."""
    n_runs, n_events = differences.shape
    mean, error = differences.mean(axis=1), differences.std(axis=1, ddof=1) / n_events**0.5
    low, high = np.empty(n_runs), np.empty(n_runs)
    for run, values in enumerate(differences):
        drawn = values[random.integers(0, n_events, (N_RESAMPLES, n_events))]
        errors = drawn.std(axis=1, ddof=1) / n_events**0.5
        t = (drawn.mean(axis=1) - mean[run])[errors > 0] / errors[errors > 0]
        upper, lower = np.quantile(t, [0.975, 0.025])
        low[run], high[run] = mean[run] - upper * error[run], mean[run] - lower * error[run]
    return low, high


def bca(differences: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Give the limits of the BCa interval for each row of differences."""
    found = [
        stats.bootstrap((values,), np.mean, n_resamples=N_RESAMPLES, method="BCa", rng=random).confidence_interval
        for values in differences
    ]
    return np.array([one.low for one in found]), np.array([one.high for one in found])


def compare(name: str, draw: Draw, mean: float, n_events: int, *, n_runs: int, seed: int) -> dict[str, float]:
    """Plant a difference and see which intervals hold it."""
    random = np.random.default_rng(seed)
    planted = draw(random, n_runs, n_events) * [FACTORS[name], 1.0]
    truth = (FACTORS[name] - 1) * mean
    differences = planted[..., 0] - planted[..., 1]
    inverted = sign_flip(list(differences), n_resamples=9_999, seed=0)
    reach = stats.t.ppf(0.975, n_events - 1) * differences.std(axis=1, ddof=1) / n_events**0.5
    limits = {
        "inverted": (np.array([one.ci_low for one in inverted]), np.array([one.ci_high for one in inverted])),
        "bca": bca(differences, random),
        "studentised": studentised(differences, random),
        "t": (differences.mean(axis=1) - reach, differences.mean(axis=1) + reach),
    }
    width = float(np.mean(limits["inverted"][1] - limits["inverted"][0]))
    covered = {
        by: float(np.nanmean((low <= truth + 1e-9) & (high >= truth - 1e-9))) for by, (low, high) in limits.items()
    }
    widths = {f"width {by}": float(np.nanmean(high - low)) / width for by, (low, high) in limits.items()}
    return covered | widths


def others(n_runs: int, seed: int) -> dict[str, float]:
    """Rejections at .05 of what is alike: one against the rest, several jointly, and articles that share authors."""
    random = np.random.default_rng(seed)
    tables = list(random.lognormal(size=(n_runs, 12, 5)))
    of_rest = [one.p_value <= 0.05 for one in choose(tables, n_resamples=1_999, seed=0)]
    jointly = [one.p_value <= 0.05 for one in omnibus(tables, n_resamples=1_999, seed=0)]
    clustered, naive = [], []
    for _ in range(n_runs):
        authors = np.concatenate([random.integers(0, 10, 60), 10 + random.integers(0, 10, 60)])
        values = random.normal(0, 1, 20)[authors] + random.normal(0, 1, 120)
        left, right = values[:60], values[60:]
        clustered.append(by_clusters(left, right, [authors]).p_value <= 0.05)
        naive.append(relabel([(left, right)], n_resamples=999, seed=0)[0].p_value <= 0.05)
    shares = {"rest": of_rest, "jointly": jointly, "by author, clustered": clustered, "by author, relabelled": naive}
    return {name: float(np.mean(rejected)) for name, rejected in shares.items()}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    options = parser.parse_args()
    sources = {"BASIL": basil_draws} if os.environ.get("FRAMING_DATA") else {}
    rows = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BCa is not defined where all resamples are alike
        for source, draws in {**sources, "synthetic": synthetic_draws}.items():
            for name, draw, mean in draws():
                for n_events in EVENTS:
                    found = compare(name, draw, mean, n_events, n_runs=options.runs, seed=2)
                    rows.append({"data": source, "metric": name, "n_events": n_events, **found})
    print(pd.DataFrame(rows).to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    print("rejections at .05 of what is alike:", {k: round(v, 3) for k, v in others(options.runs, 3).items()})


if __name__ == "__main__":
    main()
