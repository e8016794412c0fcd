"""What made a result: versions, lexicons, parameters and the input, so that a figure that moved can be explained."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from framing.language import load_model
from framing.lexicons import Lexicon, lexicon_names, load_lexicon
from framing.measures.reading import article_texts

PACKAGES = ("framing", "spacy", "thinc", "numpy", "pandas", "vaderSentiment")


def provenance_of(corpus: pd.DataFrame, hedges: Lexicon) -> dict[str, Any]:
    """Versions of package and libraries, the model, every lexicon with its hash, parameters, and the input's hash."""
    model = load_model()
    bundled = (load_lexicon(name) for name in lexicon_names())
    return {
        "packages": {name: version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "model": {"package": model.package, "version": model.version},
        "lexicons": {lexicon.name: _about(lexicon) for lexicon in bundled},
        "parameters": {"hedge_lexicon": {"name": hedges.name, **_about(hedges)}},
        "input": {"n_articles": len(corpus), "sha256": input_hash(corpus)},
    }


def _about(lexicon: Lexicon) -> Mapping[str, str]:
    return {"version": str(lexicon.metadata.get("version", "")), "sha256": lexicon.sha256}


def input_hash(corpus: pd.DataFrame) -> str:
    """A hash of all articles' ids and texts, whatever their order."""
    digests = sorted(_digest(article_id, texts) for article_id, texts in article_texts(corpus))
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _digest(article_id: str, texts: Mapping[str, str | None]) -> str:
    parts = (article_id, *(f"{field}={text}" for field, text in texts.items()))
    return hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()
