"""What a difference between outlets is made of, in parts that add up to it exactly."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis import Analysis
from framing.analysis.evidence import sentence_texts
from framing.analysis.metrics import evidence_rows, metric_row, row_weights
from framing.comparison.articles import Articles, Metric, read_articles, read_metrics
from framing.comparison.contrasts import contrast_of
from framing.comparison.copies import treat_copies
from framing.comparison.same_names import with_one_name
from framing.comparison.samples import event_factors
from framing.corpus.columns import shown
from framing.errors import InputError, TooFewError
from framing.tables import Schema, as_table

PARTS: Schema = {
    "part": "string",
    "contribution": "Float64",
    "share": "Float64",
    "value": "Float64",
    "value_versus": "Float64",
    "n": "Float64",
    "n_versus": "Float64",
    "n_events": "Int64",
}
OF_ARTICLES = ("event", "article_id")
EXAMPLES = 3  # sentences of a side


def explain_difference(
    analysis: Analysis,
    metric: str,
    outlet: str,
    versus: str,
    *,
    by: str = "event",
    event: str = "event",
    copies: str = "keep",
    corpus: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Split a difference of `compare_outlets` into the parts that make it.

    Parameters
    ----------
    analysis : Analysis
    metric : str
        A rate or share of ``analysis.articles``.
    outlet, versus : str
        The outlets as `compare_outlets` names them; `versus` may be ``"rest"``.
    by : str
        What to split by: ``"event"``, ``"article_id"``, or a column of the metric's evidence (see `list_evidence`):
        `cue_lemma`, `source_name` or `source_type` for attributions, `lemma` or `category` for hedges … What is
        counted inside attributions (hedges, words, tone) may be split by a column of these, such as `source_name`,
        under which a person of several articles has one name.
    event : str
        Column of ``analysis.articles`` with the events.
    copies : str
        What to do with copies, as in `compare_outlets`.
    corpus : pandas.DataFrame, optional
        The corpus that was analysed; with it each part has sentences.

    Returns
    -------
    pandas.DataFrame
        One row per part, the largest contribution of either sign first:

        - `part` (``<NA>``: rows without a value in that column)
        - `contribution`: in the metric's unit; all of them add up to the difference
        - `share`: of the difference (a part against its direction is negative); ``<NA>`` when that is 0
        - `value`, `value_versus`: what the part adds to the mean of either side
        - `n`, `n_versus`: what is counted of it on either side (expressions; for words or tone: their sum)
        - `n_events` in which either side has it
        - `sentences`, with `corpus`: for each side up to three in which it is counted, as a list of strings that begin
          with outlet and article; from different articles first, those that come first in the corpus

    Raises
    ------
    InputError
        If the metric is unknown or no ratio of counts, or the outlet, the column of events or `by` is unknown.
    TooFewError
        If no event is told by both sides.

    Notes
    -----
    A part's contribution is the mean over events of what it adds to the outlet's value less what it adds to the
    other's; `by="event"` instead splits that mean into its events. Nothing is modelled and nothing left over. It says
    what the difference consists of, not what caused it, and small parts are as unsure as small counts are: no interval
    is given for a part, since parts are looked for after the fact.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> texts = {"Herald": "It may rain. Reportedly it may snow.", "Courier": "It may rain. It will snow here."}
    >>> rows = [(f"{o}{n}", o, f"e{n}", text) for n in range(6) for o, text in texts.items()]
    >>> frame = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "text"])
    >>> parts = explain_difference(
    ...     analyze(frame, progress=False), "hedges_per_1000_words", "Herald", "Courier", by="lemma"
    ... )
    >>> parts[["part", "contribution", "n", "n_versus"]].round(1).values.tolist()
    [['may', 142.9, 12.0, 6.0], ['reportedly', 142.9, 6.0, 0.0]]
    """
    made = metric_row(metric)
    if made is None or "denominator" not in made or metric not in analysis.articles:
        raise InputError(
            f"explain_difference splits rates and shares that analyze made; '{metric}' is none of this analysis. For a "
            "metric that ends in _difference explain each of its two sides"
        )
    articles = read_articles(treat_copies(analysis.articles, copies)[0], event)
    if not articles.n_events:
        raise TooFewError(f"no article has an event in '{event}'. Match events first: a difference is split by event")
    counted = read_metrics(articles.frame, [metric])[0]
    if not counted.is_ratio:
        raise InputError(
            f"the column '{metric}' is no longer the ratio of its counts, so that it can't be split into what was "
            "counted. Explain a metric as analyze made it"
        )
    side = contrast_of(articles.outlets, outlet, versus)
    factors = event_factors(articles, counted, side)
    rows = _evidence(analysis, articles, counted, str(made["numerator"]), factors, event, by)
    parts = _table(rows, float((rows["value"] - rows["value_versus"]).sum()))
    return (
        parts
        if corpus is None
        else parts.assign(
            sentences=pd.Series(_examples(analysis, rows, parts["part"], corpus), parts.index, dtype=object)
        )
    )


def _evidence(
    analysis: Analysis,
    articles: Articles,
    metric: Metric,
    count: str,
    factors: npt.NDArray[np.float64],
    event: str,
    by: str,
) -> pd.DataFrame:
    """The evidence rows of the articles that are compared, with the part they belong to and what they add."""
    used = (articles.event >= 0) & ~np.isnan(metric.above)
    place = pd.DataFrame(
        {
            "article_id": articles.frame["article_id"].astype("string"),
            "outlet": articles.frame["outlet"].astype("string"),
            "of_event": articles.frame[event].astype("string"),
            "factor": np.where(used, factors[np.maximum(articles.event, 0), articles.outlet], 0.0),
        }
    )
    found = evidence_rows(analysis.tables, count)
    if by not in (*OF_ARTICLES, *found.columns):
        found = _with_attributions(analysis, found)
    if by not in (*OF_ARTICLES, *found.columns):
        usable = [name for name in found.columns if name not in ("field", "start", "end")]
        raise InputError(f"by must be one of {shown(['event', *usable])}; found '{by}'")
    if by == "source_name":
        # Within an event fewer persons share a last word, so that is settled first.
        events = found["article_id"].map(dict(zip(place["article_id"], place["of_event"], strict=True)))
        found = with_one_name(pd.concat([with_one_name(group) for _, group in found.groupby(events, dropna=False)]))
    rows = found[["article_id", "field", "sentence"]].assign(weight=row_weights(found, count))
    rows["part"] = found[by].astype("string") if by != "event" else pd.NA
    rows = rows.merge(place, on="article_id", how="inner", validate="many_to_one")
    if by == "event":
        rows["part"] = rows["of_event"]
    rows = rows[rows["factor"] != 0]
    added = rows["weight"] * rows["factor"]
    left = rows["factor"] > 0
    return rows.assign(
        value=added.where(left, 0.0),
        value_versus=(-added).where(~left, 0.0),
        n=rows["weight"].where(left, 0.0),
        n_versus=rows["weight"].where(~left, 0.0),
    )


def _with_attributions(analysis: Analysis, found: pd.DataFrame) -> pd.DataFrame:
    """Add to what is counted inside attributions whose words it is in."""
    if "attribution_id" not in found.columns:
        return found
    more = [name for name in analysis.attributions.columns if name not in found.columns]
    place = ["article_id", "attribution_id"]
    return found.merge(analysis.attributions[[*place, *more]], on=place, how="left", validate="many_to_one")


def _examples(analysis: Analysis, rows: pd.DataFrame, parts: "pd.Series[str]", corpus: pd.DataFrame) -> list[list[str]]:
    """For each part the sentences of both sides."""
    counted = rows[rows["weight"] != 0].reset_index(drop=True)
    order = {article_id: place for place, article_id in enumerate(analysis.articles["article_id"])}
    counted["place"] = counted["article_id"].map(order)
    counted["side"] = counted["factor"] < 0
    counted = counted.sort_values(["place", "field", "sentence"], kind="stable")
    counted = counted.drop_duplicates(["part", "article_id", "field", "sentence"])
    group = ["part", "side"]
    counted["turn"] = counted.groupby([*group, "article_id"], dropna=False).cumcount()
    counted = counted.sort_values(["turn", "place"], kind="stable")
    counted = counted[counted.groupby(group, dropna=False).cumcount() < EXAMPLES]
    counted = counted.sort_values(["side", "turn", "place"], kind="stable").reset_index(drop=True)
    texts = sentence_texts(analysis, counted, corpus)
    said = counted["outlet"] + ", " + counted["article_id"] + ": " + texts
    by_part: dict[str | None, list[str]] = {}
    for part, sentence in zip(counted["part"], said, strict=True):
        by_part.setdefault(None if pd.isna(part) else part, []).append(str(sentence))
    return [by_part.get(None if pd.isna(part) else part, []) for part in parts]


def _table(rows: pd.DataFrame, difference: float) -> pd.DataFrame:
    sums = rows.groupby("part", dropna=False, sort=True).agg(
        value=("value", "sum"),
        value_versus=("value_versus", "sum"),
        n=("n", "sum"),
        n_versus=("n_versus", "sum"),
        n_events=("of_event", "nunique"),
    )
    sums = sums.reset_index()
    sums["contribution"] = sums["value"] - sums["value_versus"]
    sums["share"] = sums["contribution"] / difference if abs(difference) > 1e-12 else pd.NA
    sums["order"] = -sums["contribution"].abs().round(12)
    sums = sums.sort_values(["order", "part"], kind="stable").drop(columns="order")
    return as_table(({str(k): v for k, v in row.items()} for row in sums.to_dict("records")), PARTS)
