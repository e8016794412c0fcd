"""Linear models over named yes-or-no features, as tables that a person can read."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from framing.measures.attribution.weights import INTERCEPT

LEAST_SEEN = 3  # a feature counts when it was seen that often
LEAST_WEIGHT = 0.1  # smaller weights are left out of the tables


def fit_logistic(
    rows: list[list[str]], labels: list[int], strength: float
) -> tuple[list[str], list[int], NDArray[np.float64]]:
    """Logistic regression over named yes-or-no features; one row of weights a class, one row alone for two classes."""
    seen = Counter(f for row in rows for f in set(row))
    names = [INTERCEPT, *sorted(f for f, n in seen.items() if n >= LEAST_SEEN)]
    model = LogisticRegression(C=strength, max_iter=300).fit(yes_or_no(rows, names), labels)
    weights = model.coef_.astype(np.float64)
    weights[:, 0] = model.intercept_
    return names, [len(rows), *(seen[n] for n in names[1:])], weights


def yes_or_no(rows: Sequence[Iterable[str]], names: Sequence[str]) -> csr_matrix:
    """One row for each list of features, with a 1 for each name it holds."""
    number = {name: i for i, name in enumerate(names)}
    columns = [sorted(number[f] for f in set(row) if f in number) for row in rows]
    pointers = np.cumsum([0, *map(len, columns)])
    places = np.concatenate([np.array(c, dtype=np.int64) for c in columns])
    return csr_matrix((np.ones(len(places)), places, pointers), shape=(len(rows), len(names)))


def pruned(table: pd.DataFrame, columns: list[str], least: float = LEAST_WEIGHT) -> pd.DataFrame:
    """Rows with a weight that matters, rounded, sorted by name."""
    keep = (table[columns].abs().max(axis=1) >= least) | (table["pattern"] == INTERCEPT)
    return table[keep].round(dict.fromkeys(columns, 2)).sort_values("pattern", ignore_index=True)
