"""Lexicons of other tools: what is read, what is refused with which words, and how patterns match."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import InputError
from framing.lexicons import Lexicon, load_lexicon
from framing.lexicons.foreign import read_lexicoder, read_quanteda
from framing.lexicons.matching import Matcher
from framing.lexicons.polarity import Polarity, polarities


def pairs(table):
    return list(zip(table["category"], table["pattern"], strict=True))


def found(patterns, text):
    return [hit.pattern for hit in Matcher(patterns).find(text.split())]


def lexicon(entries, **metadata):
    return Lexicon("mine", pd.DataFrame(entries), metadata, "")


# --- files ------------------------------------------------------------------------------------------------------


def test_lexicoder_has_a_category_line_and_a_pattern_a_line():
    text = "\ufeff+positive\r\nABILIT*\r\n\r\n+neg_positive\r\n  NOT GOOD \r\n"
    assert pairs(read_lexicoder(text, "lsd.lc3")) == [("positive", "ABILIT*"), ("neg_positive", "NOT GOOD")]


def test_quanteda_lists_in_blocks_and_brackets_nested_and_quoted():
    text = """\
# made by hand
---
positive: [good, "well done",   # two of them
           'it''s fine']
negative:
- bad*
- no          # not a truth value
tone:
  anger:
    - "a \\"mad\\" man"
  fear: dread
  "on": [off]
empty:
"""
    assert pairs(read_quanteda(text, "mine.yml")) == [
        ("positive", "good"),
        ("positive", "well done"),
        ("positive", "it's fine"),
        ("negative", "bad*"),
        ("negative", "no"),
        ("tone.anger", 'a "mad" man'),
        ("tone.fear", "dread"),
        ("tone.on", "off"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- good\n", "line 1 of mine.yml is no line of a dictionary"),
        ("a:\n  - b\nfree words\n", "line 3 of mine.yml is no line"),
        ("a: [b, c\n", "the list that begins in line 1 of mine.yml has no closing ]"),
        ("a:\n\t- b\n", "line 2 of mine.yml is indented by a tab"),
        ("a:\n  - *good\n", r"line 2 of mine.yml has '\*good'. Put it between quotation marks"),
        ("a: !!python/object:os.system\n", "line 1 of mine.yml has '!!python"),
        ("a:\n  - b: c\n", "line 2 of mine.yml is no line"),
        ("a:\n", "mine.yml has no entries"),
    ],
)
def test_what_is_no_dictionary_is_refused_with_its_line(text, message):
    with pytest.raises(InputError, match=message):
        read_quanteda(text, "mine.yml")


def test_lexicoder_without_category_is_refused():
    with pytest.raises(InputError, match=r"line 1 of x.lc3 is before any category"):
        read_lexicoder("GOOD\n", "x.lc3")
    with pytest.raises(InputError, match=r"x.lc3 has no entries"):
        read_lexicoder("+positive\n", "x.lc3")


WORDS = st.text(st.sampled_from("abcé*?'\"\\#:,[]-é &"), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.dictionaries(WORDS, st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4), st.booleans())
def test_any_quoted_dictionary_comes_back_as_it_was(content, block):
    def quoted(word):
        return "'" + word.replace("'", "''") + "'"

    lines = []
    for category, patterns in content.items():
        if block:
            lines += [f"{quoted(category)}:", *(f"  - {quoted(p)}" for p in patterns)]
        else:
            lines.append(f"{quoted(category)}: [{', '.join(map(quoted, patterns))}]")
    expected = [(category, pattern) for category, patterns in content.items() for pattern in patterns]
    assert pairs(read_quanteda("\n".join(lines), "x.yml")) == expected


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (read_quanteda, read_lexicoder):
        try:
            table = read(text, "x")
        except InputError:
            continue
        assert len(table) > 0


@pytest.mark.parametrize(
    ("name", "text"), [("m.lc3", "+positive\ngood\n"), ("m.yml", "positive: good\n"), ("m.yaml", "positive: [good]\n")]
)
def test_load_lexicon_reads_them_by_their_ending(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf8")
    path.with_suffix(".toml").write_text('title = "Mine"\n')
    read = load_lexicon(path)
    assert read.entries.to_dict("records") == [{"pattern": "good", "match": "glob", "category": "positive"}]
    assert (read.name, read.metadata["title"], len(read.sha256)) == ("m", "Mine", 64)


def test_load_lexicon_tells_what_is_not_utf8_or_not_there(tmp_path):
    path = tmp_path / "m.lc3"
    path.write_bytes("+positive\ncafé\n".encode("latin1"))
    with pytest.raises(InputError, match=r"m\.lc3 can't be read as a lc3 in UTF-8"):
        load_lexicon(path)
    with pytest.raises(InputError, match="there is no file"):
        load_lexicon(tmp_path / "none.yml")


# --- matching ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "text", "expected"),
    [
        (["abandon*"], "abandon abandoned abundance", ["abandon*", "abandon*"]),
        (["wom?n"], "women woman womn wooman", ["wom?n", "wom?n"]),
        (["*ism"], "racism isms ism", ["*ism", "*ism"]),
        (["good", "not good"], "not good good", ["not good", "good"]),
        (["not good*", "good"], "not goods", ["not good*"]),
        (["a lie", "lie"], "a lie lie", ["a lie", "lie"]),
        (["goo*", "good"], "good goo", ["good", "goo*"]),
        (["GOOD"], "good", ["GOOD"]),
        (["good ("], "good", []),
        (["a.c"], "abc a.c", ["a.c"]),
        ([" "], "good", []),
    ],
)
def test_patterns_match_whole_words_the_longest_first(patterns, text, expected):
    assert found(patterns, text) == expected


@given(st.lists(st.text("ab*? ", min_size=1, max_size=6), max_size=5), st.lists(st.text("ab", min_size=1, max_size=3)))
def test_matches_never_overlap_and_begin_in_order(patterns, words):
    hits = Matcher(patterns).find(words)
    assert all(a.beyond <= b.first for a, b in pairwise(hits))
    assert all(len(hit.pattern.split()) == hit.beyond - hit.first for hit in hits)


# --- polarity ---------------------------------------------------------------------------------------------------


def test_negated_categories_count_for_the_other_side():
    entries = {"pattern": ["good", "not good", "bad", "NOT bad"]} | {
        "category": ["Positive", "NEG_POSITIVE", "negative", "neg_negative"]
    }
    assert {k: (v.positive, v.negative) for k, v in polarities(lexicon(entries)).items()} == {
        "good": (True, False),
        "not good": (False, True),
        "bad": (False, True),
        "not bad": (True, False),
    }


def test_categories_can_be_named_and_a_word_can_have_both():
    entries = {"pattern": ["hope", "hope", "tax"], "category": ["joy", "fear", "money"]}
    read = polarities(lexicon(entries), positive=["joy"], negative=["fear"])
    assert read == {"hope": Polarity(positive=True, negative=True, weight=None)}


def test_weights_are_read_on_the_scale_of_the_metadata():
    entries = {"pattern": ["joy", "table", "war", "blank"], "weight": ["8", "5", "1", ""]}
    read = polarities(lexicon(entries, minimum=1, midpoint=5, maximum=9))
    assert {k: (v.positive, v.negative, v.weight) for k, v in read.items()} == {
        "joy": (True, False, 0.75),
        "table": (False, False, 0.0),
        "war": (False, True, -1.0),
    }


@pytest.mark.parametrize(
    ("entries", "metadata", "message"),
    [
        ({"word": ["good"]}, {}, "lexicon mine has no column 'pattern'; it has: word"),
        ({"pattern": ["good"]}, {}, "has no column 'weight' or 'category'"),
        ({"pattern": ["good"], "category": ["joy"]}, {}, "has no category named positive .* it has: joy"),
        ({"pattern": ["good"], "weight": ["2"]}, {}, "no scale .* mine.toml"),
        ({"pattern": ["good"], "weight": ["2"]}, {"minimum": 0, "midpoint": 0, "maximum": 4}, "no scale"),
        (
            {"pattern": ["good"], "weight": ["9"]},
            {"minimum": -4, "midpoint": 0, "maximum": 4},
            "the weight 9, but its scale",
        ),
        ({"pattern": ["good"], "weight": ["x"]}, {"minimum": -4, "midpoint": 0, "maximum": 4}, "'x' in entry 1"),
        (
            {"pattern": ["a", "A"], "weight": ["1", "2"]},
            {"minimum": -4, "midpoint": 0, "maximum": 4},
            "two weights, 1 and 2",
        ),
        ({"pattern": ["a"], "weight": ["0"]}, {"minimum": -4, "midpoint": 0, "maximum": 4}, "nothing counts"),
    ],
)
def test_lexicons_that_say_no_polarity_are_refused(entries, metadata, message):
    with pytest.raises(InputError, match=message):
        polarities(lexicon(entries, **metadata))
