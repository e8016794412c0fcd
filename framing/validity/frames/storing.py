"""Frame models as tables that a person can read: no code is stored, so none can be run by opening one."""

import hashlib
import json
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.errors import InputError
from framing.validity.frames.model import UNITS, FrameModel

FORMAT = 1
ABOUT, TERMS, REPORT = "frames.toml", "weights.csv", "report"
INTERCEPT = ""  # no term is empty


def save_frames(model: FrameModel, folder: str | Path) -> Path:
    """Write a model: `frames.toml`, `weights.csv` (terms, rarity, a weight per label) and its report's tables.

    Parameters
    ----------
    model : FrameModel
    folder : str or Path
        Made if need be; files of an older model in it are replaced.

    Returns
    -------
    Path
        The folder. No labelled text is in it, only words and word pairs that stand in two texts at least.

    Examples
    --------
    See `load_frames`.
    """
    folder = Path(folder)
    try:
        (folder / REPORT).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} can't be made a folder: {error.strerror or error}. Name another.") from error
    table = pd.DataFrame(
        {"term": [INTERCEPT, *model.terms], "idf": [1.0, *model.idf]}
        | {f"weight {n}": [model.intercepts[n], *model.weights[n]] for n in range(len(model.labels))}
    )
    text = table.to_csv(index=False, lineterminator="\n")
    (folder / TERMS).write_text(text, encoding="utf8", newline="")
    about = {
        "format": FORMAT,
        "framing": version("framing"),
        "labels": list(model.labels),
        "unit": model.unit,
        "temperature": model.temperature,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    lines = [f"{name} = {_toml(value)}" for name, value in about.items()]
    lines += ["", "[about]", *(f"{name} = {_toml(value)}" for name, value in model.about.items())]
    (folder / ABOUT).write_text("\n".join(lines) + "\n", encoding="utf8", newline="")
    for name, each in model.report.items():
        each.to_csv(folder / REPORT / f"{name}.csv", index=False, lineterminator="\n")
    return folder


def load_frames(folder: str | Path) -> FrameModel:
    """Read a model that `save_frames` wrote; it predicts the same, and its report is there too.

    Raises
    ------
    InputError
        (a ValueError) If there is none, it is of a newer format, or its files don't belong together.

    Examples
    --------
    >>> import tempfile
    >>> from framing.validity.frames import train_frames
    >>> rows = [{"text": f"{word} {n % 3}", "label": word} for word in ("tax", "court") for n in range(10)]
    >>> model = train_frames(pd.DataFrame(rows))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     again = load_frames(save_frames(model, folder))
    >>> again.predict(pd.DataFrame({"text": ["The court."]}))["frame"].tolist()
    ['court']
    """
    folder = Path(folder)
    for name in (ABOUT, TERMS):
        if not (folder / name).is_file():
            raise InputError(
                f"{folder} has no {name}, so it holds no frame model. Name a folder that save_frames wrote."
            )
    try:
        about = tomllib.loads((folder / ABOUT).read_text(encoding="utf8"))
        labels, unit = tuple(map(str, about["labels"])), str(about["unit"])
        temperature, number, expected = float(about["temperature"]), int(about["format"]), about["sha256"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{folder / ABOUT} is damaged ({error}). Train the model again.") from error
    if number != FORMAT or unit not in UNITS or not temperature > 0:
        raise InputError(f"{folder / ABOUT} is of format {number}; this version reads {FORMAT}. Train the model again.")
    data = (folder / TERMS).read_bytes()
    if hashlib.sha256(data).hexdigest() != expected:
        raise InputError(
            f"{folder / TERMS} isn't the file that {ABOUT} was written with (its SHA-256 differs). Train the model "
            "again, or take both files from one place."
        )
    return FrameModel(
        labels=labels, unit=unit, temperature=temperature, about=about.get("about", {}), **_weights(folder, labels)
    )


def _weights(folder: Path, labels: tuple[str, ...]) -> dict[str, Any]:
    columns = [f"weight {n}" for n in range(len(labels))]
    try:
        table = pd.read_csv(folder / TERMS, keep_default_na=False, dtype=str)
        numbers = table[["idf", *columns]].to_numpy(dtype=np.float64)
    except (KeyError, ValueError) as error:
        raise InputError(f"{folder / TERMS} is damaged ({error}). Train the model again.") from error
    report = {path.stem: pd.read_csv(path).convert_dtypes() for path in sorted((folder / REPORT).glob("*.csv"))}
    return {
        "terms": tuple(table["term"][1:]),
        "idf": numbers[1:, 0],
        "weights": numbers[1:, 1:].T.copy(),
        "intercepts": numbers[0, 1:],
        "report": report,
    }


def _toml(value: object) -> str:
    """A string, number, truth value or list of strings as TOML; JSON writes these alike."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")
    return json.dumps([*value] if isinstance(value, list) else value)
