"""A difference split into its parts: they add up to it exactly, whatever it is split by."""

import numpy as np
import pandas as pd
import pytest

from framing.analysis import Analysis, analyze
from framing.analysis.metrics import add_up, count_table, evidence_rows, metric_table, row_weights
from framing.comparison import compare_outlets, explain_difference
from framing.comparison.contrasts import without_joint
from framing.corpus import load_example
from framing.errors import InputError, TooFewError

BY = {"attributions": "cue_lemma", "hedges": "lemma", "sentiment": "sentence", "sentences": "sentence"}


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(load_example(), progress=False)


@pytest.mark.parametrize("contrast", ["pairwise", "rest"])
def test_parts_add_up_to_the_difference_for_every_metric(analysis: Analysis, contrast: str) -> None:
    metrics = [str(name) for name in metric_table().index if analysis.articles[name].notna().any()]
    assert len(metrics) > 50
    compared = without_joint(compare_outlets(analysis.articles, metrics, contrast=contrast, n_resamples=999))
    for row in compared.groupby("metric", sort=False).head(2).to_dict("records"):
        table = str(count_table().loc[metric_table().loc[row["metric"], "numerator"], "table"])
        for by in ("event", "article_id", BY[table]):
            parts = explain_difference(analysis, row["metric"], row["outlet"], row["versus"], by=by)
            assert parts["contribution"].sum() == pytest.approx(row["difference"], abs=1e-9), (row["metric"], by)
            assert parts["value"].sum() == pytest.approx(row["mean"], abs=1e-9)
            assert parts["value_versus"].sum() == pytest.approx(row["mean_versus"], abs=1e-9)


@pytest.mark.parametrize("count", [str(name) for name in count_table().index])
def test_what_rows_add_is_the_count(analysis: Analysis, count: str) -> None:
    rows = evidence_rows(analysis.tables, count)
    sums = row_weights(rows, count).groupby(rows["article_id"]).sum()
    expected = add_up(rows, count)
    assert np.allclose(sums.reindex(expected.index).to_numpy(float), expected.to_numpy(float), atol=1e-9)


def tiny(*texts: tuple[str, str, str]) -> Analysis:
    rows = [
        {"article_id": f"a{n}", "outlet": outlet, "event": event, "text": text}
        for n, (outlet, event, text) in enumerate(texts)
    ]
    return analyze(pd.DataFrame(rows), progress=False)


def test_parts_by_hand() -> None:
    told = [
        (o, f"e{n}", "It may rain." if o == "Courier" else "It rained here.")
        for n in range(2)
        for o in ("Courier", "Herald")
    ]
    parts = explain_difference(tiny(*told), "hedges_per_1000_words", "Courier", "Herald", by="lemma")
    assert parts.loc[0, ["part", "n", "n_versus", "n_events"]].tolist() == ["may", 2, 0, 2]
    assert parts.loc[0, "contribution"] == pytest.approx(1000 / 3)
    assert parts.loc[0, "share"] == pytest.approx(1)


def test_events_that_one_side_does_not_tell_are_no_part() -> None:
    told = [("Courier", "e", "It may rain."), ("Herald", "e", "It rained."), ("Courier", "f", "It may snow.")]
    parts = explain_difference(tiny(*told), "hedges_per_1000_words", "Courier", "Herald")
    assert parts["part"].tolist() == ["e"]


def test_what_is_wrong_is_said(analysis: Analysis) -> None:
    outlets = sorted(set(analysis.articles["outlet"]))
    one, other = outlets[:2]
    ask = "hedges_per_1000_words"
    with pytest.raises(InputError, match="'n_hedges' is none of this analysis"):
        explain_difference(analysis, "n_hedges", one, other)
    with pytest.raises(InputError, match="explain each of its two sides"):
        explain_difference(analysis, "sentiment_difference", one, other)
    with pytest.raises(InputError, match="no outlet 'Post'"):
        explain_difference(analysis, ask, "Post", other)
    for versus in (one, "pairwise", "Post"):
        with pytest.raises(InputError, match="versus must be 'rest' or another outlet"):
            explain_difference(analysis, ask, one, versus)
    with pytest.raises(InputError, match="by must be one of event, article_id"):
        explain_difference(analysis, ask, one, other, by="colour")
    with pytest.raises(InputError, match="no column 'story'"):
        explain_difference(analysis, ask, one, other, event="story")


def test_without_common_events_there_is_nothing_to_explain() -> None:
    with pytest.raises(TooFewError, match="no event is told by both Courier and Herald"):
        explain_difference(
            tiny(("Courier", "e", "It may rain."), ("Herald", "f", "It rained.")),
            "hedges_per_1000_words",
            "Courier",
            "Herald",
        )


def test_words_in_sources_voice_by_whose_they_are(analysis: Analysis) -> None:
    outlet, versus = sorted(analysis.articles["outlet"].unique())[:2]
    row = compare_outlets(analysis.articles, ["share_words_source"], contrast=versus).set_index("outlet").loc[outlet]
    parts = explain_difference(analysis, "share_words_source", outlet, versus, by="source_name")
    assert parts["contribution"].sum() == pytest.approx(row["difference"], abs=1e-9)
    assert parts["part"].notna().sum() > 5


def test_each_part_has_sentences_in_which_it_is_counted(analysis: Analysis) -> None:
    corpus = load_example()
    outlet, versus = sorted(analysis.articles["outlet"].unique())[:2]
    parts = explain_difference(analysis, "hedges_per_1000_words", outlet, versus, by="hedge", corpus=corpus)
    texts = dict(zip(corpus["article_id"], corpus["title"].fillna("") + "\n" + corpus["text"], strict=True))
    for part, n, n_versus, sentences in parts[["part", "n", "n_versus", "sentences"]].values:
        assert sentences
        sides = [0, 0]
        for said in sentences:
            about, text = said.split(": ", 1)
            name, article_id = about.rsplit(", ", 1)
            sides[name == versus] += 1
            assert text in texts[article_id]
            assert part.split()[0].lower() in text.lower()
        assert [bool(side) for side in sides] == [n > 0, n_versus > 0]
        assert max(sides) <= 3


def test_another_corpus_gives_no_sentences(analysis: Analysis) -> None:
    outlet, versus = sorted(analysis.articles["outlet"].unique())[:2]
    other = load_example().assign(text="Something else.")
    with pytest.raises(InputError, match="corpus is not the one that was analysed"):
        explain_difference(analysis, "hedges_per_1000_words", outlet, versus, by="lemma", corpus=other)
