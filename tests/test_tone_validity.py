"""Ablation of the tone of news, and the differences to vaderSentiment: invented sentences, known results."""

import json

import numpy as np
import pytest

from framing.errors import InputError
from framing.language import parse_text
from framing.measures.tone_model import load_tone_model
from framing.validity.estimate_tone import Labelled, text_score
from framing.validity.tone_ablation import ablation, read_ratings, read_targets, without
from framing.validity.vader_differences import UNKNOWN, read_sentences, vader_differences

GOOD, BAD = "The honest plan is a fine one.", "The reckless plan is a terrible one."


def labelled(n):
    texts = [GOOD, BAD] * n
    return Labelled(
        [parse_text(text) for text in texts], np.array([1.0, -1.0] * n), [f"a{i // 2}" for i in range(2 * n)]
    )


def test_every_part_that_is_taken_away_changes_a_score():
    parts = without(load_tone_model())
    texts = {
        "without rated words beyond VADER's": "The untenable plan failed.",
        "without phrases": "They turned a blind eye.",
        "without the topic list": "The attacker was seen.",
        "without neutral words and groups": "The novel solution is popular.",
        "without silent names": "The Freedom Party met.",
        "without any negation": "The plan is not good.",
        "negation in three words before, not the parse": "He did not offer any of the children good food.",
        "without reversing verbs": "The law will curb corruption.",
        "without contrast": "The plan is good but late.",
        "without conditions": "We go if the plan is good.",
        "without boosters": "The plan is very good.",
        "without normalising by length": "A good plan.",
        "without learnt weights": "The plan is good.",
    }
    assert {"all parts", *texts} == set(parts)
    for part, text in texts.items():
        parse = parse_text(text)
        assert text_score(parse, parts[part]) != text_score(parse, parts["all parts"]), part


def test_the_table_has_vader_and_a_row_a_part():
    table = ablation(labelled(6), labelled(2), labelled(3)).set_index("part")
    assert list(table.columns) == ["train", "targets", "ratings", "ratings_by_article"]
    assert table.index[0] == "VADER"
    assert len(table) == 1 + len(without(load_tone_model()))
    assert table.loc["all parts", ["train", "targets", "ratings"]].min() > 0.9


def test_files_are_read_as_they_are_published(tmp_path):
    for name in ("newsmtsc-rw-hf", "newsmtsc-mt-hf"):
        (tmp_path / name).mkdir()
        rows = [
            {"sentence": GOOD, "polarity": 1},
            {"sentence": GOOD, "polarity": 0},
            {"sentence": name, "polarity": -1},
        ]
        (tmp_path / name / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    targets = read_targets(tmp_path)
    assert [parse.text for parse in targets.parses] == [GOOD, "newsmtsc-rw-hf", "newsmtsc-mt-hf"]
    assert targets.labels.tolist() == [0.5, -1, -1]
    path = tmp_path / "ratings.txt"
    path.write_text(f"7_1\t1.5\t{GOOD}\n7_2\t-2\t{BAD}\n", encoding="utf8")
    ratings = read_ratings(path)
    assert (ratings.labels.tolist(), ratings.articles) == ([1.5, -2], ["7", "7"])
    with pytest.raises(InputError, match="there is no file"):
        read_ratings(tmp_path / "none.txt")
    with pytest.raises(InputError, match="lacks nyt_editorials"):
        read_sentences(tmp_path)


def test_differences_to_the_package_have_a_proven_reason():
    table = vader_differences({"made up": ["The best plan but alive.", GOOD, BAD]})
    assert table[["corpus", "number"]].to_numpy().tolist() == [["made up", 0]]
    assert table.loc[0, "reason"] != UNKNOWN
