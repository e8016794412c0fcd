"""A corpus in tables: visible articles, visible counts."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import describe_corpus, read_corpus_with_account
from framing.errors import InputError

GERMAN = "Der Bürgermeister sagte am Montag, die alte Brücke werde erst im Herbst wieder geöffnet. " * 2
CORPUS = pd.DataFrame(
    {
        "article_id": list("abcde"),
        "outlet": ["Post", "Herald", "Post", "Post", None],
        "text": ["It rained.", "It rained all day.", None, GERMAN, "It poured."],
        "date": ["2019-04-25", "2019-04-30", "2019-05-01", None, "2019-05-02"],
        "event": ["rain", "rain", "flood", None, "flood"],
        "copy": [True, False, False, True, pd.NA],
    }
)


def records(table: pd.DataFrame, *columns: str) -> list[list[object]]:
    return table[list(columns)].astype(object).where(table[list(columns)].notna(), None).to_numpy().tolist()


def test_outlets_are_counted() -> None:
    table = describe_corpus(CORPUS)["outlets"]
    assert records(table, "outlet", "n_articles", "n_events", "n_events_shared") == [
        ["Herald", 1, 1, 1],
        ["Post", 3, 2, 1],
        [None, 1, 1, 0],
    ]
    assert records(table, "n_without_text", "n_without_date", "n_other_language", "n_copies") == [
        [0, 0, 0, 0],
        [1, 1, 1, 2],
        [0, 0, 0, 0],
    ]
    assert table["first_date"].tolist()[:2] == [pd.Timestamp(2019, 4, 30), pd.Timestamp(2019, 4, 25)]
    assert table["last_date"].tolist()[1] == pd.Timestamp(2019, 5, 1)


def test_months_events_lengths_and_languages() -> None:
    tables = describe_corpus(CORPUS)
    assert records(tables["months"], "outlet", "month", "n_articles") == [
        ["Herald", "2019-04", 1],
        ["Post", "2019-04", 1],
        ["Post", "2019-05", 1],
        ["Post", None, 1],
        [None, "2019-05", 1],
    ]
    # An article without an outlet is an article of the event, but no outlet that told it.
    assert records(tables["events"], "event", "n_articles", "n_outlets") == [["flood", 2, 1], ["rain", 2, 2]]
    assert records(tables["lengths"], "outlet", "n_articles", "n_words", "words_min", "words_median", "words_max") == [
        ["Herald", 1, 4, 4, 4, 4],
        ["Post", 2, 30, 2, 15, 28],
        [None, 1, 2, 2, 2, 2],
    ]
    assert records(tables["languages"], "outlet", "language", "n_articles") == [
        ["Herald", None, 1],
        ["Post", "de", 1],
        ["Post", None, 2],
        [None, None, 1],
    ]


def test_what_the_corpus_lacks_is_missing_and_not_zero() -> None:
    tables = describe_corpus(CORPUS[["article_id", "outlet", "text"]])
    [*rows] = records(tables["outlets"], "n_events", "n_without_date", "n_copies")
    assert rows == [[None, None, None]] * 3
    assert records(tables["months"], "month", "n_articles") == [[None, 1], [None, 3], [None, 1]]
    assert tables["events"].empty
    assert tables["reading"].empty


def test_the_account_is_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"outlet": "H", "text": "It rained.\\n\\nAdvertisement\\n\\nAdvertisement"}\n{"outlet"', "utf8")
    corpus, account = read_corpus_with_account(path)
    table = describe_corpus(corpus, account)["reading"]
    assert records(table, "action", "rule", "n_articles", "n_entries") == [
        ["removed", "advertisement", 1, 2],
        ["set_aside", account.loc[account["action"] == "set_aside", "rule"].item(), 0, 1],
    ]
    with pytest.raises(InputError, match=r"account has no column 'article_id'; it has: a. Give the second table"):
        describe_corpus(corpus, pd.DataFrame({"a": [1]}))


@given(st.permutations(range(5)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    before = CORPUS.copy(deep=True)
    for name, table in describe_corpus(CORPUS.iloc[order]).items():
        pd.testing.assert_frame_equal(table, describe_corpus(CORPUS)[name])
    pd.testing.assert_frame_equal(CORPUS, before)


@given(st.lists(st.sampled_from(["A", "B", "C", None]), min_size=1, max_size=12))
def test_each_table_counts_every_article_once(outlets: list[str | None]) -> None:
    ids = [str(number) for number in range(len(outlets))]
    corpus = pd.DataFrame({"article_id": ids, "outlet": outlets, "text": "It rained."})
    tables = describe_corpus(corpus)
    for name in ("outlets", "months", "lengths", "languages"):
        assert tables[name]["n_articles"].sum() == len(corpus)
