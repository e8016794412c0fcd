"""Names of a user's sentiment lexicons, of which the columns of their metrics are made."""

import re
from collections.abc import Sequence
from pathlib import Path

from framing.analysis.metrics import count_table, difference_table, metric_table
from framing.errors import InputError
from framing.lexicons import Lexicon

VOICES = ("_outlet", "_source", "_difference")


def name_lexicons(lexicons: Sequence[str | Path | Lexicon]) -> list[str]:
    """Make the name of each lexicon's metrics: the file's in lower case, with ``_`` for what is no letter or digit.

    Raises
    ------
    InputError
        If `lexicons` is no list, or a name is another's or one that the package's own metrics have.

    Examples
    --------
    >>> name_lexicons(["vader", "lists/LSD 2015.lc3"])
    ['vader', 'lsd_2015']
    """
    if isinstance(lexicons, str | Path | Lexicon):
        raise InputError(f"lexicons is a list, not one {type(lexicons).__name__}. Write: lexicons=[…]")
    names = [_name(lexicon) for lexicon in lexicons]
    own = {*metric_table().index, *count_table().index, *difference_table().index}
    for number, name in enumerate(names):
        if name in names[:number]:
            raise InputError(f"two lexicons have the name {name!r}, by which their metrics are called. Rename a file.")
        if not name or name.endswith(VOICES):
            raise InputError(
                f"a lexicon can't be called {name!r}: a name has letters or digits, and does not end in "
                f"{', '.join(VOICES)}. Rename the file."
            )
        clash = {f"sentiment_{name}", f"n_positive_{name}", f"share_words_{name}"} & own
        if clash:
            raise InputError(
                f"a lexicon can't be called {name!r}: there is a metric {min(clash)!r} already. Rename the file."
            )
    return names


def _name(lexicon: str | Path | Lexicon) -> str:
    stem = lexicon.name if isinstance(lexicon, Lexicon) else Path(lexicon).stem
    return re.sub(r"\W+", "_", stem.lower()).strip("_")
