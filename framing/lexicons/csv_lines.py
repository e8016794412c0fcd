"""Reading a CSV by its lines, so that a fault in it can be named by the line it stands in."""

import csv
import io

import pandas as pd

from framing.errors import InputError


def read_lines(data: bytes, name: str) -> tuple[pd.DataFrame, tuple[int, ...]]:
    r"""Read a CSV as text, blanks as empty strings, with the number of the line that each entry ends in.

    Lines without anything are passed over, but counted.

    Raises
    ------
    InputError
        If the file isn't UTF-8, is empty, has a stray quotation mark, or a line with more or fewer fields than the
        header.

    Examples
    --------
    >>> entries, lines = read_lines(b"pattern,class\n\nmay,month\n", "own.csv")
    >>> entries["class"].tolist(), lines
    (['month'], (3,))
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"lexicon {name}, line {line}: it isn't UTF-8. Save the file as CSV in UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        for row in reader:
            if not row:
                continue
            if rows and len(row) != len(rows[0]):
                raise InputError(
                    f"lexicon {name}, line {reader.line_num} ({row[0]}): it has {len(row)} fields, the header has "
                    f"{len(rows[0])}. Put fields that hold a comma in quotation marks, and leave none out."
                )
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise InputError(f"lexicon {name} can't be read as a csv, line {reader.line_num}: {error}.") from error
    if not rows:
        raise InputError(f"lexicon {name} is empty; its first line is a header, and one entry a line follows.")
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=str), tuple(lines[1:])
