"""The ways to ask one question: copies, length, lexicon, events, authors, and the parts of what is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.comparison.articles import Articles
from framing.comparison.copies import has_copies, treat_copies
from framing.comparison.variants import NARROWER, Variant, is_tone, variants

MAIN, SEVERAL = "as asked", "several"
COPIES = {"drop": "copies left out", "keep": "copies kept"}
EQUAL_LENGTH = "at equal length"
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
    articles: Articles, metric: str, event: str, checks: Sequence[str], events: Sequence[int], *, copies: str
) -> Iterator[Specification]:
    """Give the question as asked, then every other way to ask it, and for what can't be checked the reason."""
    frame = articles.frame
    marked = _copies(frame)
    base = marked if copies == "drop" else None

    def ask(check: str, choice: str, name: str = metric, here: Mask | None = None) -> Specification:
        return Specification(check, choice, name, _either(base, here), copies=copies)

    yield ask(MAIN, MAIN)
    others = [one for one in variants(metric, list(map(str, frame.columns))) if one.check in checks]
    lexicons = [one for one in others if one.check == "lexicon"]
    yield from _combined(frame, metric, checks, lexicons, marked, copies)
    if "lexicon" in checks and not lexicons and is_tone(metric):
        yield _problem("lexicon", "no other lexicon was counted (analyze(corpus, lexicons=[…]))")
    if "event" in checks:
        names = frame[event].astype("string").str.strip()
        for number in events:
            here = articles.event == number
            yield ask("event", f"without event {names[here].iloc[0]}", here=here)
    if "author" in checks and "author" not in frame.columns:
        yield _problem("author", "the articles have no column author")
    elif "author" in checks:
        for name, here in _authors(frame):
            yield ask("author", f"without author {name}", here=here)
    for one in others:
        if one.check in NARROWER:
            yield ask(one.check, one.choice, one.metric)


def _combined(
    frame: pd.DataFrame,
    metric: str,
    checks: Sequence[str],
    lexicons: Sequence[Variant],
    marked: Mask | None,
    copies: str,
) -> Iterator[Specification]:
    """Copies the other way, other lexicons and equal length, alone and together."""
    can_be_long = "length" in checks and "n_words" in frame.columns
    if "copies" in checks and marked is None:
        yield _problem("copies", "no article is marked as a copy (see add_copies)")
    if "length" in checks and not can_be_long:
        yield _problem("length", "the articles have no column n_words")
    treatments = [copies]
    if "copies" in checks and marked is not None:
        treatments.append("keep" if copies == "drop" else "drop")
    for treatment, (choice, name), long in product(
        treatments,
        ((None, metric), *((one.choice, one.metric) for one in lexicons)),
        (False, True) if can_be_long else (False,),
    ):
        words = [
            *([COPIES[treatment]] if treatment != copies else []),
            *([choice] if choice else []),
            *([EQUAL_LENGTH] if long else []),
        ]
        if words:
            check = SEVERAL if len(words) > 1 else "copies" if treatment != copies else "length" if long else "lexicon"
            left_out = marked if treatment == "drop" else None
            yield Specification(check, ", ".join(words), name, left_out, long, treatment)


def _either(one: Mask | None, other: Mask | None) -> Mask | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _copies(frame: pd.DataFrame) -> Mask | None:
    if not has_copies(frame):
        return None
    kept, _ = treat_copies(frame, "drop")
    return ~frame.index.isin(kept.index)


def _authors(frame: pd.DataFrame) -> Iterator[tuple[str, Mask]]:
    authors = frame["author"].astype("string").str.strip()
    counts = authors[authors != ""].value_counts()
    for name in sorted(counts.index[counts > 1]):
        yield name, (authors == name).fillna(False).to_numpy(bool)


def _problem(check: str, why: str) -> Specification:
    return Specification(check, f"not checked: {why}", "", problem=True)
