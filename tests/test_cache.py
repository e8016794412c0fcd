"""The cache: an article is read once, nothing stale is taken, and whatever is wrong with the file costs only time."""

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

import framing
from framing.analysis import CacheWarning, cache_folder, clear_cache
from framing.analysis.cache import keys, open_cache, open_store, packing, recalling, remember, store
from framing.analysis.schemas import SCHEMAS
from framing.analysis.shares import Article, Lists, Share, articles_of, frames, read_share
from framing.errors import InputError
from framing.lexicons import load_lexicon
from framing.measures.lookup import make_lookup
from tests.command_line import run
from tests.test_article_sums import IDS, evidence

GERMAN = "Der Bürgermeister sagte am Montag, die Brücke werde nicht vor dem Herbst wieder geöffnet. " * 2
TEXTS = [
    "“It may rain,” Ann Ó Briain said. The mayor denied it.",
    "Critics say that the plan is a disaster. It seems to work.",
    GERMAN,
    None,
    "The minister, who resigned, reportedly told aides about 300 jobs were lost.",
]
N_WORDS = [11, 12]  # of the first two with their headlines


def corpus(texts: list[str | None] = TEXTS) -> pd.DataFrame:
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": "Herald", "text": texts, "title": "Vess may resign"})


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the articles that were read, as they are read."""
    read: list[str] = []

    def counted(article_id, texts, **options):
        read.append(article_id)
        return framing.measures.reading.read_article(article_id, texts, **options)

    monkeypatch.setattr("framing.analysis.shares.read_article", counted)
    return read


def saved(analysis: framing.Analysis, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    return {path.name: path.read_bytes() for path in analysis.save(folder).iterdir()}


def test_from_the_cache_comes_what_was_found_byte_for_byte(tmp_path, reads):
    options = {"lexicons": ["vader"], "progress": False}
    expected = saved(framing.analyze(corpus(), **options), tmp_path / "out")
    for _ in range(2):
        reads.clear()
        assert saved(framing.analyze(corpus(), cache=tmp_path / "c", **options), tmp_path / "out") == expected
    assert reads == []
    # Some known and some not, in another order: the new ones are read, and all stand where they belong.
    more = pd.concat([corpus([*TEXTS[::-1], "He might go."]).assign(article_id=list("vwxyzö")), corpus()])
    more = more.sample(frac=1, random_state=2)
    mixed = framing.analyze(more, cache=tmp_path / "c", **options)
    assert sorted(reads) == ["v", "w", "y", "z", "ö"]
    assert saved(mixed, tmp_path / "out") == saved(framing.analyze(more, **options), tmp_path / "out")


def test_what_decides_the_answer_is_part_of_the_name(tmp_path, monkeypatch):
    lists = Lists(load_lexicon("hedges_en"), {"vader": make_lookup("vader")})
    named = keys.run_key(lists)
    assert keys.run_key(replace(lists)) == named
    own = tmp_path / "own.csv"
    own.write_text("pattern,weight\ngood,1\nbad,-2\n", encoding="utf8")
    scales = []
    for most in (4, 8):
        own.with_suffix(".toml").write_text(f"minimum = -4\nmidpoint = 0\nmaximum = {most}\n", encoding="utf8")
        scales.append({"own": make_lookup(own)})
    hedges = load_lexicon("hedges_en")
    others = [
        replace(lists, language="any"),
        replace(lists, sentiment={}),
        replace(lists, sentiment={"other": make_lookup("vader")}),
        *(replace(lists, sentiment=scaled) for scaled in scales),
        replace(lists, hedges=replace(hedges, sha256="0" * 64)),
        replace(lists, hedges=replace(hedges, entries=hedges.entries.iloc[1:])),
    ]
    names = [named, *map(keys.run_key, others)]
    monkeypatch.setattr(keys, "surroundings", lambda: "others")
    names.append(keys.run_key(lists))
    assert len(set(names)) == len(names)


def test_code_versions_and_model_are_surroundings(monkeypatch):
    here = keys.surroundings()
    others = {
        "code_hash": lambda folder: "another",
        "version": lambda package: "9.9",
        "installed_model": lambda: ("en_core_web_lg", "3.8.0"),
    }
    for name, other in others.items():
        with monkeypatch.context() as changed:
            changed.setattr(keys, name, other)
            assert keys.surroundings.__wrapped__() != here
    assert keys.surroundings.__wrapped__() == here


def test_a_process_with_other_surroundings_keeps_nothing(tmp_path):
    lists = Lists(load_lexicon("hedges_en"), {})
    articles = articles_of(corpus(TEXTS[:1]))
    cache = open_cache(tmp_path, lists)
    share = read_share(articles, lists)
    remember(articles, share, replace(cache, surroundings="others"))
    assert cache.store.count() == 0
    remember(articles, share, cache)
    assert cache.store.count() == 1


def test_what_is_read_of_an_article_is_part_of_its_name():
    article = Article("1", {"text": "It may rain.", "title": "Rain"}, None)
    others = [
        article._replace(article_id="2"),
        article._replace(texts={"text": "It may rain. ", "title": "Rain"}),
        article._replace(texts={"text": "It may rain.Rain", "title": None}),
        article._replace(texts={"text": "It may rain.", "title": "Rain "}),
        article._replace(language="en"),
    ]
    names = keys.article_keys([article, *others], b"run") + keys.article_keys([article], b"another run")
    assert len(set(names)) == len(names)
    # A title that isn't there is one that is missing.
    without = [article._replace(texts=texts) for texts in ({"text": "a"}, {"text": "a", "title": None})]
    assert len(set(keys.article_keys(without, b"run"))) == 1


def test_the_package_s_own_files_are_part_of_the_name(tmp_path):
    for name in keys.DECISIVE:
        place = tmp_path / name if name.endswith(".py") else tmp_path / name / "lists.csv"
        place.parent.mkdir(exist_ok=True)
        place.write_text("may,1", encoding="utf8")
    hashes = []
    for name in keys.DECISIVE:
        place = tmp_path / name if name.endswith(".py") else tmp_path / name / "lists.csv"
        hashes.append(keys.code_hash(tmp_path))
        place.write_text("may,2", encoding="utf8")
    assert len(set(hashes)) == len(keys.DECISIVE)
    assert keys.changed_since_import(tmp_path, 0.0)
    assert not keys.changed_since_import(tmp_path, 1e12)


def test_files_that_changed_since_import_are_not_what_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(recalling, "changed_since_import", lambda: True)
    with pytest.warns(CacheWarning, match="files of framing changed since it was imported"):
        framing.analyze(corpus(TEXTS[:1]), cache=tmp_path / "c", progress=False)
    assert not (tmp_path / "c").exists()


def test_what_an_error_kept_from_being_read_is_read_again(tmp_path, monkeypatch, reads):
    real = framing.measures.reading.read_article

    def failing(article_id, texts, **options):
        if article_id == "a1":
            raise MemoryError("too little")
        return real(article_id, texts, **options)

    with monkeypatch.context() as broken:
        broken.setattr("framing.analysis.shares.read_article", failing)
        first = framing.analyze(corpus(), cache=tmp_path, progress=False)
    assert first.articles.loc[1, "problem"] == "MemoryError: too little"
    second = framing.analyze(corpus(), cache=tmp_path, progress=False)
    assert reads == ["a1"]
    assert second.articles["problem"].isna().tolist() == [True, True, False, False, True]
    assert second.articles.loc[2, "problem"].startswith("not in English but in German")


@settings(max_examples=20, deadline=None)
@given(evidence())
def test_packing_loses_nothing(tables):
    arrow = {}
    for name, table in tables.items():
        there = table[table["article_id"].isin(IDS)].assign(place=lambda t: t["article_id"].map(IDS.index))
        rows = there.sort_values("place", kind="stable").drop(columns="place").astype(object)
        rows = rows.where(rows.notna(), None).to_dict("records")
        arrow[name] = framing.analysis.shares._table(rows, framing.analysis.schemas.arrow_schema(name))
    share = Share(arrow, [None, "no text", "Ö", None], [False, False, True, False])
    again = packing.unpack(packing.pack(share, IDS), IDS)
    assert (again.problems, again.failed) == (share.problems, share.failed)
    for name in SCHEMAS:
        assert again.tables[name].equals(share.tables[name].combine_chunks())
        again.tables[name].validate(full=True)
        pd.testing.assert_frame_equal(frames(again)[name], frames(share)[name])


def test_a_broken_file_is_set_aside(tmp_path, reads):
    framing.analyze(corpus(TEXTS[:2]), cache=tmp_path, progress=False)
    path = open_store(tmp_path).path
    path.write_bytes(b"This is no database. " * 500)
    with pytest.warns(CacheWarning, match="was broken"):
        analysis = framing.analyze(corpus(TEXTS[:2]), cache=tmp_path, progress=False)
    assert analysis.articles["n_words"].tolist() == N_WORDS
    assert path.with_suffix(".broken").exists()
    reads.clear()
    framing.analyze(corpus(TEXTS[:2]), cache=tmp_path, progress=False)
    assert reads == []


def test_broken_content_is_never_an_answer(tmp_path, reads):
    framing.analyze(corpus(TEXTS[:2]), cache=tmp_path, progress=False)
    expected = saved(framing.analyze(corpus(TEXTS[:2]), progress=False), tmp_path / "out")
    with sqlite3.connect(open_store(tmp_path).path) as database:
        database.execute("UPDATE contents SET data = (SELECT data FROM contents WHERE id = 1)")
    database.close()
    reads.clear()
    assert saved(framing.analyze(corpus(TEXTS[:2]), cache=tmp_path, progress=False), tmp_path / "out") == expected
    assert reads == ["a1"]


def test_pages_overwritten_in_the_middle_are_found_out(tmp_path):
    kept = open_store(tmp_path)
    contents = {bytes([n]) * 32: bytes([n]) * 3000 for n in range(60)}
    kept.put(contents)
    data = bytearray(kept.path.read_bytes())
    for start in range(4096, len(data), 8192):
        data[start : start + 4096] = b"\xff" * len(data[start : start + 4096])
    kept.path.write_bytes(data)
    with pytest.warns(CacheWarning, match="was broken"):
        assert kept.get(list(contents)).items() <= contents.items()
    assert kept.put(contents)
    assert kept.get(list(contents)) == contents


@pytest.mark.parametrize(("pragma", "said"), [("max_page_count = 3", "full"), ("query_only = 1", "readonly")])
def test_where_nothing_can_be_written_it_is_said_once(tmp_path, monkeypatch, pragma, said):
    connect = sqlite3.connect

    def limited(path, **options):
        database = connect(path, **options)
        database.execute(f"PRAGMA {pragma}")
        return database

    monkeypatch.setattr("framing.analysis.running.SHARE", 1)
    monkeypatch.setattr(sqlite3, "connect", limited)
    with pytest.warns(CacheWarning) as told:
        analysis = framing.analyze(corpus(TEXTS[:2]), cache=tmp_path, progress=False)
    assert len(told) == 1
    assert said in str(told[0].message)
    assert "nothing is kept in it. The results are the same without it." in str(told[0].message)
    assert analysis.articles["n_words"].tolist() == N_WORDS


def test_a_folder_that_can_t_be_made_is_no_hindrance(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf8")
    with pytest.warns(CacheWarning, match="can't be used"):
        framing.analyze(corpus(TEXTS[:1]), cache=tmp_path / "file" / "cache", progress=False)
    with pytest.raises(InputError, match="the cache is a folder"):
        framing.analyze(corpus(TEXTS[:1]), cache=tmp_path / "file", progress=False)


WRITER = """
def write_many(folder, number):
    # Five articles a time that the other writer has too, and five of its own.
    from framing.analysis.cache import Store
    kept = Store(folder, 10**9)
    for n in range(20):
        assert kept.put({bytes([n, k, number * (k > 4)]) * 11: bytes([n, k]) * 500 for k in range(10)})
        assert len(kept.get([bytes([n, k, 0]) * 11 for k in range(5)])) == 5
"""
IN_ANOTHER_PROCESS = "import sys, pathlib, framing; print(flush=True); write_many(pathlib.Path(sys.argv[1]), 2)"


def test_two_processes_write_at_once(tmp_path):
    here: dict[str, Any] = {}
    exec(WRITER, here)  # noqa: S102 the text above
    program = [sys.executable, "-c", WRITER + IN_ANOTHER_PROCESS, tmp_path]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()  # it is ready
        here["write_many"](tmp_path, 1)
    assert other.returncode == 0
    kept = open_store(tmp_path)
    assert kept.count() == 20 * 15
    assert kept.get([bytes([3, 2, 0]) * 11]) == {bytes([3, 2, 0]) * 11: bytes([3, 2]) * 500}


def test_the_longest_unused_go_when_it_is_full(tmp_path, monkeypatch):
    kept = store.Store(tmp_path, 400_000)
    names = [n.to_bytes(32, "big") for n in range(130)]
    for hour, name in enumerate(names):
        monkeypatch.setattr(store.time, "time", lambda hour=hour: 1e9 + 2 * hour * store.HOUR)
        kept.put({name: name * 125})
        assert kept.get(names[:1])  # used all the time
    left = kept.get(names)
    assert 60 < len(left) < 100
    assert set(left) == {names[0], *names[131 - len(left) :]}
    assert kept.size() < 1.5 * kept.limit


def test_clearing_gives_the_place_back(tmp_path, capsys):
    kept = open_store(tmp_path)
    kept.put({n.to_bytes(32, "big"): bytes(5000) for n in range(100)})
    code, printed, _ = run(capsys, "cache", tmp_path)
    assert code == 0
    assert "100 articles, 0.5 of 2,000 MB" in printed
    assert "0 articles" in run(capsys, "cache", tmp_path, "--clear")[1]
    assert kept.size() < 50_000
    clear_cache(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_the_command_reads_an_article_once(tmp_path, capsys, reads):
    corpus(TEXTS[:2]).to_csv(tmp_path / "articles.csv", index=False)
    for _ in range(2):
        arguments = (tmp_path / "articles.csv", "--out", tmp_path / "out", "--cache-folder", tmp_path / "c")
        assert run(capsys, "analyze", *arguments)[0] == 0
    assert reads == ["a0", "a1"]


@pytest.mark.filterwarnings("default::framing.analysis.CacheWarning")
def test_a_shell_is_told_in_a_sentence(tmp_path, capsys):
    corpus(TEXTS[:1]).to_csv(tmp_path / "articles.csv", index=False)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "framing-cache.sqlite").write_bytes(b"broken " * 1000)
    arguments = (tmp_path / "articles.csv", "--out", tmp_path / "out", "--cache-folder", tmp_path / "c")
    code, _, errors = run(capsys, "analyze", *arguments)
    assert code == 0
    assert "framing: the cache" in errors


def test_places(tmp_path, monkeypatch):
    monkeypatch.delenv("FRAMING_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "framing"
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "own"))
    assert cache_folder(True) == tmp_path / "own"
    assert cache_folder(tmp_path / "named") == tmp_path / "named"
    assert cache_folder(False) is None
    monkeypatch.setenv("FRAMING_CACHE_GB", "0.5")
    assert open_store(tmp_path).limit == 500_000_000
    monkeypatch.setenv("FRAMING_CACHE_GB", "much")
    with pytest.raises(InputError, match="FRAMING_CACHE_GB must be a number of gigabytes above 0"):
        open_store(tmp_path)
