"""Which words an outlet uses more than the others when it tells the same events."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis import Analysis
from framing.comparison.copies import treat_copies
from framing.comparison.resampling import FEWEST
from framing.comparison.spoken_words import spoken_words
from framing.corpus.columns import missing_column, shown
from framing.errors import InputError, TooFewError
from framing.tables import Schema, as_table

Floats = npt.NDArray[np.float64]
DISTINCTIVE: Schema = {
    "word": "string",
    "outlet": "string",
    "versus": "string",
    "n": "Int64",
    "n_versus": "Int64",
    "n_events": "Int64",
    "per_1000_words": "Float64",
    "per_1000_words_versus": "Float64",
    "log_odds": "Float64",
    "z": "Float64",
    "ci_low": "Float64",
    "ci_high": "Float64",
}
DRAWS_AT_ONCE = 100


def distinctive_words(
    analysis: Analysis,
    corpus: pd.DataFrame,
    outlet: str,
    *,
    voice: str = "outlet",
    event: str = "event",
    prior: Mapping[str, float] | None = None,
    prior_words: float = 1_000,
    least: int = 10,
    n_resamples: int = 999,
    seed: int = 0,
    copies: str = "keep",
) -> pd.DataFrame:
    """Compare the words of one outlet with those of the rest, over the events that both tell.

    Parameters
    ----------
    analysis : Analysis
    corpus : pandas.DataFrame
        The corpus that was analysed, for the words themselves.
    outlet : str
        The outlet that is set against all others.
    voice : {"outlet", "source", "all"}
        Words that the outlet writes itself, words inside attributions, or both.
    event : str
        Column of ``analysis.articles`` with the events.
    prior : mapping of str to float, optional
        Words (lower case) with the counts to add to both sides: what is known of the language from elsewhere. Words
        that it lacks get 0.01. Left out, the words of all compared articles in all voices, scaled to `prior_words`.
    prior_words : float
        How many words the default prior stands for. More draws rare words further towards no difference.
    least : int
        Words that both sides together have less often are left out (they still count in the sums).
    n_resamples : int
        Draws of events for the intervals; at least 999.
    seed : int
        Seed of the draws.
    copies : str
        What to do with copies, as in `compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row per word, the most distinctive of `outlet` first:

        - `word`, `outlet`, `versus` (``rest``), `n`, `n_versus`, `n_events` (events in which either side has it)
        - `per_1000_words`, `per_1000_words_versus`: rates without the prior
        - `log_odds`: weighted log-odds ratio (natural logarithm; above 0: `outlet` uses it more) [1]_
        - `z`: it by its standard error, as if words were drawn singly; for the order of words only
        - `ci_low, ci_high`: 95% percentile interval of `log_odds` from drawing events with replacement

    Raises
    ------
    InputError
        If the outlet or column is unknown, the corpus is another one, or an option is out of range.
    TooFewError
        If fewer than six events are told by both sides.

    Notes
    -----
    Words come in bursts: an article that says *caravan* once says it ten times. The interval draws whole events and
    holds that; `z` doesn't. It is one interval for each word, not for all of them at once: of 1,000 words that don't
    differ 50 will seem to. The words are forms, not lemmas; what they are used for is for reading to find out.

    References
    ----------
    .. [1] Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008). Fightin' words: lexical feature selection and
       evaluation for identifying the content of political conflict. https://doi.org/10.1093/pan/mpn018

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> corpus = pd.DataFrame({
    ...     "article_id": [f"a{n}" for n in range(12)], "outlet": ["Herald", "Courier"] * 6,
    ...     "event": [f"e{n // 2}" for n in range(12)], "text": ["Migrants came by boat.", "People came by boat."] * 6,
    ... })
    >>> table = distinctive_words(analyze(corpus, progress=False), corpus, "Herald", least=6)
    >>> table[["word", "n", "n_versus"]].values.tolist()
    [['migrants', 6, 0], ['boat', 6, 6], ['by', 6, 6], ['came', 6, 6], ['people', 0, 6]]
    """
    _check_options(prior_words, least, n_resamples)
    articles, _ = treat_copies(analysis.articles, copies)
    keys = _articles(articles, outlet, event)
    words = spoken_words(analysis, corpus, voice)
    events = {name: row for row, name in enumerate(sorted({name for _, name, _ in keys}))}
    total: Counter[str] = Counter()
    for article, _, _ in keys:
        total.update(words[article])
    vocabulary = {word: column for column, word in enumerate(sorted(total))}
    own, rest = (np.zeros((len(events), len(vocabulary))) for _ in range(2))
    for article, name, is_own in keys:
        side = own if is_own else rest
        for word, n in words[article].items():
            side[events[name], vocabulary[word]] += n
    added = _prior(analysis, corpus, [article for article, _, _ in keys], list(vocabulary), prior, prior_words)
    return _table(own, rest, added, list(vocabulary), outlet, least, np.random.default_rng(seed), n_resamples)


def _check_options(prior_words: float, least: int, n_resamples: int) -> None:
    if not prior_words > 0:
        raise InputError(f"prior_words must be above 0; found {prior_words}.")
    if not isinstance(least, int) or least < 1:
        raise InputError(f"least must be a whole number, 1 or more; found {least!r}.")
    if not isinstance(n_resamples, int) or n_resamples < 999:
        raise InputError(f"n_resamples must be a whole number of at least 999; found {n_resamples!r}.")


def _articles(articles: pd.DataFrame, outlet: str, event: str) -> list[tuple[str, str, bool]]:
    """Id, event and side of every article whose event both sides tell."""
    if event not in articles:
        raise InputError(missing_column(event, list(articles.columns), thing="analysis.articles"))
    if outlet not in set(articles["outlet"]):
        raise InputError(f"there is no outlet {outlet!r}; there are: {shown(sorted(set(articles['outlet'])))}.")
    rows = [
        (str(article), str(name), bool(who == outlet))
        for article, name, who in zip(articles["article_id"], articles[event], articles["outlet"], strict=True)
        if not pd.isna(name)
    ]
    both = {name for _, name, is_own in rows if is_own} & {name for _, name, is_own in rows if not is_own}
    if len(both) < FEWEST:
        raise TooFewError(
            f"{outlet} and the others tell {len(both)} events in common; {FEWEST} are needed, since words come in "
            "bursts and an interval draws whole events. Add articles about the same events"
        )
    return [row for row in rows if row[1] in both]


def _prior(
    analysis: Analysis,
    corpus: pd.DataFrame,
    articles: Sequence[str],
    vocabulary: Sequence[str],
    prior: Mapping[str, float] | None,
    prior_words: float,
) -> Floats:
    if prior is not None:
        added = np.array([float(prior.get(word, 0.01)) for word in vocabulary])
        if not (added > 0).all() or not np.isfinite(added).all():
            raise InputError("prior must give every word a finite count above 0.")
        return added
    everything = spoken_words(analysis, corpus, "all")
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(everything[article])
    known = np.array([max(counts[word], 1) for word in vocabulary], dtype=np.float64)
    return np.asarray(known * (prior_words / known.sum()), dtype=np.float64)


def log_odds(own: Floats, rest: Floats, added: Floats) -> tuple[Floats, Floats]:
    """Weighted log-odds ratios and their standard errors, from counts along the last axis.

    Examples
    --------
    >>> ratio, error = log_odds(np.array([8.0, 2.0]), np.array([2.0, 8.0]), np.array([1.0, 1.0]))
    >>> np.allclose(ratio, [2 * np.log(3), -2 * np.log(3)]), np.allclose(error, np.sqrt(1 / 9 + 1 / 3))
    (True, True)
    """
    one, other = own + added, rest + added
    ratio = np.log(one) - np.log(one.sum(axis=-1, keepdims=True) - one)
    ratio -= np.log(other) - np.log(other.sum(axis=-1, keepdims=True) - other)
    return ratio, np.sqrt(1 / one + 1 / other)


def _table(
    own: Floats,
    rest: Floats,
    added: Floats,
    vocabulary: Sequence[str],
    outlet: str,
    least: int,
    rng: np.random.Generator,
    n_resamples: int,
) -> pd.DataFrame:
    n, n_versus = own.sum(axis=0), rest.sum(axis=0)
    ratio, error = log_odds(n, n_versus, added)
    kept = [column for column in range(len(vocabulary)) if n[column] + n_versus[column] >= least]
    low, high = _interval(own, rest, added, kept, rng, n_resamples)
    z = ratio / error
    order = sorted(range(len(kept)), key=lambda i: (-z[kept[i]], vocabulary[kept[i]]))
    in_events = ((own + rest) > 0).sum(axis=0)
    rows = [
        {
            "word": vocabulary[column],
            "outlet": outlet,
            "versus": "rest",
            "n": int(n[column]),
            "n_versus": int(n_versus[column]),
            "n_events": int(in_events[column]),
            "per_1000_words": 1000 * n[column] / n.sum() if n.sum() else pd.NA,
            "per_1000_words_versus": 1000 * n_versus[column] / n_versus.sum() if n_versus.sum() else pd.NA,
            "log_odds": ratio[column],
            "z": z[column],
            "ci_low": low[i],
            "ci_high": high[i],
        }
        for i in order
        for column in [kept[i]]
    ]
    return as_table(rows, DISTINCTIVE)


def _interval(
    own: Floats, rest: Floats, added: Floats, kept: Sequence[int], rng: np.random.Generator, n_resamples: int
) -> tuple[Floats, Floats]:
    """Limits for the kept words; all words stay in the sums."""
    n_events = len(own)
    sums_own, sums_rest = own.sum(axis=1), rest.sum(axis=1)
    one, other, prior = own[:, kept], rest[:, kept], added[kept]
    drawn = []
    for start in range(0, n_resamples, DRAWS_AT_ONCE):
        n_draws = min(DRAWS_AT_ONCE, n_resamples - start)
        times = rng.multinomial(n_events, np.full(n_events, 1 / n_events), size=n_draws).astype(np.float64)
        left, right = times @ one + prior, times @ other + prior
        all_left = (times @ sums_own + added.sum())[:, None]
        all_right = (times @ sums_rest + added.sum())[:, None]
        drawn.append(np.log(left / (all_left - left)) - np.log(right / (all_right - right)))
    low, high = np.quantile(np.concatenate(drawn), [0.025, 0.975], axis=0)
    return low, high
