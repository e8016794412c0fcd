"""The test of one outlet against the rest: under the null hypothesis any outlet of an event could have been the one.

With more than two outlets a value less the mean of the others is skewed even when all outlets are alike, so that its
sign may not be flipped: with ten outlets and lognormal values that rejects 12% of true hypotheses at 5%. Instead the
outlet that is set against the others is drawn anew within each event, which with two outlets is the sign-flip test.

The interval inverts the test. An outlet that is higher by some value is taken down by it, and the value belongs to the
interval when what is left is compatible with outlets that are alike. Each draw turns at one value, so that the limits
are order statistics and never contradict p.
"""

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from framing.comparison.articles import Floats
from framing.comparison.resampling import Inference, rank_of_limit, two_sided, whole_numbers

EXACT_CHOICES = 65_536
_CELLS = 1 << 22  # numbers held at once
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


def choose(tables: Sequence[Floats], *, n_resamples: int, seed: int) -> list[Inference]:
    """Test the outlet of each table's first column against the mean of the others, and give its 95% interval.

    The draws depend on the seed and on how many outlets tell each event, so that no result depends on what else is
    asked.

    Parameters
    ----------
    tables : sequence of array
        One row an event, one column an outlet, NaN where an outlet doesn't tell the event; the first has no NaN.

    Examples
    --------
    >>> values = np.array([[9.0, 1, 2], [8, 2, 3], [9, 3, 1], [7, 1, 1], [9, 4, 2], [8, 2, 2]])
    >>> choose([values], n_resamples=999, seed=0)[0].p_value == 2 / 3**6
    True
    """
    results: dict[int, Inference] = {}
    alike: dict[bytes, list[int]] = {}
    for row, values in enumerate(tables):
        alike.setdefault((~np.isnan(values)).sum(axis=1).tobytes(), []).append(row)
    for rows in alike.values():
        n_outlets = (~np.isnan(tables[rows[0]])).sum(axis=1)
        draws = _Draws(n_outlets, n_resamples, seed)
        step = max(1, _CELLS // draws.n)
        for start in range(0, len(rows), step):
            chunk = rows[start : start + step]
            differences = [_less_the_others(tables[row], n_outlets) for row in chunk]
            results.update(zip(chunk, _infer(differences, draws), strict=True))
    return [results[row] for row in range(len(tables))]


def _less_the_others(values: Floats, n_outlets: npt.NDArray[np.intp]) -> Floats:
    """Each outlet's value less the mean of the other outlets' in the event, told outlets first, 0 behind them."""
    n = n_outlets[:, None]
    differences = (values - np.nanmean(values, axis=1, keepdims=True)) * n / (n - 1)
    # The outlets that tell the event, in their order, so that a draw is a number below how many they are.
    order = np.argsort(np.isnan(differences), axis=1, kind="stable")
    ordered: Floats = np.nan_to_num(np.take_along_axis(differences, order, axis=1), nan=0.0)
    return ordered[:, : n_outlets.max()]


class _Draws:
    """Which outlet of each event is set against the others, draw by draw, for events told by so many outlets."""

    def __init__(self, n_outlets: npt.NDArray[np.intp], n_resamples: int, seed: int) -> None:
        self.n_outlets = n_outlets
        self.is_exact = prod(n_outlets.tolist()) <= EXACT_CHOICES
        self.n = n_choices(n_outlets.tolist(), n_resamples)
        self._seed = seed

    def parts(self) -> Iterator[tuple[slice, Whole]]:
        """Give the draws part by part, one row a draw and one column an event."""
        random = np.random.default_rng(self._seed)
        size = max(1, _CELLS // int(self.n_outlets.sum()))
        for start in range(0, self.n, size):
            part = slice(start, min(start + size, self.n))
            if self.is_exact:
                yield part, _all_choices(np.arange(part.start, part.stop), self.n_outlets)
            else:
                drawn = random.random((part.stop - part.start, len(self.n_outlets)))
                yield part, (drawn * self.n_outlets).astype(np.int64)


def _all_choices(numbers: Whole, n_outlets: npt.NDArray[np.intp]) -> Whole:
    """The digits of draw numbers, one an event, each to the base of how many outlets tell it."""
    digits = []
    for base in n_outlets:
        numbers, digit = np.divmod(numbers, base)
        digits.append(digit)
    return np.stack(digits, axis=1)


def _infer(differences: Sequence[Floats], draws: _Draws) -> list[Inference]:
    n_events, width = differences[0].shape
    # Whole numbers add up to the same sum in any order, and ties stay ties (see sign_flip).
    whole, shift = whole_numbers(np.stack([one.ravel() for one in differences]))
    by_slot = np.ascontiguousarray(whole.T)
    back = 1 + 1 / (draws.n_outlets - 1)
    sums, moved = np.zeros((len(whole), draws.n)), np.zeros(draws.n)
    first_slots = np.arange(n_events) * width
    for part, chosen in draws.parts():
        slots = chosen + first_slots
        if len(whole) == 1:
            sums[0, part] = by_slot[slots, 0].sum(axis=1)
        else:
            is_chosen = np.zeros((len(slots), len(by_slot)))
            np.put_along_axis(is_chosen, slots, 1.0, axis=1)
            sums[:, part] = (is_chosen @ by_slot).T
        # 1 + c of the draw's mean a + c * value: 0 only where every event drew the outlet itself.
        moved[part] = np.where(chosen == 0, 0.0, back).sum(axis=1)
    observed = whole[:, ::width].sum(axis=1, keepdims=True)
    n_below, n_above = (sums <= observed).sum(axis=1), (sums >= observed).sum(axis=1)
    low, high = _limits(observed, sums, moved, rank_of_limit(draws.n, is_exact=draws.is_exact))
    low, high = np.ldexp(low, -shift), np.ldexp(high, -shift)
    return [
        Inference(
            two_sided(int(n_below[i]), int(n_above[i]), draws.n, is_exact=draws.is_exact), float(low[i]), float(high[i])
        )
        for i in range(len(whole))
    ]


def _limits(observed: Floats, sums: Floats, moved: Floats, rank: int) -> tuple[Floats, Floats]:
    """The values at which a draw turns from below what was found to above; the data itself counts on both sides."""
    itself = moved == 0
    turns = (observed - sums) / np.where(itself, 1.0, moved)
    turns[:, itself] = -np.inf
    low = np.partition(turns, rank - 1, axis=1)[:, rank - 1]
    turns[:, itself] = np.inf
    high = np.partition(turns, turns.shape[1] - rank, axis=1)[:, turns.shape[1] - rank]
    return low, high
