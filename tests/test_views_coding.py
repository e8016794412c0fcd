"""The coding widget: what a key saves, what a wrong message says, and where a coder goes on."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import framing
from framing.errors import InputError
from framing.validity import CodingSample

HEDGES, TONE = "hedges_per_1000_words_outlet", "sentiment_outlet"


def sample_of(*sentences: str) -> CodingSample:
    ids = [f"u{number}" for number in range(1, len(sentences) + 1)]
    texts = pd.DataFrame({"unit_id": ids, "before": "", "sentence": sentences, "after": "x"})
    key = pd.DataFrame({"unit_id": ids, "article_id": [f"a{unit}" for unit in ids], "field": "text", "sentence": 0})
    key = key.assign(outlet="Herald", stratum="all", n_stratum=3 * len(ids), probability=1 / 3)
    return CodingSample(texts.assign(**{HEDGES: "", TONE: ""}), key, (HEDGES, TONE))


@pytest.fixture
def sample() -> CodingSample:
    return sample_of("It may.", "<b>No</b>.", "Good.")


@pytest.fixture
def widget(sample, tmp_path):
    return framing.code_sentences(sample, coder="Ada", folder=tmp_path)


def heard(widget, **message) -> list[dict]:
    """What the widget answers to a message from the notebook."""
    answers = []
    widget.send = answers.append
    widget._on_message(widget, {"kind": "code", "serial": 5, "not_codable": False, **message}, [])
    return answers


def test_the_widget_shows_sentences_and_codebook_and_nothing_of_the_key(widget):
    assert [unit["sentence"] for unit in widget.units] == ["It may.", "<b>No</b>.", "Good."]
    assert [(field["metric"], field["tone"]) for field in widget.fields] == [(HEDGES, False), (TONE, True)]
    assert [part["title"] for part in widget.codebook[1]["parts"]] == ["Tone", "Only the outlet's own words"]
    assert "Herald" not in str(widget.get_state())


def test_a_key_is_saved_before_it_is_called_saved(widget, tmp_path):
    assert heard(widget, unit="u1", values={HEDGES: "2", TONE: "-1"}) == [{"kind": "saved", "serial": 5}]
    sheet = pd.read_csv(tmp_path / "sheet_Ada.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert sheet.loc[0, [HEDGES, TONE]].tolist() == ["2", "-1"]
    assert widget.answers == {"u1": {"values": {HEDGES: "2", TONE: "-1"}, "not_codable": False}}
    assert repr(widget) == "Ada has coded 1 of 3 sentences (sheet_Ada.csv)"


def test_who_comes_back_goes_on(widget, sample, tmp_path):
    widget.record("u1", {HEDGES: "2", TONE: "0"})
    widget.record("u2", {}, not_codable=True)
    widget.record("u3", {HEDGES: "0"})
    again = framing.code_sentences(tmp_path, coder="ada")  # the folder will do, and capitals don't matter
    assert again.answers == widget.answers
    assert again.n_coded == 2  # one value of the third is missing
    assert again.file == "sheet_Ada.csv"
    values = framing.read_codings(tmp_path)
    assert values[["unit_id", "metric", "value"]].values.tolist() == [
        ["u1", HEDGES, 2],
        ["u3", HEDGES, 0],
        ["u1", TONE, 0],
    ]


def test_two_windows_on_one_sheet_lose_nothing(widget, sample, tmp_path):
    other = framing.code_sentences(sample, coder="Ada", folder=tmp_path)
    widget.record("u1", {HEDGES: "1", TONE: "0"})
    other.record("u2", {HEDGES: "0", TONE: "1"})
    assert set(other.answers) == {"u1", "u2"}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"unit": "u9", "values": {}}, "no unit 'u9'"),
        ({"unit": "u1", "values": {"sentiment": "1"}}, "'sentiment' isn't coded here"),
        ({"unit": "u1", "values": {TONE: "2"}}, "allowed is '-1', '0' or '1'"),
        ({"unit": "u1", "values": {HEDGES: "=1"}}, "allowed is a whole number"),
        ({"unit": "u1", "values": {HEDGES: 1}}, "allowed is a whole number"),
        ({"unit": "u1"}, "KeyError"),
    ],
)
def test_a_wrong_message_is_answered_and_saves_nothing(widget, tmp_path, message, said):
    (answer,) = heard(widget, **message)
    assert answer["kind"] == "failed"
    assert said in answer["text"]
    assert not (tmp_path / "sheet_Ada.csv").exists()


def test_a_sheet_that_cant_be_written_is_told(widget, tmp_path):
    (tmp_path / "sheet_Ada.csv").mkdir()
    (answer,) = heard(widget, unit="u1", values={HEDGES: "1", TONE: "0"})
    assert (answer["kind"], answer["text"][:10]) == ("failed", "Not saved:")


def test_without_the_key_one_can_code(widget, tmp_path):
    for path in (tmp_path / "key").iterdir():
        path.unlink()
    blind = framing.code_sentences(tmp_path, coder="Ben")
    blind.record("u1", {HEDGES: "1", TONE: "0"})
    assert blind.n_coded == 1
    assert list((tmp_path / "key").iterdir()) == []


def test_mistakes_are_told(sample, widget, tmp_path):
    with pytest.raises(InputError, match="folder is missing"):
        framing.code_sentences(sample, coder="Ada")
    with pytest.raises(InputError, match="coder must be a name"):
        framing.code_sentences(sample, coder="../Ada", folder=tmp_path)
    other = CodingSample(sample.sheet.assign(sentence="Other."), sample.key, sample.metrics)
    with pytest.raises(InputError, match="holds another sample"):
        framing.code_sentences(other, coder="Ada", folder=tmp_path)
    (tmp_path / "sheet_Ben.xlsx").write_bytes((tmp_path / "sheet.xlsx").read_bytes())
    with pytest.raises(InputError, match=r"Ben codes in the workbook sheet_Ben\.xlsx"):
        framing.code_sentences(sample, coder="Ben", folder=tmp_path)


def test_without_widgets_a_sentence_says_so(sample, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "framing.views.coding_widget", raising=False)
    with pytest.raises(InputError, match="needs widgets that aren't installed"):
        framing.code_sentences(sample, coder="Ada", folder=tmp_path)


def test_codings_that_come_on_two_threads_at_once_are_all_saved(tmp_path):
    # JupyterLab may hand messages of one widget to two threads of the kernel.
    numbers = range(1, 25)
    widget = framing.code_sentences(sample_of(*["It may rain."] * 24), coder="Ada", folder=tmp_path)

    def code(number: int) -> None:
        message = {"kind": "code", "session": "s", "serial": number, "unit": f"u{number}", "not_codable": False}
        widget._on_message(widget, message | {"values": {HEDGES: str(number)}}, [])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(code, numbers))
    again = framing.code_sentences(tmp_path, coder="Ada")
    assert {unit: answer["values"] for unit, answer in again.answers.items()} == {
        f"u{number}": {HEDGES: str(number)} for number in numbers
    }


def test_an_older_coding_that_comes_late_changes_nothing(widget):
    for session, serial, value, kept in [("s", 2, "5", "5"), ("s", 1, "4", "5"), ("after a reload", 1, "6", "6")]:
        heard(widget, session=session, serial=serial, unit="u1", values={HEDGES: value})
        assert widget.answers["u1"]["values"][HEDGES] == kept
