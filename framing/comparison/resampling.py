"""What the two tests share: how many draws decide a limit, and the result they give."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from framing.comparison.articles import Floats

LEVEL = "95%"
FEWEST = 6  # With five events the smallest two-sided p of a sign-flip test is 2/32: nothing could be found.


class Inference(NamedTuple):
    """A two-sided p and a 95% interval that agree: the interval leaves 0 out when p is at most .05."""

    p_value: float
    ci_low: float
    ci_high: float


def rank_of_limit(n_draws: int, *, is_exact: bool) -> int:
    """Give the rank, from the outside, of the draw that is the limit of a 95% interval.

    A value belongs to the interval when each one-sided p is above .025: ``count / n_draws`` when the draws are all
    there are (the data among them), ``(count + 1) / (n_draws + 1)`` when they are a random part.

    Examples
    --------
    >>> rank_of_limit(64, is_exact=True), rank_of_limit(9_999, is_exact=False)
    (2, 250)
    """
    return n_draws // 40 + 1 if is_exact else (n_draws + 1) // 40


def two_sided(n_below: int, n_above: int, n_draws: int, *, is_exact: bool) -> float:
    """Twice the smaller one-sided p, at most 1; random draws count the data as one of them [1]_.

    References
    ----------
    .. [1] Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero.
       https://doi.org/10.2202/1544-6115.1585
    """
    one = 0 if is_exact else 1
    return min(1.0, 2 * (min(n_below, n_above) + one) / (n_draws + one))


def whole_numbers(values: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Scale each row by a power of 2 and round it to whole numbers whose sums are exact in floating point.

    A matrix product adds in an order of its own, which depends on machine and shape; sums of whole numbers are the same
    in any order, and ties stay ties. What is rounded off is below 1e-12 of the row's largest number. Also gives the
    powers.

    Examples
    --------
    >>> whole, powers = whole_numbers(np.array([[0.5, 0.25, 0.75]]))
    >>> np.ldexp(whole.sum(axis=1), -powers)
    array([1.5])
    """
    _, exponents = np.frexp(np.abs(values).max(axis=1))
    bits = 52 - int(np.ceil(np.log2(values.shape[1])))
    shift = bits - exponents.astype(np.int64)
    return np.rint(np.ldexp(values, shift[:, None])), shift
