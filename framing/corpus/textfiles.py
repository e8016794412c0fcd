"""Plain text files: one article each, unless a news database's export of many shows by its lines."""

from pathlib import Path

from framing.corpus.account import Entry
from framing.corpus.delimited import decode_file
from framing.corpus.proquest import is_proquest, read_proquest
from framing.corpus.records import Records, Row
from framing.corpus.ris import is_ris, read_ris

COLUMNS = ["article_id", "outlet", "title", "text"]


def read_text_file(path: Path, *, encoding: str | None = None) -> Records:
    """Read one article, or the articles of a ProQuest export or an RIS file that is named .txt.

    A text file names no outlet: the name of the folder it lies in is a guess, which the account notes.
    """
    text, note = decode_file(path, encoding)
    if is_proquest(text):
        return read_proquest(path, text, [Entry(path.name, "noted", "encoding", note)] if note else [])
    if is_ris(text):
        return read_ris(path, encoding=encoding)
    repairs = (("encoding", note),) if note else ()
    values = {"article_id": path.stem, "text": text}
    return Records(COLUMNS, [Row(path.name, values, repairs, title_in_text=True, loose=True)], [])
