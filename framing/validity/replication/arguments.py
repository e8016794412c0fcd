"""With which arguments a comparison was made, and whether they make it again."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.comparison import compare_outlets
from framing.comparison.comparing import ARGUMENTS
from framing.comparison.contrasts import PAIRWISE, REST, without_joint
from framing.corpus.columns import clipped, shown
from framing.errors import InputError

KEY = ["metric", "outlet", "versus"]
NUMBERS = ("n_events", "n_articles", "difference", "ci_low", "ci_high", "effect_size", "p_value", "q_value")
DEFAULTS: Mapping[str, Any] = {
    "metrics": None,
    "event": "event",
    "contrast": PAIRWISE,
    "copies": "keep",
    "adjust": "fdr",
    "n_resamples": 9_999,
    "seed": 0,
}


def arguments_of(comparison: pd.DataFrame, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Tell with which arguments a comparison was made.

    What `given` names counts first; then what `compare_outlets` wrote into the table's ``attrs``; then, for a table
    that was read from a file, what its rows show.

    Raises
    ------
    InputError
        If the table is no comparison, or `given` names something else than an argument.

    Examples
    --------
    >>> rows = pd.DataFrame({"metric": ["n_hedges"] * 2, "outlet": ["Courier", "Post"], "versus": ["rest"] * 2,
    ...                      "n_events": [7, 7], "difference": [0.1, -0.1], "method": ["paired"] * 2})
    >>> arguments_of(rows)["contrast"], arguments_of(rows)["metrics"], arguments_of(rows, {"seed": 3})["seed"]
    ('rest', ['n_hedges'], 3)
    """
    missing = [name for name in (*KEY, "n_events", "difference", "method") if name not in comparison]
    if missing:
        raise InputError(
            f"comparison lacks the columns {shown(missing)}; it has: {shown(comparison.columns)}. "
            "Give what compare_outlets gave."
        )
    unknown = [name for name in given or {} if name not in DEFAULTS]
    if unknown:
        raise InputError(f"arguments has {clipped(str(unknown[0]))!r}; compare_outlets has: {', '.join(DEFAULTS)}.")
    recorded = comparison.attrs.get(ARGUMENTS)
    recorded = recorded if isinstance(recorded, dict) else {}
    known = {name: value for name, value in recorded.items() if name in DEFAULTS}
    return {**_shown_by(comparison), **known, **(given or {})}


def _shown_by(comparison: pd.DataFrame) -> dict[str, Any]:
    """Read the arguments off the rows; what no row shows is taken as `compare_outlets` has it."""
    methods = comparison["method"].astype(str)
    drop = methods.str.contains("are copies and are left out").any()
    separate = methods.str.contains("are agency copy and an outlet of their own").any()
    return {
        **DEFAULTS,
        "metrics": [str(name) for name in dict.fromkeys(comparison["metric"])],
        "event": "event" if comparison["n_events"].notna().any() else None,
        "contrast": _contrast(without_joint(comparison)),
        "copies": "drop" if drop else "separate" if separate else "keep",
    }


def _contrast(contrasts: pd.DataFrame) -> str:
    left, right = (list(dict.fromkeys(contrasts[side].astype(str))) for side in ("outlet", "versus"))
    if right == [REST]:
        return REST
    # Pairs come in alphabetic order, so that the later of two outlets is never set against the earlier one.
    return right[0] if len(right) == 1 and (len(left) > 1 or left > right) else PAIRWISE


def made_again(articles: pd.DataFrame, comparison: pd.DataFrame, arguments: Mapping[str, Any]) -> pd.DataFrame:
    """Compare anew, and make sure that this gives the rows of the comparison.

    Returns
    -------
    pandas.DataFrame
        The whole comparison, of which the one given may be some rows.

    Raises
    ------
    InputError
        If a row comes out otherwise or not at all.
    """
    fresh = compare_outlets(articles, **arguments)
    apart = unlike(comparison, fresh)
    if apart:
        raise InputError(
            f"the comparison can't be made again from these articles: {apart}. It was taken to be made by "
            f"compare_outlets(articles, {_call(arguments)}). Compare the articles of this analysis with the same "
            "events, or say how it was made: arguments={…}."
        )
    return fresh


def unlike(comparison: pd.DataFrame, fresh: pd.DataFrame) -> str:
    """Say in what a comparison differs from a fresh one that should hold its rows; an empty string when in nothing."""
    keys = [tuple(map(str, row)) for row in fresh[KEY].itertuples(index=False)]
    rows = dict(zip(keys, fresh.to_dict("records"), strict=True))
    for row in comparison.to_dict("records"):
        metric, outlet, versus = (str(row[name]) for name in KEY)
        where = f"{clipped(outlet)} against {clipped(versus)} in {clipped(metric, most=60)}"
        other = rows.get((metric, outlet, versus))
        if other is None:
            return f"there is no row of {where}"
        for name in NUMBERS:
            if name in row and not _alike(row[name], other[name]):
                return f"{name} of {where} is {_number(other[name])}, not {_number(row[name])}"
    return ""


def _alike(one: Any, other: Any) -> bool:
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    # A table that was read from a file of text may have lost the last digits.
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)), abs(float(other)))


def _number(value: Any) -> str:
    return "missing" if pd.isna(value) else f"{float(value):.6g}"


def _call(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={clipped(repr(value), most=80)}" for name, value in arguments.items())
