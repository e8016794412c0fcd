"""Counts and metrics of every article at once, for corpora of any size: each condition is looked up once a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.analysis.metrics import (
    condition_met,
    conditions_of,
    count_rows,
    difference_rows,
    metric_rows,
    values_to_add,
)

Numbers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.bool_]


def article_counts(
    tables: Mapping[str, pd.DataFrame], article_ids: pd.Series, lexicons: Sequence[str] = ()
) -> pd.DataFrame:
    """Every count for every article, 0 where it has no row; the same that `evidence_rows` and `add_up` give.

    Examples
    --------
    >>> from framing.tables import ATTRIBUTIONS, HEDGES, SENTENCES, SENTIMENT, as_table
    >>> tables = {"sentences": SENTENCES, "attributions": ATTRIBUTIONS, "hedges": HEDGES, "sentiment": SENTIMENT}
    >>> empty = {name: as_table([], schema) for name, schema in tables.items()}
    >>> article_counts(empty, pd.Series(["1", "2"]))["n_hedges"].tolist()
    [0, 0]
    """
    index = pd.Index(article_ids)
    evidence: dict[str, _Evidence] = {}
    columns = {}
    for count, row in count_rows(lexicons).items():
        name = str(row["table"])
        if name not in evidence:
            evidence[name] = _Evidence(tables[name], _positions(tables[name]["article_id"], index), len(index))
        values = evidence[name].add_up(row)
        known = np.zeros(len(index), dtype=bool)
        columns[count] = (
            pd.arrays.FloatingArray(values.astype(np.float64), known)
            if count.startswith("sum_")
            else pd.arrays.IntegerArray(values.astype(np.int64), known)
        )
    return pd.DataFrame(columns)


def article_metrics(counts: pd.DataFrame, lexicons: Sequence[str] = ()) -> pd.DataFrame:
    """Every metric from the counts, then the differences; ``<NA>`` where a denominator is 0.

    Examples
    --------
    >>> from framing.analysis.metrics import count_table
    >>> counts = pd.DataFrame({count: pd.array([1, 0], dtype="Int64") for count in count_table().index})
    >>> article_metrics(counts)["share_words_source"].tolist()
    [1.0, <NA>]
    """
    known = {str(count): _values(counts[count]) for count in counts}
    found: dict[str, tuple[npt.NDArray[np.float64], Rows]] = {}
    for metric, row in metric_rows(lexicons).items():
        above, no_above = known[row["numerator"]]
        below, no_below = known[row["denominator"]]
        unknown = no_above | no_below | (below == 0)
        found[metric] = np.divide(above * float(row["per"]), below, out=np.ones(len(counts)), where=~unknown), unknown
    for metric, row in difference_rows(lexicons).items():
        (first, no_first), (second, no_second) = found[row["first"]], found[row["second"]]
        found[metric] = first - second, no_first | no_second
    return pd.DataFrame({metric: pd.arrays.FloatingArray(*values) for metric, values in found.items()})


@dataclass(slots=True)
class _Evidence:
    """A table's rows, the place of each row's article, and what was already looked up in it."""

    table: pd.DataFrame
    article: Numbers
    n_articles: int
    met: dict[tuple[str, str], Rows] = field(default_factory=dict)
    things: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict)

    def add_up(self, count: Mapping[str, Any]) -> npt.NDArray[Any]:
        """One count for all articles, by its row in the table of counts."""
        keep = self.article >= 0
        for column, value in conditions_of(count).items():
            keep &= self.meets(column, value)
        how, _, what = str(count["add"]).partition(":")
        if how == "rows":
            return np.bincount(self.article[keep], minlength=self.n_articles)
        if how == "distinct":
            return self.distinct(what, keep)
        if how == "balance":
            column, _, value = what.partition("=")
            return self.distinct("hedge_id", keep & self.meets(column, value)) - self.distinct(
                "hedge_id", keep & self.meets(f"{column}!", value) & ~self.meets(column, "")
            )
        return _sums(values_to_add(self.table, how), self.article, keep, self.n_articles)

    def meets(self, column: str, value: str) -> Rows:
        """Which rows meet a condition."""
        if (column, value) not in self.met:
            self.met[column, value] = condition_met(self.table, column, value).to_numpy(dtype=bool)
        return self.met[column, value]

    def distinct(self, column: str, keep: Rows) -> Numbers:
        """How many different values of a column an article has in some of the rows."""
        if column not in self.things:
            self.things[column] = _things(self.article, self.table[column])
        thing, article = self.things[column]
        seen = np.zeros(len(article), dtype=bool)
        seen[thing[keep & (thing >= 0)]] = True
        return np.bincount(article[seen], minlength=self.n_articles)


def _positions(ids: pd.Series, index: pd.Index) -> Numbers:
    """The place of each row's article among all, -1 for another; rows of one article stand together, as a rule."""
    if ids.empty:
        return np.zeros(0, dtype=np.int64)
    begins = np.flatnonzero(ids.ne(ids.shift()).fillna(True).to_numpy(dtype=bool))
    return np.repeat(index.get_indexer(pd.Index(ids.iloc[begins])), np.diff(begins, append=len(ids)))


def _things(article: Numbers, column: pd.Series) -> tuple[Numbers, Numbers]:
    """Number what differs within an article: the number for each row (-1 for none), and the article of each number."""
    codes = pd.factorize(column)[0]
    there = (codes >= 0) & (article >= 0)
    width = int(codes.max(initial=0)) + 1
    pairs, numbers = np.unique(article[there] * width + codes[there], return_inverse=True)
    thing = np.full(len(column), -1, dtype=np.int64)
    thing[there] = numbers
    return thing, pairs // width


def _sums(values: pd.Series, article: Numbers, keep: Rows, n_articles: int) -> npt.NDArray[Any]:
    if pd.api.types.is_integer_dtype(values.dtype):
        return np.bincount(
            article[keep], weights=values.fillna(0).to_numpy(dtype=np.float64)[keep], minlength=n_articles
        )
    # pandas carries along what rounding loses, so that its sums are those of `add_up` to the last bit.
    sums = values[keep].groupby(article[keep], sort=False).sum()
    filled = np.zeros(n_articles)
    filled[sums.index.to_numpy()] = sums.to_numpy(dtype=np.float64)
    return filled


def _values(column: pd.Series) -> tuple[npt.NDArray[np.float64], Rows]:
    """A column's numbers and which are missing."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan), column.isna().to_numpy()
