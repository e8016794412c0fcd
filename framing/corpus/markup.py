"""HTML to text: decoding, parsing, and paragraphs kept apart."""

import codecs
import importlib
import re
from html import unescape
from typing import Any

from framing.corpus.encoding import Decoded, decode
from framing.errors import InputError

MOST_PAGE = 20_000_000  # bytes of one page; the text of a newspaper's whole issue has less than a tenth
_DECLARED = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?([a-z0-9_.:-]{2,40})|<\?xml[^>]{0,99}?encoding="([^"]{2,40})"""
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ROOT = re.compile(r"(?i)\s*(?:<!doctype[^>]{0,300}>\s*)?<html\b")
_TAG = re.compile(r"<(?:!doctype|!--|/?[a-zA-Z])")
_ANY_TAG = re.compile(r"<[^<>]*>")
_DEEPEST = 250  # libxml2 stops at 256 elements in each other
_UNSEEN = " | ".join(
    f".//{tag}" for tag in ["script", "style", "noscript", "template", "head", "iframe", "object", "svg"]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_BLANKS = re.compile(r"\s+")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{2,}")


def decode_page(data: bytes, *, encoding: str | None = None) -> Decoded:
    r"""Decode a page: UTF-8 when it is, else what the page declares, else as `decode` does.

    Examples
    --------
    >>> decode_page(b'<meta charset="iso-8859-2"><p>\xb3').text[-1]
    'ł'
    """
    if len(data) > MOST_PAGE:
        raise InputError(f"it has {len(data):,} bytes, more than any page of an article ({MOST_PAGE:,})")
    declared = _declared(data) if encoding is None else None
    return decode(data, encoding=encoding or declared)


def parse_page(text: str) -> Any:
    """Parse HTML of any kind into a tree of lxml, or ``None`` if it has no tag at all."""
    if not _TAG.search(text):
        return None
    trafilatura = importlib.import_module("trafilatura")  # a second, and only for who has pages
    page = _XML_DECLARATION.sub("", text.replace("\x00", ""))
    # trafilatura takes what doesn't begin as a page, such as a lone paragraph, for no HTML.
    return trafilatura.load_html(page if _ROOT.match(page) else f"<html><body>{page}</body></html>")


def plain_text(html: str) -> str:
    r"""Take the text out of a piece of HTML, with a blank line between paragraphs; plain text stays as it is.

    Examples
    --------
    >>> plain_text("<p>It <b>rained</b>.</p><p>It poured,<br>she said.</p><script>alert(1)</script>")
    'It rained.\n\nIt poured,\nshe said.'
    """
    if not _TAG.search(html):
        return unescape(html).strip()
    tree = parse_page(f"<body>{html}</body>")
    if tree is None or is_cut_off(tree):
        return unescape(_ANY_TAG.sub(" ", html)).strip()
    return text_of(tree)


def is_cut_off(tree: Any) -> bool:
    """Say whether the parser gave up on a page that is nested too deeply, so that what comes after is missing."""
    return bool(tree.xpath(f"boolean(//*[count(ancestor::*) >= {_DEEPEST}])"))


def text_of(tree: Any) -> str:
    """Take the text out of a parsed tree as a reader sees it; the tree is changed."""
    for element in tree.xpath(_UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            element.text = None
            continue
        element.text = _SPACES.sub(" ", element.text or "") if element.tag == "pre" else _flat(element.text)
        element.tail = _flat(element.tail)
        if element.tag in _BLOCKS:
            element.text, element.tail = f"\n\n{element.text or ''}", f"\n\n{element.tail or ''}"
        elif element.tag == "br":
            element.tail = f"\n{element.tail or ''}"
    text = _BREAKS.sub("\n", "".join(tree.itertext()))
    return _MANY_BREAKS.sub("\n\n", text).strip()


def _declared(data: bytes) -> str | None:
    """Give the encoding that a page declares, if it is needed and Python knows it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        match = _DECLARED.search(data[:4096])
        name = (match[1] or match[2]).decode("ascii", "replace") if match else ""
        try:
            # Pages in Windows-1252 declare Latin-1, whose bytes 80 to 9F are unused; browsers read them so too.
            known = codecs.lookup(name).name if name else None
            data.decode(known or "ascii")
        except (LookupError, ValueError):
            return None
        return None if known in ("iso8859-1", "ascii", "utf-8") else known
    return None


def _flat(text: str | None) -> str | None:
    return _BLANKS.sub(" ", text) if text else text
