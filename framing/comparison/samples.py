"""What a contrast compares for one metric: differences within events, or the values of two sets of articles."""

from dataclasses import dataclass, field

import numpy as np

from framing.comparison.articles import Articles, Codes, Floats, Metric
from framing.comparison.contrasts import Contrast
from framing.errors import TooFewError


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of both sides, paired when both tell the same events, and how many articles they come from."""

    left: Floats
    right: Floats
    n_articles: int
    is_paired: bool
    n_missing: int  # articles of both sides that have no value
    table: Floats | None = None  # of one outlet against several: values by event, the outlet's own in the first column
    clusters: dict[str, Codes] = field(default_factory=dict)  # by article: what articles share, those of `left` first

    @property
    def n_units(self) -> int:
        """How many events are paired, or how many articles the smaller side has."""
        return min(len(self.left), len(self.right))

    @property
    def difference(self) -> float:
        """Mean of the one side minus mean of the other."""
        return float(self.left.mean() - self.right.mean())

    @property
    def is_constant(self) -> bool:
        """Whether nothing varies, up to rounding, so that there is no spread to measure an effect by."""
        size = max(np.abs(self.left).max(), np.abs(self.right).max())
        values = (self.left - self.right,) if self.is_paired else (self.left, self.right)
        return all(np.ptp(one) <= 1e-12 * size for one in values)


def samples(articles: Articles, metric: Metric, asked: list[Contrast]) -> list[Sample]:
    """Give the sample of each contrast, paired when the articles have events.

    Within an event an outlet's value is the ratio of its articles' sums; "rest" is the mean of the other outlets that
    tell the event, each one vote, so that an outlet with many articles doesn't speak for all.
    """
    if not articles.n_events:
        return [_by_article(articles, metric, contrast) for contrast in asked]
    values, n_articles, _ = event_table(articles, metric)
    missing = missing_by_outlet(articles, metric)
    return [_paired(values, n_articles, missing, contrast) for contrast in asked]


def missing_by_outlet(articles: Articles, metric: Metric) -> Codes:
    """How many articles of each outlet have no value of a metric, among those that could be compared."""
    counts: Codes = np.bincount(
        articles.outlet[np.isnan(metric.above) & ((articles.event >= 0) | (not articles.n_events))],
        minlength=len(articles.outlets),
    )
    return counts


def event_table(articles: Articles, metric: Metric) -> tuple[Floats, Floats, Floats]:
    """The value of each outlet (column) in each event (row), how many articles it has there, and its denominator."""
    used = (articles.event >= 0) & ~np.isnan(metric.above)
    shape = (articles.n_events, len(articles.outlets))
    cell = articles.event[used] * shape[1] + articles.outlet[used]
    size = shape[0] * shape[1]
    above = np.bincount(cell, weights=metric.above[used], minlength=size)
    below = np.bincount(cell, weights=metric.below[used], minlength=size)
    count = np.bincount(cell, minlength=size).astype(np.float64)
    values = np.full(size, np.nan)
    np.divide(above * metric.per, below, out=values, where=below > 0)
    return values.reshape(shape), count.reshape(shape), below.astype(np.float64).reshape(shape)


def event_factors(articles: Articles, metric: Metric, contrast: Contrast) -> Floats:
    """By what a count of one outlet (column) in one event (row) adds to the difference; 0 where it isn't compared.

    Raises
    ------
    TooFewError
        If both sides share no event.
    """
    values, _, below = event_table(articles, metric)
    others = ~np.isnan(values[:, contrast.right])
    shared = ~np.isnan(values[:, contrast.left]) & others.any(axis=1)
    if not shared.any():
        raise TooFewError(
            f"no event is told by both {contrast.outlet} and {contrast.versus}. Add articles about the same events"
        )
    factors = np.zeros_like(values)
    known = ~np.isnan(values) & shared[:, None]
    np.divide(metric.per / shared.sum(), below, out=factors, where=known)
    factors[:, contrast.right] /= np.maximum(others.sum(axis=1, keepdims=True), 1)
    compared = np.zeros(len(articles.outlets), dtype=bool)
    compared[[contrast.left, *contrast.right]] = True
    factors[:, ~compared] = 0
    is_left = np.arange(len(articles.outlets)) == contrast.left
    signed: Floats = np.where(is_left, factors, -factors)
    return signed


def article_factors(articles: Articles, metric: Metric, contrast: Contrast) -> Floats:
    """By what a count of each article adds to the difference, by event or by article; 0 where it isn't compared."""
    used = ~np.isnan(metric.above)
    if articles.n_events:
        factors = event_factors(articles, metric, contrast)
        told: Floats = np.where(
            used & (articles.event >= 0), factors[np.maximum(articles.event, 0), articles.outlet], 0.0
        )
        return told
    left, right = used & (articles.outlet == contrast.left), used & np.isin(articles.outlet, contrast.right)
    each = np.where(left, 1 / max(left.sum(), 1), np.where(right, -1 / max(right.sum(), 1), 0.0))
    adds: Floats = np.divide(each * metric.per, metric.below, out=np.zeros(len(each)), where=each != 0)
    return adds


def _paired(values: Floats, n_articles: Floats, missing: Codes, contrast: Contrast) -> Sample:
    others = values[:, contrast.right]
    n_others = (~np.isnan(others)).sum(axis=1)
    left = values[:, contrast.left]
    shared = ~np.isnan(left) & (n_others > 0)
    right = np.nansum(others[shared], axis=1) / n_others[shared]
    sides = [contrast.left, *contrast.right]
    n = n_articles[shared][:, sides].sum()
    several = values[shared][:, sides] if len(contrast.right) > 1 else None
    return Sample(left[shared], right, int(n), True, int(missing[sides].sum()), several)


def _by_article(articles: Articles, metric: Metric, contrast: Contrast) -> Sample:
    values = metric.above * metric.per / metric.below
    is_left, is_right = articles.outlet == contrast.left, np.isin(articles.outlet, contrast.right)
    known = ~np.isnan(values)
    order = np.concatenate([np.flatnonzero(known & is_left), np.flatnonzero(known & is_right)])
    left, right = values[known & is_left], values[known & is_right]
    clusters = {name: codes[order] for name, codes in articles.clusters.items()}
    n_missing = int((~known & (is_left | is_right)).sum())
    return Sample(left, right, len(order), False, n_missing, clusters=clusters)
