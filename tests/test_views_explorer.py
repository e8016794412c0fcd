"""The explorer: every point is an article, and every number leads to the sentences that it counts."""

import pandas as pd
import pytest

import framing
from framing.errors import InputError
from framing.views.points import metrics_by_voice, point_layout, value_in_words


@pytest.fixture(scope="module")
def corpus():
    return framing.load_example()


@pytest.fixture(scope="module")
def analysis(corpus):
    return framing.analyze(corpus)


@pytest.fixture
def explorer(analysis, corpus):
    return framing.explore(analysis, corpus)


METRIC = "hedges_per_1000_words_outlet"
TABLE = pd.DataFrame(
    {
        "article_id": ["a1", "a2", "b1", "b2"],
        "outlet": ["A", "A", "B", "B"],
        "event": ["flood", "vote", "flood", pd.NA],
        METRIC: pd.array([10.0, 30.0, 40.0, pd.NA], dtype="Float64"),
    }
)


def test_points_lie_along_the_scale_and_an_event_has_one_height_in_every_row():
    layout = point_layout(TABLE, METRIC, outlets=["A", "B"], events=["flood", "vote"])
    assert [(tick["x"], tick["text"]) for tick in layout["ticks"]] == [
        (0.0, "0"), (0.25, "10"), (0.5, "20"), (0.75, "30"), (1.0, "40"),
    ]  # fmt: skip
    assert [(p["id"], p["row"], p["x"], p["y"]) for p in layout["points"]] == [
        ("a1", 0, 0.25, 0.25),
        ("a2", 0, 0.75, 0.75),
        ("b1", 1, 1.0, 0.25),
    ]
    assert [(row["mean"], row["mean_text"]) for row in layout["rows"]] == [(0.5, "20.00"), (1.0, "40.00")]


def test_each_event_counts_once_in_the_mean():
    twice = pd.concat([TABLE, TABLE.head(1).assign(article_id="a3", **{METRIC: 20.0})], ignore_index=True)
    layout = point_layout(twice, METRIC, outlets=["A"], events=None)
    assert layout["rows"][0]["mean_text"] == "22.50"  # (15 + 30) / 2, not (10 + 20 + 30) / 3


def test_an_article_without_a_value_is_named():
    assert point_layout(TABLE, METRIC, outlets=["A", "B"], events=None)["missing"] == ["b2"]


def test_an_article_without_a_value_has_no_point_but_is_told(corpus):
    german = "Der Minister sagte am Montag, die Regierung werde das Gesetz im Herbst vorlegen. " * 8
    mixed = corpus.head(5).assign(text=[german, *corpus["text"].iloc[1:5]], language=["de"] + ["en"] * 4)
    explorer = framing.explore(framing.analyze(mixed), mixed)
    assert len(explorer.plot.points["points"]) == 4
    assert "1 article has no value here" in explorer.missing.value
    assert "e01-agency" in explorer.missing.value
    explorer.select("e01-agency")
    assert "no value, since there are no words" in explorer.evidence.value
    assert "Not analysed in full" in explorer.evidence.value
    explorer.outlets.value = ("Radio Arrenia",)
    assert explorer.missing.value.strip() == ""


def test_an_outlet_without_articles_keeps_its_row():
    layout = point_layout(TABLE, METRIC, outlets=["A", "B"], events=["vote"])
    assert [row["mean_text"] for row in layout["rows"]] == ["30.00", "–"]


def test_values_below_zero_have_a_place_on_the_scale():
    tone = TABLE.assign(sentiment=[-0.2, 0.1, 0.0, pd.NA])
    points = point_layout(tone, "sentiment", outlets=["A", "B"], events=None)["points"]
    assert all(0 <= point["x"] <= 1 for point in points)
    assert points[0]["x"] < points[2]["x"] < points[1]["x"]


def test_every_metric_of_an_analysis_can_be_shown(analysis, explorer):
    families = metrics_by_voice(analysis.articles)
    columns = [column for by_voice in families.values() for column in by_voice.values()]
    made = [column for column in framing.metric_table().index if column in analysis.articles.columns]
    assert sorted(columns) == sorted(made)
    for family in families:
        explorer.metric.value = family
        for _, voice in explorer.voice.options:
            explorer.voice.value = voice
            explorer.select("e05-radio")
            assert explorer.plot.points["axis"]


def test_a_rate_says_what_it_was_computed_from(analysis):
    article = analysis.articles.set_index("article_id").loc["e05-radio"]
    assert value_in_words(article, METRIC) == "33.61 per 1,000 words, 4 in 119 words"


def test_a_click_lists_each_sentence_that_counts_once(analysis, corpus, explorer):
    explorer.select("e05-radio")
    rows = framing.list_evidence(analysis, METRIC, corpus=corpus)
    sentences = rows.loc[rows["article_id"] == "e05-radio", "sentence"].nunique()
    listed = explorer.evidence.value.partition("The sentences behind it:")[2]
    assert listed.count("<p>") == sentences > 0
    assert listed.count('<mark class="f-hedge"') == 4
    assert "is said to" in listed


def test_voice_changes_what_is_counted(explorer):
    explorer.select("e05-radio")
    explorer.voice.value = "source"
    assert "Hedges in its sources&#39; words: " in explorer.evidence.value
    assert "could" in explorer.evidence.value


def test_a_metric_without_that_voice_takes_another(explorer):
    explorer.metric.value = "share_attributions_direct"
    assert [voice for _, voice in explorer.voice.options] == ["all"]
    assert explorer.voice.value == "all"
    assert "direct speech" in explorer.plot.points["axis"].lower()
    explorer.metric.value = "sentiment"
    assert explorer.voice.value == "all"


def test_chosen_events_and_outlets_are_the_points(explorer):
    explorer.outlets.value = ("Radio Arrenia", "The Daily Klaxon")
    explorer.events.value = ("dam-flood",)
    assert [point["id"] for point in explorer.plot.points["points"]] == ["e02-klaxon", "e02-radio"]


def test_a_point_that_is_no_longer_shown_leaves_no_sentences_behind(explorer):
    explorer.select("e02-radio")
    assert explorer.evidence.value
    explorer.events.value = ("dock-strike",)
    assert explorer.evidence.value == ""


def test_the_same_event_elsewhere_is_told(explorer):
    explorer.select("e02-radio")
    assert "Sextant News Agency 17.54; " in explorer.evidence.value


def test_a_corpus_without_events_can_be_explored(corpus):
    small = corpus.drop(columns=["event", "title", "date"]).head(4)
    explorer = framing.explore(framing.analyze(small), small)
    assert explorer.events.layout.display == "none"
    explorer.select("e01-radio" if "e01-radio" in set(small["article_id"]) else small["article_id"].iloc[0])
    assert "The same event" not in explorer.evidence.value
    assert len(explorer.plot.points["points"]) == 4


def test_hostile_text_is_escaped():
    attack = "<img src=x onerror=alert(1)>"
    small = pd.DataFrame(
        {"article_id": ["1"], "outlet": [attack], "title": [attack], "event": [attack], "text": [f"It may {attack}."]}
    )
    explorer = framing.explore(framing.analyze(small), small)
    explorer.select("1")
    assert "<img" not in explorer.evidence.value
    explorer.whole.value = True
    assert "<img" not in explorer.evidence.value


def test_mistakes_are_told_in_a_sentence(analysis, corpus, explorer):
    with pytest.raises(InputError, match=r"no metric 'hedges' that can be explored. Choose one of: .*sentiment_outlet"):
        framing.explore(analysis, corpus, metric="hedges")
    with pytest.raises(InputError, match=r"no article 'e99'.*for example 'e01-agency'"):
        explorer.select("e99")


def test_the_metric_asked_for_is_shown_first(analysis, corpus):
    explorer = framing.explore(analysis, corpus, metric="sentiment_source")
    assert (explorer.metric.value, explorer.voice.value) == ("sentiment", "source")


def test_importing_the_package_imports_no_widgets():
    import subprocess
    import sys

    code = "import sys, framing; print({'ipywidgets', 'anywidget'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
