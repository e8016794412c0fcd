"""Metrics of a user's lexicons, tone by source, and the difference between voices."""

from pathlib import Path

import pandas as pd
import pytest

import framing
from framing.analysis import count_table, difference_table, name_lexicons, tone_by_source
from framing.analysis.metrics import add_up, evidence_rows, metric_row
from framing.errors import InputError
from framing.lexicons import Lexicon

TEXT = "“A bad, bad plan,” said Ann Lee of the good city. It rained."
CORPUS = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [TEXT], "title": ["Bad news"]})
SIDES = Lexicon("Sides", pd.DataFrame({"pattern": ["good", "bad"], "category": ["positive", "negative"]}), {}, "1")
SCALE = {"minimum": 1, "midpoint": 5, "maximum": 9}
WEIGHTS = Lexicon("weights", pd.DataFrame({"pattern": ["good", "bad"], "weight": ["8", "3"]}), SCALE, "2")


def test_metrics_of_any_lexicon_by_voice() -> None:
    [row] = framing.analyze(CORPUS, lexicons=[SIDES, WEIGHTS]).articles.to_dict("records")
    assert (row["n_words_outlet"], row["n_words_source"]) == (9, 4)
    assert (row["n_negative_sides_source"], row["n_positive_sides_outlet"], row["n_terms_sides"]) == (2, 1, 3)
    assert row["negative_sides_per_1000_words_source"] == pytest.approx(1000 * 2 / 4)
    assert row["share_words_sides"] == pytest.approx(3 / 13)
    # positive less negative, by all: one of each voice's three; weights (8 - 5) / 4 and (3 - 5) / 4
    assert row["sentiment_sides"] == pytest.approx((1 - 2) / 3)
    assert (row["sentiment_sides_outlet"], row["sentiment_sides_source"]) == (1, -1)
    assert row["sentiment_sides_difference"] == 2
    assert row["sentiment_weights"] == pytest.approx((0.75 - 2 * 0.5) / 3)
    assert row["sentiment_difference"] == pytest.approx(row["sentiment_outlet"] - row["sentiment_source"])


def test_each_count_of_a_lexicon_is_the_sum_of_rows_that_can_be_listed() -> None:
    analysis = framing.analyze(CORPUS, lexicons=[WEIGHTS])
    for count in count_table(["weights"]).index:
        listed = add_up(evidence_rows(analysis.tables, count), count)
        assert analysis.articles.loc[0, count] == listed.get("a", 0), count
    rows = framing.list_evidence(analysis, "sentiment_weights_source", corpus=CORPUS)
    assert rows[["voice", "terms", "sum_tone"]].to_numpy().tolist() == [["source", "bad -; bad -", -1.0]]
    both = framing.list_evidence(analysis, "sentiment_weights_difference")
    assert both["voice"].tolist() == ["source", "outlet"]


def test_nothing_matched_is_missing_and_no_lexicon_adds_nothing() -> None:
    corpus = CORPUS.assign(text="It rained.")
    [row] = framing.analyze(corpus, lexicons=[SIDES]).articles.to_dict("records")
    assert (row["n_terms_sides"], row["positive_sides_per_1000_words"]) == (0, 0)
    assert pd.isna(row["sentiment_sides"])
    analysis = framing.analyze(corpus)
    assert analysis.lexicon_counts.empty
    assert not [c for c in analysis.articles if "sides" in c]


def test_results_are_the_same_with_workers_and_after_saving(example: pd.DataFrame, tmp_path: Path) -> None:
    one, two = (framing.analyze(example.head(3), lexicons=["vader", SIDES], workers=n) for n in (1, 2))
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, two.tables[name])
    loaded = framing.Analysis.load(one.save(tmp_path))
    pd.testing.assert_frame_equal(loaded.lexicon_counts, one.lexicon_counts)
    assert loaded.provenance["parameters"]["lexicons"]["sides"]["sha256"] == "1"


def test_outlets_are_compared_by_any_lexicon(example: pd.DataFrame) -> None:
    articles = framing.analyze(example, lexicons=["vader"]).articles
    table = framing.compare_outlets(articles, ["sentiment_vader_outlet", "sentiment_difference"])
    methods = table.groupby("metric")["method"].first()
    assert "ratio of sums" in methods["sentiment_vader_outlet"]
    assert "ratio of sums" not in methods["sentiment_difference"]


def test_a_file_names_its_metrics_and_its_sides(tmp_path: Path) -> None:
    path = tmp_path / "My List.csv"
    path.write_text("pattern,category\ngood,joy\nbad,woe\n", encoding="utf8")
    path.with_suffix(".toml").write_text('positive = ["joy"]\nnegative = ["woe"]\n', encoding="utf8")
    [row] = framing.analyze(CORPUS, lexicons=[path]).articles.to_dict("records")
    assert row["sentiment_my_list"] == pytest.approx(-1 / 3)
    path.with_suffix(".toml").write_text('positive = "joy"\n', encoding="utf8")
    with pytest.raises(InputError, match="write the names of categories"):
        framing.analyze(CORPUS, lexicons=[path])


@pytest.mark.parametrize(
    ("lexicons", "message"),
    [
        ("vader", r"lexicons is a list, not one str"),
        (["vader", "vader"], "two lexicons have the name 'vader'"),
        (["lists/my_source.csv"], "can't be called 'my_source'"),
        (["lists/outlet.csv"], "there is a metric 'n_positive_outlet' already"),
        (["…….csv"], "can't be called ''"),
        (["nowhere"], "there is no lexicon 'nowhere'"),
    ],
)
def test_what_a_lexicon_cannot_be(lexicons: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        framing.analyze(CORPUS, lexicons=lexicons)


def test_names_lead_back_to_how_a_metric_is_made() -> None:
    assert name_lexicons(["lists/LSD 2015.lc3"]) == ["lsd_2015"]
    made = metric_row("positive_lsd_2015_per_1000_words_outlet")
    assert made is not None
    assert made["numerator"] == "n_positive_lsd_2015_outlet"
    for metric, row in difference_table(["lsd"]).iterrows():
        assert metric_row(str(metric)) == row.to_dict()
        for part in ("first", "second"):
            other = metric_row(row[part])
            assert other is not None
            assert "denominator" in other


def test_tone_by_source_is_the_mean_over_words() -> None:
    analysis = framing.analyze(CORPUS)
    tone = tone_by_source(analysis, by=["source_name"]).set_index("source_name")
    rows = analysis.sentiment.query("field == 'text'")
    source = rows[rows["voice"] == "source"]
    assert tone.loc["Ann Lee", "n_words"] == 4
    assert tone.loc["Ann Lee", "sentiment"] == pytest.approx(source["score"].iloc[0])
    assert tone["n_words"].sum() == rows["n_words"].sum()
    with pytest.raises(InputError, match="by has 'speaker', which no table has"):
        tone_by_source(analysis, by=["speaker"])
