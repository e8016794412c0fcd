"""Parquet files and Excel workbooks."""

import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from framing.corpus.account import set_aside
from framing.corpus.archives import check_archive
from framing.corpus.records import Records, Row, check_readable, header
from framing.errors import InputError


def read_parquet(path: Path) -> Records:
    """Read a Parquet file."""
    check_readable(path)
    try:
        table = pyarrow.parquet.ParquetFile(path).read()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path} is no readable Parquet file ({_first_line(error)}). Write it again") from error
    columns, entries = header(path, table.column_names)
    values = [column.to_pylist() for column in table.columns]
    rows = [
        Row(f"{path.name}, row {number}", dict(zip(columns, row, strict=True)))
        for number, row in enumerate(zip(*values, strict=True), start=1)
    ]
    return Records(columns, rows, entries)


def read_excel(path: Path) -> Records:
    """Read the first sheet of an Excel workbook that holds anything; a formula counts as the value it shows.

    Further sheets that hold something are set aside. A formula that was never calculated shows no value: its cell is
    left empty, and the account says so with the formula.
    """
    check_readable(path)
    check_archive(path, thing="Excel workbook (.xlsx)", advice="Open it in a spreadsheet program and save it as .xlsx")
    shown, written = _sheets(path, values=True), _sheets(path, values=False)
    sheets = [name for name, lines in written.items() if lines]
    if not sheets:
        raise InputError(f"{path} has no sheet with anything in it. Its first row must name the columns")
    first = sheets[0]
    # Rows before the header are blank in both; a header that is a formula still has to be found in what it shows.
    lines = [*shown[first]][-len(written[first]) :]
    lines[0] = [
        name if name is not None else formula for name, formula in zip(lines[0], written[first][0], strict=True)
    ]
    width = max(index + 1 for index, value in enumerate(lines[0]) if value is not None)
    columns, entries = header(path, lines[0][:width])
    rows = []
    for number, (line, formulas) in enumerate(zip(lines[1:], written[first][1:], strict=True), start=2):
        place = f"{path.name}, row {number}"
        for value, formula in zip(line, formulas, strict=True):
            if value is None and formula is not None:
                entries.append(set_aside(place, "formula", "a formula without a calculated value", str(formula)))
        if any(value is not None for value in line[width:]):
            text = " ".join(str(value) for value in line if value is not None)
            entries.append(set_aside(place, "too_many_fields", "cells to the right of the last column name", text))
        elif any(value is not None for value in line):
            rows.append(Row(place, dict(zip(columns, line, strict=False))))
    entries += [set_aside(path.name, "further_sheet", f"sheet '{name}' was not read") for name in sheets[1:]]
    return Records(columns, rows, entries)


def _sheets(path: Path, *, values: bool) -> dict[str, list[Sequence[Any]]]:
    openpyxl = importlib.import_module("openpyxl")  # half a second, and only for who has workbooks
    try:
        with path.open("rb") as file:  # given a path, openpyxl leaves a broken file open
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=values)
            sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets}
            return sheets if values else {title: list(_filled(lines)) for title, lines in sheets.items()}
    except Exception as error:  # a broken workbook fails anywhere in openpyxl, with any kind of exception
        raise InputError(
            f"{path} is no readable Excel workbook ({_first_line(error)}). Save it again as .xlsx, or export it as CSV"
        ) from error


def _filled(lines: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Skip blank rows before the header, and keep the others, so that row numbers stay right below it."""
    started = False
    for line in lines:
        started = started or any(value is not None for value in line)
        if started:
            yield line


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
