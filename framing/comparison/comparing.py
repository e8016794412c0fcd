"""Outlets compared: one row per metric and contrast, with interval, effect size, p and q."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.comparison.adjusting import adjusted, check_adjustment
from framing.comparison.articles import Metric, read_articles, read_metrics
from framing.comparison.contrasts import Contrast, contrasts, without_joint
from framing.comparison.copies import treat_copies
from framing.comparison.resampling import FEWEST
from framing.comparison.rows import COMPARISON, contrast_rows, joint_rows, left_out
from framing.comparison.samples import Sample, samples
from framing.corpus.columns import clipped
from framing.errors import InputError, TooFewError
from framing.tables import as_table

ARGUMENTS = "comparing"  # under which name a comparison's `attrs` say how it was made


def compare_outlets(
    articles: pd.DataFrame,
    metrics: Sequence[str] | None = None,
    *,
    event: str | None = "event",
    contrast: str = "pairwise",
    copies: str = "keep",
    adjust: str = "fdr",
    n_resamples: int = 9_999,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare outlets over the same events, metric by metric.

    Each event has one vote: within it an outlet's articles are summed up, the other outlet's value is subtracted, and
    the mean of these differences is tested. What an event itself does to all its articles is thereby taken out.

    Parameters
    ----------
    articles : pandas.DataFrame
        One row per article with `article_id` (unique), `outlet`, the column of events and numeric columns to compare,
        made by `analyze` or not. A metric of `analyze` whose counts are in the frame is summed up as a ratio of sums
        within outlet and event; any other column as the mean. ``<NA>`` in a metric leaves that article out of that
        metric only.
    metrics : sequence of str, optional
        Columns to compare. Left out, the core metrics of `analyze` that the frame has. `q_value` counts every row of
        this call, so ask what you want to know, not all there is.
    event : str or None
        Column that says which event an article tells. ``None``, or a frame without any event, compares by article: then
        the outlets may have told different events, and `method` says so. Articles of one `date` (its day), and of one
        `author`, if the frame has these columns, are then not taken to be independent.
    contrast : str
        ``"pairwise"``: each pair of outlets once, in alphabetic order. ``"rest"``: each outlet against the mean of the
        others in the same event (by article: against all other articles). The name of an outlet: each other outlet
        against it.
    copies : str
        What to do with copies, for which the frame needs the columns `copy` and `agency` (see `add_copies`):
        ``"keep"`` them as articles of the outlet that printed them; ``"drop"`` them; ``"separate"`` makes agency copy
        an outlet of its own, ``Agency copy``, and keeps what repeats an article without an agency. `method` says how
        many articles it was.
    adjust : {"fdr", "holm"}
        How `q_value` counts that much was asked: ``"fdr"`` keeps the share of false findings among those that stand
        (Benjamini-Hochberg [1]_), ``"holm"`` the chance of a single false one (Holm [2]_).
    n_resamples : int
        Random draws where not all can be tried (above 16 events, or 20,000 relabellings of articles); at least 999.
    seed : int
        Seed of those draws.

    Returns
    -------
    pandas.DataFrame
        One row per metric and contrast, in the order asked; before the contrasts of a metric, where more than two
        outlets share events, a row that tests them jointly:

        - `metric, outlet, versus` (string; `versus` is ``rest`` for the rest; ``all outlets`` and ``each other`` in
          the joint row, which has no means and no difference)
        - `n_events` (events in which both sides have a value; ``<NA>`` by article), `n_articles` (used by this row) and
          `n_missing` (articles of these outlets left out because they have no value of the metric)
        - `mean, mean_versus` and `difference`, the first minus the second, in the metric's unit
        - `ci_low, ci_high`: 95% interval of the difference
        - `effect_size, effect_size_name, effect_low, effect_high`: ``d_z`` over events or ``Hedges' g`` over articles
          with its 95% interval (see `framing.comparison.effect_size`), in the joint row ``partial eta²`` without one;
          ``<NA>`` when nothing varies
        - `p_value` (two-sided) and `q_value` (p adjusted for all contrasts of the call; for the joint rows, for all
          joint rows)
        - `method`: pairing, test and interval in words; in a row with too few events, why it has no numbers

        ``attrs["comparing"]`` has what was asked: `metrics, event, contrast, copies, adjust, n_resamples, seed`, by
        which `export_replication` makes it again.

    Raises
    ------
    InputError
        (a ValueError) If a column is missing or not numeric, if there is one outlet only, or if no row has six events
        (by article: six articles a side), below which no difference could be found.

    Notes
    -----
    Pairs are tested by flipping the signs of their differences; an outlet against the rest by drawing anew, within each
    event, which outlet is the one, since the sign of a value less the mean of several others may not be flipped;
    unpaired articles by relabelling them with Welch's t as the statistic; several outlets jointly by exchanging their
    values within events. Intervals come from the same draws, so they leave 0 out just when p is at most .05. No test
    assumes a shape of the values where there is no difference, but the one of unpaired articles that share days or
    authors, which has a t distribution (see `framing.comparison.clustering`).

    `benchmarks/calibration.py` measures pairs on the BASIL corpus at 8, 20 and 100 events, with the outlets permuted
    within event: the test rejects 4.5% to 5.4% at the 5% level, and intervals cover a planted difference 94.7% to 95.3%
    of the time. Against the rest, with 3 to 10 lognormal outlets that are alike, it rejects 4.5% to 5.1%. Where a
    difference is very skewed (a few events in which one outlet counts ten times as much as the other), intervals cover
    less: 92.6% for a count over lognormal events at 8 events, 94.4% at 100.

    A difference says that the outlets' counts differ on these events. Why they do, and whether the count measures what
    its name says, is for reading and hand coding to decide.

    References
    ----------
    .. [1] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate.
       https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
    .. [2] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics,
       6, 65-70. https://www.jstor.org/stable/4615733

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": [f"a{i}" for i in range(12)], "outlet": ["Courier", "Herald"] * 6,
    ...     "event": [i // 2 for i in range(12)], "n_quotes": [3, 4, 2, 4, 5, 8, 1, 5, 2, 7, 3, 9],
    ... })
    >>> row = compare_outlets(articles, ["n_quotes"]).iloc[0]
    >>> row[["difference", "ci_low", "ci_high", "p_value"]].astype(float).round(5).tolist()
    [-3.5, -6.0, -1.0, 0.03125]
    >>> row["method"]
    'paired by event; sign-flip test, all 64 patterns; interval by inverting it'
    """
    _check_resampling(n_resamples, seed)
    check_adjustment(adjust)
    articles, treated = treat_copies(articles, copies)
    known = read_articles(articles, event)
    asked = contrasts(known.outlets, contrast)
    columns = read_metrics(known.frame, metrics)
    cases = [
        (metric, one, sample)
        for metric in columns
        for one, sample in zip(asked, samples(known, metric, asked), strict=True)
    ]
    _check_enough(cases)
    tested = contrast_rows(cases, n_resamples=n_resamples, seed=seed)
    jointly = joint_rows(known, columns, n_resamples=n_resamples, seed=seed)
    rows = [
        row
        for at, joint in enumerate(jointly or [None] * len(columns))
        for row in ([joint] if joint else []) + tested[at * len(asked) : (at + 1) * len(asked)]
    ]
    comparison = as_table(rows, COMPARISON)
    comparison["q_value"] = _q_values(comparison, adjust)
    comparison["method"] += left_out(known) + treated
    # For the methods section: the rows alone tell neither the seed nor the adjustment.
    comparison.attrs[ARGUMENTS] = {
        "metrics": [metric.name for metric in columns],
        "event": event,
        "contrast": contrast,
        "copies": copies,
        "adjust": adjust,
        "n_resamples": n_resamples,
        "seed": seed,
    }
    return comparison


def _q_values(comparison: pd.DataFrame, adjust: str) -> pd.Series:
    """Adjust the contrasts for one another, and the joint tests likewise."""
    q_values = comparison["q_value"].copy()
    is_contrast = comparison.index.isin(without_joint(comparison).index)
    for family in (is_contrast, ~is_contrast):
        tested = family & comparison["p_value"].notna()
        q_values[tested] = adjusted(comparison.loc[tested, "p_value"].to_numpy(dtype=np.float64), adjust)
    return q_values


def _check_resampling(n_resamples: int, seed: int) -> None:
    if not isinstance(n_resamples, int) or n_resamples < 999:
        raise InputError(
            f"n_resamples must be a whole number of at least 999, so that p has three digits; found {n_resamples}"
        )
    if not isinstance(seed, int) or seed < 0:
        raise InputError(f"seed must be a whole number, 0 or above; found {seed}")


def _check_enough(cases: list[tuple[Metric, Contrast, Sample]]) -> None:
    metric, contrast, sample = max(cases, key=lambda case: case[2].n_units)
    if sample.n_units >= FEWEST:
        return
    where = f"{clipped(contrast.outlet)} and {clipped(contrast.versus)}, metric {clipped(metric.name, most=60)}"
    if sample.is_paired:
        raise TooFewError(
            f"too few shared events: at most {sample.n_units} have a value on both sides ({where}), and a comparison "
            f"needs {FEWEST}, below which no difference can be told from chance. Add events, or compare by article, "
            "which mixes the outlets' choice of events with how they tell them: compare_outlets(articles, event=None)"
        )
    raise TooFewError(
        f"too few articles: at most {sample.n_units} have a value on the smaller side ({where}), and a comparison "
        f"needs {FEWEST} of each outlet. Add articles"
    )
