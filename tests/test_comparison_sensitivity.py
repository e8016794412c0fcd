"""One question asked in many ways."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import OLS, add_constant

from framing import add_copies, analyze, compare_outlets, find_copies, load_example, sensitivity
from framing.comparison import describe_sensitivity
from framing.comparison.variants import CHECKS
from framing.errors import InputError, TooFewError


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    corpus = load_example()
    corpus = add_copies(corpus, find_copies(corpus))
    return analyze(corpus, lexicons=["vader"], progress=False).articles


def two_outlets(seed: int = 0, *, n_events: int = 12, **more) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    n = 2 * n_events
    return pd.DataFrame(
        {
            "article_id": [f"a{i:03}" for i in range(n)],
            "outlet": ["Courier", "Herald"] * n_events,
            "event": [f"e{i // 2:02}" for i in range(n)],
            "n_words": random.integers(200, 2_000, n),
            "quotes": random.poisson(5, n) + np.tile([2, 0], n_events),
            **more,
        }
    )


def test_the_row_as_asked_and_each_event_left_out_are_what_the_comparison_gives() -> None:
    frame = two_outlets()
    table = sensitivity(frame, "quotes", checks=["event"])
    names = ["n_events", "n_articles", "difference", "ci_low", "ci_high", "effect_size", "p_value"]
    assert table["check"].tolist() == ["as asked"] + ["event"] * 12
    for at, left_out in enumerate([None, *sorted(frame["event"].unique())]):
        expected = compare_outlets(frame[frame["event"] != left_out], ["quotes"]).iloc[0]
        assert table.loc[at, names].tolist() == pytest.approx(expected[names].tolist(), abs=1e-9)


def test_copies_authors_lexicons_and_parts_are_what_the_comparison_gives(articles: pd.DataFrame) -> None:
    table = sensitivity(articles, "sentiment_outlet", contrast="rest").set_index(["outlet", "choice"])
    outlet = "Radio Arrenia"

    def same(choice: str, metric: str, frame: pd.DataFrame = articles, **options) -> None:
        found = table.loc[(outlet, choice)]
        rows = compare_outlets(frame, [metric], contrast="rest", **options).set_index("outlet")
        names = ["n_events", "n_articles", "difference", "ci_low", "ci_high", "p_value"]
        assert found[names].tolist() == pytest.approx(rows.loc[outlet, names].tolist(), abs=1e-9)
        assert found["metric"] == metric

    same("as asked", "sentiment_outlet")
    same("copies left out", "sentiment_outlet", copies="drop")
    same("lexicon vader", "sentiment_vader_outlet")
    same("copies left out, lexicon vader", "sentiment_vader_outlet", copies="drop")
    same("without author Buster Crane", "sentiment_outlet", articles[articles["author"].fillna("") != "Buster Crane"])
    same("its sources' words", "sentiment_source")
    same("all words", "sentiment")
    same("headlines only", "sentiment_title")
    assert not table.loc[(outlet, "headlines only"), "same_question"]
    assert table.loc[(outlet, "copies left out, lexicon vader, at equal length"), "check"] == "several"


def test_categories_of_hedges_one_by_one(articles: pd.DataFrame) -> None:
    table = sensitivity(articles, "hedges_per_1000_words_outlet", contrast="rest", checks=["category"])
    first = table[table["outlet"] == "Radio Arrenia"]
    assert len(first) == 1 + 7
    assert first["metric"].iloc[1] == "hedges_epistemic_per_1000_words_outlet"


def test_equal_length_equals_statsmodels() -> None:
    frame = two_outlets(3)
    row = sensitivity(frame, "quotes", checks=["length"]).iloc[1]
    courier, herald = (frame[frame["outlet"] == name].reset_index() for name in ("Courier", "Herald"))
    longer = np.log(courier["n_words"]) - np.log(herald["n_words"])
    fitted = OLS((courier["quotes"] - herald["quotes"]).to_numpy(float), add_constant(longer.to_numpy())).fit(
        cov_type="HC3", use_t=True
    )
    low, high = fitted.conf_int()[0]
    assert row[["difference", "ci_low", "ci_high", "p_value"]].tolist() == pytest.approx(
        [fitted.params[0], low, high, fitted.pvalues[0]], abs=1e-9
    )


def test_a_difference_made_by_length_alone_goes_at_equal_length() -> None:
    random = np.random.default_rng(4)
    n_words = np.exp(random.normal(6, 0.4, 80) + np.tile([0.8, 0], 40))
    frame = two_outlets(n_events=40, n_words=n_words, quotes=10 * np.log(n_words) + random.normal(size=80))
    asked, controlled = sensitivity(frame, "quotes", checks=["length"]).itertuples()
    assert asked.stands
    assert not controlled.stands
    assert abs(controlled.difference) < 1


def test_equal_length_rejects_as_often_as_it_says() -> None:
    rejected = []
    for seed in range(400):
        random = np.random.default_rng(seed)
        n_words = np.exp(random.normal(6, 0.5, 40) + np.tile([0.5, 0], 20))
        frame = two_outlets(seed, n_events=20, n_words=n_words, quotes=random.gamma(2, 2, 40))
        rejected.append(bool(sensitivity(frame, "quotes", checks=["length"])["stands"].iloc[1]))
    assert np.mean(rejected) == pytest.approx(0.05, abs=3 * (0.05 * 0.95 / 400) ** 0.5)


def test_what_cannot_be_checked_says_why() -> None:
    frame = two_outlets().drop(columns="n_words").rename(columns={"quotes": "sentiment"})
    table = sensitivity(frame, "sentiment")
    reasons = table[table["metric"].isna()].set_index("check")["choice"].to_dict()
    assert set(reasons) == {"copies", "length", "lexicon", "author"}
    assert reasons["author"] == "not checked: the articles have no column author"
    assert table[table["metric"].isna()]["difference"].isna().all()
    assert describe_sensitivity(table)[0].endswith("author (the articles have no column author).")


def test_row_order_and_the_frame() -> None:
    frame = two_outlets(5, author=["A. Berg", "B. Cole", "C. Dahl"] * 8)
    before = frame.copy(deep=True)
    one = sensitivity(frame, "quotes")
    pd.testing.assert_frame_equal(one, sensitivity(frame.sample(frac=1, random_state=1), "quotes"))
    pd.testing.assert_frame_equal(frame, before)
    assert one["check"].tolist().count("author") == 3


def test_refuses() -> None:
    with pytest.raises(InputError, match=r"checks must be a list of any of copies, length.*; found 'lenght'"):
        sensitivity(two_outlets(), "quotes", checks=["lenght"])
    with pytest.raises(InputError, match="found 'length'"):
        sensitivity(two_outlets(), "quotes", checks="length")
    with pytest.raises(InputError, match="no metric 'quots'"):
        sensitivity(two_outlets(), "quots")
    with pytest.raises(InputError, match="sensitivity needs events"):
        sensitivity(two_outlets().drop(columns="event"), "quotes")
    with pytest.raises(TooFewError, match="too few shared events"):
        sensitivity(two_outlets(n_events=5), "quotes")


def test_six_events_leave_too_few_when_one_is_left_out() -> None:
    table = sensitivity(two_outlets(n_events=6), "quotes", checks=["event"])
    assert table["difference"].notna().tolist() == [True] + [False] * 6


def test_sentences_count_what_the_table_has(articles: pd.DataFrame) -> None:
    table = sensitivity(articles, "share_words_source", contrast="rest")
    said = describe_sensitivity(table)
    assert len(said) == table["outlet"].nunique()
    for paragraph, (outlet, rows) in zip(said, table.groupby("outlet", sort=False), strict=True):
        others = rows[rows["difference"].notna() & rows["same_question"] & (rows["check"] != "as asked")]
        assert paragraph.startswith(f"{outlet} less the other outlets, words in sources' voice: ")
        assert f"Asked in {len(others)} other ways (10 without one event and " in paragraph
        assert f"it keeps its sign in {int(others['same_sign'].sum())} and" in paragraph
        both = int((others["same_sign"] & others["stands"]).sum())
        assert f"its interval leaves out 0 in {both}." in paragraph


def test_every_check_is_documented() -> None:
    assert all(f'"{check}"' in (sensitivity.__doc__ or "") for check in CHECKS)
