"""The estimated tables behind attribution: which words are cues how often, and what speaks for a role."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.lexicons import load_lexicon

ROLES = ("content", "source", "cue", "none", "split")
# In words, so that a feature reads "prior=often": the share of a word's uses in which it was a cue.
PRIORS = ((0.8, "always"), (0.5, "often"), (0.25, "half"), (0.1, "some"), (0.03, "rare"), (0.0, "never"))
INTERCEPT = "always"


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was estimated, ready for look-up by a feature's name."""

    prior: Mapping[str, str]
    cue: Mapping[str, float]
    role: Mapping[str, int]
    role_rows: NDArray[np.float64]

    def cue_probability(self, features: Iterable[str]) -> float:
        """Probability that a word with these features is a cue's head."""
        weight = self.cue
        total = weight[INTERCEPT] + math.fsum(weight[f] for f in set(features) if f in weight)
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0

    def role_scores(self, features: Iterable[str]) -> NDArray[np.float64]:
        """A score for each of `ROLES`; the highest is the role."""
        rows = sorted(self.role[f] for f in {INTERCEPT, *features} if f in self.role)
        scores: NDArray[np.float64] = self.role_rows[rows].sum(axis=0)
        return scores


def prior_name(n_right: int, n_seen: int) -> str:
    """How often a word was a cue, in words.

    Examples
    --------
    >>> prior_name(99, 100), prior_name(1, 100)
    ('always', 'never')
    """
    return next(name for least, name in PRIORS if n_right >= least * n_seen)


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The bundled tables."""
    words = load_lexicon("attribution_words_en").entries
    cue = load_lexicon("attribution_cues_en").entries
    role = load_lexicon("attribution_roles_en").entries
    return Weights(
        prior={
            f"{lemma}:{pos}": prior_name(int(right), int(seen))
            for lemma, pos, seen, right in zip(
                words["pattern"], words["construction"], words["n_seen"], words["n_right"], strict=True
            )
        },
        cue=dict(zip(cue["pattern"], cue["weight"].astype(float), strict=True)),
        role={feature: row for row, feature in enumerate(role["pattern"])},
        role_rows=role[list(ROLES)].replace("", "0").astype(float).to_numpy(),
    )
