"""Articles in: readers for each format, cleaning, the bundled example and public datasets."""

from framing.corpus.checking import check_corpus

__all__ = ["check_corpus"]
