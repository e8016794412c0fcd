"""Sheets that coders fill in: CSV or Excel, read with every mistake named, and written one coding at a time."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from framing.corpus.binaryfiles import read_excel
from framing.corpus.columns import clipped, shown
from framing.corpus.delimited import read_delimited
from framing.corpus.records import Records
from framing.corpus.spreadsheets import cell_as_it_was, harmless_cell, one_line, write_csv
from framing.errors import InputError
from framing.validity.sampling import UNITS, CodingSample

NOT_CODABLE, NOTE = "not_codable", "note"
SUFFIXES = (".csv", ".xlsx")
SHEET = "sheet"
# What a computer adds to the name of a second copy.
_COPY = re.compile(r"([\s_-]+(copy|kopie|copie)(\s*\d+)?|\s*\(\d+\))+$", re.IGNORECASE)
_NAME = re.compile(r"\w[\w .-]{0,39}")


def text_columns(sample: CodingSample) -> list[str]:
    """The columns of a sheet that hold texts: what is coded, between its neighbours."""
    return ["before", sample.unit, "after"]


def sheet_columns(sample: CodingSample) -> list[str]:
    """The columns of a sheet as it is written."""
    return ["unit_id", *text_columns(sample), *sample.metrics, NOT_CODABLE, NOTE]


def sheet_path(folder: str | Path, coder: str) -> Path:
    """Where a coder's sheet lies.

    Raises
    ------
    InputError
        If the name can't be part of a file's name.

    Examples
    --------
    >>> sheet_path("coding", "Ada").name
    'sheet_Ada.csv'
    """
    if not isinstance(coder, str) or not _NAME.fullmatch(coder.strip()):
        raise InputError(
            f"coder must be a name or initials of letters, digits, blanks, - and _, at most 40; found "
            f"{clipped(repr(coder), most=60)}. Name who codes, for example coder='Ada'."
        )
    return Path(folder, f"{SHEET}_{coder.strip()}.csv")


def coders_sheets(folder: Path) -> dict[str, Path]:
    """Find the coders' sheets of a folder: name of the coder to file, sorted by name.

    Raises
    ------
    InputError
        If one coder has two sheets.
    """
    paths = [p for p in folder.glob(f"{SHEET}_*") if p.suffix.lower() in SUFFIXES and p.is_file()]
    found: dict[str, Path] = {}
    for path in sorted(paths, key=lambda p: p.name):
        coder = path.stem.removeprefix(f"{SHEET}_").strip()
        twice = next((p for name, p in found.items() if same_coder(name, coder)), None)
        if twice is not None:
            raise InputError(
                f"{folder} has two sheets of one coder: {twice.name} and {path.name}. Keep the one that is meant, or "
                "give the other coder another name."
            )
        found[coder] = path
    return found


def same_coder(name: str, other: str) -> bool:
    """Whether two names are one coder's: but for capitals, and what a computer adds to the name of a copy.

    Examples
    --------
    >>> same_coder("Ada", "ADA (1)"), same_coder("Coder 1", "Coder 2")
    (True, False)
    """
    return _key(name) == _key(other)


def read_sheet(path: Path, sample: CodingSample) -> pd.DataFrame:
    """Read a sheet and check that it is of this sample.

    Returns
    -------
    pandas.DataFrame
        One row per line: `unit_id`, the metrics' columns that the sheet has, as text, `not_codable` and `note`.

    Raises
    ------
    InputError
        If the file can't be read, lacks a column, has a line that can't be read, a unit that the sample hasn't got or
        that stands there twice, or another sentence beside a unit.
    """
    records = read_excel(path) if path.suffix.lower() == ".xlsx" else read_delimited(path)
    metrics = [metric for metric in sample.metrics if metric in records.columns]
    missing = [name for name in ("unit_id", sample.unit) if name not in records.columns]
    if missing or not metrics:
        raise InputError(
            f"{path.name} has the columns {shown(records.columns)}; needed are unit_id, {sample.unit} and at "
            f"least one of: {shown(sample.metrics)}. Fill in a copy of the sheet that was written, and keep its first "
            "row."
        )
    _check_lines(path, records)
    columns = ["unit_id", sample.unit, *metrics, NOT_CODABLE, NOTE]
    rows = [[_text(row.values.get(name)) for name in columns] for row in records.rows]
    sheet = pd.DataFrame(rows, columns=columns, dtype=object)
    _check_units(path, sheet, sample)
    return sheet.drop(columns=sample.unit)


def write_sheet(path: Path, sample: CodingSample, filled: pd.DataFrame | None = None) -> None:
    """Write a sheet as CSV, with what was filled in, whole or not at all."""
    rows = sheet_rows(sample, filled)
    write_csv(path, sheet_columns(sample), rows)


def sheet_rows(sample: CodingSample, filled: pd.DataFrame | None = None) -> list[list[str]]:
    """The cells of a sheet in the order of the sample, harmless in a spreadsheet."""
    entered = {} if filled is None else filled.set_index("unit_id").to_dict("index")
    rows = []
    for unit in sample.sheet.to_dict("records"):
        values = entered.get(unit["unit_id"], {})
        numbers = [str(values.get(metric, "")) for metric in sample.metrics]
        # A number below 0 begins with what could begin a formula, but is none.
        numbers = [cell if re.fullmatch(r"[-−]?[\d.,]*", cell) else harmless_cell(cell) for cell in numbers]
        texts = [harmless_cell(one_line(str(unit[name]))) for name in text_columns(sample)]
        marks = [harmless_cell(one_line(str(values.get(name, "")))) for name in (NOT_CODABLE, NOTE)]
        rows.append([str(unit["unit_id"]), *texts, *numbers, *marks])
    return rows


def save_coding(
    path: Path, sample: CodingSample, unit_id: str, values: Mapping[str, str], *, not_codable: bool = False
) -> pd.DataFrame:
    """Write one unit's coding into a coder's sheet, which is made if need be; everything else in it stays.

    Returns
    -------
    pandas.DataFrame
        The sheet as it is now (see `read_sheet`).
    """
    filled = read_sheet(path, sample) if path.exists() else empty_sheet(sample)
    filled = filled.reindex(columns=["unit_id", *sample.metrics, NOT_CODABLE, NOTE], fill_value="")
    here = filled["unit_id"] == unit_id
    if not here.any():
        filled.loc[len(filled)] = [unit_id] + [""] * (len(filled.columns) - 1)
        here = filled["unit_id"] == unit_id
    for metric in sample.metrics:
        filled.loc[here, metric] = "" if not_codable else values.get(metric, "")
    filled.loc[here, NOT_CODABLE] = "x" if not_codable else ""
    write_sheet(path, sample, filled)
    return filled


def empty_sheet(sample: CodingSample) -> pd.DataFrame:
    """A sheet that nobody has filled in, as `read_sheet` gives it."""
    return sample.sheet[["unit_id"]].astype(object).assign(**dict.fromkeys([*sample.metrics, NOT_CODABLE, NOTE], ""))


def is_filled(sheet: pd.DataFrame, metrics: Sequence[str]) -> "pd.Series[bool]":
    """Tell for each line whether anything was entered: a value, or that it can't be coded."""
    cells = [name for name in (*metrics, NOT_CODABLE) if name in sheet.columns]
    return (sheet[cells].astype(str) != "").any(axis=1)


def looks_filled(path: Path, metrics: Sequence[str] | None = None) -> bool:
    """Whether a sheet of any sample holds work; one that can't be read might."""
    try:
        records = read_excel(path) if path.suffix.lower() == ".xlsx" else read_delimited(path)
    except InputError:
        return path.stat().st_size > 0
    blank = {"unit_id", "before", *UNITS, "after"}
    names = [name for name in records.columns if (name in metrics if metrics is not None else name not in blank)]
    return any(_text(row.values.get(name)) for row in records.rows for name in names)


def _key(coder: str) -> str:
    """What two names of one coder have in common."""
    name = coder.strip()
    return (_COPY.sub("", name) or name).casefold()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # Excel has only one kind of number
    return cell_as_it_was(str(cell).strip())


def _check_lines(path: Path, records: Records) -> None:
    broken = [entry for entry in records.entries if entry.action == "set_aside" and entry.rule != "further_sheet"]
    if broken:
        raise InputError(
            f"{path.name}: {len(broken)} {'line' if len(broken) == 1 else 'lines'} can't be read (first: "
            f"{broken[0].place}, {broken[0].note}). Mend the file, so that no coding is lost."
        )


def _check_units(path: Path, sheet: pd.DataFrame, sample: CodingSample) -> None:
    texts = dict(zip(sample.sheet["unit_id"], sample.sheet[sample.unit], strict=True))
    unknown = [unit for unit in sheet["unit_id"] if unit not in texts]
    other = [
        unit
        for unit, text in zip(sheet["unit_id"], sheet[sample.unit], strict=True)
        if unit in texts and _letters(text) != _letters(str(texts[unit]))
    ]
    if len(unknown) + len(other) > len(sheet) / 2:
        raise InputError(
            f"{path.name} is a sheet of another sample: most of its {sample.unit}s are not those of this one. Put it "
            "into the folder of its own sample."
        )
    if unknown:
        raise InputError(
            f"{path.name} has the unit {clipped(unknown[0])!r}, which the sample hasn't got. Give each line the "
            "unit_id that it was written with, or delete lines that were added."
        )
    twice = sheet.loc[sheet["unit_id"].duplicated(), "unit_id"]
    if len(twice):
        raise InputError(f"{path.name} has the unit {twice.iloc[0]!r} twice. Keep one of the two lines.")
    if other:
        raise InputError(
            f"{path.name} has another {sample.unit} beside {other[0]!r} than the sample, as happens when one column is "
            f"sorted alone ({len(other)} of {len(sheet)} lines). Undo that: each value must stand beside its "
            f"{sample.unit}."
        )


def _letters(text: str) -> str:
    """What a spreadsheet leaves of a sentence in any encoding: its plain letters and digits."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())
