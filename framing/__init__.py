"""Media framing analysis: who gets to speak, how sure the outlet sounds, in what tone, and in whose voice."""

from framing.analysis import Analysis, analyze, list_evidence, metric_table
from framing.comparison import compare_outlets
from framing.corpus import check_corpus, datasets, describe_corpus, load_example, read_corpus
from framing.measures import find_attributions, find_hedges, score_sentiment
from framing.measures.target_mentions import find_targets
from framing.measures.targets import score_targets
from framing.views import plot_comparison, plot_corpus, show_article, write_report

__all__ = [
    "Analysis",
    "analyze",
    "check_corpus",
    "compare_outlets",
    "datasets",
    "describe_corpus",
    "find_attributions",
    "find_hedges",
    "find_targets",
    "list_evidence",
    "load_example",
    "metric_table",
    "plot_comparison",
    "plot_corpus",
    "read_corpus",
    "score_sentiment",
    "score_targets",
    "show_article",
    "write_report",
]
