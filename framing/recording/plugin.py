"""A plug-in for pytest that runs notebooks and compares what they say with what was recorded.

Load it where you want it: ``pytest -p framing.recording.plugin --recorded recorded notebooks``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from framing.errors import InputError
from framing.recording.comparing import TOLERANCE, compare_outputs
from framing.recording.outputs import read_outputs, text_outputs, write_outputs
from framing.recording.running import run_notebook, write_html

VARIABLES = "recorded_with"  # in a notebook's metadata: environment variables on which its outputs depend
SHOWN = 20  # differences of one notebook


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plug-in's options."""
    group = parser.getgroup("recorded", "notebooks compared with recorded outputs")
    group.addoption("--recorded", metavar="FOLDER", help="run each notebook and compare its text outputs with FOLDER")
    group.addoption("--record", action="store_true", help="write the outputs to that folder instead of comparing")
    group.addoption("--executed", metavar="FOLDER", help="write executed notebooks, also as HTML, to FOLDER")
    group.addoption(
        "--recorded-tolerance",
        type=float,
        default=TOLERANCE,
        metavar="SHARE",
        help="by how much a number with decimals may differ, relative to the recorded one (default: %(default)s)",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a notebook when recorded outputs are asked for."""
    if file_path.suffix != ".ipynb" or ".ipynb_checkpoints" in file_path.parts or not parent.config.option.recorded:
        return None
    return RecordedNotebook.from_parent(parent, path=file_path)


class RecordedNotebook(pytest.File):
    """A notebook: one run, or one with and one without each environment variable that its metadata names."""

    def collect(self) -> Iterator[pytest.Item]:
        """Make an item of each run."""
        variables = nbformat.read(self.path, as_version=4).metadata.get(VARIABLES, [])
        yield RecordedRun.from_parent(self, name="recorded", variable=None, without=tuple(variables))
        for variable in variables:
            yield RecordedRun.from_parent(self, name=f"recorded with {variable}", variable=variable, without=())


class RecordedRun(pytest.Item):
    """A run of a notebook whose outputs are compared."""

    def __init__(self, *, variable: str | None, without: tuple[str, ...], **keywords: Any) -> None:
        super().__init__(**keywords)
        self.variable, self.without = variable, without
        self.stem = self.path.stem + (f".{variable}" if variable else "")

    def runtest(self) -> None:
        """Run the notebook; compare or record."""
        if self.variable and not os.environ.get(self.variable):
            pytest.skip(f"the environment variable {self.variable} isn't set")
        option = self.config.option
        environment = {name: value for name, value in os.environ.items() if name not in self.without}
        notebook = run_notebook(self.path, environment=environment)
        if option.executed:
            folder = Path(option.executed)
            folder.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, folder / f"{self.stem}.ipynb")
            write_html(notebook, folder / f"{self.stem}.html", title=self.path.stem)
        recorded = Path(option.recorded) / f"{self.stem}.md"
        outputs = text_outputs(notebook)
        if option.record:
            write_outputs(outputs, recorded, title=self.path.name)
            return
        differences = compare_outputs(read_outputs(recorded), outputs, tolerance=option.recorded_tolerance)
        if differences:
            raise OutputsDiffer(self.path.name, recorded, [str(difference) for difference in differences])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Tell in sentences, without this module's own traceback."""
        if isinstance(excinfo.value, OutputsDiffer | InputError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the run in reports."""
        return self.path, 0, f"{self.path.name}: {self.name}"


class OutputsDiffer(Exception):
    """What a notebook says isn't what was recorded."""

    def __init__(self, notebook: str, recorded: Path, differences: list[str]) -> None:
        shown = "\n".join(differences[:SHOWN])
        more = f"\nand {len(differences) - SHOWN} more lines" if len(differences) > SHOWN else ""
        super().__init__(
            f"{notebook} says other than {recorded} in {len(differences)} lines:\n{shown}{more}\n"
            "If the change is meant, record it (--record), and say in the change log why the figures moved."
        )
