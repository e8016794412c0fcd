"""In what tone a sentence speaks of a person or group that it mentions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import InputError
from framing.language.parse import Parse
from framing.language.parsing import parse_text
from framing.lexicons.loading import load_lexicon
from framing.measures.spans import Span
from framing.measures.target_features import Features, target_features, tokens_of, view_sentence

LABELS = (-1, 0, 1)
CLASSES = ("negative", "neutral", "positive")
TABLE = "target_tone_en"
COLUMNS = ("article_id", "text", "start", "end")
RESULTS = ("label", "score", "p_negative", "p_neutral", "p_positive")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TargetWeights:
    """The table of weights ready for look-up: a row for each feature's name, a column for each of `CLASSES`."""

    row: Mapping[str, int]
    weights: Floats

    def probabilities(self, features: Features) -> Floats:
        """Probability of each class for a mention with these features."""
        row = self.row
        held = [row[name] for name in features.names if name in row]
        valued = [(row[name], value) for name, value in features.values if name in row]
        total = self.weights[held].sum(axis=0)
        if valued:
            rows, values = zip(*valued, strict=True)
            total += np.array(values) @ self.weights[list(rows)]
        odds = np.exp(total - total.max())
        found: Floats = odds / odds.sum()
        return found


def score_targets(mentions: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of sentences towards persons and groups that they mention.

    Parameters
    ----------
    mentions : pandas.DataFrame
        One row per mention: `article_id`, `text`, and the half-open offsets `start`, `end` of the mention in `text`.
        `find_targets` makes such a frame; further columns are kept.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order under the same index, and

        - `label`: -1 (negative), 0 (neutral) or 1 (positive), the most probable of the three
        - `score`: probability of positive less that of negative, -1 to 1
        - `p_negative`, `p_neutral`, `p_positive`: the three probabilities

        All are ``<NA>`` where `start` and `end` hold nothing but white space.

    Raises
    ------
    InputError
        If a column is missing, one of the result's names is taken, or offsets do not lie in the text.

    Notes
    -----
    A multinomial logistic model over features that can be read (`target_features`): words before and after the mention,
    words and rated words by their way to it in the parse, negation, quotation, whether it is the subject of a verb of
    attribution and what it is then said to say. Its weights are rows of ``target_tone_en.csv``, estimated on the train
    split of NewsMTSC [1]_ by ``python -m framing.validity.estimate_targets``. Only the mention's own sentence is
    looked at. Who is mentioned is no feature, and neither are other names, so that what the training texts say of a
    person doesn't colour what other texts say of her.

    Macro-averaged F1 of the three labels is .69 in cross-validation by article, and .70 (rw) and .68 (mt) on NewsMTSC's
    two development sets, half of whose mentions come from articles that the train split has other sentences of. So
    three labels in ten are wrong: use it for differences over many mentions, with a sample coded by hand. It was
    estimated on US political news; what is said there of politicians (*resigned*, *leads in polls*) need not be a
    judgement elsewhere. Sarcasm goes unseen. A negative label may come from what happens to a target (*was shot*) as
    well as from what is said of it, and from a source as well as from the outlet.

    References
    ----------
    .. [1] Hamborg, F., Donnay, K. (2021). NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification in
       Political News Articles. EACL 2021. https://doi.org/10.18653/v1/2021.eacl-main.142

    Examples
    --------
    >>> text = "Critics denounced Lee as a corrupt liar. Voters praised Ito for her honest work."
    >>> mentions = pd.DataFrame({"article_id": "1", "text": text, "start": [18, 56], "end": [21, 59]})
    >>> score_targets(mentions)["label"].tolist()
    [-1, 1]
    """
    _check_mentions(mentions)
    texts = [None if pd.isna(text) else str(text) for text in mentions["text"]]
    spans = [(int(start), int(end)) for start, end in zip(mentions["start"], mentions["end"], strict=True)]
    rows_of: dict[str, list[int]] = {}
    for row, (text, span) in enumerate(zip(texts, spans, strict=True)):
        rows_of.setdefault(_checked(text, span, row), []).append(row)
    found: list[Sequence[float] | None] = [None] * len(texts)
    for text, rows in rows_of.items():
        parse = parse_text(text)
        for row, probabilities in zip(rows, target_probabilities(parse, [spans[row] for row in rows]), strict=True):
            found[row] = probabilities
    return mentions.assign(**_columns(found, mentions.index))


def target_probabilities(
    parse: Parse, spans: Iterable[Span], weights: TargetWeights | None = None
) -> list[tuple[float, float, float] | None]:
    """Probabilities of negative, neutral and positive for each mention of a parsed text; None for white space."""
    weights = weights or load_target_weights()
    views = {}
    found: list[tuple[float, float, float] | None] = []
    for start, end in spans:
        tokens = tokens_of(parse, start, end)
        if tokens is None:
            found.append(None)
            continue
        first, last = tokens
        sentence = parse.sentence[first]
        if sentence not in views:
            views[sentence] = view_sentence(parse, sentence)
        # A mention that a sentence's end cuts counts where it begins.
        last = min(last, views[sentence].beyond - 1)
        negative, neutral, positive = weights.probabilities(target_features(views[sentence], first, last)).tolist()
        found.append((negative, neutral, positive))
    return found


@lru_cache(maxsize=1)
def load_target_weights() -> TargetWeights:
    """The bundled table."""
    return as_target_weights(load_lexicon(TABLE).entries)


def as_target_weights(table: pd.DataFrame) -> TargetWeights:
    """A table of features and their weights for each class made ready for look-up."""
    row = {str(name): number for number, name in enumerate(table["pattern"])}
    return TargetWeights(row, table[list(CLASSES)].astype(float).to_numpy())


def _columns(found: Sequence[Sequence[float] | None], index: pd.Index) -> dict[str, pd.Series]:
    """The result's columns; the label follows the rounded probabilities, ties going to neutral, then negative."""
    # Rounded, so that the last bits of a processor's arithmetic never show.
    rounded = [None if p is None else [round(value, 4) for value in p] for p in found]
    values: dict[str, list[float | int | None]] = {
        "label": [None if p is None else _label(p) for p in rounded],
        "score": [None if p is None else round(p[2] - p[0], 4) for p in rounded],
    }
    for number, name in enumerate(CLASSES):
        values[f"p_{name}"] = [None if p is None else p[number] for p in rounded]
    return {
        name: pd.Series(pd.array(column, dtype="Int64" if name == "label" else "Float64"), index=index)
        for name, column in values.items()
    }


def _label(probabilities: Sequence[float]) -> int:
    order = (1, 0, 2)
    return LABELS[max(order, key=lambda number: probabilities[number])]


def _check_mentions(mentions: pd.DataFrame) -> None:
    if not isinstance(mentions, pd.DataFrame):
        raise InputError(
            f"mentions are a pandas DataFrame with the columns {', '.join(COLUMNS)}, not {type(mentions).__name__}. "
            "Find some: find_targets(corpus, names)"
        )
    present = ", ".join(map(str, mentions.columns)) or "no columns"
    for name in COLUMNS:
        if name not in mentions:
            raise InputError(
                f"mentions have no column '{name}'; they have: {present}. "
                "Make them with find_targets(corpus, names), or rename the column that holds it"
            )
    for name in RESULTS:
        if name in mentions:
            raise InputError(
                f"mentions already have a column '{name}', which the result would overwrite. "
                f'Rename it: mentions.rename(columns={{"{name}": "{name}_before"}})'
            )
    for name in ("start", "end"):
        numbers = pd.to_numeric(mentions[name], errors="coerce")
        if (wrong := (numbers.isna() | (numbers % 1 != 0)).to_numpy(dtype=bool)).any():
            row = int(wrong.argmax())
            raise InputError(
                f"column '{name}' of mentions must hold whole numbers, but row {row} holds "
                f"{mentions[name].iloc[row]!r}. Give half-open character offsets into 'text'"
            )


def _checked(text: str | None, span: Span, row: int) -> str:
    """The text, if the mention lies in it."""
    start, end = span
    if text is None:
        raise InputError(f"mention in row {row} has no text. Leave such rows out: mentions.dropna(subset=['text'])")
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"mention in row {row} has start {start} and end {end}, but its text has {len(text)} characters. "
            "Offsets are half-open and count characters from 0: text[start:end] is the mention"
        )
    return text
