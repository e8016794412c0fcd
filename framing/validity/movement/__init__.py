"""What moved between two analyses of the same corpus, and through what."""

from framing.validity.movement.comparing import AnalysisChanges, compare_analyses
from framing.validity.movement.telling import describe_analysis_changes

__all__ = ["AnalysisChanges", "compare_analyses", "describe_analysis_changes"]
