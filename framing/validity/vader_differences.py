"""Sentences that vaderSentiment scores otherwise than `vader_score`, each with the reason.

usage: python -m framing.validity.vader_differences FOLDER    FOLDER: has nyt_editorials, newsmtsc and basil
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.corpus.datasets.newsmtsc import read_lines
from framing.corpus.datasets.nyt_editorials import read_rated
from framing.errors import InputError
from framing.measures.vader import AFTER_BUT, BEFORE_BUT, vader_score

EDITORIALS = "nyt_editorials/nytEditorialSnippets_GroundTruth.txt"
TARGETS = ("newsmtsc/train.jsonl", "newsmtsc/newsmtsc-rw-hf/dev.jsonl", "newsmtsc/newsmtsc-mt-hf/dev.jsonl")
UNKNOWN = "not known"
SHOWN = 60  # characters of a sentence


class ByPlace(SentimentIntensityAnalyzer):  # type: ignore[misc]  # the package publishes no types
    """The package with its rule for "but" put right: a word counts by its own place."""

    @staticmethod
    def _but_check(words_and_emoticons: list[str], sentiments: list[float]) -> list[float]:
        lower = [word.lower() for word in words_and_emoticons]
        if "but" not in lower:
            return sentiments
        turn = lower.index("but")
        factors = [BEFORE_BUT if i < turn else 1.0 if i == turn else AFTER_BUT for i in range(len(sentiments))]
        return [value * factor for value, factor in zip(sentiments, factors, strict=True)]


def main() -> None:
    """Print the table for the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Where vaderSentiment and framing differ, and why.")
    parser.add_argument("folder", type=Path, help="has nyt_editorials, newsmtsc and basil")
    corpora = read_sentences(parser.parse_args().folder)
    table = vader_differences(corpora)
    with pd.option_context("display.max_colwidth", 90, "display.width", 240):
        print(table.assign(sentence=table["sentence"].str.slice(0, SHOWN)).to_string(index=False, justify="left"))
    for name, sentences in corpora.items():
        print(f"{name}: {len(sentences) - (table['corpus'] == name).sum():,} of {len(sentences):,} sentences equal")
    print(f"all: {sum(map(len, corpora.values())) - len(table):,} of {sum(map(len, corpora.values())):,}")


def read_sentences(folder: Path) -> dict[str, list[str]]:
    """Sentences of the three corpora."""
    missing = [name for name in (EDITORIALS, *TARGETS, "basil/articles") if not (folder / name).exists()]
    if missing:
        raise InputError(f"{folder} lacks {', '.join(missing)}. Give the folder that holds the public corpora.")
    rows = [row for name in TARGETS for row in read_lines(folder / name)]
    articles = [json.loads(path.read_text(encoding="utf8")) for path in sorted(folder.glob("basil/articles/*/*.json"))]
    return {
        "NYT editorials": [row.text for row in read_rated(folder / EDITORIALS)],
        "NewsMTSC": [row.get("sentence_normalized") or row["sentence"] for row in rows],
        "BASIL": [text for article in articles for paragraph in article["body-paragraphs"] for text in paragraph],
    }


def vader_differences(corpora: dict[str, list[str]]) -> pd.DataFrame:
    """Compare the scores of sentences to four decimals.

    Returns
    -------
    pandas.DataFrame
        One row per sentence that differs: `corpus, number` (from 0), `vaderSentiment`, `framing`, `reason`,
        `sentence`. The reason is proven, not guessed: the package with only that rule put right gives `framing`.

    Examples
    --------
    >>> table = vader_differences({"made up": ["The best plan but alive.", "It is good."]})
    >>> table[["number", "vaderSentiment", "framing"]].values.tolist()
    [[0.0, 0.5267, 0.7184]]
    """
    reference, by_place = SentimentIntensityAnalyzer(), ByPlace()
    rows = []
    for corpus, number, text in _numbered(corpora):
        theirs, ours = reference.polarity_scores(text)["compound"], vader_score(text)
        if theirs == ours:
            continue
        is_known = by_place.polarity_scores(text)["compound"] == ours
        reason = "takes the place of an equal weight for the word's, so “but” hits the wrong word"
        rows.append((corpus, number, theirs, ours, reason if is_known else UNKNOWN, text))
    return pd.DataFrame(rows, columns=["corpus", "number", "vaderSentiment", "framing", "reason", "sentence"])


def _numbered(corpora: dict[str, list[str]]) -> Iterable[tuple[str, int, str]]:
    return ((corpus, number, text) for corpus, texts in corpora.items() for number, text in enumerate(texts))


if __name__ == "__main__":
    main()
