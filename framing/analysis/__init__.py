"""All measures in one pass: tables of evidence, whose voice each span is in, and article metrics made of them."""

from framing.analysis.cache import CacheWarning, cache_folder, clear_cache
from framing.analysis.evidence import list_evidence
from framing.analysis.lexicon_names import name_lexicons
from framing.analysis.metrics import count_table, difference_table, evidence_rows, metric_table
from framing.analysis.pieces import analyze_pieces
from framing.analysis.running import analyze
from framing.analysis.sources import tone_by_source
from framing.analysis.storing import Analysis, load_articles

__all__ = [
    "Analysis",
    "CacheWarning",
    "analyze",
    "analyze_pieces",
    "cache_folder",
    "clear_cache",
    "count_table",
    "difference_table",
    "evidence_rows",
    "list_evidence",
    "load_articles",
    "metric_table",
    "name_lexicons",
    "tone_by_source",
]
