"""How well texts that a model hasn't seen get their label: the tables of a model's report."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize_scalar

from framing.errors import TooFewError
from framing.tables import Schema, as_table
from framing.validity.frames.fitting import Setting, fit, label_f1s, macro_f1s, prepare, train_and_predict
from framing.validity.frames.folds import RANDOM, Fold, folds_of, split_names
from framing.validity.frames.labelled import Labelled
from framing.validity.frames.terms import Counts

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

ACCURACY: Schema = {
    "split": "string",
    "figure": "string",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "majority": "Float64",
    "random_adds": "Float64",
    "random_adds_low": "Float64",
    "random_adds_high": "Float64",
    "n_texts": "Int64",
    "n_groups": "Int64",
}
BY_LABEL: Schema = {
    "label": "string",
    "n_texts": "Int64",
    "precision": "Float64",
    "recall": "Float64",
    "f1": "Float64",
    "low": "Float64",
    "high": "Float64",
}
CONFUSION: Schema = {"label": "string", "predicted": "string", "n_texts": "Int64"}
CALIBRATION: Schema = {
    "from": "Float64",
    "to": "Float64",
    "n_texts": "Int64",
    "mean_probability": "Float64",
    "share_right": "Float64",
}
CURVE: Schema = {
    "share_learnt_from": "Float64",
    "n_learnt_from": "Float64",
    "accuracy": "Float64",
    "macro_f1": "Float64",
    "macro_f1_low": "Float64",
    "macro_f1_high": "Float64",
}
DRAWS = 1_000
PARTS = (0.25, 0.5, 0.75, 1.0)
BINS = 5
REPEATS = 3


def predict_unseen(labelled: Labelled, counts: Counts, *, seed: int = 0) -> dict[str, tuple[Floats, Codes]]:
    """Log-odds of every text by a model that hasn't seen it, and the label most frequent where it learnt, per split.

    The random split learns from as many texts as the strictest one, so that the two differ in nothing but the groups.

    Raises
    ------
    TooFewError
        If no split but the random one leaves texts of two labels to learn from.
    """
    n, outlets = len(labelled.labels), labelled.groups.get("outlet")
    found: dict[str, tuple[Floats, Codes]] = {}
    n_learnt = len(labelled)
    for split in split_names(labelled):
        logits, majority = np.zeros((len(labelled), n)), np.zeros(len(labelled), dtype=np.int64)
        units = units_of(labelled, split)
        folds = folds_of(labelled, split, seed=seed)
        if split == RANDOM:
            folds = [fold._replace(train=few_of(fold.train, n_learnt, seed=seed)) for fold in folds]
        if len(folds) < 2 or any(len(np.unique(labelled.codes[fold.train])) < 2 for fold in folds):
            continue
        if not found:
            n_learnt = round(float(np.mean([len(fold.train) for fold in folds])))
        for fold in folds:
            logits[fold.test] = train_and_predict(counts.matrix, labelled.codes, outlets, units, n, fold)
            majority[fold.test] = np.bincount(labelled.codes[fold.train], minlength=n).argmax()
        found[split] = (logits, majority)
    if list(found) in ([], [RANDOM]):
        raise TooFewError(
            "no outlet, event or article can be set aside for the test: what is left has texts of one label only, or "
            "the same texts. Label texts of more outlets and events."
        )
    return found


def few_of(places: Codes, n: int, *, seed: int = 0) -> Codes:
    """At most `n` of the places, drawn without replacement, in order.

    Examples
    --------
    >>> few_of(np.array([4, 6, 9]), 5).tolist()
    [4, 6, 9]
    """
    return np.sort(np.random.default_rng(seed).permutation(places)[:n])


def units_of(labelled: Labelled, split: str) -> Codes:
    """What may not be torn apart when settings are chosen: outlets, events, articles, or at random single texts."""
    if split == RANDOM:
        return np.random.default_rng(1).permutation(len(labelled)).astype(np.int64)
    known = [labelled.groups[name] for name in labelled.groups if name in split]
    return known[0] if known else labelled.article


def redrawn(labelled: Labelled, *, seed: int = 0) -> tuple[Floats, int]:
    """How often each text counts: once, then in each redrawing of its groups; and how many groups there are.

    Outlets and events are redrawn each on their own and their times multiplied (Owen 2007, doi:10.1214/07-AOAS122).
    """
    rng = np.random.default_rng(seed)
    kinds = list(labelled.groups.values()) or [labelled.article]
    times = np.ones((DRAWS + 1, len(labelled)))
    for groups in kinds:
        n = int(groups.max()) + 1
        times[1:] *= rng.multinomial(n, np.full(n, 1 / n), DRAWS)[:, groups]
    return times, min(int(groups.max()) + 1 for groups in kinds)


def accuracy_table(labelled: Labelled, unseen: Mapping[str, tuple[Floats, Codes]], *, seed: int = 0) -> pd.DataFrame:
    """Accuracy and macro-F1 of each split beside the majority's, and how much a random split adds to it."""
    times, n_groups = redrawn(labelled, seed=seed)
    values = {split: _figures(times, labelled, logits.argmax(axis=1)) for split, (logits, _) in unseen.items()}
    rows = []
    for split, (_, majority) in unseen.items():
        plain = _figures(times[:1], labelled, majority)
        for figure, drawn in values[split].items():
            adds = values[RANDOM][figure] - drawn if split == next(iter(unseen)) and RANDOM in values else None
            rows.append(
                {"split": split, "figure": figure, "majority": float(plain[figure][0])}
                | {"n_texts": len(labelled), "n_groups": n_groups}
                | dict(zip(("value", "low", "high"), _summary(drawn), strict=True))
                | dict(zip(("random_adds", "random_adds_low", "random_adds_high"), _summary(adds), strict=True))
            )
    return as_table(rows, ACCURACY)


def label_tables(labelled: Labelled, logits: Floats, *, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Precision, recall and F1 of each label; and how often each is taken for which."""
    times, _ = redrawn(labelled, seed=seed)
    predicted = logits.argmax(axis=1)
    rows, confusion = [], []
    for code, label in enumerate(labelled.labels):
        there, said = labelled.codes == code, predicted == code
        both = int((there & said).sum())
        _, low, high = _summary(label_f1s(times, there, said))
        rows.append(
            {"label": label, "n_texts": int(there.sum()), "low": low, "high": high}
            | {"precision": both / said.sum() if said.any() else None, "recall": both / there.sum()}
            | {"f1": 2 * both / (there.sum() + said.sum())}
        )
        for other, name in enumerate(labelled.labels):
            n = int((there & (predicted == other)).sum())
            confusion.append({"label": label, "predicted": name, "n_texts": n})
    return as_table(rows, BY_LABEL), as_table(confusion, CONFUSION)


def find_temperature(labelled: Labelled, logits: Floats) -> float:
    """By what to divide log-odds so that probabilities of unseen texts come true.

    Guo, C., et al. (2017). On calibration of modern neural networks. ICML. arXiv:1706.04599
    """

    def surprise(log_temperature: float) -> float:
        p = probabilities(logits / np.exp(log_temperature))[np.arange(len(labelled)), labelled.codes]
        return float(-np.log(np.maximum(p, 1e-12)).mean())

    return round(float(np.exp(minimize_scalar(surprise, bounds=(-2, 2), method="bounded").x)), 3)


def calibration_table(labelled: Labelled, chances: Floats) -> pd.DataFrame:
    """In bins of the highest probability: how high it is on average, and how often that label is right."""
    highest, right = chances.max(axis=1), chances.argmax(axis=1) == labelled.codes
    edges = np.linspace(0, 1, BINS + 1)
    bins = np.minimum((highest * BINS).astype(int), BINS - 1)
    rows: list[dict[str, Any]] = []
    for number in range(BINS):
        here = bins == number
        rows.append(
            {"from": edges[number], "to": edges[number + 1], "n_texts": int(here.sum())}
            | {"mean_probability": float(highest[here].mean()) if here.any() else None}
            | {"share_right": float(right[here].mean()) if here.any() else None}
        )
    return as_table(rows, CALIBRATION)


def learning_curve(labelled: Labelled, counts: Counts, split: str, setting: Setting, *, seed: int = 0) -> pd.DataFrame:
    """Accuracy on unseen groups when only a part of the other texts is learnt from, by the setting of the whole.

    Each part is drawn three times, and the figures are means: which texts are drawn matters when they are few.
    """
    folds = folds_of(labelled, split, seed=seed)
    times, _ = redrawn(labelled, seed=seed)
    rows: list[dict[str, Any]] = []
    for part in PARTS:
        sizes = [max(1, round(part * len(fold.train))) for fold in folds]
        drawn = [
            _figures(times, labelled, _learnt_from_few(labelled, counts, folds, sizes, setting, seed + number))
            for number in range(REPEATS if part < 1 else 1)
        ]
        macro = np.asarray(np.mean([figures["macro_f1"] for figures in drawn], axis=0), dtype=np.float64)
        value, low, high = _summary(macro)
        rows.append(
            {"share_learnt_from": part, "n_learnt_from": float(np.mean(sizes))}
            | {"accuracy": float(np.mean([figures["accuracy"][0] for figures in drawn]))}
            | {"macro_f1": value, "macro_f1_low": low, "macro_f1_high": high}
        )
    return as_table(rows, CURVE)


def _learnt_from_few(
    labelled: Labelled, counts: Counts, folds: Sequence[Fold], sizes: Sequence[int], setting: Setting, seed: int
) -> Codes:
    """Labels of all texts by models that learnt from so many of each fold's training texts."""
    n, outlets = len(labelled.labels), labelled.groups.get("outlet")
    predicted = np.zeros(len(labelled), dtype=np.int64)
    for fold, size in zip(folds, sizes, strict=True):
        few = few_of(fold.train, size, seed=seed)
        known = prepare(counts.matrix[few], None if outlets is None else outlets[few])
        learnt = fit(known, labelled.codes[few], n, setting)
        predicted[fold.test] = learnt.logits(counts.matrix[fold.test]).argmax(axis=1)
    return predicted


def probabilities(logits: Floats) -> Floats:
    """Log-odds as probabilities that sum to 1 in each row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float64)


def _figures(times: Floats, labelled: Labelled, predicted: Codes) -> dict[str, Floats]:
    with np.errstate(invalid="ignore", divide="ignore"):
        accuracy = (times @ (predicted == labelled.codes)) / times.sum(axis=1)
    return {"accuracy": accuracy, "macro_f1": macro_f1s(times, labelled.codes, predicted, len(labelled.labels))}


def _summary(values: Floats | None) -> tuple[float | None, float | None, float | None]:
    if values is None or not np.isfinite(values[0]):
        return None, None, None
    drawn = values[1:][np.isfinite(values[1:])]
    if not len(drawn) or np.ptp(drawn) == 0:  # no mistake in a few texts is no proof that there is none
        return float(values[0]), None, None
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(values[0]), float(low), float(high)
