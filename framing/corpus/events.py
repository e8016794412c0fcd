"""Which articles tell the same event, so that outlets are compared over what both of them told."""

import numpy as np
import pandas as pd
from scipy import sparse

from framing.corpus.checking import check_corpus
from framing.corpus.columns import STRING
from framing.corpus.event_groups import group_articles
from framing.corpus.event_names import name_events, say_why
from framing.corpus.event_scores import UNDATED, Floats, Ints, Pairs, score_pairs
from framing.corpus.event_terms import weigh_terms
from framing.errors import InputError

WINDOW_DAYS = 3
THRESHOLD = 0.17
THRESHOLD_UNDATED = 0.36
_LOWEST = 0.5  # of the threshold: pairs below count as 0
_NEAR = 1.2  # times: scores so close to each other, or to the threshold, are worth a look


def match_events(
    corpus: pd.DataFrame,
    *,
    window_days: int = WINDOW_DAYS,
    threshold: float = THRESHOLD,
    threshold_undated: float = THRESHOLD_UNDATED,
) -> pd.DataFrame:
    """Find which articles tell the same event, by the words they share and the days they appeared.

    Parameters
    ----------
    corpus : pandas.DataFrame
        A corpus (see `check_corpus`); `title` and `date` help when they are there. A column `event` isn't looked at.
    window_days : int
        The most days between the first and the last article of an event, 0 or more. What is told day after day is cut
        into pieces of that length or shorter; a larger window asks for larger events.
    threshold : float
        Lowest mean score (above 0, up to 1) of the articles of two groups that makes them one event. Higher: fewer and
        purer events.
    threshold_undated : float
        The same where one of two articles has no date; at least `threshold`, since nothing says that they appeared
        together.

    Returns
    -------
    pandas.DataFrame
        One row per article in the order of the corpus, none dropped:

        - `article_id` (string).
        - `event` (string): day of its first article and the two words that mark it most; ``<NA>`` where no other
          article tells the same. The same articles get the same events, whatever their order.
        - `score` (0 to 1): mean score with the other articles of the event.
        - `runner_up` (string), `runner_up_score`: the other event that fits best; ``<NA>`` where none comes near.
        - `n_articles`, `n_outlets` (whole numbers): of the event.
        - `doubtful` (boolean): the score lies less than a fifth above the threshold, or the runner-up's comes within a
          fifth of it; of articles without an event, that one came near.
        - `why` (string): the words shared with the event, or why there is none.

        ``matched.attrs["matching"]`` holds the parameters and `sentence`, the summary that `describe_events` gives.

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't one, or a parameter isn't in its range.

    Notes
    -----
    TF-IDF of the title (three times), the first 300 words, and their names once more; the cosine of two articles falls in equal
    steps from all of it on the same day to a quarter of it three days apart (with the default window). Articles are
    grouped by average link: two groups are joined by the mean over all their pairs, so that a chain of follow-ups, each
    like the next, is no event. Articles of one outlet may belong to one event; copies are not taken out.

    Words say what an article is about, not what it claims happened: two decisions of one court on one day, or two
    phases of one crisis, can be put together, and a column that never names its occasion is left out. Look at the
    doubtful ones: `write_events` makes a page for it. For accuracy see ``docs/events.md``. English stop words are left
    out; other languages work by word frequency alone, and articles in two languages never match but by their names.

    Time and memory grow with the number of articles times the number within the window; a corpus without dates is
    compared as a whole, in blocks.

    References
    ----------
    .. [1] Allan, J. (Ed.) (2002). Topic Detection and Tracking: Event-based Information Organization. Kluwer.
       doi:10.1007/978-1-4615-0933-2
    .. [2] Nicholls, T., & Bright, J. (2019). Understanding News Story Chains using Information Retrieval and Network
       Clustering Techniques. Communication Methods and Measures 13(1). doi:10.1080/19312458.2018.1536972

    Examples
    --------
    >>> from framing import load_example
    >>> corpus = load_example()
    >>> matched = match_events(corpus)
    >>> matched.loc[0, ["event", "why"]].tolist()
    ['2024-03-14-pension-parliament', 'shares pension, parliament, age with 4 articles']
    >>> matched.attrs["matching"]["sentence"]
    '10 events are told by at least two outlets (49 of 50 articles); 0 by one outlet (0); 1 article matches no other; 2 are doubtful'
    >>> corpus = corpus.assign(event=matched["event"])  # and then analyze(corpus)
    """  # noqa: E501 (the sentence is one line)
    _check_parameters(window_days, threshold, threshold_undated)
    checked = check_corpus(corpus)
    in_time = _in_time(checked)
    days = in_time["day"].to_numpy()
    weights, terms = weigh_terms(in_time)
    pairs = score_pairs(
        weights,
        days,
        window_days=window_days,
        undated_factor=threshold / threshold_undated,
        lowest=_LOWEST * threshold,
    )
    groups = group_articles(pairs, days, threshold=threshold, window_days=window_days)
    names = name_events(groups, weights, terms, days)
    matched = _table(in_time, groups, names, pairs)
    matched["doubtful"] = _doubtful(matched, threshold)
    matched["why"] = pd.array(say_why(groups, pairs, weights, terms, in_time), dtype=STRING)
    matched = matched.set_index(in_time["row"]).sort_index().rename_axis(None)
    matched.attrs["matching"] = {
        "window_days": window_days,
        "threshold": threshold,
        "threshold_undated": threshold_undated,
        "sentence": describe_events(matched),
    }
    return matched


def describe_events(matched: pd.DataFrame) -> str:
    """Say in a sentence how many events there are and who tells them.

    Parameters
    ----------
    matched : pandas.DataFrame
        What `match_events` or `read_events` gives: `event`, `n_outlets` and, where it is there, `doubtful`.

    Returns
    -------
    str
        Numbers of events and, in brackets, of their articles.

    Examples
    --------
    >>> describe_events(pd.DataFrame({"event": ["rain", "rain", None], "n_outlets": [2, 2, None]}))
    '1 event is told by at least two outlets (2 of 3 articles); 0 by one outlet (0); 1 article matches no other'
    """
    among = matched[matched["event"].notna()]
    several = among["n_outlets"] > 1
    n_several, n_one = among.loc[several, "event"].nunique(), among.loc[~several, "event"].nunique()
    n_alone = len(matched) - len(among)
    parts = [
        f"{n_several} {'event is' if n_several == 1 else 'events are'} told by at least two outlets "
        f"({several.sum()} of {len(matched)} articles)",
        f"{n_one} by one outlet ({(~several).sum()})",
        f"{n_alone} {'article matches' if n_alone == 1 else 'articles match'} no other",
    ]
    if "doubtful" in matched:
        n_doubtful = int(matched["doubtful"].sum())
        parts.append(f"{n_doubtful} {'is' if n_doubtful == 1 else 'are'} doubtful")
    return "; ".join(parts)


def count_events(events: pd.Series, outlets: pd.Series) -> pd.DataFrame:
    """Number of articles and outlets of each article's event: `n_articles`, `n_outlets`; ``<NA>`` without an event."""
    by_event = outlets.groupby(events)
    counts = pd.DataFrame({"n_articles": by_event.size(), "n_outlets": by_event.nunique()})
    return counts.reindex(events.to_numpy()).set_index(events.index).astype("Int64")


def _check_parameters(window_days: int, threshold: float, threshold_undated: float) -> None:
    if isinstance(window_days, bool) or not isinstance(window_days, int | np.integer) or window_days < 0:
        raise InputError(f"window_days is {window_days!r}; it must be a whole number of days, 0 or more, such as 3")
    for name, value in (("threshold", threshold), ("threshold_undated", threshold_undated)):
        if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 < value <= 1:
            raise InputError(f"{name} is {value!r}; it must be a number above 0 and up to 1, such as {THRESHOLD}")
    if threshold_undated < threshold:
        raise InputError(
            f"threshold_undated ({threshold_undated}) is lower than threshold ({threshold}): articles without a date "
            "would match more easily than those with one. Raise it, or lower threshold"
        )


def _in_time(corpus: pd.DataFrame) -> pd.DataFrame:
    """The articles by day and id, the same whatever their order, with where they came from (`row`)."""
    day = pd.Series(UNDATED, index=corpus.index)
    if "date" in corpus:
        dated = corpus["date"].notna()
        day[dated] = corpus.loc[dated, "date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    in_time = corpus.assign(day=day, row=np.arange(len(corpus)))
    return in_time.sort_values(["day", "article_id"], ignore_index=True)


def _table(articles: pd.DataFrame, groups: list[list[int]], names: list[str], pairs: Pairs) -> pd.DataFrame:
    group_of = np.full(len(articles), -1)
    for number, members in enumerate(groups):
        group_of[members] = number
    article, group, mean = _fits(group_of, len(groups), pairs)
    own = group_of[article] == group
    score = pd.Series(mean[own], index=article[own])
    # By article, best first, so that the first of each is its runner-up; between equals the earlier event.
    others = pd.DataFrame({"article": article, "group": group, "mean": mean})[~own]
    best = others.sort_values(["article", "mean", "group"], ascending=[True, False, True]).drop_duplicates("article")
    best = best.set_index("article")
    name = dict(enumerate(names))
    matched = pd.DataFrame({"article_id": articles["article_id"]})
    matched["event"] = pd.Series(group_of).map(name).astype(STRING)
    matched["score"] = score.reindex(matched.index).round(3).astype("Float64")
    matched["runner_up"] = best["group"].map(name).reindex(matched.index).astype(STRING)
    matched["runner_up_score"] = best["mean"].reindex(matched.index).round(3).astype("Float64")
    return matched.join(count_events(matched["event"], articles["outlet"]))


def _fits(group_of: Ints, n_groups: int, pairs: Pairs) -> tuple[Ints, Ints, Floats]:
    """Mean score of each article with the (other) articles of each group that it has a pair with."""
    n_articles = len(group_of)
    between = sparse.coo_matrix((pairs.score, (pairs.left, pairs.right)), shape=(n_articles, n_articles)).tocsr()
    grouped = np.flatnonzero(group_of >= 0)
    membership = sparse.csr_matrix((np.ones(len(grouped)), (grouped, group_of[grouped])), shape=(n_articles, n_groups))
    sums = ((between + between.T) @ membership).tocoo()
    size = np.bincount(group_of[grouped], minlength=n_groups)
    others = size[sums.col] - (group_of[sums.row] == sums.col)
    return sums.row, sums.col, sums.data / others


def _doubtful(matched: pd.DataFrame, threshold: float) -> pd.Series:
    runner_up = matched["runner_up_score"].fillna(0)
    alone = matched["event"].isna()
    close = (matched["score"] < _NEAR * threshold) | (runner_up > matched["score"] / _NEAR)
    return close.mask(alone, runner_up > threshold / _NEAR).astype("boolean")
