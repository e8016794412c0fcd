"""Files in the layouts of news databases, web pages, feeds and web archives: invented outlets, persons and texts."""

import gzip
import hashlib
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

COVER = """\
Date and Time: Friday, March 8, 2019 10:15:00 AM CET
Job Number: 84512345
Documents (2)
1. Ferries stop in the storm
Client/Matter: -None-
Search Terms: ferries
Search Type: Terms and Connectors
Narrowed by:
Content Type
News
Narrowed by
Timeline: Jan 01, 2019 to Dec 31, 2019
2. Harbour board resigns
Client/Matter: -None-
Search Terms: ferries
"""

NEXIS = """\
Ferries stop in the storm
The Sollen Herald (Sollen)
March 5, 2019 Tuesday
Final Edition

Copyright 2019 Herald Press Ltd. All Rights Reserved

Section: NEWS; Pg. 4
Length: 312 words
Byline: By ANN LEE and Ben Roe
Dateline: SOLLEN
Highlight: No crossing before Thursday
Body

The ferries stopped on Monday, the harbour master said.

Body
of water: the sound was closed, she added. Section: closed.

“We may open on Thursday,” she said.
Graphic

A ferry at the quay.
Photo: R. Oake
Classification

Language: ENGLISH
Publication-Type: Newspaper
Subject: FERRIES (90%)
Geographic: SOLLEN (79%)

Load-Date: March 6, 2019

End of Document
Harbour board resigns

The Arren Courier
7 March 2019 Thursday 10:30 AM GMT
Copyright 2019 Courier Group
All Rights Reserved
Length: 90 words
Body
The board resigned on Wednesday.
Load-Date: March 7, 2019
End of Document
"""


def nexis_lines(*, cover: bool = True) -> list[str]:
    return ((COVER if cover else "") + NEXIS).splitlines()


def write_docx(path: Path, lines: list[str]) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def write_docx_with_link(path: Path, lines: list[str]) -> Path:
    """Write the first line as a link and the second one into a table, as Nexis does with headlines and covers."""
    document = docx.Document()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to("https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = lines[0]
    run.append(text)
    link.append(run)
    document.add_paragraph()._p.append(link)
    document.add_table(1, 1).cell(0, 0).text = lines[1]
    for line in lines[2:]:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def rtf(lines: list[str], *, linked: int | None = None) -> bytes:
    """Write lines as RTF; line number `linked` becomes a link, with two links in a row as Nexis writes them."""
    paragraphs = []
    for number, line in enumerate(lines):
        escaped = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in escaped)
        if number == linked:
            target = '{\\field{\\*\\fldinst{ HYPERLINK "https://example.org/?a=1" }}{\\fldrslt {\\cf2 %s}}}'
            coded = target % coded + target % " "
        paragraphs.append(f"{{\\pard {coded}\\par}}")
    fonts = "{\\fonttbl{\\f0\\fcharset0 Arial;}}{\\colortbl;\\red0\\green0\\blue0;}{\\info{\\title Export}}"
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0" + fonts + "\n".join(paragraphs) + "}").encode("ascii")


FACTIVA_CODES = """\
<html><body><div class="article enArticle"><p><a name="x"></a></p><table>
<tr><td class="index" align="right"><b>SE</b>&nbsp;</td><td>News</td></tr>
<tr><td align="right"><b>HD</b>&nbsp;</td><td><span class="enHeadline">Ferries stop<br>in the storm</span></td></tr>
<tr><td align="right"><b>BY</b>&nbsp;</td><td>By Ann Lee</td></tr>
<tr><td align="right"><b>WC</b>&nbsp;</td><td>312 words</td></tr>
<tr><td align="right"><b>PD</b>&nbsp;</td><td>5 March 2019</td></tr>
<tr><td align="right"><b>SN</b>&nbsp;</td><td>The Sollen Herald</td></tr>
<tr><td align="right"><b>SC</b>&nbsp;</td><td>SOLHER</td></tr>
<tr><td align="right"><b>LA</b>&nbsp;</td><td>English</td></tr>
<tr><td align="right"><b>CY</b>&nbsp;</td><td>(c) 2019 Herald Press</td></tr>
<tr><td align="right"><b>LP</b>&nbsp;</td><td><p class="articleParagraph enarticleParagraph">The ferries stopped on
 Monday.</p></td></tr>
<tr><td align="right"><b>TD</b>&nbsp;</td><td><p class="articleParagraph enarticleParagraph">&ldquo;We may open,&rdquo;
 she said.</p><p class="articleParagraph enarticleParagraph">It rained.</p></td></tr>
<tr><td align="right"><b>AN</b>&nbsp;</td><td>Document SOLHER0020190305ef350001x</td></tr>
</table></div>
<div class="article enArticle"><table>
<tr><td><b>HD</b></td><td>Harbour board resigns</td></tr><tr><td><b>PD</b></td><td>7 March 2019</td></tr>
<tr><td><b>SN</b></td><td>The Arren Courier</td></tr><tr><td><b>LP</b></td><td><p>The board resigned.</p></td></tr>
</table></div></body></html>"""

FACTIVA_PAGE = """\
<html><body><div id="article-1"><div class="article enArticle">
<div id="hd"><span class="enHeadline">Ferries stop in the storm</span></div>
<div class="author">By Ann Lee</div><div>312 words</div><div>5 March 2019</div><div>10:30</div>
<div>The Sollen Herald</div><div>SOLHER</div><div>4</div><div>English</div><div>© 2019 Herald Press</div>
<p class="articleParagraph enarticleParagraph">The ferries stopped on Monday.</p>
<p class="articleParagraph enarticleParagraph">“We may open,” she said.</p>
<p>Document SOLHER0020190305ef350001x</p></div></div>
<div id="article-2"><div class="article enArticle">
<div id="hd"><span class="enHeadline">Harbour board resigns</span></div>
<div>90 words</div><div>7 March 2019</div><div>The Arren Courier</div><div>ARRC</div><div>English</div>
<p class="articleParagraph enarticleParagraph">The board resigned.</p>
<p class="articleParagraph enarticleParagraph">Document ARRC000020190307ef370002x</p></div></div></body></html>"""

RULE = "_" * 60
PROQUEST = f"""\
{RULE}

Report Information from ProQuest
March 08 2019 10:15
{RULE}

Table of contents

1. Ferries stop in the storm................................................. 1
{RULE}

Document 1 of 2

Ferries stop in the storm

Author: Lee, Ann

Publication info: The Sollen Herald ; Sollen [Sollen]05 Mar 2019: 4.

ProQuest document link

Abstract: No crossing before Thursday.

Full text: The ferries stopped on Monday.

Title: so the captain called his log; he read from it.

“We may open,” she said.

Credit: By Ann Lee

Subject: Ferries; Storms

Location: Sollen

Title: Ferries stop in the storm

Publication title: The Sollen Herald; Sollen

Pages: 4

Publication year: 2019

Publication date: Mar 5, 2019

Section: News

Language of publication: English

ProQuest document ID: 2187654321

Document URL: https://example.org/docview/2187654321

Copyright: (Copyright (c) 2019 Herald Press.)

Last updated: 2019-03-06

Database: ProQuest Central

{RULE}

Document 2 of 2

Harbour board resigns

Abstract: The board resigned on Wednesday.

Publication title: The Arren Courier; Arren

Publication date: Mar 7, 2019

ProQuest document ID: 2187654322

{RULE}

Contact us at: https://example.org/help

Database copyright © 2019 ProQuest LLC. All rights reserved.
Terms and Conditions: https://example.org/terms
"""

RIS = """\
TY  - NEWS
T1  - Ferries stop in the storm
AU  - Lee, Ann
AU  - Roe, Ben
JF  - The Sollen Herald
Y1  - 2019/03/05/
PY  - 2019
N2  - The ferries stopped on Monday.

“We may open,” she said.
UR  - https://example.org/docview/2187654321
AN  - 2187654321
LA  - English
ER  -\x20

TY  - NEWS
TI  - Harbour board resigns
JO  - Arren Courier
DA  - 2019 Mar 07
AB  - The board resigned.
ER  - \n"""

STORY = [
    "The ferries between Sollen and the islands stopped on Monday morning, the harbour master said at the quay.",
    "“We may open on Thursday if the wind turns,” she said, and asked the islanders to be patient for a while.",
    "Critics said the board had been warned of the storm three days before, and that nobody had read the warning.",
]
PAGE = f"""\
<!DOCTYPE html><html lang="en-GB"><head><title>Ferries stop in the storm | The Sollen Herald</title>
<meta property="og:site_name" content="The Sollen Herald"><meta property="og:title" content="Ferries stop in the storm">
<meta property="article:published_time" content="2019-03-05T10:30:00+01:00"><meta name="author" content="Ann Lee">
<link rel="canonical" href="https://www.sollen-herald.example.org/news/ferries"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Ferries stop in the storm</h1>{"".join(f"<p>{paragraph}</p>" for paragraph in STORY)}</article>
<footer><p>All rights reserved</p></footer></body></html>"""

RSS = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Sollen Herald</title><link>https://example.org/</link><language>en-gb</language>
<item><title>Ferries stop &amp; wait</title><link>https://example.org/1</link><guid>https://example.org/1</guid>
<dc:creator>Ann Lee</dc:creator><pubDate>Tue, 05 Mar 2019 10:30:00 +0100</pubDate>
<description>No crossing.</description>
<content:encoded><![CDATA[<p>{STORY[0]}</p><p>{STORY[1]}</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Harbour board resigns</title><link>https://example.org/2</link>
<pubDate>Thu, 07 Mar 2019 09:00:00 GMT</pubDate><description>&lt;b&gt;The board&lt;/b&gt; resigned.</description></item>
</channel></rss>"""

ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Arren Courier</title><id>urn:feed</id>
<updated>2019-03-07T09:00:00Z</updated>
<entry><title>Harbour board resigns</title><id>urn:2</id><link href="https://example.org/2"/>
<published>2019-03-07T09:00:00Z</published><author><name>Ben Roe</name></author>
<content type="html">&lt;p&gt;The board resigned.&lt;/p&gt;&lt;p&gt;It may return.&lt;/p&gt;</content></entry></feed>"""


def warc_record(
    kind: str, address: str, content: bytes, content_type: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-03-08T10:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(content, usedforsecurity=False).hexdigest()}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(
    body: bytes, content_type: str = "text/html; charset=utf-8", *, status: str = "200 OK", more: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def warc(pages: dict[str, bytes], *, pictures: int = 0) -> list[bytes]:
    """Give the records of a web archive: one answer a page, pictures, a request and a page that wasn't found."""
    address = "https://example.org/"
    return [
        warc_record("warcinfo", address, b"software: test", "application/warc-fields"),
        warc_record("request", address, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        *(warc_record("response", page, answer(body)) for page, body in pages.items()),
        *(warc_record("response", f"{address}{n}.png", answer(b"\x89PNG", "image/png")) for n in range(pictures)),
        warc_record("response", f"{address}lost", answer(b"<p>Not found</p>", status="404 Not Found")),
    ]


def gzipped(records: list[bytes]) -> bytes:
    """Pack each record by itself, as crawlers do."""
    return b"".join(gzip.compress(record) for record in records)
