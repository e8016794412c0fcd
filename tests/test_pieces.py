"""An analysis in pieces: the same as in one go, whatever stops it, and never half a file."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import framing
from framing.analysis import piece_files, pieces, running, workers
from framing.analysis.plan import Plan
from framing.analysis.shares import Article, Lists, Share
from framing.analysis.workers import Tick
from framing.errors import InputError
from tests.command_line import run

N, SIZE = 12, 5
TEXTS = (
    "“It may rain,” the mayor said. Critics say the dam was never safe.",
    "The minister reportedly refused to answer. She told reporters that she could not.",
    "It rained for about three days.",
    "",
)


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(N)],
            "outlet": ["Herald", "Courier"] * (N // 2),
            "title": [None, "Dam may fail"] * (N // 2),
            "text": [TEXTS[n % len(TEXTS)] for n in range(N)],
            "date": [f"{n + 1}/04/2019" for n in range(N - 1)] + ["25/04/2019"],  # one says how to read all others
            "pages": [None] * 6 + [1.5] * 6,  # no value in the first piece
            "section": [None] * 6 + ["home"] * 6,
        }
    )


@pytest.fixture(scope="module")
def big(corpus: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "big.parquet"
    corpus.to_parquet(path, row_group_size=4)
    return path


@pytest.fixture(scope="module")
def unbroken(big: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return framing.analyze_pieces(big, tmp_path_factory.mktemp("out") / "unbroken", piece_size=SIZE)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def n_marks(folder: Path) -> int:
    return len(list((folder / "pieces").glob("*.json")))


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "folder"])
def test_pieces_are_what_one_go_gives(form: str, corpus: pd.DataFrame, big: Path, tmp_path: Path) -> None:
    source = tmp_path / f"big.{form}"
    if form == "parquet":
        source = big
    elif form == "csv":
        corpus.to_csv(source, index=False)
    elif form == "jsonl":
        corpus.to_json(source, orient="records", lines=True)
    else:
        source.mkdir()
        corpus.head(7).to_parquet(source / "1.parquet")
        corpus.tail(5).to_parquet(source / "2.parquet")
    whole = framing.analyze(framing.read_corpus(source, quiet=True, day_first=True if form == "folder" else None))
    folder = framing.analyze_pieces(
        source, tmp_path / "out", piece_size=SIZE, day_first=True if form == "folder" else None
    )
    loaded = framing.Analysis.load(folder)
    empty = {name: loaded.articles[name] for name in ("language", "language_probability", "dateline")}
    assert all(column.isna().all() for column in empty.values())  # what reading adds to an article of some length
    for name, table in whole.tables.items():
        expected = table.assign(**empty)[list(loaded.articles)] if name == "articles" else table
        pd.testing.assert_frame_equal(loaded.tables[name], expected)
    assert loaded.provenance["input"] == whole.provenance["input"]
    assert loaded.provenance["reading"]["sentence"] == whole.provenance["reading"]["sentence"]
    pd.testing.assert_frame_equal(framing.load_articles(folder), loaded.articles)


def test_any_reader_of_parquet_reads_a_table(unbroken: Path) -> None:
    hedges = pd.read_parquet(unbroken / "hedges")
    assert hedges["article_id"].tolist() == framing.Analysis.load(unbroken).hedges["article_id"].tolist()
    types = {
        piece: pd.read_parquet(unbroken / "articles" / piece).dtypes.to_dict()
        for piece in ("000000.parquet", "000002.parquet")
    }
    assert types["000000.parquet"] == types["000002.parquet"]


@pytest.mark.parametrize("n_articles", [3, 10])
def test_a_stopped_run_goes_on_and_ends_with_the_same_bytes(
    n_articles: int, big: Path, unbroken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        stop_at(n_articles, patched)
        with pytest.raises(KeyboardInterrupt):
            framing.analyze_pieces(big, out, piece_size=SIZE)
    assert n_marks(out) == n_articles // SIZE
    with pytest.raises(InputError, match=f"isn't finished: {n_articles // SIZE} of 3 pieces"):
        framing.Analysis.load(out)
    done = read_ids(monkeypatch)
    framing.analyze_pieces(big, out, piece_size=SIZE)
    assert files(out) == files(unbroken)
    assert done == [f"a{n}" for n in range(n_articles // SIZE * SIZE, N)]
    done.clear()
    framing.analyze_pieces(big, out, piece_size=SIZE)
    assert (done, files(out)) == ([], files(unbroken))


def stop_at(n_articles: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SHARE", 1)
    read, seen = running.read_share, []

    def stopping(articles: Sequence[Article], lists: Lists) -> Share:
        if len(seen) == n_articles:
            raise KeyboardInterrupt
        seen.append(articles)
        return read(articles, lists)

    monkeypatch.setattr(running, "read_share", stopping)


def read_ids(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read, ids = running.read_share, []

    def noting(articles: Sequence[Article], lists: Lists) -> Share:
        ids.extend(article.article_id for article in articles)
        return read(articles, lists)

    monkeypatch.setattr(running, "read_share", noting)
    return ids


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "No space left on device"), (errno.EACCES, "Permission denied")]
)
def test_what_cannot_be_written_costs_no_finished_piece(
    number: int, said: str, big: Path, unbroken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "out", Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if Path(target).parent.name == "hedges" and Path(target).name == "000001.parquet":
            raise OSError(number, os.strerror(number))
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refusing)
        with pytest.raises(InputError, match=f"can't be written to: {said}. Pieces that are finished are kept"):
            framing.analyze_pieces(big, out, piece_size=SIZE)
    assert n_marks(out) == 1
    assert list((out / ".unfinished").iterdir()) == []
    assert files(framing.analyze_pieces(big, out, piece_size=SIZE)) == files(unbroken)


def test_a_place_that_is_no_folder_is_said_before_the_work(big: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf8")
    with pytest.raises(InputError, match="can't be written to: Not a directory"):
        framing.analyze_pieces(big, tmp_path / "file", piece_size=SIZE)


def test_a_damaged_piece_is_found_told_and_done_again(big: Path, unbroken: Path, tmp_path: Path) -> None:
    out = framing.analyze_pieces(big, tmp_path / "out", piece_size=SIZE)
    broken = out / "hedges" / "000001.parquet"
    broken.write_bytes(broken.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"hedges/000001.parquet.*damaged pieces are found"):
        framing.Analysis.load(out)
    with pytest.warns(UserWarning, match=r"piece 1 is done again: hedges.000001.parquet is not as it was written"):
        framing.analyze_pieces(big, out, piece_size=SIZE)
    assert files(out) == files(unbroken)


def test_rows_that_cannot_be_read_are_named_and_finished_pieces_kept(big: Path, tmp_path: Path) -> None:
    data = bytearray(big.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 400] = bytes(400)
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(data)
    with pytest.raises(InputError, match=r"broken.parquet: rows [\d,]+ to [\d,]+ can't be read"):
        framing.analyze_pieces(broken, tmp_path / "out", piece_size=1)
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(big.read_bytes()[:-40])
    with pytest.raises(InputError, match=r"cut.parquet is no readable Parquet file"):
        framing.analyze_pieces(cut, tmp_path / "none", piece_size=1)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["a"] + [f"x{n}" for n in range(N - 2)] + ["a"], r"repeats for 1 id: a \(rows 1, 12\)"),
        ([f"x{n}" for n in range(N - 1)] + [None], "article_id is missing in row 12"),
    ],
)
def test_ids_are_checked_over_the_whole(ids: list[str], said: str, corpus: pd.DataFrame, tmp_path: Path) -> None:
    corpus.assign(article_id=ids).to_parquet(tmp_path / "big.parquet")
    with pytest.raises(InputError, match=said):
        framing.analyze_pieces(tmp_path / "big.parquet", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_article_that_fails_is_a_row_that_says_so(
    big: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from framing.analysis import shares

    def broken(article_id: str, texts: dict[str, str | None], **options: object) -> object:
        if article_id == "a6":
            raise RuntimeError("this text breaks the parser")
        return read(article_id, texts, **options)

    read = shares.read_article
    monkeypatch.setattr(shares, "read_article", broken)
    articles = framing.load_articles(framing.analyze_pieces(big, tmp_path / "out", piece_size=SIZE))
    problems = dict(zip(articles["article_id"], articles["problem"].fillna("-"), strict=True))
    assert {k: v for k, v in problems.items() if v not in ("-", "no text")} == {
        "a6": "RuntimeError: this text breaks the parser"
    }


def test_nothing_to_analyse_is_said(corpus: pd.DataFrame, tmp_path: Path) -> None:
    corpus.head(0).to_parquet(tmp_path / "none.parquet")
    with pytest.raises(InputError, match=r"none.parquet holds no article"):
        framing.analyze_pieces(tmp_path / "none.parquet", tmp_path / "out")
    (tmp_path / "a.docx").write_text("x", encoding="utf8")
    with pytest.raises(InputError, match="can't be read in stretches"):
        framing.analyze_pieces(tmp_path / "a.docx", tmp_path / "out")


def test_a_run_of_something_else_is_not_mixed_in(big: Path, unbroken: Path, tmp_path: Path) -> None:
    out = framing.analyze_pieces(big, tmp_path / "out", piece_size=SIZE)
    with pytest.raises(InputError, match=r"something else: piece_size was 5 and is 6.*again=True"):
        framing.analyze_pieces(big, out, piece_size=6)
    with pytest.raises(InputError, match="parameters › language was en and is any"):
        framing.analyze_pieces(big, out, piece_size=SIZE, language="any")
    other = tmp_path / "big.parquet"
    pd.read_parquet(big).tail(4).to_parquet(other)
    with pytest.raises(InputError, match=r"source › 1 › rows was 12 and is 4"):
        framing.analyze_pieces(other, out, piece_size=SIZE)
    again = framing.analyze_pieces(other, out, piece_size=SIZE, again=True)
    assert len(framing.load_articles(again)) == 4
    with pytest.raises(InputError, match="holds an analysis in pieces"):
        framing.Analysis.load(unbroken).save(out)
    (out / "run.json").unlink()
    with pytest.raises(InputError, match=r"holds articles.000000.parquet, but no run.json"):
        framing.analyze_pieces(big, out, piece_size=SIZE)
    framing.Analysis.load(unbroken).save(tmp_path / "whole")
    with pytest.raises(InputError, match="not in pieces"):
        framing.analyze_pieces(big, tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32", reason="processes can't be killed alike there")
def test_workers_write_the_same_bytes_and_what_kills_one_is_read_article_by_article(
    big: Path, unbroken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    singly: list[int] = []

    def noting(articles: Sequence[Article], tick: Tick, *, lists: Lists, cache: None) -> Share:
        singly.append(len(articles))
        return running.read_share(articles, lists)

    monkeypatch.setattr(workers, "TRIES", 1)
    monkeypatch.setattr(pieces, "_piece_of_plan", dies_of_piece_1)
    monkeypatch.setattr(pieces, "read_singly", noting)
    out = framing.analyze_pieces(big, tmp_path / "out", piece_size=SIZE, workers=2)
    assert singly == [SIZE]
    assert files(out) == files(unbroken)


def dies_of_piece_1(plan: Plan, cache: None, number: int, tick: Tick) -> None:
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    pieces.analyze_piece(plan, number, tick)


def test_the_command_writes_what_the_others_read(big: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    code, said, _ = run(capsys, "analyze", big, "--out", out, "--pieces", SIZE)
    assert (code, f"12 articles of 2 outlets, in pieces of {SIZE}" in said) == (0, True)
    assert run(capsys, "compare", out, "--by-article", "--metric", "share_words_source")[0] in (0, 2)
    code, _, error = run(capsys, "analyze", big, "--out", out, "--pieces", 6)
    assert (code, "--pieces was 5 and is 6" in error, "--again" in error) == (2, True, True)
    assert run(capsys, "analyze", big, "--out", out)[0] == 0  # goes on in the pieces that are there
    assert run(capsys, "analyze", big, "--out", out, "--pieces", 6, "--again")[0] == 0
    assert run(capsys, "analyze", big, "--out", tmp_path / "small")[0] == 0
    assert (tmp_path / "small" / "articles.parquet").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl-C can be sent to a process there")
def test_ctrl_c_stops_all_processes_and_says_how_to_go_on(corpus: pd.DataFrame, tmp_path: Path) -> None:
    many = pd.concat([corpus.assign(article_id=corpus["article_id"] + f"-{n}") for n in range(200)])
    many.to_parquet(tmp_path / "many.parquet")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-c",
        "from framing.cli import main; main()",
        "analyze",
        tmp_path / "many.parquet",
        "--out",
        out,
        "--pieces",
        "3",
        "--workers",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while n_marks(out) < 1 and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "pieces are finished; the same command goes on from there" in said
    deadline = time.monotonic() + 20
    while still_running(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert still_running(process.pid) == []


def still_running(group: int) -> list[str]:
    """Processes of a group that have not ended; one that nobody has asked about how it ended is a Z."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    lines = [line.split(maxsplit=2) for line in listed.splitlines()]
    return [line[2] for line in lines if line[0] == str(group) and not line[1].startswith("Z")]


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hedges" / "000000.parquet"
    path.parent.mkdir()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        piece_files.write_whole(path, b"x", tmp_path)
    assert (path.exists(), list((tmp_path / ".unfinished").iterdir())) == (False, [])


def test_what_the_cache_has_is_not_read_again_and_the_bytes_are_the_same(
    big: Path, unbroken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = framing.analyze_pieces(big, tmp_path / "first", piece_size=SIZE, cache=tmp_path / "cache")
    assert files(first) == files(unbroken)

    def refuse(*_: object) -> Share:
        raise AssertionError("an article was read again")

    monkeypatch.setattr(running, "read_share", refuse)
    second = framing.analyze_pieces(big, tmp_path / "second", piece_size=SIZE, cache=tmp_path / "cache")
    assert files(second) == files(unbroken)
    with pytest.raises(AssertionError, match="read again"):
        framing.analyze_pieces(big, tmp_path / "third", piece_size=SIZE)
