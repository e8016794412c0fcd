"""Whose words a stretch of text is: the outlet's own, or a source's inside an attribution's content."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from framing.measures.spans import Attribution, Span

OUTLET, SOURCE = "outlet", "source"


class Voices:
    """The voice at each offset of one text.

    Where contents overlap, the one that begins later (the inner one) speaks.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> from framing.measures.attribution import attributions_in
    >>> text = "He left. She said it may rain."
    >>> voices = Voices(attributions_in(parse_text(text)).found)
    >>> voices.at(text.index("left")), voices.at(text.index("may")), voices.parts((9, 29))
    (None, 0, [((9, 18), None), ((18, 29), 0)])
    """

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        spans = sorted((start, -end, n) for n, a in enumerate(attributions) for start, end in a.content if end > start)
        self._starts: list[int] = sorted({edge for start, end, _ in spans for edge in (start, -end)})
        self._numbers: list[int | None] = []
        open_spans: list[tuple[int, int]] = []  # (end, attribution), the one that began last at the end
        following = iter([*spans, None])
        upcoming = next(following)
        for edge in self._starts:
            # Contents may cross, so any of the open ones may end here, not only the one that began last.
            open_spans = [span for span in open_spans if span[0] > edge]
            while upcoming is not None and upcoming[0] == edge:
                open_spans.append((-upcoming[1], upcoming[2]))
                upcoming = next(following)
            self._numbers.append(open_spans[-1][1] if open_spans else None)
        self._cues = {a.cue_word: n for n, a in enumerate(attributions) if a.cue_word and a.source}

    def at(self, offset: int) -> int | None:
        """Number of the attribution whose content holds `offset`, or None in the outlet's own words."""
        here = bisect_right(self._starts, offset) - 1
        return self._numbers[here] if here >= 0 else None

    def of_hedge(self, span: Span) -> int | None:
        """Whose hedge it is: who speaks there, or, when the hedge is itself a cue, the one it is attributed to.

        # "The mayor doubts that it will rain": the doubt is the mayor's. "It is believed to be lost": nobody's but the
        # outlet's, and so is the "appeared" of "appeared to deny".
        """
        return self._cues.get(span, self.at(span[0]))

    def parts(self, span: Span) -> list[tuple[Span, int | None]]:
        """`span` cut where the voice changes, in text order, each part with its attribution (None: the outlet)."""
        start, end = span
        inside = self._starts[bisect_right(self._starts, start) : bisect_right(self._starts, end - 1)]
        cuts = [start, *inside, end]
        return [((a, b), self.at(a)) for a, b in pairwise(cuts)]


def voice_name(attribution: int | None) -> str:
    """`outlet` or `source`.

    Examples
    --------
    >>> voice_name(None), voice_name(3)
    ('outlet', 'source')
    """
    return OUTLET if attribution is None else SOURCE
