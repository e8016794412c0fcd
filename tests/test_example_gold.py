"""The bundled example corpus: 50 invented articles, and hand-made gold for 15 of them."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
COLUMNS = ["article_id", "outlet", "title", "text", "date", "author", "event", "url"]
CATEGORIES = {
    "epistemic",
    "doxastic",
    "condition",
    "investigation",
    "reportative",
    "approximator",
    "vague_source",
    "booster",
}
SOURCE_TYPES = {
    "named_person",
    "named_organization",
    "document",
    "anonymous",
    "unnamed_person",
    "unnamed_group",
    "none",
}
QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)
REAL_NAMES = (
    "Reuters|Associated Press|AP|AFP|Agence France|BBC|CNN|Bloomberg|New York Times|Washington Post|Guardian|"
    "Telegraph|Le Monde|Spiegel|Al Jazeera|Fox News|Sky News|Financial Times|Daily Mail|Xinhua|TASS|dpa|ANSA|"
    "NPR|NATO|EU|European Union|UN|United Nations|WHO|Twitter|Facebook|Google|Europe|America|London|Brussels|"
    "Washington|Paris|Berlin|Moscow|Beijing"
)


def read_articles():
    with (EXAMPLE / "articles.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_gold(name):
    lines = (EXAMPLE / f"gold_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ARTICLES = read_articles()
TEXTS = {row["article_id"]: row["text"] for row in ARTICLES}
ATTRIBUTIONS = read_gold("attributions")
HEDGES = read_gold("hedges")


def surface(row, span):
    return TEXTS[row["article_id"]][span[0] : span[1]]


def spans_of(row):
    return [span for span in (row["source"], row["cue"], *row["content"]) if span is not None]


def word_similarity(one, other):
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


# articles


def test_columns_are_those_of_a_corpus():
    assert list(ARTICLES[0]) == COLUMNS


def test_ten_events_are_told_by_five_outlets_once_each():
    pairs = Counter((row["event"], row["outlet"]) for row in ARTICLES)
    assert len(ARTICLES) == 50
    assert len({event for event, _ in pairs}) == 10
    assert len({outlet for _, outlet in pairs}) == 5
    assert set(pairs.values()) == {1}


@pytest.mark.parametrize("column", ["article_id", "url", "title", "text"])
def test_values_do_not_repeat(column):
    values = [row[column] for row in ARTICLES]
    assert len(set(values)) == len(values)


def test_only_the_author_may_be_missing():
    for row in ARTICLES:
        assert all(row[column] for column in COLUMNS if column != "author"), row["article_id"]
    assert any(row["author"] == "" for row in ARTICLES)


def test_articles_have_250_to_500_words_in_paragraphs():
    for row in ARTICLES:
        assert 250 <= len(row["text"].split()) <= 500, row["article_id"]
        paragraphs = row["text"].split("\n\n")
        assert len(paragraphs) >= 5, row["article_id"]
        assert all(paragraph.strip() == paragraph and "\n" not in paragraph for paragraph in paragraphs)


def test_articles_of_an_event_are_at_most_two_days_apart():
    days = defaultdict(list)
    for row in ARTICLES:
        days[row["event"]].append(date.fromisoformat(row["date"]))
    assert all((max(of_event) - min(of_event)).days <= 2 for of_event in days.values())


def test_addresses_are_reserved_for_examples():
    assert all(row["url"].startswith("https://example.org/") for row in ARTICLES)


def test_no_real_outlet_agency_or_place_is_named():
    real = re.compile(rf"\b(?:{REAL_NAMES})\b")
    for row in ARTICLES:
        found = real.search(" ".join((row["outlet"], row["title"], row["text"], row["author"])))
        assert found is None, (row["article_id"], found)


def test_wire_copy_is_printed_nearly_unchanged_in_some_events():
    wire = {row["event"]: row["text"] for row in ARTICLES if row["outlet"] == "Sextant News Agency"}
    others = [row for row in ARTICLES if row["outlet"] != "Sextant News Agency"]
    ratios = {row["article_id"]: word_similarity(wire[row["event"]], row["text"]) for row in others}
    copies = {article for article, ratio in ratios.items() if ratio > 0.8}
    assert copies == {"e04-radio", "e06-ledger", "e07-standard", "e07-klaxon", "e10-klaxon"}
    assert all(ratio < 0.4 for article, ratio in ratios.items() if article not in copies)
    assert all(TEXTS[article] != wire[row["event"]] for row in others if (article := row["article_id"]) in copies)


def test_no_word_gives_an_outlet_away():
    # A comparison would be trivial if one word, the outlet's own name aside, stood in most articles of one outlet
    # and in none of the others.
    own_names = set(re.findall(r"\w+", " ".join({row["outlet"] for row in ARTICLES}).lower()))
    outlets = defaultdict(Counter)
    for row in ARTICLES:
        for word in set(re.findall(r"[^\W\d_]+", row["text"].lower())) - own_names:
            outlets[word][row["outlet"]] += 1
    giveaways = {word for word, counts in outlets.items() if len(counts) == 1 and max(counts.values()) > 6}
    assert giveaways == set()


def test_outlets_do_not_differ_in_length_alone():
    words = defaultdict(int)
    for row in ARTICLES:
        words[row["outlet"]] += len(row["text"].split())
    assert max(words.values()) < 1.35 * min(words.values())


def test_one_outlet_uses_straight_quotation_marks():
    straight = {row["outlet"] for row in ARTICLES if '"' in row["text"]}
    curly = {row["outlet"] for row in ARTICLES if "“" in row["text"]}
    assert straight == {"The Daily Klaxon"}
    assert len(curly) == 5, "wire copy keeps the agency's marks in all outlets"


# gold


def test_gold_covers_at_least_twelve_articles_and_all_outlets():
    for gold in (ATTRIBUTIONS, HEDGES):
        coded = {row["article_id"] for row in gold}
        assert len(coded) >= 12
        assert {row["outlet"] for row in ARTICLES if row["article_id"] in coded} == {row["outlet"] for row in ARTICLES}
    assert {row["article_id"] for row in HEDGES} == {row["article_id"] for row in ATTRIBUTIONS}


def test_gold_is_about_the_text():
    assert {row["field"] for row in ATTRIBUTIONS + HEDGES} == {"text"}


def test_spans_lie_in_the_text_without_blanks_at_their_edges():
    cut = [(row, span) for row in ATTRIBUTIONS for span in spans_of(row)]
    cut += [(row, (row["start"], row["end"])) for row in HEDGES]
    for row, (start, end) in cut:
        assert 0 <= start < end <= len(TEXTS[row["article_id"]])
        assert surface(row, (start, end)) == surface(row, (start, end)).strip() != ""


def test_spans_do_not_cut_words():
    cut = [(row, span) for row in ATTRIBUTIONS for span in spans_of(row)]
    cut += [(row, (row["start"], row["end"])) for row in HEDGES]
    for row, (start, end) in cut:
        text = f" {TEXTS[row['article_id']]} "
        assert not (text[start].isalnum() and text[start + 1].isalnum()), surface(row, (start, end))
        assert not (text[end].isalnum() and text[end + 1].isalnum()), surface(row, (start, end))


def test_gold_is_in_the_order_of_articles_and_offsets():
    place = {article: number for number, article in enumerate(TEXTS)}
    first = [(place[row["article_id"]], min(span[0] for span in spans_of(row))) for row in ATTRIBUTIONS]
    assert first == sorted(first)
    hedges = [(place[row["article_id"]], row["start"], row["end"]) for row in HEDGES]
    assert hedges == sorted(hedges)
    # Two readings of one expression differ in category.
    assert len({(place[r["article_id"]], r["start"], r["end"], r["category"]) for r in HEDGES}) == len(hedges)


def test_parts_of_an_attribution_do_not_overlap():
    for row in ATTRIBUTIONS:
        assert row["content"] == sorted(row["content"])
        spans = sorted(spans_of(row))
        assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_attributions_share_nothing_but_a_source():
    taken = defaultdict(set)
    for row in ATTRIBUTIONS:
        for start, end in [*row["content"], *([row["cue"]] if row["cue"] else [])]:
            letters = set(range(start, end))
            assert not letters & taken[row["article_id"]], surface(row, (start, end))
            taken[row["article_id"]] |= letters


def test_categories_and_types_are_the_allowed_ones_and_all_occur():
    assert {row["category"] for row in HEDGES} == CATEGORIES
    assert {row["source_type"] for row in ATTRIBUTIONS} == SOURCE_TYPES
    assert {row["type"] for row in ATTRIBUTIONS} == {"direct", "mixed", "indirect"}


def test_source_type_is_none_exactly_without_a_source():
    assert all((row["source"] is None) == (row["source_type"] == "none") for row in ATTRIBUTIONS)


def test_type_agrees_with_quotation_marks():
    for row in ATTRIBUTIONS:
        # A quotation that goes on in the next paragraph has no closing mark: it runs to the paragraph's end.
        inside = {i for m in QUOTED.finditer(TEXTS[row["article_id"]]) for i in range(*m.span())}
        letters = [i for span in row["content"] for i in range(*span) if TEXTS[row["article_id"]][i].isalnum()]
        quoted = sum(i in inside for i in letters)
        expected = "direct" if quoted == len(letters) else "mixed" if quoted else "indirect"
        assert row["type"] == expected, [surface(row, span) for span in row["content"]]


def test_final_period_is_not_part_of_indirect_content():
    ends = [surface(row, row["content"][-1]) for row in ATTRIBUTIONS if row["type"] == "indirect"]
    assert {end.split()[-1] for end in ends if end.endswith(".")} <= {"a.m."}


def test_two_hedges_overlap_only_where_a_doxastic_verb_makes_hearsay():
    # "is believed to": the doxastic "believed" inside the reportative "is believed to"
    for one, other in combinations(HEDGES, 2):
        same_article = one["article_id"] == other["article_id"]
        if same_article and one["start"] < other["end"] and other["start"] < one["end"]:
            assert {one["category"], other["category"]} == {"reportative", "doxastic"}


def test_readme_gives_the_counts_of_the_gold():
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    counts = Counter(row["category"] for row in HEDGES)
    counts.update(row["type"] for row in ATTRIBUTIONS)
    counts.update(row["source_type"] for row in ATTRIBUTIONS)
    assert f"{len(ATTRIBUTIONS)} attributions" in readme
    assert f"{len(HEDGES)} hedges" in readme
    for name, number in counts.items():
        assert f"{name} {number}" in readme, name
