"""What a comparison does with copies: keep them, leave them out, or set agency copy apart as an outlet of its own."""

import pandas as pd

from framing.errors import InputError

AGENCY_COPY = "Agency copy"
TREATMENTS = ("keep", "drop", "separate")


def treat_copies(articles: pd.DataFrame, copies: str) -> tuple[pd.DataFrame, str]:
    """Give the articles to compare, and the words that account for what was done.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["Herald", "Post"], "copy": [True, False], "agency": ["AP", None]})
    >>> treat_copies(articles, "drop")[1]
    '; 1 of 2 articles are copies and are left out'
    >>> treat_copies(articles, "separate")[0]["outlet"].tolist()
    ['Agency copy', 'Post']
    """
    check_treatment(copies)
    if copies == "keep":
        return articles, ""
    marked = _marked(articles, "copy")
    if copies == "drop":
        return articles[~marked], f"; {int(marked.sum()):,} of {len(articles):,} articles are copies and are left out"
    if AGENCY_COPY in set(articles["outlet"]):
        raise InputError(f"an outlet is called '{AGENCY_COPY}' already. Rename it, or use copies='drop'.")
    apart = marked & _column(articles, "agency").notna()
    told = f"; {int(apart.sum()):,} of {len(articles):,} articles are agency copy and an outlet of their own"
    return articles.assign(outlet=articles["outlet"].astype("string").mask(apart, AGENCY_COPY)), told


def check_treatment(copies: str) -> None:
    """Check that a treatment of copies is one that there is, before anything is computed."""
    if copies not in TREATMENTS:
        raise InputError(f"copies must be one of {', '.join(TREATMENTS)}; found {copies!r}.")


def has_copies(articles: pd.DataFrame) -> bool:
    """Whether articles are marked and any of them is a copy; a column `copy` of anything else marks nothing.

    Examples
    --------
    >>> has_copies(pd.DataFrame({"copy": ["False", "True"]})), has_copies(pd.DataFrame({"copy": ["Read all about it"]}))
    (True, False)
    """
    if "copy" not in articles.columns:
        return False
    marks = _marks(articles["copy"])
    return bool(marks.isin([True, False]).all() and marks.any())


def _marked(articles: pd.DataFrame, column: str) -> "pd.Series[bool]":
    marks = _marks(_column(articles, column))
    wrong = marks[~marks.isin([True, False])]
    if len(wrong):
        raise InputError(f"column '{column}' must hold True or False; found {str(wrong.iloc[0])[:40]!r}.")
    return marks.astype(bool)


def _marks(values: pd.Series) -> pd.Series:
    """True and False also as a CSV spells them; what is missing is no copy."""
    spelt = {"true": True, "false": False}
    marks = [False if pd.isna(value) else spelt.get(str(value).lower(), value) for value in values]
    return pd.Series(marks, index=values.index, dtype=object)


def _column(articles: pd.DataFrame, column: str) -> pd.Series:
    if not isinstance(articles, pd.DataFrame) or column not in articles.columns:
        raise InputError(
            f"articles has no column '{column}', so it isn't known which of them are copies. Mark them before they are "
            "analysed: corpus = add_copies(corpus, find_copies(corpus)); or compare with copies='keep'"
        )
    return articles[column]
