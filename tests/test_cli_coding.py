"""Coding by hand from a shell: sample, agreement, validate, correct."""

from pathlib import Path

import pandas as pd
import pytest

import framing
from framing.validity.units import sentence_units
from tests.command_line import run

METRIC = "hedges_per_1000_words_outlet"


@pytest.fixture(scope="module")
def articles(example: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "articles.csv"
    example[example["outlet"].isin(example["outlet"].unique()[:2])].to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def results(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = framing.read_corpus(articles)
    return framing.analyze(corpus).save(tmp_path_factory.mktemp("results"))


@pytest.fixture
def coding(results: Path, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "coding"
    code, out, err = run(capsys, "sample", results, articles, "--metric", METRIC, "--n", 60, "--out", folder)
    assert code == 0, err
    assert f"60 sentences to code: {folder}. Give coders" in out
    return folder


def code_as_the_machine(results: Path, folder: Path, coder: str, add: int = 0) -> None:
    """Fill a sheet with what the machine counts, and with one more in every tenth sentence."""
    sample = framing.read_coding_sample(folder)
    units = sentence_units(framing.Analysis.load(results), METRIC)
    counts = sample.key.merge(units, on=["article_id", "field", "sentence"])["machine"].astype(int)
    more = [add if place % 10 == 0 else 0 for place in range(len(counts))]
    sheet = sample.sheet.assign(**{METRIC: (counts + more).astype(str)})
    sheet.to_csv(folder / f"sheet_{coder}.csv", index=False)


def test_from_a_sample_to_a_corrected_table(results, articles, coding, tmp_path, capsys):
    code_as_the_machine(results, coding, "Ada")
    code_as_the_machine(results, coding, "Ben", add=1)
    code, out, _ = run(capsys, "agreement", coding, "--out", tmp_path / "agreement.csv")
    assert code == 0
    assert "Ada coded 60 of 60 sentences; Ben coded 60." in out
    assert "2 coders agree by alpha ." in out
    assert "They differ in 6 values" in out
    apart = pd.read_csv(coding / "disagreements.csv")
    assert (apart["Ben"] - apart["Ada"]).tolist() == [1.0] * 6
    assert pd.read_csv(tmp_path / "agreement.csv")["category"].tolist()[0] == "all"

    code, out, _ = run(capsys, "validate", results, coding)
    assert code == 0
    assert "Hedges in its own words (60 coded sentences, weighed to the corpus)" in out

    code, out, _ = run(capsys, "correct", results, coding, "--out", tmp_path / "deep" / "corrected.csv")
    assert code == 0
    assert "as counted (95% interval" in out
    assert "corrected by 60 coded sentences" in out
    assert "halve the corrected interval" in out
    table = pd.read_csv(tmp_path / "deep" / "corrected.csv")
    compared = framing.compare_outlets(framing.Analysis.load(results).articles, [METRIC])
    assert table["difference"].tolist() == pytest.approx(compared["difference"].tolist())

    code, out, _ = run(capsys, "correct", results, coding, "--by-article")
    assert code == 0
    assert "as counted" in out


def test_mistakes_are_one_line_and_exit_code_2(results, articles, coding, tmp_path, capsys):
    for arguments, said in [
        (("agreement", coding), "holds no coder's sheet"),
        (("validate", results, tmp_path), "holds no coding sample"),
        (("correct", tmp_path, coding), "holds no saved analysis"),
        (("sample", results, articles, "--metric", "hedges", "--out", coding), "there is no metric 'hedges'"),
        (("sample", results, articles, "--n", 100_000, "--out", coding), "fewer than n=100,000"),
        (("sample", results, articles, "--stratum", "day", "--out", coding), "strata may name"),
    ]:
        code, _, err = run(capsys, *arguments)
        assert (code, err.count("framing: ")) == (2, 1), err
        assert said in err
    code_as_the_machine(results, coding, "Ada")
    code, _, err = run(capsys, "agreement", coding)
    assert (code, "no unit has two coders" in err) == (2, True)
    code, _, err = run(capsys, "correct", results, coding, "--metric", "sentiment_outlet")
    assert (code, "was not coded; coded were: hedges_per_1000_words_outlet" in err) == (2, True)
