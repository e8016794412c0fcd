import contextlib
import csv
import json
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import read_corpus, read_corpus_with_account, restore_text
from framing.corpus.cleaning import Piece
from framing.corpus.repairing import repair_text
from framing.errors import InputError

ROWS = [
    {
        "article_id": "a1",
        "outlet": "NA",
        "text": "It rained.\n\nIt “poured”, she said.",
        "date": "2019-04-25",
        "topic": "null",
    },
    {"article_id": "a2", "outlet": "Herald", "text": "null", "date": "", "topic": ""},
]


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def write_csv(path, rows, delimiter=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path, lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def in_every_format(folder):
    yield write_csv(folder / "a.csv", ROWS)
    yield write_csv(folder / "semicolon.csv", ROWS, delimiter=";")
    yield write_csv(folder / "utf16.csv", ROWS, encoding="utf-16")
    yield write_csv(folder / "bom.CSV", ROWS, encoding="utf-8-sig")
    yield write_csv(folder / "windows.csv", ROWS, encoding="cp1252")
    yield write_csv(folder / "a.tsv", ROWS, delimiter="\t")
    yield write(folder / "a.jsonl", "\n".join(json.dumps(row) for row in ROWS))
    yield write(folder / "a.json", json.dumps(ROWS, indent=1))
    yield write_xlsx(folder / "a.xlsx", [list(ROWS[0]), *([value or None for value in row.values()] for row in ROWS)])
    pd.DataFrame(ROWS).to_parquet(folder / "a.parquet")
    yield folder / "a.parquet"


def test_every_format_gives_the_same_corpus(tmp_path):
    for path in in_every_format(tmp_path):
        corpus = read_corpus(path, quiet=True)
        assert list(corpus) == ["article_id", "outlet", "text", "date", "topic"], path
        assert corpus["outlet"].tolist() == ["NA", "Herald"], path
        assert corpus["text"].tolist() == ["It rained.\n\nIt “poured”, she said.", "null"], path
        assert corpus["date"].tolist() == [pd.Timestamp(2019, 4, 25), pd.NaT], path
        assert corpus["topic"].tolist() == ["null", pd.NA], path
        assert corpus.attrs["reading"]["sentence"] == "2 read, 0 repaired, 0 set aside", path


def test_a_folder_of_text_files_names_outlets_by_sub_folder(tmp_path):
    write(tmp_path / "news" / "Herald" / "2019" / "b.txt", "Rain falls on coast | Weather\r\n\r\nIt rained.\r\n")
    write(tmp_path / "news" / "Courier" / "a.txt", "“It poured”", "cp1252")
    write(tmp_path / "news" / "c.txt", "It snowed.")
    write(tmp_path / "news" / "Courier" / "notes.docx", "x")
    write(tmp_path / "news" / "Courier" / "picture.jpg", "x")
    write(tmp_path / "news" / "Courier" / "empty.txt", " \n")
    write(tmp_path / "news" / ".cache" / "d.txt", "hidden")
    corpus, account = read_corpus_with_account(tmp_path / "news")
    assert corpus[["article_id", "outlet", "text"]].values.tolist() == [
        ["Courier/a", "Courier", "“It poured”"],
        ["Herald/2019/b", "Herald", "It rained."],
        ["c", "news", "It snowed."],
    ]
    assert corpus["title"].tolist() == [pd.NA, "Rain falls on coast", pd.NA]
    aside = account[account["action"] == "set_aside"]
    assert list(zip(aside["place"], aside["rule"], strict=True)) == [
        ("Courier/empty.txt", "unreadable"),
        ("Courier/notes.docx", "unreadable"),
        ("Courier/picture.jpg", "unknown_format"),
    ]
    guessed = account[account["rule"] == "outlet_guessed"]
    assert guessed[["action", "text", "n"]].values.tolist() == [
        ["noted", "news", 1]
    ]  # only c lies in the folder itself
    assert corpus.attrs["reading"]["repaired"] == 1  # the file in Windows-1252


def test_one_text_file_is_an_article_of_its_folder(tmp_path):
    text = "Rain falls on coast | Weather\n\nIt rained.\n\n\nBack to top button"
    corpus, account = read_corpus_with_account(write(tmp_path / "Herald" / "a1.txt", text))
    assert corpus.to_dict("records") == [
        {"article_id": "a1", "outlet": "Herald", "text": "It rained.", "title": "Rain falls on coast"}
    ]
    pieces = [Piece(*piece) for piece in account[["start", "text", "rule"]].itertuples(index=False)]
    assert [piece.rule for piece in pieces] == ["outlet_guessed", "title_line", "back_to_top"]
    assert restore_text("It rained.", pieces[1:]) == text
    assert account["note"][0].startswith("1 article names no outlet; 'Herald' is the name of the folder")
    assert corpus.attrs["reading"]["sentence"].endswith("outlet guessed for 1")
    assert read_corpus(tmp_path / "Herald", outlet="The Herald", quiet=True)["outlet"].tolist() == ["The Herald"]


def test_columns_are_renamed_and_the_rest_is_kept(tmp_path):
    path = write(tmp_path / "a.csv", "ID,source,body,Title,n\n7,Herald,It rained.,Rain,3\n")
    corpus = read_corpus(path, columns={"ID": "article_id", "source": "outlet", "body": "text"}, quiet=True)
    assert corpus.to_dict("records") == [
        {"article_id": "7", "outlet": "Herald", "text": "It rained.", "title": "Rain", "n": "3"}
    ]


def test_numbers_of_typed_formats_stay_numbers(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame(
        {"article_id": [1, 2], "outlet": "Herald", "text": "x", "shares": [1.5, None], "ok": [True, False]}
    ).to_parquet(path)
    corpus = read_corpus(path, quiet=True)
    assert [str(kind) for kind in corpus.dtypes] == ["string", "string", "string", "Float64", "boolean"]
    assert corpus["article_id"].tolist() == ["1", "2"]


def test_one_outlet_can_be_given_for_a_file_that_names_none(tmp_path):
    path = write(tmp_path / "a.csv", "text\nIt rained.\n")
    assert read_corpus(path, outlet="Herald", quiet=True)["outlet"].tolist() == ["Herald"]
    path = write(tmp_path / "b.csv", "text,outlet\nIt rained.,Courier\nIt poured.,\n")
    assert read_corpus(path, outlet="Herald", quiet=True)["outlet"].tolist() == ["Courier", "Herald"]


def test_ids_made_from_content_do_not_depend_on_the_order_of_rows(tmp_path):
    rows = ["Herald,It rained.", "Courier,It poured.", "Herald,It rained."]
    ids = []
    for number, order in enumerate((rows, rows[::-1])):
        path = write(tmp_path / f"{number}.csv", "\n".join(["outlet,text", *order]))
        corpus = read_corpus(path, quiet=True)
        assert corpus["article_id"].is_unique
        ids.append(dict(zip(corpus["article_id"], corpus["text"], strict=True)))
    assert ids[0] == ids[1]
    assert read_corpus(path, clean=False, quiet=True)["article_id"].tolist() == list(ids[1])


def test_repeated_ids_are_told_apart_and_reported(tmp_path):
    path = write(tmp_path / "a.csv", "article_id,outlet,text\n" + "a1,H,One.\n" * 3 + "a1-2,H,Two.\n,H,Three.\n")
    corpus, account = read_corpus_with_account(path)
    assert corpus["article_id"].tolist()[:4] == ["a1", "a1-3", "a1-4", "a1-2"]
    assert account["rule"].tolist() == ["repeated_id", "repeated_id", "missing_id"]
    assert corpus.attrs["reading"]["sentence"] == "2 read, 3 repaired (2 repeated id, 1 missing id), 0 set aside"


def test_missing_text_and_unreadable_dates_keep_their_rows(tmp_path):
    path = write(
        tmp_path / "a.csv", "article_id,outlet,text,date\na1,H, ,2019-04-25\na2,H,Two.,soon\na3,H,Advertisement,\n"
    )
    corpus, account = read_corpus_with_account(path)
    assert corpus["text"].tolist() == [pd.NA, "Two.", pd.NA]
    assert corpus["date"].tolist() == [pd.Timestamp(2019, 4, 25), pd.NaT, pd.NaT]
    assert account[["article_id", "rule"]].values.tolist() == [
        ["a1", "no_text"],
        ["a3", "advertisement"],
        ["a3", "no_text"],
        ["a2", "no_readable_date"],
    ]
    assert account.query("rule == 'no_readable_date'")["text"].tolist() == ["soon"]
    assert corpus.attrs["reading"]["sentence"].endswith("without: 1 readable date, 2 text")


def test_cleaning_can_be_switched_off(tmp_path):
    text = "Rain | Sky\n\nIt rained.\n\nAdvertisement"
    path = write(tmp_path / "a.jsonl", json.dumps({"outlet": "H", "text": text, "title": "Rain falls again | Sky"}))
    raw = read_corpus(path, clean=False, quiet=True)
    assert (raw["text"][0], raw["title"][0]) == (text, "Rain falls again | Sky")
    cleaned, account = read_corpus_with_account(path)
    assert (cleaned["text"][0], cleaned["title"][0]) == ("Rain | Sky\n\nIt rained.", "Rain falls again")
    assert account[["field", "rule", "text"]].values.tolist() == [
        ["title", "title_section", " | Sky"],
        ["text", "advertisement", "\n\nAdvertisement"],
    ]


def test_one_line_says_what_was_read(tmp_path, capsys):
    path = write(tmp_path / "a.csv", "outlet,text\nH,One.\n")
    read_corpus(path)
    assert capsys.readouterr() == ("", "a.csv: 1 read, 0 repaired, 0 set aside\n")
    read_corpus(path, quiet=True)
    assert capsys.readouterr() == ("", "")


def test_the_summary_survives_what_pandas_does(tmp_path):
    corpus = read_corpus(write_csv(tmp_path / "a.csv", ROWS), quiet=True)
    json.dumps(corpus.attrs)
    assert len(pd.concat([corpus, corpus])) == 4
    corpus.to_parquet(tmp_path / "out.parquet")
    again = read_corpus(tmp_path / "out.parquet", quiet=True)
    pd.testing.assert_frame_equal(again, corpus)


# Hostile files: each is repaired and reported, or refused in words.


def test_a_truncated_json_line_is_set_aside_with_its_number(tmp_path):
    lines = [
        json.dumps(ROWS[0]),
        json.dumps(ROWS[1])[:30],
        "",
        "[1]",
        '{"article_id": "a9", "outlet": "H", "text": "Ok."}',
    ]
    corpus, account = read_corpus_with_account(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert corpus["article_id"].tolist() == ["a1", "a9"]
    assert account[["place", "action", "rule"]].values.tolist() == [
        ["a.jsonl, line 2", "set_aside", "not_json"],
        ["a.jsonl, line 4", "set_aside", "not_an_object"],
    ]
    assert corpus.attrs["reading"]["sentence"] == "2 read, 0 repaired, 2 set aside (1 not json, 1 not an object)"


def test_csv_rows_of_the_wrong_width_are_filled_or_set_aside(tmp_path):
    text = "article_id,outlet,text,date\na1,H,One.\na2,H,Two, three.,2019-04-25\na3,H,Four.,2019-04-25,,\n"
    corpus, account = read_corpus_with_account(write(tmp_path / "a.csv", text))
    assert corpus["article_id"].tolist() == ["a1", "a3"]
    assert account[["place", "rule", "text"]].values.tolist() == [
        ["a.csv, line 3", "too_many_fields", "a2,H,Two, three.,2019-04-25"],
        ["a.csv, line 2", "too_few_fields", pd.NA],
    ]


def test_a_csv_that_ends_inside_an_article_loses_only_that_one(tmp_path):
    corpus, account = read_corpus_with_account(write(tmp_path / "a.csv", 'outlet,text\nH,"One.\nMore."\nH,"Two.\nMo'))
    assert corpus["text"].tolist() == ["One.\nMore."]
    assert account[["place", "rule", "text"]].values.tolist() == [["a.csv, line 4", "cut_off", 'H,"Two.\nMo']]


def test_an_open_quotation_mark_never_swallows_the_articles_after_it(tmp_path):
    path = write(tmp_path / "a.csv", 'outlet,text\nH,One.\nH,"Two.\n' + "H,Three.\n" * 50)
    with pytest.raises(InputError, match="opened in the record of line 3 is never closed"):
        read_corpus(path)


def test_headers_that_repeat(tmp_path):
    path = write(tmp_path / "a.csv", "outlet,text,note,note,\nH,One.,x,y,z\n")
    corpus = read_corpus(path, quiet=True)
    assert corpus[["note", "note_2", "unnamed_5"]].values.tolist() == [["x", "y", "z"]]
    with pytest.raises(InputError, match="two columns named 'text'"):
        read_corpus(write(tmp_path / "b.csv", "outlet,text,Text\nH,One.,Two.\n"))


def test_a_megabyte_of_text_in_another_script_and_emoji_come_through(tmp_path):
    text = "Дождь шёл весь день 👩\u200d⚕️. " * 40_000
    limit = csv.field_size_limit()
    corpus = read_corpus(write_csv(tmp_path / "a.csv", [{"outlet": "H", "text": text}]), quiet=True)
    assert corpus["text"][0] == text.strip()
    assert csv.field_size_limit() == limit


def test_excel_formulas_dates_and_further_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([None])
    book.active.append(["article_id", "outlet", "text", "date"])
    book.active.append([17, "H", "=1+1", pd.Timestamp(2019, 4, 25).to_pydatetime()])
    book.active.append([18, "H", "Two.", None, "stray"])
    book.create_sheet("More").append(["text"])
    book.save(tmp_path / "a.xlsx")
    corpus, account = read_corpus_with_account(tmp_path / "a.xlsx")
    assert corpus["article_id"].tolist() == ["17"]
    assert corpus["text"].isna().tolist() == [True]  # never calculated, so the cell shows nothing
    assert corpus["date"].tolist() == [pd.Timestamp(2019, 4, 25)]
    assert account["rule"].tolist() == ["formula", "too_many_fields", "further_sheet", "no_text"]
    assert account["text"].tolist()[0] == "=1+1"


def test_odd_values_become_strings_that_can_be_stored(tmp_path):
    row = {
        "article_id": 3,
        "outlet": "H\n",
        "text": ["One.", "Two."],
        "x": {"a": ["\ud800"]},
        "y": "\ud800",
        "title": 5.0,
    }
    corpus = read_corpus(
        write(tmp_path / "a.json", json.dumps([row, {"outlet": None, "text": None, "y": 1}])), quiet=True
    )
    corpus.to_parquet(tmp_path / "out.parquet")
    assert corpus.loc[0, ["article_id", "outlet", "text", "title"]].tolist() == ["3", "H", "One.\n\nTwo.", "5"]
    assert corpus["y"].tolist() == ["?", "1"]
    assert corpus["outlet"].tolist() == ["H", pd.NA]


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    return path


def plain_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return path


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "none.csv", "doesn't exist"),
        (lambda folder: folder, r"holds no file that can be read; it is empty"),
        (lambda folder: write(folder / "x" / "a.jpg", "a").parent, "holds no file that can be read; it holds a.jpg"),
        (lambda folder: write(folder / "a.pdf", "x"), r"format that can't be read \('.pdf'\)"),
        (lambda folder: write(folder / "a.csv", ""), "is empty"),
        (lambda folder: write(folder / "a.csv", " \n\n"), "is empty"),
        (lambda folder: write(folder / "a.csv", "\ufeff,,\n"), "no header line"),
        (lambda folder: write(folder / "a.csv", "outlet,text\n"), "no article"),
        (lambda folder: write(folder / "a.csv", "outlet,body\nH,One.\n"), r"no column 'text'.*\{\"body\": \"text\"\}"),
        (
            lambda folder: write(folder / "a.csv", "source,text\nH,One.\n"),
            "read_corpus.path, columns=.*source.*give outlet=",
        ),
        (lambda folder: write(folder / "a.csv", "outlet,text\nH,a,b\n"), "no article"),
        (lambda folder: write(folder / "a.jsonl", '{"text": \n'), "holds no article. a.jsonl, line 1: not valid JSON"),
        (lambda folder: write(folder / "a.jsonl", "17\n"), "a JSON number where an object is expected"),
        (lambda folder: write(folder / "a.json", '[{"text": "a"}'), "begins as a JSON array but is none"),
        (lambda folder: write(folder / "a.json", "[]"), "empty array"),
        (lambda folder: write(folder / "a.json", "[" * 100_000), "nested too deeply"),
        (lambda folder: write(folder / "a.jsonl", '{"a":' * 100_000), "nested too deeply"),
        (lambda folder: write(folder / "a.parquet", "PAR1 no"), "no readable Parquet file"),
        (lambda folder: write(folder / "a.parquet", ""), "is empty"),
        (lambda folder: write(folder / "a.xlsx", "no zip"), "no Excel workbook"),
        (lambda folder: write(folder / "a.xlsx", ""), "is empty"),
        (lambda folder: plain_zip(folder / "a.xlsx"), "no readable Excel workbook"),
        (lambda folder: bomb(folder / "a.xlsx"), "would unpack to 20,000,000 bytes"),
        (lambda folder: write_xlsx(folder / "a.xlsx", [[]]), "no sheet with anything in it"),
        (lambda folder: write_xlsx(folder / "a.xlsx", [["outlet", "text"]]), "no article"),
        (
            lambda folder: write(folder / "a.csv", "\x89PNG\x00\x00\x00\x01\x02\x03", "latin-1"),
            "a.csv can't be read: .*no text",
        ),
        (lambda folder: write(folder / "a.txt", ""), "is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, make, message):
    with pytest.raises(InputError, match=message) as error:
        read_corpus(make(tmp_path))
    assert len(str(error.value)) < 700


def test_wrong_renamings_are_refused(tmp_path):
    path = write(tmp_path / "a.csv", "outlet,text,body\nH,One.,Two.\n")
    with pytest.raises(InputError, match=r"columns= names 'story', but .* has: outlet, text, body"):
        read_corpus(path, columns={"story": "text"})
    for columns in ({"body": "text"}, {"outlet": "x", "body": "x"}):
        with pytest.raises(InputError, match="there would be two columns"):
            read_corpus(path, columns=columns)


def test_columns_can_change_places(tmp_path):
    path = write(tmp_path / "a.csv", "outlet,text,body\nH,teaser,One.\n")
    corpus = read_corpus(path, columns={"text": "teaser", "body": "text"}, quiet=True)
    assert corpus[["text", "teaser"]].values.tolist() == [["One.", "teaser"]]


TEXTS = st.lists(
    st.sampled_from(
        ["It rained.", "Advertisement", "Back to top", "Rain falls", "", "Share Tweet", "“Yes,” she said."]
    ),
    max_size=8,
).map("\n".join)


@given(
    st.lists(
        st.tuples(st.one_of(TEXTS, st.text(max_size=40)), st.sampled_from(["Rain falls", "", "Rain falls now | Sky"])),
        min_size=1,
        max_size=4,
    )
)
def test_what_was_removed_is_in_the_account(tmp_path_factory, articles):
    rows = [
        {"article_id": f"a{n}", "outlet": "H", "title": title, "text": text} for n, (text, title) in enumerate(articles)
    ]
    path = write(tmp_path_factory.mktemp("corpus") / "a.jsonl", "\n".join(json.dumps(row) for row in rows))
    corpus, account = read_corpus_with_account(path)
    assert corpus["article_id"].tolist() == [row["article_id"] for row in rows]
    for row, text in zip(rows, corpus["text"].fillna(""), strict=True):
        removed = account[
            (account["article_id"] == row["article_id"])
            & (account["action"] == "removed")
            & (account["field"] == "text")
        ]
        pieces = [Piece(*piece) for piece in removed[["start", "text", "rule"]].itertuples(index=False)]
        assert restore_text(text, pieces) == repair_text(row["text"]).text


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_any_csv_gives_all_of_its_rows(tmp_path_factory, rows, delimiter):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    cells = [["A name and a sentence: " + cell for cell in row] for row in rows]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([["outlet", "text", "topic"], *cells])
    assert len(read_corpus(path, quiet=True)) == len(rows)


@given(st.binary(max_size=300), st.sampled_from([".csv", ".tsv", ".jsonl", ".json", ".txt", ".xlsx", ".parquet"]))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory, data, suffix):
    path = tmp_path_factory.mktemp("bytes") / f"a{suffix}"
    path.write_bytes(data)
    with contextlib.suppress(InputError):
        assert len(read_corpus(path, outlet="H", quiet=True)) > 0


def test_parquet_with_nested_and_dictionary_columns(tmp_path):
    table = pa.table(
        {
            "outlet": pa.array(["H", "H"]).dictionary_encode(),
            "text": [b"One.", None],
            "tags": [["a", "b"], None],
        }
    )
    pa.parquet.write_table(table, tmp_path / "a.parquet")
    corpus = read_corpus(tmp_path / "a.parquet", quiet=True)
    assert corpus["text"].tolist() == ["One.", pd.NA]
    assert corpus["tags"].tolist() == ['["a", "b"]', pd.NA]
