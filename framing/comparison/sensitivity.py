"""The same question asked in other ways, to see which choice another researcher would need for another answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison.articles import Articles, Floats, Metric, read_articles, read_metrics
from framing.comparison.contrasts import Contrast, contrasts
from framing.comparison.effect_size import effect_sizes
from framing.comparison.inferring import infer
from framing.comparison.length_control import at_equal_length, lengths_by_event
from framing.comparison.resampling import FEWEST
from framing.comparison.samples import Sample, event_table, samples
from framing.comparison.specifications import COPIES, MAIN, SEVERAL, Mask, Specification, specifications_of
from framing.comparison.variants import CHECKS, SAME
from framing.corpus.columns import clipped, shown
from framing.errors import InputError, TooFewError
from framing.tables import Schema, as_table

SENSITIVITY: Schema = {
    "outlet": "string",
    "versus": "string",
    "check": "string",
    "choice": "string",
    "metric": "string",
    "same_question": "boolean",
    "copies": "string",
    "equal_length": "boolean",
    "n_events": "Int64",
    "n_articles": "Int64",
    "difference": "Float64",
    "ci_low": "Float64",
    "ci_high": "Float64",
    "effect_size": "Float64",
    "p_value": "Float64",
    "same_sign": "boolean",
    "stands": "boolean",
}
LEVEL = 0.05
MANY_EVENTS, SOME_EVENTS = 200, 100


def sensitivity(
    articles: pd.DataFrame,
    metric: str,
    *,
    event: str = "event",
    contrast: str = "pairwise",
    outlet: str | None = None,
    copies: str = "keep",
    checks: Sequence[str] = CHECKS,
    n_resamples: int = 9_999,
    seed: int = 0,
) -> pd.DataFrame:
    """Ask one question in many ways, and see whether the answer depends on how.

    Each way is a specification: a set of choices that another researcher could have made. A difference that keeps its
    sign and its interval off 0 through all of them is one that a reviewer can't take apart by another choice; the rows
    where it doesn't say what it rests on.

    Parameters
    ----------
    articles, event, contrast
        As in `compare_outlets`; events are needed.
    metric : str
        The metric of the question.
    outlet : str, optional
        Keep only contrasts of this outlet, as `compare_outlets` names it first.
    copies : {"keep", "drop"}
        What the question as asked does with copies; the check does the other.
    checks : sequence of str
        What to vary. These leave the question as it is:

        - ``"copies"``: articles marked as copies left out, or kept (needs the columns of `add_copies`)
        - ``"length"``: the difference at equal length, by regression on the difference in length (needs `n_words`)
        - ``"lexicon"``: tone by each other sentiment lexicon that `analyze` was given
        - ``"event"``: without each event in turn (of more than 200 events, the 100 that differ most from the mean)
        - ``"author"``: without each author of several articles in turn (needs a column `author`)

        and these ask it of a part: ``"voice"`` (all words, the outlet's own, its sources'), ``"category"`` (each
        category of hedges), ``"headline"`` (headlines only).
    n_resamples, seed
        As in `compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        For each contrast a row as asked, then a row per specification:

        - `outlet, versus`
        - `check` (``as asked``, one of the above, or ``several``: copies, length and lexicon combined) and `choice` (in
          words)
        - `metric` (the one that this row used), `same_question` (False where it asks of a part), `copies`,
          `equal_length`
        - `n_events, n_articles`, `difference, ci_low, ci_high` in the metric's unit
        - `effect_size` (d_z; at equal length the difference by the standard deviation of the residuals) and `p_value`
          (not adjusted: it is one question)
        - `same_sign` as the row as asked, and `stands` (p at most .05)

        A check that can't be made has one row without numbers, whose `choice` says why.

    Raises
    ------
    InputError
        (a ValueError) As `compare_outlets`, and if a check is not one of the above.

    Notes
    -----
    After the specification curve of Simonsohn, Simmons and Nelson [1]_. Specifications share their articles, so a count
    of those that stand is no number of independent confirmations. Leaving out one event makes a difference that barely
    stands fail often: read which events these are, and by how much the difference moves.

    References
    ----------
    .. [1] Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification curve analysis.
       https://doi.org/10.1038/s41562-020-0912-z

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": [f"a{i}" for i in range(14)], "outlet": ["Courier", "Herald"] * 7,
    ...     "event": [i // 2 for i in range(14)], "n_quotes": [3, 4, 2, 4, 5, 8, 1, 5, 2, 7, 3, 9, 1, 2],
    ... })
    >>> table = sensitivity(articles, "n_quotes", checks=["event"])
    >>> table[["choice", "difference", "stands"]].head(2).round(2).values.tolist()
    [['as asked', -3.14, True], ['without event 0', -3.5, True]]
    """
    _check_checks(checks)
    if copies not in COPIES:
        raise InputError(f"copies must be 'keep' or 'drop'; found {copies!r}")
    known = read_articles(articles, event)
    if not known.n_events:
        raise InputError(
            "sensitivity needs events, and the articles have none. Without them, what the outlets chose to tell "
            "outweighs every other choice. Find events with match_events(corpus)"
        )
    asked = _asked(known, contrast, outlet)
    (main,) = read_metrics(known.frame, [metric])
    specifications = list(
        specifications_of(known, metric, event, checks, _influential(known, main, asked), copies=copies)
    )
    metrics = {one.name: one for one in read_metrics(known.frame, [s.metric for s in specifications if s.metric])}
    rows: list[list[dict[str, Any]]] = [[] for _ in asked]
    waiting: list[tuple[dict[str, Any], Sample]] = []
    for specification in specifications:
        if specification.problem:
            for side, of_side in zip(asked, rows, strict=True):
                of_side.append(_row(side, specification))
            continue
        used = _without(metrics[specification.metric], specification.left_out)
        for side, of_side, sample in zip(asked, rows, samples(known, used, asked), strict=True):
            row = _row(side, specification) | {"n_events": sample.n_units, "n_articles": sample.n_articles}
            of_side.append(row)
            if specification.equal_length:
                row |= _at_equal_length(known, used, side)
            elif sample.n_units >= FEWEST:
                waiting.append((row, sample))
    if not any(row["check"] == MAIN for row, _ in waiting):
        raise TooFewError(
            f"too few shared events: a comparison needs {FEWEST} in which both sides have a value of {metric!r}. "
            "Add events, or name another metric"
        )
    _infer(waiting, n_resamples, seed)
    table = as_table((row for of_side in rows for row in of_side), SENSITIVITY)
    return _judged(table)


def _check_checks(checks: Sequence[str]) -> None:
    unknown = [check for check in ([checks] if isinstance(checks, str) else checks) if check not in CHECKS]
    if unknown or isinstance(checks, str):
        found = unknown[0] if unknown else checks
        raise InputError(f"checks must be a list of any of {', '.join(CHECKS)}; found {found!r}")


def _asked(articles: Articles, contrast: str, outlet: str | None) -> list[Contrast]:
    asked = contrasts(articles.outlets, contrast)
    kept = [side for side in asked if outlet in (None, side.outlet)]
    if not kept:
        first = list(dict.fromkeys(side.outlet for side in asked))
        raise InputError(f"no contrast has {clipped(str(outlet))!r} as its first outlet; these have: {shown(first)}")
    return kept


def _influential(articles: Articles, metric: Metric, asked: Sequence[Contrast]) -> list[int]:
    """The events to leave out: all, or of very many those that lie furthest from the mean in any contrast."""
    if articles.n_events <= MANY_EVENTS:
        return list(range(articles.n_events))
    values, _, _ = event_table(articles, metric)
    furthest = np.zeros(articles.n_events)
    for side in asked:
        others = values[:, side.right]
        n_others = (~np.isnan(others)).sum(axis=1)
        difference = values[:, side.left] - np.nansum(others, axis=1) / np.where(n_others, n_others, np.nan)
        furthest = np.fmax(furthest, np.abs(difference - np.nanmean(difference)))
    return sorted(np.argsort(-furthest, kind="stable")[:SOME_EVENTS].tolist())


def _row(side: Contrast, one: Specification) -> dict[str, Any]:
    return dict.fromkeys(SENSITIVITY, None) | {
        "outlet": side.outlet,
        "versus": side.versus,
        "check": one.check,
        "choice": one.choice,
        "metric": one.metric or None,
        "same_question": one.check in (MAIN, SEVERAL, *SAME),
        "copies": None if one.problem else one.copies,
        "equal_length": None if one.problem else one.equal_length,
    }


def _without(metric: Metric, left_out: Mask | None) -> Metric:
    if left_out is None:
        return metric
    above, below = (np.where(left_out, np.nan, values) for values in (metric.above, metric.below))
    return replace(metric, above=above, below=below)


def _at_equal_length(articles: Articles, used: Metric, side: Contrast) -> dict[str, Any]:
    n_words: Floats = articles.frame["n_words"].to_numpy(dtype=np.float64, na_value=np.nan)
    values, _, _ = event_table(articles, used)
    found = at_equal_length(values, lengths_by_event(articles, used, n_words), side)
    if found is None:
        return {}
    difference, inference, spread, n_events = found
    return {
        "n_events": n_events,
        "difference": difference,
        "ci_low": inference.ci_low,
        "ci_high": inference.ci_high,
        "effect_size": difference / spread if spread else None,
        "p_value": inference.p_value,
    }


def _infer(waiting: list[tuple[dict[str, Any], Sample]], n_resamples: int, seed: int) -> None:
    """Fill in the rows, all tests at once."""
    every = [sample for _, sample in waiting]
    inferred = infer(every, n_resamples=n_resamples, seed=seed)
    for (row, sample), inference, effect in zip(waiting, inferred, effect_sizes(every), strict=True):
        row |= {
            "difference": sample.difference,
            "ci_low": min(inference.ci_low, sample.difference),
            "ci_high": max(inference.ci_high, sample.difference),
            "effect_size": effect.size,
            "p_value": inference.p_value,
        }


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    main = table[table["check"] == MAIN].set_index(["outlet", "versus"])["difference"]
    of_main = pd.Series(main.reindex(pd.MultiIndex.from_frame(table[["outlet", "versus"]])).to_numpy(), table.index)
    of_main = of_main.astype("Float64")
    table["same_sign"] = (table["difference"] * of_main > 0).astype("boolean")
    table["stands"] = (table["p_value"] <= LEVEL).astype("boolean")
    return table
