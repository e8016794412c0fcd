"""Whether the machine's probabilities come true: what it claimed against what coders found, bin by bin."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis.storing import Analysis
from framing.corpus.columns import shown
from framing.errors import InputError
from framing.tables import Schema, as_table
from framing.validity.codings import coded_sentences

Floats = npt.NDArray[np.float64]

CALIBRATION: Schema = {
    "metric": "string",
    "outlet": "string",
    "from": "Float64",
    "to": "Float64",
    "n_coded": "Int64",
    "mean_probability": "Float64",
    "share_coded": "Float64",
    "low": "Float64",
    "high": "Float64",
}
ALL = "all"
BINS = 5
Z = 1.959964  # of a 95% interval


def calibration(analysis: Analysis, codings: pd.DataFrame, *, by_outlet: bool = False) -> pd.DataFrame:
    """Set the machine's probabilities beside how often coders found anything, in five bins.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave; for frames, with those that `add_frames` gave it.
    codings : pandas.DataFrame
        Hand codings of a sample that `sample_for_coding` drew (see `read_codings`).
    by_outlet : bool
        Also for each outlet, below the rows of all.

    Returns
    -------
    pandas.DataFrame
        For each metric that comes with a probability, and each bin of it, a row for ``all`` and with `by_outlet` for
        each `outlet`: the bin's edges `from` and `to` (0 to 1), `n_coded` sentences or texts in it, `mean_probability`
        that the machine gave them, `share_coded` (in which coders found any) with its 95% interval `low, high`. All
        but `n_coded` are ``<NA>`` in a bin without codings.

    Raises
    ------
    InputError
        If the codings are not of this analysis, or no coded metric comes with a probability.

    Notes
    -----
    A frame has a probability in each text. Attributions have one where some were found (`p` in their `rule`, of several
    in a sentence the probability that any is right); it is the cue's, so that it stands for `n_attributions` and not
    for a kind of source; where none was found, none is claimed. Hedges are found or not, and a tone is a scale; how
    well these are calibrated is `count_ratio` and `mean_error` in `validate`. `score_targets` gives probabilities too,
    of mentions that no analysis holds: `docs/accuracy.md` says how well they do.

    Texts are weighed by 1 / probability of being drawn. The interval is Wilson's [1]_ for the number of texts that
    would tell as much if all weighed alike; it leaves out that strata make it a little narrower. Where the interval
    of a bin holds `mean_probability`, the codings don't contradict the machine there. One number for all bins, with an
    interval, is `calibration_error` in `validate`.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA, 22(158),
       209-212. https://doi.org/10.1080/01621459.1927.10502953

    Examples
    --------
    >>> from framing import add_frames, analyze, codings_of, load_example, sample_for_coding, train_frames
    >>> corpus = load_example()
    >>> words = {"money": "The budget and its costs", "law": "The court and its judges"}
    >>> taught = [{"text": f"{text} {n % 4}.", "label": label} for label, text in words.items() for n in range(12)]
    >>> analysis = add_frames(analyze(corpus), corpus, train_frames(pd.DataFrame(taught)))
    >>> sample = sample_for_coding(analysis, corpus, metrics=["share_frame_law"], n=60)
    >>> codings = codings_of(sample, sample.sheet.assign(share_frame_law=[0, 1] * 30), coder="Ada")
    >>> table = calibration(analysis, codings)
    >>> table["metric"].unique().tolist(), int(table["n_coded"].sum())
    (['share_frame_law'], 60)
    >>> table[["from", "to"]].values.tolist()
    [[0.0, 0.2], [0.2, 0.4], [0.4, 0.6], [0.6, 0.8], [0.8, 1.0]]
    """
    rows: list[dict[str, Any]] = []
    metrics = [str(metric) for metric in dict.fromkeys(codings["metric"])]
    for metric in metrics:
        coded = coded_sentences(analysis, codings, metric)
        coded = coded[coded["score"].notna()]
        outlets = sorted(coded["outlet"].astype(str).unique()) if by_outlet else []
        for outlet in [ALL, *outlets] if len(coded) else []:
            mine = coded if outlet == ALL else coded[coded["outlet"] == outlet]
            rows += [row | {"metric": metric, "outlet": outlet} for row in _bins(mine)]
    if not rows:
        raise InputError(
            f"no coded metric comes with a probability; coded are: {shown(metrics)}. Only attributions_per_1000_words "
            "and frames that add_frames gave to the analysis do; for others see count_ratio and mean_error of validate."
        )
    return as_table(rows, CALIBRATION)


def calibration_figures(weights: Floats, score: Floats, human: Floats) -> dict[str, Floats]:
    """Brier score and expected calibration error for each row of weights, one for each text; `human` is 0 to 1.

    Examples
    --------
    >>> figures = calibration_figures(np.ones((1, 4)), np.array([0.9, 0.9, 0.1, 0.1]), np.array([1.0, 0, 0, 0]))
    >>> round(float(figures["brier"][0]), 3), round(float(figures["calibration_error"][0]), 3)
    (0.21, 0.25)
    """
    total = weights.sum(axis=1)
    bins = bin_of(score)
    off = [np.abs(weights @ np.where(bins == number, score - human, 0.0)) for number in range(BINS)]
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "brier": (weights @ (score - human) ** 2) / total,
            "calibration_error": np.asarray(np.sum(off, axis=0) / total, dtype=np.float64),
        }


def bin_of(score: Floats) -> npt.NDArray[np.int64]:
    """Number the bin of each probability.

    Examples
    --------
    >>> bin_of(np.array([0.0, 0.19, 0.2, 1.0])).tolist()
    [0, 0, 1, 4]
    """
    return np.minimum((score * BINS).astype(np.int64), BINS - 1)


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share of `n`, which need be no whole number.

    Examples
    --------
    >>> [round(edge, 3) for edge in wilson(0.5, 10)]
    [0.237, 0.763]
    """
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(float(middle - reach), 0.0), min(float(middle + reach), 1.0)


def _bins(coded: pd.DataFrame) -> list[dict[str, Any]]:
    score, human = (coded[name].to_numpy(dtype=np.float64).clip(0, 1) for name in ("score", "value"))
    weights = 1 / coded["probability"].to_numpy(dtype=np.float64)
    bins = bin_of(score)
    rows: list[dict[str, Any]] = []
    for number in range(BINS):
        here = bins == number
        row = dict.fromkeys(CALIBRATION, None) | {"from": number / BINS, "to": (number + 1) / BINS}
        row |= {"n_coded": int(here.sum())}
        if here.any():
            weight = weights[here]
            share = float(np.average(human[here], weights=weight))
            low, high = wilson(share, float(weight.sum() ** 2 / (weight**2).sum()))
            row |= {"mean_probability": float(np.average(score[here], weights=weight)), "share_coded": share}
            row |= {"low": low, "high": high}
        rows.append(row)
    return rows
