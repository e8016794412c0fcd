"""Quotation marks paired within each paragraph, so that one odd mark never loses more than its own quotation."""

import re
from dataclasses import dataclass

OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"'
# Two single marks or two backticks stand for a double mark in plain-text wires.
DOUBLE = re.compile(r"“|”|„|«|»|\"|``|''|‘‘|’’")
SINGLE = re.compile(r"[‘’']")
# A year ('90s) or an elision ('tis, 'em) starts with an apostrophe, not with a quotation mark.
ELISION = re.compile(r"['’‘](?:\d0s|tis|twas|em|til|cause|bout|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, the marks included, as offsets into the text.

    `closed` is False when it runs to its paragraph's end for want of a closing mark; `continues` is True when it
    goes on from the paragraph before (journalists open every paragraph of a long quotation and close only the last).
    `nested` quotations lie inside another one.
    """

    start: int
    end: int
    closed: bool = True
    continues: bool = False
    nested: bool = False


def find_quotations(text: str, paragraphs: list[tuple[int, int]]) -> list[Quotation]:
    """Find all quotations of a text, outer before inner, in text order.

    Parameters
    ----------
    text : str
        Any text; curly, straight, doubled and single marks may mix.
    paragraphs : list of (start, end)
        Offsets of its paragraphs. No quotation crosses them: one that goes on has a part in each.

    Examples
    --------
    >>> text = "“Not now,” she said. “It’s a ‘risk’ we know"
    >>> [text[q.start:q.end] for q in find_quotations(text, [(0, len(text))])]
    ['“Not now,”', '“It’s a ‘risk’ we know', '‘risk’']
    """
    found: list[Quotation] = []
    unclosed = False
    for start, end in paragraphs:
        outer = _double(text, start, end, unclosed)
        unclosed = bool(outer) and not outer[-1].closed
        found += outer + _single(text, start, end, outer)
    return sorted(found, key=lambda q: (q.start, -q.end))


def _double(text: str, start: int, end: int, unclosed: bool) -> list[Quotation]:
    """Pair double marks of one paragraph; `unclosed` says that the paragraph before left a quotation open."""
    found: list[Quotation] = []
    opened: int | None = None
    marks = list(DOUBLE.finditer(text, start, end))
    for mark in marks:
        role = _role(text, mark, start, end, opened is not None)
        if role == "open" and opened is None:
            opened = mark.start()
        elif role == "close" and opened is not None:
            found.append(Quotation(opened, mark.end(), continues=unclosed and opened == start))
            opened = None
        elif role == "close" and unclosed and mark is marks[0]:
            # A continued quotation whose second paragraph lacks its opening mark: it began where the paragraph did.
            found.append(Quotation(start, mark.end(), continues=True))
    if opened is not None:
        found.append(Quotation(opened, end, closed=False, continues=unclosed and opened == start))
    return found


def _role(text: str, mark: re.Match[str], start: int, end: int, is_open: bool) -> str:
    """Whether a double mark opens, closes, or is none (an inch sign)."""
    sign = mark.group()
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if sign in ("“", "«", "„", "``", "‘‘"):
        # „Gut“ and “this“: a mark that can't open what follows closes what is open.
        return "close" if is_open and (after.isspace() or after in ".,;:!?)") and not before.isspace() else "open"
    if sign in ("”", "»", "’’"):
        # A scraper's ”this”: a closing mark with a space before and a letter after opens.
        return "open" if not is_open and before.isspace() and after.isalnum() else "close"
    if not is_open and before.isdigit() and not after.isalnum():
        return "none"  # 12" pipes
    may_open = (before.isspace() or before in "([{—–-‘'/…") and not after.isspace()
    if is_open:
        # "This "word" matters": inner marks of the same kind can't be told apart, so the first that may close does.
        return "none" if may_open and after not in ".,;:!?)" and before.isspace() else "close"
    return "open" if may_open else "none"


def _single(text: str, start: int, end: int, outer: list[Quotation]) -> list[Quotation]:
    """Pair single marks, which are mostly apostrophes: only a clear opener with a clear closer makes a quotation."""
    marks = [m.start() for m in SINGLE.finditer(text, start, end) if not _doubled(text, m.start())]
    found: list[Quotation] = []
    at = 0
    while at < len(marks):
        here = marks[at]
        room = next((q.end for q in outer if q.start <= here < q.end), None)
        limit = room if room is not None else min([q.start for q in outer if q.start > here], default=end)
        closer = _closer(text, [m for m in marks[at + 1 :] if m < limit], limit) if _opens(text, here, start) else None
        if closer is None:
            at += 1
            continue
        found.append(Quotation(here, closer + 1, nested=room is not None))
        at = marks.index(closer) + 1
    return found


def _doubled(text: str, at: int) -> bool:
    return text[at - 1 : at] == text[at] or text[at + 1 : at + 2] == text[at]


def _opens(text: str, at: int, start: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    if text[at] == "’" or ELISION.match(text, at):
        return False
    return (before.isspace() or before in '([{—–-“"/…') and (after.isalnum() or after in '“"$£€')


def _closer(text: str, marks: list[int], limit: int) -> int | None:
    """The mark that closes: after punctuation if there is one ('The workers' plan failed,' he said), else the first."""
    able = [m for m in marks[:40] if text[m] != "‘" and _may_close(text, m, limit)]
    after_stop = next((m for m in able if text[m - 1] in ",.?!;…—"), None)
    no_plural = next((m for m in able if text[m - 1] != "s"), None)
    first = min((m for m in (after_stop, no_plural) if m is not None), default=None)
    return first if first is not None else next(iter(able), None)


def _may_close(text: str, at: int, limit: int) -> bool:
    before = text[at - 1]
    after = text[at + 1] if at + 1 < limit else " "
    return not before.isspace() and not after.isalnum()
