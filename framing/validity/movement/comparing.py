"""Two analyses of one corpus: which metrics and findings moved, and through which text, version, parameter or entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.analysis.metrics import metric_table
from framing.analysis.storing import Analysis
from framing.comparison import compare_outlets
from framing.errors import TooFewError
from framing.tables import Schema, as_table
from framing.validity.movement.parts import PARTS, moved_article_metrics, moved_metrics, parts_of
from framing.validity.movement.places import CAME, CHANGED, COMPARED, WENT, match_rows
from framing.validity.movement.texts import ONLY_NEW, ONLY_OLD, OTHER_TEXT, OTHER_TITLE, PROBLEM, SAME, article_status
from framing.validity.versions import version_table

FINDINGS: Schema = {
    "metric": "string",
    "outlet": "string",
    "versus": "string",
    "difference_old": "Float64",
    "difference_new": "Float64",
    "q_old": "Float64",
    "q_new": "Float64",
    "status": "string",
}
ENTRIES: Schema = {"table": "string", "entry": "string", "n_came": "Int64", "n_went": "Int64", "n_changed": "Int64"}
STANDS = 0.05
AS_BEFORE, MOVED, STANDS_NOW, FELL = "as before", "moved", "stands now", "stands no longer"


@dataclass(frozen=True, slots=True, eq=False)
class AnalysisChanges:
    """What moved between two analyses.

    Attributes
    ----------
    versions : pandas.DataFrame
        Packages, model, lexicons and parameters of both: `kind, name, old, new, same`.
    articles : pandas.DataFrame
        `article_id`, `status` (``same text``, ``other text``, ``other title``, ``other outlet or event``, ``other
        problem``, ``only old``, ``only new``), `n_rows_moved` and `n_metrics_moved`.
    rows : pandas.DataFrame
        Annotation rows that moved: `table, article_id, field, sentence, start, end`, `what` (came, went, changed),
        `entry` (the rule or lexicon entry), `changed` (column: old → new), `words`.
    entries : pandas.DataFrame
        The same by entry: `table, entry, n_came, n_went, n_changed`, the most first.
    metrics : pandas.DataFrame
        Metrics that moved: `metric, old, new, change` over the articles that both have, `n_articles_moved`.
    article_metrics : pandas.DataFrame
        The same by article: `article_id, metric, old, new, change`.
    parts : pandas.DataFrame
        What each movement is made of: `metric`, `counted`, `entry`, `old`, `new`, `contribution` (in the metric's
        unit); the contributions of a metric add up to its `change`.
    findings : pandas.DataFrame
        Both comparisons: `metric, outlet, versus, difference_old, difference_new, q_old, q_new` and `status`: ``as
        before``, ``moved``, ``stands now``, ``stands no longer``, ``only old``, ``only new``.
    notes : tuple of str
        What could not be compared, and what can't be told.
    """

    versions: pd.DataFrame
    articles: pd.DataFrame
    rows: pd.DataFrame
    entries: pd.DataFrame
    metrics: pd.DataFrame
    article_metrics: pd.DataFrame
    parts: pd.DataFrame
    findings: pd.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether no row, metric, article or finding moved."""
        moved = (self.findings["status"] != AS_BEFORE).any() or (self.articles["status"] != SAME).any()
        return not (moved or len(self.rows) or len(self.metrics))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        names = ("versions", "articles", "rows", "entries", "metrics", "article_metrics", "parts", "findings")
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        from framing.validity.movement.telling import describe_analysis_changes

        return "\n".join(describe_analysis_changes(self))


def compare_analyses(
    old: Analysis,
    new: Analysis,
    *,
    metrics: Sequence[str] | None = None,
    event: str | None = "event",
    contrast: str = "pairwise",
    copies: str = "keep",
    old_corpus: pd.DataFrame | None = None,
    new_corpus: pd.DataFrame | None = None,
) -> AnalysisChanges:
    """Tell what moved between two analyses of one corpus, and through what.

    Parameters
    ----------
    old, new : Analysis
        What `analyze` gave, or `Analysis.load`.
    metrics, event, contrast, copies
        The comparison to make of both, as in `compare_outlets`.
    old_corpus, new_corpus : pandas.DataFrame, optional
        What was analysed. With both it is known exactly which articles have another text.

    Returns
    -------
    AnalysisChanges
        Its tables say which versions differ, which articles have another text, which annotation rows moved by which
        entry, which metrics moved, what their movement is made of, and which findings moved. Printed, it says the same
        in sentences (`describe_analysis_changes`).

    Raises
    ------
    InputError
        (a ValueError) If the analyses have no article in common, or a corpus isn't the one that was analysed.

    Notes
    -----
    Rows are matched by article and place. A row whose text is the same and that came, went or changed did so through
    the code, the model or the lexicon; `entry` names the line of the lexicon (``perhaps:adverb`` is the pattern with
    its construction), `versions` says which files differ. Lexicons themselves are not in an analysis, so that what
    stood in their lines is not shown. A stretch of words that changed hands because an attribution moved is counted
    under that.

    Examples
    --------
    >>> from framing import analyze, load_example, metric_table
    >>> corpus = load_example().head(15)
    >>> old, new = analyze(corpus, progress=False), analyze(corpus.iloc[::-1], progress=False)
    >>> changes = compare_analyses(old, new, event=None, metrics=["share_words_source"], contrast="Radio Arrenia")
    >>> changes.is_same
    True
    """
    articles = article_status(old, new, old_corpus, new_corpus)
    status = dict(zip(articles["article_id"], articles["status"], strict=True))
    both = sorted(article for article, what in status.items() if what not in (ONLY_OLD, ONLY_NEW, PROBLEM))
    one, other = ({name: _of(each.tables[name], both) for name in COMPARED} for each in (old, new))
    old_articles, new_articles = (each.articles.set_index("article_id").loc[both] for each in (old, new))
    matching = match_rows(one, other, {a for a in both if status[a] in (OTHER_TEXT, OTHER_TITLE)})
    rows = matching.table()
    by_article = moved_article_metrics(old_articles, new_articles)
    moved = moved_metrics(old_articles, new_articles, by_article)
    parts = [part for metric in moved["metric"] for part in parts_of(str(metric), one, other, matching)]
    findings, notes = _findings(old, new, metrics=metrics, event=event, contrast=contrast, copies=copies)
    hashes = {each.provenance["input"]["sha256"] for each in (old, new)}
    if len(hashes) > 1 and set(status.values()) == {SAME}:
        notes.append(
            "The hashes of the input differ, but no table shows which article has another text; give both corpora to "
            "find it."
        )
    counted = articles.assign(n_rows_moved=_numbers(rows, articles), n_metrics_moved=_numbers(by_article, articles))
    versions = version_table(old.provenance, new.provenance)
    return AnalysisChanges(
        versions, counted, rows, _by_entry(rows), moved, by_article, as_table(parts, PARTS), findings, tuple(notes)
    )


def _of(table: pd.DataFrame, articles: Sequence[str]) -> pd.DataFrame:
    """The rows of some articles, sorted by article, so that nothing depends on the order of the corpus."""
    chosen = table[table["article_id"].isin(articles)]
    return chosen.sort_values("article_id", kind="stable", ignore_index=True)


def _numbers(rows: pd.DataFrame, articles: pd.DataFrame) -> "pd.Series[int]":
    counts = rows["article_id"].value_counts()
    return articles["article_id"].map(lambda article: int(counts.get(article, 0))).astype("Int64")


def _by_entry(rows: pd.DataFrame) -> pd.DataFrame:
    numbers: dict[tuple[str, str], dict[str, int]] = {}
    for table, entry, what in rows[["table", "entry", "what"]].itertuples(index=False):
        numbers.setdefault((table, entry), {CAME: 0, WENT: 0, CHANGED: 0})[what] += 1
    listed = [
        {"table": table, "entry": entry, "n_came": n[CAME], "n_went": n[WENT], "n_changed": n[CHANGED]}
        for (table, entry), n in sorted(numbers.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    ]
    return as_table(listed, ENTRIES)


def _findings(old: Analysis, new: Analysis, **how: Any) -> tuple[pd.DataFrame, list[str]]:
    if how["metrics"] is None:
        how["metrics"] = _shared_core(old.articles, new.articles)
    try:
        was, now = (compare_outlets(each.articles, **how) for each in (old, new))
    except TooFewError as error:
        return as_table([], FINDINGS), [f"The outlets were not compared: {error}"]
    key = ["metric", "outlet", "versus"]
    one, other = ({tuple(map(str, row)): n for n, row in enumerate(each[key].values.tolist())} for each in (was, now))
    rows = []
    for names in dict.fromkeys([*one, *other]):
        before = was.iloc[one[names]] if names in one else None
        after = now.iloc[other[names]] if names in other else None
        rows.append(dict(zip(key, names, strict=True)) | _finding(before, after))
    return as_table(rows, FINDINGS), []


def _shared_core(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    table = metric_table()
    return [str(m) for m in table.index[table["family"] == "core"] if m in old and m in new]


def _finding(before: "pd.Series | None", after: "pd.Series | None") -> dict[str, Any]:
    sides = {"old": before, "new": after}
    values: dict[str, Any] = {
        f"{name}_{side}": None if row is None else row[column]
        for side, row in sides.items()
        for name, column in (("difference", "difference"), ("q", "q_value"))
    }
    if before is None or after is None:
        return values | {"status": ONLY_NEW if before is None else ONLY_OLD}
    stood, stands = (bool(not pd.isna(row["q_value"]) and row["q_value"] < STANDS) for row in (before, after))
    if stood != stands:
        return values | {"status": STANDS_NOW if stands else FELL}
    apart = [_apart(before[name], after[name]) for name in ("difference", "effect_size", "p_value", "q_value")]
    return values | {"status": MOVED if any(apart) else AS_BEFORE}


def _apart(was: Any, now: Any) -> bool:
    if pd.isna(was) or pd.isna(now):
        return bool(pd.isna(was) != pd.isna(now))
    return abs(float(was) - float(now)) > 1e-9
