"""The test of one outlet against the rest: under the null hypothesis any outlet of an event could have been the one.

With more than two outlets a value less the mean of the others is skewed even when all outlets are alike, so that its
sign may not be flipped: with ten outlets and lognormal values that rejects 12% of true hypotheses at 5%. Instead the
outlet that is set against the others is drawn anew within each event, which with two outlets is the sign-flip test.

The interval inverts the test. An outlet that is higher by some value is taken down by it, and the value belongs to the
interval when what is left is compatible with outlets that are alike. Each draw turns at one value, so that the limits
are order statistics and never contradict p.
"""

from collections.abc import Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from framing.comparison.articles import Floats
from framing.comparison.resampling import Inference, rank_of_limit, two_sided

EXACT_CHOICES = 65_536
_DRAWS_AT_ONCE = 1_024
Whole = npt.NDArray[np.int64]


def n_choices(n_outlets: Sequence[int], n_resamples: int) -> int:
    """How many choices of one outlet an event are tried, for the numbers of outlets that tell each event.

    Examples
    --------
    >>> n_choices([3] * 6, 9_999), n_choices([5] * 10, 9_999)
    (729, 9999)
    """
    possible = prod(n_outlets)
    return possible if possible <= EXACT_CHOICES else n_resamples


def choose(values: Floats, *, n_resamples: int, seed: int) -> Inference:
    """Test the outlet of the first column against the mean of the others, and give its 95% interval.

    Parameters
    ----------
    values : array
        One row an event, one column an outlet, NaN where an outlet doesn't tell the event; the first has no NaN.

    Examples
    --------
    >>> values = np.array([[9.0, 1, 2], [8, 2, 3], [9, 3, 1], [7, 1, 1], [9, 4, 2], [8, 2, 2]])
    >>> choose(values, n_resamples=999, seed=0).p_value == 2 / 3**6
    True
    """
    told = ~np.isnan(values)
    n_outlets = told.sum(axis=1)
    differences = _less_the_others(values, n_outlets)
    # Whole numbers add up to the same sum in any order, and ties stay ties (see sign_flip).
    largest = float(np.abs(differences).max())
    if largest == 0:
        return Inference(1.0, 0.0, 0.0)
    shift = 52 - int(np.ceil(np.log2(differences.size))) - int(np.frexp(largest)[1])
    whole = np.rint(np.ldexp(differences, shift))
    sums, moved = _draws(whole, n_outlets, n_resamples, seed)
    is_exact = prod(n_outlets.tolist()) <= EXACT_CHOICES
    observed = whole[:, 0].sum()
    n_below, n_above = int((sums <= observed).sum()), int((sums >= observed).sum())
    low, high = _limits(observed, sums, moved, rank_of_limit(len(sums), is_exact=is_exact))
    p_value = two_sided(n_below, n_above, len(sums), is_exact=is_exact)
    return Inference(p_value, float(np.ldexp(low, -shift)), float(np.ldexp(high, -shift)))


def _less_the_others(values: Floats, n_outlets: npt.NDArray[np.intp]) -> Floats:
    """Each outlet's value less the mean of the other outlets' in the event, told outlets first, 0 behind them."""
    n = n_outlets[:, None]
    differences = (values - np.nanmean(values, axis=1, keepdims=True)) * n / (n - 1)
    # The outlets that tell the event, in their order, so that a draw is a number below how many they are.
    order = np.argsort(np.isnan(differences), axis=1, kind="stable")
    ordered: Floats = np.nan_to_num(np.take_along_axis(differences, order, axis=1), nan=0.0)
    return ordered


def _draws(whole: Floats, n_outlets: npt.NDArray[np.intp], n_resamples: int, seed: int) -> tuple[Floats, Floats]:
    """Sum of the differences of each draw, and by how much a draw moves when the first outlet is taken down by 1."""
    n_events = len(whole)
    is_exact = prod(n_outlets.tolist()) <= EXACT_CHOICES
    n_draws = n_choices(n_outlets.tolist(), n_resamples)
    random = np.random.default_rng(seed)
    back = 1 / (n_outlets - 1)
    sums, moved = np.zeros(n_draws), np.zeros(n_draws)
    events = np.arange(n_events)
    for start in range(0, n_draws, _DRAWS_AT_ONCE):
        part = slice(start, min(start + _DRAWS_AT_ONCE, n_draws))
        if is_exact:
            chosen = _all_choices(np.arange(part.start, part.stop), n_outlets)
        else:
            chosen = (random.random((part.stop - part.start, n_events)) * n_outlets).astype(np.int64)
        sums[part] = whole[events, chosen].sum(axis=1)
        # 1 + c of the draw's mean a + c * value: 0 only where every event drew the outlet itself.
        moved[part] = np.where(chosen == 0, 0.0, 1 + back).sum(axis=1)
    return sums, moved


def _all_choices(numbers: Whole, n_outlets: npt.NDArray[np.intp]) -> Whole:
    """The digits of draw numbers, one an event, each to the base of how many outlets tell it."""
    digits = []
    for base in n_outlets:
        numbers, digit = np.divmod(numbers, base)
        digits.append(digit)
    return np.stack(digits, axis=1)


def _limits(observed: float, sums: Floats, moved: Floats, rank: int) -> tuple[float, float]:
    """The values at which a draw turns from below what was found to above; the data itself counts on both sides."""
    itself = moved == 0
    turns = (observed - sums) / np.where(itself, 1.0, moved)
    turns[itself] = -np.inf
    low = float(np.partition(turns, rank - 1)[rank - 1])
    turns[itself] = np.inf
    high = float(np.partition(turns, len(turns) - rank)[len(turns) - rank])
    return low, high
