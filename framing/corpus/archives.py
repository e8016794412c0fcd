"""Packed files without their traps: a few kilobytes can unpack to terabytes."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from framing.errors import InputError

# Real workbooks and documents of news stay far below both limits.
_MOST_UNPACKED = 2_000_000_000  # bytes
_MOST_RATIO = 500
# Web archives are larger, and what is in them packs to a tenth: no limit but the ratio, from this size on.
_FREE = 25_000_000  # bytes
_MOST_GZIP_RATIO = 100
# warcio looks for the end of a line of headers however far it is, which takes the square of the length.
_MOST_LINE = 20_000_000  # bytes


def check_archive(path: Path, *, thing: str, advice: str) -> None:
    """Check that a file is a zip archive (.xlsx, .docx) that unpacks to a reasonable size."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            packed = sum(member.compress_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"{path} is no {thing}. {advice}") from error
    if unpacked > _MOST_UNPACKED or unpacked > _MOST_RATIO * max(packed, 1):
        raise InputError(
            f"{path} would unpack to {unpacked:,} bytes and was not opened. Save it again, or export it as CSV"
        )


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, unpacked when it is packed with gzip (by its first bytes, whatever its name).

    Reading on where it unpacks to too much, or goes on too long without a new line, is an `InputError`.
    """
    try:
        with path.open("rb") as packed:
            is_gzip = packed.read(2) == b"\x1f\x8b"
            packed.seek(0)
            source: BinaryIO = gzip.GzipFile(fileobj=packed) if is_gzip else packed  # type: ignore[assignment]
            yield _Bounded(source, packed)  # type: ignore[misc]  # it has all that reading asks for
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror or error}. Check the path and its permissions"
        ) from error


class _Bounded(io.RawIOBase):
    """The bytes of a file, unpacked if need be, up to the point where they are no web archive's any more."""

    def __init__(self, source: BinaryIO, packed: BinaryIO) -> None:
        self._source, self._packed = source, packed
        self._n_bytes = self._n_without_line = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io's stub names a wider type
        data = self._source.read1(len(buffer))  # type: ignore[attr-defined]  # as both kinds have
        self._n_bytes += len(data)
        self._n_without_line = len(data) - data.rfind(b"\n") if b"\n" in data else self._n_without_line + len(data)
        if self._n_bytes > max(_FREE, _MOST_GZIP_RATIO * self._packed.tell()):
            raise InputError(f"it unpacks to more than {self._n_bytes:,} bytes. Take out the record that is too large")
        if self._n_without_line > _MOST_LINE:
            raise InputError(f"it goes on for more than {_MOST_LINE:,} bytes without a new line")
        buffer[: len(data)] = data
        return len(data)
