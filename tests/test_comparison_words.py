"""Distinctive words: by hand, by voice, with a prior, and honest about words that come in bursts."""

import math

import numpy as np
import pandas as pd
import pytest

from framing.analysis import Analysis, analyze
from framing.comparison import distinctive_words
from framing.comparison.distinctive_words import log_odds
from framing.comparison.spoken_words import spoken_words
from framing.errors import InputError, TooFewError


def corpus_of(herald: str, courier: str, n_events: int = 6) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"article_id": f"{outlet}{n}", "outlet": outlet, "event": f"e{n}", "text": text}
            for n in range(n_events)
            for outlet, text in (("Herald", herald), ("Courier", courier))
        ]
    )


def analysis_of(corpus: pd.DataFrame) -> Analysis:
    return analyze(corpus, progress=False)


def test_log_odds_by_hand() -> None:
    corpus = corpus_of("Migrants came.", "People came.")
    prior = {"migrants": 1.0, "came": 2.0, "people": 1.0}
    table = distinctive_words(analysis_of(corpus), corpus, "Herald", prior=prior, least=1).set_index("word")
    # 6 migrants of 12 words and 1 of 4 words of prior, against none: 7 to 9 by 1 to 15
    assert table.loc["migrants", "log_odds"] == pytest.approx(math.log(7 / 9) - math.log(1 / 15), abs=1e-9)
    assert table.loc["migrants", "z"] == pytest.approx(
        (math.log(7 / 9) - math.log(1 / 15)) / math.sqrt(1 / 7 + 1 / 1), abs=1e-9
    )
    assert table.loc["came", "log_odds"] == 0
    assert table.loc["migrants", ["per_1000_words", "per_1000_words_versus"]].tolist() == [500, 0]


def test_words_of_sources_are_not_the_outlets() -> None:
    corpus = corpus_of("It rained. “Traitors,” said Ann Lee.", "It rained.")
    analysis = analysis_of(corpus)
    own, told, both = (spoken_words(analysis, corpus, voice)["Herald0"] for voice in ("outlet", "source", "all"))
    assert told == {"traitors": 1}
    assert own == {"it": 1, "rained": 1, "said": 1, "ann": 1, "lee": 1}
    assert both == own + told


def test_only_events_that_both_tell_count() -> None:
    corpus = corpus_of("Migrants came.", "People came.")
    alone = pd.DataFrame([{"article_id": "x", "outlet": "Herald", "event": "z", "text": "Floods came. " * 9}])
    corpus = pd.concat([corpus, alone], ignore_index=True)
    table = distinctive_words(analysis_of(corpus), corpus, "Herald", least=1)
    assert sorted(table["word"]) == ["came", "migrants", "people"]


def test_a_burst_in_one_event_is_no_difference_of_outlets() -> None:
    corpus = corpus_of("Migrants came.", "People came.", 12)
    corpus.loc[0, "text"] = "Caravan " * 40 + "came."
    table = distinctive_words(analysis_of(corpus), corpus, "Herald", prior_words=10).set_index("word")
    assert table.loc["caravan", "z"] > 2, "word by word it looks sure"
    assert table.loc["caravan", "ci_low"] <= 0, "but a third of the draws of events lack it"
    assert table.loc["migrants", "ci_low"] > 0


def test_the_order_of_rows_changes_nothing() -> None:
    corpus = corpus_of("Migrants came by sea.", "People came by boat.")
    mixed = corpus.sample(frac=1, random_state=1).reset_index(drop=True)
    tables = [distinctive_words(analysis_of(c), c, "Herald", least=2) for c in (corpus, mixed)]
    pd.testing.assert_frame_equal(*tables)


def test_intervals_cover_no_difference_as_often_as_they_say() -> None:
    """400 pairs of outlets that draw from the same words: 95% of the intervals hold 0."""
    rng = np.random.default_rng(0)
    covered = []
    for seed in range(40):
        events = rng.gamma(1.0, 6.0, size=(60, 10))  # words come in bursts by event, for both alike
        own, rest = rng.poisson(events), rng.poisson(events)
        added = np.full(10, 1.0)
        draws = np.random.default_rng(seed).multinomial(60, np.full(60, 1 / 60), size=999)
        ratios, _ = log_odds(draws @ own, draws @ rest, added)
        low, high = np.quantile(ratios, [0.025, 0.975], axis=0)
        covered.append((low <= 0) & (high >= 0))
    assert 0.92 <= np.mean(covered) <= 0.98


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"outlet": "Post"}, "no outlet 'Post'; there are: Courier, Herald"),
        ({"voice": "own"}, "voice must be one of outlet, source, all"),
        ({"event": "story"}, "no column 'story'"),
        ({"prior_words": 0}, "prior_words must be above 0"),
        ({"least": 0}, "least must be a whole number"),
        ({"n_resamples": 10}, "at least 999"),
        ({"prior": {"came": float("nan")}}, "finite count above 0"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], message: str) -> None:
    corpus = corpus_of("Migrants came.", "People came.")
    arguments = {"outlet": "Herald", **options}
    with pytest.raises(InputError, match=message):
        distinctive_words(analysis_of(corpus), corpus, **arguments)


def test_another_corpus_is_refused() -> None:
    corpus = corpus_of("Migrants came.", "People came.")
    other = corpus.assign(text="Something else.")
    with pytest.raises(InputError, match="not the corpus that was analysed"):
        distinctive_words(analysis_of(corpus), other, "Herald")


def test_few_events_are_refused() -> None:
    corpus = corpus_of("Migrants came.", "People came.", 5)
    with pytest.raises(TooFewError, match="5 events in common; 6 are needed"):
        distinctive_words(analysis_of(corpus), corpus, "Herald")
