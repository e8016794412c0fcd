"""From roles to attributions: one span for source and cue, whole quotations in the content, and no nesting."""

from collections.abc import Sequence
from dataclasses import dataclass

from framing.language import Parse
from framing.measures.attribution.cue_features import candidates, cue_features, subject_of
from framing.measures.attribution.roles import NONE, SPLIT, Unit, unit_features, walk
from framing.measures.attribution.weights import ROLES, Weights

THRESHOLD = 0.5
RAISING = {"appear", "seem"}
SNAP = 4  # words of a quotation that make the whole of it content


@dataclass(slots=True)
class Draft:
    """An attribution in tokens: the cue's head, how probable it is, and the tokens of each role."""

    head: int
    probability: float
    source: set[int]
    cue: set[int]
    content: set[int]


def find_drafts(parse: Parse, weights: Weights) -> list[Draft]:
    """All attributions of a text, in the order of their cues."""
    quoted = _quotation_tokens(parse)
    drafts = []
    for head in candidates(parse, weights.prior):
        probability = weights.cue_probability(cue_features(parse, head, weights.prior))
        if any(_seems_to(parse, below, weights) for below in parse.children[head]):
            continue
        if probability > THRESHOLD or _seems_to(parse, head, weights):
            draft = _with_roles(parse, head, probability, weights)
            if draft.content:
                drafts.append(draft)
    drafts = _without_nesting(drafts)
    for draft in drafts:
        _tidy(parse, draft, quoted)
    drafts = [d for d in drafts if d.content]
    _continue_quotations(parse, drafts, quoted)
    return drafts


def _seems_to(parse: Parse, head: int, weights: Weights) -> bool:
    """Whether `head` is what somebody seemed to do by words: "Putin appeared to deny that …" is a denial of his."""
    entry = f"{parse.lemma[head]}:{parse.pos[head]}"
    above = parse.lemma[parse.head[head]]
    return parse.dep[head] == "xcomp" and above in RAISING and weights.prior.get(entry) in ("always", "often")


def _with_roles(parse: Parse, head: int, probability: float, weights: Weights) -> Draft:
    def decide(unit: Unit, above: str, may_split: bool) -> str:
        scores = weights.role_scores(unit_features(parse, head, unit, above))
        return ROLES[int(scores[: None if may_split else -1].argmax())]

    found: dict[str, set[int]] = {role: set() for role in ROLES}
    for unit, _, role in walk(parse, head, decide):
        if role not in (NONE, SPLIT):
            found[role].update(unit.tokens(parse))
    draft = Draft(head, probability, found["source"], found["cue"] | {head}, found["content"])
    if _seems_to(parse, head, weights):  # "appeared to deny": the cue is all of it
        draft.cue |= {t for t in range(parse.head[head], head + 1) if parse.head[t] in (head, parse.head[head])}
    if not draft.source:
        draft.source = _shared_subject(parse, head) - draft.content - draft.cue
    return draft


def _shared_subject(parse: Parse, head: int) -> set[int]:
    """The subject a verb shares with the one it hangs on: "the mayor resigned, blaming her deputy"."""
    if parse.pos[head] != "VERB" or parse.dep[head] not in ("conj", "xcomp", "advcl"):
        return set()
    if parse.child(head, "auxpass") is not None:
        return set()
    subject = subject_of(parse, head)
    return set() if subject is None else set(parse.subtree(subject))


def _without_nesting(drafts: list[Draft]) -> list[Draft]:
    """Keep the outermost of nested attributions, and of two that hold each other's cues the more probable."""
    kept = []
    for inner in drafts:
        outer = [d for d in drafts if d is not inner and inner.head in d.content]
        if all(d.head in inner.content and _rank(d) < _rank(inner) for d in outer):
            kept.append(inner)
    return kept


def _rank(draft: Draft) -> tuple[float, int]:
    return draft.probability, -draft.head


def _tidy(parse: Parse, draft: Draft, quoted: Sequence[Sequence[int]]) -> None:
    """Contiguous cue and source; quotations of which the content holds a part taken whole."""
    draft.cue = next(set(run) for run in runs(parse, draft.cue) if draft.head in run)
    longest: list[int] = max(runs(parse, draft.source - draft.cue), key=lambda run: len(run), default=[])
    draft.source = set(longest)
    taken = draft.cue | draft.source
    content = draft.content - taken
    for number in sorted({parse.quotation[t] for t in content} - {-1}):
        whole = quoted[number]
        inside = len(content.intersection(whole))
        if inside >= SNAP or 2 * inside >= len(whole):
            content.update(whole)
    content -= taken
    draft.content = {t for run in runs(parse, content) if any(parse.is_word(t) for t in run) for t in run}


def _continue_quotations(parse: Parse, drafts: list[Draft], quoted: Sequence[Sequence[int]]) -> None:
    """Add quotations that go on after their cue's sentence, as in “No,” she said. “Never.” and more of her words."""
    used = {parse.quotation[t] for d in drafts for t in d.content}
    for draft in drafts:
        if not any(parse.quotation[t] >= 0 for t in draft.content):
            continue
        here = max(*draft.content, *draft.cue)
        while (following := _next_quotation(parse, here)) is not None and following not in used:
            used.add(following)
            draft.content.update(quoted[following])
            here = quoted[following][-1]


def _next_quotation(parse: Parse, token: int) -> int | None:
    """The quotation with which the next sentence of the same paragraph begins."""
    number = parse.sentence[token] + 1
    if number >= len(parse.sentences):
        return None
    first = parse.sentences[number][0]
    same_paragraph = parse.paragraph[first] == parse.paragraph[token]
    return parse.quotation[first] if same_paragraph and parse.quotation[first] >= 0 else None


def _quotation_tokens(parse: Parse) -> list[list[int]]:
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


def trimmed_span(parse: Parse, run: Sequence[int]) -> tuple[int, int] | None:
    """Offsets of a run without punctuation at its edges, unless that belongs to a quotation."""
    free = [t for t in run if parse.pos[t] != "PUNCT" or parse.quotation[t] >= 0]
    return parse.span(free[0], free[-1]) if free else None
