"""Processor time and memory of event matching as a corpus grows, on synthetic articles with planted events.

usage: python benchmarks/events.py [SIZE …]    sizes in articles; without: 10000 30000 100000

Each size is run three times over, in a process of its own: at a constant 137 articles a day (100,000 in two years), all
within one month, and without dates. F is pairwise, against the planted events.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence

import pandas as pd
from synthetic import synthetic_corpus

from framing import match_events

A_DAY, MONTH = 137, 30


def pairwise_f(planted: pd.Series, found: pd.Series) -> float:
    """F of the pairs of articles that are in one event."""

    def pairs(sizes: pd.Series) -> int:
        return int((sizes * (sizes - 1) // 2).sum())

    both = pairs(pd.DataFrame({"planted": planted, "found": found}).dropna().value_counts())
    return 2 * both / (pairs(planted.value_counts()) + pairs(found.value_counts()))


def measure(n_articles: int, spread: str) -> None:
    """Make the corpus, match it, and print a line."""
    n_days = MONTH if spread == "one month" else max(1, n_articles // A_DAY)
    corpus = synthetic_corpus(n_articles, n_days=n_days)
    if spread == "no dates":
        corpus["date"] = pd.NaT
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    start = time.process_time()
    matched = match_events(corpus)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    score = pairwise_f(corpus["planted"], matched["event"])
    print(
        f"{n_articles:>9,} articles, {spread:<16} {seconds:7.1f} CPU s   peak {peak:.1f} GB "
        f"(corpus alone {before:.1f})   F {score:.3f}   {matched['event'].nunique():,} events",
        flush=True,
    )


def main(sizes: Sequence[str]) -> None:
    """Measure each size and spread, one after the other."""
    for n_articles in map(int, sizes or ("10000", "30000", "100000")):
        for spread in (f"{A_DAY} a day", "one month", "no dates"):
            process = multiprocessing.get_context("spawn").Process(target=measure, args=(n_articles, spread))
            process.start()
            process.join()


if __name__ == "__main__":
    main(sys.argv[1:])
