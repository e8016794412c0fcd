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


class Tally(NamedTuple):
    """An account as numbers that can be added up: articles repaired and cleaned, and entries by action and rule."""

    repaired: int = 0
    cleaned: int = 0
    entries: tuple[tuple[str, str, int, int], ...] = ()  # action, rule, how many entries, how many records


def tally(account: pd.DataFrame) -> Tally:
    """Count what an account holds."""
    n_entries: Counter[tuple[str, str]] = Counter()
    n_records: Counter[tuple[str, str]] = Counter()
    for action, rule, n in account[["action", "rule", "n"]].itertuples(index=False):
        n_entries[action, rule] += 1
        n_records[action, rule] += int(n)
    entries = tuple((*key, n_entries[key], n_records[key]) for key in n_entries)
    return Tally(_articles_with(account, "repaired"), _articles_with(account, "removed"), entries)


def added_up(tallies: Iterable[Tally]) -> Tally:
    """Tallies of the pieces of a reading as that of the whole.

    Examples
    --------
    >>> added_up([Tally(1, 0, (("repaired", "mojibake", 2, 2),)), Tally(2, 0, (("repaired", "mojibake", 3, 3),))])
    Tally(repaired=3, cleaned=0, entries=(('repaired', 'mojibake', 5, 5),))
    """
    repaired, cleaned = 0, 0
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for each in tallies:
        repaired, cleaned = repaired + each.repaired, cleaned + each.cleaned
        for action, rule, n_entries, n_records in each.entries:
            before = counts.get((action, rule), (0, 0))
            counts[action, rule] = (before[0] + n_entries, before[1] + n_records)
    return Tally(repaired, cleaned, tuple((*key, *n) for key, n in counts.items()))


def reading_summary(account: pd.DataFrame, n_articles: int) -> dict[str, Any]:
    """Sum up an account: `read`, `repaired` and `set_aside` add up to what the files held; `sentence` says it in words.

    `cleaned` counts the articles that page debris was removed from, whether they are `read` or `repaired`.
    """
    return summary_of(tally(account), n_articles)


def summary_of(counted: Tally, n_articles: int) -> dict[str, Any]:
    """Sum up an account that was counted, as `reading_summary` does."""
    repaired, cleaned = counted.repaired, counted.cleaned
    aside = sum(n for action, _, _, n in counted.entries if action == "set_aside")
    counts = f"{n_articles - repaired:,} read, {repaired:,} repaired{_why(counted, 'repaired')}"
    debris = f"; page debris removed from {cleaned:,}{_why(counted, 'removed')}" if cleaned else ""
    missing = {rule: n for action, rule, n, _ in counted.entries if action == "noted" and rule.startswith("no_")}
    lacking = ", ".join(f"{n:,} {rule.removeprefix('no_').replace('_', ' ')}" for rule, n in sorted(missing.items()))
    without = f"; without: {lacking}" if lacking else ""
    foreign = sum(n for _, rule, n, _ in counted.entries if rule == "other_language")
    other = f"; not in English: {foreign:,}" if foreign else ""
    guessed = sum(n for _, rule, _, n in counted.entries if rule == "outlet_guessed")
    outlets = f"; outlet guessed for {guessed:,}" if guessed else ""
    return {
        "read": n_articles - repaired,
        "repaired": repaired,
        "set_aside": aside,
        "cleaned": cleaned,
        "sentence": f"{counts}, {aside:,} set aside{_why(counted, 'set_aside')}{debris}{without}{other}{outlets}",
    }


def _articles_with(account: pd.DataFrame, action: str) -> int:
    return int(account.loc[account["action"] == action, "article_id"].nunique())


def _why(counted: Tally, of: str) -> str:
    rules = Counter({rule: n for action, rule, _, n in counted.entries if action == of})
    why = ", ".join(f"{n:,} {rule.replace('_', ' ')}" for rule, n in rules.most_common(4))
    return f" ({why}{', …' if len(rules) > 4 else ''})" if why else ""
