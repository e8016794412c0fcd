import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.dates import parse_dates

DAY = datetime.datetime(2018, 6, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2018-06-05",
        " 2018-6-5 ",
        "2018/06/05",
        "20180605",
        "June 5, 2018",
        "Jun. 5th, 2018",
        "5 June 2018",
        "05-Jun-2018",
        "Tuesday, June 5, 2018",
        "Tue, 05 Jun 2018 10:30:00 GMT",
        "June 5, 2018 Tuesday 10:30 AM GMT",
        "5/5/2018",
    ],
)
def test_days_are_read_as_written(written):
    expected = datetime.datetime(2018, 5, 5) if written == "5/5/2018" else DAY
    assert parse_dates([written]).days == [expected]


def test_an_iso_time_is_kept_and_its_zone_dropped():
    expected = datetime.datetime(2018, 6, 5, 23, 30)
    assert (
        parse_dates(["2018-06-05T23:30:00-05:00", "2018-06-05 23:30", "2018-06-05T23:30:00.123Z"]).days
        == [expected] * 3
    )


def test_one_clear_date_decides_for_the_column():
    assert parse_dates(["05/06/2018", "25/06/2018"]).days == [DAY, datetime.datetime(2018, 6, 25)]
    assert parse_dates(["06/05/2018", "06/25/2018"]).days == [DAY, datetime.datetime(2018, 6, 25)]


def test_an_unclear_column_is_not_guessed_at():
    parsed = parse_dates(["05/06/2018", "06/07/2018"])
    assert parsed.days == [None, None]
    assert "day_first" in parsed.problems[0]
    assert parse_dates(["05/06/2018"], day_first=True).days == [DAY]


def test_contradicting_columns_stay_unread():
    assert parse_dates(["25/06/2018", "06/25/2018"]).days == [None, None]


@pytest.mark.parametrize(
    "written", ["May", "soon", "2018", "2018-13-01", "31 June 2018", "12.5", "yesterday", "0000-01-01"]
)
def test_what_is_no_day_is_never_filled_from_today(written):
    parsed = parse_dates([written])
    assert parsed.days == [None]
    assert list(parsed.problems) == [0]


@pytest.mark.parametrize("nothing", [None, "", " ", "n/a", "NaN", "None"])
def test_an_empty_date_is_missing_without_a_complaint(nothing):
    assert parse_dates([nothing]) == ([None], {})


@given(st.lists(st.one_of(st.none(), st.text(), st.dates().map(str)), max_size=5))
def test_every_value_is_read_missing_or_explained(values):
    days, problems = parse_dates(values)
    assert len(days) == len(values)
    assert all(days[position] is None for position in problems)


@given(st.datetimes(min_value=datetime.datetime(1000, 1, 1)))
def test_iso_dates_come_back_to_the_second(moment):
    assert parse_dates([moment.isoformat()]).days == [moment.replace(microsecond=0)]
