"""The tone of what each source says."""

from collections.abc import Sequence

import pandas as pd

from framing.analysis.storing import Analysis
from framing.errors import InputError


def tone_by_source(
    analysis: Analysis, *, by: Sequence[str] = ("outlet", "voice", "source_name", "source_type")
) -> pd.DataFrame:
    """Sum the tone of articles' bodies up by who speaks.

    Parameters
    ----------
    analysis : Analysis
    by : sequence of str
        Columns whose values are kept apart: those of the sentiment and attributions tables, and of the article table
        what it has of `outlet`, `event`, `date` and columns of your own.

    Returns
    -------
    pandas.DataFrame
        One row per combination, sorted by `by`; its columns and

        - `n_articles`, `n_words`, `n_positive`, `n_negative`: sums
        - `sentiment`: mean of `score` over words, -1 to 1; `sentiment_vader`: that of `score_vader`

        `source_name` and `source_type` are ``<NA>`` in the outlet's own words, `source_name` also where the text names
        nobody.

    Raises
    ------
    InputError
        If `by` is empty or names a column that none of the tables has.

    Notes
    -----
    Keep apart who is quoted from how they are treated: that an outlet quotes angry people makes its sources' tone low,
    not its own. A source with few words has a tone of little weight; look at `n_words`.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> text = "“A terrible plan,” said Ann Lee. “A wonderful one,” said Tom Ito. It rained."
    >>> analysis = analyze(pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": [text]}))
    >>> tone = tone_by_source(analysis, by=["source_name"])
    >>> tone.assign(positive=tone["sentiment"] > 0)[["source_name", "n_words", "positive"]].values.tolist()
    [['Ann Lee', 3, False], ['Tom Ito', 3, True], [<NA>, 8, False]]
    """
    body = analysis.sentiment[analysis.sentiment["field"] == "text"]
    told = analysis.attributions.drop(columns=["article_id", "field", "sentence"])
    rows = body.merge(told, on="attribution_id", how="left", validate="many_to_one")
    about = analysis.articles[["article_id", *(c for c in analysis.articles if c not in rows)]]
    rows = rows.merge(about, on="article_id", how="left", validate="many_to_one")
    names = [by] if isinstance(by, str) else [*by]
    missing = [name for name in names if name not in rows]
    if missing or not names:
        wrong = f"by has {missing[0]!r}, which no table has" if missing else "by is empty"
        raise InputError(f"{wrong}. Name columns to keep apart, such as outlet, voice, source_name, source_type.")
    for name in ("score", "score_vader"):
        rows[f"sum_{name}"] = rows[name] * rows["n_words"]
    grouped = rows.groupby(names, dropna=False, sort=True)
    table = grouped.agg(
        n_articles=("article_id", "nunique"),
        **{name: (name, "sum") for name in ("n_words", "n_positive", "n_negative", "sum_score", "sum_score_vader")},
    ).reset_index()
    return table.assign(
        sentiment=table["sum_score"] / table["n_words"], sentiment_vader=table["sum_score_vader"] / table["n_words"]
    ).drop(columns=["sum_score", "sum_score_vader"])
