"""How alike two articles are, for all pairs near enough in time, without ever holding all pairs."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

Ints = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]
Floats = np.ndarray[Any, np.dtype[np.floating[Any]]]

UNDATED = np.iinfo(np.int64).max  # sorts after every day
_CELLS = 8_000_000  # cells of a block of scores: at most about 100 MB, however many articles a day or a corpus has


# Where so many articles lie within one window, or have no date, only pairs that share enough rare words are compared,
# so that time doesn't grow with the square; common words alone never make a pair alike.
_FEW_ARTICLES = 2_000
_RARE = 200  # a word in no more articles than this
_LEAST_RARE = 1 / 3  # part of the lowest cosine that rare words must make up
_ROWS = 1_000


class Pairs(NamedTuple):
    """Pairs of articles by their positions (`left` < `right`) and their scores."""

    left: Ints
    right: Ints
    score: Floats


def score_pairs(
    weights: sparse.csr_matrix, days: Ints, *, window_days: int, undated_factor: float, lowest: float
) -> Pairs:
    """Score the pairs of articles that are at most `window_days` apart.

    Parameters
    ----------
    weights : scipy.sparse.csr_matrix
        One row of length 1 per article, in the order of `days`.
    days : numpy array of int
        Day of publication, ascending; ``UNDATED`` where it isn't known.
    window_days : int
        Articles further apart have no pair. Within it the cosine falls in equal steps, from all of it on the same day
        to 1 / (window_days + 1) of it on the last.
    undated_factor : float
        By what the cosine is multiplied where one of two articles has no date.
    lowest : float
        Pairs that score less are left out.

    Returns
    -------
    Pairs
        Ordered by left, then right.

    Examples
    --------
    >>> same = sparse.csr_matrix(np.ones((3, 1)))
    >>> score_pairs(same, np.array([0, 1, 9]), window_days=3, undated_factor=1, lowest=0.1)
    Pairs(left=array([0]), right=array([1]), score=array([0.75]))
    """
    dated = int(np.searchsorted(days, UNDATED))
    found = []
    rare: sparse.csr_matrix | None = None
    turned, turned_for = weights[:0].T.tocsr(), range(0)
    for rows, partners in _blocks(days, dated, window_days):
        is_crowded = len(partners) > _FEW_ARTICLES
        if is_crowded and rare is None:
            rare = _rare_words(weights)
        seen = rare if is_crowded and rare is not None else weights
        if partners != turned_for:  # articles without a date are the partners of block after block
            turned, turned_for = seen[partners.start : partners.stop].T.tocsr(), partners
        cosines = (seen[rows.start : rows.stop] @ turned).tocoo()
        if is_crowded:
            least = lowest / undated_factor if partners.start == dated else lowest
            cosines = _completed(cosines, weights, rows, partners, _LEAST_RARE * least)
        found.append(_near(cosines, days, rows, partners, window_days, undated_factor, lowest))
    left, right, score = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((right, left))
    return Pairs(left[order], right[order], score[order])


def _rare_words(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """The weights of words that few articles have."""
    n_articles = np.bincount(weights.indices, minlength=weights.shape[1])
    rare = sparse.csr_matrix(weights @ sparse.diags((n_articles <= _RARE).astype(weights.dtype)))
    rare.eliminate_zeros()
    return rare


def _completed(
    rare: sparse.coo_matrix, weights: sparse.csr_matrix, rows: range, partners: range, lowest: float
) -> sparse.coo_matrix:
    """Whole cosines of the pairs whose rare words alone reach `lowest`."""
    kept = rare.data >= lowest
    row, column = rare.row[kept], rare.col[kept]
    whole = weights[row + rows.start].multiply(weights[column + partners.start]).sum(axis=1)
    return sparse.coo_matrix((np.asarray(whole).ravel(), (row, column)), shape=rare.shape)


def _blocks(days: Ints, dated: int, window_days: int) -> Iterator[tuple[range, range]]:
    """Cut the pairs into blocks of rows and partners that fit into memory."""
    everything, undated = len(days), range(dated, len(days))
    first = 0
    while first < dated:
        near = int(np.searchsorted(days, days[first] + window_days, side="right")) - first
        # No more rows than partners: a longer stretch would compare articles that are weeks apart.
        last = min(first + max(1, min(near, _CELLS // near)), dated)
        end = int(np.searchsorted(days[:dated], days[last - 1] + window_days, side="right"))
        yield range(first, last), range(first, end)
        first = last
    for partners in (undated,) if undated else ():
        step = _ROWS if len(partners) > _FEW_ARTICLES else max(1, _CELLS // len(partners))
        for first in range(0, everything, step):
            yield range(first, min(first + step, everything)), partners
    if everything == 0:
        yield range(0), range(0)


def _near(
    cosines: sparse.coo_matrix,
    days: Ints,
    rows: range,
    partners: range,
    window_days: int,
    undated_factor: float,
    lowest: float,
) -> Pairs:
    left = cosines.row.astype(np.int64) + rows.start
    right = cosines.col.astype(np.int64) + partners.start
    worth = (cosines.data >= lowest) & (left < right)
    left, right = left[worth], right[worth]
    undated = days[right] == UNDATED
    apart = np.where(undated, 0, days[right] - days[left])
    factor = np.where(undated, undated_factor, np.clip(1 - apart / (window_days + 1), 0, 1))
    # Rounded, so that the last bits of a sum decide nothing.
    score = np.round(cosines.data[worth].astype(np.float64) * factor, 6)
    kept = (score >= lowest) & (score > 0)
    return Pairs(left[kept], right[kept], score[kept])
