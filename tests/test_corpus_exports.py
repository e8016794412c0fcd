"""Exports of news databases: each layout gives its articles, and whatever is no article is in the account."""

import csv
import hashlib
import tomllib
from importlib.resources import files

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import read_corpus, read_corpus_with_account
from framing.corpus.columns import KNOWN
from framing.corpus.documents import rtf_lines
from framing.corpus.exports import fields_of, fill_columns
from framing.errors import InputError
from tests import export_samples as sample

NEXIS_TEXT = (
    "The ferries stopped on Monday, the harbour master said.\n\nBody\n\n"
    "of water: the sound was closed, she added. Section: closed.\n\n“We may open on Thursday,” she said."
)
MARCH_5, MARCH_7 = pd.Timestamp(2019, 3, 5), pd.Timestamp(2019, 3, 7)


def nexis_files(folder):
    for cover in (True, False):
        lines = sample.nexis_lines(cover=cover)
        yield sample.write_docx(folder / f"{cover}.docx", lines)
        path = folder / f"{cover}.rtf"
        path.write_bytes(sample.rtf(lines))
        yield path
    yield sample.write_docx_with_link(folder / "link.DOCX", sample.nexis_lines(cover=False))
    path = folder / "link.rtf"
    path.write_bytes(sample.rtf(sample.nexis_lines(cover=False), linked=0))
    yield path


def test_nexis_in_word_and_rtf_with_cover_or_without(tmp_path):
    for path in nexis_files(tmp_path):
        corpus = read_corpus(path, quiet=True)
        assert corpus["title"].tolist() == ["Ferries stop in the storm", "Harbour board resigns"], path
        assert corpus["outlet"].tolist() == ["The Sollen Herald (Sollen)", "The Arren Courier"], path
        assert corpus["text"].tolist() == [NEXIS_TEXT, "The board resigned on Wednesday."], path
        assert corpus["date"].tolist() == [MARCH_5, MARCH_7], path
        assert corpus["author"].tolist() == ["By ANN LEE and Ben Roe", pd.NA], path
        assert corpus["language"].tolist() == ["en", pd.NA], path
        kept = ["section", "dateline", "highlight", "graphic", "load_date"]
        assert corpus.loc[0, kept].tolist() == [
            "NEWS; Pg. 4",
            "SOLLEN",
            "No crossing before Thursday",
            "A ferry at the quay.\nPhoto: R. Oake",
            "March 6, 2019",
        ], path
        assert corpus.attrs["reading"]["sentence"] == "2 read, 0 repaired, 0 set aside", path


def test_a_nexis_file_that_ends_early_keeps_its_last_article_and_says_so(tmp_path):
    lines = sample.nexis_lines(cover=False)[:-2]
    corpus, account = read_corpus_with_account(sample.write_docx(tmp_path / "a.docx", lines))
    assert corpus["title"].tolist() == ["Ferries stop in the storm", "Harbour board resigns"]
    cut_off = account[account["rule"] == "cut_off"]
    assert cut_off[["place", "action"]].values.tolist() == [["a.docx, article 2", "repaired"]]


def test_a_nexis_document_that_is_no_article_is_set_aside_with_its_words(tmp_path):
    sorry = ["We are sorry but there is an error in this document.", "End of Document"]
    corpus, account = read_corpus_with_account(
        sample.write_docx(tmp_path / "a.docx", sorry + sample.nexis_lines(cover=False))
    )
    assert len(corpus) == 2
    aside = account[account["action"] == "set_aside"]
    assert aside[["place", "rule", "text"]].values.tolist() == [["a.docx, article 1", "no_article", sorry[0]]]


def test_a_nexis_article_without_a_body_or_a_date_keeps_its_row(tmp_path):
    lines = [
        "Photo of the day",
        "The Herald",
        "Copyright 2019 Herald",
        "Length: 0 words",
        "Load-Date: March 6, 2019",
        "End of Document",
    ]
    german = ["Sturm", "Der Bote", "5. März 2019", "Copyright 2019 Bote", "Body", "Es regnete.", "End of Document"]
    corpus, account = read_corpus_with_account(sample.write_docx(tmp_path / "a.docx", lines + german))
    assert corpus["text"].tolist() == [pd.NA, "Es regnete."]
    assert corpus["outlet"].tolist() == ["Photo of the day", "Der Bote"]
    assert {"no_text", "no_readable_date"} <= set(account["rule"])


def test_factiva_with_field_codes(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(sample.FACTIVA_CODES, encoding="utf-8")
    corpus = read_corpus(path, quiet=True)
    assert corpus["article_id"][0] == "SOLHER0020190305ef350001x"
    assert corpus["outlet"].tolist() == ["The Sollen Herald", "The Arren Courier"]
    assert corpus["title"].tolist() == ["Ferries stop in the storm", "Harbour board resigns"]
    assert corpus["text"].tolist() == [
        "The ferries stopped on Monday.\n\n“We may open,” she said.\n\nIt rained.",
        "The board resigned.",
    ]
    assert corpus["date"].tolist() == [MARCH_5, MARCH_7]
    assert corpus.loc[0, ["author", "language", "section", "length", "copyright"]].tolist() == [
        "By Ann Lee",
        "en",
        "News",
        "312 words",
        "(c) 2019 Herald Press",
    ]


def test_factiva_as_displayed(tmp_path):
    path = tmp_path / "a.htm"
    path.write_text(sample.FACTIVA_PAGE, encoding="utf-8")
    corpus = read_corpus(path, quiet=True)
    assert corpus["article_id"].tolist() == ["SOLHER0020190305ef350001x", "ARRC000020190307ef370002x"]
    assert corpus["outlet"].tolist() == ["The Sollen Herald", "The Arren Courier"]
    assert corpus["title"].tolist() == ["Ferries stop in the storm", "Harbour board resigns"]
    assert corpus["text"].tolist() == [
        "The ferries stopped on Monday.\n\n“We may open,” she said.",
        "The board resigned.",
    ]
    assert corpus["date"].tolist() == [MARCH_5, MARCH_7]
    assert corpus["author"].tolist() == ["By Ann Lee", pd.NA]


def test_a_news_page_with_classes_like_factivas_is_a_page(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(sample.PAGE.replace("<article>", '<div class="article newsArticle"><article>'), encoding="utf-8")
    assert read_corpus(path, quiet=True)["outlet"].tolist() == ["The Sollen Herald"]


def test_proquest_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(sample.PROQUEST, encoding="utf-8")
    corpus, account = read_corpus_with_account(path)
    assert corpus["article_id"].tolist() == ["2187654321", "2187654322"]
    assert corpus["outlet"].tolist() == ["The Sollen Herald", "The Arren Courier"]
    assert corpus["title"].tolist() == ["Ferries stop in the storm", "Harbour board resigns"]
    # A paragraph that looks like a field stays in the text; an abstract is never taken for it.
    assert corpus["text"].tolist() == [
        "The ferries stopped on Monday.\n\nTitle: so the captain called his log; he read from it.\n\n"
        "“We may open,” she said.",
        pd.NA,
    ]
    assert corpus["abstract"].tolist() == ["No crossing before Thursday.", "The board resigned on Wednesday."]
    assert corpus["date"].tolist() == [MARCH_5, MARCH_7]
    assert corpus["language"].tolist() == ["en", pd.NA]
    assert account["rule"].tolist() == ["no_text"]


def test_a_strange_block_of_a_proquest_export_is_set_aside(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(sample.PROQUEST + f"{sample.RULE}\nA note that someone typed.\n", encoding="utf-8")
    _, account = read_corpus_with_account(path)
    aside = account[account["action"] == "set_aside"]
    assert aside[["rule", "text"]].values.tolist() == [["no_article", "A note that someone typed."]]


def test_ris(tmp_path):
    for name in ("a.ris", "a.txt"):
        path = tmp_path / name
        path.write_text(sample.RIS, encoding="utf-8")
        corpus, account = read_corpus_with_account(path)
        assert corpus["outlet"].tolist() == ["The Sollen Herald", "Arren Courier"]
        assert corpus["author"].tolist() == ["Lee, Ann; Roe, Ben", pd.NA]
        assert corpus["text"].tolist() == [
            "The ferries stopped on Monday.\n\n“We may open,” she said.",
            "The board resigned.",
        ]
        assert corpus["date"].tolist() == [MARCH_5, MARCH_7]
        assert corpus["url"].tolist() == ["https://example.org/docview/2187654321", pd.NA]
        assert account.query("rule == 'abstract_as_text'")["n"].tolist() == [1]


def test_ris_that_is_cut_off_or_has_stray_lines(tmp_path):
    path = tmp_path / "a.ris"
    path.write_text("A title page\n" + sample.RIS.rstrip().removesuffix("ER  -"), encoding="utf-8")
    corpus, account = read_corpus_with_account(path)
    assert len(corpus) == 2
    assert account.query("rule in ['cut_off', 'outside_records']")[["place", "rule", "text"]].values.tolist() == [
        ["a.ris, line 1", "outside_records", "A title page"],
        ["a.ris, line 17", "cut_off", pd.NA],
    ]


def test_a_year_alone_is_no_day(tmp_path):
    path = tmp_path / "a.ris"
    path.write_text("TY  - NEWS\nT1  - Rain\nJF  - Herald\nPY  - 2019///\nN2  - It rained.\nER  - \n", encoding="utf-8")
    corpus, account = read_corpus_with_account(path)
    assert corpus["date"].isna().tolist() == [True]
    assert account.query("rule == 'no_readable_date'")["text"].tolist() == ["2019"]


@pytest.mark.parametrize(
    ("name", "write", "looked_for"),
    [
        ("a.docx", lambda path: sample.write_docx(path, ["Dear Ann,", "it rained."]), "'End of Document', 'Body' and"),
        ("a.rtf", lambda path: path.write_bytes(sample.rtf(["Dear Ann,"])), "'End of Document', 'Body' and"),
        ("a.rtf", lambda path: path.write_text("Dear Ann,"), r"doesn't begin with \{\\rtf"),
        ("a.ris", lambda path: path.write_text("Dear Ann,"), "lines that begin 'TY  - '"),
        ("a.html", lambda path: path.write_text("Dear Ann,"), "tags such as <html>, <p> and <div>"),
        (
            "a.html",
            lambda path: path.write_text('<p class="articleParagraph enarticleParagraph">x</p>'),
            '<div class="article enArticle">',
        ),
        ("a.xml", lambda path: path.write_text("<letter>Dear Ann,</letter>"), "<rss>, <rdf:RDF> or Atom's <feed>"),
        ("a.warc", lambda path: path.write_text("Dear Ann,"), "WARC records that answer with HTML"),
        (
            "a.docx",
            lambda path: sample.write_docx(path, ["End of Document"]),
            "looked for a date below headline and outlet",
        ),
    ],
)
def test_another_layout_is_refused_with_what_was_looked_for(tmp_path, name, write, looked_for):
    path = tmp_path / name
    write(path)
    with pytest.raises(InputError, match=looked_for):
        read_corpus(path)


def test_text_between_two_links_of_a_line_stays_in_rtf(tmp_path):
    path = tmp_path / "a.rtf"
    link = '{\\field{\\*\\fldinst{ HYPERLINK "https://example.org/" }}{\\fldrslt {%s}}}'
    path.write_text("{\\rtf1 " + link % "first" + " between " + link % "last" + "\\par}")
    assert rtf_lines(path)[0] == "first between last"


WORDS = st.lists(
    st.sampled_from(["It rained.", "“Yes,” she said.", "Copyright law", "Body", "Notes: none", "5 May 2019"]),
    min_size=1,
)


@given(WORDS, st.integers(1, 4))
def test_every_paragraph_of_every_nexis_article_comes_through(tmp_path_factory, paragraphs, n_articles):
    article = ["Rain", "The Herald", "March 5, 2019", "Copyright 2019", "Length: 9 words", "Body", *paragraphs]
    path = tmp_path_factory.mktemp("nexis") / "a.rtf"
    path.write_bytes(sample.rtf([*article, "Load-Date: March 6, 2019", "End of Document"] * n_articles))
    corpus = read_corpus(path, clean=False, quiet=True)
    assert corpus["text"].tolist() == ["\n\n".join(paragraphs)] * n_articles
    assert corpus["outlet"].tolist() == ["The Herald"] * n_articles


FOLDER = files("framing.corpus")
ROWS = list(csv.DictReader(FOLDER.joinpath("export_fields.csv").read_text(encoding="utf-8").splitlines()))


def test_field_labels_and_their_description_agree():
    for name in ("export_fields", "language_names"):
        data = FOLDER.joinpath(f"{name}.csv").read_bytes()
        about = tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        assert about["sha256"] == hashlib.sha256(data).hexdigest()
        assert about["n_entries"] == len(data.splitlines()) - 1
        assert about["licence"] == "MIT"
    keys = [(row["layout"], row["label"]) for row in ROWS]
    assert keys == sorted(set(keys))
    for layout in ("factiva", "nexis", "proquest", "ris"):
        filled = {field.column for field in fields_of(layout).values()}
        assert {"text", "author", "language"} <= filled
        assert all(field.rank >= 1 for field in fields_of(layout).values())
        assert filled - {""} <= {column.lower() for column in filled}
    assert {"outlet", "title", "date"} <= set(KNOWN)


def test_the_first_label_by_rank_that_holds_something_fills_a_column():
    assert fill_columns("ris", [("PB", "Press"), ("JF", ""), ("JO", "Herald")]) == {"outlet": "Herald"}
