"""Lexicons in the forms of other tools: Lexicoder's ``.lc3`` and quanteda's dictionaries in YAML."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from framing.errors import InputError

QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
KEY = re.compile(rf"({QUOTED}|[^\s\"'\[\]{{}}#:][^\"'\[\]{{}}#]*?)\s*:(?:\s+(.*))?$")
PART = re.compile(rf"\s*({QUOTED}|[^,\[\]\"']+?)\s*(,|$)")
COMMENT = re.compile(r"(^|\s)#.*$")
ESCAPES = {"n": "\n", "t": "\t"}
OTHER_YAML = frozenset("&*!|>{}%@`")  # as a first character these mean things that a dictionary doesn't have

Entry = tuple[str, str]  # category, pattern


def read_lexicoder(text: str, name: str) -> pd.DataFrame:
    r"""Entries of a Lexicoder dictionary: a line ``+category``, then one pattern a line.

    Parameters
    ----------
    text : str
        The file's content.
    name : str
        What to call the file in messages.

    Returns
    -------
    pandas.DataFrame
        `pattern`, `match` (always ``glob``) and `category`, in the file's order.

    Raises
    ------
    InputError
        If a pattern stands before the first category or there is none, with its line.

    Examples
    --------
    >>> read_lexicoder("+NEGATIVE\nA LIE\nABANDON*\n", "lsd.lc3").values.tolist()
    [['A LIE', 'glob', 'NEGATIVE'], ['ABANDON*', 'glob', 'NEGATIVE']]
    """
    return _table(_lexicoder(text, name), name)


def _lexicoder(text: str, name: str) -> Iterator[Entry]:
    category = ""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        content = line.strip()
        if content.startswith("+"):
            category = content[1:].strip()
        elif content and not category:
            raise InputError(
                f"line {number} of {name} is before any category. Begin the file with a line like +positive"
            )
        elif content:
            yield category, content


def read_quanteda(text: str, name: str) -> pd.DataFrame:
    r"""Entries of a quanteda dictionary in YAML: categories, nested or not, with lists of patterns.

    Parameters
    ----------
    text : str
        The file's content.
    name : str
        What to call the file in messages.

    Returns
    -------
    pandas.DataFrame
        `pattern`, `match` (always ``glob``) and `category` (nested ones joined by a dot), in the file's order. Every
        pattern is text: an unquoted ``no`` or ``on`` is a word here, not a truth value.

    Raises
    ------
    InputError
        If a line is none that a dictionary has, with its number. Only block and bracketed lists, plain and quoted
        words and comments are read, not the rest of YAML.

    Examples
    --------
    >>> read_quanteda("positive: [good, 'well done']\nnegative:\n- bad*\n", "mine.yml").values.tolist()
    [['good', 'glob', 'positive'], ['well done', 'glob', 'positive'], ['bad*', 'glob', 'negative']]
    """
    return _table(_quanteda(text, name), name)


def _quanteda(text: str, name: str) -> Iterator[Entry]:
    keys: list[tuple[int, str]] = []  # open categories with their indents
    for number, line in _logical_lines(text.lstrip("\ufeff"), name):
        content = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if line[indent] == "\t":
            raise InputError(f"line {number} of {name} is indented by a tab. Indent with spaces")
        item = content == "-" or content.startswith("- ")
        # A list may stand as far left as its category, a category's part may not.
        while keys and (keys[-1][0] > indent or (keys[-1][0] == indent and not item)):
            keys.pop()
        if item:
            value = content[1:].strip()
            if not keys or not value or KEY.match(value):
                raise _broken(number, name, content)
        elif key := KEY.match(content):
            keys.append((indent, _scalar(key[1], number, name)))
            value = key[2] or ""
        else:
            raise _broken(number, name, content)
        category = ".".join(part for _, part in keys)
        for pattern in _values(value, number, name):
            yield category, pattern


def _logical_lines(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Lines without comments and blanks, a bracketed list on several lines as one, each with its first number."""
    opened, parts = 0, list[str]()
    for number, raw in enumerate(text.splitlines(), 1):
        line = _without_comment(raw)
        if not line.strip() or line.strip() in ("---", "..."):
            continue
        parts.append(line.strip() if parts else line)
        opened = opened or number
        bare = re.sub(QUOTED, "", " ".join(parts))
        if bare.count("[") <= bare.count("]"):
            yield opened, " ".join(parts)
            opened, parts = 0, []
    if parts:
        raise InputError(f"the list that begins in line {opened} of {name} has no closing ]")


def _without_comment(line: str) -> str:
    """A line up to a # that begins a comment; one inside quotation marks doesn't."""
    hidden = re.sub(QUOTED, lambda quoted: "x" * len(quoted[0]), line)
    comment = COMMENT.search(hidden)
    return (line[: comment.start()] if comment else line).rstrip()


def _values(value: str, number: int, name: str) -> Iterator[str]:
    if not value.startswith("["):
        if value:
            yield _scalar(value, number, name)
        return
    inside, at = value[1:-1].strip(), 0
    if not value.endswith("]"):
        raise _broken(number, name, value)
    while at < len(inside):
        part = PART.match(inside, at)
        if part is None:
            raise _broken(number, name, inside[at:])
        yield _scalar(part[1], number, name)
        at = part.end()


def _scalar(value: str, number: int, name: str) -> str:
    if re.fullmatch(QUOTED, value):
        inside = value[1:-1]
        if value[0] == "'":
            return inside.replace("''", "'")
        return re.sub(r"\\(.)", lambda escape: ESCAPES.get(escape[1], escape[1]), inside)
    if value[0] in OTHER_YAML or value[0] in "\"'[]":
        raise InputError(f"line {number} of {name} has {value[:40]!r}. Put it between quotation marks: '{value[:40]}'")
    return value


def _broken(number: int, name: str, content: str) -> InputError:
    return InputError(
        f"line {number} of {name} is no line of a dictionary: {content[:60]!r}. "
        "Write `category:` and under it `  - word` lines, or `category: [word, word]`"
    )


def _table(entries: Iterator[Entry], name: str) -> pd.DataFrame:
    rows = [(pattern.strip(), "glob", category) for category, pattern in entries]
    if not rows:
        raise InputError(f"{name} has no entries. A lexicon has categories with at least one word")
    return pd.DataFrame(rows, columns=["pattern", "match", "category"], dtype=object)


READERS: Mapping[str, Callable[[str, str], pd.DataFrame]] = MappingProxyType(
    {".lc3": read_lexicoder, ".yml": read_quanteda, ".yaml": read_quanteda}
)
