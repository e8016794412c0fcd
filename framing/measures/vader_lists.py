"""VADER's lexicon as its package ships it, and its rules' words, ready for look-up."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path

from framing.lexicons.loading import load_lexicon

PACKAGE = "vaderSentiment"
WORDS_FILE, EMOJI_FILE = "vader_lexicon.txt", "emoji_utf8_lexicon.txt"
OTHER_RULE_WORDS = frozenset({"no", "least", "so", "this"})


@dataclass(frozen=True, slots=True)
class VaderTables:
    """Words and emoji with their ratings, and what the rules look for."""

    words: Mapping[str, float]
    emoji: Mapping[str, str]
    maybe_emoji: re.Pattern[str]
    boosters: Mapping[str, float]
    negations: frozenset[str]
    idioms: Mapping[str, float]
    rule_words: frozenset[str]


def vader_provenance() -> dict[str, str]:
    """Version of the package that the lexicon was read from, and the hashes of its two files."""
    return {"package": PACKAGE, "version": distribution(PACKAGE).version} | {
        f"{name}_sha256": hashlib.sha256(_path(name).read_bytes()).hexdigest() for name in (WORDS_FILE, EMOJI_FILE)
    }


def vader_lexicon() -> Mapping[str, float]:
    """Lower-case words and emoticons of VADER's lexicon with their mean rating, from -4 to 4."""
    return vader_tables().words


def vader_boosters() -> Mapping[str, float]:
    """Words and phrases that raise (above 0) or dampen (below 0) the word they stand before."""
    return vader_tables().boosters


def _path(name: str) -> Path:
    return Path(str(distribution(PACKAGE).locate_file(f"{PACKAGE}/{name}")))


@lru_cache(maxsize=1)
def vader_tables() -> VaderTables:
    """Read the package's files and the rules, once."""
    words = {word: float(mean) for word, mean in _read(WORDS_FILE)}
    # VADER reads a text character by character, so that only emoji of one code point are ever found.
    emoji = {sign: name for sign, name in _read(EMOJI_FILE) if len(sign) == 1}
    rules = load_lexicon("vader_rules_en").entries
    kinds = {
        kind: dict(zip(part["pattern"], part["weight"].astype(float), strict=True))
        for kind, part in rules.groupby("category")
    }
    return VaderTables(
        words={word: mean for word, mean in words.items() if word not in kinds["booster"]},
        emoji=emoji,
        # Curly quotes and dashes lie below the first of these: one comparison a character rules most texts out.
        maybe_emoji=re.compile(f"[©®{min(set(emoji) - set('©®'))}-\U0010ffff]"),
        boosters=kinds["booster"],
        negations=frozenset(kinds["negation"]),
        idioms=kinds["idiom"],
        rule_words=frozenset(max(pattern.split(), key=len) for pattern in rules["pattern"]) | OTHER_RULE_WORDS,
    )


def _read(name: str) -> list[tuple[str, str]]:
    """Read the first two columns of a file of the package; the later of two entries counts, as in VADER."""
    lines = _path(name).read_text(encoding="utf8").split("\n")
    return [(fields[0], fields[1]) for line in lines if len(fields := line.strip().split("\t")) > 1]
