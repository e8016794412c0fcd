"""Media framing analysis: who gets to speak, how sure the outlet sounds, in what tone, and in whose voice."""

from framing.analysis import Analysis, analyze, list_evidence, metric_table
from framing.comparison import compare_outlets, explain_difference, sensitivity
from framing.corpus import (
    add_copies,
    check_corpus,
    datasets,
    describe_corpus,
    describe_events,
    find_copies,
    list_changes,
    load_example,
    load_example_gold,
    match_events,
    read_corpus,
    read_events,
    write_events,
)
from framing.measures import find_attributions, find_hedges, score_sentiment
from framing.measures.target_mentions import find_targets
from framing.measures.targets import score_targets
from framing.views import (
    describe_methods,
    explore,
    plot_comparison,
    plot_contributions,
    plot_corpus,
    plot_events,
    plot_sensitivity,
    plot_sources,
    show_article,
    show_changes,
    write_report,
)

__all__ = [
    "Analysis",
    "add_copies",
    "analyze",
    "check_corpus",
    "compare_outlets",
    "datasets",
    "describe_corpus",
    "describe_events",
    "describe_methods",
    "explain_difference",
    "explore",
    "find_attributions",
    "find_copies",
    "find_hedges",
    "find_targets",
    "list_changes",
    "list_evidence",
    "load_example",
    "load_example_gold",
    "match_events",
    "metric_table",
    "plot_comparison",
    "plot_contributions",
    "plot_corpus",
    "plot_events",
    "plot_sensitivity",
    "plot_sources",
    "read_corpus",
    "read_events",
    "score_sentiment",
    "score_targets",
    "sensitivity",
    "show_article",
    "show_changes",
    "write_events",
    "write_report",
]
