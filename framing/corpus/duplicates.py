"""Near-duplicates among many articles: which article copies which earlier one, and how much of it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framing.corpus.shared_text import (
    WORD,
    Hashes,
    Mask,
    Places,
    Runs,
    boilerplate,
    covered,
    likely_pairs,
    shared_words,
)
from framing.progress import watched

FEWEST = 30  # words that must be shared, and words outside quotation marks for a share of them to mean anything
# Passages under more articles of an outlet than this are its boilerplate.
MOST_REPEATS, SHARE_REPEATS = 10, 0.02
_LONGEST_QUOTE = 2_000  # characters
# To the end of the line where a quotation goes on in the next paragraph.
_QUOTED = re.compile(rf'“[^”\n]{{1,{_LONGEST_QUOTE}}}(?:”|$)|"[^"\n]{{1,{_LONGEST_QUOTE}}}(?:"|$)', re.MULTILINE)


class Copied(NamedTuple):
    """That an article stands in an earlier one: shares of its words, of all and of those outside quotation marks."""

    article: int
    original: int
    share: float
    share_unquoted: float


def find_duplicates(
    texts: Sequence[str], outlets: Sequence[str], rank: Places, *, min_share: float, show: bool = False
) -> list[Copied]:
    """Find each article that copies one of lower `rank`; of several the one of lowest rank.

    Quotations are left out of what decides: two outlets that quote the same statement at length don't copy each other.
    """
    make = Runs()
    runs = [make.of(text) for text in watched(texts, unit="articles", show=show)]
    ignored = boilerplate(runs, outlets, MOST_REPEATS, SHARE_REPEATS)
    found: dict[int, Copied] = {}
    sorted_runs: dict[int, Hashes] = {}
    for earlier, later in _in_order(likely_pairs(runs, ignored, rank), rank):
        if later in found:
            continue
        if earlier not in sorted_runs:
            if len(sorted_runs) > 1_000:
                sorted_runs.clear()
            sorted_runs[earlier] = np.sort(runs[earlier])
        shared = shared_words(runs[later], sorted_runs[earlier], ignored=ignored[later])
        # Few pairs share so much that it is worth finding out where their quotations are.
        if shared.sum() < FEWEST or shared.mean() < min_share / 2:
            continue
        copied = _copied(later, earlier, texts[later], shared, ignored[later])
        if min(copied.share, copied.share_unquoted) >= min_share:
            found[later] = copied
    return [found[article] for article in sorted(found)]


def _in_order(pairs: Places, rank: Places) -> list[list[int]]:
    order = np.lexsort((rank[pairs[:, 1]], rank[pairs[:, 0]]))
    in_order: list[list[int]] = pairs[order].tolist()
    return in_order


def _copied(article: int, original: int, text: str, shared: Mask, ignored: Mask) -> Copied:
    counts = ~(covered(ignored) & ~shared)
    own = counts & ~quoted_words(text)
    share = float(shared.sum() / counts.sum())
    return Copied(article, original, share, float(shared[own].mean()) if own.sum() >= FEWEST else share)


def quoted_words(text: str) -> Mask:
    """Which words of a text stand inside double quotation marks.

    Examples
    --------
    >>> quoted_words("“It rained,” she said.").tolist()
    [True, True, False, False]
    """
    starts = np.fromiter((word.start() for word in WORD.finditer(text)), np.int64)
    bounds = np.array([place for quote in _QUOTED.finditer(text) for place in quote.span()], np.int64)
    inside: Mask = np.searchsorted(bounds, starts, side="right") % 2 == 1
    return inside


def groups_of(copies: Sequence[Copied], n: int) -> tuple[list[int], list[int]]:
    """The first article of each article's group, and how many articles the group has.

    Examples
    --------
    >>> groups_of([Copied(1, 0, 1.0, 1.0), Copied(2, 1, 1.0, 1.0)], 4)
    ([0, 0, 0, 3], [3, 3, 3, 1])
    """
    original = {copied.article: copied.original for copied in copies}
    first = []
    for article in range(n):
        while article in original:
            article = original[article]
        first.append(article)
    sizes = np.bincount(first, minlength=n)
    return first, sizes[first].tolist()
