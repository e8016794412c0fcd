"""From annotation rows to marks: what each span is called, and the sentence that explains it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from framing.errors import InputError
from framing.views.glossary import cue_rule_in_words, gloss_of, hedge_rule_in_words, source_rule_in_words
from framing.views.inputs import Row
from framing.views.numbers import decimal, is_missing
from framing.views.segments import Mark

Span = tuple[int, int]

SOURCE_TYPES = {
    "named_person": "a named person",
    "named_organization": "a named organisation",
    "document": "a document",
    "anonymous": "an anonymous source",
    "unnamed_person": "an unnamed person",
    "unnamed_group": "an unnamed group",
    "none": "nobody whom the text names",
}
VOICES = {"outlet": "In the outlet's own words", "source": "In a source's words"}


def attribution_marks(row: Row, number: int | None = None) -> list[Mark]:
    """Mark source, cue and content of one attribution; `number` tells an article's attributions apart."""
    nth = "" if number is None else f" {number}"
    rule = str(row["rule"])
    who = SOURCE_TYPES.get(str(row["source_type"]), words(row["source_type"]))
    marks = []
    if (span := span_of(row, "source")) is not None:
        note = _sentences(f"Source{nth}: {who}{_read_as(row)}", source_rule_in_words(rule))
        marks.append(Mark("source", *span, f"source{nth}", note))
    if (span := span_of(row, "cue")) is not None:
        note = _sentences(f"Cue{nth}: {_cue_words(row)}", cue_rule_in_words(rule), f"Rule: {rule}")
        marks.append(Mark("cue", *span, f"cue{nth}", note))
    whose = who if is_missing(row["source"]) else f"“{row['source']}”, {who}"
    note = _sentences(f"Words of source{nth}, {whose}", _speech_words(row))
    marks += [Mark("content", *span, f"words{nth}", note) for span in content_of(row)]
    return marks


def hedge_mark(row: Row) -> Mark:
    """Mark a hedge or a booster."""
    category, rule = str(row["category"]), str(row["rule"])
    booster = category == "booster"
    kind = "" if booster else f", {words(category)}"
    gloss = gloss_of("category", category)
    name = f"{'Booster' if booster else 'Hedge'}{kind}: “{row['lemma']}”"
    note = _sentences(
        f"{name} {gloss}".rstrip() if booster else f"{name}{', ' * bool(gloss)}{gloss}",
        VOICES.get(str(row["voice"]), ""),
        hedge_rule_in_words(rule),
        f"Rule: {rule}",
    )
    return Mark("booster" if booster else "hedge", int(row["start"]), int(row["end"]), words(category), note)


def tone_mark(row: Row) -> Mark:
    """Mark the part of a sentence that got a tone score."""
    score = decimal(row["score"], 2, sign="+")
    counted = "No word of the lexicon" if is_missing(row["terms"]) else f"Words counted: {row['terms']}"
    voice = VOICES.get(str(row["voice"]), "")
    note = _sentences(f"Tone {score} on the scale from −1 to 1", voice, counted)
    return Mark("tone", int(row["start"]), int(row["end"]), f"tone {score}", note)


def lexicon_mark(row: Row) -> Mark:
    """Mark the part of a sentence in which a user's lexicon has expressions."""
    voice = VOICES.get(str(row["voice"]), "")
    note = _sentences(f"Counted by {row['lexicon']}: {row['terms']}", voice)
    return Mark("tone", int(row["start"]), int(row["end"]), str(row["lexicon"]), note)


def marks_of(table: str, row: Row) -> list[Mark]:
    """Make the marks of a row of any annotation table."""
    if table == "attributions":
        return attribution_marks(row)
    if table == "hedges":
        return [hedge_mark(row)]
    if table == "lexicon_counts":
        return [lexicon_mark(row)]
    return [tone_mark(row)] if table == "sentiment" else []


def field_marks(attributions: Sequence[Row], hedges: Sequence[Row]) -> list[Mark]:
    """Make all marks of one field of one article: attributions numbered in their order, hedges, boosters."""
    marks = []
    for number, row in enumerate(attributions, start=1):
        marks += attribution_marks(row, number)
    return marks + [hedge_mark(row) for row in hedges]


def check_surfaces(text: str, rows: Iterable[Row], spans: Mapping[str, str]) -> None:
    """Raise `InputError` when offsets don't cut their own words out of `text`: it isn't the text that was analysed."""
    for row in rows:
        for column, prefix in spans.items():
            span = span_of(row, prefix)
            if span is not None and text[slice(*span)] != row[column]:
                raise InputError(
                    f"the {row['field']} of article {row['article_id']!r} isn't the one that was analysed: characters "
                    f"{span[0]} to {span[1]} are {text[slice(*span)]!r}, the analysis found {row[column]!r} there. "
                    "Give the corpus that was analysed, or analyse this one."
                )


def span_of(row: Row, prefix: str = "") -> Span | None:
    """Read a row's offsets under `prefix`, or None where the text has no such thing."""
    start, end = (f"{prefix}_{edge}" if prefix else edge for edge in ("start", "end"))
    return None if is_missing(row[start]) or is_missing(row[end]) else (int(row[start]), int(row[end]))


def content_of(row: Row) -> list[Span]:
    """Read the spans of an attribution's content; a table that was saved and loaded holds them as arrays."""
    spans = row["content_spans"]
    return [] if is_missing(spans) else [(int(start), int(end)) for start, end in spans]


def words(value: Any) -> str:
    """Write a value of a table as words: ``vague_source`` is ``vague source``."""
    return str(value).replace("_", " ")


def _read_as(row: Row) -> str:
    name = row["source_name"]
    return "" if is_missing(name) or name == row["source"] else f", read as “{name}”"


def _cue_words(row: Row) -> str:
    """Write what a cue says, as in: `“claim”, says that somebody said something; keeps the outlet away from it`."""
    lemma = "" if is_missing(row["cue_lemma"]) else f"“{row['cue_lemma']}”"
    meaning = gloss_of("cue_type", row["cue_type"]) or words(row["cue_type"])
    said = ", ".join(filter(None, [lemma, meaning]))
    if row["cue_stance"] != "neutral":
        stance = gloss_of("cue_stance", row["cue_stance"])
        said += f"; {words(row['cue_stance'])}{', ' * bool(stance)}{stance}"
    return said if is_missing(row["hedged"]) or not row["hedged"] else f"{said}; itself hedged"


def _speech_words(row: Row) -> str:
    gloss = gloss_of("type", row["type"])
    kind = f"{str(row['type']).capitalize()} speech"
    return f"{kind}: {gloss}" if gloss else kind


def _sentences(*parts: str) -> str:
    return " ".join(f"{part}." for part in parts if part)
