"""Rows of a Parquet file, a stretch at a time, however large the file and its row groups are."""

import threading
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from framing.corpus.columns import clipped
from framing.errors import InputError

BATCH = 64  # rows that are unpacked at once
BUFFER = 1 << 20  # bytes of a column that are read at once
_LAST = threading.local()


class _Reader:
    """A file that is read on from where the last stretch ended: what lies before a stretch is unpacked once only."""

    def __init__(self, path: Path, columns: Sequence[str] | None) -> None:
        self.key = (path, path.stat().st_mtime_ns, columns and tuple(columns))
        self.columns = columns
        self.file = pyarrow.parquet.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False)
        sizes = [self.file.metadata.row_group(number).num_rows for number in range(self.file.num_row_groups)]
        self.starts = [0, *accumulate(sizes)]
        self.position, self.batches = 0, self._from_group(0)
        self.rest: pyarrow.RecordBatch | None = None

    def _from_group(self, number: int) -> Iterator[pyarrow.RecordBatch]:
        groups = list(range(number, self.file.num_row_groups))
        return iter(
            self.file.iter_batches(BATCH, row_groups=groups, columns=self.columns, use_threads=False) if groups else ()
        )

    def rows(self, start: int, stop: int) -> Iterator[pyarrow.RecordBatch]:
        group = max(number for number, first in enumerate(self.starts) if first <= start)
        if start < self.position or self.starts[group] > self.position:
            self.position, self.batches, self.rest = self.starts[group], self._from_group(group), None
        while self.position < stop:
            batch = self.rest if self.rest is not None else next(self.batches, None)
            if batch is None:
                raise ValueError("it ends before them")
            self.rest = None
            beyond = self.position + len(batch)
            first, last = max(start - self.position, 0), min(stop - self.position, len(batch))
            if last < len(batch):
                self.rest, self.position = batch.slice(last), stop
            else:
                self.position = beyond
            if first < last:
                yield batch.slice(first, last - first)


def parquet_rows(path: Path, start: int, stop: int, columns: Sequence[str] | None = None) -> Iterator[list[Any]]:
    """Values of the rows from `start` to before `stop`, as lists in the order of the columns."""
    try:
        reader = getattr(_LAST, "reader", None)
        if reader is None or reader.key != (path, path.stat().st_mtime_ns, columns and tuple(columns)):
            close_parquet()
            reader = _LAST.reader = _Reader(path, columns)
        for batch in reader.rows(start, stop):
            yield from map(list, zip(*(column.to_pylist() for column in batch.columns), strict=True))
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        close_parquet()
        raise InputError(
            f"{path}: rows {start + 1:,} to {stop:,} can't be read ({reason(error)}). The file is damaged, or was "
            "changed meanwhile: write it again"
        ) from error


def close_parquet() -> None:
    """Close the file that was read last, which is kept open to be read on."""
    reader = getattr(_LAST, "reader", None)
    if reader is not None:
        reader.file.close(force=True)
    _LAST.reader = None


def parquet_schema(path: Path) -> tuple[pyarrow.Schema, int]:
    """The columns of a file and how many rows it has."""
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            return file.schema_arrow, file.metadata.num_rows
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path} is no readable Parquet file ({reason(error)}). Write it again") from error


def reason(error: BaseException) -> str:
    """The first line of what an error says."""
    return clipped((str(error) or type(error).__name__).splitlines()[0], most=120)
