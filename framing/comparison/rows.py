"""The rows of a comparison: numbers, and in words how they were had."""

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from framing.comparison import effect_size as effect
from framing.comparison.articles import Articles, Metric
from framing.comparison.choosing import EXACT_CHOICES, n_choices
from framing.comparison.clustering import degrees_of_freedom
from framing.comparison.contrasts import ALL, EACH_OTHER, Contrast
from framing.comparison.inferring import clusters_of, infer
from framing.comparison.omnibus import EFFECT, is_exact, n_exchanges, omnibus
from framing.comparison.relabelling import EXACT_RELABELLINGS, n_relabellings
from framing.comparison.resampling import FEWEST, Inference
from framing.comparison.samples import Sample, event_table, missing_by_outlet
from framing.comparison.sign_flip import EXACT_EVENTS, n_patterns
from framing.tables import Schema

COMPARISON: Schema = {
    "metric": "string",
    "outlet": "string",
    "versus": "string",
    "n_events": "Int64",
    "n_articles": "Int64",
    "n_missing": "Int64",
    "mean": "Float64",
    "mean_versus": "Float64",
    "difference": "Float64",
    "ci_low": "Float64",
    "ci_high": "Float64",
    "effect_size": "Float64",
    "effect_size_name": "string",
    "effect_low": "Float64",
    "effect_high": "Float64",
    "p_value": "Float64",
    "q_value": "Float64",
    "method": "string",
}
Case = tuple[Metric, Contrast, Sample]
Row = dict[str, Any]


def contrast_rows(cases: Sequence[Case], *, n_resamples: int, seed: int) -> list[Row]:
    """A row for each case, without numbers where there is too little to compare."""
    usable = [sample for _, _, sample in cases if sample.n_units >= FEWEST]
    inferred = iter(infer(usable, n_resamples=n_resamples, seed=seed))
    effects = iter(effect.effect_sizes(usable))
    return [
        _row(case, next(inferred), next(effects), n_resamples) if case[2].n_units >= FEWEST else _empty_row(case)
        for case in cases
    ]


def _row(case: Case, inference: Inference, size: effect.Effect, n_resamples: int) -> Row:
    metric, _, sample = case
    difference = sample.difference
    return _counts(case) | {
        "mean": float(sample.left.mean()),
        "mean_versus": float(sample.right.mean()),
        "difference": difference,
        # The limits are exact to 1e-12 of the largest difference; without spread both are the difference itself.
        "ci_low": min(inference.ci_low, difference),
        "ci_high": max(inference.ci_high, difference),
        "effect_size": size.size,
        "effect_size_name": effect.PAIRED if sample.is_paired else effect.BY_ARTICLE,
        "effect_low": size.low,
        "effect_high": size.high,
        "p_value": inference.p_value,
        "method": _method(metric, sample, n_resamples),
    }


def _empty_row(case: Case) -> Row:
    sample = case[2]
    if sample.is_paired:
        found = f"{sample.n_units} shared events with a value"
    else:
        found = f"{len(sample.left)} articles with a value against {len(sample.right)}"
    return _counts(case) | {"method": f"not compared: {found}, at least {FEWEST} are needed"}


def _counts(case: Case) -> Row:
    metric, contrast, sample = case
    return dict.fromkeys(COMPARISON, None) | {
        "metric": metric.name,
        "outlet": contrast.outlet,
        "versus": contrast.versus,
        "n_events": sample.n_units if sample.is_paired else None,
        "n_articles": sample.n_articles,
        "n_missing": sample.n_missing,
    }


def joint_rows(articles: Articles, metrics: Sequence[Metric], *, n_resamples: int, seed: int) -> list[Row]:
    """A row for each metric that tests all outlets jointly; none for two outlets, or by article."""
    if not articles.n_events or len(articles.outlets) < 3:
        return []
    cells = [_told_by_several(articles, metric) for metric in metrics]
    usable = [values for values, _ in cells if len(values) >= FEWEST]
    joints = iter(omnibus(usable, n_resamples=n_resamples, seed=seed))
    rows = []
    for metric, (values, n_articles) in zip(metrics, cells, strict=True):
        row = dict.fromkeys(COMPARISON, None) | {
            "metric": metric.name,
            "outlet": ALL,
            "versus": EACH_OTHER,
            "n_events": len(values),
            "n_articles": n_articles,
            "n_missing": int(missing_by_outlet(articles, metric).sum()),
        }
        if len(values) < FEWEST:
            few = f"not compared: {len(values)} shared events with a value, at least {FEWEST} are needed"
            rows.append(row | {"method": few})
            continue
        joint = next(joints)
        told = (~np.isnan(values)).sum(axis=1).tolist()
        n = n_exchanges(told, n_resamples)
        tried = f"all {n:,} exchanges" if is_exact(told) else f"{n:,} random exchanges"
        rows.append(
            row
            | {
                "effect_size": joint.effect,
                "effect_size_name": EFFECT,
                "p_value": joint.p_value,
                "method": f"all outlets jointly, by event{_sums(metric)}; permutation of outlets within "
                f"events, {tried}",
            }
        )
    return rows


def _told_by_several(articles: Articles, metric: Metric) -> tuple[Any, int]:
    values, n_articles, _ = event_table(articles, metric)
    several = (~np.isnan(values)).sum(axis=1) > 1
    return values[several], int(n_articles[several][~np.isnan(values[several])].sum())


def _sums(metric: Metric) -> str:
    return ", ratio of sums within event" if metric.is_ratio else ""


def _method(metric: Metric, sample: Sample, n_resamples: int) -> str:
    if not sample.is_paired:
        return _method_by_article(sample, n_resamples)
    sums = _sums(metric)
    if sample.table is not None:
        told = (~np.isnan(sample.table)).sum(axis=1).tolist()
        tried = n_choices(told, n_resamples)
        all_or_some = f"all {tried:,}" if prod(told) <= EXACT_CHOICES else f"{tried:,} random"
        return (
            f"paired by event{sums}; permutation of which outlet of an event is set against the others, "
            f"{all_or_some} choices; interval by inverting it"
        )
    n = n_patterns(sample.n_units, n_resamples)
    drawn = f"all {n:,} patterns" if sample.n_units <= EXACT_EVENTS else f"{n:,} random patterns"
    return f"paired by event{sums}; sign-flip test, {drawn}; interval by inverting it"


def _method_by_article(sample: Sample, n_resamples: int) -> str:
    caveat = (
        "by article, not paired: the outlets may have told different events, which this can't tell from different "
        "coverage"
    )
    clusters = clusters_of(sample)
    if clusters:
        kinds = " and ".join(f"{name} ({len(np.unique(codes)):,})" for name, codes in clusters.items())
        free = degrees_of_freedom(list(clusters.values()))
        test = f"t test with errors clustered by {kinds}, {free:,} degrees of freedom; interval from the same"
    else:
        n = n_relabellings(len(sample.left), len(sample.right), n_resamples)
        drawn = f"all {n:,} relabellings" if _is_exact(sample) else f"{n:,} random relabellings"
        test = f"permutation test of Welch's t, {drawn}; interval from the same relabellings"
    return f"{caveat}; {test}{_too_few_clusters(sample)}"


def _too_few_clusters(sample: Sample) -> str:
    few = {name: len(np.unique(codes)) for name, codes in sample.clusters.items()}
    told = [f"{n} {name}{'s' if n > 1 else ''}" for name, n in few.items() if n < FEWEST]
    return f"; the articles are of {' and '.join(told)}, too few to allow for what those share" if told else ""


def _is_exact(sample: Sample) -> bool:
    return n_relabellings(len(sample.left), len(sample.right), EXACT_RELABELLINGS + 1) <= EXACT_RELABELLINGS


def left_out(articles: Articles) -> str:
    """Say in words how many articles have no event, if any."""
    n = articles.n_without_event
    return f"; {n:,} of {len(articles.event):,} articles have no event and are left out" if n else ""
