"""Learn the weights of news tone from NewsMTSC's training part and write them as a table.

usage: python -m framing.validity.estimate_tone FOLDER    FOLDER: has NewsMTSC's train.jsonl
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from framing.errors import InputError
from framing.language.parse import Parse
from framing.language.parsing import parse_text
from framing.lexicons.loading import FOLDER as LEXICONS
from framing.lexicons.loading import seal_lexicon
from framing.measures.news_tone import (
    Key,
    class_of,
    context_factor,
    contrast,
    key_of,
    negation_of,
    never_counts,
    prior_weight,
)
from framing.measures.vader import NORMALIZATION

CLASSES = [kind + sign for kind in "NVJR" for sign in "+-"]
NEUTRAL, STEP = 4.0, 2.0  # NewsMTSC's scale: 2 negative, 4 neutral, 6 positive
# Words that say nothing of their own; what they would learn is the topic of their sentences.
EMPTY = frozenset(
    {"be", "have", "do", "say", "tell", "go", "get", "make", "take", "come", "use", "call", "name", "face"}
    | {"first", "second", "third", "former", "next", "last", "other", "many", "several", "own", "new"}
)
LEARNT = ("VERB", "ADJ")  # beyond the lexicons, and adverbs in -ly: they say how; nouns name the topic
MIN_SEEN, MIN_SEEN_RATED = 4, 2  # sentences
PENALTY, PENALTY_RATED, PENALTY_CLASS = 2.0, 1.0, 20.0  # chosen on NewsMTSC by cross-validation
SMALLEST_RATED = 0.2  # a rated word nearer to 0 counts as none
SMALLEST = 0.5  # a learnt weight nearer to 0 says more of topics than of tone, and is left out

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence as the estimation sees it."""

    key: Key
    prior: float
    factor: float


def main() -> None:
    """Read the folder named on the command line, learn, and write the bundled table anew."""
    parser = argparse.ArgumentParser(description="Learn the weights of news tone anew.")
    parser.add_argument("folder", type=Path, help="has NewsMTSC's train.jsonl")
    texts, labels = read_labels(parser.parse_args().folder / "train.jsonl")
    table = estimate_tone([parse_text(text) for text in texts], labels)
    path = LEXICONS / "news_tone_en.csv"
    table.to_csv(path, index=False, lineterminator="\n")
    seal_lexicon(path)
    print(f"{len(table)} rows in {path.name}")


def read_labels(path: Path) -> tuple[list[str], Floats]:
    """Sentences of NewsMTSC, each with the mean of its targets' labels from -1 to 1: a weak label of its tone."""
    if not path.exists():
        raise InputError(f"there is no file {str(path)!r}; give the folder that holds NewsMTSC's train.jsonl.")
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    labels = [np.mean([(target["polarity"] - NEUTRAL) / STEP for target in row["targets"]]) for row in rows]
    return [row["sentence_normalized"] for row in rows], np.array(labels, dtype=float)


def estimate_tone(parses: Sequence[Parse], labels: Floats) -> pd.DataFrame:
    """Learn how much each word weighs in news.

    A sentence's label is fitted by the normalised sum of its words' weights. A word of the lexicons starts from its
    rating times a factor of its class, every other verb, adjective and adverb from 0, and a penalty holds all weights
    near where they start.

    Parameters
    ----------
    parses : sequence of Parse
        One text a label; its sentences are taken together.
    labels : array
        From -1 to 1.

    Returns
    -------
    pandas.DataFrame
        `pattern, match, pos, weight, prior, n_seen, n_positive, n_negative, note`, sorted; a row of match ``class``
        is the factor for rated words without a row of their own, and `n_` count sentences.
    """
    sentences = [_words_of(parse) for parse in parses]
    keys, priors = _vocabulary(sentences)
    classes, words = _matrices(sentences, keys, priors)
    factors, changes = _fit(classes, words, labels, np.array([bool(priors[key]) for key in keys]))
    factors, changes = np.round(factors, 2), np.round(changes, 2)
    by_class = dict(zip(CLASSES, factors.tolist(), strict=True))
    seen = words.astype(bool).T.tocsr()
    counts = np.column_stack([seen.sum(axis=1), seen @ (labels > 0).astype(float), seen @ (labels < 0).astype(float)])
    rows = [
        (name, "class", "", factor, "", *("",) * 3, "times the prior weight of words without a row")
        for name, factor in by_class.items()
    ]
    for key, change, count in zip(keys, changes.tolist(), counts.astype(int).tolist(), strict=True):
        prior = priors[key]
        weight = prior * by_class[class_of(key, prior)] + change if prior else change
        weight = weight if abs(weight) >= SMALLEST_RATED else 0.0
        if prior or abs(weight) >= SMALLEST:
            rows.append((key[0], "lemma", key[1], round(weight, 2), round(prior, 2) if prior else "", *count, ""))
    columns = ["pattern", "match", "pos", "weight", "prior", "n_seen", "n_positive", "n_negative", "note"]
    return pd.DataFrame(rows, columns=columns).sort_values(["pattern", "pos"], ignore_index=True)


def _words_of(parse: Parse) -> list[Word]:
    found = []
    for number in range(len(parse.sentences)):
        turn = contrast(parse, number)
        for token in range(*parse.sentences[number]):
            prior = prior_weight(parse, token)
            if never_counts(parse, token) or not (prior or _may_be_learnt(parse, token)):
                continue
            factor = context_factor(parse, token, turn, negation_of(parse, token))
            found.append(Word(key_of(parse, token), prior, factor))
    return found


def _may_be_learnt(parse: Parse, token: int) -> bool:
    word = parse.word[token]
    # In lower case: "Russian" says where, not how.
    plain = len(word) > 2 and word.replace("-", "").isalpha() and word.isascii() and word.islower()
    kind = parse.pos[token]
    return plain and (kind in LEARNT or (kind == "ADV" and word.endswith("ly"))) and parse.lemma[token] not in EMPTY


def _vocabulary(sentences: Sequence[Sequence[Word]]) -> tuple[list[Key], dict[Key, float]]:
    """Keys seen often enough, sorted, and each one's prior weight: the mean over its forms as they occurred."""
    ratings: dict[Key, list[float]] = {}
    for sentence in sentences:
        for word in sentence:
            ratings.setdefault(word.key, []).append(word.prior)
    priors = {key: float(np.mean(found)) for key, found in ratings.items()}
    seen = Counter(key for sentence in sentences for key in {word.key for word in sentence})
    return sorted(k for k, n in seen.items() if n >= (MIN_SEEN_RATED if priors[k] else MIN_SEEN)), priors


def _matrices(
    sentences: Sequence[Sequence[Word]], keys: Sequence[Key], priors: dict[Key, float]
) -> tuple[Floats, csr_matrix]:
    """Rated evidence by class, and each word's factor, a row a sentence."""
    column = {key: number for number, key in enumerate(keys)}
    classes = np.zeros((len(sentences), len(CLASSES)))
    cells: list[tuple[float, int, int]] = []
    for row, sentence in enumerate(sentences):
        for word in sentence:
            prior = priors[word.key] if word.key in column else word.prior
            if prior:
                classes[row, CLASSES.index(class_of(word.key, prior))] += word.factor * prior
            if word.key in column:
                cells.append((word.factor, row, column[word.key]))
    values, rows, columns = zip(*cells, strict=True)
    return classes, csr_matrix((values, (rows, columns)), shape=(len(sentences), len(keys)))


def _fit(classes: Floats, words: csr_matrix, labels: Floats, rated: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Factors of the classes (held near 1) and changes of the words (held near 0) that fit the labels best."""
    n = len(CLASSES)
    penalty = np.where(rated, PENALTY_RATED, PENALTY)

    def loss(values: Floats) -> tuple[float, Floats]:
        factors, changes, base = values[:n], values[n:-1], values[-1]
        total = classes @ factors + words @ changes + base
        scale = np.sqrt(total * total + NORMALIZATION)
        error = total / scale - labels
        slope = error * NORMALIZATION / scale**3
        cost = error @ error + penalty @ changes**2 + PENALTY_CLASS * ((factors - 1) ** 2).sum()
        gradient = [
            classes.T @ slope + PENALTY_CLASS * (factors - 1),
            words.T @ slope + penalty * changes,
            [slope.sum()],
        ]
        return 0.5 * float(cost), np.concatenate(gradient)

    start = np.concatenate([np.ones(n), np.zeros(words.shape[1] + 1)])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    # The base is how news leans when nothing matches; a score is 0 then, so that it isn't kept.
    return best[:n], best[n:-1]


if __name__ == "__main__":
    main()
