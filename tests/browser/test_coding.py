"""Coding in a real JupyterLab: by keyboard, saved with every key, and taken up again after a reload."""

import contextlib
import json
import time

import pandas as pd
import pytest
from playwright.sync_api import expect

from framing import code_sentences
from framing.validity import CodingSample
from framing.views.templating import asset

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
from axe_playwright_python.sync_playwright import Axe

HEDGES, TONE = "hedges_per_1000_words_outlet", "sentiment_outlet"
CODE = """
from framing import analyze, code_sentences, load_example, sample_for_coding
corpus = load_example()
sample = sample_for_coding(analyze(corpus), corpus, metrics={metrics}, n=20, seed=1)
widget = code_sentences(sample, coder="Ada", folder="{folder}")
widget
"""
HOSTILE = """
import pandas as pd
from framing import analyze, code_sentences, sample_for_coding
attack = "<img src=x onerror='window.hacked = 1'><script>window.hacked = 1</script>"
texts = ["It may rain " + attack + " here. It rained.", "=1+1 may be " + attack + ". It may hail."]
corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Globe"], "text": texts})
sample = sample_for_coding(analyze(corpus), corpus, n=4, strata=[])
code_sentences(sample, coder="Ada", folder="hostile")
"""


def filled(path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)


def until(check) -> None:
    """Wait until a file says what it should; the kernel writes it, not the page."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            if check():
                return
        time.sleep(0.2)
    pytest.fail("the sheet never said what it should")


def test_three_sentences_are_coded_by_keyboard_and_a_reload_goes_on_at_the_fourth(page, jupyter):
    jupyter.write("coding.ipynb", CODE.format(metrics=[HEDGES], folder="coding"), "1 + 1")
    jupyter.run(page, "coding.ipynb")
    pad = page.locator(".framing-coding .pad")
    expect(pad.locator(".head")).to_contain_text("Sentence 1 of 20 · 0 coded · sheet_Ada.csv")
    pad.locator(".sentence").click()
    for number, key in enumerate("120", start=2):
        page.keyboard.press(key)
        expect(pad.locator(".head")).to_contain_text(f"Sentence {number} of 20")
    expect(pad.locator(".status")).to_have_text("Saved.")
    sheet = jupyter.folder / "coding" / "sheet_Ada.csv"
    until(lambda: (filled(sheet)[HEDGES] != "").sum() == 3)
    assert filled(sheet)[HEDGES].tolist()[:4] == ["1", "2", "0", ""]
    # The keys of a notebook (new cell above and below, delete, cut) did nothing to it.
    for key in ("a", "b", "d", "d", "z", "j"):
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-CodeCell").count() == 2

    page.reload()
    jupyter.run(page, "coding.ipynb")
    expect(pad.locator(".head")).to_contain_text("Sentence 4 of 20 · 3 coded")
    pad.locator(".sentence").click()
    page.keyboard.press("ArrowLeft")
    expect(pad.locator("button[aria-pressed='true']")).to_have_text("0")
    page.keyboard.press("3")
    until(lambda: filled(sheet)[HEDGES].tolist()[:4] == ["1", "2", "3", ""])
    # But the notebook is saved as ever.
    page.keyboard.press("Control+s")
    until(lambda: "execute_result" in (jupyter.folder / "coding.ipynb").read_text(encoding="utf8"))


def test_tone_has_its_own_keys_and_what_cant_be_coded_is_marked(page, jupyter):
    jupyter.write("tone.ipynb", CODE.format(metrics=[HEDGES, TONE], folder="tone"))
    jupyter.run(page, "tone.ipynb")
    pad = page.locator(".framing-coding .pad")
    pad.locator(".sentence").click()
    for key in ("1", "-", "x", "0", "+"):
        page.keyboard.press(key)
    expect(pad.locator(".head")).to_contain_text("Sentence 4 of 20 · 3 coded")
    sheet = jupyter.folder / "tone" / "sheet_Ada.csv"
    until(lambda: filled(sheet)[TONE].tolist()[:4] == ["-1", "", "1", ""])
    until(lambda: filled(sheet)["not_codable"].tolist()[:3] == ["", "x", ""])
    pad.get_by_role("button", name="5", exact=True).click()
    page.keyboard.press("ArrowDown")  # a click on a button leaves the keys with the pad
    page.keyboard.press("0")
    until(lambda: filled(sheet)[HEDGES].tolist()[3] == "5")
    page.keyboard.press("?")
    expect(pad.locator(".chapters")).to_contain_text("Only the outlet's own words")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_page(page, tmp_path, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(stand_in(tmp_path, scheme))
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    page.keyboard.press("?")
    expect(page.locator(".status")).to_have_text("Saving …")
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def stand_in(folder, scheme: str) -> str:
    """The widget on a page of its own, with the colours of JupyterLab and a kernel that never answers."""
    ids = ["u1", "u2"]
    texts = pd.DataFrame(
        {"unit_id": ids, "before": "", "sentence": ["It may rain. " * 20, "No."], "after": "So he said."}
    )
    sample = CodingSample(texts.assign(**{HEDGES: "", TONE: ""}), pd.DataFrame(), (HEDGES, TONE))
    widget = code_sentences(sample, coder="Ada", folder=folder)
    state = {name: getattr(widget, name) for name in ("units", "fields", "codebook", "answers", "coder", "file")}
    colours = "; ".join(f"--jp-{name}: {value}" for name, value in COLOURS[scheme].items())
    script = asset("coding.js").replace("export default { render };", "window.show = render;")
    return (
        f"<!doctype html><html lang='en'><title>Coding</title><style>:root {{ {colours} }} body {{ margin: 8px; "
        f"background: var(--jp-layout-color1) }} {asset('coding.css')}</style><main></main><script>{script}\n"
        f"const state = {json.dumps(state)};\n"
        "const model = { get: (name) => state[name], send() {}, on() {}, off() {} };\n"
        "show({ el: document.querySelector('main'), model });"
        "</script></html>"
    )


COLOURS = {
    "light": {"ui-font-color1": "rgba(0,0,0,.87)", "ui-font-color2": "rgba(0,0,0,.54)", "layout-color1": "#fff",
              "layout-color2": "#eee", "border-color1": "#bdbdbd", "brand-color1": "#1976d2"},
    "dark": {"ui-font-color1": "rgba(255,255,255,.87)", "ui-font-color2": "rgba(255,255,255,.54)",
             "layout-color1": "#111", "layout-color2": "#424242", "border-color1": "#616161",
             "brand-color1": "#2196f3"},
}  # fmt: skip


def test_hostile_sentences_stay_text(page, jupyter):
    jupyter.write("coding_hostile.ipynb", HOSTILE)
    jupyter.run(page, "coding_hostile.ipynb")
    pad = page.locator(".framing-coding .pad")
    pad.locator(".sentence").click()
    texts = []
    for _ in range(4):
        texts.append(pad.locator(".sentence").inner_text())
        page.keyboard.press("ArrowRight")
    assert any("<img src=x onerror='window.hacked = 1'>" in text for text in texts)
    assert page.evaluate("window.hacked") is None
    assert pad.locator("img, script").count() == 0
