"""How Sphinx makes the pages. `docs/pages.py` has put their sources together in build/docs-source."""

import re
from importlib.metadata import version as installed_version

from sphinx.application import Sphinx

project = "framing"
author = "The framing contributors"
version = release = installed_version("framing")
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
exclude_patterns = ["generated"]

# The notebooks come with their outputs; widgets need a running kernel, so no script of theirs is fetched from a host.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Docstrings name columns and functions in single backticks: a link where there is such a function, else plain code.
default_role = "py:obj"
add_module_names = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
napoleon_preprocess_types = False

html_theme = "furo"
html_title = f"framing {version}"
html_static_path = ["static"]
html_css_files = ["pages.css"]
html_js_files = ["pages.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it is fetched, which pages opened from a folder may not
html_show_copyright = False  # the licences are on the page about citing
pygments_style = "default"
pygments_dark_style = "github-dark"


def fit_docstring(_app: Sphinx, _what: str, _name: str, _thing: object, _options: object, lines: list[str]) -> None:
    """Make a docstring's references a plain list, since each of a page's docstrings begins with 1; link the pages."""
    for place, line in enumerate(lines):
        line = re.sub(r"\[(\d)\]_", r"[\1]", line)
        # ".. [1] Author" and "1. Author" are followed by lines with the same indent.
        line = re.sub(r"^( *)\.\. \[(\d)\] ", r"\1\2. ", line)
        lines[place] = re.sub(r"`docs/(\w+)\.md`", r":doc:`/\1`", line)


def setup(app: Sphinx) -> None:
    """Fit the docstrings before napoleon, whose priority is 500, reads them."""
    app.connect("autodoc-process-docstring", fit_docstring, priority=400)
