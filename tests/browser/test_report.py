import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest

from framing import analyze, compare_outlets, load_example
from framing.comparison import detectable_difference
from framing.corpus import load_basil
from framing.views import show_article, write_report

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
from axe_playwright_python.sync_playwright import Axe

SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
HOSTILE = (
    "<script>document.title='run'</script> <img src=x onerror=\"document.title='run'\"> "
    "<svg onload=\"document.title='run'\"></svg> <style>*{display:none}</style> </details></main> "
    "The mayor said it may fail."
)
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true; })"


@pytest.fixture
def open_page(browser) -> Iterator:
    """Open pages of any width and scheme; after the test none may have printed an error or asked another host."""
    contexts, errors, elsewhere = [], [], []

    def note(request) -> None:
        if urlsplit(request.url).scheme not in ("file", "data", "about"):
            elsewhere.append(request.url)

    def opened(url: str, *, width: int = 1280, scheme: str = "light", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", note)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
    assert elsewhere == []


def report_on(corpus: pd.DataFrame, folder: Path) -> Path:
    analysis = analyze(corpus)
    comparison = compare_outlets(analysis.articles, contrast="rest", n_resamples=999)
    detectable = detectable_difference(analysis.articles, contrast="rest")
    return write_report(analysis, corpus, comparison, out=folder, detectable=detectable, tables="tables")


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    return report_on(load_example(), tmp_path_factory.mktemp("report"))


def serious(page) -> list[tuple[str, str]]:
    """What axe finds, without what is moderate or minor."""
    found = Axe().run(page).response["violations"]
    return [
        (violation["id"], violation["nodes"][0]["html"][:200])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("unfolded", [False, True])
def test_axe_finds_nothing_serious(report, open_page, width, scheme, unfolded):
    page = open_page(report.as_uri(), width=width, scheme=scheme)
    if unfolded:
        # All evidence, and of fifty articles that are made alike a few.
        page.evaluate("document.querySelectorAll('details:not(.reader)').forEach(details => { details.open = true; })")
        page.evaluate("[...document.querySelectorAll('details.reader')].slice(0, 3).forEach(d => { d.open = true; })")
    assert serious(page) == []


def test_the_first_finding_is_on_the_first_screen(report, open_page):
    box = open_page(report.as_uri()).locator(".finding h3").first.bounding_box()
    assert box["y"] + box["height"] < 800


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_screen(report, open_page, width):
    page = open_page(report.as_uri(), width=width)
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_finding_leads_to_its_sentences_and_these_to_their_place_in_the_article(report, open_page):
    page = open_page(report.as_uri())
    finding = page.locator("#finding-2")
    quote = finding.locator("blockquote").first
    assert not quote.is_visible()
    finding.get_by_text("Sentences behind finding 2").click()
    assert quote.is_visible()
    marked = quote.locator("mark").first
    words = marked.text_content()
    quote.locator("cite a").click()
    target = page.locator(":target")
    article = page.locator("article", has=target)
    assert article.is_visible()
    paragraph = article.locator("p", has=target)
    assert words in paragraph.text_content()
    assert 0 <= paragraph.bounding_box()["y"] < 800


def test_a_link_from_elsewhere_opens_a_folded_article(report, open_page):
    page = open_page(f"{report.as_uri()}#article-7")
    assert page.locator("#article-7").is_visible()


def test_a_term_leads_to_its_explanation(report, open_page):
    page = open_page(report.as_uri())
    page.locator(".finding a.term", has_text="95% interval").first.click()
    assert page.locator("#term-interval").is_visible()
    assert page.url.endswith("#term-interval")


def column(page, caption: str, number: int) -> list[str]:
    table = page.locator("table", has=page.locator("caption", has_text=caption))
    return table.locator(f"tbody td:nth-child({number})").all_text_contents()


def as_numbers(cells: list[str]) -> list[float]:
    return [float(cell.replace("−", "-").replace(",", "").rstrip("%")) for cell in cells if cell != "–"]


# What cells of the column of differences are sorted by; those without a value stand last.
VALUES = "rows => rows.map(row => row.cells[7].dataset.value).filter(value => value).map(Number)"


def test_a_table_is_sorted_by_mouse(report, open_page):
    page = open_page(report.as_uri())
    table = page.locator("table", has=page.locator("caption", has_text="All comparisons"))
    button = table.get_by_role("button", name="difference", exact=True)
    button.click()
    differences = as_numbers(column(page, "All comparisons", 8))
    by_unit = table.locator("tbody tr").evaluate_all(VALUES)
    assert len(differences) > 20
    assert by_unit == sorted(by_unit)
    button.click()
    assert table.locator("th[aria-sort='descending']").count() == 1
    by_unit = table.locator("tbody tr").evaluate_all(VALUES)
    assert by_unit == sorted(by_unit, reverse=True)


def test_a_table_is_sorted_by_keyboard_and_its_total_stays_last(report, open_page):
    page = open_page(report.as_uri())
    table = page.locator("table", has=page.locator("caption", has_text="Articles by outlet"))
    table.get_by_role("button", name="words", exact=True).focus()
    page.keyboard.press("Enter")
    words = as_numbers(column(page, "Articles by outlet", 5))
    assert words == sorted(words)
    page.keyboard.press("Enter")
    assert as_numbers(column(page, "Articles by outlet", 5)) == sorted(words, reverse=True)
    assert table.locator("tr").last.text_content().strip().startswith("all")
    assert table.locator("xpath=..").get_by_role("status").text_content() == "Sorted by words, falling"


def test_a_mark_explains_itself_to_mouse_keyboard_and_finger(report, open_page):
    page = open_page(f"{report.as_uri()}#article-1", has_touch=True, width=390)
    mark = page.locator("#article-1 mark.f-hedge[tabindex='0']").first
    shown = "mark => getComputedStyle(mark, '::after').content"
    assert mark.evaluate(shown) == "none"
    mark.tap(position={"x": 4, "y": 12})
    assert "Hedge" in mark.evaluate(shown)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    desk = open_page(f"{report.as_uri()}#article-1")
    mark = desk.locator("#article-1 mark.f-hedge[tabindex='0']").first
    mark.hover(position={"x": 4, "y": 12})
    desk.wait_for_timeout(600)
    assert mark.evaluate("mark => getComputedStyle(mark, '::after').visibility") == "visible"


def test_files_beside_the_page_are_there_and_hold_what_it_says(report, open_page):
    page = open_page(report.as_uri())
    links = page.locator("#files ~ .scroll a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert "tables/evidence.csv" in links
    for link in links:
        assert len(pd.read_csv(report.parent / link)) > 0


def test_hostile_text_stays_text(tmp_path, open_page):
    corpus = load_example().head(30).copy()
    corpus["text"] = HOSTILE + "\n\n" + corpus["text"]
    corpus["title"] = HOSTILE
    corpus["author"] = HOSTILE
    corpus["outlet"] = corpus["outlet"] + " " + HOSTILE
    corpus["url"] = "javascript:document.title='run'"
    page = open_page(report_on(corpus, tmp_path).as_uri())
    page.evaluate(UNFOLD)
    assert page.title() != "run"
    assert page.locator("script").count() == 1
    assert page.locator("main img, main style, main script, [onload], [onerror], a[href^='javascript']").count() == 0
    assert page.locator("main svg:not(.plot):not(.key svg)").count() == 0
    assert page.locator("#article-1").text_content().count("document.title='run'") > 3
    assert page.locator("#methods").is_visible()
    assert serious(page) == []


def test_paper_shows_the_evidence_unfolded(report, open_page):
    page = open_page(report.as_uri())
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".finding blockquote").first.is_visible()
    assert all(quote.is_visible() for quote in page.locator(".finding blockquote").all())
    assert not page.locator("nav").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.locator(".finding blockquote").first.is_visible()


def test_it_prints_to_paper(report, open_page):
    assert len(open_page(report.as_uri()).pdf()) > 50_000


def test_three_hundred_articles_stay_below_three_megabytes(tmp_path, open_page):
    if os.environ.get("FRAMING_DATA"):
        corpus = load_basil()
    else:
        example = load_example()
        again = [
            example.assign(article_id=example["article_id"] + f"-{n}", event=example["event"].astype(str) + f"-{n}")
            for n in range(6)
        ]
        corpus = pd.concat(again, ignore_index=True)
    assert len(corpus) == 300
    path = report_on(corpus, tmp_path)
    assert path.stat().st_size < 3_000_000
    page = open_page(path.as_uri())
    assert page.locator(".finding").count() > 0
    assert page.locator("details.reader").count() > 50


@pytest.mark.parametrize(("host", "colour"), [("dark", "rgb(22, 24, 26)"), ("light", "rgb(255, 255, 255)")])
@pytest.mark.parametrize("page_says", ["<body data-jp-theme-light='{}'>", "<body class='vscode-{}'>"])
def test_an_article_takes_the_theme_of_the_page_around_not_of_the_system(tmp_path, open_page, host, colour, page_says):
    corpus = load_example().head(1)
    shown = show_article(analyze(corpus), corpus, str(corpus["article_id"].iloc[0]))
    says = page_says.format({"dark": "false", "light": "true"}[host] if "jp-theme" in page_says else host)
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><html lang=en><title>x</title>{says}{shown.html}")
    system = "light" if host == "dark" else "dark"
    page = open_page((tmp_path / "page.html").as_uri(), scheme=system)
    assert page.locator(".f-article").evaluate("article => getComputedStyle(article).backgroundColor") == colour
    assert [one for one in serious(page) if one[0] == "color-contrast"] == []
