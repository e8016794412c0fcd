"""Speed is measured on the example, and said as it was measured."""

import pandas as pd
import pytest

from framing.analysis import speed as module
from framing.analysis.speed import measure_speed
from framing.cli import benchmark
from framing.errors import InputError
from tests.command_line import run


def test_each_number_of_processes_is_timed_on_the_same_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []

    def noting(corpus: pd.DataFrame, *, workers: int = 1, progress: bool) -> None:
        assert corpus["article_id"].is_unique
        seen.append((len(corpus), workers))

    monkeypatch.setattr(module, "analyze", noting)
    monkeypatch.setattr(module, "parse_text", len)
    table = measure_speed(70, workers=[3, 2, 1])
    assert seen == [(2, 1), (70, 1), (70, 2), (70, 3)]
    assert table["workers"].tolist() == [1, 2, 3]
    assert table["n_words"].nunique() == 1
    assert table["words_per_second"].tolist() == (table["n_words"] / table["seconds"]).tolist()
    assert table.loc[0, "times_one_worker"] == 1
    assert table["share_parsing"].between(0, 1).all()


@pytest.mark.parametrize(("n_articles", "workers"), [(0, [1]), (5, [0]), (2.5, [1])])
def test_what_is_no_number_of_something_is_told(n_articles: int, workers: list[int]) -> None:
    with pytest.raises(InputError, match="whole number"):
        measure_speed(n_articles, workers)


def test_the_command_says_how_long_much_would_take(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {"workers": [1, 2], "words_per_second": [5_000.0, 10_000.0], "times_one_worker": [1.0, 2.0]}
    table = pd.DataFrame({**rows, "share_parsing": 0.4, "memory_mb": pd.array([512.0, None], dtype="Float64")})
    monkeypatch.setattr(benchmark, "measure_speed", lambda articles, workers: table)
    code, said, _ = run(capsys, "benchmark", "--articles", 7)
    assert code == 0
    assert ("512 MB" in said, "unknown" in said, "10 minutes with --workers 2" in said) == (True, True, True)
    assert "40%" in said
