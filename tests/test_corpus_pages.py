"""Saved pages, feeds, web archives, and folders that hold any mixture of files."""

import gzip
import json
import os

import pandas as pd
import pytest

from framing.corpus import read_corpus, read_corpus_with_account
from framing.corpus.markup import plain_text
from framing.errors import InputError
from tests import export_samples as sample

STORY = "\n\n".join(sample.STORY)


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_saved_page_is_an_article(tmp_path):
    corpus = read_corpus(write(tmp_path / "ferries.html", sample.PAGE), quiet=True)
    assert corpus.to_dict("records") == [
        {
            "article_id": "ferries",
            "outlet": "The Sollen Herald",
            "text": STORY,
            "title": "Ferries stop in the storm",
            "date": pd.Timestamp(2019, 3, 5),
            "url": "https://www.sollen-herald.example.org/news/ferries",
            "author": "Ann Lee",
            "language": "en",
        }
    ]


def test_what_a_page_does_not_say_is_missing_or_a_noted_guess(tmp_path):
    page = (
        "<html><body><article><h1>Ferries stop</h1>"
        + "".join(f"<p>{p}</p>" for p in sample.STORY)
        + "</article></body></html>"
    )
    link = '<html><head><link rel="canonical" href="https://www.herald.example.org/a"></head>'
    for name, content, outlet, what in [
        ("none", page, "pages", "the name of the folder"),
        ("link", page.replace("<html>", link), "herald.example.org", "the address of the page"),
    ]:
        corpus, account = read_corpus_with_account(write(tmp_path / "pages" / f"{name}.html", content))
        assert corpus["text"].tolist() == [STORY]
        assert corpus["outlet"].tolist() == [outlet]
        assert corpus["date"].isna().tolist() == [True]  # not taken from the text, the file or today
        assert what in account.query("rule == 'outlet_guessed'")["note"].item()


def test_lists_and_tables_of_a_page_come_as_printed_and_its_comments_not_at_all(tmp_path):
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "datePublished": "2019-03-05T10:30:00Z",
        "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Ben Roe"}],
        "publisher": {"@type": "Organization", "name": "The Sollen Herald"},
    }
    story = "".join(f"<p>{paragraph}</p>" for paragraph in sample.STORY)
    rest = "<ul><li>The first crossing is at six</li><li>Tickets stay valid</li></ul><h2>What next</h2>" + story
    page = (
        '<html lang="en"><head><title>Ferries stop</title>'
        f'<script type="application/ld+json">{json.dumps(about)}</script>'
        f"</head><body><main><h1>Ferries stop</h1>{story}{rest}</main>"
        '<div id="comments"><p>Ferries are for fools, I say.</p></div></body></html>'
    )
    corpus = read_corpus(write(tmp_path / "a.html", page), quiet=True)
    assert corpus["text"].tolist() == [
        f"{STORY}\n\nThe first crossing is at six\n\nTickets stay valid\n\nWhat next\n\n{STORY}"
    ]
    assert corpus[["outlet", "author"]].values.tolist() == [["The Sollen Herald", "Ann Lee; Ben Roe"]]
    assert corpus["date"].tolist() == [pd.Timestamp(2019, 3, 5)]


@pytest.mark.parametrize(
    ("encoding", "declared", "word"),
    [
        ("utf-8", "utf-8", "“Łódź”"),
        ("iso-8859-2", "iso-8859-2", "Łódź"),
        ("cp1252", "iso-8859-1", "“Zoë”"),
        ("utf-16", "utf-16", "Łódź"),
    ],
)
def test_pages_are_decoded_as_they_declare(tmp_path, encoding, declared, word):
    page = sample.PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("harbour master", word)
    page = page.replace("“We", '"We').replace("turns,”", 'turns,"')
    path = write(tmp_path / "a.html", page.encode(encoding))
    assert word in read_corpus(path, quiet=True)["text"][0]


def test_a_page_without_an_article_keeps_its_row(tmp_path):
    corpus = read_corpus(write(tmp_path / "a.html", "<html><body><script>alert(1)</script></body></html>"), quiet=True)
    assert corpus["text"].isna().tolist() == [True]
    assert "without: 1 text" in corpus.attrs["reading"]["sentence"]


def test_rss_has_content_before_summary_and_no_markup(tmp_path):
    corpus, account = read_corpus_with_account(write(tmp_path / "a.rss", sample.RSS))
    assert corpus["text"].tolist() == [f"{sample.STORY[0]}\n\n{sample.STORY[1]}", "The board resigned."]
    assert corpus["title"].tolist() == ["Ferries stop & wait", "Harbour board resigns"]
    assert corpus["outlet"].tolist() == ["The Sollen Herald"] * 2
    assert corpus["date"].tolist() == [pd.Timestamp(2019, 3, 5), pd.Timestamp(2019, 3, 7)]
    assert corpus["author"].tolist() == ["Ann Lee", pd.NA]
    assert corpus["article_id"].tolist() == ["https://example.org/1", "https://example.org/2"]
    assert account[["rule", "n"]].values.tolist() == [["summary_as_text", 1], ["time_zone", 2]]


def test_atom_in_a_file_named_xml(tmp_path):
    corpus = read_corpus(write(tmp_path / "a.xml", sample.ATOM), quiet=True)
    assert corpus[["article_id", "outlet", "text", "author", "language"]].values.tolist() == [
        ["urn:2", "The Arren Courier", "The board resigned.\n\nIt may return.", "Ben Roe", "en"]
    ]


def test_a_feed_that_is_cut_off_gives_what_is_there_and_says_so(tmp_path):
    cut = sample.RSS[: sample.RSS.index("resigned.</description>")]
    corpus, account = read_corpus_with_account(write(tmp_path / "a.rss", cut))
    assert corpus["title"].tolist() == ["Ferries stop & wait", "Harbour board resigns"]
    assert "malformed_feed" in account["rule"].tolist()


def test_html_becomes_plain_text():
    assert plain_text("a<br>b<p>c  d</p><ul><li>e</li></ul><style>x</style>") == "a\nb\n\nc d\n\ne"
    assert plain_text("Ferries\n\n&amp; storms") == "Ferries\n\n& storms"


def test_a_web_archive_gives_its_pages_and_counts_the_rest_by_kind(tmp_path):
    records = sample.warc({"https://example.org/1": sample.PAGE.encode()}, pictures=1_000)
    for name, data in (
        ("a.warc.gz", sample.gzipped(records)),
        ("a.warc", b"".join(records)),
        ("b.warc.gz", gzip.compress(b"".join(records))),
    ):
        corpus, account = read_corpus_with_account(write(tmp_path / name, data))
        assert corpus[["article_id", "outlet", "text", "fetched"]].values.tolist() == [
            ["https://example.org/1", "The Sollen Herald", STORY, "2019-03-08T10:15:00Z"]
        ]
        aside = account[account["action"] == "set_aside"]
        assert dict(zip(aside["note"].str.split("'").str[1], aside["n"], strict=True)) == {
            "answer 404": 1,
            "image/png": 1_000,
            "request": 1,
            "warcinfo": 1,
        }
        assert corpus.attrs["reading"]["set_aside"] == 1_003


def test_packed_answers_of_a_web_archive_are_unpacked(tmp_path):
    packed = sample.answer(gzip.compress(sample.PAGE.encode()), more="Content-Encoding: gzip\r\n")
    records = [sample.warc_record("response", "https://example.org/1", packed)]
    corpus = read_corpus(write(tmp_path / "a.warc.gz", sample.gzipped(records)), quiet=True)
    assert corpus["text"].tolist() == [STORY]


def mixture(folder):
    write(folder / "Herald" / "rain.txt", "It rained.")
    write(folder / "saved" / "ferries.html", sample.PAGE)
    write(folder / "feed.rss", sample.RSS)
    write(folder / "web.warc.gz", sample.gzipped(sample.warc({"https://example.org/9": sample.PAGE.encode()})))
    write(folder / "table.csv", "outlet,body,date\nCourier,It snowed.,25/04/2019\nCourier,It froze.,03/04/2019\n")
    write(folder / "more" / "table.csv", "source,words\nx,y\n")
    write(folder / "factiva.html", sample.FACTIVA_PAGE)
    write(folder / "proquest.txt", sample.PROQUEST)
    write(folder / "a.ris", sample.RIS)
    (folder / "nexis").mkdir()
    for number in range(3):
        sample.write_docx(folder / "nexis" / f"{number}.docx", sample.nexis_lines())
    write(folder / "broken.docx", "no zip")
    write(folder / "picture.png", b"\x89PNG")
    write(folder / ".hidden.csv", "x")
    return folder


def test_a_folder_of_any_mixture_is_one_corpus(tmp_path):
    folder = mixture(tmp_path / "articles")
    corpus, account = read_corpus_with_account(folder, columns={"body": "text"})
    assert len(corpus) == 1 + 1 + 2 + 1 + 2 + 2 + 2 + 2 + 3 * 2
    assert corpus["text"].isna().sum() == 1  # ProQuest's abstract
    assert corpus["article_id"].is_unique
    assert {"Herald/rain", "saved/ferries"} <= set(corpus["article_id"])
    outlets = corpus.set_index("article_id")["outlet"]
    assert outlets[["Herald/rain", "saved/ferries"]].tolist() == ["Herald", "The Sollen Herald"]
    # The second article of the RIS file lacks an id that the first one has; those of Nexis have none to lack.
    assert account.query("rule == 'missing_id'")["place"].tolist() == ["a.ris, line 16"]
    files = account[(account["action"] == "set_aside") & account["rule"].isin(["unreadable", "unknown_format"])]
    assert files["place"].tolist() == ["broken.docx", "more/table.csv", "picture.png"]
    assert "no column 'text'" in files["note"].iloc[1]
    assert str(tmp_path) not in " ".join(account["note"])
    order = account[account["rule"] == "date_order"]
    assert order[["place", "n"]].values.tolist() == [["table.csv", 2]]  # of this file only
    assert corpus[corpus["outlet"] == "Courier"]["date"].tolist() == [
        pd.Timestamp(2019, 4, 25),
        pd.Timestamp(2019, 4, 3),
    ]


def test_a_folder_gives_the_same_corpus_wherever_it_lies(tmp_path):
    one, other = (read_corpus(mixture(tmp_path / name / "x"), columns={"body": "text"}, quiet=True) for name in "ab")
    pd.testing.assert_frame_equal(one, other)


def test_columns_that_no_file_of_a_folder_has_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"columns= names 'story', but the files in .* have: .*body"):
        read_corpus(mixture(tmp_path / "x"), columns={"story": "text"})


def test_links_and_what_is_no_file_are_set_aside(tmp_path):
    folder = tmp_path / "x"
    write(folder / "a.txt", "It rained.")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "gone.txt").symlink_to(tmp_path / "nothing")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    os.mkfifo(folder / "pipe.txt")
    corpus, account = read_corpus_with_account(folder)
    assert corpus["text"].tolist() == ["It rained."]
    aside = account[account["action"] == "set_aside"]
    assert aside[["place", "rule"]].values.tolist() == [
        ["gone.txt", "no_file"],
        ["loop", "link"],
        ["pipe.txt", "no_file"],
        ["self.txt", "no_file"],
    ]
