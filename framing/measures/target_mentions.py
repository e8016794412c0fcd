"""Where a corpus mentions the persons and groups that a reader asks about."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import pandas as pd

from framing.corpus import check_corpus
from framing.errors import InputError
from framing.language.parse import Parse
from framing.language.parsing import parse_text
from framing.measures.attribution.people import word_kinds
from framing.measures.news_tone import NAMES
from framing.measures.reading import article_texts, sentence_at
from framing.measures.spans import Span
from framing.measures.target_features import tokens_of
from framing.tables import Row, Schema, as_table

MENTIONS: Schema = {
    "article_id": "string",
    "outlet": "string",
    "field": "string",
    "sentence": "Int64",
    "target": "string",
    "start": "Int64",
    "end": "Int64",
    "mention": "string",
    "text": "string",
}
PARTICLES = frozenset({"al", "bin", "da", "de", "del", "den", "der", "di", "la", "le", "van", "von"})
SMALL = frozenset({"and", "for", "of", "on", "the", "to", "&"})  # inside a group's name, not a person's

TIMES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "may", "june", "july", "august", "september", "october", "november", "december", "christmas"}
)


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a target; a short one counts only in articles that have a full one."""

    target: str
    words: str
    short: bool


_Match = tuple[re.Match[str], list[_Form]]


def find_targets(corpus: pd.DataFrame, names: Sequence[str] | Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Find the mentions of named persons and groups, ready for `score_targets`.

    Parameters
    ----------
    corpus : pandas.DataFrame
        One row per article with `article_id` and `text`, and `title` and `outlet` where there are such.
    names : sequence of str, or mapping of str to sequence of str
        Full names (``["Ann Lee", "Northern Relief Fund"]``), or each with further ways to write it
        (``{"Northern Relief Fund": ["NRF"]}``), which count wherever they stand.

    Returns
    -------
    pandas.DataFrame
        One row per mention, in article order, the body before the headline, then offset: `article_id`, `outlet`,
        `field` (``text`` or ``title``), `sentence` (its number within the field), `target` (the name that was asked
        for), `start`, `end` (half-open offsets into the field, a title in front included), `mention` (its surface),
        `text` (the whole field). An article without a mention has no row.

    Raises
    ------
    InputError
        If a column is missing, an `article_id` repeats, or a name is blank or given for two targets.

    Notes
    -----
    A name is found as it is written: case and accents count, and so do whole words; where two forms overlap, the longer
    one counts. A person's surname alone is a mention in articles that have the full name too; a name counts as a
    person's when it has two to four words, none of which is a word of organizations (*Fund*, *Council*, *of*). When two
    targets share a surname, it is the one whose full name stood last before it. A surname inside another name is none
    (*Tom Lee*, *Lee County*). Pronouns and descriptions (*she*, *the mayor*) are not resolved: what is found is a
    sample of what is said of a target, the same for each outlet.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"],
    ...                        "text": ["Ann Lee lied. Voters despise Mayor Lee. Tom Lee left Lee County."]})
    >>> mentions = find_targets(corpus, ["Ann Lee"])
    >>> mentions[["sentence", "mention", "start", "end"]].values.tolist()
    [[0, 'Ann Lee', 0, 7], [1, 'Mayor Lee', 29, 38]]

    An outlet's tone towards somebody:

    >>> from framing.measures.targets import score_targets
    >>> score_targets(mentions).groupby(["target", "outlet"])["score"].mean().round(1).to_dict()
    {('Ann Lee', 'Herald'): -0.5}
    """
    forms = _forms(names)
    pattern = _pattern(forms)
    articles = check_corpus(corpus, required=("article_id", "text"))
    outlets = articles["outlet"] if "outlet" in articles else pd.Series(pd.NA, index=articles.index)
    rows: list[Row] = []
    for (article_id, texts), outlet in zip(article_texts(articles), outlets, strict=True):
        rows += ({"article_id": article_id, "outlet": outlet, **row} for row in _rows(texts, forms, pattern))
    return as_table(rows, MENTIONS)


def _forms(names: Sequence[str] | Mapping[str, Sequence[str]]) -> dict[str, list[_Form]]:
    """Ways to write each target, by their words."""
    if isinstance(names, str):
        raise InputError(f"names is a list of names, not one string. Write: find_targets(corpus, [{names!r}])")
    asked = dict(names) if isinstance(names, Mapping) else dict.fromkeys(names, ())
    if not asked:
        raise InputError('names is empty. Give at least one name: find_targets(corpus, ["Ann Lee"])')
    forms: dict[str, list[_Form]] = {}
    for target, others in asked.items():
        if isinstance(others, str):
            raise InputError(
                f"other forms of {target!r} are a list, not one string. Write: {{{target!r}: [{others!r}]}}"
            )
        for words in dict.fromkeys((target, *others)):
            if not isinstance(words, str) or not words.strip():
                raise InputError(f"a name is {words!r}. Every name is a string that is not blank")
            _add(forms, _Form(target, " ".join(words.split()), short=False))
    for target in asked:
        if (surname := _surname(target)) is not None and surname not in forms:
            forms[surname] = []
        if surname is not None and (not forms[surname] or forms[surname][0].short):
            forms[surname].append(_Form(target, surname, short=True))
    return forms


def _add(forms: dict[str, list[_Form]], form: _Form) -> None:
    if form.words in forms:
        raise InputError(
            f"{form.words!r} is given for both {forms[form.words][0].target!r} and {form.target!r}. "
            "Leave it out of one of them"
        )
    forms[form.words] = [form]


def _surname(name: str) -> str | None:
    """Last name of a person, with its particle; None when the name is a group's.

    Examples
    --------
    >>> _surname("Ann Lee"), _surname("Ursula von der Leyen"), _surname("Northern Relief Fund")
    ('Lee', 'von der Leyen', None)
    """
    words = name.split()
    lower = [word.lower() for word in words]
    groups = word_kinds()["organization"]
    if not 2 <= len(words) <= 4 and not PARTICLES & set(lower):
        return None
    if (SMALL | groups) & set(lower):
        return None
    # "Martin Luther King Jr."
    last = len(words) - 1 - (lower[-1].strip(".") in ("jr", "sr", "ii", "iii"))
    first = last
    while first > 1 and lower[first - 1] in PARTICLES:
        first -= 1
    return " ".join(words[first : last + 1]) if last else None


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds any form, the longest first, as whole words with any white space between them."""
    longest = sorted(forms, key=lambda words: (-len(words), words))
    each = (r"\s+".join(map(re.escape, words.split())) for words in longest)
    return re.compile(rf"(?<!\w)(?<!\w['’-])(?:{'|'.join(each)})(?!-?\w)")


def _rows(texts: Mapping[str, str | None], forms: Mapping[str, list[_Form]], pattern: re.Pattern[str]) -> list[Row]:
    """Mentions in the fields of one article; only fields where one may be are parsed."""
    found = {
        field: [(m, forms[" ".join(m.group().split())]) for m in pattern.finditer(text or "")]
        for field, text in texts.items()
    }
    full = {form.target for pairs in found.values() for _, meant in pairs for form in meant if not form.short}
    return [row for field, pairs in found.items() if full and pairs for row in _of_field(field, texts, pairs, full)]


def _of_field(field: str, texts: Mapping[str, str | None], pairs: Sequence[_Match], full: Set[str]) -> Iterator[Row]:
    text = texts[field] or ""
    parse = parse_text(text)
    recent: list[str] = []  # targets in the order of their last full mention
    for match, meant in pairs:
        form = _meant(meant, full, recent)
        where = None if form is None else _place(parse, match.span(), form.short)
        if form is None or where is None:
            continue
        if not form.short:
            recent = [target for target in recent if target != form.target] + [form.target]
        start, end = where
        yield {
            "field": field,
            "sentence": sentence_at(parse, match.start()),
            "target": form.target,
            "start": start,
            "end": end,
            "mention": text[start:end],
            "text": text,
        }


def _meant(forms: Sequence[_Form], full: Set[str], recent: Sequence[str]) -> _Form | None:
    """The one of the targets written alike that is meant; None when the article has none of them in full."""
    known = [form for form in forms if not form.short or form.target in full]
    return max(known, key=lambda f: recent.index(f.target) if f.target in recent else -1, default=None)


def _place(parse: Parse, span: Span, short: bool) -> Span | None:
    """Offsets of a mention with the titles before it; None when it is part of another name."""
    tokens = tokens_of(parse, *span)
    if tokens is None or _continues(parse, tokens[1]):
        return None
    first, start = tokens[0], span[0]
    while (before := _before(parse, first)) is not None and _is_title(parse, before):
        first, start = before, parse.start[before]
    other = short and before is not None and _is_first_name(parse, before)
    return None if other else (start, span[1])


def _is_first_name(parse: Parse, token: int) -> bool:
    """Whether a token before a surname is part of another's name: "Tom Lee", but not "On Monday Lee left"."""
    named = parse.tag[token] in NAMES and parse.dep[token] == "compound"
    return named and parse.lower[token] not in TIMES


def _before(parse: Parse, token: int) -> int | None:
    """The token before, if it is in the same sentence."""
    return token - 1 if token and parse.sentence[token - 1] == parse.sentence[token] else None


def _is_title(parse: Parse, token: int) -> bool:
    titles = word_kinds()["honorific"] | word_kinds()["office"]
    return parse.lower[token] in titles and parse.word[token][0].isupper()


def _continues(parse: Parse, last: int) -> bool:
    """Whether a longer name goes on after a token: "Lee County", but not "the Lee administration" or "Lee’s"."""
    head = parse.head[last]
    return head > last and parse.dep[last] == "compound" and parse.tag[head] in NAMES
