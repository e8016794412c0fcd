"""How an attribution is told: direct or not, by which kind of cue, from which distance, how sure."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from framing.language import Parse
from framing.lexicons import load_lexicon
from framing.measures.spans import Hedge, Span

DOCUMENTS = "document"
WEAK = {"epistemic", "reportative"}


def cue_class(parse: Parse, head: int, content: Collection[int], source_is_document: bool) -> tuple[str, str, str]:
    """Cue type, stance, and the lexicon row that decided, by the most specific frame that has a row."""
    table = _classes()
    lemma, pos = parse.lemma[head], parse.pos[head]
    for frame in (*_frames(parse, head, content, source_is_document), ""):
        key = f"{pos}/{frame}" if frame else pos
        if (lemma, key) in table:
            return *table[lemma, key], key
    if _is_passive(parse, head):
        return "evidence", "neutral", "passive"
    return ("evidence" if source_is_document else DEFAULT.get(pos, "attitude")), "neutral", "default"


FIXED = ("prt", "prep", "acomp", "oprd", "dobj", "advmod", "ccomp")
DEFAULT = {"PUNCT": "speech", "ADP": "speech", "VERB": "speech", "ADV": "evidence", "PROPN": "speech"}


def _frames(parse: Parse, head: int, content: Collection[int], source_is_document: bool) -> list[str]:
    """Names of the constructions the cue stands in, the most telling first."""
    children = parse.children[head]
    clauses = [c for c in children if parse.dep[c] in ("xcomp", "ccomp")]
    # "pointed out", "made clear", "took issue with": a fixed word beside the verb decides before anything else.
    found = [parse.lemma[c] for c in children if parse.dep[c] in FIXED]
    if source_is_document:
        found.append(DOCUMENTS)
    if _is_passive(parse, head):
        found.append("passive")
    if any(_opens_with_question(parse, c) for c in clauses):
        found.append("wh")
    if any(parse.quotation[t] >= 0 for t in content) or any(not _is_infinitive(parse, c) for c in clauses):
        found.append("that")
    if any(_is_infinitive(parse, c) for c in clauses):
        found.append("to")
    if any(parse.dep[c] == "dobj" for c in children):
        found.append("object")
    return found


def _is_passive(parse: Parse, head: int) -> bool:
    """Passive without its agent: "is believed to", "a man said to be", but not "is believed by voters"."""
    children = parse.children[head]
    if any(parse.dep[c] == "agent" for c in children):
        return False
    reduced = parse.dep[head] == "acl" and parse.tag[head] == "VBN"
    return reduced or any(parse.dep[c] == "auxpass" for c in children)


def _is_infinitive(parse: Parse, clause: int) -> bool:
    return any(parse.tag[c] == "TO" for c in parse.children[clause])


def _opens_with_question(parse: Parse, clause: int) -> bool:
    return parse.tag[parse.first[clause]] in ("WRB", "WP", "WDT")


@lru_cache(maxsize=1)
def _classes() -> dict[tuple[str, str], tuple[str, str]]:
    entries = load_lexicon("cue_types_en").entries
    columns = (entries[name] for name in ("pattern", "construction", "category", "stance"))
    return {(lemma, key): (category, stance) for lemma, key, category, stance in zip(*columns, strict=True)}


def is_hedged(parse: Parse, head: int, cue: Span, content: Collection[int], hedges: Sequence[Hedge]) -> bool:
    """Whether the outlet leaves open that it was said: *appeared to deny*, *reportedly told*, *may have said*.

    # "She said it seems to fail": that hedge is in what she said, and leaves nothing open about her saying it.
    """
    around = {head, *parse.children[head]}
    if parse.dep[head] == "xcomp":
        around.add(parse.head[head])
    said = {parse.start[t] for t in content}
    starts = {parse.start[t] for t in around}
    return any(
        h.category in WEAK
        and (h.span[0] in starts or cue[0] <= h.span[0] < cue[1])
        and h.span[0] != parse.start[head]
        and h.span[0] not in said
        for h in hedges
    )
