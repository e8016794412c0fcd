"""What of an analysis's provenance may leave the house: versions, names and hashes."""

import re
from collections.abc import Mapping
from typing import Any

from framing.analysis.provenance import PACKAGES
from framing.validity.replication.quoting import RUN, words_of

NOT_KEPT = "(not kept)"


def clean_provenance(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what is known to be free of words: versions, names and hashes; of the reading its numbers.

    Examples
    --------
    >>> made = {"packages": {"framing": "0.1.0", "mine": "?"}, "python": "3.11", "model": {}, "lexicons": {},
    ...         "parameters": {}, "input": {}, "reading": {"read": 5, "options": {"outlet": "Herald"}}}
    >>> clean_provenance(made)["reading"], clean_provenance(made)["packages"]
    ({'read': 5}, {'framing': '0.1.0'})
    """
    parameters = provenance["parameters"]
    known = {
        "packages": {name: _version(value) for name, value in provenance["packages"].items() if name in PACKAGES},
        "python": _version(provenance["python"]),
        "model": {name: _version(provenance["model"].get(name)) for name in ("package", "version")},
        "lexicons": {_short(name): _about(each) for name, each in provenance["lexicons"].items()},
        "parameters": {
            "hedge_lexicon": _about(parameters.get("hedge_lexicon", {})),
            "lexicons": {_short(name): _about(each) for name, each in parameters.get("lexicons", {}).items()},
            "language": _short(parameters.get("language")),
        },
        "input": {name: provenance["input"].get(name) for name in ("n_articles", "sha256")},
    }
    reading = {name: n for name, n in provenance.get("reading", {}).items() if isinstance(n, int)}
    return known | ({"reading": reading} if reading else {})


def _about(lexicon: Mapping[str, Any]) -> dict[str, str]:
    return {name: _short(lexicon[name]) for name in ("name", "version", "sha256") if name in lexicon}


def _version(value: Any) -> str:
    return str(value) if re.fullmatch(r"[\w.+-]{1,40}", str(value)) else NOT_KEPT


def _short(value: Any) -> str:
    """A name or version that somebody gave a lexicon; one that is long enough to quote is none."""
    text = str(value)
    return text if len(words_of(text)) < RUN and len(text) <= 80 else NOT_KEPT
