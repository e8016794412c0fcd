"""Outlets compared: differences with intervals, what could have been found, and the findings in words."""

from framing.comparison.comparing import compare_outlets
from framing.comparison.distinctive_words import distinctive_words
from framing.comparison.explaining import explain_difference
from framing.comparison.findings import describe_findings
from framing.comparison.mixed_model import compare_by_mixed_model, describe_agreement
from framing.comparison.power import detectable_difference, events_needed
from framing.comparison.power_words import describe_power
from framing.comparison.robustness import describe_sensitivity
from framing.comparison.rows import COMPARISON
from framing.comparison.sensitivity import sensitivity
from framing.comparison.source_diversity import source_diversity, source_overlap
from framing.comparison.source_lists import list_sources
from framing.comparison.source_matrix import source_matrix

__all__ = [
    "COMPARISON",
    "compare_by_mixed_model",
    "compare_outlets",
    "describe_agreement",
    "describe_findings",
    "describe_power",
    "describe_sensitivity",
    "detectable_difference",
    "distinctive_words",
    "events_needed",
    "explain_difference",
    "list_sources",
    "sensitivity",
    "source_diversity",
    "source_matrix",
    "source_overlap",
]
