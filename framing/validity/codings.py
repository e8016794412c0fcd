"""Hand codings: sheets written for coders, read again when they are filled, and brought to one value a sentence."""

import pandas as pd

from framing.analysis.storing import Analysis
from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.validity.sampling import CodingSample
from framing.validity.units import PLACE, TONE, is_frame, numerator_of, sentence_units

CODINGS = ["unit_id", "coder", "metric", "value", *PLACE, "outlet", "stratum", "n_stratum"]
KEY = ["unit_id", *PLACE, "outlet", "stratum", "n_stratum"]


def codings_of(sample: CodingSample, filled: pd.DataFrame, *, coder: str) -> pd.DataFrame:
    """Bring a filled sheet and the key of its sample together.

    Parameters
    ----------
    sample : CodingSample
        What `sample_for_coding` gave.
    filled : pandas.DataFrame
        Its sheet with the coder's values in the metrics' columns: whole numbers; of a tone −1, 0 or 1; of a frame 0 or
        1. Empty cells were not coded.
    coder : str
        Who coded.

    Returns
    -------
    pandas.DataFrame
        One row per value: `unit_id, coder, metric, value, article_id, field, sentence, outlet, stratum, n_stratum`.
        Sheets of several coders are put together with `pandas.concat`.

    Raises
    ------
    InputError
        If the sheet isn't the sample's, or holds a value that can't be one.

    Examples
    --------
    >>> from framing import analyze, load_example, sample_for_coding
    >>> corpus = load_example()
    >>> sample = sample_for_coding(analyze(corpus), corpus, n=20)
    >>> filled = sample.sheet.assign(hedges_per_1000_words_outlet=[0, 1] * 10)
    >>> codings_of(sample, filled, coder="Ada")[["unit_id", "coder", "value"]].head(2).values.tolist()
    [['u01', 'Ada', 0.0], ['u02', 'Ada', 1.0]]
    """
    metrics = [metric for metric in sample.metrics if metric in filled.columns]
    if "unit_id" not in filled.columns or not metrics:
        raise InputError(
            f"the sheet of {clipped(coder)} has the columns {shown(filled.columns)}; needed are 'unit_id' and at "
            f"least one of: {shown(sample.metrics)}. Fill in the sheet that was written, and keep its first line."
        )
    ids = filled["unit_id"].astype(str)
    strange = sorted(set(ids) - set(sample.key["unit_id"]))
    if strange or ids.duplicated().any():
        what = f"{strange[0]!r}, which the sample hasn't got" if strange else f"{ids[ids.duplicated()].iloc[0]!r} twice"
        raise InputError(
            f"the sheet of {clipped(coder)} has the unit {what}. Give the sheet of this sample, each line once."
        )
    long = filled.assign(unit_id=ids).melt("unit_id", metrics, "metric", "value")
    long["value"] = [_value(*cell, coder) for cell in zip(long["value"], long["metric"], long["unit_id"], strict=True)]
    long = long.dropna(subset=["value"]).assign(coder=coder)
    joined = long.merge(sample.key[KEY], on="unit_id", validate="m:1")
    joined["value"] = joined["value"].astype(float)
    order = {metric: place for place, metric in enumerate(sample.metrics)}
    return joined.sort_values(["metric", "unit_id"], key=lambda c: c.map(order) if c.name == "metric" else c)[
        CODINGS
    ].reset_index(drop=True)


def one_value_each(codings: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Take the mean of the coders' values of each sentence, and the probability with which it was drawn and coded.

    Returns
    -------
    pandas.DataFrame
        One row per coded sentence: `article_id, field, sentence, value, stratum, n_stratum, probability`.

    Raises
    ------
    InputError
        If a column is missing.
    """
    missing = [column for column in CODINGS if column not in codings.columns]
    if missing:
        raise InputError(
            f"codings lack the columns {shown(missing)}; they have: {shown(codings.columns)}. "
            "Make them with `read_codings`."
        )
    rows = codings[(codings["metric"] == metric) & codings["value"].notna()]
    values = rows.groupby(PLACE, as_index=False).agg(
        value=("value", "mean"), stratum=("stratum", "first"), n_stratum=("n_stratum", "first")
    )
    values["probability"] = values.groupby("stratum")["value"].transform("size") / values["n_stratum"]
    return values[[*PLACE, "value", "stratum", "n_stratum", "probability"]]


def coded_sentences(analysis: Analysis, codings: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Bring the coded sentences and the machine's counts together.

    Returns
    -------
    pandas.DataFrame
        The columns of `sentence_units` with `value` (the coders'), `stratum` and `probability`.
    """
    values = one_value_each(codings, metric)
    coded = sentence_units(analysis, metric).merge(values, on=PLACE, how="inner", validate="1:1")
    if len(coded) != len(values):
        raise InputError(
            "the codings hold sentences that the analysis hasn't got. Give the analysis that they were drawn from."
        )
    return coded


def _value(cell: object, metric: str, unit: str, coder: str) -> float | None:
    text = "" if cell is None or cell is pd.NA else str(cell).strip().replace("−", "-").replace(",", ".")
    if text in ("", "nan", "<NA>"):
        return None
    is_tone = numerator_of(metric).startswith(TONE)
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if is_frame(metric):
        is_one, wanted = value in (0, 1), "1 where that is the frame, else 0"
    elif is_tone:
        is_one, wanted = -1 <= value <= 1, "a number from -1 to 1"
    else:
        is_one, wanted = value >= 0 and value.is_integer(), "a whole number, 0 or above"
    if is_one:
        return value
    raise InputError(
        f"{clipped(coder)} coded {clipped(text)!r} for {metric} in {unit}; allowed is {wanted}, or nothing where it "
        "was not coded. Correct that cell."
    )
