"""Small things that sentences are put together from."""

from collections.abc import Iterable

from framing.corpus.columns import clipped
from framing.views.numbers import count


def number_of(n: int, noun: str) -> str:
    """Write how many there are.

    Examples
    --------
    >>> number_of(1, "article"), number_of(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{count(n)} {noun}{'' if n == 1 else 's'}"


def listed(parts: Iterable[str]) -> str:
    """Join the parts of a list as prose does.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    parts = list(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def plain(text: object, *, most: int = 80) -> str:
    r"""Write a name that comes from articles on one line, without control characters, and not too long.

    Examples
    --------
    >>> plain("Daily\nNews \x1b[31m")
    'Daily News �[31m'
    """
    line = clipped(str(text), most=most)
    return "".join(sign if sign.isprintable() else "�" for sign in line)
