"""The widget in which sentences are coded; imported only where widgets are installed."""

import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.validity.codebook import codebook_parts, instruction, is_tone, title_of
from framing.validity.coding_sheets import NOT_CODABLE, empty_sheet, read_sheet, save_coding, text_columns
from framing.validity.sampling import CodingSample
from framing.validity.units import is_frame
from framing.views.templating import asset

EXAMPLES = ("yes_1", "yes_2", "no_1", "no_2")


class CodingWidget(anywidget.AnyWidget):
    """Sentences to code, one at a time; `code_sentences` says how it is used.

    Attributes
    ----------
    units : list of dict
        `id, before, sentence, after` of each sentence, in the order of the sheet.
    fields : list of dict
        What is to be coded: `metric, title`, and whether it is a `tone`, or yes or no (`is_frame`).
    unit : str
        What is coded: ``sentence``, ``paragraph`` or ``article``.
    codebook : list of dict
        For each metric its `title`, `instruction` and `parts`.
    answers : dict
        For each unit that somebody touched `values` by metric, as text, and `not_codable`.
    coder, file : str
        Who codes, and the name of the sheet.
    """

    _esm = str(asset("coding.js"))
    _css = str(asset("coding.css"))
    units: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    fields: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    codebook: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    coder = traitlets.Unicode("").tag(sync=True)
    file = traitlets.Unicode("").tag(sync=True)
    unit = traitlets.Unicode("sentence").tag(sync=True)

    def __init__(self, sample: CodingSample, path: Path, coder: str) -> None:
        self._sample, self._path = sample, path
        # JupyterLab may send messages to two threads of a kernel: one writes after the other, and the newest counts.
        self._lock = threading.RLock()
        self._newest: dict[tuple[str, str], int] = {}
        sheet = read_sheet(path, sample) if path.exists() else empty_sheet(sample)
        texts = sample.sheet[["unit_id", *text_columns(sample)]].rename(
            columns={"unit_id": "id", sample.unit: "sentence"}
        )
        super().__init__(
            units=[{str(name): str(text) for name, text in unit.items()} for unit in texts.to_dict("records")],
            fields=[
                {"metric": m, "title": title_of(m), "tone": is_tone(m), "is_frame": is_frame(m)} for m in sample.metrics
            ],
            unit=sample.unit,
            codebook=[_chapter(metric) for metric in sample.metrics],
            answers=_answers(sheet, sample),
            coder=coder,
            file=path.name,
        )
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        return f"{self.coder} has coded {self.n_coded:,} of {len(self.units):,} {self.unit}s ({self.file})"

    @property
    def n_coded(self) -> int:
        """How many sentences are coded in every line, or marked as not codable."""
        metrics = self._sample.metrics
        return sum(
            answer["not_codable"] or all(answer["values"].get(metric, "") != "" for metric in metrics)
            for answer in self.answers.values()
        )

    def record(self, unit_id: str, values: Mapping[str, str], *, not_codable: bool = False) -> None:
        """Save the coding of a sentence, as a key does.

        Parameters
        ----------
        unit_id : str
        values : mapping of str to str
            Values by metric; those left out are emptied.
        not_codable : bool
            The sentence can't be coded; its values are emptied.

        Raises
        ------
        InputError
            If the sample has no such unit or metric, a value is none, or the sheet can't be written.
        """
        if unit_id not in {unit["id"] for unit in self.units}:
            raise InputError(f"the sample has no unit {clipped(str(unit_id))!r}.")
        for metric, value in values.items():
            if metric not in self._sample.metrics:
                raise InputError(f"{clipped(metric)!r} isn't coded here; coded are: {shown(self._sample.metrics)}.")
            allowed = r"[01]?" if is_frame(metric) else r"(-1|0|1)?" if is_tone(metric) else r"\d{0,4}"
            if not isinstance(value, str) or not re.fullmatch(allowed, value):
                wanted = "'-1', '0' or '1'" if is_tone(metric) else "a whole number as text, such as '2'"
                wanted = "'0' or '1'" if is_frame(metric) else wanted
                raise InputError(f"{clipped(repr(value))} can't be a value of {metric}; allowed is {wanted}, or ''.")
        with self._lock:
            sheet = save_coding(self._path, self._sample, unit_id, values, not_codable=not_codable)
            self.answers = _answers(sheet, self._sample)

    def _is_newest(self, content: Mapping[str, Any]) -> bool:
        """Tell whether no later coding of this unit, from the same page, has come before this one."""
        place = (str(content.get("session", "")), str(content["unit"]))
        serial = int(content.get("serial") or 0)
        if serial < self._newest.get(place, 0):
            return False
        self._newest[place] = serial
        return True

    def _on_message(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        """Save what the notebook sent, and say whether that worked."""
        if content.get("kind") != "code":
            return
        serial = content.get("serial")
        try:
            with self._lock:
                if self._is_newest(content):
                    self.record(content["unit"], content["values"], not_codable=bool(content["not_codable"]))
        except InputError as error:
            self.send({"kind": "failed", "serial": serial, "text": f"Not saved: {error}"})
        except Exception as error:  # whatever it is, who codes must learn that the coding isn't saved
            self.send({"kind": "failed", "serial": serial, "text": f"Not saved: {type(error).__name__}: {error}"})
        else:
            self.send({"kind": "saved", "serial": serial})


def _answers(sheet: pd.DataFrame, sample: CodingSample) -> dict[str, dict[str, Any]]:
    """What stands in a sheet, for the units that somebody touched."""
    answers = {}
    for row in sheet.to_dict("records"):
        values = {m: str(row[m]).replace("−", "-") for m in sample.metrics if str(row.get(m, "")) != ""}
        if values or row[NOT_CODABLE] != "":
            answers[str(row["unit_id"])] = {"values": values, "not_codable": row[NOT_CODABLE] != "" and not values}
    return answers


def _chapter(metric: str) -> dict[str, Any]:
    """The part of the codebook that a metric needs."""
    kept = ("title", "definition", "counts", "counts_not")
    parts = [
        {name: part[name] for name in kept} | {"examples": [part[name] for name in EXAMPLES]}
        for part in codebook_parts(metric)
    ]
    return {"title": title_of(metric), "instruction": instruction(metric), "parts": parts}
