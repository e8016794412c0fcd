"""What people look at: plots, the annotated article and the report."""

from framing.views.changes import show_changes
from framing.views.coding import code_sentences
from framing.views.contributions_plot import contributions_alt_text, plot_contributions
from framing.views.corpus_plot import corpus_alt_text, plot_corpus
from framing.views.events_plot import events_alt_text, plot_events
from framing.views.explorer import explore
from framing.views.methods_section import describe_methods
from framing.views.plots import alt_text, plot_comparison
from framing.views.reader import AnnotatedArticle, show_article
from framing.views.report import write_report
from framing.views.sensitivity_plot import plot_sensitivity, sensitivity_alt_text
from framing.views.sources_plot import plot_sources, sources_alt_text

__all__ = [
    "AnnotatedArticle",
    "alt_text",
    "code_sentences",
    "contributions_alt_text",
    "corpus_alt_text",
    "describe_methods",
    "events_alt_text",
    "explore",
    "plot_comparison",
    "plot_contributions",
    "plot_corpus",
    "plot_events",
    "plot_sensitivity",
    "plot_sources",
    "sensitivity_alt_text",
    "show_article",
    "show_changes",
    "sources_alt_text",
    "write_report",
]
