"""A corpus in tables: how many articles of which outlet, when, about what, how long, and what is odd about them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.corpus.account import ACCOUNT
from framing.corpus.checking import check_corpus
from framing.corpus.columns import shown
from framing.corpus.languages import find_languages
from framing.errors import InputError
from framing.tables import Schema, as_table

QUANTILES: Mapping[str, float] = {
    "words_min": 0.0,
    "words_q05": 0.05,
    "words_q25": 0.25,
    "words_median": 0.5,
    "words_q75": 0.75,
    "words_q95": 0.95,
    "words_max": 1.0,
}
_OUTLETS: Schema = {
    "outlet": "string",
    "n_articles": "Int64",
    "n_events": "Int64",
    "n_events_shared": "Int64",
    "n_without_text": "Int64",
    "n_without_date": "Int64",
    "n_other_language": "Int64",
    "n_copies": "Int64",
    "first_date": "datetime64[us]",
    "last_date": "datetime64[us]",
}
_MONTHS: Schema = {"outlet": "string", "month": "string", "n_articles": "Int64"}
_EVENTS: Schema = {
    "event": "string",
    "n_articles": "Int64",
    "n_outlets": "Int64",
    "first_date": "datetime64[us]",
    "last_date": "datetime64[us]",
}
_LENGTHS: Schema = {
    "outlet": "string",
    "n_articles": "Int64",
    "n_words": "Int64",
    **dict.fromkeys(QUANTILES, "Float64"),
}
_LANGUAGES: Schema = {"outlet": "string", "language": "string", "n_articles": "Int64"}
_READING: Schema = {"action": "string", "rule": "string", "n_articles": "Int64", "n_entries": "Int64"}


def describe_corpus(corpus: pd.DataFrame, account: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Describe a corpus in tidy tables, before anything is measured in it.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet`, `text`, and perhaps `date`, `event`, `language` and `copy`
        (true for agency copy and near-duplicates, as `find_copies` tells).
    account : pandas.DataFrame, optional
        What `read_corpus_with_account` gave beside the corpus.

    Returns
    -------
    dict of pandas.DataFrame
        `outlets`: one row per outlet with `n_articles`, `n_events` and `n_events_shared` (those that another outlet
        told too), `n_without_text`, `n_without_date`, `n_other_language` (surely not English), `n_copies`,
        `first_date`, `last_date`. `months`: `outlet`, `month` (``2019-04``; ``<NA>`` without a date), `n_articles`.
        `events`: `event`, `n_articles`, `n_outlets`, `first_date`, `last_date`. `lengths`: per outlet the articles with
        a text, their `n_words` together (stretches between blanks) and the 0, 5, 25, 50, 75, 95 and 100 per cent
        quantiles of words an article. `languages`: `outlet`, `language` (``<NA>`` where nothing is sure),
        `n_articles`. `reading`: what reading did, by `action` and `rule`, to `n_articles` in `n_entries` pieces; empty
        without an account. Outlets stand in alphabetical order, an article without an outlet under ``<NA>``; a count
        whose column the corpus lacks is ``<NA>``.

    Raises
    ------
    InputError
        If the corpus is none (see `check_corpus`), or the account isn't one.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2", "3"], "outlet": ["Post", "Herald", "Post"],
    ...                        "text": ["It rained.", "It rained on.", None],
    ...                        "date": ["2019-04-25", "2019-05-01", None]})
    >>> tables = describe_corpus(corpus)
    >>> tables["outlets"][["outlet", "n_articles", "n_without_text", "n_events"]].values.tolist()
    [['Herald', 1, 0, <NA>], ['Post', 2, 1, <NA>]]
    >>> tables["months"].values.tolist()
    [['Herald', '2019-05', 1], ['Post', '2019-04', 1], ['Post', <NA>, 1]]
    """
    checked = check_corpus(corpus)
    languages = find_languages(checked)
    about = checked.assign(
        _words=count_words(checked["text"]),
        _language=languages["language"],
        _other=languages["other_language"],
        _month=_months(checked),
    )
    groups = list(about.sort_values("outlet", kind="stable").groupby("outlet", sort=True, dropna=False))
    shared = _shared_events(about)
    return {
        "outlets": as_table((_outlet(outlet, rows, shared) for outlet, rows in groups), _OUTLETS),
        "months": _counted(about, "_month", _MONTHS),
        "events": _events(about),
        "lengths": as_table((_length(outlet, rows["_words"].dropna()) for outlet, rows in groups), _LENGTHS),
        "languages": _counted(about, "_language", _LANGUAGES),
        "reading": _reading(account),
    }


def count_words(texts: pd.Series) -> pd.Series:
    """Count the stretches between blanks of each text; ``<NA>`` where there is none.

    Examples
    --------
    >>> count_words(pd.Series(["It rained.", None], dtype="string")).tolist()
    [2, <NA>]
    """
    return texts.str.count(r"\S+").astype("Int64")


def _months(corpus: pd.DataFrame) -> Any:
    if "date" not in corpus:
        return pd.array([None] * len(corpus), dtype="string")
    return corpus["date"].dt.strftime("%Y-%m")


def _shared_events(about: pd.DataFrame) -> set[str]:
    if "event" not in about:
        return set()
    outlets = about.groupby("event")["outlet"].nunique()
    return set(outlets.index[outlets > 1])


def _outlet(outlet: Any, rows: pd.DataFrame, shared: set[str]) -> dict[str, Any]:
    events = set(rows["event"].dropna()) if "event" in rows else None
    first, last = _span(rows)
    return {
        "outlet": outlet,
        "n_articles": len(rows),
        "n_events": None if events is None else len(events),
        "n_events_shared": None if events is None else len(events & shared),
        "n_without_text": int(rows["text"].isna().sum()),
        "n_without_date": int(rows["date"].isna().sum()) if "date" in rows else None,
        "n_other_language": int(rows["_other"].sum()),
        "n_copies": int(rows["copy"].fillna(False).astype(bool).sum()) if "copy" in rows else None,
        "first_date": first,
        "last_date": last,
    }


def _span(rows: pd.DataFrame) -> tuple[Any, Any]:
    return (rows["date"].min(), rows["date"].max()) if "date" in rows else (pd.NaT, pd.NaT)


def _length(outlet: Any, words: pd.Series) -> dict[str, Any]:
    quantiles = {name: None if words.empty else float(words.quantile(at)) for name, at in QUANTILES.items()}
    return {"outlet": outlet, "n_articles": len(words), "n_words": int(words.sum()), **quantiles}


def _counted(about: pd.DataFrame, column: str, schema: Schema) -> pd.DataFrame:
    counts = about.groupby(["outlet", column], dropna=False, sort=True).size().reset_index()
    rows = (tuple(None if pd.isna(value) else value for value in row) for row in counts.itertuples(index=False))
    return as_table((dict(zip(schema, row, strict=True)) for row in rows), schema)


def _events(about: pd.DataFrame) -> pd.DataFrame:
    if "event" not in about:
        return as_table([], _EVENTS)
    rows = []
    for event, of_event in about.groupby("event", sort=True):
        first, last = _span(of_event)
        n_outlets = of_event["outlet"].nunique()
        rows.append(
            {
                "event": event,
                "n_articles": len(of_event),
                "n_outlets": n_outlets,
                "first_date": first,
                "last_date": last,
            }
        )
    return as_table(rows, _EVENTS)


def _reading(account: pd.DataFrame | None) -> pd.DataFrame:
    if account is None:
        return as_table([], _READING)
    missing = [name for name in ACCOUNT if name not in account]
    if missing:
        raise InputError(
            f"account has no column '{missing[0]}'; it has: {shown(account.columns)}. "
            "Give the second table of read_corpus_with_account(path)"
        )
    rows = [
        {"action": action, "rule": rule, "n_articles": entries["article_id"].nunique(), "n_entries": len(entries)}
        for (action, rule), entries in account.groupby(["action", "rule"], sort=True)
    ]
    return as_table(rows, _READING)
