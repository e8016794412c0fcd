"""What the cells of an executed notebook said, as text that a person can read and git can compare."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from framing.errors import InputError

NOT_RECORDED = "not-recorded"  # the tag of a cell whose outputs stay out of the recorded file
WARNING = "[stderr] "  # before a line of warnings, which a reader should never meet
WIDGET = "application/vnd.jupyter.widget-view+json"
TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
HEADING = re.compile(r"## Cell (\S+)(: (?P<code>.*))?")
INDENT = "    "
CODE_SHOWN = 70  # characters of a cell's first line


@dataclass(frozen=True, slots=True)
class CellOutput:
    """What one code cell said.

    Attributes
    ----------
    cell : str
        The cell's id.
    code : str
        The first line of its code that is no import, comment or blank, to know it by.
    lines : tuple of str
        Its text outputs, line by line, without trailing spaces.
    """

    cell: str
    code: str
    lines: tuple[str, ...]


def text_outputs(notebook: Any) -> list[CellOutput]:
    """List what the code cells of an executed notebook printed and returned, as text.

    Of a table or a figure the plain text is taken; warnings begin with ``[stderr]``. Progress bars and widgets, which
    depend on the computer's speed, are left out, and so are the cells that have the tag ``not-recorded``: those whose
    outputs hold what may not be published, such as sentences of copyrighted articles. Cells without text outputs are
    left out too.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    list of CellOutput
        In the notebook's order.
    """
    found = []
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or NOT_RECORDED in cell.metadata.get("tags", []):
            continue
        lines = [line for text in _texts(cell.outputs) for line in _lines(text)]
        if lines:
            found.append(CellOutput(str(cell.get("id", place)), _first_line(cell.source), tuple(lines)))
    return found


def write_outputs(outputs: Iterable[CellOutput], path: str | Path, *, title: str) -> Path:
    """Write outputs as a Markdown file: a heading for each cell, its text indented below."""
    parts = [f"# {title}\n"]
    for output in outputs:
        heading = f"## Cell {output.cell}" + (f": {output.code}" if output.code else "")
        body = "\n".join(f"{INDENT}{line}".rstrip() for line in output.lines)
        parts.append(f"{heading}\n\n{body}\n")
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    return target


def read_outputs(path: str | Path) -> list[CellOutput]:
    """Read what `write_outputs` wrote.

    Raises
    ------
    InputError
        If the file is missing or isn't of this form.
    """
    source = Path(path)
    if not source.is_file():
        raise InputError(
            f"there is no recorded file {source.name!r} in {str(source.parent)!r}. Record the outputs first: "
            "pytest -p framing.recording.plugin --recorded FOLDER --record NOTEBOOK"
        )
    outputs: list[tuple[str, str, list[str]]] = []
    for number, line in enumerate(source.read_text(encoding="utf-8").split("\n"), start=1):
        if heading := HEADING.fullmatch(line):
            outputs.append((heading[1], heading["code"] or "", []))
        elif outputs and (line.startswith(INDENT) or not line):
            outputs[-1][2].append(line.removeprefix(INDENT))
        elif line and not (line.startswith("# ") and not outputs):
            raise InputError(
                f"line {number} of {source.name!r} is {line!r}; a recorded file has a heading '## Cell ID' for each "
                "cell and its outputs indented by four spaces. Record it again with --record."
            )
    return [CellOutput(cell, code, tuple(_trimmed(lines))) for cell, code, lines in outputs]


def _texts(outputs: Iterable[Any]) -> Iterator[str]:
    """Give each output as text, a stream as one: how many pieces it comes in depends on the computer's speed."""
    for stream, pieces in groupby(outputs, key=lambda output: output.get("name")):
        texts = [_text(piece) for piece in pieces]
        yield from ["".join(texts)] if stream else texts


def _text(output: Any) -> str:
    if output.output_type == "stream":
        text = "" if _is_progress(output) else str(output.text)
        return text if output.name == "stdout" else "".join(f"{WARNING}{line}\n" for line in text.splitlines())
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    data = output.get("data", {})
    return "" if WIDGET in data else str(data.get("text/plain", ""))


def _is_progress(output: Any) -> bool:
    """Tell whether a stream holds a progress bar, which goes back to the start of its line."""
    return output.name == "stderr" and "\r" in output.text


def _lines(text: str) -> list[str]:
    clean = ADDRESS.sub("", TERMINAL_COLOUR.sub("", text))
    return _trimmed([line.rstrip() for line in clean.split("\n")])


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Drop blank lines before the first and after the last line that holds anything."""
    full = [place for place, line in enumerate(lines) if line]
    return list(lines[full[0] : full[-1] + 1]) if full else []


def _first_line(source: str) -> str:
    lines = (line.strip() for line in source.splitlines())
    telling = (line for line in lines if line and not line.startswith(("#", "import ", "from ")))
    return next(telling, "")[:CODE_SHOWN].rstrip()
