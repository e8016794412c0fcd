"""Reading a lexicon: a CSV of entries and a TOML of the same name that says where they come from."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import InputError
from framing.lexicons.csv_lines import read_lines
from framing.lexicons.foreign import READERS

FOLDER = Path(__file__).parent
METADATA = ("title", "version", "language", "reference", "doi", "source_url", "licence", "changes", "scale")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A lexicon's entries (all columns as text) with its metadata and the hash of the file that was read.

    `lines` are the numbers of the entries' lines in a CSV; it is empty where entries came from elsewhere.
    """

    name: str
    entries: pd.DataFrame
    metadata: Mapping[str, Any]
    sha256: str
    lines: tuple[int, ...] = ()


def lexicon_names() -> list[str]:
    """Names of the bundled lexicons.

    Examples
    --------
    >>> "hedges_en" in lexicon_names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def load_lexicon(name: str | Path) -> Lexicon:
    """Load a bundled lexicon by name, or a file of one's own by path.

    Parameters
    ----------
    name : str or path
        A name from `lexicon_names()`, or a path: a CSV, a dictionary of Lexicoder (``.lc3``) or one of quanteda
        (``.yml``, ``.yaml``). A TOML of the same name beside it is read when it is there; a file of one's own may do
        without.

    Returns
    -------
    Lexicon
        `entries` has the file's columns as text, blanks as empty strings; those of dictionaries are `pattern`, `match`
        and `category`.

    Raises
    ------
    InputError
        If there is no such lexicon or file, a file can't be read (the message names the line of a CSV), or a bundled
        file was changed without its recorded hash.
    """
    path = _find(name)
    beside = path.with_suffix(".toml")
    # Both, so that a scale that was written after an error is read in the same session.
    return _load(path, path.stat().st_mtime_ns, beside.stat().st_mtime_ns if beside.exists() else 0)


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int, _described: int) -> Lexicon:
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    beside = path.with_suffix(".toml")
    metadata = tomllib.loads(beside.read_text(encoding="utf8")) if beside.exists() else {}
    if path.parent == FOLDER and metadata.get("sha256") != digest:
        raise InputError(
            f"lexicon {path.name} is not the file that {beside.name} describes: its sha256 is {digest[:12]}…, recorded "
            f"is {str(metadata.get('sha256'))[:12]}…. Install framing again, or record a change with seal_lexicon."
        )
    if path.suffix == ".csv":
        entries, lines = read_lines(data, path.name)
        return Lexicon(path.stem, entries, metadata, digest, lines)
    try:
        entries = READERS[path.suffix](data.decode("utf8"), path.name)
    except InputError:
        raise
    except (UnicodeDecodeError, ValueError) as error:
        raise InputError(f"lexicon {path.name} can't be read as a {path.suffix[1:]} in UTF-8: {error}") from error
    return Lexicon(path.stem, entries, metadata, digest)


def _find(name: str | Path) -> Path:
    path = Path(name)
    if path.suffix not in (".csv", *READERS):
        path = FOLDER / f"{name}.csv"
        if not path.exists():
            raise InputError(
                f"there is no lexicon {str(name)!r}; bundled are: {', '.join(lexicon_names())}. "
                "For a file of your own give its path, ending in .csv, .lc3, .yml or .yaml."
            )
    elif not path.exists():
        raise InputError(f"there is no file {str(path)!r}.")
    return path.resolve()


def seal_lexicon(path: Path) -> None:
    """Write number of entries and hash of a CSV into the TOML beside it, after a change that was meant."""
    data = path.read_bytes()
    beside = path.with_suffix(".toml")
    text = beside.read_text(encoding="utf8")
    fresh = {
        "n_entries": str(len(pd.read_csv(path, dtype=str, keep_default_na=False))),
        "sha256": f'"{hashlib.sha256(data).hexdigest()}"',
    }
    for key, value in fresh.items():
        text = re.sub(rf"(?m)^{key} *=.*\n?", "", text).rstrip("\n") + f"\n{key} = {value}\n"
    beside.write_text(text, encoding="utf8")
