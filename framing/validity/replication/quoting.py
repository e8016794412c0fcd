"""Whether a string quotes an article: five of its words in a row, whatever the case, spaces and punctuation."""

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

RUN = 5  # words in a row that count as quoting
_WORD = re.compile(r"[^\W_]+")
# Days and serial numbers, which no sentence has.
_NO_WORDS = re.compile(r"\d{4}-\d{2}-\d{2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def words_of(text: str) -> list[str]:
    """Split a text into words of letters and digits, in lower case.

    Examples
    --------
    >>> words_of("The_Mayor’s  PLAN (2)")
    ['the', 'mayor', 's', 'plan', '2']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def runs_of(text: str) -> list[str]:
    """List the runs of five words of a text.

    Examples
    --------
    >>> runs_of("It rained in Rome, on Monday.")
    ['it rained in rome on', 'rained in rome on monday']
    """
    words = words_of(text)
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def quoting(strings: Iterable[str], corpus: pd.DataFrame | None) -> set[str]:
    """Find the strings that hold five words in a row of an article's text or title.

    Without the corpus that can't be known: then every string of five words or more might; days such as 2019-05-01 and
    serial numbers are no words.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "text": ["It rained in Rome on Monday."]})
    >>> quoting(["it-rained-in-rome-on", "a name of five words"], corpus)
    {'it-rained-in-rome-on'}
    >>> quoting(["2019-05-01-flood-dam", "a name of five words"], None)
    {'a name of five words'}
    """
    strings = set(strings)
    by_run: dict[str, set[str]] = {}
    for string in strings:
        for run in runs_of(string):
            by_run.setdefault(run, set()).add(string)
    if corpus is None:
        return {each for each in strings if len(words_of(_NO_WORDS.sub(" ", each))) >= RUN}
    found: set[str] = set()
    for field in ("text", "title"):
        for text in corpus[field].dropna() if field in corpus and by_run else ():
            for run in by_run.keys() & set(runs_of(str(text))):
                found |= by_run[run]
    return found
