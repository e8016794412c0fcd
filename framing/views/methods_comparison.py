"""How outlets were compared, in the sentences of a methods section."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison.adjusting import adjusted
from framing.comparison.contrasts import ALL, EACH_OTHER, REST, without_joint
from framing.comparison.copies import AGENCY_COPY
from framing.comparison.rows import COMPARISON
from framing.errors import InputError
from framing.views.citing import cite
from framing.views.numbers import count
from framing.views.wording import wording_of
from framing.views.words import listed, number_of, plain

NOT_OUTLETS = (ALL, EACH_OTHER, REST, AGENCY_COPY)
NOT_COMPARED = "not compared: "
ADJUSTMENTS = {
    "fdr": "by the procedure of Benjamini and Hochberg, which controls the false discovery rate",
    "holm": "by Holm's procedure, which controls the chance of a single false finding",
}
SAME = 1e-9
PAIRS_NAMED = 3


def check_comparison(comparison: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Check that a comparison is one, and of the outlets that were analysed."""
    missing = [name for name in COMPARISON if name not in comparison.columns]
    if missing or comparison.empty:
        lack = f"lacks the columns {', '.join(missing)}" if missing else "has no rows"
        raise InputError(f"the comparison {lack}. Give what compare_outlets(analysis.articles) gave.")
    named = {str(name) for side in ("outlet", "versus") for name in comparison[side].dropna()}
    strangers = sorted(named - {str(name) for name in articles["outlet"].dropna()} - set(NOT_OUTLETS))
    if strangers:
        raise InputError(
            f"the comparison has the outlet {plain(strangers[0])!r}, which the analysis lacks. "
            "Give the comparison of this analysis."
        )


def comparison_sentences(comparison: pd.DataFrame) -> list[str]:
    """Tell what was compared, by which test and interval, how q was had, with which seed, and what was not compared."""
    about: Mapping[str, Any] = comparison.attrs.get("comparing", {})
    contrasts = without_joint(comparison)
    done = comparison[~comparison["method"].str.startswith(NOT_COMPARED).fillna(False).astype(bool)]
    return [
        _asked(comparison, contrasts),
        *_methods(done),
        *_intervals(done),
        _effects(done),
        *_adjustment(comparison, contrasts, about),
        *_seed(done, about),
        *_not_compared(comparison),
        *_missing(comparison),
    ]


def _asked(comparison: pd.DataFrame, contrasts: pd.DataFrame) -> str:
    metrics = [str(metric) for metric in dict.fromkeys(comparison["metric"])]
    asked = listed(f"{plain(wording_of(metric).label)} (`{plain(metric)}`)" for metric in metrics)
    officials = (
        f" Who counts as an official follows {cite('official')}." if any("official" in m for m in metrics) else ""
    )
    return f"Outlets were compared in {number_of(len(metrics), 'metric')}, {_sides(contrasts)}: {asked}.{officials}"


def _sides(contrasts: pd.DataFrame) -> str:
    sides = contrasts[["outlet", "versus"]].drop_duplicates()
    versus = sides["versus"].unique().tolist()
    if versus == [REST]:
        return f"{number_of(len(sides), 'outlet')} each with the rest"
    if len(versus) == 1 and len(sides) > 1:
        return f"{number_of(len(sides), 'outlet')} each with {plain(versus[0])}"
    pairs = [f"{plain(outlet)} with {plain(other)}" for outlet, other in sides.itertuples(index=False)]
    named = f" ({'; '.join(pairs)})" if len(pairs) <= PAIRS_NAMED else ""
    return f"in {number_of(len(sides), 'pair')} of outlets{named}"


def _methods(done: pd.DataFrame) -> list[str]:
    """The words of `method`, the most frequent first."""
    methods = Counter(str(method) for method in done["method"].dropna())
    ordered = sorted(methods.items(), key=lambda item: (-item[1], item[0]))
    return [f"{number_of(n, 'comparison')}: {plain(words, most=600)}." for words, n in ordered]


def _intervals(done: pd.DataFrame) -> list[str]:
    n = int(done["ci_low"].notna().sum())
    return [f"{number_of(n, 'difference')} {'has' if n == 1 else 'have'} a 95% interval."] if n else []


def _effects(done: pd.DataFrame) -> str:
    names = Counter(str(name) for name in done.loc[done["effect_size"].notna(), "effect_size_name"].dropna())
    if not names:
        return "No effect size could be computed."
    return f"Effect sizes are {listed(f'{name} ({count(n)})' for name, n in sorted(names.items()))}."


def _adjustment(comparison: pd.DataFrame, contrasts: pd.DataFrame, about: Mapping[str, Any]) -> list[str]:
    tested = contrasts[contrasts["p_value"].notna()]
    joint = comparison.drop(contrasts.index)
    n_joint = int(joint["p_value"].notna().sum())
    if not len(tested):
        return ["No difference was tested."]
    if len(tested) == 1:
        return ["One difference was tested, so that its p value needed no adjustment."]
    name = about.get("adjust") or _recognised(tested)
    if name not in ADJUSTMENTS:
        return [f"The p values of {count(len(tested))} differences were adjusted; by which procedure is not recorded."]
    said = f"The p values of {count(len(tested))} differences were adjusted {ADJUSTMENTS[name]} {cite(name)}"
    apart = f", and those of {number_of(n_joint, 'joint test')} likewise among themselves" if n_joint else ""
    return [f"{said}{apart}."]


def _recognised(tested: pd.DataFrame) -> str | None:
    """The adjustment that makes these q values of these p values, when there is just one."""
    p_values, q_values = (tested[name].to_numpy(dtype=np.float64) for name in ("p_value", "q_value"))
    fits = [name for name in ADJUSTMENTS if np.allclose(adjusted(p_values, name), q_values, rtol=0, atol=SAME)]
    return fits[0] if len(fits) == 1 else None


def _seed(done: pd.DataFrame, about: Mapping[str, Any]) -> list[str]:
    if not done["method"].str.contains(" random ", regex=False).fillna(False).any():
        return []  # everything was tried, so that no seed decides anything
    seed = about.get("seed")
    return ["The seed of the random draws is not recorded." if seed is None else f"The seed of the draws is {seed}."]


def _not_compared(comparison: pd.DataFrame) -> list[str]:
    reasons = Counter(
        method.removeprefix(NOT_COMPARED)
        for method in map(str, comparison["method"].dropna())
        if method.startswith(NOT_COMPARED)
    )
    if not reasons:
        return []
    why = "; ".join(f"{plain(reason, most=300)} ({count(n)})" for reason, n in sorted(reasons.items()))
    return [f"{number_of(sum(reasons.values()), 'comparison')} could not be made: {why}."]


def _missing(comparison: pd.DataFrame) -> list[str]:
    rows = comparison[(comparison["n_missing"] > 0).fillna(False).astype(bool)]
    if rows.empty:
        return ["No article was left out of a comparison for want of a value."]
    most = int(rows["n_missing"].max())
    return [
        f"In {number_of(len(rows), 'comparison')} articles without a value of the metric were left out, at most "
        f"{count(most)} in one."
    ]
