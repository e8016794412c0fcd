"""What a verification found, in sentences."""

from collections.abc import Iterator

import pandas as pd

from framing.corpus.columns import shown
from framing.validity.versions import describe_versions

MOST = 8  # names in one sentence


def sentences_of(
    versions: pd.DataFrame, files: pd.DataFrame, articles: pd.DataFrame, tables: pd.DataFrame
) -> Iterator[str]:
    """Say first which versions differ, then what differs in files, texts and tables, or that nothing does."""
    yield _versions(versions)
    yield from _files(files)
    yield from _texts(articles)
    yield from _tables(articles, tables)


def _versions(versions: pd.DataFrame) -> str:
    other = describe_versions(versions)
    if not other:
        return "The same versions of package, model and lexicons ran then and now."
    return f"Other versions ran then, which may be why figures differ: {'; '.join(other)}."


def _files(files: pd.DataFrame) -> Iterator[str]:
    for status, words in (("differs", "no longer as written"), ("missing", "missing")):
        names = files.loc[files["status"] == status, "file"].tolist()
        if names:
            yield f"Files of the package that are {words}: {shown(names, most=MOST)}."


def _texts(articles: pd.DataFrame) -> Iterator[str]:
    texts = articles[["text", "title"]]
    n = int((texts == "same").all(axis=1).sum())
    of = int((~(texts == "not in the package").any(axis=1)).sum())
    yield f"Texts: {n:,} of {of:,} articles of the package are the same, character for character."
    said = (
        ("differs", "With another text or title than the one analysed"),
        ("not among yours", "Not among the articles given (where articles are numbered: none has this text)"),
        ("not in the package", "Given, but not in the package"),
        ("not recorded", "Not known to be the same, since the package has no hashes of single texts"),
    )
    for status, words in said:
        ids = articles.loc[(texts == status).any(axis=1), "article_id"].tolist()
        if ids:
            yield f"{words}: {shown(ids, most=MOST)}."


def _tables(articles: pd.DataFrame, tables: pd.DataFrame) -> Iterator[str]:
    for name, was, now, same in tables[["table", "n_recorded", "n_here", "n_same"]].itertuples(index=False):
        if was == now == 0:
            continue
        if was == now == same:
            yield f"{name}: all {was:,} rows come out the same."
        else:
            yield f"{name}: {same:,} of {was:,} rows come out the same; here there are {now:,}."
    same_text = (articles[["text", "title"]] == "same").all(axis=1)
    odd = articles.loc[same_text & articles["tables"].notna(), "article_id"].tolist()
    if odd:
        yield f"The same text, but other rows now: {shown(odd, most=MOST)}."
