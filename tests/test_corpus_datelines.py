"""Datelines: found where agencies print them, kept in the text, and not made of labels."""

import csv
import importlib.resources
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import read_corpus
from framing.corpus.datelines import find_dateline
from framing.lexicons.loading import load_lexicon

PATH = Path(str(importlib.resources.files("framing.corpus").joinpath("datelines_en.csv")))
ROWS = list(csv.DictReader(PATH.read_text(encoding="utf-8").splitlines()))
SENTENCE = "The old bridge was closed on Monday."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_each_pattern_finds_its_own_example(row: dict[str, str]) -> None:
    assert find_dateline(row["example"] + SENTENCE) == row["dateline"]


def test_the_list_is_the_one_described() -> None:
    lexicon = load_lexicon(PATH)
    assert lexicon.metadata["sha256"] == lexicon.sha256
    assert lexicon.metadata["n_entries"] == len(ROWS)


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("WASHINGTON — ", "WASHINGTON"),
        ("DES MOINES - ", "DES MOINES"),
        ("MANCHESTER, N.H. -- ", "MANCHESTER, N.H."),
        ("EL PASO, Texas (AP) — ", "EL PASO, Texas (AP)"),
        ("SACRAMENTO, Calif./PRINCETON, N.J. (Reuters) - ", "SACRAMENTO, Calif./PRINCETON, N.J. (Reuters)"),
        ("PURCHASE, N.Y., April 1 (UPI) — ", "PURCHASE, N.Y., April 1 (UPI)"),
        ("BOSTON—", "BOSTON"),
        ("(CNN) ", "(CNN)"),
        ("New York (CNN Business) ", "New York (CNN Business)"),
        ("Aug 27 (Reuters) - ", "Aug 27 (Reuters)"),
    ],
)
def test_datelines_are_found_in_the_first_paragraphs(opening: str, dateline: str) -> None:
    assert find_dateline(f"{opening}{SENTENCE}") == dateline
    assert find_dateline(f"Bridge closed\n\nBy Ann Lee\n\n{opening}{SENTENCE}") == dateline
    assert find_dateline("\n\n".join([SENTENCE] * 5) + f"\n\n{opening}{SENTENCE}") is None


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "FILE - In this photo of May the old bridge is seen from the north.",
        "FILE PHOTO - The old bridge is seen from the north.",
        "BREAKING — The old bridge was closed on Monday.",
        "THE END — of it.",
        "Rep. Ann Lee (R-Minn.) showed her support for the old bridge on Monday.",
        "Ann Lee (D) and John Park (R) have agreed to close the old bridge.",
        "NATO — the alliance of the north — has agreed to close the old bridge.",
        "",
    ],
)
def test_labels_and_sentences_are_no_datelines(text: str) -> None:
    assert find_dateline(text) is None


def test_the_text_keeps_its_dateline(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    texts = [f"WASHINGTON (AP) — {SENTENCE}", SENTENCE]
    path.write_text("\n".join(json.dumps({"outlet": "H", "text": text}) for text in texts), encoding="utf-8")
    corpus = read_corpus(path, quiet=True)
    assert corpus["text"].tolist() == texts
    assert corpus["dateline"].fillna("none").tolist() == ["WASHINGTON (AP)", "none"]


@given(st.text(), st.text())
def test_a_dateline_is_cut_out_of_the_text(before: str, after: str) -> None:
    found = find_dateline(f"{before}WASHINGTON (AP) — {after}")
    assert found is None or found in f"{before}WASHINGTON (AP) — {after}"
