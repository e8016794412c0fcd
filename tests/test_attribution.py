"""Attributions: visible text, expected rows."""

from itertools import pairwise

import pandas as pd
import pytest

import framing
from framing.language import parse_text
from framing.measures.attribution.people import Name


def attributions(text: str, title: str | None = None) -> pd.DataFrame:
    corpus = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text], "title": [title]})
    return framing.find_attributions(corpus)


def told(text: str, *columns: str) -> list[tuple[object, ...]]:
    table = attributions(text)
    return [tuple(None if pd.isna(v) else v for v in row) for row in table[list(columns)].itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not pay,” said Ann Lee, the mayor.", ("direct", "Ann Lee, the mayor", "said", "“We will not pay,”")),
        (
            "The mayor said that the city would not pay.",
            ("indirect", "The mayor", "said", "that the city would not pay"),
        ),
        (
            "The mayor said the plan was “a disgrace” for the city.",
            ("mixed", "The mayor", "said", "the plan was “a disgrace” for the city"),
        ),
        (
            "According to the ministry, four people died in the flood.",
            ("indirect", "the ministry", "According to", "four people died in the flood"),
        ),
        ('"It is over," she said Monday.', ("direct", "she", "said Monday", '"It is over,"')),
        ("She wants to close the hospital.", ("indirect", "She", "wants", "to close the hospital")),
    ],
)
def test_forms_of_attribution(text: str, expected: tuple[str, ...]) -> None:
    assert told(text, "type", "source", "cue", "content") == [expected]


def test_a_quotation_interrupted_by_its_cue_is_one_attribution() -> None:
    [(content, source)] = told("“The bridge,” the engineer said, “was never safe.”", "content", "source")
    assert content == "“The bridge,” … “was never safe.”"
    assert source == "the engineer"


def test_a_quotation_that_goes_on_after_its_cue_belongs_to_it() -> None:
    [(content,)] = told("“No,” she said. “We will never sign this. It is wrong.”", "content")
    assert content == "“No,” … “We will never sign this. It is wrong.”"


def test_the_outermost_of_nested_attributions_wins() -> None:
    table = attributions("The minister said that experts believe the dam is safe.")
    assert table["cue"].tolist() == ["said"]


def test_an_unbalanced_mark_loses_nothing() -> None:
    table = attributions("“We are leaving, she said on Monday.\n\nThe mayor said that he would stay.")
    assert "that he would stay" in table["content"].tolist()


def test_hearsay_has_no_source() -> None:
    [row] = attributions("The general is believed to have fled the capital.").to_dict("records")
    assert row["source_type"] == "none"
    assert pd.isna(row["source"])
    assert row["cue_type"] == "evidence"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The minister is said to be furious.", "The minister … to be furious"),
        ("The company reportedly paid him.", "The company … paid him"),
    ],
)
def test_hearsay_with_nobody_behind_it(text: str, content: str) -> None:
    assert told(text, "source_type", "cue_type", "content") == [("none", "evidence", content)]


def test_according_to_needs_no_clause() -> None:
    text = "Probably not very, according to Viktor Lassally, a structural engineer."
    assert told(text, "source_name", "content") == [("Viktor Lassally", "Probably not very")]


def test_no_place_speaks() -> None:
    assert told("PORT SOLLEN (Sextant) — The parliament said the dam was safe.", "source") == [("The parliament",)]


def test_what_somebody_appeared_to_say_is_theirs_and_hedged() -> None:
    text = "The president appeared to deny that the talks had failed."
    assert told(text, "source", "cue", "hedged") == [("The president", "appeared to deny", True)]
    assert told("The president denied that the talks had failed.", "hedged") == [(False,)]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [("She said it seems that the plan failed.", False), ("He reportedly told aides that the plan failed.", True)],
)
def test_a_hedge_in_what_is_said_leaves_open_nothing_about_the_saying(text: str, hedged: bool) -> None:
    assert [h for h, cue in told(text, "hedged", "cue") if cue != "reportedly"][:1] == [hedged]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Mr. Vess said the talks had failed.", "named_person", "Vess"),
        ("The Harbour Union said the talks had failed.", "named_organization", "Harbour Union"),
        ("The report said the talks had failed.", "document", "report"),
        ("A spokesman said the talks had failed.", "unnamed_person", "spokesman"),
        ("Residents said the talks had failed.", "unnamed_group", "residents"),
        ("U.S. officials said the talks had failed.", "unnamed_group", "u.s. officials"),
        ("Three of the residents said the talks had failed.", "unnamed_group", "three"),
        ("A spokesman for the Harbour Union said the talks had failed.", "named_organization", "Harbour Union"),
        ("A representative for Mr. Vess said the talks had failed.", "unnamed_person", "representative for Vess"),
        (
            "An official, who spoke on condition of anonymity, said the talks had failed.",
            "anonymous",
            "official",
        ),
        ("The talks are believed to have failed.", "none", None),
    ],
)
def test_seven_kinds_of_source(text: str, kind: str, name: str | None) -> None:
    assert told(text, "source_type", "source_name") == [(kind, name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # the subject of a main clause, not of a clause below it or of what was said
        ("Mr. Vess doubted that Mr. Lund would come. He said the talks had failed.", "Vess"),
        ("Mr. Vess said that Mr. Lund would come.\n\n“The talks failed,” he said.", "Vess"),
        # the subject of a clause in front
        ("Mr. Vess left. When Mr. Lund came, he said the talks had failed.", "Lund"),
        # a role that is another one
        ("President Vess left. Vice President Lund came. The president said the talks had failed.", "Vess"),
    ],
)
def test_whom_the_sentences_are_about(text: str, name: str) -> None:
    assert told(text, "source_name")[-1] == (name,)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anne-Marie Slaughter said it rained.", "Anne-Marie Slaughter"),
        ("Rep. Kevin “Coach” Christie, D-Hartford, said it snowed.", "Kevin Christie"),
        ("Rep. Kevin “Coach” Christie said it snowed. “It is cold,” Christie said.", "Kevin Christie"),
        ("Sen. Bo Hill, R-Ky., said it is warm.", "Bo Hill"),
        ("A senior at Northfield High in Newport, Wilburn, 17, said that it froze.", "Wilburn"),
        ("They met the lawyer for the District of Columbia Joseph Ito. “It froze,” Ito said.", "Joseph Ito"),
        ("One Democrat, Senator Ann Lee, said it was late.", "Ann Lee"),
        ("It was no better for Dan Moss in the north. “It froze,” he said.", "Dan Moss"),
        ("Dan Moss bragged about it in March; since then he has denied that it froze.", "Dan Moss"),
        (
            "The California Department of Education counts them. The state education department said there are ten.",
            "California Department of Education",
        ),
    ],
)
def test_one_name_for_all_ways_to_call_somebody(text: str, name: str) -> None:
    assert told(text, "source_name")[-1] == (name,)


def test_what_is_left_of_a_name_cut_at_its_nickname_is_the_nickname() -> None:
    # A sentence wrongly split before "Vess", and the title left out: "Prime Minister (Ana) | Vess was there."
    parse = parse_text("Prime Minister (Ana) Vess was there.")
    assert Name(2, 3, "prime minister").words(parse) == ("Ana",)


def test_the_bracket_of_a_source_is_closed() -> None:
    assert ("Rep. Ann Lee (D-Dover)",) in told("Rep. Ann Lee (D-Dover) said the talks had failed.", "source")


def test_short_names_and_pronouns_are_resolved() -> None:
    text = (
        "Mr. Anders Vess said the talks had failed.\n\nVess said that he would try again.\n\n"
        "“It is hard,” he said on Friday."
    )
    assert told(text, "source", "source_name") == [
        ("Mr. Anders Vess", "Anders Vess"),
        ("Vess", "Anders Vess"),
        ("he", "Anders Vess"),
    ]


def test_the_headline_uses_the_names_of_the_body() -> None:
    table = attributions("Mr. Anders Vess said the talks had failed.", title="Vess says talks have failed")
    assert table["field"].tolist() == ["text", "title"]
    assert table["source_name"].tolist() == ["Anders Vess", "Anders Vess"]


@pytest.mark.parametrize(
    ("cue", "stance"),
    [("said", "neutral"), ("claimed", "distancing"), ("pointed out", "endorsing"), ("admitted", "endorsing")],
)
def test_stance_of_the_cue(cue: str, stance: str) -> None:
    assert told(f"The minister {cue} that the dam was unsafe.", "cue_stance", "cue") == [(stance, cue)]


@pytest.mark.parametrize("text", ["It rained.", "", " ", "\n\n", "“", "???", "🙂" * 5])
def test_no_attribution_where_there_is_none(text: str) -> None:
    assert len(attributions(text)) == 0


@pytest.mark.xfail(
    strict=True, reason="a cue's object is a feature, but claim is too often a cue for lives to outweigh it"
)
def test_a_storm_that_claims_lives_claims_nothing() -> None:
    assert len(attributions("The storm claimed three lives.")) == 0


def test_content_and_cue_do_not_overlap(example: pd.DataFrame) -> None:
    table = framing.find_attributions(example.head(10))
    for row in table.itertuples():
        taken = [*row.content_spans]
        for start, end in ((row.cue_start, row.cue_end), (row.source_start, row.source_end)):
            if not pd.isna(start):
                taken.append([int(start), int(end)])
        taken.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(taken)), row.attribution_id
