"""Factiva's exports in HTML: a table of field codes, or the page as it is displayed."""

import re
from pathlib import Path
from typing import Any

from framing.corpus.dates import parse_dates
from framing.corpus.exports import fields_of, fill_columns, is_language
from framing.corpus.markup import text_of
from framing.corpus.records import Row
from framing.errors import InputError

# "article enArticle": the second name carries the language of the interface's articles.
_ARTICLE = "//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"
_PARAGRAPHS = ".//p[contains(@class, 'articleParagraph')]"
_HEADLINE = ".//*[contains(@class, 'Headline')]"
_KIND = re.compile(r"[a-z]{2,4}Article")
_WORDS = re.compile(r"\d[\d.,]* (?:words|word|mots|Wörter|palabras|parole|palavras)")
_TIME = re.compile(r"\d{1,2}:\d{2}(?: .{0,12})?")
_DOCUMENT = re.compile(r"Document ([A-Za-z0-9]{6,40})")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|Copyright\b).*", re.IGNORECASE)


def is_factiva(tree: Any) -> bool:
    """Say whether a parsed page is a Factiva export.

    Its articles are of the class "article enArticle" and have paragraphs of a class of Factiva's or rows of field
    codes; news sites use the first alone, too.
    """
    kinds = (name for node in tree.xpath(_ARTICLE) for name in node.get("class").split())
    if not any(_KIND.fullmatch(name) for name in kinds):
        return bool(tree.xpath(".//p[contains(@class, 'enarticleParagraph')]"))
    return bool(tree.xpath(_PARAGRAPHS) or tree.xpath(".//td[normalize-space(translate(., '\xa0', ' ')) = 'HD']"))


def factiva_articles(path: Path, tree: Any) -> tuple[list[str], list[Row]]:
    """Read every article of a Factiva export: the columns in their order, and the rows."""
    nodes = [node for node in tree.xpath(_ARTICLE) if not node.xpath(f".{_ARTICLE}")]
    if not nodes:
        raise InputError(
            f'{path} looks like a page of Factiva but holds no article: looked for <div class="article enArticle">. '
            'Export again with "Format for saving" and "Article format"'
        )
    rows = []
    for number, node in enumerate(nodes, start=1):
        labelled = _coded(node) or _displayed(_whole(node))
        values = fill_columns("factiva", labelled)
        if "article_id" in values:
            values["article_id"] = values["article_id"].removeprefix("Document ")
        rows.append(Row(f"{path.name}, article {number}", values))
    found = {"outlet", "text", *(name for row in rows for name in row.values)}
    order = list(dict.fromkeys(field.column for field in fields_of("factiva").values()))
    return [name for name in order if name in found], rows


def _whole(node: Any) -> Any:
    """Give the node with the headline: some exports put it beside the article's own <div>, in a common parent."""
    parent = node.getparent()
    if node.xpath(_HEADLINE) or parent is None:
        return node
    alone = len(parent.xpath(f".{_ARTICLE}")) == 1
    return parent if alone and parent.xpath(_HEADLINE) else node


def _coded(node: Any) -> list[tuple[str, str]]:
    """Read rows of a field code and its value; text comes in LP and TD, one after the other."""
    labelled: list[tuple[str, str]] = []
    for line in node.xpath(".//tr"):
        cells = line.xpath("./td | ./th")
        code = cells[0].text_content().strip(" \n\t\xa0:") if len(cells) == 2 else ""
        if code in fields_of("factiva"):
            labelled.append((code, text_of(cells[1])))
    text = "\n\n".join(value for code, value in labelled if code in ("LP", "TD") and value)
    others = [(code, value) for code, value in labelled if code not in ("LP", "TD")]
    return [*others, ("LP", text)] if labelled else []


def _displayed(node: Any) -> list[tuple[str, str]]:
    """Read an article as displayed: headline, lines of what, when and where without labels, paragraphs."""
    labelled: list[tuple[str, str]] = []
    paragraphs = [text_of(paragraph) for paragraph in node.xpath(_PARAGRAPHS)]
    headline = node.xpath(_HEADLINE)
    author = node.xpath(".//div[contains(@class, 'author')]")
    named = [("HD", headline), ("BY", author)]
    labelled += [(code, text_of(found[0])) for code, found in named if found]
    skipped = {value for _, value in labelled}
    # The lines stand in <div>s that hold no other <div>.
    lines = [text_of(line) for line in node.xpath(f".//div[not(.//div) and not({_PARAGRAPHS}) and not({_HEADLINE})]")]
    labelled += _lines([line for line in lines if line and line not in skipped])
    for paragraph in node.xpath(".//p[not(contains(@class, 'articleParagraph'))]"):
        if match := _DOCUMENT.fullmatch(text_of(paragraph)):
            labelled.append(("AN", match[1]))
    text = [paragraph for paragraph in paragraphs if not _DOCUMENT.fullmatch(paragraph)]
    labelled += [("AN", match[1]) for value in paragraphs if (match := _DOCUMENT.fullmatch(value))]
    return [*labelled, ("LP", "\n\n".join(text))]


def _lines(lines: list[str]) -> list[tuple[str, str]]:
    """Tell the unlabelled lines apart: words, date, perhaps a time, outlet, its code; then language and copyright."""
    labelled: list[tuple[str, str]] = []
    rest = list(lines)
    dated = next((n for n, line in enumerate(rest) if parse_dates([line]).days[0] is not None), None)
    if dated is not None:
        labelled += [("WC", line) for line in rest[:dated] if _WORDS.fullmatch(line)]
        labelled.append(("PD", rest[dated]))
        after = dated + 1
        if after < len(rest) and _TIME.fullmatch(rest[after]):
            after += 1
        if after < len(rest):
            labelled.append(("SN", rest[after]))
        rest = rest[after + 1 :]
    for line in rest:
        if _COPYRIGHT.fullmatch(line):
            labelled.append(("CY", line))
        elif match := _DOCUMENT.fullmatch(line):
            labelled.append(("AN", match[1]))
        elif is_language(line):
            labelled.append(("LA", line))
    return labelled
