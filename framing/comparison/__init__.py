"""Outlets compared: differences with intervals, what could have been found, and the findings in words."""

from framing.comparison.comparing import COMPARISON, compare_outlets
from framing.comparison.findings import describe_findings
from framing.comparison.power import detectable_difference

__all__ = ["COMPARISON", "compare_outlets", "describe_findings", "detectable_difference"]
