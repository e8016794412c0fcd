"""How often `compare_outlets` finds what isn't there, and how often its 95% interval holds the true difference.

Run it from the project's folder: ``python benchmarks/calibration.py``. One row per data, metric and number of events:

- `reject_5`, `reject_1`: share of runs with p at most .05 and .01 where the outlets don't differ
- `cover_null`, `cover_planted`: share of 95% intervals that hold the true difference, without one and with one planted
- `power`: share of runs that find the planted difference at .05, and `power_by_article`: the same without pairing, in
  300 runs of their own

With FRAMING_DATA set to a folder that holds BASIL, events are drawn from its 100 with replacement, and the articles of
its three outlets are permuted within each. Heavy-tailed synthetic events are always run; their skewed count is meant
to be harder than news is. A difference is planted by multiplying one outlet's values, so that it is larger in an event
with more of it.
"""

import argparse
import os
import re
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.comparison import compare_outlets
from framing.corpus.datasets import load_basil

Floats = npt.NDArray[np.float64]
# A table of runs by events by two outlets, and the true difference once the first outlet's values are multiplied.
Draw = Callable[[np.random.Generator, int, int], Floats]

EVENTS = (8, 20, 100)
FACTORS = {"rate": 1.5, "share": 2 / 3, "skewed count": 1.5}


def basil_draws() -> Iterator[tuple[str, Draw, float]]:
    """Give rate, share and count of BASIL's articles with the outlets permuted within event, and each one's mean."""
    corpus = load_basil().sort_values(["event", "outlet"])
    values = {
        "rate": corpus["text"].map(lambda text: 1000 * len(re.findall(r"\bsaid\b", text)) / _n_words(text)),
        "share": corpus["text"].map(lambda text: sum(map(len, re.findall('[“"][^”"]*[”"]', text))) / len(text)),
        "skewed count": corpus["text"].map(_n_words),
    }
    for name, column in values.items():
        by_event = column.to_numpy(dtype=np.float64).reshape(-1, 3)
        yield name, _permuted(by_event), float(by_event.mean())


def _n_words(text: str) -> int:
    return len(re.findall(r"\w+(?:['’]\w+)*", text))


def _permuted(by_event: Floats) -> Draw:
    def draw(random: np.random.Generator, n_runs: int, n_events: int) -> Floats:
        events = random.integers(0, len(by_event), (n_runs, n_events))
        order = random.random((n_runs, n_events, 3)).argsort(axis=2)[..., :2]
        return np.take_along_axis(by_event[events], order, axis=2)

    return draw


def synthetic_draws() -> Iterator[tuple[str, Draw, float]]:
    """Give a rate (Poisson over gamma), a share (beta) and a count (Poisson over lognormal), each with its mean."""

    def rate(random: np.random.Generator, n_runs: int, n_events: int) -> Floats:
        words = np.exp(random.normal(6.2, 0.6, (n_runs, n_events, 2)))
        event = np.exp(random.normal(-0.18, 0.6, (n_runs, n_events, 1)))
        expected = 0.01 * event * random.gamma(1.5, 1 / 1.5, words.shape) * words
        return 1000 * random.poisson(expected) / words

    def share(random: np.random.Generator, n_runs: int, n_events: int) -> Floats:
        event = random.uniform(0.5, 1.5, (n_runs, n_events, 1))
        return random.beta(event, 3.0, (n_runs, n_events, 2))

    def count(random: np.random.Generator, n_runs: int, n_events: int) -> Floats:
        event = np.exp(random.normal(-0.18, 0.6, (n_runs, n_events, 1)))
        return random.poisson(10 * event * np.exp(random.normal(-0.32, 0.8, (n_runs, n_events, 2)))).astype(np.float64)

    # The mean of a beta over a uniform first parameter: the mean of e / (e + 3) for e from 0.5 to 1.5.
    mean_share = 1 - 3 * float(np.log(4.5 / 3.5))
    yield "rate", rate, 10.0
    yield "share", share, mean_share
    yield "skewed count", count, 10.0


def calibrate(name: str, draw: Draw, mean: float, n_events: int, *, n_runs: int, seed: int) -> dict[str, float]:
    """Run `compare_outlets` on many tables at once, each as a metric of its own."""
    random = np.random.default_rng(seed)
    values = draw(random, n_runs, n_events)
    planted = values * [FACTORS[name], 1.0]
    truth = (FACTORS[name] - 1) * mean
    null, found = _compare(values), _compare(planted)
    return {
        "reject_5": _share(null["p_value"] <= 0.05),
        "reject_1": _share(null["p_value"] <= 0.01),
        "cover_null": _cover(null, 0.0),
        "cover_planted": _cover(found, truth),
        "power": _share(found["p_value"] <= 0.05),
    }


def power_by_article(name: str, draw: Draw, n_events: int, *, n_runs: int, seed: int) -> float:
    """Leave the events out, and give the share of runs that find the planted difference."""
    planted = draw(np.random.default_rng(seed), n_runs, n_events) * [FACTORS[name], 1.0]
    return _share(_compare(planted, event=None, n_resamples=999)["p_value"] <= 0.05)


def _compare(values: Floats, *, event: str | None = "event", n_resamples: int = 9_999) -> pd.DataFrame:
    n_runs, n_events, _ = values.shape
    runs = [f"run {run}" for run in range(n_runs)]
    articles = pd.DataFrame(values.reshape(n_runs, -1).T, columns=runs)
    keys = pd.DataFrame(
        {
            "article_id": [f"a{row}" for row in range(2 * n_events)],
            "outlet": ["Courier", "Herald"] * n_events,
            "event": [f"e{row // 2}" for row in range(2 * n_events)],
        }
    )
    return compare_outlets(pd.concat([keys, articles], axis=1), runs, event=event, n_resamples=n_resamples)


def _share(found: "pd.Series[bool]") -> float:
    return float(found.mean())


def _cover(comparison: pd.DataFrame, truth: float) -> float:
    return _share((comparison["ci_low"] <= truth + 1e-9) & (comparison["ci_high"] >= truth - 1e-9))


def calibration(*, n_runs: int = 2_000, seed: int = 1) -> pd.DataFrame:
    """Give the whole table."""
    sources = {"synthetic": synthetic_draws}
    if os.environ.get("FRAMING_DATA"):
        sources = {"BASIL": basil_draws, **sources}
    rows = [
        {
            "data": source,
            "metric": name,
            "n_events": n_events,
            **calibrate(name, draw, mean, n_events, n_runs=n_runs, seed=seed),
            "power_by_article": power_by_article(name, draw, n_events, n_runs=min(n_runs, 300), seed=seed + 1),
        }
        for source, draws in sources.items()
        for name, draw, mean in draws()
        for n_events in EVENTS
    ]
    return pd.DataFrame(rows)


def main() -> None:
    """Print the table, and how far a share may be off by the number of runs alone."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(calibration(n_runs=options.runs, seed=options.seed).to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    error = 1.96 * (0.05 * 0.95 / options.runs) ** 0.5
    print(f"{options.runs:,} runs: a true .05 shows as .05 ± {error:.3f} in 95% of tables")


if __name__ == "__main__":
    main()
