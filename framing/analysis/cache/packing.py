"""What was found in one article as bytes, and back again for many articles at once.

A packed article is compressed: its numbers of rows and of bytes, then for each table its rows with numbers in fixed
places (a text by its length), then the texts, column by column. To unpack many, their parts are laid one after the
other and become columns as they are, so that no row is touched in Python.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow
import pyarrow.compute as pc

from framing.analysis.schemas import SCHEMAS, arrow_schema
from framing.analysis.shares import Share

ARTICLE = "article_id"  # isn't packed: whoever unpacks knows it
NUMBER, LENGTH = np.dtype("<i4"), np.dtype("<u4")
MISSING = np.iinfo(NUMBER).min
PLACES: Mapping[str, str] = {"string": "<i4", "Int64": "<i4", "Float64": "<f8", "boolean": "<i1", "object": "<i4"}
CODEC = "zstd"
LEVEL = 3


class Unpackable(ValueError):
    """Tables hold what a packed article has no place for, so that it can't be kept."""


class _Part(NamedTuple):
    """A run of bytes of a packed article: a table's rows, or the texts of one of its columns."""

    table: str
    column: str | None


@lru_cache(maxsize=1)
def _parts() -> list[_Part]:
    parts: list[_Part] = []
    for table in SCHEMAS:
        parts.append(_Part(table, None))
        parts.extend(_Part(table, column) for column, kind in _columns(table).items() if kind in ("string", "object"))
    return parts


def _columns(table: str) -> dict[str, str]:
    return {column: kind for column, kind in SCHEMAS[table].items() if column != ARTICLE}


@lru_cache(maxsize=8)
def _row(table: str) -> np.dtype[Any]:
    return np.dtype([(column, PLACES[kind]) for column, kind in _columns(table).items()])


def pack(share: Share, article_ids: Sequence[str]) -> list[bytes]:
    """Pack each article on its own.

    Raises
    ------
    Unpackable
        If rows of an article don't stand together in the order of `article_ids`, or a number is too large.
    """
    parts: list[list[bytes]] = []
    for table in SCHEMAS:
        parts.extend(_pack_table(table, share.tables[table].combine_chunks(), article_ids))
    codec = pyarrow.Codec(CODEC, LEVEL)
    packed = []
    for problem, failed, *runs in zip(share.problems, share.failed, *parts, strict=True):
        said = [b"" if problem is None else problem.encode("utf8"), *runs]
        head = np.array([failed, problem is not None, *map(len, said)], dtype=LENGTH).tobytes()
        raw = b"".join([head, *said])
        packed.append(len(raw).to_bytes(4, "little") + codec.compress(raw, asbytes=True))
    return packed


def _pack_table(name: str, table: pyarrow.Table, article_ids: Sequence[str]) -> Iterator[list[bytes]]:
    bounds = _bounds(table.column(ARTICLE), article_ids)
    rows = np.zeros(len(table), dtype=_row(name))
    texts = []
    for column, kind in _columns(name).items():
        values = table.column(column).combine_chunks()
        if kind in ("string", "object"):
            rows[column], ends, data = _texts(values) if kind == "string" else _spans(values)
            texts.append(_cut(data, ends[bounds]))
        else:
            rows[column] = _numbers(values, kind)
    yield _cut(rows.tobytes(), bounds * rows.itemsize)
    yield from texts


def _cut(data: bytes, bounds: npt.NDArray[np.int64]) -> list[bytes]:
    return [data[begin:end] for begin, end in pairwise(bounds.tolist())]


def _bounds(ids: pyarrow.ChunkedArray, article_ids: Sequence[str]) -> npt.NDArray[np.int64]:
    """Where the rows of each article begin, and where those of the last end."""
    place = pc.index_in(ids, value_set=pyarrow.array(article_ids, pyarrow.large_string()))
    places = place.to_numpy(zero_copy_only=False) if len(ids) else np.zeros(0, dtype=np.int64)
    if place.null_count or (np.diff(places) < 0).any():
        raise Unpackable("rows of an article don't stand together, or are another's")
    return np.searchsorted(places, np.arange(len(article_ids) + 1)).astype(np.int64)


def _numbers(values: pyarrow.Array, kind: str) -> npt.NDArray[Any]:
    if kind == "Float64":
        return np.asarray(values.fill_null(float("nan")).to_numpy(zero_copy_only=False))
    if kind == "boolean":
        return np.asarray(values.cast(pyarrow.int8()).fill_null(-1).to_numpy(zero_copy_only=False))
    numbers = np.asarray(values.fill_null(MISSING).to_numpy(zero_copy_only=False))
    if len(numbers) and (numbers.max() > np.iinfo(NUMBER).max or numbers.min() < MISSING):
        raise Unpackable(f"a number is too large: {numbers.max()}")
    return numbers


def _texts(values: pyarrow.Array) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64], bytes]:
    """Length of each text (-1 for none), where each begins and the last ends, and all of them as bytes."""
    if not len(values):
        return np.zeros(0, dtype=NUMBER), np.zeros(1, dtype=np.int64), b""
    lengths = pc.binary_length(values).fill_null(-1).to_numpy(zero_copy_only=False)
    filled = values.fill_null("")
    _, offsets, data = filled.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[filled.offset : filled.offset + len(filled) + 1]
    return lengths, ends - ends[0], bytes(memoryview(data)[ends[0] : ends[-1]]) if data else b""


def _spans(values: pyarrow.Array) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64], bytes]:
    """The same of lists of spans, whose bytes are their beginnings and ends."""
    pairs = values.flatten()
    if values.null_count or (len(pairs) and not pc.all(pc.equal(pc.list_value_length(pairs), 2)).as_py()):
        raise Unpackable("a span that isn't a beginning and an end")
    lengths = pc.list_value_length(values).to_numpy(zero_copy_only=False).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64) * 2 * NUMBER.itemsize
    return lengths, ends, _numbers(pairs.flatten(), "Int64").astype(NUMBER).tobytes()


def unpack(packed: Sequence[bytes], article_ids: Sequence[str]) -> Share:
    """Unpack articles, given with their ids in order, into tables of all of them.

    Raises
    ------
    ValueError
        If bytes aren't a packed article.
    """
    parts = _parts()
    codec = pyarrow.Codec(CODEC)
    raw = [codec.decompress(each[4:], int.from_bytes(each[:4], "little"), asbytes=True) for each in packed]
    width = 3 + len(parts)
    head = np.frombuffer(b"".join([each[: width * 4] for each in raw]), dtype=LENGTH).reshape(-1, width)
    ends = np.cumsum(head[:, 2:], axis=1, dtype=np.int64) + width * 4
    if (ends[:, -1] != [len(each) for each in raw]).any():
        raise ValueError("a packed article is longer or shorter than it says")
    begins = ends - head[:, 2:]
    runs = [
        [each[begin:end] for each, begin, end in zip(raw, begins[:, n].tolist(), ends[:, n].tolist(), strict=True)]
        for n in range(width - 2)
    ]
    said = [run.decode("utf8") if has else None for run, has in zip(runs[0], head[:, 1].tolist(), strict=True)]
    of_part = {part: (head[:, number + 3], b"".join(runs[number + 1])) for number, part in enumerate(parts)}
    ids = pyarrow.array(article_ids, pyarrow.large_string())
    tables = {name: _unpack_table(name, of_part, ids) for name in SCHEMAS}
    return Share(tables, said, head[:, 0].astype(bool).tolist())


def _unpack_table(
    name: str, of_part: Mapping[_Part, tuple[npt.NDArray[np.uint32], bytes]], ids: pyarrow.Array
) -> pyarrow.Table:
    sizes, data = of_part[_Part(name, None)]
    rows = np.frombuffer(data, dtype=_row(name))
    columns = {ARTICLE: ids.take(pyarrow.array(np.repeat(np.arange(len(ids)), sizes // rows.itemsize)))}
    for column, kind in _columns(name).items():
        values = np.ascontiguousarray(rows[column])
        if kind == "string":
            columns[column] = _as_texts(values, of_part[_Part(name, column)][1])
        elif kind == "object":
            columns[column] = _as_spans(values, of_part[_Part(name, column)][1])
        elif kind == "boolean":
            columns[column] = pyarrow.array(values == 1, mask=values == -1)
        elif kind == "Float64":
            columns[column] = pyarrow.array(values, mask=np.isnan(values))
        else:
            columns[column] = pyarrow.array(values.astype(np.int64), mask=values == MISSING)
    return pyarrow.Table.from_pydict({column: columns[column] for column in SCHEMAS[name]}, schema=arrow_schema(name))


def _as_texts(lengths: npt.NDArray[np.int32], data: bytes) -> pyarrow.Array:
    missing = lengths < 0
    ends = np.concatenate([[0], np.cumsum(np.where(missing, 0, lengths), dtype=np.int64)])
    there = pyarrow.py_buffer(np.packbits(~missing, bitorder="little")) if missing.any() else None
    return pyarrow.LargeStringArray.from_buffers(
        len(lengths), pyarrow.py_buffer(ends), pyarrow.py_buffer(data), there, int(missing.sum())
    )


def _as_spans(lengths: npt.NDArray[np.int32], data: bytes) -> pyarrow.Array:
    numbers = np.frombuffer(data, dtype=NUMBER).astype(np.int64)
    pairs = pyarrow.ListArray.from_arrays(np.arange(0, len(numbers) + 1, 2, dtype=np.int32), numbers)
    return pyarrow.ListArray.from_arrays(np.array([0, *accumulate(lengths.tolist())], dtype=np.int32), pairs)
