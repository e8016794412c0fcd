"""Word lists and estimated parameters: tables that a person can read, each with its provenance beside it."""

from framing.lexicons.loading import Lexicon, lexicon_names, load_lexicon, seal_lexicon

__all__ = ["Lexicon", "lexicon_names", "load_lexicon", "seal_lexicon"]
