"""All attributions of one text, told, resolved and in text order."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from framing.language import Parse
from framing.measures.attribution.assembly import find_drafts
from framing.measures.attribution.drafts import Draft, runs, speech_type
from framing.measures.attribution.officials import Officials
from framing.measures.attribution.people import find_people
from framing.measures.attribution.sources import DOCUMENT, Source, Sources
from framing.measures.attribution.telling import cue_class, is_hedged
from framing.measures.attribution.weights import load_weights
from framing.measures.spans import Attribution, Hedge, Span


@dataclass(frozen=True, slots=True)
class Attributions:
    """The attributions of a text, and its people and offices for a second text of the same article."""

    found: list[Attribution]
    officials: Officials


def attributions_in(parse: Parse, hedges: Sequence[Hedge] = (), known: Attributions | None = None) -> Attributions:
    """Find the attributions of one text.

    `hedges` are those of the same text and decide `hedged`; `known` are those of the article's body when the text is
    its headline, which calls people by the names and without the offices that the body gives them.
    """
    people = find_people(parse, known.officials.people if known else None)
    officials = Officials(parse, people, known.officials if known else None)
    drafts = sorted(find_drafts(parse, load_weights()), key=lambda d: min(d.source | d.cue))
    told = set().union(*(d.content for d in drafts))
    sources = Sources(parse, people, [d.source for d in drafts], told)
    near = _by_sentence(parse, hedges)
    found = []
    for draft in drafts:
        source = sources.resolve(draft.source)
        official = officials.decide(draft.source, source)
        found.append(_told(parse, draft, source, official, near.get(parse.sentence[draft.head], [])))
    return Attributions(sorted(found, key=lambda a: (a.start, a.cue or (0, 0))), officials)


def _by_sentence(parse: Parse, hedges: Sequence[Hedge]) -> dict[int, list[Hedge]]:
    starts = [parse.start[first] for first, _ in parse.sentences]
    found: dict[int, list[Hedge]] = {}
    for hedge in hedges:
        found.setdefault(bisect_right(starts, hedge.span[0]) - 1, []).append(hedge)
    return found


def _told(parse: Parse, draft: Draft, source: Source, official: bool | None, hedges: Sequence[Hedge]) -> Attribution:
    spans = spans_of(parse, draft)
    cue = spans["cue"][0] if spans["cue"] else None
    cue_type, stance, row = cue_class(parse, draft.head, draft.content, source.kind == DOCUMENT)
    return Attribution(
        type=speech_type(parse, draft.content),
        source=spans["source"][0] if spans["source"] else None,
        source_name=source.name,
        source_type=source.kind,
        cue=cue,
        cue_word=parse.span(draft.head, draft.head),
        cue_lemma=parse.lemma[draft.head],
        cue_type=cue_type,
        cue_stance=stance,
        hedged=cue is not None and is_hedged(parse, draft.head, cue, draft.content, hedges),
        content=tuple(spans["content"]),
        rule=f"{parse.lemma[draft.head]}:{row} p={draft.probability:.2f}; source {source.rule}",
        official=official,
    )


def spans_of(parse: Parse, draft: Draft) -> dict[str, list[Span]]:
    """The spans of each role."""
    content = [trimmed_span(parse, run) for run in runs(parse, draft.content)]
    source = _one_span(parse, draft.source) if draft.source else None
    return {
        "source": [source] if source else [],
        "cue": [span for span in [_one_span(parse, draft.cue)] if span],
        "content": [span for span in content if span],
    }


def trimmed_span(parse: Parse, run: Sequence[int]) -> Span | None:
    """Offsets of a run without punctuation at its edges, unless that belongs to a quotation."""
    free = [t for t in run if parse.pos[t] != "PUNCT" or parse.quotation[t] >= 0]
    return parse.span(free[0], free[-1]) if free else None


def _one_span(parse: Parse, tokens: set[int]) -> Span | None:
    free = [t for t in tokens if parse.pos[t] != "PUNCT"] or list(tokens)
    if not free:
        return None
    first, last = min(free), max(free)
    words = parse.word[first : last + 1]
    if words.count("(") > words.count(")") and last + 1 < len(parse) and parse.word[last + 1] == ")":
        last += 1  # Ann Lee (R-Ga.)
    return parse.span(first, last)
