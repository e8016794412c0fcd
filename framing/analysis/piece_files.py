"""The folder of an analysis in pieces: a folder a table, a file a piece, each written whole or not at all.

Beside them lie `run.json`, which says what the pieces are of; in `pieces/` a mark for each that is finished, with the
hashes of its files; and, when all are, `provenance.json`, as in every saved analysis.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from framing.analysis.schemas import TABLES
from framing.errors import InputError

RUN, MARKS, UNFINISHED, PROVENANCE = "run.json", "pieces", ".unfinished", "provenance.json"
DIGITS = 6


def in_pieces(folder: Path) -> bool:
    """Whether a folder holds an analysis in pieces, finished or not."""
    return (folder / RUN).is_file()


def table_file(folder: Path, table: str, number: int) -> Path:
    """Where a piece of a table lies."""
    return folder / table / f"{number:0{DIGITS}d}.parquet"


def mark_file(folder: Path, number: int) -> Path:
    """Where it is said that a piece is finished."""
    return folder / MARKS / f"{number:0{DIGITS}d}.json"


def table_files(folder: Path, table: str) -> list[Path]:
    """The pieces of a table in their order, as many as the run has."""
    n_pieces = int(read_json(folder / RUN)["n_pieces"])
    return [table_file(folder, table, number) for number in range(n_pieces)]


def n_finished(folder: Path) -> tuple[int, int]:
    """How many pieces are finished, and of how many."""
    return len(list((folder / MARKS).glob("*.json"))), int(read_json(folder / RUN)["n_pieces"])


def strangers(folder: Path) -> list[Path]:
    """Files where the tables are to be that no run wrote of which it is known what it was of."""
    if in_pieces(folder):
        return []
    return sorted(path for name in (*TABLES, MARKS) for path in (folder / name).glob("*") if path.is_file())


def make_folders(folder: Path) -> None:
    """Make the folders, or say why they can't be made."""
    for name in (*TABLES, MARKS, UNFINISHED):
        try:
            (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(_cannot_be_written(folder, error)) from error


def write_piece(folder: Path, number: int, tables: Mapping[str, pyarrow.Table], about: Mapping[str, Any]) -> None:
    """Write a piece's tables and then its mark, which makes it finished."""
    files = {}
    for name in TABLES:
        sink = pyarrow.BufferOutputStream()
        pyarrow.parquet.write_table(tables[name], sink)
        data = sink.getvalue().to_pybytes()
        write_whole(table_file(folder, name, number), data, folder)
        files[name] = {"rows": tables[name].num_rows, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_whole(mark_file(folder, number), as_json({**about, "files": files}), folder)


def read_mark(folder: Path, number: int) -> dict[str, Any] | None:
    """What is said of a finished piece; None when it isn't finished."""
    path = mark_file(folder, number)
    return read_json(path) if path.is_file() else None


def damage(folder: Path, number: int, mark: Mapping[str, Any]) -> str | None:
    """What is wrong with a finished piece's files; None when they are as they were written."""
    for name in TABLES:
        path = table_file(folder, name, number)
        written = mark.get("files", {}).get(name, {})
        try:
            data = path.read_bytes()
        except OSError as error:
            return f"{path.relative_to(folder)} can't be read ({error.strerror or error})"
        if hashlib.sha256(data).hexdigest() != written.get("sha256"):
            return f"{path.relative_to(folder)} is not as it was written ({len(data):,} bytes)"
    return None


def remove_pieces(folder: Path) -> None:
    """Remove what an earlier run wrote here, and nothing else."""
    mine = [folder / RUN, folder / PROVENANCE, *_mine(folder)]
    try:
        for path in mine:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(_cannot_be_written(folder, error)) from error


def remove_piece(folder: Path, number: int) -> None:
    """Forget that a piece is finished."""
    mark_file(folder, number).unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what stops left half written; another run that writes at this moment writes it again."""
    for path in (folder / UNFINISHED).glob("*"):
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        (folder / UNFINISHED).rmdir()


def _mine(folder: Path) -> Iterator[Path]:
    yield from (folder / MARKS).glob("[0-9]*.json")
    for name in TABLES:
        yield from (folder / name).glob("[0-9]*.parquet")


def write_whole(path: Path, data: bytes, folder: Path) -> None:
    """Write beside the place, on the disk, and rename: a stop at any moment leaves a whole file or none."""
    part = folder / UNFINISHED / f"{path.parent.name}-{path.name}-{uuid.uuid4().hex}"
    try:
        part.parent.mkdir(exist_ok=True)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise InputError(_cannot_be_written(folder, error)) from error


def _sync(folder: Path) -> None:
    """See that the name of a file is on the disk too, where a system lets folders be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_be_written(folder: Path, error: OSError) -> str:
    return (
        f"{folder} can't be written to: {error.strerror or error}. Pieces that are finished are kept: "
        "see to it that there is room and that you may write there, and give the same command again to go on"
    )


def as_json(what: Mapping[str, Any]) -> bytes:
    """JSON as it is written into the folder."""
    return json.dumps(what, indent=1, sort_keys=True, ensure_ascii=False).encode("utf8")


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object of the folder."""
    try:
        found = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} can't be read ({error}). Begin again: again=True, or --again") from error
    if not isinstance(found, dict):
        raise InputError(f"{path} holds {type(found).__name__} and no object. Begin again: again=True, or --again")
    return found
