"""A replication package read again, and its articles found among those at hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis import Analysis
from framing.analysis.provenance import input_hash
from framing.corpus.columns import clipped
from framing.errors import InputError
from framing.validity.replication.exporting import FORMAT, HASHED_TEXTS, MANIFEST
from framing.validity.replication.hashing import text_hashes

SAME, DIFFERS, MISSING, EXTRA, UNKNOWN = "same", "differs", "not among yours", "not in the package", "not recorded"


def read_package(folder: Path) -> tuple[dict[str, Any], Analysis]:
    """Read what `export_replication` wrote: its manifest, and the analysis without words."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        reason = "there is none" if isinstance(error, FileNotFoundError) else clipped(str(error), most=80)
        raise InputError(
            f"{folder} is no replication package: {MANIFEST} can't be read ({reason}). "
            "Name the folder that export_replication or `framing replicate` wrote."
        ) from error
    parts = {"format": int, "comparison": dict, "salt": str, "files": dict, "anonymous_ids": bool}
    wrong = [
        name
        for name, kind in parts.items()
        if not isinstance(manifest, dict) or not isinstance(manifest.get(name), kind)
    ]
    if wrong:
        raise InputError(
            f"{folder / MANIFEST} lacks {', '.join(wrong)}, or has something else there. Get the package anew."
        )
    if manifest["format"] > FORMAT:
        raise InputError(f"{folder} was written by a later version of framing. Install that, and verify again.")
    return manifest, Analysis.load(folder / "tables")


def match_articles(
    folder: Path, manifest: dict[str, Any], recorded: Analysis, corpus: pd.DataFrame
) -> tuple[list[dict[str, str]], pd.DataFrame]:
    """Find the articles of the package among those given: what is the same, and the corpus by the package's ids."""
    ids = recorded.articles["article_id"]
    if not (folder / HASHED_TEXTS).is_file():
        whole = input_hash(corpus) == recorded.provenance["input"]["sha256"]
        given = set(corpus["article_id"])
        status = [(SAME if whole else UNKNOWN) if article in given else MISSING for article in ids]
        rows = [{"article_id": str(a), "text": s, "title": s} for a, s in zip(ids, status, strict=True)]
        return rows, corpus[corpus["article_id"].isin(ids)]
    names = {"article_id": str, "field": str, "sha256": str}
    hashes = read_table(folder / HASHED_TEXTS, list(names), dtype=names, keep_default_na=False)
    here = text_hashes(corpus, manifest["salt"])
    if manifest["anonymous_ids"]:
        own = _ids_by_hash(hashes, here)
        corpus = corpus.assign(article_id=corpus["article_id"].map(own)).dropna(subset=["article_id"])
        here = here.assign(article_id=here["article_id"].map(own)).dropna(subset=["article_id"])
    was = {(a, f): h for a, f, h in zip(hashes["article_id"], hashes["field"], hashes["sha256"], strict=True)}
    now = {(a, f): h for a, f, h in zip(here["article_id"], here["field"], here["sha256"], strict=True)}
    present = set(corpus["article_id"])
    rows = []
    for article in sorted({*map(str, ids), *map(str, present)}):
        known = article in set(ids)
        by_field = {
            field: _status(was.get((article, field)), now.get((article, field)), known, article in present)
            for field in ("text", "title")
        }
        rows.append({"article_id": article, **by_field})
    return rows, corpus[corpus["article_id"].isin(ids)]


def read_table(path: Path, columns: list[str], **how: Any) -> pd.DataFrame:
    """Read a table of the package, which may have been changed on its way."""
    try:
        table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, **how)
        return table[[*columns, *(c for c in table if c not in columns)]]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"{path} can't be read: {clipped(str(error), most=120)}. The package is not as it was written; get it anew."
        ) from error


def _status(recorded: str | None, given: str | None, known: bool, present: bool) -> str:
    if not known:
        return EXTRA
    if not present:
        return MISSING
    return SAME if recorded == given else DIFFERS


def _ids_by_hash(hashes: pd.DataFrame, here: pd.DataFrame) -> dict[str, str]:
    """The package's number of each given article, by the hash of its text; of equal texts each has its own."""
    waiting: dict[str, list[str]] = {}
    recorded, given = (table[table["field"] == "text"].sort_values("article_id") for table in (hashes, here))
    for article, digest in zip(recorded["article_id"], recorded["sha256"], strict=True):
        waiting.setdefault(digest, []).append(article)
    return {
        str(article): waiting[digest].pop(0)
        for article, digest in zip(given["article_id"], given["sha256"], strict=True)
        if waiting.get(digest)
    }
