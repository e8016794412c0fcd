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

Rows = dict[str, dict[str, Any]]


@lru_cache(maxsize=8)
def _read(name: str) -> Rows:
    """The rows of one of the tables by name, in its order."""
    table = pd.read_csv(FOLDER / f"{name}.csv", keep_default_na=False)
    rows = table.set_index(table.columns[0]).to_dict("index")
    return {str(key): {str(k): v for k, v in row.items()} for key, row in rows.items()}


def metric_rows(lexicons: Sequence[str] = ()) -> Rows:
    """The rows of `metric_table` by metric."""
    return _with_lexicons("metrics", "lexicon_metrics", lexicons)


def count_rows(lexicons: Sequence[str] = ()) -> Rows:
    """The rows of `count_table` by count."""
    return _with_lexicons("counts", "lexicon_counts", lexicons)


def difference_rows(lexicons: Sequence[str] = ()) -> Rows:
    """The rows of `difference_table` by metric."""
    own = {metric: row for metric, row in _read("differences").items() if LEXICON not in metric}
    return own | _filled({m: row for m, row in _read("differences").items() if m not in own}, lexicons)


def _with_lexicons(own: str, of_lexicons: str, lexicons: Sequence[str]) -> Rows:
    return _read(own) | _filled(_read(of_lexicons), lexicons)


def _filled(patterns: Rows, lexicons: Sequence[str]) -> Rows:
    return {
        pattern.replace(LEXICON, lexicon): _fill_row(row, lexicon)
        for lexicon in lexicons
        for pattern, row in patterns.items()
    }


def _as_table(rows: Rows, index: str) -> pd.DataFrame:
    return pd.DataFrame(rows.values(), index=pd.Index(rows, name=index))


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
    return _as_table(metric_rows(lexicons), "metric")


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
    return _as_table(count_rows(lexicons), "count")


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
    return _as_table(difference_rows(lexicons), "metric")


def metric_row(metric: str) -> Mapping[str, Any] | None:
    """How a metric of any lexicon is made, as in `metric_table`; None when the package doesn't make it.

    A difference has `first` and `second` in place of `denominator` and `per`.

    Examples
    --------
    >>> metric_row("positive_lsd_per_1000_words_source")["numerator"], metric_row("own") is None
    ('n_positive_lsd_source', True)
    """
    return _row("metrics", metric) or _row("differences", metric) or _row("lexicon_metrics", metric)


def count_row(count: str) -> Mapping[str, Any] | None:
    """What a count of any lexicon adds up, as in `count_table`; None when the package doesn't count it."""
    return _row("counts", count) or _row("lexicon_counts", count)


def _row(table: str, name: str) -> dict[str, Any] | None:
    """A row by its name, or one with a place for a lexicon whose name is filled in."""
    for pattern, row in _read(table).items():
        before, hole, after = pattern.partition(LEXICON)
        if not hole:
            if name == pattern:
                return dict(row)
        elif name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after):
            return _fill_row(row, name[len(before) : len(name) - len(after)])
    return None


def _fill_row(row: Mapping[str, Any], lexicon: str) -> dict[str, Any]:
    return {k: v.replace(LEXICON, lexicon) if isinstance(v, str) else v for k, v in row.items()}


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
    keep = pd.Series(True, index=table.index)
    for column, value in conditions_of(row).items():
        keep &= condition_met(table, column, value)
    return table[keep]


def conditions_of(count: Mapping[str, Any]) -> dict[str, str]:
    """The values that a count asks for by column; a column ending in ``!`` must not have them."""
    conditions = dict(part.partition("=")[::2] for part in str(count["where"]).split(";") if part)
    return {**conditions, "field": conditions.get("field", "text")}


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


def condition_met(table: pd.DataFrame, column: str, value: str) -> "pd.Series[bool]":
    """Which rows meet a condition of a count; an empty value asks for missing ones."""
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
    return values_to_add(rows, add).groupby(rows["article_id"], sort=False).sum()


def values_to_add(rows: pd.DataFrame, add: str) -> pd.Series:
    """The column that a count sums, or the product of two."""
    first, _, second = add.partition("*")
    return rows[first] * rows[second] if second else rows[first]


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
    return values_to_add(rows, add).astype("float64")


def _shares(rows: pd.DataFrame, values: pd.Series) -> "pd.Series[float]":
    """One for each distinct value of an article, shared among its rows; nothing for a missing one."""
    n_rows = values.groupby([rows["article_id"], values], sort=False).transform("size")
    return (1 / n_rows).where(values.notna(), 0.0).astype("float64")
