"""How well attributions are found, against PolNeAR's hand-made ones."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.measures import find_attributions
from framing.validity.polnear import ROLES, Document, Spans, read_polnear

Attribution = Mapping[str, Spans]
Letters = frozenset[int]
LINE = re.compile(r"[^\n]+")
DOUBLE_MARK = re.compile("[“”\"]|''")
WAYS = ("direct", "mixed", "indirect")


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
    found = {name: [spans_of(row) for row in group.to_dict("records")] for name, group in table.groupby("article_id")}
    return linked_accuracy((d, found.get(d.name, [])) for d in documents)


def linked_accuracy(documents: Iterable[tuple[Document, Sequence[Attribution]]]) -> dict[str, float]:
    """Sum the matches of all documents into precision, recall and F, in per cent."""
    total = sum((Counter(attribution_counts(d.text, d.attributions, found)) for d, found in documents), Counter())
    return {
        "linked_f": _percent(2 * total["hits"], total["n_gold"] + total["n_found"]),
        "linked_p": _percent(total["hits"], total["n_found"]),
        "linked_r": _percent(total["hits"], total["n_gold"]),
        **{f"exact_{role}": _percent(2 * total[f"same_{role}"], total[f"n_{role}"]) for role in ROLES},
        "n_gold": total["n_gold"],
        "n_found": total["n_found"],
    }


def attribution_counts(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> dict[str, int]:
    """Count the matches of one text.

    Parameters
    ----------
    text : str
    gold, found : sequence of mappings
        ``source``, ``cue`` and ``content``, each with a list of spans.

    Returns
    -------
    dict
        `n_gold`, `n_found`; `hits`, linked as `attribution_accuracy` says; `hits_lettered`, those of them in which no
        cue or source consists of marks alone; for each way of quoting `gold_` and `lettered_` with ``direct``,
        ``mixed`` or ``indirect``; for each role `same_` (spans alike) and `n_` (of both), and `same_lettered_`,
        `n_lettered_` where spans of marks alone count too.
    """
    gold_letters = [_letters(a, text) for a in gold]
    found_letters = [_letters(a, text) for a in found]
    quoted = quoted_letters(text)
    linked = {w: f for w, f in _pairs(gold_letters, found_letters) if _same_speaker(gold_letters[w], found_letters[f])}
    lettered = {w for w, f in linked.items() if not _only_marks(gold[w], gold_letters[w], found[f], found_letters[f])}
    counts = {"n_gold": len(gold), "n_found": len(found), "hits": len(linked), "hits_lettered": len(lettered)}
    ways = [way_of_quoting(letters["content"], quoted) for letters in gold_letters]
    for way in WAYS:
        counts[f"gold_{way}"] = ways.count(way)
        counts[f"lettered_{way}"] = sum(ways[w] == way for w in lettered)
    for role in ROLES:
        for name, kept in (("", _with_letters), ("lettered_", _with_spans)):
            of_gold, of_found = kept(gold, gold_letters, role), kept(found, found_letters, role)
            counts[f"same_{name}{role}"] = len(set(of_gold) & set(of_found))
            counts[f"n_{name}{role}"] = len(of_gold) + len(of_found)
    return counts


def pair_attributions(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Pair the numbers of gold and found attributions whose contents overlap by half, each used once."""
    return list(_pairs([_letters(a, text) for a in gold], [_letters(a, text) for a in found]))


def quoted_letters(text: str) -> Letters:
    """Places of a text between double marks of one line, or from an opening mark to the line's end.

    Simpler than `find_quotations`, on purpose: how gold attributions are sorted must not follow the measure.

    Examples
    --------
    >>> text = "“No,” she said. “We"
    >>> "".join(text[i] for i in sorted(quoted_letters(text)))
    '“No,”“We'
    """
    inside: set[int] = set()
    for line in LINE.finditer(text):
        opened: int | None = None
        for mark in DOUBLE_MARK.finditer(text, *line.span()):
            if mark.group() == "“" or (mark.group() == '"' and opened is None):
                opened = mark.start()
            elif opened is not None:
                inside.update(range(opened, mark.end()))
                opened = None
        if opened is not None:
            inside.update(range(opened, line.end()))
    return frozenset(inside)


def way_of_quoting(content: Letters, quoted: Letters) -> str:
    """``direct`` when all letters of a content are quoted, ``indirect`` when none is, else ``mixed``."""
    inside = len(content & quoted)
    return "indirect" if not inside else "direct" if inside == len(content) else "mixed"


def _with_letters(
    attributions: Sequence[Attribution], letters: Sequence[Mapping[str, Letters]], role: str
) -> list[Letters]:
    return [each[role] for each in letters if each[role]]


def _with_spans(
    attributions: Sequence[Attribution], letters: Sequence[Mapping[str, Letters]], role: str
) -> list[Letters]:
    return [each[role] for a, each in zip(attributions, letters, strict=True) if a[role]]


def _only_marks(
    one: Attribution, its: Mapping[str, Letters], other: Attribution, others: Mapping[str, Letters]
) -> bool:
    """Whether source or cue touch only in that neither holds a letter, though one of them is there: a dash."""
    return any(not its[role] and not others[role] and bool(one[role] or other[role]) for role in ("source", "cue"))


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def spans_of(row: Mapping[Hashable, Any]) -> Attribution:
    """Source, cue and content of a row of the attribution table, as lists of spans."""

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


def _pairs(gold: Sequence[Mapping[str, Letters]], found: Sequence[Mapping[str, Letters]]) -> Iterator[tuple[int, int]]:
    """Pair each gold attribution with the unused found one that overlaps it best, if by half."""
    used: set[int] = set()
    for number, wanted in enumerate(gold):
        overlap = {n: _overlap(wanted["content"], f["content"]) for n, f in enumerate(found) if n not in used}
        best = max(overlap, key=lambda n: overlap[n], default=None)
        if best is not None and overlap[best] >= 0.5:
            used.add(best)
            yield number, best


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
