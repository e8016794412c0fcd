"""What made a result: versions, lexicons, parameters and the input, so that a figure that moved can be explained."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from framing.language import load_model
from framing.lexicons import Lexicon, lexicon_names, load_lexicon

PACKAGES = ("framing", "spacy", "thinc", "numpy", "scipy", "pandas", "vaderSentiment")
# Columns on which a figure or a comparison depends.
DECISIVE = ("article_id", "outlet", "event", "title", "text")


def provenance_of(
    corpus: pd.DataFrame,
    hedges: Lexicon,
    sentiment: Mapping[str, Lexicon],
    *,
    language: str,
    reading: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Versions of package and libraries, the model, every lexicon with its hash, parameters, and the input's hash.

    `reading` is what `read_corpus` left with the corpus: its options and what was read, repaired and set aside.
    """
    model = load_model()
    bundled = (load_lexicon(name) for name in lexicon_names())
    return {
        "packages": {name: version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "model": {"package": model.package, "version": model.version},
        "lexicons": {lexicon.name: _about(lexicon) for lexicon in bundled},
        "parameters": {
            "hedge_lexicon": {"name": hedges.name, **_about(hedges)},
            "lexicons": {name: _about(lexicon) for name, lexicon in sentiment.items()},
            "language": language,
        },
        "input": {"n_articles": len(corpus), "sha256": input_hash(corpus)},
        **({"reading": dict(reading)} if reading else {}),
    }


def _about(lexicon: Lexicon) -> Mapping[str, str]:
    return {"version": str(lexicon.metadata.get("version", "")), "sha256": lexicon.sha256}


def input_hash(corpus: pd.DataFrame) -> str:
    """A hash of all articles' ids, texts, outlets and events, whatever the order of rows."""
    columns = [c for c in DECISIVE if c in corpus]
    rows = zip(*(corpus[c].astype(object) for c in columns), strict=True)
    digests = sorted(_digest(dict(zip(columns, row, strict=True))) for row in rows)
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _digest(article: Mapping[str, Any]) -> str:
    known = (f"{column}={value}" for column, value in article.items() if not pd.isna(value))
    return hashlib.sha256("\x1f".join(known).encode("utf8", "surrogatepass")).hexdigest()
