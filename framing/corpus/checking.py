"""Whether a frame is a corpus, said before anything is computed from it."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.corpus.columns import DATE, REQUIRED, STRING, STRINGS, clipped, missing_column, shown
from framing.corpus.dates import parse_dates
from framing.errors import InputError


def check_corpus(frame: pd.DataFrame, *, required: Sequence[str] = REQUIRED) -> pd.DataFrame:
    """Check that a frame is a corpus and give it back with the corpus's types.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per article: `article_id` (unique; whole numbers are taken as their digits), `outlet`, `text`, and
        optionally `title`, `date`, `url`, `author`, `event`, `language`. Further columns are kept as they are.
    required : sequence of str
        Columns that must be there. A measure that doesn't compare outlets asks only for ``("article_id", "text")``.

    Returns
    -------
    pandas.DataFrame
        A copy in the same row order with a fresh index. The named columns have dtype ``string`` (`date`:
        ``datetime64[us]``); an empty or blank value is ``<NA>``. Texts are not changed by a single character, so that
        offsets hold; outlets and events lose only blanks around them. A row without a text stays.

    Raises
    ------
    InputError
        (a ValueError) If it is no DataFrame, is empty, lacks a required column or has one twice, if an `article_id` is
        missing or repeats, or if a value can't be read as its column's type.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"article_id": [1, 2], "outlet": ["Herald", "Courier"], "text": ["It rained.", ""]})
    >>> corpus = check_corpus(frame)
    >>> corpus["article_id"].tolist(), corpus["text"].tolist()
    (['1', '2'], ['It rained.', <NA>])
    >>> check_corpus(frame.rename(columns={"text": "body"}))
    Traceback (most recent call last):
        ...
    framing.errors.InputError: corpus has no column 'text'; it has: article_id, outlet, body. Rename one: corpus.rename(columns={"body": "text"})
    """  # noqa: E501 (the message is one line)
    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            f"a corpus is a pandas DataFrame with one row per article, not {_kind(frame)}. "
            "Read files with read_corpus(path), or make one: pandas.DataFrame(rows)"
        )
    _check_columns(frame, required)
    if frame.empty:
        raise InputError("corpus has no rows, so there is nothing to analyse. Check the filter that made it")
    corpus = frame.reset_index(drop=True).copy()
    for name in STRINGS:
        if name in corpus.columns:
            corpus[name] = _as_strings(corpus[name], name)
    if "date" in corpus.columns:
        corpus["date"] = _as_dates(corpus["date"])
    if "article_id" in corpus.columns:
        _check_ids(corpus["article_id"])
    return corpus


def _check_columns(frame: pd.DataFrame, required: Sequence[str]) -> None:
    for name in required:
        if name not in frame.columns:
            raise InputError(missing_column(name, frame.columns))
    repeated = [name for name, n in Counter(frame.columns).items() if n > 1]
    if repeated:
        raise InputError(
            f"corpus has the column {shown(repeated)} more than once. "
            "Keep one: corpus.loc[:, ~corpus.columns.duplicated()]"
        )


def _as_strings(values: pd.Series, name: str) -> pd.Series:
    if values.dtype == STRING:
        strings = values.copy()
    else:
        texts = [_as_string(value, name, row) for row, value in enumerate(values.array)]
        strings = pd.Series(_string_array(texts, name), index=values.index, name=name)
    if name in ("outlet", "event"):
        strings = strings.str.strip()
    return strings.mask(strings.str.strip() == "")


def _string_array(texts: list[Any], name: str) -> Any:
    try:
        return pd.array(texts, dtype=STRING)
    except UnicodeEncodeError as error:
        raise InputError(
            f"column '{name}' holds half a character (a lone surrogate), which no file can store. "
            "Read the file with read_corpus, which repairs it"
        ) from error


def _as_string(value: Any, name: str, row: int) -> Any:
    if isinstance(value, str):
        return value
    if _is_missing(value):
        return pd.NA
    if name not in ("text", "title") and _is_whole_number(value):
        return str(int(value))
    raise InputError(
        f"column '{name}' must hold strings, but row {row} holds {_kind(value)}: {clipped(str(value))}. "
        f'Convert the column: corpus["{name}"].astype("string")'
    )


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _is_whole_number(value: Any) -> bool:
    # A column of whole numbers with one missing value arrives from pandas as floats: 17.0 is the id 17.
    if isinstance(value, bool) or not hasattr(value, "__int__"):
        return False
    try:
        return bool(int(value) == value)
    except (TypeError, ValueError, OverflowError):
        return False


def _as_dates(values: pd.Series) -> pd.Series:
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(values):
        return pd.Series(values.astype(DATE))
    parsed = parse_dates([_date_string(value) for value in values.array])
    if parsed.problems:
        row, reason = next(iter(parsed.problems.items()))
        others = f" (and {len(parsed.problems) - 1} more)" if len(parsed.problems) > 1 else ""
        raise InputError(
            f"column 'date' can't be read in row {row}{others}: '{clipped(str(values.array[row]))}' ({reason}). "
            "Write dates as 2019-04-25, set unknown ones to pandas.NA, or read the file with read_corpus"
        )
    return pd.Series(pd.array(parsed.days, dtype=DATE), index=values.index, name=values.name)


def _date_string(value: Any) -> str | None:
    if _is_missing(value):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def _check_ids(ids: pd.Series) -> None:
    missing = list(ids.index[ids.isna()])
    if missing:
        raise InputError(
            f"article_id is missing in {len(missing)} of {len(ids)} rows (first: row {missing[0]}). "
            "Every article needs one; read_corpus makes them, or fill the column"
        )
    repeated = [f"{value} ({n} times)" for value, n in Counter(ids).items() if n > 1]
    if repeated:
        n_ids = f"{len(repeated):,} id" + "s" * (len(repeated) > 1)
        raise InputError(
            f"article_id repeats for {n_ids}: {shown(repeated, most=5)}. "
            "Each article needs an id of its own; read_corpus tells repeated ids apart and reports them"
        )


def _kind(value: object) -> str:
    name = type(value).__name__.rstrip("_0123456789")  # numpy's float64 and str_ are a float and a str to a reader
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
