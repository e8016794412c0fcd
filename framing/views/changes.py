"""Two articles side by side, with the words marked that only one of them has."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from framing.corpus.changes import list_changes
from framing.views.inputs import Texts
from framing.views.numbers import count
from framing.views.reader import AnnotatedArticle
from framing.views.templating import render


def show_changes(corpus: pd.DataFrame, article_id: str, other_id: str) -> AnnotatedArticle:
    """Show two articles side by side, with the words marked that the other one doesn't have.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id` and `text`.
    article_id, other_id : str
        The two articles, for example a copy and its `original` (see `find_copies`).

    Returns
    -------
    AnnotatedArticle
        Jupyter shows it as it is; `.html` is the piece of HTML as text, with no script. Text from articles is shown as
        text whatever it holds. The rows behind it are those of `list_changes`.

    Raises
    ------
    InputError
        (a ValueError) If the corpus lacks one of the articles, or both are the same.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"],
    ...     "text": ["It rained in Rome on Monday.", "Often it rained in Rome on Monday!"]})
    >>> "<mark>Often</mark> it rained" in show_changes(corpus, "2", "1").html
    True
    """
    rows = list_changes(corpus, article_id, other_id)
    texts = Texts(corpus)
    sides = [_side(name, texts.get(name, "text"), rows[rows["article_id"] == name]) for name in (article_id, other_id)]
    return AnnotatedArticle(article_id, render("changes.html", sides=sides))


def _side(article_id: str, text: str, rows: pd.DataFrame) -> dict[str, Any]:
    n_words = int(rows["n_words"].sum())
    shared = int(rows.loc[rows["shared"], "n_words"].sum())
    return {
        "article_id": article_id,
        "counts": f"{count(shared)} of {count(n_words)} words stand in the other article too",
        "text": Markup("").join(_marked(text, rows)),
    }


def _marked(text: str, rows: pd.DataFrame) -> Iterator[Markup]:
    at = 0
    for start, end, shared in rows[["start", "end", "shared"]].itertuples(index=False):
        yield escape(text[at:start])
        piece = escape(text[start:end])
        yield piece if shared else Markup("<mark>{}</mark>").format(piece)
        at = end
    yield escape(text[at:])
