"""Articles in, from every format, as one table with an account of what was done to them."""

import hashlib
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.account import Entry, account_table, reading_summary
from framing.corpus.articles import as_string, make_article
from framing.corpus.checking import check_corpus
from framing.corpus.columns import clipped
from framing.corpus.datelines import read_datelines
from framing.corpus.dates import date_choices, parse_dates
from framing.corpus.folders import read_folder
from framing.corpus.formats import read_file
from framing.corpus.frames import corpus_frame
from framing.corpus.languages import read_languages
from framing.corpus.records import Records, Row, with_columns
from framing.errors import InputError
from framing.progress import watched


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

    What was read, repaired and set aside is said in one line on the error stream and in ``corpus.attrs["reading"]``;
    `read_corpus_with_account` gives it piece by piece.

    ==========================  ========================================================================================
    file                        what is read
    ==========================  ========================================================================================
    .csv .tsv .tab              a table with a header
    .json .jsonl .ndjson        an array of objects, or an object a line
    .parquet .pq .xlsx .xlsm    a table; of a workbook the first sheet
    .html .htm .xhtml           a saved page: text, title, day, author, site as outlet, canonical link, language; or an
                                export of Factiva (field codes, or as displayed)
    .rss .atom .xml             a feed; content before summary, the feed's title as outlet
    .warc .warc.gz              a web archive: each page an article, its address as `article_id`
    .docx .rtf                  an export of Nexis Uni, one article or many
    .txt                        an article, or ProQuest's text export of many
    .ris                        references; N2 as text, or else AB, which is noted
    a folder                    any mixture of these, and its sub-folders
    ==========================  ========================================================================================

    Parameters
    ----------
    path : str or Path
        The file or folder. In a folder, articles whose file names no outlet have the name of the first sub-folder; the
        `article_id` of text files and pages is the path below the folder. For text files and pages without an outlet
        the folder's own name (or a page's address) is taken, which the account notes as ``outlet_guessed``. A first
        line that is followed by a blank line and looks like a headline becomes the `title` of a text file.
    columns : mapping, optional
        New names of columns, in whatever format they come: ``{"body": "text", "source": "outlet"}``.
    outlet : str, optional
        The outlet of articles for which the file (or its sub-folder) names none.
    clean : bool
        Cut out page debris (share bars, "Advertisement", "Back to top", a repeated title …): see `clean_text`.
    encoding : str, optional
        The encoding of text files, CSV, JSON, RIS and pages, if it isn't UTF-8, UTF-16 with its mark, what a page
        declares, or Windows-1252.
    day_first : bool, optional
        Whether "03/04/2019" is 3 April. Needed only when no date of the same file decides.
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
        (a ValueError) If the path doesn't exist, the format is unknown or broken, the layout is none of those above
        (the message says what was looked for), the file is empty, or it has no column for the text or outlet. A file
        of a folder that raises it is set aside with the message.

    Notes
    -----
    Nothing is dropped in silence: records that can't become an article (a truncated JSON line, a CSV row with too many
    fields, a web archive's pictures) are set aside, with their place, in the account. Characters are repaired only
    where the damage is certain; quotation marks, ligatures and widths stay as printed. A time zone is dropped from
    dates: the day is the one that the outlet printed. The account notes that, and the order of day and month that was
    found, once for each file.

    Layouts of Nexis Uni, Factiva and ProQuest follow what public readers of these exports describe and were tested on
    files made for it, not on a publisher's; count the articles of an export before you rely on it. Not read: Factiva's
    RTF, ProQuest's HTML and Word, LexisNexis's old text files, PDF. An abstract is taken for a text in RIS only.
    Where a page's article begins and ends is found by trafilatura [1]_, which may lose a paragraph or keep a caption.
    Files are bounded in size, depth and in what they may unpack to, and nothing they name is opened or fetched.

    References
    ----------
    .. [1] Barbaresi, A. (2021). Trafilatura: A web scraping library and command-line tool for text discovery and
       extraction. ACL-IJCNLP 2021, System Demonstrations. https://doi.org/10.18653/v1/2021.acl-demo.15

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
        first 500 characters of a record that was set aside), `note`, `n` (how many records the row is about: 1, or
        those of a kind that are counted together). ``account[account["action"] == "set_aside"]`` is the table of what
        is no article of the corpus, file by file and record by record.

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
    ['outlet_guessed', 'title_line', 'back_to_top']
    """
    path = Path(path)
    records = _read(path, columns or {}, outlet, encoding)
    rows, guesses = _with_outlets(path, records.rows, outlet)
    articles = [make_article(number, row, clean=clean) for number, row in enumerate(watched(rows, unit="articles"))]
    entries = [*records.entries, *guesses, *(entry for article in articles for entry in article.entries)]
    fields = [article.fields for article in articles]
    entries += _give_ids(fields, rows)
    entries += _read_dates(path, fields, rows, day_first)
    entries += read_languages(fields, rows)
    read_datelines(fields)
    corpus = check_corpus(corpus_frame(fields, records.columns))
    account = account_table(entries, [article["article_id"] for article in fields])
    options = {"columns": dict(columns or {}), "outlet": outlet, "clean": clean, "encoding": encoding}
    corpus.attrs["reading"] = reading_summary(account, len(corpus)) | {"options": options | {"day_first": day_first}}
    return corpus, account


def _read(path: Path, columns: Mapping[str, str], outlet: str | None, encoding: str | None) -> Records:
    try:
        there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} can't be looked for ({error}). Check the spelling of the path") from error
    if is_folder:
        return read_folder(path, encoding=encoding, columns=columns, outlet=outlet)
    if not there:
        raise InputError(f"{path} doesn't exist. The working directory is {Path.cwd()}; check the spelling of the path")
    return with_columns(read_file(path, encoding=encoding), columns, outlet, path)


def _with_outlets(path: Path, rows: Sequence[Row], outlet: str | None) -> tuple[list[Row], list[Entry]]:
    """Fill in the outlet where a row names none: the one that was given, or a guess, which the account notes."""
    folder = (path if path.is_dir() else path.absolute().parent).absolute().name or "unknown"
    filled: list[Row] = []
    guesses: Counter[str] = Counter()
    for row in rows:
        named = as_string(row.values.get("outlet"))
        if not (named and named.strip()):
            value = outlet
            if value is None and row.loose:
                value = row.guess or folder
                guesses[value] += 1
            row = row._replace(values=row.values | {"outlet": value})
        filled.append(row)
    entries = [
        Entry(path.name, "noted", "outlet_guessed", _guess_note(guess, folder, n), field="outlet", text=guess, n=n)
        for guess, n in sorted(guesses.items())
    ]
    return filled, entries


def _guess_note(guess: str, folder: str, n: int) -> str:
    what = "the name of the folder" if guess == folder else "the address of the page"
    articles = "1 article names" if n == 1 else f"{n:,} articles name"
    return f"{articles} no outlet; '{clipped(guess)}' is {what}. Name another with outlet="


def _give_ids(fields: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[Entry]:
    """Give an id to articles without one and tell repeated ones apart, in place."""
    entries: list[Entry] = []
    given = {article.get("article_id") for article in fields}
    # A file in which no article has an id, as in exports of Nexis, lacks none.
    with_ids = {row.file for article, row in zip(fields, rows, strict=True) if article.get("article_id") is not None}
    taken: set[str] = set()
    for number, (article, row) in enumerate(zip(fields, rows, strict=True)):
        wanted = article.get("article_id") or _content_id(article)
        unique, n = wanted, 1
        while unique in taken or (n > 1 and unique in given):
            n += 1
            unique = f"{wanted}-{n}"
        taken.add(unique)
        if article.get("article_id") is None and row.file in with_ids:
            entries.append(Entry(row.place, "repaired", "missing_id", "made from its content", number, "article_id"))
        if unique != wanted:
            note = f"'{clipped(wanted)}' is the id of an earlier article; this one is now '{clipped(unique)}'"
            entries.append(Entry(row.place, "repaired", "repeated_id", note, number, "article_id", text=wanted))
        article["article_id"] = unique
    return entries


def _content_id(article: Mapping[str, Any]) -> str:
    content = "\x1f".join(article.get(name) or "" for name in ("outlet", "title", "text"))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def _read_dates(
    path: Path, fields: Sequence[dict[str, Any]], rows: Sequence[Row], day_first: bool | None
) -> list[Entry]:
    """Read the dates of each file in place; one that can't be read becomes missing and stands in the account."""
    entries: list[Entry] = []
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        numbers.setdefault(row.file, []).append(number)
    for file, in_file in numbers.items():
        written = [fields[number].get("date") for number in in_file]
        days, problems = parse_dates(written, day_first=day_first)
        for number, day in zip(in_file, days, strict=True):
            fields[number]["date"] = day
        entries += [
            Entry(file or path.name, "noted", rule, note, field="date", n=n)
            for rule, note, n in date_choices(written, day_first=day_first)
        ]
        for position, reason in problems.items():
            number, text = in_file[position], written[position]
            entries.append(Entry(rows[number].place, "noted", "no_readable_date", reason, number, "date", text=text))
    return entries
