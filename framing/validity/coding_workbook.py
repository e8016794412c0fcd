"""The sheet of a coding sample as an Excel workbook, in which every text is text and number cells take numbers."""

import importlib
import io
import zipfile
from datetime import datetime
from typing import Any

from framing.corpus.spreadsheets import cell_as_it_was
from framing.validity.codebook import is_tone
from framing.validity.coding_sheets import NOT_CODABLE, NOTE, SHEET, sheet_columns, sheet_rows
from framing.validity.sampling import UNITS, CodingSample
from framing.validity.units import is_frame

_WIDTHS = {"unit_id": 9, "before": 38, **dict.fromkeys(UNITS, 64), "after": 38, NOT_CODABLE: 12, NOTE: 24}
_LONGEST_CELL = 32_767  # characters, of Excel
_MADE = datetime(2000, 1, 1)  # the same sample gives the same bytes whenever it is written


def workbook_bytes(sample: CodingSample) -> bytes:
    """Write the sheet as an Excel workbook: strings and never formulas, the first row and column always in sight."""
    openpyxl = importlib.import_module("openpyxl")  # half a second, and only for who writes workbooks
    styles = importlib.import_module("openpyxl.styles")
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    columns = sheet_columns(sample)
    for number, line in enumerate([columns, *sheet_rows(sample)], start=1):
        for place, text in enumerate(line, start=1):
            cell = page.cell(number, place)
            if text:
                cell.value = (cell_as_it_was(text) if number > 1 else text)[:_LONGEST_CELL]
                cell.data_type = "s"
                cell.quotePrefix = True  # stays text also when somebody edits the cell
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            cell.font = styles.Font(bold=number == 1 or columns[place - 1] == sample.unit)
    for place, name in enumerate(columns, start=1):
        letter = page.cell(1, place).column_letter
        page.column_dimensions[letter].width = _WIDTHS.get(name, 18)
        if name in sample.metrics:
            rule = _rule(name)
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{len(sample.sheet) + 1}")
    page.freeze_panes = "B2"
    book.properties.creator, book.properties.created, book.properties.modified = "framing", _MADE, _MADE
    file = io.BytesIO()
    book.save(file)
    return _undated(file.getvalue())


def _rule(metric: str) -> Any:
    """What Excel takes in a metric's cells."""
    validation = importlib.import_module("openpyxl.worksheet.datavalidation").DataValidation
    if is_frame(metric):
        rule = validation(type="list", formula1='"0,1"', allow_blank=True, showErrorMessage=True)
        rule.error = "0 or 1"
    elif is_tone(metric):
        rule = validation(type="list", formula1='"-1,0,1"', allow_blank=True, showErrorMessage=True)
        rule.error = "-1, 0 or 1"
    else:
        rule = validation(
            type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True, showErrorMessage=True
        )
        rule.error = "A whole number, 0 or above"
    return rule


def _undated(data: bytes) -> bytes:
    """The same archive without the time at which it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(zipfile.ZipInfo(name), read.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
