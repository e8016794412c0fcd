"""What several commands do: read articles, mark copies and events, compare, and say what was found."""

import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd
import typer

from framing.analysis import Analysis, count_table, difference_table, metric_table
from framing.comparison import (
    compare_by_mixed_model,
    compare_outlets,
    describe_agreement,
    describe_findings,
    describe_power,
    detectable_difference,
)
from framing.comparison.contrasts import PAIRWISE, REST
from framing.corpus import (
    MARKS,
    add_copies,
    copies_summary,
    find_copies,
    load_basil,
    read_corpus,
    read_events,
)
from framing.errors import InputError

FINDINGS = 3
ADVICE = (
    (r"compare_outlets\(articles, event=None\)", "--by-article"),
    (r'read_corpus\(path, columns=\{"([^"]*)": "([^"]*)"\}\)', r"--column \1=\2"),
    (r"columns= names", "--column names"),
    (
        r"Compare the articles of this analysis with the same events, or say how it was made: arguments=\{…\}",
        "Name the same --event or --events as then, or make it again: framing compare DIR",
    ),
    (r"give corpus=", "give --articles"),
    (r"again=True, or --again|again=True", "--again"),
    (r'analyze_pieces\(path, …, columns=\{"([^"]*)": "([^"]*)"\}\)', r"--column \1=\2"),
    (r"piece_size (was|must)", r"--pieces \1"),
    (r"read the articles whole with read_corpus, which makes them", "leave --pieces out, and they are made"),
    (
        r"read the articles whole with read_corpus, which tells repeated ids apart",
        "leave --pieces out, and they are told apart",
    ),
    (r"options › ", "--"),
    (r"anonymous_ids=True", "--anonymous-ids"),
    (
        r"Give the frames to the analysis and not only to its article table: .*",
        "Add them to it: framing frames apply MODEL ARTICLES --results DIR --out NEW",
    ),
    (r"strata=\['outlet'\]", "--stratum outlet"),
)
FEW_OUTLETS = 3  # so many are compared pairwise; ten pairs of five outlets would drown what five contrasts can show


def is_basil(source: Path) -> bool:
    """Whether an input is the folder of the BASIL corpus, or its name."""
    named = str(source) == "basil" and not source.exists()
    return named or ((source / "articles").is_dir() and (source / "annotations").is_dir())


def read(source: Path, columns: list[str] | None, outlet: str | None, clean: bool) -> pd.DataFrame:
    """Read the articles of an input of any kind."""
    if is_basil(source):
        return load_basil(source if source.exists() else None)
    return read_corpus(source, columns=renaming(columns or []), outlet=outlet, clean=clean)


def mark_copies(corpus: pd.DataFrame, agencies: list[str] | None) -> pd.DataFrame:
    """Mark copies, unless the corpus has marks, or columns of these names that mean something else."""
    if not set(MARKS).isdisjoint(corpus.columns):
        return corpus
    found = find_copies(corpus, agencies=agencies or ())
    if found["copy"].any():
        typer.echo(f"Copies: {copies_summary(found)}")
    return add_copies(corpus, found)


def with_events(articles: pd.DataFrame, events: Path | None, column: str) -> pd.DataFrame:
    """The articles with the events of a file in the column that tells them."""
    if events is None:
        return articles
    decided = read_events(events, articles)
    return articles.assign(**{column: decided["event"].array})


def with_decisions(analysis: Analysis, events: Path | None) -> Analysis:
    """The analysis with the events of a file, and with what was decided on them."""
    if events is None:
        return analysis
    decided = read_events(events, analysis.articles)
    articles = analysis.articles.assign(event=decided["event"].array)
    articles.attrs["decisions"] = decided.attrs["decisions"]
    return replace(analysis, articles=articles)


def advise_events(corpus: pd.DataFrame, source: Path, column: str) -> None:
    """Say how to find events when the articles have none, since the choice of events then passes for coverage."""
    without = column not in corpus.columns or corpus[column].isna().all()
    if without and corpus["outlet"].nunique() > 1:
        typer.echo(
            "The articles have no events, so outlets are compared by article: what they report on and how they tell it "
            f"are not told apart. To pair them: framing events {source} --out events.csv, then --events events.csv",
            err=True,
        )


def write_text(path: Path, text: str) -> None:
    """Write a file that the user named."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf8", newline="\n")


def make_folder(out: Path) -> None:
    """Make the folder before the work, so that a wrong path costs no run."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"--out {out} can't be made a folder: {error.strerror or error}. Name another.") from error


def check_questions(
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


def compare_asked(
    articles: pd.DataFrame, metrics: list[str] | None, event: str, contrast: str | None, by_article: bool, copies: str
) -> pd.DataFrame:
    """Compare as asked; without a contrast pairwise, or many outlets each with the rest."""
    chosen = chosen_contrast(articles, contrast)
    return compare_outlets(articles, metrics, event=None if by_article else event, contrast=chosen, copies=copies)


def chosen_contrast(articles: pd.DataFrame, contrast: str | None) -> str:
    """The contrast that was asked, or the one that suits so many outlets."""
    few = articles["outlet"].nunique() <= FEW_OUTLETS
    return contrast or (PAIRWISE if few else REST)


def load_analysis(folder: Path) -> Analysis:
    """Read the analysis of a folder that `framing analyze` or `framing report` wrote."""
    return Analysis.load(tables_of(folder))


def tables_of(folder: Path) -> Path:
    """Where the tables of a folder are: `framing report` puts them into one below it."""
    tables = folder / "tables"
    return tables if tables.is_dir() else folder


def could_find(
    articles: pd.DataFrame, metrics: list[str] | None, event: str, contrast: str | None, by_article: bool, copies: str
) -> pd.DataFrame:
    """How large a difference must be for the comparison that was asked to find it."""
    chosen = chosen_contrast(articles, contrast)
    return detectable_difference(articles, metrics, event=None if by_article else event, contrast=chosen, copies=copies)


def renaming(pairs: list[str]) -> dict[str, str]:
    """Names of columns as `--column THEIRS=OURS` gives them."""
    broken = [pair for pair in pairs if "=" not in pair]
    if broken:
        raise InputError(f"--column {broken[0]!r} renames nothing; write THEIRS=OURS, e.g. --column body=text.")
    return dict(pair.split("=", 1) for pair in pairs)


def second_opinion(
    articles: pd.DataFrame,
    comparison: pd.DataFrame,
    metrics: list[str] | None,
    event: str,
    contrast: str | None,
    by_article: bool,
    copies: str,
) -> str:
    """Say how far a mixed model agrees; nothing where articles are not paired by event."""
    if by_article or comparison["n_events"].isna().all():
        return ""
    chosen = chosen_contrast(articles, contrast)
    second = compare_by_mixed_model(
        articles, metrics, event=event, contrast=chosen, copies=copies, comparison=comparison
    )
    return describe_agreement(second)


def say_findings(
    comparison: pd.DataFrame | None, detectable: pd.DataFrame | None, problem: str | None, agreement: str
) -> None:
    """Print what could be found and then the first findings, or why there is no comparison."""
    if comparison is None or detectable is None:
        typer.echo(f"The outlets were not compared: {for_the_shell(problem or '')}")
        return
    heading, *lines = describe_power(detectable)
    typer.echo(heading)
    for line in lines:
        typer.echo(f"- {line}")
    typer.echo("What was found:")
    for number, finding in enumerate(describe_findings(comparison, FINDINGS), start=1):
        typer.echo(f"{number}. {finding}")
    if agreement:
        typer.echo(agreement)


def for_the_shell(message: str) -> str:
    """Advice that is written for Python, as one would type it here."""
    for python, shell in ADVICE:
        message = re.sub(python, shell, message)
    return message
