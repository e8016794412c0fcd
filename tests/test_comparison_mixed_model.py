import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.regression.mixed_linear_model import MixedLM
from statsmodels.stats.anova import AnovaRM

from framing.comparison import compare_by_mixed_model, compare_outlets, describe_agreement
from framing.comparison.contrasts import without_joint
from framing.errors import InputError, TooFewError

OUTLETS = ("Courier", "Herald", "Post", "Wire")


def news(n_events=12, n_outlets=3, *, most=1, by_event=1.0, by_cell=0.5, effect=0.0, seed=0):
    """Articles of which each outlet has one to `most` about each event."""
    random = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        shared = random.normal(0, by_event)
        for number, outlet in enumerate(OUTLETS[:n_outlets]):
            own = random.normal(0, by_cell) if most > 1 else 0
            for _ in range(random.integers(1, most + 1)):
                rows.append((outlet, f"e{event:03}", 5 + effect * number + shared + own + random.normal()))
    frame = pd.DataFrame(rows, columns=["outlet", "event", "quotes"])
    frame.insert(0, "article_id", [f"a{i:04}" for i in range(len(frame))])
    return frame


def alone(articles, metrics=("quotes",), **options):
    """The mixed model beside a comparison that takes no time."""
    contrast = options.get("contrast", "pairwise")
    comparison = compare_outlets(articles, list(metrics), n_resamples=999, contrast=contrast)
    return compare_by_mixed_model(articles, list(metrics), comparison=comparison, **options)


@pytest.mark.parametrize(("most", "inner"), [(1, None), (3, {"cell": "0 + C(outlet)"})])
def test_equals_statsmodels_called_directly(most, inner):
    articles = news(15, 3, most=most, by_cell=1.0, seed=3)
    # In units in which the values have a spread of 1, which is where its search is most exact.
    spread = articles["quotes"].std(ddof=0)
    scaled = articles.assign(quotes=articles["quotes"] / spread)
    model = MixedLM.from_formula(
        "quotes ~ 0 + C(outlet)", scaled, groups=scaled["event"], re_formula="1", vc_formula=inner
    )
    direct = model.fit(reml=True, method="bfgs", gtol=1e-8)
    weights = np.array([1, 0, -1])
    row = alone(articles).iloc[1]
    assert (row["outlet"], row["versus"]) == ("Courier", "Post")
    error = float(np.sqrt(weights @ direct.cov_params().to_numpy()[:3, :3] @ weights))
    difference = float(weights @ direct.fe_params)
    n_free = 15 * 3 - 15 - 2
    assert row["difference"] == pytest.approx(spread * difference, abs=1e-9)
    half = spread * error * stats.t.ppf(0.975, n_free)
    assert row["ci_high"] - row["difference"] == pytest.approx(half, abs=1e-7)
    assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(difference / error), n_free), abs=1e-7)
    variances = [float(direct.cov_re.iloc[0, 0]), *direct.vcomp, direct.scale]
    assert row["between_events"] == pytest.approx(variances[0] / sum(variances), abs=1e-7)


def test_two_outlets_with_an_article_each_are_the_paired_t_test():
    articles = news(14, 2, effect=0.8, seed=2)
    values = articles.pivot(index="event", columns="outlet", values="quotes")
    expected = stats.ttest_rel(values["Courier"], values["Herald"])
    row = alone(articles).iloc[0]
    assert row["difference"] == pytest.approx((values["Courier"] - values["Herald"]).mean(), abs=1e-9)
    assert row["p_value"] == pytest.approx(expected.pvalue, abs=1e-6)
    interval = expected.confidence_interval()
    assert [row["ci_low"], row["ci_high"]] == pytest.approx([interval.low, interval.high], abs=1e-6)


def test_three_outlets_are_the_repeated_measures_analysis_of_variance():
    articles = news(14, 3, effect=0.6, seed=3)
    values = articles.pivot(index="event", columns="outlet", values="quotes").to_numpy()
    rows = alone(articles)
    left_over = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    error = np.sqrt(2 * (left_over**2).sum() / (13 * 2) / 14)
    differences = [values[:, a].mean() - values[:, b].mean() for a, b in ((0, 1), (0, 2), (1, 2))]
    assert rows["difference"].tolist() == pytest.approx(differences, abs=1e-9)
    assert rows["p_value"].tolist() == pytest.approx(
        [2 * stats.t.sf(abs(d) / error, 26) for d in differences], abs=1e-6
    )
    # The mean of the squared t of all pairs is the F of the analysis of variance.
    f_value = AnovaRM(articles, "quotes", "event", within=["outlet"]).fit().anova_table["F Value"].iloc[0]
    assert sum((d / error) ** 2 for d in differences) / 3 == pytest.approx(f_value, rel=1e-6)


def test_without_variance_between_events_it_is_the_comparison_of_all_articles():
    # Each event's mean is the same, which the model can't explain by a variance, and statsmodels' own search fails.
    random = np.random.default_rng(6)
    values = random.normal(0, 1, (10, 2))
    values -= values.mean(axis=1, keepdims=True)
    articles = news(10, 2).assign(quotes=values.ravel())
    row = alone(articles).iloc[0]
    assert row["between_events"] == 0
    assert row["problem"] == "events differ no more than chance would make them: no variance between them"
    expected = stats.ttest_ind(values[:, 0], values[:, 1])
    error = abs(row["difference"] / expected.statistic)
    assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(row["difference"]) / error, 9), abs=1e-9)


def test_articles_of_one_outlet_about_one_event_are_no_independent_ones():
    articles = news(10, 2, most=1, seed=8)
    tripled = pd.concat([articles.assign(article_id=articles["article_id"] + c) for c in "xyz"])
    tripled["quotes"] += np.random.default_rng(1).normal(0, 0.01, len(tripled))
    once, thrice = alone(articles).iloc[0], alone(tripled).iloc[0]
    assert thrice["n_articles"] == 3 * once["n_articles"]
    assert thrice["p_value"] == pytest.approx(once["p_value"], abs=0.02)


def test_rows_are_in_the_order_of_the_comparison_and_of_the_same_articles():
    articles = news(9, 4, most=2).assign(hedges=lambda a: a["quotes"] ** 2)
    for contrast in ("pairwise", "rest", "Post"):
        metrics = ["hedges", "quotes"]
        first = compare_outlets(articles, metrics, contrast=contrast, n_resamples=999)
        second = compare_by_mixed_model(articles, metrics, contrast=contrast, comparison=first)
        columns = ["metric", "outlet", "versus", "n_events", "n_articles"]
        pd.testing.assert_frame_equal(without_joint(first)[columns].reset_index(drop=True), second[columns])
        assert second["problem"].isna().all()


def test_the_order_of_rows_decides_nothing():
    articles = news(9, 3, most=3)
    shuffled = articles.sample(frac=1, random_state=5)
    pd.testing.assert_frame_equal(alone(articles), alone(shuffled), check_exact=True)


def test_events_of_one_outlet_alone_are_left_out():
    articles = news(9, 2)
    lonely = pd.DataFrame({"article_id": ["x", "y"], "outlet": "Courier", "event": ["f", "g"], "quotes": [90.0, 80.0]})
    pd.testing.assert_frame_equal(alone(articles), alone(pd.concat([articles, lonely])))


def degenerate(kind):
    articles = news(8, 2)
    number = articles["event"].str[1:].astype(float)
    return {
        "constant": articles.assign(quotes=3.0),
        "sum of event and outlet": articles.assign(quotes=number + 10 * (articles["outlet"] == "Herald")),
        "outlet": articles.assign(quotes=(articles["outlet"] == "Herald").astype(float)),
        "event": articles.assign(quotes=number),
        "missing": articles.assign(quotes=pd.array([pd.NA] * len(articles), dtype="Float64")),
        "missing for one": articles.assign(quotes=articles["quotes"].where(articles["outlet"] == "Herald")),
        "one event": articles.assign(event="e"),
        "two events": articles.assign(event=np.where(number < 4, "e", "f")),
        "huge": articles.assign(quotes=articles["quotes"] * 1e300),
    }[kind]


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("constant", "not fitted: all articles have the same value"),
        ("sum of event and outlet", "not fitted: hardly anything varies"),
        ("outlet", "not fitted: hardly anything varies"),
        ("event", "not fitted: hardly anything varies"),
        ("missing", "not fitted: 0 shared events"),
        ("missing for one", "not fitted: 0 shared events"),
        ("one event", "not fitted: 1 shared events"),
        ("two events", "not fitted: 2 shared events"),
        ("huge", "not fitted: "),
    ],
)
def test_what_can_not_be_fitted_is_told_and_prints_nothing(kind, problem, capfd):
    comparison = compare_outlets(news(8, 2), ["quotes"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (row,) = compare_by_mixed_model(degenerate(kind), ["quotes"], comparison=comparison).to_dict("records")
    assert row["problem"].startswith(problem)
    assert all(
        pd.isna(row[name]) for name in ("difference", "ci_low", "ci_high", "p_value", "between_events", "agrees")
    )
    assert capfd.readouterr() == ("", "")


def test_outlets_that_no_event_links_are_not_compared_with_the_rest():
    left, right = news(8, 2), news(8, 4).query("outlet in ['Post', 'Wire']")
    right = right.assign(event="f" + right["event"], article_id="f" + right["article_id"])
    articles = pd.concat([left, right])
    assert alone(articles)["difference"].notna().tolist() == [True, False, False, False, False, True]
    # Of the rest only those count that tell the same events.
    apart = alone(articles, contrast="rest")
    assert apart["problem"].str.startswith("not fitted: some of the other outlets share no event").all()


def test_agreement_is_about_what_is_found_and_its_direction():
    articles = news(10, 2, effect=4.0)
    comparison = compare_outlets(articles, ["quotes"])
    assert comparison["p_value"].iloc[0] < 0.05

    def agrees(**change):
        return compare_by_mixed_model(articles, ["quotes"], comparison=comparison.assign(**change))["agrees"].iloc[0]

    assert agrees() is np.True_
    assert agrees(difference=-comparison["difference"]) is np.False_
    assert agrees(p_value=0.051) is np.False_
    assert agrees(p_value=pd.NA) is pd.NA
    little = news(10, 2, seed=1)
    other = compare_outlets(little, ["quotes"])
    assert other["p_value"].iloc[0] > 0.05
    turned = other.assign(difference=-other["difference"])
    assert compare_by_mixed_model(little, ["quotes"], comparison=turned)["agrees"].iloc[0] is np.True_


def test_the_comparison_is_made_when_none_is_given():
    articles = news(8, 2)
    given = compare_outlets(articles, ["quotes"])
    pd.testing.assert_frame_equal(
        compare_by_mixed_model(articles, ["quotes"]), compare_by_mixed_model(articles, ["quotes"], comparison=given)
    )


def test_copies_are_left_out_here_too():
    articles = news(8, 2, most=2).assign(copy=lambda a: a["event"] == "e000", agency=pd.NA)
    assert compare_by_mixed_model(articles, ["quotes"], copies="drop")["n_events"].tolist() == [7]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.drop(columns="p_value"), "comparison has no column 'p_value'"),
        (lambda c: c.assign(metric="other"), "none of these metrics and contrasts"),
        (lambda c: pd.concat([c, c]), "the row quotes / Courier / Herald more than once"),
        (lambda c: [c], "must be the DataFrame of compare_outlets; found list"),
    ],
)
def test_refuses_a_comparison_of_something_else(change, message):
    articles = news(8, 2)
    with pytest.raises(InputError, match=message):
        compare_by_mixed_model(articles, ["quotes"], comparison=change(compare_outlets(articles, ["quotes"])))


def test_refuses_articles_without_events():
    articles = news(8, 2)
    comparison = compare_outlets(articles, ["quotes"])
    with pytest.raises(InputError, match="a mixed model needs events"):
        compare_by_mixed_model(articles.drop(columns="event"), ["quotes"], comparison=comparison)
    with pytest.raises(TooFewError, match="too few shared events"):
        compare_by_mixed_model(articles.assign(event="e"), ["quotes"])


def test_the_sentence_counts_names_and_keeps_to_few():
    rows = [("n", f"Outlet {i}", "rest", 0.01 if i % 2 else 0.4, i > 6) for i in range(10)]
    second = pd.DataFrame(rows, columns=["metric", "outlet", "versus", "p_value", "agrees"])
    second["agrees"] = second["agrees"].astype("boolean")
    said = describe_agreement(second)
    assert said.startswith(
        "The mixed model agrees on 3 of 10 differences, and differs on 'n', Outlet 0 and the other outlets"
    )
    assert "(not found by it); 'n', Outlet 1 and the other outlets (found by it alone" in said
    assert said.endswith("; and on 2 more.")
    assert describe_agreement(second[second["agrees"]]) == "The mixed model agrees on all 3 differences."
    none = second.assign(agrees=pd.array([pd.NA] * 10, dtype="boolean"))
    assert describe_agreement(none) == "The mixed model could not be set beside any of the differences."
    assert describe_agreement(pd.concat([second.tail(1), none])) == (
        "The mixed model agrees on the one difference. 10 could not be set side by side."
    )
    with pytest.raises(InputError, match="second has no column 'agrees'"):
        describe_agreement(second.drop(columns="agrees"))


@pytest.mark.parametrize(("most", "by_event"), [(1, 1.0), (3, 1.0), (3, 0.0)])
def test_rejects_as_often_as_it_says(most, by_event):
    n_runs = 200
    frame = news(8, 3, most=most)
    event, outlet = frame["event"].str[1:].astype(int), frame["outlet"].map(OUTLETS.index)
    values = {}
    for run in range(n_runs):
        random = np.random.default_rng([run, most])
        by_events, by_cells = random.normal(0, by_event, 8), random.normal(0, 0.7, (8, 3))
        values[f"run {run}"] = by_events[event] + by_cells[event, outlet] + random.normal(0, 1, len(frame))
    frame = pd.concat([frame, pd.DataFrame(values)], axis=1)
    rows = alone(frame, list(values), contrast="Courier")
    share = (rows[rows["outlet"] == "Herald"]["p_value"] <= 0.05).mean()
    # Four standard errors of a share of .05 in 200 runs.
    assert share == pytest.approx(0.05, abs=4 * (0.05 * 0.95 / n_runs) ** 0.5)


def test_a_difference_that_both_find_on_different_sides_is_told():
    articles = news(12, 2).assign(quotes=lambda a: a["quotes"] + 20 * (a["outlet"] == a["outlet"].min()))
    first = compare_outlets(articles, ["quotes"], n_resamples=999)
    assert first["p_value"].iloc[0] <= 0.05
    turned = first.assign(difference=-first["difference"])
    second = compare_by_mixed_model(articles, ["quotes"], comparison=turned)
    assert second["agrees"].tolist() == [False]
    assert "found by both, on different sides" in describe_agreement(second)
    assert "agrees on the one difference" in describe_agreement(compare_by_mixed_model(articles, ["quotes"]))


def test_texts_that_are_printed_twice_do_not_keep_the_model_from_the_rest():
    articles = news(10, 3)
    twice = pd.concat([articles, articles.head(2).assign(article_id=["again 1", "again 2"])], ignore_index=True)
    once, second = (compare_by_mixed_model(frame, ["quotes"]) for frame in (articles, twice))
    assert second["problem"].str.startswith("an outlet's articles about an event hardly differ").all()
    assert second["difference"].tolist() == pytest.approx(once["difference"].tolist(), abs=1e-9)
    assert second["p_value"].tolist() == pytest.approx(once["p_value"].tolist(), abs=1e-9)
