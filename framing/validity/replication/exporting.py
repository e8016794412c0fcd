"""A comparison as a folder that anybody may have: numbers, places and hashes, and the notebook that makes it again."""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis.metrics import count_row, metric_row
from framing.analysis.piece_files import PROVENANCE
from framing.analysis.provenance import input_hash
from framing.analysis.storing import Analysis
from framing.corpus import check_corpus
from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.validity.codings import CODINGS
from framing.validity.correcting import correct
from framing.validity.replication.arguments import arguments_of, made_again
from framing.validity.replication.hashing import article_keys, salt_of, text_hashes
from framing.validity.replication.provenance import clean_provenance
from framing.validity.replication.quoting import RUN, quoting
from framing.validity.replication.readme import readme
from framing.validity.replication.schema import NAME, NUMBER, Keep, keep_of
from framing.validity.replication.textfree import Cleaner, side_by_side

MANIFEST, HASHED_TEXTS, COMPARED = "replication.json", "hashes.csv", "comparison.parquet"
FORMAT = 1
CELLS = Path(__file__).parent / "notebook.json"


def export_replication(
    analysis: Analysis,
    comparison: pd.DataFrame,
    folder: str | Path,
    *,
    codings: pd.DataFrame | None = None,
    corpus: pd.DataFrame | None = None,
    arguments: Mapping[str, Any] | None = None,
    anonymous_ids: bool = False,
) -> Path:
    """Write all that is needed to make a comparison again, without a word of the articles.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave, or `Analysis.load`.
    comparison : pandas.DataFrame
        What `compare_outlets` gave of ``analysis.articles``, or some of its rows.
    folder : str or path
        Folder to write into: a new or empty one, or one that this function wrote before.
    codings : pandas.DataFrame, optional
        Hand codings (see `codings_of`), which go along without the coders' names; what `correct` makes of them is made
        again too.
    corpus : pandas.DataFrame, optional
        The corpus that was analysed. With it the folder has a hash of each text and of the words of each row, and
        every name and id that goes into it is checked for words of an article.
    arguments : mapping, optional
        How `compare_outlets` was called, by argument. Only needed when the table was read from a file and was made with
        an `adjust`, `n_resamples`, `seed` or column of events of one's own; else it is known.
    anonymous_ids : bool
        Number articles and events in place of their ids and names. Outlets keep their names, since the comparison is
        of them.

    Returns
    -------
    pathlib.Path
        The folder. In it: `README.md`, which says what is there, what is missing and why; `comparison.csv` and
        ``.parquet``; `comparison.ipynb`, which makes them again; `tables/`, which `Analysis.load` reads; `columns.csv`,
        what was done with each column; `replication.json`, with the comparison's arguments, the salt, and a hash of
        every file; with `corpus` `hashes.csv`; with `codings` `codings.csv` and, where they correct something,
        `corrected.parquet`.

    Raises
    ------
    InputError
        (a ValueError) If the comparison can't be made again from this analysis, `corpus` isn't the one that was
        analysed, the folder holds other things, or the name of an outlet, metric or lexicon has five words in a row
        that are an article's (or, without `corpus`, could be).

    Notes
    -----
    Which columns hold words is data (`framing/validity/replication/columns.csv`); a column that isn't listed there is
    left out, but for those that the comparison is of. Of a lexicon's entry the folder keeps the entry, not what the
    article has; entries of five words or more, or that stand side by side and would make five, are hashed too. Titles,
    addresses and columns of one's own are left out; authors and sources are hashed. Words are hashed with a key made of
    their article's text, names with one made of all texts, so that nobody finds them by trying words who hasn't got the
    texts; without `corpus` there are no keys, words are left out and names numbered. Nothing is written before the
    comparison was made again from what is to be written. The same analysis gives the same bytes, whatever its row
    order.

    Examples
    --------
    >>> import tempfile
    >>> from framing import analyze, compare_outlets, load_example
    >>> corpus = load_example()
    >>> analysis = analyze(corpus, progress=False)
    >>> with tempfile.TemporaryDirectory() as place:
    ...     comparison = compare_outlets(analysis.articles, ["share_words_source"])
    ...     folder = export_replication(analysis, comparison, place, corpus=corpus)
    ...     again = Analysis.load(folder / "tables")
    >>> again.attributions[["source_start", "source", "cue_lemma"]].head(1).values.tolist()
    [[24, '#74f5541dac8e9790', 'approve']]
    """
    folder = _usable(Path(folder))
    asked = arguments_of(comparison, arguments)
    texts = None if corpus is None else _same_corpus(corpus, analysis)
    salt = salt_of(str(analysis.provenance["input"]["sha256"]))
    keys = {} if texts is None else article_keys(texts, salt)
    cleaner = Cleaner(keys, texts, anonymous_ids, _needed(analysis.articles, asked, comparison))
    _check_names([*analysis.provenance["parameters"].get("lexicons", {}), *cleaner.asked], texts)
    cleaned = cleaned_analysis(analysis, cleaner)
    compared = made_again(cleaned.articles, comparison, asked)
    files = {COMPARED: _parquet(compared), "comparison.csv": _csv(compared)}
    if codings is not None:
        files |= _coded(codings, cleaner, cleaned, compared, asked)
    if texts is not None:
        hashes = text_hashes(texts, salt)
        hashes["article_id"] = hashes["article_id"].replace(cleaner.codes.get("article_id", {}))
        files[HASHED_TEXTS] = _csv(hashes.sort_values(["article_id", "field"], ignore_index=True))
    account = cleaner.accounted()
    files["columns.csv"] = _csv(account)
    files["comparison.ipynb"] = notebook(codings=codings is not None, corrected="corrected.parquet" in files)
    files["README.md"] = readme(cleaned, account, set(files), cleaner).encode("utf8")
    tables = {f"tables/{name}.parquet": _parquet(table) for name, table in cleaned.tables.items()}
    files |= tables | {f"tables/{PROVENANCE}": _json(cleaned.provenance)}
    _check_unquoted({"comparison": compared, "columns": account[["table", "column"]], **cleaned.tables}, texts)
    manifest = {
        "format": FORMAT,
        "comparison": asked,
        "salt": salt,
        "anonymous_ids": "article_id" in cleaner.codes,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return _write(folder, files | {MANIFEST: _json(manifest)})


def cleaned_analysis(analysis: Analysis, cleaner: Cleaner) -> Analysis:
    """Give the analysis without the articles' words."""
    cleaner.name_articles(analysis.articles)
    chains = side_by_side(analysis.tables)
    tables = {name: cleaner.clean(name, table, chains.get(name)) for name, table in analysis.tables.items()}
    return Analysis(**tables, provenance=clean_provenance(analysis.provenance))


def _needed(articles: pd.DataFrame, asked: Mapping[str, Any], comparison: pd.DataFrame) -> dict[str, Keep]:
    """The columns that the comparison needs and no schema knows: metrics of one's own, and the column of events."""
    metrics = asked["metrics"] if asked["metrics"] is not None else list(dict.fromkeys(comparison["metric"]))
    needed = {str(name): NUMBER for name in metrics}
    for name in [*needed]:
        # Where its counts are there it is compared as their ratio, so they must be there too.
        made = metric_row(name) or {}
        needed |= {str(made[part]): NUMBER for part in ("numerator", "denominator") if part in made}
    if asked["event"] is not None and asked["event"] in articles:
        needed[str(asked["event"])] = NAME
    return {name: keep for name, keep in needed.items() if keep_of("articles", name) is None}


def _coded(
    codings: pd.DataFrame, cleaner: Cleaner, cleaned: Analysis, compared: pd.DataFrame, asked: Mapping[str, Any]
) -> dict[str, bytes]:
    """The codings without coders and words, and what they make of the comparison, if they correct any of it."""
    missing = [column for column in CODINGS if column not in codings]
    if missing:
        raise InputError(f"codings lack the columns {shown(missing)}; they have: {shown(codings.columns)}.")
    values = pd.to_numeric(codings["value"], errors="coerce")
    if values.isna().any():
        raise InputError("codings hold values that are no numbers, and words could be an article's. Give numbers.")
    wrong = [
        str(name)
        for name in dict.fromkeys(codings["metric"])
        if not (metric_row(str(name)) or count_row(str(name)) or str(name) in cleaned.articles)
    ]
    if wrong:
        raise InputError(f"codings are of {clipped(wrong[0])!r}, which is no metric of framing.")
    kept = cleaner.clean("codings", codings.assign(value=values))
    order = ["metric", "unit_id", "coder"]
    kept = kept.reindex(columns=CODINGS).sort_values(order, kind="stable", ignore_index=True)
    data = _csv(kept)
    try:
        corrected = correct(cleaned, compared, _read_again(data), event=asked["event"], copies=asked["copies"])
    except InputError:
        return {"codings.csv": data}
    return {"codings.csv": data, "corrected.parquet": _parquet(corrected)}


def _read_again(data: bytes) -> pd.DataFrame:
    """Read codings as the notebook does: numbers as numbers, all else as written."""
    names = ["unit_id", "coder", "metric", "article_id", "field", "outlet", "stratum"]
    return pd.read_csv(io.BytesIO(data), keep_default_na=False, dtype=dict.fromkeys(names, str))


def notebook(*, codings: bool, corrected: bool) -> bytes:
    """Make the notebook of cells that are the same for every comparison: what differs, it reads from the folder."""
    cells: list[dict[str, Any]] = []
    for kind, source in json.loads(CELLS.read_text(encoding="utf8")):
        if kind.startswith("codings ") and not (codings and corrected):
            continue
        cell = {"cell_type": kind.split()[-1], "id": f"cell-{len(cells)}", "metadata": {}}
        cell["source"] = source.splitlines(keepends=True)
        cells.append(cell | ({"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return _json({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def _usable(folder: Path) -> Path:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; name a folder to write the replication package into.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise InputError(f"{folder} holds other files, which would go along with the package. Name a new folder.")
    return folder


def _same_corpus(corpus: pd.DataFrame, analysis: Analysis) -> pd.DataFrame:
    checked = check_corpus(corpus)
    if input_hash(checked) != analysis.provenance["input"]["sha256"]:
        raise InputError(
            "corpus is not the one that was analysed: its texts, outlets or events differ. Give that one, or leave it "
            "out; the package then has no hashes of the texts."
        )
    return checked


def _check_names(names: list[str], texts: pd.DataFrame | None) -> None:
    quoted = sorted(quoting(names, texts))
    if quoted:
        raise InputError(
            f"{clipped(quoted[0], most=60)!r}, the name of a metric, column or lexicon, has {RUN} words in a row that "
            "are or could be an article's. Give it a shorter name, and analyse and compare again."
        )


def _check_unquoted(tables: Mapping[str, pd.DataFrame], texts: pd.DataFrame | None) -> None:
    """Look once more at every string that would be written, where the texts are known."""
    if texts is None:
        return
    for name, table in tables.items():
        columns = [column for column in table if isinstance(table[column].dtype, pd.StringDtype)]
        strings = {str(value) for column in columns for value in table[column].dropna().unique()}
        own = strings - set(table["method"].dropna()) if "method" in table and name == "comparison" else strings
        quoted = quoting(own, texts)
        if quoted:
            raise InputError(
                f"nothing was written, for the table {name} would hold words of an article: "
                f"{clipped(min(quoted), most=60)!r}. Rename what holds them, or number it: anonymous_ids=True."
            )


def _parquet(table: pd.DataFrame) -> bytes:
    plain = table.copy()
    plain.attrs = {}  # Parquet would keep them
    return bytes(plain.to_parquet(index=False))


def _csv(table: pd.DataFrame) -> bytes:
    return str(table.to_csv(index=False, lineterminator="\n")).encode("utf8")


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf8")


def _write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files, and take away those that an earlier package had and this one hasn't."""
    try:
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        for name in (HASHED_TEXTS, "codings.csv", "corrected.parquet"):
            (folder / name).unlink(missing_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise InputError(f"the package can't be written to {folder}: {error.strerror or error}.") from error
    return folder
