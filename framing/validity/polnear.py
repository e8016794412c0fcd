"""PolNeAR's hand-made attributions, as tokens of a parse."""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from framing.errors import InputError
from framing.language import Parse, parse_text

SPAN_LINE = re.compile(r"^(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
EVENT_LINE = re.compile(r"^E\d+\t(\S.*)$")
ROLES = ("source", "cue", "content")
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its gold attributions, each a dict of role to spans."""

    name: str
    publisher: str
    text: str
    attributions: list[dict[str, Spans]]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """A gold attribution as tokens; `head` is the top word of its cue, None when it has no cue."""

    head: int | None
    roles: dict[str, set[int]]


def read_polnear(folder: Path, split: str) -> Iterator[Document]:
    """Read one split of PolNeAR from the folder that holds `data/`; the first annotator's work of each article.

    Raises
    ------
    InputError
        If the folder doesn't hold the split.
    """
    annotations = folder / "data" / split / "attributions"
    if not annotations.is_dir():
        raise InputError(
            f"{folder} doesn't hold PolNeAR's {split} split: there is no folder {annotations}. Give the folder that "
            "holds `data/`, as its authors publish it (networkdynamics/PolNeAR on GitHub)."
        )
    with (folder / "data" / "metadata.tsv").open(encoding="utf8") as file:
        publishers = {
            r["filename"]: r["publisher"] for r in csv.DictReader(file, delimiter="\t") if r["compartment"] == split
        }
    first: dict[str, Path] = {}
    for path in sorted(annotations.glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in sorted(first.items()):
        with (folder / "data" / split / "text" / f"{name}.txt").open(encoding="utf8", newline="") as file:
            text = file.read()
        with path.open(encoding="utf8", newline="") as file:
            yield Document(name, publishers.get(name, ""), text, _attributions(file.read()))


def _attributions(annotation: str) -> list[dict[str, Spans]]:
    spans: dict[str, Spans] = {}
    events = []
    for line in annotation.split("\n"):
        if match := SPAN_LINE.match(line):
            spans[match[1]] = [(int(a), int(b)) for a, b in (part.split() for part in match[2].split(";"))]
        elif match := EVENT_LINE.match(line):
            events.append([argument.split(":") for argument in match[1].split()])
    found = []
    for _, *arguments in events:
        roles: dict[str, Spans] = {role: [] for role in ROLES}
        for label, key in arguments:
            role = re.sub(r"\d+$", "", label).lower()
            if role in roles:
                roles[role] += spans.get(key, [])
        if roles["cue"] or roles["content"]:
            found.append({role: sorted(set(parts)) for role, parts in roles.items()})
    return sorted(found, key=lambda roles: (roles["cue"] or roles["content"])[0])


def gold_tokens(document: Document) -> tuple[Parse, list[GoldAttribution]]:
    """Parse a document and find the tokens of its gold attributions."""
    parse = parse_text(document.text)
    gold = []
    for attribution in document.attributions:
        roles = {role: _tokens(parse, attribution[role]) for role in ROLES}
        gold.append(GoldAttribution(_head(parse, roles["cue"]), roles))
    return parse, gold


def _tokens(parse: Parse, spans: Spans) -> set[int]:
    found = set()
    for start, end in spans:
        token = bisect_left(parse.start, start)
        if token > 0 and parse.end[token - 1] > start:
            token -= 1
        while token < len(parse) and parse.start[token] < end:
            found.add(token)
            token += 1
    return found


def _head(parse: Parse, tokens: set[int]) -> int | None:
    """The word a cue hangs on: the first of its top words, a verb before other word classes, punctuation last."""
    tops = [t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t]
    words = [t for t in tops if parse.pos[t] in ("VERB", "NOUN", "ADJ", "AUX", "ADP", "ADV", "PROPN", "SCONJ")] or tops
    verbs = [t for t in words if parse.pos[t] == "VERB"] or words
    return min(verbs, default=None)
