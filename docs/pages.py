"""Put the sources of the pages together in build/docs-source: written ones, generated ones, executed notebooks.

Run by `make docs`, before Sphinx: ``python -m docs.pages``.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat

import framing
from docs.fragments import fragments
from docs.markdown import block
from docs.reference import api_pages, command_page
from framing.recording.running import alt_texts

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "docs"
WIDGET = "application/vnd.jupyter.widget-view+json"
INTERACTIVE = "*Here is something to click on when the notebook runs: `make lab`.*"
NOTEBOOKS = ROOT / "build" / "notebooks"
SOURCE, PAGES = ROOT / "build" / "docs-source", ROOT / "build" / "docs"


def methods_of_the_example() -> str:
    """Write the methods section of the bundled example, two of whose metrics are compared."""
    corpus = framing.load_example()
    analysis = framing.analyze(corpus, progress=False)
    metrics = ["share_words_source", "hedges_per_1000_words_outlet", "sentiment_outlet"]
    comparison = framing.compare_outlets(analysis.articles, metrics, contrast="rest")
    return framing.describe_methods(analysis, comparison, corpus=corpus)


def link_pages(text: str, up: str = "") -> str:
    """Make links of the names of pages, which are plain code for who reads the files; `up` leads to their folder.

    Examples
    --------
    >>> link_pages("as `docs/accuracy.md` says, and `data/gold/README.md`, which is no page")
    'as [accuracy](accuracy.md) says, and `data/gold/README.md`, which is no page'
    """
    pages = "|".join(sorted(page.stem for page in WRITTEN.glob("*.md")))
    text = re.sub(rf"`(?:docs/)?({pages})\.md`", rf"[\1]({up}\1.md)", text)
    return re.sub(rf"\]\(\.\./docs/({pages})\.md", rf"]({up}\1.md", text)


def fit_notebook(notebook: str) -> str:
    """Make an executed notebook a page: links to other pages, and words where a widget would need a running kernel."""
    made: dict[str, Any] = json.loads(notebook)
    made["metadata"].pop("widgets", None)
    for place, words in alt_texts(nbformat.from_dict(made)).items():
        made["cells"][place]["metadata"]["mystnb"] = {"image": {"alt": words}}
    for cell in made["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = link_pages("".join(cell["source"]), up="../")
        else:
            cell["outputs"] = [_without_widget(each) for each in cell["outputs"] if not _is_progress_bar(each)]
    return json.dumps(made)


def _is_progress_bar(output: dict[str, Any]) -> bool:
    return WIDGET in output.get("data", {}) and "%|" in "".join(output["data"].get("text/plain", ""))


def _without_widget(output: dict[str, Any]) -> dict[str, Any]:
    return {**output, "data": {"text/markdown": INTERACTIVE}} if WIDGET in output.get("data", {}) else output


def notebook_names() -> list[str]:
    """Name the notebooks that become pages: not the assignments with their solutions, no run on another corpus."""
    names = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    missing = [name for name in names if not (NOTEBOOKS / name).is_file()]
    if missing:
        raise SystemExit(f"{', '.join(missing)} has not been run yet, so that there is nothing to show: make notebooks")
    return names


def main() -> None:
    """Write the folder anew; no page of an earlier build stays."""
    for folder in (SOURCE, PAGES):
        shutil.rmtree(folder, ignore_errors=True)
    (SOURCE / "generated").mkdir(parents=True)
    (SOURCE / "notebooks").mkdir()
    for page in WRITTEN.glob("*.md"):
        (SOURCE / page.name).write_text(link_pages(page.read_text(encoding="utf8")), encoding="utf8", newline="\n")
    for name in notebook_names():
        text = (NOTEBOOKS / name).read_text(encoding="utf8")
        (SOURCE / "notebooks" / name).write_text(fit_notebook(text), encoding="utf8")
    made = {f"generated/{name}": text for name, text in fragments().items()}
    made["generated/methods_example.md"] = block(methods_of_the_example())
    for name, text in {**made, **api_pages(), "command_line.md": command_page()}.items():
        path = SOURCE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf8", newline="\n")


if __name__ == "__main__":
    main()
