"""What a comparison could find: the smallest difference that these events would show."""

import math
from typing import Any

import pandas as pd
from scipy.optimize import brentq
from scipy.stats import nct
from scipy.stats import t as student

from framing.comparison.articles import read_articles, read_metrics
from framing.comparison.contrasts import contrasts
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
    "standard_error": "Float64",
    "detectable_difference": "Float64",
}


def detectable_difference(
    articles: pd.DataFrame,
    metric: str,
    *,
    event: str | None = "event",
    contrast: str = "pairwise",
    power: float = 0.8,
    level: float = 0.05,
) -> pd.DataFrame:
    """Compute the smallest true difference that a comparison of these articles would probably find.

    Ask before looking at the results: where it is larger than any difference that would matter, the comparison can't
    answer the question, and "no difference found" says nothing.

    Parameters
    ----------
    articles, event, contrast
        As in `compare_outlets`.
    metric : str
        Column to compare.
    power : float
        Probability of finding the difference if it is there, between `level` and 1.
    level : float
        Two-sided level of the test, for one question alone; with many questions a smaller one is needed.

    Returns
    -------
    pandas.DataFrame
        One row per contrast: `metric, outlet, versus, n_events, n_articles`, `standard_error` (of the difference) and
        `detectable_difference`, both in the metric's unit. ``<NA>`` below six events (by article: six articles a side),
        where nothing can be found.

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
    if not 0 < level < power < 1:
        raise InputError(
            f"level and power must be shares with 0 < level < power < 1; found level={level}, power={power}"
        )
    known = read_articles(articles, event)
    asked = contrasts(known.outlets, contrast)
    (column,) = read_metrics(known.frame, [metric])
    rows: list[dict[str, Any]] = []
    for one, sample in zip(asked, samples(known, column, asked), strict=True):
        error, detectable = _detectable(sample, power, level) if sample.n_units >= FEWEST else (None, None)
        rows.append(
            {
                "metric": column.name,
                "outlet": one.outlet,
                "versus": one.versus,
                "n_events": sample.n_units if sample.is_paired else None,
                "n_articles": sample.n_articles,
                "standard_error": error,
                "detectable_difference": detectable,
            }
        )
    return as_table(rows, DETECTABLE)


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
