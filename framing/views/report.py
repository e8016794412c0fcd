"""The report: one HTML file that says what was found, shows the sentences behind it, and needs nothing else."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from framing.comparison.contrasts import EACH_OTHER, without_joint
from framing.progress import watched
from framing.views.copies import copies_sentence, copies_table, turned
from framing.views.corpus_section import corpus_section
from framing.views.evidence import Evidence, EvidenceFinder
from framing.views.findings import Finding, robustness_of, select_findings, steadiness_of
from framing.views.inputs import AnalysisTables, Texts
from framing.views.methods import measures, overturned_by, provenance_rows
from framing.views.numbers import count, decimal, is_missing, probability
from framing.views.overview import Table, metric_values, outlet_table, problem_rows, shared_events, shown_metrics
from framing.views.plots import Panel, alt_text, comparison_panels
from framing.views.power_section import power_section
from framing.views.reader import ArticleReader
from framing.views.svg import panel_svg
from framing.views.templating import asset, render
from framing.views.wording import other_side, wording_of

EXCERPTS_PER_OUTLET = 3
PROBLEMS_SHOWN = 50
READER_BYTES = 1_800_000  # of annotated articles, so that the file stays below 3 MB
# The table's columns of numbers; an interval is sorted by its lower end.
SORTED_BY = (
    "n_events",
    "n_articles",
    "mean",
    "mean_versus",
    "difference",
    "ci_low",
    "effect_size",
    "p_value",
    "q_value",
)
NO_COMPARISON = "No comparison was asked for."


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its picture and its evidence."""

    number: int
    finding: Finding
    picture: Markup
    steadiness: str
    robustness: str
    overturned: str
    evidence: Evidence | None


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
) -> Path:
    """Write a report as one HTML file that needs no network and no other file.

    It begins with the findings in sentences, each with its interval, what would overturn it, and the sentences of
    the articles behind it; then the corpus at a glance, all differences as plots and as a table, the annotated
    articles, and the methods, versions and limits.

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

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InputError
        If the corpus is not the one that was analysed.

    Notes
    -----
    Text from articles is shown as text whatever it holds, and the page forbids itself every connection and every
    script but its own table sorting. The same input gives the same bytes. Sentences are sampled by a hash of their
    place; annotated articles are included up to 1.8 MB, those with sampled sentences first.
    """
    path = Path(out)
    path = path if path.suffix == ".html" else path / "report.html"
    contents = _contents(analysis, corpus, comparison, title, comparison_problem, n_findings)
    page = render(
        "report.html",
        **contents,
        **_copies(analysis.articles, by_copies or {}),
        agreement=agreement,
        **power_section(None if comparison is None else detectable),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf8", newline="\n")
    return path


def _contents(
    analysis: AnalysisTables,
    corpus: pd.DataFrame,
    comparison: pd.DataFrame | None,
    title: str | None,
    problem: str | None,
    n_findings: int,
) -> dict[str, Any]:
    articles, texts = analysis.articles, Texts(corpus)
    outlets = [str(outlet) for outlet in articles["outlet"].unique()]
    contrasts = None if comparison is None else without_joint(comparison)
    findings = (
        [] if comparison is None else _shown_findings(comparison, articles, EvidenceFinder(analysis, texts), n_findings)
    )
    reader = ArticleReader(analysis, texts)
    shown = _articles_to_show(reader, articles, _cited(findings))
    return {
        "title": title or _title(outlets),
        "summary": _summary(articles, outlets),
        "reading": str(corpus.attrs.get("reading", {}).get("sentence", "")),
        "problem": _as_sentence(problem or (NO_COMPARISON if comparison is None else "")),
        "findings": findings,
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
        "headings": {article_id: reader.heading(article_id) for article_id in _cited(findings)},
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
    words = int(articles["n_words"].sum()) if "n_words" in articles.columns else 0
    parts = [_plural(len(articles), "article"), f"{_plural(words, 'word')}", _plural(len(outlets), "outlet")]
    shared = len(shared_events(articles))
    if shared:
        parts.append(f"{_plural(shared, 'event')} told by at least two of them")
    return ", ".join(parts) + "."


def _as_sentence(message: str) -> str:
    """Begin with a capital and end with a full stop, as messages of errors need not."""
    return message[:1].upper() + message[1:].rstrip(".") + "." if message else ""


def _plural(n: int, noun: str) -> str:
    return f"{count(n)} {noun}{'' if n == 1 else 's'}"


def _shown_findings(
    comparison: pd.DataFrame, articles: pd.DataFrame, finder: EvidenceFinder, n: int
) -> list[ShownFinding]:
    shown = []
    for number, finding in enumerate(select_findings(comparison, n), start=1):
        panel = Panel(wording_of(str(finding.row["metric"])), [dict(finding.row)])
        alt = alt_text(pd.DataFrame([finding.row]))
        picture = Markup(panel_svg(panel, name=f"finding-plot-{number}", alt=alt))
        evidence = finder.find(finding.row, n_per_outlet=EXCERPTS_PER_OUTLET)
        steadiness, doubts = steadiness_of(articles, finding.row), overturned_by(finding.row)
        robustness = robustness_of(articles, finding.row)
        shown.append(ShownFinding(number, finding, picture, steadiness, robustness, doubts, evidence))
    return shown


def _cited(findings: Iterable[ShownFinding]) -> list[str]:
    """List the articles that sampled sentences are from, each once."""
    found = (f.evidence for f in findings if f.evidence is not None)
    return list(dict.fromkeys(e.article_id for evidence in found for s in evidence.samples for e in s.excerpts))


def _articles_to_show(reader: ArticleReader, articles: pd.DataFrame, first: Sequence[str]) -> dict[int, dict[str, Any]]:
    """Annotate articles, by their place in the corpus, those of `first` before others, while there is room."""
    places = {str(article_id): number for number, article_id in enumerate(articles["article_id"], start=1)}
    room, shown = READER_BYTES, {}
    for article_id in watched(dict.fromkeys([*first, *places]), unit="annotated articles"):
        view = reader.view(article_id)
        room -= len(view["paragraphs"].encode("utf8"))
        if room < 0:
            break
        shown[places[article_id]] = view
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


def comparison_table(comparison: pd.DataFrame) -> Table:
    """Write all rows of a comparison for print."""
    head = ["measure", "outlet", "versus", "events", "articles", "mean", "mean, versus", "difference",
            "95% interval", "effect size", "p", "q"]  # fmt: skip
    rows = comparison.to_dict("records")
    keys = [_sort_keys(row) for row in rows]
    return Table("All comparisons", head, [_comparison_row(row) for row in rows], texts=3, keys=keys)


def _comparison_row(row: Mapping[Any, Any]) -> list[str]:
    wording = wording_of(str(row["metric"]))
    unit = wording.unit_difference if wording.suffix else wording.unit
    return [
        f"{wording.title}, {unit}",
        str(row["outlet"]),
        other_side(row["versus"]),
        count(row["n_events"]),
        count(row["n_articles"]),
        wording.value(row["mean"]),
        wording.value(row["mean_versus"]),
        wording.difference(row["difference"]),
        wording.interval(row["ci_low"], row["ci_high"]),
        _effect(row),
        probability(row["p_value"]),
        probability(row["q_value"]),
    ]


def _effect(row: Mapping[Any, Any]) -> str:
    # A share of variance has no direction, and its column needs another name than d_z.
    is_share = row["versus"] == EACH_OTHER and not is_missing(row["effect_size"])
    return f"η² {decimal(row['effect_size'], 2)}" if is_share else decimal(row["effect_size"], 2, sign="+")


def _sort_keys(row: Mapping[Any, Any]) -> list[str]:
    keys = ["" if is_missing(row[column]) else repr(float(row[column])) for column in SORTED_BY]
    return [*_comparison_row(row)[:3], *keys]


def script_hash() -> str:
    """Compute the hash by which the page allows its own script and no other."""
    script = str(asset("sort.js")).encode("utf8")
    return "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode("ascii")
