"""Articles as plain text files: one file, or a folder with a sub-folder for each outlet."""

from collections.abc import Sequence
from pathlib import Path

from framing.corpus.account import Entry, set_aside
from framing.corpus.delimited import decode_file
from framing.corpus.records import Records, Row
from framing.errors import InputError

_COLUMNS = ["article_id", "outlet", "title", "text"]


def read_text_file(path: Path, *, encoding: str | None = None) -> Records:
    """Read one article; its outlet is the name of the folder it lies in."""
    outlet = path.absolute().parent.name or "unknown"
    return Records(_COLUMNS, [_article(path, path.name, path.stem, outlet, encoding)], [], title_in_text=True)


def read_folder(path: Path, *, encoding: str | None = None) -> Records:
    """Read every `.txt` of a folder and its sub-folders, in the order of their paths.

    The outlet is the first sub-folder's name (``folder/Herald/2019/a.txt``: Herald); files that lie in the folder
    itself belong to an outlet with the folder's name. `article_id` is the path below the folder, without ``.txt``.
    Other and unreadable files are set aside; hidden ones are ignored.
    """
    rows: list[Row] = []
    entries: list[Entry] = []
    for below in sorted(_files(path)):
        place = below.as_posix()
        if below.suffix.lower() != ".txt":
            entries.append(set_aside(place, "not_txt", "only the .txt files of a folder are read"))
            continue
        outlet = below.parts[0] if len(below.parts) > 1 else path.absolute().name
        try:
            rows.append(_article(path / below, place, below.with_suffix("").as_posix(), outlet, encoding))
        except InputError as error:
            entries.append(set_aside(place, "unreadable", str(error).replace(str(path / below), place)))
    if not rows:
        raise InputError(f"{path} holds no .txt file that can be read; {_instead(entries)}")
    return Records(_COLUMNS, rows, entries, title_in_text=True)


def _files(path: Path) -> list[Path]:
    files = [file.relative_to(path) for file in path.rglob("*") if file.is_file()]
    return [file for file in files if not any(part.startswith(".") for part in file.parts)]


def _instead(entries: Sequence[Entry]) -> str:
    if not entries:
        return "it is empty. Check the path"
    return f"it holds {entries[0].place} ({entries[0].note}). To read another format, name the file"


def _article(path: Path, place: str, article_id: str, outlet: str, encoding: str | None) -> Row:
    text, note = decode_file(path, encoding)
    repairs = (("encoding", note),) if note else ()
    return Row(place, {"article_id": article_id, "outlet": outlet, "text": text}, repairs)
