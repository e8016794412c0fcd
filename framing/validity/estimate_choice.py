"""Estimate which of a cue's drafts to choose and whether to accept it, from drafts of articles that were left out."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.linear_model import LogisticRegression

from framing.language import Parse
from framing.measures.attribution.acceptance import acceptance_features
from framing.measures.attribution.assembly import choose, finish, propose
from framing.measures.attribution.cue_features import known_words
from framing.measures.attribution.drafts import Draft, by_sentence
from framing.measures.attribution.finding import spans_of
from framing.measures.attribution.shape import shape_features
from framing.measures.attribution.weights import COST, Weights, as_weights
from framing.validity.attribution_accuracy import closeness, is_linked
from framing.validity.polnear import Document, GoldAttribution
from framing.validity.sparse_fits import LEAST_SEEN, LEAST_WEIGHT, fit_logistic, pruned, yes_or_no

FOLDS = 3  # learnt from drafts of tables that were estimated without their articles
STRENGTH_OF_CHOICE = 0.3
STRENGTH_OF_ACCEPTANCE = 0.05
LEAST_WEIGHT_OF_ACCEPTANCE = 0.05
AS_GOOD = 0.05  # a draft that is less worse than this than the best one of its cue is no example against it

Gold = Sequence[tuple[Parse, list[GoldAttribution]]]
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class _Proposals:
    """What the tables of a fold proposed for an article that they hadn't seen."""

    document: Document
    parse: Parse
    gold: list[GoldAttribution]
    known: list[str]
    weights: Weights
    drafts: list[list[Draft]]
    features: list[list[list[str]]]  # of the shape, for each draft of each cue


def second_look(documents: Sequence[Document], gold: Gold, first_look: Callable[[Gold], Tables]) -> Tables:
    """The tables of choice and of acceptance; acceptance is learnt from choices of the other half of the articles."""
    proposals = propose_unseen(documents, gold, first_look)
    chosen = []
    for half in range(2):
        choice = choice_weights([p for i, p in enumerate(proposals) if i % 2 != half])
        chosen += [(p, _chosen(p, choice)) for p in proposals[half::2]]
    return {
        "attribution_choice_en": choice_weights(proposals),
        "attribution_acceptance_en": acceptance_weights(chosen),
    }


def propose_unseen(documents: Sequence[Document], gold: Gold, first_look: Callable[[Gold], Tables]) -> list[_Proposals]:
    """Drafts for each article from tables that were estimated without it."""
    proposals = []
    for fold in range(FOLDS):
        weights = as_weights(first_look([g for i, g in enumerate(gold) if i % FOLDS != fold]))
        for document, (parse, attributions) in list(zip(documents, gold, strict=True))[fold::FOLDS]:
            proposals.append(_proposals(document, parse, attributions, weights))
    return proposals


def _proposals(document: Document, parse: Parse, gold: list[GoldAttribution], weights: Weights) -> _Proposals:
    known = known_words(parse, weights.prior)
    drafts = propose(parse, weights, known)
    near = by_sentence(parse, (alternatives[0] for alternatives in drafts))
    features = [
        [shape_features(parse, d, near[parse.sentence[d.head]], known) for d in alternatives] for alternatives in drafts
    ]
    return _Proposals(document, parse, gold, known, weights, drafts, features)


def _chosen(proposals: _Proposals, choice: pd.DataFrame) -> list[Draft]:
    preferences = dict(zip(choice["pattern"], choice["weight"], strict=True))
    weights = replace(proposals.weights, choice=preferences)
    return choose(proposals.parse, proposals.drafts, weights, proposals.known)


def choice_weights(proposals: Sequence[_Proposals]) -> pd.DataFrame:
    """Weights of what tells the best draft of a cue from each worse one, learnt from their differences."""
    cues = [
        (drafts, features, values)
        for p in proposals
        for drafts, features in zip(p.drafts, p.features, strict=True)
        if len(drafts) > 1 and (values := _values(p, drafts))
    ]
    seen = Counter(f for _, features, _ in cues for row in features for f in set(row))
    names = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    differences, costs, importance = [], [], []
    for drafts, features, values in cues:
        rows = yes_or_no(features, names)
        best = int(np.argmax(values))
        worse = [i for i, value in enumerate(values) if values[best] - value > AS_GOOD]
        for i in worse:
            differences.append(rows[best] - rows[i])
            costs.append(drafts[best].cost - drafts[i].cost)
            importance.append(min(1.0, values[best] - values[i]) / len(worse) ** 0.5)
    matrix = hstack([csr_matrix(np.array(costs)[:, None]), vstack(differences)]).tocsr()
    sides = np.where(np.arange(len(costs)) % 2, 1.0, -1.0)  # better less worse or worse less better, in turn
    model = LogisticRegression(C=STRENGTH_OF_CHOICE, fit_intercept=False, max_iter=300)
    model.fit(diags(sides) @ matrix, sides > 0, sample_weight=np.array(importance))
    table = pd.DataFrame({"pattern": [COST, *names], "match": "feature", "weight": model.coef_[0].astype(float)})
    table["n_seen"] = [len(cues), *(seen[n] for n in names)]
    table = table[(table["weight"].abs() >= LEAST_WEIGHT) | (table["pattern"] == COST)]
    return table.round({"weight": 2}).sort_values("pattern", ignore_index=True)


def _values(proposals: _Proposals, drafts: Iterable[Draft]) -> list[float]:
    """How good each draft of a cue is against the gold attribution of that cue; empty without one."""
    pairs = zip(proposals.gold, proposals.document.attributions, strict=True)
    text, values = proposals.document.text, []
    gold = []
    for tokens, spans in pairs:
        if not tokens.roles["cue"] or any(d.head in tokens.roles["cue"] for d in drafts):
            gold.append(spans)
    if not gold:
        return []
    for draft in drafts:
        done = finish(proposals.parse, [deepcopy(draft)])
        values.append(max((closeness(g, spans_of(proposals.parse, d), text) for d in done for g in gold), default=0.0))
    return values


def acceptance_weights(chosen: Iterable[tuple[_Proposals, list[Draft]]]) -> pd.DataFrame:
    """Weights of the features of a chosen draft being one that people marked."""
    rows, labels = [], []
    for p, drafts in chosen:
        near = by_sentence(p.parse, drafts)
        rows += [acceptance_features(p.parse, d, near[p.parse.sentence[d.head]], p.known) for d in drafts]
        labels += [int(_is_right(p, draft)) for draft in drafts]
    names, counts, fitted = fit_logistic(rows, labels, STRENGTH_OF_ACCEPTANCE)
    table = pd.DataFrame({"pattern": names, "match": "feature", "weight": fitted[0], "n_seen": counts})
    return pruned(table, ["weight"], LEAST_WEIGHT_OF_ACCEPTANCE)


def _is_right(proposals: _Proposals, draft: Draft) -> bool:
    """Whether the draft, finished on its own, would be linked to an attribution of the gold."""
    return any(
        is_linked(gold, spans_of(proposals.parse, done), proposals.document.text)
        for done in finish(proposals.parse, [deepcopy(draft)])
        for gold in proposals.document.attributions
    )
