"""Plots as SVG that stands inside an HTML page: same bytes for the same plot, colours and font of the page."""

import io
import re
import warnings
from collections.abc import Callable
from typing import Any
from xml.dom import minidom

import matplotlib as mpl
from matplotlib.figure import Figure

from framing.views.plots import INK, OPEN, STANDS, ZERO, Panel, draw_panel

WIDTH_INCHES, FONT_POINTS = 5.0, 10.5
FONT = re.compile(r"font-family: [^;]*; ?")
# The page's style says what these colours are, so that plots turn dark with the page.
PAGE_COLOURS = {
    STANDS: "var(--accent)",
    OPEN: "var(--quiet)",
    ZERO: "var(--zero)",
    INK: "var(--ink)",
    "#ffffff": "var(--paper)",
}
NAMES_SHARE, BELOW_INCHES, ABOVE_INCHES = 0.37, 0.75, 0.08


def panel_svg(panel: Panel, *, name: str, alt: str, q_below: float = 0.05) -> str:
    """Draw one metric's panel as an SVG element.

    Parameters
    ----------
    panel : Panel
        What to draw.
    name : str
        Starts every id inside, so that several plots stand in one page; letters, digits and hyphens.
    alt : str
        What the plot shows, in words.
    q_below : float
        See `plot_comparison`.
    """
    return figure_svg(lambda: _drawn(panel, q_below), name=name, title=panel.wording.title, alt=alt)


def figure_svg(make: Callable[[], Figure], *, name: str, title: str, alt: str) -> str:
    """Draw a figure as an SVG element: `make` is called where fonts and colours are those of the page.

    `name`, `alt` as in `panel_svg`; `title` is what the picture is called.
    """
    style: Any = {
        "svg.hashsalt": name,
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": FONT_POINTS,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": ZERO,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcParams.update(_defaults())
        mpl.rcParams.update(style)
        # The reader's browser has letters that matplotlib's own font lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        target = io.StringIO()
        make().savefig(target, format="svg", metadata={"Date": None})
        return _for_page(target.getvalue(), name, title, alt)


def _defaults() -> Any:
    # The window system is not the page's business, and to set it would load it.
    return {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith("backend")}


def _drawn(panel: Panel, q_below: float) -> Figure:
    height = BELOW_INCHES + ABOVE_INCHES + panel.rows_inches
    figure = Figure(figsize=(WIDTH_INCHES, height))
    figure.patch.set_visible(False)
    box = (NAMES_SHARE, BELOW_INCHES / height, 1 - NAMES_SHARE - 0.03, 1 - (BELOW_INCHES + ABOVE_INCHES) / height)
    ax = figure.add_axes(box)
    ax.patch.set_visible(False)
    draw_panel(ax, panel, q_below=q_below)
    return figure


def _for_page(drawing: str, name: str, title: str, alt: str) -> str:
    document = minidom.parseString(drawing)
    svg = document.documentElement
    assert svg is not None
    _clean(svg, name)
    for attribute in ("width", "height", "version"):
        svg.removeAttribute(attribute)
    svg.setAttribute("role", "img")
    svg.setAttribute("class", "plot")
    svg.setAttribute("aria-labelledby", f"{name}-title {name}-desc")
    for tag, text in (("desc", alt), ("title", title)):
        element = document.createElement(tag)
        element.setAttribute("id", f"{name}-{tag}")
        element.appendChild(document.createTextNode(text))
        svg.insertBefore(element, svg.firstChild)
    return str(svg.toxml())


def _clean(node: minidom.Element, name: str) -> None:
    """Prefix ids, put the page's colours in, and drop what the page doesn't need."""
    for child in list(node.childNodes):
        if _is_idle(child):
            node.removeChild(child)
        elif isinstance(child, minidom.Element):
            _clean(child, name)
    for attribute, value in list(node.attributes.items()):
        # Nothing points to a group.
        if (node.nodeName, attribute) == ("g", "id"):
            node.removeAttribute(attribute)
        else:
            node.setAttribute(attribute, _attribute(attribute, value, name))


def _is_idle(node: minidom.Node) -> bool:
    """Tell whether a node is a comment, metadata, a style of no effect here, or an empty line."""
    if node.nodeName in ("metadata", "style") or node.nodeType == node.COMMENT_NODE:
        return True
    return isinstance(node, minidom.Text) and not node.data.strip()


def _attribute(attribute: str, value: str, name: str) -> str:
    if attribute == "id":
        return f"{name}-{value}"
    if attribute.endswith("href"):
        return value.replace("#", f"#{name}-", 1)
    value = FONT.sub("", value.replace("url(#", f"url(#{name}-"))
    for drawn, page in PAGE_COLOURS.items():
        value = value.replace(drawn, page)
    return value
