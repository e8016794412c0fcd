"""The hedge lexicon's rows: checked, and each decided by how often it was right."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing.errors import InputError
from framing.lexicons import Lexicon
from framing.measures.hedge_constructions import CONSTRUCTIONS

COLUMNS = ("pattern", "match", "construction", "category", "n_seen", "n_right", "note")
KINDS = ("lemma", "word", "phrase", "suffix")
SEMANTIC = ("epistemic", "doxastic", "condition", "investigation")  # marked in the Szeged corpus
RHETORICAL = ("reportative", "approximator", "vague_source", "booster")  # decided by a codebook
LOOKALIKE = "none"
CATEGORIES = (*SEMANTIC, *RHETORICAL, LOOKALIKE)
TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
# A row's own observations are drawn towards what is to be expected where it was never seen; that weighs as much as one
# observation. "surmise" + clause hedges as verbs with a clause do; ten observations of its own outweigh that.
PRIOR_WEIGHT = 1.0
# To be expected are the construction's odds, times how much the entry's odds elsewhere lie above all entries' odds:
# "seem", which nearly always hedges, does so in a rare construction too, "hope" not even where most verbs do. The
# entry's share elsewhere is drawn towards that of all entries, which weighs as much as five observations.
ENTRY_WEIGHT = 5.0
# What is right more often than half of F raises F (at its maximum the best threshold is F / 2).
THRESHOLD = 0.42


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a lexicon: an expression in a construction, and whether that hedges.

    Counts are None where a codebook, not a corpus, decides.
    """

    pattern: str
    match: str
    construction: str
    category: str
    n_seen: int | None
    n_right: int | None
    hedges: bool

    @property
    def words(self) -> list[str]:
        """Tokens of the pattern: would · - · be."""
        return TOKEN.findall(self.pattern)

    @property
    def semantic(self) -> bool:
        """Whether the row belongs to the categories that the Szeged corpus marks, or to their counted look-alikes."""
        return self.category in SEMANTIC or (self.category == LOOKALIKE and self.n_seen is not None)


def rows_of(lexicon: Lexicon) -> list[Row]:
    """Rows of a lexicon, each decided: by its counts, or by its category where it has none.

    Raises
    ------
    InputError
        If the lexicon lacks a column, has no entry, or a line is faulty; the message names the line and the fault.
    """
    columns = list(lexicon.entries.columns)
    missing = [c for c in COLUMNS if c not in columns]
    if missing:
        raise InputError(
            f"hedge lexicon {lexicon.name} has no column {missing[0]!r}; it has: {', '.join(columns)}. "
            f"It needs: {', '.join(COLUMNS)}."
        )
    lines: list[dict[Any, Any]] = lexicon.entries.to_dict("records")
    if not lines:
        raise InputError(f"hedge lexicon {lexicon.name} has a header, but no entry. Write one entry a line below it.")
    for fault in _faults(lines, lexicon.lines or range(2, len(lines) + 2)):  # the header is line 1
        raise InputError(f"hedge lexicon {lexicon.name}, {fault}")
    return decide(lines)


def _faults(lines: Sequence[Mapping[Any, Any]], numbers: Sequence[int]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for number, line in zip(numbers, lines, strict=True):
        fault = _fault(line)
        if fault:
            yield f"line {number} ({line['pattern'] or 'no pattern'}): {fault}"
        key = tuple(line[c] for c in ("pattern", "match", "construction", "category"))
        if key in seen:
            yield f"line {number} ({line['pattern']}): the same entry stands in line {seen[key]}. Delete one of them."
        seen[key] = number


def _fault(line: Mapping[Any, Any]) -> str | None:
    pattern = line["pattern"]
    if not pattern:
        return "the pattern is empty. Write a word, a base form or a phrase."
    if pattern != pattern.strip().lower():
        return f"the pattern is {pattern!r}, but patterns are lower case without blanks around them."
    for column, allowed in (("match", KINDS), ("construction", tuple(CONSTRUCTIONS)), ("category", CATEGORIES)):
        if line[column] not in allowed:
            return f"{column} is {line[column]!r}; allowed are: {', '.join(allowed)}."
    if line["match"] != "phrase" and " " in pattern:
        return f"a {line['match']} is one word, but the pattern has {len(pattern.split())}. Set match to phrase."
    counts = (line["n_seen"], line["n_right"])
    if any(c and not (c.isascii() and c.isdigit()) for c in counts):
        return f"n_seen and n_right are {counts[0]!r} and {counts[1]!r}; they are whole numbers, or both empty."
    if (counts[0] == "") != (counts[1] == ""):
        return "only one of n_seen and n_right is given. Give both or leave both empty."
    if counts[0] and int(counts[1]) > int(counts[0]):
        return f"n_right ({counts[1]}) is more than n_seen ({counts[0]})."
    return None


def decide(lines: Sequence[Mapping[Any, Any]]) -> list[Row]:
    """Rows from checked lines: those with counts hedge when they are right often enough, the others always."""
    expected = _Expectation(lines)
    rows = []
    for line in lines:
        n_seen, n_right = counts_of(line)
        hedges: bool = line["category"] != LOOKALIKE
        if hedges and n_seen is not None and n_right is not None:
            share = (n_right + PRIOR_WEIGHT * expected.share(line)) / (n_seen + PRIOR_WEIGHT)
            hedges = share >= THRESHOLD
        rows.append(
            Row(line["pattern"], line["match"], line["construction"], line["category"], n_seen, n_right, hedges)
        )
    return rows


class _Expectation:
    """How often a row would be right by its construction, and by its entry in other constructions."""

    def __init__(self, lines: Sequence[Mapping[Any, Any]]) -> None:
        self._construction: dict[tuple[str, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._entry: dict[tuple[str, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))
        everything: dict[tuple[str, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for line in lines:
            n_seen, n_right = (count or 0 for count in counts_of(line))
            parts = ((self._construction, (line["construction"],)), (self._entry, _entry(line)), (everything, ()))
            for totals, key in parts:
                seen, right = totals[key]
                totals[key] = seen + n_seen, right + n_right
        self._mean = _share(*everything[()])

    def share(self, line: Mapping[Any, Any]) -> float:
        n_seen, n_right = (count or 0 for count in counts_of(line))
        all_seen, all_right = self._entry[_entry(line)]
        elsewhere = (all_right - n_right + ENTRY_WEIGHT * self._mean) / (all_seen - n_seen + ENTRY_WEIGHT)
        odds = _odds(_share(*self._construction[line["construction"],])) * _odds(elsewhere) / _odds(self._mean)
        return odds / (1 + odds)


def _entry(line: Mapping[Any, Any]) -> tuple[str, ...]:
    return line["pattern"], line["match"]


def _share(n_seen: int, n_right: int) -> float:
    """Share of what was right, one half when nothing was seen, never quite 0 or 1."""
    return (n_right + 0.5) / (n_seen + 1)


def _odds(share: float) -> float:
    return share / (1 - share)


def counts_of(line: Mapping[Any, Any]) -> tuple[int | None, int | None]:
    """How often a line's row was seen and right; None where no corpus was counted."""
    n_seen, n_right = line["n_seen"], line["n_right"]
    return (int(n_seen), int(n_right)) if n_seen else (None, None)
