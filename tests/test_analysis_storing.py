"""A saved analysis: what it says about its reading, and what is refused when it is loaded."""

import json
from pathlib import Path

import pandas as pd
import pytest

import framing
from framing.analysis.metrics import evidence_rows
from framing.errors import InputError

CSV = "outlet\ttext\nHerald\t“It may rain,” he said.\nCourier\tIt rained.\n"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "articles.tsv"
    path.write_text(CSV, encoding="utf-8")
    corpus = framing.read_corpus(path, outlet="Post", quiet=True)
    return framing.analyze(corpus).save(tmp_path / "saved")


def test_provenance_tells_how_the_articles_were_read(saved: Path) -> None:
    reading = framing.Analysis.load(saved).provenance["reading"]
    assert (reading["read"], reading["set_aside"]) == (2, 0)
    assert reading["sentence"] == "2 read, 0 repaired, 0 set aside"
    assert reading["options"] == {
        "columns": {},
        "outlet": "Post",
        "clean": True,
        "encoding": None,
        "day_first": None,
    }


def test_a_frame_of_ones_own_has_no_reading() -> None:
    frame = pd.DataFrame({"article_id": ["a"], "outlet": ["H"], "text": ["It rained."]})
    assert "reading" not in framing.analyze(frame).provenance


@pytest.mark.parametrize(
    ("table", "column"), [("articles", "problem"), ("hedges", "category"), ("attributions", "content_spans")]
)
def test_a_table_that_lacks_a_column_is_refused(saved: Path, table: str, column: str) -> None:
    path = saved / f"{table}.parquet"
    pd.read_parquet(path).drop(columns=column).to_parquet(path)
    with pytest.raises(InputError, match=rf"{table}.parquet lacks the columns {column}; it has: article_id"):
        framing.Analysis.load(saved)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"packages": None}, "lacks packages"),
        ({"input": []}, "lacks input"),
        ({"input": {"n_articles": 2}}, "lacks input › sha256"),
    ],
)
def test_a_provenance_of_another_shape_is_refused(saved: Path, change: dict[str, object], wrong: str) -> None:
    path = saved / "provenance.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf8")) | change), encoding="utf8")
    with pytest.raises(InputError, match=wrong):
        framing.Analysis.load(saved)


@pytest.mark.parametrize(("text", "wrong"), [("[1]", "holds no provenance but list"), ("{", "can't be read")])
def test_a_provenance_that_is_none_is_refused(saved: Path, text: str, wrong: str) -> None:
    (saved / "provenance.json").write_text(text, encoding="utf8")
    with pytest.raises(InputError, match=wrong):
        framing.Analysis.load(saved)


def test_a_mistyped_count_or_metric_is_told_its_neighbours(saved: Path) -> None:
    analysis = framing.Analysis.load(saved)
    with pytest.raises(InputError, match=r"there is no count 'n_hegdes'; did you mean: .*n_hedges"):
        evidence_rows(analysis.tables, "n_hegdes")
    with pytest.raises(InputError, match=r"there is no metric 'sentiment_outlett'; did you mean: sentiment_outlet"):
        framing.list_evidence(analysis, "sentiment_outlett")
    with pytest.raises(InputError, match="there is no metric 'xyz'; there are: "):
        framing.list_evidence(analysis, "xyz")


def test_a_count_lists_its_own_rows(saved: Path) -> None:
    rows = framing.list_evidence(framing.Analysis.load(saved), "n_hedges")
    assert rows["hedge"].tolist() == ["may"]
