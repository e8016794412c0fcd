import pandas as pd
import pytest

from framing.corpus import example, load_example, load_example_gold
from framing.errors import InputError

ARTICLES = "article_id,outlet,title,text,date,author,event,url\na1,Herald,Rain falls,It rained.,2019-04-25,,e1,\n"


def test_the_example_is_ten_events_told_by_five_outlets():
    corpus = load_example()
    assert corpus.shape == (50, 8)
    assert corpus.groupby("event")["outlet"].nunique().tolist() == [5] * 10
    assert corpus[["article_id", "outlet", "title", "text", "date", "event"]].notna().all(axis=None)


def test_texts_are_those_of_the_file_character_by_character():
    folder = next(folder for folder in (example._PACKAGE, example._CHECKOUT) if (folder / "articles.csv").exists())
    written = pd.read_csv(folder / "articles.csv", dtype="string")
    assert load_example()["text"].tolist() == written["text"].tolist()


def test_the_installed_example_comes_first(tmp_path, monkeypatch):
    (tmp_path / "articles.csv").write_text(ARTICLES)
    monkeypatch.setattr(example, "_PACKAGE", tmp_path)
    assert load_example()["article_id"].tolist() == ["a1"]


def test_a_missing_example_is_said_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(example, "_PACKAGE", tmp_path / "a")
    monkeypatch.setattr(example, "_CHECKOUT", tmp_path / "b")
    with pytest.raises(InputError, match=r"the example corpus is neither in .* nor in .*read_corpus"):
        load_example()


def test_gold_cuts_its_words_out_of_the_articles():
    texts = load_example().set_index("article_id")["text"]
    attributions, hedges = load_example_gold("attributions"), load_example_gold("hedges")
    assert (len(attributions), len(hedges)) == (241, 150)
    for row in hedges.itertuples():
        assert row.hedge == texts[row.article_id][row.start : row.end]
    for row in attributions.itertuples():
        text = texts[row.article_id]
        assert row.content == " … ".join(text[start:end] for start, end in row.content_spans)
        if pd.notna(row.cue):
            assert row.cue == text[row.cue_start : row.cue_end]
    without = attributions["source"].isna()
    assert attributions.loc[without, "source_start"].isna().all()
    assert set(attributions.loc[without, "source_type"]) == {"none"}


def test_gold_of_something_else_is_said_in_words():
    with pytest.raises(InputError, match=r"no gold of 'tone' in the example; there is: attributions, hedges"):
        load_example_gold("tone")
