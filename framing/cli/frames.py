"""Commands for frames of one's own: learn them from labelled texts, and apply them to articles."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from framing.cli.articles import load_analysis, make_folder, read, with_events
from framing.cli.options import Clean, Columns, Event, Events, Input, Out, Outlet
from framing.errors import InputError
from framing.validity.frames import FrameModel, add_frames, load_frames, save_frames, train_frames
from framing.validity.frames.articles import split_units
from framing.validity.frames.labelled import column_of

READERS = {
    ".csv": lambda path: pd.read_csv(path, dtype="string"),
    ".tsv": lambda path: pd.read_csv(path, dtype="string", sep="\t"),
    ".jsonl": lambda path: pd.read_json(path, lines=True, dtype=False),
}
app = typer.Typer(
    help="Learn frames of your own from labelled texts, and apply them to articles.", no_args_is_help=True
)


@app.command()
def train(
    labelled: Annotated[
        Path,
        typer.Argument(
            metavar="LABELLED",
            help="Labelled texts: CSV, TSV or JSON Lines with a column of texts and one of labels; and, where they are "
            "known, outlet, event and article_id.",
            show_default=False,
        ),
    ],
    out: Out,
    label: Annotated[str, typer.Option(help="Column of the labels.")] = "label",
    text: Annotated[str, typer.Option(help="Column of the texts.")] = "text",
    unit: Annotated[str, typer.Option(help="What a text is: paragraph or article.")] = "paragraph",
) -> None:
    """Learn frames, say how well texts of other outlets and events get them, and save the model as tables."""
    model = train_frames(_read_labelled(labelled), text=text, label=label, unit=unit)
    save_frames(model, out)
    typer.echo(
        f"{_described(model)}\nModel and report: {out}. Go on with: framing frames apply {out} ARTICLES --out DIR"
    )


@app.command()
def apply(
    model: Annotated[
        Path,
        typer.Argument(metavar="MODEL", help="Folder that `framing frames train` wrote.", show_default=False),
    ],
    source: Input,
    out: Out,
    results: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Analysis of these articles that `framing analyze` wrote: written to --out again, with the frames, so "
            "that they can be compared, coded and corrected like other metrics.",
            show_default=False,
        ),
    ] = None,
    column: Columns = None,
    outlet: Outlet = None,
    clean: Clean = True,
    event: Event = "event",
    events: Events = None,
) -> None:
    """Label the paragraphs of articles; writes frames.csv (shares by article) and texts.csv (each text's label)."""
    frames = load_frames(model)
    corpus = with_events(read(source, column, outlet, clean), events, event)
    make_folder(out)
    if results is not None:
        add_frames(load_analysis(results), corpus, frames).save(out)
    about = [name for name in ("article_id", "outlet", "event", "date") if name in corpus]
    articles = add_frames(corpus[about], corpus, frames)
    articles.to_csv(out / "frames.csv", index=False)
    frames.predict(split_units(corpus, frames.unit)).to_csv(out / "texts.csv", index=False)
    shares = {f"share_frame_{column_of(label)}": label for label in frames.labels}
    means = articles.groupby("outlet")[list(shares)].mean().rename(columns=shares)
    typer.echo(f"Mean share of each frame in an article, by outlet\n{means.to_string(float_format='{:.2f}'.format)}")
    typer.echo(f"Tables: {out / 'frames.csv'} ({len(articles)} articles), {out / 'texts.csv'}")
    if results is not None:
        shown = next(iter(shares))
        typer.echo(f"Analysis with frames: {out}. Go on with: framing sample {out} ARTICLES --metric {shown} --out DIR")


def _read_labelled(path: Path) -> pd.DataFrame:
    """Read labelled texts from a file."""
    if path.suffix.lower() not in READERS:
        raise InputError(f"{path.name} can't be read as labelled texts; allowed are: {', '.join(READERS)}.")
    if not path.is_file():
        raise InputError(f"there is no file {path}.")
    try:
        return READERS[path.suffix.lower()](path)
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read ({error}). Save it as UTF-8 with a row of column names.") from error


def _described(model: FrameModel) -> str:
    """How well unseen texts get their label, in lines of text."""
    table = model.report["accuracy"]
    scored = table[table["figure"] == "macro_f1"]
    lines = [f"{model.about['n_texts']} texts, {len(model.labels)} labels: {', '.join(model.labels)}"]
    for row in scored.to_dict("records"):
        interval = "" if pd.isna(row["low"]) else f" (95% interval {row['low']:.2f} to {row['high']:.2f})"
        lines.append(
            f"- macro-F1 {row['split']}: {row['value']:.2f}{interval}; majority label alone {row['majority']:.2f}"
        )
    lines.append("The first is what to report: its texts are of groups that were not learnt from.")
    return "\n".join(lines)
