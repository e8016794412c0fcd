"""The result of a run, saved as one Parquet file a table and loaded as it was."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow

from framing.analysis.schemas import SCHEMAS, TABLES
from framing.errors import InputError
from framing.tables import FRAMES, LEXICON_COUNTS, Schema, as_table

FRAMED = "frames"  # only in an analysis that `add_frames` gave frames
# What the article table of any version has; its metrics may be those of an older one.
ARTICLES: Schema = {"article_id": "string", "outlet": "string", "n_words": "Int64", "problem": "string"}
PARTS = {"packages": dict, "python": str, "model": dict, "lexicons": dict, "parameters": dict, "input": dict}
PROVENANCE = "provenance.json"


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
        found = ", ".join(_number(len(self.tables[name]), name) for name in ("attributions", "hedges", "sentences"))
        outlets = self.articles["outlet"].nunique()
        return f"Analysis of {_number(len(self.articles), 'articles')} of {_number(outlets, 'outlets')}: {found}"

    def save(self, folder: str | Path) -> Path:
        """Write every table as Parquet, and the provenance as JSON, into a folder, which is made if need be.

        Raises
        ------
        InputError
            If `folder` is a file, or can't be written to.
        """
        folder = Path(folder)
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
        """Read an analysis that `save` wrote.

        Raises
        ------
        InputError
            If the folder doesn't hold a whole analysis, a table lacks a column, or the provenance isn't one.
        """
        folder = Path(folder)
        names = [f"{name}.parquet" for name in TABLES] + [PROVENANCE]
        missing = [name for name in names if not (folder / name).is_file()]
        if missing:
            raise InputError(
                f"{folder} holds no saved analysis: it lacks {', '.join(missing)}. "
                f"Make one with analyze(corpus).save({str(folder)!r}) or `framing analyze ARTICLES --out {folder}`."
            )
        try:
            tables = {name: _read(folder / f"{name}.parquet", SCHEMAS.get(name, ARTICLES)) for name in TABLES}
            if (folder / f"{FRAMED}.parquet").is_file():
                tables[FRAMED] = _read(folder / f"{FRAMED}.parquet", FRAMES)
            provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"the analysis in {folder} can't be read: {error}. Make it again.") from error
        _check_provenance(provenance, folder)
        return cls(**tables, provenance=provenance)


def _number(n: int, things: str) -> str:
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


def _read(path: Path, schema: Schema) -> pd.DataFrame:
    table = pd.read_parquet(path)
    missing = [name for name in schema if name not in table]
    if missing:
        has = ", ".join(map(str, table.columns)) or "no columns"
        raise ValueError(f"{path.name} lacks the columns {', '.join(missing)}; it has: {has}")
    if "content_spans" in schema:
        spans = [[[int(start), int(end)] for start, end in row] for row in table["content_spans"]]
        table["content_spans"] = pd.Series(spans, dtype=object, index=table.index)
    text = pd.StringDtype(na_value=pd.NA)
    strings = [c for c in table if isinstance(table[c].dtype, pd.StringDtype)]
    return table.astype(dict.fromkeys(strings, text))
