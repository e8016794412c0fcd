import html
import re
import time
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import InputError
from framing.measures.hedge_constructions import CONSTRUCTIONS
from framing.views import show_article
from framing.views.glossary import explained_terms, gloss_of
from framing.views.segments import Mark, cut_at_marks, marked_paragraphs
from framing.views.templating import asset
from tests.views_example import ArticleBuilder, make_analysis, newsroom


class Marks(HTMLParser):
    """Collects the text under each kind of mark, and all text of the body."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found, self.text, self.tags = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self.open.append(dict(attrs))

    def handle_endtag(self, tag):
        if tag == "mark":
            self.open.pop()

    def handle_data(self, data):
        self.text.append(data)
        for mark in self.open:
            self.found += [(kind, data) for kind in mark["class"].split()]


def body(shown):
    """The article without its legend."""
    return re.sub(
        r'<div class="f-legend".*?</div>', "", re.sub(r"<style>.*?</style>", "", shown.html, flags=re.S), flags=re.S
    )


def one_article(*, title="A title", url="https://example.org", text=None):
    article = ArticleBuilder("a1")
    if text is None:
        article.quote("Minister A", "“It may rain,”")
        article.paragraph()
        article.plain("Clearly it may snow.", hedge="may")
    else:
        article.plain(text)
    return make_analysis([article], [{"outlet": "Courier", "title": title, "url": url}])


def test_marks_cut_the_right_words():
    marks = Marks(body(show_article(*one_article(), "a1"))).found
    assert ("f-source", "Minister A") in marks
    assert ("f-cue", "said") in marks
    assert ("f-content", "“It may rain,”") in marks
    assert [text for kind, text in marks if kind == "f-hedge"] == ["may"]


def test_a_mark_has_a_label_and_a_note_and_can_be_reached_with_the_keyboard():
    analysis, corpus = one_article()
    rule = "say:VERB p=0.99; source he → the person spoken of last"
    analysis.attributions["rule"] = pd.array([rule], dtype="string")
    analysis.hedges["rule"] = pd.array(["may:modal"], dtype="string")
    tags = Marks(body(show_article(analysis, corpus, "a1"))).tags
    hedge = next(attrs for tag, attrs in tags if tag == "mark" and "f-hedge" in attrs["class"])
    assert hedge["data-label"] == "epistemic"
    assert hedge["aria-description"] == (
        "Hedge, epistemic: “may”, leaves open whether it is so. In the outlet's own words. "
        "Found as in “Prices may rise”. Rule: may:modal."
    )
    assert hedge["tabindex"] == "0"
    source = next(attrs for tag, attrs in tags if tag == "mark" and "f-source" in attrs["class"])
    assert source["aria-description"] == ("Source 1: a named person. “he” is read as the person spoken of last.")


def test_the_rest_of_a_mark_explains_itself_to_the_mouse_but_is_no_stop_of_the_keyboard():
    marks = [Mark("content", 0, 9, "words 1", "Words of source 1."), Mark("hedge", 4, 6, "epistemic", "Hedge.")]
    tags = [attrs for _, attrs in Marks(str(marked_paragraphs("It may go", marks))).tags if "aria-description" in attrs]
    assert [(a["tabindex"], a.get("data-label"), a["aria-description"]) for a in tags] == [
        ("0", "words 1", "Words of source 1."),
        ("0", "epistemic", "Hedge.\nInside: words 1."),
        ("-1", None, "Words of source 1."),
    ]


def test_a_place_that_a_link_leads_to_stands_in_its_paragraph():
    page = str(marked_paragraphs("One.\n\nTwo may.", [], {10: "there"}))
    assert page == '<p dir="auto">One.</p>\n<p dir="auto"><span class="f-place" id="there"></span>Two may.</p>'


@pytest.mark.parametrize(("language", "code"), [("ar", "ar"), (pd.NA, "en"), ('"><img>', "en")])
def test_the_language_of_an_article_is_told_to_screen_readers(language, code):
    analysis, corpus = one_article()
    analysis.articles["language"] = pd.array([language], dtype="string")
    (article,) = [attrs for tag, attrs in Marks(show_article(analysis, corpus, "a1").html).tags if tag == "article"]
    assert article["lang"] == code


def test_dark_and_light_of_the_page_around_are_those_of_the_system():
    css = str(asset("reader.css"))
    light, dark, page_light, page_dark, print_ = (
        re.findall(r"--(\w+): (#[0-9a-f]{6})", block) for block in re.findall(r"\{([^{}]*--paper:[^{}]*)\}", css)
    )
    assert (page_light, page_dark) == (light, dark)
    assert len({len(palette) for palette in (light, dark, print_)}) == 1
    for host in ('[data-jp-theme-light="true"]', ".vscode-light", '[data-jp-theme-light="false"]', ".vscode-dark"):
        assert host in css


def test_overlapping_marks_are_all_kept():
    analysis, corpus = one_article()
    start = corpus["text"][0].index("may")
    inner = analysis.hedges.assign(start=start, end=start + 3, voice="source")
    analysis.hedges = pd.concat([inner, analysis.hedges], ignore_index=True)
    marks = [a["class"] for tag, a in Marks(body(show_article(analysis, corpus, "a1"))).tags if tag == "mark"]
    assert "f-content f-hedge" in marks


def test_paragraphs_are_kept():
    assert body(show_article(*one_article(), "a1")).count('<p dir="auto">') == 2


def test_jupyter_shows_the_html():
    shown = show_article(*one_article(), "a1")
    assert shown._repr_html_() == shown.html
    assert "<script" not in shown.html


HOSTILE = "<script>alert(1)</script> \"><img src=x onerror='alert(2)'> {{ 7*7 }} {% raw %} <!-- & &amp; ]]>"


def test_hostile_text_stays_text():
    shown = show_article(*one_article(title=HOSTILE, text=HOSTILE, url="javascript:alert(3)"), "a1")
    parsed = Marks(shown.html)
    assert not [tag for tag, _ in parsed.tags if tag in ("script", "img")]
    assert not [name for _, attrs in parsed.tags for name in attrs if name.startswith("on")]
    assert "".join(Marks(body(shown)).text).count(HOSTILE) == 2
    assert not [attrs for tag, attrs in parsed.tags if tag == "a"]
    assert "javascript:alert(3)" in "".join(parsed.text)


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/a?b=c&d", True),
        (" http://example.org ", True),
        ("javascript://example.org/%0aalert(1)", False),
        ("data:text/html,<b>x</b>", False),
        ("file:///etc/hosts", False),
        ("https:", False),
        ("http://[broken", False),
        (pd.NA, False),
    ],
)
def test_only_web_addresses_become_links(url, is_link):
    analysis, corpus = one_article()
    analysis.articles["url"] = pd.array([url], dtype="string")
    parsed = Marks(show_article(analysis, corpus, "a1").html)
    assert [attrs["href"] for tag, attrs in parsed.tags if tag == "a"] == ([url.strip()] if is_link else [])
    assert is_link or pd.isna(url) or url in "".join(parsed.text)


def test_hostile_annotations_stay_text():
    article = ArticleBuilder("a1")
    article.quote('"><img src=x onerror=alert(1)>', "“{{ 7*7 }}”")
    analysis, corpus = make_analysis([article], [{"outlet": "<b>Courier</b>"}])
    analysis.attributions["rule"] = pd.array(['" onfocus="alert(1)'], dtype="string")
    parsed = Marks(show_article(analysis, corpus, "a1").html)
    assert not [tag for tag, _ in parsed.tags if tag in ("img", "b")]
    assert not [name for _, attrs in parsed.tags for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("text", [pd.NA, "", "   "])
def test_an_article_without_text_says_so(text):
    analysis, corpus = make_analysis([ArticleBuilder("a1")], [{"outlet": "Courier", "title": pd.NA}])
    shown = show_article(analysis, corpus.assign(text=pd.array([text], dtype="string")), "a1")
    assert "This article has no text." in shown.html
    assert "Article a1 (without a title)" in shown.html


def test_an_article_without_a_hit_is_shown_plain():
    parsed = Marks(body(show_article(*one_article(text="It rained."), "a1")))
    assert not parsed.found
    assert "Nothing was found to mark here." in "".join(parsed.text)
    assert "It rained." in "".join(parsed.text)


def test_the_title_alone_can_be_shown_with_its_marks():
    analysis, corpus = one_article(title="Rain may come")
    title = analysis.hedges.assign(field="title", start=5, end=8)
    analysis.hedges = pd.concat([analysis.hedges, title], ignore_index=True)
    parsed = Marks(body(show_article(analysis, corpus, "a1", field="title")))
    assert parsed.found == [("f-hedge", "may")]
    assert "Clearly" not in "".join(parsed.text)


def test_a_corpus_that_was_not_analysed_is_refused():
    analysis, corpus = one_article()
    with pytest.raises(InputError, match="isn't the one that was analysed"):
        show_article(analysis, corpus.assign(text="x" + corpus["text"]), "a1")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"article_id": "a9"}, "the analysis has no article 'a9'"),
        ({"field": "body"}, "field is 'body'; allowed are: text, title"),
        ({"corpus": pd.DataFrame({"id": ["a1"]})}, "corpus has no column 'article_id'; it has: id"),
        ({"corpus": pd.DataFrame({"article_id": ["a2"], "text": ["x"]})}, "corpus has no article 'a1'"),
    ],
)
def test_mistakes_are_explained(change, message):
    analysis, corpus = one_article()
    call = {"analysis": analysis, "corpus": corpus, "article_id": "a1"} | change
    with pytest.raises(InputError, match=re.escape(message)):
        show_article(**call)


def test_spans_of_a_saved_analysis_may_be_arrays(tmp_path):
    analysis, corpus = newsroom(2)
    before = show_article(analysis, corpus, "e0-Wire").html
    analysis.attributions.to_parquet(tmp_path / "a.parquet")
    analysis.attributions = pd.read_parquet(tmp_path / "a.parquet")
    assert show_article(analysis, corpus, "e0-Wire").html == before


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


@given(spans, st.integers(0, 30), st.integers(0, 30))
def test_segments_cover_the_stretch_and_carry_just_the_marks_that_hold_them(pairs, one, other):
    start, end = min(one, other), max(one, other)
    marks = [Mark("hedge", min(pair), max(pair), str(number), "") for number, pair in enumerate(pairs)]
    segments = cut_at_marks(marks, start, end)
    assert [offset for s in segments for offset in range(s.start, s.end)] == list(range(start, end))
    for segment in segments:
        for offset in range(segment.start, segment.end):
            assert set(segment.marks) == {m for m in marks if m.start <= offset < m.end}


@given(st.text(max_size=60), spans)
def test_no_character_is_lost_or_let_through_as_markup(text, pairs):
    marks = [Mark("content", *sorted((min(a, len(text)), min(b, len(text)))), "l", "n") for a, b in pairs]
    page = str(marked_paragraphs(text, marks))
    plain = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert "".join(plain.split()) == "".join(text.split())


def test_a_long_line_with_many_marks_is_cut_in_proportion_to_them() -> None:
    def seconds(n: int) -> float:
        marks = [Mark("hedge", 3 * i, 3 * i + 2, "", "") for i in range(n)]
        start = time.process_time()
        assert len(cut_at_marks(marks, 0, 3 * n)) == 2 * n
        return time.process_time() - start

    long, short = (min(seconds(n) for _ in range(3)) for n in (32_000, 1_000))
    assert long < 200 * max(short, 0.001)  # in proportion to their square it would be 1,024 times


def test_every_construction_and_category_of_a_hedge_is_explained() -> None:
    assert [name for name in CONSTRUCTIONS if not gloss_of("construction", name)] == []
    categories = ("epistemic", "doxastic", "condition", "investigation", "reportative", "approximator", "vague_source")
    assert all(gloss_of("category", name) for name in (*categories, "booster"))


def test_no_two_terms_share_an_entry_or_a_form() -> None:
    terms = explained_terms()
    forms = [form.lower() for term in terms for form in term.forms]
    assert len({term.anchor for term in terms}) == len(terms)
    assert len(set(forms)) == len(forms)
