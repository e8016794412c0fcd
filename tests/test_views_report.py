import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

import framing.views
from framing.comparison import compare_outlets, describe_findings, detectable_difference
from framing.errors import InputError
from framing.views import write_report
from framing.views.comparison_table import comparison_table
from framing.views.evidence import EvidenceFinder, counted_places, spread_sample
from framing.views.findings import robustness_of, steadiness_of
from framing.views.inputs import Texts, annotation_tables
from framing.views.methods import measures
from framing.views.overview import values_by_event
from framing.views.report_tables import for_spreadsheets
from framing.views.templating import asset
from tests.views_example import ArticleBuilder, make_analysis, newsroom

HOSTILE = "<script>alert(1)</script> \"><img src=x onerror='alert(2)'> {{ 7*7 }} <!--"


class Page(HTMLParser):
    """A page's elements, its text by enclosing element, and its tables."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text, self.tables, self.ids = [], [], [], []
        self._cell, self._shown = None, True
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append((tag, attrs))
        self._shown = tag not in ("style", "script")
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = self.tables[-1][-1]

    def handle_endtag(self, tag):
        self._shown = True
        if tag in ("td", "th"):
            self._cell = None

    def handle_data(self, data):
        if self._shown:
            self.text.append(data)
        if self._cell is not None:
            self._cell[-1] += data

    @property
    def words(self):
        return " ".join("".join(self.text).split())

    def named(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def news():
    analysis, corpus = newsroom()
    return analysis, corpus, compare_outlets(analysis.articles, n_resamples=999)


def page_of(tmp_path, *arguments, **options):
    return Page(write_report(*arguments, out=tmp_path / "r.html", **options).read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def page(news, tmp_path_factory):
    return page_of(tmp_path_factory.mktemp("report"), *news)


def test_the_file_is_where_it_was_asked_for(news, tmp_path):
    assert write_report(*news[:2], out=tmp_path / "new" / "mine.html") == tmp_path / "new" / "mine.html"
    assert write_report(*news[:2], out=str(tmp_path / "folder")) == tmp_path / "folder" / "report.html"


def test_findings_come_first_and_in_the_words_of_the_comparison(news, page):
    sentences = describe_findings(news[2], 10)
    assert len(sentences) == 10
    for sentence in sentences:
        assert sentence in page.words
    assert page.words.index(sentences[0]) < page.words.index("Articles by outlet")


def test_numbers_of_the_table_are_those_of_the_comparison(news, page):
    table = next(table for table in page.tables if table[0][0] == "measure" and "q" in table[0])
    assert len(table) == 1 + len(news[2])
    assert table[1:] == [list(row) for row in comparison_table(news[2]).rows]
    place = news[2].index.get_loc(news[2]["difference"].first_valid_index())
    first = news[2].iloc[place]
    printed = dict(zip(table[0], table[1 + place], strict=True))
    assert float(printed["difference"]) == pytest.approx(first["difference"], abs=0.005)
    assert float("0" + printed["q"]) == pytest.approx(first["q_value"], abs=0.0005)


def test_shares_minus_signs_and_small_p_values_are_printed_as_in_journals():
    row = {
        "metric": "share_words_source", "outlet": "A", "versus": "rest", "n_events": 12, "n_articles": 1234,
        "mean": 0.1, "mean_versus": 0.25, "difference": -0.15, "ci_low": -0.2, "ci_high": -0.1, "effect_size": -1.5,
        "p_value": 0.0001, "q_value": 0.04999,
    }  # fmt: skip
    cells = list(comparison_table(pd.DataFrame([row])).rows[0])
    assert cells[0] == "Words in sources' voice, percentage points"
    assert cells[1:] == [
        "A", "the other outlets", "12", "1,234", "10.0%", "25.0%", "−15.0", "−20.0 to −10.0", "−1.50", "< .001", ".049"
    ]  # fmt: skip


def test_what_could_be_found_is_one_link_above_the_findings_and_a_table_below_them(news, tmp_path):
    metrics = ["attributions_per_1000_words", "share_words_source"]
    detectable = detectable_difference(news[0].articles, metrics)
    page = page_of(tmp_path, *news, detectable=detectable)
    assert "those smaller than these sizes would often be missed" in page.words
    first = describe_findings(news[2], 1)[0]
    assert page.words.index("these sizes") < page.words.index(first) < page.words.index("What this comparison could")
    assert "#power" in [attrs["href"] for attrs in page.named("a")]
    assert "probability of 80% (at p ≤ .05, one question alone)" in page.words
    summary, one_by_one = page.tables[:2]
    assert [[row[0], row[-1]] for row in summary[1:]] == [
        ["Attributions, per 1,000 words", "8"],
        ["Words in sources' voice, percentage points", "8"],
    ]
    assert "from the lowest to the highest of 3 contrasts" in page.words
    assert len(one_by_one) == 1 + len(detectable)
    for row, cells in zip(detectable.to_dict("records"), one_by_one[1:], strict=True):
        assert [*cells[1:3], cells[-1]] == [row["outlet"], row["versus"], "8"]
        factor = 100 if row["metric"].startswith("share") else 1
        assert float(cells[3]) == pytest.approx(factor * row["detectable_difference"], rel=0.05)
        assert float(cells[4].rstrip("%")) == pytest.approx(factor * row["mean"], abs=0.06)


def test_one_contrast_is_named_and_too_few_events_are_a_dash(tmp_path):
    analysis, corpus = newsroom(7, ("Courier", "<b>Herald"))
    comparison = compare_outlets(analysis.articles, ["share_words_source"], n_resamples=999)
    detectable = detectable_difference(analysis.articles, ["share_words_source"])
    page = page_of(tmp_path, analysis, corpus, comparison, detectable=detectable)
    assert "be found, <b>Herald and Courier" in page.words
    assert "Contrast by contrast" not in page.words
    few = detectable.assign(n_events=5, detectable_difference=pd.NA)
    page = page_of(tmp_path, analysis, corpus, comparison, detectable=few)
    assert page.tables[0][1][1] == "–"
    by_article = detectable_difference(analysis.articles, ["share_words_source"], event=None)
    page = page_of(tmp_path, analysis, corpus, comparison, detectable=by_article)
    assert (page.tables[0][0][-1], page.tables[0][1][-1]) == ("articles", "14")
    assert "What this comparison could find" not in page_of(tmp_path, analysis, corpus, comparison).words


def test_counts_by_outlet_are_those_of_the_corpus(news, page):
    table = next(table for table in page.tables if table[0][0] == "outlet")
    rows = {row[0]: dict(zip(table[0], row, strict=True)) for row in table[1:]}
    articles = news[0].articles
    words = articles[articles["outlet"] == "Courier"]["n_words"].sum()
    assert rows["Courier"]["words"] == f"{words:,}"
    assert (rows["all"]["articles"], rows["all"]["events shared"]) == ("24", "8")
    assert rows["Wire"]["first date"] == "2024-03-01"


def test_values_by_outlet_are_sums_by_sums(news, page):
    table = next(table for table in page.tables if table[0][:2] == ["measure", "unit"] and "q" not in table[0])
    row = next(row for row in table if row[0] == "Attributions")
    articles = news[0].articles[news[0].articles["outlet"] == "Courier"]
    expected = 1000 * articles["n_attributions"].sum() / articles["n_words"].sum()
    assert row[table[0].index("Courier")] == f"{expected:.2f}"


def test_each_finding_shows_sentences_of_both_outlets_and_says_how_many_there_are(news):
    analysis, corpus, comparison = news
    row = next(
        r for r in comparison.to_dict("records")
        if r["metric"] == "hedges_per_1000_words_outlet" and r["versus"] == "Wire"
    )  # fmt: skip
    evidence = EvidenceFinder(analysis, Texts(corpus)).find(row, n_per_outlet=3)
    assert [sample.outlet for sample in evidence.samples] == [row["outlet"], "Wire"]
    for sample in evidence.samples:
        counted = analysis.articles.loc[analysis.articles["outlet"] == sample.outlet, "n_hedges_outlet"].sum()
        assert sample.n_places == counted
        assert len(sample.excerpts) == 3
        assert len({excerpt.article_id for excerpt in sample.excerpts}) == 3
        for excerpt in sample.excerpts:
            assert re.search(r'<mark class="f-hedge"[^>]*>may</mark>', excerpt.marked)
            assert re.sub(r"<[^>]*>", "", excerpt.marked).startswith("The works may")


def test_evidence_links_lead_to_articles_of_the_page(page):
    links = [attrs["href"] for attrs in page.named("a") if attrs.get("href", "").startswith("#")]
    assert any(re.fullmatch(r"#place-\d+-\d+", link) for link in links)
    assert {link[1:] for link in links} <= set(page.ids)


@pytest.mark.parametrize("metric", ["share_words_source", "sentiment_source", "sources_per_1000_words"])
def test_evidence_of_sums_and_of_distinct_things_leaves_out_what_adds_nothing(news, metric):
    from framing.analysis.metrics import metric_table

    counted = str(metric_table().loc[metric, "numerator"])
    tables = annotation_tables(news[0])
    places = counted_places(tables, counted)
    assert len(places) > 0
    if metric == "sentiment_source":
        assert (places["score"] != 0).all()
        assert set(places["voice"]) == {"source"}
    elif metric == "sources_per_1000_words":
        assert len(places) == news[0].articles["n_sources"].sum()
    else:
        assert places["n_words"].sum() == news[0].articles["n_words_source"].sum()


def test_the_sample_does_not_depend_on_the_order_of_rows_and_spreads_over_articles():
    places = pd.DataFrame({"article_id": ["a"] * 9 + ["b", "c"], "field": "text", "start": range(11)})
    chosen = spread_sample(places, 3, salt="x")
    assert set(chosen["article_id"]) == {"a", "b", "c"}
    shuffled = spread_sample(places.sample(frac=1, random_state=1), 3, salt="x")
    assert set(shuffled["start"]) == set(chosen["start"])


def test_evidence_of_a_paired_comparison_comes_from_shared_events_only(news):
    analysis, corpus, comparison = news
    articles = analysis.articles.copy()
    articles.loc[(articles["outlet"] == "Wire") & (articles["event"] != "event 0"), "event"] = pd.NA
    finder = EvidenceFinder(type(analysis)(**{**vars(analysis), "articles": articles}), Texts(corpus))
    row = dict(comparison[comparison["versus"] == "Wire"].iloc[0])
    assert {e.article_id for s in finder.find(row, n_per_outlet=50).samples for e in s.excerpts} == {
        "e0-Courier",
        "e0-Wire",
    }


def test_a_metric_of_ones_own_is_compared_without_evidence(news, tmp_path):
    analysis, corpus, _ = news
    articles = analysis.articles.assign(
        n_verbs=[float(len(o)) + i % 4 for i, o in enumerate(analysis.articles["outlet"])]
    )
    own = type(analysis)(**{**vars(analysis), "articles": articles})
    page = page_of(tmp_path, own, corpus, compare_outlets(articles, ["n_verbs"], n_resamples=999))
    assert "This metric was not made by framing" in page.words


@pytest.mark.parametrize("versus", ["Herald", "rest"])
def test_it_is_told_in_how_many_events_a_difference_has_its_direction(versus):
    shares = {"e1": (0.5, 0.2, 0.3), "e2": (0.4, 0.1, 0.2), "e3": (0.1, 0.3, 0.2)}
    rows = [
        {"event": event, "outlet": outlet, "own": share}
        for event, values in shares.items()
        for outlet, share in zip(("Courier", "Herald", "Wire"), values, strict=True)
    ]
    row = {"metric": "own", "outlet": "Courier", "versus": versus, "n_events": 3, "difference": 0.1}
    said = "The difference has this direction in 2 of the 3 events and the opposite one in 1."
    assert steadiness_of(pd.DataFrame(rows), row) == said
    assert steadiness_of(pd.DataFrame(rows), row | {"n_events": 4}) == ""
    assert steadiness_of(pd.DataFrame(rows), row | {"n_events": pd.NA}) == ""


@pytest.mark.parametrize(
    ("courier", "said"),
    [
        ((3, 2, 4, 2), "The difference has this direction in all 4 events."),
        ((3, 1, 4, 1), "The difference has this direction in 2 of the 4 events; in 2 both sides are equal."),
        (
            (3, 1, 4, 0),
            "The difference has this direction in 2 of the 4 events and the opposite one in 1; "
            "in 1 both sides are equal.",
        ),
    ],
)
def test_events_in_which_both_sides_are_equal_are_told_apart(courier, said):
    articles = pd.DataFrame(
        {
            "event": [*"abcd"] * 2,
            "outlet": ["Courier"] * 4 + ["Herald"] * 4,
            "own": [float(value) for value in (*courier, 1, 1, 1, 1)],
        }
    )
    row = {"metric": "own", "outlet": "Courier", "versus": "Herald", "n_events": 4, "difference": 1.0}
    assert steadiness_of(articles, row) == said


def test_what_becomes_of_a_finding_in_other_ways_has_its_unit(news, tmp_path):
    text = write_report(*news, out=tmp_path / "r.html").read_text(encoding="utf8")
    told = len(re.findall(r"What would overturn this one|, part by part</summary>", text))
    units = re.findall(r"[Dd]ifferences (.+?), with 95% interval", text)
    assert len(units) == told > 0
    assert set(units) <= {"per 1,000 words", "in percentage points", "on the scale from −1 to 1"}


def test_a_finding_says_in_how_many_other_ways_its_answer_stays_and_what_would_overturn_it(news):
    analysis, _, comparison = news
    rows = [dict(row) for row in comparison.dropna(subset=["difference"]).to_dict("records") if row["n_events"]]
    told = [robustness_of(analysis.articles, row) for row in rows if row["versus"] != "each other"]
    told = [robustness for robustness in told if robustness is not None]
    assert told
    for robustness in told:
        found = re.fullmatch(
            r"Asked in (\d+) other ways \(\d+ only leave out one event\), the answer stays the same in (all|\d+)\.",
            robustness.ways,
        )
        assert found
        # What would overturn it is named just when something would.
        assert (found[2] == "all") == (robustness.moved == "")
        assert "without one event at a time" in robustness.kinds
        assert "Not checked: " not in robustness.parts
        assert "leaves out 0" not in robustness.parts


def test_what_would_overturn_findings_is_told_once_for_each_measure(page):
    for measure in measures().values():
        assert page.words.count(measure.overturned) <= 1
    assert page.words.count("they don't say why outlets differ, nor who is right") == 1
    assert sum(page.words.count(measure.overturned) for measure in measures().values()) > 0


def test_words_a_reader_may_not_know_are_explained_at_their_first_use(news, page):
    assert "Hedge: a word that leaves a claim open" in page.words
    terms = [attrs for attrs in page.named("a") if attrs.get("class") == "term"]
    assert {"#term-q", "#term-interval", "#term-event"} <= {attrs["href"] for attrs in terms}
    within = [attrs["href"] for attrs in terms if "title" in attrs]
    assert len(within) == len(set(within))
    assert {attrs["href"][1:] for attrs in terms} <= set(page.ids)


def test_an_outlet_whose_articles_were_not_counted_has_no_number_of_words(news, tmp_path):
    analysis, corpus, _ = news
    articles = analysis.articles.copy()
    articles.loc[articles["outlet"] == "Wire", ["n_words", "n_words_outlet", "n_words_source"]] = pd.NA
    page = page_of(tmp_path, type(analysis)(**{**vars(analysis), "articles": articles}), corpus)
    table = next(table for table in page.tables if table[0][0] == "outlet")
    words = {row[0]: row[table[0].index("words")] for row in table[1:]}
    assert words["Wire"] == "–"
    assert words["all"] == f"{articles['n_words'].sum():,}"


def test_full_tables_lie_beside_the_report_and_the_page_says_what_each_is(news, tmp_path):
    comparison = news[2]
    path = write_report(*news, out=tmp_path, tables="all tables")
    page = Page(path.read_text(encoding="utf8"))
    table = next(table for table in page.tables if table[0][0] == "file")
    files = {row[0]: int(row[1].replace(",", "")) for row in table[1:]}
    assert files.keys() == {file.name for file in (tmp_path / "all tables").iterdir()}
    assert {"comparison.csv", "evidence.csv", "articles.csv", "hedges.csv"} <= files.keys()
    for name, n_rows in files.items():
        assert len(pd.read_csv(tmp_path / "all tables" / name)) == n_rows
    links = [attrs["href"] for attrs in page.named("a")]
    assert {f"all%20tables/{name}" for name in files} <= set(links)
    assert all(len(row) == 3 and row[2] for row in table[1:])
    read = pd.read_csv(tmp_path / "all tables" / "comparison.csv")
    expected = comparison["difference"].astype(float).tolist()
    assert read["difference"].tolist() == pytest.approx(expected, nan_ok=True)


def test_all_places_behind_a_finding_are_listed_and_cut_their_words_out_of_the_text(news, tmp_path):
    corpus = news[1]
    write_report(*news, out=tmp_path, tables="tables")
    evidence = pd.read_csv(tmp_path / "tables" / "evidence.csv")
    text = dict(zip(corpus["article_id"], corpus["text"], strict=True))
    for row in evidence.to_dict("records"):
        assert text[row["article_id"]][row["start"] : row["end"]] in row["passage"]
    page = Page((tmp_path / "report.html").read_text(encoding="utf8"))
    for number in evidence["finding"].unique():
        n_places = [int(n.replace(",", "")) for n in re.findall(r"of ([\d,]+) places?, found", page.words)]
        assert (evidence["finding"] == number).sum() <= sum(n_places)
    assert len(evidence) == sum(n_places)


def test_tables_of_an_earlier_report_are_taken_away(news, tmp_path):
    write_report(*news, out=tmp_path, tables="tables")
    write_report(*news[:2], out=tmp_path, tables="tables")
    assert not (tmp_path / "tables" / "comparison.csv").exists()
    assert not (tmp_path / "tables" / "evidence.csv").exists()


def test_tables_have_the_same_bytes_each_time(news, tmp_path):
    for name in ("a", "b"):
        write_report(*news, out=tmp_path / name, tables="tables")
    for file in (tmp_path / "a" / "tables").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / "tables" / file.name).read_bytes()


@pytest.mark.parametrize("name", ["", "..", "a/b", "/tmp", "C:\\x"])
def test_tables_go_only_beside_the_report(news, tmp_path, name):
    with pytest.raises(InputError, match="no name of a folder beside the report"):
        write_report(*news[:2], out=tmp_path, tables=name)
    assert not list(tmp_path.iterdir())


def test_text_that_a_spreadsheet_would_run_is_written_as_text():
    hostile = ["=cmd()", "+1", "-1", "@a", "\tx", "fine", "“=1”"]
    written = for_spreadsheets(pd.DataFrame({"source": pd.array(hostile, dtype="string"), "n": range(7)}))
    assert written["source"].tolist() == ["'=cmd()", "'+1", "'-1", "'@a", "'\tx", "fine", "“=1”"]
    assert written["n"].tolist() == list(range(7))


def test_spans_are_written_the_same_whether_loaded_or_not(news, tmp_path):
    analysis = news[0]
    analysis.attributions.to_parquet(tmp_path / "a.parquet")
    loaded = pd.read_parquet(tmp_path / "a.parquet")
    written = [for_spreadsheets(table)["content_spans"].tolist() for table in (analysis.attributions, loaded)]
    assert written[0] == written[1]
    assert written[0][0].startswith("[[")


def test_values_by_event_are_those_that_were_compared(news):
    analysis, _, comparison = news
    for row in comparison.dropna(subset=["mean"]).to_dict("records"):
        values = values_by_event(analysis.articles, row["metric"])
        assert values[row["outlet"]].mean() == pytest.approx(row["mean"])


def test_plots_are_described_in_words(page):
    plots = [attrs for attrs in page.named("svg") if attrs.get("class") == "plot"]
    assert len(plots) > 14
    for plot in plots:
        assert plot["role"] == "img"
        assert set(plot["aria-labelledby"].split()) <= set(page.ids)
    assert "Dots with intervals. Attributions, differences per 1,000 words: Courier minus Herald +" in page.words


def test_ids_are_unique(page):
    assert len(page.ids) == len(set(page.ids))


def test_headings_stand_in_order_under_one_title(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_page_asks_for_nothing_from_outside_and_allows_its_own_script_only(page):
    (policy,) = [m["content"] for m in page.named("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-")
    assert not [a for _, a in page.elements if "src" in a]
    assert not page.named("link")
    assert not page.named("iframe")
    assert page.named("html") == [{"lang": "en"}]


def test_the_script_has_the_hash_that_is_allowed(news, tmp_path):
    text = write_report(*news, out=tmp_path / "r.html").read_text(encoding="utf8")
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text


def test_the_same_input_gives_the_same_bytes(news, tmp_path):
    first = write_report(*news, out=tmp_path / "a.html").read_bytes()
    assert write_report(*news, out=tmp_path / "b.html").read_bytes() == first


def test_inputs_are_not_changed(news, tmp_path):
    analysis, corpus, comparison = news
    frames = [analysis.articles, analysis.attributions, analysis.hedges, analysis.sentiment, corpus, comparison]
    before = [frame.copy(deep=True) for frame in frames]
    write_report(analysis, corpus, comparison, out=tmp_path)
    for frame, kept in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, kept)


def test_hostile_text_names_and_provenance_stay_text(tmp_path):
    built, about = [], []
    for event in range(8):
        for outlet in (HOSTILE, "Herald"):
            article = ArticleBuilder(f"{event} {outlet}")
            article.quote(HOSTILE, HOSTILE)
            for _ in range(event if outlet == "Herald" else 1):
                article.plain(f"It may be {HOSTILE} bad.", hedge="may")
            built.append(article)
            url = f"javascript:alert({event})" if event % 2 else f"https://example.org/{event}"
            about.append({"outlet": outlet, "event": event, "title": HOSTILE, "url": url, "problem": HOSTILE})
    analysis, corpus = make_analysis(built, about, {HOSTILE: {"x": HOSTILE}})
    comparison = compare_outlets(analysis.articles, n_resamples=999)
    page = page_of(tmp_path, analysis, corpus, comparison, title=HOSTILE, comparison_problem=HOSTILE)
    assert len(page.named("script")) == 1
    assert not page.named("img")
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    links = [attrs["href"] for attrs in page.named("a")]
    assert not [link for link in links if not link.startswith(("#", "https://example.org/"))]
    assert HOSTILE in page.words
    assert page.words.count("{{ 7*7 }}") > 20


def test_without_a_comparison_the_reason_is_told_and_articles_are_shown(news, tmp_path):
    analysis, corpus, _ = news
    page = page_of(tmp_path, analysis, corpus, comparison_problem="there is one outlet only, <Courier>")
    assert "The outlets are not compared here. There is one outlet only, <Courier>." in page.words
    assert "All 24 articles." in page.words
    plots = [attrs["aria-labelledby"] for attrs in page.named("svg") if attrs.get("class") == "plot"]
    assert plots == ["corpus-plot-title corpus-plot-desc"]
    assert [row[0] for table in page.tables for row in table if row[0] == "Attributions"]


def test_one_article_of_one_outlet_without_title_event_or_date(tmp_path):
    article = ArticleBuilder("a1")
    article.quote("Minister A", "“It may rain,”")
    page = page_of(tmp_path, *make_analysis([article], [{"outlet": "Courier"}]))
    assert "1 article, 6 words, 1 outlet." in page.words
    assert "No comparison was asked for." in page.words
    assert "How Courier tells the news" in page.words


def test_articles_without_text_title_or_hit_are_in_the_report(tmp_path):
    plain = ArticleBuilder("a2")
    plain.plain("It rained.")
    about = [
        {"outlet": "Courier", "title": pd.NA, "problem": "it has no text"},
        {"outlet": "Herald", "title": "Rain", "problem": pd.NA},
    ]
    page = page_of(tmp_path, *make_analysis([ArticleBuilder("a1"), plain], about))
    assert "1 article was not analysed in full" in page.words
    assert "a1 (Courier): it has no text" in page.words
    assert "Article a1 (without a title)" in page.words
    assert "This article has no text." in page.words


def test_when_nothing_stands_the_report_says_so(news, tmp_path):
    comparison = news[2].assign(q_value=news[2]["q_value"].clip(lower=0.5))
    page = page_of(tmp_path, *news[:2], comparison)
    assert "None of them stands at q < .05" in page.words
    assert len([i for i in page.ids if re.fullmatch(r"finding-\d+", i)]) == 3


def test_how_the_files_were_read_is_told(news, tmp_path):
    corpus = news[1].copy()
    corpus.attrs["reading"] = {"sentence": "24 read, 0 repaired, 2 set aside (2 no text)"}
    page = page_of(tmp_path, news[0], corpus)
    assert "Reading the files: 24 read, 0 repaired, 2 set aside (2 no text)." in page.words


def test_methods_name_each_measure_with_its_limits_and_the_versions_of_the_run(page):
    for words in ("Who speaks", "How sure", "In what tone", "irony", "lexicons › hedges_en › sha256", "ab" * 32):
        assert words in page.words
    assert "bias" not in page.words.lower()


def test_each_measure_states_its_accuracy_on_a_corpus(page):
    for name, measure in measures().items():
        assert measure.accuracy, name
        for line in measure.accuracy:
            assert line["value"] == "not measured" or re.fullmatch(r"\.\d\d", line["value"])
            assert " ".join(line["corpus"].split()) in page.words


def test_a_corpus_that_was_not_analysed_is_refused(news, tmp_path):
    with pytest.raises(InputError, match="isn't the one that was analysed"):
        write_report(news[0], news[1].assign(text="x" + news[1]["text"]), out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_three_hundred_articles_stay_below_three_megabytes(tmp_path):
    analysis, corpus = newsroom(100, n_paragraphs=8)
    assert len(corpus) == 300
    assert corpus["text"].str.split().str.len().mean() > 500
    comparison = compare_outlets(analysis.articles, n_resamples=999)
    path = write_report(analysis, corpus, comparison, out=tmp_path)
    assert path.stat().st_size < 3_000_000
    page = Page(path.read_text(encoding="utf8"))
    shown = len([i for i in page.ids if re.fullmatch(r"article-\d+", i)])
    assert 20 < shown < 300
    assert f"{shown} of 300 articles" in page.words
    assert all(attrs["href"][1:] in page.ids for attrs in page.named("a") if attrs.get("href", "").startswith("#"))


def test_public_names():
    assert sorted(framing.views.__all__) == framing.views.__all__


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("style", ["reader.css", "report.css"])
def test_every_colour_of_text_contrasts_with_paper_and_shade_in_light_and_dark(style):
    css = str(asset(style))
    palettes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r"\{([^{}]*--paper:[^{}]*)\}", css)
    ]
    assert len(palettes) in (3, 5)  # light, dark, print; the reader's light and dark by the page around it too
    for palette in palettes:
        for name in set(palette) - {"paper", "shade", "rule", "zero"}:
            for ground in ("paper", "shade"):
                light, dark = sorted((_luminance(palette[name]), _luminance(palette[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)
