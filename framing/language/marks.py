"""Quotation marks in running text: where they are, and on which side of a quotation their surroundings put them."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

# Two single marks or two backticks stand for a double mark in plain-text wires. Of three in a row the pair is the outer
# one: "''He said 'no.'''" and "'''No,' he said''". A straight mark doubled by mistake, as in '""We know', is one mark.
# An attribute of a tag (id="7") is matched to be left out.
DOUBLE = re.compile(
    r"=\"[^\"\s<>]*\"|(?<!\S)\"\"(?=\w)|[“”„‟«»‹›\"＂]|``|''(?!')|''(?='\w)|‘‘(?!‘)|‘‘(?=‘\w)|’’(?!’)|’’(?=’\w)"
)
SINGLE = re.compile(r"[‘’']")
OPENERS = frozenset("“„‟«‹") | {"``", "‘‘"}
CLOSERS = frozenset("”»›") | {"’’"}
# A year ('90s, '08) or an elision ('tis, 'em, rock 'n' roll) starts with an apostrophe, but '60 Minutes' is quoted.
ELISION = re.compile(
    r"['’‘](?:\d0s|\d\d(?! [A-Z])|tis|twas|twere|twill|em|til|till|cause|cos|bout|round|n|neath|gainst|nuff|ello)\b",
    re.IGNORECASE,
)
BEFORE_OPENING = frozenset("([{<—–―-‐‑…/:|•*") | frozenset("“‘\"'„«‹¿¡")
STOPS = frozenset(",.?!;…—–")
INCHES = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d+)?$")  # 6' 2" or 12", but no year


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, the marks included, as offsets into the text.

    `closed` is False when it has no closing mark: it then runs to the next opening mark, to the words that name the
    speaker, or to its paragraph's end. `continues` is True when it goes on from the paragraph before (journalists open
    every paragraph of a long quotation and close only the last). `nested` quotations lie inside another one.
    """

    start: int
    end: int
    closed: bool = True
    continues: bool = False
    nested: bool = False


class Side(Enum):
    """What a mark can be by its surroundings."""

    OPENS = 1
    CLOSES = 2
    EITHER = 3  # closes what is open, else opens
    MEASURES = 4  # closes what is open, else says inches


class Mark(NamedTuple):
    """A double mark: its offsets and its side."""

    start: int
    end: int
    side: Side


def double_marks(text: str, start: int, end: int) -> list[Mark]:
    """Double marks of one paragraph in text order; marks of a tag's attributes (id="7") are left out."""
    found = []
    for match in DOUBLE.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if before != "=" and match.group()[0] != "=":
            found.append(Mark(match.start(), match.end(), _side(text, match, before, after)))
    return found


def _side(text: str, match: re.Match[str], before: str, after: str) -> Side:
    sign = match.group()
    if sign in OPENERS:
        if before.isspace() and after.isspace():
            return Side.OPENS if sign in "«‹" else Side.EITHER  # "« oui »", but "he left. “" at a paragraph's end
        # "„Gut“" and "“this“": a mark that can't open what follows closes what is open.
        return Side.EITHER if not before.isspace() and not _begins(after) else Side.OPENS
    if sign in CLOSERS:
        # A scraper's "”this”": a closing mark with a space before and a letter after opens, unless something is open.
        return Side.EITHER if before.isspace() and _begins(after) else Side.CLOSES
    if sign == '""':
        return Side.OPENS
    if before.isdigit() and not after.isalnum() and INCHES.search(text, max(0, match.start() - 8), match.start()):
        return Side.MEASURES
    return _straight_side(before, after)


def _straight_side(before: str, after: str) -> Side:
    """Side of a mark that looks the same at both ends."""
    opens = (before.isspace() or before in BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if opens == closes:
        return Side.EITHER
    return Side.OPENS if opens else Side.CLOSES


def _begins(character: str) -> bool:
    return character.isalnum() or character in "([{$£€‘'’“\"…#@—–-."


def opens_single(text: str, at: int, start: int) -> bool:
    """Whether a single mark can open: nothing or an opening sign before it, a word after it, and no elision.

    Examples
    --------
    >>> opens_single("the ’90s", 4, 0), opens_single("he said 'no'", 8, 0), opens_single("it's", 2, 0)
    (False, True, False)
    """
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    if not after or ELISION.match(text, at):
        return False
    return (before.isspace() or before in BEFORE_OPENING) and (after.isalnum() or after in '"“$£€[(…#@.')


def closes_single(text: str, at: int, start: int, end: int) -> Side | None:
    """CLOSES when a single mark closes if one is open, EITHER when it may be an apostrophe as well, else None.

    Examples
    --------
    >>> [closes_single(text, text.rindex("'"), 0, len(text)) for text in ("'No,' he", "the boys' plan", "it's")]
    [<Side.CLOSES: 2>, <Side.EITHER: 3>, None]
    """
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isspace() or after.isalnum():
        return None
    if before == "s" and after.isspace():
        return Side.EITHER  # "the workers' plan", against "called them 'traitors', he said"
    if text.endswith("in", at - 2, at) or (before.isdigit() and not text[at - 3 : at].isdigit()):
        return Side.EITHER  # "nothin' to lose", "6' 2"
    return Side.CLOSES
