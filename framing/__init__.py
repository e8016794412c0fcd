"""Media framing analysis: who gets to speak, how sure the outlet sounds, in what tone, and in whose voice."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.analysis import Analysis, analyze, analyze_pieces, list_evidence, load_articles, metric_table
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
    from framing.validity import (
        AnalysisChanges,
        FrameModel,
        add_frames,
        agreement,
        agreement_of_spans,
        calibration,
        codings_of,
        compare_analyses,
        correct,
        describe_analysis_changes,
        evaluate,
        export_replication,
        load_frames,
        read_coding_sample,
        read_codings,
        sample_for_coding,
        save_frames,
        train_frames,
        validate,
        verify_replication,
        write_coding_sample,
    )
    from framing.views import (
        code_sentences,
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

# Where each name lives. It is imported when it is first asked for: a worker needs no plots, and starts much sooner.
_PLACES = {
    "framing.analysis": (
        "Analysis",
        "analyze",
        "analyze_pieces",
        "list_evidence",
        "load_articles",
        "metric_table",
    ),
    "framing.comparison": (
        "compare_outlets",
        "explain_difference",
        "sensitivity",
    ),
    "framing.corpus": (
        "add_copies",
        "check_corpus",
        "datasets",
        "describe_corpus",
        "describe_events",
        "find_copies",
        "list_changes",
        "load_example",
        "load_example_gold",
        "match_events",
        "read_corpus",
        "read_events",
        "write_events",
    ),
    "framing.measures": (
        "find_attributions",
        "find_hedges",
        "score_sentiment",
    ),
    "framing.measures.target_mentions": ("find_targets",),
    "framing.measures.targets": ("score_targets",),
    "framing.validity": (
        "AnalysisChanges",
        "FrameModel",
        "add_frames",
        "agreement",
        "agreement_of_spans",
        "calibration",
        "codings_of",
        "compare_analyses",
        "correct",
        "describe_analysis_changes",
        "evaluate",
        "export_replication",
        "load_frames",
        "read_coding_sample",
        "read_codings",
        "sample_for_coding",
        "save_frames",
        "train_frames",
        "validate",
        "verify_replication",
        "write_coding_sample",
    ),
    "framing.views": (
        "code_sentences",
        "describe_methods",
        "explore",
        "plot_comparison",
        "plot_contributions",
        "plot_corpus",
        "plot_events",
        "plot_sensitivity",
        "plot_sources",
        "show_article",
        "show_changes",
        "write_report",
    ),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [
    "Analysis",
    "AnalysisChanges",
    "FrameModel",
    "add_copies",
    "add_frames",
    "agreement",
    "agreement_of_spans",
    "analyze",
    "analyze_pieces",
    "calibration",
    "check_corpus",
    "code_sentences",
    "codings_of",
    "compare_analyses",
    "compare_outlets",
    "correct",
    "datasets",
    "describe_analysis_changes",
    "describe_corpus",
    "describe_events",
    "describe_methods",
    "evaluate",
    "explain_difference",
    "explore",
    "export_replication",
    "find_attributions",
    "find_copies",
    "find_hedges",
    "find_targets",
    "list_changes",
    "list_evidence",
    "load_articles",
    "load_example",
    "load_example_gold",
    "load_frames",
    "match_events",
    "metric_table",
    "plot_comparison",
    "plot_contributions",
    "plot_corpus",
    "plot_events",
    "plot_sensitivity",
    "plot_sources",
    "read_coding_sample",
    "read_codings",
    "read_corpus",
    "read_events",
    "sample_for_coding",
    "save_frames",
    "score_sentiment",
    "score_targets",
    "sensitivity",
    "show_article",
    "show_changes",
    "train_frames",
    "validate",
    "verify_replication",
    "write_coding_sample",
    "write_events",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name in _PLACE_OF:
        found = getattr(import_module(_PLACE_OF[name]), name)
    else:
        try:
            found = import_module(f"framing.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"framing.{name}":
                raise
            raise AttributeError(f"module 'framing' has no attribute {name!r}") from None
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
