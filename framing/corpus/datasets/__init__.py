"""Public research corpora, read from their published layout.

Their texts belong to publishers, so nothing of them comes with this package: give the folder, set ``FRAMING_DATA``, or
ask for them with ``download=True``. `list_datasets` has terms and citations.
"""

from framing.corpus.datasets.basil import load_basil
from framing.corpus.datasets.markkula import load_markkula
from framing.corpus.datasets.newsmtsc import load_newsmtsc
from framing.corpus.datasets.nyt_editorials import load_nyt_editorials
from framing.corpus.datasets.places import list_datasets
from framing.corpus.datasets.polnear import load_polnear
from framing.corpus.datasets.szeged import load_szeged

__all__ = [
    "list_datasets",
    "load_basil",
    "load_markkula",
    "load_newsmtsc",
    "load_nyt_editorials",
    "load_polnear",
    "load_szeged",
]
