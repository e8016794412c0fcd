"""Markdown from tables."""

import re
from collections.abc import Iterable, Sequence

import pandas as pd


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table whose cells are Markdown already.

    Examples
    --------
    >>> print(table(["column", "meaning"], [["`text`", "the body"]]))
    | column | meaning |
    |---|---|
    | `text` | the body |
    <BLANKLINE>
    """
    cells = [[" ".join(str(cell).split()) for cell in line] for line in (head, *rows)]
    lines = [f"| {' | '.join(line)} |" for line in cells]
    return "\n".join([lines[0], f"|{'---|' * len(head)}", *lines[1:]]) + "\n"


def frame_table(frame: pd.DataFrame) -> str:
    """Write a frame whose cells are plain text; what is missing is a dash."""
    cells = [["–" if pd.isna(cell) else plain(str(cell)) for cell in row] for row in frame.itertuples(index=False)]
    return table([code(str(name)) for name in frame.columns], cells)


def plain(text: str) -> str:
    r"""Write text so that it stands in Markdown as it is.

    Examples
    --------
    >>> print(plain("a_b | <i>"))
    a\_b \| \<i\>
    """
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|$#{}" else sign for sign in text)


def prose(text: str) -> str:
    r"""Write the prose of a docstring, in which names stand in backticks and words in asterisks.

    Examples
    --------
    >>> print(prose("`find_copies` of <i>, *said*, n_words"))
    `find_copies` of \<i\>, *said*, n\_words
    """
    parts = re.split(r"(`+[^`]+`+|\*[^*]+\*)", text)
    return "".join(part if place % 2 else plain(part) for place, part in enumerate(parts))


def code(text: str) -> str:
    r"""Write text as code in a cell of a table, nothing as nothing.

    Examples
    --------
    >>> print(code("keep|drop"))
    `keep\|drop`
    """
    return f"`{text}`".replace("|", "\\|") if text else ""


def block(text: str, language: str = "text") -> str:
    """Write text as a block of code."""
    return f"```{language}\n{text.rstrip()}\n```\n"
