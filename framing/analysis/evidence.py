"""From a figure back to the rows it was made of."""

import pandas as pd

from framing.analysis.metrics import evidence_rows, metric_table
from framing.analysis.storing import Analysis
from framing.errors import InputError


def list_evidence(analysis: Analysis, metric: str) -> pd.DataFrame:
    """List the annotation rows that a metric's numerator adds up.

    Parameters
    ----------
    analysis : Analysis
    metric : str
        A metric of the article table, such as ``hedges_per_1000_words_outlet``.

    Returns
    -------
    pandas.DataFrame
        Rows of the table that is counted (`attributions`, `hedges`, `sentiment` or `sentences`), with `outlet` and
        `event`, where the corpus has one, in front. Offsets `start` and `end`, or those of source, cue and content,
        cut the words out of the article.

    Raises
    ------
    InputError
        If there is no such metric.

    Examples
    --------
    >>> from framing import analyze
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["It may rain. “It could snow,” he said."]})
    >>> list_evidence(analyze(corpus), "hedges_per_1000_words_outlet")[["outlet", "hedge"]].values.tolist()
    [['Herald', 'may']]
    """
    metrics = metric_table()
    if metric not in metrics.index:
        raise InputError(f"there is no metric {metric!r}; there are: {', '.join(metrics.index)}.")
    rows = evidence_rows(analysis.tables, str(metrics.loc[metric, "numerator"]))
    about = [c for c in ("article_id", "outlet", "event") if c in analysis.articles]
    return analysis.articles[about].merge(rows, on="article_id", how="inner", validate="one_to_many")
