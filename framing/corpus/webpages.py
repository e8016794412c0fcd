"""Saved web pages: one article each, found among menus, teasers and comments by trafilatura."""

import importlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from framing.corpus.account import Entry
from framing.corpus.exports import with_language_code
from framing.corpus.factiva import factiva_articles, is_factiva
from framing.corpus.markup import MOST_PAGE, decode_page, is_cut_off, parse_page, text_of
from framing.corpus.records import Records, Row, file_bytes
from framing.errors import InputError

COLUMNS = ["article_id", "outlet", "text", "title", "date", "url", "author", "language"]
# Only what the page states: a search of its whole text would take an event's date or a copyright line for it, and a
# latest date of today would make the result depend on the day it is run.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d", "max_date": "2100-12-31"}
# What trafilatura calls the elements of an article (after TEI), and their names in HTML.
_NAMES = {"cell": "td", "head": "h2", "item": "li", "lb": "br", "list": "ul", "quote": "blockquote", "row": "tr"}
_WWW = re.compile(r"^(?:www\d?|m|amp|edition)\.")


def read_page_file(path: Path, *, encoding: str | None = None) -> Records:
    """Read a saved page as one article, or a Factiva export in HTML as its articles."""
    data = file_bytes(path)
    try:
        text, note = decode_page(data, encoding=encoding)
    except InputError as error:
        raise InputError(f"{path} can't be read: {error}") from error
    tree = parse_page(text)
    if tree is None:
        raise InputError(
            f"{path} holds no HTML: looked for tags such as <html>, <p> and <div>. If it is plain text, name it .txt"
        )
    if is_factiva(tree):
        entries = [Entry(path.name, "noted", "encoding", note)] if note else []
        columns, rows = factiva_articles(path, tree)
        return Records(columns, rows, entries)
    repairs = page_repairs(tree, note)
    values = page_values(tree)
    guess = values.pop("host", None)
    values = {"article_id": path.stem, **values}
    return Records(COLUMNS, [Row(path.name, values, repairs, loose=True, guess=guess)], [])


def page_values(tree: Any, *, url: str | None = None) -> dict[str, str]:
    """Take the article out of a parsed page: what the page doesn't say is left out.

    Returns
    -------
    dict
        `text` (paragraphs with a blank line between them), `title`, `date` (ISO day), `author`, `outlet` (the site's
        name), `url` (the canonical link), `language` (ISO 639-1), and `host` (where the page lay).

    Notes
    -----
    trafilatura [1]_ tells the text from the rest of the page; how often it loses a paragraph or keeps a caption was not
    measured for this package. The day is taken from what the page states about itself, never from its running text.

    References
    ----------
    .. [1] Barbaresi, A. (2021). Trafilatura: A web scraping library and command-line tool for text discovery and
       extraction. ACL-IJCNLP 2021, System Demonstrations. https://doi.org/10.18653/v1/2021.acl-demo.15
    """
    trafilatura = importlib.import_module("trafilatura")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    try:
        found = trafilatura.bare_extraction(
            tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    except Exception as error:  # a page may break any of the libraries that look at it, with any kind of exception
        raise InputError(
            f"the page can't be taken apart ({type(error).__name__}). Save the article's text as .txt"
        ) from error
    link = (found and found.url) or url
    host = _host(link)
    site = found and found.sitename
    # trafilatura gives the host for the name of a site that has none; that is a guess here.
    named = site if site and _WWW.sub("", site.lower()) != host else None
    values = {
        "outlet": named,
        "text": found and _printed(found.body),
        "title": found and found.title,
        "date": found and found.date,
        "url": link,
        "author": found and found.author,
        "language": language,
        "host": host,
    }
    return with_language_code({name: value for name, value in values.items() if value})


def _printed(body: Any) -> str | None:
    """Take the words out of the elements that trafilatura found; its own text adds marks for lists and tables."""
    if body is None:
        return None
    for element in body.iter(*_NAMES):
        element.tag = _NAMES[element.tag]
    return text_of(body)


def page_repairs(tree: Any, note: str) -> tuple[tuple[str, str], ...]:
    """Say what was done to a page that isn't plain UTF-8 (`note`) or that the parser gave up on."""
    encoding = (("encoding", note),) if note else ()
    deep = "tags are nested too deeply, and what comes after the deepest was not read"
    return (*encoding, ("cut_off", deep)) if is_cut_off(tree) else encoding


def page_article(
    data: bytes, *, url: str | None = None, encoding: str | None = None
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Read a page from its bytes: its values (`page_values`) and repairs (`page_repairs`)."""
    text, note = decode_page(data[: MOST_PAGE + 1], encoding=encoding)
    tree = parse_page(text)
    if tree is None:
        raise InputError("it holds no HTML")
    repairs = page_repairs(tree, note)
    return page_values(tree, url=url), repairs


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _WWW.sub("", host) if host else None
