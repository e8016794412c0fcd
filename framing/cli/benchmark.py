"""The command that says how fast an analysis is on this computer."""

from typing import Annotated

import pandas as pd
import typer

from framing.analysis.speed import measure_speed

LARGE, WORDS = 10_000, 600  # articles, and their length, of which the command says how long they would take


def benchmark_command(
    articles: Annotated[int, typer.Option(help="How many articles of the example to analyse.")] = 300,
    workers: Annotated[
        list[int] | None, typer.Option("--workers", help="A number of processes to try beside one; may be repeated.")
    ] = None,
) -> None:
    """Measure words a second, memory and scaling on this computer, with the bundled example's articles."""
    speed = measure_speed(articles, workers or [2])
    typer.echo("workers  words a second  times one worker  memory")
    for row in speed.to_dict("records"):
        memory = "unknown" if pd.isna(row["memory_mb"]) else f"{row['memory_mb']:,.0f} MB"
        typer.echo(
            f"{row['workers']:7d}  {row['words_per_second']:14,.0f}  {row['times_one_worker']:16.2f}  {memory:>8s}"
        )
    best = max(speed.to_dict("records"), key=lambda row: float(row["words_per_second"]))
    minutes = LARGE * WORDS / best["words_per_second"] / 60
    share = speed["share_parsing"].iloc[0]
    typer.echo(
        f"Parsing takes {share:.0%} of one process's time. {LARGE:,} articles of {WORDS} words would take about "
        f"{minutes:,.0f} minutes with --workers {best['workers']}. Several processes need some seconds to start: they "
        "pay from some hundred articles on."
    )
