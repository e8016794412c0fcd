"""How well attributions are found, against PolNeAR's hand-made ones."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.measures import find_attributions
from framing.validity.polnear import ROLES, Document, Spans, read_polnear

Attribution = Mapping[str, Spans]
Letters = frozenset[int]


def attribution_accuracy(folder: Path, split: str, *, every: int = 1, offset: int = 0) -> dict[str, float]:
    """Measure `find_attributions` on a split of PolNeAR.

    Parameters
    ----------
    folder : Path
        The folder that holds PolNeAR's `data/`.
    split : str
        ``train`` or ``dev``.
    every, offset : int
        Only every so-manieth article, from the `offset`-th on; ``every=10, offset=9`` of train are those that the
        tables were not estimated on.

    Returns
    -------
    dict
        Per cent: ``linked_f``, ``linked_p``, ``linked_r``: an attribution is found when the contents of the two overlap
        by half (intersection over union of letters and digits) and source and cue touch, each matched once;
        ``exact_source``, ``exact_cue``, ``exact_content``: F of spans with the same letters and digits. And
        ``n_gold``, ``n_found``.
    """
    documents = list(read_polnear(folder, split))[offset::every]
    corpus = pd.DataFrame(
        {"article_id": [d.name for d in documents], "outlet": "x", "text": [d.text for d in documents]}
    )
    table = find_attributions(corpus)
    found = {name: [_spans(row) for row in group.to_dict("records")] for name, group in table.groupby("article_id")}
    return linked_accuracy((d, found.get(d.name, [])) for d in documents)


def linked_accuracy(documents: Iterable[tuple[Document, Sequence[Attribution]]]) -> dict[str, float]:
    """Sum the matches of all documents into precision, recall and F, in per cent."""
    hits = n_gold = n_found = 0
    exact = {role: [0, 0] for role in ROLES}
    for document, found in documents:
        gold_letters = [_letters(a, document.text) for a in document.attributions]
        found_letters = [_letters(a, document.text) for a in found]
        hits += _linked(gold_letters, found_letters)
        n_gold += len(gold_letters)
        n_found += len(found_letters)
        for role in ROLES:
            gold_role = [a[role] for a in gold_letters if a[role]]
            found_role = [a[role] for a in found_letters if a[role]]
            exact[role][0] += len(set(gold_role) & set(found_role))
            exact[role][1] += len(gold_role) + len(found_role)
    return {
        "linked_f": _percent(2 * hits, n_gold + n_found),
        "linked_p": _percent(hits, n_found),
        "linked_r": _percent(hits, n_gold),
        **{f"exact_{role}": _percent(2 * same, total) for role, (same, total) in exact.items()},
        "n_gold": n_gold,
        "n_found": n_found,
    }


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def _spans(row: Mapping[Hashable, Any]) -> Attribution:
    def one(role: str) -> Spans:
        start, end = row[f"{role}_start"], row[f"{role}_end"]
        return [] if pd.isna(start) else [(int(start), int(end))]

    content = [(int(start), int(end)) for start, end in row["content_spans"]]
    return {"source": one("source"), "cue": one("cue"), "content": content}


def _letters(attribution: Attribution, text: str) -> dict[str, Letters]:
    return {
        role: frozenset(i for start, end in attribution[role] for i in range(start, end) if text[i].isalnum())
        for role in ROLES
    }


def _linked(gold: Sequence[Mapping[str, Letters]], found: Sequence[Mapping[str, Letters]]) -> int:
    """How many gold attributions the best overlapping, unused found one matches in all roles."""
    used: set[int] = set()
    hits = 0
    for wanted in gold:
        overlap = {n: _overlap(wanted["content"], f["content"]) for n, f in enumerate(found) if n not in used}
        best = max(overlap, key=lambda n: overlap[n], default=None)
        if best is not None and overlap[best] >= 0.5:
            used.add(best)
            hits += _same_speaker(wanted, found[best])
    return hits


def is_linked(one: Attribution, other: Attribution, text: str) -> bool:
    """Whether two attributions are the same: contents that overlap by half, sources and cues that touch."""
    first, second = _letters(one, text), _letters(other, text)
    return _overlap(first["content"], second["content"]) >= 0.5 and _same_speaker(first, second)


def closeness(one: Attribution, other: Attribution, text: str) -> float:
    """How near a found attribution comes to a gold one: 0 to 2.4.

    1 when they are linked, half their contents' overlap, and 0.3 for each role that is exactly right.
    """
    first, second = _letters(one, text), _letters(other, text)
    overlap = _overlap(first["content"], second["content"])
    exact = sum(first[role] == second[role] for role in ROLES)
    return float(overlap >= 0.5 and _same_speaker(first, second)) + 0.5 * overlap + 0.3 * exact


def _same_speaker(one: Mapping[str, Letters], other: Mapping[str, Letters]) -> bool:
    return all(_touch(one[role], other[role]) for role in ("source", "cue"))


def _overlap(one: Letters, other: Letters) -> float:
    return len(one & other) / max(1, len(one | other))


def _touch(one: Letters, other: Letters) -> bool:
    return bool(one & other) or (not one and not other)
