"""What a construction answers, and the word classes that constructions ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from framing.language import Parse
from framing.lexicons import load_lexicon
from framing.measures.hedge_scope import Stretch

CLASSES = "hedge_classes_en"


@dataclass(frozen=True, slots=True)
class Fit:
    """An expression stands in a construction: what it hedges and, where the construction says so, its own extent."""

    scope: Stretch | None
    extent: Stretch | None = None
    flag: str = ""


Construction = Callable[[Parse, int, int], Fit | None]


def holds(fits: bool, scope: Stretch | None) -> Fit | None:
    """Give a fit when the construction holds."""
    return Fit(scope) if fits else None


@lru_cache(maxsize=64)
def words_of(*names: str) -> frozenset[str]:
    """Words of one or several classes of ``hedge_classes_en.csv``."""
    entries = load_lexicon(CLASSES).entries
    return frozenset(entries.loc[entries["class"].isin(names), "pattern"])
