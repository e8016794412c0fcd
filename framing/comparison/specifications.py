"""The ways to ask one question: copies, length, lexicon, events, authors, and the parts of what is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.comparison.articles import Articles
from framing.comparison.copies import has_copies, treat_copies
from framing.comparison.variants import NARROWER, is_tone, variants

MAIN, SEVERAL = "as asked", "several"
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Specification:
    """One way to ask: which articles to leave out of which metric, at equal length or not; or why it can't be asked."""

    check: str
    choice: str
    metric: str
    left_out: Mask | None = None
    equal_length: bool = False
    copies: str = "keep"
    problem: bool = False


def specifications_of(
    articles: Articles, metric: str, event: str, checks: Sequence[str], events: Sequence[int]
) -> Iterator[Specification]:
    """Give the question as asked, then every other way to ask it, and for what can't be checked the reason."""
    yield Specification(MAIN, MAIN, metric)
    frame = articles.frame
    copies = _copies(frame) if "copies" in checks else None
    can_be_long = "length" in checks and "n_words" in frame.columns
    others = [one for one in variants(metric, list(map(str, frame.columns))) if one.check in checks]
    lexicons = [one for one in others if one.check == "lexicon"]
    if "copies" in checks and copies is None:
        yield _problem("copies", "no article is marked as a copy (see add_copies)")
    if "length" in checks and not can_be_long:
        yield _problem("length", "the articles have no column n_words")
    for treated, (choice, name), long in product(
        (False, True) if copies is not None else (False,),
        ((None, metric), *((one.choice, one.metric) for one in lexicons)),
        (False, True) if can_be_long else (False,),
    ):
        words = [
            *(["copies left out"] if treated else []),
            *([choice] if choice else []),
            *(["at equal length"] if long else []),
        ]
        if words:
            check = SEVERAL if len(words) > 1 else "copies" if treated else "length" if long else "lexicon"
            kind = "drop" if treated else "keep"
            yield Specification(check, ", ".join(words), name, copies if treated else None, long, kind)
    if "lexicon" in checks and not lexicons and is_tone(metric):
        yield _problem("lexicon", "no other lexicon was counted (analyze(corpus, lexicons=[…]))")
    if "event" in checks:
        names = frame[event].astype("string").str.strip()
        for number in events:
            here = articles.event == number
            yield Specification("event", f"without event {names[here].iloc[0]}", metric, here)
    if "author" in checks:
        yield from _authors(frame, metric)
    for one in others:
        if one.check in NARROWER:
            yield Specification(one.check, one.choice, one.metric)


def _copies(frame: pd.DataFrame) -> Mask | None:
    if not has_copies(frame):
        return None
    kept, _ = treat_copies(frame, "drop")
    return ~frame.index.isin(kept.index)


def _authors(frame: pd.DataFrame, metric: str) -> Iterator[Specification]:
    if "author" not in frame.columns:
        yield _problem("author", "the articles have no column author")
        return
    authors = frame["author"].astype("string").str.strip()
    counts = authors[authors != ""].value_counts()
    for name in sorted(counts.index[counts > 1]):
        yield Specification("author", f"without author {name}", metric, (authors == name).fillna(False).to_numpy(bool))


def _problem(check: str, why: str) -> Specification:
    return Specification(check, f"not checked: {why}", "", problem=True)
