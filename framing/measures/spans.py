"""What the measures find in one parsed text, before it becomes rows of a table."""

from dataclasses import dataclass

Span = tuple[int, int]  # half-open character offsets


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedging expression.

    `number` is shared by readings of one expression (the doxastic *believed* in the reportative *is believed to*), so
    that counts of hedges count it once.
    """

    span: Span
    lemma: str
    category: str
    scope: Span | None
    rule: str
    number: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody (`source`) is said, by a `cue`, to have said, thought or shown a `content`."""

    type: str
    source: Span | None
    source_name: str | None
    source_type: str
    cue: Span | None
    cue_word: Span | None  # the word of the cue that the others hang on
    cue_lemma: str | None
    cue_type: str
    cue_stance: str
    hedged: bool
    content: tuple[Span, ...]
    rule: str
    official: bool | None = None  # None where nobody knows who the source is

    @property
    def start(self) -> int:
        """Where its first part begins."""
        return min(s for s, _ in (*self.content, *filter(None, (self.source, self.cue))))


@dataclass(frozen=True, slots=True)
class Tone:
    """Sentiment of the part of a sentence in one voice; `attribution` is a number, None in the outlet's voice."""

    sentence: int
    attribution: int | None
    span: Span
    n_words: int
    n_positive: int
    n_negative: int
    score: float | None
    score_vader: float | None
    terms: str | None
