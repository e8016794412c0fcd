"""From texts to parses: one model call an article, in paragraphs, so that nothing outside it can change its parse."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, SENT_START, TAG
from spacy.tokens import Doc

from framing.language.model import load_model
from framing.language.parse import Parse
from framing.language.quotation import Quotation, find_quotations
from framing.language.threads import single_thread
from framing.language.words import coarse_pos, lemma

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
SENTENCE_END = re.compile(r"(?<=[.!?…][”\"'’)\]\s])\s*(?=\S)")
MAX_PARAGRAPH = 10_000  # characters handed to the parser at once; only text without line breaks is ever longer
BATCH = 64  # paragraphs parsed at once: flat memory on a text of any size


def parse_text(text: str) -> Parse:
    r"""Tokenise, tag and parse one text and pair its quotation marks.

    Examples
    --------
    >>> parse = parse_text("“We will not pay,” she said.\n\nHe may go.")
    >>> parse.sentences, parse.lemma[parse.head[7]], parse.tag[-2], len(parse.quotations)
    ([(0, 10), (10, 14)], 'say', 'VB', 1)
    """
    pieces = list(_pieces(text))
    paragraphs = [(m.start(), m.end()) for m in _lines(text)]
    return _Builder(text, find_quotations(text, paragraphs), paragraphs).build(pieces)


def parse_texts(texts: Iterable[str]) -> Iterator[Parse]:
    """Parse texts one after the other; each one's parse depends on nothing but itself."""
    return map(parse_text, texts)


def _lines(text: str) -> Iterator[re.Match[str]]:
    return (m for m in LINE.finditer(text) if not m.group().isspace())


def _pieces(text: str) -> Iterator[tuple[int, Doc]]:
    """Parsed paragraphs with the offset at which each begins."""
    parser = load_model().parser
    parts = ((start, text[start:end]) for line in _lines(text) for start, end in _cut(text, line.start(), line.end()))
    while batch := list(islice(parts, BATCH)):
        with single_thread():
            docs = list(parser.pipe((piece for _, piece in batch), batch_size=BATCH))
        yield from zip((start for start, _ in batch), docs, strict=True)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a paragraph: itself, or of one beyond any newspaper's, stretches that end with a sentence or word."""
    while end - start > MAX_PARAGRAPH:
        window = text[start : start + MAX_PARAGRAPH]
        ends = [m.start() for m in SENTENCE_END.finditer(window) if m.start() > MAX_PARAGRAPH // 2]
        cut = ends[-1] if ends else window.rfind(" ", MAX_PARAGRAPH // 2)
        cut = cut if cut > 0 else MAX_PARAGRAPH
        yield start, start + cut
        start += cut
    if end > start:
        yield start, end


@lru_cache(maxsize=100_000)
def _string(key: int) -> str:
    return str(load_model().parser.vocab.strings[key])


class _Builder:
    """Collects the tokens of one text's pieces into the lists of a `Parse`."""

    def __init__(self, text: str, quotations: list[Quotation], paragraphs: list[tuple[int, int]]) -> None:
        self.text, self.quotations, self.paragraph_spans = text, quotations, paragraphs
        self.start: list[int] = []
        self.end: list[int] = []
        self.tag: list[str] = []
        self.dep: list[str] = []
        self.head: list[int] = []
        self.sentences: list[tuple[int, int]] = []

    def build(self, pieces: list[tuple[int, Doc]]) -> Parse:
        for offset, doc in pieces:
            self._add(offset, doc)
        text, n = self.text, len(self.start)
        word = [text[s:e] for s, e in zip(self.start, self.end, strict=True)]
        lower = [w.lower() for w in word]
        children: list[list[int]] = [[] for _ in range(n)]
        for token, head in enumerate(self.head):
            if head != token:
                children[head].append(token)
        first, last = self._edges()
        paragraph, paragraphs = self._paragraphs()
        return Parse(
            text=text,
            start=self.start,
            end=self.end,
            word=word,
            lower=lower,
            lemma=[lemma(w, t) for w, t in zip(lower, self.tag, strict=True)],
            tag=self.tag,
            pos=[coarse_pos(t, d, w) for t, d, w in zip(self.tag, self.dep, lower, strict=True)],
            dep=self.dep,
            head=self.head,
            children=children,
            first=first,
            last=last,
            sentence=[i for i, (a, b) in enumerate(self.sentences) for _ in range(a, b)],
            paragraph=paragraph,
            quotation=self._quotation(),
            sentences=self.sentences,
            paragraphs=paragraphs,
            quotations=self.quotations,
        )

    def _add(self, offset: int, doc: Doc) -> None:
        array = doc.to_array([IDX, LENGTH, TAG, DEP, HEAD, SENT_START, IS_SPACE])
        space = array[:, 6].astype(bool)
        if space.all():
            return
        heads = np.arange(len(doc)) + array[:, 4].astype(np.int64)
        # White space is no token here; what hangs on it hangs on its head instead, or is a root.
        for _ in range(len(doc)):
            stray = space[heads] & ~space & (heads[heads] != heads)
            if not stray.any():
                break
            heads[stray] = heads[heads[stray]]
        heads = np.where(space[heads], np.arange(len(doc)), heads)
        base = len(self.start)
        number = np.cumsum(~space) - 1 + base
        starts = array[:, 5].astype(np.int64) == 1
        begin: int | None = None
        pending = False
        for i, (idx, length, tag, dep, _, _, _) in enumerate(array.tolist()):
            pending = pending or bool(starts[i])
            if space[i]:
                continue
            here = int(number[i])
            if begin is None or pending:
                if begin is not None:
                    self.sentences.append((begin, here))
                begin, pending = here, False
            self.start.append(offset + idx)
            self.end.append(offset + idx + length)
            self.tag.append(_string(tag))
            self.dep.append(_string(dep))
            self.head.append(int(number[heads[i]]))
        if begin is not None:
            self.sentences.append((begin, len(self.start)))

    def _edges(self) -> tuple[list[int], list[int]]:
        """First and last token of each subtree, by one pass up the tree in order of depth."""
        n = len(self.head)
        first, last = list(range(n)), list(range(n))
        depth = [0] * n
        for token in range(n):
            path = []
            here = token
            while self.head[here] != here and depth[here] == 0:
                path.append(here)
                here = self.head[here]
            for up, below in enumerate(reversed(path), start=1):
                depth[below] = depth[here] + up
        for token in sorted(range(n), key=depth.__getitem__, reverse=True):
            head = self.head[token]
            first[head] = min(first[head], first[token])
            last[head] = max(last[head], last[token])
        return first, last

    def _paragraphs(self) -> tuple[list[int], list[tuple[int, int]]]:
        number: list[int] = []
        spans: list[tuple[int, int]] = []
        token = 0
        for _, end in self.paragraph_spans:
            begin = token
            while token < len(self.start) and self.start[token] < end:
                token += 1
            if token > begin:
                number += [len(spans)] * (token - begin)
                spans.append((begin, token))
        return number, spans

    def _quotation(self) -> list[int]:
        """Number of the outermost quotation that a token lies in, or -1."""
        inside = [-1] * len(self.start)
        token = 0
        for number, quotation in enumerate(self.quotations):
            if quotation.nested:
                continue
            while token < len(self.start) and self.start[token] < quotation.start:
                token += 1
            while token < len(self.start) and self.start[token] < quotation.end:
                inside[token] = number
                token += 1
        return inside
