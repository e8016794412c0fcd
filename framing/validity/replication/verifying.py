"""Whether a replication package holds what its articles give: texts, tables, comparison, and first of all versions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis import Analysis, analyze
from framing.comparison import compare_outlets
from framing.corpus import check_corpus
from framing.errors import InputError
from framing.lexicons import Lexicon
from framing.tables import Schema, as_table
from framing.validity.replication.arguments import KEY, unlike
from framing.validity.replication.exporting import COMPARED, HASHED_TEXTS
from framing.validity.replication.hashing import article_keys
from framing.validity.replication.package import DIFFERS, SAME, UNKNOWN, match_articles, read_package, read_table
from framing.validity.replication.provenance import clean_provenance
from framing.validity.replication.sentences import sentences_of
from framing.validity.replication.tables import TABLE_ROWS, as_recorded, compare_tables, same_texts
from framing.validity.versions import version_table

FILES: Schema = {"file": "string", "status": "string"}
ARTICLES: Schema = {"article_id": "string", "text": "string", "title": "string", "tables": "string"}


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
    texts, chosen = match_articles(folder, manifest, recorded, checked)
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
    tables, apart = compare_tables(recorded, as_recorded(fresh, keys), same_texts(texts) if keys else set())
    tables = pd.concat([tables, _comparison(folder, manifest, recorded, fresh)], ignore_index=True)
    rows = [{**row, "tables": apart.get(row["article_id"])} for row in texts]
    articles = as_table(rows, ARTICLES)
    files = _files(folder, manifest)
    return Verification(versions, files, articles, tables, tuple(sentences_of(versions, files, articles, tables)))


def _comparison(folder: Path, manifest: dict[str, Any], recorded: Analysis, fresh: Analysis) -> pd.DataFrame:
    """Make the comparison again of the fresh counts, with the recorded outlets and events."""
    was = read_table(folder / COMPARED, KEY)
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
