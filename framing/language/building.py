"""From the model's numbers to the lists of a `Parse`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, SENT_START, TAG

from framing.language.model import load_model
from framing.language.parse import Parse
from framing.language.quotation import Quotation
from framing.language.words import coarse_pos, lemma

Span = tuple[int, int]
Integers = npt.NDArray[np.int64]
# A parsed piece: spaCy's array of the attributes below, and where each of its characters stands in the text.
Parsed = tuple[Integers, Integers]

ATTRIBUTES = [IDX, LENGTH, TAG, DEP, HEAD, SENT_START, IS_SPACE]


class Tokens(NamedTuple):
    """Tokens of a text as arrays: offsets, keys of tag and label in the model's strings, head, sentence."""

    start: Integers
    end: Integers
    tag: Integers
    label: Integers
    head: Integers
    sentence: Integers


def joined(parsed: Sequence[Parsed]) -> Tokens:
    """Join parsed pieces and leave out white space, which spaCy makes tokens of and hangs other tokens on.

    spaCy's heads make one tree a sentence: its transition system builds trees, and what it does to cross arcs moves a
    token below one that isn't among its own descendants.
    """
    if not parsed:
        return Tokens(*[np.zeros(0, dtype=np.int64) for _ in Tokens._fields])
    array = np.concatenate([numbers for numbers, _ in parsed])
    positions = np.concatenate([places for _, places in parsed])
    n_tokens = [len(numbers) for numbers, _ in parsed]
    first_token = np.cumsum([0, *n_tokens[:-1]])
    first_character = np.cumsum([0, *(len(places) for _, places in parsed[:-1])])

    start = array[:, 0] + np.repeat(first_character, n_tokens)
    end = start + array[:, 1]
    own = np.arange(len(array))
    begins = array[:, 5] == 1
    begins[first_token] = True
    sentence = np.cumsum(begins)
    space = array[:, 6] == 1
    head = _words_only(own + array[:, 4], space, sentence)

    words = np.flatnonzero(~space)
    number = np.cumsum(~space) - 1
    return Tokens(
        start=positions[start[words]],
        end=positions[end[words] - 1] + 1,
        tag=array[words, 2],
        label=array[words, 3],
        head=number[head[words]],
        sentence=np.unique(sentence[words], return_inverse=True)[1],
    )


def _words_only(head: Integers, space: npt.NDArray[np.bool_], sentence: Integers) -> Integers:
    """Heads that are words: what hangs on white space hangs on that one's head instead, or is a root."""
    own = np.arange(len(head))
    while (stray := space[head] & (head[head] != head)).any():
        head[stray] = head[head[stray]]
    return np.where(space[head] | (sentence[head] != sentence), own, head)


def build_parse(text: str, tokens: Tokens, paragraphs: Sequence[Span], quotations: list[Quotation]) -> Parse:
    """Make the lists that measures read."""
    start, end, head = tokens.start.tolist(), tokens.end.tolist(), tokens.head.tolist()
    word = [text[a:b] for a, b in zip(start, end, strict=True)]
    lower = [w.lower() for w in word]
    tag, dep = _names(tokens.tag), _names(tokens.label)
    children, first, last = _trees(head)
    paragraph = np.searchsorted([beyond for _, beyond in paragraphs], tokens.start, side="right")
    paragraph = np.unique(paragraph, return_inverse=True)[1]
    return Parse(
        text=text,
        start=start,
        end=end,
        word=word,
        lower=lower,
        lemma=[lemma(w, t) for w, t in zip(lower, tag, strict=True)],
        tag=tag,
        pos=[coarse_pos(t, d, w) for t, d, w in zip(tag, dep, lower, strict=True)],
        dep=dep,
        head=head,
        children=children,
        first=first,
        last=last,
        sentence=tokens.sentence.tolist(),
        paragraph=paragraph.tolist(),
        is_wordlike=[_is_wordlike(w) for w in lower],
        quotation=_quotation_numbers(tokens.start, quotations),
        sentences=_runs(tokens.sentence),
        paragraphs=_runs(paragraph),
        quotations=quotations,
    )


def _is_wordlike(lower: str) -> bool:
    return (lower.isalnum() or any(map(str.isalnum, lower))) and lower[0] not in "'’" and lower not in ("n't", "n’t")


def _names(keys: Integers) -> list[str]:
    """Strings of the model by their keys, of which the model has unsigned ones."""
    strings = load_model().parser.vocab.strings
    unsigned = keys.view(np.uint64).tolist()
    names = {key: str(strings[key]) for key in set(unsigned)}
    return [names[key] for key in unsigned]


def _trees(head: list[int]) -> tuple[list[list[int]], list[int], list[int]]:
    """Children of each token, and first and last token of its subtree."""
    children: list[list[int]] = [[] for _ in head]
    downwards: list[int] = []
    for token, above in enumerate(head):
        (downwards if above == token else children[above]).append(token)
    for token in downwards:
        downwards += children[token]
    first, last = list(range(len(head))), list(range(len(head)))
    for token in reversed(downwards):
        above = head[token]
        if first[token] < first[above]:
            first[above] = first[token]
        if last[token] > last[above]:
            last[above] = last[token]
    return children, first, last


def _runs(number: Integers) -> list[Span]:
    """Tokens [first, beyond the last) of each run of one number."""
    if not len(number):
        return []
    borders = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(number)]
    return list(pairwise(borders))


def _quotation_numbers(start: Integers, quotations: Sequence[Quotation]) -> list[int]:
    """Number of the outermost quotation that a token begins in, or -1."""
    inside = np.full(len(start), -1)
    outer = [(number, q) for number, q in enumerate(quotations) if not q.nested]
    edges = np.searchsorted(start, [(q.start, q.end) for _, q in outer]).reshape(-1, 2)
    for (number, _), (first, beyond) in zip(outer, edges.tolist(), strict=True):
        inside[first:beyond] = number
    return list(inside.tolist())
