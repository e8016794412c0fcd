"""The command that measures how right a measure is on a coded corpus."""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from framing.validity.evaluating import evaluate


def evaluate_command(
    measure: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE",
            help="attribution, hedging, source_type, sentiment, targets or copies.",
            show_default=False,
        ),
    ],
    corpus: Annotated[
        str | None,
        typer.Option(
            help="The coded corpus: example, polnear, szeged_uncertainty, hedge_gold, markkula_sourcing, "
            "nyt_editorials or newsmtsc. Without it the first that fits the measure.",
            show_default=False,
        ),
    ] = None,
    split: Annotated[str | None, typer.Option(help="Part of the corpus, e.g. dev.", show_default=False)] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder of the public corpora; else FRAMING_DATA names it.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the table as a CSV too.")
    ] = None,
) -> None:
    """Say how right a measure is on a corpus that people coded, with intervals, and what that corpus is."""
    table = evaluate(measure, corpus=corpus, split=split, folder=data)
    first = table.iloc[0]
    typer.echo(f"{first['measure']} on {first['corpus']}, {first['split']}. {table.attrs['sentence']}\n")
    typer.echo(printed(table))
    if out is not None:
        table.to_csv(out, index=False)
        typer.echo(f"\nTable: {out}")


def printed(table: pd.DataFrame) -> str:
    """Figures with their 95% intervals as lines of text, one under the other.

    Examples
    --------
    >>> row = {"what": "cue", "figure": "F", "value": 0.5, "low": 0.4, "high": 0.61, "n": 1200}
    >>> print(printed(pd.DataFrame([row])))
    figure  value   95% interval      n  what
    F        .500   .400 to .610  1,200  cue
    """
    lines = [("figure", "value", "95% interval", "n", "what")]
    for row in table.to_dict("records"):
        value, low, high = (_number(row[name]) for name in ("value", "low", "high"))
        interval = "–" if "–" in (low, high) else f"{low} to {high}"
        lines.append((str(row["figure"]), value, interval, f"{row['n']:,}", str(row["what"])))
    wide = [max(len(line[n]) for line in lines) for n in range(4)]
    return "\n".join(
        "  ".join([line[0].ljust(wide[0]), *(line[n].rjust(wide[n]) for n in (1, 2, 3)), line[4]]) for line in lines
    )


def _number(value: Any) -> str:
    """Three digits without the leading zero, as tables of proportions are printed."""
    return "–" if pd.isna(value) else f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.3f}"
