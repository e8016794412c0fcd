"""Sentences, or texts with frames, as units to code: how much each adds to an article metric by the machine."""

import pandas as pd

from framing.analysis.metrics import count_row, evidence_rows, metric_row, row_weights, unknown_name
from framing.analysis.storing import Analysis
from framing.corpus.columns import clipped, shown
from framing.errors import InputError

PLACE = ["article_id", "field", "sentence"]
TONE = "sum_score"  # how the counts begin that sum up a tone by words
FRAME, SHARE_OF_FRAME = "n_frame_", "share_frame_"
SENTENCE = "sentence"
_PROBABILITY = r"p=([01]\.\d\d)"  # in the `rule` of an attribution


def numerator_of(metric: str) -> str:
    """Name the count that a metric divides, when people can count it sentence by sentence or text by text.

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
    >>> numerator_of("share_frame_conflict")
    'n_frame_conflict'
    """
    if is_frame(metric):
        return FRAME + metric.removeprefix(SHARE_OF_FRAME)
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


def is_frame(metric: str) -> bool:
    """Whether a metric is the share of a frame of one's own (see `add_frames`)."""
    return metric.startswith(SHARE_OF_FRAME) and len(metric) > len(SHARE_OF_FRAME)


def unit_of(analysis: Analysis, metric: str) -> str:
    """What is coded for a metric: ``sentence``, or what the frame model labelled, ``paragraph`` or ``article``."""
    return str(_frames(analysis, metric)["unit"].iloc[0]) if is_frame(metric) else SENTENCE


def sentence_units(analysis: Analysis, metric: str) -> pd.DataFrame:
    """List the sentences that a metric is counted in, or the texts with frames, with what the machine counts in each.

    Parameters
    ----------
    analysis : Analysis
    metric : str
        A metric of the article table whose counts add up over sentences, or the share of a frame.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, sorted by article, field and sentence: `article_id, field, sentence, start, end, outlet`,
        `machine` (the count; of a tone the mean score of the sentence's words, −1 to 1) and `weight` (what one more
        adds to the article's numerator: 1; of a tone the number of words in that voice; of a frame, whose articles
        are compared by their shares, 1 by the number of texts in the article), and `score` (the machine's probability
        that there is any, 0 to 1; ``<NA>`` where it claims none: frames have one in each text, attributions of any kind
        where some were found, other metrics none). Of frames `sentence` numbers the paragraphs.
    """
    counted = numerator_of(metric)
    if is_frame(metric):
        return _texts_with_frames(analysis, metric)
    rows = evidence_rows(analysis.tables, counted)
    field = "title" if "_title" in counted else "text"
    units = analysis.sentences[analysis.sentences["field"] == field]
    units = units.merge(analysis.articles[["article_id", "outlet"]], on="article_id", how="left", validate="m:1")
    units = units[[*PLACE, "start", "end", "outlet"]].sort_values(PLACE, ignore_index=True)
    summed = rows.assign(machine=_amounts(rows, counted), weight=_weights(rows, counted))
    summed = summed.groupby(PLACE, as_index=False)[["machine", "weight"]].sum()
    units = units.merge(summed, on=PLACE, how="left", validate="1:1")
    units["machine"] = units["machine"].fillna(0.0).astype(float)
    units = units.merge(_chances(rows, counted), on=PLACE, how="left", validate="1:1")
    if not counted.startswith(TONE):
        return units.assign(weight=1.0)
    units["weight"] = units["weight"].fillna(0.0).astype(float)
    units["machine"] = (units["machine"] / units["weight"]).where(units["weight"] > 0, 0.0)
    return units


def _chances(rows: pd.DataFrame, counted: str) -> pd.DataFrame:
    """The probability, by sentence, that any of the attributions found there is one.

    It stands in their `rule` and is that of the cue, whatever it tells of the source, so that no kind has one.
    """
    made = count_row(counted) or {}
    conditions = [part for part in str(made.get("where", "")).split(";") if part and not part.startswith("field=")]
    if made.get("table") != "attributions" or conditions or rows.empty:
        return pd.DataFrame({name: rows[name].head(0) for name in PLACE} | {"score": pd.array([], dtype="Float64")})
    none = 1 - rows["rule"].str.extract(_PROBABILITY)[0].astype("Float64")
    score = 1 - none.groupby([rows[name] for name in PLACE]).prod()
    return score.rename("score").reset_index()


def _texts_with_frames(analysis: Analysis, metric: str) -> pd.DataFrame:
    """The texts that a frame model labelled, as `sentence_units` gives them."""
    frame = metric.removeprefix(SHARE_OF_FRAME)
    texts = _frames(analysis, metric).rename(columns={"number": "sentence"})
    n_texts = texts.groupby("article_id")["sentence"].transform("size")
    score = f"p_{frame}"
    texts = texts.assign(
        machine=(texts["frame"] == frame).astype(float),
        weight=1 / n_texts.astype(float),
        score=texts[score] if score in texts else pd.array([pd.NA] * len(texts), dtype="Float64"),
    ).merge(analysis.articles[["article_id", "outlet"]], on="article_id", how="left", validate="m:1")
    columns = [*PLACE, "start", "end", "outlet", "machine", "weight", "score"]
    return texts[columns].sort_values(PLACE, ignore_index=True)


def _frames(analysis: Analysis, metric: str) -> pd.DataFrame:
    if metric in analysis.articles and not analysis.frames.empty:
        return analysis.frames
    known = [str(name) for name in analysis.articles if is_frame(str(name))]
    if known and not analysis.frames.empty:
        raise InputError(f"the analysis has no frame for {clipped(metric)!r}; it has: {shown(known)}.")
    raise InputError(
        f"the analysis doesn't know which texts have the frame of {clipped(metric)!r}. Give the frames to the analysis "
        "and not only to its article table: analysis = add_frames(analysis, corpus, model)."
    )


def _amounts(rows: pd.DataFrame, counted: str) -> "pd.Series[float]":
    """What each evidence row adds to the numerator."""
    return row_weights(rows, counted).astype(float)


def _weights(rows: pd.DataFrame, counted: str) -> "pd.Series[float]":
    if not counted.startswith(TONE):
        return pd.Series(0.0, index=rows.index)
    return rows["n_words"].where(rows["score"].notna(), 0).astype(float)
