"""One parsed text as plain lists over its tokens, so that every measure reads the same parse."""

from collections.abc import Iterator
from dataclasses import dataclass

from framing.language.quotation import Quotation


@dataclass(frozen=True, slots=True)
class Parse:
    """A text with its tokens, sentences, paragraphs and quotations.

    Every list has one entry a token and white space is no token. `head` holds token indices (a sentence's root is
    its own head); `tag` is Penn Treebank's, `pos` the universal coarse one, `dep` the label of spaCy's English
    models. `quotation` is the number of the innermost-enclosing outermost quotation in `quotations`, or -1.
    `first` and `last` are the edges of a token's subtree, both inclusive.
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
    quotation: list[int]
    sentences: list[tuple[int, int]]  # tokens [first, beyond the last) of each sentence
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
        return (
            any(map(str.isalnum, self.word[token]))
            and not self.lower[token].startswith(("'", "’"))
            and (self.lower[token] not in ("n't", "n’t"))
        )
