"""The parts around a cue given their roles, in the likeliest way and in others that come close to it."""

from collections.abc import Mapping, Sequence

from framing.language import Parse
from framing.measures.attribution.cue_features import subject_of
from framing.measures.attribution.drafts import Draft
from framing.measures.attribution.role_features import describe_cue, unit_groups
from framing.measures.attribution.roles import NONE, SPLIT, Unit, start_units, walk
from framing.measures.attribution.seen import Seen
from framing.measures.attribution.weights import ROLES, Weights

RAISING = {"appear", "seem"}
MARGIN = 3.0  # a role that scores that much less than the best is no alternative
LONGEST = 200  # tokens; a longer sentence is a list or lacks punctuation, and is read in the likeliest way only
MOST = 8  # alternatives of one cue besides the likeliest


def alternatives(parse: Parse, head: int, probability: float, weights: Weights, seen: Seen) -> list[Draft]:
    """The likeliest draft and, for each close decision on a role, the one with that decision taken the other way.

    "Ann said it rains, arguing that …": whether *arguing* belongs to what she said is a close decision, and only the
    whole tells.
    """
    decisions = _Decisions(parse, head, weights, seen)
    drafts = [decisions.draft(probability)]
    first, beyond = parse.sentences[parse.sentence[head]]
    if beyond - first > LONGEST:
        return drafts
    for cost, unit, role in decisions.close()[:MOST]:
        draft = decisions.draft(probability, unit, role)
        draft.cost = cost
        if not any((draft.source, draft.cue, draft.content) == (d.source, d.cue, d.content) for d in drafts):
            drafts.append(draft)
    return drafts


class _Decisions:
    """The roles of the units around one cue, each reckoned once."""

    def __init__(self, parse: Parse, head: int, weights: Weights, seen: Seen) -> None:
        self._parse, self._head, self._weights, self._seen = parse, head, weights, seen
        self._cue = describe_cue(parse, head)
        self._units = list(start_units(parse, head))
        self._scores: dict[tuple[Unit, str, bool], Sequence[float]] = {}
        self._best: dict[tuple[Unit, str, bool], int] = {}
        self._given: dict[Unit, str] = {}  # the likeliest role of each
        self._likeliest: dict[str, set[int]] = {}

    def draft(self, probability: float, forced: Unit | None = None, wanted: str = "") -> Draft:
        """The likeliest draft, or the one in which the unit `forced` has the role `wanted`."""
        given = self._given.get(forced) if forced else None
        if given is None or SPLIT in (given, wanted) or forced is None or forced.alone:
            return self._complete(self._walked(forced, wanted), probability)
        # Nothing hangs on the role of a unit that is taken whole both times: only its own tokens change.
        found = {role: set(tokens) for role, tokens in self._likeliest.items()}
        tokens = forced.tokens(self._parse)
        if given != NONE:
            found[given].difference_update(tokens)
        if wanted != NONE:
            found[wanted].update(tokens)
        return self._complete(found, probability)

    def _walked(self, forced: Unit | None, wanted: str) -> dict[str, set[int]]:
        """The tokens of each role."""
        best = self._best

        def decide(unit: Unit, above: str, may_split: bool) -> str:
            if unit is forced and (may_split or wanted != SPLIT):
                return wanted
            known = best.get((unit, above, may_split))
            return ROLES[self._decide(unit, above, may_split) if known is None else known]

        parse = self._parse
        found: dict[str, set[int]] = {role: set() for role in ROLES}
        for unit, _, role in walk(parse, self._units, decide):
            if forced is None:
                self._given[unit] = role
            if role not in (NONE, SPLIT):
                found[role].update(unit.tokens(parse))
        if forced is None:
            self._likeliest = found
        return found

    def close(self) -> list[tuple[float, Unit, str]]:
        """Roles that were almost given so far, and what giving them would have cost, the cheapest first."""
        close = [
            (scores[best] - score, unit.top, unit.alone, role, unit)
            for (key, best), scores in zip(self._best.items(), self._scores.values(), strict=True)
            if self._parse.pos[(unit := key[0]).top] != "PUNCT"
            for role, score in zip(ROLES, scores, strict=False)  # a unit that can't be split has no score for it
            if scores[best] - score < MARGIN and role != ROLES[best]
        ]
        return [(cost, unit, role) for cost, _, _, role, unit in sorted(close, key=lambda row: row[:4])]

    def _decide(self, unit: Unit, above: str, may_split: bool) -> int:
        given = self._weights.role_scores(unit_groups(self._parse, self._cue, unit, above, self._seen))
        scores: Sequence[float] = given if may_split else given[:-1]
        key = (unit, above, may_split)
        self._scores[key] = scores
        self._best[key] = best = scores.index(max(scores))
        return best

    def _complete(self, found: Mapping[str, set[int]], probability: float) -> Draft:
        parse, head, cue = self._parse, self._head, found["cue"] | {self._head}
        if seems_to(parse, head, self._seen.known):  # "appeared to deny": the cue is all of it, and it is surely one
            probability = max(probability, 0.5)
            above = parse.head[head]
            cue |= {t for t in range(above, head + 1) if parse.head[t] in (head, above)}
        draft = Draft(head, probability, found["source"], cue, found["content"])
        if not draft.source:
            draft.source = _shared_subject(parse, head) - draft.content - draft.cue
        return draft


def seems_to(parse: Parse, head: int, known: Sequence[str]) -> bool:
    """Whether `head` is what somebody seemed to do by words: "Putin appeared to deny that …" is a denial of his."""
    above = parse.lemma[parse.head[head]]
    return parse.dep[head] == "xcomp" and above in RAISING and is_often_a_cue(known, head)


def is_often_a_cue(known: Sequence[str], token: int) -> bool:
    """Whether the token's word was a cue in at least half of its uses."""
    return known[token] in ("always", "often")


def _shared_subject(parse: Parse, head: int) -> set[int]:
    """The subject a verb shares with the one it hangs on: "the mayor resigned, blaming her deputy"."""
    if parse.pos[head] != "VERB" or parse.dep[head] not in ("conj", "xcomp", "advcl"):
        return set()
    if parse.child(head, "auxpass") is not None:
        return set()
    subject = subject_of(parse, head)
    return set() if subject is None else set(parse.subtree(subject))
