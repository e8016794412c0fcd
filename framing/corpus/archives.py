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
# Web archives are larger, and text in them packs to a tenth: no limit but the ratio, from this size on.
_GZIP_FREE = 50_000_000  # bytes


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
    """Open a file for reading, unpacked when it is packed with gzip (by its first bytes, whatever its name)."""
    try:
        with path.open("rb") as packed:
            is_gzip = packed.read(2) == b"\x1f\x8b"
            packed.seek(0)
            if not is_gzip:
                yield packed
                return
            with gzip.GzipFile(fileobj=packed) as unpacked:
                yield io.BufferedReader(_Bounded(unpacked, packed, path))
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror or error}. Check the path and its permissions"
        ) from error


class _Bounded(io.RawIOBase):
    """The unpacked bytes of a gzip file, up to the point where they are too many for what it holds."""

    def __init__(self, unpacked: gzip.GzipFile, packed: BinaryIO, path: Path) -> None:
        self._unpacked, self._packed, self._path = unpacked, packed, path
        self._n_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io's stub names a wider type
        data = self._unpacked.read(len(buffer))
        self._n_bytes += len(data)
        if self._n_bytes > max(_GZIP_FREE, _MOST_RATIO * self._packed.tell()):
            raise InputError(
                f"{self._path} unpacks to more than {self._n_bytes:,} bytes and was not read on. Download it again, or "
                "take out the record that is too large"
            )
        buffer[: len(data)] = data
        return len(data)
