"""Counts of positive and negative words: visible text, visible sums, and what holds for any text."""

import math

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import framing
from framing.errors import InputError
from framing.lexicons import Lexicon
from framing.measures.count_sums import logit_scale, sum_counts
from framing.measures.counting import count_sentiment, find_terms
from framing.measures.lookup import WORD

LSD = Lexicon(
    "lsd",
    pd.DataFrame(
        {
            "pattern": ["good", "miss*", "bad", "not good", "not bad", "well-known", "can't"],
            "category": ["positive", "negative", "negative", "neg_positive", "neg_negative", "positive", "negative"],
        }
    ),
    {},
    "",
)


def corpus(*texts, **columns):
    frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "outlet": "Herald", "text": list(texts)})
    return frame.assign(**columns)


def counted(text, *names, **options):
    (row,) = count_sentiment(corpus(text), **{"lexicon": LSD} | options).to_dict("records")
    return tuple(row[name] for name in names)


def test_each_voice_of_a_sentence_is_counted_apart():
    counts = count_sentiment(corpus("“This is a bad plan,” said Ann Lee of the good city."), lexicon=LSD)
    assert counts[["voice", "n_words", "n_positive", "n_negative", "terms"]].to_numpy().tolist() == [
        ["source", 5, 0, 1, "bad -"],
        ["outlet", 7, 1, 0, "good +"],
    ]


def test_rows_are_those_of_score_sentiment():
    frame = corpus("“Bad,” said Ann Lee. It rained.", None, "Not good.", title=["Good news", "Bad", None])
    keys = ["article_id", "field", "sentence", "voice", "attribution_id", "start", "end", "n_words"]
    pd.testing.assert_frame_equal(count_sentiment(frame)[keys], framing.score_sentiment(frame)[keys])


def test_negated_entries_count_once_on_the_other_side():
    assert counted("It was not good.", "n_positive", "n_negative", "n_terms", "n_matched") == (0, 1, 1, 2)
    assert counted("It was not bad.", "n_positive", "n_negative", "n_terms", "n_matched") == (1, 0, 1, 2)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Misses and missed trains.", "misses -; missed -"),
        ("She can’t go.", "can't -"),
        ("A well-known man.", "well-known +"),
        ("The bad’s gone.", "bad -"),
        ("GOOD!", "good +"),
        ("Goodness.", None),
    ],
)
def test_words_are_found_as_lexicons_write_them(text, terms):
    (found,) = counted(text, "terms")
    assert (None if pd.isna(found) else found) == terms


def test_hyphenated_words_match_as_many_words_as_they_count():
    assert counted("A well-known man.", "n_words", "n_matched") == (4, 2)


def test_a_mask_stands_beside_the_counts_without_it():
    names = ("n_negative", "n_negative_with_mask", "n_matched", "n_matched_with_mask", "terms")
    assert counted("Miss Lee missed a bad train.", *names, mask=["miss"]) == (3, 2, 3, 2, "[miss -]; missed -; bad -")
    assert counted("Miss Lee missed a bad train.", *names, mask=["miss*"])[:2] == (3, 1)


def test_a_mask_hides_whole_expressions_only():
    assert counted("It was not good.", "n_negative_with_mask", mask=["good"]) == (1,)
    assert counted("It was not good.", "n_negative_with_mask", mask=["not good"]) == (0,)


def test_weights_are_summed_on_a_scale_of_one():
    weighted = Lexicon(
        "w",
        pd.DataFrame({"pattern": ["joy", "war"], "weight": ["9", "3"]}),
        {"minimum": 1, "midpoint": 5, "maximum": 9},
        "",
    )
    assert counted("Joy, joy and war.", "sum_weight", "n_positive", "n_negative", lexicon=weighted) == (1.5, 2, 1)
    assert pd.isna(counted("Joy.", "sum_weight")[0])


def test_terms_are_the_evidence_of_the_counts():
    frame = corpus("Miss Lee missed a good train.", title=["Not good"])
    terms = find_terms(frame, lexicon=LSD, mask=["miss"])
    texts = {"text": frame.loc[0, "text"], "title": frame.loc[0, "title"]}
    assert [texts[r.field][r.start : r.end].lower() for r in terms.itertuples()] == terms["term"].tolist()
    assert terms[["term", "pattern", "positive", "negative", "masked"]].to_numpy().tolist() == [
        ["miss", "miss*", False, True, True],
        ["missed", "miss*", False, True, False],
        ["good", "good", True, False, False],
        ["not good", "not good", False, True, False],
    ]
    counts = count_sentiment(frame, lexicon=LSD, mask=["miss"])
    assert counts["n_negative"].sum() == terms["negative"].sum() == 3
    assert counts["n_negative_with_mask"].sum() == (terms["negative"] & ~terms["masked"]).sum() == 2


def test_the_logit_is_lowes():
    # log((3 + .5) / (1 + .5)), sqrt(1 / 3.5 + 1 / 1.5)
    assert logit_scale(3, 1) == pytest.approx((math.log(3.5 / 1.5), math.sqrt(1 / 3.5 + 1 / 1.5)))
    assert logit_scale(0, 0) == (0.0, 2.0)


def test_sums_have_scales_with_and_without_the_mask():
    frame = corpus("Good, good, good and bad.", "Miss Lee slept.", "It rained.")
    frame["outlet"] = ["Herald", "Courier", "Gazette"]
    sums = sum_counts(count_sentiment(frame, lexicon=LSD, mask=["miss"])).set_index("outlet")
    herald, courier, gazette = (sums.loc[name] for name in ("Herald", "Courier", "Gazette"))
    assert herald["logit"] == herald["logit_with_mask"] == pytest.approx(math.log(3.5 / 1.5))
    assert (herald["share_positive"], herald["coverage"]) == (0.75, 0.8)  # 4 of 5 words
    assert courier["logit"] == pytest.approx(math.log(0.5 / 1.5))
    assert courier["logit_with_mask"] == 0.0
    assert (courier["coverage"], courier["coverage_with_mask"]) == (pytest.approx(1 / 3), 0.0)
    assert gazette["share_positive"] is pd.NA
    assert sums["mean_weight"].isna().all()


def test_sums_can_be_kept_apart_by_voice_and_lose_no_missing_outlet():
    frame = corpus("“Bad,” said Ann Lee.", "Good.")
    frame["outlet"] = ["Herald", None]
    sums = sum_counts(count_sentiment(frame, lexicon=LSD), by=["outlet", "voice"])
    assert sums["n_words"].sum() == 5
    assert sums["outlet"].isna().sum() == 1


def test_vaders_words_are_the_default():
    (row,) = count_sentiment(corpus("A great plan.")).to_dict("records")
    assert (row["n_positive"], row["sum_weight"]) == (1, pytest.approx(3.1 / 4))  # VADER rates "great" 3.1 of 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mask": "miss"}, r"mask is a list of words, not one string. Write: mask=\['miss'\]"),
        ({"mask": ["tea"]}, "mask has 'tea', which masks nothing in lexicon lsd"),
        ({"lexicon": "nowhere"}, "there is no lexicon 'nowhere'"),
        ({"positive": ["joy"], "negative": ["fear"]}, "has no category named joy or fear"),
    ],
)
def test_mistakes_are_told(options, message):
    with pytest.raises(InputError, match=message):
        counted("Good.", "n_words", **options)


def test_sums_need_columns():
    counts = count_sentiment(corpus("Good."), lexicon=LSD)
    with pytest.raises(InputError, match="counts have no column 'event'"):
        sum_counts(counts, by=["event"])
    with pytest.raises(InputError, match="by is empty"):
        sum_counts(counts, by=[])


PIECES = st.sampled_from(
    [
        "good",
        "not",
        "bad",
        "missed",
        "can’t",
        "well-known",
        "“",
        "”",
        "said",
        "Lee",
        ".",
        ",",
        "\n",
        "—",
        "🙂",
        "é",
        "İ",
    ]
)


@settings(max_examples=60)
@example("not , good")
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=20).map(" ".join))
def test_counts_of_any_text_hold_together(text):
    if not text.strip():
        return
    counts = count_sentiment(corpus(text), lexicon=LSD, mask=["miss*"])
    terms = find_terms(corpus(text), lexicon=LSD, mask=["miss*"])
    assert (counts["n_matched"] <= counts["n_words"]).all()
    assert (counts["n_terms_with_mask"] <= counts["n_terms"]).all()
    assert counts["n_terms"].sum() == len(terms)
    for row in terms.itertuples():
        surface = text[row.start : row.end].lower().replace("’", "'")
        assert WORD.findall(surface) == row.term.split()  # a phrase may cross a comma, as where Lexicoder drops marks
