"""Learn the weights of tone towards targets from NewsMTSC's training part and write them as a table.

usage: python -m framing.validity.estimate_targets FOLDER [--cross-validate]    FOLDER: has NewsMTSC's train.jsonl
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from framing.corpus.datasets.newsmtsc import read_lines
from framing.language.parsing import parse_text
from framing.lexicons.loading import FOLDER as LEXICONS
from framing.lexicons.loading import seal_lexicon
from framing.measures.target_features import Features, is_name, target_features, tokens_of, view_sentence
from framing.measures.targets import CLASSES, LABELS, TABLE, as_target_weights

NEUTRAL, STEP = 4, 2  # NewsMTSC's scale: 2 negative, 4 neutral, 6 positive
INTERCEPT = "always"
LEAST_SEEN = 3  # mentions
STRENGTH = 0.03  # inverse of the regularisation; chosen by cross-validation, like LEAST_SEEN
LEAST_WEIGHT = 0.01  # rows whose weights are all smaller are left out
DECIMALS = 3
FOLDS = 5

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A mention with its label, the article that it comes from, and the names in its sentence in lower case."""

    features: Features
    label: int
    article: str
    names: frozenset[str]


def main() -> None:
    """Read the folder named on the command line, learn, and write the bundled table anew."""
    parser = argparse.ArgumentParser(description="Learn the weights of tone towards targets anew.")
    parser.add_argument("folder", type=Path, help="has NewsMTSC's train.jsonl")
    parser.add_argument("--cross-validate", action="store_true", help="print accuracy, fivefold by article")
    arguments = parser.parse_args()
    examples = read_examples(arguments.folder / "train.jsonl")
    if arguments.cross_validate:
        predicted = cross_validated(examples)
        print(f"macro-F1 {macro_f1([e.label for e in examples], predicted):.3f} of {len(examples)} mentions")
    table = estimate_targets(examples)
    path = LEXICONS / f"{TABLE}.csv"
    table.to_csv(path, index=False, lineterminator="\n")
    seal_lexicon(path)
    print(f"{len(table)} rows in {path.name}")


def read_examples(path: Path) -> list[Example]:
    """Mentions of NewsMTSC with their features, each place once."""
    found: dict[tuple[str, int, int], Example] = {}
    for row in read_lines(path):
        parse = parse_text(row["sentence_normalized"])
        # "allsides_1000_401_25_Reality Leigh Winner_0_6": corpus, event, article, sentence, name, offsets
        article = "_".join(row["primary_gid"].split("_")[:3])
        for target in row["targets"]:
            start, end = target["from"], target["to"]
            tokens = tokens_of(parse, start, end)
            if tokens is not None:
                view = view_sentence(parse, parse.sentence[tokens[0]])
                features = target_features(view, tokens[0], min(tokens[1], view.beyond - 1))
                label = int(target["polarity"] - NEUTRAL) // STEP
                tokens_there = range(view.first, view.beyond)
                names = frozenset(parse.lower[t] for t in tokens_there if is_name(parse, t))
                found.setdefault((parse.text, start, end), Example(features, label, article, names))
    return list(found.values())


def estimate_targets(examples: Sequence[Example]) -> pd.DataFrame:
    """Learn how much each feature says for each label.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    pandas.DataFrame
        `pattern` (the feature's name), `match`, `negative, neutral, positive` (its weight in the log-odds of each
        label, times its value where it has one) and `n_seen` (mentions), sorted by name.
    """
    seen = Counter(name for example in examples for name in _names(example.features))
    mostly_names = _mostly_names(examples, seen)
    names = sorted(
        name for name, n in seen.items() if n >= LEAST_SEEN and name != INTERCEPT and word_of(name) not in mostly_names
    )
    labels = np.array([example.label for example in examples])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(_matrix(examples, names), labels)
    weights = np.vstack([model.intercept_, model.coef_.T])
    table = pd.DataFrame({"pattern": [INTERCEPT, *names], "match": "feature"})
    table[list(CLASSES)] = weights.round(DECIMALS) + 0.0  # no -0.0
    table["n_seen"] = [len(examples), *(seen[name] for name in names)]
    kept = (table[list(CLASSES)].abs().max(axis=1) >= LEAST_WEIGHT) | (table["pattern"] == INTERCEPT)
    return table[kept].sort_values("pattern", ignore_index=True)


def cross_validated(examples: Sequence[Example]) -> Numbers:
    """Labels of examples by tables that were estimated on other articles."""
    articles = sorted({example.article for example in examples})
    fold = dict(zip(articles, np.random.default_rng(0).permutation(len(articles)) % FOLDS, strict=True))
    predicted = np.zeros(len(examples), dtype=np.int64)
    for number in range(FOLDS):
        weights = as_target_weights(estimate_targets([e for e in examples if fold[e.article] != number]))
        for place, example in enumerate(examples):
            if fold[example.article] == number:
                predicted[place] = LABELS[int(weights.probabilities(example.features).argmax())]
    return predicted


def macro_f1(gold: Sequence[int], predicted: Sequence[int] | Numbers) -> float:
    """F1 of each label, averaged.

    Examples
    --------
    >>> round(macro_f1([1, 0, -1, -1], [1, 0, -1, 0]), 3)
    0.778
    """
    pairs = Counter(zip(map(int, gold), map(int, predicted), strict=True))
    each = []
    for label in LABELS:
        marked = sum(n * ((g == label) + (p == label)) for (g, p), n in pairs.items())
        each.append(2 * pairs[label, label] / marked if marked else 0.0)
    return sum(each) / len(LABELS)


def word_of(feature: str) -> str:
    """Word that a feature's name ends with; the name itself when it holds none.

    Examples
    --------
    >>> word_of("<nsubj >dobj=not help"), word_of("tone+ near")
    ('help', 'tone+ near')
    """
    return feature.rsplit("=", 1)[-1].removeprefix("not ")


def _mostly_names(examples: Sequence[Example], seen: Mapping[str, int]) -> set[str]:
    """Words that are names more often than not: the tagger takes one for a word now and then ("Trump said")."""
    named = Counter(name for example in examples for name in example.names)
    kinds = ("word", "previous", "next")
    return {word for word, n in named.items() if n > sum(seen[f"{kind}={word}"] for kind in kinds)}


def _names(features: Features) -> set[str]:
    return {*features.names, *(name for name, _ in features.values)}


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> csr_matrix:
    column = {name: number for number, name in enumerate(names)}
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for example in examples:
        for name, value in (*((name, 1.0) for name in example.features.names), *example.features.values):
            if name in column:
                columns.append(column[name])
                values.append(value)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(examples), len(names)))


if __name__ == "__main__":
    main()
