"""Constructions of approximated numbers and quantities, as the project's codebook draws their lines."""

import re

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of

YEAR = re.compile(r"(?:19|20)\d\d")


def quantity(parse: Parse, token: int) -> int | None:
    """Last token of the quantity that begins at `token`, or None: 300 · $5 million · half · a year · noon."""
    n = len(parse)
    if token >= n:
        return None
    here = token
    if parse.lower[here] in ("a", "an", "the") and here + 1 < n:
        if parse.lower[here] == "the":
            # "about the size of a cat"
            of = parse.lower[here + 2] if here + 2 < n else ""
            return here + 1 if parse.lower[here + 1] in words_of("measure") and of == "of" else None
        follows = parse.lower[here + 1] in words_of("unit", "number")
        return here + 1 if follows else None
    while here < n and parse.tag[here] in ("$", "#"):
        here += 1
    if here >= n or not (parse.tag[here] == "CD" or parse.lower[here] in words_of("number", "time")):
        return None
    # "close to one of them", "close to one another"
    if parse.lower[here] == "one" and here + 1 < n and parse.lower[here + 1] in ("of", "another", "who", "day"):
        return None
    while here + 1 < n and (
        parse.tag[here + 1] == "CD" or parse.lower[here + 1] in words_of("number") or parse.lower[here + 1] == "%"
    ):
        here += 1
    if here + 1 < n and parse.tag[here + 1] in ("NN", "NNS") and parse.head[here] == here + 1:
        here += 1
    return here


def before_quantity(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[some] 300 people”, “[as many as] 20”, “[nearly] a decade”."""
    end = quantity(parse, last + 1)
    return None if end is None else Fit((last + 1, end))


def around_quantity(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[about] 300 people”, “[around] noon”; not “a film about 300 Spartans”, “talked about two cases”."""
    end = quantity(parse, last + 1)
    if end is None:
        return None
    if parse.dep[first] in ("prep", "prt") and parse.tag[first] != "RB":
        head = parse.head[first]
        topical = parse.lemma[head] in words_of("topical") or (
            parse.lower[first] == "about" and parse.tag[head] in ("NN", "NNS") and head == first - 1
        )
        if topical:
            return None
    return Fit((last + 1, end))


def before_whole(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[almost] all”, “[nearly] doubled”, “[virtually] no one”; not “almost certain”."""
    following = parse.lower[last + 1 : last + 3]
    if not following:
        return None
    whole = following[0] in words_of("whole") or parse.lemma[last + 1] in words_of("multiple")
    if whole or following in (["as", "many"], ["as", "much"]):
        return Fit((last + 1, last + 1))
    return Fit((last + 1, last + 2)) if following in (["the", "entire"], ["the", "whole"]) else None


def before_number(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[some] 300 people”, “an [estimated] $5 million”: a numeral follows; not “some 2020 candidates”."""
    n = len(parse)
    here = last + 1
    while here < n and parse.tag[here] in ("$", "#"):
        here += 1
    if here >= n or parse.tag[here] != "CD" or parse.lower[here] == "one" or YEAR.fullmatch(parse.lower[here]):
        return None
    end = quantity(parse, last + 1)
    return None if end is None else Fit((last + 1, end))


def after_quantity(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “a year [or so]”, “20 [or so] people”."""
    for begin in range(max(0, first - 3), first):
        end = quantity(parse, begin)
        if end is not None and end == first - 1:
            return Fit((begin, end))
    return None


def idle_up_to(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “live up to two promises”, “It is up to three judges”."""
    before = parse.lemma[first - 1] if first else ""
    return holds(before in ("live", "stand", "own", "be", "'s", "measure", "add", "face"), None)


QUANTITIES = (idle_up_to, before_whole, around_quantity, before_quantity, before_number, after_quantity)
