"""Notebooks are clean in git, made as the others are, and their recorded outputs say what their prose says."""

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest

import framing
from framing.recording import CellOutput, read_outputs
from framing.recording.outputs import WARNING

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OUTPUTS = ROOT / "tests" / "recorded"  # a fresh run is compared with these: make test
RECORDED = sorted(OUTPUTS.glob("*.md"))
QUICKSTART = ROOT / "notebooks" / "01_quickstart.ipynb"
ASSIGNMENTS = sorted((ROOT / "notebooks" / "classroom" / "source").glob("*/*.ipynb"))  # see also test_classroom.py

LONGEST_FUNCTION = 5  # lines
TALLEST_OUTPUT = 35  # lines or rows of a table: an article of the example, no more
NETWORK = re.compile(r"https?://|\burlopen\b|\b(?:import|from) (?:urllib|requests|httpx|socket)\b")
ABSOLUTE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|work|tmp|mnt|usr|opt|Users|Volumes)/|\b[A-Z]:\\")
CONVENTIONS = {"95", "100", "1,000"}  # the level of an interval and the base of a rate, which no cell computes


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def cells(notebook: Any, kind: str) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def code(notebook: Any) -> str:
    return "\n".join(cell.source for cell in cells(notebook, "code"))


def prose(notebook: Any) -> str:
    return "\n".join(cell.source for cell in cells(notebook, "markdown"))


def shell_lines(source: str) -> list[str]:
    return [line for line in source.splitlines() if re.match(r"\s*[!%]", line)]


def imports(source: str) -> bool:
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(source)))


def long_functions(source: str) -> list[str]:
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > LONGEST_FUNCTION]


def unseeded_draws(source: str) -> list[str]:
    draws = {"sample": "random_state", "default_rng": "seed"}
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    return [
        ast.unparse(call)
        for call in calls
        if (seed := draws.get(call.func.attr))
        and seed not in {keyword.arg for keyword in call.keywords}
        and not (seed == "seed" and call.args)
    ]


@pytest.fixture(params=[*NOTEBOOKS, *ASSIGNMENTS], ids=lambda path: path.stem)
def notebook(request):
    return read(request.param)


def test_there_is_a_first_notebook_and_all_are_numbered():
    assert QUICKSTART in NOTEBOOKS
    assert [path.name for path in NOTEBOOKS if not re.fullmatch(r"\d\d_[a-z_]+\.ipynb", path.name)] == []


def test_no_output_is_in_git(notebook):
    assert [cell.id for cell in cells(notebook, "code") if cell.outputs or cell.execution_count is not None] == []


def test_runs_under_any_python_3_kernel_and_its_cells_keep_their_names(notebook):
    assert notebook.metadata.kernelspec.name == "python3"
    assert [cell.id for cell in notebook.cells] == [str(place) for place in range(len(notebook.cells))]


def test_installs_nothing_and_needs_no_network(notebook):
    assert shell_lines(code(notebook)) == []
    assert NETWORK.findall(code(notebook)) == []


def test_names_no_path_of_one_computer(notebook):
    assert ABSOLUTE_PATH.findall(code(notebook) + prose(notebook)) == []


def test_begins_with_its_only_title(notebook):
    titles = [
        cell.id for cell in cells(notebook, "markdown") for line in cell.source.splitlines() if line.startswith("# ")
    ]
    assert titles == ["0"]


def test_imports_in_one_cell_before_all_others(notebook):
    sources = [cell.source for cell in cells(notebook, "code")]
    assert [place for place, source in enumerate(sources) if imports(source)] == [0]


def test_each_code_cell_is_introduced_in_words(notebook):
    kinds = [cell.cell_type for cell in notebook.cells]
    assert [after for before, after in pairwise(kinds) if before == after == "code"] == []


def test_functions_are_short(notebook):
    assert long_functions(code(notebook)) == []


def test_no_seed_is_forgotten(notebook):
    assert unseeded_draws(code(notebook)) == []


def test_ends_with_limits_recap_and_exercise(request, notebook):
    headings = re.findall(r"^#+ (.+)$", prose(notebook), flags=re.MULTILINE)
    # An assignment is all exercise.
    wanted = ("can't show", "Recap", "Exercise")[: 2 if request.node.callspec.params["notebook"] in ASSIGNMENTS else 3]
    places = [next((n for n, heading in enumerate(headings) if words in heading), None) for words in wanted]
    assert None not in places
    assert places == sorted(places)


def test_checks_find_what_they_look_for():
    assert shell_lines("x = 5 % 3\n  !pip install framing\n%matplotlib inline") == [
        "  !pip install framing",
        "%matplotlib inline",
    ]
    assert NETWORK.search('pd.read_csv("https://example.org/a.csv")')
    assert ABSOLUTE_PATH.search('read_corpus("/home/ada/nexis")')
    assert ABSOLUTE_PATH.search(r'read_corpus("C:\nexis")')
    assert not ABSOLUTE_PATH.search("notebooks/work/home.csv and https://example.org/home/x")
    body = ["    pass"] * 4
    assert long_functions("\n".join(["def five():", *body, "def six():", *body, "    pass"])) == ["six"]
    assert unseeded_draws("t.sample(5)\nt.sample(5, random_state=1)\nr.default_rng()\nr.default_rng(1)") == [
        "t.sample(5)",
        "r.default_rng()",
    ]


def numbers(text: str) -> set[str]:
    """Numbers of two digits and more, which can hardly be the same by chance."""
    return set(re.findall(r"(?<![\w.])\d[\d,.]*\d\b", text))


def height(output: CellOutput) -> float:
    """Lines on the screen, where a wide table is not broken into parts as it is in plain text."""
    parts = 1 + sum(line.endswith("\\") for line in output.lines)
    return len(output.lines) / parts


@pytest.fixture(params=RECORDED, ids=lambda path: path.stem)
def recorded(request):
    return request.param


def test_each_notebook_has_its_recorded_outputs():
    notebooks = {path.stem for path in [*NOTEBOOKS, *ASSIGNMENTS]}
    assert notebooks <= {path.stem for path in RECORDED}
    assert {path.stem.partition(".")[0] for path in RECORDED} <= notebooks


def test_warns_of_nothing(recorded):
    lines = [(output.cell, line) for output in read_outputs(recorded) for line in output.lines]
    assert [(cell, line) for cell, line in lines if line.startswith(WARNING)] == []


def test_outputs_fit_on_a_projector(recorded):
    assert [(output.cell, output.lines) for output in read_outputs(recorded) if height(output) > TALLEST_OUTPUT] == []


# An assignment names sentences and minutes by number: tests/test_classroom.py looks at its prose.
@pytest.mark.parametrize("recorded", [path for path in RECORDED if path.stem[1] != "_"], ids=lambda path: path.stem)
def test_prose_repeats_no_number_that_a_cell_computes(recorded):
    notebook = read(ROOT / "notebooks" / f"{recorded.stem.partition('.')[0]}.ipynb")
    computed = set().union(*(numbers(line) for output in read_outputs(recorded) for line in output.lines))
    assert len(computed) > 20
    assert numbers(prose(notebook)) & computed - CONVENTIONS == set()


def output_of(words: str) -> str:
    """What the one cell of the quickstart with these words in its code said, as recorded."""
    (cell,) = [cell for cell in cells(read(QUICKSTART), "code") if words in cell.source]
    said = {output.cell: output.lines for output in read_outputs(OUTPUTS / "01_quickstart.md")}
    return "\n".join(said[cell.id])


def test_quickstart_evidence_adds_up_to_the_number():
    lines = output_of("n_listed =").splitlines()
    listed, counted, by_hand, in_table = (line.partition(":")[2].strip() for line in lines)
    assert int(listed) == int(counted) > 0
    assert by_hand == in_table
    in_all = re.findall(r": (\d+)", output_of("listed_in_all,"))
    assert len(in_all) == 2
    assert len(set(in_all)) == 1


def test_quickstart_cuts_a_hedge_out_of_the_text():
    in_table, cut = (line.partition(":")[2].strip() for line in output_of("first =").splitlines())
    assert in_table == cut != ""


def test_quickstart_compares_each_outlet_in_each_metric():
    table = output_of("compare_outlets(analysis")
    outlets = framing.load_example()["outlet"].unique()
    for metric in ("share_words_source", "hedges_per_1000_words_outlet", "sentiment_outlet"):
        assert table.count(metric) == 1 + len(outlets)  # the first row tests all jointly
    assert [outlet for outlet in outlets if table.count(outlet) != 3] == []
    assert output_of("describe_findings(comparison").count("95% interval") == 3


def test_quickstart_says_its_figure_in_words():
    assert output_of("alt_text(comparison").startswith("Dots with intervals.")


def test_quickstart_sentences_hold_their_hedge():
    for outlet in ("most", "fewest"):
        sentences = output_of(f"print_sentences({outlet}").split("\n\n")
        found = [re.match(r"\S+ \[(.+?)\] (.+)", " ".join(sentence.split())) for sentence in sentences if sentence]
        assert len(found) == 5
        assert [match for match in found if not match or match[1] not in match[2]] == []
