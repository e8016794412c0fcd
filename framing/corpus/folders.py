"""A folder of files of any formats, as one corpus."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from framing.corpus.account import Entry, set_aside
from framing.corpus.columns import shown
from framing.corpus.formats import format_of, read_file
from framing.corpus.records import Records, Row, with_columns
from framing.errors import InputError
from framing.progress import watched


class _Found(NamedTuple):
    """The files below a folder in the order of their paths, and what there can't be opened."""

    files: list[Path]
    entries: list[Entry]


def read_folder(
    path: Path,
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
) -> Records:
    """Read every readable file of a folder and its sub-folders, in the order of their paths.

    Where a file names no outlet, it is the first sub-folder's name (``folder/Herald/2019/a.txt``: Herald). The id of a
    text file or page is its path below the folder, without the suffix. Files that can't be read are set aside with the
    reason; hidden ones are ignored, and links to folders aren't followed.
    """
    found = _find(path)
    columns = columns or {}
    read: list[Records] = []
    names: set[str] = set()
    entries = [*found.entries]
    for below in watched(found.files, unit="files"):
        place = below.as_posix()
        if format_of(below) is None:
            entries.append(set_aside(place, "unknown_format", f"a format that can't be read ('{below.suffix}')"))
            continue
        try:
            records = _placed(read_file(path / below, encoding=encoding), below)
            names.update(records.columns)
            read.append(with_columns(records, columns, outlet, path / below, strict=False))
        except InputError as error:
            entries.append(set_aside(place, "unreadable", str(error).replace(str(path / below), place)))
    if not read:
        raise InputError(f"{path} holds no file that can be read; {_instead(entries)}")
    unused = [old for old in columns if old not in names]
    if unused:
        raise InputError(f"columns= names '{shown(unused)}', but the files in {path} have: {shown(sorted(names))}")
    return _joined(read, entries)


def _find(path: Path) -> _Found:
    files: list[Path] = []
    entries: list[Entry] = []

    def closed(error: OSError) -> None:
        place = Path(error.filename or path).relative_to(path).as_posix()
        entries.append(set_aside(place, "unreadable", f"the folder can't be opened: {error.strerror}"))

    for folder, below, names in os.walk(path, onerror=closed):
        here = Path(folder).relative_to(path)
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in below:
            if (path / here / name).is_symlink():
                entries.append(set_aside((here / name).as_posix(), "link", "a link to a folder isn't followed"))
        for name in names:
            file = here / name
            if name.startswith("."):
                continue
            if (path / file).is_file():
                files.append(file)
            else:
                entries.append(set_aside(file.as_posix(), "no_file", "a link that leads nowhere, or no file"))
    return _Found(sorted(files), sorted(entries, key=lambda entry: entry.place))


def _placed(records: Records, below: Path) -> Records:
    """Say of rows and entries in which file of the folder they are, and give outlet and id by where it lies."""
    place = below.as_posix()
    folder = below.parts[0] if len(below.parts) > 1 else None
    columns = records.columns if folder is None or "outlet" in records.columns else [*records.columns, "outlet"]
    rows = [
        _placed_row(row, below, folder)._replace(place=_below(row.place, below), file=place) for row in records.rows
    ]
    entries = [entry._replace(place=_below(entry.place, below)) for entry in records.entries]
    return records._replace(columns=columns, rows=rows, entries=entries)


def _placed_row(row: Row, below: Path, folder: str | None) -> Row:
    values = dict(row.values)
    if row.loose and values.get("article_id") == below.stem:
        values["article_id"] = below.with_suffix("").as_posix()
    if folder is not None and not str(values.get("outlet") or "").strip():
        values["outlet"] = folder
    return row._replace(values=values)


def _below(place: str, below: Path) -> str:
    return (
        place.replace(below.name, below.as_posix(), 1)
        if place.startswith(below.name)
        else f"{below.as_posix()}, {place}"
    )


def _joined(read: Sequence[Records], entries: list[Entry]) -> Records:
    names = list(dict.fromkeys(name for records in read for name in records.columns))
    rows = [row for records in read for row in records.rows]
    return Records(names, rows, [*(entry for records in read for entry in records.entries), *entries])


def _instead(entries: Sequence[Entry]) -> str:
    if not entries:
        return "it is empty. Check the path"
    first = min(entries, key=lambda entry: entry.place)
    return f"it holds {first.place} ({first.note})"
