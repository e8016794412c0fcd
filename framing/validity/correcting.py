"""Differences corrected for the machine's mistakes, which hand codings of a random sample tell."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from framing.analysis.storing import Analysis
from framing.comparison.adjusting import adjusted
from framing.comparison.articles import Articles, Metric, read_articles
from framing.comparison.contrasts import contrast_of, without_joint
from framing.comparison.copies import treat_copies
from framing.comparison.samples import article_factors, samples
from framing.corpus.columns import shown
from framing.errors import InputError
from framing.tables import Schema, as_table
from framing.validity.coded_units import NotCorrectableError, coded_units, counts_of
from framing.validity.design_based import (
    Coded,
    Floats,
    best_weight,
    difference_of,
    estimate,
    mixed,
    n_to_halve,
    projected,
    sums,
)

CORRECTED: Schema = {
    "metric": "string",
    "outlet": "string",
    "versus": "string",
    "n_events": "Int64",
    "n_coded": "Int64",
    "difference": "Float64",
    "ci_low": "Float64",
    "ci_high": "Float64",
    "corrected": "Float64",
    "corrected_low": "Float64",
    "corrected_high": "Float64",
    "p_corrected": "Float64",
    "q_corrected": "Float64",
    "codings_alone": "Float64",
    "codings_alone_low": "Float64",
    "codings_alone_high": "Float64",
    "share_from_coding": "Float64",
    "n_to_halve": "Int64",
    "method": "string",
}


def correct(
    analysis: Analysis,
    comparison: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    event: str | None = "event",
    copies: str = "keep",
) -> pd.DataFrame:
    """Correct differences between outlets for the machine's mistakes, with intervals that count them.

    The machine's count of every article is kept, and what people count differently in the coded sentences, weighed by
    1 / probability, is added: so the corrected difference is right on average however the machine errs, in one outlet
    more than in the other too, and more exact than the codings alone as far as the machine is right.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave.
    comparison : pandas.DataFrame
        What `compare_outlets` gave of this analysis.
    codings : pandas.DataFrame
        What `read_codings` gave: hand codings of a sample that `sample_for_coding` drew. Of several coders' values of
        a sentence the mean is taken.
    event, copies
        As `compare_outlets` was given them.

    Returns
    -------
    pandas.DataFrame
        One row per contrast whose metric was coded, in the order of `comparison`:

        - `metric, outlet, versus, n_events`, and `n_coded`, the coded sentences of these outlets' compared articles
        - `difference, ci_low, ci_high`: as compared, without correction
        - `corrected, corrected_low, corrected_high`: the corrected difference with its 95% interval, in the metric's
          unit; `p_corrected`, and `q_corrected` (Benjamini-Hochberg over the rows of this table)
        - `codings_alone, codings_alone_low, codings_alone_high`: what the codings say without the machine's counts
        - `share_from_coding`: which share of the corrected interval's variance is there because not all was coded
        - `n_to_halve`: how many codings in all would halve the interval; ``<NA>`` when none would, since most of its
          width comes from how much events (or articles) differ
        - `method`: in words; ``not corrected: …`` says why a row can't be, and its corrected columns are ``<NA>``

    Raises
    ------
    InputError
        If no metric of the comparison was coded, the comparison or the codings are not of this analysis, or none of
        the coded metrics can be corrected. Some can't: when an outlet has fewer than two codings, a group of the
        sample was not coded at all, or the metric's denominator is counted by the machine too (shares of attributions).

    Notes
    -----
    This is design-based supervised learning [1]_ with the machine's weight tuned as in prediction-powered inference
    [2]_: for each outlet, and for sentences with and without a finding, the machine's counts are shifted by the mean
    mistake, residual mistakes are weighed by 1 / probability, and the machine's counts (of frames its probabilities)
    enter with the weight between 0 and 1 that makes the interval narrowest. The interval is Student's over events (by
    article: Welch's), of events like these; its denominators (words, and whose words they are) are the machine's; those
    of frames, the texts of an article, are just counted. Articles of one day or author are taken as independent.

    `benchmarks/correction.py`: with a machine that finds .9 of one outlet's hedges and .7 of the other's and 300 of
    2,400 sentences coded, the raw interval holds the true difference 20% of the time, the corrected one 94% (in eight
    settings 93% to 95%). `benchmarks/frame_correction.py` has the same of a frame's shares.

    References
    ----------
    .. [1] Egami, N., Hinck, M., Stewart, B. M. and Wei, H. (2023). Using imperfect surrogates for downstream inference:
       Design-based supervised learning for social science applications of large language models. NeurIPS.
       https://doi.org/10.48550/arXiv.2306.04746
    .. [2] Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I. and Zrnic, T. (2023). Prediction-powered
       inference. Science, 382, 669-674. https://doi.org/10.1126/science.adi6000
    """
    contrasts = without_joint(comparison)
    coded_metrics = set(codings["metric"])
    asked = contrasts[contrasts["metric"].isin(coded_metrics) & contrasts["difference"].notna()]
    if asked.empty:
        raise InputError(
            f"no compared metric was coded. Coded: {shown(sorted(coded_metrics))}; compared: "
            f"{shown(list(dict.fromkeys(contrasts['metric'])))}. Compare what was coded, or code what was compared."
        )
    frame, _ = treat_copies(analysis.articles, copies)
    articles = read_articles(frame, event)
    rows = []
    reasons: list[NotCorrectableError] = []
    for metric, of_metric in asked.groupby("metric", sort=False):
        compared = of_metric.to_dict("records")
        try:
            counts = counts_of(articles, str(metric))
            coded = coded_units(analysis, articles, counts, codings)
        except NotCorrectableError as reason:
            reasons.append(reason)
            rows += [_uncorrected(row, str(reason)) for row in compared]
        else:
            rows += [_row(articles, counts, coded, row) for row in compared]
    if len(reasons) == asked["metric"].nunique():
        raise reasons[0]
    table = as_table(rows, CORRECTED)
    known = table["p_corrected"].notna().to_numpy(dtype=bool)
    table.loc[known, "q_corrected"] = adjusted(table.loc[known, "p_corrected"].to_numpy(dtype=np.float64), "fdr")
    return table


def _uncorrected(row: Mapping[Hashable, Any], reason: str) -> dict[str, Any]:
    kept = ("metric", "outlet", "versus", "n_events", "difference", "ci_low", "ci_high")
    return dict.fromkeys(CORRECTED, None) | {name: row[name] for name in kept} | {"method": f"not corrected: {reason}"}


def _row(articles: Articles, metric: Metric, coded: Coded, row: Mapping[Hashable, Any]) -> dict[str, Any]:
    contrast = contrast_of(articles.outlets, str(row["outlet"]), str(row["versus"]))

    def sides(above: Floats) -> list[Floats]:
        """Give the differences by event, or the values by article of both sides, if the articles counted `above`."""
        (sample,) = samples(
            articles, replace(metric, above=np.where(np.isnan(metric.above), np.nan, above)), [contrast]
        )
        return [sample.left - sample.right] if sample.is_paired else [sample.left, sample.right]

    raw = sides(metric.above)
    if not np.isclose(difference_of(raw), float(row["difference"]), rtol=1e-6, atol=1e-9):
        raise InputError(
            f"the comparison isn't of this analysis: {row['outlet']} less {row['versus']} in {metric.name} is "
            f"{difference_of(raw):.6g} here and {float(row['difference']):.6g} there. Compare this analysis, with the "
            "same event and copies."
        )
    n_articles = len(metric.above)
    machine = sums(coded.article, coded.machine * coded.weight, n_articles)
    by_human = projected(coded, coded.human, n_articles)
    by_machine = projected(coded, coded.machine[coded.unit], n_articles)
    human, human_wide, found, found_wide = map(sides, (*by_human[:2], *by_machine[:2]))
    adds = article_factors(articles, metric, contrast)[coded.article[coded.unit]]
    human_noise, found_noise = adds * by_human[2], adds * by_machine[2]
    # What the machine's counts add: all that it counted less what the coded sentences say that it counted.
    total = sides(machine)
    added, added_wide = ([a - b for a, b in zip(total, part, strict=True)] for part in (found, found_wide))
    weight = best_weight(human_wide, added_wide)
    best = estimate(
        mixed(human, added, weight), mixed(human_wide, added_wide, weight), human_noise - weight * found_noise
    )
    alone = estimate(human, human_wide, human_noise)
    compared = np.isin(articles.outlet[coded.article], [contrast.left, *contrast.right])
    used = compared[coded.unit]
    return {
        "metric": metric.name,
        "outlet": contrast.outlet,
        "versus": contrast.versus,
        "n_events": row["n_events"],
        "n_coded": int(used.sum()),
        "difference": row["difference"],
        "ci_low": row["ci_low"],
        "ci_high": row["ci_high"],
        "corrected": best.difference,
        "corrected_low": best.low,
        "corrected_high": best.high,
        "p_corrected": best.p_value,
        "q_corrected": None,
        "codings_alone": alone.difference,
        "codings_alone_low": alone.low,
        "codings_alone_high": alone.high,
        "share_from_coding": best.from_coding,
        "n_to_halve": n_to_halve(best, int(used.sum()), int(compared.sum())),
        "method": _method(len(raw) == 1, weight),
    }


def _method(is_paired: bool, weight: float) -> str:
    units = "paired by event; Student's interval over events" if is_paired else "by article; Welch's interval"
    return (
        f"{units}; mistakes by outlet and finding, sentences weighed by 1 / probability; machine's weight {weight:.2f}"
    )
