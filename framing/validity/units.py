"""Sentences as units to code: how much each adds to an article metric, as the machine counts it."""

import pandas as pd

from framing.analysis.metrics import count_row, evidence_rows, metric_row, row_weights, unknown_name
from framing.analysis.storing import Analysis
from framing.corpus.columns import clipped
from framing.errors import InputError

PLACE = ["article_id", "field", "sentence"]
TONE = "sum_score"  # how the counts begin that sum up a tone by words


def numerator_of(metric: str) -> str:
    """Name the count that a metric divides, when people can count it sentence by sentence.

    Raises
    ------
    InputError
        If `framing` doesn't make the metric, or it can't be coded by sentence: a number of different sources is no sum
        over sentences, and what a difference of two metrics counts, or boosters against hedges, is coded metric by
        metric.

    Examples
    --------
    >>> numerator_of("hedges_per_1000_words_outlet")
    'n_hedges_outlet'
    """
    made = metric_row(metric)
    if made is None:
        known = ["hedges_per_1000_words_outlet", "attributions_per_1000_words", "sentiment_outlet"]
        raise InputError(unknown_name("metric", clipped(metric), known))
    counted = str(made.get("numerator", ""))
    add = str((count_row(counted) or {}).get("add", ""))
    is_no_count = add == "distinct:source_name" or add.startswith("balance:") or counted.startswith("n_words")
    if "denominator" not in made or is_no_count:
        raise InputError(
            f"{metric!r} can't be coded sentence by sentence. Code one whose counts add up over sentences, such as "
            "'hedges_per_1000_words_outlet', 'attributions_per_1000_words' or 'sentiment_outlet'."
        )
    return counted


def sentence_units(analysis: Analysis, metric: str) -> pd.DataFrame:
    """List the sentences that a metric is counted in, with what the machine counts in each.

    Parameters
    ----------
    analysis : Analysis
    metric : str
        A metric of the article table whose counts add up over sentences.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, sorted by article, field and sentence: `article_id, field, sentence, start, end, outlet`,
        `machine` (the count; of a tone the mean score of the sentence's words, −1 to 1) and `weight` (what one more
        adds to the article's numerator: 1; of a tone the number of words in that voice).
    """
    counted = numerator_of(metric)
    rows = evidence_rows(analysis.tables, counted)
    field = "title" if "_title" in counted else "text"
    units = analysis.sentences[analysis.sentences["field"] == field]
    units = units.merge(analysis.articles[["article_id", "outlet"]], on="article_id", how="left", validate="m:1")
    units = units[[*PLACE, "start", "end", "outlet"]].sort_values(PLACE, ignore_index=True)
    summed = rows.assign(machine=_amounts(rows, counted), weight=_weights(rows, counted))
    summed = summed.groupby(PLACE, as_index=False)[["machine", "weight"]].sum()
    units = units.merge(summed, on=PLACE, how="left", validate="1:1")
    units["machine"] = units["machine"].fillna(0.0).astype(float)
    if not counted.startswith(TONE):
        return units.assign(weight=1.0)
    units["weight"] = units["weight"].fillna(0.0).astype(float)
    units["machine"] = (units["machine"] / units["weight"]).where(units["weight"] > 0, 0.0)
    return units


def _amounts(rows: pd.DataFrame, counted: str) -> "pd.Series[float]":
    """What each evidence row adds to the numerator."""
    return row_weights(rows, counted).astype(float)


def _weights(rows: pd.DataFrame, counted: str) -> "pd.Series[float]":
    if not counted.startswith(TONE):
        return pd.Series(0.0, index=rows.index)
    return rows["n_words"].where(rows["score"].notna(), 0).astype(float)
