"""The words that go with a replication package."""

from collections.abc import Collection
from pathlib import Path
from string import Template

import pandas as pd

from framing.analysis.storing import Analysis
from framing.validity.replication.textfree import CODED, HASHED, LEFT_OUT, PARTLY, Cleaner

TEMPLATE = Path(__file__).parent / "readme_template.md"
STATUS = {
    HASHED: "hashed, names with a key made of all texts, other words with one made of their article's text",
    PARTLY: "hashed where the value is not a known one",
    CODED: "numbered",
    LEFT_OUT: "left out",
}
MORE = {
    "hashes.csv": "a salted hash of each text and title",
    "codings.csv": "what people coded by hand, without their names",
    "corrected.parquet": "the comparison, corrected by the codings",
}


def readme(analysis: Analysis, account: pd.DataFrame, files: Collection[str], cleaner: Cleaner) -> str:
    """Say what is in the folder, how to run it, and what is missing and why; no name of the corpus is in it."""
    articles = analysis.articles
    n_events = articles["event"].nunique() if "event" in articles else 0
    more = [f"| `{name}` | {what} |" for name, what in MORE.items() if name in files]
    with_texts = cleaner.texts is not None
    return Template(TEMPLATE.read_text(encoding="utf8")).substitute(
        version=analysis.provenance["packages"].get("framing", "?"),
        n_articles=f"{len(articles):,} articles",
        n_outlets=f"{articles['outlet'].nunique():,} outlets",
        n_events=f" about {n_events:,} events" if n_events else "",
        codings_too=", and repeats the correction by hand codings" if "corrected.parquet" in files else "",
        more_files="".join(f"{line}\n" for line in more),
        changes=_changes(account),
        hashes=(
            "A hash can be checked by who has the articles, and by nobody else: its key is made of their texts."
            if with_texts
            else "Where a name was there is a number, the same for the same name."
        ),
        ids=(
            "Articles and events are numbered; who has the texts finds each by its hash."
            if "article_id" in cleaner.codes
            else "Articles have the ids that they had."
        ),
        check=(
            "Every string of the tables was checked: none has five words in a row of any article."
            if with_texts
            else "The texts were not at hand when this was written, so there are no hashes of them or of their words, "
            "and names of five words or more were numbered unseen."
        ),
    )


def _changes(account: pd.DataFrame) -> str:
    lines = []
    for status, words in STATUS.items():
        rows = account[account["status"] == status]
        if len(rows):
            for why, part in rows.groupby(rows["why"].fillna(""), sort=True):
                named = ", ".join(f"`{a}.{b}`" for a, b in zip(part["table"], part["column"], strict=True))
                lines.append(f"- {words}{f' ({why})' if why else ''}: {named}")
    return "\n".join(lines)
