"""The codebook: every metric that can be coded has its words, with two examples of each kind."""

import re

import pytest

from framing.analysis import count_table, metric_table
from framing.errors import InputError
from framing.validity.codebook import codebook_parts, codebook_table, codebook_text
from framing.validity.units import numerator_of


def codable() -> list[str]:
    found = []
    for metric in map(str, metric_table().index):
        try:
            numerator_of(metric)
        except InputError:
            continue
        found.append(metric)
    return found


@pytest.mark.parametrize("metric", codable())
def test_every_metric_that_can_be_coded_is_explained(metric):
    parts = [part["part"] for part in codebook_parts(metric)]
    assert parts
    if metric.endswith(("_outlet", "_source")):
        assert parts[-1] == metric.rpartition("_")[2]


def test_every_condition_of_a_count_has_a_part():
    book = set(zip(codebook_table()["table"], codebook_table()["condition"], strict=True))
    for _, row in count_table().iterrows():
        for condition in filter(None, row["where"].split(";")):
            if row["table"] in ("attributions", "hedges") and not condition.startswith(("voice=", "field=")):
                assert (row["table"], condition) in book
    assert {("", "voice=outlet"), ("", "voice=source")} <= book


def test_every_part_has_two_examples_of_each_and_a_source():
    for row in codebook_table().to_dict("records"):
        cells = [row[name] for name in ("title", "definition", "counts", "counts_not", "source")]
        examples = [row[name] for name in ("yes_1", "yes_2", "no_1", "no_2")]
        assert all(cells + examples), row["part"]
        assert len(set(examples)) == 4
        assert all(re.search(r" → \S", text) for text in examples), row["part"]
        assert all("*" in text for text in examples[:2]), row["part"]  # what is counted is marked
        assert row["url"].startswith("https://") or row["source"].startswith("docs/")
        # What is counted in an example is as many places as are marked.
        for text in examples:
            shown, _, number = text.rpartition(" → ")
            if number.isdigit() and row["part"] != "tone" and row["table"]:
                assert text.count("*") == 2 * int(number) or int(number) == 0, shown


def test_parts_that_two_metrics_share_are_written_once():
    text = codebook_text(["hedges_epistemic_per_1000_words_outlet", "boosters_per_1000_words_outlet"])
    assert text.count("### Only the outlet's own words") == 1
    assert "What is said above holds here too: Only the outlet's own words." in text


def test_what_cant_be_coded_has_no_codebook():
    with pytest.raises(InputError, match="can't be coded sentence by sentence"):
        codebook_parts("sources_per_1000_words")
