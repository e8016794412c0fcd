"""The measures: source attribution, hedging and sentiment, each a table of spans."""

from framing.measures.public import find_attributions, find_hedges, score_sentiment

__all__ = ["find_attributions", "find_hedges", "score_sentiment"]
