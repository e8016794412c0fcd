"""The articles as arrays: who published each, about which event, and what each metric counts in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis.metrics import metric_row, metric_table
from framing.corpus.columns import clipped, missing_column, shown
from framing.errors import InputError, TooFewError

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Articles:
    """Sorted by event, outlet and `article_id`, so that no result depends on the order of the rows.

    `event` is -1 where an article has none; `n_events` is 0 when the comparison is by article. `clusters` names the
    kinds of cluster that articles share (``day``, ``author``), with each article's number; one without is its own.
    """

    frame: pd.DataFrame
    outlets: tuple[str, ...]
    outlet: Codes
    event: Codes
    n_events: int
    clusters: dict[str, Codes] = field(default_factory=dict)

    @property
    def n_without_event(self) -> int:
        """How many articles a comparison by event leaves out."""
        return int((self.event < 0).sum()) if self.n_events else 0


@dataclass(frozen=True, slots=True)
class Metric:
    """What a metric adds up: its value for any set of articles is `per` times sum of `above` by sum of `below`.

    A plain column is its own `above`, and `below` is 1 for each article, which makes the mean. Both are NaN in an
    article without a value.
    """

    name: str
    above: Floats
    below: Floats
    per: float
    is_ratio: bool


def read_articles(frame: pd.DataFrame, event: str | None) -> Articles:
    """Check the frame and sort it; see `compare_outlets` for what it must hold."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            "articles must be a pandas DataFrame with one row per article, such as analyze(corpus).articles; "
            f"found {type(frame).__name__}"
        )
    for column in ("article_id", "outlet"):
        if column not in frame.columns:
            raise InputError(missing_column(column, frame.columns, thing="articles").replace("corpus.", "articles."))
    repeated = frame.columns[frame.columns.duplicated()]
    if len(repeated):
        raise InputError(f"articles has the column '{clipped(str(repeated[0]))}' more than once. Keep one of them")
    ids = _strings(frame["article_id"])
    _check_ids(ids)
    keys = pd.DataFrame({"event": _events(frame, event), "outlet": _outlets(frame), "article_id": ids})
    order = keys.reset_index(drop=True).sort_values(["event", "outlet", "article_id"], na_position="last").index
    keys = keys.iloc[order]
    outlet, outlets = pd.factorize(keys["outlet"], sort=True)
    events, names = pd.factorize(keys["event"], sort=True)
    ordered = frame.iloc[order].reset_index(drop=True)
    return Articles(
        ordered,
        tuple(outlets),
        outlet.astype(np.int64),
        events.astype(np.int64),
        len(names),
        {} if len(names) else _clusters(ordered),
    )


def _clusters(frame: pd.DataFrame) -> dict[str, Codes]:
    shared = {"day": _strings(frame["date"]).str[:10]} if "date" in frame.columns else {}
    if "author" in frame.columns:
        shared["author"] = _strings(frame["author"])
    found = {}
    for name, values in shared.items():
        codes = pd.factorize(values)[0].astype(np.int64)
        codes[codes < 0] = codes.max(initial=-1) + 1 + np.arange((codes < 0).sum())
        found[name] = codes
    return found


def _strings(values: pd.Series) -> "pd.Series[str]":
    strings = values.astype(pd.StringDtype(na_value=pd.NA)).str.strip()
    return strings.mask(strings == "")


def _check_ids(ids: "pd.Series[str]") -> None:
    if ids.isna().any():
        raise InputError(
            f"article_id is missing in {int(ids.isna().sum())} of {len(ids)} rows. Give each article an id"
        )
    repeated = ids[ids.duplicated()]
    if len(repeated):
        raise InputError(
            f"article_id repeats: {shown(sorted(set(repeated)), most=5)}. compare_outlets needs one row per article; "
            "keep one row of each, or give the rows ids of their own"
        )


def _outlets(frame: pd.DataFrame) -> "pd.Series[str]":
    outlets = _strings(frame["outlet"])
    if outlets.isna().any():
        raise InputError(
            f"outlet is missing in {int(outlets.isna().sum())} of {len(outlets)} rows. "
            'Fill it, or leave those articles out: articles.dropna(subset=["outlet"])'
        )
    names = sorted(set(outlets))
    if len(names) < 2:
        found = f"only '{clipped(names[0])}'" if names else "no article"
        raise TooFewError(
            f"a comparison needs articles of at least two outlets; found {found}. "
            "Add the articles of another outlet about the same events"
        )
    return outlets


def _events(frame: pd.DataFrame, event: str | None) -> "pd.Series[str]":
    if event in frame.columns:
        return _strings(frame[event])
    if event is not None and event != "event":
        raise InputError(
            f"articles has no column '{clipped(event)}' to pair by; it has: {shown(frame.columns)}. "
            "Name the column of events, or compare by article: compare_outlets(articles, event=None)"
        )
    return pd.Series(pd.NA, index=frame.index, dtype=pd.StringDtype(na_value=pd.NA))


def read_metrics(frame: pd.DataFrame, metrics: Sequence[str] | None) -> list[Metric]:
    """Find the columns of the metrics that were asked; ``None`` asks for the core family as far as the frame has it."""
    if isinstance(metrics, str):
        metrics = [metrics]
    names = _core(frame) if metrics is None else list(dict.fromkeys(metrics))
    if not names:
        raise InputError(f"metrics is empty. Name at least one numeric column; articles has: {shown(_numeric(frame))}")
    return [_metric(frame, name) for name in names]


def _core(frame: pd.DataFrame) -> list[str]:
    table = metric_table()
    names = [str(name) for name in table.index[table["family"] == "core"] if name in frame.columns]
    if not names:
        raise InputError(
            "articles has none of the core metrics that analyze makes. Name the columns to compare: "
            f"compare_outlets(articles, metrics=[…]); its numeric columns are: {shown(_numeric(frame)) or 'none'}"
        )
    return names


def _numeric(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns if _is_numeric(frame[name])]


def _is_numeric(column: pd.Series) -> bool:
    return getattr(column.dtype, "kind", "O") in "biuf"


def _metric(frame: pd.DataFrame, name: str) -> Metric:
    if name not in frame.columns:
        raise InputError(_unknown(frame, str(name)))
    if not _is_numeric(frame[name]):
        raise InputError(
            f"metric '{clipped(name)}' is not numeric but {frame[name].dtype}. "
            f'Convert it: articles["{clipped(name)}"] = pandas.to_numeric(articles["{clipped(name)}"])'
        )
    values = _floats(frame[name])
    if np.isinf(values).any():
        raise InputError(
            f"metric '{clipped(name)}' is infinite in {int(np.isinf(values).sum())} articles, "
            "perhaps after a division by 0. Set those to pandas.NA"
        )
    return _ratio(frame, name, values) or Metric(name, values, np.where(np.isnan(values), np.nan, 1.0), 1.0, False)


def _ratio(frame: pd.DataFrame, name: str, values: Floats) -> Metric | None:
    made = metric_row(name)
    if made is None or "denominator" not in made:
        return None
    above_name, below_name, per = str(made["numerator"]), str(made["denominator"]), float(made["per"])
    if not {above_name, below_name} <= set(frame.columns):
        return None
    above, below = _floats(frame[above_name]), _floats(frame[below_name])
    known = ~np.isnan(values) & (below > 0)
    # A column that its owner corrected or made by another tool is no longer the ratio of these counts: it is then taken
    # as it stands.
    if not np.allclose(above[known] * per / below[known], values[known], rtol=1e-9, atol=1e-12):
        return None
    if (~np.isnan(values) & ~known).any():
        return None
    return Metric(name, np.where(known, above, np.nan), np.where(known, below, np.nan), per, True)


def _floats(column: pd.Series) -> Floats:
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _unknown(frame: pd.DataFrame, name: str) -> str:
    numeric = _numeric(frame)
    close = get_close_matches(name, numeric, n=3, cutoff=0.5)
    if close:
        advice = f"Did you mean {' or '.join(repr(clipped(one, most=60)) for one in close)}?"
    else:
        advice = f"Its numeric columns are: {shown(numeric) or 'none'}"
    return f"articles has no metric '{clipped(name, most=60)}'. {advice}"
