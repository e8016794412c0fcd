"""Teach a model one's own frames, and test it on outlets and events that it hasn't seen."""

import hashlib
import json

import numpy as np
import pandas as pd

from framing.errors import InputError
from framing.tables import Schema, as_table
from framing.validity.frames.fitting import Weights, choose, fit, prepare
from framing.validity.frames.labelled import Labelled, read_labelled
from framing.validity.frames.model import UNITS, FrameModel
from framing.validity.frames.reporting import (
    accuracy_table,
    calibration_table,
    find_temperature,
    label_tables,
    learning_curve,
    predict_unseen,
    probabilities,
    units_of,
)
from framing.validity.frames.terms import Counts, count_terms

WORDS: Schema = {
    "label": "string",
    "rank": "Int64",
    "term": "string",
    "weight": "Float64",
    "n_texts": "Int64",
    "share_with_label": "Float64",
}
UNSEEN: Schema = {"row": "Int64", "label": "string", "predicted": "string", "probability": "Float64"}
SHOWN = 20


def train_frames(
    labelled: pd.DataFrame, *, text: str = "text", label: str = "label", unit: str = "paragraph", seed: int = 0
) -> FrameModel:
    """Learn frames of one's own from a few hundred labelled texts, and measure how well new texts get them.

    Parameters
    ----------
    labelled : pandas.DataFrame
        A row per text with `text` and `label`, at least ten texts of each label; and, where they are known, `outlet`,
        `event` and `article_id`, so that the test can be on others than were learnt from.
    text, label : str
        What these columns are called.
    unit : {"paragraph", "article"}
        What a text is; `add_frames` labels the same.
    seed : int
        Seed of the random split, the redrawings and the learning curve.

    Returns
    -------
    FrameModel
        With `.predict(corpus)`, and in `.report`, all from texts that were not learnt from:

        - ``accuracy``: `split` (``by outlet and event``, ``by outlet``, ``by event``, ``by article``; ``random``),
          `figure` (``accuracy``, ``macro_f1``: 0 to 1), `value` with its 95% interval `low, high`, what the `majority`
          label alone would reach, and in the first, strictest split how much a random one that learns from as many
          texts would add (`random_adds`, with interval): what it flatters by; `n_texts`, `n_groups`. A
          split that leaves too little to learn from is left out
        - ``labels``: `n_texts, precision, recall, f1` of each label, with the interval of `f1`; ``confusion``: how
          often each is taken for which
        - ``calibration``: in bins of the probability, how high it is and how often the label is right
        - ``learning_curve``: macro-F1 when a quarter, half, three quarters and all of the texts are learnt from
        - ``words``: the twenty terms with the greatest weight for each label, in how many texts each stands
          (`n_texts`), and in what share of these the label is right
        - ``unseen``: for each `row` of `labelled` its label and the one predicted; read those that differ

        The first split of ``accuracy`` is the one that the other tables are of.

    Raises
    ------
    InputError
        (a ValueError) If a column or text or label is missing, a label has fewer than ten texts, there is one label
        only, `outlet` or `event` is the same in all rows, or no split leaves texts to learn from.

    Notes
    -----
    TF-IDF of words and word pairs, multinomial logistic regression with an L2 penalty [1]_. How strong the penalty is
    and whether rare labels weigh as much as frequent ones is chosen inside the texts that are learnt from. Terms that
    stand in one text, or in the texts of one outlet only, don't count. In a split by outlet no outlet is tested on
    that was learnt from, nor any article or text; by outlet and event, neither outlet nor event. A random split lets
    the model recognise the outlet, the event or the very article, and is here to show how much that flatters.

    Intervals redraw outlets and events, and are too narrow with fewer than some ten of either. They are those of the
    texts that were labelled: another time or country may do worse. Labels of one person hold that person's mistakes:
    have a part labelled twice, and see `agreement`. The probabilities are scaled by one number that is fitted on the
    same predictions as ``calibration``.

    References
    ----------
    .. [1] Burscher, B., Odijk, D., Vliegenthart, R., de Rijke, M., & de Vreese, C. H. (2014). Teaching the computer to
       code frames in news. Communication Methods and Measures 8(3). doi:10.1080/19312458.2014.937527

    Examples
    --------
    >>> rows = [
    ...     {"text": f"{who} fears {what}, says the {outlet}.", "label": label, "outlet": outlet}
    ...     for outlet in ("Courier", "Herald", "Radio")
    ...     for who in ("The mayor", "A farmer", "The union", "A reader")
    ...     for what, label in (("higher prices and debts", "economy"), ("a long trial in court", "justice"))
    ... ]
    >>> model = train_frames(pd.DataFrame(rows))
    >>> model.predict(pd.DataFrame({"text": ["The court and its trial."]}))["frame"].tolist()
    ['justice']
    >>> model.report["accuracy"]["split"].unique().tolist()
    ['by outlet', 'random']
    """
    if unit not in UNITS:
        raise InputError(f"unit must be one of {', '.join(UNITS)}; found {str(unit)[:40]!r}.")
    known = read_labelled(labelled, text=text, label=label)
    counts = count_terms(known.texts)
    unseen = predict_unseen(known, counts, seed=seed)
    split = next(iter(unseen))
    outlets = known.groups.get("outlet")
    setting = choose(counts.matrix, known.codes, outlets, units_of(known, split), len(known.labels))
    learnt = fit(prepare(counts.matrix, outlets), known.codes, len(known.labels), setting)
    logits = unseen[split][0]
    temperature = find_temperature(known, logits)
    chances = probabilities(logits / temperature)
    by_label, confusion = label_tables(known, logits, seed=seed)
    report = {
        "accuracy": accuracy_table(known, unseen, seed=seed),
        "labels": by_label,
        "confusion": confusion,
        "calibration": calibration_table(known, chances),
        "learning_curve": learning_curve(known, counts, split, setting, seed=seed),
        "words": _words(known, counts, learnt),
        "unseen": _unseen(known, chances),
    }
    return FrameModel(
        labels=known.labels,
        unit=unit,
        terms=tuple(counts.terms[n] for n in learnt.columns),
        idf=learnt.idf,
        weights=learnt.weights,
        intercepts=learnt.intercepts,
        temperature=temperature,
        about={
            "n_texts": len(known),
            "strength": setting.strength,
            "balanced": setting.balanced,
            "seed": seed,
            "labelled_sha256": _fingerprint(known),
        },
        report=report,
    )


def _words(known: Labelled, counts: Counts, learnt: Weights) -> pd.DataFrame:
    present = (counts.matrix[:, learnt.columns] > 0).astype(np.float64)
    n_texts = np.asarray(present.sum(axis=0)).ravel()
    rows = []
    for code, label in enumerate(known.labels):
        with_label = np.asarray(present[known.codes == code].sum(axis=0)).ravel()
        best = np.argsort(-learnt.weights[code], kind="stable")[:SHOWN]
        rows += [
            {"label": label, "rank": rank, "term": counts.terms[learnt.columns[n]], "weight": learnt.weights[code, n]}
            | {"n_texts": int(n_texts[n]), "share_with_label": with_label[n] / n_texts[n]}
            for rank, n in enumerate(best, start=1)
            if learnt.weights[code, n] > 0
        ]
    return as_table(rows, WORDS)


def _unseen(known: Labelled, chances: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> pd.DataFrame:
    predicted = chances.argmax(axis=1)
    rows = [
        {"row": int(row), "label": known.labels[code], "predicted": known.labels[said], "probability": float(chance)}
        for row, code, said, chance in zip(known.row, known.codes, predicted, chances.max(axis=1), strict=True)
    ]
    return as_table(sorted(rows, key=lambda row: int(row["row"])), UNSEEN)


def _fingerprint(known: Labelled) -> str:
    """SHA-256 of texts and labels, whatever their order."""
    lines = [json.dumps([text, known.labels[code]]) for text, code in zip(known.texts, known.codes, strict=True)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
