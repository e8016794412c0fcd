"""PolNeAR's hand-made attributions, as tokens of a parse."""

from bisect import bisect_left
from dataclasses import dataclass

from framing.corpus.datasets.polnear import ROLES, Document, Spans, read_polnear
from framing.language import Parse, parse_text

__all__ = ["ROLES", "Document", "GoldAttribution", "Spans", "gold_tokens", "read_polnear"]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """A gold attribution as tokens; `head` is the top word of its cue, None when it has no cue."""

    head: int | None
    roles: dict[str, set[int]]


def gold_tokens(document: Document) -> tuple[Parse, list[GoldAttribution]]:
    """Parse a document and find the tokens of its gold attributions."""
    parse = parse_text(document.text)
    gold = []
    for attribution in document.attributions:
        roles = {role: _tokens(parse, attribution[role]) for role in ROLES}
        gold.append(GoldAttribution(_head(parse, roles["cue"]), roles))
    return parse, gold


def _tokens(parse: Parse, spans: Spans) -> set[int]:
    found = set()
    for start, end in spans:
        token = bisect_left(parse.start, start)
        if token > 0 and parse.end[token - 1] > start:
            token -= 1
        while token < len(parse) and parse.start[token] < end:
            found.add(token)
            token += 1
    return found


def _head(parse: Parse, tokens: set[int]) -> int | None:
    """The word a cue hangs on: the first of its top words, a verb before other word classes, punctuation last."""
    tops = [t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t]
    words = [t for t in tops if parse.pos[t] in ("VERB", "NOUN", "ADJ", "AUX", "ADP", "ADV", "PROPN", "SCONJ")] or tops
    verbs = [t for t in words if parse.pos[t] == "VERB"] or words
    return min(verbs, default=None)
