import pandas as pd
import pytest

from framing.corpus import example, load_example
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
