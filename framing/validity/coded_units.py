"""The sentences or texts of compared articles with their codings, in groups whose mean mistake can be known."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis.metrics import metric_row
from framing.analysis.storing import Analysis
from framing.comparison.articles import Articles, Metric, read_metrics
from framing.corpus.columns import clipped
from framing.errors import InputError
from framing.validity.codings import one_value_each
from framing.validity.design_based import Coded, sums
from framing.validity.units import PLACE, is_frame, sentence_units

FEWEST_IN_CELL = 2  # codings, below which mistakes have no spread


class NotCorrectableError(InputError):
    """One metric can't be corrected, though others may be."""


def counts_of(articles: Articles, name: str) -> Metric:
    """What a metric adds up, if what it is divided by is known without coding.

    Raises
    ------
    InputError
        If its denominator is counted by the machine, or the column isn't what `analyze` made any more.
    """
    made = metric_row(name) or {}
    if not is_frame(name) and not str(made.get("denominator", "")).startswith("n_words"):
        raise NotCorrectableError(
            f"{name!r} is a share of what the machine found, so its denominator has mistakes too, which codings of "
            "sentences don't tell. Correct a rate per 1,000 words, a tone or the share of a frame."
        )
    (metric,) = read_metrics(articles.frame, [name])
    if not metric.is_ratio and not is_frame(name):
        raise InputError(
            f"column {name!r} of the articles is no longer what `analyze` made of its counts. "
            "Give the analysis as it was."
        )
    return metric


def coded_units(analysis: Analysis, articles: Articles, metric: Metric, codings: pd.DataFrame) -> Coded:
    """Bring the sentences of the compared articles and their codings together."""
    units = sentence_units(analysis, metric.name)
    values = one_value_each(codings, metric.name)
    known = units.merge(values, on=PLACE, how="left", validate="1:1")
    if known["value"].notna().sum() != len(values):
        raise InputError(
            "the codings hold sentences that the analysis hasn't got. Give the analysis that they were drawn from."
        )
    place = {str(article): number for number, article in enumerate(articles.frame["article_id"])}
    known["article"] = [place.get(str(article), -1) for article in known["article_id"]]
    known = known[known["article"] >= 0].reset_index(drop=True)
    unit = np.flatnonzero(known["value"].notna())
    article = known["article"].to_numpy(dtype=np.int64)
    weight = known["weight"].to_numpy(dtype=np.float64)
    cells = _cells(known, metric.name)
    _check_groups(values, len(units), metric.name)
    machine = known["machine"].to_numpy(dtype=np.float64)
    if is_frame(metric.name):
        if not np.allclose(sums(article, machine * weight, len(metric.above)), np.nan_to_num(metric.above)):
            raise InputError(
                f"column {metric.name!r} of the articles is no longer what `add_frames` made of its texts. "
                "Give the analysis as it was."
            )
        # Yes or no says nothing more within a cell, where it is the same in all texts; a probability does.
        machine = known["score"].fillna(known["machine"]).to_numpy(dtype=np.float64)
    human = known["value"].to_numpy(dtype=np.float64, na_value=np.nan)[unit]
    probability = known["probability"].to_numpy(dtype=np.float64, na_value=np.nan)[unit]
    return Coded(article, cells, machine, weight, unit, human, probability)


def _check_groups(values: pd.DataFrame, n_units: int, metric: str) -> None:
    """Refuse codings that leave out a whole group of the sample: nothing is known of its sentences."""
    n_known = int(values.drop_duplicates("stratum")["n_stratum"].sum())
    if n_known < n_units:
        raise NotCorrectableError(
            f"of what {metric!r} counts in, {n_units - n_known:,} sentences or texts are of groups of the sample in "
            "which nothing was coded. Code further in the order of the sheet."
        )


def _cells(known: pd.DataFrame, metric: str) -> npt.NDArray[np.int64]:
    """Number the cells in which the machine's mean mistake is taken: outlet by whether it found anything.

    Where a cell has too few codings the outlet is one cell.
    """
    is_coded = known["value"].notna()
    found = np.where(known["machine"] != 0, "found", "none")
    cells = pd.Series([f"{outlet} {what}" for outlet, what in zip(known["outlet"], found, strict=True)], known.index)
    n_coded = is_coded.groupby(cells).transform("sum")
    small = (n_coded < FEWEST_IN_CELL).groupby(known["outlet"]).transform("any")
    cells = cells.mask(small, known["outlet"].astype(str))
    n_coded = is_coded.groupby(cells).transform("sum")
    if (n_coded < FEWEST_IN_CELL).any():
        outlet = str(known.loc[n_coded < FEWEST_IN_CELL, "outlet"].iloc[0])
        raise NotCorrectableError(
            f"{metric!r} was coded in fewer than {FEWEST_IN_CELL} sentences of {clipped(outlet)!r}, so that its "
            "mistakes there aren't known. Code more, or compare the outlets that were coded."
        )
    numbers: npt.NDArray[np.int64] = pd.factorize(cells, sort=True)[0].astype(np.int64)
    return numbers
