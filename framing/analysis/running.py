"""All measures over a corpus in one pass."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pandas as pd

from framing.analysis.metrics import article_counts, article_metrics, count_table, metric_table
from framing.analysis.provenance import provenance_of
from framing.analysis.storing import Analysis
from framing.corpus import check_corpus
from framing.errors import InputError
from framing.lexicons import Lexicon, load_lexicon
from framing.measures.reading import (
    NOTHING,
    article_texts,
    attribution_rows,
    hedge_rows,
    read_article,
    sentence_rows,
    tone_rows,
)
from framing.progress import watched
from framing.tables import ATTRIBUTIONS, HEDGES, SENTENCES, SENTIMENT, Row, as_table

Article = tuple[str, dict[str, str | None]]
T = TypeVar("T")

ROWS = {"sentences": sentence_rows, "attributions": attribution_rows, "hedges": hedge_rows, "sentiment": tone_rows}
SCHEMAS = {"sentences": SENTENCES, "attributions": ATTRIBUTIONS, "hedges": HEDGES, "sentiment": SENTIMENT}
SHARE = 16  # articles a worker gets at a time


@dataclass(slots=True)
class _Outcome:
    """The rows of one article for each table, or why there are none."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in ROWS})
    problem: str | None = None
    failed: bool = False


def analyze(
    corpus: pd.DataFrame, *, hedge_lexicon: str | Path = "hedges_en", workers: int = 1, progress: bool = True
) -> Analysis:
    """Run every measure over a corpus in one pass and sum the evidence into article metrics.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet` and `text`; optional `title, date, url, author, event, language`
        and any columns of your own, which the article table keeps.
    hedge_lexicon : str or path
        A bundled lexicon's name, or a CSV of your own (see `find_hedges`).
    workers : int
        Processes that read articles side by side. The result is the same for any number.
    progress : bool
        Show a progress bar when it takes longer than two seconds; never shown where there is no terminal or notebook.

    Returns
    -------
    Analysis
        Tables `articles`, `sentences`, `attributions`, `hedges` and `sentiment`, and the `provenance` of the run.
        `articles` has one row per article in input order: the corpus's columns without `text`; every count (`n_…`)
        and the rates (`…_per_1000_words`), shares (`share_…`, 0 to 1) and tones (`sentiment…`, -1 to 1) made of them,
        ``<NA>`` where the denominator is 0; and `problem`, which says what kept an article from being read, ``<NA>``
        when nothing did. Metrics in the outlet's own words end in `_outlet`, in its sources' words in `_source`.

    Raises
    ------
    InputError
        If a column is missing, an `article_id` repeats, or `workers` is no positive number.

    Notes
    -----
    An article without text, or one that a measure fails on, keeps its row, and `problem` says so.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Post"],
    ...                        "text": ["“It may fail,” the mayor said.", None]})
    >>> analyze(corpus).articles[["outlet", "n_attributions", "n_hedges_source", "problem"]].values.tolist()
    [['Herald', 1, 1, <NA>], ['Post', 0, 0, 'no text']]
    """
    if not isinstance(workers, int) or workers < 1:
        raise InputError(f"workers must be a whole number, 1 or more; found {workers!r}.")
    checked = check_corpus(corpus)
    _check_columns(checked)
    lexicon = load_lexicon(hedge_lexicon)
    provenance = provenance_of(checked, lexicon)
    articles = list(article_texts(checked))
    reading = _read_all(articles, lexicon, workers)
    outcomes = list(watched(reading, unit="articles", total=len(articles), show=progress))
    tables = {
        name: as_table((row for outcome in outcomes for row in outcome.rows[name]), schema)
        for name, schema in SCHEMAS.items()
    }
    return Analysis(
        articles=_article_table(checked, tables, outcomes),
        provenance=provenance,
        **tables,
    )


def _read_all(articles: list[Article], lexicon: Lexicon, workers: int) -> Iterator[_Outcome]:
    if workers == 1:
        yield from (_read_one(article, lexicon) for article in articles)
        return
    done = 0
    try:
        with _processes(workers) as pool:
            for outcome in chain.from_iterable(
                pool.map(partial(_read_share, lexicon=lexicon), _shares(articles, SHARE))
            ):
                done += 1
                yield outcome
    except BrokenProcessPool:
        # A process was killed, by the system for want of memory, say. One article at a time tells which one it dies of.
        yield from _read_singly(articles[done:], lexicon)


def _processes(workers: int) -> ProcessPoolExecutor:
    # Spawned processes behave alike on every system, and none inherits half-used state of this one.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _read_singly(articles: list[Article], lexicon: Lexicon) -> Iterator[_Outcome]:
    """Read articles in one process after the other; whoever's process dies gets a row that says so."""
    rest = list(articles)
    while rest:
        with _processes(1) as pool:
            try:
                while rest:
                    yield pool.submit(_read_one, rest[0], lexicon).result()
                    rest.pop(0)
            except BrokenProcessPool:
                rest.pop(0)
                yield _Outcome(problem="the process that read this article died", failed=True)


def _shares(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while share := list(islice(rest, size)):
        yield share


def _read_share(articles: list[Article], lexicon: Lexicon) -> list[_Outcome]:
    return [_read_one(article, lexicon) for article in articles]


def _read_one(article: Article, lexicon: Lexicon) -> _Outcome:
    article_id, texts = article
    outcome = _Outcome(problem=None if (texts.get("text") or "").strip() else NOTHING)
    try:
        readings = read_article(article_id, texts, hedges=lexicon)
        for name, rows in ROWS.items():
            outcome.rows[name] = [row for reading in readings for row in rows(reading)]
    except InputError:  # a broken lexicon is no article's fault
        raise
    except Exception as error:  # whatever happens to one article must not take the others with it
        return _Outcome(problem=f"{type(error).__name__}: {error}"[:300], failed=True)
    return outcome


def _check_columns(corpus: pd.DataFrame) -> None:
    """Before the first article is read, since a run may take hours."""
    made = {*count_table().index, *metric_table().index, "problem"}
    taken = [str(column) for column in corpus if column in made]
    if taken:
        raise InputError(f"corpus has columns that analyze makes itself: {', '.join(taken)}. Rename or drop them.")


def _article_table(corpus: pd.DataFrame, tables: dict[str, pd.DataFrame], outcomes: list[_Outcome]) -> pd.DataFrame:
    about = corpus.drop(columns="text")
    about.attrs = {}  # the account of the reading belongs to the corpus
    counts = article_counts(tables, corpus["article_id"])
    counts.loc[[outcome.failed for outcome in outcomes]] = pd.NA
    problem = pd.Series([o.problem for o in outcomes], dtype=pd.StringDtype(na_value=pd.NA), name="problem")
    return pd.concat([about, counts, article_metrics(counts), problem], axis=1)
