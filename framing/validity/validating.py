"""The machine against hand codings of one's own corpus: how often it is right, by outlet, and the mistakes to read."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis.evidence import texts_between
from framing.analysis.storing import Analysis
from framing.errors import InputError
from framing.tables import Schema, as_table
from framing.validity.calibrating import calibration_figures, wilson
from framing.validity.codings import coded_sentences
from framing.validity.units import TONE, numerator_of

Floats = npt.NDArray[np.float64]
Interval = tuple[float | None, float | None, float | None]  # value, low, high

VALIDATION: Schema = {
    "metric": "string",
    "outlet": "string",
    "figure": "string",
    "n_coded": "Int64",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "difference": "Float64",
    "difference_low": "Float64",
    "difference_high": "Float64",
}
ALL = "all"
DRAWS = 2_000


def validate(analysis: Analysis, codings: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Measure how often the machine is right on a corpus of one's own, in all and by outlet.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave.
    codings : pandas.DataFrame
        Hand codings of a sample that `sample_for_coding` drew (see `codings_of`).
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        For each metric and figure a row for ``all`` and one for each `outlet`:

        - `figure`: of counts ``precision`` (of the sentences in which the machine found something, the share in which
          the coders did), ``recall`` (of the sentences in which the coders did, the share in which the machine did),
          ``f1``, and ``count_ratio`` (what the machine counts for each one that the coders count; 1 is right on
          average); of a tone ``correlation`` (Pearson's) and ``mean_error`` (machine less coders); of the share of a
          frame as of counts. Where the machine gives probabilities (frames; attributions of any kind in sentences where
          it found some) also ``brier`` (mean of the squared difference between the probability and whether coders
          found any, 0 is best) and ``calibration_error`` (by how much the probabilities of a bin are off on average;
          `calibration` has the bins)
        - `n_coded` sentences, `value` in the corpus, with its 95% interval `low, high`
        - `difference`: this outlet's value less that of the others together, with its interval; where it leaves 0 out,
          the machine errs differently in this outlet, and a difference between outlets may be made of that

    Raises
    ------
    InputError
        If the codings are not of this analysis.

    Notes
    -----
    Sentences are weighed by 1 / probability, so that the figures are those of the corpus and not of the sample, in
    which sentences with a finding are many. Intervals come from 2,000 redrawings within strata; with fewer than some
    ten sentences of a kind they are too narrow. Where all or none of the sentences are right, redrawing them shows no
    doubt: the interval is then Wilson's for as many sentences as tell that much [1]_, and that of a difference is made
    of both sides' [2]_. `calibration_error` has no interval, since chance alone makes it more
    than 0: of 100 texts some .05, of 300 some .03 (see `docs/validity.md`); the intervals of `calibration` show whether
    the machine is off. Machines that say only yes or no are calibrated when `count_ratio` is 1. A figure is ``<NA>``
    where there is nothing to divide by. `f1` is of sentences, which is easier than of spans; published figures of spans
    are in `docs/accuracy.md`.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA, 22(158),
       209-212. https://doi.org/10.1080/01621459.1927.10502953
    .. [2] Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions: comparison of
       eleven methods. Statistics in Medicine, 17(8), 873-890.
       https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
    """
    rows = []
    for metric in dict.fromkeys(codings["metric"]):
        coded = coded_sentences(analysis, codings, str(metric))
        if coded.empty:
            raise InputError(f"no sentence was coded for {metric!r}.")
        rows += _rows(coded, str(metric), seed)
    return as_table(rows, VALIDATION)


def list_mistakes(analysis: Analysis, codings: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """List the sentences, or texts with frames, that machine and coders count differently, the widest apart first.

    Returns
    -------
    pandas.DataFrame
        `metric, article_id, outlet, machine, human`, `stands_for` (how many sentences of the corpus it stands for) and
        the `sentence` (of frames the paragraph or article).
    """
    tables = []
    for metric in dict.fromkeys(codings["metric"]):
        coded = coded_sentences(analysis, codings, str(metric))
        wrong = coded[~np.isclose(coded["machine"], coded["value"])]
        apart = (wrong["machine"] - wrong["value"]).abs()
        wrong = wrong.loc[apart.sort_values(ascending=False, kind="stable").index]
        listed = wrong.assign(metric=metric, human=wrong["value"], stands_for=1 / wrong["probability"])
        tables.append(listed.assign(sentence=texts_between(analysis, listed, corpus)))
    columns = ["metric", "article_id", "outlet", "machine", "human", "stands_for", "sentence"]
    return pd.concat(tables, ignore_index=True)[columns]


def _rows(coded: pd.DataFrame, metric: str, seed: int) -> list[dict[str, Any]]:
    is_tone = numerator_of(metric).startswith(TONE)
    times = _redrawn(coded["stratum"], seed)
    weights = times / coded["probability"].to_numpy(dtype=np.float64)
    machine, human, score = (
        coded[c].to_numpy(dtype=np.float64, na_value=np.nan) for c in ("machine", "value", "score")
    )
    has_score = ~np.isnan(score)
    found = human.clip(0, 1)

    def made(rows: npt.NDArray[np.bool_]) -> dict[str, Floats]:
        """All figures of some sentences, by draw."""
        make = _tone_figures if is_tone else _count_figures
        figures = make(weights[:, rows], machine[rows], human[rows])
        if has_score.any():
            known = rows & has_score
            figures |= calibration_figures(weights[:, known], score[known], found[known])
        return figures

    outlets = sorted(coded["outlet"].astype(str).unique())
    rows = []
    parts = {ALL: np.ones(len(coded), dtype=bool)}
    if len(outlets) > 1:
        parts |= {outlet: (coded["outlet"] == outlet).to_numpy(dtype=bool) for outlet in outlets}
    figures = {outlet: made(mine) for outlet, mine in parts.items()}
    others = {outlet: made(~mine) for outlet, mine in parts.items() if outlet != ALL}
    for figure in figures[ALL]:
        for outlet, mine in parts.items():
            base = _base_of(figure, weights[0], machine, human)
            value = _interval(figures[outlet][figure], figure, base(mine))
            apart: Interval = (None, None, None)
            if outlet != ALL:
                other = _interval(others[outlet][figure], figure, base(~mine))
                apart = _apart(figure, figures[outlet][figure], others[outlet][figure], value, other)
            rows.append(
                {"metric": metric, "outlet": outlet, "figure": figure, "n_coded": int(mine.sum())}
                | dict(zip(("value", "low", "high"), value, strict=True))
                | dict(zip(("difference", "difference_low", "difference_high"), apart, strict=True))
            )
    return rows


def _redrawn(strata: pd.Series, seed: int) -> Floats:
    """How often each sentence is in the sample itself (first row) and in each redrawing within strata."""
    rng = np.random.default_rng(seed)
    times = np.ones((DRAWS + 1, len(strata)))
    for places in strata.groupby(strata, sort=True).indices.values():
        times[1:, places] = rng.multinomial(len(places), np.full(len(places), 1 / len(places)), DRAWS)
    return times


def _count_figures(weights: Floats, machine: Floats, human: Floats) -> dict[str, Floats]:
    found, there = machine > 0, human >= 0.5
    both, of_machine, of_human = (weights @ part.astype(float) for part in (found & there, found, there))
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "precision": both / of_machine,
            "recall": both / of_human,
            "f1": 2 * both / (of_machine + of_human),
            "count_ratio": (weights @ machine) / (weights @ human),
        }


def _tone_figures(weights: Floats, machine: Floats, human: Floats) -> dict[str, Floats]:
    total = weights.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_m, mean_h = (weights @ machine) / total, (weights @ human) / total
        covariance = (weights @ (machine * human)) / total - mean_m * mean_h
        spread_m = np.sqrt((weights @ machine**2) / total - mean_m**2)
        spread_h = np.sqrt((weights @ human**2) / total - mean_h**2)
        return {"correlation": covariance / (spread_m * spread_h), "mean_error": mean_m - mean_h}


def _base_of(
    figure: str, weights: Floats, machine: Floats, human: Floats
) -> Callable[[npt.NDArray[np.bool_]], float | None]:
    """What gives the number of sentences that a share is of, in some sentences; as many as unweighed ones tell as much.

    The number is Kish's; None of a figure that is no share.
    """
    found, there = machine > 0, human >= 0.5
    whole = {"precision": found, "recall": there, "f1": found | there}.get(figure)

    def base(rows: npt.NDArray[np.bool_]) -> float | None:
        if whole is None or not (rows & whole).any():
            return None
        weight = weights[rows & whole]
        return float(weight.sum() ** 2 / (weight**2).sum())

    return base


def _interval(values: Floats, figure: str, base: float | None) -> Interval:
    """A figure with its interval: that of the redrawings, or, where they don't spread (all right), Wilson's."""
    if not np.isfinite(values[0]):
        return None, None, None
    value = float(values[0])
    drawn = values[1:][np.isfinite(values[1:])]
    if figure == "calibration_error":  # chance alone makes it larger, in each redrawing once more
        return value, None, None
    if base is not None and _is_still(values):
        return value, *wilson(value, base)
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
    return value, float(low), float(high)


def _is_still(values: Floats) -> bool:
    """Whether a share is 0 or 1 in all redrawings, which then show nothing of how sure it is."""
    return values[0] in (0.0, 1.0) and bool((values[np.isfinite(values)] == values[0]).all())


def _apart(figure: str, values: Floats, others: Floats, one: Interval, other: Interval) -> Interval:
    """The difference of two figures; from their intervals (Newcombe's way) where the redrawings of one don't spread."""
    if not (_is_still(values) or _is_still(others)):
        return _interval(values - others, figure, None)
    if None in (*one, *other):
        return None, None, None
    (value, low, high), (value_2, low_2, high_2) = np.array(one, dtype=float), np.array(other, dtype=float)
    apart = value - value_2
    below, above = np.hypot(value - low, high_2 - value_2), np.hypot(high - value, value_2 - low_2)
    return float(apart), float(apart - below), float(apart + above)
