"""How well topics of news are learnt as if they were frames, and what a random split flatters by.

Run it from the project's folder: ``python benchmarks/frames.py``, with FRAMING_DATA set to a folder that holds
news_sample.jsonl: articles of many outlets with `article_id, outlet, text, topic`, a line each.
With ``--mistakes 50`` it prints of that many mistakes, drawn at random, the article and what it was taken for.
"""

import argparse
import os
from pathlib import Path

import pandas as pd

from framing.validity.frames import train_frames
from framing.validity.frames.articles import split_units

LEAST = 20  # articles of a topic
PARAGRAPHS = 3
WORDS = 20  # a paragraph's least
SHOWN = ("accuracy", "labels", "calibration", "learning_curve")


def articles() -> pd.DataFrame:
    """Articles whose topic at least twenty have."""
    sample = pd.read_json(Path(os.environ["FRAMING_DATA"]) / "news_sample.jsonl", lines=True, dtype=False)
    sample = sample[sample["topic"].map(sample["topic"].value_counts()) >= LEAST]
    return sample[["article_id", "outlet", "title", "text", "topic"]].reset_index(drop=True)


def paragraphs(corpus: pd.DataFrame) -> pd.DataFrame:
    """The first three paragraphs of twenty words or more of each article, with the article's topic."""
    units = split_units(corpus, "paragraph")
    units = units[units["text"].str.split().str.len() >= WORDS]
    units = units[units.groupby("article_id").cumcount() < PARAGRAPHS]
    return units.merge(corpus[["article_id", "topic"]], on="article_id").reset_index(drop=True)


def main() -> None:
    """Print the figures of docs/frames.md."""
    parser = argparse.ArgumentParser(description="Topics of news, learnt as if they were frames.")
    parser.add_argument("--mistakes", type=int, default=0, help="print this many mistakes, drawn at random")
    arguments = parser.parse_args()
    corpus = articles()
    labelled = {
        "articles": (corpus, "article"),
        "paragraphs, by outlet": (paragraphs(corpus), "paragraph"),
        "paragraphs, by article": (paragraphs(corpus).drop(columns="outlet"), "paragraph"),
    }
    for name, (frame, unit) in labelled.items():
        model = train_frames(frame, label="topic", unit=unit)
        print(f"\n{name}: {len(frame)} texts, {corpus['outlet'].nunique()} outlets; {dict(model.about)}")
        for table in SHOWN:
            print(f"\n{table}\n{model.report[table].round(3).to_string(index=False, na_rep='')}")
        if unit == "article":
            for label, words in model.report["words"].groupby("label"):
                print(f"{label}: {', '.join(words['term'].head(12))}")
            unseen = model.report["unseen"]
            wrong = unseen[unseen["label"] != unseen["predicted"]]
            for row in wrong.sample(min(arguments.mistakes, len(wrong)), random_state=0).itertuples():
                article = corpus.loc[row.row]
                taken = f"{row.label} as {row.predicted} ({row.probability:.2f})"
                print(f"{article['article_id']}\t{taken}\t{article['title']}")


if __name__ == "__main__":
    main()
