"""Articles read a stretch at a time: the same rows as from the whole, wherever a stretch begins."""

from pathlib import Path

import pandas as pd
import pytest

import framing
from framing.corpus.parquet_rows import close_parquet, parquet_rows
from framing.corpus.stretches import open_source, read_stretch
from framing.errors import InputError

N = 230


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    texts = [f'He said: "It\nmay, or\r\nmay not, rain {n} times."' for n in range(N)]
    return pd.DataFrame(
        {"article_id": [f"é{n}" for n in range(N)], "outlet": "Herald", "text": texts, "page": range(N)}
    )


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "tsv"])
def test_a_stretch_is_a_part_of_the_whole(form: str, frame: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / f"big.{form}"
    if form in ("csv", "tsv"):
        frame.to_csv(path, index=False, sep="," if form == "csv" else "\t", encoding="utf-8-sig")
    elif form == "jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        frame.to_parquet(path, row_group_size=90)
    whole, source = framing.read_corpus(path, quiet=True), open_source(path)
    for start, stop in ((0, N), (0, 1), (99, 101), (199, N), (3, 7), (85, 185)):
        part, _ = read_stretch(source, start, stop)
        expected = whole.iloc[start:stop].reset_index(drop=True)
        pd.testing.assert_frame_equal(part[list(expected)], expected, check_dtype=form != "jsonl")
    close_parquet()


def test_rows_are_read_on_from_where_the_last_stretch_ended(frame: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "big.parquet"
    frame.to_parquet(path, row_group_size=100)
    for start, stop in ((0, 10), (10, 20), (150, 160), (5, 8), (99, 101), (64, 128), (229, 230)):
        assert [row[3] for row in parquet_rows(path, start, stop)] == list(range(start, stop))
    with pytest.raises(InputError, match=r"rows 230 to 231 can't be read \(it ends before them\)"):
        list(parquet_rows(path, 229, 231))
    close_parquet()


def test_what_is_no_article_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    path.write_text('{"article_id": "1", "outlet": "H", "text": "It rained."}\n{broken\n\n[1]\n', encoding="utf8")
    source = open_source(path)
    assert (source.n_articles, source.aside.entries) == (1, (("set_aside", "not_json", 2, 2),))
    table = tmp_path / "big.csv"
    table.write_text("article_id,outlet,text\n1,H,It rained.\n2,H,a,b,c\n3,H\n", encoding="utf8")
    source = open_source(table)
    part, account = read_stretch(source, 0, 2)
    assert (part["article_id"].tolist(), account.repaired) == (["1", "3"], 1)
    assert source.aside.entries == (("set_aside", "too_many_fields", 1, 1),)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "article_id,outlet,text\n1,H,naïve".encode("cp1252"), "is not in UTF-8"),
        (
            "a.csv",
            b'article_id,outlet,text\n1,H,"It rained.\n2,H,It rained.\n',
            r"opened in the record of line 2 is never",
        ),
        (
            "a.csv",
            b"article_id,source,text\n1,H,It rained.\n",
            r"no column 'outlet'.*columns=\{\"source\": \"outlet\"\}",
        ),
        ("a.jsonl", b"[1]\n", "holds no article"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"article_id,outlet,text\n", "holds no article"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        open_source(path)


def test_a_file_that_changes_meanwhile_is_noticed(frame: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    frame.to_csv(path, index=False)
    source = open_source(path)
    frame.head(3).to_csv(path, index=False)
    with pytest.raises(InputError, match="was changed or removed while it was analysed"):
        read_stretch(source, 0, 3)


def test_dates_that_contradict_each_other_stay_unread_in_every_stretch(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    dates = ["25/04/2019", "03/04/2019", "04/25/2019", "2019-04-25"]
    rows = {"article_id": list("abcd"), "outlet": "H", "text": "It rained.", "date": dates}
    pd.DataFrame(rows).to_csv(path, index=False)
    source = open_source(path)
    part, account = read_stretch(source, 0, 2)
    assert part["date"].isna().tolist() == [True, True]
    assert ("noted", "no_readable_date", 2, 2) in account.entries
    assert read_stretch(source, 2, 4)[0]["date"].isna().tolist() == [True, False]
    assert read_stretch(open_source(path, day_first=True), 1, 2)[0]["date"].tolist() == [pd.Timestamp("2019-04-03")]
