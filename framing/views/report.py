"""The report: one HTML file that says what was found, shows the sentences behind it, and needs nothing else."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from framing.comparison.contrasts import without_joint
from framing.progress import watched
from framing.views.comparison_table import comparison_table
from framing.views.copies import copies_sentence, copies_table, turned
from framing.views.corpus_section import corpus_section
from framing.views.evidence import EvidenceFinder, Excerpt
from framing.views.glossary import explained_terms
from framing.views.inputs import AnalysisTables, Texts
from framing.views.methods import measures, overturned_by, provenance_rows
from framing.views.numbers import count
from framing.views.overview import metric_values, outlet_table, problem_rows, shared_events, shown_metrics
from framing.views.plots import alt_text, comparison_panels
from framing.views.power_section import power_section
from framing.views.reader import ArticleReader
from framing.views.report_tables import folder_name, list_tables, table_files, write_tables
from framing.views.shown_findings import ShownFinding, cited_places, shown_findings, unchecked_in_all, ways_asked
from framing.views.svg import panel_svg
from framing.views.templating import asset, render

PROBLEMS_SHOWN = 50
READER_BYTES = 2_200_000  # of annotated articles, so that the file stays below 3 MB
NO_COMPARISON = "No comparison was asked for."


def write_report(
    analysis: AnalysisTables,
    corpus: pd.DataFrame,
    comparison: pd.DataFrame | None = None,
    *,
    out: str | Path = "report.html",
    title: str | None = None,
    comparison_problem: str | None = None,
    n_findings: int = 10,
    by_copies: Mapping[str, pd.DataFrame] | None = None,
    detectable: pd.DataFrame | None = None,
    agreement: str = "",
    tables: str | None = None,
) -> Path:
    """Write a report as one HTML file that needs no network and no other file.

    It begins with the findings in sentences, each with its interval, the choices with which it would fall, and the
    sentences of the articles behind it; then what would overturn them all, the words used, the corpus at a glance, all
    differences as plots and as a table, the annotated articles, and the methods, versions and limits.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave.
    corpus : pandas.DataFrame
        The corpus that was analysed, with its texts.
    comparison : pandas.DataFrame, optional
        What `compare_outlets` gave. Without it the report has tables and articles only.
    out : str or path
        The file to write (ending in ``.html``), or the folder to write ``report.html`` into; made when missing.
    title : str, optional
        The heading; without it the outlets are named.
    comparison_problem : str, optional
        Why there is no comparison (the message of `compare_outlets`), to be told to the reader.
    n_findings : int
        At most so many findings get a section with their sentences; all rows are in the table.
    by_copies : mapping, optional
        The comparisons by what was done with copies (``keep``, ``drop``, ``separate``), to be shown side by side.
    detectable : pandas.DataFrame, optional
        What `detectable_difference` gave for the same question, to be read before the findings.
    agreement : str
        What `describe_agreement` said of a mixed model of the same question, to be read below the table.
    tables : str, optional
        Write the full tables as CSV too, into the folder of this name beside the report, and link to them: the
        comparison, every place behind the findings told, and the tables of the analysis. The page still opens without
        them.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InputError
        If the corpus is not the one that was analysed, or `tables` is no name of a folder.

    Notes
    -----
    Text from articles is shown as text whatever it holds, and the page forbids itself every connection and every
    script but its own table sorting. The same input gives the same bytes. Sentences are sampled by a hash of their
    place; annotated articles are included up to 2.2 MB, those with sampled sentences first. In the CSV files, text that
    a spreadsheet would run as a formula has an apostrophe before it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from framing import analyze, load_example
    >>> corpus = load_example().head(4)
    >>> with TemporaryDirectory() as folder:
    ...     path = write_report(analyze(corpus), corpus, out=folder, tables="tables")
    ...     print(path.name, sorted(file.name for file in path.with_name("tables").iterdir()))
    report.html ['articles.csv', 'attributions.csv', 'hedges.csv', 'sentences.csv', 'sentiment.csv']
    """
    folder = None if tables is None else folder_name(tables)
    path = Path(out)
    path = path if path.suffix == ".html" else path / "report.html"
    texts = Texts(corpus)
    finder = EvidenceFinder(analysis, texts)
    findings = [] if comparison is None else shown_findings(comparison, analysis.articles, finder, n_findings)
    contents = _contents(analysis, corpus, texts, comparison, title, comparison_problem, findings)
    full = {} if folder is None else list_tables(analysis, comparison, [f.finding.row for f in findings], finder)
    page = render(
        "report.html",
        **contents,
        **_copies(analysis.articles, by_copies or {}),
        agreement=agreement,
        files=table_files(full, folder or ""),
        tables_folder=folder,
        **power_section(None if comparison is None else detectable),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf8", newline="\n")
    if folder is not None:
        write_tables(full, path.with_name(folder))
    return path


def _contents(
    analysis: AnalysisTables,
    corpus: pd.DataFrame,
    texts: Texts,
    comparison: pd.DataFrame | None,
    title: str | None,
    problem: str | None,
    findings: Sequence[ShownFinding],
) -> dict[str, Any]:
    articles = analysis.articles
    outlets = [str(outlet) for outlet in articles["outlet"].unique()]
    contrasts = None if comparison is None else without_joint(comparison)
    reader = ArticleReader(analysis, texts)
    cited = cited_places(findings)
    shown = _articles_to_show(reader, articles, cited)
    return {
        "title": title or _title(outlets),
        "summary": _summary(articles, outlets),
        "reading": str(corpus.attrs.get("reading", {}).get("sentence", "")),
        "problem": _as_sentence(problem or (NO_COMPARISON if comparison is None else "")),
        "findings": findings,
        "overturned": overturned_by([str(shown.finding.row["metric"]) for shown in findings]),
        "ways": ways_asked(findings),
        "unchecked": unchecked_in_all(findings),
        "terms": explained_terms(),
        "n_standing": 0 if contrasts is None else int((contrasts["q_value"] < 0.05).fillna(False).sum()),
        "n_tested": 0 if contrasts is None else int(contrasts["q_value"].notna().sum()),
        "outlet_table": outlet_table(articles),
        **corpus_section(articles, texts),
        "problems": problem_rows(articles)[:PROBLEMS_SHOWN],
        "n_problems": len(problem_rows(articles)),
        "values": metric_values(articles, shown_metrics(articles, comparison)),
        "plots": [] if comparison is None else _plots(comparison),
        "comparison": None if comparison is None else comparison_table(comparison),
        "compared_by": [] if comparison is None else [str(m) for m in comparison["method"].dropna().unique()],
        "articles": [view for _, view in sorted(shown.items())],
        "anchors": {str(view["article_id"]): number for number, view in shown.items()},
        "headings": {article_id: reader.heading(article_id) for article_id in cited},
        "place_id": place_id,
        "n_articles": len(articles),
        "measures": list(measures().values()),
        "provenance": provenance_rows(analysis.provenance),
        "script_hash": script_hash(),
        "count": count,
    }


def _copies(articles: pd.DataFrame, by_copies: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    both = len(by_copies) > 1
    return {
        "copies": copies_sentence(articles),
        "copies_table": copies_table(by_copies) if both else None,
        "turned": turned(by_copies) if both else (0, 0),
    }


def _title(outlets: Sequence[str]) -> str:
    if len(outlets) > 3:
        return f"How {len(outlets)} outlets tell the news"
    if len(outlets) > 1:
        return f"How {', '.join(outlets[:-1])} and {outlets[-1]} tell the news"
    return f"How {outlets[0]} tells the news" if outlets else "An empty corpus"


def _summary(articles: pd.DataFrame, outlets: Sequence[str]) -> str:
    """Say the size of the corpus."""
    words = articles["n_words"].sum() if "n_words" in articles.columns else 0
    parts = [_plural(len(articles), "article"), _plural(int(words), "word"), _plural(len(outlets), "outlet")]
    shared = len(shared_events(articles))
    if shared:
        parts.append(f"{_plural(shared, 'event')} told by at least two of them")
    return ", ".join(parts) + "."


def _as_sentence(message: str) -> str:
    """Begin with a capital and end with a full stop, as messages of errors need not."""
    return message[:1].upper() + message[1:].rstrip(".") + "." if message else ""


def _plural(n: int, noun: str) -> str:
    return f"{count(n)} {noun}{'' if n == 1 else 's'}"


def place_id(number: int, start: int) -> str:
    """Name the place in the annotated article `number` that a quoted sentence leads to."""
    return f"place-{number}-{start}"


def _articles_to_show(
    reader: ArticleReader, articles: pd.DataFrame, first: Mapping[str, Sequence[Excerpt]]
) -> dict[int, dict[str, Any]]:
    """Annotate articles, by their place in the corpus, those of `first` before others, while there is room."""
    places = {str(article_id): number for number, article_id in enumerate(articles["article_id"], start=1)}
    room, shown = READER_BYTES, {}
    for article_id in watched(dict.fromkeys([*first, *places]), unit="annotated articles"):
        number = places[article_id]
        cited = [excerpt.start for excerpt in first.get(article_id, ()) if excerpt.field == "text"]
        view = reader.view(article_id, anchors={start: place_id(number, start) for start in cited})
        room -= len(view["paragraphs"].encode("utf8"))
        if room < 0:
            break
        shown[number] = view
    return shown


def _plots(comparison: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "title": panel.wording.title,
            "unit": panel.wording.unit,
            "svg": Markup(
                panel_svg(panel, name=f"plot-{number}", alt=alt_text(comparison, metric=panel.wording.metric))
            ),
        }
        for number, panel in enumerate(comparison_panels(comparison), start=1)
    ]


def script_hash() -> str:
    """Compute the hash by which the page allows its own script and no other."""
    script = str(asset("sort.js")).encode("utf8")
    return "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode("ascii")
