"""The account of a reading: what was repaired, removed or set aside, piece by piece, and a sentence that sums it up."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

import pandas as pd

from framing.tables import Schema, as_table

Action = Literal["repaired", "removed", "set_aside", "noted"]

ACCOUNT: Schema = {
    "article_id": "string",
    "place": "string",
    "action": "string",
    "rule": "string",
    "field": "string",
    "start": "Int64",
    "text": "string",
    "note": "string",
    "n": "Int64",
}
_EXCERPT = 500  # characters kept of a record that was set aside


class Entry(NamedTuple):
    """One thing that reading did to one article (or to a whole file, when `row` is ``None``)."""

    place: str
    action: Action
    rule: str
    note: str
    row: int | None = None
    field: str | None = None
    start: int | None = None
    text: str | None = None
    n: int = 1  # records of a kind that are counted in one entry, such as the pictures of a web archive


def set_aside(place: str, rule: str, note: str, text: str | None = None) -> Entry:
    """Make the entry of a record that could not become an article; a long record is kept as its beginning."""
    excerpt = None if text is None else text.encode("utf-8", "replace").decode()[:_EXCERPT]
    return Entry(place, "set_aside", rule, note, text=excerpt)


def account_table(entries: Iterable[Entry], article_ids: list[str]) -> pd.DataFrame:
    """Turn entries into the account: in the order of the file, with the ids of the articles they are about."""
    rows = [
        {
            "article_id": None if entry.row is None else article_ids[entry.row],
            "place": entry.place,
            "action": entry.action,
            "rule": entry.rule,
            "field": entry.field,
            "start": entry.start,
            "text": entry.text,
            "note": entry.note,
            "n": entry.n,
        }
        for entry in entries
    ]
    return as_table(rows, ACCOUNT)


def reading_summary(account: pd.DataFrame, n_articles: int) -> dict[str, Any]:
    """Sum up an account: `read`, `repaired` and `set_aside` add up to what the files held; `sentence` says it in words.

    `cleaned` counts the articles that page debris was removed from, whether they are `read` or `repaired`.
    """
    repaired = _articles_with(account, "repaired")
    cleaned = _articles_with(account, "removed")
    aside = int(account.loc[account["action"] == "set_aside", "n"].sum())
    counts = f"{n_articles - repaired:,} read, {repaired:,} repaired{_why(account, 'repaired')}"
    debris = f"; page debris removed from {cleaned:,}{_why(account, 'removed')}" if cleaned else ""
    missing = Counter(rule for rule in account.loc[account["action"] == "noted", "rule"] if rule.startswith("no_"))
    lacking = ", ".join(f"{n:,} {rule.removeprefix('no_').replace('_', ' ')}" for rule, n in sorted(missing.items()))
    without = f"; without: {lacking}" if lacking else ""
    foreign = int((account["rule"] == "other_language").sum())
    other = f"; not in English: {foreign:,}" if foreign else ""
    guessed = int(account.loc[account["rule"] == "outlet_guessed", "n"].sum())
    outlets = f"; outlet guessed for {guessed:,}" if guessed else ""
    return {
        "read": n_articles - repaired,
        "repaired": repaired,
        "set_aside": aside,
        "cleaned": cleaned,
        "sentence": f"{counts}, {aside:,} set aside{_why(account, 'set_aside')}{debris}{without}{other}{outlets}",
    }


def _articles_with(account: pd.DataFrame, action: str) -> int:
    return int(account.loc[account["action"] == action, "article_id"].nunique())


def _why(account: pd.DataFrame, action: str) -> str:
    rules: Counter[str] = Counter()
    for rule, n in account.loc[account["action"] == action, ["rule", "n"]].itertuples(index=False):
        rules[rule] += n
    why = ", ".join(f"{n:,} {rule.replace('_', ' ')}" for rule, n in rules.most_common(4))
    return f" ({why}{', …' if len(rules) > 4 else ''})" if why else ""
