"""The promises of the design, each with a test that fails when it is broken."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import framing
from framing.analysis import count_table, metric_table
from framing.analysis.metrics import add_up, evidence_rows
from framing.analysis.running import read_and_tell
from framing.analysis.shares import Article, Lists, Share
from framing.analysis.workers import Tick
from framing.language import parse_text
from framing.measures.attribution import attributions_in
from framing.measures.hedging import hedges_in
from framing.measures.spans import Attribution
from framing.measures.voice import Voices

TABLES = ("articles", "sentences", "attributions", "hedges", "sentiment")
# Letters of many scripts, marks of quotation, line ends, emoji: what real exports hold, and what no export should.
PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "'", "«", "»", "\n", "\n\n", "\r\n", "\u2028", "\u00ad", "\u200b", "🙂", "é", "e\u0301",
     "中文", "said", "may", "reportedly", "according to", "Ms. Vess", "the minister", "critics say", "is believed to",
     "not good", "about 300", ".", ",", ":", " ", "  ", "\t", "—", "(", ")", "İ", "ß", "\ufeff"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map(" ".join)


@pytest.fixture(scope="module")
def analysis(example: pd.DataFrame) -> framing.Analysis:
    return framing.analyze(example)


def one(text: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})


# 1. Offsets


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_every_span_cuts_its_own_surface_out_of_any_text(text: str) -> None:
    corpus = one(text)
    check_offsets(framing.analyze(corpus), corpus)


def test_every_span_cuts_its_own_surface_out_of_the_example(analysis: framing.Analysis, example: pd.DataFrame) -> None:
    check_offsets(analysis, example)


def check_offsets(analysis: framing.Analysis, corpus: pd.DataFrame) -> None:
    texts = {
        (a, f): t
        for f in ("text", "title")
        if f in corpus
        for a, t in zip(corpus["article_id"], corpus[f], strict=True)
    }
    assert analysis.articles["problem"].isin(["no text"]).sum() == analysis.articles["problem"].notna().sum()
    for row in analysis.attributions.itertuples():
        text = texts[row.article_id, row.field]
        assert " … ".join(text[s:e] for s, e in row.content_spans) == row.content
        for surface, start, end in (
            (row.source, row.source_start, row.source_end),
            (row.cue, row.cue_start, row.cue_end),
        ):
            assert pd.isna(start) == pd.isna(surface)
            assert pd.isna(start) or text[start:end] == surface != ""
    for row in analysis.hedges.itertuples():
        assert texts[row.article_id, row.field][row.start : row.end] == row.hedge != ""
        assert pd.isna(row.scope_start) or 0 <= row.scope_start < row.scope_end <= len(texts[row.article_id, row.field])
    for row in analysis.sentiment.itertuples():
        assert 0 <= row.start < row.end <= len(texts[row.article_id, row.field])


# 2. Nothing lost


def test_no_article_is_lost(example: pd.DataFrame) -> None:
    odd = pd.DataFrame({"article_id": ["x", "y", "z"], "outlet": "Odd", "text": [None, "", "No hit here."]})
    corpus = pd.concat([odd, example.head(2)], ignore_index=True)
    articles = framing.analyze(corpus).articles
    assert articles["article_id"].tolist() == corpus["article_id"].tolist()
    assert articles["problem"].fillna("-").tolist() == ["no text", "no text", "-", "-", "-"]
    assert articles["n_hedges"].tolist()[:3] == [0, 0, 0]
    assert articles["hedges_per_1000_words"].isna().tolist()[:3] == [True, True, False]


def test_an_article_that_fails_is_a_row_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from framing.analysis import shares

    def broken(article_id: str, texts: dict[str, str | None], **options: object) -> object:
        if article_id == "b":
            raise RuntimeError("this text breaks the parser")
        return running_read(article_id, texts, **options)

    running_read = shares.read_article
    monkeypatch.setattr(shares, "read_article", broken)
    corpus = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": "Herald", "text": "He may go."})
    articles = framing.analyze(corpus).articles
    assert articles["problem"].fillna("-").tolist() == ["-", "RuntimeError: this text breaks the parser", "-"]
    assert articles["n_hedges"].fillna(-1).tolist() == [1, -1, 1]
    assert articles["hedges_per_1000_words"].isna().tolist() == [False, True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="processes can't be killed alike there")
def test_a_killed_process_costs_one_article_and_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from framing.analysis import running, workers

    monkeypatch.setattr(workers, "TRIES", 1)  # a second try is a test of its own, and two seconds
    monkeypatch.setattr(running, "read_and_tell", dies_of_b)
    corpus = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": "Herald", "text": "He may go."})
    articles = framing.analyze(corpus, workers=2).articles
    assert articles["problem"].fillna("-").tolist() == ["-", "the process that read this article died", "-"]
    assert articles["n_words"].isna().tolist() == [False, True, False]


def dies_of_b(articles: list[Article], tick: Tick, *, lists: Lists, cache: None) -> Share:
    if any(article.article_id == "b" for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_and_tell(articles, tick, lists=lists)


def test_a_column_that_cannot_be_stored_is_named(tmp_path: Path) -> None:
    with pytest.raises(framing.errors.InputError, match=r"can't be stored.*mixed"):
        framing.analyze(pd.concat([one("a"), one("b").assign(article_id="b")]).assign(mixed=["a", 2])).save(tmp_path)


# 3. Evidence


def test_each_count_is_the_sum_of_rows_that_can_be_listed(analysis: framing.Analysis) -> None:
    for count in count_table().index:
        by_article = add_up(evidence_rows(analysis.tables, count), count)
        shown = analysis.articles.set_index("article_id")[count]
        assert (shown == by_article.reindex(shown.index, fill_value=0)).all(), count
        assert shown.notna().all()


def test_counts_are_those_of_the_tables_counted_in_another_way(analysis: framing.Analysis) -> None:
    body = {name: analysis.tables[name].query("field == 'text'") for name in TABLES if name != "articles"}
    hedges, told = body["hedges"], body["attributions"]
    real = hedges[hedges["category"] != "booster"]
    own = body["sentiment"].query("voice == 'outlet'")
    expected = {
        "n_words": body["sentences"]["n_words"].sum(),
        "n_sentences": len(body["sentences"]),
        "n_words_outlet": own["n_words"].sum(),
        "n_attributions_direct": (told["type"] == "direct").sum(),
        "n_attributions_hedged": told["hedged"].sum(),
        "n_attributions_none": told["source"].isna().sum(),
        "n_hedges": real["hedge_id"].nunique(),
        "n_hedges_reportative_source": len(hedges.query("category == 'reportative' and voice == 'source'")),
        "n_boosters": (hedges["category"] == "booster").sum(),
        "n_negative_source": body["sentiment"].query("voice == 'source'")["n_negative"].sum(),
    }
    for count, value in expected.items():
        assert analysis.articles[count].sum() == value, count
    assert (analysis.articles["n_hedges_outlet"] + analysis.articles["n_hedges_source"]).equals(
        analysis.articles["n_hedges"]
    )


def test_evidence_of_another_corpus_is_refused(analysis: framing.Analysis, example: pd.DataFrame) -> None:
    rows = framing.list_evidence(analysis, "boosters_per_1000_words", corpus=example)
    assert all(row.hedge in row.sentence_text for row in rows.itertuples())
    with pytest.raises(framing.errors.InputError, match="not the one that was analysed"):
        framing.list_evidence(analysis, "boosters_per_1000_words", corpus=example.assign(text="Other words."))


def test_each_metric_is_made_of_its_counts(analysis: framing.Analysis) -> None:
    articles = analysis.articles
    for metric, row in metric_table().iterrows():
        below = articles[row["denominator"]]
        for value, above, denominator in zip(articles[metric], articles[row["numerator"]], below, strict=True):
            if denominator == 0:
                assert pd.isna(value)
            else:
                assert value == pytest.approx(float(above) * row["per"] / float(denominator), abs=1e-12)


def test_counts_by_hand() -> None:
    text = "“It may fail and may hurt,” said Ann Lee. Clearly, critics say the plan is bad. He reportedly left."
    [row] = framing.analyze(one(text)).articles.to_dict("records")
    assert row["n_words"] == 19
    assert row["n_hedges_epistemic_source"] == 2
    assert row["n_boosters"] == 1
    assert row["n_hedges_vague_source"] == 1
    assert row["n_hedges_reportative_outlet"] == 1
    # The booster is no hedge, and reportedly, epistemic and reportative, is one expression.
    assert row["n_hedges"] == 4
    assert row["hedges_per_1000_words"] == pytest.approx(1000 * 4 / 19)
    assert row["n_words"] == row["n_words_outlet"] + row["n_words_source"]


def test_list_evidence_names_rows_and_outlet(analysis: framing.Analysis) -> None:
    rows = framing.list_evidence(analysis, "hedges_epistemic_per_1000_words_outlet")
    assert set(rows["category"]) == {"epistemic"}
    assert set(rows["voice"]) == {"outlet"}
    assert rows["outlet"].notna().all()
    with pytest.raises(framing.errors.InputError, match="there is no metric 'hedgings'"):
        framing.list_evidence(analysis, "hedgings")


# 4. Determinism


def test_order_of_rows_does_not_matter(example: pd.DataFrame) -> None:
    some = example.head(8)
    shuffled = some.sample(frac=1, random_state=3)
    straight, mixed = framing.analyze(some), framing.analyze(shuffled)
    order = {article: number for number, article in enumerate(some["article_id"])}
    for name in TABLES:
        sorted_back = mixed.tables[name].sort_values(
            "article_id", key=lambda ids: ids.map(order).astype("int64"), kind="stable", ignore_index=True
        )
        pd.testing.assert_frame_equal(sorted_back, straight.tables[name])
    assert straight.provenance == mixed.provenance


def test_an_article_alone_gives_what_it_gives_among_others(analysis: framing.Analysis, example: pd.DataFrame) -> None:
    alone = framing.analyze(example.iloc[[7]])
    for name in TABLES:
        table = analysis.tables[name]
        among = table[table["article_id"] == example["article_id"].iloc[7]].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone.tables[name], among)


@pytest.mark.parametrize("share", [1, 7])
def test_batch_size_does_not_matter(share: int, example: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    from framing.analysis import running
    from framing.language import parsing

    some = example.head(9)
    before = framing.analyze(some)
    monkeypatch.setattr(running, "SHARE", share)
    monkeypatch.setattr(parsing, "BATCH_PIECES", share)
    after = framing.analyze(some, workers=2) if share > 1 else framing.analyze(some)
    for name in TABLES:
        pd.testing.assert_frame_equal(after.tables[name], before.tables[name])


def test_workers_give_the_same_bytes(example: pd.DataFrame, tmp_path: Path) -> None:
    some = example.head(20)
    framing.analyze(some).save(tmp_path / "one")
    framing.analyze(some, workers=2).save(tmp_path / "two")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


# 5. Nothing touched, nothing fetched


def test_the_input_is_not_changed(example: pd.DataFrame) -> None:
    some = example.head(3).copy()
    before = some.copy(deep=True)
    framing.analyze(some)
    framing.find_attributions(some)
    framing.find_hedges(some)
    framing.score_sentiment(some)
    pd.testing.assert_frame_equal(some, before)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a run asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_run_needs_no_network_and_writes_only_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: pd.DataFrame
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    analysis = framing.analyze(example.head(10))
    analysis.save(tmp_path / "tables")
    framing.write_report(analysis, example.head(10), out=tmp_path / "report")
    assert not list(elsewhere.iterdir())
    assert {p.name for p in tmp_path.iterdir()} == {"elsewhere", "tables", "report"}


# 6. Provenance


def test_provenance_names_all_that_made_the_result(analysis: framing.Analysis) -> None:
    provenance = analysis.provenance
    assert provenance["packages"]["framing"] == "0.1.0"
    assert provenance["model"]["package"].startswith("en_core_web_sm")
    assert provenance["model"]["version"].startswith("3.8")
    assert set(provenance["lexicons"]) == set(framing.lexicons.lexicon_names())
    assert all(len(about["sha256"]) == 64 for about in provenance["lexicons"].values())
    assert provenance["input"]["n_articles"] == 50


def test_the_input_hash_tells_texts_apart() -> None:
    same = framing.analyze(one("He may go.")).provenance["input"]["sha256"]
    assert framing.analyze(one("He may go.")).provenance["input"]["sha256"] == same
    assert framing.analyze(one("He may stay.")).provenance["input"]["sha256"] != same
    for column in ("outlet", "event", "title"):
        changed = one("He may go.").assign(**{column: "another"})
        assert framing.analyze(changed).provenance["input"]["sha256"] != same, column


def test_a_saved_analysis_loads_as_it_was(analysis: framing.Analysis, tmp_path: Path) -> None:
    loaded = framing.Analysis.load(analysis.save(tmp_path / "a"))
    for name in TABLES:
        pd.testing.assert_frame_equal(loaded.tables[name], analysis.tables[name])
    assert loaded.provenance == analysis.provenance


def test_loading_what_is_no_analysis_says_what_lacks(tmp_path: Path) -> None:
    with pytest.raises(framing.errors.InputError, match=r"lacks articles.parquet.*framing analyze"):
        framing.Analysis.load(tmp_path)
    (tmp_path / "x").write_text("a file")
    with pytest.raises(framing.errors.InputError, match="can't be saved"):
        framing.analyze(one("He may go.")).save(tmp_path / "x")


# Voice


@settings(max_examples=40)
@given(text=TEXTS)
def test_every_word_has_one_voice(text: str) -> None:
    analysis = framing.analyze(one(text))
    [row] = analysis.articles.to_dict("records")
    assert row["n_words_outlet"] + row["n_words_source"] == row["n_words"] == analysis.sentences["n_words"].sum()


CONTENTS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=6)


@given(contents=CONTENTS)
def test_every_offset_of_a_content_is_in_a_sources_voice_even_where_contents_cross(
    contents: list[tuple[int, int]],
) -> None:
    spans = [(start, start + length) for start, length in contents]
    voices = Voices([attribution(span) for span in spans])
    for offset in range(70):
        inside = [n for n, (start, end) in enumerate(spans) if start <= offset < end]
        whose = voices.at(offset)
        assert (whose in inside) if inside else whose is None
        assert not inside or spans[whose][0] == max(spans[n][0] for n in inside)


def attribution(content: tuple[int, int]) -> Attribution:
    return Attribution(
        type="indirect", source=None, source_name=None, source_type="none", cue=None, cue_word=None, cue_lemma=None,
        cue_type="speech", cue_stance="neutral", hedged=False, content=(content,), rule="",
    )  # fmt: skip


def test_a_hedge_in_a_sources_words_is_the_sources() -> None:
    table = framing.find_hedges(one("Officials said it may fail. It might rain."))
    assert list(zip(table["hedge"], table["voice"], strict=True))[-2:] == [("may", "source"), ("might", "outlet")]
    source = table[table["hedge"] == "may"].iloc[0]
    attribution = framing.find_attributions(one("Officials said it may fail. It might rain.")).iloc[0]
    assert source["attribution_id"] == attribution["attribution_id"]


def test_attribution_takes_time_in_proportion_to_the_text_and_survives_a_list_without_full_stops() -> None:
    paragraph = (
        "The minister said that “prices may rise”, according to officials who reportedly met Ann Lee. She denied it.\n"
    )

    def seconds(text: str) -> float:
        parse = parse_text(text)
        start = time.process_time()
        attributions_in(parse, hedges_in(parse))
        return time.process_time() - start

    seconds(paragraph)
    short, long = seconds(paragraph * 100), seconds(paragraph * 1600)
    assert long < 48 * short  # 16 times the text; in proportion to its square it would be 256 times
    assert seconds("Ann said it rains and Bo says no and " * 80) < 20 * short  # half the words, in one sentence


def test_a_script_whose_processes_cannot_start_is_told_why(tmp_path: Path) -> None:
    script = tmp_path / "study.py"
    script.write_text("import framing\nframing.analyze(framing.load_example().head(2), workers=2)\n")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert '`if __name__ == "__main__":`' in run.stderr.splitlines()[-1]
