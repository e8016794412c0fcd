"""A corpus that is read a stretch at a time: checked as a whole first, by what can be kept of millions of articles."""

import hashlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow

from framing.corpus.account import Entry, Tally, account_table, tally
from framing.corpus.articles import as_string, make_article
from framing.corpus.checking import check_corpus
from framing.corpus.columns import KNOWN, STRING, clipped, missing_column, shown
from framing.corpus.datelines import read_datelines
from framing.corpus.dates import days_above_twelve, parse_dates
from framing.corpus.frames import ADDED, corpus_columns, corpus_frame
from framing.corpus.languages import read_languages
from framing.corpus.parquet_rows import close_parquet, parquet_rows, parquet_schema
from framing.corpus.records import Row, header
from framing.corpus.repairing import repair_text
from framing.corpus.text_rows import Entries, Marks, scan_text, text_rows
from framing.errors import InputError

PARQUET = (".parquet", ".pq")
TEXT = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson")
FORMATS = (*PARQUET, *TEXT)
DTYPES: Mapping[str, Any] = {"boolean": "boolean", "Int64": "Int64", "Float64": "Float64", "string": STRING}
# Stand for a file whose dates contradict each other, so that no stretch of it decides on its own.
CONTRADICTION = ("25/12/2000", "12/25/2000")
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a source: where it lies, its columns as they are named here, and what was found out about the whole."""

    path: Path
    below: str  # the path as messages and the account name it
    columns: tuple[str, ...]
    n_rows: int
    bytes: int
    changed: int
    outlet: str | None = None  # of articles that name none: the first sub-folder
    day_first: bool | None = None
    marks: Marks | None = None  # of text: where to begin reading

    def unchanged(self) -> bool:
        """Whether the file is still the one that was looked at, as far as can be told without reading it."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.bytes, self.changed)


@dataclass(frozen=True, slots=True)
class Source:
    """Articles in files, in the order of the files' names and of their rows; picklable, and small."""

    files: tuple[SourceFile, ...]
    columns: tuple[str, ...]  # of the corpus, with those that reading adds
    own: Mapping[str, str]  # types of the file's own columns, as pandas names them
    clean: bool
    aside: Tally  # what became no article

    @property
    def n_articles(self) -> int:
        """How many articles there are."""
        return sum(file.n_rows for file in self.files)


def open_source(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    clean: bool = True,
    day_first: bool | None = None,
) -> Source:
    """Look at a Parquet, CSV or JSON Lines file, or a folder of them, without keeping its articles in memory.

    Parameters
    ----------
    path, columns, outlet, clean, day_first
        As in `read_corpus`; text must be in UTF-8.

    Returns
    -------
    Source
        What `read_stretch` reads from.

    Raises
    ------
    InputError
        If there is no such file, it can't be read in stretches, it lacks a column, or if an `article_id` is missing or
        repeats anywhere in it: 8 bytes an article are what this takes of memory.
    """
    path = Path(path)
    found = files_of(path)
    looked = [_look_at(file, below, columns or {}, outlet, path) for file, below in found]
    _check_renaming(columns or {}, looked, path)
    _check_ids([file for file, _, _ in looked])
    files = tuple(_with_day_order(file, day_first) for file, _, _ in looked)
    close_parquet()
    kinds: dict[str, str] = {}
    for _, types, _ in looked:
        for name, kind in types.items():
            kinds[name] = kind if kinds.get(name, kind) == kind else "string"
    names = corpus_columns([*dict.fromkeys(name for file in files for name in file.columns), *ADDED])
    aside = Tally(entries=tuple(entry for _, _, entries in looked for entry in entries))
    return Source(files, tuple(names), {n: kinds[n] for n in names if n not in (*KNOWN, *ADDED)}, clean, aside)


def read_stretch(source: Source, start: int, stop: int) -> tuple[pd.DataFrame, Tally]:
    """Read the articles from number `start` to before `stop`, as `read_corpus` reads them, and count what was done.

    Raises
    ------
    InputError
        If a file has changed since it was looked at, or these rows can't be read.
    """
    rows = [row for file, first, beyond in _places(source, start, stop) for row in _rows(file, first, beyond)]
    articles = [make_article(number, row, clean=source.clean) for number, row in enumerate(rows)]
    entries = [entry for article in articles for entry in article.entries]
    fields = [article.fields for article in articles]
    by_name = {file.below: file for file in source.files}
    for name, file in by_name.items():
        numbers = [number for number, row in enumerate(rows) if row.file == name]
        written = [fields[number].get("date") for number in numbers]
        parsed = parse_dates([*written, *(CONTRADICTION if file.day_first is None else ())], day_first=file.day_first)
        for position, number in enumerate(numbers):
            fields[number]["date"] = parsed.days[position]
            if position in parsed.problems:
                place, problem = rows[number].place, parsed.problems[position]
                entries.append(Entry(place, "noted", "no_readable_date", problem, number, "date"))
    entries += read_languages(fields, rows)
    read_datelines(fields)
    account = account_table(entries, [str(article["article_id"]) for article in fields])
    frame = corpus_frame(fields, [name for name in source.columns if name not in ADDED])
    return check_corpus(_typed(frame, fields, source)), tally(account)


def source_hash(file: SourceFile) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    try:
        with file.path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise InputError(f"{file.path} can't be read: {error.strerror or error}") from error
    return digest.hexdigest()


def _typed(frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]], source: Source) -> pd.DataFrame:
    """The columns of the whole source, with the types of the whole, though a stretch may have no value for them."""
    columns: dict[str, Any] = {}
    for name in source.columns:
        if kind := source.own.get(name):
            values = [article.get(name) for article in fields]
            if kind == "string":
                values = [as_string(value) for value in values]
            columns[name] = pd.array(values, dtype=DTYPES[kind]) if kind in DTYPES else pd.Series(values, dtype=kind)
        elif name == "language_probability":
            columns[name] = pd.array([article.get(name) for article in fields], dtype="Float64")
        elif name in frame:
            columns[name] = frame[name]
        else:
            columns[name] = pd.array([article.get(name) for article in fields], dtype=STRING)
    return pd.DataFrame(columns)


def _places(source: Source, start: int, stop: int) -> Iterator[tuple[SourceFile, int, int]]:
    """The files that articles lie in, and from which to which row."""
    begins = [0, *accumulate(file.n_rows for file in source.files)]
    for file, first in zip(source.files, begins, strict=False):
        low, high = max(start - first, 0), min(stop - first, file.n_rows)
        if low < high:
            yield file, low, high


def _rows(file: SourceFile, start: int, stop: int) -> Iterator[Row]:
    if not file.unchanged():
        raise InputError(
            f"{file.path} was changed or removed while it was analysed. Begin again with the file as it is"
        )
    if file.marks is None:
        rows: Iterator[Row] = (
            Row(f"{file.below}, row {number}", dict(zip(file.columns, values, strict=False)), file=file.below)
            for number, values in enumerate(parquet_rows(file.path, start, stop), start=start + 1)
        )
    else:
        rows = text_rows(file.path, file.below, file.columns, file.marks, start, stop)
    for row in rows:
        named = as_string(row.values.get("outlet"))
        yield row if named and named.strip() else row._replace(values=row.values | {"outlet": file.outlet})


def files_of(path: Path) -> list[tuple[Path, str]]:
    """The files of a source, each with its path below it, in their order."""
    if path.is_dir():
        below = sorted(
            file.relative_to(path)
            for file in path.rglob("*")
            if file.is_file() and not any(part.startswith((".", "_")) for part in file.relative_to(path).parts)
        )
        if not below:
            raise InputError(f"{path} holds no file. Check the path")
        found = [(path / file, file.as_posix()) for file in below]
    elif path.is_file():
        found = [(path, path.name)]
    else:
        raise InputError(f"{path} doesn't exist. The working directory is {Path.cwd()}; check the spelling of the path")
    if others := [name for file, name in found if file.suffix.lower() not in FORMATS]:
        raise InputError(
            f"{shown(others, most=3)} can't be read in stretches, as an analysis in pieces reads; {', '.join(FORMATS)} "
            "can. Read it whole with read_corpus, and write it as Parquet: corpus.to_parquet(path)"
        )
    return found


Looked = tuple[SourceFile, dict[str, str], Entries]


def _look_at(path: Path, below: str, renaming: Mapping[str, str], outlet: str | None, source: Path) -> Looked:
    before = path.stat()
    marks: Marks | None = None
    entries: Entries = ()
    if path.suffix.lower() in PARQUET:
        schema, n_rows = parquet_schema(path)
        names, _ = header(path, schema.names)
        kinds = [_kind(field.type) for field in schema]
    else:
        names, kinds, n_rows, marks, entries = scan_text(path)
    columns = [renaming.get(name, name) for name in names]
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        raise InputError(f"after columns= there would be two columns '{shown(twice)}' in {path}. Rename the other too")
    folder = below.split("/")[0] if "/" in below else None
    named = (*columns, *(["outlet"] if "outlet" not in columns and (outlet or folder) else []))
    for needed in ("article_id", "outlet", "text"):
        if needed not in named:
            message = missing_column(needed, columns, thing=str(path))
            raise InputError(message.replace("corpus.rename(columns=", "analyze_pieces(path, …, columns="))
    if not n_rows:
        raise InputError(f"{path} holds no article. Leave it out, or export the articles again")
    file = SourceFile(
        path,
        below,
        named,
        n_rows,
        before.st_size,
        before.st_mtime_ns,
        outlet if folder is None else folder,
        None,
        marks,
    )
    return file, dict(zip(columns, kinds, strict=True)), entries


def _kind(kind: pyarrow.DataType) -> str:
    types = pyarrow.types
    if types.is_dictionary(kind):
        return _kind(kind.value_type)
    if types.is_boolean(kind):
        return "boolean"
    if types.is_integer(kind):
        return "Int64" if kind != pyarrow.uint64() else "string"
    if types.is_floating(kind):
        return "Float64"
    if types.is_timestamp(kind):
        return "datetime64[us]" if kind.tz is None else f"datetime64[us, {kind.tz}]"
    return "string"


def _check_renaming(renaming: Mapping[str, str], looked: Sequence[Looked], path: Path) -> None:
    have = list(dict.fromkeys(name for file, _, _ in looked for name in file.columns))
    if unused := [old for old, new in renaming.items() if new not in have]:
        raise InputError(f"columns= names '{shown(unused)}', but {path} has: {shown(have)}")


def _values(file: SourceFile, column: str) -> Iterator[Any]:
    """One column of a file, alone."""
    if column not in file.columns:
        return iter([None] * file.n_rows)
    if file.marks is None:
        name = parquet_schema(file.path)[0].names[file.columns.index(column)]
        return (value for (value,) in parquet_rows(file.path, 0, file.n_rows, [name]))
    return (
        row.values.get(column) for row in text_rows(file.path, file.below, file.columns, file.marks, 0, file.n_rows)
    )


def _ids(files: Sequence[SourceFile]) -> Iterator[str | None]:
    for file in files:
        for value in _values(file, "article_id"):
            written = as_string(value)
            yield written if written is None else " ".join(repair_text(written).text.split()) or None


def _check_ids(files: Sequence[SourceFile]) -> None:
    hashes = array("Q")
    for number, article_id in enumerate(_ids(files)):
        if article_id is None:
            raise InputError(
                f"article_id is missing in row {number + 1:,}. In an analysis in pieces every article needs one: fill "
                "the column, or read the articles whole with read_corpus, which makes them"
            )
        hashes.append(_hash(article_id))
    ordered = np.sort(np.frombuffer(hashes, dtype=np.uint64))
    suspects = set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
    if not suspects:
        return
    rows: dict[str, list[int]] = {}
    for number, article_id in enumerate(_ids(files), start=1):
        if article_id is not None and _hash(article_id) in suspects:
            rows.setdefault(article_id, []).append(number)
    repeated = {article_id: places for article_id, places in rows.items() if len(places) > 1}
    if repeated:
        n_ids = f"{len(repeated):,} id" + "s" * (len(repeated) > 1)
        some = shown((f"{clipped(name)} (rows {shown(places, most=3)})" for name, places in repeated.items()), most=5)
        raise InputError(
            f"article_id repeats for {n_ids}: {some}. Each article needs an id of its own: "
            "number them anew, or read the articles whole with read_corpus, which tells repeated ids apart"
        )


def _hash(article_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(article_id.encode("utf8", "surrogatepass"), digest_size=8).digest())


def _with_day_order(file: SourceFile, day_first: bool | None) -> SourceFile:
    """The file with what all its dates together say of day and month."""
    if day_first is None and "date" in file.columns:
        firsts, seconds = days_above_twelve(as_string(value) for value in _values(file, "date"))
        day_first = firsts if firsts != seconds else None
    return replace(file, day_first=day_first)
