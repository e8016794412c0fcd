"""Several outlets at once: whether any of them differs from any other.

Under the null hypothesis the outlets of an event could as well have had each other's values. The statistic is the sum
of squares that outlets explain beside events (in the additive model of both, by least squares, so that outlets which
miss some events are allowed for), and its distribution comes from exchanging values within events.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from math import factorial, prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from framing.comparison.articles import Floats
from framing.comparison.resampling import whole_numbers

EXACT_EXCHANGES = 65_536
EFFECT = "partial eta²"
_CELLS = 1 << 22  # numbers held at once
_FEW = 8  # metrics for which picking numbers is faster than multiplying
Whole = npt.NDArray[np.int64]


class Joint(NamedTuple):
    """A p for all outlets, and the share of the variance within events that is between outlets, if there is any."""

    p_value: float
    effect: float | None


def n_exchanges(n_outlets: Sequence[int], n_resamples: int) -> int:
    """How many exchanges of values within events are tried, for the numbers of outlets that tell each.

    Examples
    --------
    >>> n_exchanges([3] * 6, 9_999), n_exchanges([4] * 6, 9_999)
    (46656, 9999)
    """
    return prod(factorial(n) for n in n_outlets) if is_exact(n_outlets) else n_resamples


def is_exact(n_outlets: Sequence[int]) -> bool:
    """Whether all exchanges are tried."""
    return prod(factorial(n) for n in n_outlets) <= EXACT_EXCHANGES


def omnibus(tables: Sequence[Floats], *, n_resamples: int, seed: int) -> list[Joint]:
    """Test each table for any difference between its outlets.

    Parameters
    ----------
    tables : sequence of array
        One row an event, told by two outlets at least; one column an outlet, NaN where it doesn't tell the event.

    Examples
    --------
    >>> values = np.array([[9.0, 1, 2], [8, 2, 3], [9, 3, 1], [7, 1, 1], [9, 4, 2], [8, 2, 2]])
    >>> joint, = omnibus([values], n_resamples=999, seed=0)
    >>> round(joint.p_value, 5), round(joint.effect, 3)
    (0.00309, 0.961)
    """
    results: dict[int, Joint] = {}
    alike: dict[bytes, list[int]] = {}
    for row, values in enumerate(tables):
        told = ~np.isnan(values)
        alike.setdefault(np.packbits(told).tobytes() + str(told.shape).encode(), []).append(row)
    for rows in alike.values():
        joints = _test(np.stack([tables[row] for row in rows]), n_resamples, seed)
        results.update(zip(rows, joints, strict=True))
    return [results[row] for row in range(len(tables))]


def _test(values: Floats, n_resamples: int, seed: int) -> list[Joint]:
    """Test tables (first axis) that are told by the same outlets in the same events."""
    told = ~np.isnan(values[0])
    n_tables = len(values)
    centred = np.where(told, values - np.nanmean(values, axis=2, keepdims=True), 0.0)
    within = told.astype(np.float64)
    weights = np.diag(within.sum(axis=0)) - (within / within.sum(axis=1, keepdims=True)).T @ within
    inverse = np.linalg.pinv(weights, hermitian=True)
    whole, _ = whole_numbers(centred.reshape(n_tables, -1))
    by_slot = np.ascontiguousarray(whole.T)
    observed = _explained(whole.reshape(values.shape).sum(axis=1), inverse)
    n_above, n_draws = np.zeros(n_tables), 0
    is_constant = np.abs(centred).max(axis=(1, 2)) <= 1e-12 * np.nanmax(np.abs(values), axis=(1, 2))
    for slots in _exchanges(told, n_resamples, seed):
        sums = _sums(slots, by_slot, told)
        # A tie is a difference below 1e-9 of the statistic.
        n_above += (_explained(sums, inverse) >= observed * (1 - 1e-9)).sum(axis=0)
        n_draws += len(slots)
    one = 0 if is_exact(told.sum(axis=1).tolist()) else 1
    total = (whole**2).sum(axis=1)
    return [
        Joint(1.0, None)
        if is_constant[i]
        else Joint(float((n_above[i] + one) / (n_draws + one)), float(observed[i] / total[i]))
        for i in range(n_tables)
    ]


def _explained(sums: Floats, inverse: Floats) -> Floats:
    """The sum of squares between outlets, from each outlet's sum of centred values (last axis)."""
    explained: Floats = np.einsum("...i,ij,...j->...", sums, inverse, sums)
    return explained


def _sums(slots: Whole, by_slot: Floats, told: npt.NDArray[np.bool_]) -> Floats:
    """Sum of each outlet's values by draw and table, when each cell of the table has the value of another slot."""
    n_draws, _, n_outlets = slots.shape
    n_tables = by_slot.shape[1]
    if n_tables < _FEW:
        drawn = by_slot[slots]
        drawn[:, ~told] = 0.0
        picked: Floats = drawn.sum(axis=1)
        return np.moveaxis(picked, 1, 2)
    sums = np.zeros((n_draws, n_tables, n_outlets))
    for outlet in range(n_outlets):
        is_drawn = np.zeros((n_draws, len(by_slot)))
        np.put_along_axis(is_drawn, slots[:, told[:, outlet], outlet], 1.0, axis=1)
        sums[:, :, outlet] = is_drawn @ by_slot
    return sums


def _exchanges(told: npt.NDArray[np.bool_], n_resamples: int, seed: int) -> Iterator[Whole]:
    """Give, part by part, which slot of the table each cell gets its value from; a cell without value keeps its own."""
    n_told = told.sum(axis=1)
    own = np.arange(told.size).reshape(told.shape)
    size = max(1, _CELLS // told.size)
    if is_exact(n_told.tolist()):
        yield from _all_exchanges(told, own, size)
        return
    random = np.random.default_rng(seed)
    for start in range(0, n_resamples, size):
        n = min(size, n_resamples - start)
        slots = np.broadcast_to(own, (n, *own.shape)).copy()
        for count in np.unique(n_told):
            events = n_told == count
            cells = told & events[:, None]
            mine = np.broadcast_to(own[cells].reshape(-1, count), (n, int(events.sum()), count))
            slots[:, cells] = random.permuted(mine, axis=2).reshape(n, -1)
        yield slots


def _all_exchanges(told: npt.NDArray[np.bool_], own: Whole, size: int) -> Iterator[Whole]:
    choices = [np.array(list(permutations(own[event][told[event]]))) for event in range(len(told))]
    possible = prod(len(one) for one in choices)
    for start in range(0, possible, size):
        numbers = np.arange(start, min(start + size, possible))
        slots = np.broadcast_to(own, (len(numbers), *own.shape)).copy()
        for event, one in enumerate(choices):
            numbers, digit = np.divmod(numbers, len(one))
            slots[:, event, told[event]] = one[digit]
        yield slots
