"""The commands that ask a saved analysis: what differs, whether it stands when asked otherwise, how to write it up."""

import re
from pathlib import Path
from typing import Annotated

import typer

from framing.analysis import load_articles
from framing.analysis.storing import load_provenance
from framing.cli.articles import (
    chosen_contrast,
    compare_asked,
    could_find,
    load_analysis,
    say_findings,
    second_opinion,
    tables_of,
    with_decisions,
    with_events,
    write_text,
)
from framing.cli.comparisons import forget_comparison, load_comparison, save_comparison
from framing.cli.options import ByArticle, Contrast, Copies, Event, Events, Folder, Metrics
from framing.comparison import describe_sensitivity, sensitivity
from framing.comparison.copies import check_treatment
from framing.views import describe_methods
from framing.views.citing import write_bibtex
from framing.views.methods_section import cited_keys
from framing.views.sensitivity_plot import write_sensitivity_plots


def compare(
    folder: Folder,
    metric: Metrics = None,
    contrast: Contrast = None,
    event: Event = "event",
    events: Events = None,
    by_article: ByArticle = False,
    copies: Copies = "keep",
) -> None:
    """Compare the outlets of a saved analysis; writes comparison.csv beside its tables."""
    check_treatment(copies)
    analysed, provenance = load_articles(tables_of(folder)), load_provenance(tables_of(folder))
    forget_comparison(folder)
    articles = with_events(analysed, events, event)
    comparison = compare_asked(articles, metric, event, contrast, by_article, copies)
    detectable = could_find(articles, metric, event, contrast, by_article, copies)
    path = save_comparison(comparison, folder, provenance)
    typer.echo(f"Comparison: {path} ({len(comparison)} rows)")
    agreement = second_opinion(articles, comparison, metric, event, contrast, by_article, copies)
    say_findings(comparison, detectable, None, agreement)


def sensitivity_command(
    folder: Folder,
    metric: Annotated[str, typer.Option("--metric", "-m", help="The metric of the question.", show_default=False)],
    contrast: Contrast = None,
    event: Event = "event",
    events: Events = None,
    copies: Annotated[str, typer.Option(help="What the question as asked does with copies: keep or drop.")] = "keep",
) -> None:
    """Ask one question of a saved analysis in many ways; writes sensitivity-METRIC.csv and a picture a contrast."""
    articles = with_events(load_articles(tables_of(folder)), events, event)
    table = sensitivity(articles, metric, event=event, contrast=chosen_contrast(articles, contrast), copies=copies)
    name = re.sub(r"\W+", "_", metric)
    path = folder / f"sensitivity-{name}.csv"
    table.to_csv(path, index=False)
    pictures = write_sensitivity_plots(table, path.with_suffix(""))
    typer.echo(f"Specifications: {path} ({len(table)} rows); pictures: {len(pictures)} beside it")
    for paragraph in describe_sensitivity(table):
        typer.echo(f"- {paragraph}")


def methods(
    folder: Folder,
    events: Events = None,
    bibtex: Annotated[
        Path | None, typer.Option("--bibtex", metavar="FILE", help="Write the works that the text cites here.")
    ] = None,
) -> None:
    """Write the methods section of a paper: corpus, measures and their accuracy, comparison, versions."""
    analysis = with_decisions(load_analysis(folder), events)
    text = describe_methods(analysis, load_comparison(folder, analysis))
    typer.echo(text)
    if bibtex is not None:
        write_text(bibtex, write_bibtex(cited_keys(text), version=analysis.provenance["packages"]["framing"]))
        typer.echo(f"Works cited: {bibtex}", err=True)
