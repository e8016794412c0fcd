"""A second look at a drafted attribution: with its parts known, how probable it is that people would mark it."""

import math
from collections.abc import Iterator, Mapping, Sequence

from framing.language import Parse
from framing.measures.attribution.cue_features import kind_of
from framing.measures.attribution.drafts import Draft, speech_type, top_word


def acceptance_features(parse: Parse, draft: Draft, drafts: Sequence[Draft], prior: Mapping[str, str]) -> list[str]:
    """Names of the features that hold for a draft among all drafts of its text."""
    head = draft.head
    word = f"{parse.lemma[head]}:{parse.pos[head]}"
    known = prior.get(word, "new")
    certainty = _certainty(draft.probability)
    told = speech_type(parse, draft.content)
    return [
        f"certainty={certainty}",
        f"certainty={certainty} type={told}",
        f"certainty={certainty} pos={parse.pos[head]}",
        f"word={word}",
        f"word={word} type={told}",
        f"word={word} source={'some' if draft.source else 'none'}",
        f"prior={known}",
        f"prior={known} type={told}",
        f"pos={parse.pos[head]}",
        f"tag={parse.tag[head]} dep={parse.dep[head]}",
        f"cue_words={min(4, len(draft.cue))}",
        *_of_source(parse, draft),
        *_of_content(parse, draft, word, known, told),
        *_among(draft, drafts, parse),
    ]


def _of_source(parse: Parse, draft: Draft) -> Iterator[str]:
    if not draft.source:
        yield "source=none"
        return
    top = top_word(parse, draft.source)
    yield f"source={kind_of(parse, top)}"
    yield f"source_word={parse.lemma[top]}"
    before = max(draft.source) < draft.head
    gap = draft.head - max(draft.source) if before else min(draft.source) - draft.head
    yield f"source_{'before' if before else 'after'} gap={max(-1, min(6, gap))}"


def _of_content(parse: Parse, draft: Draft, word: str, known: str, told: str) -> Iterator[str]:
    first, last = min(draft.content), max(draft.content)
    top = top_word(parse, draft.content)
    size = sum(parse.is_word(t) for t in draft.content)
    yield f"type={told}"
    yield f"size={_size(size)}"
    yield f"prior={known} size={min(size, 6)}"
    yield f"first_tag={parse.tag[first]}"
    yield f"first={parse.lower[first]}"
    yield f"word={word} first_tag={parse.tag[first]}"
    yield f"content_top={parse.tag[top]} dep={parse.dep[top]}"
    yield f"content_top={parse.lemma[top]}"
    yield f"content_dep={parse.dep[top]} prior={known}"
    yield f"content={'before' if last < draft.head else 'after' if first > draft.head else 'around'}"
    if last + 1 < len(parse):
        yield f"next={parse.lower[last + 1]}"


def _among(draft: Draft, drafts: Sequence[Draft], parse: Parse) -> Iterator[str]:
    """How it stands to the other drafts: inside one, around some, alone in its sentence."""
    outer = [d.probability for d in drafts if d is not draft and draft.head in d.content]
    inner = [d.probability for d in drafts if d is not draft and d.head in draft.content]
    yield f"inside={_certainty(max(outer)) if outer else 'none'}"
    yield f"around={_certainty(max(inner)) if inner else 'none'}"
    neighbours = sum(parse.sentence[d.head] == parse.sentence[draft.head] for d in drafts)
    yield f"drafts_in_sentence={min(neighbours, 6)}"


def _certainty(probability: float) -> str:
    """The log-odds in steps of a half, from -2 to 5."""
    odds = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6))
    return f"{max(-2.0, min(5.0, math.floor(2 * odds) / 2)):g}"


def _size(n: int) -> str:
    return "1" if n < 2 else "2" if n < 3 else "3-4" if n < 5 else "5-8" if n < 9 else "9+"
