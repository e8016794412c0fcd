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
        edges: dict[int, int | None] = {}
        spans = sorted((s, -e, n) for n, a in enumerate(attributions) for s, e in a.content if e > s)
        open_spans: list[tuple[int, int]] = []  # (end, attribution), innermost last

        def close(upto: int) -> None:
            while open_spans and open_spans[-1][0] <= upto:
                end, _ = open_spans.pop()
                edges[end] = open_spans[-1][1] if open_spans else None

        for start, minus_end, number in spans:
            close(start)
            end = min(-minus_end, open_spans[-1][0]) if open_spans else -minus_end
            open_spans.append((end, number))
            edges[start] = number
        close(max((-e for _, e, _ in spans), default=0))
        self._starts = sorted(edges)
        self._numbers = [edges[s] for s in self._starts]
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
