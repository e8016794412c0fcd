"""Tone by sentence and voice: visible text, expected rows, and what holds for any text."""

import dataclasses
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import InputError
from framing.language import parse_text
from framing.lexicons import load_lexicon
from framing.measures.news_tone import tone_score
from framing.measures.sentiment import tones_in
from framing.measures.spans import Attribution
from framing.measures.vader import vader_score
from framing.measures.voice import Voices
from framing.validity.estimate_tone import Labelled, cross_validated, estimate_tone, read_labels


def content(*spans):
    """An attribution of which only the content matters here."""
    rest = {field.name: None for field in dataclasses.fields(Attribution)}
    return Attribution(**rest | {"content": spans})


def tones(text, *contents):
    return tones_in(parse_text(text), Voices([content(*spans) for spans in contents]))


def weights(text):
    """Terms of all rows with their weights."""
    terms = [term for tone in tones(text) if tone.terms for term in tone.terms.split("; ")]
    return {term.rsplit(" ", 1)[0]: float(term.rsplit(" ", 1)[1]) for term in terms}


def test_each_voice_of_a_sentence_has_its_own_row():
    text = "“This is a terrible plan,” she said of the wonderful city."
    source, outlet = tones(text, [(0, 26)])
    assert (source.attribution, text[slice(*source.span)], source.n_words) == (0, "This is a terrible plan", 5)
    assert (outlet.attribution, text[slice(*outlet.span)], outlet.n_words) == (
        None,
        "she said of the wonderful city",
        6,
    )
    assert source.score < 0 < outlet.score
    assert source.score_vader < 0 < outlet.score_vader
    assert (source.n_positive, source.n_negative) == (0, 1)
    assert (outlet.n_positive, outlet.n_negative) == (1, 0)


def test_parts_of_a_voice_are_one_row_and_rows_are_in_text_order():
    text = "“We lost,” he said, “but it was a great game,” and she agreed that they had failed."
    rows = tones(text, [(0, 10), (20, 46)], [(text.index("that they"), len(text) - 1)])
    assert [(row.attribution, text[slice(*row.span)]) for row in rows] == [
        (0, "We lost,” he said, “but it was a great game"),
        (None, "he said, “but it was a great game,” and she agreed"),
        (1, "that they had failed"),
    ]
    assert [row.n_words for row in rows] == [8, 5, 4]


def test_score_is_the_normalised_sum_of_its_terms():
    (tone,) = tones("The reckless and disastrous plan hurt brave people.")
    total = sum(float(term.rsplit(" ", 1)[1]) for term in tone.terms.split("; "))
    assert tone.n_words == 8
    assert tone.score == pytest.approx(total / (total**2 + 5 + 0.4 * 8) ** 0.5, abs=0.005)
    assert (tone.n_positive, tone.n_negative) == (1, 3)


def test_nothing_matched_is_zero_with_no_terms():
    (tone,) = tones("The committee met on Tuesday.")
    assert (tone.score, tone.score_vader, tone.terms, tone.n_positive, tone.n_negative) == (0.0, 0.0, None, 0, 0)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The plan is not good.", "not good"),
        ("The plan isn’t good.", "not good"),
        ("She did not offer them a good plan.", "not good"),
        ("They came without a good plan.", "without good"),
        ("It was never a good plan.", "never good"),
    ],
)
def test_a_negated_word_counts_by_its_turned_sign(text, term):
    (tone,) = tones(text)
    assert weights(text)[term] < 0
    assert (tone.n_positive, tone.n_negative) == (0, 1)


def test_negation_stays_in_its_clause():
    assert weights("He did not come because the plan was good.")["good"] > 0
    assert weights("He has not abandoned his good plan.")["good"] > 0
    assert weights("It was not only good.")["good"] > 0


def test_boosters_and_but():
    good = weights("The plan is good.")["good"]
    assert weights("The plan is very good.")["good"] == pytest.approx(good * (1 + 0.5 * 0.293), abs=0.01)
    both = weights("The plan is good, but the law is terrible.")
    assert both["good"] == pytest.approx(good * 0.7, abs=0.01)
    assert both["terrible"] == pytest.approx(weights("The law is terrible.")["terrible"] * 1.2, abs=0.01)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("They fell short.", ["fell short"]),
        ("Her plan makes sense.", ["makes sense"]),
        ("Her plan makes no sense.", []),  # the phrase is another one; "sense" alone carries nothing
        ("They did not turn a blind eye.", ["not turn a blind eye"]),
    ],
)
def test_a_phrase_counts_once_and_its_words_do_not(text, terms):
    assert list(weights(text)) == terms


def test_phrases_are_judged_as_a_whole():
    assert weights("They turned a blind eye.")["turned a blind eye"] < 0
    assert weights("They did not turn a blind eye.")["not turn a blind eye"] > 0
    assert weights("Her plan makes sense.")["makes sense"] > 0


def test_names_of_things_are_silent_whatever_their_words_say():
    assert weights("The super PAC wants a ban on assault weapons.").keys() == {"ban"}
    assert weights("A law firm argued with the task force.") == {}


def test_what_is_prevented_counts_as_negated_when_it_is_bad():
    assert weights("The law will curb corruption.")["curb corruption"] > 0
    assert weights("The law did not curb corruption.")["corruption"] < 0
    assert weights("The law will bring corruption.")["corruption"] < 0
    assert weights("The law will curb generosity.")["generosity"] > 0  # less of a good thing is not turned


def test_a_condition_halves():
    whole = weights("The plan is reckless.")["reckless"]
    assert weights("They will vote no if the plan is reckless.")["reckless"] == pytest.approx(whole / 2, abs=0.01)
    assert weights("If they vote, the plan is reckless.")["reckless"] == pytest.approx(whole, abs=0.01)


def test_a_word_is_rated_in_its_word_class():
    assert weights("She will abide.").keys() == {"abide"}
    assert weights("The sound of the bell was heard.") == {}


def test_more_words_weaken_the_same_sum():
    long, short = (
        tones("The reckless plan of the two towns by the river went to the council."),
        tones("A reckless plan."),
    )
    assert long[0].score == pytest.approx(short[0].score * 0.8, abs=0.15)
    assert short[0].score < long[0].score < 0


def test_names_groups_and_grammar_carry_no_tone():
    assert weights("The United States Treasury moved like the Freedom Party.") == {}
    assert weights("Muslim immigrants and black women spoke to conservative voters as well.") == {}
    assert weights("According to her, there was a kind of list.") == {}


def test_events_weigh_less_than_judgements():
    assert abs(weights("The war began.").get("war", 0.0)) < abs(weights("The plan was terrible.")["terrible"])


def test_text_without_words_has_no_rows():
    assert tones("") == tones("*** — !!!") == []


def test_emphasis_belongs_to_the_voice_that_exclaims():
    text = '"Good!" she said of the good plan.'
    source, outlet = tones(text, [(0, 7)])
    assert source.score_vader == vader_score("Good!")
    assert outlet.score_vader == vader_score("she said of the good plan.")


@pytest.mark.parametrize("name", ["news_tone_en", "news_words_en", "vader_rules_en"])
def test_tables_are_sorted_described_and_within_their_scale(name):
    lexicon = load_lexicon(name)
    rows = lexicon.entries
    keys = [column for column in ("pattern", "match", "pos", "category") if column in rows]
    assert not rows.duplicated(keys).any()
    assert rows["pattern"].str.strip().eq(rows["pattern"]).all()
    assert rows["pattern"].ne("").all()
    assert int(lexicon.metadata["n_entries"]) == len(rows)
    assert rows["pattern"].tolist() == sorted(rows["pattern"])
    assert rows.loc[rows["weight"] != "", "weight"].astype(float).abs().max() <= 4


PLAIN = ["the", "plan", "was", "not", "good", "bad", "terrible", "but", "very", "great", "war", "she", "said", "never"]
WORDS = st.sampled_from([*PLAIN, "without", "don’t", "n't", ",", ".", "!", "?", "“", "”", "—", "😂", ":)", "İs", "\n"])


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join)), st.data())
def test_every_word_is_in_one_row_and_spans_cut_text(text, data):
    offset = st.integers(0, len(text))
    contents = [sorted(data.draw(st.tuples(offset, offset))) for _ in range(data.draw(st.integers(0, 3)))]
    parse = parse_text(text)
    rows = tones_in(parse, Voices([content(tuple(span)) for span in contents]))
    assert sum(row.n_words for row in rows) == sum(map(parse.is_word, range(len(parse))))
    assert len({(row.sentence, row.attribution) for row in rows}) == len(rows)
    assert [(row.sentence, row.span[0]) for row in rows] == sorted((row.sentence, row.span[0]) for row in rows)
    for row in rows:
        begin, end = parse.sentence_span(row.sentence)
        assert begin <= row.span[0] < row.span[1] <= end
        assert -1 <= row.score <= 1
        assert -1 <= row.score_vader <= 1
        assert row.n_positive + row.n_negative <= row.n_words


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_vader_of_a_sentence_in_one_voice_is_vaders(text):
    parse = parse_text(text)
    for row in tones_in(parse, Voices([])):
        begin, end = parse.sentence_span(row.sentence)
        assert row.score_vader == vader_score(text[begin:end])


@settings(max_examples=100, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_score_rises_with_the_sum_and_keeps_its_sign(one, other):
    assert tone_score(min(one, other), 20) <= tone_score(max(one, other), 20)
    assert tone_score(-one, 20) == -tone_score(one, 20)


def test_estimation_learns_words_but_no_groups_nouns_or_empty_words():
    sentences = {"The wooden plan went to the Muslim senator.": -1.0, "The tall plan went to the old bank.": 1.0}
    parses = [parse_text(text) for text in sentences for _ in range(20)]
    labels = np.array([label for label in sentences.values() for _ in range(20)])
    table = estimate_tone(parses, labels).set_index("pattern")
    assert table.loc["wooden", "weight"] < -0.5
    assert table.loc["tall", "weight"] > 0.5
    assert list(table.loc["wooden", ["n_seen", "n_positive", "n_negative"]]) == [20, 0, 20]
    assert not {"muslim", "old", "senator", "bank", "plan", "go"} & set(table.index)


def test_labels_are_means_over_targets(tmp_path):
    path = tmp_path / "train.jsonl"
    row = {"primary_gid": "c_1_2_3_A_0_1", "sentence_normalized": "A met B."}
    path.write_text(json.dumps(row | {"targets": [{"polarity": 6.0}, {"polarity": 4.0}]}) + "\n")
    texts = read_labels(path)
    assert ([parse.text for parse in texts.parses], texts.labels.tolist()) == (["A met B."], [0.5])
    assert texts.articles == ["c_1_2"]
    with pytest.raises(InputError, match="there is no file"):
        read_labels(tmp_path / "none.jsonl")


def test_cross_validation_scores_by_weights_of_other_articles():
    texts = ["The wooden plan went out.", "The tall plan went out."] * 30
    articles = [f"a{number // 2}" for number in range(60)]
    labels = np.array([-1.0, 1.0] * 30)
    known = cross_validated(Labelled([parse_text(text) for text in texts], labels, articles))
    assert (known[::2] < 0).all()
    assert (known[1::2] > 0).all()
    alone = ["wooden" if number < 2 else "tall" for number in range(12)]
    parses = [parse_text(f"The {word} plan went out.") for word in alone]
    labels = np.array([-1.0] * 2 + [1.0] * 10)
    held_out = cross_validated(Labelled(parses, labels, ["first"] * 2 + [f"b{number}" for number in range(10)]))
    assert held_out[:2].tolist() == [0, 0]  # "wooden" stands in one article only: nothing is known of it


def test_agrees_with_twenty_raters_of_editorials():
    if not (folder := os.environ.get("FRAMING_DATA")):
        pytest.skip("FRAMING_DATA names no folder with the development corpora")
    path = Path(folder) / "nyt_editorials/nytEditorialSnippets_GroundTruth.txt"
    lines = [line.split("\t", 2) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    predicted = []
    for _, _, text in lines:
        rows = tones(text)
        n_words = sum(row.n_words for row in rows)
        predicted.append(sum(row.score * row.n_words for row in rows) / n_words if n_words else 0.0)
    assert np.corrcoef(predicted, [float(rating) for _, rating, _ in lines])[0, 1] >= 0.56
