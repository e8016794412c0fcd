"""What moved between two analyses, in sentences: causes first, then findings, then metrics with what moved them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from framing.corpus.columns import clipped, shown
from framing.validity.versions import describe_versions

if TYPE_CHECKING:
    from framing.validity.movement.comparing import AnalysisChanges

MOST_METRICS, MOST_PARTS = 6, 3


def describe_analysis_changes(changes: "AnalysisChanges", n: int = MOST_METRICS) -> list[str]:
    """Say what moved, and through what.

    Parameters
    ----------
    changes : AnalysisChanges
        What `compare_analyses` gave.
    n : int
        How many metrics and findings to name.

    Returns
    -------
    list of str
        Sentences: what differs in versions, lexicons and parameters; in articles; which findings moved; which metrics,
        each with the entries that moved it most. Names come from the data: escape them before they go into HTML.
    """
    return [*_causes(changes), *_findings(changes.findings, n), *_metrics(changes, n), *changes.notes]


def _causes(changes: "AnalysisChanges") -> Iterator[str]:
    other = describe_versions(changes.versions)
    if other:
        yield f"Made with something else: {'; '.join(other)}."
    else:
        yield "Made with the same versions, model, lexicons and parameters."
    articles = changes.articles
    n_same = int((articles["status"] == "same text").sum())
    if n_same == len(articles):
        yield f"The same {len(articles):,} articles{'' if changes.notes else ', with the same texts'}."
        return
    yield f"{n_same:,} of {len(articles):,} articles are the same."
    for status, rows in articles[articles["status"] != "same text"].groupby("status", sort=True):
        words = {"only old": "only in the old analysis", "only new": "only in the new analysis"}
        said = words.get(str(status), f"with an{status}" if str(status).startswith("other") else str(status))
        yield f"{len(rows):,} {said}: {shown(rows['article_id'], most=6)}."


def _findings(findings: pd.DataFrame, n: int) -> Iterator[str]:
    if findings.empty:
        return
    moved = findings[findings["status"] != "as before"]
    if moved.empty:
        yield f"No finding moved: all {len(findings):,} rows of the comparison are as before."
        return
    yield f"{len(moved):,} of {len(findings):,} rows of the comparison moved."
    turned = moved[moved["status"].isin(["stands now", "stands no longer"])]
    yield f"{len(turned):,} of them turned at q = .05{':' if len(turned) else '.'}"
    for row in turned.head(n).to_dict("records"):
        who = f"{clipped(str(row['outlet']))} against {clipped(str(row['versus']))}, {row['metric']}"
        yield (
            f"{who}: {row['status']} (difference {_number(row['difference_old'])} → {_number(row['difference_new'])}, "
            f"q {_number(row['q_old'])} → {_number(row['q_new'])})."
        )


def _metrics(changes: "AnalysisChanges", n: int) -> Iterator[str]:
    if changes.metrics.empty:
        yield "No metric of any article moved."
        return
    yield f"{len(changes.metrics):,} metrics moved, in {changes.article_metrics['article_id'].nunique():,} articles:"
    for row in changes.metrics.head(n).to_dict("records"):
        parts = changes.parts[changes.parts["metric"] == row["metric"]]
        through = "; ".join(_part(part) for part in parts.head(MOST_PARTS).to_dict("records"))
        rest = f"; and {len(parts) - MOST_PARTS:,} more" if len(parts) > MOST_PARTS else ""
        articles = "article" if row["n_articles_moved"] == 1 else "articles"
        value = "" if pd.isna(row["change"]) else f" {_number(row['old'])} → {_number(row['new'])}"
        yield (
            f"{row['metric']}:{value} in {row['n_articles_moved']:,} {articles}"
            f"{f', through {through}{rest}' if through else ''}."
        )


def _part(part: "dict[object, object]") -> str:
    return (
        f"{clipped(str(part['entry']), most=60)} ({part['counted']} {_number(part['old'])} → {_number(part['new'])}: "
        f"{_number(part['contribution'], sign='+')})"
    )


def _number(value: object, sign: str = "") -> str:
    return "–" if pd.isna(value) else f"{value:{sign}.3g}".replace("-", "−")  # type: ignore[call-overload]
