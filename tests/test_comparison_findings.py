import pandas as pd
import pytest

from framing.comparison import compare_outlets, describe_findings
from framing.errors import InputError


def row(**more):
    return {
        "metric": "attributions_per_1000_words",
        "outlet": "The Courier",
        "versus": "The Herald",
        "n_events": 10,
        "n_articles": 20,
        "mean": 14.2,
        "mean_versus": 20.1,
        "difference": -5.9,
        "ci_low": -8.8,
        "ci_high": -3.1,
        "effect_size": -1.3,
        "q_value": 0.012,
        **more,
    }


def sentence(**more):
    return describe_findings(pd.DataFrame([row(**more)]), 1)[-1]


def test_a_rate():
    assert sentence() == (
        "The Courier has fewer attributions than The Herald: 14.2 against 20.1 per 1,000 words, a difference of −5.9 "
        "(95% interval −8.8 to −3.1, 10 events, q = .012)."
    )


def test_a_share_is_shown_in_percent_and_percentage_points():
    share = {"mean": 0.31, "mean_versus": 0.243, "difference": 0.067, "ci_low": 0.021, "ci_high": 0.1123}
    assert sentence(metric="share_words_source", **share) == (
        "The Courier has a larger share of words in sources' voice than The Herald: 31.0% against 24.3% of all words, "
        "a difference of 6.7 percentage points (95% interval 2.1 to 11.2, 10 events, q = .012)."
    )


def test_tone_names_its_scale():
    tone = {"mean": -0.12, "mean_versus": 0.034, "difference": -0.154, "ci_low": -0.2, "ci_high": -0.001}
    assert sentence(metric="sentiment_outlet", **tone) == (
        "In The Courier tone in its own words is lower than in The Herald: −0.12 against 0.03 on a scale from −1 to 1, "
        "a difference of −0.15 (95% interval −0.20 to 0.00, 10 events, q = .012)."
    )


def test_a_metric_of_ones_own_goes_by_its_columns_name():
    assert sentence(metric="n_photos", versus="rest").startswith(
        "In The Courier 'n_photos' is lower than in the other outlets: 14.2 against 20.1, a difference of −5.9 (95%"
    )


def test_by_article_is_said():
    assert "(95% interval −8.8 to −3.1, 20 articles that may tell different events, q = .012)" in sentence(
        n_events=pd.NA
    )


def test_nothing_differs():
    same = {"mean": 14.2, "mean_versus": 14.2, "difference": 0.0, "ci_low": 0.0, "ci_high": 0.0, "q_value": 1.0}
    assert sentence(**same, effect_size=pd.NA) == (
        "The Courier has as many attributions as The Herald: 14.2 against 14.2 per 1,000 words, a difference of 0.0 "
        "(95% interval 0.0 to 0.0, 10 events, q = 1); this could be chance."
    )


@pytest.mark.parametrize(
    ("q_value", "shown"), [(0.0004, "q < .001"), (0.0498, "q = .0498"), (0.0504, "q = .0504"), (0.26, "q = .260")]
)
def test_q_is_never_rounded_over_the_line(q_value, shown):
    assert shown in sentence(q_value=q_value)


def test_what_stands_comes_first_then_the_largest_effect_and_a_second_row_of_a_metric_last():
    rows = [
        row(metric="a", effect_size=2.0, q_value=0.2),
        row(metric="b", effect_size=0.5, q_value=0.01),
        row(metric="c", effect_size=-0.8, q_value=0.01),
        row(metric="c", effect_size=0.7, q_value=0.01, versus="The Star"),
        row(metric="d", effect_size=pd.NA, q_value=pd.NA),
    ]
    found = describe_findings(pd.DataFrame(rows), 9)
    assert [one.split(" is ")[0].split()[-1] for one in found] == ["'c'", "'b'", "'c'", "'a'"]
    assert ["this could be chance" in one for one in found] == [False, False, False, True]


def test_if_nothing_stands_that_comes_first():
    rows = [row(metric="a", q_value=0.2, effect_size=0.1), row(metric="b", q_value=0.3, effect_size=0.4)]
    found = describe_findings(pd.DataFrame(rows), 1)
    assert found[0] == (
        "None of the 2 differences asked stands at q < .05; the largest follows, and it could be chance."
    )
    assert found[1].startswith("In The Courier 'b' is")
    assert found[1].endswith("q = .300); this could be chance.")
    assert len(found) == 2


def test_names_stay_on_one_line_and_keep_their_characters():
    assert sentence(outlet="Sun\n<script>{x}").startswith("Sun <script>{x} has fewer")


def test_it_reads_what_compare_outlets_gives():
    articles = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(16)],
            "outlet": ["Courier", "Herald"] * 8,
            "event": [i // 2 for i in range(16)],
            "quotes": range(16),
            "words": [100, 300, 120, 310, 90, 280, 100, 330, 140, 350, 110, 300, 100, 290, 130, 350],
        }
    )
    found = describe_findings(compare_outlets(articles, ["quotes", "words"]))
    assert found[0].startswith(
        "In Courier 'quotes' is lower than in Herald: 7.0 against 8.0, a difference of −1.0 (95%"
    )
    assert found[1].startswith("In Courier 'words' is lower than in Herald: 111 against 314, a difference of −202 (95%")


def test_refuses():
    with pytest.raises(InputError, match="n must be at least 1; found 0"):
        describe_findings(pd.DataFrame([row()]), 0)
    with pytest.raises(InputError, match="comparison has no column 'q_value'"):
        describe_findings(pd.DataFrame([row()]).drop(columns="q_value"))
