"""What made a result: versions, lexicons, parameters and the input, so that a figure that moved can be explained."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from framing.language.model import installed_model
from framing.lexicons import Lexicon, lexicon_names, load_lexicon

PACKAGES = ("framing", "spacy", "thinc", "numpy", "scipy", "pandas", "vaderSentiment")
# Columns on which a figure or a comparison depends.
DECISIVE = ("article_id", "outlet", "event", "title", "text")
MODULUS = 2**256


def provenance_of(
    hedges: Lexicon,
    sentiment: Mapping[str, Lexicon],
    *,
    language: str,
    n_articles: int,
    sha256: str,
    reading: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Versions of package and libraries, the model, every lexicon with its hash, parameters, and the input's hash.

    `reading` is what `read_corpus` left with the corpus: its options and what was read, repaired and set aside.
    """
    return {
        **made_by(hedges, sentiment, language=language),
        "input": {"n_articles": n_articles, "sha256": sha256},
        **({"reading": dict(reading)} if reading else {}),
    }


def made_by(hedges: Lexicon, sentiment: Mapping[str, Lexicon], *, language: str) -> dict[str, Any]:
    """The part of the provenance that is the same for every corpus."""
    package, model_version = installed_model()
    bundled = (load_lexicon(name) for name in lexicon_names())
    return {
        "packages": {name: version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "model": {"package": package, "version": model_version},
        "lexicons": {lexicon.name: _about(lexicon) for lexicon in bundled},
        "parameters": {
            "hedge_lexicon": {"name": hedges.name, **_about(hedges)},
            "lexicons": {name: _about(lexicon) for name, lexicon in sentiment.items()},
            "language": language,
        },
    }


def _about(lexicon: Lexicon) -> Mapping[str, str]:
    return {"version": str(lexicon.metadata.get("version", "")), "sha256": lexicon.sha256}


def input_hash(corpus: pd.DataFrame) -> str:
    """A hash of all articles' ids, texts, outlets and events, whatever the order of rows."""
    return hash_of_sum(input_sum(corpus))


def input_sum(corpus: pd.DataFrame) -> int:
    """The SHA-256 of every article added up (modulo 2**256): sums of pieces make the sum of the whole.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "text": ["It rained.", None]})
    >>> (input_sum(corpus.head(1)) + input_sum(corpus.tail(1))) % MODULUS == input_sum(corpus)
    True
    """
    columns = [c for c in DECISIVE if c in corpus]
    rows = zip(*(corpus[c].astype(object) for c in columns), strict=True)
    return sum(_digest(dict(zip(columns, row, strict=True))) for row in rows) % MODULUS


def hash_of_sum(total: int) -> str:
    """The input's hash as it is written."""
    return f"{total % MODULUS:064x}"


def _digest(article: Mapping[str, Any]) -> int:
    known = (f"{column}={value}" for column, value in article.items() if not pd.isna(value))
    return int.from_bytes(hashlib.sha256("\x1f".join(known).encode("utf8", "surrogatepass")).digest())
