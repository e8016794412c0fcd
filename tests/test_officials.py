"""Officials: holders of public office, who speaks for them, and public bodies; told by text and verdict."""

import pandas as pd
import pytest

import framing
from framing.lexicons import load_lexicon

CATEGORIES = {
    "ended", "office", "rank", "role", "lawyer", "body", "adjective", "country", "outsider", "document",
}  # fmt: skip


def officials(text: str, title: str | None = None) -> list[object]:
    table = framing.find_attributions(
        pd.DataFrame({"article_id": ["1"], "outlet": "Herald", "text": [text], "title": [title]})
    )
    return [None if pd.isna(value) else bool(value) for value in table["official"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an office before a name, and the same person by surname and pronoun
        ("“We will,” said Sen. Ann Doe. Later Doe said no.", [True, True]),
        ("Ann Doe, the police chief, said it rained. She added that it snowed.", [True, True]),
        ("Lee said it rained. Gov. Ann Lee went home.", [True]),
        ("Secretary of State Ann Kerr said no.", [True]),
        ("Tom Ito (R-Ky.) said so.", [True]),
        # no longer or not yet
        ("Former Mayor Tom Ito said so. Ito added that it snowed.", [False, False]),
        ("Ann Doe, a former senator, said so.", [False]),
        ("President-elect Ann Roe said so.", [False]),
        ("Ann Lee, a candidate for governor, said so.", [False]),
        # public bodies and whoever speaks for one
        ("A spokesman for the Justice Department said so.", [True]),
        ("A spokeswoman for Northern Rail said so.", [False]),
        ("Rep. Ann Lee, D-N.Y., said no. An aide to Lee said so.", [True, True]),
        ("France said so. The Kremlin said no. Israeli officials said maybe.", [True, True, True]),
        ("House Republicans said yes.", [True]),
        # groups
        ("Officials said so.", [True]),
        ("Company officials said so.", [False]),
        ("Party officials said so.", [False]),
        ("Critics of the government said so.", [False]),
        # a rank of something that is no public body
        ("Ann Lee, the president of Northern Rail, said so. President Ito said no.", [False, True]),
        # documents
        ("The indictment said so. A poll showed that it rained.", [True, False]),
        ("A White House memo said so. The group's report said no.", [True, False]),
        # whoever defends an office holder is a private lawyer; a surname is no agency
        ("Doe's lawyer, Max Roe, said so. Governor Doe said no.", [False, True]),
    ],
)
def test_who_is_an_official(text: str, expected: list[bool]) -> None:
    assert officials(text) == expected


def test_nobody_knows_whether_a_source_without_a_name_is_one() -> None:
    assert officials("He said so.") == [None]
    assert officials("It is said that it rained.") == [None]


def test_a_headline_calls_by_surname_whom_the_body_introduces() -> None:
    assert officials("Gov. Ann Vess went home.", "Vess says talks fail") == [True]


def test_no_words_of_the_lexicon_mean_two_things() -> None:
    lexicon = load_lexicon("official_sources_en")
    assert set(lexicon.entries["category"]) == CATEGORIES
    assert set(lexicon.entries["match"]) == {"phrase", "capital", "initials"}
    assert lexicon.entries["pattern"].is_unique
    assert lexicon.entries["pattern"].is_monotonic_increasing
    assert (lexicon.entries["provenance"] != "").all()
    assert all(f"{word} " in lexicon.metadata["scale"] for word in [*CATEGORIES, *set(lexicon.entries["provenance"])])


def test_the_share_of_officials_is_made_of_the_rows() -> None:
    text = "Sen. Ann Doe said it rained. A union said no. He said maybe."
    analysis = framing.analyze(pd.DataFrame({"article_id": ["1"], "outlet": "Herald", "text": [text]}), progress=False)
    assert analysis.articles.loc[0, "n_attributions_official"] == analysis.attributions["official"].sum() == 1
    assert analysis.articles.loc[0, "share_attributions_official"] == pytest.approx(1 / len(analysis.attributions))
    assert len(framing.list_evidence(analysis, "share_attributions_official")) == 1
    assert analysis.attributions.columns[-1] == "official"
