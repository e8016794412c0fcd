"""From words to attributions: propose cues, give the parts around them roles, accept or drop, make quotations whole."""

from collections.abc import Sequence

from framing.language import Parse
from framing.measures.attribution.acceptance import acceptance_features
from framing.measures.attribution.alternatives import alternatives, is_often_a_cue, seems_to
from framing.measures.attribution.continuation import continue_quotations
from framing.measures.attribution.cue_features import candidates, cue_features, known_words
from framing.measures.attribution.drafts import Draft, by_sentence, is_hearsay, quotation_tokens, runs
from framing.measures.attribution.seen import Seen
from framing.measures.attribution.shape import shape_features
from framing.measures.attribution.speaker_lines import speaker_lines
from framing.measures.attribution.weights import Weights

PROPOSED = 0.2  # a word less probable than this to be a cue is not looked at again
ACCEPTED = 0.3  # F is flat from 0.25 to 0.3 on a tenth of PolNeAR's train split that the tables of that trial never saw
HEARSAY = 0.15  # "is said to" is surely a cue; what makes it improbable is only where its content begins and ends
SNAP = 4  # words of a quotation that make the whole of it content


def find_drafts(parse: Parse, weights: Weights) -> list[Draft]:
    """All attributions of a text, in the order of their cues."""
    known = known_words(parse, weights.prior)
    chosen = choose(parse, propose(parse, weights, known), weights, known)
    near = by_sentence(parse, chosen)
    accepted = [d for d in chosen if _is_accepted(parse, d, near[parse.sentence[d.head]], weights, known)]
    return finish(parse, accepted, speaker_lines(parse))


def propose(parse: Parse, weights: Weights, known: Sequence[str]) -> list[list[Draft]]:
    """For every word that may be a cue the drafts with a content: the likeliest one first, then its alternatives."""
    quoted = quotation_tokens(parse)
    seen = Seen(parse, known)
    proposed = []
    for head in candidates(parse, known):
        if any(seems_to(parse, below, known) for below in parse.children[head]) or _hedges_a_cue(parse, head, known):
            continue
        probability = weights.cue_probability(cue_features(parse, head, known))
        if probability > PROPOSED or seems_to(parse, head, known):
            drafts = alternatives(parse, head, probability, weights, seen)
            for draft in drafts:
                draft.content = (
                    draft.content or _quotation_before(parse, draft, quoted) or _all_but_according(parse, draft)
                )
            drafts = [draft for draft in drafts if draft.content]
            if drafts:
                proposed.append(drafts)
    return proposed


def choose(parse: Parse, proposed: Sequence[Sequence[Draft]], weights: Weights, known: Sequence[str]) -> list[Draft]:
    """Of each cue's drafts the one whose shape speaks most for it, less what its roles cost."""
    near = by_sentence(parse, (drafts[0] for drafts in proposed))

    def preference(draft: Draft) -> float:
        features = shape_features(parse, draft, near[parse.sentence[draft.head]], known)
        return weights.preference(features, draft.cost)

    return [max(drafts, key=preference) if len(drafts) > 1 else drafts[0] for drafts in proposed]


def _is_accepted(parse: Parse, draft: Draft, drafts: Sequence[Draft], weights: Weights, known: Sequence[str]) -> bool:
    if parse.lower[draft.head] == "according" and draft.source:
        return True  # a formula that is nothing else
    probability = weights.acceptance(acceptance_features(parse, draft, drafts, known))
    return probability > (HEARSAY if is_hearsay(parse, draft) else ACCEPTED)


def finish(parse: Parse, drafts: list[Draft], lines: Sequence[Draft] = ()) -> list[Draft]:
    """Drafts without nesting, with contiguous cues and sources and whole quotations; `lines` stand as they are."""
    quoted = quotation_tokens(parse)
    taken = set().union(*(line.source | line.cue | line.content for line in lines))
    drafts = _without_nesting([draft for draft in drafts if draft.head not in taken])
    for draft in drafts:
        draft.content -= taken
        _tidy(parse, draft, quoted)
    drafts = [d for d in drafts if d.content]
    continue_quotations(parse, drafts, quoted, {parse.quotation[t] for t in taken})
    return [*drafts, *lines]


def _hedges_a_cue(parse: Parse, head: int, known: Sequence[str]) -> bool:
    """Whether an adverb of hearsay stands with a cue: "He reportedly told aides that …" is his telling, left open."""
    return parse.pos[head] == "ADV" and is_often_a_cue(known, parse.head[head])


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
    outer: dict[int, list[Draft]] = {draft.head: [] for draft in drafts}
    for draft in drafts:
        for token in draft.content & outer.keys():
            outer[token].append(draft)
    return [
        inner
        for inner in drafts
        if all(d.head in inner.content and _rank(d) < _rank(inner) for d in outer[inner.head] if d is not inner)
    ]


def _rank(draft: Draft) -> tuple[float, int]:
    return draft.probability, -draft.head


def _with_whole_name(parse: Parse, source: Sequence[int]) -> set[int]:
    """A source that stops inside a name goes on to its end: "the broker Stallion | & Pryce"."""
    tokens = set(source)
    last = max(tokens, default=-1)
    while tokens and parse.tag[last].startswith("NNP") and last + 1 < len(parse):
        step = 2 if parse.word[last + 1] == "&" and last + 2 < len(parse) else 1
        following = last + step
        joined = step == 2 or (parse.dep[last] == "compound" and parse.head[last] == following)
        if not joined or not parse.tag[following].startswith("NNP"):
            break
        tokens.update(range(last + 1, following + 1))
        last = following
    return tokens


def _tidy(parse: Parse, draft: Draft, quoted: Sequence[Sequence[int]]) -> None:
    """Contiguous cue and source; quotations of which the content holds a part taken whole."""
    draft.cue = next(set(run) for run in runs(parse, draft.cue) if draft.head in run)
    named = (run for run in runs(parse, draft.source - draft.cue) if any(parse.is_wordlike[t] for t in run))
    longest: list[int] = max(named, key=lambda run: len(run), default=[])
    draft.source = _with_whole_name(parse, longest) - draft.cue
    taken = draft.cue | draft.source
    content = draft.content - taken
    for number in sorted({parse.quotation[t] for t in content} - {-1}):
        whole = quoted[number]
        inside = len(content.intersection(whole))
        if inside >= SNAP or 2 * inside >= len(whole):
            content.update(whole)
    content -= taken
    draft.content = {t for run in runs(parse, content) if any(parse.is_word(t) for t in run) for t in run}
