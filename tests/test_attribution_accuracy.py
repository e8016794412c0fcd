"""Accuracy of attribution: the measure itself on invented text, and floors on PolNeAR where it lies."""

from pathlib import Path

import pytest

from framing.errors import InputError
from framing.validity.attribution_accuracy import attribution_accuracy, linked_accuracy
from framing.validity.polnear import Document, read_polnear

TEXT = "Ann said it rains. Bo says no."
GOLD = {"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 17)]}
OTHER = {"source": [(19, 21)], "cue": [(22, 26)], "content": [(27, 29)]}


def accuracy(found: list[dict[str, list[tuple[int, int]]]]) -> dict[str, float]:
    return linked_accuracy([(Document("a", "x", TEXT, [GOLD, OTHER]), found)])


def test_all_found() -> None:
    assert accuracy([GOLD, OTHER])["linked_f"] == 100


def test_half_found_and_one_wrong() -> None:
    result = accuracy([GOLD, OTHER | {"source": [(0, 3)]}])
    assert (result["linked_p"], result["linked_r"], result["linked_f"]) == (50, 50, 50)
    assert result["exact_content"] == 100
    assert result["exact_source"] == pytest.approx(100 * 2 * 1 / 4)


def test_content_must_overlap_by_half() -> None:
    assert accuracy([GOLD | {"content": [(9, 14)]}])["linked_r"] == 50  # "it ra" of "it rains": 4 of 7 letters
    assert accuracy([GOLD | {"content": [(9, 11)]}])["linked_r"] == 0  # "it": 2 of 7


def test_a_folder_without_the_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="doesn't hold PolNeAR's dev split"):
        list(read_polnear(tmp_path, "dev"))


def test_floor_on_polnear_dev(data_folder: Path) -> None:
    result = attribution_accuracy(data_folder / "polnear", "dev")
    assert result["n_gold"] == 2192
    assert result["linked_f"] > 69.5
    assert result["exact_source"] > 74.0
    assert result["exact_cue"] > 71.7
    assert result["exact_content"] > 61.5


def test_floor_on_articles_that_nothing_was_fitted_to(data_folder: Path) -> None:
    result = attribution_accuracy(data_folder / "polnear", "train", every=10, offset=9)
    assert result["linked_f"] > 65.6
