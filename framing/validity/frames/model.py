"""A model of a researcher's own frames: what it learnt, how well, and what it says of other texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus.columns import missing_column
from framing.errors import InputError
from framing.validity.frames.labelled import column_of
from framing.validity.frames.reporting import probabilities
from framing.validity.frames.terms import count_terms, weigh

Floats = npt.NDArray[np.float64]
KEPT = ("article_id", "outlet", "event", "start", "end")
UNITS = ("paragraph", "article")
PREDICTED = ("frame", "probability", "n_terms")


@dataclass(frozen=True, slots=True, eq=False)
class FrameModel:
    """Frames learnt from labelled texts; made by `train_frames`, or read by `load_frames`.

    Attributes
    ----------
    labels : tuple of str
        The frames, sorted.
    unit : str
        ``paragraph`` or ``article``: what was labelled, and so what `add_frames` labels.
    terms : tuple of str
        Words and word pairs that count.
    idf : numpy.ndarray
        Rarity of each term.
    weights : numpy.ndarray
        Weight of each term in the log-odds of each label; a row per label.
    intercepts : numpy.ndarray
        Log-odds of each label in a text without terms.
    temperature : float
        What log-odds are divided by, so that probabilities come true.
    about : mapping
        Setting, number of texts, seed, and the SHA-256 of the labelled texts.
    report : mapping of str to pandas.DataFrame
        How well it does; see `train_frames`.
    """

    labels: tuple[str, ...]
    unit: str
    terms: tuple[str, ...]
    idf: Floats
    weights: Floats
    intercepts: Floats
    temperature: float
    about: Mapping[str, str | int | float | bool]
    report: Mapping[str, pd.DataFrame] = field(repr=False)

    def __repr__(self) -> str:
        """Say what it tells apart and how well."""
        how_well = ""
        if "accuracy" in self.report:
            first = self.report["accuracy"].query("figure == 'macro_f1'").iloc[0]
            how_well = f", macro-F1 {first['value']:.2f} {first['split']}"
        return f"FrameModel({len(self.labels)} frames of {self.unit}s{how_well})"

    def predict(self, corpus: pd.DataFrame) -> pd.DataFrame:
        """Label texts.

        Parameters
        ----------
        corpus : pandas.DataFrame
            A row per text with `text`: paragraphs or articles, as the model was taught.

        Returns
        -------
        pandas.DataFrame
            One row per text in the same order, none dropped: `article_id, outlet, event, start, end` where the corpus
            has them; `frame`, the most probable label; its `probability`; `n_terms`, how many words and word pairs of
            the text the model knows; and `p_LABEL`, the probability of each label (0 to 1). All but `n_terms` are
            ``<NA>`` where there is no text. With few known terms the label is little more than the most frequent one.

        Raises
        ------
        InputError
            (a ValueError) If there is no column `text`.
        """
        if not isinstance(corpus, pd.DataFrame):
            raise InputError(f"corpus must be a pandas.DataFrame, not {type(corpus).__name__}.")
        if "text" not in corpus:
            raise InputError(missing_column("text", corpus.columns))
        texts = [text if isinstance(text, str) else "" for text in corpus["text"]]
        missing = np.array([not text.strip() for text in texts], dtype=bool)
        counted = count_terms(texts, self.terms).matrix
        chances = probabilities((weigh(counted, self.idf) @ self.weights.T + self.intercepts) / self.temperature)
        best = chances.argmax(axis=1)
        frames = [None if gone else self.labels[code] for code, gone in zip(best, missing, strict=True)]
        table = corpus[[name for name in KEPT if name in corpus]].reset_index(drop=True)
        table["frame"] = pd.array(frames, dtype=pd.StringDtype(na_value=pd.NA))
        table["probability"] = _masked(chances.max(axis=1), missing)
        table["n_terms"] = pd.array(np.asarray(counted.sum(axis=1)).ravel().astype(np.int64), dtype="Int64")
        for code, label in enumerate(self.labels):
            table[f"p_{column_of(label)}"] = _masked(chances[:, code], missing)
        return table


def _masked(values: Floats, missing: npt.NDArray[np.bool_]) -> pd.Series:
    return pd.Series(pd.array([None if gone else float(v) for v, gone in zip(values, missing, strict=True)], "Float64"))
