"""What the commands ask for: their arguments and options, with the help that a shell shows."""

from pathlib import Path
from typing import Annotated

import typer

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
Folder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Folder that `framing analyze` or `framing report` wrote.", show_default=False),
]
Coding = Annotated[
    Path,
    typer.Argument(
        metavar="CODING",
        help="Folder that `framing sample` wrote, with its key and the sheets that coders filled in.",
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
Pieces = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="Analyse and write N articles at a time; the same command goes on where it was stopped. Without it only "
        "inputs of more than 50,000 articles (text: 300 MB) are analysed so, 500 at a time.",
        show_default=False,
    ),
]
Again = Annotated[bool, typer.Option("--again", help="Remove the pieces of another run from DIR, and begin again.")]
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
Cache = Annotated[
    bool,
    typer.Option(
        "--cache", help="Don't read an article again that was read with the same versions; see `framing cache`."
    ),
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache-folder", metavar="DIR", help="The same, kept in this folder.", show_default=False),
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
