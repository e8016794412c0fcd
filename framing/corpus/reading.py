"""Articles in, from every format, as one table with an account of what was done to them."""

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.account import Entry, account_table, reading_summary
from framing.corpus.articles import as_string, make_article
from framing.corpus.binaryfiles import read_excel, read_parquet
from framing.corpus.checking import check_corpus
from framing.corpus.columns import KNOWN, STRING, clipped, missing_column, shown
from framing.corpus.datelines import read_datelines
from framing.corpus.dates import parse_dates
from framing.corpus.delimited import read_delimited
from framing.corpus.jsonfiles import read_json
from framing.corpus.languages import read_languages
from framing.corpus.records import Records, Row
from framing.corpus.textfiles import read_folder, read_text_file
from framing.errors import InputError
from framing.progress import watched

_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".txt": "text",
}


ADDED = ("language", "language_probability", "dateline")  # columns that reading itself fills in


def read_corpus(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    clean: bool = True,
    encoding: str | None = None,
    day_first: bool | None = None,
    quiet: bool = False,
) -> pd.DataFrame:
    r"""Read articles from a file or folder into a corpus.

    Formats: CSV and TSV, JSON Lines or a JSON array of objects, Parquet, Excel (`.xlsx`, the first sheet), a folder of
    `.txt` files, and a single `.txt` file. What was read, repaired and set aside is said in one line on the error
    stream and in ``corpus.attrs["reading"]``; `read_corpus_with_account` gives it piece by piece.

    Parameters
    ----------
    path : str or Path
        The file or folder. In a folder of text files the outlet is the name of the first sub-folder and `article_id`
        the path below the folder; the outlet of a single text file is the name of the folder it lies in. A first line
        that is followed by a blank line and looks like a headline becomes the `title` of a text file.
    columns : mapping, optional
        New names of columns: ``{"body": "text", "source": "outlet"}``.
    outlet : str, optional
        The outlet of articles for which the file names none.
    clean : bool
        Cut out page debris (share bars, "Advertisement", "Back to top", a repeated title …): see `clean_text`.
    encoding : str, optional
        The encoding of text files, CSV and JSON, if it isn't UTF-8, UTF-16 with its mark, or Windows-1252.
    day_first : bool, optional
        Whether "03/04/2019" is 3 April. Needed only when no date of the column decides.
    quiet : bool
        Don't say in a line what was read.

    Returns
    -------
    pandas.DataFrame
        One row per article in the order of the file: `article_id` (string, unique), `outlet`, `text` (string), then
        `title`, `url`, `author`, `event`, `language` (string) and `date` (datetime64) where the file has them, then its
        other columns. Reading adds, where it finds any, `language` (ISO 639 code, see `find_languages`) with its
        `language_probability`, and `dateline` (``WASHINGTON (AP)``, which the text keeps). Missing values are ``<NA>``;
        an article without text keeps its row. A missing `article_id` is made from a hash of outlet, title and text, so
        that it doesn't depend on the order of rows; a repeated one gets "-2", "-3" …

    Raises
    ------
    InputError
        (a ValueError) If the path doesn't exist, the format is unknown or broken, the file is empty, or it has no
        column for the text or outlet.

    Notes
    -----
    Nothing is dropped in silence: records that can't become an article (a truncated JSON line, a CSV row with too many
    fields) are set aside, with their place, in the account. Characters are repaired only where the damage is certain;
    quotation marks, ligatures and widths stay as printed. A time zone is dropped from dates: the day is the one that
    the outlet printed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "articles.csv")
    ...     _ = file.write_text("source,body,date\nHerald,It rained.,2019-04-25\nCourier,,soon\n")
    ...     corpus = read_corpus(file, columns={"source": "outlet", "body": "text"}, quiet=True)
    >>> corpus["text"].tolist()
    ['It rained.', <NA>]
    >>> corpus.attrs["reading"]["sentence"]
    '2 read, 0 repaired, 0 set aside; without: 1 readable date, 1 text'
    """
    corpus, _ = read_corpus_with_account(
        path, columns=columns, outlet=outlet, clean=clean, encoding=encoding, day_first=day_first
    )
    if not quiet:
        print(f"{Path(path).name}: {corpus.attrs['reading']['sentence']}", file=sys.stderr)
    return corpus


def read_corpus_with_account(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    clean: bool = True,
    encoding: str | None = None,
    day_first: bool | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    r"""Read articles as `read_corpus` does, and give the account of the reading beside them.

    Parameters
    ----------
    path, columns, outlet, clean, encoding, day_first
        As in `read_corpus`.

    Returns
    -------
    corpus : pandas.DataFrame
        As in `read_corpus`.
    account : pandas.DataFrame
        One row per thing that was done: `article_id` (``<NA>`` if it is about no article of the corpus), `place` (file
        and line), `action` (``repaired``, ``removed``, ``set_aside``, ``noted``), `rule`, `field`, `start` (characters,
        offset in the repaired text before anything was removed), `text` (what was removed or could not be read; the
        first 500 characters of a record that was set aside), `note`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "Herald", "a1.txt")
    ...     file.parent.mkdir()
    ...     _ = file.write_text("Rain falls on the coast | Weather\n\nIt rained.\n\nBack to top")
    ...     corpus, account = read_corpus_with_account(file)
    >>> corpus[["outlet", "title", "text"]].values.tolist()
    [['Herald', 'Rain falls on the coast', 'It rained.']]
    >>> account["rule"].tolist()
    ['title_line', 'back_to_top']
    """
    path = Path(path)
    records = _with_columns(_read(path, encoding), columns or {}, outlet, path)
    articles = [
        make_article(number, row, title_in_text=records.title_in_text, clean=clean)
        for number, row in enumerate(watched(records.rows, unit="articles"))
    ]
    entries = [*records.entries, *(entry for article in articles for entry in article.entries)]
    fields = [article.fields for article in articles]
    entries += _give_ids(fields, records.rows)
    entries += _read_dates(fields, records.rows, day_first)
    entries += read_languages(fields, records.rows)
    read_datelines(fields)
    corpus = check_corpus(_frame(fields, _ordered([*records.columns, *_added(fields)])))
    account = account_table(entries, [article["article_id"] for article in fields])
    options = {"columns": dict(columns or {}), "outlet": outlet, "clean": clean, "encoding": encoding}
    corpus.attrs["reading"] = reading_summary(account, len(corpus)) | {"options": options | {"day_first": day_first}}
    return corpus, account


def _read(path: Path, encoding: str | None) -> Records:
    if path.is_dir():
        return read_folder(path, encoding=encoding)
    if not path.exists():
        raise InputError(f"{path} doesn't exist. The working directory is {Path.cwd()}; check the spelling of the path")
    readers: dict[str, Callable[[], Records]] = {
        "csv": lambda: read_delimited(path, encoding=encoding),
        "json": lambda: read_json(path, encoding=encoding),
        "parquet": lambda: read_parquet(path),
        "excel": lambda: read_excel(path),
        "text": lambda: read_text_file(path, encoding=encoding),
    }
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise InputError(
            f"{path} has a format that can't be read ('{path.suffix}'); "
            f"possible are {', '.join(_FORMATS)} and a folder of .txt files. Convert it to one of them"
        )
    return readers[kind]()


def _with_columns(records: Records, columns: Mapping[str, str], outlet: str | None, path: Path) -> Records:
    """Rename columns, and see that there is a text and an outlet for every article."""
    unknown = [old for old in columns if old not in records.columns]
    if unknown:
        raise InputError(f"columns= names '{shown(unknown)}', but {path} has: {shown(records.columns)}")
    names = [columns.get(name, name) for name in records.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"after columns= there would be two columns '{shown(twice)}' in {path}. Rename the other one too"
        )
    if outlet is not None and "outlet" not in names:
        names.append("outlet")
    for needed in ("text", "outlet"):
        if needed not in names:
            message = missing_column(needed, names, thing=str(path))
            message = message.replace("corpus.rename(columns=", "read_corpus(path, columns=")
            raise InputError(message + (' or give outlet="…"' if needed == "outlet" else ""))
    if not records.rows:
        raise InputError(f"{path} holds a header but no article that can be read. Export the articles again")
    rows = [
        row._replace(values={columns.get(name, name): value for name, value in row.values.items()})
        for row in records.rows
    ]
    return records._replace(columns=names, rows=[_with_outlet(row, outlet) for row in rows])


def _with_outlet(row: Row, outlet: str | None) -> Row:
    named = as_string(row.values.get("outlet"))
    return row if named and named.strip() else row._replace(values=row.values | {"outlet": outlet})


def _give_ids(fields: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[Entry]:
    """Give an id to articles without one and tell repeated ones apart, in place."""
    entries: list[Entry] = []
    given = {article.get("article_id") for article in fields}
    taken: set[str] = set()
    for number, (article, row) in enumerate(zip(fields, rows, strict=True)):
        wanted = article.get("article_id") or _content_id(article)
        unique, n = wanted, 1
        while unique in taken or (n > 1 and unique in given):
            n += 1
            unique = f"{wanted}-{n}"
        taken.add(unique)
        if article.get("article_id") is None and given != {None}:
            entries.append(Entry(row.place, "repaired", "missing_id", "made from its content", number, "article_id"))
        if unique != wanted:
            note = f"'{clipped(wanted)}' is the id of an earlier article; this one is now '{clipped(unique)}'"
            entries.append(Entry(row.place, "repaired", "repeated_id", note, number, "article_id", text=wanted))
        article["article_id"] = unique
    return entries


def _content_id(article: Mapping[str, Any]) -> str:
    content = "\x1f".join(article.get(name) or "" for name in ("outlet", "title", "text"))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def _read_dates(fields: Sequence[dict[str, Any]], rows: Sequence[Row], day_first: bool | None) -> list[Entry]:
    """Read the dates in place; one that can't be read becomes missing and stands in the account."""
    written = [article.get("date") for article in fields]
    days, problems = parse_dates(written, day_first=day_first)
    for article, day in zip(fields, days, strict=True):
        article["date"] = day
    return [
        Entry(rows[number].place, "noted", "no_readable_date", reason, number, "date", text=written[number])
        for number, reason in problems.items()
    ]


def _ordered(columns: Sequence[str]) -> list[str]:
    present = dict.fromkeys(["article_id", *columns])
    return [*(name for name in KNOWN if name in present), *(name for name in present if name not in KNOWN)]


def _added(fields: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name in ADDED if any(article.get(name) is not None for article in fields)]


def _frame(fields: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: _column([article.get(name) for article in fields], name) for name in columns})


def _column(values: list[Any], name: str) -> Any:
    if name == "date":
        return values
    if name == "language_probability":
        return pd.array(values, dtype="Float64")
    if all(value is None or isinstance(value, str) for value in values):
        return pd.array(values, dtype=STRING)
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1 and not kinds <= {int, float}:  # such as numbers and words, which no Parquet column can hold
        return pd.array([as_string(value) for value in values], dtype=STRING)
    return pd.Series(values).convert_dtypes()
