"""Dates of publication, read without guessing.

General date parsers fill what a string doesn't say from today's date ("May" becomes a day of this year) and read
"03/04/2019" as one of two days without telling. Here a date is read only when it can mean one day.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_ZONE = r"(?: *(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
_TIME = rf"(?:[T ] *(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?{_ZONE})?"
_TAIL = r"(?:,? .{0,40})?"  # "June 18, 2018 10:30 a.m. EDT", "June 18, 2018 Monday": the day is all that is taken

# "… EST" and the like stand only after a time of day.
_ZONED = re.compile(r".*\d{1,2}:\d{2}.*?(?:Z|UTC|GMT|B?[A-Z]{1,3}[SD]?T|[+-]\d{2}:?\d{2})", re.DOTALL)

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",  # 2018-06-18T10:30:00Z
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",  # 20180618
        rf"{_WEEKDAY}{_DAY}[ -]{_MONTH},?[ -]{_YEAR}{_TAIL}",  # Mon, 18 June 2018
        rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}{_TAIL}",  # Monday, June 18, 2018
        rf"{_YEAR}[ -]{_MONTH}[ -]{_DAY}",  # 2018 Jun 18
    )
)
_NUMERIC = re.compile(rf"(?P<first>\d{{1,2}})([-/.])(?P<second>\d{{1,2}})\2{_YEAR}(?:[T ].{{0,20}})?", re.IGNORECASE)
_LONGEST = 100  # characters of a date with whatever is printed around it
_NOTHING = frozenset({"", "-", "na", "n/a", "nan", "nat", "none", "null", "<na>"})


class ParsedDates(NamedTuple):
    """The days in the order of the input, and why some could not be read: position → reason."""

    days: list[datetime.datetime | None]
    problems: dict[int, str]


def parse_dates(values: Iterable[str | None], *, day_first: bool | None = None) -> ParsedDates:
    """Read dates of publication: ISO, compact, with English month names, or numeric.

    In numeric dates ("03/04/2019") day and month are told apart by the other dates of the column (a "25/04/2019"
    decides for all), or by `day_first`; if neither decides, they stay unread. A time is kept only from ISO dates and a
    time zone is dropped: the date is the one the outlet printed.

    Examples
    --------
    >>> parse_dates(["2018-06-18", "June 18, 2018", "soon"]).problems
    {2: 'not a date that can be read'}
    """
    written = ["" if value is None else value.strip() for value in values]
    order = day_first if day_first is not None else _day_first(written)
    days: list[datetime.datetime | None] = []
    problems: dict[int, str] = {}
    for position, value in enumerate(written):
        day, problem = _parse(value, order)
        days.append(day)
        if problem:
            problems[position] = problem
    return ParsedDates(days, problems)


def date_choices(values: Iterable[str | None], *, day_first: bool | None = None) -> list[tuple[str, str, int]]:
    """Say what reading the dates of one file decided: (rule, note, number of dates) for day order and time zones.

    Examples
    --------
    >>> date_choices(["03/04/2019", "25/04/2019"])[0][1]
    "2 dates such as '03/04/2019' were read with the day first, since another date can only mean that"
    >>> date_choices(["2019-04-25T10:30:00+02:00"])[0][1]
    "a time zone was dropped, as in '2019-04-25T10:30:00+02:00': the day is the one that was printed"
    """
    written = [value.strip() for value in values if value is not None]
    choices: list[tuple[str, str, int]] = []
    order = day_first if day_first is not None else _day_first(written)
    numeric = [value for value in written if (parts := _NUMERIC.fullmatch(value)) and parts["first"] != parts["second"]]
    if numeric and order is not None:
        why = f"as day_first={day_first} says" if day_first is not None else "since another date can only mean that"
        which = "day" if order else "month"
        first = f"{len(numeric):,} dates such as '{numeric[0]}' were read with the {which} first, {why}"
        choices.append(("date_order", first, len(numeric)))
    zoned = [value for value in written if len(value) <= _LONGEST and _ZONED.fullmatch(value)]
    if zoned:
        note = f"a time zone was dropped, as in '{zoned[0]}': the day is the one that was printed"
        choices.append(("time_zone", note, len(zoned)))
    return choices


def _parse(value: str, day_first: bool | None) -> tuple[datetime.datetime | None, str]:
    if value.casefold() in _NOTHING:
        return None, ""
    if numeric := _NUMERIC.fullmatch(value):
        if day_first is None and numeric["first"] != numeric["second"]:
            return None, "day and month can't be told apart; say day_first=True or day_first=False"
        day, month = (numeric["first"], numeric["second"]) if day_first else (numeric["second"], numeric["first"])
        return _made(numeric["year"], month, day)
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(value):
            parts = match.groupdict()
            month = parts.get("month") or str(_MONTHS.index(parts["name"].lower()) + 1)
            return _made(parts["year"], month, parts["day"], [parts.get(unit) for unit in ("hour", "minute", "second")])
    return None, "not a date that can be read"


def _made(year: str, month: str, day: str, time: Sequence[str | None] = ()) -> tuple[datetime.datetime | None, str]:
    hour, minute, second = (int(part or 0) for part in time or (None, None, None))
    try:
        return datetime.datetime(int(year), int(month), int(day), hour, minute, second), ""
    except ValueError:
        return None, "no such day in the calendar"


def _day_first(values: Sequence[str]) -> bool | None:
    """Whether the numeric dates of a column put the day first; ``None`` if they don't say or contradict each other."""
    firsts, seconds = days_above_twelve(values)
    return firsts if firsts != seconds else None


def days_above_twelve(values: Iterable[str | None]) -> tuple[bool, bool]:
    """Whether the first number of any numeric date, and the second of any, can only be a day.

    Examples
    --------
    >>> days_above_twelve(["03/04/2019", "25/04/2019"])
    (True, False)
    """
    firsts, seconds = False, False
    for value in values:
        if value is not None and (numeric := _NUMERIC.fullmatch(value.strip())):
            firsts = firsts or int(numeric["first"]) > 12
            seconds = seconds or int(numeric["second"]) > 12
    return firsts, seconds
