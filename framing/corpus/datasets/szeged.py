"""Szeged Uncertainty Corpus: hedge cues in Wikipedia and in news."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from framing.corpus.columns import STRING
from framing.corpus.datasets.places import described, find_folder
from framing.errors import InputError

Span = tuple[int, int]
FILES = ("factbank.xml", "wiki.xml")
_PARTS = {"news": "factbank.xml", "wikipedia": "wiki.xml"}


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the corpus with its sentences and its cues, as offsets."""

    text: str
    sentences: tuple[Span, ...]
    cues: frozenset[Span]


def load_szeged(folder: str | Path | None = None, *, part: str = "news") -> pd.DataFrame:
    """Load a part of the Szeged Uncertainty Corpus 2.0: texts with their hedge cues [1]_.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds `factbank.xml` and `wiki.xml`, or one that holds it as `szeged_uncertainty/`; else that in
        ``FRAMING_DATA``.
    part : {"news", "wikipedia"}
        `factbank.xml` or `wiki.xml`.

    Returns
    -------
    pandas.DataFrame
        One row per document in the order of the file: `article_id` (part and number), `text` (sentences joined by
        blanks, titles left out), `sentences` and `cues` (lists of [start, end] in the text).

    Raises
    ------
    InputError
        (a ValueError) If the corpus isn't there or isn't its XML.

    Notes
    -----
    To be had from the authors at the University of Szeged; it is at no fixed address, so it is not fetched. The news
    texts are licensed by the Linguistic Data Consortium: measure on them, but don't pass them on.

    References
    ----------
    .. [1] Szarvas, G., Vincze, V., Farkas, R., Móra, G., & Gurevych, I. (2012). Cross-Genre and Cross-Domain Detection
       of Semantic Uncertainty. Computational Linguistics 38(2). doi:10.1162/COLI_a_00098
    """
    if part not in _PARTS:
        raise InputError(f"part must be one of {', '.join(_PARTS)}; found {part!r}.")
    path = find_folder("szeged_uncertainty", folder, [_PARTS[part]]) / _PARTS[part]
    documents = list(read_szeged(path))
    if not documents:
        raise InputError(f"{path} holds no document, so it is not the corpus's XML. Get it again.")
    table = pd.DataFrame(
        {
            "article_id": pd.array([f"{part}_{number}" for number in range(1, len(documents) + 1)], dtype=STRING),
            "text": pd.array([document.text for document in documents], dtype=STRING),
            "sentences": [[list(span) for span in document.sentences] for document in documents],
            "cues": [[list(span) for span in sorted(document.cues)] for document in documents],
        }
    )
    return described(table, "szeged_uncertainty")


def read_szeged(path: Path) -> Iterator[Document]:
    """Read the documents of a Szeged file; titles are left out and sentences are joined by blanks.

    Raises
    ------
    InputError
        If the file isn't there or isn't the corpus's XML.
    """
    if not path.exists():
        raise InputError(
            f"there is no file {str(path)!r}; give the folder that holds {' and '.join(FILES)} "
            "of the Szeged Uncertainty Corpus 2.0."
        )
    try:
        root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", path.read_text(encoding="utf8"), count=1).encode())
    except ET.ParseError as error:
        raise InputError(f"{path.name} is not well-formed XML: {error}.") from error
    for document in root.iter("Document"):
        parts = [p for p in document.iter("DocumentPart") if p.get("type") != "Title"]
        sentences = [_sentence(s) for part in parts for s in part.iter("Sentence")]
        if sentences:
            yield _joined(sentences)


def _joined(sentences: Sequence[tuple[str, list[Span]]]) -> Document:
    text, spans, cues = "", [], []
    for sentence, marked in sentences:
        at = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        spans.append((at, at + len(sentence)))
        cues += [(at + start, at + end) for start, end in marked]
    return Document(text, tuple(spans), frozenset(cues))


def _sentence(element: ET.Element) -> tuple[str, list[Span]]:
    """Give a sentence with blanks collapsed, and its cues without blanks at their edges."""
    raw, cues = "", []

    def walk(node: ET.Element) -> None:
        nonlocal raw
        raw = _append(raw, node.text)
        for child in node:
            start = len(raw)
            walk(child)
            if child.tag == "ccue":
                cues.append((start, len(raw)))
            raw = _append(raw, child.tail)

    walk(element)
    text = raw.rstrip()
    inner = [(s + len(raw[s:e]) - len(raw[s:e].lstrip()), s + len(raw[s:e].rstrip())) for s, e in cues]
    return text, inner


def _append(text: str, more: str | None) -> str:
    more = re.sub(r"\s+", " ", more or "")
    return text + (more[1:] if more.startswith(" ") and (not text or text.endswith(" ")) else more)
