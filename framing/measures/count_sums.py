"""What counts of positive and negative words add up to, with the words that mislead and without them."""

from collections.abc import Sequence
from math import log, sqrt

import pandas as pd

from framing.errors import InputError
from framing.measures.counting import SUMS, WITH_MASK

SMOOTHING = 0.5  # Lowe's, so that no count of 0 has an infinite logarithm


def sum_counts(counts: pd.DataFrame, *, by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """Add counts up and put them on scales, with and without the mask side by side.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `count_sentiment`.
    by : sequence of str
        Columns whose values are kept apart: ``["outlet", "voice"]``, ``["article_id"]``.

    Returns
    -------
    pandas.DataFrame
        One row per combination, sorted; the columns of `by`, `n_words`, and, each also with `_with_mask`:

        - `n_terms`, `n_positive`, `n_negative`, `n_matched`: sums
        - `coverage`: share of words that the lexicon has, 0 to 1
        - `share_positive`: positive among positive and negative, 0 to 1; ``<NA>`` when there is neither
        - `logit`: log((positive + .5) / (negative + .5)) [1]_; above 0 is positive, no bounds
        - `logit_se`: its standard error, sqrt(1 / (positive + .5) + 1 / (negative + .5))
        - `mean_weight`: mean of the weights, -1 to 1; ``<NA>`` when the lexicon has none or nothing matched

    Raises
    ------
    InputError
        If a column is missing.

    Notes
    -----
    The standard error takes every expression for an independent draw. Words come in bursts and articles differ, so it
    is too small for comparing outlets: use `compare_outlets`, whose unit is the event. An article without a word has
    no row.

    References
    ----------
    .. [1] Lowe, W., Benoit, K., Mikhaylov, S., Laver, M. (2011). Scaling Policy Preferences from Coded Political Texts.
       Legislative Studies Quarterly 36(1), 123-155. https://doi.org/10.1111/j.1939-9162.2010.00006.x

    Examples
    --------
    >>> from framing.measures.counting import count_sentiment
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": ["Miss Lee gave a great speech."]})
    >>> sums = sum_counts(count_sentiment(corpus, mask=["miss"]))
    >>> sums[["logit", "logit_se", "logit_with_mask", "coverage"]].round(2).values.tolist()
    [[0.0, 1.15, 1.1, 0.33]]
    """
    names = [*by]
    sums = [*SUMS, "sum_weight"]
    needed = [*names, "n_words", *sums, *(f"{name}{WITH_MASK}" for name in sums)]
    for name in needed:
        if name not in counts:
            raise InputError(
                f"counts have no column '{name}'; they have: {', '.join(map(str, counts.columns))}. "
                "Make them with count_sentiment(corpus)"
            )
    if not names:
        raise InputError('by is empty. Name at least one column to keep apart: by=["outlet"]')
    values = [name for name in needed if name not in names]
    grouped = counts.groupby(names, dropna=False, sort=True)[values].sum(min_count=1)
    table = grouped.reset_index()
    for suffix in ("", WITH_MASK):
        table = table.assign(**{f"{name}{suffix}": column for name, column in _scales(table, suffix).items()})
    return table.drop(columns=["sum_weight", f"sum_weight{WITH_MASK}"])


def logit_scale(n_positive: float, n_negative: float) -> tuple[float, float]:
    """Lowe's logit scale and its standard error.

    Examples
    --------
    >>> [round(value, 3) for value in logit_scale(3, 2)]  # log(3.5 / 2.5), sqrt(1 / 3.5 + 1 / 2.5)
    [0.336, 0.828]
    """
    more, less = n_positive + SMOOTHING, n_negative + SMOOTHING
    return log(more / less), sqrt(1 / more + 1 / less)


def _scales(table: pd.DataFrame, suffix: str) -> dict[str, pd.Series]:
    def column(name: str) -> pd.Series:
        return table[f"{name}{suffix}"].astype("Float64")

    up, down = column("n_positive"), column("n_negative")
    logits = [logit_scale(p, n) for p, n in zip(up, down, strict=True)]
    return {
        "coverage": _ratio(column("n_matched"), table["n_words"].astype("Float64")),
        "share_positive": _ratio(up, up + down),
        "logit": pd.Series([value for value, _ in logits], dtype="Float64", index=table.index),
        "logit_se": pd.Series([error for _, error in logits], dtype="Float64", index=table.index),
        "mean_weight": _ratio(column("sum_weight"), column("n_terms")),
    }


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.mask(whole == 0)
