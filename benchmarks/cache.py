"""How much sooner a run is done whose articles are in the cache, and whether its tables are the same bytes.

usage: python benchmarks/cache.py [N] [FOLDER]    N articles (default 1000): BASIL's again and again under other ids;
                                                  FOLDER: holds basil/ (default: what FRAMING_DATA names)

CPU seconds of this process; both runs come after a small one that loads the model, so that neither pays for it.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from framing import analyze
from framing.analysis.article_sums import article_counts, article_metrics
from framing.analysis.cache import open_store
from framing.corpus import load_basil

ADDED = 10


def many_articles(n: int, folder: str | None) -> pd.DataFrame:
    """N articles with ids of their own."""
    basil = load_basil(folder)[["article_id", "outlet", "title", "text"]]
    times = -(-n // len(basil))
    again = [basil.assign(article_id=basil["article_id"].astype(str) + f"-{number}") for number in range(times)]
    return pd.concat(again, ignore_index=True).head(n)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds and the result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main(n: int, folder: str | None) -> None:
    """Print the times and what they are to each other."""
    corpus = many_articles(n + ADDED, folder)
    first_ones = corpus.head(n)
    analyze(corpus.head(5), progress=False)
    with tempfile.TemporaryDirectory() as place:
        cache, out = Path(place) / "cache", Path(place) / "out"
        plain, expected = timed(lambda: analyze(first_ones, progress=False))
        first, _ = timed(lambda: analyze(first_ones, cache=cache, progress=False))
        second, found = timed(lambda: analyze(first_ones, cache=cache, progress=False))
        added, _ = timed(lambda: analyze(corpus, cache=cache, progress=False))
        store = open_store(cache)
        print(f"{n:,} articles, CPU: {plain:.2f} s without, {first:.2f} s the first time, {second:.2f} s the second")
        print(
            f"second run: {second / n * 1000:.2f} ms an article; {plain / second:.0f} times as fast as without a cache"
        )
        print(f"a cache costs the first run {(first / plain - 1):.1%}; {ADDED} articles more: {added:.2f} s")
        print(f"on the disk: {store.size() / store.count() / 1000:.1f} kB an article")
        names = {path.name for path in expected.save(out / "without").iterdir()}
        found.save(out / "with")
        same = sum((out / "without" / name).read_bytes() == (out / "with" / name).read_bytes() for name in names)
        print(f"files of the same bytes with and without: {same} of {len(names)}")
    tables, ids = expected.tables, expected.articles["article_id"]
    took, _ = timed(lambda: article_metrics(article_counts(tables, ids)))
    print(f"counts and metrics: {took / n * 1000:.3f} ms an article")
    if same != len(names):
        sys.exit("a run from the cache gave other bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2] if len(sys.argv) > 2 else None)
