"""How well coders agree beyond chance, with an interval, by category, and where they don't."""

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

from framing.corpus.columns import shown
from framing.errors import InputError
from framing.tables import Schema, as_table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

AGREEMENT: Schema = {
    "metric": "string",
    "category": "string",
    "n_units": "Int64",
    "n_coders": "Int64",
    "share_agreed": "Float64",
    "alpha": "Float64",
    "alpha_low": "Float64",
    "alpha_high": "Float64",
    "level": "string",
}
LEVELS: dict[str, Callable[[Any, Any], float]] = {"nominal": binary_distance, "interval": interval_distance}
ALL, ANY = "all", "any"
DRAWS = 2_000


def agreement(codings: pd.DataFrame, *, level: str | None = None, seed: int = 0) -> pd.DataFrame:
    """Compute Krippendorff's alpha between coders, with a bootstrap interval, over all and by category.

    Parameters
    ----------
    codings : pandas.DataFrame
        One row per value that a coder gave: `unit_id, coder, value`, and `metric` where several things were coded.
        Values are numbers or categories.
    level : {"interval", "nominal"}, optional
        How far apart two values are: ``"interval"``, by the square of their difference, so that 1 and 2 differ less
        than 1 and 5; ``"nominal"``, the same or not. Left out, ``"interval"`` for numbers, else ``"nominal"``.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        For each metric a row `category` ``all``, then one for each category against all others (for numbers: ``any``,
        whether there was any at all, when the values are counts): `n_units` (that at least two coded), `n_coders`,
        `share_agreed` (of pairs of values of a unit, the share that is the same), `alpha` (1 is perfect, 0 what chance
        gives), `alpha_low, alpha_high` (95%, from 2,000 redrawings of units), `level`. ``<NA>`` where all values are
        the same, since then agreement can't be told from chance.

    Raises
    ------
    InputError
        If a column is missing, a coder gave two values for a unit, or no unit has two coders.

    Notes
    -----
    Alpha of the whole is NLTK's; the interval draws the units, not the coders. Krippendorff [1]_ asks for .80, and for
    .667 where tentative conclusions are enough. Of a sample in which sentences with findings are many, it is the
    agreement on that sample.

    References
    ----------
    .. [1] Krippendorff, K. (2004). Reliability in content analysis: some common misconceptions and recommendations.
       Human Communication Research, 30(3), 411-433. https://doi.org/10.1111/j.1468-2958.2004.tb00738.x

    Examples
    --------
    >>> codings = pd.DataFrame({
    ...     "unit_id": ["u1", "u2", "u3", "u4"] * 2, "coder": ["Ada"] * 4 + ["Ben"] * 4,
    ...     "value": ["source", "none", "source", "none", "source", "none", "none", "none"],
    ... })
    >>> table = agreement(codings)
    >>> round(float(table.loc[0, "alpha"]), 3), float(table.loc[0, "share_agreed"])
    (0.533, 0.75)
    """
    codings = _checked(codings)
    if level is not None and level not in LEVELS:
        raise InputError(f"level must be one of {', '.join(LEVELS)}; found {level!r}")
    rows = []
    for metric, of_metric in codings.groupby("metric", sort=False, dropna=False):
        is_number = pd.api.types.is_numeric_dtype(of_metric["value"].infer_objects())
        chosen = level or ("interval" if is_number else "nominal")
        name = str(metric) or None
        rows.append(_row(of_metric, name, ALL, chosen, seed))
        for category, marked in _categories(of_metric, is_number):
            rows.append(_row(of_metric.assign(value=marked), name, category, "nominal", seed))
    return as_table(rows, AGREEMENT)


def confusion(codings: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Cross two coders' values: one row per value of the first, one column per value of the second.

    Raises
    ------
    InputError
        If a coder isn't there, or they share no unit.

    Examples
    --------
    >>> codings = pd.DataFrame({"unit_id": ["u1", "u2"] * 2, "coder": ["Ada"] * 2 + ["Ben"] * 2, "value": [0, 1, 1, 1]})
    >>> int(confusion(codings, "Ada", "Ben").loc[0, 1])
    1
    """
    codings = _checked(codings)
    coders = sorted(codings["coder"].unique())
    missing = [name for name in (first, second) if name not in coders]
    if missing:
        raise InputError(f"there is no coder {missing[0]!r}; there are: {shown(coders)}")
    units = ["metric", "unit_id"]
    wide = codings.pivot(index=units, columns="coder", values="value").dropna(subset=[first, second])
    if wide.empty:
        raise InputError(f"{first} and {second} coded no unit both.")
    return pd.crosstab(wide[first].infer_objects(), wide[second].infer_objects())


def disagreements(codings: pd.DataFrame, sheet: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the units on which coders differ, with each coder's value, the widest apart first.

    Parameters
    ----------
    codings : pandas.DataFrame
        As for `agreement`.
    sheet : pandas.DataFrame, optional
        The sheet of the sample, whose sentences to add.

    Returns
    -------
    pandas.DataFrame
        `unit_id, metric`, a column for each coder, and `sentence` (of frames `paragraph` or `article`) where the sheet
        has it.
    """
    codings = _checked(codings)
    wide = codings.pivot(index=["unit_id", "metric"], columns="coder", values="value")
    spread = codings.groupby(["unit_id", "metric"])["value"].agg(_spread)
    differ = spread[spread > 0].sort_values(ascending=False, kind="stable").index
    listed = wide.loc[differ].reset_index()
    listed.columns.name = None
    texts = [] if sheet is None else [name for name in ("sentence", "paragraph", "article") if name in sheet.columns]
    if sheet is not None and texts:
        listed = listed.merge(sheet[["unit_id", *texts]], on="unit_id", how="left")
    return listed


def krippendorff_alpha(values: Sequence[Sequence[Hashable]], level: str = "nominal") -> float:
    """Krippendorff's alpha of units that each have some values; NaN when all are the same or no unit has two.

    Examples
    --------
    >>> krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "b"]])
    0.4444444444444444
    """
    data = [
        (coder, unit, value) for unit, given in enumerate(values) for coder, value in enumerate(given) if len(given) > 1
    ]
    if len({value for _, _, value in data}) < 2:
        return float("nan")
    return float(AnnotationTask(data=data, distance=LEVELS[level]).alpha())


def _checked(codings: pd.DataFrame) -> pd.DataFrame:
    for column in ("unit_id", "coder", "value"):
        if column not in codings.columns:
            raise InputError(f"codings have no column '{column}'; they have: {shown(codings.columns)}.")
    if "metric" not in codings.columns:
        codings = codings.assign(metric="")
    codings = codings[codings["value"].notna()][["unit_id", "coder", "metric", "value"]]
    twice = codings[codings.duplicated(["unit_id", "coder", "metric"])]
    if len(twice):
        row = twice.iloc[0]
        raise InputError(f"{row['coder']} gave two values for {row['unit_id']}. Keep one of them.")
    n_coders = codings.groupby(["unit_id", "metric"], dropna=False)["coder"].nunique()
    if not (n_coders > 1).any():
        raise InputError(
            f"no unit has two coders; the coders are: {shown(sorted(codings['coder'].astype(str).unique()))}. Put the "
            "sheets of two coders together, and let them code the same units."
        )
    return codings


def _categories(codings: pd.DataFrame, is_number: bool) -> list[tuple[str, "pd.Series[bool]"]]:
    values = codings["value"]
    if is_number:
        counts = bool((values.astype(float) % 1 == 0).all() and (values >= 0).all() and (values > 1).any())
        return [(ANY, values > 0)] if counts else []
    return [(str(value), values == value) for value in sorted(values.unique(), key=str)]


def _row(codings: pd.DataFrame, metric: str | None, category: str, level: str, seed: int) -> dict[str, Any]:
    by_unit = [list(values) for _, values in codings.groupby("unit_id", sort=True)["value"]]
    units = [values for values in by_unit if len(values) > 1]
    pairs = [a == b for values in units for a, b in combinations(values, 2)]
    alpha = krippendorff_alpha(units, level)
    low, high = _interval(units, level, seed) if not np.isnan(alpha) else (None, None)
    return {
        "metric": metric,
        "category": category,
        "n_units": len(units),
        "n_coders": codings["coder"].nunique(),
        "share_agreed": float(np.mean(pairs)),
        "alpha": None if np.isnan(alpha) else alpha,
        "alpha_low": low,
        "alpha_high": high,
        "level": level,
    }


def _interval(units: Sequence[Sequence[Any]], level: str, seed: int) -> tuple[float, float]:
    """Redraw the units and take the middle 95% of the alphas."""
    names = sorted({value for values in units for value in values}, key=lambda v: (str(type(v)), v))
    place = {value: number for number, value in enumerate(names)}
    counts = np.zeros((len(units), len(names)))
    for unit, values in enumerate(units):
        np.add.at(counts[unit], [place[value] for value in values], 1)
    distance = np.array([[LEVELS[level](a, b) for b in names] for a in names], dtype=np.float64)
    draws = np.random.default_rng(seed).multinomial(len(units), np.full(len(units), 1 / len(units)), DRAWS)
    alphas = alphas_of(counts, distance, draws.astype(np.float64))
    low, high = np.nanquantile(alphas, [0.025, 0.975])
    return float(low), float(high)


def alphas_of(counts: Floats, distance: Floats, times: Floats) -> Floats:
    """Compute alpha for several redrawings of units at once.

    Parameters
    ----------
    counts : array (units, values)
        How often each value was given to each unit.
    distance : array (values, values)
        How far apart values are.
    times : array (draws, units)
        How often each draw has each unit.

    Returns
    -------
    array (draws,)
    """
    n_values = counts.sum(axis=1)
    # Within a unit each value meets each other value of that unit, never itself.
    within = (np.einsum("uv,vw,uw->u", counts, distance, counts) - counts @ np.diag(distance)) / (n_values - 1)
    total = times @ counts
    n = total.sum(axis=1)
    observed = (times @ within) / n
    expected = np.einsum("dv,vw,dw->d", total, distance, total) / (n * (n - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas: Floats = np.where(expected > 0, 1 - observed / expected, np.nan)
    return alphas


def _spread(values: pd.Series) -> float:
    if pd.api.types.is_numeric_dtype(values.infer_objects()):
        return float(values.max() - values.min())
    return float(values.nunique() - 1)
