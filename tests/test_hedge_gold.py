"""The doubly coded hedges: the measure itself on an invented gold, and the real one where its texts lie."""

from pathlib import Path

import pandas as pd
import pytest

from framing.errors import InputError
from framing.validity.hedge_gold import (
    CATEGORIES,
    DEFAULT_GOLD,
    hedge_gold_accuracy,
    read_hedge_gold,
    read_texts,
    score_hedges,
)

#       0         1         2         3         4         5         6
#       0123456789012345678901234567890123456789012345678901234567890123456789
TEXT = "Critics say about 300 came. Some of it is about us. It clearly fell."
FIRST, SECOND, THIRD = (0, 27), (28, 51), (52, 68)
HEADER = "corpus,article_id,field,start,end,category,legal,coders,sentence_start,sentence_end\n"


def row(category: str, start: int | None, end: int | None, sentence: tuple[int, int]) -> dict[str, object]:
    return {
        "corpus": "basil",
        "article_id": "a",
        "field": "text",
        "start": start,
        "end": end,
        "category": category,
        "sentence_start": sentence[0],
        "sentence_end": sentence[1],
    }


# The third sentence isn't coded.
GOLD = pd.DataFrame(
    [
        row("vague_source", 0, 7, FIRST),
        row("approximator", 12, 17, FIRST),
        row("lookalike", 28, 32, SECOND),
        row("lookalike", 42, 47, SECOND),
    ]
).astype({"start": "Int64", "end": "Int64"})


def score(*found: tuple[str, int, int], field: str = "text") -> dict[str, dict[str, float]]:
    table = pd.DataFrame(
        [("basil", "a", field, start, end, category) for category, start, end in found],
        columns=["corpus", "article_id", "field", "start", "end", "category"],
    )
    return {str(r["category"]): r for r in score_hedges(GOLD, table).to_dict("records")}


def test_the_invented_gold_marks_what_it_says() -> None:
    assert [TEXT[a:b] for a, b in zip(GOLD["start"], GOLD["end"], strict=True)] == ["Critics", "about", "Some", "about"]
    assert TEXT[slice(*SECOND)] == "Some of it is about us."


def test_all_found() -> None:
    result = score(("vague_source", 0, 7), ("approximator", 12, 17))
    assert result["all"]["exact_f"] == result["all"]["overlap_f"] == 100
    assert result["all"]["n_lookalikes_hit"] == 0
    assert pd.isna(result["booster"]["exact_f"])  # none coded, none found


def test_other_borders_overlap_and_are_not_exact() -> None:
    result = score(("approximator", 12, 21))
    assert (result["approximator"]["exact_f"], result["approximator"]["overlap_f"]) == (0, 100)
    assert result["all"]["overlap_f"] == pytest.approx(100 * 2 * 1 / (2 + 1))


def test_a_touching_border_is_no_overlap() -> None:
    assert score(("approximator", 17, 21))["approximator"]["n_overlap"] == 0


def test_a_code_is_found_once() -> None:
    result = score(("approximator", 12, 14), ("approximator", 15, 17))["approximator"]
    assert (result["n_found"], result["n_overlap"]) == (2, 1)


def test_two_readings_of_one_place_count_once() -> None:
    assert score(("approximator", 12, 17), ("approximator", 12, 17))["approximator"]["n_found"] == 1


def test_a_lookalike_hit_is_a_false_positive_and_counted() -> None:
    result = score(("vague_source", 28, 32), ("approximator", 42, 47), ("approximator", 12, 17))
    assert result["vague_source"]["n_lookalikes_hit"] == result["approximator"]["n_lookalikes_hit"] == 1
    assert result["approximator"]["exact_f"] == pytest.approx(100 * 2 * 1 / (1 + 2))
    assert result["all"]["n_lookalikes_hit"] == 2


def test_other_sentences_fields_and_categories_do_not_count() -> None:
    assert score(("booster", 55, 62))["booster"]["n_found"] == 0
    assert score(("approximator", 12, 17), field="title")["all"]["n_found"] == 0
    assert score(("epistemic", 12, 17))["all"]["n_found"] == 0


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .* give its path"):
        read_hedge_gold(tmp_path / "none.csv")


def test_a_missing_column_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "gold.csv"
    file.write_text("corpus,article_id\nbasil,a\n")
    with pytest.raises(InputError, match="has no column 'field'"):
        read_hedge_gold(file)


def test_an_unknown_category_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "gold.csv"
    file.write_text(HEADER + "basil,a,text,0,7,hedge,false,both,0,27\n")
    with pytest.raises(InputError, match="the category 'hedge'; allowed are: reportative"):
        read_hedge_gold(file)


def test_texts_that_were_not_coded_are_an_error(tmp_path: Path) -> None:
    article = '{"uuid": "a", "source": "nyt", "title": "T", "body-paragraphs": [["%s"]], "main-event": "e"}'
    file = tmp_path / "gold.csv"
    file.write_text(HEADER + "basil,absent,text,0,7,vague_source,false,both,0,27\n")
    (tmp_path / "basil" / "articles").mkdir(parents=True)
    (tmp_path / "basil" / "articles" / "present.json").write_text(article % TEXT)
    with pytest.raises(InputError, match=r"'absent' of basil .* is missing or not the text that was coded"):
        read_texts(tmp_path, read_hedge_gold(file))
    (tmp_path / "basil" / "articles" / "absent.json").write_text(article % f"An {TEXT}")
    with pytest.raises(InputError, match="the offsets don't fit"):
        read_texts(tmp_path, read_hedge_gold(file))
    (tmp_path / "basil" / "articles" / "absent.json").write_text(article % TEXT)
    assert list(read_texts(tmp_path, read_hedge_gold(file)).values()) == [TEXT]


def test_the_gold_is_sorted_unique_and_without_overlaps() -> None:
    gold = read_hedge_gold()
    keys = ["corpus", "article_id", "sentence_start", "start"]
    pd.testing.assert_frame_equal(gold, gold.sort_values(keys, ignore_index=True))
    assert not gold.duplicated(keys).any()
    codes = gold.dropna(subset=["start"])
    before = codes.groupby(["corpus", "article_id"])["end"].shift()
    assert (codes["start"] >= before).fillna(True).all()
    assert gold["category"].eq("none").eq(gold["start"].isna()).all()
    assert gold["coders"].isin(["both", "a", "b"]).all()


def test_the_gold_holds_no_text() -> None:
    assert DEFAULT_GOLD.read_text(encoding="utf8").splitlines()[0] == HEADER.strip()


def test_the_gold_holds_what_its_description_says() -> None:
    counts = read_hedge_gold()["category"].value_counts()
    assert {name: int(counts[name]) for name in counts.index} == {
        "reportative": 97,
        "approximator": 49,
        "vague_source": 48,
        "booster": 49,
        "lookalike": 316,
        "none": 115,
    }
    assert min(counts[name] for name in CATEGORIES) >= 40
    assert len(read_hedge_gold().drop_duplicates(["corpus", "article_id", "sentence_start"])) == 546


def test_every_span_lies_in_its_sentence_and_its_text(data_folder: Path) -> None:
    gold = read_hedge_gold()
    texts = read_texts(data_folder, gold)
    assert len(texts) == 264
    for r in gold.to_dict("records"):
        text = texts[r["corpus"], r["article_id"]]
        assert 0 <= r["sentence_start"] < r["sentence_end"] <= len(text)
        if r["category"] != "none":
            assert r["sentence_start"] <= r["start"] < r["end"] <= r["sentence_end"]


def test_floors_on_the_coded_sentences(data_folder: Path) -> None:
    result = hedge_gold_accuracy(data_folder).set_index("category")
    assert result["n_gold"].to_dict() == {
        "reportative": 97,
        "approximator": 49,
        "vague_source": 48,
        "booster": 49,
        "all": 243,
    }
    floors = {"reportative": 95, "approximator": 92, "vague_source": 84, "booster": 91, "all": 88}
    for category, floor in floors.items():
        assert result.loc[category, "exact_f"] > floor, category
        assert result.loc[category, "overlap_f"] > floor, category
    assert result.loc["all", "n_lookalikes_hit"] <= 10
