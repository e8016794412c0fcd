"""Frames as metrics of articles, to be compared between outlets like any other."""

from dataclasses import replace
from typing import Any, overload

import numpy as np
import pandas as pd

from framing.analysis.evidence import same_corpus
from framing.analysis.storing import Analysis
from framing.corpus.columns import clipped, missing_column
from framing.errors import InputError
from framing.language.layout import paragraph_spans
from framing.tables import FRAMES
from framing.validity.frames.labelled import column_of
from framing.validity.frames.model import FrameModel


def split_units(corpus: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Cut articles into what a model labels.

    Returns
    -------
    pandas.DataFrame
        A row per paragraph with a letter, or per article that has a text: `article_id, start, end` (characters of the
        article's text), `text`, and `outlet` and `event` where the corpus has them.
    """
    about = [name for name in ("outlet", "event") if name in corpus]
    rows = []
    for row in corpus[["article_id", "text", *about]].to_dict("records"):
        text = row["text"] if isinstance(row["text"], str) else ""
        spans = paragraph_spans(text) if unit == "paragraph" else [(0, len(text))]
        rows += [
            {**row, "start": start, "end": end, "text": text[start:end]}
            for start, end in spans
            if any(character.isalpha() for character in text[start:end])
        ]
    return pd.DataFrame(rows, columns=["article_id", *about, "start", "end", "text"])


@overload
def add_frames(articles: Analysis, corpus: pd.DataFrame, model: FrameModel) -> Analysis: ...


@overload
def add_frames(articles: pd.DataFrame, corpus: pd.DataFrame, model: FrameModel) -> pd.DataFrame: ...


def add_frames(articles: Analysis | pd.DataFrame, corpus: pd.DataFrame, model: FrameModel) -> Analysis | pd.DataFrame:
    r"""Add to each article what share of its paragraphs has each frame.

    Parameters
    ----------
    articles : Analysis or pandas.DataFrame
        What `analyze` gave; or a row per article with `article_id`, such as the corpus itself.
    corpus : pandas.DataFrame
        The texts of these articles: `article_id`, `text`.
    model : FrameModel
        What `train_frames` gave.

    Returns
    -------
    Analysis or pandas.DataFrame
        What was given, with frames. The article table is a copy in the same order with, at its end, `n_frame_texts`
        (paragraphs with a letter, or 1 for an article that the model labels whole) and for each label `n_frame_LABEL`
        and `share_frame_LABEL` (0 to 1; ``<NA>`` in an article without text). `compare_outlets` takes the shares as
        metrics.

        An analysis keeps in its table `frames` what the model says of each text: `article_id, field, unit`
        (``paragraph`` or ``article``), `number` (of the text in its article, from 0), `start, end, frame` (the label,
        as the columns spell it), `probability, n_terms` and `p_LABEL`. So frames can be coded, validated and corrected
        like any metric: see `sample_for_coding`, `validate`, `correct`.

    Raises
    ------
    InputError
        (a ValueError) If an article isn't in the corpus, an `article_id` repeats there, `articles` has frames
        already, or the corpus isn't the one that was analysed.

    Notes
    -----
    A model that takes one frame for another shifts these shares, and may do so more in one outlet than in another:
    look at ``report["confusion"]``, and code a sample of the articles compared, which `correct` takes out.

    Examples
    --------
    >>> rows = [
    ...     {"text": f"{who} fears {what}, says the {outlet}.", "label": label, "outlet": outlet}
    ...     for outlet in ("Courier", "Herald", "Radio")
    ...     for who in ("The mayor", "A farmer", "The union", "A reader")
    ...     for what, label in (("higher prices and debts", "economy"), ("a long trial in court", "justice"))
    ... ]
    >>> from framing.validity.frames import train_frames
    >>> model = train_frames(pd.DataFrame(rows))
    >>> corpus = pd.DataFrame({"article_id": ["1"], "text": ["Debts and prices.\n\nA trial.\n\nThe court."]})
    >>> round(add_frames(corpus, corpus, model).loc[0, "share_frame_justice"], 2)
    np.float64(0.67)
    """
    if isinstance(articles, Analysis):
        return _framed(articles, same_corpus(articles, corpus), model)
    return _with_shares(articles, corpus, model)[0]


def _framed(analysis: Analysis, corpus: pd.DataFrame, model: FrameModel) -> Analysis:
    """An analysis with frames: the shares of its articles, the texts behind them, and by which model."""
    articles, labelled = _with_shares(analysis.articles, corpus, model)
    about = {"labels": list(model.labels), "unit": model.unit, "temperature": model.temperature, **model.about}
    return replace(
        analysis,
        articles=articles,
        frames=_table(labelled, analysis, model),
        provenance={**analysis.provenance, "frames": about},
    )


def _table(labelled: pd.DataFrame, analysis: Analysis, model: FrameModel) -> pd.DataFrame:
    """The texts that a model labelled, in the order of the articles."""
    place = {article: number for number, article in enumerate(analysis.articles["article_id"])}
    order = labelled["article_id"].map(place).sort_values(kind="stable").index
    table = labelled.loc[order].reset_index(drop=True)
    table["number"] = table.groupby("article_id").cumcount()
    table["frame"] = table["frame"].map(column_of)
    table = table.assign(field="text", unit=model.unit)
    chances = [f"p_{column_of(label)}" for label in model.labels]
    kinds: dict[Any, Any] = {
        name: pd.StringDtype(na_value=pd.NA) if kind == "string" else kind for name, kind in FRAMES.items()
    }
    return table[[*FRAMES, *chances]].astype(kinds)


def _with_shares(articles: pd.DataFrame, corpus: pd.DataFrame, model: FrameModel) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles with their shares, and what the model says of each text."""
    columns = {label: column_of(label) for label in model.labels}
    made = ["n_frame_texts", *(f"{kind}_frame_{name}" for name in columns.values() for kind in ("n", "share"))]
    _check(articles, corpus, made)
    units = split_units(corpus[corpus["article_id"].isin(articles["article_id"])], model.unit)
    labelled = model.predict(units)
    counts = pd.crosstab(labelled["article_id"], labelled["frame"]) if len(labelled) else pd.DataFrame()
    counts = counts.reindex(index=articles["article_id"], columns=list(model.labels), fill_value=0)
    added = articles.copy()
    n_texts = counts.sum(axis=1).to_numpy(dtype=np.int64)
    added["n_frame_texts"] = pd.array(n_texts, dtype="Int64")
    for label, name in columns.items():
        n = counts[label].to_numpy(dtype=np.int64)
        shares = [a / b if b else None for a, b in zip(n, n_texts, strict=True)]
        added[f"n_frame_{name}"] = pd.array(n, dtype="Int64")
        added[f"share_frame_{name}"] = pd.array(shares, dtype="Float64")
    return added, labelled


def _check(articles: pd.DataFrame, corpus: pd.DataFrame, made: list[str]) -> None:
    if len(set(made)) < len(made):
        raise InputError("a frame is called 'texts', and n_frame_texts counts all texts. Give it another label.")
    for thing, frame, needed in (("articles", articles, ["article_id"]), ("corpus", corpus, ["article_id", "text"])):
        for name in needed:
            if name not in frame:
                raise InputError(missing_column(name, frame.columns, thing=thing))
    there = [name for name in made if name in articles]
    if there:
        raise InputError(f"articles already have a column {there[0]!r}. Drop the columns of the frames added before.")
    repeated = corpus["article_id"][corpus["article_id"].duplicated()]
    if len(repeated):
        raise InputError(f"article_id {clipped(str(repeated.iloc[0]))!r} stands more than once in the corpus.")
    missing = articles["article_id"][~articles["article_id"].isin(corpus["article_id"])]
    if len(missing):
        raise InputError(
            f"{len(missing)} of {len(articles)} articles are not in the corpus, the first is "
            f"{clipped(str(missing.iloc[0]))!r}. Give the corpus that was analysed."
        )
