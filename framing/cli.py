"""The command line: a thin layer over the same functions."""

import re
import sys
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from framing.analysis import Analysis, analyze, count_table, difference_table, metric_table, name_lexicons
from framing.comparison import compare_outlets, describe_findings
from framing.comparison.contrasts import PAIRWISE, REST
from framing.comparison.copies import check_treatment, has_copies
from framing.corpus import (
    MARKS,
    add_copies,
    copies_summary,
    describe_corpus,
    find_copies,
    load_basil,
    match_events,
    read_corpus,
    read_corpus_with_account,
    read_events,
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

Input = Annotated[
    Path,
    typer.Argument(
        metavar="INPUT",
        help="Articles: a CSV, TSV, JSON, JSON Lines, Parquet or Excel file with columns outlet and text; a saved page "
        "(.html), feed (.rss, .atom, .xml) or web archive (.warc, .warc.gz); an export of Nexis Uni (.docx, .rtf), "
        "Factiva (.html), ProQuest (.txt) or as RIS; a text file; a folder of any of these (one sub-folder an outlet); "
        "or the folder of the BASIL corpus (or just: basil).",
        show_default=False,
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into; made if need be.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", "-c", metavar="THEIRS=OURS", help="Rename a column, e.g. body=text; may be repeated."),
]
Outlet = Annotated[str | None, typer.Option(help="The outlet of articles for which the input names none.")]
Clean = Annotated[bool, typer.Option("--clean/--no-clean", help="Cut out page debris such as share bars.")]
Workers = Annotated[int, typer.Option(help="Processes that read articles side by side; the result is the same.")]
Language = Annotated[
    str, typer.Option(help="en leaves articles that are surely not in English uncounted; any counts them too.")
]
Lexicons = Annotated[
    list[str] | None,
    typer.Option(
        "--lexicon",
        "-l",
        metavar="FILE",
        help="Count the words of this sentiment lexicon too: a CSV, Lexicoder's .lc3, quanteda's .yml, or vader; "
        "may be repeated.",
    ),
]
Metrics = Annotated[
    list[str] | None,
    typer.Option("--metric", "-m", help="Compare this metric; may be repeated. Without it the core family is asked."),
]
Contrast = Annotated[
    str | None,
    typer.Option(
        help="pairwise, rest, or the outlet that the others are compared with. Without it up to three outlets are "
        "compared pairwise, more each with the rest, which asks fewer questions.",
        show_default=False,
    ),
]
Event = Annotated[str, typer.Option(help="Column that tells which articles are about the same event.")]

Copies = Annotated[
    str,
    typer.Option(
        metavar="keep|drop|separate",
        help="Keep agency copy and near-duplicates, leave them out, or make agency copy an outlet of its own.",
    ),
]
Agencies = Annotated[
    list[str] | None,
    typer.Option("--agency", metavar="NAME", help="A news agency that framing doesn't know; may be repeated."),
]
Events = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help="Events as `framing events` wrote them, with your decisions; in place of those of the articles.",
    ),
]
ByArticle = Annotated[
    bool, typer.Option("--by-article", help="Don't pair by event; mixes the choice of events with how they are told.")
]

FINDINGS = 3
COMPARISON = "comparison.csv"
DESCRIBED = ("outlets", "lengths", "reading")  # months, events and languages may be long: they are for a file
ADVICE = (
    (r"compare_outlets\(articles, event=None\)", "--by-article"),
    (r'read_corpus\(path, columns=\{"([^"]*)": "([^"]*)"\}\)', r"--column \1=\2"),
    (r"columns= names", "--column names"),
)
FEW_OUTLETS = 3  # so many are compared pairwise; ten pairs of five outlets would drown what five contrasts can show


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
) -> None:
    """Read articles, measure, compare the outlets, and write a report with every number's sentences.

    Writes report.html (open it in any browser; it needs no network), comparison.csv, and the tables of the analysis.
    """
    corpus = _with_events(_read(source, column, outlet, clean), events, event)
    _check_questions(corpus, metric, event, contrast, by_article, name_lexicons(lexicon or ()))
    check_treatment(copies)
    _make_folder(out)
    corpus = _mark_copies(corpus, agency)
    analysis = analyze(corpus, lexicons=lexicon or (), language=language, workers=workers)
    analysis.save(out / "tables")
    table = out / COMPARISON
    table.unlink(missing_ok=True)  # of an earlier report in this folder
    comparison, problem = None, None
    by_copies: dict[str, pd.DataFrame] = {}
    try:
        comparison = _compare(analysis.articles, metric, event, contrast, by_article, copies)
        comparison.to_csv(table, index=False)
        by_copies = {copies: comparison}
        if has_copies(analysis.articles):
            other = "drop" if copies == "keep" else "keep"
            by_copies[other] = _compare(analysis.articles, metric, event, contrast, by_article, other)
    except TooFewError as error:
        # Where only the copies' other treatment leaves too little, what was asked for stands.
        problem = None if by_copies else str(error)
    page = write_report(analysis, corpus, comparison, out=out, comparison_problem=problem, by_copies=by_copies)
    typer.echo(f"Report: {page}")
    _say_findings(comparison, problem)


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
) -> None:
    """Read articles, run every measure, and save the tables (Parquet) with their provenance."""
    corpus = _mark_copies(_read(source, column, outlet, clean), agency)
    _make_folder(out)
    analysis = analyze(corpus, lexicons=lexicon or (), language=language, workers=workers)
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
    corpus = _read(source, column, outlet, clean)
    matched = match_events(corpus, window_days=window_days, threshold=threshold, threshold_undated=threshold_undated)
    path = write_events(matched, corpus, out)
    typer.echo(
        f"{matched.attrs['matching']['sentence']}.\n"
        f"Events: {path}. Look at the doubtful ones, write what is wrong into the column decision (an event's name, or "
        f"none), and go on with: framing report {source} --events {path} --out DIR"
    )


@app.command()
def compare(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Folder that `framing analyze` or `framing report` wrote.", show_default=False
        ),
    ],
    metric: Metrics = None,
    contrast: Contrast = None,
    event: Event = "event",
    events: Events = None,
    by_article: ByArticle = False,
    copies: Copies = "keep",
) -> None:
    """Compare the outlets of a saved analysis; writes comparison.csv beside its tables."""
    check_treatment(copies)
    tables = folder / "tables"  # where `framing report` puts them
    analysis = Analysis.load(tables if tables.is_dir() else folder)
    path = folder / COMPARISON
    path.unlink(missing_ok=True)
    comparison = _compare(_with_events(analysis.articles, events, event), metric, event, contrast, by_article, copies)
    comparison.to_csv(path, index=False)
    typer.echo(f"Comparison: {path} ({len(comparison)} rows)")
    _say_findings(comparison, None)


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
    if _is_basil(source):
        corpus, account = _read(source, column, outlet, clean), None
    else:
        corpus, account = read_corpus_with_account(source, columns=_renaming(column or []), outlet=outlet, clean=clean)
        typer.echo(f"{source.name}: {corpus.attrs['reading']['sentence']}", err=True)
    tables = describe_corpus(corpus, account)
    for name in DESCRIBED:
        if len(tables[name]):
            known = tables[name].dropna(axis="columns", how="all")
            typer.echo(f"{name}\n{known.to_string(index=False, na_rep='–', float_format='{:,.0f}'.format)}\n")
    if out is not None:
        _make_folder(out)
        for name, table in tables.items():
            table.to_csv(out / f"{name}.csv", index=False)
        write_corpus_plot(corpus, out / "corpus.png")
        typer.echo(f"Tables and corpus.png: {out}")


def _is_basil(source: Path) -> bool:
    named = str(source) == "basil" and not source.exists()
    return named or ((source / "articles").is_dir() and (source / "annotations").is_dir())


def _read(source: Path, columns: list[str] | None, outlet: str | None, clean: bool) -> pd.DataFrame:
    if _is_basil(source):
        return load_basil(source if source.exists() else None)
    return read_corpus(source, columns=_renaming(columns or []), outlet=outlet, clean=clean)


def _mark_copies(corpus: pd.DataFrame, agencies: list[str] | None) -> pd.DataFrame:
    """Mark copies, unless the corpus has marks, or columns of these names that mean something else."""
    if not set(MARKS).isdisjoint(corpus.columns):
        return corpus
    found = find_copies(corpus, agencies=agencies or ())
    if found["copy"].any():
        typer.echo(f"Copies: {copies_summary(found)}")
    return add_copies(corpus, found)


def _with_events(articles: pd.DataFrame, events: Path | None, column: str) -> pd.DataFrame:
    """The articles with the events of a file in the column that tells them."""
    if events is None:
        return articles
    decided = read_events(events, articles)
    return articles.assign(**{column: decided["event"].array})


def _make_folder(out: Path) -> None:
    """Make the folder before the work, so that a wrong path costs no run."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"--out {out} can't be made a folder: {error.strerror or error}. Name another.") from error


def _check_questions(
    corpus: pd.DataFrame,
    metrics: list[str] | None,
    event: str,
    contrast: str | None,
    by_article: bool,
    lexicons: list[str],
) -> None:
    """Find what is mistyped before the articles are analysed."""
    tables = (metric_table(lexicons), difference_table(lexicons), count_table(lexicons))
    known = [*(name for table in tables for name in table.index), *corpus.columns]
    for name in metrics or []:
        if name not in known:
            close = ", ".join(get_close_matches(name, known, 3)) or "see metrics.csv"
            raise InputError(f"--metric {name!r} is no metric; did you mean: {close}?")
    if not by_article and event != "event" and event not in corpus:
        raise InputError(
            f"--event {event!r} is no column of the articles; they have: {', '.join(map(str, corpus.columns))}. "
            "Name the column of events, or compare by article with --by-article."
        )
    outlets = sorted(corpus["outlet"].dropna().unique())
    if contrast is not None and contrast not in (PAIRWISE, REST, *outlets):
        raise InputError(
            f"--contrast {contrast!r} is neither pairwise, rest, nor an outlet; the outlets are: {', '.join(outlets)}."
        )


def _compare(
    articles: pd.DataFrame, metrics: list[str] | None, event: str, contrast: str | None, by_article: bool, copies: str
) -> pd.DataFrame:
    few = articles["outlet"].nunique() <= FEW_OUTLETS
    chosen = contrast or (PAIRWISE if few else REST)
    return compare_outlets(articles, metrics, event=None if by_article else event, contrast=chosen, copies=copies)


def _renaming(pairs: list[str]) -> dict[str, str]:
    broken = [pair for pair in pairs if "=" not in pair]
    if broken:
        raise InputError(f"--column {broken[0]!r} renames nothing; write THEIRS=OURS, e.g. --column body=text.")
    return dict(pair.split("=", 1) for pair in pairs)


def _say_findings(comparison: pd.DataFrame | None, problem: str | None) -> None:
    if comparison is None:
        typer.echo(f"The outlets were not compared: {_for_the_shell(problem or '')}")
        return
    for number, finding in enumerate(describe_findings(comparison, FINDINGS), start=1):
        typer.echo(f"{number}. {finding}")


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
        sys.exit(app(standalone_mode=False) or 0)
    except InputError as error:
        sys.exit(_complain(_for_the_shell(str(error))))
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


def _for_the_shell(message: str) -> str:
    """Advice that is written for Python, as one would type it here."""
    for python, shell in ADVICE:
        message = re.sub(python, shell, message)
    return message
