"""Sentences of New York Times editorials with the sentiment that twenty people saw in each."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.corpus.datasets.places import described, find_folder
from framing.errors import InputError
from framing.tables import Schema, as_table

FILE = "nytEditorialSnippets_GroundTruth.txt"
_SENTENCES: Schema = {"article_id": "string", "sentence": "Int64", "text": "string", "rating": "Float64"}


class Rated(NamedTuple):
    """A sentence of an editorial with its mean rating, -4 to 4."""

    editorial: str
    sentence: int
    rating: float
    text: str


def load_nyt_editorials(folder: str | Path | None = None) -> pd.DataFrame:
    """Load sentences of New York Times editorials, each with its mean sentiment for 20 raters [1]_.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds `nytEditorialSnippets_GroundTruth.txt`, or one that holds it as `nyt_editorials/`; else
        that in ``FRAMING_DATA``.

    Returns
    -------
    pandas.DataFrame
        One row per sentence in the order of the file: `article_id` (the editorial), `sentence` (its number there, from
        1), `text`, `rating` (-4, most negative, to 4, most positive).

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't there or isn't in its published layout.

    Notes
    -----
    To be had from the GitHub repository cjhutto/vaderSentiment, which is under the MIT licence. It is not fetched,
    since no hash of the whole file is recorded here.

    References
    ----------
    .. [1] Hutto, C. J., & Gilbert, E. (2014). VADER: A Parsimonious Rule-Based Model for Sentiment Analysis of Social
       Media Text. ICWSM. doi:10.1609/icwsm.v8i1.14550
    """
    path = find_folder("nyt_editorials", folder, [FILE]) / FILE
    rows = [
        {"article_id": row.editorial, "sentence": row.sentence, "text": row.text, "rating": row.rating}
        for row in read_rated(path)
    ]
    return described(as_table(rows, _SENTENCES), "nyt_editorials")


def read_rated(path: Path) -> list[Rated]:
    """Read the file of mean ratings.

    Raises
    ------
    InputError
        If there is no such file, or a line has not three fields.
    """
    if not path.exists():
        raise InputError(f"there is no file {str(path)!r}; give VADER's {FILE}.")
    rated = []
    for number, line in enumerate(path.read_text(encoding="utf8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            name, rating, text = line.rstrip("\r").split("\t", 2)
            editorial, _, sentence = name.partition("_")
            rated.append(Rated(editorial, int(sentence), float(rating), text))
        except ValueError as error:
            raise InputError(
                f"{path.name}, line {number}, is not EDITORIAL_SENTENCE, rating and text with tabs between: {error}."
            ) from error
    return rated
