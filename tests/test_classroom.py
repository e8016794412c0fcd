"""The assignments: what students get is made from the solutions, and grades tell right answers from wrong ones."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from framing.recording import text_outputs
from tests.test_notebooks import CONVENTIONS, TALLEST_OUTPUT, cells, code, height, numbers, prose, read

CLASSROOM = Path(__file__).parents[1] / "notebooks" / "classroom"
ASSIGNMENTS = ["1_close_reading", "2_hand_coding", "3_whose_voice", "4_confounder"]
POINTS = 20
MINUTES = 45
REGION = re.compile(r"^ *### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)^ *### END \1$", re.MULTILINE | re.DOTALL)

# Answers that a student might give: cell, what the solution says, and what this student says instead. Most of them pass
# the check that students see, since they print the right number without the work; the hidden tests must find them.
WRONG = {
    "1_close_reading": [
        ("precision_recall", "return len(mine & machine) / len(machine) if machine else None", "return 0.5"),
        (
            "precision_recall",
            "return len(mine & machine) / len(mine) if mine else None",
            "return len(mine & machine) / 4",
        ),
        ("my_cues", '(1, "said")', '(1, "told")'),
    ],
    "2_hand_coding": [
        ("agreement", "return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)", "return 0.75"),
        ("agreement", " for code in", " / 3 for code in"),
        ("settled", '7: "s"', '7: "x"'),
    ],
    "3_whose_voice": [
        ("tone_of", '(sentiment["outlet"] == outlet)', '(sentiment["outlet"] == "The Sollen Ledger")'),
        ("hedge_rate", 'rows["hedge_id"].nunique()', "len(rows)"),
    ],
    "4_confounder": [
        ("within_events", "(table[first] - table[second]).mean()", "table[first].mean() - table[second].mean()"),
        ("without_copies", 'articles[~articles["article_id"].isin(copied)]', 'articles[~copies["copy"].to_numpy()]'),
    ],
}
WITH_ABSENT = "2_hand_coding"  # here somebody hands in nothing too, since each of its cells needs the ones before
LOST = {
    "1_close_reading": {"test_precision", "test_recall", "test_my_cues"},
    "2_hand_coding": {"test_percent_agreement", "test_chance_agreement", "test_kappa", "test_settled"},
    "3_whose_voice": {"test_tone_of", "test_hedge_rate"},
    "4_confounder": {"test_within_events", "test_without_copies"},
}


def source(assignment: str) -> Any:
    return read(CLASSROOM / "source" / assignment / f"{assignment}.ipynb")


def release(assignment: str) -> Any:
    return read(CLASSROOM / "release" / assignment / f"{assignment}.ipynb")


def graded(notebook: Any, **wanted: bool) -> dict[str, Any]:
    """Cells by their grade id, those with the wanted marks of nbgrader only."""
    found = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    return {name: cell for name, cell in found.items() if wanted.items() <= cell.metadata.nbgrader.items()}


def regions(notebook: Any, kind: str) -> list[str]:
    return [text for cell in notebook.cells for which, text in REGION.findall(cell.source) if which == kind]


@pytest.fixture(params=ASSIGNMENTS)
def assignment(request):
    return request.param


def test_all_assignments_are_known_here():
    for folder in ("source", "release"):
        assert sorted(path.stem for path in (CLASSROOM / folder).glob("*/*.ipynb")) == ASSIGNMENTS


def test_students_get_no_solution_and_no_hidden_test(assignment):
    given = code(release(assignment)) + prose(release(assignment))
    hidden = regions(source(assignment), "SOLUTION") + regions(source(assignment), "HIDDEN TESTS")
    lines = [line.strip() for text in hidden for line in text.splitlines()]
    assert len(lines) > 20
    assert [line for line in lines if len(line) > 15 and line in given] == []
    assert re.findall("SOLUTION|HIDDEN|Marking guide", given) == []


def test_each_check_is_tried_in_secret_too(assignment):
    checks = graded(source(assignment), grade=True, solution=False)
    assert [name for name, cell in checks.items() if "### BEGIN HIDDEN TESTS" not in cell.source] == []


def test_each_written_answer_has_a_marking_guide(assignment):
    written = graded(source(assignment), grade=True, solution=True)
    assert len(written) >= 2
    for cell in written.values():
        points = cell.metadata.nbgrader.points
        assert re.search(rf"\*\*Marking guide\*\* \({points} points[,:.]? ?", cell.source), cell.source


def test_points_add_up(assignment):
    points = [cell.metadata.nbgrader.points for cell in graded(source(assignment), grade=True).values()]
    assert sum(points) == POINTS


def test_plan_fills_the_time(assignment):
    minutes = re.findall(r"^\| (\d+) \| \d\. ", prose(source(assignment)), flags=re.MULTILINE)
    assert sum(map(int, minutes)) == MINUTES


def test_students_can_change_nothing_but_answers(assignment):
    code_cells = cells(source(assignment), "code")
    assert [cell.id for cell in code_cells if "nbgrader" not in cell.metadata] == []
    assert [cell.id for cell in code_cells if not cell.metadata.nbgrader.solution ^ cell.metadata.nbgrader.locked] == []


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder of its own, where also nbgrader, Jupyter and IPython find their home."""
    shutil.copytree(CLASSROOM / "source", tmp_path / "source")
    shutil.copy(CLASSROOM / "nbgrader_config.py", tmp_path)
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    # nbgrader starts another program of the same environment, alembic, by its name only.
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    return tmp_path


def nbgrader(course: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


def class_against_machine(course: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CLASSROOM / "class_against_machine.py")]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, encoding="utf-8", timeout=60)


def answered(assignment: str, changes: list[tuple[str, str, str]]) -> Any:
    """The students' notebook with the answers of the solution, some of them changed."""
    notebook = copy.deepcopy(release(assignment))
    answers, solutions = graded(notebook, solution=True), graded(source(assignment), solution=True)
    for name, cell in answers.items():
        cell.source = re.sub(r"^ *### (BEGIN|END) SOLUTION\n?", "", solutions[name].source, flags=re.MULTILINE)
    for name, right, wrong in changes:
        assert right in answers[name].source
        answers[name].source = answers[name].source.replace(right, wrong, 1)
    return notebook


def hand_in(course: Path, student: str, assignment: str, notebook: Any) -> None:
    folder = course / "submitted" / student / assignment
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{assignment}.ipynb")


def autograded(course: Path, student: str, assignment: str) -> Any:
    return read(course / "autograded" / student / assignment / f"{assignment}.ipynb")


def scores(course: Path, student: str, assignment: str) -> dict[str, float | None]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(assignment, assignment, student).grades
        return {grade.name: grade.auto_score for grade in grades}


def errors(notebook: Any) -> list[str]:
    found = [output for cell in cells(notebook, "code") for output in cell.outputs if output.output_type == "error"]
    return [re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback)).strip() for output in found]


def assert_errors_are_sentences(said: list[str]) -> None:
    assert said
    assert [error for error in said if "\n" in error or len(error) > 200] == []


def assert_outputs_fit_on_a_projector(notebook: Any) -> None:
    assert [output.cell for output in text_outputs(notebook) if height(output) > TALLEST_OUTPUT] == []


def assert_prose_gives_no_result_away(notebook: Any) -> None:
    computed = set().union(*(numbers(line) for output in text_outputs(notebook) for line in output.lines))
    # A small whole number may be that of a sentence, and in prose that of a minute.
    results = {number for number in computed if not number.isdigit() or len(number) > 2}
    assert numbers(prose(notebook)) & results - CONVENTIONS == set()


def assert_the_class_is_tallied(course: Path) -> None:
    lines = class_against_machine(course).stdout.splitlines()
    # Only the right one of the three comes to the last part; the solution settles four sentences against the machine.
    assert len(lines) == 4
    assert lines[0].startswith("   1 of 1   sentence  7: class s, machine o   Arrenia’s finance ministry")


def assert_only_these_points_are_lost(given: dict[str, float | None], assignment: str, lost: set[str]) -> None:
    for name, cell in graded(source(assignment), grade=True).items():
        by_hand = cell.metadata.nbgrader.solution
        assert given[name] == (None if by_hand else 0 if name in lost else cell.metadata.nbgrader.points), name


def test_grades_tell_right_from_wrong(assignment, course):
    # One test, since tests that share a run would grade once in each process.
    before = sorted(CLASSROOM.rglob("*"))
    nbgrader(course, "generate_assignment", assignment)
    made = (course / "release" / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8")
    in_git = (CLASSROOM / "release" / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8")
    assert made == in_git, "the students' notebook is not what the source gives; run: make classroom"

    hand_in(course, "right", assignment, answered(assignment, []))
    hand_in(course, "wrong", assignment, answered(assignment, WRONG[assignment]))
    if assignment == WITH_ABSENT:
        hand_in(course, "absent", assignment, release(assignment))
    nbgrader(course, "autograde", assignment, "--create")
    right, wrong = (autograded(course, student, assignment) for student in ("right", "wrong"))
    assert errors(right) == []
    assert_outputs_fit_on_a_projector(right)
    assert_prose_gives_no_result_away(right)
    assert_only_these_points_are_lost(scores(course, "right", assignment), assignment, set())
    assert_only_these_points_are_lost(scores(course, "wrong", assignment), assignment, LOST[assignment])
    assert_errors_are_sentences(errors(wrong))
    if assignment == WITH_ABSENT:
        assert set(scores(course, "absent", assignment).values()) == {0}
        assert_errors_are_sentences(errors(autograded(course, "absent", assignment)))
        assert_the_class_is_tallied(course)
    assert sorted(CLASSROOM.rglob("*")) == before


def test_tally_of_nothing_says_what_to_do(tmp_path):
    done = class_against_machine(tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(r"no graded hand-in in .+\. Run first: nbgrader autograde 2_hand_coding\n", done.stderr)


def test_tally_takes_nothing_but_lines_of_codes(tmp_path):
    line = " 7 s/o Rain \x1b[31mmay\x1b[0m fall.\n"
    output = {"output_type": "stream", "name": "stdout", "text": ["kappa 0.5\n", line, "999 s/o no\n 8 x/o no\n", line]}
    meta = {"nbgrader": {"grade_id": "machine_disagreements"}}
    cell = {"cell_type": "code", "metadata": meta, "outputs": [output, {"output_type": "error"}]}
    folder = tmp_path / "autograded" / "017" / "2_hand_coding"
    folder.mkdir(parents=True)
    (folder / "2_hand_coding.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    lines = class_against_machine(tmp_path).stdout
    assert lines == "   1 of 1   sentence  7: class s, machine o   Rain [31mmay[0m fall.\n"
