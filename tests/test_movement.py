"""What moved between two analyses is named with what moved it, and adds up."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

import framing
from framing.errors import InputError
from framing.lexicons import load_lexicon
from framing.measures import sentiment


def corpus_of(texts: list[str]) -> pd.DataFrame:
    """Each text told by two outlets in events of their own."""
    rows = [
        (f"a{number:02d}{outlet[0]}", outlet, f"e{number}", text if outlet == "Herald" else "It rained. It was cold.")
        for number, text in enumerate(texts)
        for outlet in ("Herald", "Post")
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "event", "text"])


SMALL = corpus_of(
    [f"Perhaps {n} trains ran. The mayor said it may snow. Critics fear a terrible winter." for n in range(8)]
)


@pytest.fixture(scope="module")
def small() -> framing.Analysis:
    return framing.analyze(SMALL, progress=False)


@pytest.fixture(scope="module")
def whole(example: pd.DataFrame) -> framing.Analysis:
    return framing.analyze(example, progress=False)


def without(tmp_path, pattern: str):
    """The bundled hedges without the rows of one word."""
    entries = load_lexicon("hedges_en").entries
    path = tmp_path / "hedges_en.csv"
    entries[entries["pattern"] != pattern].to_csv(path, index=False)
    return path


def adds_up(changes: framing.AnalysisChanges) -> None:
    for metric, change in zip(changes.metrics["metric"], changes.metrics["change"], strict=True):
        if not pd.isna(change):
            parts = changes.parts.loc[changes.parts["metric"] == metric, "contribution"]
            assert np.isclose(float(parts.sum()), float(change), atol=1e-9), metric


def test_a_changed_lexicon_row_is_named_and_nothing_else(whole, example, tmp_path):
    new = framing.analyze(example, hedge_lexicon=without(tmp_path, "about"), progress=False)
    changes = framing.compare_analyses(whole, new, contrast="rest")
    assert changes.versions.loc[~changes.versions["same"], "name"].tolist() == ["hedge_lexicon"]
    gone = whole.hedges[whole.hedges["lemma"] == "about"]
    assert len(gone) > 20
    assert changes.entries.values.tolist() == [["hedges", "about:around_quantity", 0, len(gone), 0]]
    assert set(changes.rows["article_id"]) == set(gone["article_id"])
    row = changes.metrics.set_index("metric").loc["hedges_per_1000_words"]
    n_words = int(whole.articles["n_words"].sum())
    assert row["change"] == pytest.approx(-1000 * len(gone) / n_words)
    assert changes.parts.groupby("metric").first()["entry"].unique().tolist() == ["about:around_quantity"]
    assert not set(changes.metrics["metric"]) & {
        "share_words_source",
        "sentiment_outlet",
        "attributions_per_1000_words",
    }
    adds_up(changes)
    said = repr(changes)
    assert said.startswith("Made with something else: parameter hedge_lexicon: hedges_en 1.0.0 ")
    assert "through about:around_quantity (n_hedges " in said
    assert "with the same texts" in said


def test_a_changed_bundled_row_is_named_by_its_words(small, monkeypatch):
    # A tone whose lexicon has lost a word, as another version of the package might have.
    real = sentiment._term
    monkeypatch.setattr(sentiment, "_term", lambda parse, word: real(parse, word).replace("terrible -", "terrible -9"))
    new = framing.analyze(SMALL, progress=False)
    changes = framing.compare_analyses(small, new)
    assert set(changes.entries["entry"]) == {"terrible"}
    assert set(changes.rows["what"]) == {"changed"}
    assert changes.rows["changed"].str.startswith("terms: ").all()


def test_what_moves_with_an_attribution_is_counted_under_it(small):
    kept = small.attributions["cue_lemma"] != "say"
    hedges = small.hedges.copy()
    inside = hedges["lemma"] == "may"
    hedges.loc[inside, ["voice", "attribution_id"]] = ["outlet", pd.NA]
    tone = small.sentiment.copy()
    turned = tone["attribution_id"].isin(small.attributions.loc[~kept, "attribution_id"])
    assert turned.sum() == 8
    tone.loc[turned, ["voice", "attribution_id"]] = ["outlet", pd.NA]
    words = tone.groupby(["article_id", "voice"])["n_words"].sum().unstack(fill_value=0)
    articles = small.articles.copy()
    for voice in ("outlet", "source"):
        articles[f"n_words_{voice}"] = articles["article_id"].map(words[voice]).fillna(0).astype("Int64")
    articles["share_words_source"] = articles["n_words_source"].astype("Float64") / articles["n_words"]
    new = dataclasses.replace(
        small, articles=articles, attributions=small.attributions[kept], hedges=hedges, sentiment=tone
    )
    changes = framing.compare_analyses(small, new, metrics=["share_words_source"])
    named = dict(zip(changes.entries["table"], changes.entries["entry"], strict=True))
    assert named == {
        "attributions": "say:VERB",
        "hedges": "whose words: say:VERB",
        "sentiment": "whose words: say:VERB",
    }
    parts = changes.parts[changes.parts["metric"] == "share_words_source"]
    assert parts["entry"].tolist() == ["whose words: say:VERB"]
    adds_up(changes)


@pytest.mark.parametrize("with_corpora", [False, True])
def test_an_article_with_another_text_is_named_and_blamed(whole, example, with_corpora):
    changed = example.copy()
    changed.loc[3, "text"] = str(changed.loc[3, "text"]) + " Perhaps it rains."
    changed = changed.drop(index=7)
    new = framing.analyze(changed, progress=False)
    given = {"old_corpus": example, "new_corpus": changed} if with_corpora else {}
    changes = framing.compare_analyses(whole, new, contrast="rest", **given)
    status = changes.articles.set_index("article_id")["status"]
    assert status[example.loc[3, "article_id"]] == "other text"
    assert status[example.loc[7, "article_id"]] == "only old"
    assert (status == "same text").sum() == 48
    assert set(changes.parts["entry"]) == {"(another text)"}
    assert set(changes.article_metrics["article_id"]) == {example.loc[3, "article_id"]}
    adds_up(changes)


def test_a_change_that_no_table_shows_is_said(whole, example):
    changed = example.copy()
    changed.loc[3, "text"] = str(changed.loc[3, "text"]).replace(" the ", " teh ", 1)
    new = dataclasses.replace(whole, provenance=framing.analyze(changed, progress=False).provenance)
    changes = framing.compare_analyses(whole, new, contrast="rest")
    assert "The hashes of the input differ, but no table shows which article" in repr(changes)
    told = framing.compare_analyses(whole, new, contrast="rest", old_corpus=example, new_corpus=changed)
    assert told.articles.loc[told.articles["status"] == "other text", "article_id"].tolist() == [
        example.loc[3, "article_id"]
    ]


def test_the_same_analysis_has_not_moved_whatever_its_order(whole, example):
    turned = framing.analyze(example.iloc[::-1], progress=False)
    changes = framing.compare_analyses(whole, turned, contrast="rest")
    assert changes.is_same
    assert repr(changes).splitlines() == [
        "Made with the same versions, model, lexicons and parameters.",
        "The same 50 articles, with the same texts.",
        "No finding moved: all 78 rows of the comparison are as before.",
        "No metric of any article moved.",
    ]


def test_findings_that_turn_are_named(small):
    rng = np.random.default_rng(0)
    fewer = small.articles.assign(n_likes=rng.integers(0, 9, 16))
    more = fewer.assign(n_likes=fewer["n_likes"] + fewer["outlet"].map({"Herald": 50, "Post": 0}).astype(int))
    old, new = (dataclasses.replace(small, articles=articles) for articles in (fewer, more))
    changes = framing.compare_analyses(old, new, metrics=["n_likes"])
    assert changes.findings["status"].tolist() == ["stands now"]
    back = framing.compare_analyses(new, old, metrics=["n_likes"])
    assert back.findings["status"].tolist() == ["stands no longer"]
    assert "Herald against Post, n_likes: stands no longer (difference " in repr(back)


def test_mistakes_are_told_in_a_sentence(small, whole, example):
    with pytest.raises(InputError, match=r"no article in common: the old one has 16, such as 'a00H'"):
        framing.compare_analyses(small, whole)
    with pytest.raises(InputError, match="new_corpus is not the one that the new analysis was made of"):
        framing.compare_analyses(whole, whole, old_corpus=example, new_corpus=example.head(3))
    few = framing.analyze(SMALL.head(4), progress=False)
    assert "The outlets were not compared: too few shared events" in repr(framing.compare_analyses(few, few))
