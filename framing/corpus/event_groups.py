"""Articles put together by the mean of their scores, so that a chain of follow-ups is no single event."""

import heapq
from collections.abc import Iterable

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from framing.corpus.event_scores import UNDATED, Ints, Pairs

Span = tuple[int, int] | None  # first and last day; None where no article has a date


def group_articles(pairs: Pairs, days: Ints, *, threshold: float, window_days: int) -> list[list[int]]:
    """Average-link clusters whose articles all lie within `window_days`.

    The two groups with the highest mean score over all pairs between them are joined, as long as that mean reaches the
    threshold and the group would last no longer than the window. A pair that isn't listed scores 0.

    Parameters
    ----------
    pairs : Pairs
        As `score_pairs` gives them.
    days : numpy array of int
        Day of each article, ``UNDATED`` where it isn't known.
    threshold : float
        Lowest mean score at which two groups are joined.
    window_days : int
        The most days between the first and the last article of a group.

    Returns
    -------
    list of list of int
        Positions of the articles of each group of at least two, ascending.

    Examples
    --------
    A score of .8 between neighbours only: the chain is cut, since its ends have nothing in common.

    >>> chain = Pairs(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.8, 0.7, 0.8]))
    >>> group_articles(chain, np.zeros(4, dtype=np.int64), threshold=0.5, window_days=3)
    [[0, 1], [2, 3]]
    """
    strong = pairs.score >= threshold
    n_articles = len(days)
    graph = sparse.coo_matrix(
        (np.ones(strong.sum(), dtype=np.int8), (pairs.left[strong], pairs.right[strong])),
        shape=(n_articles, n_articles),
    )
    # A mean reaches the threshold only where one pair does: what no strong pair connects is never joined.
    _, component = connected_components(graph, directed=False)
    inside = component[pairs.left] == component[pairs.right]
    order = np.argsort(component[pairs.left[inside]], kind="stable")
    left, right, score = (values[inside][order] for values in pairs)
    cuts = np.flatnonzero(np.diff(component[left])) + 1
    groups: list[list[int]] = []
    for rows in np.split(np.arange(len(left)), cuts):
        if len(rows):
            links = zip(left[rows].tolist(), right[rows].tolist(), score[rows].tolist(), strict=True)
            groups += _Joining(links, days, threshold, window_days).groups()
    return sorted(groups)


class _Joining:
    """The groups of one component on the way: their members, their days, and the sums of scores between them."""

    def __init__(self, links: Iterable[tuple[int, int, float]], days: Ints, threshold: float, window_days: int) -> None:
        self.threshold, self.window_days = threshold, window_days
        self.sums: dict[int, dict[int, float]] = {}
        for left, right, score in links:
            self.sums.setdefault(left, {})[right] = score
            self.sums.setdefault(right, {})[left] = score
        self.members = {article: [article] for article in self.sums}
        self.span = {article: (int(days[article]),) * 2 if days[article] != UNDATED else None for article in self.sums}
        self.heap: list[tuple[float, int, int, int, int]] = []
        for article in sorted(self.sums):
            self._offer(article, above=article)

    def groups(self) -> list[list[int]]:
        """Join until no two groups are alike enough."""
        while self.heap:
            _, kept, lost, n_kept, n_lost = heapq.heappop(self.heap)
            # A group that has grown or gone since has other sizes: then this offer is out of date.
            if len(self.members.get(kept, ())) == n_kept and len(self.members.get(lost, ())) == n_lost:
                self._join(kept, lost)
        return [sorted(members) for members in self.members.values() if len(members) > 1]

    def _join(self, kept: int, lost: int) -> None:
        self.members[kept] += self.members.pop(lost)
        self.span[kept] = _joint_span(self.span[kept], self.span.pop(lost))
        neighbours, moved = self.sums[kept], self.sums.pop(lost)
        for other, score in moved.items():
            del self.sums[other][lost]
            if other != kept:
                neighbours[other] = self.sums[other][kept] = neighbours.get(other, 0.0) + score
        self._offer(kept)

    def _offer(self, group: int, above: int = -1) -> None:
        """Put the joinings of a group with its neighbours on the heap, where they are allowed."""
        size = len(self.members[group])
        for other, score in self.sums[group].items():
            n_other = len(self.members[other])
            mean = score / (size * n_other)
            if other > above and mean >= self.threshold and self._short(group, other):
                first, second = sorted(((group, size), (other, n_other)))
                heapq.heappush(self.heap, (-mean, first[0], second[0], first[1], second[1]))

    def _short(self, group: int, other: int) -> bool:
        joint = _joint_span(self.span[group], self.span[other])
        return joint is None or joint[1] - joint[0] <= self.window_days


def _joint_span(one: Span, other: Span) -> Span:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
