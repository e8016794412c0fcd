"""Text that two articles share word for word, and which pairs of many articles to ask about.

An article is its runs of five words (shingles). Pairs to ask about have a run in common among every fourth of all
different runs, chosen by hash, which is Broder's modulo sketch: unlike a fixed number of minima it finds a short copy
inside a long article too. (MinHash with 128 permutations brings up 94% of copies with 40% of their sentences changed,
where this finds 99%; `benchmarks/copies.py`.) Pairs found so are then compared by all their runs.
"""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

RUN = 5  # words
SKETCH = np.uint64(4)  # one of so many runs is looked up; with 30 shared words at least one is, but for 1 time in 500
WHOLLY = 0.8  # share of an article's runs
NEIGHBOURS = 4  # other articles with the same run that an article is compared with, besides the first
MIXED = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
MOST_REMEMBERED = 2_000_000  # words whose hashes are kept

WORD = re.compile(r"\w+")
Hashes = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class Runs:
    """Makes the hashes of an article's runs of words: the same on every machine and in every process."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, text: str) -> Hashes:
        """One hash a run, in text order; capitals and punctuation make no difference.

        Examples
        --------
        >>> len(Runs().of("It rained in Rome on Monday.")), len(Runs().of("It rained."))
        (2, 0)
        """
        # Small letters after the words are found: "İ" has two characters in small, and the offsets would move.
        words = " ".join(WORD.findall(text)).casefold().split(" ")
        n = len(words) - RUN + 1
        if n < 1:
            return np.empty(0, np.uint64)
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        for word in set(words) - self._known.keys():
            self._known[word] = _hash(word)
        hashes = np.fromiter(map(self._known.__getitem__, words), np.uint64, len(words))
        runs = hashes[:n].copy()
        for step in range(1, RUN):
            runs *= MIXED[0]
            runs += hashes[step : step + n]
        return _mixed(runs)


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(values: Hashes) -> Hashes:
    """Spread over all bits (the finalizer of splitmix64), so that the lowest can choose the sketch."""
    values ^= values >> np.uint64(30)
    values *= MIXED[1]
    values ^= values >> np.uint64(27)
    values *= MIXED[2]
    values ^= values >> np.uint64(31)
    return values


def shared_words(runs: Hashes, others: Hashes, *, ignored: Mask | None = None) -> Mask:
    """Which words of an article stand in a run that the other article has too.

    Parameters
    ----------
    runs : array
        The runs of the article, in text order.
    others : array
        The runs of the other article, sorted.
    ignored : array, optional
        Runs of the article that don't count.

    Examples
    --------
    >>> make = Runs()
    >>> one, other = make.of("On Monday it rained in Rome again."), make.of("Today it rained in Rome again, all day.")
    >>> shared_words(one, np.sort(other)).tolist()
    [False, False, True, True, True, True, True]
    """
    if not len(runs) or not len(others):
        return np.zeros(len(runs) + RUN - 1 if len(runs) else 0, bool)
    place = np.minimum(np.searchsorted(others, runs), len(others) - 1)
    found = others[place] == runs
    if ignored is not None:
        found &= ~ignored
    return covered(found)


def covered(found: Mask) -> Mask:
    """Words that the runs marked in `found` cover."""
    words = np.zeros(len(found) + RUN - 1, bool)
    for step in range(RUN):
        words[step : step + len(found)] |= found
    return words


def boilerplate(runs: Sequence[Hashes], groups: Sequence[str], most: int, share: float) -> list[Mask]:
    """Mark the runs that stand in more than `most` articles, and more than `share` of all, of one group.

    Parameters
    ----------
    runs : sequence of arrays
        The runs of each article.
    groups : sequence of str
        The group of each article: what an outlet prints under all its articles is no copy of one of them. An article
        that is nearly all made of such runs is a whole article that stands there many times, and nothing is marked.
    """
    members: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    marks: list[Mask] = [np.zeros(len(each), bool) for each in runs]
    for numbers in members.values():
        limit = max(most, int(share * len(numbers)))
        if len(numbers) <= limit:
            continue
        every = np.concatenate([np.unique(runs[number]) for number in numbers])
        every.sort()
        # The same value `limit` places on: it stands in more articles than that.
        common = np.unique(every[limit:][every[limit:] == every[: len(every) - limit]])
        if len(common):
            for number in numbers:
                found = np.isin(runs[number], common)
                if found.mean() < WHOLLY:
                    marks[number] = found
    return marks


def likely_pairs(runs: Sequence[Hashes], ignored: Sequence[Mask], rank: Places) -> npt.NDArray[np.int64]:
    """Pairs of articles with at least two runs of the sketch in common, as (earlier, later) by `rank`.

    Among many articles with the same run each is paired with the first and with its next neighbours only, so that the
    number of pairs grows no faster than the articles.
    """
    kept = [np.unique(each[~mask & (each % SKETCH == 0)]) for each, mask in zip(runs, ignored, strict=True)]
    places = np.repeat(rank, [len(each) for each in kept]).astype(np.int32)
    hashes = np.concatenate(kept) if kept else np.empty(0, np.uint64)
    del kept
    order = np.lexsort((places, hashes))
    hashes, places = hashes[order], places[order]
    del order
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.empty(0, int)
    first = np.repeat(starts, np.diff(np.append(starts, len(hashes))))
    here = np.arange(len(hashes))
    keys = []
    n = np.int64(len(runs))
    for step in range(1, NEIGHBOURS + 1):
        later = np.flatnonzero(first[step:] == first[:-step]) + step
        keys.append(places[later - step].astype(np.int64) * n + places[later])
    beyond = here[here - first > NEIGHBOURS]
    keys.append(places[first[beyond]].astype(np.int64) * n + places[beyond])
    pairs, times = np.unique(np.concatenate(keys), return_counts=True)
    pairs = pairs[times > 1]
    back = np.argsort(rank)
    return np.stack([back[pairs // n], back[pairs % n]], axis=1)
