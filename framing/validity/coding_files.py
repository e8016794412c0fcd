"""A coding sample as a folder: sheets and codebook for coders, the key apart, and back with what was filled in."""

import hashlib
import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.columns import STRING, shown
from framing.corpus.delimited import read_delimited
from framing.corpus.spreadsheets import cell_as_it_was, csv_text, harmless_cell, write_csv, write_whole
from framing.errors import InputError
from framing.validity.codebook import codebook_text
from framing.validity.coding_sheets import (
    NOT_CODABLE,
    NOTE,
    SHEET,
    SUFFIXES,
    looks_filled,
    sheet_columns,
    sheet_rows,
)
from framing.validity.coding_workbook import workbook_bytes
from framing.validity.codings import CODINGS
from framing.validity.sampling import UNITS, CodingSample

KEY, ABOUT, CODEBOOK = Path("key", "key.csv"), Path("key", "sample.json"), "codebook.md"
TEXT_COPY = Path("key", "sheet.csv")
_KEY_TYPES: dict[Hashable, Any] = {
    "article_id": STRING,
    "field": STRING,
    "outlet": STRING,
    "sentence": "Int64",
    "n_stratum": "int64",
    "probability": "float64",
}


def write_coding_sample(sample: CodingSample, folder: str | Path) -> Path:
    """Write a coding sample as a folder for coders: sheets for a spreadsheet, a codebook, and the key apart.

    Parameters
    ----------
    sample : CodingSample
        What `sample_for_coding` gave.
    folder : str or Path
        Where to write; made if need be.

    Returns
    -------
    Path
        The folder. It holds:

        - ``sheet.csv`` (UTF-8 with a mark, as spreadsheets expect) and ``sheet.xlsx``, the same in both: `unit_id`,
          `before`, `sentence` (of frames `paragraph` or `article`), `after`, an empty column for each metric,
          `not_codable` and `note`
        - ``codebook.md``: what counts and what doesn't, with examples
        - ``key/``: outlet, article, stratum and probability of each sentence, which coders must not see. Give them the
          folder without it.

        Each coder fills in a copy named ``sheet_NAME.csv`` or ``sheet_NAME.xlsx``; `read_codings` reads all of them. To
        code in a notebook instead, see `code_sentences`.

    Raises
    ------
    InputError
        If the folder holds another sample that somebody has begun to code, or can't be written; if the sample has no
        key.

    Notes
    -----
    A sheet that is filled in is never written over. Written again, the same sample changes nothing. Sentences are put
    on one line; those that a spreadsheet would run as a formula get an apostrophe before them, or in Excel are marked
    as text.

    Examples
    --------
    >>> import tempfile
    >>> from framing import analyze, load_example, read_coding_sample, sample_for_coding
    >>> corpus = load_example()
    >>> sample = sample_for_coding(analyze(corpus), corpus, n=20)
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_coding_sample(sample, Path(place, "coding"))
    ...     written, again = sorted(path.name for path in folder.iterdir()), read_coding_sample(folder)
    >>> written
    ['codebook.md', 'key', 'sheet.csv', 'sheet.xlsx']
    >>> again.key.equals(sample.key)
    True
    """
    folder = Path(folder)
    if sample.key.empty:
        raise InputError("the sample was read without its key, so that it can be coded but not written again.")
    name = sample_name(sample)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file. Name a folder, which is made if need be.")
    if written_name(folder) != name:
        _refuse_filled(folder)
    _write_key(sample, folder, name)
    write_whole(folder / CODEBOOK, codebook_text(sample.metrics, sample.unit).encode("utf8"))
    for suffix in SUFFIXES:
        path = folder / f"{SHEET}{suffix}"
        if not path.exists() or not looks_filled(path):
            data = workbook_bytes(sample) if suffix == ".xlsx" else _csv_bytes(sample)
            write_whole(path, data)
    return folder


def read_coding_sample(folder: str | Path) -> CodingSample:
    """Read a coding sample that `write_coding_sample` wrote.

    Parameters
    ----------
    folder : str or Path
        The folder, with its key. Without the key, as coders have it, the sample has sentences but an empty key: enough
        for `code_sentences`.

    Returns
    -------
    CodingSample
        As it was drawn; texts are on one line.

    Raises
    ------
    InputError
        If the folder holds no coding sample, or its key was changed.
    """
    folder = Path(folder)
    path = folder / TEXT_COPY if (folder / TEXT_COPY).is_file() else folder / f"{SHEET}.csv"
    if not path.is_file():
        raise InputError(
            f"{folder} holds no coding sample: it has no {SHEET}.csv. Write one with write_coding_sample(sample, "
            "folder) or `framing sample`."
        )
    cells = _read_csv(path, ["unit_id", "before", "after"])
    unit = next((name for name in UNITS if name in cells), "")
    texts = ["before", unit, "after"]
    metrics = tuple(str(name) for name in cells if name not in ("unit_id", *texts, NOT_CODABLE, NOTE))
    if not unit:
        raise InputError(f"{path} lacks the columns sentence; it has: {shown(cells.columns)}.")
    if not metrics:
        raise InputError(f"{path} has no column to code. Write the sample again into another folder.")
    sheet = cells[["unit_id", *texts]].assign(**dict.fromkeys(metrics, ""))
    if not (folder / KEY).is_file():
        key = pd.DataFrame(columns=[*CODINGS[:1], *CODINGS[4:], "probability"])
        return CodingSample(sheet, key, metrics)
    return CodingSample(sheet, _read_key(folder, sheet), metrics)


def sample_name(sample: CodingSample) -> str:
    """Name a sample by its content, so that two samples are told apart: 12 hexadecimal digits."""
    parts = [",".join(sample.metrics), _key_csv(sample), csv_text(sheet_columns(sample), sheet_rows(sample))]
    return hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()[:12]


def written_name(folder: Path) -> str | None:
    """Read the name (see `sample_name`) of the sample that a folder holds; None when it holds none."""
    try:
        return str(json.loads((folder / ABOUT).read_text(encoding="utf8"))["sample"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refuse_filled(folder: Path) -> None:
    paths = [p for p in folder.glob(f"{SHEET}*") if p.suffix.lower() in SUFFIXES and p.is_file() and looks_filled(p)]
    if paths:
        raise InputError(
            f"{folder} holds another sample, of which sheets are filled in already: "
            f"{shown(sorted(path.name for path in paths))}. Name another folder, so that no coding is lost."
        )


def _write_key(sample: CodingSample, folder: Path, name: str) -> None:
    write_whole(folder / KEY, _key_csv(sample).encode("utf-8-sig", "replace"))
    write_csv(folder / TEXT_COPY, sheet_columns(sample), sheet_rows(sample))
    about = {"sample": name, "metrics": list(sample.metrics), "n_sentences": len(sample.sheet)}
    write_whole(folder / ABOUT, (json.dumps(about, indent=1) + "\n").encode("utf8"))


def _key_csv(sample: CodingSample) -> str:
    rows = ([_cell(value) for value in row] for row in sample.key.itertuples(index=False))
    return csv_text(list(sample.key.columns), rows)


def _cell(value: Any) -> str:
    return (
        harmless_cell(value)
        if isinstance(value, str)
        else repr(float(value))
        if isinstance(value, float)
        else str(value)
    )


def _read_key(folder: Path, sheet: pd.DataFrame) -> pd.DataFrame:
    key = _read_csv(folder / KEY, ["unit_id", *CODINGS[4:], "probability"])
    if key["unit_id"].tolist() != sheet["unit_id"].tolist():
        raise InputError(f"{folder / KEY} has other units than the sheet. Write the sample again into another folder.")
    try:
        for name in ("sentence", "n_stratum", "probability"):
            key[name] = pd.to_numeric(key[name])
        key = key.astype(_KEY_TYPES)
    except ValueError as error:
        raise InputError(
            f"{folder / KEY} was changed: {str(error)[:80]}. Write the sample again into another folder."
        ) from error
    return key


def _read_csv(path: Path, needed: list[str]) -> pd.DataFrame:
    records = read_delimited(path)
    missing = [name for name in needed if name not in records.columns]
    if missing:
        raise InputError(f"{path} lacks the columns {shown(missing)}; it has: {shown(records.columns)}.")
    rows = [[cell_as_it_was(str(row.values.get(name) or "")) for name in records.columns] for row in records.rows]
    return pd.DataFrame(rows, columns=records.columns)


def _csv_bytes(sample: CodingSample) -> bytes:
    return csv_text(sheet_columns(sample), sheet_rows(sample)).encode("utf-8-sig", "replace")
