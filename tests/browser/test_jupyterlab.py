"""A real JupyterLab: the quickstart runs, the explorer answers a click, and what articles say stays text."""

import re
import time

import nbformat
from playwright.sync_api import Page, expect

LONGEST = 240  # seconds that a notebook may take on a slow machine

EXPLORE = """
from framing import analyze, explore, load_example
corpus = load_example()
explorer = explore(analyze(corpus), corpus)
explorer
"""

HOSTILE = """
import pandas as pd
from framing import analyze, explore, show_article
attack = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'><svg onload='window.hacked = 1'>"
corpus = pd.DataFrame(
    {
        "article_id": ["1", "2"],
        "outlet": ["Herald " + attack, "Globe"],
        "event": ["flood " + attack, "flood " + attack],
        "title": ["Rain " + attack, "Sun"],
        "author": [attack, attack],
        "url": ["javascript:window.hacked=1", "https://example.org/2"],
        "text": ["It may rain, perhaps, " + attack + " reportedly, said Ada " + attack + ".", "It may rain."],
    }
)
analysis = analyze(corpus)
explorer = explore(analysis, corpus)
explorer
"""


def write_notebook(folder, name: str, *cells: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / name)


def open_and_run(page: Page, jupyter, name: str) -> None:
    page.goto(jupyter.address(name))
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()


def saved(page: Page, jupyter, name: str):
    """Save the notebook as a user would, and read what it says; JupyterLab draws only the cells on the screen."""
    page.keyboard.press("Control+s")
    time.sleep(1)
    return nbformat.read(jupyter.folder / name, as_version=4)


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_quickstart_runs_from_top_to_bottom(page, jupyter):
    open_and_run(page, jupyter, "01_quickstart.ipynb")
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        time.sleep(2)
        cells = code_cells(saved(page, jupyter, "01_quickstart.ipynb"))
        if cells[-1].execution_count is not None:
            break
    assert [cell.id for cell in cells if cell.execution_count is None] == []
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert "error" not in kinds
    assert "execute_result" in kinds


def test_a_click_in_the_explorer_lists_sentences_and_controls_change_the_plot(page, jupyter):
    write_notebook(jupyter.folder, "explorer.ipynb", EXPLORE)
    open_and_run(page, jupyter, "explorer.ipynb")
    points = page.locator(".framing-points .point")
    expect(points).to_have_count(50)

    points.locator("xpath=self::*[@data-id='e02-radio']").click()
    evidence = page.locator("section.f-article")
    expect(evidence).to_contain_text("The sentences behind it:")
    expect(evidence).to_contain_text("It is not yet known exactly what happened at the dam.")
    expect(evidence.locator("mark.f-hedge", has_text="not yet known")).to_be_visible()
    expect(page.locator(".framing-points .point.same")).to_have_count(4)

    page.get_by_role("button", name="its sources' words").click()
    expect(page.locator(".framing-points text.axis")).to_contain_text("in its sources' words")
    page.get_by_label("Outlets").select_option(["Radio Arrenia", "The Daily Klaxon"])
    expect(points).to_have_count(20)
    page.get_by_label("Events").select_option(["dam-flood"])
    expect(points).to_have_count(2)
    page.get_by_label("Metric").select_option("Tone")
    expect(page.locator(".framing-points text.axis")).to_contain_text("Tone in its sources' words")
    page.get_by_role("button", name="Whole article").click()
    expect(page.locator("section.f-article mark.f-source").first).to_be_visible()


def test_the_explorer_is_reached_by_keyboard(page, jupyter):
    write_notebook(jupyter.folder, "keyboard.ipynb", EXPLORE)
    open_and_run(page, jupyter, "keyboard.ipynb")
    first = page.locator(".framing-points .point[tabindex='0']")
    expect(first).to_have_count(1)
    first.focus()
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("The Sollen Ledger, pension-law:")
    page.keyboard.press("Enter")
    expect(page.locator("section.f-article")).to_contain_text("The Sollen Ledger")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == focused


def test_hostile_articles_stay_text(page, jupyter):
    write_notebook(jupyter.folder, "hostile.ipynb", HOSTILE, "show_article(analysis, corpus, '1')")
    open_and_run(page, jupyter, "hostile.ipynb")
    page.locator(".framing-points .point[data-id='1']").click()
    expect(page.locator("section.f-article")).to_contain_text("<img src=x onerror='window.hacked = 1'>")
    expect(page.locator(".framing-points text.outlet").first).to_contain_text("<script>")
    expect(page.locator("article.f-article")).to_contain_text("<svg onload='window.hacked = 1'>")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".jp-OutputArea img, .jp-OutputArea script, .jp-OutputArea a[href^='javascript']").count() == 0
