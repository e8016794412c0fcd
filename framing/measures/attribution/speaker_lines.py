"""Speakers named by layout alone: a signature below a quotation (“…” ― Ann Lee), the lines of a transcript (LEE: …)."""

import re
from collections import Counter
from collections.abc import Iterator

from framing.language import Parse
from framing.measures.attribution.drafts import Draft
from framing.measures.attribution.people import word_kinds

DASHES = {"―", "—", "–", "--", "-", "~"}
QUOTES = {'"', "“", "”", "'", "‘", "’", "``", "''", "«", "»"}
LONGEST_SIGNATURE = 14  # tokens: “…” ― Ann Lee, a teacher from Dover, New Hampshire
LONGEST_LABEL = 6  # tokens: SEN. ANN LEE, D-OHIO:
CAPITALS = re.compile(r"[^\W\d_a-z]+(?:[.'’-]+[^\W\d_a-z]*)*")
SURE = 0.95


def speaker_lines(parse: Parse) -> list[Draft]:
    """Attributions without any word for speaking, from the layout of the text."""
    return [*_signatures(parse), *_transcript(parse)]


def _signatures(parse: Parse) -> Iterator[Draft]:
    """“It was a good day.” ― Ann Lee, teacher; the quotation may fill the paragraph before."""
    for number, (start, beyond) in enumerate(parse.paragraphs):
        last = beyond - 1
        while last > start and parse.word[last] == ".":
            last -= 1
        dash = next((t for t in range(last, start - 1, -1) if parse.word[t] in DASHES and parse.quotation[t] < 0), None)
        if dash is None or not 0 < last - dash <= LONGEST_SIGNATURE or not _is_signature(parse, dash + 1, last):
            continue
        before = dash - 1
        if dash == start and number > 0 and parse.quotation[parse.paragraphs[number - 1][0]] != parse.quotation[before]:
            continue  # only the end of the paragraph before is quoted: a quotation within a text
        if before >= 0 and parse.quotation[before] >= 0:
            content = {t for t, q in enumerate(parse.quotation) if q == parse.quotation[before]}
            yield Draft(dash, SURE, set(range(dash + 1, last + 1)), {dash}, content)


def _is_signature(parse: Parse, first: int, last: int) -> bool:
    """A name and perhaps who it is, and no clause."""
    tokens = range(first, last + 1)
    return (
        parse.word[first][:1].isupper()
        and parse.tag[first] in ("NNP", "NNPS", "NN", "FW", "JJ", "DT")
        and not any(parse.pos[t] in ("VERB", "AUX") or parse.quotation[t] >= 0 for t in tokens)
    )


def _transcript(parse: Parse) -> Iterator[Draft]:
    """LEE: Did you know? / COX: No. The lines of one that lack a label go on with the speaker before."""
    labels = {number: colon for number in range(len(parse.paragraphs)) if (colon := _label(parse, number)) is not None}
    if len(labels) < 2 or not _are_speakers(parse, labels):
        return
    final = max(labels)
    draft: Draft | None = None
    for number in range(min(labels), len(parse.paragraphs)):
        first, beyond = parse.paragraphs[number]
        if number in labels:
            if draft is not None and draft.content:
                yield draft
            colon = labels[number]
            source = {t for t in range(first, colon) if parse.word[t] not in QUOTES}
            draft = Draft(colon, SURE, source, {colon}, set(range(colon + 1, beyond)))
        elif number > final:
            break
        elif draft is not None and not _is_stage_direction(parse, first, beyond):
            draft.content |= set(range(first, beyond))
    if draft is not None and draft.content:
        yield draft


def _label(parse: Parse, number: int) -> int | None:
    """The colon after a paragraph's first words when these are all in capitals."""
    first, beyond = parse.paragraphs[number]
    if parse.word[first] in QUOTES:
        first += 1
    colon = next((t for t in range(first, min(first + LONGEST_LABEL, beyond)) if parse.word[t] == ":"), None)
    if colon is None or colon in (first, beyond - 1):
        return None
    words = [parse.word[t] for t in range(first, colon) if parse.pos[t] != "PUNCT"]
    return colon if words and all(map(CAPITALS.fullmatch, words)) else None


def _are_speakers(parse: Parse, labels: dict[int, int]) -> bool:
    """Whether the labels come back, as those of speakers do; WATCH: and UPDATE: are none."""
    names = Counter(parse.lower[colon - 1] for colon in labels.values())
    others = word_kinds()["line_label"]
    return max(names.values()) > 1 and not any(name in others for name in names)


def _is_stage_direction(parse: Parse, first: int, beyond: int) -> bool:
    """Whether a line is none of the speakers': (CROSSTALK)."""
    words = [t for t in range(first, beyond) if parse.word[t] not in QUOTES]
    return bool(words) and parse.word[words[0]] in ("(", "[")
