"""The arithmetic of a corrected difference: codings projected to articles, and estimates with their noise."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Coded:
    """The sentences that belong to articles of a comparison, and those among them that were coded.

    `article` numbers the article of each sentence, `cell` the group whose mean mistake is taken; `machine` is what the
    machine counts or expects in it, `weight` what one more adds to the numerator. `unit` are the coded sentences,
    `human` what people count in them, `probability` with which they were drawn and coded.
    """

    article: npt.NDArray[np.int64]
    cell: npt.NDArray[np.int64]
    machine: Floats
    weight: Floats
    unit: npt.NDArray[np.int64]
    human: Floats
    probability: Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A difference with 95% interval and p; `from_coding` is the share of its variance that coding all would end."""

    difference: float
    low: float
    high: float
    p_value: float
    from_coding: float


def projected(coded: Coded, values: Floats, n_articles: int) -> tuple[Floats, Floats, Floats]:
    """Project values of the coded sentences to the articles.

    Gives what each article counts: its sentences' means by cell times their weight, and by what single sentences
    differ from them, weighed by 1 / probability; the same with differences a little wider, for the mean that was taken
    from them; and by coded sentence the noise that is there because not all was coded.
    """
    cell = coded.cell[coded.unit]
    n_cells = int(coded.cell.max()) + 1
    odds = 1 / coded.probability
    weight = coded.weight[coded.unit]
    below = sums(cell, odds * weight, n_cells)
    mean = np.divide(sums(cell, odds * weight * values, n_cells), below, out=np.zeros(n_cells), where=below > 0)
    left_out = 1 - coded.probability
    wider = np.sqrt(1 + left_out / (np.bincount(cell, minlength=n_cells)[cell] - 1))
    differs = (values - mean[cell]) * weight * odds
    shifts = sums(coded.article, mean[coded.cell] * coded.weight, n_articles)
    one, wide = (sums(coded.article[coded.unit], part, n_articles) for part in (differs, differs * wider))
    return shifts + one, shifts + wide, differs * wider * np.sqrt(left_out)


def sums(group: npt.NDArray[np.int64], values: Floats, n_groups: int) -> Floats:
    """Add values up by group."""
    return np.bincount(group, weights=values, minlength=n_groups).astype(np.float64)


def best_weight(by_human: list[Floats], by_machine: list[Floats]) -> float:
    """Find the weight of the machine's counts, between 0 and 1, that makes the variance smallest."""
    covariance = sum(float(np.cov(a, b)[0, 1]) / len(a) for a, b in zip(by_human, by_machine, strict=True))
    variance = sum(float(b.var(ddof=1)) / len(b) for b in by_machine)
    return min(max(-covariance / variance, 0.0), 1.0) if variance > 0 else 1.0


def mixed(first: list[Floats], second: list[Floats], weight: float) -> list[Floats]:
    """Add the second, weighed, to the first, side by side."""
    return [a + weight * b for a, b in zip(first, second, strict=True)]


def estimate(values: list[Floats], wide: list[Floats], noise: Floats) -> Estimate:
    """Estimate a difference from its values by event, or from both sides' values by article; `wide` give the spread.

    `noise` is what each coded sentence adds to the difference because others were not coded: sentences were drawn one
    by one, so that their squares add up, also within an article.
    """
    parts = [float(side.var(ddof=1)) / len(side) for side in wide]
    variance, difference = sum(parts), difference_of(values)
    if variance <= 0:
        return Estimate(difference, difference, difference, float(difference == 0), 0.0)
    freedom = variance**2 / sum(part**2 / (len(side) - 1) for part, side in zip(parts, wide, strict=True))
    error = float(np.sqrt(variance))
    reach = float(stats.t.ppf((1 + LEVEL) / 2, freedom)) * error
    p_value = float(2 * stats.t.sf(abs(difference) / error, freedom))
    from_coding = float((noise**2).sum()) / variance
    return Estimate(difference, difference - reach, difference + reach, p_value, min(from_coding, 1.0))


def difference_of(values: list[Floats]) -> float:
    """Take the mean over events, or the first side's mean over articles less the second's."""
    return float(values[0].mean() - (values[1].mean() if len(values) > 1 else 0.0))


def n_to_halve(estimate: Estimate, n_coded: int, n_units: int) -> int | None:
    """How many codings halve the interval: those that leave a quarter of the variance, if coding can.

    What coding adds to the variance falls as 1 / codings, and is nothing when all `n_units` are coded.
    """
    left = estimate.from_coding - 0.75
    if left <= 0 or n_coded >= n_units:
        return None
    per_coding = left / estimate.from_coding * (1 / n_coded - 1 / n_units)
    return int(np.ceil(round(1 / (per_coding + 1 / n_units), 6)))
