import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

from framing.comparison import compare_outlets
from framing.comparison.contrasts import without_joint
from framing.errors import InputError

COLUMNS = [
    "metric",
    "outlet",
    "versus",
    "n_events",
    "n_articles",
    "n_missing",
    "mean",
    "mean_versus",
    "difference",
    "ci_low",
    "ci_high",
    "effect_size",
    "effect_size_name",
    "effect_low",
    "effect_high",
    "p_value",
    "q_value",
    "method",
]
NUMBERS = ["mean", "mean_versus", "difference", "ci_low", "ci_high", "effect_size", "p_value"]
CORE = ["attributions_per_1000_words", "share_words_source"]


def paired(courier, herald, **more):
    """One article of each outlet per event."""
    n = len(courier)
    return pd.DataFrame(
        {
            "article_id": [f"c{i}" for i in range(n)] + [f"h{i}" for i in range(n)],
            "outlet": ["Courier"] * n + ["Herald"] * n,
            "event": [f"e{i:03}" for i in range(n)] * 2,
            "quotes": [*courier, *herald],
            **more,
        }
    )


def random_articles(seed, *, n_events=8, outlets=("Courier", "Herald", "Wire"), most=2):
    random = np.random.default_rng(seed)
    rows = [
        {"outlet": outlet, "event": f"e{event}", "quotes": random.poisson(3.0), "tone": random.normal()}
        for event in range(n_events)
        for outlet in outlets
        for _ in range(random.integers(1, most + 1))
    ]
    return pd.DataFrame(rows).assign(article_id=[f"a{i}" for i in range(len(rows))])


def test_columns_types_and_order():
    result = compare_outlets(random_articles(1), ["tone", "quotes"])
    assert list(result.columns) == COLUMNS
    assert result["metric"].tolist() == ["tone"] * 4 + ["quotes"] * 4
    assert list(zip(result["outlet"], result["versus"], strict=True))[:4] == [
        ("all outlets", "each other"),
        ("Courier", "Herald"),
        ("Courier", "Wire"),
        ("Herald", "Wire"),
    ]
    assert {str(result[name].dtype) for name in NUMBERS} == {"Float64"}
    assert str(result["n_events"].dtype) == "Int64"


def test_a_pair_by_hand():
    # Differences -1 -2 -3 -4 -5 -6: of the 64 sign patterns two are as far from 0; with 2/64 < .05 < 4/64 the interval
    # is all that subsets can have as their mean.
    row = compare_outlets(paired([3, 2, 5, 1, 2, 3], [4, 4, 8, 5, 7, 9]), ["quotes"]).iloc[0]
    assert row["n_events"] == 6
    assert row["n_articles"] == 12
    assert row["mean"] == pytest.approx(16 / 6, abs=1e-9)
    assert row["mean_versus"] == pytest.approx(37 / 6, abs=1e-9)
    assert row["difference"] == pytest.approx(-3.5, abs=1e-9)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((-6, -1), abs=1e-9)
    assert row["effect_size"] == pytest.approx(-3.5 / 3.5**0.5, abs=1e-9)  # the variance of 1 to 6 is 3.5
    assert row["effect_size_name"] == "d_z"
    assert row["p_value"] == 2 / 64


def test_exact_p_equals_scipy():
    random = np.random.default_rng(2)
    for n in (6, 9, 12):
        for values in (random.normal(0.7, 1, (2, n)), random.poisson(2, (2, n)), random.integers(0, 2, (2, n)) / 10):
            scipy = stats.permutation_test(
                values, lambda a, b, axis: np.mean(a - b, axis=axis), permutation_type="samples", vectorized=True
            )
            row = compare_outlets(paired(*values), ["quotes"]).iloc[0]
            assert row["p_value"] == pytest.approx(scipy.pvalue, abs=1e-9)


@pytest.mark.parametrize("n_events", [20, 300])
def test_random_p_and_interval_are_close_to_a_paired_t_test_of_normal_values(n_events):
    random = np.random.default_rng(3)
    courier, herald = random.normal(0.25, 1, n_events), random.normal(0, 1, n_events)
    row = compare_outlets(paired(courier, herald), ["quotes"], n_resamples=99_999).iloc[0]
    scipy = stats.ttest_rel(courier, herald)
    interval = scipy.confidence_interval()
    assert row["p_value"] == pytest.approx(scipy.pvalue, abs=0.01)
    assert row["ci_low"] == pytest.approx(interval.low, abs=0.05 * (interval.high - interval.low))
    assert row["ci_high"] == pytest.approx(interval.high, abs=0.05 * (interval.high - interval.low))
    assert row["effect_size"] == pytest.approx(scipy.statistic / n_events**0.5, abs=1e-9)


def test_ties_are_ties_in_decimals_too():
    # 0.1 + 0.2 - 0.3 is not 0 in floating point, but a sum of these differences that is 0 must count as one.
    differences = np.array([1, 2, -3, 4, 5, -1, 2, 3])
    tenths = compare_outlets(paired(differences / 10, [0] * 8), ["quotes"])["p_value"]
    assert tenths.tolist() == compare_outlets(paired(differences, [0] * 8), ["quotes"])["p_value"].tolist()


def test_random_p_counts_the_data_as_one_of_the_draws():
    # Twenty differences of one sign: no random pattern reaches them, so p is 2 (0 + 1) / (999 + 1).
    row = compare_outlets(paired(range(1, 21), [0] * 20), ["quotes"], n_resamples=999).iloc[0]
    assert row["p_value"] == 2 / 1000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=6, max_size=30), st.integers(0, 3))
def test_interval_leaves_zero_out_just_when_p_is_at_most_05(differences, seed):
    row = compare_outlets(paired(differences, [0] * len(differences)), ["quotes"], n_resamples=999, seed=seed).iloc[0]
    assert row["ci_low"] <= row["difference"] <= row["ci_high"]
    assert (row["ci_low"] > 0 or row["ci_high"] < 0) == (row["p_value"] <= 0.05)


@pytest.mark.parametrize("n_events", [9, 20])
def test_a_value_is_in_the_interval_when_the_test_does_not_reject_it(n_events):
    random = np.random.default_rng(4)
    differences = random.gamma(1, 3, n_events) - 1
    row = compare_outlets(paired(differences, [0] * n_events), ["quotes"]).iloc[0]
    for value, is_in in (
        (row["ci_low"] + 1e-6, True),
        (row["ci_high"] - 1e-6, True),
        (row["ci_low"] - 1e-6, False),
        (row["ci_high"] + 1e-6, False),
    ):
        p_value = compare_outlets(paired(differences - value, [0] * n_events), ["quotes"])["p_value"].iloc[0]
        assert (p_value > 0.05) == is_in


def test_ratio_metric_is_the_ratio_of_sums_within_event():
    articles = paired([0] * 6, [0] * 6).drop(columns="quotes")
    second = articles.head(1).assign(article_id="c0b")
    articles = pd.concat([articles, second], ignore_index=True)
    articles["n_words"] = [100] * 12 + [900]
    articles["n_attributions"] = [10] + [1] * 11 + [10]
    articles["attributions_per_1000_words"] = 1000 * articles["n_attributions"] / articles["n_words"]
    row = compare_outlets(articles).iloc[0]
    # Event e000: (10 + 10) / (100 + 900) words are 20 per 1,000, not the mean of 100 and 11.1; all others are 10.
    assert row["metric"] == "attributions_per_1000_words"
    assert row["mean"] == pytest.approx((20 + 5 * 10) / 6, abs=1e-9)
    assert row["n_articles"] == 13
    assert "ratio of sums within event" in row["method"]


def test_a_corrected_column_counts_as_it_stands():
    articles = paired([0] * 6, [0] * 6).assign(n_words=100, n_attributions=1, attributions_per_1000_words=12.0)
    row = compare_outlets(articles).iloc[0]
    assert row["mean"] == 12
    assert "ratio" not in row["method"]


def test_zero_denominator_leaves_the_event_out_of_that_metric_only():
    articles = paired(range(7), range(1, 8)).assign(n_words=[0] + [100] * 13, n_attributions=[0] + [2] * 13)
    articles["attributions_per_1000_words"] = (1000 * articles["n_attributions"] / articles["n_words"]).astype(
        "Float64"
    )
    result = compare_outlets(articles, ["attributions_per_1000_words", "quotes"])
    assert result["n_events"].tolist() == [6, 7]
    assert result["n_articles"].tolist() == [12, 14]


def test_core_metrics_are_the_default():
    articles = paired(range(6), range(6)).assign(
        share_words_source=0.5, attributions_per_1000_words=range(12), positive_per_1000_words=1.0
    )
    assert compare_outlets(articles)["metric"].tolist() == CORE


def test_q_is_benjamini_hochberg_over_all_rows_of_the_call():
    articles = random_articles(5, n_events=12)
    articles["quotes"] += np.where(articles["outlet"] == "Wire", 3, 0)
    result = without_joint(compare_outlets(articles, ["quotes", "tone"]))
    p_values = result["p_value"].to_numpy(dtype=float)
    assert result["q_value"].to_numpy(dtype=float) == pytest.approx(stats.false_discovery_control(p_values), abs=1e-9)
    order = np.argsort(p_values)
    by_hand = [min(p_values[order[j]] * 6 / (j + 1) for j in range(i, 6)) for i in range(6)]
    assert result["q_value"].to_numpy(dtype=float)[order] == pytest.approx(by_hand, abs=1e-9)


def test_rest_is_the_mean_of_the_other_outlets_in_the_event():
    articles = pd.concat(
        [
            paired([6] * 6, [1] * 6),
            paired([4] * 6, [0] * 6).query("outlet == 'Courier'").assign(outlet="Wire", article_id=list("uvwxyz")),
        ]
    )
    result = without_joint(compare_outlets(articles, ["quotes"], contrast="rest")).set_index("outlet")
    assert result["versus"].unique().tolist() == ["rest"]
    assert result["mean_versus"].to_dict() == {"Courier": 2.5, "Herald": 5.0, "Wire": 3.5}
    assert result["n_articles"].tolist() == [18, 18, 18]


def test_rest_is_the_mean_of_those_that_tell_the_event():
    articles = pd.concat([paired([6] * 6, [1] * 6), paired([0], [4]).tail(1).assign(outlet="Wire", article_id="w")])
    row = without_joint(compare_outlets(articles, ["quotes"], contrast="rest")).iloc[0]
    # The Wire tells e000 only, where the rest is (1 + 4) / 2.
    assert row["mean_versus"] == pytest.approx((2.5 + 5 * 1) / 6, abs=1e-9)
    assert row["n_articles"] == 13


def test_naming_an_outlet_swaps_sides_and_signs():
    articles = random_articles(6)
    one = compare_outlets(articles, ["tone"], contrast="Herald").set_index("outlet").loc["Courier"]
    other = compare_outlets(articles, ["tone"], contrast="Courier").set_index("outlet").loc["Herald"]
    assert one["difference"] == pytest.approx(-other["difference"], abs=1e-12)
    assert (one["ci_low"], one["ci_high"]) == pytest.approx((-other["ci_high"], -other["ci_low"]), abs=1e-12)
    assert one["effect_size"] == pytest.approx(-other["effect_size"], abs=1e-12)
    assert one["p_value"] == other["p_value"]


@pytest.mark.parametrize("event", ["event", None])
def test_swapping_outlets_flips_signs_by_event_and_by_article(event):
    articles = random_articles(7, n_events=30, outlets=("Courier", "Herald"), most=1)
    swapped = articles.assign(outlet=articles["outlet"].map({"Courier": "Herald", "Herald": "Courier"}))
    one = compare_outlets(articles, ["quotes"], event=event).iloc[0]
    named = compare_outlets(articles, ["quotes"], event=event, contrast="Courier").iloc[0]
    other = compare_outlets(swapped, ["quotes"], event=event).iloc[0]
    assert one["difference"] == -other["difference"]
    assert one["p_value"] == named["p_value"]
    assert (named["ci_low"], named["ci_high"]) == pytest.approx((-one["ci_high"], -one["ci_low"]), abs=1e-12)
    assert one["p_value"] == other["p_value"]
    assert one["ci_low"] == pytest.approx(-other["ci_high"], abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.randoms(),
    st.sampled_from(["pairwise", "rest", "Wire"]),
    st.sampled_from(["event", None]),
)
def test_row_order_changes_no_byte(seed, shuffle, contrast, event):
    articles = random_articles(seed, n_events=7, most=5)
    order = list(articles.index)
    shuffle.shuffle(order)
    options = {"contrast": contrast, "event": event, "n_resamples": 999}
    assert_frame_equal(
        compare_outlets(articles, ["quotes", "tone"], **options),
        compare_outlets(articles.loc[order], ["quotes", "tone"], **options),
        check_exact=True,
    )


def test_articles_of_one_cell_are_added_in_the_same_order():
    # 1e16 + 1 - 1e16 is 0 in floating point, and 1e16 - 1e16 + 1 is 1.
    articles = paired([1e16] + [0] * 5, [0] * 6)
    more = [articles.head(1).assign(quotes=value, article_id=name) for name, value in (("d0", 1.0), ("d1", -1e16))]
    one, other = pd.concat([articles, *more]), pd.concat([articles, *more[::-1]])
    assert_frame_equal(compare_outlets(one, ["quotes"]), compare_outlets(other, ["quotes"]), check_exact=True)


@pytest.mark.parametrize(("n_events", "event"), [(8, "event"), (40, "event"), (10, None)])
def test_other_metrics_and_outlets_change_nothing_but_q(n_events, event):
    articles = random_articles(8, n_events=n_events, outlets=("Courier", "Herald", "Star", "Wire"))
    alone = compare_outlets(articles.query("outlet in ['Courier', 'Wire']"), ["tone"], event=event)
    among = compare_outlets(articles.assign(more=articles["tone"] ** 2), ["quotes", "tone", "more"], event=event)
    among = among.query("metric == 'tone' and outlet == 'Courier' and versus == 'Wire'").reset_index(drop=True)
    assert_frame_equal(alone.drop(columns="q_value"), among.drop(columns="q_value"), check_exact=True)


def test_the_frame_is_not_changed():
    articles = random_articles(9).astype({"outlet": "category"})
    before = articles.copy(deep=True)
    compare_outlets(articles, ["tone"])
    assert_frame_equal(articles, before)


def test_seed_and_n_resamples_count_only_beyond_16_events():
    def p_values(n_events, seed):
        result = compare_outlets(random_articles(10, n_events=n_events), ["tone"], seed=seed)
        return without_joint(result)["p_value"].tolist()

    assert p_values(16, 1) == p_values(16, 2)
    assert p_values(17, 1) != p_values(17, 2)


def test_missing_values_are_left_out_and_counted():
    articles = paired(range(8), [1] * 8)
    articles["quotes"] = articles["quotes"].astype("Int64")
    articles.loc[3, "quotes"] = pd.NA
    row = compare_outlets(articles, ["quotes"]).iloc[0]
    assert (row["n_events"], row["n_articles"]) == (7, 14)
    assert row["mean"] == pytest.approx((28 - 3) / 7, abs=1e-9)


def test_articles_without_event_are_left_out_and_that_is_said():
    articles = paired(range(8), [1] * 8)
    articles["event"] = articles["event"].mask(articles["event"] == "e007", " ")
    row = compare_outlets(articles, ["quotes"]).iloc[0]
    assert row["n_events"] == 7
    assert row["method"].endswith("; 2 of 16 articles have no event and are left out")


def test_nothing_differs():
    row = compare_outlets(paired([0.1] * 8, [0.1] * 8), ["quotes"]).iloc[0]
    assert (row["difference"], row["ci_low"], row["ci_high"], row["p_value"]) == (0, 0, 0, 1)
    assert row["effect_size"] is pd.NA


def test_the_same_difference_everywhere_has_no_effect_size():
    row = compare_outlets(paired([0.3] * 8, [0.1] * 8), ["quotes"]).iloc[0]
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.2, 0.2), abs=1e-9)
    assert row["p_value"] == 2 / 256
    assert row["effect_size"] is pd.NA


def test_a_pair_with_too_few_events_is_a_row_without_numbers():
    articles = random_articles(11, n_events=8)
    few = articles[(articles["outlet"] != "Wire") | (articles["event"] < "e5")]
    result = compare_outlets(few, ["tone"]).set_index(["outlet", "versus"])
    row = result.loc[("Courier", "Wire")]
    assert row["n_events"] == 5
    assert all(row[name] is pd.NA for name in [*NUMBERS, "q_value", "effect_size_name"])
    assert row["method"] == "not compared: 5 shared events with a value, at least 6 are needed"
    assert result.loc[("Courier", "Herald"), "q_value"] == result.loc[("Courier", "Herald"), "p_value"]


def test_by_article_says_that_different_events_are_compared():
    articles = random_articles(12).drop(columns="event")
    result = compare_outlets(articles, ["tone"])
    assert result["n_events"].isna().all()
    assert result["method"].str.startswith("by article, not paired: the outlets may have told different events").all()
    no_value = articles.assign(event=pd.NA)
    assert_frame_equal(result, compare_outlets(no_value, ["tone"]))


def by_article(left, right):
    articles = pd.DataFrame({"outlet": ["A"] * len(left) + ["B"] * len(right), "quotes": [*left, *right]})
    return articles.assign(article_id=[f"a{i}" for i in articles.index])


def welch(left, right, axis=-1):
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.var(left, axis=axis, ddof=1) / 6 + np.var(right, axis=axis, ddof=1) / right.shape[axis])
        return (np.mean(left, axis=axis) - np.mean(right, axis=axis)) / error


@pytest.mark.parametrize("n_right", [6, 9])
def test_by_article_equals_scipy_where_all_relabellings_are_tried(n_right):
    random = np.random.default_rng(13)
    left, right = random.normal(1, 1, 6), random.normal(0, 2, n_right)
    row = compare_outlets(by_article(left, right), ["quotes"]).iloc[0]
    scipy = stats.permutation_test((left, right), welch, n_resamples=np.inf, vectorized=True)
    assert row["p_value"] == pytest.approx(scipy.pvalue, abs=1e-9)
    drawn = np.sort(scipy.null_distribution)
    rank = len(drawn) // 40 + 1
    error = (left.mean() - right.mean()) / scipy.statistic
    expected = (row["difference"] - drawn[-rank] * error, row["difference"] - drawn[rank - 1] * error)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(expected, abs=1e-9)


def test_by_article_is_close_to_welchs_t_test():
    random = np.random.default_rng(14)
    left, right = random.normal(0.4, 1, 150), random.normal(0, 2, 60)
    row = compare_outlets(by_article(left, right), ["quotes"]).iloc[0]
    scipy = stats.ttest_ind(left, right, equal_var=False)
    interval = scipy.confidence_interval()
    assert row["p_value"] == pytest.approx(scipy.pvalue, abs=0.015)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((interval.low, interval.high), abs=0.05)


def test_hedges_g_by_hand():
    # Pooled variance of 1..6 and 3..8 is 3.5; gamma(5) / (sqrt(5) gamma(4.5)) corrects for 10 degrees of freedom.
    row = compare_outlets(by_article(range(1, 7), range(3, 9)), ["quotes"]).iloc[0]
    gamma_45 = 3.5 * 2.5 * 1.5 * 0.5 * np.pi**0.5
    assert row["effect_size"] == pytest.approx(-2 / 3.5**0.5 * 24 / (5**0.5 * gamma_45), abs=1e-9)
    assert row["effect_size_name"] == "Hedges' g"


def test_by_article_without_spread():
    same = compare_outlets(by_article([2.5] * 6, [2.5] * 7), ["quotes"]).iloc[0]
    assert (same["difference"], same["ci_low"], same["ci_high"], same["p_value"]) == (0, 0, 0, 1)
    assert same["effect_size"] is pd.NA
    apart = compare_outlets(by_article([1.0] * 6, [0.0] * 6), ["quotes"]).iloc[0]
    assert (apart["ci_low"], apart["ci_high"], apart["p_value"]) == (1, 1, 2 / 924)
    assert apart["effect_size"] is pd.NA


def refused(articles, *args, **options):
    with pytest.raises(InputError) as caught:
        compare_outlets(articles, *args, **options)
    return str(caught.value)


def test_refuses_one_outlet():
    message = refused(paired([1] * 6, [2] * 6).query("outlet == 'Herald'"), ["quotes"])
    assert message.startswith("a comparison needs articles of at least two outlets; found only 'Herald'")


def test_refuses_fewer_than_six_shared_events_and_says_how_many_there_are():
    message = refused(paired(range(5), range(5)), ["quotes"])
    assert "too few shared events: at most 5 have a value on both sides (Courier and Herald, metric quotes)" in message
    assert "compare_outlets(articles, event=None)" in message


def test_refuses_too_few_articles():
    assert "too few articles: at most 5" in refused(by_article(range(5), range(9)), ["quotes"])


@pytest.mark.parametrize(
    ("metrics", "message"),
    [
        (["quots"], "articles has no metric 'quots'. Did you mean 'quotes'?"),
        (["zzz"], "articles has no metric 'zzz'. Its numeric columns are: quotes"),
        (["outlet"], "metric 'outlet' is not numeric"),
        ([], "metrics is empty. Name at least one numeric column; articles has: quotes"),
        (None, "articles has none of the core metrics that analyze makes."),
    ],
)
def test_refuses_metrics(metrics, message):
    assert refused(paired([1] * 6, [2] * 6), metrics).startswith(message)


def test_refuses_infinite_values():
    assert "infinite in 1 articles" in refused(paired([np.inf] + [1] * 5, [2] * 6), ["quotes"])


def test_refuses_frames_that_are_not_articles():
    articles = paired([1] * 6, [2] * 6)
    assert "no column 'outlet'" in refused(articles.rename(columns={"outlet": "source"}), ["quotes"])
    assert 'articles.rename(columns={"source": "outlet"})' in refused(
        articles.rename(columns={"outlet": "source"}), ["quotes"]
    )
    assert "no column 'article_id'" in refused(articles.drop(columns="article_id"), ["quotes"])
    assert "article_id repeats: c0" in refused(pd.concat([articles, articles.head(1)]), ["quotes"])
    assert "article_id is missing in 1 of 12" in refused(articles.replace({"article_id": {"c0": None}}), ["quotes"])
    assert "outlet is missing in 6 of 12" in refused(articles.replace({"outlet": {"Herald": " "}}), ["quotes"])
    assert "no column 'story' to pair by" in refused(articles, ["quotes"], event="story")
    assert "must be a pandas DataFrame" in refused([1, 2], ["quotes"])
    assert "more than once" in refused(pd.concat([articles, articles[["quotes"]]], axis=1), ["quotes"])


def test_refuses_options():
    articles = paired([1] * 6, [2] * 6)
    assert "The outlets are: Courier, Herald" in refused(articles, ["quotes"], contrast="Heraldo")
    assert "two meanings" in refused(articles.replace({"outlet": {"Herald": "rest"}}), ["quotes"], contrast="rest")
    assert "n_resamples must be" in refused(articles, ["quotes"], n_resamples=100)
    assert "seed must be" in refused(articles, ["quotes"], seed=-1)
