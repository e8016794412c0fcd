"""ProQuest's text export: documents between lines of underscores, each with labelled fields."""

import re
from collections.abc import Sequence
from pathlib import Path

from framing.corpus.account import Entry, set_aside
from framing.corpus.exports import Labelled, fields_of, fill_columns
from framing.corpus.records import Records, Row
from framing.errors import InputError

_RULE = re.compile(r"_{20,}\s*")
_LABEL = re.compile(r"([A-Z][A-Za-z /]{2,30}?):(?:\s+(.*))?")
_FRAME = re.compile(
    r"\s*(?:Report Information from ProQuest|Table of contents|Contact us at:|Bibliography|Citation style:)"
)
_NUMBERED = re.compile(r"Document \d+ of \d+")
_NEEDED = ("Full text", "Full Text", "Publication title", "ProQuest document ID")
_TEXT = ("Full text", "Full Text")
_START = 200_000  # characters in which an export shows what it is


def is_proquest(text: str) -> bool:
    r"""Say whether a text file is a ProQuest export, by its lines of underscores and its labels.

    Examples
    --------
    >>> is_proquest("_" * 60 + "\nFull text: It rained.\nProQuest document ID: 1\n" + "_" * 60)
    True
    """
    lines = text[:_START].splitlines()
    return any(_RULE.fullmatch(line) for line in lines) and any(_label(line) in _NEEDED for line in lines)


def read_proquest(path: Path, text: str, entries: Sequence[Entry] = ()) -> Records:
    """Read the documents of a ProQuest export; the cover, the table of contents and the imprint are passed over.

    A document without "Full text:" keeps its row without a text; an abstract is never taken for it.
    """
    rows: list[Row] = []
    aside: list[Entry] = [*entries]
    start = 1
    for block in _blocks(text):
        place = f"{path.name}, line {start}"
        start += len(block) + 1
        labels = {label for line in block if (label := _label(line))}
        if labels & set(_NEEDED):
            rows.append(Row(place, _document(block)))
        elif any(line.strip() for line in block) and not any(_FRAME.match(line) for line in block[:8]):
            why = "no document of ProQuest: it has neither 'Full text:' nor 'Publication title:'"
            aside.append(set_aside(place, "no_article", why, "\n".join(block).strip()))
    if not rows:
        raise InputError(f"{path} holds no document of ProQuest; looked for 'Full text:' between lines of underscores")
    found = {"outlet", "text", *(name for row in rows for name in row.values)}
    order = ["article_id", "outlet", "text", "title", *(field.column for field in fields_of("proquest").values())]
    return Records([name for name in dict.fromkeys(order) if name in found and name], rows, aside)


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if _RULE.fullmatch(line):
            blocks.append([])
        else:
            blocks[-1].append(line.rstrip("\r"))
    return blocks


def _label(line: str) -> str | None:
    match = _LABEL.fullmatch(line[:200]) if ":" in line[:40] else None
    return match[1] if match and match[1] in fields_of("proquest") else None


def _document(block: Sequence[str]) -> dict[str, str]:
    begin = next((n for n, line in enumerate(block) if _label(line) in _TEXT), None)
    end = len(block) if begin is None else _end_of_text(block, begin)
    head, tail = (block, []) if begin is None else (block[:begin], block[end:])
    labelled = _labelled([*head, *tail])
    if begin is not None:
        lines = [block[begin].partition(":")[2], *block[begin + 1 : end]]
        labelled.append((str(_label(block[begin])), "\n".join(line.strip() for line in lines)))
    values = fill_columns("proquest", labelled)
    if "title" not in values and (first := _headline(head)):
        values["title"] = first
    if "outlet" in values:  # "The Herald; London": the place comes after the name
        values["outlet"] = values["outlet"].partition(";")[0].strip()
    return values


def _end_of_text(block: Sequence[str], begin: int) -> int:
    """Find where the fields after the text begin.

    They are a run of labelled lines up to the end. A paragraph of the article that looks like one of them ("Title: …")
    is not in that run, as long as a line without a label follows it.
    """
    last = next((n for n in range(len(block) - 1, begin, -1) if _label(block[n]) == "Publication title"), None)
    if last is None:
        return next((n for n in range(begin + 1, len(block)) if _label(block[n])), len(block))
    end = last
    for n in range(last, begin, -1):
        if _label(block[n]):
            end = n
        elif block[n].strip():
            break
    return end


def _labelled(lines: Sequence[str]) -> list[tuple[str, str]]:
    labelled = Labelled()
    for line in lines:
        if label := _label(line):
            labelled.add(label, line.partition(":")[2].strip())
        elif line.strip() and _plain(line):
            labelled.go_on(line.strip())
    return labelled.pairs(between=" ")


def _plain(line: str) -> bool:
    return line.strip() not in ("ProQuest document link", "Enlarge this image.")


def _headline(head: Sequence[str]) -> str | None:
    first = next((line.strip() for line in head if line.strip() and not _NUMBERED.fullmatch(line.strip())), None)
    return first if first and not _label(first) else None
