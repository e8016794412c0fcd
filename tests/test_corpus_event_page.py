"""Events as a page for a spreadsheet: out, decided on by hand, and back."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import load_example, match_events, read_events, write_events
from framing.errors import InputError


@pytest.fixture(scope="module")
def corpus():
    return load_example()


@pytest.fixture(scope="module")
def matched(corpus):
    return match_events(corpus)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def decide(path, decisions, **how):
    """Fill the column by hand: article_id → decision."""
    rows = rows_of(path)
    for row in rows:
        row["decision"] = decisions.get(row["article_id"], "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], **how)
        writer.writeheader()
        writer.writerows(rows)


def test_the_page_has_a_row_per_article_event_by_event(corpus, matched, tmp_path):
    rows = rows_of(write_events(matched, corpus, tmp_path / "events.csv"))
    assert sorted(row["article_id"] for row in rows) == sorted(corpus["article_id"])
    assert list(rows[0]) == [
        "event", "decision", "article_id", "outlet", "date", "title", "opening", "score", "runner_up",
        "runner_up_score", "doubtful", "n_articles", "n_outlets", "why",
    ]  # fmt: skip
    assert [row["date"] for row in rows[:5]] == ["2024-03-14", *["2024-03-15"] * 4]
    assert rows[0]["title"] == "Arrenian parliament votes to raise pension age to 66"
    assert rows[0]["opening"].startswith("PORT SOLLEN (Sextant) — Arrenia’s parliament")
    assert {row["decision"] for row in rows} == {""}
    assert rows[-1]["event"] == ""  # the one without an event comes last


def test_a_page_without_decisions_gives_the_events_back(corpus, matched, tmp_path):
    decided = read_events(write_events(matched, corpus, tmp_path / "events.csv"), corpus, quiet=True)
    pd.testing.assert_series_equal(decided["event"], matched["event"])
    pd.testing.assert_series_equal(decided["n_outlets"], matched["n_outlets"])
    assert decided.attrs["decisions"]["sentence"] == "50 articles read, 0 decisions"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_hand_moves_merges_splits_confirms_and_takes_out(corpus, matched, tmp_path, delimiter, capsys):
    path = write_events(matched, corpus, tmp_path / "events.csv")
    event = matched.set_index("article_id")["event"]
    flood = corpus.loc[corpus["event"] == "dam-flood", "article_id"]
    decisions = {
        "e01-agency": "None",
        "e01-ledger": event["e01-ledger"],
        **dict.fromkeys(flood, event["e03-agency"]),
        "e04-agency": "recount",
        "e04-radio": "recount ",
    }
    decide(path, decisions, delimiter=delimiter)
    decided = read_events(path, corpus)
    now = decided.set_index("article_id")["event"]
    assert now["e01-agency"] is pd.NA
    assert now["e01-ledger"] == event["e01-ledger"]
    assert (now[flood] == event["e03-agency"]).all()
    assert now["e04-agency"] == now["e04-radio"] == "recount" != now["e04-ledger"]
    assert decided.loc[decided["event"] == "recount", "n_articles"].tolist() == [2, 2]
    assert decided["proposed"].equals(matched["event"])
    sentence = "50 articles read, 9 decisions: 1 confirmed, 5 moved to another event, 2 in 1 new event, 1 taken out"
    assert capsys.readouterr().err == f"events.csv: {sentence}\n"


def test_a_slip_in_the_name_of_an_event_is_said(corpus, matched, tmp_path):
    path = write_events(matched, corpus, tmp_path / "events.csv")
    decide(path, {"e01-agency": "2024-04-10-dam-lindmer"})
    told = read_events(path, corpus, quiet=True).attrs["decisions"]["sentence"]
    assert "'2024-04-10-dam-lindmer' is no event of the file and has one article; was '2024-04-10-" in told


def test_articles_of_only_one_side_are_said(corpus, matched, tmp_path):
    path = write_events(matched, corpus, tmp_path / "events.csv")
    fewer = corpus.iloc[5:]
    decided = read_events(path, fewer, quiet=True)
    assert decided["article_id"].tolist() == fewer["article_id"].tolist()
    assert decided.attrs["decisions"]["sentence"] == (
        "50 articles read, 0 decisions; 5 articles of the file not in the corpus, left out"
    )
    write_events(match_events(fewer), fewer, path)
    decided = read_events(path, corpus, quiet=True)
    assert decided["event"].head(5).isna().all()
    assert "5 articles of the corpus are not in the file and have no event" in decided.attrs["decisions"]["sentence"]


HOSTILE = [
    '=HYPERLINK("http://x.example","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    " =cmd|' /C calc'!A0",
    "harmless; =1+1",
    "two\nlines\r\n=1+1",
    'quo"ted, and, commas',
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_nothing_that_a_spreadsheet_would_run_is_written(title, tmp_path):
    frame = pd.DataFrame({"article_id": [title, "b"], "outlet": [title, "C"], "title": title, "text": title})
    matched = match_events(frame)
    path = write_events(matched, frame, tmp_path / "events.csv")
    for value in (value for row in rows_of(path) for value in row.values()):
        for cell in value.split(";"):
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
        assert not value.startswith(("\t", "\r", "\n"))
    pd.testing.assert_series_equal(read_events(path, frame, quiet=True)["event"], matched["event"])


def test_control_characters_of_a_title_do_not_make_the_page_unreadable(tmp_path):
    frame = pd.DataFrame(
        {"article_id": ["a"], "outlet": "H", "title": "A\x1b[31m \x08bell\x9b", "text": "It\x00 rained."}
    )
    path = write_events(match_events(frame), frame, tmp_path / "events.csv")
    assert [(row["title"], row["opening"]) for row in rows_of(path)] == [("A [31m bell", "It rained.")]
    assert len(read_events(path, frame, quiet=True)) == 1


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=6), max_size=4)
)
def test_ids_and_events_come_back_whatever_they_begin_with(tmp_path_factory, names):
    ids = list(
        dict.fromkeys(["'=1", "''+2", "-3", "a;=4", "a;'=4", "a", *(name.strip() for name in names if name.strip())])
    )
    frame = pd.DataFrame({"article_id": ids, "outlet": "H", "text": "It rained."})
    events = frame.assign(event=[f"{name} e" for name in ids])
    path = tmp_path_factory.mktemp("page") / "events.csv"
    decided = read_events(write_events(events[["article_id", "event"]], frame, path), frame, quiet=True)
    assert decided["event"].tolist() == events["event"].tolist()


def test_decisions_are_not_written_over(corpus, matched, tmp_path):
    path = write_events(matched, corpus, tmp_path / "events.csv")
    write_events(matched, corpus, path)
    decide(path, {"e01-agency": "none"})
    with pytest.raises(InputError, match="holds 1 decision, which would be lost"):
        write_events(matched, corpus, path)


def test_what_is_wrong_with_a_file_is_said(corpus, matched, tmp_path):
    with pytest.raises(InputError, match="is no file"):
        read_events(tmp_path / "none.csv", corpus)
    path = tmp_path / "events.csv"
    for content, message in [
        ("article_id,event\ne01-agency,x\n", "has no column 'decision'; it has: article_id, event"),
        ("article_id,event,decision\ne01-agency,x,\ne01-agency,y,\n", "more than one row for: e01-agency"),
        ("article_id,event,decision\n,x,\n", "has 1 rows without article_id"),
        ("article_id,event,decision\n1,x,\n", "none of the 1 articles in .* is in the corpus; they begin with 1"),
        ("article_id,event,decision\ne01-agency,x,,surplus\n", "1 row can't be read"),
    ]:
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=message):
            read_events(path, corpus)


def test_what_is_wrong_with_the_frames_is_said(corpus, matched, tmp_path):
    with pytest.raises(InputError, match="matched has no column 'event'"):
        write_events(corpus[["article_id"]], corpus, tmp_path / "events.csv")
    with pytest.raises(InputError, match="not about the same articles"):
        write_events(matched, corpus.head(3), tmp_path / "events.csv")
    with pytest.raises(InputError, match="can't be written: No such file"):
        write_events(matched, corpus, tmp_path / "no" / "events.csv")
