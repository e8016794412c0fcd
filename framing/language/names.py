"""Names: which runs of tokens are one, and what kind of thing the model takes them for."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from framing.language.model import load_model
from framing.language.parse import Parse
from framing.language.parsing import BATCH_PIECES, readable
from framing.language.threads import single_thread

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# "Department of Justice" and "Bank of the South" are one name; "Mayor of Lisbon" and "Lee of Bonn" are two.
NAMED_OF = {
    "academy", "army", "association", "bank", "board", "bureau", "center", "centre", "chamber", "church", "college",
    "committee", "council", "court", "department", "district", "division", "federation", "house", "institute", "league",
    "ministry", "museum", "office", "organisation", "organization", "school", "society", "university",
}  # fmt: skip
NICKNAME = {"“": "”", '"': '"', "(": ")", "‘": "’"}
# "Joseph diGenova": the tagger knows no such surnames. "iPhone" is none.
INNER_CAPITAL = re.compile(r"(?:al|d[aeiou]|de[lr]|el|l[ae]|ma?c|v[ao]n)[A-Z][a-z]+")
DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
JOINS_ANY = {"-", "–", "&"}


def name_runs(parse: Parse) -> list[tuple[int, int]]:
    """Runs of tokens that make one proper name.

    Parameters
    ----------
    parse : Parse
        A parsed text.

    Returns
    -------
    list of (first, last)
        Tokens, both inclusive, in text order; no run crosses a sentence.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> parse = parse_text("Ann Marie Lee of the Northern Relief Fund met Mr. Ito.")
    >>> [" ".join(parse.word[a : b + 1]) for a, b in name_runs(parse)]
    ['Ann Marie Lee', 'Northern Relief Fund', 'Mr. Ito']
    """
    runs: list[tuple[int, int]] = []
    for token in range(len(parse)):
        follows = bool(runs) and runs[-1][1] == token - 1
        named = parse.tag[token].startswith("NNP") and parse.lower[token] not in DAYS  # "over Twitter Friday"
        if not named and not (follows and INNER_CAPITAL.fullmatch(parse.word[token])):
            continue
        if runs and _joined(parse, runs[-1][1], token):
            runs[-1] = (runs[-1][0], token)
        else:
            runs.append((token, token))
    return runs


def _joined(parse: Parse, last: int, token: int) -> bool:
    """Whether two proper nouns belong to one name: side by side, or with a hyphen, an & or a *bin* between them."""
    if parse.sentence[last] != parse.sentence[token]:
        return False
    between = parse.lower[last + 1 : token]
    if not between:
        return True
    if between[0] == "of" and between[1:] in ([], ["the"]):
        return parse.lower[last] in NAMED_OF
    if is_nickname(parse, token) or is_nickname(parse, last):
        return True
    particle = all(word in {"de", "del", "der", "van", "von", "bin", "al", "la"} for word in between)
    return len(between) <= 2 and (particle or between[0] in JOINS_ANY)


def is_nickname(parse: Parse, token: int) -> bool:
    """Whether a proper noun is a nickname with marks around it, inside a name: "Kevin “Coach” Christie"."""
    before, after = token - 2, token + 2
    return (
        before >= 0
        and after < len(parse)
        and NICKNAME.get(parse.word[token - 1]) == parse.word[token + 1]
        and all(parse.tag[t].startswith("NNP") for t in (before, token, after))
    )


def name_labels(parse: Parse, sentences: Iterable[int]) -> dict[int, str]:
    """Kinds of names that the model finds in some sentences.

    Parameters
    ----------
    parse : Parse
        A parsed text.
    sentences : iterable of int
        Numbers of the sentences to look at, in any order. Each costs about as much as its parse did.

    Returns
    -------
    dict of int to str
        The label (PERSON, ORG, GPE, NORP, …) of each token that is part of a name.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> name_labels(parse_text("It rained. Barack Obama flew to France."), [1])
    {3: 'PERSON', 4: 'PERSON', 7: 'GPE'}
    """
    model = load_model()
    numbers = sorted(set(sentences))
    labels: dict[int, str] = {}
    for begin in range(0, len(numbers), BATCH_PIECES):
        batch = numbers[begin : begin + BATCH_PIECES]
        docs = [_sentence(model.parser.vocab, parse, *parse.sentences[number]) for number in batch]
        with single_thread():
            model.find_names(docs)
        for number, doc in zip(batch, docs, strict=True):
            first = parse.sentences[number][0]
            for entity in doc.ents:
                labels.update(dict.fromkeys(range(first + entity.start, first + entity.end), entity.label_))
    return labels


def _sentence(vocab: "Vocab", parse: Parse, first: int, beyond: int) -> "Doc":
    """A sentence as the model reads it."""
    from spacy.tokens import Doc

    words = [readable(word) for word in parse.word[first:beyond]]
    spaces = [t + 1 < beyond and parse.start[t + 1] > parse.end[t] for t in range(first, beyond)]
    return Doc(vocab, words=words, spaces=spaces)
