"""Finding the expressions of a sentiment lexicon in a text that was read, row of tone by row of tone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from framing.errors import InputError
from framing.lexicons.loading import Lexicon, load_lexicon
from framing.lexicons.matching import Matcher
from framing.lexicons.polarity import Polarity, polarities
from framing.measures.reading import Reading
from framing.measures.vader_lists import WORDS_FILE, vader_lexicon, vader_provenance

VADER = "vader"
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A sentiment lexicon ready to be looked for, and the words of it that are masked."""

    polarity: Mapping[str, Polarity]
    matcher: Matcher
    mask: Matcher

    @property
    def has_weights(self) -> bool:
        """Whether its entries are weighed, not only sorted by side."""
        return any(polarity.weight is not None for polarity in self.polarity.values())


@dataclass(frozen=True, slots=True)
class Term:
    """An expression in a text: half-open offsets, its words, its entry, and how many of the text's words it covers."""

    start: int
    end: int
    term: str
    pattern: str
    n_words: int
    polarity: Polarity
    masked: bool


def make_lookup(
    lexicon: str | Path | Lexicon,
    mask: Sequence[str] = (),
    positive: Sequence[str] | None = None,
    negative: Sequence[str] | None = None,
) -> Lookup:
    """Read a sentiment lexicon and check that the mask masks something; see `count_sentiment` for the parameters."""
    read = read_sentiment_lexicon(lexicon)
    polarity = polarities(read, positive=positive, negative=negative)
    if isinstance(mask, str):
        raise InputError(f"mask is a list of words, not one string. Write: mask=[{mask!r}]")
    lookup = Lookup(polarity, Matcher(polarity), Matcher(mask))
    for pattern in mask:
        one = Matcher([pattern])
        # "miss" is an entry, "missed" what an entry "miss*" finds
        known = lookup.matcher.find(_plain(pattern).split()) or any(
            one.find(_plain(entry).split()) for entry in polarity
        )
        if not known:
            raise InputError(
                f"mask has {pattern!r}, which masks nothing in lexicon {read.name}. Give words as its entries have them"
            )
    return lookup


def read_sentiment_lexicon(lexicon: str | Path | Lexicon) -> Lexicon:
    """Load a lexicon; ``"vader"`` is the package's."""
    if isinstance(lexicon, Lexicon):
        return lexicon
    return _vader() if lexicon == VADER else load_lexicon(lexicon)


@lru_cache(maxsize=1)
def _vader() -> Lexicon:
    """The words of VADER's lexicon; its emoticons are no words."""
    words = {word: rating for word, rating in vader_lexicon().items() if WORD.fullmatch(word)}
    entries = pd.DataFrame({"pattern": list(words), "weight": list(map(str, words.values()))})
    return Lexicon(VADER, entries, _vader_metadata(), vader_provenance()[f"{WORDS_FILE}_sha256"])


def _vader_metadata() -> dict[str, object]:
    return {"minimum": -4, "midpoint": 0, "maximum": 4, "version": vader_provenance()["version"]}


def terms_of(reading: Reading, lookup: Lookup) -> list[list[Term]]:
    """Expressions for each of the reading's rows of tone, which are one per sentence and voice."""
    parse = reading.parse
    row_of = {(tone.sentence, tone.attribution): number for number, tone in enumerate(reading.tones)}
    found: list[list[Term]] = [[] for _ in reading.tones]
    for sentence in range(len(parse.sentences)):
        begin, end = parse.sentence_span(sentence)
        places = [_span(match, begin) for match in WORD.finditer(parse.text[begin:end])]
        words = [_plain(parse.text[start:stop]) for start, stop in places]
        for hit in lookup.matcher.find(words):
            start, stop = places[hit.first][0], places[hit.beyond - 1][1]
            speaker = reading.voices.at(start)
            if (row := row_of.get((sentence, speaker))) is None:
                continue
            tokens = range(*parse.sentences[sentence])
            n_words = sum(
                start <= parse.start[t] < stop and parse.is_word(t) and reading.voices.at(parse.start[t]) == speaker
                for t in tokens
            )
            term = words[hit.first : hit.beyond]
            masked = [(m.first, m.beyond) for m in lookup.mask.find(term)] == [(0, len(term))]
            found[row].append(
                Term(start, stop, " ".join(term), hit.pattern, n_words, lookup.polarity[hit.pattern], masked)
            )
    return found


def _span(match: re.Match[str], offset: int) -> tuple[int, int]:
    """Offsets of a word without its possessive: "the liar's" is a liar."""
    return match.start() + offset, match.start() + offset + len(POSSESSIVE.sub("", match.group()))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
