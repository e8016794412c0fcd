"""Hashes of texts, by which who has them can tell that they are the same, and of words, which nobody else can guess.

A hash of a few words hides them from reading only: whoever tries all names, or all pairs of words, finds it. The words
of an article are therefore hashed with a key that is made of its text, and names with one made of all texts. Who has
the texts can make the keys; who hasn't would have to guess the texts.
"""

import hashlib
from collections.abc import Mapping

import pandas as pd

from framing.corpus.columns import STRING

SHORT = 16  # hexadecimal digits: among a million different names two share a hash once in 37 million times
HASHES = ["article_id", "field", "n_characters", "sha256"]


def salt_of(input_sha256: str) -> str:
    """Make the salt of a corpus: the same for the same corpus, so that a folder that is made again has the same bytes.

    Examples
    --------
    >>> salt_of("ab") == salt_of("ab"), salt_of("ab") == salt_of("ac"), len(salt_of("ab"))
    (True, False, 32)
    """
    return hashlib.sha256(f"framing replication {input_sha256}".encode()).hexdigest()[:32]


def hashed(value: str, key: str) -> str:
    """Hash a piece of text: ``#`` and 16 hexadecimal digits.

    Examples
    --------
    >>> hashed("Ann Lee", "key")
    '#b0537f279355c223'
    """
    return "#" + _digest(key, value)[:SHORT]


def article_keys(corpus: pd.DataFrame, salt: str) -> dict[str, str]:
    """Make the key of each article from its text; it is in no file."""
    texts = corpus["text"].fillna("")
    return {str(a): _digest(salt, "key", str(text)) for a, text in zip(corpus["article_id"], texts, strict=True)}


def corpus_key(keys: Mapping[str, str]) -> str:
    """Make the key of names, which must be the same in all articles, from the keys of all of them.

    Examples
    --------
    >>> corpus_key({"1": "ab", "2": "cd"}) == corpus_key({"2": "ab", "1": "cd"})
    True
    """
    return _digest(*sorted(keys.values()))


def text_hashes(corpus: pd.DataFrame, salt: str) -> pd.DataFrame:
    """Hash every text of a corpus, and every title with its text, since a title alone could be guessed.

    Returns
    -------
    pandas.DataFrame
        One row per article and field that it has, sorted: `article_id, field`, `n_characters` and `sha256`, salted.
    """
    texts = corpus["text"].fillna("").astype(str)
    rows = []
    for field in ("text", "title"):
        if field in corpus:
            for article, value, text in zip(corpus["article_id"], corpus[field], texts, strict=True):
                if not pd.isna(value):
                    digest = _digest(salt, field, str(value), *([text] if field == "title" else []))
                    rows.append((article, field, len(value), digest))
    table = pd.DataFrame(rows, columns=HASHES).astype({"article_id": STRING, "field": STRING, "sha256": STRING})
    return table.sort_values(["article_id", "field"], ignore_index=True)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()
