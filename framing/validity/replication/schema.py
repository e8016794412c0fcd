"""Which columns may leave the house, and what of their values: it is data, and what isn't in it may not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from framing.analysis.metrics import count_row, metric_row
from framing.lexicons import load_lexicon
from framing.measures.hedge_constructions import CONSTRUCTIONS
from framing.validity.replication.quoting import RUN, words_of

FOLDER = Path(__file__).parent
PATTERN = "PATTERN:"
_CUE_RULE = re.compile(r"([^;]+?):[A-Z]+(?:/\w+)? p=[01]\.\d\d")
_HEDGE_RULE = re.compile(r"(.+?):(\w+?)(?::negated)?")


@dataclass(frozen=True, slots=True)
class Keep:
    """What is kept of a column.

    `kind` is number, day, spans (of offsets), id (of an article), part_id (an article's id and a number), name (of an
    outlet, event or lexicon), metric, code (numbered anew), one_of (the `values`), entry (of the lexicons in `values`),
    cue_rule and hedge_rule (as far as they name an entry), hashed_name (with a key of the corpus), or hashed_words
    (with a key of their article).
    """

    kind: str
    values: tuple[str, ...] = ()


NUMBER, NAME = Keep("number"), Keep("name")


def keep_of(table: str, column: str) -> Keep | None:
    """Say what of a column is kept; None when it isn't known to be free of articles' words.

    Examples
    --------
    >>> keep_of("hedges", "hedge").kind, keep_of("articles", "n_hedges").kind, keep_of("articles", "title")
    ('hashed_words', 'number', None)
    """
    known = _columns().get((table, column))
    if known is None and table == "articles" and (count_row(column) or metric_row(column)):
        return NUMBER
    return known


@lru_cache(maxsize=1)
def _columns() -> Mapping[tuple[str, str], Keep]:
    rows = pd.read_csv(FOLDER / "columns.csv", dtype=str, keep_default_na=False).to_dict("records")
    return {
        (row["table"], row["column"]): Keep(row["keep"], tuple(filter(None, row["values"].split("|")))) for row in rows
    }


def is_known(value: str, keep: Keep) -> bool:
    """Whether a value is one that can't hold an article's words.

    Examples
    --------
    >>> is_known("direct", keep_of("attributions", "type")), is_known("he lied", keep_of("attributions", "type"))
    (True, False)
    >>> is_known("perhaps:adverb", keep_of("hedges", "rule")), is_known("Ann:adverb", keep_of("hedges", "rule"))
    (True, False)
    """
    if keep.kind == "one_of":
        if keep.values[0].startswith(PATTERN):
            return re.fullmatch(keep.values[0].removeprefix(PATTERN), value) is not None
        return value in keep.values
    if keep.kind == "hedge_rule":
        parts = _HEDGE_RULE.fullmatch(value)
        return parts is not None and parts[2] in CONSTRUCTIONS and parts[1] in entries(keep.values)
    if keep.kind == "cue_rule":
        parts = _CUE_RULE.fullmatch(value)
        return parts is not None and parts[1] in entries(keep.values)
    return value in entries(keep.values)


@lru_cache(maxsize=8)
def entries(lexicons: tuple[str, ...]) -> frozenset[str]:
    """Give the entries of bundled lexicons that are shorter than a run of words."""
    patterns = {str(each) for name in lexicons for each in load_lexicon(name).entries["pattern"]}
    return frozenset(each for each in patterns if len(words_of(each)) < RUN)
