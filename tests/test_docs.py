"""The documentation: nothing public is missing, tables come whole from the data, and no page asks another host."""

import doctest
import json
import re
from importlib import import_module
from pathlib import Path

import pytest
import typer.main

import framing
from docs.fragments import SCHEMAS, columns, fragments, lexicon_metadata, own_reference
from docs.markdown import code, plain
from docs.pages import INTERACTIVE, WIDGET, fit_notebook, link_pages, notebook_names
from docs.reference import api_groups, api_pages, command_page, find, first_line
from framing.analysis import count_table, difference_table, metric_table
from framing.cli import app
from framing.lexicons import lexicon_names
from framing.views.citing import works, write_reference
from framing.views.methods import measures

ROOT = Path(__file__).parents[1]
WRITTEN = {path.stem: path.read_text(encoding="utf8") for path in (ROOT / "docs").glob("*.md")}
GENERATED = {"api/index", "command_line"}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return fragments()


@pytest.mark.parametrize("name", ["markdown", "pages", "reference", "fragments"])
def test_examples_of_the_generator_run(name: str) -> None:
    assert doctest.testmod(import_module(f"docs.{name}")).failed == 0


def test_every_public_name_is_in_the_reference() -> None:
    text = "\n".join(api_pages().values())
    for name in set(framing.__all__) - {"datasets"}:
        assert re.search(rf"^\.\. auto(function|class):: framing\.{name}$", text, flags=re.MULTILINE), name
    for name in framing.datasets.__all__:
        assert f".. autofunction:: framing.datasets.{name}\n" in text + "\n"


def test_every_public_function_has_a_summary_of_one_sentence() -> None:
    for names in api_groups().values():
        for name in names:
            assert first_line(find(name)).endswith((".", ":")), name


def test_every_metric_and_count_is_listed_with_what_it_is_made_of(made: dict[str, str]) -> None:
    for metric, row in metric_table().iterrows():
        name = f"**{code(str(metric))}**" if row["family"] == "core" else code(str(metric))
        made_of = f"{code(row['numerator'])} | {code(row['denominator'])} | {row['unit']}"
        assert f"| {name} | {plain(row['label'])} | {made_of} |" in made["metrics.md"]
    for metric in difference_table().index:
        assert code(str(metric)) in made["metrics.md"]
    for count in count_table().index:
        assert f"| {code(str(count))} |" in made["counts.md"]


def test_every_accuracy_of_the_last_evaluation_is_shown(made: dict[str, str]) -> None:
    for measure in measures().values():
        assert f"## {measure.title}\n" in made["measures.md"]
        assert measure.accuracy
        for line in measure.accuracy:
            cells = [plain(line["what"]), line["figure"], line["value"], plain(line["corpus"])]
            assert f"| {' | '.join(cells)} |" in made["measures.md"]


def test_every_measure_shows_an_example(made: dict[str, str]) -> None:
    assert made["measures.md"].count("```python") == len(measures())
    assert "| direct | Ann Lee, the mayor | named\\_person | said |" in made["measures.md"]


def test_every_lexicon_is_listed_with_its_licence_and_reference(made: dict[str, str]) -> None:
    listed = {about["name"] for about in lexicon_metadata()}
    assert set(lexicon_names()) <= listed
    for about in lexicon_metadata():
        assert plain(about["licence"]) in made["lexicons.md"]
        assert plain(about["reference"]) in made["lexicons.md"]
        assert f"{about['n_entries']:,}" in made["lexicons.md"]


@pytest.mark.parametrize("table", SCHEMAS)
def test_columns_are_those_of_the_table_in_their_order(table: str) -> None:
    described = columns().query("table == @table")
    assert described["column"].tolist() == list(SCHEMAS[table])
    assert (described["meaning"].str.len() > 5).all()


def test_no_columns_of_a_table_that_is_not_shown() -> None:
    assert set(columns()["table"]) == set(SCHEMAS)


def test_every_command_and_option_is_on_the_page() -> None:
    page = command_page()
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        part = page.split(f"\n## framing {name}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            names = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
            assert all(code(each) in part for each in names), (name, names)


def test_reference_to_the_package_is_that_of_the_citation_file(made: dict[str, str]) -> None:
    version = re.search(r'^version: "?([\d.]+)', (ROOT / "CITATION.cff").read_text(encoding="utf8"), re.MULTILINE)
    assert version is not None
    assert own_reference() == write_reference("framing", version=version[1])
    assert all(f"{{{key}," in made["bibtex.md"] for key in works())
    assert all(code(key) in made["cite_works.md"] for key in works() if key != "framing")


def test_rows_of_a_table_have_the_cells_of_its_head(made: dict[str, str]) -> None:
    for text in (*made.values(), *api_pages().values(), command_page()):
        for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_every_page_is_in_the_contents() -> None:
    contents = "\n".join(re.findall(r"```\{toctree\}(.+?)```", WRITTEN["index"], flags=re.DOTALL))
    entries = re.findall(r"^([a-z_/]+)$", contents, flags=re.MULTILINE)
    assert set(entries) == (set(WRITTEN) - {"index"}) | GENERATED


def test_every_part_that_a_page_includes_is_made(made: dict[str, str]) -> None:
    included = re.findall(r"\{include\} generated/(\S+)", "\n".join(WRITTEN.values()))
    assert set(included) == {*made, "methods_example.md"}


def test_names_of_pages_become_links() -> None:
    assert link_pages("see `docs/events.md`") == "see [events](events.md)"
    assert link_pages("see `CHANGELOG.md`") == "see `CHANGELOG.md`"
    cells = [
        {"cell_type": "markdown", "source": ["see `docs/events.md`,\n", "[tables](../docs/tables.md#hedges)"]},
        {"cell_type": "code", "source": ["print('`docs/events.md`')"], "outputs": []},
    ]
    linked = json.loads(fit_notebook(json.dumps({"cells": cells, "metadata": {}})))["cells"]
    assert linked[0]["source"] == "see [events](../events.md),\n[tables](../tables.md#hedges)"
    assert linked[1] == cells[1]


def test_widgets_become_words_and_progress_bars_go() -> None:
    widget = {"output_type": "display_data", "data": {WIDGET: {}, "text/plain": "Explorer()"}, "metadata": {}}
    bar = {"output_type": "display_data", "data": {WIDGET: {}, "text/plain": " 33%|███  | 1/3"}, "metadata": {}}
    printed = {"output_type": "stream", "name": "stdout", "text": "33%|"}
    cell = {"cell_type": "code", "source": "explore()", "outputs": [bar, widget, printed]}
    notebook = json.loads(fit_notebook(json.dumps({"cells": [cell], "metadata": {"widgets": {}}})))
    assert notebook["metadata"] == {}
    assert notebook["cells"][0]["outputs"] == [widget | {"data": {"text/markdown": INTERACTIVE}}, printed]


def test_a_picture_has_the_words_below_it() -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}, "metadata": {}}
    words = {"output_type": "stream", "name": "stdout", "text": ["Dots with\n", "intervals.\n"]}  # as files have it
    cells = [
        {"cell_type": "code", "source": "plot()", "outputs": [picture], "metadata": {}},
        {"cell_type": "code", "source": "print(words)", "outputs": [words], "metadata": {}},
    ]
    fitted = json.loads(fit_notebook(json.dumps({"cells": cells, "metadata": {}})))
    assert fitted["cells"][0]["metadata"]["mystnb"]["image"]["alt"] == "Dots with intervals."


def test_a_notebook_that_was_not_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.pages.NOTEBOOKS", tmp_path)
    with pytest.raises(SystemExit, match=r"01_quickstart\.ipynb, .*make notebooks"):
        notebook_names()


def test_neither_solutions_nor_runs_on_other_corpora_become_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docs.pages.NOTEBOOKS", tmp_path)
    own = [path.name for path in (ROOT / "notebooks").glob("*.ipynb")]
    for name in [*own, "1_close_reading.ipynb", "08_a_real_study.FRAMING_DATA.ipynb"]:
        (tmp_path / name).write_text("{}", encoding="utf8")
    assert notebook_names() == sorted(own)
