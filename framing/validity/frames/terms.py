"""Words and word pairs of texts, counted and weighed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags_array

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST = 40  # characters of a word; longer ones are addresses and debris
LEAST_TEXTS = 2
MOST_TERMS = 20_000
Floats = npt.NDArray[np.float64]


def terms_of(text: str) -> list[str]:
    """Words and pairs of neighbouring words, in small letters; numbers are none.

    Examples
    --------
    >>> terms_of("Prices don’t rise.")
    ['prices', "don't", 'rise', "prices don't", "don't rise"]
    """
    words = [m.group().lower().replace("’", "'") for m in WORD.finditer(text)]
    words = [word for word in words if len(word) <= LONGEST]
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each text holds each term; terms sorted."""

    matrix: csr_matrix
    terms: tuple[str, ...]


def count_terms(texts: Sequence[str], terms: Iterable[str] | None = None) -> Counts:
    """Count the terms of texts: all of them, or those given."""
    found = [terms_of(text) for text in texts]
    known = tuple(sorted({term for each in found for term in each}) if terms is None else terms)
    place = {term: number for number, term in enumerate(known)}
    columns = [[place[term] for term in each if term in place] for each in found]
    ends = np.cumsum([0, *(len(each) for each in columns)])
    flat = np.array([number for each in columns for number in each], dtype=np.int64)
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(texts), len(known)))
    matrix.sum_duplicates()
    return Counts(matrix, known)


def choose_terms(matrix: csr_matrix, groups: npt.NDArray[np.int64] | None) -> npt.NDArray[np.int64]:
    """Columns worth learning from: in two texts at least and, where outlets are known, in two outlets.

    What stands in one outlet's texts only tells who wrote, not what about. Of the rest the 20,000 in most texts are
    kept.
    """
    present = (matrix > 0).astype(np.float64)
    n_texts = np.asarray(present.sum(axis=0)).ravel()
    kept = n_texts >= LEAST_TEXTS
    if groups is not None and len(np.unique(groups)) > 1:
        rows = csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))))
        kept &= np.asarray(((rows @ present) > 0).sum(axis=0)).ravel() >= LEAST_TEXTS
    places = np.flatnonzero(kept)
    if len(places) > MOST_TERMS:
        places = np.sort(places[np.argsort(-n_texts[places], kind="stable")[:MOST_TERMS]])
    return places


def rarity(matrix: csr_matrix) -> Floats:
    """Inverse document frequency: 1 + log((1 + texts) / (1 + texts with the term))."""
    n_texts = np.asarray((matrix > 0).sum(axis=0)).ravel()
    return np.asarray(1 + np.log((1 + matrix.shape[0]) / (1 + n_texts)), dtype=np.float64)


def weigh(matrix: csr_matrix, idf: Floats) -> csr_matrix:
    """TF-IDF with a logarithm of the counts, each text of length 1."""
    weighed = matrix.astype(np.float64).copy()
    weighed.data = 1 + np.log(weighed.data)
    weighed = csr_matrix(weighed @ diags_array(idf))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return csr_matrix(diags_array(1 / np.where(length > 0, length, 1.0)) @ weighed)
