"""The result of a run, saved as one Parquet file a table and loaded as it was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.parquet

from framing.analysis.piece_files import PROVENANCE, in_pieces, n_finished, table_files
from framing.analysis.schemas import SCHEMAS, TABLES
from framing.errors import InputError
from framing.tables import FRAMES, LEXICON_COUNTS, Schema, as_table

FRAMED = "frames"  # only in an analysis that `add_frames` gave frames
# What the article table of any version has; its metrics may be those of an older one.
ARTICLES: Schema = {"article_id": "string", "outlet": "string", "n_words": "Int64", "problem": "string"}
PARTS = {"packages": dict, "python": str, "model": dict, "lexicons": dict, "parameters": dict, "input": dict}


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The tables of a run; `analyze` says what is in them.

    Examples
    --------
    >>> from framing import analyze
    >>> text = "It may rain. He said it would not."
    >>> analyze(pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": [text]}))
    Analysis of 1 article of 1 outlet: 1 attribution, 1 hedge, 2 sentences
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    attributions: pd.DataFrame
    hedges: pd.DataFrame
    sentiment: pd.DataFrame
    provenance: dict[str, Any]
    lexicon_counts: pd.DataFrame = field(default_factory=lambda: as_table([], LEXICON_COUNTS))
    frames: pd.DataFrame = field(default_factory=lambda: as_table([], FRAMES))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name; that of frames only when there are any."""
        names = TABLES if self.frames.empty else (*TABLES, FRAMED)
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        found = ", ".join(n_of(len(self.tables[name]), name) for name in ("attributions", "hedges", "sentences"))
        outlets = self.articles["outlet"].nunique()
        return f"Analysis of {n_of(len(self.articles), 'articles')} of {n_of(outlets, 'outlets')}: {found}"

    def save(self, folder: str | Path) -> Path:
        """Write every table as Parquet, and the provenance as JSON, into a folder, which is made if need be.

        Raises
        ------
        InputError
            If `folder` is a file, holds an analysis in pieces, or can't be written to.
        """
        folder = Path(folder)
        if in_pieces(folder):
            raise InputError(f"{folder} holds an analysis in pieces. Name another folder.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{FRAMED}.parquet").unlink(missing_ok=True)
            for name, table in self.tables.items():
                _write_whole(folder / f"{name}.parquet", table.to_parquet(index=False))
            provenance = json.dumps(self.provenance, indent=1, sort_keys=True, ensure_ascii=False)
            _write_whole(folder / PROVENANCE, provenance.encode("utf8"))
        except OSError as error:
            raise InputError(f"the analysis can't be saved in {folder}: {error.strerror or error}.") from error
        except (pyarrow.ArrowException, UnicodeEncodeError) as error:
            raise InputError(
                f"a column of your own can't be stored: {str(error)[:200]}. Make it all strings or numbers, or drop it."
            ) from error
        return folder

    @classmethod
    def load(cls, folder: str | Path) -> "Analysis":
        """Read an analysis that `save` or `analyze_pieces` wrote.

        Raises
        ------
        InputError
            If the folder doesn't hold a whole analysis, its pieces aren't finished, a table lacks a column, or the
            provenance isn't one.
        """
        folder = Path(folder)
        if in_pieces(folder):
            check_finished(folder)
            files = {name: table_files(folder, name) for name in TABLES}
        else:
            _check_whole(folder)
            files = {name: [folder / f"{name}.parquet"] for name in TABLES}
        try:
            tables = {name: _read(files[name], SCHEMAS.get(name, ARTICLES)) for name in TABLES}
            if (folder / f"{FRAMED}.parquet").is_file():
                tables[FRAMED] = _read([folder / f"{FRAMED}.parquet"], FRAMES)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"the analysis in {folder} can't be read: {error}. {_again(folder)}") from error
        return cls(**tables, provenance=load_provenance(folder))


def load_articles(folder: str | Path) -> pd.DataFrame:
    """Read the article table of a saved analysis alone: of millions of articles, it is what a comparison needs.

    Parameters
    ----------
    folder : str or Path
        What `Analysis.save` or `analyze_pieces` wrote.

    Returns
    -------
    pandas.DataFrame
        `Analysis.articles`, as `Analysis.load` gives it.

    Raises
    ------
    InputError
        As `Analysis.load` does.

    Examples
    --------
    >>> import tempfile
    >>> from framing import analyze
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": ["It may rain."]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     articles = load_articles(analyze(corpus).save(folder))
    >>> int(articles["n_hedges"].sum())
    1
    """
    folder = Path(folder)
    if in_pieces(folder):
        check_finished(folder)
        files = table_files(folder, "articles")
    else:
        _check_whole(folder)
        files = [folder / "articles.parquet"]
    try:
        return _read(files, ARTICLES)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the articles in {folder} can't be read: {error}. {_again(folder)}") from error


def load_provenance(folder: str | Path) -> dict[str, Any]:
    """Read the provenance of a saved analysis.

    Raises
    ------
    InputError
        As `Analysis.load` does.
    """
    folder = Path(folder)
    try:
        provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise InputError(f"the analysis in {folder} can't be read: {error}. Make it again.") from error
    _check_provenance(provenance, folder)
    return dict(provenance)


def check_finished(folder: Path) -> None:
    """See that an analysis in pieces is one of all its pieces."""
    if not (folder / PROVENANCE).is_file():
        done, of = n_finished(folder)
        raise InputError(
            f"the analysis in {folder} isn't finished: {done:,} of {of:,} pieces are there. Give the command that "
            "began it again, and it goes on"
        )


def _check_whole(folder: Path) -> None:
    names = [f"{name}.parquet" for name in TABLES] + [PROVENANCE]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise InputError(
            f"{folder} holds no saved analysis: it lacks {', '.join(missing)}. "
            f"Make one with analyze(corpus).save({str(folder)!r}) or `framing analyze ARTICLES --out {folder}`."
        )


def _again(folder: Path) -> str:
    again = "Give the command that made it again: damaged pieces are found and made anew"
    return again if in_pieces(folder) else "Make it again."


def n_of(n: int, things: str) -> str:
    """A number with what it counts.

    Examples
    --------
    >>> n_of(1, "articles"), n_of(2_000, "articles")
    ('1 article', '2,000 articles')
    """
    return f"{n:,} {things.removesuffix('s') if n == 1 else things}"


def _write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename, so that a stop in between never leaves half a file."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _check_provenance(provenance: object, folder: Path) -> None:
    if not isinstance(provenance, dict):
        raise InputError(f"{folder / PROVENANCE} holds no provenance but {type(provenance).__name__}. {_AGAIN}")
    wrong = [name for name, kind in PARTS.items() if not isinstance(provenance.get(name), kind)]
    wrong += ["input › sha256"] if not wrong and not isinstance(provenance["input"].get("sha256"), str) else []
    if wrong:
        raise InputError(
            f"{folder / PROVENANCE} lacks {', '.join(wrong)}, or has something else there; it has: "
            f"{', '.join(map(str, provenance)) or 'nothing'}. {_AGAIN}"
        )


_AGAIN = "Make the analysis again with this version: analyze(corpus).save(folder)"


def _read(paths: Sequence[Path], schema: Schema) -> pd.DataFrame:
    parts = [_read_file(path, schema) for path in paths]
    table = pyarrow.concat_tables(parts).to_pandas()
    if "content_spans" in schema:
        spans = [[[int(start), int(end)] for start, end in row] for row in table["content_spans"]]
        table["content_spans"] = pd.Series(spans, dtype=object, index=table.index)
    text = pd.StringDtype(na_value=pd.NA)
    strings = [c for c in table if isinstance(table[c].dtype, pd.StringDtype)]
    typed: pd.DataFrame = table.astype(dict.fromkeys(strings, text))
    return typed


def _read_file(path: Path, schema: Schema) -> pyarrow.Table:
    try:
        table = pyarrow.parquet.ParquetFile(path).read()
    except (OSError, ValueError) as error:
        raise ValueError(f"{path.parent.name}/{path.name}: {error}") from error
    missing = [name for name in schema if name not in table.column_names]
    if missing:
        has = ", ".join(table.column_names) or "no columns"
        raise ValueError(f"{path.name} lacks the columns {', '.join(missing)}; it has: {has}")
    return table
