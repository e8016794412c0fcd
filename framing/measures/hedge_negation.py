"""Whether a hedge is denied or is itself a denial: unlikely, may not, no doubt."""

from framing.language import Parse
from framing.measures.hedge_fit import words_of
from framing.measures.hedge_syntax import is_denied

DENIALS = frozenset({"not", "n't", "n’t", "nor", "neither", "never", "no", "nobody", "nothing", "hardly", "without"})
ADJECTIVAL = frozenset({"acomp", "attr", "oprd", "dobj"})


def is_negated(parse: Parse, first: int, last: int) -> bool:
    """Whether an expression holds a negation or stands under one.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> parse = parse_text("It may not rain, which is unlikely to help.")
    >>> is_negated(parse, 1, 1), is_negated(parse, parse.lower.index("unlikely"), parse.lower.index("unlikely"))
    (True, True)
    """
    within = range(first, last + 1)
    if any(parse.lower[t] in DENIALS or parse.lemma[t] in words_of("negative") for t in within):
        return True
    if _denied(parse, last):  # "doesn't appear to", "no evidence", "not likely"
        return True
    # "may not": of the verb that a modal belongs to; "is not possible": of the verb that holds a predicate
    holder = parse.head[last]
    return (parse.tag[last] == "MD" or parse.dep[last] in ADJECTIVAL) and _denied(parse, holder)


def _denied(parse: Parse, token: int) -> bool:
    return is_denied(parse, token) or any(
        parse.lower[c] in DENIALS and parse.dep[c] in ("neg", "det", "advmod") for c in parse.children[token]
    )
