"""Source attribution: who is said, by which words, to have said, thought or shown what."""

from framing.measures.attribution.finding import Attributions, attributions_in

__all__ = ["Attributions", "attributions_in"]
