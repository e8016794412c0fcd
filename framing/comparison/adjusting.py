"""What many questions do to p: the share of false findings, or the chance of a single one, held at a level."""

import numpy as np
from scipy.stats import false_discovery_control

from framing.comparison.articles import Floats
from framing.errors import InputError

FALSE_DISCOVERY = "fdr"
HOLM = "holm"
ADJUSTMENTS = (FALSE_DISCOVERY, HOLM)


def check_adjustment(adjust: str) -> None:
    """Check that an adjustment is one that there is, before anything is computed."""
    if adjust not in ADJUSTMENTS:
        raise InputError(
            f"adjust must be 'fdr' (Benjamini-Hochberg: few false findings among those that stand) or 'holm' (hardly "
            f"any false finding at all); found {adjust!r}"
        )


def adjusted(p_values: Floats, adjust: str) -> Floats:
    """Adjust p values for their number, in their order.

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.04, 0.03]), "holm").round(3).tolist()
    [0.03, 0.06, 0.06]
    >>> adjusted(np.array([0.01, 0.04, 0.03]), "fdr").round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    if not len(p_values):
        return p_values
    if adjust == FALSE_DISCOVERY:
        q_values: Floats = false_discovery_control(p_values)
        return q_values
    order = np.argsort(p_values, kind="stable")
    times = np.arange(len(p_values), 0, -1)
    stepped = np.minimum(np.maximum.accumulate(p_values[order] * times), 1.0)
    back = np.empty_like(stepped)
    back[order] = stepped
    return back
