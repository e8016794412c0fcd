"""Events: what belongs together, what stays apart, and what the matching promises for any corpus."""

import os
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import describe_events, load_example, match_events
from framing.corpus import event_scores, load_basil
from framing.corpus.event_terms import LEAD_WORDS, article_terms
from framing.errors import InputError

FLOOD = "Three people died in Lindmere when the gate of the Harl dam opened in the storm on Wednesday night."
FLOOD_TOLD_AGAIN = "The Harl dam gate opened during the storm and the flood in Lindmere killed three people."
STRIKE = "Dockers in Port Sollen walked out on Monday over automation of the container cranes."
STRIKE_TOLD_AGAIN = "Container cranes in Port Sollen stand still: the dockers walked out over automation."
TWO_ROBBERIES = [
    ("Two robbers took jewels from a shop in Tarvick; police seek a grey van seen on Ambrose bridge.", "2024-04-10"),
    ("Jewels robbed in Tarvick: grey van drove over the Ambrose bridge, witnesses say.", "2024-04-10"),
    ("Three men robbed a Maddelin watchmaker and fled by motorcycle, police in Quarrow say.", "2024-04-10"),
    ("Maddelin watchmaker robbed: police look for a motorcycle near Quarrow.", "2024-04-10"),
]
# What a corpus is made of besides: without other articles no word is rare.
OTHERS = [
    "The central bank kept interest rates unchanged and warned about inflation.",
    "A court in the capital sentenced the former treasurer for fraud.",
    "The national team lost the final after a penalty in the last minute.",
    "Scientists found a frog species that had been thought extinct.",
    "Parliament debated school meals until midnight without a vote.",
    "The orchestra announced its programme for the coming season.",
]
NEEDS_BASIL = pytest.mark.skipif("FRAMING_DATA" not in os.environ, reason="FRAMING_DATA names no folder with BASIL")


def corpus_of(*articles, others=OTHERS):
    """Articles as (text, date) or (text, date, outlet); the others appeared on the same day, each in its own outlet."""
    rows = [(*article, f"Outlet {number}")[:3] for number, article in enumerate(articles)]
    rows += [(text, "2024-04-11", f"Other {number}") for number, text in enumerate(others)]
    frame = pd.DataFrame(rows, columns=["text", "date", "outlet"])
    return frame.assign(article_id=[f"a{number}" for number in range(len(frame))])


def together(matched, *articles):
    events = matched.set_index("article_id")["event"][list(articles)]
    return bool(events.notna().all() and events.nunique() == 1)


def test_two_articles_of_one_event_match_and_the_rest_stays_alone():
    matched = match_events(corpus_of((FLOOD, "2024-04-10"), (FLOOD_TOLD_AGAIN, "2024-04-11"), (STRIKE, "2024-04-11")))
    assert together(matched, "a0", "a1")
    assert matched["event"].notna().sum() == 2
    assert matched.loc[0, ["n_articles", "n_outlets"]].tolist() == [2, 2]
    assert matched.loc[0, "score"] == matched.loc[1, "score"] > 0.15
    assert matched.loc[0, "event"].startswith("2024-04-10-")
    assert matched.loc[0, "why"] == "shares Harl, Lindmere, dam with 1 article"
    assert matched.loc[2, ["score", "n_articles"]].isna().all()
    assert list(matched.columns) == [
        "article_id", "event", "score", "runner_up", "runner_up_score", "n_articles", "n_outlets", "doubtful", "why",
    ]  # fmt: skip


def test_articles_further_apart_than_the_window_are_not_compared():
    corpus = corpus_of((FLOOD, "2024-04-10"), (FLOOD, "2024-04-14"))
    assert match_events(corpus)["event"].isna().all()
    assert together(match_events(corpus, window_days=14), "a0", "a1")


def test_the_same_day_counts_for_more_than_the_next():
    same, next_day = (
        match_events(corpus_of((FLOOD, "2024-04-10"), (FLOOD_TOLD_AGAIN, date)), window_days=3, threshold=0.05)
        for date in ("2024-04-10", "2024-04-11")
    )
    assert next_day.loc[0, "score"] == pytest.approx(same.loc[0, "score"] * 3 / 4, abs=0.001)


def test_a_time_of_day_is_no_distance():
    early_and_late = corpus_of((FLOOD, "2024-04-10T00:10"), (FLOOD_TOLD_AGAIN, "2024-04-10T23:50"))
    on_the_day = corpus_of((FLOOD, "2024-04-10"), (FLOOD_TOLD_AGAIN, "2024-04-10"))
    pd.testing.assert_frame_equal(match_events(early_and_late), match_events(on_the_day))


def a_week_of_follow_ups():
    """Each day half of the words are those of the day before, by two outlets."""
    draw = random.Random(1)
    words = ["".join(draw.choices("bcdfghklmnprst", k=3)) + "ao"[n % 2] + str(n) for n in range(200)]
    days = [words[10 * day : 10 * day + 20] for day in range(9)]
    return corpus_of(*[(" ".join(day), f"2024-04-{10 + n}", f"O{m}") for n, day in enumerate(days) for m in range(2)])


def test_a_week_of_follow_ups_is_not_one_event_unless_asked():
    corpus = a_week_of_follow_ups()
    matched = match_events(corpus)
    assert all(together(matched, f"a{n}", f"a{n + 1}") for n in range(0, 18, 2))
    assert matched["event"].nunique() > 3
    asked = match_events(corpus, window_days=30, threshold=0.05)
    assert asked["event"].value_counts().max() > 6


def test_identical_daily_reports_are_cut_by_the_window():
    corpus = corpus_of(*[(FLOOD, f"2024-04-{day}") for day in range(10, 20)])
    matched = match_events(corpus, window_days=2).assign(date=pd.to_datetime(corpus["date"]))
    spans = matched.groupby("event")["date"].agg(["min", "max"])
    assert ((spans["max"] - spans["min"]).dt.days <= 2).all()
    assert matched["event"].nunique() >= 4


def test_two_events_of_one_topic_in_one_week_stay_apart():
    matched = match_events(corpus_of(*TWO_ROBBERIES))
    assert together(matched, "a0", "a1")
    assert together(matched, "a2", "a3")
    assert not together(matched, "a0", "a2")


def test_an_article_about_two_events_names_the_other_as_runner_up_and_is_doubtful():
    both = ("On one day the Harl dam gate opened in Lindmere, and dockers in Port Sollen walked out.", "2024-04-10")
    told = [(text, "2024-04-10") for text in (FLOOD, FLOOD_TOLD_AGAIN, STRIKE, STRIKE_TOLD_AGAIN)]
    matched = match_events(corpus_of(*told, both))
    mixed, events = matched.loc[4], matched["event"]
    assert {mixed["event"], mixed["runner_up"]} == {events[0], events[2]}
    assert mixed["score"] > mixed["runner_up_score"] > mixed["score"] / 1.2
    assert mixed["doubtful"]


def test_articles_without_a_date_need_a_higher_score():
    corpus = corpus_of((FLOOD, "2024-04-10"), (FLOOD_TOLD_AGAIN, "2024-04-10"), (STRIKE, None), (STRIKE + " ", None))
    corpus.loc[1, "date"] = None
    scores = match_events(corpus, threshold=0.05, threshold_undated=0.1)
    cosine = scores.loc[0, "score"] * 2
    assert together(match_events(corpus, threshold_undated=cosine - 0.01), "a0", "a1")
    assert not together(match_events(corpus, threshold_undated=cosine + 0.01), "a0", "a1")
    matched = match_events(corpus)
    assert together(matched, "a2", "a3")
    assert matched.loc[2, "event"].startswith("undated-")
    assert matched.loc[2, "why"].endswith("has no date")


def test_a_corpus_without_a_column_of_dates_is_matched_as_a_whole():
    corpus = corpus_of((FLOOD, "2024-04-10"), (FLOOD, "2020-01-01")).drop(columns="date")
    assert together(match_events(corpus), "a0", "a1")


def test_one_outlet_may_tell_an_event_twice():
    matched = match_events(corpus_of((FLOOD, "2024-04-10", "Herald"), (FLOOD, "2024-04-10", "Herald")))
    assert matched.loc[0, ["n_articles", "n_outlets"]].tolist() == [2, 1]
    assert matched.attrs["matching"]["sentence"].startswith(
        "0 events are told by at least two outlets (0 of 8 articles); 1 by one outlet (2); 6 articles match no other"
    )


@pytest.mark.parametrize("nothing", [None, "", " \n", "???", "the of and"])
def test_articles_without_words_stay_alone_and_say_so(nothing):
    matched = match_events(corpus_of((nothing, "2024-04-11"), (nothing, "2024-04-11"), (FLOOD, "2024-04-11")))
    assert matched["event"].isna().all()
    assert matched.loc[0, "why"] == "shares no word with another article"


def test_a_corpus_of_one_article_and_one_without_any_word():
    assert match_events(corpus_of((FLOOD, "2024-04-11"), others=[]))["event"].isna().all()
    assert match_events(corpus_of((None, "2024-04-11"), (None, None), others=[]))["event"].isna().all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Drei Menschen starben in Lindmere, als sich das Wehr am Harl öffnete.",
            "Wehr am Harl geöffnet: In Lindmere starben drei Menschen.",
        ),
        (
            "В Линдмере погибли трое: открылись ворота плотины Харл.",
            "Ворота плотины Харл открылись, в Линдмере трое погибли.",
        ),
        ("林德米尔大坝闸门打开造成三人死亡", "三人死亡：林德米尔大坝闸门在暴雨中打开"),
    ],
)
def test_other_languages_match_by_their_words(one, other):
    assert together(match_events(corpus_of((one, "2024-04-10"), (other, "2024-04-10"))), "a0", "a1")


def test_the_title_counts():
    corpus = corpus_of(("Nobody woke us, she says.", "2024-04-10"), (FLOOD, "2024-04-10")).assign(title=pd.NA)
    assert not together(match_events(corpus), "a0", "a1")
    corpus.loc[0, "title"] = "Lindmere counts its dead after Harl dam gate opens"
    assert together(match_events(corpus), "a0", "a1")


def test_terms_are_those_of_the_lead_and_names_count_twice():
    assert article_terms("Rain", "Boats left. On the boat Ann Lee’s boats sank.") == [
        "rain", "rain", "rain", "boats", "left", "boat", "ann", "lee", "boats", "sank", "Ann", "Lee",
    ]  # fmt: skip
    assert article_terms("", "word " * LEAD_WORDS + "background").count("background") == 0
    assert article_terms("", "x" * 1_000_000) == ["x" * 8_000]


def test_the_event_column_of_the_corpus_is_not_looked_at_and_nothing_is_changed():
    corpus = load_example()
    before = corpus.copy(deep=True)
    matched = match_events(corpus)
    pd.testing.assert_frame_equal(corpus, before)
    shuffled = corpus.assign(event=random.Random(0).sample(corpus["event"].tolist(), len(corpus)))
    pd.testing.assert_frame_equal(match_events(shuffled), matched)


def test_the_events_of_the_example_are_found_and_one_tabloid_is_left_out():
    corpus = load_example()
    found = match_events(corpus)["event"]
    assert sorted(pd.crosstab(corpus["event"], found).max()) == [4, *[5] * 9]
    assert (corpus.groupby("event")["outlet"].count() == 5).all()
    assert corpus.groupby(found)["event"].nunique().eq(1).all()
    assert corpus.loc[found.isna(), "outlet"].tolist() == ["The Daily Klaxon"]


words = st.lists(st.sampled_from([*FLOOD.split(), *STRIKE.split(), "=1+1", "😀", "\x00", "東京"]), max_size=8).map(
    " ".join
)
articles = st.tuples(
    words, st.sampled_from([None, "2024-04-10", "2024-04-11", "2024-04-12", "2024-04-20"]), st.sampled_from("HC")
)


@given(st.lists(articles, min_size=1, max_size=12), st.randoms(use_true_random=False), st.integers(0, 4))
@settings(max_examples=60)
def test_promises_hold_for_any_corpus(rows, shuffling, window_days):
    corpus = corpus_of(*rows, others=OTHERS[:2])
    matched = match_events(corpus, window_days=window_days)
    assert matched["article_id"].tolist() == corpus["article_id"].tolist()
    assert matched["why"].notna().all()
    dates = pd.to_datetime(corpus["date"])
    for _, members in matched[matched["event"].notna()].groupby("event"):
        assert len(members) == members["n_articles"].iloc[0] >= 2
        assert corpus["outlet"][members.index].nunique() == members["n_outlets"].iloc[0]
        days = dates[members.index].dropna()
        assert days.empty or (days.max() - days.min()).days <= window_days
        assert members["score"].between(0, 1).all()
    order = shuffling.sample(range(len(corpus)), len(corpus))
    again = match_events(corpus.iloc[order], window_days=window_days)
    pd.testing.assert_frame_equal(
        again.sort_values("article_id", ignore_index=True), matched.sort_values("article_id", ignore_index=True)
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window_days": -1}, "window_days is -1; it must be a whole number of days"),
        ({"window_days": 2.5}, "window_days is 2.5"),
        ({"threshold": 0}, "threshold is 0; it must be a number above 0 and up to 1"),
        ({"threshold": "high"}, "threshold is 'high'"),
        ({"threshold": 0.5}, r"threshold_undated \(0.36\) is lower than threshold \(0.5\)"),
    ],
)
def test_wrong_parameters_are_said(options, message):
    with pytest.raises(InputError, match=message):
        match_events(corpus_of((FLOOD, None)), **options)


def test_blocks_of_scores_change_nothing(monkeypatch):
    corpus = load_example()
    corpus.loc[::7, "date"] = pd.NaT
    whole = match_events(corpus)
    monkeypatch.setattr("framing.corpus.event_scores._CELLS", 7)
    pd.testing.assert_frame_equal(match_events(corpus), whole)


def test_the_summary_counts_events_and_articles():
    events = pd.DataFrame({"event": ["a", "a", "b", "b", None], "n_outlets": [2, 2, 1, 1, None]})
    assert describe_events(events) == (
        "1 event is told by at least two outlets (2 of 5 articles); 1 by one outlet (2); 1 article matches no other"
    )


@NEEDS_BASIL
def test_pairs_of_basil_are_found():
    corpus = load_basil()
    found = match_events(corpus)["event"]
    same = corpus["event"].to_numpy(object)[:, None] == corpus["event"].to_numpy(object)[None]
    codes = pd.factorize(found)[0]
    joined = (codes[:, None] == codes[None]) & (codes >= 0)[:, None]
    above = np.triu(np.ones_like(same), 1).astype(bool)
    n_right = (same & joined & above).sum()
    assert 2 * n_right / ((same & above).sum() + (joined & above).sum()) >= 0.95


@pytest.mark.parametrize("date", [pd.NaT, pd.Timestamp("2024-03-14")])
def test_rare_words_find_the_events_of_a_crowded_time(date: pd.Timestamp, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done for speed where many articles have no date or the same one, done with few: the same events."""
    corpus = load_example().assign(date=date)
    everything = match_events(corpus)
    monkeypatch.setattr(event_scores, "_FEW_ARTICLES", 10)
    monkeypatch.setattr(event_scores, "_RARE", 12)
    by_rare_words = match_events(corpus)
    assert everything["event"].notna().sum() > 30
    pd.testing.assert_series_equal(everything["event"], by_rare_words["event"])
    pd.testing.assert_series_equal(everything["score"], by_rare_words["score"])
