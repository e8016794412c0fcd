"""How many sources an outlet really hears, and how many of them the others hear too."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from framing.analysis import Analysis
from framing.comparison.source_lists import list_sources
from framing.errors import InputError, TooFewError
from framing.tables import Schema, as_table

DIVERSITY: Schema = {
    "article_id": "string",
    "event": "string",
    "outlet": "string",
    "n_attributions": "Int64",
    "n_sources": "Int64",
    "n_compared": "Int64",
    "effective_sources": "Float64",
    "share_anonymous": "Float64",
    "share_documents": "Float64",
    "share_unnamed": "Float64",
}
OVERLAP: Schema = {
    "outlet": "string",
    "versus": "string",
    "n_events": "Int64",
    "n_shared": "Int64",
    "n_only": "Int64",
    "n_only_versus": "Int64",
    "share_shared": "Float64",
    "ci_low": "Float64",
    "ci_high": "Float64",
}
FEWEST_ATTRIBUTIONS = 2  # of one attribution the number of sources is always 1


def source_diversity(analysis: Analysis, *, event: str | None = "event", copies: str = "keep") -> pd.DataFrame:
    """Count the sources of each outlet in each event, as if all outlets had attributed equally often.

    Parameters
    ----------
    analysis : Analysis
    event : str or None
        Column of ``analysis.articles`` with the events; ``None`` takes all articles together.
    copies : str
        What to do with copies, as in `compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row per event and outlet, in this order, which `compare_outlets` takes as it is:

        - `article_id` (made of the other two), `event`, `outlet`
        - `n_attributions` (with a source name), `n_sources` (distinct ones)
        - `n_compared`: the fewest attributions of an outlet in this event, to which all are brought down
        - `effective_sources`: the effective number of sources (Hill number of order 1: the number of equally often
          heard sources with the same entropy), expected among `n_compared` attributions drawn without replacement [1]_;
          ``<NA>`` when `n_compared` is below 2
        - `share_anonymous`, `share_documents`, `share_unnamed`: of `n_attributions`; unnamed are persons and groups

    Notes
    -----
    Longer articles quote more people. Bringing all outlets of an event down to the same number of attributions takes
    that out: a difference that is left is one of how attributions are spread over sources. What is counted are names
    as `list_sources` gives them, with its mistakes.

    References
    ----------
    .. [1] Chao, A., Gotelli, N. J., Hsieh, T. C., Sander, E. L., Ma, K. H., Colwell, R. K. and Ellison, A. M. (2014).
       Rarefaction and extrapolation with Hill numbers. https://doi.org/10.1890/13-0133.1

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> texts = ["Ann Lee said it rained. Tom Ito said no.", "Ann Lee said it rained. “No,” Lee said."]
    >>> frame = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Courier"], "event": "e", "text": texts})
    >>> table = source_diversity(analyze(frame, progress=False))
    >>> table[["outlet", "n_sources", "effective_sources"]].round(3).values.tolist()
    [['Courier', 1, 1.0], ['Herald', 2, 2.0]]
    """
    listed = list_sources(analysis, event=event, copies=copies)
    rows = []
    for name, told in listed.groupby("event", dropna=False, sort=True):
        counts = {str(outlet): group for outlet, group in told.groupby("outlet", sort=True)}
        fewest = min(int(group["n_attributions"].sum()) for group in counts.values())
        for outlet, group in counts.items():
            heard = group["n_attributions"].to_numpy(dtype=np.int64)
            total = int(heard.sum())
            of_kind = group.groupby("source_type")["n_attributions"].sum()
            rows.append(
                {
                    "article_id": f"{name!s} · {outlet}",
                    "event": name,
                    "outlet": outlet,
                    "n_attributions": total,
                    "n_sources": len(heard),
                    "n_compared": fewest,
                    "effective_sources": effective_number(heard, fewest) if fewest >= FEWEST_ATTRIBUTIONS else pd.NA,
                    "share_anonymous": of_kind.get("anonymous", 0) / total,
                    "share_documents": of_kind.get("document", 0) / total,
                    "share_unnamed": (of_kind.get("unnamed_person", 0) + of_kind.get("unnamed_group", 0)) / total,
                }
            )
    return as_table(rows, DIVERSITY)


def effective_number(counts: Sequence[int] | np.ndarray, n_drawn: int) -> float:
    """Expected Hill number of order 1 among `n_drawn` of the counted things, drawn without replacement.

    Examples
    --------
    >>> effective_number([4, 4], 8), round(effective_number([4, 4], 2), 4)
    (2.0, 1.486)
    """
    heard = np.asarray(counts, dtype=np.int64)
    total = int(heard.sum())
    if not 1 <= n_drawn <= total:
        raise InputError(f"n_drawn must be 1 to the sum of the counts ({total}); found {n_drawn}.")
    times = np.arange(1, n_drawn + 1)
    # Expected number of sources that are drawn exactly k times, for each k.
    expected = np.sum(hypergeom.pmf(times[:, None], total, heard[None, :], n_drawn), axis=1)
    shares = times / n_drawn
    return float(np.round(np.exp(-(shares * np.log(shares) * expected).sum()), 12))


def source_overlap(
    analysis: Analysis, *, event: str = "event", n_resamples: int = 9_999, seed: int = 0, copies: str = "keep"
) -> pd.DataFrame:
    """Say how many of the sources that two outlets hear about the same event are the same.

    Parameters
    ----------
    analysis : Analysis
    event : str
        Column of ``analysis.articles`` with the events.
    n_resamples : int
        Draws of events for the interval; at least 999.
    seed : int
        Seed of the draws.
    copies : str
        What to do with copies, as in `compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row per pair of outlets, in alphabetic order: `n_events` that both tell with at least one source each;
        `n_shared`, `n_only`, `n_only_versus` (sources summed over events); `share_shared`, the mean over events of
        shared sources among all that either hears (Jaccard's index, 0 to 1), with the 95% percentile interval `ci_low,
        ci_high` from drawing events with replacement (``<NA>`` below six events).

    Raises
    ------
    InputError
        If `event` is no column or fewer than two outlets tell one event.

    Notes
    -----
    Which source only one outlet hears stands in `list_sources`. A source that two outlets call by different names is
    not seen as one, so `share_shared` is the least that they share.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> texts = ["Ann Lee said it rained. Tom Ito said no.", "Ann Lee said it rained."]
    >>> frame = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Courier"], "event": "e", "text": texts})
    >>> overlap = source_overlap(analyze(frame, progress=False))
    >>> overlap[["outlet", "versus", "n_shared", "n_only", "n_only_versus", "share_shared"]].values.tolist()
    [['Courier', 'Herald', 1, 0, 1, 0.5]]
    """
    if not isinstance(n_resamples, int) or n_resamples < 999:
        raise InputError(f"n_resamples must be a whole number of at least 999; found {n_resamples}")
    listed = list_sources(analysis, event=event, copies=copies)
    heard = {
        key: frozenset(group) for key, group in listed.groupby(["event", "outlet"], sort=True)["source_name"]
    }  # fmt: skip
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, versus in combinations(sorted(set(listed["outlet"])), 2):
        pairs = [
            (heard[name, outlet], heard[name, versus])
            for name in dict.fromkeys(listed["event"])
            if (name, outlet) in heard and (name, versus) in heard
        ]
        if pairs:
            rows.append({"outlet": outlet, "versus": versus, **_overlap(pairs, rng, n_resamples)})
    if not rows:
        raise TooFewError(
            f"no event is told, with a source, by two outlets; column '{event}' has {len(set(listed['event']))} events "
            "with sources. Match events first, or add the articles of another outlet about them"
        )
    return as_table(rows, OVERLAP)


FEWEST_EVENTS = 6


def _overlap(
    pairs: Sequence[tuple[frozenset[str], frozenset[str]]], rng: np.random.Generator, n_resamples: int
) -> dict[str, object]:
    shared = np.array([len(one & other) for one, other in pairs])
    either = np.array([len(one | other) for one, other in pairs])
    index = shared / either
    low: object = pd.NA
    high: object = pd.NA
    if len(pairs) >= FEWEST_EVENTS:
        drawn = index[rng.integers(0, len(index), (n_resamples, len(index)))].mean(axis=1)
        low, high = np.quantile(drawn, [0.025, 0.975])
    return {
        "n_events": len(pairs),
        "n_shared": int(shared.sum()),
        "n_only": sum(len(one - other) for one, other in pairs),
        "n_only_versus": sum(len(other - one) for one, other in pairs),
        "share_shared": float(index.mean()),
        "ci_low": low,
        "ci_high": high,
    }
