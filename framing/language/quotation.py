"""Quotation marks paired within each paragraph, so that one odd mark never loses more than its own quotation."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from framing.language.marks import STOPS, Mark, Quotation, Side, double_marks
from framing.language.single_marks import single_quotations

__all__ = ["Quotation", "find_quotations"]

Span = tuple[int, int]

SILENT = 3  # paragraphs without any mark that a quotation may run through until its closing mark comes
_WHO = r"(?:he|she|they|(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\. )?[A-Z][\w’'.-]{1,30}(?: [A-Z][\w’'.-]{1,30}){0,3})"
_SAYS = r"(?:said|says|added|asked|told|wrote|tweeted|explained|continued|noted)"
_NAMED = rf"(?:{_WHO} {_SAYS}|{_SAYS} {_WHO})"
# "We have a broad membership, Mr. Rother said." and "We didn’t hear from him, said Ryan O’Callaghan, a": the outlet's
# words after a quotation without its closing mark, but not "…, said Trump had made it a point".
TAG = re.compile(rf"(?<=[,?!.])\s+{_NAMED}(?=[.,;:]|\s+(?:in|on|at|of|to)\b|$)")
AFTER = re.compile(rf"\s*{_NAMED}\b")


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Find all quotations of a text, outer before inner, in text order.

    Parameters
    ----------
    text : str
        Any text; curly, straight, doubled, angled and single marks may mix.
    paragraphs : list of (start, end)
        Offsets of its paragraphs. No quotation crosses them: one that goes on has a part in each.

    Returns
    -------
    list of Quotation
        Sorted by start; of two that start together the longer comes first. Two either lie apart or one in the other.

    Notes
    -----
    Double marks pair like brackets; a mark that looks the same at both ends opens or closes by what stands around it.
    A quotation without a closing mark ends before the words that name its speaker (*…, he said.*), at the next opening
    mark, or with its paragraph; it goes on in the next paragraph if that opens with a mark, or if a closing mark that
    nothing opened follows after at most three paragraphs without marks. Single marks are mostly apostrophes, so only a
    clear opener with a clear closer counts. Inch and foot signs, years (*’90s*) and elisions (*’tis*) are none.

    Scare quotes and titles are quotations here: whether somebody is quoted is for the measures to say.

    Examples
    --------
    >>> text = "“Not now,” she said. “It’s a ‘risk’ we know"
    >>> [text[q.start:q.end] for q in find_quotations(text, [(0, len(text))])]
    ['“Not now,”', '“It’s a ‘risk’ we know', '‘risk’']
    """
    spans = [_trimmed(text, start, end) for start, end in paragraphs]
    paired = [_pair(text, *span) for span in spans]
    found: list[list[Quotation]] = []
    ahead = 0  # paragraphs from this one on in which an unclosed quotation goes on
    for number, paragraph in enumerate(paired):
        goes_on = _goes_on(paired, number)
        found.append(_quotations(text, paragraph, ahead > 0, goes_on > 0))
        open_end = any(q.end == paragraph.end and not q.closed for q in found[-1])
        ahead = ahead - 1 if ahead and not paragraph.first else goes_on if open_end else 0
    singles = single_quotations(text, spans, [[(q.start, q.end) for q in quotations] for quotations in found])
    return _nested([q for quotations in found for q in quotations] + singles)


@dataclass(frozen=True, slots=True)
class _Paired:
    """Double marks of one paragraph: pairs, and those left over."""

    start: int
    end: int
    first: Mark | None
    pairs: list[Span]
    unclosed: list[Mark]
    strays: list[Mark]

    @property
    def begins_open(self) -> bool:
        """Whether the paragraph begins with an opening mark."""
        return self.first is not None and self.first.start == self.start and self.first not in self.strays[:1]

    @property
    def begins_closing(self) -> bool:
        """Whether its first mark closes what it didn't open."""
        return bool(self.strays) and self.first == self.strays[0]


def _trimmed(text: str, start: int, end: int) -> Span:
    """A paragraph without white space around it."""
    bare = text[start:end]
    return start + len(bare) - len(bare.lstrip()), start + len(bare.rstrip())


def _pair(text: str, start: int, end: int) -> _Paired:
    """Pair double marks like brackets; by turns if some are left over, for a space may stand on the wrong side."""
    marks = double_marks(text, start, end)
    pairs: list[Span] = []
    strays: list[Mark] = []
    opened: list[Mark] = []
    for mark, following in zip_longest(marks, marks[1:]):
        if mark.side is Side.MEASURES and (not opened or (len(opened) == 1 and _closes(following))):
            continue  # "He is 6' 2" tall," she said: the mark after the inches closes
        if mark.side is Side.OPENS or (mark.side is Side.EITHER and not opened):
            opened.append(mark)
        elif opened:
            pairs.append((opened.pop().start, mark.end))
        else:
            strays.append(mark)
    if opened and _takes_turns(text, marks):
        turns = list(zip(marks[::2], marks[1::2], strict=True))
        return _Paired(start, end, marks[0], [(a.start, b.end) for a, b in turns], [], [])
    # A mark that might be either and has no partner is most likely a slip of the keyboard.
    opened = [mark for mark in opened if mark.side is Side.OPENS]
    return _Paired(start, end, next(iter(marks), None), sorted(pairs), opened, strays)


def _closes(mark: Mark | None) -> bool:
    return mark is not None and mark.side is Side.CLOSES


def _takes_turns(text: str, marks: Sequence[Mark]) -> bool:
    """Whether straight marks pair by turns, each closing one after a word or a stop: ... is wrong. "Perry ..."."""
    return len(marks) % 2 == 0 and all(
        text[opening.start] == '"' == text[closing.start]
        and opening.side in (Side.OPENS, Side.EITHER)
        and (closing.side is not Side.OPENS or text[opening.end : closing.start][-2:].rstrip()[-1:] in STOPS)
        for opening, closing in zip(marks[::2], marks[1::2], strict=True)
    )


def _goes_on(paired: Sequence[_Paired], number: int) -> int:
    """In how many of the next paragraphs a quotation that is open at this one's end goes on."""
    following = paired[number + 1 : number + 2 + SILENT]
    if following and following[0].begins_open:
        return 1
    for ahead, paragraph in enumerate(following, start=1):
        if paragraph.first is not None:
            return ahead if paragraph.begins_closing else 0
    return 0


def _quotations(text: str, paragraph: _Paired, continued: bool, goes_on: bool) -> list[Quotation]:
    """Quotations of one paragraph; `continued` from the one before, and `goes_on` in the next if open at the end."""
    start, end = paragraph.start, paragraph.end
    found = [Quotation(a, b, continues=continued and a == start) for a, b in paragraph.pairs]
    if continued and paragraph.first is None and start < end:
        return [Quotation(start, end, closed=False, continues=True)]
    if paragraph.begins_closing:
        stray = paragraph.strays[0]
        # "Of course we know," he said, of which the opening mark is lost.
        if continued or AFTER.match(text, stray.end, end):
            found.append(Quotation(start, stray.end, continues=continued))
    openings = sorted({a for a, _ in paragraph.pairs} | {mark.start for mark in paragraph.unclosed})
    for mark in paragraph.unclosed:
        following = bisect_right(openings, mark.start)
        limit = openings[following] if following < len(openings) else end
        until, to_end = _without_close(text, mark, limit, end, goes_on)
        found.append(Quotation(mark.start, until, closed=False, continues=continued and mark.start == start))
        if to_end:
            break
    return found


def _without_close(text: str, mark: Mark, limit: int, end: int, goes_on: bool) -> tuple[int, bool]:
    """Where a quotation without a closing mark ends, and whether that is the paragraph's end."""
    if tag := TAG.search(text, mark.end, limit):
        return tag.start(), False
    if goes_on or limit == end:
        return end, True
    return mark.end + len(text[mark.end : limit].rstrip()), False


def _nested(found: list[Quotation]) -> list[Quotation]:
    """Sort quotations and mark those that lie inside another."""
    ordered = []
    beyond = -1
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        ordered.append(replace(quotation, nested=quotation.start < beyond))
        beyond = max(beyond, quotation.end)
    return ordered
