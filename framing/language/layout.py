"""Paragraphs: one a line, or, in hard-wrapped text, one a block of lines."""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
BLANK = re.compile(r"\r?\n\s*\n|\r\s*\r|\u2029")
WIDTHS = range(45, 101)  # characters a line in wrapped text: e-mail, wires, plain-text exports
# "PORT SOLLEN (Sextant) — ", "WASHINGTON, June 10 (UPI) - ": place in capitals, more of it, date, agency, dash.
DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]+){0,4}(?:, [A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?){0,2}"
    r"(?:, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?(?: ?\([\w ./]{2,30}\))?(?: ?[—–]|\s--?)\s+(?=\S)"
)
MIN_BREAKS = 4
WIDTH_AT = 0.9
SHARE_FULL = 0.75
SHARE_RUNNING_ON = 0.5


def paragraph_spans(text: str) -> list[Span]:
    r"""Offsets of a text's paragraphs in text order; white space alone is none.

    Parameters
    ----------
    text : str
        Any text. Lines end with ``\n``, ``\r\n``, ``\r`` or one of Unicode's line and paragraph separators.

    Returns
    -------
    list of (start, end)
        Half-open character offsets.

    Notes
    -----
    Each line is a paragraph, as news sites and corpora store them. Only in hard-wrapped text is a line break no border.
    A text counts as hard-wrapped if it has at least four breaks inside blocks (blocks are parted by blank lines), three
    in four lines before such a break are full, and at least half of the lines after one begin with a small letter. A
    line is full if the next line's first word would have made it longer than the width, which is the length of the
    ninth-longest line in ten and must lie between 45 and 100 characters. In such a text a blank line ends a paragraph,
    and so does a line that isn't full where the next begins with no small letter (a heading, a list, a signature).
    Poems, lists and transcripts keep their lines: theirs are of any length and mostly begin with a capital.

    Examples
    --------
    >>> paragraph_spans("Tax cut passed\nThe house voted on Monday.\n\nIt rains.")
    [(0, 14), (15, 41), (43, 52)]
    """
    lines = [m.span() for m in LINE.finditer(text) if not m.group().isspace()]
    inner = [(a, b) for a, b in pairwise(lines) if not BLANK.search(text, a[1], b[0])]
    if len(inner) < MIN_BREAKS:
        return lines
    lengths = sorted(end - start for (start, end), _ in inner)
    width = lengths[int(WIDTH_AT * (len(lengths) - 1))]
    full = sum(_is_full(text, a, b, width) for a, b in inner)
    running = sum(_runs_on(text, b) for _, b in inner)
    if width not in WIDTHS or full < SHARE_FULL * len(inner) or running < SHARE_RUNNING_ON * len(inner):
        return lines
    soft = {b for a, b in inner if _is_full(text, a, b, width) or _runs_on(text, b)}
    return list(_blocks(lines, soft))


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the dateline ends that a paragraph begins with, or `start` when it begins with none.

    Examples
    --------
    >>> text = "PORT SOLLEN (Sextant) — The parliament voted."
    >>> text[dateline_end(text, 0, len(text)):]
    'The parliament voted.'
    """
    found = DATELINE.match(text, start, end)
    return found.end() if found else start


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line would have made this one too long."""
    word = text[following[0] : min(following[1], following[0] + width)].split(maxsplit=1)
    return line[1] - line[0] + 1 + len(word[0] if word else "") > width


def _runs_on(text: str, line: Span) -> bool:
    return text[line[0] : line[1]].lstrip()[:1].islower()


def _blocks(lines: list[Span], soft: set[Span]) -> Iterator[Span]:
    """Lines joined to the one before wherever the break between them is soft."""
    start = end = -1
    for line in lines:
        if line not in soft:
            if end > 0:
                yield start, end
            start = line[0]
        end = line[1]
    if end > 0:
        yield start, end
