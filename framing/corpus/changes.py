"""What two articles have in common word for word, and what each has of its own."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.columns import shown
from framing.corpus.shared_text import WORD, Mask, Runs, shared_words
from framing.errors import InputError
from framing.tables import Schema, as_table

CHANGES: Schema = {
    "article_id": "string",
    "start": "Int64",
    "end": "Int64",
    "n_words": "Int64",
    "shared": "boolean",
    "words": "string",
}


def list_changes(corpus: pd.DataFrame, article_id: str, other_id: str) -> pd.DataFrame:
    """List the stretches that two articles share, and those that only one of them has.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id` and `text`.
    article_id, other_id : str
        The two articles, for example a copy and its `original` (see `find_copies`).

    Returns
    -------
    pandas.DataFrame
        One row per stretch, in text order, first of `article_id`, then of `other_id`:

        - `article_id` (string), `start, end` (characters of its text), `words` (the text between them)
        - `n_words` in the stretch: those with `shared` are `share_copied` of all, but for the passages that
          `find_copies` leaves out of it
        - `shared` (boolean): the words stand in the other article too, in runs of five or more; capitals, punctuation
          and the order of the runs make no difference

    Raises
    ------
    InputError
        (a ValueError) If the corpus lacks one of the articles, or both are the same.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"],
    ...     "text": ["It rained in Rome on Monday.", "Often it rained in Rome on Monday!"]})
    >>> list_changes(corpus, "2", "1")[["article_id", "shared", "words"]].values.tolist()
    [['2', False, 'Often'], ['2', True, 'it rained in Rome on Monday'], ['1', True, 'It rained in Rome on Monday']]
    """
    checked = check_corpus(corpus, required=("article_id", "text"))
    texts = dict(zip(checked["article_id"], checked["text"].fillna(""), strict=True))
    for wanted in (article_id, other_id):
        if wanted not in texts:
            raise InputError(f"corpus has no article {wanted!r}; it has {shown(texts, most=5)}. Name one of them.")
    if article_id == other_id:
        raise InputError(f"article {article_id!r} can't be compared with itself. Name two articles.")
    make = Runs()
    runs = {name: make.of(texts[name]) for name in (article_id, other_id)}
    rows: list[dict[str, Any]] = []
    for name, other in ((article_id, other_id), (other_id, article_id)):
        rows += _stretches(name, texts[name], shared_words(runs[name], np.sort(runs[other])))
    return as_table(rows, CHANGES)


def _stretches(article_id: str, text: str, shared: Mask) -> Iterator[dict[str, Any]]:
    words = list(WORD.finditer(text))
    # A text of fewer words than a run has no runs, and shares nothing.
    marks = shared.tolist() or [False] * len(words)
    for is_shared, group in itertools.groupby(zip(marks, words, strict=True), key=lambda pair: pair[0]):
        stretch = [word for _, word in group]
        start, end = stretch[0].start(), stretch[-1].end()
        yield {
            "article_id": article_id,
            "start": start,
            "end": end,
            "n_words": len(stretch),
            "shared": is_shared,
            "words": text[start:end],
        }
