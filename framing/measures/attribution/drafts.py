"""A drafted attribution in tokens, before it is accepted and told."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from framing.language import Parse

HEARSAY_CUE = 0.3  # least probability of a word as the cue of hearsay


@dataclass(slots=True)
class Draft:
    """The cue's head, how probable a cue it is, and the tokens of each role.

    `cost` is how much less its roles scored than the best ones, where a role was given against the scores; `shape` the
    names of the features of its shape, once they were asked for.
    """

    head: int
    probability: float
    source: set[int]
    cue: set[int]
    content: set[int]
    cost: float = 0.0
    shape: list[str] | None = None


def top_word(parse: Parse, tokens: Collection[int]) -> int:
    """The first word that hangs on none of the others."""
    return min(t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t)


def speech_type(parse: Parse, content: Collection[int]) -> str:
    """`direct` when all words of the content are in quotation marks, `mixed` when some are, else `indirect`."""
    quoted = {parse.quotation[t] >= 0 for t in content if parse.is_wordlike[t]}
    return "mixed" if len(quoted) == 2 else "direct" if True in quoted else "indirect"


def certainty_name(probability: float) -> str:
    """The log-odds in steps of a half, from -2 to 5."""
    odds = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6))
    return f"{max(-2.0, min(5.0, math.floor(2 * odds) / 2)):g}"


def is_hearsay(parse: Parse, draft: Draft) -> bool:
    """Whether it is told without anybody behind it: "is said to have fled", "reportedly fled"."""
    if draft.source or draft.probability < HEARSAY_CUE:
        return False
    children = parse.children[draft.head]
    labels = {parse.dep[c] for c in children}
    passive = "auxpass" in labels and "agent" not in labels and bool(labels & {"xcomp", "ccomp"})
    return parse.pos[draft.head] == "ADV" or passive


def quotation_tokens(parse: Parse) -> list[list[int]]:
    """The tokens of each outermost quotation, by its number."""
    tokens: list[list[int]] = [[] for _ in parse.quotations]
    for token, number in enumerate(parse.quotation):
        if number >= 0:
            tokens[number].append(token)
    return tokens


def runs(parse: Parse, tokens: set[int]) -> list[list[int]]:
    """Stretches of neighbouring tokens; punctuation between two tokens doesn't part them."""
    found: list[list[int]] = []
    for token in sorted(tokens):
        if found and all(parse.pos[t] == "PUNCT" for t in range(found[-1][-1] + 1, token)):
            found[-1].append(token)
        else:
            found.append([token])
    return found


def by_sentence(parse: Parse, drafts: Iterable[Draft]) -> dict[int, list[Draft]]:
    """The drafts of each sentence, by where their cues stand."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(parse.sentence[draft.head], []).append(draft)
    return found
