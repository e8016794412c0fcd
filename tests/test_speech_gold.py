"""The coded acts of speech: the measure itself on an invented gold, and the real one where its texts lie."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing.errors import InputError
from framing.validity.speech_gold import (
    DEFAULT_GOLD,
    KEYS,
    read_speech_gold,
    read_speech_texts,
    score_speech,
    speech_accuracy,
)

#       0         1         2         3         4         5
#       0123456789012345678901234567890123456789012345678901234567890
TEXT = 'Mayor Ann Lee said it rains. "I see," Bo wrote. She hopes so.'
LINE = (
    '{"corpus": "basil", "article_id": "a", "field": "text", "source": [0, 13], "cue": [14, 18], '
    '"content": [[19, 27]], "type": "indirect", "speaker": "Ann Lee"}\n'
    '{"corpus": "basil", "article_id": "a", "field": "text", "source": null, "cue": [41, 46], '
    '"content": [[29, 37]], "type": "direct", "speaker": null}\n'
)
SAID: dict[str, Any] = {
    "article_id": "a",
    "field": "text",
    "cue_start": 14,
    "cue_end": 18,
    "content_spans": [[19, 27]],
    "type": "indirect",
    "cue_type": "speech",
    "source_name": "Mayor Lee",
}
WROTE = SAID | {
    "cue_start": 41,
    "cue_end": 46,
    "content_spans": [[29, 37]],
    "type": "direct",
    "source_name": "Bo",
}


@pytest.fixture
def gold(tmp_path: Path) -> pd.DataFrame:
    (tmp_path / "gold.jsonl").write_text(LINE)
    return read_speech_gold(tmp_path / "gold.jsonl")


def score(gold: pd.DataFrame, *found: dict[str, Any], rows: str = "speech", quotes: str = "all") -> dict[str, Any]:
    """The figures at 0.3, with the number of matches at 0.8 beside them."""
    columns = list(SAID)
    table = score_speech(gold, pd.DataFrame(list(found), columns=columns), {"a": TEXT})
    table = table[(table["rows"] == rows) & (table["quotes"] == quotes)]
    loose, strict = table[table["covered"] == 0.3], table[table["covered"] == 0.8]
    return {**loose.iloc[0].to_dict(), "n_strict": strict["n_matched"].item()}


def test_the_invented_gold_marks_what_it_says(gold: pd.DataFrame) -> None:
    assert [TEXT[a:b] for a, b in zip(gold["cue_start"], gold["cue_end"], strict=True)] == ["said", "wrote"]
    assert [TEXT[a:b] for spans in gold["content_spans"] for a, b in spans] == ["it rains", '"I see,"']
    assert gold["source_start"].isna().tolist() == [False, True]
    assert gold["speaker"].isna().tolist() == [False, True]


def test_all_found(gold: pd.DataFrame) -> None:
    result = score(gold, SAID, WROTE)
    assert (result["n_gold"], result["n_found"], result["n_matched"], result["n_strict"]) == (2, 2, 2, 2)
    assert result["f"] == result["speaker_right"] == result["verb_right"] == 100
    assert result["n_speakers"] == 1  # who wrote isn't coded


def test_content_must_overlap_by_more_than_the_bound(gold: pd.DataFrame) -> None:
    part = score(gold, SAID | {"content_spans": [[19, 24]]})  # "it ra": 4 of 7 letters
    assert (part["n_matched"], part["n_strict"]) == (1, 0)
    assert score(gold, SAID | {"content_spans": [[19, 21]]})["n_matched"] == 0  # "it": 2 of 7


def test_precision_recall_and_f(gold: pd.DataFrame) -> None:
    result = score(gold, SAID, SAID | {"content_spans": [[52, 60]]}, SAID | {"content_spans": [[0, 5]]})
    assert result["precision"] == pytest.approx(100 / 3)
    assert result["recall"] == 50
    assert result["f"] == pytest.approx(40)


def test_a_row_is_used_once_and_the_better_one_first(gold: pd.DataFrame) -> None:
    part = SAID | {"content_spans": [[19, 24]], "cue_start": 41, "cue_end": 46}
    result = score(gold, part, SAID, SAID)
    assert (result["n_found"], result["n_matched"], result["n_strict"]) == (3, 1, 1)
    assert result["verb_right"] == 100


@pytest.mark.parametrize(
    ("name", "right"), [("Lee", 100), ("ann lee", 100), ("Mayor Hill", 0), (None, 0), ("the Mayor", 0)]
)
def test_a_speaker_is_right_by_a_word_that_is_no_title(gold: pd.DataFrame, name: str | None, right: float) -> None:
    assert score(gold, SAID | {"source_name": name})["speaker_right"] == right


def test_a_verb_is_right_when_the_cues_touch(gold: pd.DataFrame) -> None:
    assert score(gold, SAID | {"cue_start": 0, "cue_end": 15})["verb_right"] == 100
    assert score(gold, SAID | {"cue_start": 0, "cue_end": 13})["verb_right"] == 0
    assert score(gold, SAID | {"cue_start": None, "cue_end": None})["verb_right"] == 0


def test_two_acts_without_a_cue_agree_in_it(gold: pd.DataFrame) -> None:
    bare = gold.assign(cue_start=pd.NA, cue_end=pd.NA)
    assert score(bare, SAID | {"cue_start": None, "cue_end": None})["verb_right"] == 100


def test_ways_of_counting(gold: pd.DataFrame) -> None:
    hoped = SAID | {"cue_type": "attitude", "content_spans": [[52, 60]]}
    assert score(gold, SAID, WROTE, hoped)["n_found"] == 2
    assert score(gold, SAID, WROTE, hoped, rows="all")["n_found"] == 3
    result = score(gold, SAID, WROTE, hoped, quotes="direct+mixed")
    assert (result["n_gold"], result["n_found"], result["n_matched"]) == (1, 1, 1)


def test_other_fields_and_articles_do_not_match(gold: pd.DataFrame) -> None:
    assert score(gold, SAID | {"field": "title"})["n_found"] == 0
    table = score_speech(gold, pd.DataFrame([SAID | {"article_id": "b"}]), {"a": TEXT, "b": TEXT})
    assert table["n_matched"].sum() == 0


def test_a_share_of_nothing_is_missing(gold: pd.DataFrame) -> None:
    result = score(gold)
    assert pd.isna(result["precision"])
    assert pd.isna(result["speaker_right"])
    assert result["recall"] == result["f"] == 0


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .* give its path"):
        read_speech_gold(tmp_path / "none.jsonl")


def test_a_missing_key_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(LINE + '{"corpus": "basil"}\n')
    with pytest.raises(InputError, match="has no 'article_id' in line 3; it has: corpus"):
        read_speech_gold(file)


def test_an_unknown_type_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(LINE.replace('"direct"', '"quoted"'))
    with pytest.raises(InputError, match="the type 'quoted' in line 2; allowed are: direct"):
        read_speech_gold(file)


def test_texts_that_were_not_coded_are_an_error(tmp_path: Path, gold: pd.DataFrame) -> None:
    article = '{"uuid": "a", "source": "nyt", "title": "T", "body-paragraphs": [[%s]], "main-event": "e"}'
    quoted = TEXT.replace('"', '\\"')
    (tmp_path / "basil" / "articles").mkdir(parents=True)
    (tmp_path / "basil" / "articles" / "b.json").write_text(article % f'"{quoted}"')
    with pytest.raises(InputError, match=r"'a' of basil .* is missing or not the text that was coded"):
        read_speech_texts(tmp_path, gold)
    (tmp_path / "basil" / "articles" / "a.json").write_text(article % f'"So {quoted}"')
    with pytest.raises(InputError, match="the offsets don't fit"):
        read_speech_texts(tmp_path, gold)
    (tmp_path / "basil" / "articles" / "a.json").write_text(article % f'"{quoted}"')
    assert read_speech_texts(tmp_path, gold) == {"a": TEXT}


def test_the_gold_is_sorted_and_holds_no_text() -> None:
    acts = [json.loads(line) for line in DEFAULT_GOLD.read_text(encoding="utf8").splitlines()]
    assert all(tuple(act) == KEYS for act in acts)
    gold = read_speech_gold()
    places = [(r["article_id"], r["content_spans"][0][0]) for r in gold.to_dict("records")]
    assert places == sorted(places)
    assert gold["corpus"].eq("basil").all()
    assert gold["field"].eq("text").all()
    assert gold["speaker"].dropna().str.len().max() < 100  # a list of bodies is the longest


def test_the_gold_holds_what_its_description_says() -> None:
    gold = read_speech_gold()
    assert gold["type"].value_counts().to_dict() == {"indirect": 163, "direct": 111, "mixed": 65}
    assert gold[["source_start", "cue_start", "speaker"]].isna().sum().tolist() == [11, 2, 8]
    assert gold["article_id"].nunique() == 25


def test_no_letter_of_an_act_has_two_roles() -> None:
    for r in read_speech_gold().to_dict("records"):
        outer = [
            (r[f"{role}_start"], r[f"{role}_end"]) for role in ("source", "cue") if not pd.isna(r[f"{role}_start"])
        ]
        spans = sorted([*outer, *map(tuple, r["content_spans"])])
        assert all(start < end for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), r


def test_no_letter_is_said_in_two_acts() -> None:
    for _, acts in read_speech_gold().groupby("article_id"):
        spans = sorted(tuple(span) for spans in acts["content_spans"] for span in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_every_span_lies_in_its_text(data_folder: Path) -> None:
    gold = read_speech_gold()
    texts = read_speech_texts(data_folder, gold)
    assert len(texts) == 25
    for r in gold.to_dict("records"):
        assert all(0 <= start < end <= len(texts[r["article_id"]]) for start, end in r["content_spans"])


def test_types_fit_the_quotation_marks(data_folder: Path) -> None:
    gold = read_speech_gold()
    texts = read_speech_texts(data_folder, gold)
    for r in gold[gold["type"] != "indirect"].to_dict("records"):
        assert any(mark in texts[r["article_id"]][start:end] for start, end in r["content_spans"] for mark in '"“”')


def test_floors_on_the_coded_articles(data_folder: Path) -> None:
    result = speech_accuracy(data_folder).set_index(["rows", "quotes", "covered"])
    loose, strict = result.loc["speech", "all", 0.3], result.loc["speech", "all", 0.8]
    assert loose["n_gold"] == 339
    assert loose["f"] > 81
    assert strict["f"] > 74.5
    assert loose["speaker_right"] > 90
    assert loose["verb_right"] > 95
    assert result.loc[("speech", "direct+mixed", 0.3), "f"] > 92
    assert result.loc[("speech", "direct+mixed", 0.8), "f"] > 89
    assert result.loc[("all", "all", 0.3), "recall"] > 85
