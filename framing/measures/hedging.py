"""Hedges and what they hedge: expressions that a lexicon names, in constructions that it has found to hedge."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing.errors import InputError
from framing.language import Parse
from framing.lexicons import Lexicon, load_lexicon
from framing.measures.hedge_constructions import CONSTRUCTIONS, Construction, Fit
from framing.measures.spans import Hedge

LEXICON = "hedges_en"
COLUMNS = ("pattern", "match", "construction", "category", "n_seen", "n_right", "note")
KINDS = ("lemma", "word", "phrase")
SEMANTIC = ("epistemic", "doxastic", "condition", "investigation")  # marked in the Szeged corpus
RHETORICAL = ("reportative", "approximator", "vague_source", "booster")  # decided by a codebook
LOOKALIKE = "none"
CATEGORIES = (*SEMANTIC, *RHETORICAL, LOOKALIKE)
# An entry seen n times counts with weight n against its construction's mean with this weight.
PRIOR_WEIGHT = 1.0
# What is right more often than this raises the F-measure: at its maximum the threshold is half of F.
THRESHOLD = 0.42


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a lexicon: an expression in a construction, and whether that hedges."""

    pattern: str
    match: str
    construction: str
    category: str
    n_seen: int | None
    n_right: int | None
    hedges: bool

    @property
    def semantic(self) -> bool:
        """Whether the row belongs to the categories that the Szeged corpus marks."""
        return self.category in SEMANTIC


@dataclass(frozen=True, slots=True)
class Match:
    """An expression in a text, with the row that it fell under; `first` and `last` are tokens, both inclusive."""

    first: int
    last: int
    row: Row
    fit: Fit


Entry = list[tuple[Construction, Row]]


class HedgeIndex:
    """A lexicon made ready for looking words up."""

    def __init__(self, rows: Sequence[Row]) -> None:
        order = {name: number for number, name in enumerate(CONSTRUCTIONS)}
        entries: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: order[row.construction]):
            entries[row.pattern, row.match, row.semantic].append(row)
        self.lemma: dict[str, list[Entry]] = defaultdict(list)
        self.word: dict[str, list[Entry]] = defaultdict(list)
        self.phrase: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        for (pattern, match, _), group in entries.items():
            entry: Entry = [(CONSTRUCTIONS[row.construction], row) for row in group]
            if match == "phrase":
                words = tuple(pattern.split())
                self.phrase[words[0]].append((words, entry))
            else:
                (self.lemma if match == "lemma" else self.word)[pattern].append(entry)
        for phrases in self.phrase.values():
            phrases.sort(key=lambda item: -len(item[0]))  # the longest first: "may or may not" before "may"


def hedges_in(parse: Parse, lexicon: Lexicon | None = None) -> list[Hedge]:
    """Find the hedges of one parsed text, in text order.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> [(h.lemma, h.category, h.rule) for h in hedges_in(parse_text("It may rain in May."))]
    [('may', 'epistemic', 'may:modal')]
    """
    found = [m for m in matches(parse, index_of(lexicon or load_lexicon(LEXICON))) if m.row.hedges]
    return numbered(parse, found)


def matches(parse: Parse, index: HedgeIndex) -> Iterator[Match]:
    """Every expression of the lexicon with the row it falls under, hedging or not."""
    shadowed = {True: -1, False: -1}  # last token of a phrase, for semantic rows and for the others
    for token in range(len(parse)):
        for words, entry in index.phrase.get(parse.lower[token], ()):
            kind = entry[0][1].semantic
            last = token + len(words) - 1
            if token > shadowed[kind] and tuple(parse.lower[token : last + 1]) == words:
                found = _match(parse, token, last, entry)
                if found is not None:
                    shadowed[kind] = last
                    yield found
        lemma, lower = parse.lemma[token], parse.lower[token]
        for entry in (*index.word.get(lower, ()), *index.lemma.get(lemma, ())):
            if token > shadowed[entry[0][1].semantic]:
                found = _match(parse, token, token, entry)
                if found is not None:
                    yield found


def _match(parse: Parse, first: int, last: int, entry: Entry) -> Match | None:
    for construction, row in entry:
        fit = construction(parse, first, last)
        if fit is not None:
            begin, end = fit.extent or (first, last)
            return Match(begin, end, row, fit)
    return None


def numbered(parse: Parse, found: Sequence[Match]) -> list[Hedge]:
    """Hedges in text order; two readings of one expression, which overlap, share a number."""
    ordered = sorted(found, key=lambda m: (m.first, m.last, m.row.category, m.row.pattern))
    hedges: list[Hedge] = []
    number, reach = -1, -1
    taken: set[tuple[int, int, str]] = set()
    for m in ordered:
        if (m.first, m.last, m.row.category) in taken:
            continue
        taken.add((m.first, m.last, m.row.category))
        if m.first > reach:
            number += 1
        reach = max(reach, m.last)
        hedges.append(
            Hedge(
                span=span_of(parse, m),
                lemma=m.row.pattern,
                category=m.row.category,
                scope=None if m.fit.scope is None else parse.span(*m.fit.scope),
                rule=":".join(filter(None, (m.row.pattern, m.row.construction, m.fit.flag))),
                number=number,
            )
        )
    return hedges


def span_of(parse: Parse, match: Match) -> tuple[int, int]:
    """Offsets of an expression; a negation written together with it belongs to it: *won't*, *cannot*."""
    start, end = parse.span(match.first, match.last)
    beyond = match.last + 1
    if beyond < len(parse) and parse.start[beyond] == end and parse.lower[beyond] in ("n't", "n’t", "not"):
        end = parse.end[beyond]
    return start, end


_INDEXES: dict[str, HedgeIndex] = {}


def index_of(lexicon: Lexicon) -> HedgeIndex:
    """Make a lexicon ready, once."""
    if lexicon.sha256 not in _INDEXES:
        _INDEXES[lexicon.sha256] = HedgeIndex(rows_of(lexicon.entries.to_dict("records"), lexicon.name))
    return _INDEXES[lexicon.sha256]


def rows_of(lines: Sequence[Mapping[Any, Any]], name: str) -> list[Row]:
    """Rows of a lexicon from its lines, each decided by how often it was right."""
    counts = [(_count(line["n_seen"]), _count(line["n_right"])) for line in lines]
    prior = means(
        [
            (str(line["construction"]), n, k)
            for line, (n, k) in zip(lines, counts, strict=True)
            if n is not None and k is not None
        ]
    )
    rows = []
    for line, (n_seen, n_right) in zip(lines, counts, strict=True):
        construction, category = str(line["construction"]), str(line["category"])
        if n_seen is None or n_right is None:
            hedges = category != LOOKALIKE
        else:
            hedges = (n_right + PRIOR_WEIGHT * prior[construction]) / (n_seen + PRIOR_WEIGHT) >= THRESHOLD
        rows.append(Row(str(line["pattern"]), str(line["match"]), construction, category, n_seen, n_right, hedges))
    return rows


def means(counts: Sequence[tuple[str, int, int]]) -> dict[str, float]:
    """How often each construction was right over all its entries."""
    seen: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    for construction, n_seen, n_right in counts:
        seen[construction] += n_seen
        right[construction] += n_right
    return {c: (right[c] + 0.5) / (seen[c] + 1) for c in seen}


def _count(value: object) -> int | None:
    return int(str(value)) if str(value) != "" else None
