"""Which versions, lexicons and parameters two analyses were made with."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from framing.tables import Schema, as_table

VERSIONS: Schema = {"kind": "string", "name": "string", "old": "string", "new": "string", "same": "boolean"}


def version_table(old: Mapping[str, Any], new: Mapping[str, Any]) -> pd.DataFrame:
    """Set two provenances side by side.

    Returns
    -------
    pandas.DataFrame
        One row per thing that either has: `kind` (package, python, model, lexicon, parameter), `name`, `old` and `new`
        (of a lexicon its version and the first digits of its hash; ``<NA>`` where there is none), `same`.

    Examples
    --------
    >>> old = {"packages": {"framing": "0.1.0"}, "python": "3.11.7", "model": {}, "lexicons": {}, "parameters": {}}
    >>> table = version_table(old, old | {"python": "3.12.1"})
    >>> table[~table["same"]][["kind", "old", "new"]].values.tolist()
    [['python', '3.11.7', '3.12.1']]
    """
    one, other = (dict(_leaves(each)) for each in (old, new))
    rows = []
    for kind, name in dict.fromkeys([*one, *other]):
        was, now = one.get((kind, name)), other.get((kind, name))
        rows.append({"kind": kind, "name": name, "old": was, "new": now, "same": was == now})
    return as_table(rows, VERSIONS)


def describe_versions(versions: pd.DataFrame) -> list[str]:
    """Say what differs, one piece a thing.

    Examples
    --------
    >>> rows = [["model", "model", "sm 3.8.0", "sm 3.8.1", False], ["lexicon", "mine", None, "1 ab", False]]
    >>> rows = pd.DataFrame(rows, columns=list(VERSIONS))
    >>> describe_versions(rows)
    ['model: sm 3.8.0 then, sm 3.8.1 now', 'lexicon mine: none then, 1 ab now']
    """
    other = versions[~versions["same"].astype("boolean").fillna(False)]
    return [
        f"{kind if kind == name else f'{kind} {name}'}: {_shown(was)} then, {_shown(now)} now"
        for kind, name, was, now in other[["kind", "name", "old", "new"]].itertuples(index=False)
    ]


def _shown(value: Any) -> str:
    return "none" if pd.isna(value) else str(value)


def _leaves(provenance: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    parameters = provenance["parameters"]
    for name, value in provenance["packages"].items():
        yield ("package", str(name)), str(value)
    yield ("python", "python"), str(provenance["python"])
    yield ("model", "model"), f"{provenance['model'].get('package')} {provenance['model'].get('version')}"
    for name, about in {**provenance["lexicons"], **parameters.get("lexicons", {})}.items():
        yield ("lexicon", str(name)), _lexicon(about)
    if "hedge_lexicon" in parameters:
        about = parameters["hedge_lexicon"]
        yield ("parameter", "hedge_lexicon"), f"{about.get('name', '')} {_lexicon(about)}".strip()
    yield ("parameter", "language"), str(parameters.get("language"))


def _lexicon(about: Mapping[str, Any]) -> str:
    return f"{about.get('version', '')} {str(about.get('sha256'))[:12]}".strip()
