"""Put the sources of the pages together in build/docs-source: written ones, generated ones, executed notebooks.

Run by `make docs`, before Sphinx: ``python -m docs.pages``.
"""

import re
import shutil
from pathlib import Path

import framing
from docs.fragments import fragments
from docs.markdown import block
from docs.reference import api_pages, command_page

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "docs"
NOTEBOOKS = ROOT / "build" / "notebooks"
SOURCE, PAGES = ROOT / "build" / "docs-source", ROOT / "build" / "docs"


def methods_of_the_example() -> str:
    """Write the methods section of the bundled example, two of whose metrics are compared."""
    corpus = framing.load_example()
    analysis = framing.analyze(corpus, progress=False)
    metrics = ["share_words_source", "hedges_per_1000_words_outlet", "sentiment_outlet"]
    comparison = framing.compare_outlets(analysis.articles, metrics, contrast="rest")
    return framing.describe_methods(analysis, comparison, corpus=corpus)


def link_pages(text: str) -> str:
    """Make links of the names of pages, which are plain code for who reads the files themselves.

    Examples
    --------
    >>> link_pages("as `docs/accuracy.md` says, and `data/gold/README.md`, which is no page")
    'as [accuracy](accuracy.md) says, and `data/gold/README.md`, which is no page'
    """
    pages = "|".join(sorted(page.stem for page in WRITTEN.glob("*.md")))
    return re.sub(rf"`(?:docs/)?({pages})\.md`", r"[\1](\1.md)", text)


def main() -> None:
    """Write the folder anew; no page of an earlier build stays."""
    for folder in (SOURCE, PAGES):
        shutil.rmtree(folder, ignore_errors=True)
    (SOURCE / "generated").mkdir(parents=True)
    (SOURCE / "notebooks").mkdir()
    for page in WRITTEN.glob("*.md"):
        (SOURCE / page.name).write_text(link_pages(page.read_text(encoding="utf8")), encoding="utf8", newline="\n")
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, SOURCE / "notebooks")
    made = {f"generated/{name}": text for name, text in fragments().items()}
    made["generated/methods_example.md"] = block(methods_of_the_example())
    for name, text in {**made, **api_pages(), "command_line.md": command_page()}.items():
        path = SOURCE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf8", newline="\n")


if __name__ == "__main__":
    main()
