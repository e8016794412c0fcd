"""The estimated tables behind attribution: which words are cues how often, and what speaks for a role."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from framing.lexicons import load_lexicon

ROLES = ("content", "source", "cue", "none", "split")
# In words, so that a feature reads "prior=often": the share of a word's uses in which it was a cue.
PRIORS = ((0.8, "always"), (0.5, "often"), (0.25, "half"), (0.1, "some"), (0.03, "rare"), (0.0, "never"))
INTERCEPT = "always"
# How many words of a role feature's name are the beginning that it shares with others, where it is more than one.
BEGINNINGS = {"path": 2, "word": 3, "opening": 2, "tail": 3, "dep": 2}
COST = "cost"  # the weight of a draft's cost, which is a number and no yes or no
TABLES = (
    "attribution_words_en",
    "attribution_cues_en",
    "attribution_roles_en",
    "attribution_choice_en",
    "attribution_acceptance_en",
)


Row = tuple[float, float, float, float, float]  # of `ROLES`


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was estimated, ready for look-up by a feature's name."""

    prior: Mapping[str, str]
    cue: Mapping[str, float]
    choice: Mapping[str, float]
    accept: Mapping[str, float]
    role: Mapping[str, Mapping[str, Row]]

    def cue_probability(self, features: Iterable[str]) -> float:
        """Probability that a word with these features is a cue's head."""
        return _probability(self.cue, features)

    def preference(self, features: Iterable[str], cost: float) -> float:
        """What speaks for a draft with these features against another one of the same cue."""
        return cost * self.choice.get(COST, -1.0) + _sum(self.choice, features)

    def acceptance(self, features: Iterable[str]) -> float:
        """Probability that a drafted attribution with these features is one."""
        return _probability(self.accept, features)

    def role_scores(self, groups: Iterable[tuple[str, Iterable[str]]]) -> Row:
        """A score for each of `ROLES`; the highest is the role. Features come in groups that begin alike."""
        content, source, cue, none, split = self.role[INTERCEPT][""]
        for beginning, rests in groups:
            rows = self.role.get(beginning)
            if rows is not None:
                for rest in rests:
                    row = rows.get(rest)
                    if row is not None:
                        content += row[0]
                        source += row[1]
                        cue += row[2]
                        none += row[3]
                        split += row[4]
        return content, source, cue, none, split


def beginning(name: str) -> tuple[str, str]:
    """The part of a role feature's name that it shares with others, and the rest.

    Examples
    --------
    >>> beginning("path=dobj after size=1"), beginning("path=dobj above=start"), beginning("cue_quoted=True quoted=no")
    (('path=dobj after', 'size=1'), ('path=dobj', 'above=start'), ('cue_quoted=True', 'quoted=no'))
    """
    words = name.split(" ")
    n = BEGINNINGS.get(words[0].partition("=")[0], 1)
    short_word = words[0].startswith("word=") and len(words) <= n
    if short_word or (words[0].startswith("path=") and words[1].startswith("above=")):
        n = 1
    return " ".join(words[:n]), " ".join(words[n:])


def _probability(weight: Mapping[str, float], features: Iterable[str]) -> float:
    total = weight[INTERCEPT] + _sum(weight, features)
    return 1 / (1 + math.exp(-total)) if total > -700 else 0.0


def _sum(weight: Mapping[str, float], features: Iterable[str]) -> float:
    """The weights of features, each counted once, of which those without a weight say nothing."""
    return math.fsum(filter(None, map(weight.get, set(features))))


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
    return as_weights({name: load_lexicon(name).entries for name in TABLES})


def as_weights(tables: Mapping[str, pd.DataFrame]) -> Weights:
    """Tables made ready for look-up; without those of choice and acceptance they can only propose."""
    words, role = tables["attribution_words_en"], tables["attribution_roles_en"]
    counted = (words[name] for name in ("pattern", "construction", "n_right", "n_seen"))
    return Weights(
        prior={
            f"{word}:{pos}": prior_name(int(right), int(seen)) for word, pos, right, seen in zip(*counted, strict=True)
        },
        cue=_by_feature(tables["attribution_cues_en"]),
        choice=_by_feature(tables["attribution_choice_en"]) if "attribution_choice_en" in tables else {},
        accept=_by_feature(tables["attribution_acceptance_en"]) if "attribution_acceptance_en" in tables else {},
        role=_by_beginning(role),
    )


def _by_feature(table: pd.DataFrame) -> dict[str, float]:
    return dict(zip(table["pattern"], table["weight"].astype(float), strict=True))


def _by_beginning(table: pd.DataFrame) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    columns = (table[role].astype(float).tolist() for role in ROLES)
    for name, *row in zip(table["pattern"], *columns, strict=True):
        first, rest = beginning(name)
        content, source, cue, none, split = row
        found.setdefault(first, {})[rest] = (content, source, cue, none, split)
    return found
