"""The commands for whoever makes a study again: a package without texts, its check, and what moved between two runs."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from framing.analysis.provenance import input_hash
from framing.cli.articles import chosen_contrast, load_analysis, make_folder, read, with_events
from framing.cli.comparisons import ROWS, load_comparison
from framing.cli.options import (
    ByArticle,
    Clean,
    Columns,
    Contrast,
    Copies,
    Event,
    Events,
    Folder,
    Input,
    Lexicons,
    Metrics,
    Out,
    Outlet,
    Workers,
)
from framing.corpus import check_corpus
from framing.errors import InputError
from framing.validity import compare_analyses, export_replication, verify_replication

NO = 1  # the exit code of a check that found a difference
Articles = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        metavar="INPUT",
        help="The articles that were analysed: the package gets a hash of each text, and is checked for their words.",
    ),
]
Anonymous = Annotated[
    bool, typer.Option("--anonymous-ids", help="Number articles and events in place of their ids and names.")
]
Package = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder that `framing replicate` wrote.", show_default=False)
]


def replicate(
    folder: Folder,
    out: Out,
    articles: Articles = None,
    event: Event = "event",
    events: Events = None,
    anonymous_ids: Anonymous = False,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
) -> None:
    """Write what others need to make a comparison again, without a word of the articles."""
    analysis = load_analysis(folder)
    comparison = load_comparison(folder, analysis)
    if comparison is None:
        raise InputError(f"{folder} holds no {ROWS}. Make it: framing compare {folder}")
    analysis = replace(analysis, articles=with_events(analysis.articles, events, event))
    by_event = "n_events" in comparison and comparison["n_events"].notna().any()
    corpus = None if articles is None else read(articles, column, outlet, clean)
    if corpus is not None and input_hash(check_corpus(corpus)) != analysis.provenance["input"]["sha256"]:
        corpus = with_events(corpus, events, event)  # `framing report` was given them before it analysed
    written = export_replication(
        analysis,
        comparison,
        out,
        corpus=corpus,
        # The rows don't tell the column of events, and what was asked may not lie beside them.
        arguments=None if comparison.attrs else {"event": event if by_event else None},
        anonymous_ids=anonymous_ids,
    )
    typer.echo(f"Replication package: {written}. What is in it and what isn't: {written / 'README.md'}")
    if corpus is None:
        typer.echo("It has no hashes of the texts, since the articles were not given: --articles INPUT", err=True)


def verify(
    folder: Package,
    source: Input,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
    lexicon: Lexicons = None,
    workers: Workers = 1,
) -> None:
    """Check a replication package with the articles at hand; the exit code is 1 when anything differs."""
    found = verify_replication(folder, read(source, column, outlet, clean), lexicons=lexicon or (), workers=workers)
    for sentence in found.sentences:
        typer.echo(f"- {sentence}")
    if not found.is_same:
        raise typer.Exit(NO)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of an analysis.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of a later one.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Write the tables here, as CSV.")
    ] = None,
    metric: Metrics = None,
    contrast: Contrast = None,
    event: Event = "event",
    events: Events = None,
    by_article: ByArticle = False,
    copies: Copies = "keep",
) -> None:
    """Say what moved between two analyses of the same articles, and through what; the exit code is then 1."""
    before, after = (
        replace(each, articles=with_events(each.articles, events, event))
        for each in (load_analysis(old), load_analysis(new))
    )
    changes = compare_analyses(
        before,
        after,
        metrics=metric,
        event=None if by_article else event,
        contrast=chosen_contrast(after.articles, contrast),
        copies=copies,
    )
    for line in repr(changes).splitlines():
        typer.echo(f"- {line}")
    if out is not None:
        make_folder(out)
        for name, table in changes.tables.items():
            table.to_csv(out / f"{name}.csv", index=False)
        typer.echo(f"Tables: {out}")
    if not changes.is_same:
        raise typer.Exit(NO)
