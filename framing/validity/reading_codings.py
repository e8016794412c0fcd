"""All sheets that coders filled in, read with the key of their sample."""

from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.validity.coding_files import KEY, read_coding_sample
from framing.validity.coding_sheets import (
    NOT_CODABLE,
    NOTE,
    SHEET,
    SUFFIXES,
    coders_sheets,
    is_filled,
    looks_filled,
    read_sheet,
)
from framing.validity.codings import CODINGS, codings_of
from framing.validity.sampling import CodingSample


def read_codings(folder: str | Path) -> pd.DataFrame:
    """Read all sheets that coders filled in, and put the key beside their values.

    Parameters
    ----------
    folder : str or Path
        A folder that `write_coding_sample` wrote, with its key and the coders' sheets: ``sheet_NAME.csv`` (comma,
        semicolon or tab) or ``sheet_NAME.xlsx``. Sheets may be filled in half.

    Returns
    -------
    pandas.DataFrame
        What `codings_of` gives, for all coders: one row per value, `unit_id, coder, metric, value, article_id, field,
        sentence, outlet, stratum, n_stratum`, coder by coder in the order of their names. ``attrs["coding"]`` has a
        `sentence` that says who coded how many.

    Raises
    ------
    InputError
        If there is no sheet, or none with a value; if a sheet is of another sample, has a unit the sample hasn't got, a
        value that can't be one, values beside other sentences, or both values and a mark that the sentence isn't
        codable; if one coder has two sheets; or if the key is missing.

    Notes
    -----
    Sentences marked as `not_codable` count as not coded: what is estimated from the codings is about sentences that
    can be coded, and takes those that can't for no different.

    Examples
    --------
    >>> import tempfile
    >>> from framing import analyze, load_example, sample_for_coding, write_coding_sample
    >>> corpus = load_example()
    >>> sample = sample_for_coding(analyze(corpus), corpus, n=20)
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_coding_sample(sample, place)
    ...     filled = sample.sheet.assign(hedges_per_1000_words_outlet=["1", ""] * 10)
    ...     filled.to_csv(folder / "sheet_Ada.csv", index=False)
    ...     codings = read_codings(folder)
    >>> codings[["unit_id", "coder", "value"]].head(2).values.tolist()
    [['u01', 'Ada', 1.0], ['u03', 'Ada', 1.0]]
    >>> codings.attrs["coding"]["sentence"]
    'Ada coded 10 of 20 sentences'
    """
    folder = Path(folder)
    sample = read_coding_sample(folder)
    if sample.key.empty:
        raise InputError(
            f"{folder} has no {KEY.as_posix()}, without which values can't be traced to articles. Put the folder key "
            "beside the sheets again."
        )
    sheets = coders_sheets(folder)
    tables, coders = [], []
    for coder, path in sheets.items():
        filled = read_sheet(path, sample)
        table = codings_of(sample, filled.drop(columns=[NOT_CODABLE, NOTE]), coder=coder)
        tables.append(table)
        marked = filled[NOT_CODABLE] != ""
        _refuse_both(path, filled[marked & is_filled(filled.drop(columns=NOT_CODABLE), sample.metrics)])
        coders.append({"coder": coder, "n_coded": table["unit_id"].nunique(), "n_not_codable": int(marked.sum())})
    codings = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=CODINGS)
    if codings.empty:
        raise InputError(_nothing_filled(folder, sheets))
    codings.attrs["coding"] = {"n_sentences": len(sample.sheet), "coders": coders, "sentence": _said(coders, sample)}
    return codings


def _refuse_both(path: Path, lines: pd.DataFrame) -> None:
    if len(lines):
        row = lines.iloc[0]
        raise InputError(
            f"{path.name} has values for {row['unit_id']} and {clipped(row[NOT_CODABLE])!r} under {NOT_CODABLE} "
            f"({len(lines)} {'line' if len(lines) == 1 else 'lines'}). Empty the one or the other."
        )


def _nothing_filled(folder: Path, sheets: dict[str, Path]) -> str:
    unnamed = [f"{SHEET}{suffix}" for suffix in SUFFIXES if _holds_work(folder / f"{SHEET}{suffix}")]
    if unnamed:
        return (
            f"{folder / unnamed[0]} was filled in, but doesn't say by whom. Rename it to "
            f"{SHEET}_NAME{Path(unnamed[0]).suffix}, with the coder's name."
        )
    if sheets:
        names = shown(path.name for path in sheets.values())
        return f"no sheet in {folder} is filled in: {names}. Write values into the metrics' columns."
    return (
        f"{folder} holds no coder's sheet. Fill in a copy of {SHEET}.csv or {SHEET}.xlsx and save it there as "
        f"{SHEET}_NAME.csv or {SHEET}_NAME.xlsx, or code in a notebook with code_sentences(sample, coder=…, folder=…)."
    )


def _holds_work(path: Path) -> bool:
    """Whether a file is there and holds work."""
    return path.is_file() and looks_filled(path)


def _said(coders: list[dict[str, Any]], sample: CodingSample) -> str:
    parts = []
    for row in coders:
        marked = f" and marked {row['n_not_codable']:,} as not codable" if row["n_not_codable"] else ""
        parts.append(f"{row['coder']} coded {row['n_coded']:,}{marked}")
    first, *others = parts
    return "; ".join([f"{first} of {len(sample.sheet):,} {sample.unit}s", *others])
