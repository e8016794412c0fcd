"""The unpaired test: under the null hypothesis each article could as well have been the other outlet's.

The statistic is Welch's t, which keeps the test honest when the outlets differ in spread or number of articles [1]_,
and the interval takes its critical values from the same relabellings. In simulation with 8 lognormal articles against
30 it covers 95%, a studentised bootstrap 88% and a percentile bootstrap 87%.

References
----------
.. [1] Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses and the generalized Behrens-Fisher
   problem. https://doi.org/10.1016/S0167-7152(97)00043-6
"""

from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from framing.comparison.articles import Floats
from framing.comparison.resampling import Inference, rank_of_limit, two_sided

EXACT_RELABELLINGS = 20_000
_DRAWS_AT_ONCE = 256


def n_relabellings(n_left: int, n_right: int, n_resamples: int) -> int:
    """How many relabellings are tried for so many articles."""
    possible = comb(n_left + n_right, n_left)
    return possible if possible <= EXACT_RELABELLINGS else n_resamples


def relabel(left: Floats, right: Floats, *, n_resamples: int, seed: int) -> Inference:
    """Test whether two outlets' articles have the same mean, and give the 95% interval of the difference.

    Examples
    --------
    >>> relabel(np.arange(6.0), np.arange(6.0) + 10, n_resamples=999, seed=0).p_value == 2 / 924
    True
    """
    left, right = np.sort(left), np.sort(right)
    if (len(left), left.tolist()) > (len(right), right.tolist()):
        # The same draws whichever side is named first, and fewer articles to draw.
        mirrored = relabel(right, left, n_resamples=n_resamples, seed=seed)
        return Inference(mirrored.p_value, -mirrored.ci_high, -mirrored.ci_low)
    values = np.concatenate([left, right])
    # Centred and scaled, so that sums of squares keep their digits and a tie is a difference below 1e-9.
    centred = values - values.mean()
    scale = float(np.abs(centred).max())
    if scale <= 1e-12 * float(np.abs(values).max()):
        return Inference(1.0, 0.0, 0.0)
    scaled = centred / scale
    is_exact = comb(len(values), len(left)) <= EXACT_RELABELLINGS
    sums, squares = _all_sums(scaled, len(left)) if is_exact else _random_sums(scaled, len(left), n_resamples, seed)
    drawn, _ = _welch(sums, squares, scaled, len(left))
    mine = scaled[: len(left)]
    (observed,), (error,) = _welch(mine.sum(keepdims=True), (mine**2).sum(keepdims=True), scaled, len(left))
    tolerance = 1e-9 * max(1.0, abs(observed)) if np.isfinite(observed) else 0.0
    n_below, n_above = int((drawn <= observed + tolerance).sum()), int((drawn >= observed - tolerance).sum())
    rank = rank_of_limit(len(drawn), is_exact=is_exact)
    drawn.sort()
    difference = float(left.mean() - right.mean())
    return Inference(
        two_sided(n_below, n_above, len(drawn), is_exact=is_exact),
        difference - _times(drawn[-rank], error * scale),
        difference - _times(drawn[rank - 1], error * scale),
    )


def _times(statistic: float, error: float) -> float:
    # Two outlets that are constant each, 0 here and 1 there, have no spread to multiply.
    return float(statistic * error) if error > 0 else 0.0


def _all_sums(values: Floats, n_left: int) -> tuple[Floats, Floats]:
    chosen = values[np.array(list(combinations(range(len(values)), n_left)))]
    return chosen.sum(axis=1), (chosen**2).sum(axis=1)


def _random_sums(values: Floats, n_left: int, n_resamples: int, seed: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    sums, squares = np.zeros(n_resamples), np.zeros(n_resamples)
    for start in range(0, n_resamples, _DRAWS_AT_ONCE):
        part = slice(start, min(start + _DRAWS_AT_ONCE, n_resamples))
        # The articles with the smallest random keys are a random choice, added in an order that no machine changes.
        keys = random.random((part.stop - part.start, len(values)))
        largest = np.partition(keys, n_left - 1, axis=1)[:, n_left - 1]
        is_left = keys <= largest[:, None]
        sums[part] = np.where(is_left, values, 0.0).sum(axis=1)
        squares[part] = np.where(is_left, values**2, 0.0).sum(axis=1)
    return sums, squares


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
