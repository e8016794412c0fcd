"""Article metrics: what is counted in which table, and which counts make a rate or a share. Both are data."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def _counts() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "counts.csv", dtype=str, keep_default_na=False).set_index("count")


@lru_cache(maxsize=1)
def _metrics() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "metrics.csv", keep_default_na=False).set_index("metric")


def metric_table() -> pd.DataFrame:
    """The article metrics: how each is made and how it is named for people.

    Returns
    -------
    pandas.DataFrame
        Indexed by `metric`: `numerator` and `denominator` (count columns of the article table), `per` (1, or 1000 for
        a rate), `label` (words for a heading), `unit`, `family` (`core` for the few that `compare_outlets` asks by
        default, so that nobody fishes in all of them).

    Examples
    --------
    >>> metric_table().loc["share_words_source", ["numerator", "denominator"]].tolist()
    ['n_words_source', 'n_words']
    """
    return _metrics().copy()


def count_table() -> pd.DataFrame:
    """The counts behind the metrics.

    Returns
    -------
    pandas.DataFrame
        Indexed by `count`: `table` it is counted in, `where` (conditions on that table's columns, joined by ``;``;
        the field is `text` unless it says otherwise), `add` (`rows`, `distinct:column`, `balance:column=value` for
        hedge ids with the value less those without, or the column or product of columns that is summed), `about` (what
        it counts, in words).
    """
    return _counts().copy()


def evidence_rows(tables: Mapping[str, pd.DataFrame], count: str) -> pd.DataFrame:
    """The annotation rows that a count adds up.

    Examples
    --------
    >>> hedges = pd.DataFrame({"field": ["text", "title"], "category": ["epistemic"] * 2, "hedge": ["may", "may"]})
    >>> len(evidence_rows({"hedges": hedges}, "n_hedges_epistemic"))
    1
    """
    row = _counts().loc[count]
    table = tables[str(row["table"])]
    conditions = dict(part.partition("=")[::2] for part in str(row["where"]).split(";") if part)
    conditions.setdefault("field", "text")
    keep = pd.Series(True, index=table.index)
    for column, value in conditions.items():
        keep &= _condition(table, column, value)
    return table[keep]


def _condition(table: pd.DataFrame, column: str, value: str) -> "pd.Series[bool]":
    name = column.removesuffix("!")
    if not value:
        found = table[name].isna()
    elif value == "true":
        found = table[name].fillna(False).astype(bool)
    else:
        found = (table[name] == value).fillna(False).astype(bool)
    return ~found if column.endswith("!") else found


def add_up(rows: pd.DataFrame, count: str) -> "pd.Series[int] | pd.Series[float]":
    """A count by article from its evidence rows; articles without a row are not in the result."""
    add = str(_counts().loc[count, "add"])
    groups = rows.groupby("article_id", sort=False)
    if add == "rows":
        return groups.size()
    if add.startswith("distinct:"):
        return groups[add.removeprefix("distinct:")].nunique()
    if add.startswith("balance:"):
        return _balance(rows, add.removeprefix("balance:"))
    first, _, second = add.partition("*")
    values = rows[first] * rows[second] if second else rows[first]
    return values.groupby(rows["article_id"], sort=False).sum()


def _balance(rows: pd.DataFrame, condition: str) -> "pd.Series[int]":
    """Expressions that meet a condition less all others, by article; readings of one expression count once."""
    column, _, value = condition.partition("=")
    meets = rows[column] == value
    one, other = (part.groupby("article_id", sort=False)["hedge_id"].nunique() for part in (rows[meets], rows[~meets]))
    return one.sub(other, fill_value=0).astype("int64")


def article_counts(tables: Mapping[str, pd.DataFrame], article_ids: pd.Series) -> pd.DataFrame:
    """Every count for every article, 0 where it has no row."""
    index = pd.Index(article_ids)
    columns = {}
    for count in _counts().index:
        values = add_up(evidence_rows(tables, count), count).reindex(index, fill_value=0)
        columns[count] = values.astype("Float64" if count.startswith("sum_") else "Int64").array
    return pd.DataFrame(columns)


def article_metrics(counts: pd.DataFrame) -> pd.DataFrame:
    """Every metric from the counts; ``<NA>`` where the denominator is 0."""
    columns = {}
    for metric, row in _metrics().iterrows():
        below = counts[row["denominator"]].astype("Float64")
        columns[metric] = (
            counts[row["numerator"]].astype("Float64") * float(row["per"]) / below.mask(below == 0)
        ).array
    return pd.DataFrame(columns)
