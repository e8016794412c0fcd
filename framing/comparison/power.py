"""What a comparison could find: the smallest difference that these events would show, and the events one would need."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from scipy.optimize import brentq
from scipy.stats import nct
from scipy.stats import t as student

from framing.comparison.articles import Metric, read_articles, read_metrics
from framing.comparison.contrasts import Contrast, contrasts
from framing.comparison.copies import treat_copies
from framing.comparison.resampling import FEWEST
from framing.comparison.samples import Sample, samples
from framing.errors import InputError
from framing.tables import Schema, as_table

DETECTABLE: Schema = {
    "metric": "string",
    "outlet": "string",
    "versus": "string",
    "n_events": "Int64",
    "n_articles": "Int64",
    "mean": "Float64",
    "standard_error": "Float64",
    "detectable_difference": "Float64",
    "power": "Float64",
    "level": "Float64",
}
NEEDED: Schema = {
    "metric": "string",
    "outlet": "string",
    "versus": "string",
    "n_events": "Int64",
    "n_articles": "Int64",
    "standard_deviation": "Float64",
    "difference": "Float64",
    "events_needed": "Int64",
    "power": "Float64",
    "level": "Float64",
}
FEWEST_FOR_SPREAD = 3  # events; the standard deviation of two differences says next to nothing
MOST_EVENTS = 1_000_000


def detectable_difference(
    articles: pd.DataFrame,
    metrics: Sequence[str] | None = None,
    *,
    event: str | None = "event",
    contrast: str = "pairwise",
    copies: str = "keep",
    power: float = 0.8,
    level: float = 0.05,
) -> pd.DataFrame:
    """Compute the smallest true difference that a comparison of these articles would probably find.

    Ask before looking at the results: where it is larger than any difference that would matter, the comparison can't
    answer the question, and "no difference found" says nothing.

    Parameters
    ----------
    articles, event, contrast, copies
        As in `compare_outlets`.
    metrics : str or sequence of str, optional
        One column, or several. Left out, the core metrics of `analyze` that the frame has.
    power : float
        Probability of finding the difference if it is there, between `level` and 1.
    level : float
        Two-sided level of the test, for one question alone; with many questions a smaller one is needed.

    Returns
    -------
    pandas.DataFrame
        One row per metric and contrast, in the order of `compare_outlets`: `metric, outlet, versus, n_events,
        n_articles`; `mean` (of both sides together, to judge a difference by), `standard_error` (of the difference) and
        `detectable_difference`, all three in the metric's unit; `power` and `level` as asked. ``<NA>`` below six events
        (by article: six articles a side), where nothing can be found.

    Raises
    ------
    InputError
        (a ValueError) As `compare_outlets`, and if `power` or `level` is out of range.

    Notes
    -----
    From the noncentral t distribution, with the spread found in these articles: paired over events, or Welch's over
    articles. By simulation with normal differences, where this promises a power of .80, the sign-flip test of
    `compare_outlets` has .80 at 12 events and more, .78 at 8, and .62 at 6, where it has few patterns to try.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": [f"a{i}" for i in range(12)], "outlet": ["Courier", "Herald"] * 6,
    ...     "event": [i // 2 for i in range(12)], "n_quotes": [3, 4, 2, 4, 5, 8, 1, 5, 2, 7, 3, 9],
    ... })
    >>> round(float(detectable_difference(articles, "n_quotes")["detectable_difference"].iloc[0]), 2)
    2.68
    """
    _check_shares(power, level)
    rows: list[dict[str, Any]] = []
    for metric, one, sample in _cases(articles, metrics, event, contrast, copies):
        error, detectable = _detectable(sample, power, level) if sample.n_units >= FEWEST else (None, None)
        rows.append(
            _named(metric, one, sample)
            | {
                "mean": float(sample.left.mean() + sample.right.mean()) / 2 if sample.n_units else None,
                "standard_error": error,
                "detectable_difference": detectable,
                "power": power,
                "level": level,
            }
        )
    return as_table(rows, DETECTABLE)


def events_needed(
    articles: pd.DataFrame,
    metric: str,
    difference: float,
    *,
    event: str = "event",
    contrast: str = "pairwise",
    copies: str = "keep",
    power: float = 0.8,
    level: float = 0.05,
) -> pd.DataFrame:
    """Compute how many events a comparison needs to find a difference of this size.

    Ask with a few events, before collecting the rest, and with the smallest difference that would matter. The
    difference that these events happen to show is the wrong one to ask with: what was found by chance looks easy to
    find again.

    Parameters
    ----------
    articles, event, contrast, copies
        As in `compare_outlets`.
    metric : str
        Column to compare.
    difference : float
        The true difference to be found, in the metric's unit (0.05 for five percentage points of a share); its sign
        does not matter.
    power, level
        As in `detectable_difference`.

    Returns
    -------
    pandas.DataFrame
        One row per contrast: `metric, outlet, versus, n_events, n_articles` (of these articles);
        `standard_deviation` of the differences within events, and `difference`, both in the metric's unit;
        `events_needed`, at least six; `power` and `level` as asked. ``<NA>`` with fewer than three shared events, whose
        spread says next to nothing, and where more than a million events would be needed.

    Raises
    ------
    InputError
        (a ValueError) As `compare_outlets`, if the articles have no events, if `difference` is 0 or not finite, or if
        `power` or `level` is out of range.

    Notes
    -----
    The power of the paired t test, by the noncentral t distribution, with the spread of the differences found here.
    That spread is itself uncertain: with ten events the true one lies between 0.7 and 1.8 times it (95%, normal
    differences), and the events needed go with its square. Below 12 events the sign-flip test of `compare_outlets`
    finds somewhat less, see `detectable_difference`.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": [f"a{i}" for i in range(12)], "outlet": ["Courier", "Herald"] * 6,
    ...     "event": [i // 2 for i in range(12)], "n_quotes": [3, 4, 2, 4, 5, 8, 1, 5, 2, 7, 3, 9],
    ... })
    >>> int(events_needed(articles, "n_quotes", 1.0)["events_needed"].iloc[0])
    30
    """
    _check_shares(power, level)
    if isinstance(difference, bool) or not isinstance(difference, int | float) or not math.isfinite(difference):
        raise InputError(f"difference must be a finite number in the metric's unit; found {difference!r}")
    if difference == 0:
        raise InputError("difference is 0, which no number of events finds. Give the smallest that would matter")
    if not isinstance(metric, str):
        raise InputError(
            f"metric must be the name of one column; found {type(metric).__name__}. Ask for each by itself"
        )
    rows: list[dict[str, Any]] = []
    for column, one, sample in _cases(articles, [metric], event, contrast, copies):
        if not sample.is_paired:
            raise InputError("the articles have no events, so none can be counted. Find them with match_events")
        spread = float((sample.left - sample.right).std(ddof=1)) if sample.n_units >= FEWEST_FOR_SPREAD else None
        rows.append(
            _named(column, one, sample)
            | {
                "standard_deviation": spread,
                "difference": float(difference),
                "events_needed": None if spread is None else _events(abs(difference), spread, power, level),
                "power": power,
                "level": level,
            }
        )
    return as_table(rows, NEEDED)


def _check_shares(power: float, level: float) -> None:
    if not 0 < level < power < 1:
        raise InputError(
            f"level and power must be shares with 0 < level < power < 1; found level={level}, power={power}"
        )


def _cases(
    articles: pd.DataFrame, metrics: Sequence[str] | None, event: str | None, contrast: str, copies: str
) -> list[tuple[Metric, Contrast, Sample]]:
    treated, _ = treat_copies(articles, copies)
    known = read_articles(treated, event)
    asked = contrasts(known.outlets, contrast)
    return [
        (metric, one, sample)
        for metric in read_metrics(known.frame, metrics)
        for one, sample in zip(asked, samples(known, metric, asked), strict=True)
    ]


def _named(metric: Metric, contrast: Contrast, sample: Sample) -> dict[str, Any]:
    return {
        "metric": metric.name,
        "outlet": contrast.outlet,
        "versus": contrast.versus,
        "n_events": sample.n_units if sample.is_paired else None,
        "n_articles": sample.n_articles,
    }


def _events(difference: float, spread: float, power: float, level: float) -> int | None:
    """The fewest events, from six on, with which the difference is found as often as asked."""

    def is_enough(n: int) -> bool:
        return difference >= spread / math.sqrt(n) * _detectable_errors(n - 1, power, level)

    few, many = FEWEST, FEWEST
    while not is_enough(many):
        few, many = many, 2 * many
        if few > MOST_EVENTS:
            return None
    # Enough at `many`, too few at `few`: halve what lies between them.
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if is_enough(middle) else (middle, many)
    return many


def _detectable(sample: Sample, power: float, level: float) -> tuple[float, float]:
    error, free = _spread(sample)
    return error, error * _detectable_errors(free, power, level)


def _spread(sample: Sample) -> tuple[float, float]:
    """Give the standard error of the difference and its degrees of freedom."""
    if sample.is_paired:
        difference = sample.left - sample.right
        return float(difference.std(ddof=1)) / math.sqrt(len(difference)), len(difference) - 1
    left = float(sample.left.var(ddof=1)) / len(sample.left)
    right = float(sample.right.var(ddof=1)) / len(sample.right)
    if left + right == 0:
        return 0.0, len(sample.left) + len(sample.right) - 2
    free = (left + right) ** 2 / (left**2 / (len(sample.left) - 1) + right**2 / (len(sample.right) - 1))
    return math.sqrt(left + right), free


def _detectable_errors(free: float, power: float, level: float) -> float:
    """How many standard errors from 0 a difference must be so that a t test finds it."""
    critical = float(student.ppf(1 - level / 2, free))

    def missing(errors: float) -> float:
        found = float(nct.sf(critical, free, errors)) + float(nct.cdf(-critical, free, errors))
        return power - found

    # Step by step, since the distribution is not computable far beyond the answer.
    enough = critical
    while missing(enough) > 0:
        enough += 1
    return float(brentq(missing, 0.0, enough, xtol=1e-12))
