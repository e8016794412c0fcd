"""What two articles share: rows that cut the words out, and a page that shows any text as text."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import find_copies, list_changes, show_changes
from framing.errors import InputError

WORDS = st.lists(st.sampled_from(["rain", "İn", "ROME", "ß", "“it", "is”", "\n", "<b>", "5%"]), max_size=40).map(
    " ".join
)


def pair(first: str, second: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Post"], "text": [first, second]})


def test_a_word_that_was_changed_is_the_only_one_marked() -> None:
    old = "The council voted on Tuesday night to close the old bridge over the river for two years."
    rows = list_changes(pair(old.replace("night", "evening"), old), "a", "b")
    assert rows.loc[~rows["shared"], ["article_id", "words"]].values.tolist() == [["a", "evening"], ["b", "night"]]


def test_sentences_in_another_order_are_shared() -> None:
    one, two = "It rained all day in Rome on Monday. ", "The mayor stayed at home with his cat. "
    assert list_changes(pair(one + two, two + one), "a", "b")["shared"].all()


@given(WORDS, WORDS)
def test_rows_cut_out_all_words_and_count_alike_on_both_sides(first: str, second: str) -> None:
    frame = pair(first, second)
    rows = list_changes(frame, "a", "b")
    texts = dict(zip(frame["article_id"], frame["text"], strict=True))
    for row in rows.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.words
    for name, text in texts.items():
        own = rows[rows["article_id"] == name]
        assert own["n_words"].sum() == len(re.findall(r"\w+", text))
        assert (np.diff(own["shared"].astype(int)) != 0).all()
    pd.testing.assert_frame_equal(
        list_changes(frame.iloc[::-1], "b", "a").sort_values(["article_id", "start"], ignore_index=True),
        rows.sort_values(["article_id", "start"], ignore_index=True),
    )


def test_the_shared_words_are_the_share_copied() -> None:
    story = " ".join(f"word{n}" for n in range(60))
    frame = pair(story, story + " and " + " ".join(f"other{n}" for n in range(20))).assign(
        date=["2020-01-01", "2020-01-02"]
    )
    found = find_copies(frame).iloc[1]
    rows = list_changes(frame, "b", found["original"])
    own = rows[rows["article_id"] == "b"]
    assert found["share_copied"] == own.loc[own["shared"], "n_words"].sum() / own["n_words"].sum() == 60 / 81


def test_hostile_text_is_shown_as_text() -> None:
    page = show_changes(pair("<script>alert(1)</script> & more", "<b>It rained.</b>"), "a", "b").html
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;<mark>script" in page


@pytest.mark.parametrize(("first", "second", "message"), [("a", "c", "no article 'c'"), ("a", "a", "with itself")])
def test_wrong_articles_are_named(first: str, second: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        list_changes(pair("It rained.", "It rained."), first, second)
