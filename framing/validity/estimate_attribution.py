"""Re-estimate the tables of attribution: ``python -m framing.validity.estimate_attribution POLNEAR_FOLDER``.

Every tenth article of the train split, in order of name, is left out of the estimates, so that accuracy can be
measured on articles that nothing was fitted to. Only words, constructions and counts are written, no text.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from framing.language import Parse
from framing.lexicons import seal_lexicon
from framing.measures.attribution.cue_features import candidates, cue_features, known_words
from framing.measures.attribution.role_features import describe_cue, unit_features
from framing.measures.attribution.roles import SPLIT, Unit, start_units, walk
from framing.measures.attribution.seen import Seen
from framing.measures.attribution.weights import ROLES, prior_name
from framing.validity.estimate_choice import second_look
from framing.validity.polnear import GoldAttribution, gold_tokens, read_polnear
from framing.validity.sparse_fits import fit_logistic, pruned

LEXICONS = Path(__file__).parents[1] / "lexicons"
HELD_OUT = 10  # every tenth article
LEAST_CUES = 2  # a word is a candidate of its own when it was a cue that often
STRENGTH = 0.3  # inverse of the regularisation
WHOLE = 0.92  # share of a unit's words in one role that makes the whole unit that role's

Gold = Sequence[tuple[Parse, list[GoldAttribution]]]


def estimate(folder: Path) -> dict[str, pd.DataFrame]:
    """The five tables, estimated from the train split without every tenth article."""
    documents = list(read_polnear(folder, "train"))
    used = [d for i, d in enumerate(documents) if i % HELD_OUT != HELD_OUT - 1]
    gold = [gold_tokens(d) for d in used]
    return {**first_look(gold), **second_look(used, gold, first_look)}


def first_look(gold: Gold) -> dict[str, pd.DataFrame]:
    """The tables that propose attributions: counts of words, weights of cues and of roles."""
    words = word_counts(gold)
    columns = (words[name] for name in ("pattern", "construction", "n_right", "n_seen"))
    prior = {
        f"{word}:{pos}": prior_name(int(right), int(seen)) for word, pos, right, seen in zip(*columns, strict=True)
    }
    return {
        "attribution_words_en": words,
        "attribution_cues_en": cue_weights(gold, prior),
        "attribution_roles_en": role_weights(gold, prior),
    }


def word_counts(gold: Gold) -> pd.DataFrame:
    """How often each word that is sometimes a cue was seen outside of other contents, and was a cue."""
    right, seen = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for parse, attributions in gold:
        heads, content = _heads_and_content(attributions)
        right.update((parse.lemma[t], parse.pos[t]) for t in heads)
        seen.update((parse.lemma[t], parse.pos[t]) for t in range(len(parse)) if t in heads or t not in content)
    rows = [(w, "lemma", p, seen[w, p], n) for (w, p), n in right.items() if n >= LEAST_CUES]
    table = pd.DataFrame(rows, columns=["pattern", "match", "construction", "n_seen", "n_right"])
    return table.sort_values(["pattern", "construction"], ignore_index=True)


def _heads_and_content(attributions: Iterable[GoldAttribution]) -> tuple[set[int], set[int]]:
    attributions = list(attributions)
    heads = {a.head for a in attributions if a.head is not None}
    return heads, set().union(*(a.roles["content"] for a in attributions))


def cue_weights(gold: Gold, prior: dict[str, str]) -> pd.DataFrame:
    """Weights of the features of a cue; words inside another's content are no examples, since nesting hides them."""
    rows, labels = [], []
    for parse, attributions in gold:
        heads, content = _heads_and_content(attributions)
        known = known_words(parse, prior)
        for token in candidates(parse, known):
            if token in heads or token not in content:
                rows.append(cue_features(parse, token, known))
                labels.append(int(token in heads))
    names, counts, weights = fit_logistic(rows, labels, STRENGTH)
    table = pd.DataFrame({"pattern": names, "match": "feature", "weight": weights[0], "n_seen": counts})
    return pruned(table, ["weight"])


def role_weights(gold: Gold, prior: dict[str, str]) -> pd.DataFrame:
    """Weights of the features of a unit for each role."""
    rows, labels = [], []
    for parse, attributions in gold:
        seen = Seen(parse, known_words(parse, prior))
        for attribution in attributions:
            if attribution.head is not None:
                cue = describe_cue(parse, attribution.head)
                for unit, above, role in _gold_units(parse, attribution, attribution.head):
                    rows.append(unit_features(parse, cue, unit, above, seen))
                    labels.append(ROLES.index(role))
    names, counts, weights = fit_logistic(rows, labels, STRENGTH)
    table = pd.DataFrame({"pattern": names, "match": "feature"})
    for role, column in zip(ROLES, weights, strict=True):
        table[role] = column
    table["n_seen"] = counts
    return pruned(table, list(ROLES))


def _gold_units(parse: Parse, attribution: GoldAttribution, head: int) -> Iterable[tuple[Unit, str, str]]:
    def decide(unit: Unit, above: str, may_split: bool) -> str:
        tokens = unit.tokens(parse)
        words = [t for t in tokens if parse.pos[t] != "PUNCT"] or tokens
        counts = {role: sum(t in part for t in words) for role, part in attribution.roles.items()}
        best = max(counts, key=lambda role: counts[role])
        if not counts[best]:
            return "none"
        return best if counts[best] >= WHOLE * len(words) or not may_split else SPLIT

    return walk(parse, list(start_units(parse, head)), decide)


def main() -> None:
    """Write the tables into the package's lexicons."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, help="the folder of PolNeAR that holds data/")
    for name, table in estimate(arguments.parse_args().folder).items():
        path = LEXICONS / f"{name}.csv"
        table.to_csv(path, index=False, lineterminator="\n")
        seal_lexicon(path)
        print(f"{path.name}: {len(table):,} rows")


if __name__ == "__main__":
    main()
