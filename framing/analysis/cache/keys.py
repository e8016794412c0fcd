"""Names for what was found in an article: another text, lexicon, parameter or version is another name."""

import hashlib
import json
import platform
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from framing.analysis.shares import Article, Lists
from framing.language.model import installed_model
from framing.lexicons import Lexicon
from framing.measures.lookup import Lookup
from framing.measures.reading import FIELDS

PACKAGE = Path(__file__).parents[2]
# What a measure's answer may depend on; a changed plot makes no article be read again.
DECISIVE = ("lexicons", "corpus", "language", "measures", "analysis", "tables.py")
SUFFIXES = (".py", ".csv", ".toml", ".json")
PACKAGES = ("framing", "spacy", "thinc", "numpy", "py3langid", "vaderSentiment")
IMPORTED = time.time()


def run_key(lists: Lists) -> bytes:
    """Name what decides the answer for every article of a run: surroundings, lexicons, parameters."""
    decisive = {
        "surroundings": surroundings(),
        "hedges": _lexicon(lists.hedges),
        "sentiment": [[name, _lookup(lookup)] for name, lookup in lists.sentiment.items()],
        "language": lists.language,
    }
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).digest()


@lru_cache(maxsize=1)
def surroundings() -> str:
    """Name the code, libraries and model of this process; another one, or another computer, may have others."""
    about = {
        "code": code_hash(PACKAGE),
        "packages": {name: version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "machine": platform.machine(),
        "model": installed_model(),
    }
    return _hash([json.dumps(about, sort_keys=True)])


def article_keys(articles: Iterable[Article], run: bytes) -> list[bytes]:
    """Name each article by all that is read of it, in a run of this name."""
    begun = hashlib.sha256(run)
    keys = []
    for article in articles:
        digest = begun.copy()
        for value in (article.article_id, *(article.texts.get(field) for field in FIELDS), article.language):
            data = (value or "").encode("utf8", "surrogatepass")
            digest.update(b"%d:" % len(data))  # so that what leaves one value and enters the next is another name
            digest.update(data)
        keys.append(digest.digest())
    return keys


def changed_since_import(folder: Path = PACKAGE, imported: float = IMPORTED) -> bool:
    """Whether a file of the package is younger than what of it is in memory, so that its hash tells nothing."""
    return any(max(stat.st_mtime, stat.st_ctime) > imported for stat in (path.stat() for path in _sources(folder)))


def code_hash(folder: Path) -> str:
    """Hash the package's own files, since a version may change less often than they do."""
    digest = hashlib.sha256()
    for path in _sources(folder):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}:{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def _sources(folder: Path) -> Sequence[Path]:
    places = [folder / name for name in DECISIVE]
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*"))]
    return sorted(file for file in files if file.suffix in SUFFIXES)


def _lexicon(lexicon: Lexicon) -> list[str]:
    about = json.dumps(dict(lexicon.metadata), sort_keys=True, default=str)
    return [lexicon.name, lexicon.sha256, about, _hash([lexicon.entries.to_csv(), repr(lexicon.lines)])]


def _lookup(lookup: Lookup) -> str:
    return _hash([repr((pattern, polarity)) for pattern, polarity in lookup.polarity.items()])


def _hash(texts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).encode("utf8", "surrogatepass")).hexdigest()
