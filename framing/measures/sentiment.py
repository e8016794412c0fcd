"""In what tone a text is written, sentence by sentence and voice by voice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from framing.language.parse import Parse
from framing.measures.spans import Span, Tone
from framing.measures.vader import Valence, compound, word_valences
from framing.measures.voice import Voices


@dataclass(slots=True)
class _Part:
    """What one voice says in one sentence."""

    words: list[int] = field(default_factory=list)
    valences: list[Valence] = field(default_factory=list)
    text: str = ""


def tones_in(parse: Parse, voices: Voices) -> list[Tone]:
    """Score the tone of each sentence, apart for each voice that speaks in it.

    The rules look at the whole sentence (a negation in the outlet's words reaches into a quotation), then the weights
    are summed and normalised for each voice on its own.

    Parameters
    ----------
    parse : Parse
    voices : Voices
        Of the same text.

    Returns
    -------
    list of Tone
        By sentence, then first word. The outlet's parts of a sentence make one row, and so do those of each
        attribution; a part without a word makes none, so that every word is counted in one row.
    """
    return [tone for number in range(len(parse.sentences)) for tone in _tones_of(parse, voices, number)]


def _tones_of(parse: Parse, voices: Voices, number: int) -> Iterator[Tone]:
    span = parse.sentence_span(number)
    parts = _parts(parse, voices, number, span)
    for valence in word_valences(parse.text[slice(*span)]):
        speaker = voices.at(span[0] + valence.start)
        # An emoji or emoticon in a voice that has no word here has no row to be counted in.
        if speaker in parts:
            parts[speaker].valences.append(valence)
    for speaker, part in parts.items():
        weights = [v.weight for v in part.valences]
        score = compound(sum(weights), part.text)
        yield Tone(
            sentence=number,
            attribution=speaker,
            span=parse.span(part.words[0], part.words[-1]),
            n_words=len(part.words),
            n_positive=sum(w > 0 for w in weights),
            n_negative=sum(w < 0 for w in weights),
            score=score,
            score_vader=score,
            terms=_terms(parse.text[slice(*span)], part.valences),
        )


def _parts(parse: Parse, voices: Voices, number: int, span: Span) -> dict[int | None, _Part]:
    """Words of a sentence by who says them, in order of their first words."""
    parts: dict[int | None, _Part] = {}
    for token in range(*parse.sentences[number]):
        if parse.is_word(token):
            parts.setdefault(voices.at(parse.start[token]), _Part()).words.append(token)
    for (start, end), speaker in voices.parts(span):
        if speaker in parts:
            parts[speaker].text += parse.text[start:end]
    return parts


def _terms(text: str, valences: list[Valence]) -> str | None:
    return "; ".join(f"{text[v.start : v.end]} {v.weight:+.1f}" for v in valences) or None
