"""NewsMTSC: sentiment towards a named target in sentences of US political news."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.datasets.places import described, find_folder
from framing.errors import InputError
from framing.tables import Schema, as_table

_MENTIONS: Schema = {
    "article_id": "string",
    "text": "string",
    "start": "Int64",
    "end": "Int64",
    "mention": "string",
    "label": "Int64",
}
_PARTS = {
    "train": "newsmtsc-rw-hf/train.jsonl",
    "dev_rw": "newsmtsc-rw-hf/dev.jsonl",
    "dev_mt": "newsmtsc-mt-hf/dev.jsonl",
}


def load_newsmtsc(folder: str | Path | None = None, *, part: str = "train", download: bool = False) -> pd.DataFrame:
    """Load NewsMTSC: mentions of people and organisations with how the sentence speaks of them [1]_.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds `newsmtsc-rw-hf/`, or one that holds it as `newsmtsc/`; else that in ``FRAMING_DATA``.
    part : {"train", "dev_rw", "dev_mt"}
        Training mentions, or development ones: `dev_rw` as common in the news, `dev_mt` of sentences with two or more.
    download : bool
        Fetch the files from the pinned commit, once, when no folder is given.

    Returns
    -------
    pandas.DataFrame
        One row per mention, as `score_targets` takes them: `article_id` (the mention's published id), `text` (the
        sentence), `start` and `end` (characters of the mention), `mention`, `label` (-1, 0, 1).

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't there or isn't in its published layout.

    Notes
    -----
    The repository is under the MIT licence. Labels are majorities of five crowd workers.

    References
    ----------
    .. [1] Hamborg, F., & Donnay, K. (2021). NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification
       in Political News Articles. EACL. doi:10.18653/v1/2021.eacl-main.142
    """
    if part not in _PARTS:
        raise InputError(f"part must be one of {', '.join(_PARTS)}; found {part!r}.")
    path = find_folder("newsmtsc", folder, [_PARTS[part]], download=download, prefix=_PARTS[part]) / _PARTS[part]
    try:
        rows = [
            {
                "article_id": row["id"],
                "text": row["sentence"],
                "start": row["from"],
                "end": row["to"],
                "mention": row["mention"],
                "label": row["polarity"],
            }
            for row in read_lines(path)
        ]
    except (KeyError, TypeError) as error:
        raise InputError(f"{path} is not in NewsMTSC's published layout: a line lacks {error}.") from error
    return described(as_table(rows, _MENTIONS), "newsmtsc")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON Lines, such as NewsMTSC's, as it is.

    Raises
    ------
    InputError
        If there is no such file, or a line of it is no JSON.
    """
    if not path.exists():
        raise InputError(f"there is no file {str(path)!r}; give the folder that holds NewsMTSC's {path.name}.")
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf8").split("\n") if line.strip()]
    except ValueError as error:
        raise InputError(f"{path} is not in NewsMTSC's published layout, JSON Lines: {error}.") from error
