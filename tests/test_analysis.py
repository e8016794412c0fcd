"""Analysis: parameters, metrics as data, input errors."""

import pandas as pd
import pytest

import framing
from framing.analysis import count_table, metric_table
from framing.errors import InputError
from framing.tables import ATTRIBUTIONS, HEDGES, SENTENCES, SENTIMENT


def test_tables_have_the_columns_of_the_design(example: pd.DataFrame) -> None:
    analysis = framing.analyze(example.head(1))
    schemas = {"sentences": SENTENCES, "attributions": ATTRIBUTIONS, "hedges": HEDGES, "sentiment": SENTIMENT}
    for name, schema in schemas.items():
        assert list(analysis.tables[name].columns) == list(schema)


def test_metric_names_tell_their_kind() -> None:
    table = metric_table()
    for metric, row in table.iterrows():
        name = str(metric).removesuffix("_outlet").removesuffix("_source") if metric != "share_words_source" else metric
        if row["per"] == 1000:
            assert name.endswith("_per_1000_words"), metric
        else:
            assert name.startswith(("share_", "sentiment")) or name.endswith("_balance"), metric
        assert row["numerator"] in count_table().index
        assert row["denominator"] in count_table().index
        assert row["label"]
        assert row["unit"]


def test_shares_lie_between_0_and_1(example: pd.DataFrame) -> None:
    articles = framing.analyze(example.head(10)).articles
    for metric in metric_table().index:
        values = articles[metric].dropna()
        if metric.startswith("share_"):
            assert values.between(0, 1).all(), metric
        if metric.startswith("sentiment") or "_balance" in metric:
            assert values.between(-1, 1).all(), metric


def test_certainty_is_boosters_against_hedges_each_expression_once() -> None:
    # clearly: +1; may, "is believed to" (two readings, once): -2; so (1 - 2) / 3
    text = "Clearly, it failed. It may rain. He is believed to own it."
    corpus = pd.DataFrame({"article_id": ["a"], "outlet": ["H"], "text": [text]})
    [row] = framing.analyze(corpus).articles.to_dict("records")
    assert (row["sum_certainty"], row["n_hedges_and_boosters"]) == (-1, 3)
    assert row["certainty_balance"] == pytest.approx(-1 / 3)


def test_input_errors_are_sentences(example: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="workers must be a whole number, 1 or more; found 0"):
        framing.analyze(example, workers=0)
    with pytest.raises(InputError, match="columns that analyze makes itself: n_words"):
        framing.analyze(example.head(1).assign(n_words=3))
    with pytest.raises(InputError, match="there is no lexicon 'nowhere'"):
        framing.analyze(example.head(1), hedge_lexicon="nowhere")
    with pytest.raises(InputError, match="no column 'text'"):
        framing.analyze(example.drop(columns="text"))


def test_own_columns_are_kept(example: pd.DataFrame) -> None:
    articles = framing.analyze(example.head(2).assign(section=["home", "world"])).articles
    assert articles["section"].tolist() == ["home", "world"]


def test_an_empty_title_is_no_field() -> None:
    corpus = pd.DataFrame({"article_id": ["a"], "outlet": ["H"], "text": ["He may go."], "title": [None]})
    assert set(framing.analyze(corpus).sentences["field"]) == {"text"}


def test_headlines_are_counted_apart() -> None:
    corpus = pd.DataFrame({"article_id": ["a"], "outlet": ["H"], "text": ["He left."], "title": ["Vess may resign"]})
    [row] = framing.analyze(corpus).articles.to_dict("records")
    assert (row["n_hedges"], row["n_hedges_title"], row["n_words"], row["n_words_title"]) == (0, 1, 2, 3)
