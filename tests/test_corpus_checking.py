import copy
import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import check_corpus
from framing.errors import InputError


def frame(**columns):
    return pd.DataFrame(
        {"article_id": ["a1", "a2"], "outlet": ["Herald", "Courier"], "text": ["One.", "Two."]} | columns
    )


def test_types_are_those_of_a_corpus():
    corpus = check_corpus(frame(article_id=[1, 2], date=["2019-04-25", None], event=[3.0, None], n_shares=[5, 6]))
    assert [str(kind) for kind in corpus.dtypes] == ["string", "string", "string", "datetime64[us]", "string", "int64"]
    assert corpus["article_id"].tolist() == ["1", "2"]
    assert corpus["event"].tolist() == ["3", pd.NA]
    assert corpus["date"].tolist() == [pd.Timestamp(2019, 4, 25), pd.NaT]


def test_row_order_is_kept_and_the_index_is_new():
    shuffled = frame().set_axis([7, 3])
    corpus = check_corpus(shuffled)
    assert corpus["article_id"].tolist() == ["a1", "a2"]
    assert corpus.index.tolist() == [0, 1]


def test_blank_values_are_missing_and_the_row_stays():
    corpus = check_corpus(frame(text=["", " \n"], outlet=[" Herald ", " "]))
    assert corpus["text"].tolist() == [pd.NA, pd.NA]
    assert corpus["outlet"].tolist() == ["Herald", pd.NA]


def test_texts_keep_every_character():
    text = " “Ünï” \u200b👩\u200d⚕️\r\n "
    assert check_corpus(frame(text=[text, "Two."]))["text"][0] == text


def test_checking_twice_changes_nothing():
    once = check_corpus(frame(date=["25 April 2019", "2019-04-26T10:00:00"], title=[None, "Two"]))
    pd.testing.assert_frame_equal(check_corpus(once), once)


def test_a_measure_may_do_without_outlets():
    assert list(check_corpus(frame().drop(columns="outlet"), required=("article_id", "text"))) == ["article_id", "text"]


@pytest.mark.parametrize(
    ("name", "column", "advice"),
    [
        ("text", "body", 'corpus.rename(columns={"body": "text"})'),
        ("text", "Content", 'corpus.rename(columns={"Content": "text"})'),
        ("outlet", "publication", 'corpus.rename(columns={"publication": "outlet"})'),
        ("outlet", "source", 'corpus.rename(columns={"source": "outlet"})'),
        ("article_id", "colour", "corpus.assign(article_id="),
        ("text", "colour", "Rename the column that holds it"),
    ],
)
def test_a_missing_column_is_named_with_the_likely_one(name, column, advice):
    with pytest.raises(InputError) as error:
        check_corpus(frame().rename(columns={name: column}))
    assert f"corpus has no column '{name}'; it has: " in str(error.value)
    assert column in str(error.value)
    assert advice in str(error.value)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([{"text": "One."}], "a corpus is a pandas DataFrame with one row per article, not a list"),
        (None, "not a NoneType"),
        (frame().iloc[:0], "corpus has no rows"),
        (frame(article_id=["a1", "a1"]), r"article_id repeats for 1 id: a1 \(2 times\)"),
        (frame(article_id=["a1", None]), "article_id is missing in 1 of 2 rows"),
        (frame(article_id=["a1", " "]), "article_id is missing in 1 of 2 rows"),
        (frame(article_id=[1.5, 2]), "column 'article_id' must hold strings, but row 0 holds a float: 1.5"),
        (frame(text=[["One."], "Two."]), r"column 'text' must hold strings, but row 0 holds a list"),
        (frame(text=[1, 2]), "column 'text' must hold strings, but row 0 holds an int"),
        (frame(text=pd.Series(["\ud800", "Two."], dtype=object)), "half a character"),
        (frame(date=["2019-04-25", "soon"]), "column 'date' can't be read in row 1: 'soon'"),
        (frame(date=["03/04/2019", "04/03/2019"]), "day and month can't be told apart"),
        (pd.concat([frame(), frame()[["text"]]], axis=1), "corpus has the column text more than once"),
    ],
)
def test_what_is_no_corpus_is_refused_in_words(wrong, message):
    with pytest.raises(InputError, match=message):
        check_corpus(wrong)


def test_a_message_shows_some_of_many_repeated_ids_only():
    ids = [f"a{n}" for n in range(1000)]
    with pytest.raises(InputError) as error:
        check_corpus(pd.DataFrame({"article_id": ids + ids, "outlet": "Herald", "text": "One."}))
    assert "1,000 ids" in str(error.value)
    assert len(str(error.value)) < 400


VALUES = st.one_of(st.none(), st.text(max_size=20), st.integers(-5, 5), st.floats(allow_infinity=True), st.just(pd.NA))
DATES = st.one_of(st.none(), st.text(max_size=12), st.dates(), st.datetimes(), st.just(datetime.date(2019, 4, 25)))


@given(
    st.lists(st.tuples(VALUES, VALUES, st.one_of(st.none(), st.text()), DATES), max_size=5),
    st.permutations(["article_id", "outlet", "text", "date"]),
)
def test_the_input_is_never_changed_and_no_row_is_lost(rows, names):
    given_frame = pd.DataFrame(rows, columns=["article_id", "outlet", "text", "date"], dtype=object)[list(names)]
    given_frame.attrs["reading"] = {"read": 1}
    before, attrs = given_frame.copy(deep=True), copy.deepcopy(given_frame.attrs)
    try:
        corpus = check_corpus(given_frame)
    except InputError:
        corpus = None
    pd.testing.assert_frame_equal(given_frame, before)
    assert given_frame.attrs == attrs
    if corpus is not None:
        assert len(corpus) == len(before)
        assert corpus["article_id"].is_unique
        corpus.loc[:, "text"] = "changed"
        pd.testing.assert_frame_equal(given_frame, before)
