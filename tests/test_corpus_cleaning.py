import csv
import hashlib
import importlib.resources
import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.cleaning import clean_text, cut_title_line, debris, restore_text, without_section

FOLDER = importlib.resources.files("framing.corpus")
ROWS = list(csv.DictReader(FOLDER.joinpath("debris_en.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}: {row['example'][:30]}")
def test_each_pattern_takes_its_own_example(row):
    cleaned = clean_text(f"It rained on Monday.\n\n{row['example']}\n\nIt poured on Tuesday.")
    assert [piece.rule for piece in cleaned.pieces] == [row["rule"]]
    if row["match"] in ("line", "start"):
        assert cleaned.text == "It rained on Monday.\n\nIt poured on Tuesday."


def test_the_list_and_its_description_agree():
    data = FOLDER.joinpath("debris_en.csv").read_bytes()
    about = tomllib.loads(FOLDER.joinpath("debris_en.toml").read_text(encoding="utf-8"))
    assert about["n_entries"] == len(ROWS) == len(debris().rules)
    assert about["sha256"] == hashlib.sha256(data).hexdigest()
    assert about["licence"] == "MIT"
    assert about["language"] == "en"
    keys = [(row["rule"], row["pattern"]) for row in ROWS]
    assert keys == sorted(set(keys))
    assert {row["match"] for row in ROWS} <= {"line", "start", "prefix", "suffix", "inside"}
    assert all(row["rule"] and row["pattern"] and row["example"] for row in ROWS)


@pytest.mark.parametrize(
    "line",
    [
        "The Associated Press contributed to this report.",
        "Copyright 2018 The Associated Press. All rights reserved. This material may not be published.",
        "© 2019 Tribune Content Agency, LLC",
        "Advertisement revenue fell by a tenth.",
        "Facebook",
        "“We use cookies to follow you,” she told the committee.",
        "Readers want to read more",
        "Sign up for health insurance by Friday, the minister said.",
        "Share prices fell.",
        "Comments by the minister caused anger.",
        "Related crimes rose as well, police said.",
        "Follow the money, he told reporters on Monday.",
        "By Ann Lee",
        "CLOSE RACE IN THE NORTH",
        "More on this later, she promised.",
        "Image and reality differ.",
        "More: the bill would close the bridge.",
        "More from the shop's statement:",
        "Warning:The bridge may fall at any time, the engineers said.",
        "BREAKING: Senator resigns after the fall of the bridge.",
        "Contributing: Ann Lee and John Park",
        "He wants MORE for the bridge, as Ann Lee Ann Lee said.",
        "Donald John Trump wants MORE of it, said Trump.",
        "The photo: a bridge, (Photo: none) as the court saw it.",
        "Investors bought 20 million Shares.",
        "Updated rules apply from 6 p.m. on Monday.",
        "Click here, the fraudster told her.",
        "The bridge by Ann Lee/John Park",
        "The views expressed by the minister were not new.",
    ],
)
def test_what_may_be_the_article_stays(line):
    text = f"It rained.\n\n{line}\n\nIt poured."
    assert clean_text(text) == (text, [])


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Rain falls", "Rain falls"),
        ("RAIN FALLS", "Rain falls"),
        ("Rain falls | Weather", "Rain falls"),
        ("Rain falls - The Daily Herald", "Rain falls"),
        ("“Rain” falls on ‘coast’", "\"Rain\" falls on 'coast'"),
        ("Rain falls on coast", "Rain falls on coast | Weather"),
    ],
)
def test_a_repeated_title_goes(first, title):
    cleaned = clean_text(f"{first}\n\nIt rained.", title=title)
    assert cleaned.text == "It rained."
    assert [piece.rule for piece in cleaned.pieces] == ["repeated_title"]


@pytest.mark.parametrize("text", ["Rain falls", "Rain falls again\n\nIt rained.", "It rained.\n\nRain falls"])
def test_a_title_that_is_no_repetition_stays(text):
    assert clean_text(text, title="Rain falls").text == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A.\n\nAdvertisement\n\nB.", "A.\n\nB."),
        ("A.\nAdvertisement\n\nB.", "A.\n\nB."),
        ("A.\n\nAdvertisement\nB.", "A.\n\nB."),
        ("Advertisement\n\nShare\n\nA.", "A."),
        ("A.\n\n\nBack to top button", "A."),
        ("A.\n\nAdvertisement\nShare\n\nBack to top", "A."),
        ("Advertisement", ""),
        ("Facebook Twitter Pinterest The minister.\n\nA.", "The minister.\n\nA."),
        ("Image copyright AP Image caption (RELATED: Another)", "(RELATED: Another)"),
        ("A said so. (RELATED: Another Story Of The Day)\n\nB.", "A said so.\n\nB."),
    ],
)
def test_paragraphs_stay_as_far_apart_as_they_were(text, left):
    cleaned = clean_text(text)
    assert cleaned.text == left
    assert restore_text(cleaned.text, cleaned.pieces) == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rain falls on coast | Weather\n\nIt rained.", "Rain falls on coast"),
        ("Who let the rain in?\n\nIt rained.", "Who let the rain in?"),
        ("“We will build it”\n\nIt rained.", "“We will build it”"),
        ("It rained on Monday.\n\nIt poured.", None),
        ("“It rained.”\n\nIt poured.", None),
        ("Rain falls on coast\nIt rained.", None),
        ("Rain falls on coast\n\n", None),
        ("Skip to main content\n\nIt rained.", None),
        ("Rain " * 60 + "\n\nIt rained.", None),
        ("", None),
    ],
)
def test_a_headline_is_told_from_a_first_paragraph(text, title):
    found, rest = cut_title_line(text)
    assert found == title
    assert restore_text(rest.text, rest.pieces) == text


def test_only_a_short_section_after_a_bar_is_taken_off_a_title():
    assert without_section("Rain falls on coast | Weather") == "Rain falls on coast"
    assert without_section("Rain falls - and falls") == "Rain falls - and falls"
    assert without_section("Opinion | Rain is good for you") == "Opinion | Rain is good for you"


LINES = st.sampled_from(
    [row["example"] for row in ROWS]
    + ["", "", " ", "It rained.", "Rain falls | Weather", "Rain falls", "She said “no”.", "👩\u200d⚕️ ok", "\tx"]
)


def test_headlines_glued_behind_a_name_go_and_the_sentence_stays():
    before = (
        "President Lee Ann Margaret LeePark calls for an inquiry Lee: 'No' MORE on Monday met Rep. John Park (Me.)."
    )
    cleaned = clean_text(before)
    assert cleaned.text == "President Lee on Monday met Rep. John Park (Me.)."
    assert restore_text(cleaned.text, cleaned.pieces) == before
    two = "Lee Ann LeeMORE and Park John Park2020 bridges to watch MORE, and Ash Ann Ash Bridge closed again MORE met."
    assert clean_text(two).text == "Lee and Park, and Ash Ann Ash Bridge closed again MORE met."


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Minister Ann Lee John Park/Getty Images", "Minister Ann Lee"),
        ("Minister Ann Lee John Park | Getty Images", "Minister Ann Lee"),
        ("The bridge. John J Park/AFP/Getty Images", "The bridge."),
        ("Met John Lee Jr. John Ash LeePark: 'No' MORE today.", "Met John Lee Jr. today."),
    ],
)
def test_names_beside_the_debris_stay(line, left):
    assert clean_text(f"It rained.\n\n{line}\n\nIt poured.").text == f"It rained.\n\n{left}\n\nIt poured."


def test_a_gallery_goes_as_a_whole_however_long_it_is():
    gallery = "Photos: The bridge Photos: The bridge " + "The bridge on Monday. Hide Caption 1 of 99 " * 500
    assert clean_text(f"It rained.\n\n{gallery}\n\nIt poured.").text == "It rained.\n\nIt poured."
    assert clean_text("Photos: they show the bridge. Photos: none.").pieces == []


@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12), st.sampled_from([None, "Rain falls", ""]))
def test_kept_text_and_pieces_make_up_the_original(lines, title):
    text = "\n".join(lines)
    cleaned = clean_text(text, title=title)
    assert restore_text(cleaned.text, cleaned.pieces) == text
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in cleaned.pieces)


@given(st.lists(LINES, max_size=12))
def test_cleaning_removes_only_what_a_rule_names(lines):
    cleaned = clean_text("\n".join(lines))
    rules = {row["rule"] for row in ROWS}
    assert {piece.rule for piece in cleaned.pieces} <= rules
    assert cleaned.text.count("It rained.") == lines.count("It rained.")


def test_hostile_lines_take_no_time():
    hostile = [
        "Share " * 200_000,
        "(RELATED: " * 50_000,
        "By signing up " * 50_000,
        "Copyright © 2019 " * 50_000,
        "x" * 1_000_000,
        "MORE " + "Lee Ann Lee" * 50_000,
        "MORE " + "Aa’" * 100_000,
        "Photos: a " + "Photos: " * 100_000,
    ]
    started = time.perf_counter()
    for line in hostile:
        assert clean_text(f"{line}\n\nIt rained.").text.endswith("It rained.")
    assert time.perf_counter() - started < 5
