"""Page debris taken out of articles: only what is surely not the article, and every piece on record.

What counts as debris is in `debris_en.csv`, one pattern a row, each with an example that a test matches.
"""

import csv
import functools
import importlib.resources
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# No debris line is longer than this many characters, and a hostile line of megabytes can't make a pattern slow.
_LONGEST = 400
_SECTION = re.compile(r" +[|–—-] +[^|]{1,40}$")  # the dashes that pages put before their names
_GLUED = "MORE"  # every stretch in the middle of a line ends so; few lines need to be searched
_SHORTEST_TITLE = 8  # letters and digits
_LONGEST_TITLE = 200  # characters


class Piece(NamedTuple):
    """A piece cut out of a text: where it began before cleaning, its characters, and the rule that took it."""

    start: int
    text: str
    rule: str


class Cleaned(NamedTuple):
    """What is left of a text, and the pieces that were cut out of it, in text order."""

    text: str
    pieces: list[Piece]


class Debris(NamedTuple):
    """The patterns of `debris_en.csv`: group `n7` of a pattern is row 7, whose rule is ``rules[7]``.

    `inside` has patterns of a stretch in the middle of a line, each with its rule; its group `cut` is the debris.
    """

    rules: tuple[str, ...]
    line: re.Pattern[str]
    start: re.Pattern[str]
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    inside: tuple[tuple[str, re.Pattern[str]], ...]


class _Line(NamedTuple):
    """A line that is not blank."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def clean_text(text: str, *, title: str | None = None) -> Cleaned:
    r"""Cut page debris out of a text: lines, beginnings, ends and stretches of lines, and the repeated title.

    Parameters
    ----------
    text : str
        The article, its characters already repaired.
    title : str, optional
        The headline; a first line that says the same, alone or with " | Section" after it, is a repetition.

    Returns
    -------
    Cleaned
        `text` is the input without the `pieces` and otherwise unchanged; `restore_text` puts them back.

    Examples
    --------
    >>> cleaned = clean_text("Rain falls | Weather\n\nIt rained.\n\nBack to top", title="Rain falls")
    >>> cleaned.text
    'It rained.'
    >>> [(piece.rule, piece.text) for piece in cleaned.pieces]
    [('repeated_title', 'Rain falls | Weather\n\n'), ('back_to_top', '\n\nBack to top')]
    """
    lines = list(_lines(text))
    whole = {line.start: rule for line in lines if (rule := _line_rule(line.text))}
    kept = [line for line in lines if line.start not in whole]
    if title and len(kept) > 1 and _repeats(kept[0].text, title):
        whole[kept[0].start] = "repeated_title"
    pieces = [*_whole_lines(text, lines, whole), *_parts(line for line in lines if line.start not in whole)]
    return cut_out(text, sorted(pieces))


def cut_title_line(text: str) -> tuple[str | None, Cleaned]:
    r"""Take the headline off a text that has it as its first line, without the " | Section" that pages add.

    A first line is a headline when a blank line and more text follow it, it has at most 200 characters, and it doesn't
    end as a sentence does.

    Examples
    --------
    >>> cut_title_line("Rain falls on the coast | Weather\n\nIt rained.")[0]
    'Rain falls on the coast'
    >>> cut_title_line("It rained.\n\nIt poured.")[0] is None
    True
    """
    first, _, rest = text.partition("\n\n")
    if not rest.strip() or not _looks_like_title(first):
        return None, Cleaned(text, [])
    body = rest.lstrip("\n")
    return without_section(first), Cleaned(body, [Piece(0, text[: len(text) - len(body)], "title_line")])


def without_section(title: str) -> str:
    """Take " | Section" off a title of at least three words; dashes stay, since headlines use them too."""
    headline, bar, section = title.rpartition(" | ")
    is_section = bool(bar) and len(headline.split()) >= 3 and 0 < len(section) <= 40
    return headline.rstrip() if is_section else title


def cut_out(text: str, pieces: Sequence[Piece]) -> Cleaned:
    """Cut pieces, given in text order, out of a text."""
    ends = [0, *(piece.start + len(piece.text) for piece in pieces)]
    starts = [*(piece.start for piece in pieces), len(text)]
    return Cleaned("".join(text[end:start] for end, start in zip(ends, starts, strict=True)), list(pieces))


def restore_text(text: str, pieces: Sequence[Piece]) -> str:
    r"""Put the pieces that were cut out of a text back into it.

    Examples
    --------
    >>> cleaned = clean_text("It rained.\n\nAdvertisement\n\nIt poured.")
    >>> cleaned.text
    'It rained.\n\nIt poured.'
    >>> restore_text(cleaned.text, cleaned.pieces)
    'It rained.\n\nAdvertisement\n\nIt poured.'
    """
    for piece in sorted(pieces):
        text = text[: piece.start] + piece.text + text[piece.start :]
    return text


@functools.cache
def debris() -> Debris:
    """Read `debris_en.csv` and join the patterns of each kind into one, which is several times faster than a loop."""
    source = importlib.resources.files("framing.corpus").joinpath("debris_en.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines()))
    rules = tuple(row["rule"] for row in rows)
    line, start, prefix, suffix = (
        "|".join(f"(?P<n{number}>{row['pattern']})" for number, row in enumerate(rows) if row["match"] == match)
        for match in ("line", "start", "prefix", "suffix")
    )
    inside = tuple((row["rule"], re.compile(row["pattern"])) for row in rows if row["match"] == "inside")
    whole = (re.compile(line), re.compile(start))
    return Debris(rules, *whole, re.compile(prefix), re.compile(f"(?:{suffix})$"), inside)


def _rule(match: re.Match[str]) -> str:
    return debris().rules[int(str(match.lastgroup).removeprefix("n"))]


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield _Line(start, line)
        start += len(line) + 1


def _line_rule(line: str) -> str | None:
    stripped = line.strip()
    match = debris().line.fullmatch(stripped) if len(line) <= _LONGEST else None
    match = match or debris().start.match(stripped)
    return _rule(match) if match else None


def _whole_lines(text: str, lines: Sequence[_Line], whole: dict[int, str]) -> Iterator[Piece]:
    """Give whole lines as pieces, with blank lines around them, so that paragraphs stay as far apart as they were."""
    numbered = itertools.groupby(range(len(lines)), key=lambda index: lines[index].start in whole)
    for indices in (list(group) for is_debris, group in numbered if is_debris):
        first, last = indices[0], indices[-1]
        left = lines[first - 1].end if first > 0 else 0
        right = lines[last + 1].start if last + 1 < len(lines) else len(text)
        at_top, at_end = first == 0, last + 1 == len(lines)
        start, end = lines[first].start, lines[last].end
        # The shorter of the two gaps goes with the debris, the longer one stays between the paragraphs.
        gap_after_goes = at_top or (not at_end and right - end < start - left)
        start = left if at_top or not gap_after_goes else start
        end = right if at_end or gap_after_goes else end
        bounds = [start, *(lines[index].start for index in indices[1:]), end]
        for index, (begin, finish) in zip(indices, itertools.pairwise(bounds), strict=True):
            yield Piece(begin, text[begin:finish], whole[lines[index].start])


def _parts(lines: Iterator[_Line]) -> Iterator[Piece]:
    """Give beginnings, ends and stretches of lines as pieces that don't overlap."""
    for line in lines:
        text, begin, end = line.text, 0, len(line.text)
        if match := debris().prefix.match(text, 0, _LONGEST):
            begin = match.end()
            yield Piece(line.start, match[0], _rule(match))
        if match := debris().suffix.search(text, max(begin, len(text) - _LONGEST)):
            end = match.start()
            yield Piece(line.start + end, match[0], _rule(match))
        yield from _stretches(line, begin, end)


def _stretches(line: _Line, begin: int, end: int) -> Iterator[Piece]:
    if _GLUED not in line.text:
        return
    for rule, pattern in debris().inside:
        for match in pattern.finditer(line.text, begin, end):
            yield Piece(line.start + match.start("cut"), match["cut"], rule)
            begin = max(begin, match.end())


def _repeats(line: str, title: str) -> bool:
    headline = _key(without_section(title))
    if len(headline) < _SHORTEST_TITLE or len(line) > _LONGEST:
        return False
    return _key(line) in (headline, _key(title)) or _key(_SECTION.sub("", line)) == headline


def _key(text: str) -> str:
    # Letters and digits only, so that curly and straight quotation marks and capitals make no difference.
    return "".join(character for character in text.casefold() if character.isalnum())


def _looks_like_title(line: str) -> bool:
    return (
        "\n" not in line
        and len(_key(line)) >= _SHORTEST_TITLE
        and len(line) <= _LONGEST_TITLE
        and len(line.split()) >= 2
        and not line.rstrip("\"”’')").endswith((".", ":", ";", ",", "…"))
        and _line_rule(line) is None
    )
