"""Golden tables of the example corpus: ``python -m tests.golden`` writes them anew after a change that was meant.

A changed figure then shows as a changed line, for a person to read before it is kept.
"""

from pathlib import Path

import pandas as pd

import framing

FOLDER = Path(__file__).parent / "golden"
EVENT = "dam-flood"  # one event of all outlets is enough to read; the article table has all fifty
DIGITS = 6


def golden_tables() -> dict[str, pd.DataFrame]:
    """The tables as they are written: rounded, without the columns that only repeat others."""
    analysis = framing.analyze(framing.load_example(), progress=False)
    articles = analysis.articles
    ids = set(articles.loc[articles["event"] == EVENT, "article_id"])
    of_event = {name: table[table["article_id"].isin(ids)] for name, table in analysis.tables.items()}
    comparison = framing.compare_outlets(articles, contrast="rest")
    return {
        "articles": articles.drop(columns=["title", "author", "url", "date"]).round(DIGITS),
        "attributions": of_event["attributions"].drop(columns=["content_spans", "field"]),
        "hedges": of_event["hedges"].drop(columns=["field"]),
        "sentiment": of_event["sentiment"].drop(columns=["field"]).round(DIGITS),
        "comparison": comparison.drop(columns=["effect_size_name", "method"]).round(DIGITS),
    }


def as_csv(table: pd.DataFrame) -> str:
    """One table as it is written."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def main() -> None:
    """Write all golden tables."""
    FOLDER.mkdir(exist_ok=True)
    for name, table in golden_tables().items():
        (FOLDER / f"{name}.csv").write_text(as_csv(table), encoding="utf8")


if __name__ == "__main__":
    main()
