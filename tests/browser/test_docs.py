"""The built documentation in a browser: no page asks another host, and all fit a telephone."""

import pytest

from tests.browser.conftest import ROOT

BUILT = ROOT / "build" / "docs"


def test_pages_ask_no_other_host_and_fit_a_telephone(page):
    if not (BUILT / "index.html").is_file():
        pytest.skip("the pages are not built: make docs")
    page.set_viewport_size({"width": 390, "height": 800})
    pages = sorted(BUILT.rglob("*.html"))
    too_wide = []
    for path in pages:
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(path.name)
    page.goto(f"{(BUILT / 'search.html').as_uri()}?q=compare_outlets")
    page.wait_for_selector("#search-results li")
    assert len(pages) > len(list((ROOT / "docs").glob("*.md")))
    assert too_wide == []
