"""Coding by hand by file: what coders get, what comes back, and what every mistake costs: a sentence."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import framing
from framing.corpus.spreadsheets import cell_as_it_was, harmless_cell, one_line
from framing.errors import InputError
from framing.validity import CodingSample
from framing.validity.coding_files import sample_name
from framing.validity.coding_sheets import read_sheet, save_coding, sheet_path

HEDGES, TONE = "hedges_per_1000_words_outlet", "sentiment_outlet"
SENTENCES = ["It may rain.", "=1+1 is what he wrote.", "Perhaps; -2 degrees.", "@Ada called it brilliant."]


def make_sample(sentences: list[str], metrics: tuple[str, ...] = (HEDGES, TONE)) -> CodingSample:
    ids = [f"u{number}" for number in range(1, len(sentences) + 1)]
    texts = {"unit_id": ids, "before": ["+Before"] * len(ids), "sentence": sentences, "after": [""] * len(ids)}
    key = pd.DataFrame(
        {
            "unit_id": ids,
            "article_id": pd.array([f"=a{number}" for number in range(len(ids))], dtype="string"),
            "field": pd.array(["text"] * len(ids), dtype="string"),
            "sentence": pd.array(range(len(ids)), dtype="Int64"),
            "outlet": pd.array(["Herald", "Globe"] * (len(ids) // 2) + ["Herald"] * (len(ids) % 2), dtype="string"),
            "stratum": "Herald · machine found some",
            "n_stratum": 100,
            "probability": len(ids) / 100,
        }
    )
    return CodingSample(pd.DataFrame(texts).assign(**dict.fromkeys(metrics, "")), key, metrics)


@pytest.fixture
def sample() -> CodingSample:
    return make_sample(SENTENCES)


@pytest.fixture
def folder(sample: CodingSample, tmp_path: Path) -> Path:
    return framing.write_coding_sample(sample, tmp_path / "coding")


def fill(folder: Path, coder: str, hedges: list[object], tone: list[object], **changes: object) -> Path:
    """Fill a copy of the sheet as a person would, and save it as a CSV."""
    sheet = pd.read_csv(folder / "sheet.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    path = folder / f"sheet_{coder}.csv"
    sheet.assign(**{HEDGES: hedges, TONE: tone, **changes}).to_csv(path, index=False)
    return path


def fill_workbook(folder: Path, coder: str, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(folder / "sheet.xlsx")
    for place, value in cells.items():
        book.active[place] = value
    book.save(folder / f"sheet_{coder}.xlsx")


def test_a_sample_comes_back_as_it_was_drawn(sample, folder):
    again = framing.read_coding_sample(folder)
    pd.testing.assert_frame_equal(again.sheet, sample.sheet)
    pd.testing.assert_frame_equal(again.key, sample.key)
    assert again.metrics == sample.metrics


def test_what_coders_get_is_blind_to_outlet_and_machine(folder):
    assert sorted(p.name for p in folder.iterdir()) == ["codebook.md", "key", "sheet.csv", "sheet.xlsx"]
    for_coders = (folder / "sheet.csv").read_text(encoding="utf-8-sig") + (folder / "codebook.md").read_text("utf8")
    assert "Herald" not in for_coders
    assert "machine" not in for_coders
    header = next(csv.reader(io.StringIO(for_coders)))
    assert header == ["unit_id", "before", "sentence", "after", HEDGES, TONE, "not_codable", "note"]


def test_no_cell_of_an_articles_text_runs_as_a_formula(folder):
    for name in ("sheet.csv", "key/key.csv", "key/sheet.csv"):
        text = (folder / name).read_text(encoding="utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    page = openpyxl.load_workbook(folder / "sheet.xlsx").active
    kinds = {cell.data_type for line in page.iter_rows() for cell in line if cell.value is not None}
    assert kinds == {"s"}
    assert [page[f"C{row}"].value for row in range(2, 6)] == SENTENCES
    assert page["C3"].quotePrefix


def test_the_same_sample_gives_the_same_bytes(sample, folder, tmp_path):
    other = framing.write_coding_sample(sample, tmp_path / "other")
    for path in (p for p in folder.rglob("*") if p.is_file()):
        assert path.read_bytes() == (other / path.relative_to(folder)).read_bytes(), path.name


def test_sheets_of_any_spreadsheet_are_read_and_half_filled_ones_are_fine(sample, folder):
    fill(folder, "Ada", ["1", "0", "2", ""], ["0", "0", "−1", "1"])
    path = fill(folder, "Ben", ["1", "", "", ""], ["", "", "-1", ""])
    path.write_text(pd.read_csv(path, dtype=str).to_csv(index=False, sep=";"), encoding="cp1252")
    fill_workbook(folder, "Cem", {"E2": 3, "F2": -1, "E3": 0.0})
    codings = framing.read_codings(folder)
    values = {(c, m, u): v for c, m, u, v in codings[["coder", "metric", "unit_id", "value"]].itertuples(index=False)}
    assert {u: values["Ada", HEDGES, u] for u in ("u1", "u2", "u3")} == {"u1": 1, "u2": 0, "u3": 2}
    assert values["Ben", HEDGES, "u1"] == 1
    assert (values["Cem", HEDGES, "u1"], values["Cem", TONE, "u1"], values["Cem", HEDGES, "u2"]) == (3, -1, 0)
    assert len(codings) == 7 + 2 + 3
    filled = sample.sheet.assign(**{HEDGES: ["1", "0", "2", ""], TONE: ["0", "0", "-1", "1"]})
    expected = framing.codings_of(sample, filled, coder="Ada")
    pd.testing.assert_frame_equal(codings[codings["coder"] == "Ada"].reset_index(drop=True), expected)


def test_sorting_a_sheet_changes_nothing(folder):
    path = fill(folder, "Ada", ["1", "0", "2", "3"], ["0", "0", "-1", "1"])
    before = framing.read_codings(folder)
    pd.read_csv(path, dtype=str).sort_values("sentence").to_csv(path, index=False)
    pd.testing.assert_frame_equal(framing.read_codings(folder), before)


def test_the_account_says_who_coded_how_many(folder):
    fill(folder, "Ada", ["1", "0", "2", ""], ["0", "0", "-1", ""], not_codable=["", "", "", "x"])
    fill(folder, "Ben", ["1", "", "", ""], ["", "", "", ""])
    said = framing.read_codings(folder).attrs["coding"]["sentence"]
    assert said == "Ada coded 3 and marked 1 as not codable of 4 sentences; Ben coded 1"


def test_a_filled_sheet_is_never_written_over(sample, folder):
    path = fill(folder, "Ada", ["1", "", "", ""], ["", "", "", ""])
    before = path.read_bytes()
    framing.write_coding_sample(sample, folder)  # the same sample: a cell that is run again
    assert path.read_bytes() == before
    with pytest.raises(
        InputError, match=r"holds another sample, of which sheets are filled in already: sheet_Ada\.csv"
    ):
        framing.write_coding_sample(make_sample(["Other."]), folder)
    assert path.read_bytes() == before


def test_the_blank_sheet_filled_in_itself_is_kept_and_told(sample, folder):
    (folder / "sheet.csv").write_bytes(fill(folder, "x", ["1"] * 4, ["0"] * 4).read_bytes())
    (folder / "sheet_x.csv").unlink()
    framing.write_coding_sample(sample, folder)
    with pytest.raises(InputError, match=r"sheet\.csv was filled in, but doesn't say by whom. Rename it to sheet_NAME"):
        framing.read_codings(folder)


def test_another_sample_may_take_the_place_of_one_that_nobody_coded(folder):
    other = make_sample(["Other."])
    framing.write_coding_sample(other, folder)
    assert framing.read_coding_sample(folder).sheet["sentence"].tolist() == ["Other."]
    assert json.loads((folder / "key" / "sample.json").read_text())["sample"] == sample_name(other)


def test_without_the_key_a_sample_can_be_coded_but_not_evaluated(folder):
    fill(folder, "Ada", ["1"] * 4, ["0"] * 4)
    for path in (folder / "key").iterdir():
        path.unlink()
    blind = framing.read_coding_sample(folder)
    assert blind.key.empty
    assert blind.sheet["sentence"].tolist() == SENTENCES
    with pytest.raises(InputError, match=r"has no key/key\.csv"):
        framing.read_codings(folder)
    with pytest.raises(InputError, match="without its key"):
        framing.write_coding_sample(blind, folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.assign(unit_id=["u1", "u2", "u3", "u9"]), "has the unit 'u9', which the sample hasn't got"),
        (lambda t: t.assign(unit_id=["u1", "u2", "u3", "u3"], sentence=[*SENTENCES[:3], SENTENCES[2]]), "'u3' twice"),
        (
            lambda t: t.assign(**{HEDGES: ["1", "many", "", ""]}),
            "Ada coded 'many' for hedges_per_1000_words_outlet in u2",
        ),
        (lambda t: t.assign(**{TONE: ["2", "", "", ""]}), "allowed is a number from -1 to 1"),
        (lambda t: t.assign(not_codable=["", "x", "", ""]), "has values for u2 and 'x' under not_codable"),
        (lambda t: t.assign(sentence=["a", "b", "c", "d"]), "is a sheet of another sample"),
        (lambda t: t.assign(sentence=[SENTENCES[1], SENTENCES[0], *SENTENCES[2:]]), "one column is sorted alone"),
        (lambda t: t.drop(columns=[HEDGES, TONE]), "needed are unit_id, sentence and at least one of"),
        (lambda t: t.assign(**{HEDGES: "", TONE: ""}), "no sheet in .* is filled in"),
    ],
)
def test_mistakes_in_a_sheet_are_told(folder, change, said):
    path = fill(folder, "Ada", ["1"] * 4, ["0"] * 4)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["sentence"] = SENTENCES
    change(table).to_csv(path, index=False)
    with pytest.raises(InputError, match=said):
        framing.read_codings(folder)


def test_mistakes_with_files_are_told(folder, tmp_path):
    with pytest.raises(InputError, match="holds no coder's sheet"):
        framing.read_codings(folder)
    fill(folder, "Ada", ["1"] * 4, ["0"] * 4)
    for second in ("sheet_ada.xlsx", "sheet_Ada (1).csv", "sheet_Ada - Copy.csv"):
        (folder / second).write_bytes(b"x")
        with pytest.raises(InputError, match="two sheets of one coder"):
            framing.read_codings(folder)
        (folder / second).unlink()
    (folder / "sheet_Ben.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError, match=r"sheet_Ben\.xlsx is no readable Excel workbook|sheet_Ben\.xlsx"):
        framing.read_codings(folder)
    with pytest.raises(InputError, match="holds no coding sample"):
        framing.read_codings(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file"):
        framing.write_coding_sample(make_sample(SENTENCES), tmp_path / "file")


def test_numbered_coders_are_different_people(folder):
    fill(folder, "Coder 1", ["1"] * 4, ["0"] * 4)
    fill(folder, "Coder 2", ["1"] * 4, ["0"] * 4)
    assert framing.read_codings(folder)["coder"].unique().tolist() == ["Coder 1", "Coder 2"]


def test_one_coding_is_saved_and_all_else_in_the_sheet_stays(sample, folder):
    path = fill(folder, "Ada", ["1", "", "", ""], ["", "", "", ""], note=["doubtful", "", "", ""])
    save_coding(path, sample, "u2", {HEDGES: "0", TONE: "-1"})
    save_coding(path, sample, "u3", {}, not_codable=True)
    sheet = read_sheet(path, sample).set_index("unit_id")
    assert sheet[HEDGES].tolist() == ["1", "0", "", ""]
    assert sheet[TONE].tolist() == ["", "-1", "", ""]
    assert sheet["not_codable"].tolist() == ["", "", "x", ""]
    assert sheet["note"].tolist() == ["doubtful", "", "", ""]
    assert list(folder.glob(".*.part")) == []


@pytest.mark.parametrize("coder", ["", "../Ada", "Ada/Ben", "a" * 41, ".hidden", 7])
def test_a_coders_name_must_be_a_files_name(coder):
    with pytest.raises(InputError, match="coder must be a name or initials"):
        sheet_path("coding", coder)


TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)


@given(text=TEXT)
def test_what_is_made_harmless_comes_back(text):
    assert cell_as_it_was(harmless_cell(text)) == text


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(sentences=st.lists(TEXT.map(lambda text: "w " + text), min_size=1, max_size=4))
def test_any_text_comes_back_on_one_line(sentences, tmp_path_factory):
    folder = framing.write_coding_sample(make_sample(sentences, (HEDGES,)), tmp_path_factory.mktemp("any"))
    again = framing.read_coding_sample(folder).sheet["sentence"].tolist()
    assert again == [one_line(text) for text in sentences]
