# ruff: noqa: E501 (a file a line)
"""Broken, odd and hostile files: each is refused in words, or read with a word about what was wrong.

Nothing else may happen: no other exception, no endless reading, no loss that the account doesn't show.
"""

import contextlib
import gzip
import io
import json
import os
import time
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import read_corpus, read_corpus_with_account
from framing.errors import InputError
from tests import export_samples as sample

PATIENCE = (
    20  # seconds of the processor, whatever else runs: far more than any of these takes, far less than what never ends
)
CSV = "article_id,outlet,text\na1,Herald,It rained.\na2,Herald,It poured.\n"
JSONL = '{"outlet": "Herald", "text": "It rained."}\n'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
FEED = '<rss version="2.0"><channel><title>Herald</title><item><title>Rain</title><description>{}</description></item></channel></rss>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body, prolog=""):
    return zipped(
        {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": prolog + WORD.format(body)}
    )


def paragraphs(lines):
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


ARTICLE = [
    "Rain",
    "The Herald",
    "March 5, 2019",
    "Length: 3 words",
    "Body",
    "It rained.",
    "Load-Date: March 6, 2019",
    "End of Document",
]


def workbook(lines):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def parquet(table):
    out = io.BytesIO()
    pa.parquet.write_table(table, out)
    return out.getvalue()


def archive(*records):
    return sample.gzipped(
        [sample.warc_record("response", f"https://example.org/{n}", record) for n, record in enumerate(records)]
    )


def with_prolog(workbook, prolog, part="xl/worksheets/sheet1.xml"):
    """Put declarations of entities before a part of a workbook, and one of them into a cell."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = members[part].removeprefix(b'<?xml version="1.0"?>').replace(b"<v>1</v>", b"<v>&x;&j;</v>")
    return zipped(members | {part: prolog.encode() + xml})


PAGE = sample.answer(sample.PAGE.encode())
XLSX = workbook([["outlet", "text"], ["Herald", "It rained."]])
PARQUET = parquet(pa.table({"outlet": ["Herald"], "text": ["It rained."]}))

REFUSED = {
    # name of the file: what it holds, what the error says
    "nothing.csv": ("", "is empty"),
    "blank.txt": (" \n\t\n", "is empty"),
    "mark_only.csv": ("\ufeff", "no header line|is empty"),
    "no_rows.tsv": ("outlet\ttext\n", "no article"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 50, "no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 50, "no text"),
    "program.json": (b"\x7fELF" + bytes(500), "no text"),
    "zip.jsonl": (zipped({"a": "b" * 5_000}), "no text|holds no article"),
    "pdf.html": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "no text"),
    "open_quotation.csv": ('outlet,text\nH,"One.\n' + "H,Two.\n" * 50, "never closed"),
    "two_texts.csv": ("outlet,text,Text\nH,One.,Two.\n", "two columns named 'text'"),
    "text_missing.csv": ("outlet,body\nH,One.\n", "no column 'text'"),
    "rubbish.json": ("{]", "holds no article"),
    "cut.json": ('[{"outlet": "H", "text": "It ra', "begins as a JSON array but is none"),
    "deep.json": ("[" * 200_000, "nested too deeply|holds no article"),
    "deep_object.json": ('{"a":' * 200_000, "nested too deeply"),
    "numbers.jsonl": ("1\n2\n", "JSON number where an object is expected"),
    "huge_number.json": (f'[{"9" * 5_000}]', "holds no article|none"),
    "cut.parquet": (PARQUET[:-20], "no readable Parquet"),
    "middle_lost.parquet": (PARQUET[:50] + PARQUET[-60:], "no readable Parquet"),
    "csv.parquet": (CSV, "no readable Parquet"),
    "csv.xlsx": (CSV, "no Excel workbook"),
    "cut.xlsx": (XLSX[:-100], "no Excel workbook"),
    "other_zip.xlsx": (zipped({"readme.txt": "hello"}), "no readable Excel workbook"),
    "bomb.xlsx": (zipped({"xl/worksheets/sheet1.xml": bytes(30_000_000)}), "would unpack to 30,000,000 bytes"),
    "laughs.xlsx": (zipped({"[Content_Types].xml": LAUGHS + "<Types>&j;</Types>", "xl/workbook.xml": "<x/>"}), "no readable Excel workbook"),
    "text.docx": ("Dear Ann,", "no Word document"),
    "cut.docx": (word(paragraphs(ARTICLE))[:-50], "no Word document"),
    "other_zip.docx": (zipped({"readme.txt": "hello"}), "no readable Word document"),
    "bomb.docx": (zipped({"word/document.xml": bytes(30_000_000)}), "would unpack to 30,000,000 bytes"),
    "laughs.docx": (word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS.replace("rss", "w:document")), "defines entities of its own|no readable Word document"),
    "outside.docx": (word(paragraphs([*ARTICLE[:5], "It rained &x;.", *ARTICLE[6:]]), OUTSIDE.replace("rss", "w:document")), "defines entities of its own"),
    "outside.xlsx": (with_prolog(XLSX, OUTSIDE), "no readable Excel workbook"),
    "laughing_cell.xlsx": (with_prolog(XLSX, LAUGHS), "no readable Excel workbook"),
    "broken_xml.docx": (word("<w:p><w:r>"), "no readable Word document"),
    "deep.docx": (word("<w:p>" * 50_000), "no readable Word document"),
    "excel.docx": (XLSX, "no readable Word document"),
    "text.rtf": ("Dear Ann,", "no RTF file"),
    "endless_groups.rtf": ("{\\rtf1 " + "{" * 500_000, "no Nexis Uni export"),
    "closing_groups.rtf": ("{\\rtf1 " + "}" * 500_000, "no Nexis Uni export"),
    "broken_numbers.rtf": ("{\\rtf1\\u99999999999999999999?\\bin99999999999 x\\'zz\\'", "no Nexis Uni export|no readable RTF"),
    "broken_pictures.rtf": ("{\\rtf1{\\pict\\bin x}", "no Nexis Uni export|no readable RTF"),
    "many_links.rtf": ("{\\rtf1 " + "{\\field{\\*\\fldinst{HYPERLINK " * 20_000, "no Nexis Uni export"),
    "cut.rss": ("<rss><channel><title>Her", "no feed|feed without entries"),
    "empty.rss": ('<rss version="2.0"><channel><title>Herald</title></channel></rss>', "feed without entries"),
    "html.rss": (sample.PAGE, "no feed"),
    "text.atom": ("Dear Ann,", "no feed"),
    "laughs.rss": (LAUGHS + FEED.format("&j;"), "defines entities of its own"),
    "laughs16.xml": ((LAUGHS + FEED.format("&j;")).encode("utf-16"), "defines entities of its own"),
    "outside.xml": (OUTSIDE + FEED.format("&x;"), "defines entities of its own"),
    "outside.atom": (OUTSIDE.replace("ENTITY x", "ENTITY % x") + FEED.format(""), "defines entities of its own"),
    "svg.xml": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no feed"),
    "text.html": ("It rained.", "no HTML"),
    "huge.html": (b"<html>" + b"<p>It rained.</p>" * 1_300_000, "more than any page"),
    "text.warc": ("It rained.", "holds no page"),
    "text.warc.gz": ("It rained.", "holds no page"),
    "cut_at_once.warc.gz": (archive(PAGE)[:40], "holds no page"),
    "no_page.warc.gz": (sample.gzipped(sample.warc({})), "holds no page.*1 answer 404"),
    "bomb.warc.gz": (gzip.compress(bytes(100_000_000), 1), "holds no page"),
    "text.ris": ("It rained.", "no RIS file"),
    "unknown.pdf": (b"%PDF", "format that can't be read"),
    "no_suffix": ("It rained.", "format that can't be read"),
}  # fmt: skip
READ = {
    # name of the file: what it holds, how many articles, what the account says
    "nul.csv": (CSV.replace("rained", "ra\x00ined"), 2, {"nul_characters"}),
    "mark.csv": ("\ufeff" + CSV, 2, set()),
    "mark16.csv": (CSV.encode("utf-16"), 2, {"encoding"}),
    "big_endian.csv": (b"\xfe\xff" + CSV.encode("utf-16-be"), 2, {"encoding"}),
    "windows.csv": (CSV.replace("rained", "“rained”").encode("cp1252"), 2, {"encoding"}),
    "half_windows.csv": (CSV.encode() + "a3,Herald,“Zoë”\n".encode("cp1252") + "a4,Herald,“Zoë”\n".encode(), 4, {"encoding"}),
    "old_mac.csv": (CSV.replace("\n", "\r"), 2, set()),
    "mixed_ends.csv": (CSV.replace("\n", "\r\n", 1), 2, set()),
    "same_headers.csv": ("outlet,text,x,x,\nH,One.,1,2,3\n", 1, {"repeated_header"}),
    "wide.csv": ("outlet,text," + ",".join(f"c{n}" for n in range(3_000)) + "\nH,One.\n", 1, {"too_few_fields"}),
    "same_wide.csv": ("outlet,text" + ",x" * 2_000 + "\nH,One.\n", 1, {"repeated_header", "too_few_fields"}),
    "too_long.csv": (CSV + "a3,Herald,One., two.\n", 2, {"too_many_fields"}),
    "cut.csv": (CSV + 'a3,Herald,"It ra', 2, {"cut_off"}),
    "formula.csv": ('outlet,text\nH,"=HYPERLINK(""http://example.org"")"\n', 1, set()),
    "long_line.csv": ("outlet,text\nH," + "It rained. " * 4_600_000, 1, set()),
    "long_line.jsonl": (JSONL + '{"outlet": "H", "text": "' + "It rained. " * 1_000_000, 1, {"not_json"}),
    "deep_line.jsonl": (JSONL + "[" * 200_000, 1, {"not_json"}),
    "half.jsonl": (JSONL + JSONL[:20], 1, {"not_json"}),
    "surrogate.jsonl": (JSONL.replace("rained", "\\ud83d rained"), 1, {"half_characters"}),
    "nul.jsonl": (JSONL.replace("rained", "ra\\u0000ined"), 1, {"invisible_characters"}),
    "constants.jsonl": ('{"outlet": "H", "text": NaN, "n": Infinity}\n', 1, {"no_text"}),
    "same_keys.json": ('[{"outlet": "H", "text": "One.", "text": "Two."}]', 1, {"repeated_name"}),
    "huge_value.jsonl": ('{"outlet": "H", "text": "One.", "n": ' + "9" * 400 + "}\n", 1, set()),
    "formula.xlsx": (workbook([["outlet", "text"], ["H", "=1+1"], ["H", "Two."]]), 2, {"formula", "no_text"}),
    "wide.xlsx": (workbook([["outlet", "text", *range(2_000)], ["H", "One."]]), 1, set()),
    "odd_values.xlsx": (workbook([["outlet", "text", "date"], [True, 1.5, "31/02/2019"]]), 1, {"no_readable_date"}),
    "nested.parquet": (parquet(pa.table({"outlet": ["H"], "text": [b"\xff\xfe"], "x": [{"a": [1, None]}]})), 1, set()),
    "binary_name.txt": ("It rained.", 1, {"outlet_guessed"}),
    "mojibake.txt": ("The cafÃ© wonâ€™t open.", 1, {"mojibake"}),
    "controls.txt": ("It rained\x08\x0b.\x1a " + "It poured. " * 50, 1, {"invisible_characters"}),
    "turned.txt": ("It \u202erained\u202c and \u200bpoured.", 1, {"invisible_characters"}),
    "underscores.txt": (f"It rained.\n{sample.RULE}\nFull moon.", 1, {"outlet_guessed"}),
    "deep.html": ("<html><body>" + "<div>" * 30_000 + "It rained.", 1, {"cut_off", "no_text"}),
    "unclosed.html": (sample.PAGE.replace("</p>", "").replace("</article>", "<b><i><table><tr>"), 1, set()),
    "no_end.html": (sample.PAGE[:-200] + "<!-- ", 1, set()),
    "tags_only.html": ("<" * 100_000 + "p>It rained.", 1, {"outlet_guessed"}),
    "attributes.html": ("<html><p " + 'a="b" ' * 100_000 + ">It rained.</p>", 1, {"outlet_guessed"}),
    "laughs.html": (LAUGHS.replace("rss", "html") + sample.PAGE.replace("harbour", "&j;"), 1, set()),
    "outside.html": (OUTSIDE.replace("rss", "html") + sample.PAGE.replace("harbour master", "&x;"), 1, set()),
    "script.html": (sample.PAGE.replace("<article>", "<article><script>while(1){}</script>"), 1, set()),
    "wrong_declaration.html": (sample.PAGE.replace("<head>", '<head><meta charset="klingon">'), 1, set()),
    "xhtml.xhtml": ('<?xml version="1.0" encoding="utf-16"?>' + sample.PAGE, 1, set()),
    "odd_address.html": (sample.PAGE.replace("https://www.sollen", "http://[::1"), 1, set()),
    "script.rss": (FEED.format("&lt;p&gt;It rained.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;"), 1, {"summary_as_text"}),
    "malformed.rss": (FEED.format("It <b>rained & poured."), 1, {"malformed_feed"}),
    "deep.rss": (FEED.format("&lt;div&gt;" * 20_000 + "It rained."), 1, set()),
    "no_dates.rss": (FEED.format("It rained.").replace("</item>", "<pubDate>soon</pubDate></item>"), 1, {"no_readable_date"}),
    "cut.warc": (sample.warc_record("response", "https://example.org/1", PAGE)[:-300], 1, {"cut_off"}),
    "cut.warc.gz": (archive(PAGE, PAGE)[:-100], 1, {"cut_off"}),
    "rubbish_after.warc.gz": (archive(PAGE) + b"rubbish" * 100, 1, {"cut_off"}),
    "broken_record.warc.gz": (archive(PAGE, sample.answer(bytes(5_000)), PAGE), 2, {"unreadable_page"}),
    "huge_page.warc.gz": (archive(PAGE, sample.answer(b"<p>" + b"x" * 21_000_000)), 1, {"unreadable_page"}),
    "packed_bomb.warc.gz": (archive(PAGE, sample.answer(gzip.compress(bytes(100_000_000), 1), more="Content-Encoding: gzip\r\n")), 1, {"unreadable_page"}),
    "bomb_after.warc.gz": (archive(PAGE) + gzip.compress(bytes(60_000_000), 1), 1, {"cut_off"}),
    "wrong_packing.warc.gz": (archive(PAGE, sample.answer(b"x", more="Content-Encoding: gzip\r\n")), 1, {"unreadable_page"}),
    "cut.rtf": (sample.rtf(ARTICLE + ARTICLE)[:-120], 2, set()),
    "no_tag.ris": ("TY  - NEWS\nJF  - H\nN2  - It rained.\nXX  - 1\nER  - \nTY  - NEWS", 2, {"cut_off", "no_text"}),
    "long.ris": ("TY  - NEWS\nJF  - H\nN2  - " + "It rained.\n" * 200_000 + "ER  - \n", 1, set()),
    "long_proquest.txt": (sample.PROQUEST.replace("The ferries stopped", "Location: here. " * 200_000), 2, {"no_text"}),
}  # fmt: skip


def write(folder, name, content):
    path = folder / "Herald" / name
    path.parent.mkdir()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture(autouse=True)
def _in_time():
    start = time.process_time()
    yield
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize("name", REFUSED)
def test_hopeless_files_are_refused_in_words(tmp_path, name):
    content, says = REFUSED[name]
    path = write(tmp_path, name, content)
    with pytest.raises(InputError, match=f"(?s){says}") as error:
        read_corpus(path)
    assert str(path) in str(error.value)
    assert len(str(error.value)) < 1_000


@pytest.mark.parametrize("name", READ)
def test_damaged_files_are_read_and_the_damage_is_reported(tmp_path, name):
    content, n_articles, rules = READ[name]
    corpus, account = read_corpus_with_account(write(tmp_path, name, content))
    assert len(corpus) == n_articles
    assert rules <= set(account["rule"])
    assert "root:" not in " ".join(corpus["text"].dropna())  # of /etc/passwd
    corpus.to_parquet(tmp_path / "out.parquet")
    account.to_parquet(tmp_path / "account.parquet")


def test_each_of_these_files_in_one_folder_is_read_or_set_aside(tmp_path):
    small = {name: case for name, case in {**REFUSED, **READ}.items() if len(case[0]) < 50_000 and "bomb" not in name}
    for name, (content, *_) in small.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus, account = read_corpus_with_account(tmp_path)
    assert len(corpus) == sum(READ[name][1] for name in small if name in READ)
    aside = set(account.loc[account["rule"].isin(["unreadable", "unknown_format"]), "place"])
    assert aside == {name for name in small if name in REFUSED}


def test_no_file_is_read_by_way_of_another(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    page = tmp_path / "a.html"
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    page.write_text(entity + sample.PAGE.replace("harbour master", "&x;"), encoding="utf-8")
    text = read_corpus(page, quiet=True)["text"][0]
    assert "&x;" in text
    assert "secret" not in text


def test_a_folder_named_like_a_table_is_a_folder(tmp_path):
    (tmp_path / "articles.csv").mkdir()
    (tmp_path / "articles.csv" / "a.csv").write_text(CSV)
    assert len(read_corpus(tmp_path / "articles.csv", quiet=True)) == 2
    (tmp_path / "empty.csv").mkdir()
    with pytest.raises(InputError, match="holds no file that can be read; it is empty"):
        read_corpus(tmp_path / "empty.csv")


def test_paths_that_are_no_files_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    for path, says in [
        (tmp_path / "pipe.csv", "neither a file nor a folder"),
        ("/dev/null", "neither a file nor a folder|format that can't be read"),
        (tmp_path / "loop.csv", "doesn't exist|can't be"),
        (tmp_path / ("x" * 5_000 + ".csv"), "can't be|doesn't exist"),
        (tmp_path / "nul\x00.csv", "can't be|doesn't exist"),
        ("", "holds no file|doesn't exist"),
    ]:
        with pytest.raises(InputError, match=says), contextlib.chdir(tmp_path):
            read_corpus(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_said(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.csv").write_text(CSV)
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(InputError, match="Permission denied"):
        read_corpus(tmp_path / "a.csv")
    corpus, account = read_corpus_with_account(tmp_path)
    assert (len(corpus), account["rule"].tolist()) == (2, ["unreadable"])


def test_a_file_that_the_system_refuses_is_said(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(CSV)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    for name in ("a.csv", "a.parquet", "a.xlsx", "a.docx", "a.warc"):
        path = tmp_path / name
        path.touch()
        with pytest.raises(InputError, match="can't be read: Permission denied"):
            read_corpus(path)


def test_hostile_texts_stay_what_they_are(tmp_path):
    text = "<script>alert(1)</script> =cmd|'/c calc'!A1 {{7*7}} %s $(id)"
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"outlet": "H", "text": text}))
    assert read_corpus(path, quiet=True)["text"].tolist() == [text]


SUFFIXES = [".html", ".rss", ".xml", ".warc", ".warc.gz", ".docx", ".rtf", ".ris", ".txt"]
BEGINNINGS = st.sampled_from(
    [b"", b"{\\rtf1 ", b"<html><body><p>", b'<rss version="2.0"><channel><item><title>', b"TY  - NEWS\n", b"WARC/1.0\r\n",
     b"\x1f\x8b\x08", b"PK\x03\x04", f"{sample.RULE}\nFull text: ".encode()]
)  # fmt: skip


@given(BEGINNINGS, st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_in_any_format_are_read_or_refused_in_words(tmp_path_factory, beginning, data, suffix):
    path = tmp_path_factory.mktemp("bytes") / f"a{suffix}"
    path.write_bytes(beginning + data)
    with contextlib.suppress(InputError):
        assert len(read_corpus(path, outlet="H", quiet=True)) > 0


WHOLE = {
    ".docx": word(paragraphs(ARTICLE)),
    ".rtf": sample.rtf(ARTICLE),
    ".html": sample.PAGE.encode(),
    ".rss": sample.RSS.encode(),
    ".warc.gz": archive(PAGE),
    ".xlsx": XLSX,
    ".parquet": PARQUET,
    ".ris": sample.RIS.encode(),
    ".txt": sample.PROQUEST.encode(),
}


@given(st.data(), st.sampled_from(sorted(WHOLE)))
def test_good_files_with_damaged_bytes_are_read_or_refused_in_words(tmp_path_factory, data, suffix):
    content = bytearray(WHOLE[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    path = tmp_path_factory.mktemp("damaged") / f"a{suffix}"
    path.write_bytes(bytes(content[:cut]))
    with contextlib.suppress(InputError):
        corpus = read_corpus(path, outlet="H", quiet=True)
        assert len(corpus) > 0
        assert isinstance(corpus, pd.DataFrame)
