"""Names: runs of proper nouns, and the model's labels for the sentences that are asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import InputError
from framing.language import load_model, model, parse_text
from framing.language.names import name_labels, name_runs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Marie Lee met Mr. Ito.", ["Ann Marie Lee", "Mr. Ito"]),
        ("Osama bin Laden was killed.", ["Osama bin Laden"]),
        ("He said nothing.", []),
        ("Rep. Kevin “Coach” Christie and Ann (Annie) Reed left.", ["Rep. Kevin “Coach” Christie", "Ann (Annie) Reed"]),
        ("They met Joseph diGenova at Fox News.", ["Joseph diGenova", "Fox News"]),
        ("She wrote to Ann Lee Friday.", ["Ann Lee"]),
        ("We met Ann Lee. Tom Ito left.", ["Ann Lee", "Tom Ito"]),
        ("", []),
    ],
)
def test_runs(text: str, names: list[str]) -> None:
    parse = parse_text(text)
    assert [parse.text[slice(*parse.span(*run))] for run in name_runs(parse)] == names


def test_labels_of_the_sentences_asked_for_only() -> None:
    parse = parse_text("Barack Obama flew to France.\nAngela Merkel lives in Germany.")
    assert {parse.word[t]: label for t, label in name_labels(parse, [1, 1]).items()} == {
        "Angela": "PERSON", "Merkel": "PERSON", "Germany": "GPE",
    }  # fmt: skip
    both = name_labels(parse, [1, 0])
    assert {parse.word[t] for t in both} == {"Barack", "Obama", "France", "Angela", "Merkel", "Germany"}
    assert name_labels(parse, []) == {}


@settings(max_examples=50, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=80) | st.text(alphabet="A b.\n\ud800’", max_size=60)
)
def test_any_text_has_names_and_labels(text: str) -> None:
    parse = parse_text(text)
    labels = name_labels(parse, range(len(parse.sentences)))
    assert set(labels) <= set(range(len(parse)))
    assert all(parse.sentence[first] == parse.sentence[last] for first, last in name_runs(parse))


def test_a_missing_model_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PACKAGES", ("no_such_model", "nor_this_one"))
    with pytest.raises(InputError, match=r"no_such_model and nor_this_one.*conda install"):
        load_model.__wrapped__()
