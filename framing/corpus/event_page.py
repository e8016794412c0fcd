"""Matched events as a page for a spreadsheet, and back with a person's decisions."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.checking import check_corpus
from framing.corpus.columns import STRING, shown
from framing.corpus.delimited import read_delimited
from framing.corpus.events import count_events
from framing.corpus.spreadsheets import CONTROL, cell_as_it_was, harmless_cell
from framing.errors import InputError

COLUMNS = (
    "event", "decision", "article_id", "outlet", "date", "title", "opening", "score", "runner_up", "runner_up_score",
    "doubtful", "n_articles", "n_outlets", "why",
)  # fmt: skip
NO_EVENT = "none"
_OPENING = 200  # characters


def write_events(matched: pd.DataFrame, corpus: pd.DataFrame, path: str | Path) -> Path:
    """Write matched events as a CSV that a person can look through and decide on.

    Parameters
    ----------
    matched : pandas.DataFrame
        What `match_events` gives, or any frame with `article_id` and `event`.
    corpus : pandas.DataFrame
        The corpus it was made from.
    path : str or Path
        Where to write; a file there is replaced unless it holds decisions.

    Returns
    -------
    Path
        The file: one row per article, event by event in the order of their first days, then the articles without one.
        Columns: `event`, `decision` (empty, for the hand), `article_id`, `outlet`, `date`, `title`, `opening` (the
        first 200 characters of the text) and what `match_events` says, as far as `matched` has it. UTF-8 with a mark,
        as spreadsheets expect.

    Raises
    ------
    InputError
        (a ValueError) If `matched` and `corpus` are not about the same articles, the file holds decisions already, or
        it can't be written.

    Notes
    -----
    In the column `decision` an empty cell leaves an article where it is; the name of another event moves it there (to
    merge two events, write the name of one beside all articles of the other); a new name beside several articles makes
    an event of them (to split one); ``none`` takes the article out. `read_events` takes the decisions back.

    Titles and ids that a spreadsheet would run as a formula get an apostrophe before them. Ids that a spreadsheet takes
    for numbers (``007``) lose their zeros when it saves the file: give such a column the type text when it is opened.

    Examples
    --------
    >>> import tempfile
    >>> from framing import load_example, match_events
    >>> corpus = load_example()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_events(match_events(corpus), corpus, Path(folder, "events.csv"))
    ...     decided = read_events(path, corpus, quiet=True)
    >>> decided.attrs["decisions"]["sentence"]
    '50 articles read, 0 decisions'
    """
    path = Path(path)
    articles = check_corpus(corpus).set_index("article_id", drop=False).rename_axis(None)
    missing = [name for name in ("article_id", "event") if name not in matched]
    if missing:
        raise InputError(f"matched has no column '{missing[0]}'; give what match_events(corpus) returned")
    if sorted(matched["article_id"]) != sorted(articles.index):
        raise InputError(
            "matched and corpus are not about the same articles. Give the corpus that match_events was given"
        )
    _keep_decisions(path)
    rows = _page(matched, articles).astype(object)
    rows = rows.where(rows.notna(), "")
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(rows.columns)
            writer.writerows([_harmless(value) for value in row] for row in rows.itertuples(index=False))
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror or error}. Name another file") from error
    return path


def read_events(path: str | Path, corpus: pd.DataFrame, *, quiet: bool = False) -> pd.DataFrame:
    r"""Read events back that a person has looked through, and say what was decided.

    Parameters
    ----------
    path : str or Path
        A CSV that `write_events` wrote, saved by a spreadsheet or not (comma, semicolon or tab): `article_id`, `event`
        and `decision`; other columns aren't read.
    corpus : pandas.DataFrame
        The articles the events are for; `article_id` and `outlet` are enough.
    quiet : bool
        Don't say in a line what was decided.

    Returns
    -------
    pandas.DataFrame
        One row per article in the order of the corpus: `article_id`, `event` (as decided), `proposed` (as matched),
        `n_articles`, `n_outlets`. ``attrs["decisions"]`` has `sentence` and the counts in it.

    Raises
    ------
    InputError
        (a ValueError) If the file can't be read, lacks a column, names an article twice, has a row that can't be read,
        or none of its articles is in the corpus.

    Examples
    --------
    >>> import tempfile
    >>> from framing import load_example
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "events.csv")
    ...     _ = path.write_text("article_id,event,decision\ne01-agency,pension,\ne01-ledger,pension,none\n")
    ...     decided = read_events(path, load_example(), quiet=True)
    >>> decided["event"].head(2).tolist(), decided.attrs["decisions"]["sentence"]
    (['pension', <NA>], '2 articles read, 1 decision: 1 taken out; 48 articles of the corpus are not in the file and have no event')
    """  # noqa: E501 (the sentence is one line)
    path = Path(path)
    articles = check_corpus(corpus, required=("article_id", "outlet"))
    written = _read_page(path)
    _check_page(path, written, articles["article_id"])
    events = written.set_index("article_id").reindex(articles["article_id"]).reset_index()
    decided = events["decision"].fillna(events["event"])
    decided = decided.mask(_taken_out(events["decision"]))
    result = pd.DataFrame({"article_id": articles["article_id"], "event": decided, "proposed": events["event"]})
    result = result.join(count_events(result["event"], articles["outlet"]))
    account = _account(written, events, articles["article_id"])
    result.attrs["decisions"] = account
    if not quiet:
        print(f"{path.name}: {account['sentence']}", file=sys.stderr)
    return result


def _page(matched: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The table as it is written, in the order in which a person reads it."""
    page = matched.set_index("article_id", drop=False).rename_axis(None)
    nothing = pd.Series(pd.NA, index=articles.index, dtype=STRING)
    page = page.assign(
        decision="",
        outlet=articles["outlet"],
        date=articles["date"].dt.strftime("%Y-%m-%d").astype(STRING) if "date" in articles else nothing,
        title=_one_line(articles["title"]) if "title" in articles else nothing,
        opening=_one_line(articles["text"]).str[:_OPENING],
    )
    if "doubtful" in page:
        page["doubtful"] = page["doubtful"].map({True: "yes"})
    first = page["date"].groupby(page["event"]).transform("min")
    ordered = page.assign(first=first).sort_values(["first", "event", "date", "article_id"], na_position="last")
    return ordered[[name for name in COLUMNS if name in page]]


def _one_line(texts: pd.Series) -> pd.Series:
    return texts.str.slice(0, 5 * _OPENING).str.replace(CONTROL, " ", regex=True).str.strip()


def _harmless(value: Any) -> Any:
    return harmless_cell(value) if isinstance(value, str) else value


def _as_it_was(value: str | None) -> str | None:
    return cell_as_it_was(value or "") or None


def _keep_decisions(path: Path) -> None:
    """Refuse to write over a person's work; anything else that lies there may be replaced."""
    if not path.is_file() or not path.stat().st_size:
        return
    records = read_delimited(path)
    n_decisions = sum(bool((row.values.get("decision") or "").strip()) for row in records.rows)
    if n_decisions:
        raise InputError(
            f"{path} holds {n_decisions} {'decision' if n_decisions == 1 else 'decisions'}, which would be lost. "
            "Name another file, or delete this one"
        )


def _read_page(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(f"{path} is no file. Give the CSV that write_events wrote, or framing events --out")
    records = read_delimited(path)
    for name in ("article_id", "event", "decision"):
        if name not in records.columns:
            raise InputError(
                f"{path} has no column '{name}'; it has: {shown(records.columns)}. "
                "Give the CSV that write_events wrote, with its header"
            )
    broken = [entry for entry in records.entries if entry.action == "set_aside"]
    if broken:
        raise InputError(
            f"{path}: {len(broken)} {'row' if len(broken) == 1 else 'rows'} can't be read "
            f"(first: {broken[0].place}, {broken[0].note}). Mend the file, so that no decision is lost"
        )
    page = pd.DataFrame(
        {
            name: pd.array([_as_it_was(row.values.get(name)) for row in records.rows], dtype=STRING)
            for name in ("article_id", "event", "decision")
        }
    )
    decision = page["decision"].str.strip()
    return page.assign(decision=decision.mask(decision == ""))


def _check_page(path: Path, written: pd.DataFrame, known: pd.Series) -> None:
    n_without = int(written["article_id"].isna().sum())
    if n_without:
        raise InputError(f"{path} has {n_without} rows without article_id, so it can't be known what they are about")
    repeated = sorted(written.loc[written["article_id"].duplicated(), "article_id"])
    if repeated:
        raise InputError(f"{path} has more than one row for: {shown(repeated, most=5)}. Leave one row per article")
    if not written["article_id"].isin(known).any():
        raise InputError(
            f"none of the {len(written)} articles in {path} is in the corpus; they begin with "
            f"{shown(written['article_id'], most=3)}, those of the corpus with {shown(known, most=3)}. Give the corpus "
            "that the events were matched in; if a spreadsheet changed the ids (007 to 7), open the column as text"
        )


def _taken_out(decision: pd.Series) -> pd.Series:
    return (decision.str.casefold() == NO_EVENT).fillna(False)


def _account(written: pd.DataFrame, events: pd.DataFrame, known: pd.Series) -> dict[str, Any]:
    """What was decided, in numbers and in a sentence."""
    decision = events["decision"]
    out = _taken_out(decision)
    named = decision.notna() & ~out
    proposed = set(events["event"].dropna())
    moved = named & decision.isin(proposed) & (decision != events["event"]).fillna(True)
    new = named & ~decision.isin(proposed)
    account: dict[str, Any] = {
        "n_read": len(written),
        "n_decisions": int(decision.notna().sum()),
        "n_taken_out": int(out.sum()),
        "n_moved": int(moved.sum()),
        "n_in_new_events": int(new.sum()),
        "n_confirmed": int((named & ~moved & ~new).sum()),
        "n_not_in_corpus": int((~written["article_id"].isin(known)).sum()),
        "n_not_in_file": int((~known.isin(written["article_id"])).sum()),
    }
    lonely = sorted(name for name, n in Counter(decision[new]).items() if n == 1)
    account["sentence"] = _sentence(account, decision[new].nunique(), lonely, proposed)
    return account


def _sentence(account: Mapping[str, Any], n_new: int, lonely: list[str], proposed: Iterable[str]) -> str:
    kinds = [
        (account["n_confirmed"], "confirmed"),
        (account["n_moved"], "moved to another event"),
        (account["n_in_new_events"], f"in {n_new} new {'event' if n_new == 1 else 'events'}"),
        (account["n_taken_out"], "taken out"),
    ]
    made = ", ".join(f"{n} {what}" for n, what in kinds if n)
    parts = [
        f"{_counted(account['n_read'], 'article')} read, {_counted(account['n_decisions'], 'decision')}"
        + (f": {made}" if made else "")
    ]
    if account["n_not_in_corpus"]:
        parts.append(f"{_counted(account['n_not_in_corpus'], 'article')} of the file not in the corpus, left out")
    if account["n_not_in_file"]:
        n = account["n_not_in_file"]
        parts.append(
            f"{_counted(n, 'article')} of the corpus {'is' if n == 1 else 'are'} not in the file and "
            f"{'has' if n == 1 else 'have'} no event"
        )
    for name in lonely:
        close = get_close_matches(name, sorted(proposed), 1)
        meant = f"; was {close[0]!r} meant?" if close else ""
        parts.append(f"{name!r} is no event of the file and has one article{meant}")
    return "; ".join(parts)


def _counted(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
