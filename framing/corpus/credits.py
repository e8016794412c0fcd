"""Credits of news agencies: in the author, a byline, a dateline, or at the end; a mention in the text is none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.errors import InputError
from framing.lexicons import load_lexicon

AGENCIES, FRAMES = "wire_agencies_en", "wire_credits_en"
COPY = ("author", "byline", "dateline", "credit", "signature")  # in the order in which they are looked for
RULES = (*COPY, "contribution")
TOP_LINES, HEAD_LINES, FOOT_LINES = 3, 10, 8
LONGEST = 600  # characters of a line that are looked at, so that a hostile line costs no more than another
_ANYWHERE = "any"
# "SAN FRANCISCO/WASHINGTON, Sept. 26 ": capitals, numbers, and the small words that names of places have.
_PLACE = (
    r"(?:(?:[A-ZÀ-Þ\d\[][\w.'’\]-]*|of|de|la|le|les|del|al|el|di|da|do|the|and|an|am|der|den|du|upon)"
    r"(?:[,:;]?\s+|/)){0,12}"
)
_AUTHORS = re.compile(r"[,;|/&\n]|\band\b")
_SHARED = re.compile(r"(?i)\b(?:staff|reporter|reporters|desk|newsroom)\b")
_WORD = re.compile(r"\w+")
_ENDS = ("", " news", " news agency")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Credit(NamedTuple):
    """Which agency is credited, by which rule, and where: `start` and `end` in the article's `field`."""

    agency: str
    rule: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A compiled row of `wire_credits_en.csv`; `agency` is set where the words name none."""

    pattern: re.Pattern[str]
    rule: str
    place: str
    agency: str


@dataclass(frozen=True, slots=True)
class Credits:
    """Agencies by their names without capitals, and the frames they stand in."""

    agency_of: dict[str, str]
    frames: tuple[Frame, ...]
    first_words: frozenset[str]

    def is_agency(self, outlet: str) -> str | None:
        """The agency that an outlet is: "AP News" by its name, "Alder News Agency" by what it calls itself."""
        name = outlet.casefold().removeprefix("the ")
        names = [name.removesuffix(end) for end in _ENDS]
        own = outlet if name.endswith(_ENDS[-1]) else None
        return next((self.agency_of[short] for short in names if short in self.agency_of), own)


def load_credits(agencies: str | Path | Sequence[str] = ()) -> Credits:
    """Load the bundled names and frames, and add names of one's own.

    Parameters
    ----------
    agencies : sequence of str, or path
        Names to add, which count wherever a credit can stand; or a CSV with `pattern`, `agency` and `places` (see
        `wire_agencies_en.csv`).

    Raises
    ------
    InputError
        If a file can't be read, lacks a column, or has an unknown place; if a name is blank.
    """
    rows = [*_agency_rows(load_lexicon(AGENCIES).entries, AGENCIES), *_own_rows(agencies)]
    entries = load_lexicon(FRAMES).entries
    frames = zip(entries["pattern"], entries["rule"], entries["place"], entries["agency"], strict=True)
    return Credits(
        {name.casefold(): agency for name, agency, _ in rows},
        tuple(Frame(_compiled(pattern, rule, rows), rule, place, agency) for pattern, rule, place, agency in frames),
        frozenset(word for name, _, _ in rows for word in _WORD.findall(name.casefold())[:1]),
    )


AgencyRow = tuple[str, str, frozenset[str]]


def _own_rows(agencies: str | Path | Sequence[str]) -> list[AgencyRow]:
    if isinstance(agencies, str | Path):
        if Path(agencies).suffix != ".csv":
            raise InputError(
                f"agencies is a list of names or the path of a CSV; found {str(agencies)!r}. "
                f"Write a list: agencies=[{str(agencies)!r}]"
            )
        return _agency_rows(load_lexicon(agencies).entries, str(agencies))
    blank = [name for name in agencies if not isinstance(name, str) or not name.strip()]
    if blank:
        raise InputError(f"agencies holds {blank[0]!r}, which is no name. Leave it out.")
    return [(name.strip(), name.strip(), frozenset(RULES)) for name in agencies]


def _agency_rows(entries: pd.DataFrame, name: str) -> list[AgencyRow]:
    missing = [column for column in ("pattern", "agency", "places") if column not in entries.columns]
    if missing:
        raise InputError(
            f"agencies {name} has no column {missing[0]!r}; it has: {', '.join(entries.columns)}. "
            f"Give it pattern (the name as it is printed), agency, and places (any of: {', '.join(RULES)}, or any)."
        )
    rows = []
    for pattern, agency, places in zip(entries["pattern"], entries["agency"], entries["places"], strict=True):
        chosen = set(places.split()) or {_ANYWHERE}
        if unknown := chosen - {_ANYWHERE, *RULES}:
            raise InputError(
                f"agencies {name}, entry {pattern!r}: {min(unknown)!r} is no place; allowed: any, {', '.join(RULES)}."
            )
        if not pattern.strip():
            raise InputError(f"agencies {name} has a blank pattern. Give the name, or delete the line.")
        rows.append((pattern.strip(), agency or pattern.strip(), frozenset(RULES if _ANYWHERE in chosen else chosen)))
    return rows


def _compiled(pattern: str, rule: str, rows: Iterable[AgencyRow]) -> re.Pattern[str]:
    names = {variant for name, _, places in rows if rule in places for variant in (name, name.upper())}
    # The longest first: "Associated Press of Pakistan" is not the Associated Press.
    either = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    # A frame may have the name in either of two places ("AP/WGAT", "WGAT/AP"), which need groups of their own.
    first, *parts = pattern.replace("{place}", _PLACE).split("{agency}")
    return re.compile(first + "".join(rf"(?P<a{n}>(?<!\w)(?:{either})(?!\w)){part}" for n, part in enumerate(parts)))


def find_credit(text: str, author: str | None, outlet: str | None, credits: Credits) -> Credit | None:
    """Find the agency that an article is credited to, or else the one that contributed to it.

    An author line that names the outlet itself or its staff beside an agency is shared, so the agency contributed.

    Examples
    --------
    >>> found = find_credit("PARIS, May 3 (AFP) – It rained.", None, "Herald", load_credits())
    >>> found.agency, found.rule
    ('AFP', 'dateline')
    >>> find_credit("“It rained,” she told Reuters.", None, "Herald", load_credits()) is None
    True
    """
    found = list(_credits(text, author or "", outlet or "", credits))
    order = {rule: number for number, rule in enumerate(RULES)}
    return min(found, key=lambda credit: order[credit.rule], default=None)


def _credits(text: str, author: str, outlet: str, credits: Credits) -> Iterator[Credit]:
    yield from _in_author(author[:LONGEST], outlet, credits)
    lines = list(_lines(text))
    places = {
        "top": [(start, line[:LONGEST]) for start, line in lines[:TOP_LINES]],
        "head": [(start, line[:LONGEST]) for start, line in lines[:HEAD_LINES]],
        "foot": [_tail(start, line) for start, line in lines[-FOOT_LINES:]],
        "last": [_tail(start, line) for start, line in lines[-1:]],
    }
    for frame in credits.frames:
        for start, line in places.get(frame.place, ()):
            if match := frame.pattern.search(line):
                agency = frame.agency or credits.agency_of[_named(match).casefold()]
                yield Credit(agency, frame.rule, "text", start + match.start(), start + match.end())


def _in_author(author: str, outlet: str, credits: Credits) -> Iterator[Credit]:
    parts = list(_parts(author))
    shared = any(_SHARED.search(part) or (outlet and outlet.casefold() in part.casefold()) for _, part in parts)
    frames = [frame for frame in credits.frames if frame.place == "author"]
    for start, part in parts:
        # Most names of persons have no word of an agency, and the frames take long to find that out.
        if credits.first_words.isdisjoint(_WORD.findall(part.casefold())):
            continue
        for frame in frames:
            if match := frame.pattern.fullmatch(part):
                agency = credits.agency_of[_named(match).casefold()]
                others = shared and not _SHARED.search(part) and len(parts) > 1
                rule = "contribution" if others else frame.rule
                yield Credit(agency, rule, "author", start, start + len(part))
                break


def _parts(author: str) -> Iterator[tuple[int, str]]:
    """The names of an author line with their places."""
    begin = 0
    for end in [*(match.span() for match in _AUTHORS.finditer(author)), (len(author), len(author))]:
        part = author[begin : end[0]]
        if part.strip():
            yield begin + len(part) - len(part.lstrip()), part.strip()
        begin = end[1]


def _named(match: re.Match[str]) -> str:
    return next((name for name in match.groupdict().values() if name), "")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINE.finditer(text):
        line = match[0].lstrip()
        yield match.end() - len(line), line.rstrip()


def _tail(start: int, line: str) -> tuple[int, str]:
    cut = max(0, len(line) - LONGEST)
    return start + cut, line[cut:]
