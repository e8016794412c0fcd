"""What was found in an article, kept so that the article isn't read again with the same versions and parameters.

A run makes its cache with `open_cache`, reads through `read_unknown`, and remembers each share of articles as it is
read. Nothing in a cache is needed: it can be cleared at any time.
"""

from pathlib import Path

from framing.analysis.cache.place import cache_folder, cache_limit
from framing.analysis.cache.recalling import Cache, open_cache, read_unknown, remember
from framing.analysis.cache.store import CacheWarning, Store

__all__ = [
    "Cache",
    "CacheWarning",
    "Store",
    "cache_folder",
    "clear_cache",
    "open_cache",
    "open_store",
    "read_unknown",
    "remember",
]


def open_store(place: bool | str | Path = True) -> Store:
    """Give the file of a cache: its `path`, `count()` of articles, `size()` in bytes, and `limit`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     open_store(folder).count()
    0
    """
    folder = cache_folder(place)
    assert folder is not None
    return Store(folder, cache_limit())


def clear_cache(place: bool | str | Path = True) -> None:
    """Delete everything in a cache (see `cache_folder` for its place).

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     clear_cache(folder)
    """
    open_store(place).clear()
