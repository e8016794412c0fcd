"""Word and RTF files to lines of text, one a paragraph."""

import importlib
import re
from pathlib import Path

from framing.corpus.archives import check_archive
from framing.corpus.records import check_readable, file_bytes
from framing.errors import InputError

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word writes a text box twice, the second time for old readers.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AGAIN = "Export it again as Word (.docx), or as text"
# striprtf searches links with a pattern that swallows whatever stands between two links of a line; an unknown
# destination it skips as RTF says, and the linked words stay.
_LINK_TARGET = re.compile(r"(?:\\\*\s*)?\\fldinst\b")
_MOST_RTF = 200_000_000  # bytes


def docx_lines(path: Path) -> list[str]:
    """Give the paragraphs of a Word file in their order, those in tables too; headers and footers are left out."""
    check_readable(path)
    check_archive(path, thing="Word document (.docx)", advice=_AGAIN)
    docx = importlib.import_module("docx")  # loaded only for who has Word files
    try:
        body = docx.Document(str(path)).element.body
        if body.getroottree().docinfo.internalDTD is not None:  # Word writes none
            raise InputError(f"{path} defines entities of its own, which can expand without end. {_AGAIN}")
        return [line for paragraph in body.iter(f"{_WORD}p") for line in _lines(paragraph)]
    except InputError:
        raise
    except Exception as error:  # a broken document fails anywhere in python-docx and lxml, with any kind of exception
        raise InputError(f"{path} is no readable Word document ({_reason(error)}). {_AGAIN}") from error


def _lines(paragraph: "object") -> list[str]:
    text: list[str] = []
    for element in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):  # type: ignore[attr-defined]
        above = element.iterancestors(f"{_WORD}p", _FALLBACK)
        if next(above) is not paragraph:  # a text box's own paragraph, which comes by itself
            continue
        if any(parent.tag == _FALLBACK for parent in element.iterancestors(_FALLBACK)):
            continue
        text.append(
            (element.text or "") if element.tag == f"{_WORD}t" else " " if element.tag == f"{_WORD}tab" else "\n"
        )
    return "".join(text).split("\n")


def rtf_lines(path: Path) -> list[str]:
    """Give the paragraphs of an RTF file in their order."""
    data = file_bytes(path)
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise InputError(f"{path} is no RTF file: it doesn't begin with {{\\rtf. {_AGAIN}")
    if len(data) > _MOST_RTF:
        raise InputError(f"{path} has {len(data):,} bytes, more than can be read. Export fewer articles to a file")
    striprtf = importlib.import_module("striprtf.striprtf")
    try:
        source = _LINK_TARGET.sub(r"\\*\\linktarget", data.decode("cp1252", "replace"))
        text: str = striprtf.rtf_to_text(source, encoding="cp1252", errors="replace")
    except Exception as error:  # a broken file fails anywhere in striprtf, with any kind of exception
        raise InputError(f"{path} is no readable RTF file ({_reason(error)}). {_AGAIN}") from error
    return text.split("\n")


def _reason(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
