"""A notebook run from top to bottom in a fresh kernel, as the reader of a study would run it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

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


def write_html(notebook: Any, path: str | Path, *, title: str) -> Path:
    """Write an executed notebook as one HTML page that needs no other file."""
    exporter = HTMLExporter(embed_images=True)
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8", newline="\n")
    return target
