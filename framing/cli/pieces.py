"""`framing analyze` for inputs too large for memory, or whose analysis takes so long that it may be stopped."""

from pathlib import Path

import pyarrow.parquet
import typer

from framing.analysis import analyze_pieces
from framing.analysis.piece_files import RUN, in_pieces, n_finished, read_json, table_files
from framing.analysis.plan import PIECE_SIZE
from framing.analysis.storing import n_of
from framing.cli.articles import is_basil, renaming
from framing.corpus.parquet_rows import parquet_schema
from framing.corpus.stretches import PARQUET, files_of
from framing.errors import InputError

MOST_ARTICLES = 50_000  # in one go: some 2 GB of memory
MOST_BYTES = 300_000_000  # of text files, which don't say how many articles they hold
STOPPED = 130  # as shells have it for what Ctrl-C ends


def size_of_pieces(source: Path, out: Path, asked: int | None) -> int | None:
    """How many articles at a time: as asked, as a run that was begun here has it, or as a large input needs it."""
    if asked is not None:
        return asked
    if in_pieces(out):
        return int(read_json(out / RUN)["piece_size"])
    return PIECE_SIZE if is_large(source) else None


def is_large(source: Path) -> bool:
    """Whether an input has too many articles to be held in memory."""
    if is_basil(source):
        return False
    try:
        files = [path for path, _ in files_of(source)]
        n_articles = sum(parquet_schema(path)[1] for path in files if path.suffix.lower() in PARQUET)
        n_bytes = sum(path.stat().st_size for path in files if path.suffix.lower() not in PARQUET)
    except (InputError, OSError):  # another format, or a mistake that reading it will name
        return False
    return n_articles > MOST_ARTICLES or n_bytes > MOST_BYTES


def run_in_pieces(
    source: Path,
    out: Path,
    piece_size: int,
    column: list[str] | None,
    outlet: str | None,
    clean: bool,
    language: str,
    workers: int,
    lexicon: list[str] | None,
    agency: list[str] | None,
    again: bool,
    cache: Path | bool,
) -> None:
    """Analyse in pieces, and say what lies where; a stop says how to go on."""
    if agency:
        raise InputError("--agency marks copies, which are looked for among all articles, not in pieces. Leave it out")
    typer.echo(f"{source.name} in pieces of {n_of(piece_size, 'articles')}; copies are not looked for.", err=True)
    try:
        folder = analyze_pieces(
            source,
            out,
            piece_size=piece_size,
            columns=renaming(column or []),
            outlet=outlet,
            clean=clean,
            language=language,
            workers=workers,
            lexicons=lexicon or (),
            again=again,
            cache=cache,
        )
    except KeyboardInterrupt:
        done, of = n_finished(out) if in_pieces(out) else (0, 0)
        typer.echo(f"\nStopped. {done:,} of {of:,} pieces are finished; the same command goes on from there.", err=True)
        raise typer.Exit(STOPPED) from None
    n_articles, n_outlets = _counted(folder)
    typer.echo(
        f"{n_of(n_articles, 'articles')} of {n_of(n_outlets, 'outlets')}, in pieces of {piece_size:,}\n"
        f"Saved in {folder}. Compare the outlets with: framing compare {folder}"
    )


def _counted(folder: Path) -> tuple[int, int]:
    """How many articles and outlets there are, without having them all in memory."""
    n_articles, outlets = 0, set[object]()
    for path in table_files(folder, "articles"):
        column = pyarrow.parquet.ParquetFile(path).read(["outlet"]).column(0)
        n_articles += len(column)
        outlets.update(column.unique().to_pylist())
    return n_articles, len(outlets - {None})
