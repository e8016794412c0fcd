"""In what tone a text is written, sentence by sentence and voice by voice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from framing.language.parse import Parse
from framing.measures.news_tone import ToneWord, tone_score, tone_words
from framing.measures.spans import Span, Tone
from framing.measures.vader import compound, word_valences
from framing.measures.voice import Voices


@dataclass(slots=True)
class _Part:
    """What one voice says in one sentence."""

    words: list[int] = field(default_factory=list)
    tone: list[ToneWord] = field(default_factory=list)
    vader: float = 0.0
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
        attribution; a part without a word makes none, so that every word is counted in one row. `terms` are the
        words and phrases that made `score` (their sum S in n words gives S / sqrt(S² + 5 + 0.4 n)), each after the
        word that negates it; `n_positive` and `n_negative` count them by the sign they have there, a negated one by
        its turned sign.

    Notes
    -----
    Sum scores up as ``sum(score * n_words) / sum(n_words)``, a mean over words. A score over a whole text would
    come near -1 or 1 for any long one.
    """
    return [tone for number in range(len(parse.sentences)) for tone in _tones_of(parse, voices, number)]


def _tones_of(parse: Parse, voices: Voices, number: int) -> Iterator[Tone]:
    span = parse.sentence_span(number)
    parts = _parts(parse, voices, number, span)
    for word in tone_words(parse, number):
        # A sign like "<3" is no word: in a voice that says nothing else here it has no row to be counted in.
        if (speaker := voices.at(parse.start[word.token])) in parts:
            parts[speaker].tone.append(word)
    for valence in word_valences(parse.text[slice(*span)]):
        if (speaker := voices.at(span[0] + valence.start)) in parts:
            parts[speaker].vader += valence.weight
    for speaker, part in parts.items():
        weights = [word.weight for word in part.tone]
        yield Tone(
            sentence=number,
            attribution=speaker,
            span=parse.span(part.words[0], part.words[-1]),
            n_words=len(part.words),
            n_positive=sum(weight > 0 for weight in weights),
            n_negative=sum(weight < 0 for weight in weights),
            score=tone_score(sum(weights), len(part.words)),
            score_vader=compound(part.vader, part.text),
            terms="; ".join(_term(parse, word) for word in part.tone) or None,
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


def _term(parse: Parse, word: ToneWord) -> str:
    """A word or phrase as in the text with its weight, after the base form of what negates it: `not great -0.9`."""
    negation = "" if word.negation is None else f"{parse.lemma[word.negation]} "
    return f"{negation}{' '.join(parse.word[word.first : word.beyond])} {word.weight:+.2f}"
