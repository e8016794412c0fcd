"""Where a class disagreed with the machine: tallies the graded hand-ins of the second assignment.

Run it in the course folder after `nbgrader autograde 2_hand_coding`. It reads what the graded notebooks printed, runs
nothing of them, and prints counts without names. Hand-ins that didn't come to the last part are left out.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ASSIGNMENT = "2_hand_coding"
CELL = "machine_disagreements"
LINE = re.compile(r"^ *(\d{1,2}) ([nos])/([nos]) (.+)$", re.MULTILINE)


def printed(notebook: dict[str, Any]) -> str:
    """All that the cell with the disagreements printed."""
    wanted = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == CELL]
    return "".join("".join(output.get("text", "")) for cell in wanted for output in cell["outputs"])


def tally(folder: Path) -> list[str]:
    """One line for each sentence and pair of codes, the most frequent first."""
    paths = sorted(folder.glob(f"autograded/*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"))
    if not paths:
        sys.exit(f"no graded hand-in in {folder.resolve() / 'autograded'}. Run first: nbgrader autograde {ASSIGNMENT}")
    texts = [printed(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    reached = [text for text in texts if text]
    counts = Counter(row for text in reached for row in set(LINE.findall(text)))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], int(item[0][0]), item[0]))
    lines = [
        f"{n:4} of {len(reached)}   sentence {number:>2}: class {agreed}, machine {machine}   {text}"
        for (number, agreed, machine, text), n in ordered
    ]
    # Who handed in may have printed anything, also signs that a terminal obeys.
    return ["".join(sign for sign in line if sign.isprintable()) for line in lines]


if __name__ == "__main__":
    print("\n".join(tally(Path())))
