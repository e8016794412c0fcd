"""The example corpus that comes with the package."""

from pathlib import Path

import pandas as pd

from framing.corpus.frames import ADDED
from framing.corpus.reading import read_corpus
from framing.errors import InputError

_PACKAGE = Path(__file__).parent / "example_data"  # where an installed package has it
_CHECKOUT = Path(__file__).parents[2] / "data" / "example"


def load_example() -> pd.DataFrame:
    """Load the bundled example: ten invented events, each told by five invented outlets.

    Returns
    -------
    pandas.DataFrame
        50 articles: `article_id`, `outlet`, `text`, `title`, `date`, `url`, `author`, `event` (see `read_corpus`).

    Raises
    ------
    InputError
        (a ValueError) If the installation lacks the example.

    Notes
    -----
    Outlets, people and places are invented, so that nobody is misquoted; the corpus is licensed CC BY 4.0. It shows
    what the functions do. Nothing about real outlets follows from it.

    Examples
    --------
    >>> load_example()["outlet"].nunique()
    5
    """
    # Texts stay as they are in the file, since the hand-made codings beside it count its characters.
    corpus = read_corpus(example_file("articles.csv"), clean=False, quiet=True)
    return corpus.drop(columns=[name for name in ADDED if name in corpus])  # all of it was written in English


def example_file(name: str) -> Path:
    """Find a file of the example, in an installed package or in a checkout."""
    for folder in (_PACKAGE, _CHECKOUT):
        if (folder / name).exists():
            return folder / name
    raise InputError(
        f"the example corpus is neither in {_PACKAGE} nor in {_CHECKOUT}. Install the package again, "
        "or read articles of your own with read_corpus(path)"
    )
