"""The shape of a drafted attribution: how source, cue and content lie in their sentence, and what they leave out."""

from collections.abc import Iterator, Sequence

from framing.language import Parse
from framing.measures.attribution.cue_features import SUBJECTS, kind_of
from framing.measures.attribution.drafts import Draft, certainty_name, runs, speech_type, top_word

TRAILING = {"relcl", "advcl", "conj", "appos", "acl", "parataxis", "ccomp", "prep"}
COMMAS = {",", "—", "--", "–", ";", ":", "-"}


def shape_features(parse: Parse, draft: Draft, drafts: Sequence[Draft], known: Sequence[str]) -> list[str]:
    """Names of the features of a draft that tell one way of giving the roles from another.

    `drafts` are those of its sentence, one for each cue.
    """
    if draft.shape is None:
        draft.shape = _of_itself(parse, draft, known)
    return [*draft.shape, *_among(draft, drafts)]


def _of_itself(parse: Parse, draft: Draft, known: Sequence[str]) -> list[str]:
    word, prior = f"{parse.lemma[draft.head]}:{parse.pos[draft.head]}", known[draft.head]
    told = speech_type(parse, draft.content)
    tops = "+".join(sorted({parse.dep[t] for t in _tops(parse, draft.content) if parse.pos[t] != "PUNCT"})[:4])
    return [
        f"word={word} type={told}",
        f"word={word} source={'some' if draft.source else 'none'}",
        f"prior={prior} type={told}",
        f"cue_words={min(4, len(draft.cue))}",
        f"cost={int(2 * draft.cost) / 2:g}",
        *_of_source(parse, draft),
        *_of_cue(parse, draft, word, tops),
        *_of_content(parse, draft, word, prior, told),
        *_of_tops(parse, draft, word, prior, tops),
        *_of_trailing(parse, draft, known, told),
        *_of_rest(parse, draft, tops),
    ]


def _tops(parse: Parse, tokens: set[int]) -> list[int]:
    return [t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t]


def _of_source(parse: Parse, draft: Draft) -> Iterator[str]:
    head = draft.head
    if not draft.source:
        yield "source=none"
        subjects = (c for c in parse.children[head] if parse.dep[c] in SUBJECTS)
        where = "+".join(_part(draft, c) + parse.dep[c] for c in subjects)
        yield f"source=none subject={where} tag={parse.tag[head]}"
        return
    first, last = min(draft.source), max(draft.source)
    top = top_word(parse, draft.source)
    yield f"source={kind_of(parse, top)}"
    yield f"source_word={parse.lemma[top]}"
    yield f"source_dep={parse.dep[top]} tag={parse.tag[top]} of_cue={parse.head[top] == head}"
    yield f"source_dep={parse.dep[top]} pos={parse.pos[head]} dep={parse.dep[head]}"
    yield f"source_first={parse.lower[first]} words={min(4, len(draft.source))}"
    yield f"source_last={parse.tag[last]} next={_lower(parse, last + 1)}"
    before = last < head
    gap = head - last if before else first - head
    yield f"source_{'before' if before else 'after'} gap={max(-1, min(6, gap))}"
    if before:
        yield f"source_to_cue={'+'.join(parse.pos[t] for t in range(last + 1, head) if t not in draft.cue)[:30]}"


def _of_cue(parse: Parse, draft: Draft, word: str, tops: str) -> Iterator[str]:
    last = max(draft.cue)
    shape = "+".join("head" if t == draft.head else parse.dep[t] for t in sorted(draft.cue))[:50]
    yield f"cue={shape}"
    yield f"cue={shape} word={word}"
    yield f"cue_last={parse.lower[last]} word={word}"
    yield f"cue_last={parse.tag[last]} tops={tops}"
    if last + 1 < len(parse):
        part = _part(draft, last + 1)
        yield f"after_cue={parse.lower[last + 1]} is={part} pos={parse.pos[draft.head]}"
        yield f"after_cue={parse.lower[last + 1]} is={part} word={word}"


def _of_content(parse: Parse, draft: Draft, word: str, prior: str, told: str) -> Iterator[str]:
    first, last = min(draft.content), max(draft.content)
    top = top_word(parse, draft.content)
    size = sum(parse.is_wordlike[t] for t in draft.content)
    yield f"type={told}"
    yield f"size={_size(size)}"
    yield f"prior={prior} size={min(size, 6)}"
    yield f"first_tag={parse.tag[first]}"
    yield f"first={parse.lower[first]}"
    yield f"word={word} first_tag={parse.tag[first]}"
    yield f"content_top={parse.tag[top]} dep={parse.dep[top]}"
    yield f"content_top={parse.lemma[top]}"
    yield f"content_dep={parse.dep[top]} prior={prior}"
    yield f"content={'before' if last < draft.head else 'after' if first > draft.head else 'around'}"
    if last + 1 < len(parse):
        yield f"next={parse.lower[last + 1]}"


def _of_tops(parse: Parse, draft: Draft, word: str, prior: str, tops: str) -> Iterator[str]:
    """The words that the content hangs by, and the cue's children that are left over."""
    pieces = min(3, len(runs(parse, draft.content)))
    yield f"pieces={pieces}"
    yield f"pieces={pieces} prior={prior}"
    yield f"tops={tops}"
    yield f"tops={tops} word={word}"
    yield f"tops={tops} first={parse.lower[min(draft.content)]}"
    free = {parse.dep[c] for c in parse.children[draft.head] if _part(draft, c) == "left" and parse.pos[c] != "PUNCT"}
    yield f"free={'+'.join(sorted(free))}"
    yield f"free={'+'.join(sorted(free))} tops={tops}"


def _of_trailing(parse: Parse, draft: Draft, known: Sequence[str], told: str) -> list[str]:
    """Clauses after the cue that were taken into the content: "…, *which she denies*", "… *and he resigned*"."""
    found = set()
    content = draft.content
    for token in content:
        dep = parse.dep[token]
        above = parse.head[token]
        if dep not in TRAILING or not token > above in content or token < draft.head:
            continue
        if parse.sentence[token] != parse.sentence[draft.head]:
            continue
        first = parse.first[token]
        comma = first > 0 and parse.word[first - 1] in COMMAS
        if comma or dep in ("conj", "advcl"):
            name = f"holds={dep} comma={comma}"
            own_subject = any(parse.dep[c] in SUBJECTS for c in parse.children[token])
            top = above not in content or parse.head[above] not in content
            found |= {
                f"{name} pos={parse.pos[token]} own_subject={own_subject} under_top={top}",
                f"{name} first={parse.lower[first]}",
                f"{name} top={known[token]} own_subject={own_subject}",
                f"{name} type={told}",
            }
    return sorted(found)


def _of_rest(parse: Parse, draft: Draft, tops: str) -> Iterator[str]:
    """What of the sentence is no part of it, and how it goes on where the content ends."""
    start, beyond = parse.sentences[parse.sentence[draft.head]]
    rest = [t for t in range(start, beyond) if parse.pos[t] != "PUNCT" and _part(draft, t) == "left"]
    yield f"rest_before={min(3, sum(t < draft.head for t in rest))} source={bool(draft.source)}"
    yield f"rest_after={min(3, sum(t > draft.head for t in rest))} tops={tops}"
    last = max(draft.content)
    ends = all(parse.pos[t] == "PUNCT" for t in range(last + 1, beyond))
    yield f"ends={ends} cost={int(2 * draft.cost) / 2:g}"
    if not ends:
        following = last + 2 if parse.pos[last + 1] == "PUNCT" and last + 2 < beyond else last + 1
        cut = f"cut={parse.lower[last + 1]}"
        yield f"{cut} dep={parse.dep[following]}"
        yield f"{cut} tag={parse.tag[following]}"
        yield f"{cut} then={_lower(parse, last + 2)}"
        yield f"cut_dep={parse.dep[following]} inside={parse.head[following] in draft.content}"
        yield f"cut_between={parse.tag[last]}+{parse.tag[last + 1]}"


def _among(draft: Draft, drafts: Sequence[Draft]) -> Iterator[str]:
    """How it stands to the others: inside one, around some, alone in its sentence."""
    outer = [d.probability for d in drafts if d.head != draft.head and draft.head in d.content]
    inner = [d.probability for d in drafts if d.head != draft.head and d.head in draft.content]
    yield f"inside={certainty_name(max(outer)) if outer else 'none'}"
    yield f"around={certainty_name(max(inner)) if inner else 'none'}"
    yield f"drafts_in_sentence={min(len(drafts), 6)}"


def _part(draft: Draft, token: int) -> str:
    if token in draft.content:
        return "content"
    return "source" if token in draft.source else "cue" if token in draft.cue else "left"


def _lower(parse: Parse, token: int) -> str:
    return parse.lower[token] if token < len(parse) else ""


def _size(n: int) -> str:
    return "1" if n < 2 else "2" if n < 3 else "3-4" if n < 5 else "5-8" if n < 9 else "9+"
