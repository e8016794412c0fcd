"""What each part of the tone of news adds, on texts that nothing was fitted to.

usage: python -m framing.validity.tone_ablation FOLDER [--ratings FILE]

FOLDER: NewsMTSC's, with train.jsonl and newsmtsc-rw-hf/dev.jsonl, newsmtsc-mt-hf/dev.jsonl
FILE: nytEditorialSnippets_GroundTruth.txt of VADER (id, mean rating, sentence); each run is one more look at ratings
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from framing.corpus.datasets.newsmtsc import read_lines
from framing.corpus.datasets.nyt_editorials import read_rated
from framing.language.parse import Parse
from framing.language.parsing import parse_text
from framing.lexicons.loading import load_lexicon
from framing.measures.tone_model import SIGNS, ToneModel, as_tone_model, as_tone_weights, load_tone_model
from framing.measures.vader import vader_score
from framing.validity.estimate_tone import Floats, Labelled, cross_validated, estimate_tone, read_labels, text_score

BEFORE = 3  # words in which VADER looks for a negation


def main() -> None:
    """Print the table for the folder named on the command line."""
    parser = argparse.ArgumentParser(description="What each part of the tone of news adds.")
    parser.add_argument("folder", type=Path, help="has NewsMTSC's train.jsonl and the folders of its dev.jsonl")
    parser.add_argument("--ratings", type=Path, help="nytEditorialSnippets_GroundTruth.txt")
    arguments = parser.parse_args()
    table = ablation(
        read_labels(arguments.folder / "train.jsonl"),
        read_targets(arguments.folder),
        read_ratings(arguments.ratings) if arguments.ratings else None,
    )
    print(table.to_string(index=False, float_format="{:.3f}".format, na_rep=""))


def read_targets(folder: Path) -> Labelled:
    """Sentences of NewsMTSC's two development sets, each once, with the mean of its targets' labels."""
    labels: dict[str, list[float]] = {}
    for name in ("newsmtsc-rw-hf", "newsmtsc-mt-hf"):
        for row in read_lines(folder / name / "dev.jsonl"):
            labels.setdefault(row["sentence"], []).append(float(row["polarity"]))
    return Labelled([*map(parse_text, labels)], np.array([np.mean(each) for each in labels.values()]), [*labels])


def read_ratings(path: Path) -> Labelled:
    """Rated sentences of editorials, with the editorial that each is from."""
    rows = read_rated(path)
    ratings = np.array([row.rating for row in rows])
    return Labelled([parse_text(row.text) for row in rows], ratings, [row.editorial for row in rows])


def without(model: ToneModel) -> Mapping[str, ToneModel]:
    """The model, and it without each of its parts."""
    rules = model.rules
    words, weights = (load_lexicon(name).entries for name in ("news_words_en", "news_tone_en"))
    single = as_tone_model(words[words["match"] != "phrase"], weights)
    return {
        "all parts": model,
        "without learnt weights": unlearnt(model),
        "without rated words beyond VADER's": replace(model, judging={}),
        "without phrases": single,
        "without the topic list": replace(model, topic={}),
        "without neutral words and groups": replace(model, neutral=frozenset()),
        "without silent names": replace(model, rules=replace(rules, names=True)),
        "without any negation": replace(model, rules=replace(rules, negated=1.0)),
        "negation in three words before, not the parse": replace(model, rules=replace(rules, window=BEFORE)),
        "without reversing verbs": replace(model, reversing=frozenset()),
        "without contrast": replace(model, rules=replace(rules, before_but=1.0, after_but=1.0)),
        "without conditions": replace(model, rules=replace(rules, conditional=1.0)),
        "without boosters": replace(model, rules=replace(rules, boosted=0.0)),
        "without normalising by length": replace(model, rules=replace(rules, base=15.0, per_word=0.0)),
    }


def unlearnt(model: ToneModel) -> ToneModel:
    """The model with every word at its rating."""
    return replace(model, weights={}, factors=dict.fromkeys(SIGNS, 1.0))


def ablation(train: Labelled, targets: Labelled, ratings: Labelled | None = None) -> pd.DataFrame:
    """Correlations of the score and of what is left of it without each part.

    Parameters
    ----------
    train : Labelled
        Sentences that weights are learnt from: scored by weights of other articles.
    targets, ratings : Labelled
        Sentences that nothing was fitted to: scored by weights learnt from all of `train`.

    Returns
    -------
    pandas.DataFrame
        `part`, and Pearson's r with `train` (cross-validated by article), `targets`, and where there are ratings with
        `ratings` and `ratings_by_article` (means of both). Weights are learnt anew without the part.
    """
    sets = {"targets": targets} | ({"ratings": ratings} if ratings is not None else {})
    scores = np.array([_vader(parse) for parse in train.parses])
    rows = [{"part": "VADER", "train": _r(train, scores), **_fits(sets, _vader)}]
    for part, model in without(load_tone_model()).items():
        if part == "without learnt weights":
            fitted, scores = model, np.array([text_score(parse, model) for parse in train.parses])
        else:
            weights, factors = as_tone_weights(estimate_tone(train.parses, train.labels, model))
            fitted, scores = replace(model, weights=weights, factors=factors), cross_validated(train, model)
        rows.append({"part": part, "train": _r(train, scores), **_fits(sets, _scorer(fitted))})
    return pd.DataFrame(rows)


def _vader(parse: Parse) -> float:
    return vader_score(parse.text)


def _scorer(model: ToneModel) -> Callable[[Parse], float]:
    return lambda parse: text_score(parse, model)


def _fits(sets: Mapping[str, Labelled], score: Callable[[Parse], float]) -> dict[str, float]:
    found = {}
    for name, texts in sets.items():
        scores = np.array([score(parse) for parse in texts.parses])
        found[name] = _r(texts, scores)
        if name == "ratings":
            frame = pd.DataFrame({"article": texts.articles, "label": texts.labels, "score": scores})
            means = frame.groupby("article").mean()
            found[f"{name}_by_article"] = float(means["label"].corr(means["score"]))
    return found


def _r(texts: Labelled, scores: Floats) -> float:
    return float(np.corrcoef(scores, texts.labels)[0, 1])


if __name__ == "__main__":
    main()
