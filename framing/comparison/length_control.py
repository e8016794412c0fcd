"""A difference between outlets at equal length: what is left of it when their articles would be as long."""

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from framing.comparison.articles import Articles, Floats, Metric
from framing.comparison.contrasts import Contrast
from framing.comparison.resampling import FEWEST, Inference
from framing.comparison.samples import event_table


def lengths_by_event(articles: Articles, used: Metric, n_words: Floats) -> Floats:
    """Logarithm of the mean length of an outlet's (column) articles in an event (row), where the metric is known."""
    log_lengths = np.where(np.isnan(used.above) | ~(n_words > 0), np.nan, n_words)
    values, _, _ = event_table(
        articles, Metric("length", log_lengths, np.where(np.isnan(log_lengths), np.nan, 1.0), 1.0, False)
    )
    with np.errstate(divide="ignore"):
        logarithms: Floats = np.log(values)
    return logarithms


def at_equal_length(values: Floats, lengths: Floats, contrast: Contrast) -> tuple[float, Inference, float, int] | None:
    """Regress the difference within events on the difference in length; the intercept is what is left at equal length.

    Gives the intercept, its p and 95% interval, the standard deviation of the residuals, and the number of events, or
    ``None`` with too few events or lengths that don't vary. Errors are robust to unequal variance (HC3 [1]_).

    Parameters
    ----------
    values, lengths : array
        One row an event, one column an outlet; lengths as logarithms.

    References
    ----------
    .. [1] MacKinnon, J. G. and White, H. (1985). Some heteroskedasticity-consistent covariance matrix estimators with
       improved finite sample properties. https://doi.org/10.1016/0304-4076(85)90158-7
    """
    known = ~np.isnan(values) & np.isfinite(lengths)
    others = known[:, contrast.right]
    shared = known[:, contrast.left] & others.any(axis=1)
    if int(shared.sum()) < FEWEST:
        return None
    difference, length = (
        table[shared, contrast.left] - _mean(table[shared][:, contrast.right], others[shared])
        for table in (values, lengths)
    )
    if np.ptp(length) <= 1e-9:
        return None
    design = np.stack([np.ones(len(length)), length], axis=1)
    inverse = np.linalg.inv(design.T @ design)
    intercept, slope = inverse @ design.T @ difference
    residuals = difference - intercept - slope * length
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    spread = np.where(leverage < 1 - 1e-9, residuals / np.maximum(1 - leverage, 1e-9), 0.0)
    covariance = inverse @ (design.T * spread**2) @ design @ inverse
    error, free = float(covariance[0, 0]) ** 0.5, len(length) - 2
    reach = float(student.ppf(0.975, free)) * error
    p_value = 2 * float(student.sf(abs(intercept) / error, free)) if error > 0 else float(intercept == 0)
    inference = Inference(p_value, float(intercept) - reach, float(intercept) + reach)
    return float(intercept), inference, float((residuals**2).sum() / free) ** 0.5, len(length)


def _mean(values: Floats, known: npt.NDArray[np.bool_]) -> Floats:
    mean: Floats = np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)
    return mean
