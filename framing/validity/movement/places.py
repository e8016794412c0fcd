"""Annotation rows of two analyses matched by their place, and the rule or lexicon entry that each came by."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from framing.corpus.columns import clipped
from framing.tables import Schema, as_table

MOVED: Schema = {
    "table": "string",
    "article_id": "string",
    "field": "string",
    "sentence": "Int64",
    "start": "Int64",
    "end": "Int64",
    "what": "string",
    "entry": "string",
    "changed": "string",
    "words": "string",
}
CAME, WENT, CHANGED = "came", "went", "changed"
TEXT = "(another text)"
SAME_WORDS = "(the same words)"
# What a row is compared by; ids are left out, since one row more shifts the numbers of all behind it.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "attributions": (
        "type",
        "source_start",
        "source_end",
        "source_name",
        "source_type",
        "cue_lemma",
        "cue_type",
        "cue_stance",
        "hedged",
        "content_spans",
        "official",
    ),
    "hedges": ("lemma", "category", "scope_start", "scope_end", "voice"),
    "sentiment": ("voice", "n_words", "n_positive", "n_negative", "score", "score_vader", "terms"),
    "lexicon_counts": ("voice", "n_matched", "n_positive", "n_negative", "n_terms", "sum_tone", "terms"),
    "sentences": ("paragraph", "n_words"),
}
_WORDS = {"attributions": "cue", "hedges": "hedge", "sentiment": "terms", "lexicon_counts": "terms"}
_WEIGHT = re.compile(r"(.+?) ([+−-][\d.]+)")
Row = dict[str, Any]
Place = tuple[Any, ...]


@dataclass(slots=True)
class Matching:
    """The entry of every row of both analyses, by table, and the rows that moved."""

    old: dict[str, list[str]] = field(default_factory=dict)
    new: dict[str, list[str]] = field(default_factory=dict)
    moved: list[Row] = field(default_factory=list)
    # Where attributions moved, by article and field: from, to, and by which entry.
    attributed: dict[tuple[str, str], list[tuple[int, int, str]]] = field(default_factory=dict)

    def table(self) -> pd.DataFrame:
        """Give the rows that moved, in the order of the tables."""
        return as_table(self.moved, MOVED)


def match_rows(old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame], other_text: set[str]) -> Matching:
    """Match the rows of two analyses by article, field and offsets.

    Parameters
    ----------
    old, new : mapping of str to pandas.DataFrame
        Tables of evidence of the articles that both have.
    other_text : set of str
        Articles whose text isn't the same, so that offsets mean other words: what moved in them, moved by the text.

    Returns
    -------
    Matching
        Entries: of attributions the word and construction (``say:VERB``), of hedges the rule (``may:modal``), of tone
        the words whose weight changed; where a stretch has another voice because an attribution moved, that one's.
    """
    matching = Matching()
    for name in COMPARED:  # attributions first: hedges and tone may have moved with them
        _match_table(name, old[name], new[name], other_text, matching)
    return matching


def _match_table(name: str, old: pd.DataFrame, new: pd.DataFrame, other_text: set[str], matching: Matching) -> None:
    one, other = _records(name, old), _records(name, new)
    entries: tuple[list[str], list[str]] = ([""] * len(one), [""] * len(other))
    by_place: dict[Place, tuple[list[int], list[int]]] = {}
    for side, rows in enumerate((one, other)):
        for number, row in enumerate(rows):
            by_place.setdefault(_place(name, row), ([], []))[side].append(number)
    for place, (was, now) in by_place.items():
        for first, second in _pairs(was, now, one, other):
            before, after = None if first is None else one[first], None if second is None else other[second]
            entry, changed = _entry(name, before, after, place, other_text, matching)
            if first is not None:
                entries[0][first] = entry
            if second is not None:
                entries[1][second] = entry
            if before is None or after is None or changed:
                _note(name, before, after, entry, changed, matching)
    matching.old[name], matching.new[name] = entries


def _records(name: str, table: pd.DataFrame) -> list[Row]:
    rows: list[Row] = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    for row in rows:
        row["_what"] = tuple(_plain(row[column]) for column in COMPARED[name])
        row["_entry"] = _own_entry(name, row)
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return str(value)
    if value is None or pd.isna(value):
        return None
    # Processors differ in the last digits.
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _place(name: str, row: Row) -> Place:
    start, end = bounds(name, row)
    return str(row["article_id"]), str(row["field"]), start, end, str(row.get("lexicon", ""))


def bounds(name: str, row: Row) -> tuple[int, int]:
    """From where to where a row stands: its cue, or what is said where there is no cue; else its own offsets.

    Examples
    --------
    >>> bounds("attributions", {"cue_start": pd.NA, "content_spans": [[4, 9], [12, 20]]})
    (4, 20)
    """
    if name != "attributions":
        return int(row["start"]), int(row["end"])
    has_cue = not bool(pd.isna(row["cue_start"]))
    if has_cue:
        return int(row["cue_start"]), int(row["cue_end"])
    spans = row["content_spans"]
    return (int(spans[0][0]), int(spans[-1][1])) if len(spans) else (0, 0)


def _pairs(was: list[int], now: list[int], one: list[Row], other: list[Row]) -> Iterator[tuple[int | None, int | None]]:
    """Pair the rows of one place: first those that are alike, then those of one entry, then the rest in order."""
    was, now = [*was], [*now]
    for alike in ("_what", "_entry", None):
        for first in [*was]:
            second = next((n for n in now if alike is None or one[first][alike] == other[n][alike]), None)
            if second is not None:
                was.remove(first)
                now.remove(second)
                yield first, second
    yield from ((first, None) for first in was)
    yield from ((None, second) for second in now)


def _own_entry(name: str, row: Row) -> str:
    if name == "attributions":
        return str(row["rule"]).partition(" p=")[0]
    if name == "hedges":
        return str(row["rule"])
    return ", ".join(sorted(weights(row.get("terms")))) or SAME_WORDS


def _entry(
    name: str, before: Row | None, after: Row | None, place: Place, other_text: set[str], matching: Matching
) -> tuple[str, str]:
    """Give the entry that a row is counted under, and what changed in it."""
    row = after or before
    assert row is not None  # a pair has a side
    changes = _changes(name, before, after)
    if place[0] in other_text:
        return TEXT, changes
    moved = before is None or after is None or bool(changes)
    in_voice = name != "hedges" or changes.partition(":")[0] == "voice"
    if moved and name in ("hedges", "sentiment", "lexicon_counts") and in_voice:
        near = matching.attributed.get((place[0], place[1]), [])
        through = [entry for start, end, entry in near if start < place[3] and place[2] < end]
        if through:
            return f"whose words: {', '.join(sorted(set(through)))}", changes
    if moved and name in ("sentiment", "lexicon_counts"):
        was, now = (weights(each.get("terms")) if each else {} for each in (before, after))
        words = sorted(word for word in {*was, *now} if was.get(word) != now.get(word))
        return clipped(", ".join(words), most=80) or SAME_WORDS, changes
    own = {each["_entry"] for each in (before, after) if each is not None}
    if len(own) == 2 and before is not None and after is not None:
        return f"{before['_entry']} → {after['_entry']}", changes or f"rule: {before['_entry']} → {after['_entry']}"
    return str(row["_entry"]), changes


def _changes(name: str, before: Row | None, after: Row | None) -> str:
    if before is None or after is None:
        return ""
    pairs = zip(COMPARED[name], before["_what"], after["_what"], strict=True)
    return "; ".join(
        f"{column}: {clipped(str(was if was is not None else '–'))} → {clipped(str(now if now is not None else '–'))}"
        for column, was, now in pairs
        if was != now
    )


def _note(name: str, before: Row | None, after: Row | None, entry: str, changed: str, matching: Matching) -> None:
    row = after or before
    assert row is not None  # a pair has a side
    start, end = bounds(name, row)
    words = row.get(_WORDS.get(name, ""))
    matching.moved.append(
        {
            "table": name,
            **{column: row[column] for column in ("article_id", "field", "sentence")},
            "start": start,
            "end": end,
            "what": CAME if before is None else WENT if after is None else CHANGED,
            "entry": entry,
            "changed": changed or None,
            "words": None if words is None or pd.isna(words) else str(words),
        }
    )
    if name == "attributions":
        sides = [each for each in (before, after) if each is not None]
        spans = [tuple(span) for each in sides for span in each["content_spans"]]
        spread = [start, end, *(place for span in spans for place in span)]
        place = (str(row["article_id"]), str(row["field"]))
        matching.attributed.setdefault(place, []).append((min(spread), max(spread), entry))


def weights(terms: Any) -> dict[str, str]:
    """Read the words of a row of tone with their weights.

    Examples
    --------
    >>> weights("approved +0.91; not good -0.5")
    {'approved': '+0.91', 'not good': '-0.5'}
    """
    if terms is None or pd.isna(terms):
        return {}
    found = (_WEIGHT.fullmatch(part.strip()) for part in str(terms).split("; "))
    return {match[1]: match[2] for match in found if match}
