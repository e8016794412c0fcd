"""Learn the weights of news tone from NewsMTSC's training part and write them as a table.

usage: python -m framing.validity.estimate_tone FOLDER [--cross-validate]    FOLDER: has NewsMTSC's train.jsonl
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from framing.corpus.datasets.newsmtsc import read_lines
from framing.language.parse import Parse
from framing.language.parsing import parse_text
from framing.lexicons.loading import FOLDER as LEXICONS
from framing.lexicons.loading import seal_lexicon
from framing.measures.news_tone import (
    context_factor,
    key_of,
    negation_of,
    never_counts,
    tone_score,
    tone_words,
    view_tone,
)
from framing.measures.tone_model import (
    PHRASE,
    SIGNS,
    Key,
    ToneModel,
    as_tone_weights,
    class_of,
    load_tone_model,
)

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
FOLDS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence as the estimation sees it."""

    key: Key
    prior: float
    factor: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """Parsed texts with their labels from -1 to 1, and the articles that they come from."""

    parses: list[Parse]
    labels: Floats
    articles: list[str]


def main() -> None:
    """Read the folder named on the command line, learn, and write the bundled table anew."""
    parser = argparse.ArgumentParser(description="Learn the weights of news tone anew.")
    parser.add_argument("folder", type=Path, help="has NewsMTSC's train.jsonl")
    parser.add_argument("--cross-validate", action="store_true", help="print the correlation, fivefold by article")
    arguments = parser.parse_args()
    train = read_labels(arguments.folder / "train.jsonl")
    if arguments.cross_validate:
        r = np.corrcoef(cross_validated(train), train.labels)[0, 1]
        print(f"r = {r:.3f} with the labels of {len(train.labels)} sentences")
    table = estimate_tone(train.parses, train.labels)
    path = LEXICONS / "news_tone_en.csv"
    table.to_csv(path, index=False, lineterminator="\n")
    seal_lexicon(path)
    print(f"{len(table)} rows in {path.name}")


def read_labels(path: Path) -> Labelled:
    """Sentences of NewsMTSC, each with the mean of its targets' labels: a weak label of its tone."""
    rows = read_lines(path)
    labels = [np.mean([(target["polarity"] - NEUTRAL) / STEP for target in row["targets"]]) for row in rows]
    # "allsides_1000_401_25_Reality Leigh Winner_0_6": corpus, event, article, sentence, name, offsets
    articles = ["_".join(row["primary_gid"].split("_")[:3]) for row in rows]
    return Labelled([parse_text(row["sentence_normalized"]) for row in rows], np.array(labels, dtype=float), articles)


def cross_validated(texts: Labelled, model: ToneModel | None = None) -> Floats:
    """Scores of texts by weights that were estimated on other articles."""
    model = model or load_tone_model()
    names = sorted(set(texts.articles))
    fold_of = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % FOLDS, strict=True))
    folds = np.array([fold_of[article] for article in texts.articles])
    scores = np.zeros(len(texts.parses))
    for number in range(FOLDS):
        others = np.flatnonzero(folds != number)
        table = estimate_tone([texts.parses[n] for n in others], texts.labels[others], model)
        weights, factors = as_tone_weights(table)
        fitted = replace(model, weights=weights, factors=factors)
        for place in np.flatnonzero(folds == number):
            scores[place] = text_score(texts.parses[place], fitted)
    return scores


def text_score(parse: Parse, model: ToneModel | None = None) -> float:
    """Tone of a text: the mean of its sentences by words, as in the article table."""
    model = model or load_tone_model()
    total, n_words = 0.0, 0
    for number, (first, beyond) in enumerate(parse.sentences):
        size = sum(map(parse.is_word, range(first, beyond)))
        weight = sum(word.weight for word in tone_words(parse, number, model))
        total += size * tone_score(weight, size, model.rules)
        n_words += size
    return total / n_words if n_words else 0.0


def estimate_tone(parses: Sequence[Parse], labels: Floats, model: ToneModel | None = None) -> pd.DataFrame:
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
    model : ToneModel, optional
        The lists and rules to use, by default the bundled ones; its weights are not looked at.

    Returns
    -------
    pandas.DataFrame
        `pattern, match, pos, weight, prior, n_seen, n_positive, n_negative, note`, sorted; a row of match ``class``
        is the factor for rated words without a row of their own, and `n_` count sentences.
    """
    model = model or load_tone_model()
    sentences = [_words_of(parse, model) for parse in parses]
    keys, priors = _vocabulary(sentences)
    classes, words = _matrices(sentences, keys, priors)
    sizes = np.array([sum(map(parse.is_word, range(len(parse)))) for parse in parses])
    room = model.rules.base + model.rules.per_word * sizes
    factors, changes = _fit(classes, words, labels, room, np.array([bool(priors[key]) for key in keys]))
    factors, changes = np.round(factors, 2), np.round(changes, 2)
    by_class = dict(zip(SIGNS, factors.tolist(), strict=True))
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
            match = "phrase" if key[1] == PHRASE else "lemma"
            rows.append((key[0], match, key[1], round(weight, 2), round(prior, 2) if prior else "", *count, ""))
    columns = ["pattern", "match", "pos", "weight", "prior", "n_seen", "n_positive", "n_negative", "note"]
    return pd.DataFrame(rows, columns=columns).sort_values(["pattern", "pos"], ignore_index=True)


def _words_of(parse: Parse, model: ToneModel) -> list[Word]:
    found = []
    for number in range(len(parse.sentences)):
        view = view_tone(parse, number, model)
        for token in range(*parse.sentences[number]):
            prior = view.priors.get(token, 0.0)
            if never_counts(view, token) or not (prior or _may_be_learnt(parse, token)):
                continue
            found.append(Word(key_of(view, token), prior, context_factor(view, token, negation_of(view, token))))
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
    classes = np.zeros((len(sentences), len(SIGNS)))
    cells: list[tuple[float, int, int]] = []
    for row, sentence in enumerate(sentences):
        for word in sentence:
            prior = priors[word.key] if word.key in column else word.prior
            if prior:
                classes[row, SIGNS.index(class_of(word.key, prior))] += word.factor * prior
            if word.key in column:
                cells.append((word.factor, row, column[word.key]))
    values, rows, columns = zip(*cells, strict=True)
    return classes, csr_matrix((values, (rows, columns)), shape=(len(sentences), len(keys)))


def _fit(
    classes: Floats, words: csr_matrix, labels: Floats, room: Floats, rated: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Factors of the classes (held near 1) and changes of the words (held near 0) that fit the labels best."""
    n = len(SIGNS)
    penalty = np.where(rated, PENALTY_RATED, PENALTY)

    def loss(values: Floats) -> tuple[float, Floats]:
        factors, changes, base = values[:n], values[n:-1], values[-1]
        total = classes @ factors + words @ changes + base
        scale = np.sqrt(total * total + room)
        error = total / scale - labels
        slope = error * room / scale**3
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
