"""All measures over a corpus in one pass."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from framing.analysis.article_sums import article_counts, article_metrics
from framing.analysis.cache import Cache, open_cache, read_unknown, remember
from framing.analysis.lexicon_names import name_lexicons
from framing.analysis.metrics import count_table, difference_table, metric_table
from framing.analysis.provenance import input_hash, provenance_of
from framing.analysis.shares import DEATH, SHARE, Article, Lists, Share, articles_of, frames, joined, read_share, unread
from framing.analysis.storing import Analysis
from framing.analysis.workers import DIED, Tick, work_side_by_side
from framing.corpus import check_corpus
from framing.corpus.languages import ANY, ENGLISH
from framing.errors import InputError
from framing.lexicons import Lexicon, load_lexicon
from framing.measures.lookup import make_lookup, read_sentiment_lexicon
from framing.progress import counted


def analyze(
    corpus: pd.DataFrame,
    *,
    hedge_lexicon: str | Path = "hedges_en",
    lexicons: Sequence[str | Path | Lexicon] = (),
    language: str = ENGLISH,
    workers: int = 1,
    progress: bool = True,
    cache: bool | str | Path | None = None,
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
    cache : bool, str or path, optional
        A folder in which to keep what is found in each article, so that the next run with the same versions and
        parameters doesn't read it again; True for the user's own (see `cache_folder`). The result is the same.

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
    check_workers(workers)
    check_language(language)
    names = name_lexicons(lexicons)
    checked = check_corpus(corpus)
    check_columns(checked.columns, names)
    sentiment = dict(zip(names, map(read_sentiment_lexicon, lexicons), strict=True))
    lists = Lists(load_lexicon(hedge_lexicon), {name: make_lookup(each) for name, each in sentiment.items()}, language)
    provenance = provenance_of(
        lists.hedges,
        sentiment,
        language=language,
        n_articles=len(checked),
        sha256=input_hash(checked),
        reading=corpus.attrs.get("reading"),
    )
    articles = articles_of(checked)
    kept = open_cache(cache, lists)
    with counted(unit="articles", total=len(articles), show=progress) as tick:
        share = read_unknown(articles, kept, lambda rest: joined(_read_all(rest, lists, workers, tick, kept)), tick)
    tables = frames(share)
    return Analysis(articles=article_table(checked, tables, share, names), provenance=provenance, **tables)


def _read_all(articles: Sequence[Article], lists: Lists, workers: int, tick: Tick, cache: Cache | None) -> list[Share]:
    """The articles' shares in order."""
    cut = [articles[start : start + SHARE] for start in range(0, len(articles), SHARE)]
    if workers == 1:
        return [read_and_tell(share, tick, lists=lists, cache=cache) for share in cut]
    done = dict(
        work_side_by_side(partial(read_and_tell, lists=lists, cache=cache), cut, min(workers, len(cut)), tick=tick)
    )
    return [
        read_singly(share, tick, lists=lists, cache=cache) if (read := done[number]) is DIED else read
        for number, share in enumerate(cut)
    ]


def read_and_tell(articles: Sequence[Article], tick: Tick, *, lists: Lists, cache: Cache | None = None) -> Share:
    """Read a share of articles and keep it in the cache, then say how many there were."""
    share = read_share(articles, lists)
    if cache is not None:
        remember(articles, share, cache)
    tick(len(articles))
    return share


def read_singly(articles: Sequence[Article], tick: Tick, *, lists: Lists, cache: Cache | None = None) -> Share:
    """Read articles one by one in a process of their own; whoever's process dies gets a row that says so."""
    singles = [[article] for article in articles]
    done = dict(work_side_by_side(partial(read_and_tell, lists=lists, cache=cache), singles, 1, tick=tick))
    return joined(
        [unread(single, DEATH) if (read := done[number]) is DIED else read for number, single in enumerate(singles)]
    )


def check_workers(workers: int) -> None:
    """See that a number of processes is one."""
    if not isinstance(workers, int) or workers < 1:
        raise InputError(f"workers must be a whole number, 1 or more; found {workers!r}.")


def check_language(language: str) -> None:
    """See that `language` is one of the two that are allowed."""
    if language not in (ENGLISH, ANY):
        raise InputError(f'language must be "en" (leave out what is surely not English) or "any"; found {language!r}.')


def check_columns(columns: Iterable[Hashable], lexicons: Sequence[str]) -> None:
    """Before the first article is read, since a run may take hours."""
    tables = (count_table(lexicons), metric_table(lexicons), difference_table(lexicons))
    made = {"problem", *(name for table in tables for name in table.index)}
    taken = [str(column) for column in columns if column in made]
    if taken:
        raise InputError(f"corpus has columns that analyze makes itself: {', '.join(taken)}. Rename or drop them.")


def article_table(
    corpus: pd.DataFrame, tables: Mapping[str, pd.DataFrame], share: Share, lexicons: Sequence[str]
) -> pd.DataFrame:
    """A row per article: what the corpus says about it, its counts and metrics, and what kept it from being read."""
    about = corpus.drop(columns="text")
    about.attrs = {}  # the account of the reading belongs to the corpus
    counts = article_counts(tables, corpus["article_id"], lexicons)
    counts.loc[share.failed] = pd.NA
    problem = pd.Series(share.problems, dtype=pd.StringDtype(na_value=pd.NA), name="problem")
    return pd.concat([about, counts, article_metrics(counts, lexicons), problem], axis=1)
