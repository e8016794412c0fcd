"""What is already known of some articles, and what was found in the others, for a share of articles or all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.compute as pc

from framing.analysis.cache.keys import article_keys, changed_since_import, run_key, surroundings
from framing.analysis.cache.packing import Unpackable, pack, unpack
from framing.analysis.cache.place import cache_folder, cache_limit
from framing.analysis.cache.store import Store, warn
from framing.analysis.shares import Article, Lists, Share, joined
from framing.corpus.languages import NOT_ENGLISH


@dataclass(slots=True)
class Cache:
    """A cache for one run: where it is, and the names of the surroundings and of all that decides the answers.

    A process that is given it keeps nothing if its own surroundings are others. `writable` turns false when something
    could not be kept, so that a full disk is met and told once.
    """

    store: Store
    surroundings: str
    run: bytes
    writable: bool = True


def open_cache(place: bool | str | Path | None, lists: Lists) -> Cache | None:
    """Make the cache of a run that reads with `lists`; None when there is to be none (see `cache_folder`)."""
    folder = cache_folder(place)
    if folder is None:
        return None
    if changed_since_import():
        warn("files of framing changed since it was imported, so the cache isn't used. Restart Python to use it")
        return None
    return Cache(Store(folder, cache_limit()), surroundings(), run_key(lists))


def read_unknown(
    articles: Sequence[Article],
    cache: Cache | None,
    read: Callable[[Sequence[Article]], Share],
    tick: Callable[[int], None] | None = None,
) -> Share:
    """Take from the cache what is there of some articles and read the rest; the share is that of reading all.

    `tick` is told how many were in the cache. Whoever reads the rest remembers it, share by share.
    """
    if cache is None:
        return read(articles)
    known, found = recall(articles, cache)
    if tick is not None:
        tick(sum(known))
    if not any(known):
        return read(articles)
    rest = [article for article, is_known in zip(articles, known, strict=True) if not is_known]
    return merged(found, read(rest), known, articles) if rest else found


def recall(articles: Sequence[Article], cache: Cache) -> tuple[list[bool], Share]:
    """Which articles are known, and the share of these."""
    keys = article_keys(articles, cache.run)
    packed = cache.store.get(keys)
    known = [key in packed for key in keys]
    ids = [article.article_id for article, is_known in zip(articles, known, strict=True) if is_known]
    return known, unpack([packed[key] for key in keys if key in packed], ids)


def remember(articles: Sequence[Article], share: Share, cache: Cache) -> None:
    """Keep what was found in articles, but none that an error kept from being read: the next run may fare better."""
    if not cache.writable or cache.surroundings != surroundings():
        return
    try:
        packed = pack(share, [article.article_id for article in articles])
    except Unpackable:
        return
    keys = article_keys(articles, cache.run)
    contents = {
        key: data
        for key, data, problem, failed in zip(keys, packed, share.problems, share.failed, strict=True)
        if not failed or (problem or "").startswith(NOT_ENGLISH)
    }
    cache.writable = not contents or cache.store.put(contents)


def merged(known: Share, fresh: Share, is_known: Sequence[bool], articles: Sequence[Article]) -> Share:
    """Two shares as one, in the order of the articles."""
    both = joined([known, fresh])
    ids = pyarrow.array([article.article_id for article in articles], pyarrow.large_string())
    tables = {}
    for name, table in both.tables.items():
        place = pc.index_in(table.column("article_id"), value_set=ids).to_numpy(zero_copy_only=False)
        tables[name] = table.take(pyarrow.array(np.argsort(place, kind="stable"))).combine_chunks()
    one, other = (iter(zip(share.problems, share.failed, strict=True)) for share in (known, fresh))
    about = [next(one if from_cache else other) for from_cache in is_known]
    return Share(tables, [problem for problem, _ in about], [failed for _, failed in about])
