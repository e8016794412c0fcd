"""Bytes to text: UTF-8, UTF-16 with its mark, and Windows-1252 where the bytes are neither."""

import codecs
from typing import NamedTuple

from framing.errors import InputError

# The bytes that Windows-1252 leaves undefined (81, 8D, 8F, 90, 9D) become the replacement character.
_WINDOWS_1252 = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
}  # keys: how "surrogateescape" writes a byte that is not UTF-8
_MOST_CONTROLS = 0.02


class Decoded(NamedTuple):
    """The text of a file and, when it was not plain UTF-8, a note that says how it was read."""

    text: str
    note: str


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode a file.

    UTF-8 with or without a byte-order mark, and UTF-16 with one, are read as what they are. In anything else the bytes
    that are valid UTF-8 are read so and each other byte as Windows-1252, which is right for files in Windows-1252 and
    for files pasted together from both. `encoding` overrides all of this.

    Examples
    --------
    >>> decode("naïve".encode("cp1252"))
    Decoded(text='naïve', note='1 bytes are not UTF-8 and were read as Windows-1252')
    """
    text, note = _decode_as(data, encoding) if encoding else _decode(data)
    if _looks_binary(text):
        raise InputError("it holds bytes that are no text. Export the articles as CSV, JSON Lines, Excel or text")
    return Decoded(text, note)


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "read as UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
        strays = sum("\udc80" <= character <= "\udcff" for character in text)
        return text.translate(_WINDOWS_1252), f"{strays:,} bytes are not UTF-8 and were read as Windows-1252"


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), f"read as {encoding}"
    except LookupError as error:
        raise InputError(f"there is no encoding '{encoding}'; try 'utf-8', 'utf-16' or 'cp1252'") from error
    except ValueError as error:
        raise InputError(
            f"it is not in the encoding '{encoding}' ({error}). Leave encoding= out to let it be found"
        ) from error


def _looks_binary(text: str) -> bool:
    # A picture or an archive with the wrong suffix, or UTF-16 without its mark, which is full of NULs.
    start = text[:20_000]
    controls = sum(character < " " and character not in "\t\n\r\f\x0b\x1a" for character in start)
    return controls > max(3, _MOST_CONTROLS * len(start))
