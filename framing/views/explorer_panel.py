"""The explorer's controls, its plot and the panel of sentences below; imported only where widgets are installed."""

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import pandas as pd

from framing.errors import InputError
from framing.views.evidence import EvidenceFinder
from framing.views.inputs import AnalysisTables, Texts
from framing.views.numbers import is_missing
from framing.views.point_widget import PointPlot
from framing.views.points import first_metric, metrics_by_voice, point_layout, value_in_words
from framing.views.reader import ArticleReader
from framing.views.templating import render
from framing.views.wording import wording_of

VOICES = {"outlet": "the outlet's own words", "source": "its sources' words", "all": "all words"}
EVENTS_SHOWN = 6  # rows of the list of events
NARROW, WIDE = "16rem", "26rem"


class Explorer:
    """The explorer that `explore` gives.

    Attributes
    ----------
    metric, voice, outlets, events : ipywidgets.Widget
        The controls, each with a `value`.
    plot : PointPlot
        The points; `selected` is the article that was clicked.
    missing : ipywidgets.HTML
        Names the articles that have no value of the metric, and so no point.
    evidence : ipywidgets.HTML
        The sentences behind the selected point.
    """

    def __init__(self, analysis: AnalysisTables, corpus: pd.DataFrame, metric: str | None = None) -> None:
        self._articles = analysis.articles
        texts = Texts(corpus)
        self._finder, self._reader = EvidenceFinder(analysis, texts), ArticleReader(analysis, texts)
        self._families = metrics_by_voice(self._articles)
        family, voice = self._asked(metric)
        self.metric = widgets.Dropdown(
            options=[(wording_of(columns.get("all", name)).title, name) for name, columns in self._families.items()],
            value=family,
            description="Metric",
            layout=widgets.Layout(width=WIDE, max_width="100%"),
        )
        self.voice = widgets.ToggleButtons(options=self._voices(family), value=voice, description="Whose words")
        self.voice.style.button_width = self.voice.layout.width = "auto"
        names = [str(outlet) for outlet in dict.fromkeys(self._articles["outlet"])]
        self.outlets = _choice(names, "Outlets")
        self.events = _choice(_events(self._articles), "Events")
        self.whole = widgets.ToggleButton(
            description="Whole article, with all marks", layout=widgets.Layout(width="auto")
        )
        self.plot = PointPlot({})
        self.missing = widgets.HTML()
        self.evidence = widgets.HTML()
        self._watch()
        self._show_points()
        self._show_evidence()
        # Side by side where there is room, below each other where there is none.
        rows = [self.metric, self.voice], [self.outlets, self.events]
        wrapped = [widgets.Box(row, layout=widgets.Layout(flex_flow="row wrap", width="100%")) for row in rows]
        hint = widgets.HTML(render("explorer_hint.html"))
        self.box = widgets.VBox([*wrapped, hint, self.plot, self.missing, self.evidence, self.whole])

    def __repr__(self) -> str:
        return f"Explorer of {len(self._articles)} articles"

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        return self.box._repr_mimebundle_(**keywords)

    def select(self, article_id: str) -> None:
        """Select an article's point, as a click does.

        Raises
        ------
        InputError
            If the analysis has no such article.
        """
        if article_id not in self._reader:
            raise InputError(
                f"the analysis has no article {article_id!r}. Choose one of analysis.articles['article_id'], "
                f"for example {self._reader.example!r}."
            )
        self.plot.selected = article_id

    def _asked(self, metric: str | None) -> tuple[str, str]:
        if not self._families:
            raise InputError("the article table has no metric that framing made; give what `analyze` gave.")
        if metric is None:
            family = first_metric(self._articles)
            return family, next(iter(self._families[family]))
        for family, columns in self._families.items():
            for voice, column in columns.items():
                if metric == column:
                    return family, voice
        known = ", ".join(column for columns in self._families.values() for column in columns.values())
        raise InputError(f"there is no metric {metric!r} that can be explored. Choose one of: {known}.")

    def _voices(self, family: str) -> list[tuple[str, str]]:
        return [(VOICES[voice], voice) for voice in self._families[family]]

    @property
    def _column(self) -> str:
        return self._families[self.metric.value][self.voice.value]

    def _watch(self) -> None:
        self.metric.observe(self._on_metric, names="value")
        for control in (self.voice, self.outlets, self.events):
            control.observe(lambda _: self._show_points(), names="value")
        self.plot.observe(lambda _: self._show_evidence(), names="selected")
        self.whole.observe(lambda _: self._show_evidence(), names="value")

    def _on_metric(self, change: Mapping[str, Any]) -> None:
        before = self.voice.value
        self.voice.options = self._voices(change["new"])
        self.voice.value = (
            before if before in self._families[change["new"]] else next(iter(self._families[change["new"]]))
        )
        self._show_points()

    def _show_points(self) -> None:
        if self.voice.value is None:
            return  # between two lists of voices
        events = list(self.events.value) if self.events.options else None
        every = events is None or len(events) == len(self.events.options)
        self.plot.points = point_layout(
            self._articles, self._column, outlets=list(self.outlets.value), events=None if every else events
        )
        self.missing.value = render("explorer_missing.html", missing=self.plot.points["missing"])
        self._show_evidence()

    def _show_evidence(self) -> None:
        chosen = self.plot.selected
        # An article without a value has no point to click, but can be selected from Python, and says why.
        shown = {point["id"] for point in self.plot.points["points"]} | set(self.plot.points["missing"])
        self.whole.layout.display = "" if chosen in shown else "none"
        if chosen not in shown:
            self.evidence.value = ""
            return
        article = self._articles.loc[self._articles["article_id"] == chosen].iloc[0]
        self.evidence.value = render(
            "explorer_evidence.html",
            article=self._reader.view(chosen),
            label=wording_of(self._column).label,
            value=value_in_words(article, self._column),
            event="" if is_missing(article.get("event")) else str(article["event"]),
            same_event=self._same_event(article),
            sentences=self._finder.sentences_of(chosen, self._column),
            whole=self.whole.value,
        )

    def _same_event(self, article: pd.Series) -> list[tuple[str, str]]:
        """List the other articles about the event: outlet and value."""
        event = article.get("event")
        if is_missing(event):
            return []
        others = self._articles[(self._articles["event"] == event) & self._articles["outlet"].isin(self.outlets.value)]
        others = others[others["article_id"] != article["article_id"]]
        wording = wording_of(self._column)
        return [(str(row["outlet"]), wording.value(row[self._column])) for row in others.to_dict("records")]


def _choice(names: Sequence[str], what: str) -> widgets.SelectMultiple:
    """Make a list of which several can be chosen, all of them at first."""
    return widgets.SelectMultiple(
        options=names,
        value=names,
        rows=min(max(len(names), 2), EVENTS_SHOWN),
        description=what,
        layout=widgets.Layout(
            width=NARROW if what == "Outlets" else WIDE, max_width="100%", display="" if names else "none"
        ),
    )


def _events(articles: pd.DataFrame) -> list[str]:
    return [] if "event" not in articles.columns else [str(event) for event in articles["event"].dropna().unique()]
