"""Commands for coding by hand: draw a sample, say how coders agree and how the machine errs, and correct for it."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from framing.analysis import Analysis
from framing.cli.articles import (
    chosen_contrast,
    compare_asked,
    load_analysis,
    make_folder,
    read,
    with_events,
)
from framing.cli.options import (
    ByArticle,
    Clean,
    Coding,
    Columns,
    Contrast,
    Copies,
    Event,
    Events,
    Folder,
    Input,
    Metrics,
    Outlet,
)
from framing.comparison.copies import check_treatment
from framing.corpus.spreadsheets import harmless_cell, write_csv
from framing.errors import InputError
from framing.validity import (
    agreement,
    calibration,
    correct,
    describe_agreement_of_coders,
    describe_correction,
    describe_validation,
    disagreements,
    read_coding_sample,
    read_codings,
    sample_for_coding,
    validate,
    write_coding_sample,
)
from framing.validity.sampling import STRATA

SampleOut = Annotated[
    Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for sheets, codebook and key; made if need be.")
]
Coded = Annotated[
    list[str] | None,
    typer.Option(
        "--metric",
        "-m",
        help="Code this metric, or share of a frame; may be repeated. Without it hedges in the outlet's words.",
    ),
]
TableOut = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the table here, as CSV.")]
BinsOut = Annotated[
    Path | None,
    typer.Option(
        "--calibration",
        metavar="FILE",
        help="Of attributions and frames: write here how often their probabilities come true, by outlet, as CSV.",
    ),
]
Seed = Annotated[int, typer.Option(help="Seed of what is drawn: the same seed gives the same result.")]


def sample(
    folder: Folder,
    source: Input,
    out: SampleOut,
    metric: Coded = None,
    n: Annotated[int, typer.Option("--n", help="How many sentences, or of frames paragraphs or articles.")] = 300,
    stratum: Annotated[
        list[str] | None,
        typer.Option(help="Balance over outlet or machine; may be repeated. Without it both.", show_default=False),
    ] = None,
    seed: Seed = 0,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
    event: Event = "event",
    events: Events = None,
) -> None:
    """Draw sentences of a saved analysis to code by hand, and write sheets, a codebook and the key.

    Shares of frames need an analysis that `framing frames apply … --results` gave frames: then paragraphs (or articles)
    are drawn. ARTICLES and its options are those that were analysed. Coders get the folder without its sub-folder key.
    """
    analysis = load_analysis(folder)
    corpus = with_events(read(source, column, outlet, clean), events, event)
    chosen = metric or ["hedges_per_1000_words_outlet"]
    drawn = sample_for_coding(analysis, corpus, metrics=chosen, n=n, strata=stratum or STRATA, seed=seed)
    place = write_coding_sample(drawn, out)
    typer.echo(
        f"{len(drawn.sheet):,} {drawn.unit}s to code: {place}. Give coders sheet.xlsx or sheet.csv and codebook.md, "
        f"not the folder key. Each saves a copy there as sheet_NAME; then: framing agreement {place}"
    )


def agreement_command(coding: Coding, out: TableOut = None, seed: Seed = 0) -> None:
    """Say how well coders agree, and list the sentences on which they don't beside their sheets."""
    codings = _codings(coding)
    table = agreement(codings, seed=seed)
    _say(describe_agreement_of_coders(table))
    apart = disagreements(codings, read_coding_sample(coding).sheet)
    path = coding / "disagreements.csv"
    cells = apart.astype(object).where(apart.notna(), "").to_numpy().tolist()
    write_csv(path, list(map(str, apart.columns)), ([_cell(value) for value in line] for line in cells))
    typer.echo(f"They differ in {len(apart):,} values: {path}")
    _write_asked(table, out)


def validate_command(
    folder: Folder, coding: Coding, out: TableOut = None, bins: BinsOut = None, seed: Seed = 0
) -> None:
    """Say how often the machine is right, and whether it errs in one outlet otherwise than in another."""
    analysis, codings = load_analysis(folder), _codings(coding)
    binned = None if bins is None else calibration(analysis, codings, by_outlet=True)
    table = validate(analysis, codings, seed=seed)
    _say(describe_validation(table))
    _write_asked(table, out)
    if binned is not None:
        _write_asked(binned, bins)


def correct_command(
    folder: Folder,
    coding: Coding,
    metric: Metrics = None,
    contrast: Contrast = None,
    event: Event = "event",
    events: Events = None,
    by_article: ByArticle = False,
    copies: Copies = "keep",
    out: TableOut = None,
) -> None:
    """Compare the outlets as `framing compare` does, and correct the differences for the machine's mistakes."""
    check_treatment(copies)
    analysis = load_analysis(folder)
    analysis = replace(analysis, articles=with_events(analysis.articles, events, event))
    codings = _codings(coding)
    comparison = _compared(analysis, codings, metric, event, contrast, by_article, copies)
    table = correct(analysis, comparison, codings, event=None if by_article else event, copies=copies)
    _say(describe_correction(table))
    _write_asked(table, out)


def _codings(folder: Path) -> pd.DataFrame:
    codings = read_codings(folder)
    typer.echo(f"{codings.attrs['coding']['sentence']}.")
    return codings


def _compared(
    analysis: Analysis,
    codings: pd.DataFrame,
    metrics: list[str] | None,
    event: str,
    contrast: str | None,
    by_article: bool,
    copies: str,
) -> pd.DataFrame:
    """Compare what was coded, or of that what was asked for."""
    coded = [str(metric) for metric in dict.fromkeys(codings["metric"])]
    uncoded = [metric for metric in metrics or [] if metric not in coded]
    if uncoded:
        raise InputError(f"--metric {uncoded[0]!r} was not coded; coded were: {', '.join(coded)}.")
    chosen = chosen_contrast(analysis.articles, contrast)
    return compare_asked(analysis.articles, metrics or coded, event, chosen, by_article, copies)


def _say(sentences: list[str]) -> None:
    for sentence in sentences:
        typer.echo(f"- {sentence}")


def _write_asked(table: pd.DataFrame, out: Path | None) -> None:
    if out is not None:
        make_folder(out.parent)
        table.to_csv(out, index=False)
        typer.echo(f"Table: {out} ({len(table)} rows)")


def _cell(value: object) -> str:
    """A cell of a table for a spreadsheet; a number below 0 is no formula."""
    return f"{value:g}" if isinstance(value, float) else harmless_cell(str(value))
