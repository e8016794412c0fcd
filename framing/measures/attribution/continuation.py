"""Quotations that go on after their cue's sentence: “No,” she said. “Never.” And, in the next paragraph, more of it."""

from collections.abc import Collection, Mapping, Sequence

from framing.language import Parse
from framing.measures.attribution.drafts import Draft


def continue_quotations(
    parse: Parse, drafts: list[Draft], quoted: Sequence[Sequence[int]], others: Collection[int] = ()
) -> None:
    """Add to each attribution the quotations that follow it without a cue of their own.

    `others` are the numbers of quotations that belong to none of the drafts.
    """
    used = {parse.quotation[t] for d in drafts for t in d.content}.union(others)
    last_cue: dict[int, int] = {}
    for draft in drafts:
        number = parse.sentence[draft.head]
        last_cue[number] = max(draft.head, last_cue.get(number, -1))
    with_cue = {parse.sentence[d.head] for d in drafts if parse.quotation[d.head] < 0}
    for draft in drafts:
        here = _last_of(parse, draft, last_cue)
        direct = any(parse.quotation[t] >= 0 for t in draft.content)
        while here is not None:
            following = _following_quotation(parse, here)
            if following is None or following in used:
                break
            sentence = parse.sentence[quoted[following][0]]
            if not direct and sentence in with_cue:  # “…,” he said: the next sentence has a speaker of its own
                break
            used.add(following)
            draft.content.update(quoted[following])
            here = quoted[following][-1]


def _last_of(parse: Parse, draft: Draft, last_cue: Mapping[int, int]) -> int | None:
    """Where the attribution ends; None when words without quotation marks are followed by another in its sentence."""
    last = max(*draft.content, *draft.cue)
    if any(parse.quotation[t] >= 0 for t in draft.content):
        return last
    sentence = parse.sentence[draft.head]
    if last_cue[sentence] > draft.head:
        return None
    return parse.sentences[sentence][1] - 1


def _following_quotation(parse: Parse, token: int) -> int | None:
    """The quotation with which the next sentence begins, if it is in the same paragraph or goes on from it."""
    number = parse.sentence[token] + 1
    if number >= len(parse.sentences):
        return None
    first = parse.sentences[number][0]
    quotation = parse.quotation[first]
    if quotation < 0:
        return None
    same = parse.paragraph[first] == parse.paragraph[token]
    return quotation if same or _goes_on(parse, token, first) or _fills_paragraph(parse, first) else None


def _goes_on(parse: Parse, token: int, first: int) -> bool:
    """Journalists open every paragraph of a long quotation and close only the last."""
    before = parse.quotation[token]
    return before >= 0 and not parse.quotations[before].closed and parse.paragraph[first] == parse.paragraph[token] + 1


def _fills_paragraph(parse: Parse, first: int) -> bool:
    """Whether a paragraph is nothing but the quotation it begins with, so that its speaker stands before."""
    number = parse.quotation[first]
    tokens = range(*parse.paragraphs[parse.paragraph[first]])
    return all(parse.quotation[t] == number or parse.pos[t] == "PUNCT" for t in tokens)
