"""The lexicon of cue types: its form, and that words known from the literature have their class."""

import csv
import hashlib
import re

import pytest

from framing.lexicons.loading import FOLDER, METADATA, load_lexicon

COLUMNS = ["pattern", "match", "construction", "category", "stance", "note"]
PARTS_OF_SPEECH = {"VERB", "NOUN", "ADJ", "ADP", "ADV", "AUX"}
FRAMES = {"that", "wh", "to", "object", "passive", "document"}


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon("cue_types_en")


@pytest.fixture(scope="module")
def rows():
    with (FOLDER / "cue_types_en.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def classes(rows):
    return {(row["pattern"], row["construction"]): (row["category"], row["stance"]) for row in rows}


def sense(classes, cue):
    """Class of `lemma POS/frame`: the frame's own row, or else the plain part of speech."""
    lemma, construction = cue.split()
    plain = (lemma, construction.split("/")[0])
    return classes[(lemma, construction) if (lemma, construction) in classes else plain]


def test_columns_and_filled_cells(lexicon):
    assert list(lexicon.entries.columns) == COLUMNS
    for column in COLUMNS:
        cells = lexicon.entries[column]
        assert (cells == cells.str.strip()).all()
        assert (cells != "").all()


def test_metadata_tells_origin_rule_and_file(lexicon):
    assert set(METADATA) <= set(lexicon.metadata)
    assert lexicon.metadata["n_entries"] == len(lexicon.entries) >= 900
    assert lexicon.metadata["sha256"] == hashlib.sha256((FOLDER / "cue_types_en.csv").read_bytes()).hexdigest()
    assert re.fullmatch(r"10\.\d{4,}/\S+", lexicon.metadata["doi"])
    for author in ("Hooper", "Karttunen", "Kiparsky", "Recasens", "Floyd", "Bednarek"):
        assert author in lexicon.metadata["reference"]
    assert "in doubt" in lexicon.metadata["changes"]
    for value in ("speech", "attitude", "evidence", "neutral", "distancing", "endorsing", *FRAMES):
        assert value in lexicon.metadata["scale"]


def test_rows_are_sorted_and_unique(rows):
    keys = [(row["pattern"], row["construction"]) for row in rows]
    assert keys == sorted(set(keys))


def test_values_are_those_of_the_table(rows):
    assert {row["match"] for row in rows} == {"lemma"}
    assert {row["category"] for row in rows} == {"speech", "attitude", "evidence"}
    assert {row["stance"] for row in rows} == {"neutral", "distancing", "endorsing"}
    assert {row["construction"].split("/")[0] for row in rows} == PARTS_OF_SPEECH
    for row in rows:
        assert re.fullmatch(r"[A-Z]+(/[a-z]+)?", row["construction"])
        assert row["pattern"] == row["pattern"].lower()
        assert " " not in row["pattern"]


def test_a_stance_has_its_reason(rows):
    reason = re.compile(r"factive|implicative|assertive|presuppos|establish|proved|proof|entail|untru|doubt|mistaken")
    for row in rows:
        if row["stance"] != "neutral":
            assert reason.search(row["note"]), row


def test_a_document_is_evidence(rows):
    assert {row["category"] for row in rows if row["construction"].endswith("/document")} == {"evidence"}


def test_a_frame_is_there_to_tell_senses_apart(rows, classes):
    """No lemma has frames that all say what its plain part of speech says."""
    framed = {(r["pattern"], r["construction"].split("/")[0]) for r in rows if "/" in r["construction"]}
    for lemma, pos in framed & set(classes):
        senses = {c for (p, k), c in classes.items() if p == lemma and k.split("/")[0] == pos}
        assert len(senses) > 1, (lemma, pos)


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ("say VERB,tell VERB,add VERB,write VERB,ask VERB,tweet VERB,accord VERB,per ADP", ("speech", "neutral")),
        ("criticize VERB,criticise VERB,praise VERB,call VERB/for,urge VERB,promise VERB", ("speech", "neutral")),
        # Floyd (2000) counts these as neutral; warn, complain and deny leave the truth open.
        ("argue VERB,assert VERB,state VERB,maintain VERB,promise VERB", ("speech", "neutral")),
        ("contend VERB,warn VERB,complain VERB,deny VERB,boast VERB,slam VERB", ("speech", "neutral")),
        ("claim VERB,claim VERB/that,claim NOUN,allege VERB,profess VERB,accuse VERB", ("speech", "distancing")),
        ("accusation NOUN,allegation NOUN,insinuate VERB,insist VERB/that,lie VERB", ("speech", "distancing")),
        ("point VERB/out,reveal VERB,admit VERB,acknowledge VERB,concede VERB,confess VERB", ("speech", "endorsing")),
        ("note VERB,note VERB/that,confirm VERB,disclose VERB,remind VERB,observe VERB/that", ("speech", "endorsing")),
        ("believe VERB,think VERB,hope VERB,want VERB,plan VERB,decide VERB,support VERB", ("attitude", "neutral")),
        ("fear VERB,seek VERB,doubt VERB,suspect VERB,oppose VERB,worried ADJ/that", ("attitude", "neutral")),
        (
            "know VERB/that,realize VERB,realise VERB,regret VERB/that,aware ADJ,glad ADJ/that",
            ("attitude", "endorsing"),
        ),
        ("appear VERB,seem VERB,indicate VERB,reportedly ADV,suggest VERB/document", ("evidence", "neutral")),
        ("say VERB/passive,believe VERB/passive,expect VERB/passive,think VERB/passive", ("evidence", "neutral")),
        ("show VERB,find VERB/that,demonstrate VERB,discover VERB,prove VERB/that", ("evidence", "endorsing")),
        ("allegedly ADV,alleged ADJ,supposedly ADV,purportedly ADV,rumor NOUN,rumour NOUN", ("evidence", "distancing")),
        ("allege VERB/passive,claim VERB/passive,suspect VERB/passive", ("evidence", "distancing")),
    ],
)
def test_words_with_a_known_class(classes, cues, expected):
    for cue in cues.split(","):
        assert sense(classes, cue) == expected, cue


@pytest.mark.parametrize(
    ("framed", "plain"),
    [
        ("claim VERB/object", "claim VERB"),  # "claimed responsibility", "claimed 12 lives"
        ("insist VERB/on", "insist VERB"),  # "insisted on a recount"
        ("note VERB/object", "note VERB"),  # "noted the date"
        ("find VERB/guilty", "find VERB"),  # "found him guilty"
        ("know VERB/as", "know VERB"),  # "known as the Bridge Act"
        ("confirm VERB/passive", "confirm VERB"),  # "was confirmed as judge"
        ("charge VERB/with", "charge VERB/that"),  # "charged with theft"
        ("concede VERB/object", "concede VERB"),  # "conceded the race"
    ],
)
def test_senses_that_take_no_stance(classes, framed, plain):
    assert sense(classes, framed)[1] == "neutral"
    assert sense(classes, plain)[1] != "neutral"
