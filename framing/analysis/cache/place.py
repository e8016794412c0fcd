"""Where a cache lies, and how large it may grow."""

import os
from pathlib import Path

from framing.errors import InputError

FOLDER, SIZE = "FRAMING_CACHE", "FRAMING_CACHE_GB"
FILE = "framing-cache.sqlite"
GIGABYTES = 2.0


def cache_folder(place: bool | str | Path | None = True) -> Path | None:
    """Find the folder of a cache; it need not exist.

    Parameters
    ----------
    place : bool, str, path or None
        A folder; or True for that in the environment variable ``FRAMING_CACHE``, without which it is `framing` in the
        user's folder of caches (``XDG_CACHE_HOME`` or ``~/.cache``; ``LOCALAPPDATA`` on Windows). None and False are
        no cache.

    Raises
    ------
    InputError
        If it is a file.

    Examples
    --------
    >>> cache_folder(None) is None, cache_folder("build/cache").name
    (True, 'cache')
    """
    if place is None or place is False:
        return None
    folder = _default() if place is True else Path(place)
    if folder.is_file():
        raise InputError(f"the cache is a folder, but {folder} is a file. Name a folder: cache='{folder.parent}'")
    return folder


def _default() -> Path:
    if named := os.environ.get(FOLDER):
        return Path(named).expanduser()
    if os.name == "nt" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "framing"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "framing"


def cache_limit() -> int:
    """How many bytes a cache may take: ``FRAMING_CACHE_GB`` gigabytes, or 2.

    Raises
    ------
    InputError
        If that variable is no positive number.

    Examples
    --------
    >>> cache_limit() >= 1
    True
    """
    told = os.environ.get(SIZE) or str(GIGABYTES)
    try:
        size = float(told)
    except ValueError:
        size = 0.0
    if not 0 < size < 1e6:
        raise InputError(f"{SIZE} must be a number of gigabytes above 0, such as 2 or 0.5; found {told!r}.")
    return int(size * 1e9)
