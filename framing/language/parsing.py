"""From texts to parses: one model call an article, in paragraphs, so that nothing outside it can change its parse."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from framing.language.building import ATTRIBUTES, Parsed, Tokens, build_parse, joined
from framing.language.layout import Span, dateline_end, paragraph_spans
from framing.language.model import load_model
from framing.language.parse import Parse
from framing.language.quotation import find_quotations
from framing.language.threads import single_thread

SENTENCE_END = re.compile(r"(?<=[.!?…][”\"'’)\]\s])\s*(?=\S)")
# Half of a character pair is no character, so the model can't read it: it sees the replacement character instead.
SURROGATE = re.compile("[\ud800-\udfff]")
# "don’t": with a curly apostrophe the model takes every sixth "n’t" for a noun or verb, with a straight one none.
APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")
MAX_PIECE = 10_000  # characters handed to the parser at once; only text without line breaks is ever longer
# Parsed at once, for speed; the parser needs about 15 kB a token while it works, so these bound its memory.
BATCH_PIECES = 64
BATCH_CHARACTERS = 30_000


def parse_text(text: str) -> Parse:
    r"""Tokenise, tag and parse one text and pair its quotation marks.

    Parameters
    ----------
    text : str
        Any text, also an empty one, one without letters, or one with broken characters.

    Returns
    -------
    Parse
        Tokens, sentences, paragraphs and quotations with offsets into `text`. Every character that is no white space
        is in one token; sentences part the tokens among them and lie in one paragraph each; heads lie in their own
        sentence.

    Notes
    -----
    Paragraphs are the text's lines, or its blocks if it is hard-wrapped (see `layout.paragraph_spans`). A paragraph of
    more than 10,000 characters is parsed in pieces that end with a sentence if one ends there. A dateline is a sentence
    of its own. The parse depends on nothing but the text and the model: not on other texts, nor on the number of
    threads. Time grows in proportion to the text.

    Examples
    --------
    >>> parse = parse_text("“We will not pay,” she said.\n\nHe may go.")
    >>> parse.sentences, parse.lemma[parse.head[7]], parse.tag[-2], len(parse.quotations)
    ([(0, 10), (10, 14)], 'say', 'VB', 1)
    """
    paragraphs = paragraph_spans(text)
    return build_parse(text, _tokens(text, paragraphs), paragraphs, find_quotations(text, paragraphs))


def parse_texts(texts: Iterable[str]) -> Iterator[Parse]:
    """Parse texts one after the other; each one's parse depends on nothing but itself.

    Examples
    --------
    >>> [len(parse) for parse in parse_texts(["No.", "", "He may go."])]
    [2, 0, 4]
    """
    return map(parse_text, texts)


def readable(text: str) -> str:
    r"""The text as the model can read it, of the same length.

    Examples
    --------
    >>> readable("He\ud83d left") == "He\ufffd left"
    True
    """
    return APOSTROPHE.sub("'", SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


class _Piece(NamedTuple):
    """A piece of text as the model sees it, and where each of its characters stands in the text."""

    seen: str
    positions: npt.NDArray[np.int64]


def _tokens(text: str, paragraphs: Iterable[Span]) -> Tokens:
    """Tokens of a text, parsed in batches of which only numbers are kept."""
    model = load_model()
    pieces = (_piece(text, *span) for paragraph in paragraphs for span in _cut(text, *paragraph))
    parsed: list[Parsed] = []
    for batch in _batches(pieces):
        with single_thread():
            docs = model.parse([piece.seen for piece in batch])
            parsed += [
                (doc.to_array(ATTRIBUTES).view(np.int64), piece.positions)
                for doc, piece in zip(docs, batch, strict=True)
            ]
    return joined(parsed)


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces in order, as many together as one call of the model may take."""
    batch: list[_Piece] = []
    characters = 0
    for piece in pieces:
        if batch and (len(batch) == BATCH_PIECES or characters + len(piece.seen) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(piece)
        characters += len(piece.seen)
    if batch:
        yield batch


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces of a paragraph: its dateline, and the rest, very long ones in stretches that end with a sentence or word.

    A dateline parsed with its sentence would be taken for the subject's name.
    """
    if start < (begin := dateline_end(text, start, end)):
        yield start, begin
        start = begin
    while end - start > MAX_PIECE:
        window = text[start : start + MAX_PIECE]
        ends = [m.start() for m in SENTENCE_END.finditer(window) if m.start() > MAX_PIECE // 2]
        cut = ends[-1] if ends else window.rfind(" ", MAX_PIECE // 2)
        cut = cut if cut > 0 else MAX_PIECE
        yield start, start + cut
        start += cut
    if end > start:
        yield start, end


def _piece(text: str, start: int, end: int) -> _Piece:
    """A piece with each line break inside it, and the indents around, read as one space."""
    seen = readable(text[start:end])
    positions = np.arange(start, end)
    if breaks := [match.span() for match in BREAK.finditer(seen)]:
        kept = np.ones(len(seen), dtype=bool)
        for first, beyond in breaks:
            kept[first + 1 : beyond] = False
        return _Piece(BREAK.sub(" ", seen), positions[kept])
    return _Piece(seen, positions)
