"""Recorded and fresh outputs compared: words exactly, numbers to a tolerance, and what differs told by its place."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from framing.recording.outputs import CellOutput

# A sign belongs to a number only after a space or an opening bracket: "2019-05" holds no -5.
NUMBER = re.compile(r"(?:(?<![\w.)\]])[-+−])?(?:(?<![\w.])\d[\d,]*(?:\.\d+)?|(?<![\w.])\.\d+)(?:e[-+]?\d+)?(?!\w)")
RULE = re.compile(r"[-─—=]{3,}")
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a fresh run says something else than the recorded one.

    Attributes
    ----------
    cell, code : str
        The cell, by its id and by the beginning of its code.
    recorded, now : str
        The line as recorded and as it is now; empty where there is none.
    moved : tuple of (str, str)
        The numbers that moved, as recorded and now, when nothing else did.
    """

    cell: str
    code: str
    recorded: str
    now: str
    moved: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        where = f"cell {self.cell}" + (f" ({self.code})" if self.code else "")
        what = "; ".join(f"{before} is now {after}" for before, after in self.moved) or "its words changed"
        return f"{where}: {what}\n  recorded: {self.recorded or '(nothing)'}\n  now:      {self.now or '(nothing)'}"


def compare_outputs(
    recorded: Sequence[CellOutput], fresh: Sequence[CellOutput], *, tolerance: float = TOLERANCE
) -> list[Difference]:
    """Compare the outputs of two runs of a notebook.

    Parameters
    ----------
    recorded, fresh : sequence of CellOutput
        What `read_outputs` and `text_outputs` gave.
    tolerance : float
        By how much a number may differ, relative to the recorded one. Whole numbers without a decimal point are
        counts and must be the same. Spaces are not compared, since a longer number widens its column.

    Returns
    -------
    list of Difference
        Line by line, in the notebook's order; empty when the runs agree.

    Examples
    --------
    >>> before = [CellOutput("4", "articles.mean()", ("n_hedges   3.50", "n_words   400"))]
    >>> after = [CellOutput("4", "articles.mean()", ("n_hedges   3.75", "n_words   400"))]
    >>> print(compare_outputs(before, after)[0])
    cell 4 (articles.mean()): 3.50 is now 3.75
      recorded: n_hedges   3.50
      now:      n_hedges   3.75
    >>> compare_outputs(before, after, tolerance=0.1)
    []
    """
    before = {output.cell: output for output in recorded}
    after = {output.cell: output for output in fresh}
    found = []
    for cell in [*before, *(cell for cell in after if cell not in before)]:
        code = (after.get(cell) or before[cell]).code
        old, new = (outputs[cell].lines if cell in outputs else () for outputs in (before, after))
        found += [_difference(cell, code, *pair, tolerance) for pair in _unlike(old, new, tolerance)]
    return found


def _unlike(old: Sequence[str], new: Sequence[str], tolerance: float) -> list[tuple[str, str]]:
    """Pair the lines that differ, those that say the same but for their numbers with each other."""
    # Lines are aligned by their words, so that one that came or went doesn't make all after it differ.
    matcher = SequenceMatcher(None, [_words(line) for line in old], [_words(line) for line in new], autojunk=False)
    pairs = []
    for tag, a, b, c, d in matcher.get_opcodes():
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
            if tag != "equal" or _moved(before, after, tolerance):
                pairs.append((before, after))
    return pairs


def _difference(cell: str, code: str, before: str, after: str, tolerance: float) -> Difference:
    moved = _moved(before, after, tolerance) if _words(before) == _words(after) else ()
    return Difference(cell, code, before, after, tuple(moved))


def _words(line: str) -> str:
    """Write a line without its spaces, with one sign for every number and every rule."""
    return re.sub(r"\s+", "", RULE.sub("-", NUMBER.sub("0", line)))


def _moved(before: str, after: str, tolerance: float) -> list[tuple[str, str]]:
    pairs = zip(NUMBER.findall(before), NUMBER.findall(after), strict=True)
    return [(old, new) for old, new in pairs if not _agree(old, new, tolerance)]


def _agree(old: str, new: str, tolerance: float) -> bool:
    if old == new:
        return True
    if not any("." in number or "e" in number for number in (old, new)):
        return False
    return math.isclose(_value(old), _value(new), rel_tol=tolerance, abs_tol=1e-12)


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("−", "-"))
