"""One parsed text as plain lists over its tokens, so that every measure reads the same parse."""

from collections.abc import Iterator
from dataclasses import dataclass

from framing.language.quotation import Quotation


@dataclass(frozen=True, slots=True)
class Parse:
    """A text with its tokens, sentences, paragraphs and quotations.

    White space is no token. A sentence lies in one paragraph, and a head in its token's sentence.

    Attributes
    ----------
    text : str
        The text as it was given.
    start, end : list of int
        Half-open character offsets of each token.
    word, lower, lemma : list of str
        Each token as it stands, in lower case, and its base form in lower case.
    tag, pos, dep : list of str
        Its Penn Treebank tag, its universal part of speech, and its label in spaCy's English models.
    head : list of int
        The token it hangs on; a sentence's root is its own head.
    children : list of list of int
        Tokens that hang on it, in text order.
    first, last : list of int
        Edges of its subtree, both inclusive.
    sentence, paragraph : list of int
        Numbers of its sentence and paragraph.
    is_wordlike : list of bool
        Whether each counts as a word: it holds a letter or a digit and is no clitic.
    quotation : list of int
        Number in `quotations` of the outermost quotation that it lies in, or -1.
    sentences, paragraphs : list of (int, int)
        Tokens [first, beyond the last) of each.
    quotations : list of Quotation
        Sorted by start, nested ones too.
    """

    text: str
    start: list[int]
    end: list[int]
    word: list[str]
    lower: list[str]
    lemma: list[str]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    first: list[int]
    last: list[int]
    sentence: list[int]
    paragraph: list[int]
    is_wordlike: list[bool]
    quotation: list[int]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]
    quotations: list[Quotation]

    def __len__(self) -> int:
        return len(self.word)

    def subtree(self, token: int) -> list[int]:
        """Tokens below `token`, itself included, in text order."""
        found, todo = [], [token]
        while todo:
            here = todo.pop()
            found.append(here)
            todo.extend(self.children[here])
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads of `token` from the nearest upwards."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def child(self, token: int, *labels: str) -> int | None:
        """First child of `token` whose dependency label is one of `labels`, or None."""
        return next((c for c in self.children[token] if self.dep[c] in labels), None)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets from token `first` to token `last`, both inclusive."""
        return self.start[first], self.end[last]

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Character offsets of a sentence."""
        first, beyond = self.sentences[sentence]
        return self.start[first], self.end[beyond - 1]

    def is_word(self, token: int) -> bool:
        """Whether the token counts as a word: it holds a letter or a digit and is no clitic."""
        return self.is_wordlike[token]
