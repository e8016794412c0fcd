"""The commands of whoever makes a study again: replicate, verify, diff."""

from pathlib import Path

import pandas as pd
import pytest

import framing
from framing.lexicons import load_lexicon
from tests.test_cli import run


@pytest.fixture(scope="module")
def results(example: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles and what `framing analyze` and `framing compare` left."""
    folder = tmp_path_factory.mktemp("study")
    example.to_csv(folder / "articles.csv", index=False)
    analysis = framing.analyze(example, progress=False)
    analysis.save(folder / "results")
    framing.compare_outlets(analysis.articles, contrast="rest").to_csv(
        folder / "results" / "comparison.csv", index=False
    )
    return folder


def test_replicate_and_verify(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = results / "articles.csv"
    code, out, err = run(capsys, "replicate", results / "results", "--out", tmp_path / "p", "--articles", articles)
    assert (code, f"Replication package: {tmp_path / 'p'}" in out) == (0, True), err
    code, out, _ = run(capsys, "verify", tmp_path / "p", articles)
    assert (code, "Texts: 50 of 50 articles" in out) == (0, True)
    changed = pd.read_csv(articles)
    changed.loc[0, "text"] += " It snowed."
    changed.to_csv(tmp_path / "changed.csv", index=False)
    code, out, _ = run(capsys, "verify", tmp_path / "p", tmp_path / "changed.csv")
    assert (code, "another text or title than the one analysed: e01-agency." in out) == (1, True)


def test_replicate_without_articles_or_comparison(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "replicate", results / "results", "--out", tmp_path / "p", "--anonymous-ids")
    assert (code, "no hashes of the texts" in err) == (0, True)
    framing.Analysis.load(results / "results").save(tmp_path / "bare")
    code, _, err = run(capsys, "replicate", tmp_path / "bare", "--out", tmp_path / "q")
    assert (code, "holds no comparison.csv. Make it: framing compare" in err) == (2, True)
    code, _, err = run(capsys, "verify", tmp_path / "bare", results / "articles.csv")
    assert (code, "is no replication package" in err) == (2, True)


def test_a_comparison_over_other_events_is_refused_in_words_of_the_shell(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    framing.Analysis.load(results / "results").save(tmp_path / "r")
    compared = pd.read_csv(results / "results" / "comparison.csv")
    compared.assign(difference=0.5).to_csv(tmp_path / "r" / "comparison.csv", index=False)
    code, _, err = run(capsys, "replicate", tmp_path / "r", "--out", tmp_path / "p")
    assert (code, "can't be made again" in err, "Name the same --event or --events as then" in err) == (2, True, True)
    assert not (tmp_path / "p").exists()


def test_diff(results: Path, example: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = results / "results"
    code, out, _ = run(capsys, "diff", old, old)
    assert (code, "No metric of any article moved." in out) == (0, True)
    entries = load_lexicon("hedges_en").entries
    entries[entries["pattern"] != "about"].to_csv(tmp_path / "hedges_en.csv", index=False)
    framing.analyze(example, hedge_lexicon=tmp_path / "hedges_en.csv", progress=False).save(tmp_path / "new")
    code, out, _ = run(capsys, "diff", old, tmp_path / "new", "--out", tmp_path / "tables")
    assert (code, "through about:around_quantity" in out) == (1, True)
    assert pd.read_csv(tmp_path / "tables" / "entries.csv")["entry"].tolist() == ["about:around_quantity"]
    code, _, err = run(capsys, "diff", old, tmp_path / "nowhere")
    assert (code, f"{tmp_path / 'nowhere'} holds no saved analysis" in err) == (2, True)
