"""Hedges and what they hedge: expressions that a lexicon names, in constructions that it has found to hedge."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from framing.language import Parse
from framing.lexicons import Lexicon, load_lexicon
from framing.measures.hedge_constructions import CONSTRUCTIONS
from framing.measures.hedge_fit import Construction, Fit
from framing.measures.hedge_negation import is_negated
from framing.measures.hedge_rows import Row, rows_of
from framing.measures.spans import Hedge, Span

LEXICON = "hedges_en"
NEGATION = ("n't", "n’t", "not")

Entry = list[tuple[Construction, Row]]


@dataclass(frozen=True, slots=True)
class Match:
    """An expression in a text, with the row that it fell under; `first` and `last` are tokens, both inclusive."""

    first: int
    last: int
    row: Row
    fit: Fit


class HedgeIndex:
    """A lexicon made ready for looking words up: each entry has its rows in the order of the constructions.

    An expression falls under the first row whose construction it stands in. Rows of the categories that the Szeged
    corpus marks, and all others, are separate entries, since one expression may be of both kinds. A suffix stands for
    base forms that have no entry of their own.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        order = {name: number for number, name in enumerate(CONSTRUCTIONS)}
        groups: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: order[row.construction]):
            groups[row.pattern, row.match, row.semantic].append(row)
        self.lemma: dict[str, list[Entry]] = defaultdict(list)
        self.word: dict[str, list[Entry]] = defaultdict(list)
        self.suffix: dict[str, list[Entry]] = defaultdict(list)
        self.phrase: dict[str, list[tuple[list[str], Entry]]] = defaultdict(list)
        for (pattern, match, _), group in groups.items():
            entry: Entry = [(CONSTRUCTIONS[row.construction], row) for row in group]
            if match == "phrase":
                words = group[0].words
                self.phrase[words[0]].append((words, entry))
            else:
                {"lemma": self.lemma, "word": self.word, "suffix": self.suffix}[match][pattern].append(entry)
        self.lengths = sorted({len(pattern) for pattern in self.suffix}, reverse=True)
        for phrases in self.phrase.values():
            phrases.sort(key=lambda item: (-len(item[0]), item[0]))  # "may or may not" before "may"

    def single(self, lower: str, lemma: str) -> Iterator[Entry]:
        """Entries of one word."""
        yield from self.word.get(lower, ())
        yield from self.lemma.get(lemma) or self._by_suffix(lemma)

    def _by_suffix(self, lemma: str) -> list[Entry]:
        """Entries of the longest suffix; a word that is no longer than a suffix doesn't end in it."""
        found = (self.suffix.get(lemma[-n:]) for n in self.lengths if len(lemma) > n)
        return next((entries for entries in found if entries), [])


def hedges_in(parse: Parse, lexicon: Lexicon | None = None) -> list[Hedge]:
    """Find the hedges of one parsed text, in text order.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> [(h.lemma, h.category, h.rule) for h in hedges_in(parse_text("It may rain in May."))]
    [('may', 'epistemic', 'may:modal')]
    """
    index = index_of(lexicon or load_lexicon(LEXICON))
    return _numbered(parse, [m for m in matches(parse, index) if m.row.hedges])


def matches(parse: Parse, index: HedgeIndex) -> Iterator[Match]:
    """Every expression of the lexicon with the row it falls under, hedging or not.

    A phrase hides its own words: *no doubt* is not also a *doubt*.
    """
    hidden = -1  # last token of a phrase
    for token, (lower, lemma) in enumerate(zip(parse.lower, parse.lemma, strict=True)):
        if token > hidden:
            for match in _phrases(parse, token, index):
                hidden = token + len(match.row.words) - 1
                yield match
        if token > hidden:
            for entry in index.single(lower, lemma):
                found = _match(parse, token, token, entry)
                if found is not None:
                    yield found


def _phrases(parse: Parse, token: int, index: HedgeIndex) -> Iterator[Match]:
    """Readings of the longest phrase that begins at a token."""
    longest = 0
    for words, entry in index.phrase.get(parse.lower[token], ()):
        last = token + len(words) - 1
        if len(words) >= longest and parse.lower[token : last + 1] == words:
            found = _match(parse, token, last, entry)
            if found is not None:
                longest = len(words)
                yield found


def _match(parse: Parse, first: int, last: int, entry: Entry) -> Match | None:
    for construction, row in entry:
        fit = construction(parse, first, last)
        if fit is not None:
            begin, end = fit.extent or (first, last)
            return Match(begin, end, row, fit)
    return None


def _numbered(parse: Parse, found: Sequence[Match]) -> list[Hedge]:
    """Hedges in text order; readings of one expression, which overlap, share a number."""
    ordered = sorted(found, key=lambda m: (m.first, m.last, m.row.category, m.row.pattern))
    unique = {(m.first, m.last, m.row.category): m for m in reversed(ordered)}
    hedges: list[Hedge] = []
    number, reach = -1, -1
    for m in reversed(unique.values()):
        number += m.first > reach
        reach = max(reach, m.last)
        hedges.append(
            Hedge(
                span=span_of(parse, m),
                lemma=parse.lemma[m.last] if m.row.match == "suffix" else m.row.pattern,
                category=m.row.category,
                scope=_scope_of(parse, m),
                rule=_rule(parse, m),
                number=number,
            )
        )
    return hedges


def _scope_of(parse: Parse, match: Match) -> Span | None:
    """Offsets of what is hedged; nothing hedges itself."""
    scope = match.fit.scope
    itself = scope is not None and match.first <= scope[0] and scope[1] <= match.last
    return None if scope is None or itself else parse.span(*scope)


def _rule(parse: Parse, match: Match) -> str:
    """Row, construction and flags: ``alleged:attributive:legal``, ``may:modal:negated``."""
    flags = (match.fit.flag, "negated" if is_negated(parse, match.first, match.last) else "")
    return ":".join(filter(None, (match.row.pattern, match.row.construction, *flags)))


def span_of(parse: Parse, match: Match) -> Span:
    """Offsets of an expression; a negation written together with it belongs to it: *won't*, *cannot*."""
    start, end = parse.span(match.first, match.last)
    beyond = match.last + 1
    if beyond < len(parse) and parse.start[beyond] == end and parse.lower[beyond] in NEGATION:
        end = parse.end[beyond]
    return start, end


def index_of(lexicon: Lexicon) -> HedgeIndex:
    """Index of a lexicon, made once a process.

    Raises
    ------
    InputError
        If the lexicon is faulty; the message names the line and the fault.
    """
    return _index(lexicon.name, lexicon.sha256, _Held(lexicon))


class _Held:
    """Carries a lexicon past the cache's key, which is its name and hash: data frames can't be keys."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=16)
def _index(_name: str, _sha256: str, held: _Held) -> HedgeIndex:
    return HedgeIndex(rows_of(held.lexicon))
