"""Quotations in single marks, which are mostly apostrophes: only a clear opener with a clear closer makes one."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from framing.language.marks import DOUBLE, SINGLE, STOPS, Quotation, Side, closes_single, opens_single

Span = tuple[int, int]
AFTER_STOP = STOPS | frozenset('”"»)')


def single_quotations(text: str, paragraphs: Sequence[Span], doubles: Sequence[Sequence[Span]]) -> list[Quotation]:
    """Quotations in single marks: nested in double ones, around them as the British print, or on their own.

    Parameters
    ----------
    text : str
        Any text.
    paragraphs : list of (start, end)
        Offsets of its paragraphs.
    doubles : list of list of (start, end)
        For each paragraph its quotations in double marks, of which none crosses another.

    Examples
    --------
    >>> text = "‘The workers’ plan is “good”,’ he said of the ’90s."
    >>> [text[q.start : q.end] for q in single_quotations(text, [(0, len(text))], [[(22, 28)]])]
    ['‘The workers’ plan is “good”,’']
    """
    found: list[list[Quotation]] = []
    unclosed: list[bool] = []
    for (start, end), spans in zip(paragraphs, doubles, strict=True):
        pairs, is_open = _paragraph(text, start, end, sorted(spans))
        found.append([Quotation(*pair) for pair in pairs])
        unclosed.append(is_open)
    # The journalists' rule: each paragraph of a long quotation opens, only the last one closes.
    for number in reversed(range(len(paragraphs) - 1)):
        start, end = paragraphs[number]
        following = paragraphs[number + 1][0]
        goes_on = [replace(q, continues=q.start == following or q.continues) for q in found[number + 1]]
        if unclosed[number] and any(q.start == following for q in goes_on):
            found[number].append(Quotation(start, end, closed=False))
            found[number + 1] = goes_on
    return [quotation for quotations in found for quotation in quotations]


def _paragraph(text: str, start: int, end: int, doubles: list[Span]) -> tuple[list[Span], bool]:
    """Quotations of one paragraph, and whether it begins with a single mark that nothing closes."""
    pairs: list[Span] = []
    rooms = _rooms(text, start, end, doubles)
    double_starts = [opening for opening, _ in doubles]
    for room, marks in rooms.items():
        pairs += _pair(text, marks, *((start, end) if room < 0 else doubles[room]), double_starts)
    first = rooms.get(-1, [])[:1]
    is_open = first == [start] and opens_single(text, start, start) and text[start] != "’"
    return pairs, is_open and not any(pair[0] == start for pair in pairs)


def _rooms(text: str, start: int, end: int, doubles: Sequence[Span]) -> dict[int, list[int]]:
    """Single marks by the innermost double quotation that they lie in (its number, or -1 for none)."""
    paired = {at for match in DOUBLE.finditer(text, start, end) for at in range(*match.span())}
    rooms: dict[int, list[int]] = {}
    inside: list[int] = []
    following = 0
    for match in SINGLE.finditer(text, start, end):
        at = match.start()
        if at in paired:
            continue
        while following < len(doubles) and doubles[following][0] <= at:
            inside.append(following)
            following += 1
        while inside and doubles[inside[-1]][1] <= at:
            inside.pop()
        rooms.setdefault(inside[-1] if inside else -1, []).append(at)
    return rooms


def _pair(text: str, marks: Sequence[int], start: int, end: int, doubles: Sequence[int]) -> list[Span]:
    """Pair single marks of one room, given where double quotations start."""
    found: list[Span] = []
    opened: list[int] = []
    maybe: int | None = None  # first mark since the last opening one that is a closing mark or an apostrophe
    for at in marks:
        side = closes_single(text, at, start, end) if opened else None
        if side is None and opens_single(text, at, start):
            # 'stew in his own juices' while others were 'running scared': the opener tells what the one before was.
            if maybe is not None:
                found.append((opened.pop(), maybe + 1))
            opened.append(at)
            maybe = None
        elif side is not None and not _can_close(text, opened[-1], at, doubles, found):
            opened.pop()
            maybe = None
        elif side is Side.EITHER:
            maybe = at if maybe is None else maybe
        elif side is Side.CLOSES:
            found.append((opened.pop(), at + 1))
            maybe = None
    if maybe is not None:
        found.append((opened[-1], maybe + 1))
    return found


def _can_close(text: str, opened: int, at: int, doubles: Sequence[int], singles: Sequence[Span]) -> bool:
    """Whether two marks are surely one quotation's, where another one lies between or an apostrophe opens."""
    if text[at - 1] in AFTER_STOP:
        return True
    between = bisect_left(doubles, opened) != bisect_left(doubles, at) or (bool(singles) and singles[-1][0] > opened)
    return text[opened] != "’" and not between
