"""One article read by every measure: the text parsed once, hedges before attributions, voices before tone."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from framing.language import Parse, parse_text
from framing.lexicons import Lexicon
from framing.measures.attribution import Attributions, attributions_in
from framing.measures.hedging import hedges_in
from framing.measures.sentiment import tones_in
from framing.measures.spans import Attribution, Hedge, Tone
from framing.measures.voice import Voices, voice_name
from framing.tables import Row

FIELDS = ("text", "title")
NOTHING = "no text"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one field of one article."""

    article_id: str
    field: str
    parse: Parse
    attributions: list[Attribution]
    hedges: list[Hedge]
    tones: list[Tone]
    voices: Voices
    told: Attributions


def read_article(article_id: str, texts: dict[str, str | None], *, hedges: Lexicon | None = None) -> list[Reading]:
    """Read the fields of one article, the body first, since headlines use its names; a missing field is left out."""
    readings: list[Reading] = []
    for field in FIELDS:
        text = texts.get(field)
        if text:
            known = readings[0].told if readings else None
            readings.append(_read(article_id, field, text, hedges, known))
    return readings


def _read(article_id: str, field: str, text: str, lexicon: Lexicon | None, known: Attributions | None) -> Reading:
    parse = parse_text(text)
    hedges = hedges_in(parse, lexicon)
    attributions = attributions_in(parse, hedges, known)
    voices = Voices(attributions.found)
    tones = tones_in(parse, voices)
    return Reading(article_id, field, parse, attributions.found, hedges, tones, voices, attributions)


def article_texts(corpus: pd.DataFrame) -> Iterable[tuple[str, dict[str, str | None]]]:
    """Each article's id and texts, missing ones as None."""
    present = [field for field in FIELDS if field in corpus]
    columns = [[None if pd.isna(v) else str(v) for v in corpus[field]] for field in present]
    for article_id, *texts in zip(corpus["article_id"].astype(str), *columns, strict=True):
        yield article_id, dict(zip(present, texts, strict=True))


def sentence_rows(reading: Reading) -> list[Row]:
    """Rows of the sentences table."""
    parse = reading.parse
    return [
        {
            "article_id": reading.article_id,
            "field": reading.field,
            "sentence": number,
            "paragraph": parse.paragraph[first],
            "start": parse.start[first],
            "end": parse.end[beyond - 1],
            "n_words": sum(parse.is_word(t) for t in range(first, beyond)),
        }
        for number, (first, beyond) in enumerate(parse.sentences)
    ]


def attribution_rows(reading: Reading) -> list[Row]:
    """Rows of the attributions table."""
    text = reading.parse.text
    rows: list[Row] = []
    for number, found in enumerate(reading.attributions):
        source, cue = found.source or (None, None), found.cue or (None, None)
        rows.append(
            {
                "article_id": reading.article_id,
                "field": reading.field,
                "sentence": sentence_at(reading.parse, found.cue[0] if found.cue else found.start),
                "attribution_id": attribution_id(reading, number),
                "type": found.type,
                "source_start": source[0],
                "source_end": source[1],
                "source": text[found.source[0] : found.source[1]] if found.source else None,
                "source_name": found.source_name,
                "source_type": found.source_type,
                "cue_start": cue[0],
                "cue_end": cue[1],
                "cue": text[found.cue[0] : found.cue[1]] if found.cue else None,
                "cue_lemma": found.cue_lemma,
                "cue_type": found.cue_type,
                "cue_stance": found.cue_stance,
                "hedged": found.hedged,
                "content_spans": [list(span) for span in found.content],
                "content": " … ".join(text[start:end] for start, end in found.content),
                "rule": found.rule,
                "official": found.official,
            }
        )
    return rows


def hedge_rows(reading: Reading) -> list[Row]:
    """Rows of the hedges table."""
    rows: list[Row] = []
    voices: dict[int, int | None] = {}
    for hedge in reading.hedges:
        # Readings of one expression have one voice, that of the first, so that voices add up to all hedges.
        whose = voices.setdefault(hedge.number, reading.voices.of_hedge(hedge.span))
        scope = hedge.scope or (None, None)
        rows.append(
            {
                "article_id": reading.article_id,
                "field": reading.field,
                "sentence": sentence_at(reading.parse, hedge.span[0]),
                "hedge_id": f"{reading.article_id}:{reading.field}:h{hedge.number + 1}",
                "start": hedge.span[0],
                "end": hedge.span[1],
                "hedge": reading.parse.text[hedge.span[0] : hedge.span[1]],
                "lemma": hedge.lemma,
                "category": hedge.category,
                "scope_start": scope[0],
                "scope_end": scope[1],
                "voice": voice_name(whose),
                "attribution_id": None if whose is None else attribution_id(reading, whose),
                "rule": hedge.rule,
            }
        )
    return rows


def tone_rows(reading: Reading) -> list[Row]:
    """Rows of the sentiment table."""
    return [
        {
            "article_id": reading.article_id,
            "field": reading.field,
            "sentence": tone.sentence,
            "voice": voice_name(tone.attribution),
            "attribution_id": None if tone.attribution is None else attribution_id(reading, tone.attribution),
            "start": tone.span[0],
            "end": tone.span[1],
            "n_words": tone.n_words,
            "n_positive": tone.n_positive,
            "n_negative": tone.n_negative,
            "score": tone.score,
            "score_vader": tone.score_vader,
            "terms": tone.terms,
        }
        for tone in reading.tones
    ]


def attribution_id(reading: Reading, number: int) -> str:
    """An id that is unique in the corpus and depends on nothing but the article."""
    return f"{reading.article_id}:{reading.field}:a{number + 1}"


def sentence_at(parse: Parse, offset: int) -> int:
    """Number of the sentence that holds an offset, or the last that begins before it."""
    low, high = 0, len(parse.sentences)
    while high - low > 1:
        middle = (low + high) // 2
        if parse.start[parse.sentences[middle][0]] <= offset:
            low = middle
        else:
            high = middle
    return low
