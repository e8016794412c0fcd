"""Copies among the articles of a corpus: what agencies wrote, and what another article said before, word for word."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.credits import COPY, Credit, find_credit, load_credits
from framing.corpus.duplicates import Copied, find_duplicates, groups_of
from framing.corpus.shared_text import Places
from framing.errors import InputError
from framing.progress import watched
from framing.tables import Schema, as_table

COPIES: Schema = {
    "article_id": "string",
    "outlet": "string",
    "copy": "boolean",
    "agency": "string",
    "rule": "string",
    "field": "string",
    "start": "Int64",
    "end": "Int64",
    "evidence": "string",
    "original": "string",
    "share_copied": "Float64",
    "share_copied_unquoted": "Float64",
    "group": "string",
    "n_group": "Int64",
}
MARKS = ("copy", "agency", "original", "share_copied")
OWN, NEAR, UPDATE = "own_agency", "near_duplicate", "own_update"
REPRINT = 2  # times `min_share`: an outlet that repeats less of its own article follows it up


def find_copies(
    corpus: pd.DataFrame,
    *,
    agencies: str | Path | Sequence[str] = (),
    min_share: float = 0.4,
    progress: bool = True,
) -> pd.DataFrame:
    """Find articles that are copies: agency copy by its credit, and near-duplicates of an earlier article.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id`, `outlet` and `text`; `author` and `date` are used when they are there.
    agencies : sequence of str, or path
        Names of agencies that the bundled `wire_agencies_en` lacks, or a CSV of them (`pattern`, `agency`, `places`).
    min_share : float
        Share of an article's words, 0 to 1, that must stand in an earlier article for it to be a near-duplicate.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame
        One row per article in corpus order, none dropped:

        - `article_id, outlet` (string)
        - `copy` (boolean): the article is an agency's, or repeats an earlier article
        - `agency` (string): the agency whose copy it is, or that contributed to it; ``<NA>`` when none is credited
        - `rule` (string): where the credit stands: ``author``, ``byline`` (a line near the beginning), ``dateline``
          (*PARIS (AFP) –*), ``credit`` (a sentence or copyright line at the end), ``signature`` (*(PTI)* at the end);
          ``near_duplicate``. No copies are ``contribution`` (*Reuters contributed to this report*), ``own_agency``
          (the outlet is the agency) and ``own_update`` (the outlet repeats itself, but less than twice `min_share`,
          as follow-ups do); ``<NA>`` for all other articles
        - `field, start, end, evidence`: the words of the credit and where they stand; ``<NA>`` without a credit
        - `original` (article_id): the earlier article that this one repeats, also where `rule` names a credit; ``<NA>``
          if none
        - `share_copied` (0 to 1): share of its words that stand in `original` in runs of five or more, and
          `share_copied_unquoted`, the same for words outside double quotation marks; ``<NA>`` without an `original`
        - `group` (article_id of its first article) and `n_group`: articles that repeat each other, 1 for all others

    Raises
    ------
    InputError
        (a ValueError) If the frame is no corpus, `min_share` isn't above 0 and at most 1, or `agencies` can't be read.

    Notes
    -----
    The likely original of a group is, in this order: what an agency itself published, the earlier date (an unknown one
    last), what is credited to an agency, the longer text, the lower `article_id`. An outlet's second printing of its
    own article is a copy too. An article that is a short part of the later one is no sign that the later one is a
    copy. A copy without a credit has the agency of its group's first article.

    An agency in the running text (*told Reuters*) or under a picture (*(Ann Lee/Reuters)*) is no credit. Names
    and their places are data: `wire_agencies_en.csv` and `wire_credits_en.csv`. In English only.

    Both shares must reach `min_share`, since outlets that quote the same statement don't copy each other. Five words
    are a run; passages that an outlet prints under more than ten articles, and more than 2% of its articles, don't
    count; at least 30 words must be shared. Pairs of articles to compare are found by a sketch of their runs [1]_: time
    grows nearly as the number of articles does (`benchmarks/copies.py`: 10,000 articles of 500 words take 5 seconds of
    a processor, 100,000 take 59, and 2.8 GB with the texts). Copies that were rewritten throughout, or translated, are
    not found.

    Agency copy agrees with PolNeAR's field `wire` with F .98 on train and 1.00 on dev, whose credits were read when the
    frames were made. Of copies of BASIL's articles with 10% to 40% of their sentences replaced, reworded or moved 333
    of 334 are found, with 60% 83%, and no two of its articles about the same event are taken for copies
    (`docs/accuracy.md`).

    References
    ----------
    .. [1] Broder, A. Z. (1997). On the resemblance and containment of documents. SEQUENCES '97.
       doi:10.1109/SEQUEN.1997.666900

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Herald", "Courier"],
    ...                        "text": ["ROME (AP) — It rained.", "It rained, the mayor told Reuters."]})
    >>> find_copies(corpus)[["article_id", "copy", "agency", "rule", "evidence"]].values.tolist()
    [['1', True, 'Associated Press', 'dateline', 'ROME (AP)'], ['2', False, <NA>, <NA>, <NA>]]
    """
    if isinstance(min_share, bool) or not isinstance(min_share, int | float) or not 0 < min_share <= 1:
        raise InputError(f"min_share is a share of words above 0 and at most 1; found {min_share!r}. Write 0.4, say.")
    known = load_credits(agencies)
    checked = check_corpus(corpus)
    texts = _strings(checked, "text")
    outlets = _strings(checked, "outlet")
    authors = _strings(checked, "author")
    articles = watched(zip(texts, authors, outlets, strict=True), unit="articles", total=len(texts), show=progress)
    credits = [find_credit(text, author, outlet, known) for text, author, outlet in articles]
    own = [known.is_agency(outlet) for outlet in outlets]
    rank = _rank(checked, texts, credits, own)
    copied = find_duplicates(texts, outlets, rank, min_share=min_share, show=progress)
    return as_table(_rows(checked, credits, own, copied, min_share), COPIES)


def add_copies(corpus: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    """Give a corpus the columns of `find_copies` that `compare_outlets(copies=…)` needs, which `analyze` then keeps.

    Parameters
    ----------
    corpus : pandas.DataFrame
        The corpus that was searched.
    copies : pandas.DataFrame
        What `find_copies` gave.

    Returns
    -------
    pandas.DataFrame
        A copy of the corpus with `copy`, `agency`, `original` and `share_copied` at the end.

    Raises
    ------
    InputError
        If `copies` isn't of this corpus, or the corpus has columns of these names.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": ["ROME (AP) — It rained."]})
    >>> add_copies(corpus, find_copies(corpus))[["copy", "agency"]].values.tolist()
    [[True, 'Associated Press']]
    """
    checked = check_corpus(corpus)
    missing = [column for column in ("article_id", *MARKS) if column not in copies.columns]
    if missing or set(copies["article_id"]) != set(checked["article_id"]) or len(copies) != len(checked):
        raise InputError("copies is not what find_copies gave for this corpus. Make it: find_copies(corpus)")
    taken = [column for column in MARKS if column in checked.columns]
    if taken:
        raise InputError(f"corpus has columns that add_copies makes: {', '.join(taken)}. Rename or drop them.")
    marks = copies.set_index("article_id").loc[checked["article_id"], list(MARKS)].reset_index(drop=True)
    marked = checked.join(marks)
    marked.attrs = dict(corpus.attrs)
    return marked


def copies_summary(copies: pd.DataFrame) -> str:
    """Say how many articles are copies, and of whom.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": ["ROME (AP) — It rained."]})
    >>> copies_summary(find_copies(corpus))
    '1 of 1 articles is a copy (1 Associated Press)'
    """
    marked = copies[copies["copy"]]
    n, verb = len(marked), "is a copy" if len(marked) == 1 else "are copies"
    agencies = sorted(marked["agency"].dropna().value_counts().items(), key=lambda item: (-item[1], str(item[0])))
    whose = [f"{count:,} {agency}" for agency, count in agencies[:4]]
    whose += [f"{sum(count for _, count in agencies[4:]):,} other agencies"] if len(agencies) > 4 else []
    repeated = int(marked["agency"].isna().sum())
    whose += [f"{repeated:,} of other articles"] if repeated else []
    return f"{n:,} of {len(copies):,} articles {verb}" + (f" ({', '.join(whose)})" if whose else "")


def _strings(corpus: pd.DataFrame, column: str) -> list[str]:
    if column not in corpus.columns:
        return [""] * len(corpus)
    return [value if isinstance(value, str) else "" for value in corpus[column]]


def _rank(
    corpus: pd.DataFrame, texts: Sequence[str], credits: Sequence[Credit | None], own: Sequence[str | None]
) -> Places:
    """The place of each article when the likely originals come first; the same whatever the order of the rows."""
    dates = corpus["date"] if "date" in corpus.columns else pd.Series(pd.NaT, index=corpus.index)
    keys = pd.DataFrame(
        {
            "own": [agency is None for agency in own],
            "date": dates.array,
            "credit": [credit is None or credit.rule not in COPY for credit in credits],
            "length": [-len(text) for text in texts],
            "article_id": corpus["article_id"].array,
        }
    )
    order = keys.sort_values(list(keys.columns), na_position="last").index.to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _rows(
    corpus: pd.DataFrame,
    credits: Sequence[Credit | None],
    own: Sequence[str | None],
    copied: Sequence[Copied],
    min_share: float,
) -> list[dict[str, Any]]:
    ids, outlets = corpus["article_id"].tolist(), corpus["outlet"].tolist()
    first, sizes = groups_of(copied, len(ids))
    repeats = {each.article: each for each in copied}
    rows = []
    for number, (article_id, outlet) in enumerate(zip(ids, outlets, strict=True)):
        credit, repeat = credits[number], repeats.get(number)
        agency, rule = _whose(credit, own[number])
        if repeat is not None and rule not in COPY:
            reprint = outlets[repeat.original] != outlet or repeat.share >= min(1.0, REPRINT * min_share)
            agency, rule = (_agency_of(first[number], credits, own), NEAR) if reprint else (agency, rule or UPDATE)
        rows.append(
            {
                "article_id": article_id,
                "outlet": outlet,
                "copy": rule in (*COPY, NEAR),
                "agency": agency,
                "rule": rule,
                "field": None if credit is None else credit.field,
                "start": None if credit is None else credit.start,
                "end": None if credit is None else credit.end,
                "evidence": None if credit is None else _cut(corpus, number, credit),
                "original": None if repeat is None else ids[repeat.original],
                "share_copied": None if repeat is None else repeat.share,
                "share_copied_unquoted": None if repeat is None else repeat.share_unquoted,
                "group": ids[first[number]],
                "n_group": sizes[number],
            }
        )
    return rows


def _cut(corpus: pd.DataFrame, number: int, credit: Credit) -> str:
    return str(corpus[credit.field].iat[number])[credit.start : credit.end]


def _whose(credit: Credit | None, own: str | None) -> tuple[str | None, str | None]:
    """The agency and the rule of an article by its credit; an agency's credit in its own article tells nothing new."""
    if own is not None and (credit is None or credit.agency == own or credit.rule not in COPY):
        return own, OWN
    return (None, None) if credit is None else (credit.agency, credit.rule)


def _agency_of(article: int, credits: Sequence[Credit | None], own: Sequence[str | None]) -> str | None:
    credit = credits[article]
    return own[article] or (credit.agency if credit is not None and credit.rule in COPY else None)
