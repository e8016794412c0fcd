"""One mixed model of one metric: outlets as fixed effects, events as random ones.

Statsmodels fits it. Its search stops without an answer when a variance is 0, which is common: events often differ no
more than chance. So the best variances are first looked for here, where 0 is a place like any other, and statsmodels
then fits the model that has the variances above 0, from there. Its standard errors and its warnings are the ones told.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from framing.comparison.articles import Codes, Floats

NEARLY_ALL = 1 - 1e-6  # of the variance; above it there is nothing left to fit
NEARLY_NONE = 1e-6
SEVERAL_METHODS = ["bfgs", "lbfgs", "cg"]
SAID = {
    "converge": "the fit found no best values",
    "singular": "the variances can't be told apart",
    "not positive definite": "the fit is not at a clear best, so that its interval is uncertain",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """The articles by event (row) and outlet (column): how many, their mean, and the squares within all of them."""

    n: Floats
    mean: Floats
    within: float

    @property
    def are_several(self) -> bool:
        """Whether an outlet has several articles about one event."""
        return bool((self.n > 1).any())


@dataclass(frozen=True, slots=True)
class Fit:
    """Means of the outlets with their covariance, both in the units of the values, and shares of the variance.

    `problem` says what is wrong with the fit, if it can be used all the same.
    """

    means: Floats
    covariance: Floats
    between_events: float
    problem: str


class NoFitError(Exception):
    """Raised when a model can't be fitted; the message says why in plain words."""


def fit(values: Floats, event: Codes, outlet: Codes) -> Fit:
    """Fit the model; numbers of events and outlets begin with 0 and leave none out."""
    with np.errstate(over="ignore"):
        spread = float(values.std())
    if not np.isfinite(spread):
        raise NoFitError("the values are too large to compute with")
    if spread <= 1e-12 * float(np.abs(values).max()):
        raise NoFitError("all articles have the same value")
    scaled = (values - values.mean()) / spread
    cells = cells_of(scaled, event, outlet)
    with warnings.catch_warnings(record=True) as told, np.errstate(all="ignore"):
        warnings.simplefilter("always")
        try:
            by_event, by_cell = best_variances(cells)
            fitted = _fitted(scaled, event, outlet, by_event, by_cell)
        except (np.linalg.LinAlgError, ValueError) as error:
            raise NoFitError("the model can't be computed on these articles") from error
    if not getattr(fitted, "converged", True):
        raise NoFitError(SAID["converge"])
    k = cells.n.shape[1]
    means = np.asarray(fitted.params)[:k]
    covariance = np.asarray(fitted.cov_params())[:k, :k]
    if not (np.isfinite(means).all() and np.isfinite(covariance).all() and (np.diag(covariance) > 0).all()):
        raise NoFitError(SAID["singular"])
    problems = [] if by_event else ["events differ no more than chance would make them: no variance between them"]
    problems += [
        words
        for said, words in SAID.items()
        if said != "converge" and any(said in str(warning.message) for warning in told)
    ]
    total = 1 + by_event + by_cell
    return Fit(means * spread + values.mean(), covariance * spread**2, by_event / total, "; ".join(problems))


def cells_of(values: Floats, event: Codes, outlet: Codes) -> Cells:
    """Sum up the articles of each outlet about each event."""
    shape = (int(event.max()) + 1, int(outlet.max()) + 1)
    cell = event * shape[1] + outlet
    n = np.bincount(cell, minlength=shape[0] * shape[1]).astype(np.float64)
    sums = np.bincount(cell, weights=values, minlength=len(n))
    mean = np.divide(sums, n, out=np.zeros_like(sums), where=n > 0)
    within = float(((values - mean[cell]) ** 2).sum())
    return Cells(n.reshape(shape), mean.reshape(shape), within)


def best_variances(cells: Cells) -> tuple[float, float]:
    """Find the variances between events, and between an outlet's and an event's own, as multiples of the rest.

    The restricted likelihood is maximised over shares of the variance, in which 0 and 1 are the ends.

    Examples
    --------
    >>> one_of_each = Cells(np.ones((3, 2)), np.array([[0.0, 1.0], [5.0, 7.0], [2.0, 2.0]]), 0.0)
    >>> round(best_variances(one_of_each)[0], 3)
    15.667
    """
    bounds = [(0.0, NEARLY_ALL)] * (1 + cells.are_several)

    def misfit(shares: Floats) -> float:
        return _misfit(cells, *_multiples(shares))[0]

    # From several places: the likelihood may have two hills.
    starts = [np.full(len(bounds), share) for share in (0.0, 0.3, 0.7)]
    found = [minimize(misfit, start, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14}) for start in starts]
    best = min(found, key=lambda one: float(one.fun)).x
    # A share that does as well at 0 is 0.
    for place in range(len(best)):
        without = best.copy()
        without[place] = 0.0
        if best[place] < NEARLY_NONE or misfit(without) <= misfit(best):
            best = without
    by_event, by_cell = _multiples(best)
    if (best > 1 - 1e-5).any() or _misfit(cells, by_event, by_cell)[1] < 1e-12 * cells.n.sum():
        raise NoFitError("hardly anything varies that events and outlets do not account for: no error to measure by")
    return by_event, by_cell


def _multiples(shares: Floats) -> tuple[float, float]:
    multiples = shares / (1 - shares)
    return float(multiples[0]), float(multiples[1]) if len(multiples) > 1 else 0.0


def _misfit(cells: Cells, by_event: float, by_cell: float) -> tuple[float, float]:
    """Minus twice the restricted log likelihood, up to a constant, at its best means; and the squares left over."""
    told = cells.n > 0
    spread = np.ones_like(cells.n)
    np.divide(1.0, cells.n, out=spread, where=told)
    weight = np.where(told, 1 / (by_cell + spread), 0.0)
    weights = weight.sum(axis=1)
    shrunk = by_event / (1 + by_event * weights)
    product = weight * cells.mean
    sums = product.sum(axis=1)
    information = np.diag(weight.sum(axis=0)) - weight.T @ (shrunk[:, None] * weight)
    towards = product.sum(axis=0) - weight.T @ (shrunk * sums)
    squares = float((product * cells.mean).sum() - (shrunk * sums**2).sum()) + cells.within
    left = squares - float(towards @ np.linalg.solve(information, towards))
    n_free = float(cells.n.sum()) - cells.n.shape[1]
    volume = np.log(cells.n[told] * (by_cell + spread[told])).sum() + np.log1p(by_event * weights).sum()
    return float(n_free * np.log(max(left, 1e-300)) + volume + np.linalg.slogdet(information)[1]), left


def _fitted(values: Floats, event: Codes, outlet: Codes, by_event: float, by_cell: float) -> Any:
    # Imported here, since it takes longer than a comparison that doesn't need it.
    from statsmodels.regression.linear_model import OLS
    from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

    k = int(outlet.max()) + 1
    design = np.eye(k)[outlet]
    if not by_event and not by_cell:
        return OLS(values, design).fit()
    start = MixedLMParams(k, 1, int(bool(by_event and by_cell)))
    start.fe_params = np.zeros(k)
    start.cov_re = np.array([[by_event or by_cell]])
    start.vcomp = np.array([by_cell] if by_event and by_cell else [])
    groups = event if by_event else event * k + outlet
    inner = _outlet_within_event(event, outlet) if by_event and by_cell else None
    model = MixedLM(values, design, groups=groups, exog_re=np.ones((len(values), 1)), exog_vc=inner)
    return model.fit(reml=True, start_params=start, method=SEVERAL_METHODS, gtol=1e-8)


def _outlet_within_event(event: Codes, outlet: Codes) -> Any:
    from statsmodels.regression.mixed_linear_model import VCSpec

    matrices, columns = [], []
    for number in range(int(event.max()) + 1):
        theirs = outlet[event == number]
        names = np.unique(theirs)
        matrices.append((theirs[:, None] == names[None, :]).astype(np.float64))
        columns.append([str(name) for name in names])
    return VCSpec(["outlet within event"], [columns], [matrices])
