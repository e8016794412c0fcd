"""Notebooks as tests: what a notebook said is recorded, and a figure that drifts fails by name."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from framing.errors import InputError
from framing.recording import CellOutput, compare_outputs, read_outputs, text_outputs, write_html, write_outputs
from framing.recording.running import alt_texts


def said(*lines: str, cell: str = "1", code: str = "print(rate)") -> CellOutput:
    return CellOutput(cell, code, lines)


def printed(text: str, name: str = "stdout"):
    return new_output("stream", name=name, text=text)


def returned(text: str, **more: str):
    return new_output("execute_result", data={"text/plain": text, **more})


def notebook_of(*outputs, tags=(), source="import pandas\n# the rate\nrate = 3"):
    cell = new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)}, id="c1")
    return new_notebook(cells=[new_markdown_cell("# A study", id="c0"), cell])


def test_text_outputs_take_what_was_printed_and_returned_and_know_the_cell_by_its_first_telling_line():
    notebook = notebook_of(printed("rate: 3.5  \n\n"), returned("   a\n0  1", **{"text/html": "<table></table>"}))
    assert text_outputs(notebook) == [CellOutput("c1", "rate = 3", ("rate: 3.5", "   a", "0  1"))]


def test_text_outputs_leave_out_progress_bars_widgets_addresses_and_what_must_not_be_published():
    bar = printed("\r 50%|#####     | 25/50", name="stderr")
    widget = new_output(
        "display_data", data={"text/plain": "Box()", "application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    )
    assert text_outputs(notebook_of(bar, widget, returned("<Axes at 0x7f12ab>"))) == [
        said("<Axes>", cell="c1", code="rate = 3")
    ]
    assert text_outputs(notebook_of(printed("a sentence of an article"), tags=["not-recorded"])) == []
    assert text_outputs(notebook_of()) == []


def test_a_stream_is_recorded_the_same_in_however_many_pieces_it_came():
    whole, pieces = printed("one\n\n  two\n"), [printed("o"), printed("ne\n"), printed("\n"), printed("  two\n")]
    assert text_outputs(notebook_of(*pieces)) == text_outputs(notebook_of(whole))
    assert text_outputs(notebook_of(whole))[0].lines == ("one", "", "  two")
    between = [printed("one\n"), returned("3"), printed("two\n")]
    assert text_outputs(notebook_of(*between))[0].lines == ("one", "3", "two")


def test_pictures_get_the_words_that_stand_with_them_or_below(tmp_path):
    picture = new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"})
    cells = [
        new_code_cell("plot()", outputs=[picture], id="a"),
        new_markdown_cell("In words:", id="b"),
        new_code_cell("print(words)", outputs=[printed("Dots with\nintervals.\n")], id="c"),
        new_code_cell("plot(); print(words)", outputs=[printed("<Bars> of articles."), picture], id="d"),
    ]
    notebook = new_notebook(cells=cells)
    assert alt_texts(notebook) == {0: "Dots with intervals.", 3: "<Bars> of articles."}
    page = write_html(notebook, tmp_path / "n.html", title="n").read_text(encoding="utf-8")
    assert 'alt="Dots with intervals."' in page
    assert "<Bars>" not in page
    assert notebook.cells[0].outputs[0].metadata == {}


def test_a_warning_is_recorded():
    (output,) = text_outputs(notebook_of(printed("FutureWarning: soon\n", name="stderr")))
    assert output.lines == ("[stderr] FutureWarning: soon",)


def test_recorded_file_is_readable(tmp_path):
    path = write_outputs([said("a  b", "", "1  2.5")], tmp_path / "study.md", title="study.ipynb")
    assert path.read_text(encoding="utf-8") == "# study.ipynb\n\n## Cell 1: print(rate)\n\n    a  b\n\n    1  2.5\n"


LINES = st.lists(st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=("Cs", "Cc"))), max_size=5)


@given(st.lists(LINES, max_size=3))
def test_what_is_written_is_read_again(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("recorded") / "n.md"
    stripped = [[line.rstrip() for line in lines] for lines in cells]
    outputs = [
        CellOutput(str(place), "## Cell 7: x = 1" if place else "", ("x", *lines, "y"))
        for place, lines in enumerate(stripped)
    ]
    assert read_outputs(write_outputs(outputs, path, title="n")) == outputs


def test_missing_or_broken_recorded_file_is_told_in_a_sentence(tmp_path):
    with pytest.raises(InputError, match=r"no recorded file 'n.md'.*--record"):
        read_outputs(tmp_path / "n.md")
    (tmp_path / "n.md").write_text("# n\n\n## Cell 1\n\n    3\nfour\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 6 of 'n.md' is 'four'"):
        read_outputs(tmp_path / "n.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("mean 3.50", "mean   3.50"),  # a column grew wider
        ("mean 0.3333333", "mean 0.33333331"),
        ("x ------", "x --------"),
        ("tone -0.0", "tone 0.0"),
        ("from −22.180000 to 3", "from -22.18 to 3"),
    ],
)
def test_same_but_for_spaces_and_the_last_digits(before, after):
    assert compare_outputs([said(before)], [said(after)]) == []


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("mean 3.50", "mean 3.51", [("3.50", "3.51")]),
        ("hedges 195", "hedges 196", [("195", "196")]),
        ("1,193 sentences", "1,194 sentences", [("1,193", "1,194")]),
        ("tone -0.05 q .002", "tone 0.05 q .002", [("-0.05", "0.05")]),
        ("p 1e-05", "p 2e-05", [("1e-05", "2e-05")]),
        ("difference −22", "difference 22", [("−22", "22")]),
        ("mean 3.50", "median 3.50", []),
        ("mean 3.50", "", []),
        ("mean 3.50", "mean <NA>", []),
    ],
)
def test_what_moved_is_named(before, after, moved):
    (difference,) = compare_outputs([said(before)], [said(after)])
    assert difference.moved == tuple(moved)
    assert "cell 1 (print(rate))" in str(difference)


def test_a_row_that_came_makes_no_other_row_differ():
    before, after = said("a 1.5", "b 2.5", "c 3.5"), said("a 1.5", "new 9.5", "b 2.5", "c 3.25")
    differences = compare_outputs([before], [after])
    assert [(d.recorded, d.now) for d in differences] == [("", "new 9.5"), ("c 3.5", "c 3.25")]


def test_cells_that_came_or_went_are_told():
    differences = compare_outputs([said("1.5", cell="a")], [said("1.5", cell="b")])
    assert [(d.cell, d.recorded, d.now) for d in differences] == [("a", "1.5", ""), ("b", "", "1.5")]


@given(st.floats(1, 1e9), st.floats(1e-4, 0.1))
def test_tolerance_is_relative_to_the_recorded_number(number, share):
    recorded, near, far = (
        said(f"{value:.9f}") for value in (number, number * (1 + share / 2), number * (1 + share * 2))
    )
    assert compare_outputs([recorded], [near], tolerance=share) == []
    assert compare_outputs([recorded], [far], tolerance=share) != []


@pytest.fixture
def study(tmp_path) -> Path:
    """A study with one notebook that reads a file and, where it is set, an environment variable."""
    (tmp_path / "rate.txt").write_text("31.847", encoding="utf-8")
    code = (
        "import os\nfrom pathlib import Path\nprint('hedges', Path('rate.txt').read_text(), os.environ.get('CORPUS'))"
    )
    secret = new_code_cell("'a copyrighted sentence'", id="2", metadata={"tags": ["not-recorded"]})
    notebook = new_notebook(cells=[new_code_cell(code, id="1"), secret], metadata={"recorded_with": ["CORPUS"]})
    nbformat.write(notebook, tmp_path / "study.ipynb")
    return tmp_path


def run_pytest(study: Path, *options: str, corpus: str | None = None) -> tuple[int, str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("CORPUS", "PYTEST_ADDOPTS")}
    environment |= {"CORPUS": corpus} if corpus else {}
    command = [sys.executable, "-m", "pytest", "-p", "framing.recording.plugin", "-p", "no:cacheprovider", "-rs"]
    done = subprocess.run(
        [*command, "--recorded", "recorded", *options, "study.ipynb"],
        cwd=study,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_study_is_recorded_and_a_drift_fails_by_name(study):
    assert run_pytest(study, "--record", "--executed", "pages")[0] == 0
    recorded = (study / "recorded" / "study.md").read_text(encoding="utf-8")
    assert "    hedges 31.847 None" in recorded
    assert "copyrighted" not in recorded
    assert "hedges 31.847 None" in (study / "pages" / "study.html").read_text(encoding="utf-8")

    status, output = run_pytest(study)
    assert status == 0
    assert "the environment variable CORPUS isn't set" in output

    (study / "rate.txt").write_text("31.9", encoding="utf-8")
    status, output = run_pytest(study)
    assert status == 1
    assert "cell 1 (print('hedges', " in output
    assert "31.847 is now 31.9" in output
    assert "Traceback" not in output
    assert run_pytest(study, "--recorded-tolerance", "0.01")[0] == 0


def test_runs_with_and_without_a_variable_are_recorded_apart(study):
    status, _ = run_pytest(study, "--record", corpus="basil")
    assert status == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (study / "recorded").iterdir()}
    assert set(texts) == {"study.md", "study.CORPUS.md"}
    assert "31.847 None" in texts["study.md"]
    assert "31.847 basil" in texts["study.CORPUS.md"]
