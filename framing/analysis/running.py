"""All measures over a corpus in one pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pandas as pd

from framing.analysis.lexicon_names import name_lexicons
from framing.analysis.metrics import article_counts, article_metrics, count_table, difference_table, metric_table
from framing.analysis.provenance import provenance_of
from framing.analysis.storing import LEXICONS, SCHEMAS, Analysis
from framing.corpus import check_corpus
from framing.corpus.languages import ANY, ENGLISH, other_languages
from framing.errors import InputError
from framing.lexicons import Lexicon, load_lexicon
from framing.measures.counting import lexicon_rows
from framing.measures.lookup import Lookup, make_lookup, read_sentiment_lexicon
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
from framing.tables import Row, as_table

Article = tuple[str, dict[str, str | None]]
T = TypeVar("T")

ROWS = {"sentences": sentence_rows, "attributions": attribution_rows, "hedges": hedge_rows, "sentiment": tone_rows}
SHARE = 16  # articles a worker gets at a time


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lexicons of a run: that of hedges, and those of sentiment by name."""

    hedges: Lexicon
    sentiment: Mapping[str, Lookup]


@dataclass(slots=True)
class _Outcome:
    """The rows of one article for each table, or why there are none."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    problem: str | None = None
    failed: bool = False


def analyze(
    corpus: pd.DataFrame,
    *,
    hedge_lexicon: str | Path = "hedges_en",
    lexicons: Sequence[str | Path | Lexicon] = (),
    language: str = ENGLISH,
    workers: int = 1,
    progress: bool = True,
) -> Analysis:
    """Run every measure over a corpus in one pass and sum the evidence into article metrics.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet` and `text`; optional `title, date, url, author, event, language`
        and any columns of your own, which the article table keeps.
    hedge_lexicon : str or path
        A bundled lexicon's name, or a CSV of your own (see `find_hedges`).
    lexicons : sequence of str, path or Lexicon
        Sentiment lexicons whose words to count, by voice: ``"vader"``, a CSV, Lexicoder's ``.lc3``,
        quanteda's YAML. Each adds metrics that have its file's name in theirs (``LSD2015.lc3``: ``lsd2015``).
    language : {"en", "any"}
        With ``"en"`` an article that is surely in another language (see `find_languages`) is not counted, since
        English rules would find nothing and say 0; ``"any"`` counts whatever it is.
    workers : int
        Processes that read articles side by side. The result is the same for any number.
    progress : bool
        Show a progress bar when it takes longer than two seconds; never shown where there is no terminal or notebook.

    Returns
    -------
    Analysis
        Tables `articles`, `sentences`, `attributions`, `hedges`, `sentiment` and `lexicon_counts` (one row per
        lexicon, sentence and voice with an expression of it), and the `provenance` of the run.
        `articles` has one row per article in input order: the corpus's columns without `text`; every count (`n_…`)
        and the rates (`…_per_1000_words`), shares (`share_…`, 0 to 1) and tones (`sentiment…`, -1 to 1) made of them,
        ``<NA>`` where the denominator is 0; and `problem`, which says what kept an article from being read, ``<NA>``
        when nothing did. Metrics in the outlet's own words end in `_outlet`, in its sources' words in `_source`, the
        one less the other in `_difference`. A lexicon, say ``lsd2015``, has `sentiment_lsd2015` (mean weight of its
        expressions, or positive less negative ones as a share of all, -1 to 1), `positive_lsd2015_per_1000_words`,
        `negative_lsd2015_per_1000_words` and `share_words_lsd2015` (words that it has), for all words and by voice.

    Raises
    ------
    InputError
        If a column is missing, an `article_id` repeats, `workers` is no positive number, `language` is neither of the
        two, or a lexicon can't be read.

    Notes
    -----
    An article without text, in another language, or one that a measure fails on, keeps its row, and `problem` says so.
    The counts and metrics of the latter two are ``<NA>``, since they are unknown.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Post"],
    ...                        "text": ["“It may fail,” the mayor said.", None]})
    >>> analyze(corpus).articles[["outlet", "n_attributions", "n_hedges_source", "problem"]].values.tolist()
    [['Herald', 1, 1, <NA>], ['Post', 0, 0, 'no text']]
    """
    if not isinstance(workers, int) or workers < 1:
        raise InputError(f"workers must be a whole number, 1 or more; found {workers!r}.")
    if language not in (ENGLISH, ANY):
        raise InputError(f'language must be "en" (leave out what is surely not English) or "any"; found {language!r}.')
    names = name_lexicons(lexicons)
    checked = check_corpus(corpus)
    _check_columns(checked, names)
    sentiment = dict(zip(names, map(read_sentiment_lexicon, lexicons), strict=True))
    lists = _Lists(load_lexicon(hedge_lexicon), {name: make_lookup(each) for name, each in sentiment.items()})
    provenance = provenance_of(checked, lists.hedges, sentiment, language=language, reading=corpus.attrs.get("reading"))
    articles = list(article_texts(checked))
    foreign = other_languages(checked) if language == ENGLISH else {}
    reading = _with_foreign(articles, _read_all([a for a in articles if a[0] not in foreign], lists, workers), foreign)
    outcomes = list(watched(reading, unit="articles", total=len(articles), show=progress))
    tables = {
        name: as_table((row for outcome in outcomes for row in outcome.rows[name]), schema)
        for name, schema in SCHEMAS.items()
    }
    return Analysis(
        articles=_article_table(checked, tables, outcomes, names),
        provenance=provenance,
        **tables,
    )


def _with_foreign(
    articles: Iterable[Article], reading: Iterator[_Outcome], foreign: Mapping[str, str]
) -> Iterator[_Outcome]:
    """Put articles in another language back in their places among those that were read."""
    for article_id, _ in articles:
        yield _Outcome(problem=foreign[article_id], failed=True) if article_id in foreign else next(reading)


def _read_all(articles: list[Article], lists: _Lists, workers: int) -> Iterator[_Outcome]:
    if workers == 1:
        yield from (_read_one(article, lists) for article in articles)
        return
    done = 0
    try:
        with _processes(workers) as pool:
            _make_sure_it_starts(pool)
            for outcome in chain.from_iterable(pool.map(partial(_read_share, lists=lists), _shares(articles, SHARE))):
                done += 1
                yield outcome
    except BrokenProcessPool:
        # A process was killed, by the system for want of memory, say. One article at a time tells which one it dies of.
        yield from _read_singly(articles[done:], lists)


def _processes(workers: int) -> ProcessPoolExecutor:
    # Spawned processes behave alike on every system, and none inherits half-used state of this one.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _make_sure_it_starts(pool: ProcessPoolExecutor) -> None:
    """A spawned process imports the script that spawns it: one that analyses as it is imported never gets to work."""
    try:
        pool.submit(int).result()
    except BrokenProcessPool:
        raise InputError(
            "the other processes could not start. A script that uses workers= must keep what it does under "
            '`if __name__ == "__main__":`, since each process imports it first. Move the call there, or use workers=1.'
        ) from None


def _read_singly(articles: list[Article], lists: _Lists) -> Iterator[_Outcome]:
    """Read articles in one process after the other; whoever's process dies gets a row that says so."""
    rest = list(articles)
    while rest:
        with _processes(1) as pool:
            try:
                while rest:
                    yield pool.submit(_read_one, rest[0], lists).result()
                    rest.pop(0)
            except BrokenProcessPool:
                rest.pop(0)
                yield _Outcome(problem="the process that read this article died", failed=True)


def _shares(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while share := list(islice(rest, size)):
        yield share


def _read_share(articles: list[Article], lists: _Lists) -> list[_Outcome]:
    return [_read_one(article, lists) for article in articles]


def _read_one(article: Article, lists: _Lists) -> _Outcome:
    article_id, texts = article
    outcome = _Outcome(problem=None if (texts.get("text") or "").strip() else NOTHING)
    try:
        readings = read_article(article_id, texts, hedges=lists.hedges)
        for name, rows in ROWS.items():
            outcome.rows[name] = [row for reading in readings for row in rows(reading)]
        outcome.rows[LEXICONS] = [
            row
            for name, lookup in lists.sentiment.items()
            for reading in readings
            for row in lexicon_rows(reading, name, lookup)
        ]
    except InputError:  # a broken lexicon is no article's fault
        raise
    except Exception as error:  # whatever happens to one article must not take the others with it
        return _Outcome(problem=f"{type(error).__name__}: {error}"[:300], failed=True)
    return outcome


def _check_columns(corpus: pd.DataFrame, lexicons: Sequence[str]) -> None:
    """Before the first article is read, since a run may take hours."""
    tables = (count_table(lexicons), metric_table(lexicons), difference_table(lexicons))
    made = {"problem", *(name for table in tables for name in table.index)}
    taken = [str(column) for column in corpus if column in made]
    if taken:
        raise InputError(f"corpus has columns that analyze makes itself: {', '.join(taken)}. Rename or drop them.")


def _article_table(
    corpus: pd.DataFrame, tables: dict[str, pd.DataFrame], outcomes: list[_Outcome], lexicons: Sequence[str]
) -> pd.DataFrame:
    about = corpus.drop(columns="text")
    about.attrs = {}  # the account of the reading belongs to the corpus
    counts = article_counts(tables, corpus["article_id"], lexicons)
    counts.loc[[outcome.failed for outcome in outcomes]] = pd.NA
    problem = pd.Series([o.problem for o in outcomes], dtype=pd.StringDtype(na_value=pd.NA), name="problem")
    return pd.concat([about, counts, article_metrics(counts, lexicons), problem], axis=1)
