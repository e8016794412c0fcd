"""A corpus of any size analysed a piece at a time, each written as it is done: a stop costs no finished piece."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow

from framing.analysis.cache import Cache, open_cache, read_unknown
from framing.analysis.piece_files import (
    PROVENANCE,
    as_json,
    damage,
    read_mark,
    remove_leftovers,
    remove_piece,
    write_piece,
    write_whole,
)
from framing.analysis.plan import PIECE_SIZE, Plan, plan_pieces
from framing.analysis.provenance import hash_of_sum, input_sum
from framing.analysis.running import article_table, check_workers, read_and_tell, read_singly
from framing.analysis.schemas import SCHEMAS, arrow_schema, article_schema
from framing.analysis.shares import SHARE, Article, Lists, Share, articles_of, frames, joined
from framing.analysis.workers import DIED, Tick, work_side_by_side
from framing.corpus.account import Tally, added_up, summary_of
from framing.corpus.languages import ENGLISH
from framing.corpus.parquet_rows import close_parquet
from framing.corpus.stretches import read_stretch
from framing.errors import InputError
from framing.lexicons import Lexicon
from framing.progress import counted

MADE = ("packages", "python", "model", "lexicons", "parameters")


def analyze_pieces(
    source: str | Path,
    folder: str | Path,
    *,
    piece_size: int = PIECE_SIZE,
    hedge_lexicon: str | Path = "hedges_en",
    lexicons: Sequence[str | Path | Lexicon] = (),
    language: str = ENGLISH,
    columns: Mapping[str, str] | None = None,
    outlet: str | None = None,
    clean: bool = True,
    day_first: bool | None = None,
    workers: int = 1,
    progress: bool = True,
    again: bool = False,
    cache: bool | str | Path | None = None,
) -> Path:
    """Analyse a file of any size a piece at a time, and write each piece into a folder as it is done.

    The same call again goes on where the last one was stopped, by whatever: finished pieces are checked and not done
    again. What is written doesn't depend on stops or on the number of workers, byte for byte.

    Parameters
    ----------
    source : str or Path
        A Parquet, CSV, TSV or JSON Lines file (text in UTF-8), or a folder of such files, which is read in the order
        of their names. Every article needs an `article_id`; `outlet` and `text` as in `read_corpus`.
    folder : str or Path
        Where to write; made if need be. `Analysis.load` reads it, and `load_articles` the articles alone. Any reader of
        Parquet reads a table: ``pandas.read_parquet(folder / "hedges")``.
    piece_size : int
        Articles a piece. What is measured of an article doesn't depend on it.
    hedge_lexicon, lexicons, language, workers, progress, cache
        As in `analyze`. Each worker reads the articles of its pieces itself and writes them.
    columns, outlet, clean, day_first
        As in `read_corpus`.
    again : bool
        Begin again where the folder holds pieces of another run, and remove those.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If the source can't be read, an `article_id` is missing or repeats, the folder can't be written to, or it holds
        the pieces of other articles, parameters or versions (the message says what differs). Finished pieces are kept.

    Notes
    -----
    The tables are those of ``analyze(read_corpus(source))``, but for three things. The articles always have
    the columns `language`, `language_probability` and `dateline`, also where all are ``<NA>``. A column of one's own
    has the type that the file says it has. And an `article_id` that is missing or repeats is an error, not repaired.

    Memory doesn't grow with the corpus, but for 8 bytes an article while ids are compared. An article that kills its
    process costs itself only with ``workers=2`` or more: its piece is tried again, then read article by article.

    Examples
    --------
    >>> import tempfile
    >>> corpus = pd.DataFrame({"article_id": ["1", "2", "3"], "outlet": "Herald", "text": "“It may rain,” she said."})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     corpus.to_parquet(Path(folder, "big.parquet"))
    ...     results = analyze_pieces(Path(folder, "big.parquet"), Path(folder, "results"), piece_size=2)
    ...     hedges = pd.read_parquet(results / "hedges")
    >>> hedges[["article_id", "hedge"]].values.tolist()
    [['1', 'may'], ['2', 'may'], ['3', 'may']]
    """
    check_workers(workers)
    plan = plan_pieces(
        source,
        folder,
        piece_size=piece_size,
        hedge_lexicon=hedge_lexicon,
        lexicons=lexicons,
        language=language,
        columns=columns,
        outlet=outlet,
        clean=clean,
        day_first=day_first,
        again=again,
    )
    try:
        _analyze_unfinished(plan, workers, progress, open_cache(cache, plan.lists))
    finally:
        close_parquet()
    return finish_pieces(plan)


def _analyze_unfinished(plan: Plan, workers: int, progress: bool, cache: Cache | None) -> None:
    todo = unfinished_pieces(plan)
    n_articles = sum(stop - start for start, stop in map(plan.rows, todo))
    done = plan.source.n_articles - n_articles
    with counted(unit="articles", total=plan.source.n_articles, done=done, show=progress) as tick:
        if workers == 1:
            for number in todo:
                analyze_piece(plan, number, tick, cache=cache)
        else:
            work = partial(_piece_of_plan, plan, cache)
            for place, result in work_side_by_side(work, todo, min(workers, len(todo)), tick=tick):
                if result is DIED:
                    analyze_piece(plan, todo[place], tick, read=read_singly, cache=cache)


def unfinished_pieces(plan: Plan) -> list[int]:
    """Numbers of the pieces that are still to be done; one whose files are damaged is, and a warning says so."""
    todo = []
    for number in range(plan.n_pieces):
        mark = read_mark(plan.folder, number)
        if mark is not None and (wrong := damage(plan.folder, number, mark)):
            warnings.warn(f"piece {number} is done again: {wrong}", stacklevel=3)
            remove_piece(plan.folder, number)
            mark = None
        if mark is None:
            todo.append(number)
    return todo


def analyze_piece(
    plan: Plan,
    number: int,
    tick: Tick | None = None,
    *,
    read: Callable[..., Share] | None = None,
    cache: Cache | None = None,
) -> None:
    """Read the articles of a piece, measure them and write its tables; nothing is written of a piece that fails."""
    tick = tick or (lambda n: None)
    corpus, account = read_stretch(plan.source, *plan.rows(number))
    articles = articles_of(corpus)
    share = read_unknown(articles, cache, partial(read or _read, tick=tick, lists=plan.lists, cache=cache), tick)
    tables = frames(share)
    told = article_table(corpus, tables, share, plan.names)
    written = {name: _arrow(tables[name], arrow_schema(name)) for name in SCHEMAS}
    about = {"n_articles": len(corpus), "input_sum": hash_of_sum(input_sum(corpus)), "account": list(account)}
    write_piece(plan.folder, number, {"articles": _arrow(told, article_schema(told)), **written}, about)


def finish_pieces(plan: Plan) -> Path:
    """Write the provenance, which makes of finished pieces a finished analysis.

    Raises
    ------
    InputError
        If a piece isn't finished.
    """
    marks = [read_mark(plan.folder, number) for number in range(plan.n_pieces)]
    finished = [mark for mark in marks if mark is not None]
    if len(finished) < len(marks):
        raise InputError(
            f"{plan.folder} holds {len(finished):,} of {len(marks):,} pieces, so it can't be finished. "
            "Give the same command again to go on"
        )
    total = sum(int(mark["input_sum"], 16) for mark in finished)
    account = added_up([plan.source.aside, *(_tally(mark["account"]) for mark in finished)])
    n_articles = plan.source.n_articles
    provenance = {
        **{name: plan.run[name] for name in MADE},
        "input": {"n_articles": n_articles, "sha256": hash_of_sum(total)},
        "reading": {**summary_of(account, n_articles), "options": {**plan.run["options"], "encoding": None}},
        "pieces": {"piece_size": plan.piece_size, "n_pieces": plan.n_pieces},
    }
    write_whole(plan.folder / PROVENANCE, as_json(provenance), plan.folder)
    remove_leftovers(plan.folder)
    return plan.folder


def _piece_of_plan(plan: Plan, cache: Cache | None, number: int, tick: Tick) -> None:
    analyze_piece(plan, number, tick, cache=cache)


def _read(articles: Sequence[Article], tick: Tick, *, lists: Lists, cache: Cache | None) -> Share:
    cuts = (articles[start : start + SHARE] for start in range(0, len(articles), SHARE))
    return joined([read_and_tell(cut, tick, lists=lists, cache=cache) for cut in cuts])


def _arrow(frame: pd.DataFrame, schema: pyarrow.Schema) -> pyarrow.Table:
    return pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False)


def _tally(written: Sequence[object]) -> Tally:
    repaired, cleaned, entries = written
    return Tally(repaired, cleaned, tuple(tuple(entry) for entry in entries))  # type: ignore[arg-type,attr-defined]
