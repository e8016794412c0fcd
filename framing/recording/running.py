"""A notebook run from top to bottom in a fresh kernel, as the reader of a study would run it."""

import os
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

PICTURE = "image/png"
# What nbconvert writes for a picture of an output.
UNDESCRIBED = re.compile(r'<img alt="No description has been provided for this image"([^>]* src="data:image/png)')
TIMEOUT = 600  # seconds a cell


def run_notebook(path: str | Path, *, environment: Mapping[str, str] | None = None, timeout: float = TIMEOUT) -> Any:
    """Run a notebook in its own folder and give it back with its outputs; the file stays as it is.

    Parameters
    ----------
    path : str or path
        The notebook.
    environment : mapping, optional
        The environment variables of the kernel; without it those of this process.
    timeout : float
        Seconds that one cell may take.

    Returns
    -------
    nbformat.NotebookNode
        The executed notebook.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails; the message names it and shows its traceback.
    """
    source = Path(path)
    notebook = nbformat.read(source, as_version=4)
    client = NotebookClient(notebook, timeout=timeout, resources={"metadata": {"path": str(source.parent)}})
    # One kernel a run: a second would see what the first one left.
    client.execute(env=dict(os.environ if environment is None else environment))
    return notebook


def alt_texts(notebook: Any) -> dict[int, str]:
    """Find the words for each picture of an executed notebook: what its cell prints, or else the code cell after it.

    A notebook whose figures are followed by what they show, in words (`framing.views.alt_text`), so has pages that can
    be read without seeing.

    Returns
    -------
    dict
        By the place of a cell with a picture among the notebook's cells: the words on one line, empty where there are
        none.
    """
    code = [(place, cell) for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    printed = [_printed(cell) for _, cell in code]
    after = [*printed[1:], ""]
    each = zip(code, printed, after, strict=True)
    return {place: own or later for (place, cell), own, later in each if _has_picture(cell)}


def _printed(cell: Any) -> str:
    # A notebook's file may hold a text as a list of its lines.
    texts = ("".join(o.text) for o in cell.outputs if o.output_type == "stream" and o.name == "stdout")
    return " ".join("".join(texts).split())


def _has_picture(cell: Any) -> bool:
    return bool(_pictures(cell))


def _pictures(cell: Any) -> list[Any]:
    return [output for output in cell.outputs if PICTURE in output.get("data", {})]


def write_html(notebook: Any, path: str | Path, *, title: str) -> Path:
    """Write an executed notebook as one HTML page that needs no other file; pictures have their words as alt text."""
    exporter = HTMLExporter(embed_images=True)
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    words = iter([text for place, text in alt_texts(notebook).items() for _ in _pictures(notebook.cells[place])])
    page = UNDESCRIBED.sub(lambda found: f'<img alt="{escape(next(words, ""))}"{found[1]}', page)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8", newline="\n")
    return target
