"""Labelled texts: checked, and sorted so that no result depends on the order of rows."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus.columns import clipped
from framing.errors import InputError, TooFewError

LEAST_PER_LABEL = 10
MOST_LABELS = 50
LONGEST_LABEL = 60
GROUPS = ("outlet", "event")
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with their labels, sorted by what they hold; `codes` number the labels, `row` is the row they came from."""

    texts: list[str]
    labels: tuple[str, ...]
    codes: Codes
    groups: dict[str, Codes]
    article: Codes
    row: Codes

    def __len__(self) -> int:
        return len(self.texts)


def read_labelled(frame: pd.DataFrame, *, text: str = "text", label: str = "label") -> Labelled:
    """Check labelled texts.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row per text, with `text` and `label`; `outlet`, `event` and `article_id` where they are known.
    text, label : str
        What these columns are called.

    Raises
    ------
    InputError
        If a column is missing, a text is empty, a label is missing, there is one label only or too few texts of one,
        or `outlet` or `event` says the same in all rows.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"labelled must be a pandas.DataFrame, not {type(frame).__name__}.")
    for name in (text, label):
        if name not in frame:
            have = ", ".join(clipped(str(column)) for column in frame.columns)
            raise InputError(
                f"labelled has no column {name!r}; it has: {have}. Name the columns of texts and labels, e.g. "
                "text='body', label='frame' (in a shell --text body --label frame)."
            )
    texts = [_text(value, number, text) for number, value in enumerate(frame[text])]
    labels = [_label(value, number, label) for number, value in enumerate(frame[label])]
    names = _names(labels)
    groups = {name: _group(frame, name, texts) for name in GROUPS if name in frame}
    ids = frame["article_id"].astype("string").fillna("").tolist() if "article_id" in frame else texts
    keys = [(texts[n], labels[n], *(group[n] for group in groups.values()), ids[n]) for n in range(len(texts))]
    order = sorted(range(len(texts)), key=lambda n: keys[n])
    return Labelled(
        texts=[texts[n] for n in order],
        labels=names,
        codes=np.array([names.index(labels[n]) for n in order], dtype=np.int64),
        groups={name: _numbered([group[n] for n in order]) for name, group in groups.items()},
        article=_numbered([ids[n] or texts[n] for n in order]),
        row=np.array(order, dtype=np.int64),
    )


def column_of(label: str) -> str:
    """The end of a column's name that stands for a label.

    Examples
    --------
    >>> column_of("law & order")
    'law_order'
    """
    return re.sub(r"\W+", "_", label).strip("_") or "_"


def _text(value: object, row: int, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError(
            f"labelled has an empty text in row {row} (column {name!r}). Leave such rows out: "
            f"labelled = labelled[labelled[{name!r}].fillna('').str.strip() != '']."
        )
    return value


def _label(value: object, row: int, name: str) -> str:
    found = "" if value is None or value is pd.NA or value != value else " ".join(str(value).split())
    if not found:
        raise InputError(
            f"labelled has no label in row {row} (column {name!r}). Label it, or leave it out: "
            f"labelled = labelled.dropna(subset=[{name!r}]). A text of none of your frames needs a label "
            "too, e.g. 'none'."
        )
    if len(found) > LONGEST_LABEL:
        raise InputError(
            f"the label in row {row} has {len(found)} characters: {clipped(found)!r}. A label may have "
            f"{LONGEST_LABEL}; is {name!r} the right column?"
        )
    return found


def _names(labels: list[str]) -> tuple[str, ...]:
    counts = pd.Series(labels, dtype="object").value_counts().sort_index()
    if len(counts) < 2:
        found = f"only {clipped(labels[0])!r}" if labels else "no row at all"
        raise TooFewError(f"labelled has {found}: a model needs at least two labels to tell apart.")
    if len(counts) > MOST_LABELS:
        raise InputError(
            f"labelled has {len(counts)} different labels, more than the {MOST_LABELS} allowed. Is it the right column?"
        )
    few = counts[counts < LEAST_PER_LABEL]
    if len(few):
        shown = ", ".join(f"{clipped(str(name))!r} ({n})" for name, n in few.head(5).items())
        raise TooFewError(
            f"too few texts of {shown}{' and others' if len(few) > 5 else ''}: each label needs at least "
            f"{LEAST_PER_LABEL}, better 50. Label more, merge labels, or leave these texts out."
        )
    names = tuple(str(name) for name in counts.index)
    columns: dict[str, str] = {}
    for name in names:
        other = columns.setdefault(column_of(name).lower(), name)
        if other != name:
            raise InputError(
                f"the labels {other!r} and {name!r} would share a column. Spell them as one, or rename one."
            )
    return names


def _group(frame: pd.DataFrame, name: str, texts: list[str]) -> list[str]:
    """Groups as strings; a text that has none is one of its own."""
    values = frame[name].astype("string")
    found = [f"={value}" if pd.notna(value) else f"text {text}" for value, text in zip(values, texts, strict=True)]
    if len(set(found)) < 2:
        raise InputError(
            f"all texts have the same {name} ({clipped(str(frame[name].iloc[0]))!r}), so what a model learns there "
            f"can't be tested on another. Label texts of a second {name}, or leave the column out: "
            f"labelled.drop(columns={name!r}); the figures then hold for this {name} only."
        )
    return found


def _numbered(values: list[str]) -> Codes:
    numbers = {value: number for number, value in enumerate(sorted(set(values)))}
    return np.array([numbers[value] for value in values], dtype=np.int64)
