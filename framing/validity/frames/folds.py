"""Which texts are learnt from and which are tested on, so that no test text has a sibling among the learnt ones."""

from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from framing.validity.frames.labelled import Labelled

Codes = npt.NDArray[np.int64]
FOLDS = 5
RANDOM = "random"


class Fold(NamedTuple):
    """Places of the texts to learn from and of those to test on."""

    train: Codes
    test: Codes


def split_names(labelled: Labelled) -> list[str]:
    """Ways to split, the strictest first; `random` last, for comparison."""
    known = [f"by {name}" for name in labelled.groups]
    both = ["by outlet and event"] if len(known) == 2 else []
    return [*both, *known, *([] if known else ["by article"]), RANDOM]


def folds_of(labelled: Labelled, split: str, *, seed: int = 0) -> list[Fold]:
    """Folds of a split.

    `by outlet` never learns from an outlet that it tests on, `by event` from an event, `by outlet and event` from
    neither: there each part of the outlets is crossed with each part of the events. Nor does any of them learn from the
    article or the very text that it tests on. `random` minds none of this.
    """
    if split == RANDOM:
        part = np.random.default_rng(seed).permutation(len(labelled)) % FOLDS
        return [Fold(np.flatnonzero(part != n), np.flatnonzero(part == n)) for n in range(FOLDS)]
    names = [name for name in labelled.groups if name in split]
    parts = [spread(labelled.groups[name], FOLDS) for name in names] or [spread(labelled.article, FOLDS)]
    texts = np.unique(labelled.texts, return_inverse=True)[1]
    folds = []
    for cell in product(*(np.unique(part) for part in parts)):
        test = np.all([part == n for part, n in zip(parts, cell, strict=True)], axis=0)
        train = np.all([part != n for part, n in zip(parts, cell, strict=True)], axis=0)
        for shared in (labelled.article, texts):
            train &= ~np.isin(shared, shared[test])
        if test.any():
            folds.append(Fold(np.flatnonzero(train), np.flatnonzero(test)))
    return folds


def spread(groups: Codes, n: int) -> Codes:
    """Put groups into `n` parts of about the same number of texts, the largest group first.

    Examples
    --------
    >>> spread(np.array([0, 0, 0, 1, 1, 2]), 2).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    names, sizes = np.unique(groups, return_counts=True)
    filled = np.zeros(min(n, len(names)), dtype=np.int64)
    part = {}
    for name, size in sorted(zip(names.tolist(), sizes.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0])):
        part[name] = int(filled.argmin())
        filled[part[name]] += size
    return np.array([part[name] for name in groups.tolist()], dtype=np.int64)
