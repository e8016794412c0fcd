"""Public research corpora, read from their published layout in a folder of the user's.

Their texts belong to publishers, so nothing of them comes with this package.
"""

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.repairing import repair_text
from framing.errors import InputError

_BASIL_OUTLETS = {"fox": "Fox News", "hpo": "HuffPost", "nyt": "New York Times"}


def load_basil(folder: str | Path | None = None) -> pd.DataFrame:
    """Load BASIL: 100 events of US politics, each told by Fox News, HuffPost and the New York Times [1]_.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds BASIL's `articles/`, or one that holds it as `basil/`. Without it, `basil/` in the folder
        that the environment variable ``FRAMING_DATA`` names.

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
    articles = _basil_articles(folder)
    files = sorted(articles.rglob("*.json"), key=lambda file: file.name)
    if not files:
        raise InputError(f"{articles} holds no .json file, so it is not BASIL's published layout. {_WHERE_BASIL}")
    return check_corpus(pd.DataFrame([_basil_article(file) for file in files]))


_WHERE_BASIL = (
    "Get BASIL from the GitHub repository launchnlp/BASIL (no licence is stated: ask before you pass its texts on) and "
    "give the folder that holds its articles/, or put it as basil/ in the folder that FRAMING_DATA names"
)


def _basil_articles(folder: str | Path | None) -> Path:
    data = os.environ.get("FRAMING_DATA")
    if folder is None and not data:
        raise InputError(f"no folder was given and FRAMING_DATA is not set. {_WHERE_BASIL}")
    root = Path(folder) if folder is not None else Path(str(data))
    for articles in (root / "articles", root / "basil" / "articles"):
        if articles.is_dir():
            return articles
    raise InputError(f"{root} holds neither articles/ nor basil/articles/. {_WHERE_BASIL}")


def _basil_article(file: Path) -> dict[str, Any]:
    try:
        published = json.loads(file.read_text(encoding="utf-8"))
        outlet = _BASIL_OUTLETS[published["source"].lower()]  # four events spell the outlets in capitals
        paragraphs = [" ".join(sentences) for sentences in published["body-paragraphs"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} is not in BASIL's published layout ({error!r}). {_WHERE_BASIL}") from error
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
