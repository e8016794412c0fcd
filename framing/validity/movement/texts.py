"""Which articles two analyses have in common, and which of them have another text."""

import pandas as pd

from framing.analysis.provenance import input_hash
from framing.analysis.storing import Analysis
from framing.corpus import check_corpus
from framing.errors import InputError
from framing.tables import Schema, as_table

STATUS: Schema = {"article_id": "string", "status": "string"}
SAME, ONLY_OLD, ONLY_NEW = "same text", "only old", "only new"
OTHER_TEXT, OTHER_TITLE, ABOUT, PROBLEM = "other text", "other title", "other outlet or event", "other problem"
_ABOUT = ("outlet", "event")


def article_status(
    old: Analysis, new: Analysis, old_corpus: pd.DataFrame | None, new_corpus: pd.DataFrame | None
) -> pd.DataFrame:
    """Tell of each article whether both analyses have it, and with the same text.

    Returns
    -------
    pandas.DataFrame
        `article_id` and `status`, sorted: ``same text``, ``other text``, ``other title``, ``other outlet or event``,
        ``other problem`` (read in one of them only), ``only old``, ``only new``.

    Raises
    ------
    InputError
        If the analyses have no article in common, or a corpus isn't the one of its analysis.

    Notes
    -----
    An analysis holds the hash of all texts together. Where these differ the corpora tell which article it is; without
    them it is one whose sentences have other places, or other words in the same place.
    """
    one, other = (each.articles.set_index("article_id") for each in (old, new))
    both = one.index.intersection(other.index)
    if both.empty:
        raise InputError(
            f"the analyses have no article in common: the old one has {len(one):,}, such as {one.index[0]!r}, the new "
            f"one {len(other):,}, such as {other.index[0]!r}. Give two analyses of one corpus."
        )
    texts = _texts_by_corpus(old, new, old_corpus, new_corpus)
    if texts is None:
        whole = old.provenance["input"]["sha256"] == new.provenance["input"]["sha256"]
        texts = set() if whole else _texts_by_tables(old, new)
    rows = []
    for article in sorted({*one.index, *other.index}):
        if article not in both:
            status = ONLY_OLD if article in one.index else ONLY_NEW
        elif article in texts:
            status = OTHER_TEXT
        elif _differ(one, other, article, ("title",)):
            status = OTHER_TITLE
        elif _differ(one, other, article, ("problem",)):
            status = PROBLEM
        else:
            status = ABOUT if _differ(one, other, article, _ABOUT) else SAME
        rows.append({"article_id": article, "status": status})
    return as_table(rows, STATUS)


def _differ(one: pd.DataFrame, other: pd.DataFrame, article: str, columns: tuple[str, ...]) -> bool:
    shared = [column for column in columns if column in one and column in other]
    return any(str(one.at[article, column]) != str(other.at[article, column]) for column in shared)


def _texts_by_corpus(
    old: Analysis, new: Analysis, old_corpus: pd.DataFrame | None, new_corpus: pd.DataFrame | None
) -> set[str] | None:
    if old_corpus is None or new_corpus is None:
        return None
    texts = []
    for name, analysis, corpus in (("old", old, old_corpus), ("new", new, new_corpus)):
        checked = check_corpus(corpus)
        if input_hash(checked) != analysis.provenance["input"]["sha256"]:
            raise InputError(f"{name}_corpus is not the one that the {name} analysis was made of. Give that one.")
        texts.append(dict(zip(checked["article_id"], checked["text"].fillna(""), strict=True)))
    return {article for article in {*texts[0]} & {*texts[1]} if texts[0][article] != texts[1][article]}


def _texts_by_tables(old: Analysis, new: Analysis) -> set[str]:
    """Articles whose sentences end elsewhere than before, or that have other words in the same place."""
    ends = [_last_ends(each) for each in (old, new)]
    found = {article for article in {*ends[0]} & {*ends[1]} if ends[0][article] != ends[1][article]}
    for table, start, end, words in (
        ("attributions", "cue_start", "cue_end", "cue"),
        ("attributions", "source_start", "source_end", "source"),
        ("hedges", "start", "end", "hedge"),
    ):
        place = ["article_id", "field", start, end]
        one, other = (
            each.tables[table]
            .loc[each.tables[table]["field"] == "text", [*place, words]]
            .dropna()
            .drop_duplicates(place)
            for each in (old, new)
        )
        joined = one.merge(other, on=place, suffixes=("_old", "_new"))
        found |= set(joined.loc[joined[f"{words}_old"] != joined[f"{words}_new"], "article_id"])
    return found


def _last_ends(analysis: Analysis) -> dict[str, int]:
    body = analysis.sentences[analysis.sentences["field"] == "text"]
    return {str(article): int(end) for article, end in body.groupby("article_id")["end"].max().items()}
