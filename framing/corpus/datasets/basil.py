"""BASIL: events of US politics, each told by three outlets."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.datasets.places import datasets, described, find_folder, where
from framing.corpus.repairing import repair_text
from framing.errors import InputError

_BASIL_OUTLETS = {"fox": "Fox News", "hpo": "HuffPost", "nyt": "New York Times"}


def load_basil(folder: str | Path | None = None, *, download: bool = False) -> pd.DataFrame:
    """Load BASIL: 100 events of US politics, each told by Fox News, HuffPost and the New York Times [1]_.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds BASIL's `articles/`, or one that holds it as `basil/`. Without it, `basil/` in the folder
        that the environment variable ``FRAMING_DATA`` names.
    download : bool
        Fetch the 300 files from the pinned commit, once, when no folder is given.

    Returns
    -------
    pandas.DataFrame
        300 articles in the order of their file names: `article_id` (the file's name, since the published ids repeat),
        `outlet`, `text` (sentences joined by a space, paragraphs by a blank line), `title`, `date`, `url`, `event` (the
        id of the triplet) and `main_event` (its name). Strings, `date` datetime64; missing is ``<NA>``.

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't there, with where to get it, or isn't in its published layout.

    Notes
    -----
    To be had from the GitHub repository launchnlp/BASIL. No licence is stated: ask the authors before you pass texts
    on. Texts are as published: curly and straight quotation marks are mixed, and 29 articles begin with their title,
    which `clean_text` takes off. The events were chosen for having been told by all
    three outlets, so rates per event are comparable, and the choice of events is not.

    References
    ----------
    .. [1] Fan, L., White, M., Sharma, E., Su, R., Choubey, P. K., Huang, R., & Wang, L. (2019). In Plain Sight: Media
       Bias Through the Lens of Factual Reporting. EMNLP-IJCNLP. doi:10.18653/v1/D19-1664
    """
    articles = find_folder("basil", folder, ["articles"], download=download) / "articles"
    files = sorted(articles.rglob("*.json"), key=lambda file: file.name)
    if not files:
        raise InputError(f"{articles} holds no .json file, so it is not BASIL's published layout. {_where()}")
    return described(check_corpus(pd.DataFrame([_basil_article(file) for file in files])), "basil")


def _where() -> str:
    return where(datasets()["basil"], ["articles"])


def _basil_article(file: Path) -> dict[str, Any]:
    try:
        published = json.loads(file.read_text(encoding="utf-8"))
        outlet = _BASIL_OUTLETS[published["source"].lower()]  # four events spell the outlets in capitals
        paragraphs = [" ".join(sentences) for sentences in published["body-paragraphs"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} is not in BASIL's published layout ({error!r}). {_where()}") from error
    return {
        "article_id": file.stem,
        "outlet": outlet,
        "text": repair_text("\n\n".join(paragraphs)).text,
        "title": published.get("title"),
        "date": published.get("date"),
        "url": published.get("url"),
        "event": file.stem.rpartition("_")[0],
        "main_event": published.get("main-event"),
    }
