"""A comparison in a folder: its rows as CSV, and what was asked as JSON beside them."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis import Analysis
from framing.comparison import COMPARISON
from framing.errors import InputError

ROWS, ASKED = "comparison.csv", "comparison.json"
AGAIN = "framing compare"


def save_comparison(comparison: pd.DataFrame, folder: Path, provenance: Mapping[str, Any]) -> Path:
    """Write a comparison, which seed, adjustment and so on it was asked with, and of which analysis it is."""
    path = folder / ROWS
    comparison.to_csv(path, index=False)
    asked = {
        "comparing": comparison.attrs.get("comparing", {}),
        "analysis": _analysis_hash(provenance),
        "sha256": _hash(path.read_bytes()),
    }
    (folder / ASKED).write_text(json.dumps(asked, indent=1, ensure_ascii=False) + "\n", encoding="utf8", newline="\n")
    return path


def forget_comparison(folder: Path) -> None:
    """Remove an earlier comparison, which would pass for one of the analysis that takes its place."""
    for name in (ROWS, ASKED):
        (folder / name).unlink(missing_ok=True)


def load_comparison(folder: Path, analysis: Analysis) -> pd.DataFrame | None:
    """Read the comparison of a folder, with what was asked if the rows are still those; None when there is none.

    Raises
    ------
    InputError
        If it can't be read, or was made of another analysis than the one that is in the folder now.
    """
    path = folder / ROWS
    if not path.is_file():
        return None
    try:
        comparison = pd.read_csv(path, keep_default_na=False, na_values=[""])  # an outlet may be called NA
        comparison = comparison.astype({name: dtype for name, dtype in COMPARISON.items() if name in comparison})
        asked = json.loads((folder / ASKED).read_text(encoding="utf8")) if (folder / ASKED).is_file() else {}
    except (ValueError, TypeError) as error:
        raise InputError(f"{path} or {ASKED} can't be read: {error}. Compare again: {AGAIN} {folder}") from error
    if asked.get("sha256") == _hash(path.read_bytes()):
        if asked.get("analysis") != _analysis_hash(analysis.provenance):
            raise InputError(f"{path} is of another analysis than {folder}. Compare again: {AGAIN} {folder}")
        comparison.attrs["comparing"] = asked["comparing"]
    return comparison


def _analysis_hash(provenance: Mapping[str, Any]) -> str:
    return _hash(json.dumps(provenance, sort_keys=True).encode("utf8"))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
