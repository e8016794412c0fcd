"""Markkula Center: news articles with each sourced statement coded by its kind of source and name."""

from pathlib import Path

import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.datasets.newsmtsc import read_lines
from framing.corpus.datasets.places import described, find_folder
from framing.errors import InputError

FILE = "markkula_sourcing.jsonl"
SOURCE_TYPES = {
    "Named Person": "named_person",
    "Named Organization": "named_organization",
    "Document": "document",
    "Anonymous Source": "anonymous",
    "Unnamed Person": "unnamed_person",
    "Unnamed Group of People": "unnamed_group",
}


def load_markkula(folder: str | Path | None = None) -> pd.DataFrame:
    """Load articles whose sourced statements the Markkula Center coded by kind of source and name.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds `markkula_sourcing.jsonl`, or one that holds it as `markkula_sourcing/`; else that in
        ``FRAMING_DATA``. The file has a line an article: `id`, `text` and `statements`, each with `type`, `name` and
        `span`, its characters in the text.

    Returns
    -------
    pandas.DataFrame
        One row per article in the order of the file: `article_id`, `text` and `statements`, a list of dicts with
        `source_type` (as `find_attributions` names them), `name` (None when it has none), `start` and `end` in the
        text. Left out are statements of other types and those that weren't located in the text.

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't there or isn't in this layout.

    Notes
    -----
    Codings from the GitHub repository MarkkulaCenterJMEthics/llms-journ-sourcing, Apache-2.0 on its data page. It is
    not fetched, since the statements had to be located in their articles first.
    """
    path = find_folder("markkula_sourcing", folder, [FILE]) / FILE
    try:
        rows = [
            {
                "article_id": str(row["id"]),
                "text": row["text"],
                "statements": [
                    {
                        "source_type": SOURCE_TYPES[each["type"]],
                        "name": each["name"] or None,
                        "start": each["span"][0],
                        "end": each["span"][1],
                    }
                    for each in row["statements"]
                    if each["type"] in SOURCE_TYPES and each["span"]
                ],
            }
            for row in read_lines(path)
        ]
    except (KeyError, TypeError, IndexError) as error:
        raise InputError(f"{path} is not in the layout that `load_markkula` tells: a line lacks {error}.") from error
    table = check_corpus(pd.DataFrame(rows, columns=["article_id", "text", "statements"]), required=["text"])
    return described(table, "markkula_sourcing")
