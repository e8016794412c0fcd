"""The parts around a cue given their roles, in the likeliest way and in others that come close to it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from framing.language import Parse
from framing.measures.attribution.cue_features import subject_of
from framing.measures.attribution.drafts import Draft
from framing.measures.attribution.roles import NONE, SPLIT, Unit, unit_features, walk
from framing.measures.attribution.weights import ROLES, Weights

RAISING = {"appear", "seem"}
MARGIN = 3.0  # a role that scores that much less than the best is no alternative
LONGEST = 200  # tokens; a longer sentence is a list or lacks punctuation, and is read in the likeliest way only
MOST = 8  # alternatives of one cue besides the likeliest

Place = tuple[int, bool]  # a unit around a given cue: its top word, and whether it stands alone


def alternatives(parse: Parse, head: int, probability: float, weights: Weights, known: Sequence[str]) -> list[Draft]:
    """The likeliest draft and, for each close decision on a role, the one with that decision taken the other way.

    "Ann said it rains, arguing that …": whether *arguing* belongs to what she said is a close decision, and only the
    whole tells.
    """
    scores = _Scores(parse, head, weights, known)
    likeliest, close = scores.draft({}, probability)
    drafts = [likeliest]
    first, beyond = parse.sentences[parse.sentence[head]]
    if beyond - first > LONGEST:
        return drafts
    for cost, place, role in sorted(close)[:MOST]:
        draft, _ = scores.draft({place: role}, probability)
        draft.cost = cost
        if not any((draft.source, draft.cue, draft.content) == (d.source, d.cue, d.content) for d in drafts):
            drafts.append(draft)
    return drafts


class _Scores:
    """The scores of the units around one cue, each reckoned once."""

    def __init__(self, parse: Parse, head: int, weights: Weights, known: Sequence[str]) -> None:
        self._parse, self._head, self._weights, self._known = parse, head, weights, known
        self._scores: dict[tuple[Place, str], NDArray[np.float64]] = {}

    def draft(self, forced: Mapping[Place, str], probability: float) -> tuple[Draft, list[tuple[float, Place, str]]]:
        """A draft with some roles forced, and the decisions that were close: what the other role costs."""
        parse = self._parse
        close: list[tuple[float, Place, str]] = []

        def decide(unit: Unit, above: str, may_split: bool) -> str:
            place = (unit.top, unit.alone)
            scores = self._of(unit, above)[: None if may_split else -1]
            best = int(scores.argmax())
            if parse.pos[unit.top] != "PUNCT":
                costs = scores[best] - scores
                close.extend((float(c), place, ROLES[i]) for i, c in enumerate(costs) if i != best and c < MARGIN)
            wanted = forced.get(place)
            return wanted if wanted is not None and (may_split or wanted != SPLIT) else ROLES[best]

        found: dict[str, set[int]] = {role: set() for role in ROLES}
        for unit, _, role in walk(parse, self._head, decide):
            if role not in (NONE, SPLIT):
                found[role].update(unit.tokens(parse))
        return self._complete(found, probability), close

    def _of(self, unit: Unit, above: str) -> NDArray[np.float64]:
        key = ((unit.top, unit.alone), above)
        scores = self._scores.get(key)
        if scores is None:
            features = unit_features(self._parse, self._head, unit, above, self._known)
            scores = self._scores[key] = self._weights.role_scores(features)
        return scores

    def _complete(self, found: Mapping[str, set[int]], probability: float) -> Draft:
        parse, head, cue = self._parse, self._head, found["cue"] | {self._head}
        if seems_to(parse, head, self._known):  # "appeared to deny": the cue is all of it, and it is surely one
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
