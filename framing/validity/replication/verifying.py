"""Whether a replication package holds what its articles give: texts, tables, comparison, and first of all versions."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis import Analysis, analyze
from framing.analysis.provenance import input_hash
from framing.comparison import compare_outlets
from framing.corpus import check_corpus
from framing.corpus.columns import clipped
from framing.errors import InputError
from framing.lexicons import Lexicon
from framing.tables import Schema, as_table
from framing.validity.replication.arguments import KEY, unlike
from framing.validity.replication.exporting import COMPARED, FORMAT, HASHED_TEXTS, MANIFEST, clean_provenance
from framing.validity.replication.hashing import article_keys, text_hashes
from framing.validity.replication.schema import keep_of
from framing.validity.replication.sentences import sentences_of
from framing.validity.replication.textfree import Cleaner, side_by_side
from framing.validity.versions import version_table

FILES: Schema = {"file": "string", "status": "string"}
ARTICLES: Schema = {"article_id": "string", "text": "string", "title": "string", "tables": "string"}
TABLE_ROWS: Schema = {
    "table": "string",
    "n_recorded": "Int64",
    "n_here": "Int64",
    "n_same": "Int64",
    "n_articles_differ": "Int64",
}
SAME, DIFFERS, MISSING, EXTRA, UNKNOWN = "same", "differs", "not among yours", "not in the package", "not recorded"
ALL_TEXTS = "\x00all"  # no article's id
_ABOUT = {"outlet", "event", "date", "author", "copy", "agency", "original", "share_copied"}
_BY_PLACE = ("sentences", "attributions", "hedges", "sentiment", "lexicon_counts")


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    """What `verify_replication` found.

    Attributes
    ----------
    versions : pandas.DataFrame
        `kind` (package, python, model, lexicon, parameter), `name`, `old` (recorded) and `new` (here), `same`.
    files : pandas.DataFrame
        `file` of the package and `status`: same, differs, missing.
    articles : pandas.DataFrame
        One row per article: `article_id` and, of its `text` and `title`, whether they are the ``same``, one
        ``differs``, is ``not among yours``, ``not in the package`` or ``not recorded``; `tables`: those in which its
        rows come out otherwise, ``<NA>`` when none.
    tables : pandas.DataFrame
        For each table `n_recorded` rows, `n_here`, `n_same`, and `n_articles_differ`.
    sentences : tuple of str
        The same in words, what matters most first.
    """

    versions: pd.DataFrame
    files: pd.DataFrame
    articles: pd.DataFrame
    tables: pd.DataFrame
    sentences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether files, texts and tables are all as recorded; other versions that give the same are no matter."""
        texts = self.articles[["text", "title"]].isin([SAME, UNKNOWN]).all(axis=None)
        whole = (self.tables["n_recorded"] == self.tables["n_same"]) & (self.tables["n_here"] == self.tables["n_same"])
        return bool((self.files["status"] == SAME).all() and texts and whole.all())

    def __repr__(self) -> str:
        return "\n".join(self.sentences)


def verify_replication(
    folder: str | Path,
    corpus: pd.DataFrame,
    *,
    hedge_lexicon: str | Path = "hedges_en",
    lexicons: Sequence[str | Path | Lexicon] = (),
    workers: int = 1,
    progress: bool = True,
) -> Verification:
    """Check a replication package with the articles at hand: whether they are the same, and give the same.

    Parameters
    ----------
    folder : str or path
        What `export_replication` wrote.
    corpus : pandas.DataFrame
        The articles, as `read_corpus` reads them: `article_id, outlet, text`, and `title` where there was one.
    hedge_lexicon, lexicons
        Lexicons of one's own, if the analysis had any (see `analyze`).
    workers : int
        Processes that read articles side by side.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Verification
        Tables `versions`, `files`, `articles` and `tables`, and `sentences` that say the same; printed, it shows these.

    Raises
    ------
    InputError
        (a ValueError) If the folder is no replication package, or has no article in common with the corpus.

    Notes
    -----
    Texts are compared by their salted hashes, character for character, so that a repaired quotation mark counts as
    another text; a title is hashed with its text, and differs when that does. All articles of the package that are at
    hand are then analysed anew with this version. Numbers are taken as the same to six digits, since processors differ
    in the last ones. Articles that were numbered are found by the hash of their text; one that is not found can't be
    named.
    """
    folder = Path(folder)
    manifest, recorded = read_package(folder)
    checked = check_corpus(corpus)
    texts, chosen = _match(folder, manifest, recorded, checked)
    if chosen.empty:
        raise InputError(
            f"none of the {len(recorded.articles):,} articles of {folder} is among the {len(checked):,} given. "
            "Give the articles that it was made from, read in the same way."
        )
    fresh = analyze(
        chosen,
        hedge_lexicon=hedge_lexicon,
        lexicons=lexicons,
        language=str(recorded.provenance["parameters"].get("language", "en")),
        workers=workers,
        progress=progress,
    )
    versions = version_table(recorded.provenance, clean_provenance(fresh.provenance))
    keys = article_keys(chosen, manifest["salt"]) if (folder / HASHED_TEXTS).is_file() else {}
    tables, apart = _compare_tables(recorded, _as_recorded(fresh, keys), _same_texts(texts) if keys else set())
    tables = pd.concat([tables, _comparison(folder, manifest, recorded, fresh)], ignore_index=True)
    rows = [{**row, "tables": apart.get(row["article_id"])} for row in texts]
    articles = as_table(rows, ARTICLES)
    files = _files(folder, manifest)
    return Verification(versions, files, articles, tables, tuple(sentences_of(versions, files, articles, tables)))


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


def _match(
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
    hashes = _read(folder / HASHED_TEXTS, list(names), dtype=names, keep_default_na=False)
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


def _read(path: Path, columns: list[str], **how: Any) -> pd.DataFrame:
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


def _as_recorded(fresh: Analysis, keys: dict[str, str]) -> Analysis:
    """Take the words out of a fresh analysis in the same way; the names in it have passed already, or are numbers."""
    cleaner = Cleaner(keys, texts=pd.DataFrame({"text": []}))
    cleaner.ids = frozenset(fresh.articles["article_id"])
    chains = side_by_side(fresh.tables)
    tables = {name: cleaner.clean(name, table, chains.get(name)) for name, table in fresh.tables.items()}
    return Analysis(**tables, provenance=fresh.provenance)


def _same_texts(texts: list[dict[str, str]]) -> set[str]:
    """The articles whose text is the same, with `ALL_TEXTS` among them when all of the package's are."""
    ours = [row for row in texts if row["text"] != EXTRA]
    same = {row["article_id"] for row in ours if row["text"] == SAME}
    return same | ({ALL_TEXTS} if len(same) == len(ours) else set())


def _compare_tables(recorded: Analysis, fresh: Analysis, same_text: set[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Count the rows that come out the same, and name the tables in which an article's don't."""
    rows, apart = [], dict[str, list[str]]()
    present = set(fresh.articles["article_id"])
    for name in ("articles", *_BY_PLACE):
        one, other = recorded.tables[name], fresh.tables[name]
        # What the corpus says of an article, its event for instance, may have been given to it later.
        columns = [str(c) for c in one if c in other and not (name == "articles" and c in _ABOUT)]
        was, now = (_by_article(name, table, columns, same_text) for table in (one, other))
        same, differ = 0, []
        for article in sorted({*was, *now}):
            before, after = was.get(article, Counter()), now.get(article, Counter())
            same += sum((before & after).values())
            if before != after and article in present:
                differ.append(article)
                apart.setdefault(article, []).append(name)
        counts = {"n_recorded": len(one), "n_here": len(other), "n_same": same, "n_articles_differ": len(differ)}
        rows.append({"table": name, **counts})
    return as_table(rows, TABLE_ROWS), {article: ", ".join(names) for article, names in apart.items()}


def _by_article(
    name: str, table: pd.DataFrame, columns: list[str], same_text: set[str]
) -> dict[str, Counter[tuple[str, ...]]]:
    """Count the rows of each article; hashes whose key is another one are no sign of anything and count as alike."""
    articles = [str(article) for article in table["article_id"]]
    whole = ALL_TEXTS in same_text
    cells = []
    for column in columns:
        values = [_cell(value) for value in table[column]]
        keep = keep_of(name, column)
        of_article = keep is not None and keep.kind == "hashed_words"
        known = [article in same_text if of_article else whole for article in articles]
        cells.append(["#" if v[:1] == "#" and not k else v for v, k in zip(values, known, strict=True)])
    found: dict[str, Counter[tuple[str, ...]]] = {}
    for article, *row in zip(articles, *cells, strict=True):
        found.setdefault(article, Counter())[tuple(row)] += 1
    return found


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return str(value)
    if pd.isna(value):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _comparison(folder: Path, manifest: dict[str, Any], recorded: Analysis, fresh: Analysis) -> pd.DataFrame:
    """Make the comparison again of the fresh counts, with the recorded outlets and events."""
    was = _read(folder / COMPARED, KEY)
    counted = [c for c in recorded.articles if c in fresh.articles and recorded.articles[c].dtype.kind in "iuf"]
    articles = recorded.articles.set_index("article_id")
    newer = fresh.articles.set_index("article_id")[counted]
    articles.loc[newer.index, counted] = newer
    try:
        now = compare_outlets(articles.reset_index(), **manifest["comparison"])
    except (InputError, TypeError) as error:
        raise InputError(f"the comparison of {folder} can't be made again: {error}") from error
    same = sum(not unlike(was[(was[KEY] == row).all(axis=1)], now) for row in was[KEY].values.tolist())
    row = {"table": "comparison", "n_recorded": len(was), "n_here": len(now), "n_same": same, "n_articles_differ": None}
    return as_table([row], TABLE_ROWS)


def _files(folder: Path, manifest: dict[str, Any]) -> pd.DataFrame:
    rows = []
    for name, digest in sorted(manifest["files"].items()):
        path = folder / name
        # A name of the manifest leads nowhere else.
        inside = path.resolve().is_relative_to(folder.resolve())
        there = inside and path.is_file()
        same = there and hashlib.sha256(path.read_bytes()).hexdigest() == digest
        rows.append({"file": name, "status": SAME if same else DIFFERS if there else "missing"})
    return as_table(rows, FILES)
