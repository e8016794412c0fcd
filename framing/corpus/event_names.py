"""What an event is called, and why an article is in it: the words that its articles share."""

import re
from collections.abc import Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from framing.corpus.event_scores import UNDATED, Floats, Ints, Pairs

_NAME_WORDS, _WHY_WORDS = 2, 3


def name_events(
    groups: Sequence[Sequence[int]], weights: sparse.csr_matrix, terms: Sequence[str], days: Ints
) -> list[str]:
    """Call each event by the day of its first article and the two words that mark it most.

    Events of the same day and words are told apart by "-2", "-3" …; without any date the name begins with "undated".

    Examples
    --------
    >>> weights = sparse.csr_matrix(np.array([[0.8, 0.6], [0.6, 0.8], [1.0, 0.0]]))
    >>> name_events([[0, 1]], weights, ["flood", "dam"], np.array([0, 1, 2]))
    ['1970-01-01-flood-dam']
    """
    names: list[str] = []
    taken: set[str] = set()
    for members in groups:
        first = int(days[list(members)].min())
        day = "undated" if first == UNDATED else str(np.datetime64(first, "D"))
        marking = _marking(_shared(weights, members), terms, _NAME_WORDS)
        name = "-".join([day, *(re.sub(r"\W+", "-", word.lower()) for word in marking)])
        unique = next(each for each in chain([name], (f"{name}-{n}" for n in count(2))) if each not in taken)
        taken.add(unique)
        names.append(unique)
    return names


def say_why(
    groups: Sequence[Sequence[int]],
    pairs: Pairs,
    weights: sparse.csr_matrix,
    terms: Sequence[str],
    articles: pd.DataFrame,
) -> list[str]:
    """Say for each article which words it shares with the others of its event, or why it has none."""
    why = _why_alone(pairs, weights, articles)
    for members in groups:
        total = _shared(weights, members)
        for article in members:
            words = _marking(_in_common(weights, article, total), terms, _WHY_WORDS)
            others = len(members) - 1
            undated = "; has no date" if articles["day"].iat[article] == UNDATED else ""
            why[article] = (
                f"shares {', '.join(words)} with {others} {'article' if others == 1 else 'articles'}{undated}"
            )
    return why


class _Weighted(NamedTuple):
    """Some of the terms by their columns, ascending, with weights."""

    column: Ints
    weight: Floats


def _row(weights: sparse.csr_matrix, article: int) -> _Weighted:
    stretch = slice(weights.indptr[article], weights.indptr[article + 1])
    return _Weighted(weights.indices[stretch], weights.data[stretch])


def _shared(weights: sparse.csr_matrix, members: Sequence[int]) -> _Weighted:
    """Terms of at least two of the articles, with the sums of their weights."""
    columns, values = (np.concatenate(parts) for parts in zip(*(_row(weights, each) for each in members), strict=True))
    column, place, n_articles = np.unique(columns, return_inverse=True, return_counts=True)
    total = np.bincount(place, values).astype(np.float64)
    return _Weighted(column[n_articles > 1], total[n_articles > 1])


def _in_common(weights: sparse.csr_matrix, article: int, total: _Weighted) -> _Weighted:
    """What an article's terms add to its likeness with the others, given the sums over all of them."""
    own = _row(weights, article)
    _, mine, theirs = np.intersect1d(own.column, total.column, assume_unique=True, return_indices=True)
    value = own.weight[mine]
    return _Weighted(own.column[mine], value * (total.weight[theirs] - value))


def _marking(weighted: _Weighted, terms: Sequence[str], most: int) -> list[str]:
    """The heaviest terms, a name and its word in lower case but once; between equals the first of the alphabet."""
    chosen: list[str] = []
    words: set[str] = set()
    for place in np.lexsort((weighted.column, -np.round(weighted.weight, 6))):
        term = terms[weighted.column[place]]
        if term.lower() not in words:
            chosen.append(term)
            words.add(term.lower())
        if len(chosen) == most:
            break
    return chosen


def _why_alone(pairs: Pairs, weights: sparse.csr_matrix, articles: pd.DataFrame) -> list[str]:
    """Why an article has no event: no words, nothing like it, or what comes nearest."""
    nearest = _nearest(pairs)
    ids = articles["article_id"]
    undated = articles["day"].to_numpy() == UNDATED
    has_words = np.diff(weights.indptr) > 0
    why = []
    for article in range(len(articles)):
        if article in nearest:
            other, score = nearest[article]
            reason = f"nearest is {ids.iat[other]} at {score:.2f}"
        elif has_words[article]:
            reason = "no article near in time comes near in words"
        else:
            reason = "shares no word with another article"
        why.append(reason + ("; has no date" if undated[article] else ""))
    return why


def _nearest(pairs: Pairs) -> dict[int, tuple[int, float]]:
    """The best partner of each article that has one; between equals the earlier."""
    table = pd.DataFrame(
        {
            "article": np.concatenate([pairs.left, pairs.right]),
            "other": np.concatenate([pairs.right, pairs.left]),
            "score": np.concatenate([pairs.score, pairs.score]),
        }
    )
    best = table.sort_values(["article", "score", "other"], ascending=[True, False, True]).drop_duplicates("article")
    return {
        article: (other, score)
        for article, other, score in zip(best["article"], best["other"], best["score"], strict=True)
    }
