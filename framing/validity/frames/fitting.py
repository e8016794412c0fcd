"""Logistic regression on words and word pairs, and the choice of its settings inside the training texts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from framing.language.threads import single_thread
from framing.validity.frames.folds import Fold, spread
from framing.validity.frames.terms import choose_terms, rarity, weigh

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

DECIMALS = 4
INNER = 3
MANY = 2_000  # texts; beyond, learning from the terms themselves is faster
LEAST_SIZE = 1e-9  # of a direction; smaller ones are rounding
NO_CHANCE = -20.0  # log-odds of a label that was not there to learn


@dataclass(frozen=True, slots=True)
class Setting:
    """Inverse strength of the L2 penalty, and whether rare labels weigh as much as frequent ones."""

    strength: float
    balanced: bool


SETTINGS = tuple(Setting(strength, balanced) for balanced in (True, False) for strength in (1.0, 10.0, 100.0))


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: columns of the counts, their rarity, and for each label a weight and an intercept."""

    columns: Codes
    idf: Floats
    weights: Floats
    intercepts: Floats

    def logits(self, matrix: csr_matrix) -> Floats:
        """Log-odds of each label, for each row of counts."""
        return np.asarray(weigh(matrix[:, self.columns], self.idf) @ self.weights.T + self.intercepts)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Training texts: chosen columns, their rarity, the weighed counts, and the same texts in few dimensions.

    Weights of least length are sums of texts, so what is learnt from `short` (a column per independent text) and taken
    `back` is what would be learnt from all terms, in a small part of the time. Of many texts `short` is the weighed
    counts themselves and `back` is None.
    """

    columns: Codes
    idf: Floats
    weighed: csr_matrix
    short: Floats | csr_matrix
    back: Floats | None


def prepare(matrix: csr_matrix, outlets: Codes | None) -> Prepared:
    """Choose terms of counted texts and weigh them."""
    columns = choose_terms(matrix, outlets)
    idf = rarity(matrix[:, columns]).round(DECIMALS)
    weighed = weigh(matrix[:, columns], idf)
    if matrix.shape[0] > MANY:
        return Prepared(columns, idf, weighed, weighed, None)
    with single_thread():
        sizes, directions = np.linalg.eigh((weighed @ weighed.T).toarray())
    kept = sizes > LEAST_SIZE
    length = np.sqrt(sizes[kept])
    return Prepared(columns, idf, weighed, directions[:, kept] * length, directions[:, kept] / length)


def fit(known: Prepared, codes: Codes, n_labels: int, setting: Setting) -> Weights:
    """Learn weights from prepared texts; a label that none of them has gets no chance."""
    weights, intercepts = np.zeros((n_labels, len(known.columns))), np.full(n_labels, NO_CHANCE)
    there = np.unique(codes)
    if len(there) == 1 or not known.short.shape[1]:
        intercepts[np.bincount(codes, minlength=n_labels).argmax()] = 0.0
        return Weights(known.columns, known.idf, weights, intercepts)
    model = LogisticRegression(
        C=setting.strength, class_weight="balanced" if setting.balanced else None, max_iter=5_000, tol=1e-6
    )
    with single_thread():
        model.fit(known.short, codes)
    slopes, constants = model.coef_, model.intercept_
    if known.back is not None:
        slopes = (known.weighed.T @ (known.back @ slopes.T)).T
    if len(there) == 2:  # one row for the second label: half of it for each
        slopes, constants = np.vstack([-slopes / 2, slopes / 2]), np.array([-constants[0] / 2, constants[0] / 2])
    weights[there], intercepts[there] = slopes, constants
    # Rounded, so that what is saved is what was tested, and last digits of a processor don't show.
    return Weights(known.columns, known.idf, weights.round(DECIMALS) + 0.0, intercepts.round(DECIMALS) + 0.0)


def choose(matrix: csr_matrix, codes: Codes, outlets: Codes | None, units: Codes, n_labels: int) -> Setting:
    """The setting with the best macro-F1 on parts of these texts that it was not fitted to, the plainest of equals."""
    part = spread(units, INNER)
    predicted = np.full((len(SETTINGS), len(codes)), -1)
    for number in np.unique(part):
        train, test = np.flatnonzero(part != number), np.flatnonzero(part == number)
        if len(train):
            known = prepare(matrix[train], None if outlets is None else outlets[train])
            for row, setting in enumerate(SETTINGS):
                predicted[row, test] = fit(known, codes[train], n_labels, setting).logits(matrix[test]).argmax(axis=1)
    return SETTINGS[int(np.argmax([round(macro_f1(codes, row, n_labels), DECIMALS) for row in predicted]))]


def macro_f1(codes: Codes, predicted: Codes, n_labels: int) -> float:
    """F1 of each label that either side has, averaged.

    Examples
    --------
    >>> macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    0.6666666666666666
    """
    return float(macro_f1s(np.ones((1, len(codes))), codes, predicted, n_labels)[0])


def macro_f1s(weights: Floats, codes: Codes, predicted: Codes, n_labels: int) -> Floats:
    """The same for each row of weights, one for each text."""
    found = [label_f1s(weights, codes == label, predicted == label) for label in range(n_labels)]
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(found, axis=0) / np.sum(~np.isnan(found), axis=0), dtype=np.float64)


def label_f1s(weights: Floats, there: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_]) -> Floats:
    """F1 of one label for each row of weights; NaN where neither side has it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(2 * (weights @ (there & said)) / (weights @ there + weights @ said), dtype=np.float64)


def train_and_predict(
    matrix: csr_matrix, codes: Codes, outlets: Codes | None, units: Codes, n: int, fold: Fold
) -> Floats:
    """Log-odds of a fold's test texts, by a model whose settings were chosen on its training texts."""
    known = None if outlets is None else outlets[fold.train]
    setting = choose(matrix[fold.train], codes[fold.train], known, units[fold.train], n)
    return fit(prepare(matrix[fold.train], known), codes[fold.train], n, setting).logits(matrix[fold.test])
