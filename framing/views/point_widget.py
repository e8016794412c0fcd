"""The explorer's plot as a widget: points that can be clicked, in JupyterLab and in VS Code, without a network."""

from typing import Any

import anywidget
import traitlets

from framing.views.templating import asset


class PointPlot(anywidget.AnyWidget):
    """Points in rows; `selected` is the `article_id` of the point that was clicked last.

    Attributes
    ----------
    points : dict
        What `point_layout` gave.
    selected : str
        Set by a click, by Enter or from Python; empty when none is.
    """

    _esm = str(asset("explorer.js"))
    _css = str(asset("explorer.css"))
    points = traitlets.Dict().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)

    def __init__(self, points: dict[str, Any]) -> None:
        super().__init__(points=points)
