"""How fast an analysis is on this computer, on articles that everybody has."""

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from framing.analysis.running import analyze, check_workers
from framing.corpus import load_example
from framing.errors import InputError
from framing.language import parse_text

SPEED = {
    "workers": "Int64",
    "n_articles": "Int64",
    "n_words": "Int64",
    "seconds": "Float64",
    "words_per_second": "Float64",
    "times_one_worker": "Float64",
    "share_parsing": "Float64",
    "memory_mb": "Float64",
}


def measure_speed(n_articles: int = 300, workers: Sequence[int] = (1, 2)) -> pd.DataFrame:
    """Time `analyze` on this computer, with one process and with several.

    Parameters
    ----------
    n_articles : int
        How many articles; those of the bundled example (400 words each), as often as need be.
    workers : sequence of int
        Numbers of processes to try; one is always tried, first.

    Returns
    -------
    pandas.DataFrame
        A row per number of processes: `workers`, `n_articles`, `n_words`, `seconds` (of the clock, with the start of
        the processes), `words_per_second`, `times_one_worker` (how many times as fast as one), `share_parsing` (of one
        process's time that goes into the parse, 0 to 1), `memory_mb` (the most that a single process has held so far;
        ``<NA>`` where the system doesn't tell).

    Raises
    ------
    InputError
        If `n_articles` or one of `workers` is no positive number.

    Notes
    -----
    The model is loaded before the clock starts. Nothing is cached. Other programs that run at the same time slow it
    down: run it twice. Several processes start in some seconds, so they pay from some hundred articles on.

    Examples
    --------
    >>> speed = measure_speed(2, workers=[1])
    >>> speed["n_articles"].tolist(), bool((speed["words_per_second"] > 0).all())
    ([2], True)
    """
    if not isinstance(n_articles, int) or n_articles < 1:
        raise InputError(f"n_articles must be a whole number, 1 or more; found {n_articles!r}.")
    for number in workers:
        check_workers(number)
    corpus = _repeated(load_example(), n_articles)
    texts = [text for column in ("text", "title") for text in corpus[column].dropna()]
    analyze(corpus.head(2), progress=False)
    parsing = _timed(lambda: [parse_text(text) for text in texts])
    rows: list[dict[str, object]] = []
    alone = 0.0
    for number in [1, *sorted(set(workers) - {1})]:
        seconds = _timed(partial(analyze, corpus, workers=number, progress=False))
        alone = alone or seconds
        n_words = sum(len(text.split()) for text in texts)
        rows.append(
            {
                "workers": number,
                "n_articles": n_articles,
                "n_words": n_words,
                "seconds": seconds,
                "words_per_second": n_words / seconds,
                "times_one_worker": alone / seconds,
                "share_parsing": min(1.0, parsing / alone),
                "memory_mb": _memory(),
            }
        )
    return pd.DataFrame(rows).astype(SPEED)


def _repeated(example: pd.DataFrame, n_articles: int) -> pd.DataFrame:
    times = -(-n_articles // len(example))
    corpus = pd.concat([example] * times, ignore_index=True).head(n_articles)
    return corpus.assign(article_id=[f"a{number}" for number in range(n_articles)])


def _timed(run: Callable[[], object]) -> float:
    before = time.perf_counter()
    run()
    return time.perf_counter() - before


def _memory() -> float | None:
    """The most megabytes that this process or one of its children has held."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (1e6 if sys.platform == "darwin" else 1e3)
