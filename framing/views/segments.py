"""Overlapping marks over one text, cut into segments that each carry a set of marks, as HTML needs them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a text.

    `kind` decides how it looks (source, cue, content, hedge, booster, tone), `label` stands before its first
    character and `note` explains it.
    """

    kind: str
    start: int
    end: int
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the set of marks stays the same."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def cut_at_marks(marks: Iterable[Mark], start: int, end: int) -> list[Segment]:
    """Cut the stretch from `start` to `end` at all edges of all marks.

    Examples
    --------
    >>> marks = [Mark("content", 0, 9, "", ""), Mark("hedge", 4, 6, "", "")]
    >>> [(s.start, s.end, [m.kind for m in s.marks]) for s in cut_at_marks(marks, 0, 12)]
    [(0, 4, ['content']), (4, 6, ['content', 'hedge']), (6, 9, ['content']), (9, 12, [])]
    """
    inside = [m for m in marks if m.start < m.end and m.start < end and m.end > start]
    edges = sorted({start, end, *(min(max(edge, start), end) for m in inside for edge in (m.start, m.end))})
    begins: dict[int, list[int]] = {}
    for number, mark in enumerate(inside):
        begins.setdefault(max(mark.start, start), []).append(number)
    segments = []
    over: list[int] = []  # numbers of the marks over the segment, in their order
    for a, b in pairwise(edges):
        over = sorted([*(n for n in over if inside[n].end > a), *begins.get(a, [])])
        segments.append(Segment(a, b, tuple(inside[n] for n in over)))
    return segments


def lines(text: str) -> list[tuple[int, int]]:
    """Find the lines that hold anything: the paragraphs of an article."""
    return [(m.start(), m.end()) for m in LINE.finditer(text) if not m.group().isspace()]


def marked_paragraphs(text: str, marks: Sequence[Mark], anchors: Mapping[int, str] | None = None) -> Markup:
    """Write a whole text as HTML paragraphs, with its marks.

    `anchors` has ids by the offset that links lead to: the paragraph that holds it gets the id.
    """
    spans = lines(text)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    of_line: list[list[Mark]] = [[] for _ in spans]
    for mark in marks:
        for number in range(bisect_right(ends, mark.start), bisect_left(starts, mark.end)):
            of_line[number].append(mark)
    ids: dict[int, list[str]] = {}
    for offset, anchor in (anchors or {}).items():
        ids.setdefault(bisect_right(ends, offset), []).append(anchor)
    # The browser finds out which way a script runs, for each paragraph of its own.
    paragraphs = (
        Markup('<p dir="auto">{}{}</p>').format(_places(ids.get(number, [])), marked_line(text, found, *span))
        for number, (span, found) in enumerate(zip(spans, of_line, strict=True))
    )
    return Markup("\n").join(paragraphs)


def _places(ids: Iterable[str]) -> Markup:
    return Markup("").join(Markup('<span class="f-place" id="{}"></span>').format(each) for each in ids)


def marked_line(text: str, marks: Iterable[Mark], start: int, end: int) -> Markup:
    """Write a stretch of text as HTML with its marks; every character of the text is escaped."""
    return Markup("").join(_segment(text[s.start : s.end], s, start) for s in cut_at_marks(marks, start, end))


def _segment(surface: str, segment: Segment, line_start: int) -> Markup:
    if not segment.marks:
        return Markup("{}").format(surface)
    # A mark that goes on from the line before is labelled again, so that no line has to be read with the one above.
    first = [m for m in segment.marks if m.start == segment.start or (m.start < line_start == segment.start)]
    last = any(m.kind == "content" and m.end == segment.end for m in segment.marks)
    classes = sorted({f"f-{m.kind}" for m in segment.marks})
    classes += ["f-first"] * any(m.kind == "content" for m in first) + ["f-last"] * last
    notes = [m.note for m in first or segment.marks]
    if first and (around := [m.label for m in segment.marks if m not in first and m.label]):
        notes.append(f"Inside: {', '.join(dict.fromkeys(around))}.")
    explained = "\n".join(dict.fromkeys(notes))
    if not first:
        # The rest of a marked stretch explains itself to a mouse or a finger, but is no stop of the Tab key.
        return Markup('<mark class="{}" tabindex="-1" aria-description="{}">{}</mark>').format(
            " ".join(classes), explained, surface
        )
    # Marked stretches can be reached with the keyboard where they begin, and say then why they are marked.
    return Markup('<mark class="{}" tabindex="0" data-label="{}" aria-description="{}">{}</mark>').format(
        " ".join(classes), " · ".join(dict.fromkeys(m.label for m in first)), explained, surface
    )
