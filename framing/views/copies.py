"""How far the answer moves with copies in or out: the same comparisons side by side."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.comparison.contrasts import without_joint
from framing.comparison.copies import has_copies, treat_copies
from framing.views.numbers import count, probability
from framing.views.overview import Table
from framing.views.wording import other_side, wording_of

TREATED = {"keep": "copies kept", "drop": "copies left out", "separate": "agency copy apart"}
_CASE = ["metric", "outlet", "versus"]


def copies_table(comparisons: Mapping[str, pd.DataFrame]) -> Table:
    """Set the comparisons side by side, one for each treatment of copies; a row that one of them lacks is a dash.

    Parameters
    ----------
    comparisons : mapping
        What `compare_outlets(copies=…)` gave, by the treatment: ``keep``, ``drop`` or ``separate``.
    """
    cases = pd.concat([comparison[_CASE] for comparison in comparisons.values()]).drop_duplicates()
    head = ["measure", "outlet", "versus"]
    for treatment in comparisons:
        head += [f"difference, {TREATED[treatment]}", "95% interval", "q"]
    rows_of = {
        treatment: {tuple(row[name] for name in _CASE): row for row in comparison.to_dict("records")}
        for treatment, comparison in comparisons.items()
    }
    rows = []
    for case in cases.itertuples(index=False, name=None):
        wording = wording_of(str(case[0]))
        unit = wording.unit_difference if wording.suffix else wording.unit
        cells = [f"{wording.title}, {unit}", str(case[1]), other_side(case[2])]
        for rows_by_case in rows_of.values():
            cells += _cells(rows_by_case.get(case), str(case[0]))
        rows.append(cells)
    return Table("The same comparisons with and without copies", head, rows, texts=3)


def _cells(row: Mapping[Any, Any] | None, metric: str) -> list[str]:
    if row is None:
        return ["–", "–", "–"]
    wording = wording_of(metric)
    return [
        wording.difference(row["difference"]),
        wording.interval(row["ci_low"], row["ci_high"]),
        probability(row["q_value"]),
    ]


def turned(comparisons: Mapping[str, pd.DataFrame]) -> tuple[int, int]:
    """Count the comparisons that all treatments made, and those of them that change sign or stop or begin to stand.

    Examples
    --------
    >>> row = {"metric": "n", "outlet": "Herald", "versus": "Post", "difference": 2.0, "q_value": 0.01}
    >>> turned({"keep": pd.DataFrame([row]), "drop": pd.DataFrame([row | {"q_value": 0.2}])})
    (1, 1)
    """
    both = None
    for name, comparison in comparisons.items():
        answers = without_joint(comparison).dropna(subset=["q_value"]).set_index(_CASE)[["difference", "q_value"]]
        answer = pd.DataFrame({f"sign {name}": answers["difference"] > 0, f"stands {name}": answers["q_value"] < 0.05})
        both = answer if both is None else both.join(answer, how="inner")
    if both is None:
        return 0, 0
    signs, stand = both.filter(like="sign "), both.filter(like="stands ")
    moved = (signs.nunique(axis=1) > 1) | (stand.nunique(axis=1) > 1)
    return len(both), int(moved.sum())


def copies_sentence(articles: pd.DataFrame) -> str:
    """Say how many of the articles analysed are copies, and of whom; an empty string when none is marked.

    Examples
    --------
    >>> copies_sentence(pd.DataFrame({"copy": [True, True, False], "agency": ["AFP", None, None]}))
    '2 of 3 articles are copies: 1 of an agency (AFP), 1 of another article.'
    """
    if not has_copies(articles) or "agency" not in articles.columns:
        return ""
    marked = articles.drop(treat_copies(articles, "drop")[0].index)
    agencies = sorted(map(str, marked["agency"].dropna().unique()))
    n_agency = int(marked["agency"].notna().sum())
    parts = [f"{count(n_agency)} of an agency ({', '.join(agencies)})"] if n_agency else []
    parts += [f"{count(len(marked) - n_agency)} of another article"] if len(marked) > n_agency else []
    verb = "is a copy" if len(marked) == 1 else "are copies"
    return f"{count(len(marked))} of {count(len(articles))} articles {verb}: {', '.join(parts)}."
