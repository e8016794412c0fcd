"""The unpaired test: under the null hypothesis each article could as well have been the other outlet's.

The statistic is Welch's t, which keeps the test honest when the outlets differ in spread or number of articles [1]_,
and the interval takes its critical values from the same relabellings. In simulation with 8 lognormal articles against
30 it covers 95%, a studentised bootstrap 88% and a percentile bootstrap 87%.

References
----------
.. [1] Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses and the generalized Behrens-Fisher
   problem. https://doi.org/10.1016/S0167-7152(97)00043-6
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from framing.comparison.articles import Floats
from framing.comparison.resampling import Inference, rank_of_limit, two_sided, whole_numbers

EXACT_RELABELLINGS = 20_000
_CELLS = 1 << 22  # numbers held at once


def n_relabellings(n_left: int, n_right: int, n_resamples: int) -> int:
    """How many relabellings are tried for so many articles."""
    possible = comb(n_left + n_right, n_left)
    return possible if possible <= EXACT_RELABELLINGS else n_resamples


def relabel(pairs: Sequence[tuple[Floats, Floats]], *, n_resamples: int, seed: int) -> list[Inference]:
    """Test for each pair of outlets whether their articles have the same mean, and give the difference's 95% interval.

    The draws depend on the seed and the numbers of articles only, so that no result depends on what else is asked.

    Examples
    --------
    >>> relabel([(np.arange(6.0), np.arange(6.0) + 10)], n_resamples=999, seed=0)[0].p_value == 2 / 924
    True
    """
    alike: dict[tuple[int, int], list[int]] = {}
    ordered = [_ordered(left, right) for left, right in pairs]
    for row, one in enumerate(ordered):
        alike.setdefault((len(one.left), len(one.right)), []).append(row)
    results: dict[int, Inference] = {}
    for (n_left, n_right), rows in alike.items():
        draws = _Draws(n_left, n_left + n_right, n_resamples, seed)
        step = max(1, _CELLS // draws.n)
        for start in range(0, len(rows), step):
            chunk = rows[start : start + step]
            results.update(zip(chunk, _infer([ordered[row] for row in chunk], draws), strict=True))
    return [results[row] for row in range(len(pairs))]


class _Pair(NamedTuple):
    left: Floats
    right: Floats
    is_mirrored: bool


def _ordered(left: Floats, right: Floats) -> _Pair:
    """The same draws whichever side is named first, and fewer articles to draw."""
    left, right = np.sort(left), np.sort(right)
    if (len(left), left.tolist()) > (len(right), right.tolist()):
        return _Pair(right, left, True)
    return _Pair(left, right, False)


class _Draws:
    """Which articles become the left outlet's, draw by draw."""

    def __init__(self, n_left: int, n: int, n_resamples: int, seed: int) -> None:
        self.n_left, self.n_articles = n_left, n
        self.is_exact = comb(n, n_left) <= EXACT_RELABELLINGS
        self.n = n_relabellings(n_left, n - n_left, n_resamples)
        self._seed = seed

    def parts(self) -> Iterator[tuple[slice, Floats]]:
        """Give the draws part by part, one row a draw and one column an article, 1 where it is the left outlet's."""
        random = np.random.default_rng(self._seed)
        every = np.array(list(combinations(range(self.n_articles), self.n_left))) if self.is_exact else None
        size = max(1, _CELLS // self.n_articles)
        for start in range(0, self.n, size):
            part = slice(start, min(start + size, self.n))
            if every is not None:
                is_left = np.zeros((part.stop - part.start, self.n_articles))
                np.put_along_axis(is_left, every[part], 1.0, axis=1)
            else:
                # The articles with the smallest random keys are a random choice.
                keys = random.random((part.stop - part.start, self.n_articles))
                largest = np.partition(keys, self.n_left - 1, axis=1)[:, self.n_left - 1]
                is_left = (keys <= largest[:, None]).astype(np.float64)
            yield part, is_left


def _infer(pairs: Sequence[_Pair], draws: _Draws) -> list[Inference]:
    values = np.stack([np.concatenate([pair.left, pair.right]) for pair in pairs])
    # Centred and scaled, so that sums of squares keep their digits and a tie is a difference below 1e-9.
    centred = values - values.mean(axis=1, keepdims=True)
    scales = np.abs(centred).max(axis=1)
    is_constant = scales <= 1e-12 * np.abs(values).max(axis=1)
    scaled = centred / np.where(is_constant, 1.0, scales)[:, None]
    whole, shift = whole_numbers(scaled)
    whole_squares, shift_squares = whole_numbers(scaled**2)
    sums, squares = np.zeros((len(pairs), draws.n)), np.zeros((len(pairs), draws.n))
    for part, is_left in draws.parts():
        sums[:, part] = np.ldexp(whole @ is_left.T, -shift[:, None])
        squares[:, part] = np.ldexp(whole_squares @ is_left.T, -shift_squares[:, None])
    rank = rank_of_limit(draws.n, is_exact=draws.is_exact)
    return [
        Inference(1.0, 0.0, 0.0)
        if is_constant[i]
        else _one(pair, scaled[i], float(scales[i]), sums[i], squares[i], rank, is_exact=draws.is_exact)
        for i, pair in enumerate(pairs)
    ]


def _one(
    pair: _Pair, scaled: Floats, scale: float, sums: Floats, squares: Floats, rank: int, *, is_exact: bool
) -> Inference:
    n_left = len(pair.left)
    drawn, _ = _welch(sums, squares, scaled, n_left)
    mine = scaled[:n_left]
    (observed,), (error,) = _welch(mine.sum(keepdims=True), (mine**2).sum(keepdims=True), scaled, n_left)
    tolerance = 1e-9 * max(1.0, abs(observed)) if np.isfinite(observed) else 0.0
    n_below, n_above = int((drawn <= observed + tolerance).sum()), int((drawn >= observed - tolerance).sum())
    drawn.sort()
    difference = float(pair.left.mean() - pair.right.mean())
    p_value = two_sided(n_below, n_above, len(drawn), is_exact=is_exact)
    low = difference - _times(drawn[-rank], error * scale)
    high = difference - _times(drawn[rank - 1], error * scale)
    return Inference(p_value, -high, -low) if pair.is_mirrored else Inference(p_value, low, high)


def _times(statistic: float, error: float) -> float:
    # Two outlets that are constant each, 0 here and 1 there, have no spread to multiply.
    return float(statistic * error) if error > 0 else 0.0


def _welch(sums: Floats, squares: Floats, values: Floats, n_left: int) -> tuple[Floats, Floats]:
    """Welch's t and the standard error of the difference, from the sums of the left outlet's values and squares."""
    n_right = len(values) - n_left
    total, total_squares = values.sum(), (values**2).sum()
    left, right = sums / n_left, (total - sums) / n_right
    spread_left = _variance(squares, left, n_left)
    spread_right = _variance(total_squares - squares, right, n_right)
    error = np.sqrt(spread_left / n_left + spread_right / n_right)
    difference = left - right
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(np.abs(difference) < 1e-12, 0.0, difference / error)
    return statistic, error


def _variance(squares: Floats, means: Floats, n: int) -> npt.NDArray[np.float64]:
    variance: Floats = (squares - n * means**2) / (n - 1)
    return np.where(variance < 1e-13, 0.0, variance)
