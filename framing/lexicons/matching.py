"""Finding a lexicon's patterns in a sequence of words: globs and phrases, the longest first, each word once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_REMEMBERED = 100_000  # words whose patterns are kept; a corpus has more names than a memory should hold


@dataclass(frozen=True, slots=True)
class Found:
    """Words [first, beyond) that a pattern matches."""

    first: int
    beyond: int
    pattern: str


class Matcher:
    """Finds patterns of words in lower case: ``*`` stands for any characters or none, ``?`` for one.

    Of patterns that begin at a word the one with most words counts, then one without ``*`` and ``?``, then the one
    with most letters; the words that it covers are matched by no other. So "not good" is one match where "not good"
    and "good" are both patterns.

    Examples
    --------
    >>> matcher = Matcher(["good", "not good", "abandon*"])
    >>> [(m.first, m.beyond, m.pattern) for m in matcher.find("it was not good to abandon ship".split())]
    [(2, 4, 'not good'), (5, 6, 'abandon*')]
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._whole: dict[str, list[str]] = {}
        self._beginning: dict[str, list[str]] = {}
        self._other: list[tuple[re.Pattern[str], str]] = []
        self._words = {pattern: pattern.lower().replace("’", "'").split() for pattern in dict.fromkeys(patterns)}
        self._globs: dict[str, re.Pattern[str]] = {}
        self._candidates: dict[str, list[str]] = {}
        for pattern, words in self._words.items():
            if words:
                self._add(pattern, words)

    def _add(self, pattern: str, words: Sequence[str]) -> None:
        self._globs.update({word: _compiled(word) for word in words if _is_glob(word)})
        first = words[0]
        if not _is_glob(first):
            self._whole.setdefault(first, []).append(pattern)
        elif first.endswith("*") and not _is_glob(first[:-1]):
            self._beginning.setdefault(first[:-1], []).append(pattern)
        else:
            self._other.append((self._globs[first], pattern))

    def find(self, words: Sequence[str]) -> list[Found]:
        """Matches in a sequence of words in lower case, in order, none of them overlapping."""
        found = []
        at = 0
        while at < len(words):
            pattern = self._best(words, at)
            size = len(self._words[pattern]) if pattern else 1
            if pattern:
                found.append(Found(at, at + size, pattern))
            at += size
        return found

    def _best(self, words: Sequence[str], at: int) -> str | None:
        return next((p for p in self._starting(words[at]) if self._holds(self._words[p], words, at)), None)

    def _holds(self, pattern: Sequence[str], words: Sequence[str], at: int) -> bool:
        there = words[at : at + len(pattern)]
        return len(there) == len(pattern) and all(
            self._globs[p].fullmatch(word) if p in self._globs else p == word
            for p, word in zip(pattern, there, strict=True)
        )

    def _starting(self, word: str) -> list[str]:
        """Patterns whose first word fits, the most specific first."""
        if word not in self._candidates:
            if len(self._candidates) >= MOST_REMEMBERED:
                self._candidates.clear()
            beginnings = (self._beginning.get(word[:size], ()) for size in range(len(word) + 1))
            fitting = [*self._whole.get(word, ()), *(p for group in beginnings for p in group)]
            fitting += [pattern for glob, pattern in self._other if glob.fullmatch(word)]
            self._candidates[word] = sorted(fitting, key=self._order)
        return self._candidates[word]

    def _order(self, pattern: str) -> tuple[int, bool, int, str]:
        return -len(self._words[pattern]), _is_glob(pattern), -len(pattern), pattern


def _is_glob(pattern: str) -> bool:
    return "*" in pattern or "?" in pattern


def _compiled(glob: str) -> re.Pattern[str]:
    # Several stars in a row say no more than one, and would take long to fail.
    escaped = re.escape(re.sub(r"\*+", "*", glob))
    return re.compile(escaped.replace(r"\*", ".*").replace(r"\?", "."))
