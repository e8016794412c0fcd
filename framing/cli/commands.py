"""The commands and how their errors are told."""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from framing.analysis import analyze, name_lexicons
from framing.cli.articles import (
    advise_events,
    check_questions,
    compare_asked,
    could_find,
    for_the_shell,
    is_basil,
    make_folder,
    mark_copies,
    read,
    renaming,
    say_findings,
    second_opinion,
    with_events,
)
from framing.cli.benchmark import benchmark_command
from framing.cli.caching import cache_command, telling_plainly
from framing.cli.coding import agreement_command, correct_command, sample, validate_command
from framing.cli.comparing import compare, methods, sensitivity_command
from framing.cli.comparisons import forget_comparison, save_comparison
from framing.cli.frames import app as frames_app
from framing.cli.options import (
    Again,
    Agencies,
    ByArticle,
    Cache,
    CacheFolder,
    Clean,
    Columns,
    Contrast,
    Copies,
    Event,
    Events,
    Input,
    Language,
    Lexicons,
    Metrics,
    Out,
    Outlet,
    Pieces,
    Workers,
)
from framing.cli.pieces import run_in_pieces, size_of_pieces
from framing.cli.replicating import diff, replicate, verify
from framing.cli.validity import evaluate_command
from framing.comparison.copies import check_treatment, has_copies
from framing.corpus import (
    describe_corpus,
    match_events,
    read_corpus_with_account,
    write_events,
)
from framing.corpus.events import THRESHOLD, THRESHOLD_UNDATED, WINDOW_DAYS
from framing.errors import InputError, TooFewError
from framing.views import write_report
from framing.views.corpus_plot import write_corpus_plot

app = typer.Typer(
    name="framing",
    help="Compare how news outlets tell the same events: who gets to speak, how sure they sound, in what tone, and in "
    "whose voice.",
    epilog="Begin with: framing report data/example/articles.csv --out build/report",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


DESCRIBED = ("outlets", "lengths", "reading")  # months, events and languages may be long: they are for a file


@app.command()
def report(
    source: Input,
    out: Out,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
    language: Language = "en",
    workers: Workers = 1,
    lexicon: Lexicons = None,
    metric: Metrics = None,
    contrast: Contrast = None,
    event: Event = "event",
    events: Events = None,
    by_article: ByArticle = False,
    copies: Copies = "keep",
    agency: Agencies = None,
    cache: Cache = False,
    cache_folder: CacheFolder = None,
) -> None:
    """Read articles, measure, compare the outlets, and write a report with every number's sentences.

    Writes report.html (open it in any browser; it needs no network), comparison.csv, and the tables of the analysis
    twice: as Parquet for the next run, and as CSV, to which the report links.
    """
    corpus = with_events(read(source, column, outlet, clean), events, event)
    check_questions(corpus, metric, event, contrast, by_article, name_lexicons(lexicon or ()))
    if not by_article:
        advise_events(corpus, source, event)
    check_treatment(copies)
    make_folder(out)
    corpus = mark_copies(corpus, agency)
    analysis = analyze(corpus, lexicons=lexicon or (), language=language, workers=workers, cache=cache_folder or cache)
    analysis.save(out / "tables")
    forget_comparison(out)
    comparison, detectable, problem, agreement = None, None, None, ""
    by_copies: dict[str, pd.DataFrame] = {}
    try:
        comparison = compare_asked(analysis.articles, metric, event, contrast, by_article, copies)
        detectable = could_find(analysis.articles, metric, event, contrast, by_article, copies)
        agreement = second_opinion(analysis.articles, comparison, metric, event, contrast, by_article, copies)
        save_comparison(comparison, out, analysis.provenance)
        by_copies = {copies: comparison}
        if has_copies(analysis.articles):
            other = "drop" if copies == "keep" else "keep"
            by_copies[other] = compare_asked(analysis.articles, metric, event, contrast, by_article, other)
    except TooFewError as error:
        # Where only the copies' other treatment leaves too little, what was asked for stands.
        problem = None if by_copies else str(error)
    page = write_report(
        analysis,
        corpus,
        comparison,
        out=out,
        comparison_problem=problem,
        by_copies=by_copies,
        detectable=detectable,
        agreement=agreement,
        tables="tables",
    )
    typer.echo(f"Report: {page}")
    say_findings(comparison, detectable, problem, agreement)


@app.command(name="analyze")
def analyze_command(
    source: Input,
    out: Out,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
    language: Language = "en",
    workers: Workers = 1,
    lexicon: Lexicons = None,
    agency: Agencies = None,
    cache: Cache = False,
    cache_folder: CacheFolder = None,
    pieces: Pieces = None,
    again: Again = False,
) -> None:
    """Read articles, run every measure, and save the tables (Parquet) with their provenance."""
    if piece_size := size_of_pieces(source, out, pieces):
        run_in_pieces(
            source,
            out,
            piece_size,
            column,
            outlet,
            clean,
            language,
            workers,
            lexicon,
            agency,
            again,
            cache_folder or cache,
        )
        return
    corpus = mark_copies(read(source, column, outlet, clean), agency)
    make_folder(out)
    analysis = analyze(corpus, lexicons=lexicon or (), language=language, workers=workers, cache=cache_folder or cache)
    folder = analysis.save(out)
    typer.echo(f"{analysis!r}\nSaved in {folder}. Compare the outlets with: framing compare {folder}")


@app.command(name="events")
def events_command(
    source: Input,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="CSV file to write.")],
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
    window_days: Annotated[int, typer.Option(help="The most days from the first article of an event to the last.")] = (
        WINDOW_DAYS
    ),
    threshold: Annotated[
        float, typer.Option(help="Lowest mean score of articles of one event; higher: fewer and purer events.")
    ] = THRESHOLD,
    threshold_undated: Annotated[float, typer.Option(help="The same where a date is missing.")] = THRESHOLD_UNDATED,
) -> None:
    """Find which articles tell the same event, and write a CSV to look through and decide on."""
    corpus = read(source, column, outlet, clean)
    matched = match_events(corpus, window_days=window_days, threshold=threshold, threshold_undated=threshold_undated)
    path = write_events(matched, corpus, out)
    typer.echo(
        f"{matched.attrs['matching']['sentence']}.\n"
        f"Events: {path}. Look at the doubtful ones, write what is wrong into the column decision (an event's name, or "
        f"none), and go on with: framing report {source} --events {path} --out DIR"
    )


app.command()(compare)
app.command(name="sensitivity")(sensitivity_command)
app.command()(methods)


@app.command()
def describe(
    source: Input,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Write the tables and corpus.png here too.")
    ] = None,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
) -> None:
    """Read articles and say what is there: how many of which outlet, when, how long, in what language, what was odd."""
    if is_basil(source):
        corpus, account = read(source, column, outlet, clean), None
    else:
        corpus, account = read_corpus_with_account(source, columns=renaming(column or []), outlet=outlet, clean=clean)
        typer.echo(f"{source.name}: {corpus.attrs['reading']['sentence']}", err=True)
    tables = describe_corpus(corpus, account)
    for name in DESCRIBED:
        if len(tables[name]):
            known = tables[name].dropna(axis="columns", how="all")
            typer.echo(f"{name}\n{known.to_string(index=False, na_rep='–', float_format='{:,.0f}'.format)}\n")
    if out is not None:
        make_folder(out)
        for name, table in tables.items():
            table.to_csv(out / f"{name}.csv", index=False)
        write_corpus_plot(corpus, out / "corpus.png")
        typer.echo(f"Tables and corpus.png: {out}")


app.command()(sample)
app.command(name="agreement")(agreement_command)
app.command(name="validate")(validate_command)
app.command(name="correct")(correct_command)
app.command(name="evaluate")(evaluate_command)
app.add_typer(frames_app, name="frames")
app.command()(replicate)
app.command()(verify)
app.command()(diff)
app.command(name="cache")(cache_command)
app.command(name="benchmark")(benchmark_command)


@app.callback(invoke_without_command=True)
def _options(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if show_version:
        typer.echo(f"framing {version('framing')}")
        raise typer.Exit


def main() -> None:
    """Run the command line; a user's mistake ends with exit code 2 and one line."""
    try:
        with telling_plainly():
            sys.exit(app(standalone_mode=False) or 0)
    except InputError as error:
        sys.exit(_complain(for_the_shell(str(error))))
    except OSError as error:
        sys.exit(_complain(f"{error.filename or 'a file'}: {error.strerror or error}"))
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        # What is wrong with the words typed; typer's own copy of click gives these errors no public name.
        message = getattr(error, "format_message", None)
        if message is None:
            raise
        sys.exit(_complain(f"{message()} See: framing --help"))


def _complain(message: str) -> int:
    typer.echo(f"framing: {' '.join(message.split())}", err=True)
    return 2
