"""Article metrics: what is counted in which table, and which counts make a rate or a share. Both are data."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import InputError

FOLDER = Path(__file__).parent


LEXICON = "{lexicon}"


@lru_cache(maxsize=8)
def _read(name: str, index: str) -> pd.DataFrame:
    table = pd.read_csv(FOLDER / f"{name}.csv", keep_default_na=False)
    return table.set_index(index)


def _counts() -> pd.DataFrame:
    return _read("counts", "count")


def _metrics() -> pd.DataFrame:
    return _read("metrics", "metric")


def _differences() -> pd.DataFrame:
    return _read("differences", "metric")


def metric_table(lexicons: Sequence[str] = ()) -> pd.DataFrame:
    """The article metrics: how each is made and how it is named for people.

    Parameters
    ----------
    lexicons : sequence of str
        Names of lexicons that `analyze` was given, whose metrics to add (`name_lexicons` makes a name of a file).

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
    >>> metric_table(["lsd"]).loc["sentiment_lsd_outlet", ["numerator", "denominator"]].tolist()
    ['sum_tone_lsd_outlet', 'n_terms_lsd_outlet']
    """
    return pd.concat([_metrics(), *(_filled("lexicon_metrics", "metric", name) for name in lexicons)])


def count_table(lexicons: Sequence[str] = ()) -> pd.DataFrame:
    """The counts behind the metrics.

    Returns
    -------
    pandas.DataFrame
        Indexed by `count`: `table` it is counted in, `where` (conditions on that table's columns, joined by ``;``;
        the field is `text` unless it says otherwise), `add` (`rows`, `distinct:column`, `balance:column=value` for
        hedge ids with the value less those without, or the column or product of columns that is summed), `about` (what
        it counts, in words).
    """
    return pd.concat([_counts(), *(_filled("lexicon_counts", "count", name) for name in lexicons)])


def difference_table(lexicons: Sequence[str] = ()) -> pd.DataFrame:
    """The differences between the outlet's own words and its sources' in one article.

    Returns
    -------
    pandas.DataFrame
        Indexed by `metric`: the metrics `first` and `second`, of which the one is taken from the other, `numerator`
        (the count whose rows are the evidence of both), `label`, `unit`.

    Examples
    --------
    >>> difference_table().loc["sentiment_difference", ["first", "second"]].tolist()
    ['sentiment_outlet', 'sentiment_source']
    """
    own = ~_differences().index.str.contains(LEXICON, regex=False)
    return pd.concat([_differences()[own], *(_fill(_differences()[~own], name) for name in lexicons)])


def metric_row(metric: str) -> Mapping[str, Any] | None:
    """How a metric of any lexicon is made, as in `metric_table`; None when the package doesn't make it.

    A difference has `first` and `second` in place of `denominator` and `per`.

    Examples
    --------
    >>> metric_row("positive_lsd_per_1000_words_source")["numerator"], metric_row("own") is None
    ('n_positive_lsd_source', True)
    """
    return _row(_metrics(), metric) or _row(_differences(), metric) or _row(_read("lexicon_metrics", "metric"), metric)


def count_row(count: str) -> Mapping[str, Any] | None:
    """What a count of any lexicon adds up, as in `count_table`; None when the package doesn't count it."""
    return _row(_counts(), count) or _row(_read("lexicon_counts", "count"), count)


def _row(table: pd.DataFrame, name: str) -> dict[str, Any] | None:
    """A row by its name, or one with a place for a lexicon whose name is filled in."""
    for pattern, row in table.to_dict("index").items():
        before, hole, after = str(pattern).partition(LEXICON)
        if not hole:
            if name == pattern:
                return {str(k): v for k, v in row.items()}
        elif name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after):
            return _fill_row(row, name[len(before) : len(name) - len(after)])
    return None


def _fill_row(row: Mapping[Hashable, Any], lexicon: str) -> dict[str, Any]:
    return {str(k): v.replace(LEXICON, lexicon) if isinstance(v, str) else v for k, v in row.items()}


def _filled(name: str, index: str, lexicon: str) -> pd.DataFrame:
    return _fill(_read(name, index), lexicon)


def _fill(table: pd.DataFrame, lexicon: str) -> pd.DataFrame:
    rows = {str(key).replace(LEXICON, lexicon): _fill_row(row, lexicon) for key, row in table.to_dict("index").items()}
    filled = pd.DataFrame(rows.values(), index=pd.Index(rows, name=table.index.name))
    return filled[list(table.columns)]


def evidence_rows(tables: Mapping[str, pd.DataFrame], count: str) -> pd.DataFrame:
    """The annotation rows that a count adds up.

    Raises
    ------
    InputError
        If there is no such count.

    Examples
    --------
    >>> hedges = pd.DataFrame({"field": ["text", "title"], "category": ["epistemic"] * 2, "hedge": ["may", "may"]})
    >>> len(evidence_rows({"hedges": hedges}, "n_hedges_epistemic"))
    1
    """
    row = _count(count)
    table = tables[str(row["table"])]
    conditions = dict(part.partition("=")[::2] for part in str(row["where"]).split(";") if part)
    conditions.setdefault("field", "text")
    keep = pd.Series(True, index=table.index)
    for column, value in conditions.items():
        keep &= _condition(table, column, value)
    return table[keep]


def _count(count: str) -> Mapping[str, Any]:
    if (row := count_row(count)) is None:
        raise InputError(unknown_name("count", count, count_table().index))
    return row


def unknown_name(kind: str, name: str, known: Iterable[Hashable]) -> str:
    """Say that there is no metric or count of a name, and which ones are close to it.

    Examples
    --------
    >>> print(unknown_name("count", "n_hegdes", ["n_words", "n_hedges"]))
    there is no count 'n_hegdes'; did you mean: n_hedges?
    """
    names = [str(each) for each in known]
    close = get_close_matches(name, names, 3)
    return f"there is no {kind} {name!r}; " + (
        f"did you mean: {', '.join(close)}?" if close else f"there are: {', '.join(names)}."
    )


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
    add = str(_count(count)["add"])
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


def row_weights(rows: pd.DataFrame, count: str) -> "pd.Series[float]":
    """What each evidence row adds to a count of its article; rows that count as one share what they add.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "a"], "hedge_id": ["h1", "h1", "h2"]})
    >>> row_weights(rows, "n_hedges").tolist()
    [0.5, 0.5, 1.0]
    """
    add = str(_count(count)["add"])
    if add == "rows":
        return pd.Series(1.0, index=rows.index)
    if add.startswith("distinct:"):
        return _shares(rows, rows[add.removeprefix("distinct:")])
    if add.startswith("balance:"):
        column, _, value = add.removeprefix("balance:").partition("=")
        meets = rows[column] == value
        shares = pd.concat([_shares(part, part["hedge_id"]) for part in (rows[meets], rows[~meets])])
        return shares.reindex(rows.index).where(meets, -shares.reindex(rows.index))
    first, _, second = add.partition("*")
    return (rows[first] * rows[second] if second else rows[first]).astype("float64")


def _shares(rows: pd.DataFrame, values: pd.Series) -> "pd.Series[float]":
    """One for each distinct value of an article, shared among its rows; nothing for a missing one."""
    n_rows = values.groupby([rows["article_id"], values], sort=False).transform("size")
    return (1 / n_rows).where(values.notna(), 0.0).astype("float64")


def article_counts(
    tables: Mapping[str, pd.DataFrame], article_ids: pd.Series, lexicons: Sequence[str] = ()
) -> pd.DataFrame:
    """Every count for every article, 0 where it has no row."""
    index = pd.Index(article_ids)
    columns = {}
    for count in map(str, count_table(lexicons).index):
        values = add_up(evidence_rows(tables, count), count).reindex(index, fill_value=0)
        columns[count] = values.astype("Float64" if count.startswith("sum_") else "Int64").array
    return pd.DataFrame(columns)


def article_metrics(counts: pd.DataFrame, lexicons: Sequence[str] = ()) -> pd.DataFrame:
    """Every metric from the counts, then the differences; ``<NA>`` where a denominator is 0."""
    columns = {}
    for metric, row in metric_table(lexicons).iterrows():
        below = counts[row["denominator"]].astype("Float64")
        columns[metric] = (
            counts[row["numerator"]].astype("Float64") * float(row["per"]) / below.mask(below == 0)
        ).array
    for metric, row in difference_table(lexicons).iterrows():
        columns[metric] = columns[row["first"]] - columns[row["second"]]
    return pd.DataFrame(columns)
