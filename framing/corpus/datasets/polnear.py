"""PolNeAR: political news of seven US outlets with its attributions marked by hand."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.datasets.places import described, find_folder
from framing.errors import InputError

_OUTLETS = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "Washington Post",
    "west-journal": "Western Journalism",
}
_ABSENT = ("", "None", "NA")  # how its table writes that there is none
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


def load_polnear(folder: str | Path | None = None, *, split: str = "train", download: bool = False) -> pd.DataFrame:
    """Load PolNeAR: articles on the US election of 2016, with the attributions that people marked in them [1]_.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds PolNeAR's `data/`, or one that holds it as `polnear/`; else that in ``FRAMING_DATA``.
    split : {"train", "dev"}
        Which articles: 840 to learn from, or 84 to look at.
    download : bool
        Fetch the files from the pinned commit, once, when no folder is given: some hundred files for `dev`, 1,700 for
        `train`.

    Returns
    -------
    pandas.DataFrame
        One row per article in the order of the file names: `article_id` (the file's name), `outlet`, `text` (as
        published, so that the offsets hold), `title`, `date`, `author`, `credit` and `wire` (whom the outlet credits;
        the agency of a wire story), and `gold`, a list of attributions, each a dict of `source`, `cue` and `content`
        with lists of [start, end] in the text. Missing is ``<NA>``.

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't there or isn't in its published layout.

    Notes
    -----
    No licence is stated for the data: ask the authors before you pass texts on. Of several annotators' work on an
    article the first one's is given. The title is the text's first line, as published.

    References
    ----------
    .. [1] Newell, E., Margolin, D., & Ruths, D. (2018). An Attribution Relations Corpus for Political News. LREC.
       https://aclanthology.org/L18-1524
    """
    if split not in ("train", "dev"):
        raise InputError(f'split must be "train" or "dev"; found {split!r}.')
    needed = ("data/metadata.tsv", f"data/{split}/")
    root = find_folder("polnear", folder, ["data"], download=download, prefix=needed)
    about = read_metadata(root, split)
    rows = [_row(document, about.get(document.name, {})) for document in read_polnear(root, split)]
    return described(check_corpus(pd.DataFrame(rows)), "polnear")


def _row(document: Document, about: dict[str, str]) -> dict[str, object]:
    known = {name: value for name, value in about.items() if value not in _ABSENT}
    return {
        "article_id": document.name,
        "outlet": _OUTLETS.get(document.publisher, document.publisher),
        "text": document.text,
        "title": known.get("title"),
        "date": known.get("publication_date"),
        "author": known.get("author"),
        "credit": known.get("credit", pd.NA),
        "wire": known.get("wire", pd.NA),
        "gold": [
            {role: [list(span) for span in spans] for role, spans in roles.items()} for roles in document.attributions
        ],
    }


def read_metadata(folder: Path, split: str) -> dict[str, dict[str, str]]:
    """Read what PolNeAR's table says of each article of a split, as it is: ``None`` is none, ``NA`` unknown.

    Raises
    ------
    InputError
        If there is no such table.
    """
    path = folder / "data" / "metadata.tsv"
    try:
        with path.open(encoding="utf8") as file:
            return {row["filename"]: row for row in csv.DictReader(file, delimiter="\t") if row["compartment"] == split}
    except (OSError, KeyError) as error:
        raise InputError(f"{path} is not PolNeAR's table of articles ({error!r}). Get the corpus again.") from error


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
    about = read_metadata(folder, split)
    first: dict[str, Path] = {}
    for path in sorted(annotations.glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in sorted(first.items()):
        with (folder / "data" / split / "text" / f"{name}.txt").open(encoding="utf8", newline="") as file:
            text = file.read()
        with path.open(encoding="utf8", newline="") as file:
            yield Document(name, about.get(name, {}).get("publisher", ""), text, _attributions(file.read()))


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
