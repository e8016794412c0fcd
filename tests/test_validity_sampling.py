"""Samples for coding: known probabilities, blind to outlet and machine, and every number the sum of its sentences."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing.errors import InputError
from framing.validity.sampling import allocated, by_roots, draw_units
from framing.validity.units import numerator_of, sentence_units

METRIC = "hedges_per_1000_words_outlet"
CODEABLE = [
    METRIC,
    "attributions_per_1000_words",
    "share_attributions_direct",
    "hedges_reportative_per_1000_words_source",
    "boosters_per_1000_words",
    "share_sentences_hedged",
    "sentiment_outlet",
    "sentiment",
    "negative_per_1000_words_source",
    "hedges_title_per_1000_words",
    "sentiment_title",
]


@pytest.fixture(scope="module")
def corpus():
    return framing.load_example()


@pytest.fixture(scope="module")
def analysis(corpus):
    return framing.analyze(corpus)


@pytest.mark.parametrize("metric", CODEABLE)
def test_sentences_add_up_to_the_article(analysis, metric):
    units = sentence_units(analysis, metric)
    totals = (units["machine"] * units["weight"]).groupby(units["article_id"]).sum()
    counted = analysis.articles.set_index("article_id")[numerator_of(metric)].astype(float).fillna(0)
    assert np.allclose(totals.reindex(counted.index).fillna(0), counted)


@pytest.mark.parametrize(
    "metric", ["sources_per_1000_words", "share_words_source", "hedges", "sentiment_difference", "certainty_balance"]
)
def test_what_cant_be_coded_by_sentence_is_said(analysis, metric):
    with pytest.raises(InputError, match=r"can't be coded sentence by sentence|there is no metric 'hedges'"):
        sentence_units(analysis, metric)


def test_probabilities_project_to_the_corpus(analysis):
    key = draw_units(analysis, [METRIC], n=200)
    n_sentences = (analysis.sentences["field"] == "text").sum()
    assert (1 / key["probability"]).sum() == pytest.approx(n_sentences)
    for _, rows in key.groupby("stratum"):
        assert (1 / rows["probability"]).sum() == pytest.approx(rows["n_stratum"].iloc[0])


def test_projections_are_right_on_average(analysis):
    units = sentence_units(analysis, METRIC)
    total = units["machine"].sum()
    estimates = []
    for seed in range(60):
        key = draw_units(analysis, [METRIC], n=150, seed=seed).merge(
            units[["article_id", "field", "sentence", "machine"]],
            on=["article_id", "field", "sentence"],
            suffixes=("_said", ""),
        )
        estimates.append((key["machine"] / key["probability"]).sum())
    assert np.mean(estimates) == pytest.approx(total, abs=4 * np.std(estimates) / np.sqrt(60))


def test_outlets_are_balanced_and_findings_are_not_rare(analysis):
    key = draw_units(analysis, [METRIC], n=200)
    assert key["outlet"].value_counts().tolist() == [40] * 5
    found = key["stratum"].str.contains("some")
    in_corpus = (sentence_units(analysis, METRIC)["machine"] != 0).mean()
    assert found.mean() > 1.5 * in_corpus
    assert draw_units(analysis, [METRIC], n=200, strata=())["stratum"].unique().tolist() == ["all"]


def test_the_sheet_is_blind(analysis, corpus):
    sample = framing.sample_for_coding(analysis, corpus, n=200)
    assert list(sample.sheet) == ["unit_id", "before", "sentence", "after", METRIC]
    assert (sample.sheet[METRIC] == "").all()
    joined = sample.sheet.merge(sample.key, on="unit_id", suffixes=("_text", ""))
    texts = joined["before"] + joined["sentence_text"] + joined["after"]
    assert [t for t, outlet in zip(texts, joined["outlet"], strict=True) if outlet in t] == []
    assert texts.str.contains("[outlet]", regex=False).any()
    machine = joined["stratum"].str.contains("some")
    assert machine.diff().ne(0).sum() > 40  # in random order, not findings first


def test_sentences_and_neighbours_are_those_of_the_text(analysis, corpus):
    sample = framing.sample_for_coding(analysis, corpus, n=50, seed=3)
    texts = corpus.set_index("article_id")["text"]
    rows = sample.sheet.merge(sample.key, on="unit_id", suffixes=("_text", ""))
    for row in rows.to_dict("records"):
        text = " ".join(texts[row["article_id"]].replace(row["outlet"], "[outlet]").split())
        assert " ".join(f"{row['before']} {row['sentence_text']} {row['after']}".split()) in text
    assert (rows["before"] == "").any()  # an article's first sentence


def test_the_same_seed_gives_the_same_sentences_whatever_the_order_of_rows(analysis, corpus):
    again = framing.analyze(corpus.sample(frac=1, random_state=2))
    first, second = (framing.sample_for_coding(a, corpus, n=60, seed=4) for a in (analysis, again))
    pd.testing.assert_frame_equal(first.sheet, second.sheet)
    pd.testing.assert_frame_equal(first.key, second.key)
    other = framing.sample_for_coding(analysis, corpus, n=60, seed=5)
    assert set(other.key["sentence"].astype(str) + other.key["article_id"]) != set(
        first.key["sentence"].astype(str) + first.key["article_id"]
    )


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.data())
def test_shares_add_up_and_fit(sizes, data):
    n = data.draw(st.integers(0, sum(sizes)))
    for share in (allocated, by_roots):
        given_ = share(sizes, n)
        assert sum(given_) == n
        assert all(0 <= take <= size for take, size in zip(given_, sizes, strict=True))


def test_codings_are_read_from_a_filled_sheet(analysis, corpus):
    sample = framing.sample_for_coding(analysis, corpus, n=10, metrics=[METRIC, "sentiment_outlet"])
    filled = sample.sheet.assign(
        **{METRIC: ["0", " 2 ", "", 1, 1.0, None, "3", "", "", ""], "sentiment_outlet": ["−1"] + [""] * 9}
    )
    codings = framing.codings_of(sample, filled, coder="Ada")
    assert codings["value"].tolist() == [0.0, 2.0, 1.0, 1.0, 3.0, -1.0]
    assert codings["metric"].tolist() == [METRIC] * 5 + ["sentiment_outlet"]
    assert set(codings["coder"]) == {"Ada"}


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (METRIC, "many", r"Ada coded 'many' for hedges.* in u1; allowed is a whole number"),
        (METRIC, "-1", "allowed is a whole number, 0 or above"),
        (METRIC, "1.5", "allowed is a whole number, 0 or above"),
        ("unit_id", "u99", "has the unit 'u99', which the sample hasn't got"),
        ("unit_id", "u2", "has the unit 'u2' twice"),
    ],
)
def test_mistakes_in_a_sheet_are_told(analysis, corpus, column, value, message):
    sample = framing.sample_for_coding(analysis, corpus, n=5)
    filled = sample.sheet.assign(**{METRIC: 0}).astype(object)
    filled.loc[0, column] = value
    with pytest.raises(InputError, match=message):
        framing.codings_of(sample, filled, coder="Ada")


def test_mistakes_of_a_call_are_told(analysis, corpus):
    with pytest.raises(InputError, match="strata may name: outlet, machine; found author"):
        framing.sample_for_coding(analysis, corpus, strata=["author"])
    with pytest.raises(InputError, match=r"fewer than n=50,000"):
        framing.sample_for_coding(analysis, corpus, n=50_000)
    with pytest.raises(InputError, match="metrics of headlines and of texts are coded apart"):
        framing.sample_for_coding(analysis, corpus, metrics=[METRIC, "hedges_title_per_1000_words"])
    with pytest.raises(InputError, match="not the one that was analysed"):
        framing.sample_for_coding(analysis, corpus.assign(text=corpus["text"] + " More."))
    with pytest.raises(InputError, match="whole number of sentences"):
        framing.sample_for_coding(analysis, corpus, n=0)
