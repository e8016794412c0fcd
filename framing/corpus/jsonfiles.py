"""JSON Lines, and a JSON array of objects."""

import json
from pathlib import Path
from typing import Any

from framing.corpus.account import Entry, set_aside
from framing.corpus.columns import clipped
from framing.corpus.delimited import decode_file
from framing.corpus.records import Records, Row, header
from framing.errors import InputError


def read_json(path: Path, *, encoding: str | None = None) -> Records:
    """Read one JSON object per line, or one array of objects; what is no object is set aside with its line number."""
    text, note = decode_file(path, encoding)
    entries = [Entry(path.name, "noted", "encoding", note)] if note else []
    found, broken = _array(path, text) if text.lstrip().startswith("[") else _lines(path, text)
    entries += broken
    if not found:
        raise InputError(
            f"{path} holds no article. {broken[0].place}: {broken[0].note}. "
            'Expected one JSON object per line, such as {"article_id": "a1", "outlet": "Herald", "text": "…"}'
            if broken
            else f"{path} is an empty array. Export the articles again"
        )
    names = list(dict.fromkeys(name for _, values in found for name in values))
    columns, repeated = header(path, names)
    renamed = dict(zip(names, columns, strict=True))
    rows = [
        Row(place, {renamed[name]: value for name, value in values.items()}, values.repairs) for place, values in found
    ]
    return Records(columns, rows, entries + repeated)


class _Object(dict[str, Any]):
    """A JSON object that remembers whether a name stood in it twice, of which JSON readers keep the last in silence."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repairs: tuple[tuple[str, str], ...] = ()
        if len(self) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in self if names.count(name) > 1)
            note = f"the object names '{clipped(twice)}' more than once; the last value counts"
            self.repairs = (("repeated_name", note),)


def object_of_line(line: str) -> _Object | None:
    """The object of a line; None where the line holds none."""
    try:
        value = json.loads(line, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, _Object) else None


_Found = tuple[list[tuple[str, _Object]], list[Entry]]


def _lines(path: Path, text: str) -> _Found:
    found: list[tuple[str, _Object]] = []
    broken: list[Entry] = []
    # Not splitlines(): U+2028 and other separators may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path.name}, line {number}"
        try:
            value = json.loads(line, object_pairs_hook=_Object)
        except (ValueError, RecursionError) as error:
            broken.append(set_aside(place, "not_json", _reason(error), line))
            continue
        if isinstance(value, _Object):
            found.append((place, value))
        else:
            broken.append(
                set_aside(place, "not_an_object", f"a JSON {_json_kind(value)} where an object is expected", line)
            )
    return found, broken


def _array(path: Path, text: str) -> _Found:
    try:
        values = json.loads(text, object_pairs_hook=_Object)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path} begins as a JSON array but is none: {_reason(error)}. "
            "Check that the download finished, or export as JSON Lines, where one bad line costs one article"
        ) from error
    found: list[tuple[str, _Object]] = []
    broken: list[Entry] = []
    for number, value in enumerate(values, start=1):
        place = f"{path.name}, item {number}"
        if isinstance(value, _Object):
            found.append((place, value))
        else:
            note = f"a JSON {_json_kind(value)} where an object is expected"
            broken.append(set_aside(place, "not_an_object", note, clipped(str(value))))
    return found, broken


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON at line {error.lineno}, column {error.colno} ({error.msg})"
    return "nested too deeply" if isinstance(error, RecursionError) else f"not valid JSON ({error})"


def _json_kind(value: object) -> str:
    kinds = {list: "array", str: "string", int: "number", float: "number", bool: "true or false", type(None): "null"}
    return kinds[type(value)]
