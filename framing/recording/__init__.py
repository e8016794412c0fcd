"""Notebooks as tests: a fresh run's text outputs against recorded ones, so that a figure that drifts fails by name."""

from framing.recording.comparing import Difference, compare_outputs
from framing.recording.outputs import CellOutput, read_outputs, text_outputs, write_outputs
from framing.recording.running import run_notebook, write_html

__all__ = [
    "CellOutput",
    "Difference",
    "compare_outputs",
    "read_outputs",
    "run_notebook",
    "text_outputs",
    "write_html",
    "write_outputs",
]
