"""Media framing analysis: who gets to speak, how sure the outlet sounds, in what tone, and in whose voice."""

from framing.corpus import check_corpus, load_example, read_corpus
from framing.measures import find_attributions, find_hedges, score_sentiment

__all__ = ["check_corpus", "find_attributions", "find_hedges", "load_example", "read_corpus", "score_sentiment"]
