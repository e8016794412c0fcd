"""The words that a reader may not know, each with a short explanation: `glossary.csv` holds them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

FILE = Path(__file__).parent / "glossary.csv"
READ_ALONG = ("statistics", "measure")  # kinds that a report explains in a list of their own
_TURNED = re.compile(r"(?P<form>.+) → (?P<whom>.+)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its explanation; `forms` are the ways it is written in a sentence."""

    kind: str
    value: str
    term: str
    forms: tuple[str, ...]
    gloss: str

    @property
    def anchor(self) -> str:
        """The id of its entry in a page."""
        return f"term-{self.value}"


@lru_cache(maxsize=1)
def glossary() -> tuple[Term, ...]:
    """Load all terms in the order of the file."""
    rows = pd.read_csv(FILE, dtype=str, keep_default_na=False).to_dict("records")
    return tuple(
        Term(row["kind"], row["value"], row["term"], tuple(filter(None, row["forms"].split("|"))), row["gloss"])
        for row in rows
    )


@lru_cache(maxsize=1)
def _by_value() -> Mapping[tuple[str, str], Term]:
    return {(term.kind, term.value): term for term in glossary()}


def gloss_of(kind: str, value: object) -> str:
    """Explain a value of a table, or give an empty string where the glossary has none.

    Examples
    --------
    >>> gloss_of("category", "condition"), gloss_of("category", "my_own")
    ('holds only if something else does', '')
    """
    term = _by_value().get((kind, str(value)))
    return "" if term is None else term.gloss


def explained_terms() -> list[Term]:
    """List the terms that a report explains, by their names."""
    return sorted((term for term in glossary() if term.kind in READ_ALONG), key=lambda term: term.term.casefold())


def terms_in(text: str, kinds: Iterable[str] = READ_ALONG) -> list[Term]:
    """Find the terms that a sentence uses, each once, in the sentence's order.

    Examples
    --------
    >>> [term.term for term in terms_in("The Post has fewer reportative hedges than the Herald (q = .034).")]
    ['reportative hedge', 'q']
    """
    forms = _forms(tuple(kinds))
    return list(dict.fromkeys(forms[found.group().lower()] for found in _pattern(tuple(forms)).finditer(text)))


def with_links(text: str, seen: set[str], kinds: Iterable[str] = READ_ALONG) -> Markup:
    """Write a sentence as HTML in which each term leads to its entry where it is used for the first time.

    `seen` holds the values of the terms that were linked before, and takes in the new ones. All else is escaped.

    Examples
    --------
    >>> seen = {"event"}
    >>> print(with_links("<b> has more boosters in 9 events", seen))  # doctest: +ELLIPSIS
    &lt;b&gt; has more <a class="term" href="#term-booster" title="...">boosters</a> in 9 events
    >>> sorted(seen)
    ['booster', 'event']
    """
    forms, parts, end = _forms(tuple(kinds)), [], 0
    for found in _pattern(tuple(forms)).finditer(text):
        term = forms[found.group().lower()]
        if term.value in seen:
            continue
        seen.add(term.value)
        link = Markup('<a class="term" href="#{}" title="{}">{}</a>').format(term.anchor, term.gloss, found.group())
        parts += [Markup("{}").format(text[end : found.start()]), link]
        end = found.end()
    return Markup("").join([*parts, Markup("{}").format(text[end:])])


def cue_rule_in_words(rule: str) -> str:
    """Say how an attribution was found, from the first half of its `rule`.

    Examples
    --------
    >>> cue_rule_in_words("say:VERB/that p=0.99; source he → the person spoken of last")
    'Taken for a cue with a probability of 99%'
    """
    found = re.match(r"[^;]* p=([01]\.\d\d)(;|$)", rule)
    return f"Taken for a cue with a probability of {float(found.group(1)):.0%}" if found else ""


def source_rule_in_words(rule: str) -> str:
    """Say how the source of an attribution was found, from the second half of its `rule`.

    Examples
    --------
    >>> source_rule_in_words("say:VERB p=0.99; source he → the person spoken of last")
    '“he” is read as the person spoken of last'
    >>> source_rule_in_words("say:VERB p=0.99; source critic: group")
    'A word for a group stands beside the cue: “critic”'
    """
    how = rule.partition("; source ")[2]
    if turned := _TURNED.fullmatch(how):
        return f"“{turned['form']}” is read as {turned['whom']}"
    word, _, form = how.rpartition(": ")
    known = gloss_of("source_form", form)
    return f"{known}: “{word}”" if known and word else known


def hedge_rule_in_words(rule: str) -> str:
    """Say in which construction a hedge was found, by an example of it.

    Examples
    --------
    >>> hedge_rule_in_words("may:modal")
    'Found as in “Prices may rise”'
    >>> hedge_rule_in_words("clear:adjective_clause:negated")
    'Found as in “It is possible that he fled”; “It remains unclear who paid”, here denied'
    """
    parts = rule.split(":")
    places = [place for place in range(1, len(parts)) if gloss_of("construction", parts[place])]
    if not places:
        return ""
    denied = ", here denied" if "negated" in parts[places[-1] :] else ""
    example = gloss_of("construction", parts[places[-1]])
    return f"Found {'in' if example.startswith('any ') else 'as in'} {example}{denied}"


@lru_cache(maxsize=4)
def _forms(kinds: tuple[str, ...]) -> Mapping[str, Term]:
    return {form.lower(): term for term in glossary() if term.kind in kinds for form in term.forms}


@lru_cache(maxsize=4)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
