"""From words to attributions: propose cues, give the parts around them roles, accept or drop, make quotations whole."""

from collections.abc import Sequence

from framing.language import Parse
from framing.measures.attribution.acceptance import acceptance_features
from framing.measures.attribution.continuation import continue_quotations
from framing.measures.attribution.cue_features import candidates, cue_features, subject_of
from framing.measures.attribution.drafts import Draft, is_hearsay, quotation_tokens, runs
from framing.measures.attribution.roles import NONE, SPLIT, Unit, unit_features, walk
from framing.measures.attribution.weights import ROLES, Weights

PROPOSED = 0.2  # a word less probable than this to be a cue is not looked at again
ACCEPTED = 0.35  # chosen on a tenth of PolNeAR's train split that the tables of that trial were not estimated on
HEARSAY = 0.15  # "is said to" is surely a cue; what makes it improbable is only where its content begins and ends
RAISING = {"appear", "seem"}
SNAP = 4  # words of a quotation that make the whole of it content


def find_drafts(parse: Parse, weights: Weights) -> list[Draft]:
    """All attributions of a text, in the order of their cues."""
    proposed = propose(parse, weights)
    return finish(parse, [draft for draft in proposed if _is_accepted(parse, draft, proposed, weights)])


def _is_accepted(parse: Parse, draft: Draft, drafts: Sequence[Draft], weights: Weights) -> bool:
    if parse.lower[draft.head] == "according" and draft.source:
        return True  # a formula that is nothing else
    features = acceptance_features(parse, draft, drafts, weights.prior)
    return weights.acceptance(features) > (HEARSAY if is_hearsay(parse, draft) else ACCEPTED)


def propose(parse: Parse, weights: Weights) -> list[Draft]:
    """Every word that may be a cue, with the roles of the parts around it, as far as it has a content."""
    quoted = quotation_tokens(parse)
    drafts = []
    for head in candidates(parse, weights.prior):
        probability = weights.cue_probability(cue_features(parse, head, weights.prior))
        if any(_seems_to(parse, below, weights) for below in parse.children[head]) or _hedges_a_cue(
            parse, head, weights
        ):
            continue
        if probability > PROPOSED or _seems_to(parse, head, weights):
            draft = _with_roles(parse, head, probability, weights)
            draft.content = draft.content or _quotation_before(parse, draft, quoted) or _all_but_according(parse, draft)
            if draft.content:
                drafts.append(draft)
    return drafts


def finish(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """Drafts without nesting, with contiguous cues and sources and whole quotations."""
    quoted = quotation_tokens(parse)
    drafts = _without_nesting(drafts)
    for draft in drafts:
        _tidy(parse, draft, quoted)
    drafts = [d for d in drafts if d.content]
    continue_quotations(parse, drafts, quoted)
    return drafts


def _seems_to(parse: Parse, head: int, weights: Weights) -> bool:
    """Whether `head` is what somebody seemed to do by words: "Putin appeared to deny that …" is a denial of his."""
    above = parse.lemma[parse.head[head]]
    return parse.dep[head] == "xcomp" and above in RAISING and _is_often_a_cue(parse, head, weights)


def _hedges_a_cue(parse: Parse, head: int, weights: Weights) -> bool:
    """Whether an adverb of hearsay stands with a cue: "He reportedly told aides that …" is his telling, left open."""
    return parse.pos[head] == "ADV" and _is_often_a_cue(parse, parse.head[head], weights)


def _is_often_a_cue(parse: Parse, token: int, weights: Weights) -> bool:
    return weights.prior.get(f"{parse.lemma[token]}:{parse.pos[token]}") in ("always", "often")


def _with_roles(parse: Parse, head: int, probability: float, weights: Weights) -> Draft:
    def decide(unit: Unit, above: str, may_split: bool) -> str:
        scores = weights.role_scores(unit_features(parse, head, unit, above))
        return ROLES[int(scores[: None if may_split else -1].argmax())]

    found: dict[str, set[int]] = {role: set() for role in ROLES}
    for unit, _, role in walk(parse, head, decide):
        if role not in (NONE, SPLIT):
            found[role].update(unit.tokens(parse))
    if _seems_to(parse, head, weights):  # "appeared to deny": the cue is all of it, and it is surely one
        probability = max(probability, 0.5)
        above = parse.head[head]
        found["cue"] |= {t for t in range(above, head + 1) if parse.head[t] in (head, above)}
    draft = Draft(head, probability, found["source"], found["cue"] | {head}, found["content"])
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


def _quotation_before(parse: Parse, draft: Draft, quoted: Sequence[Sequence[int]]) -> set[int]:
    """The quotation that ends where the cue's sentence begins: “Will it ever end?” the nominee tweeted on Sunday."""
    first = parse.sentences[parse.sentence[draft.head]][0]
    if first == 0 or parse.paragraph[first - 1] != parse.paragraph[first] or parse.quotation[first] >= 0:
        return set()
    number = parse.quotation[first - 1]
    return set(quoted[number]) if number >= 0 else set()


def _all_but_according(parse: Parse, draft: Draft) -> set[int]:
    """What is left of the sentence: "Probably not, according to the engineer" has no verb to hang on."""
    if parse.lower[draft.head] != "according":
        return set()
    left = set(range(*parse.sentences[parse.sentence[draft.head]])) - draft.source - draft.cue
    return left if any(parse.is_word(t) for t in left) else set()


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
