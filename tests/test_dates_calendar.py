"""The calendar's reference data, its arithmetic, and the dates of page furniture."""

import datetime as dt

import pytest
from pydantic import ValidationError

from pipeline.dates.calendar import (
    NamedDay,
    day,
    distance,
    hull,
    load_calendar,
    month,
    months,
    shift,
    week_of,
)
from pipeline.dates.grammar import grammar
from pipeline.dates.page_date import parse_page_date
from pipeline.dates.readings import READERS
from pipeline.dates.tense import tense_around
from pipeline.model import DateRange


def span(first: str, last: str | None = None) -> DateRange:
    return DateRange(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


@pytest.mark.parametrize("named", load_calendar().named_days, ids=lambda n: n.names[0])
def test_every_named_day_falls_in_every_year_of_the_news(named):
    assert all(named.occurrences(year) for year in range(2020, 2028))


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Thanksgiving", 2025, [span("2025-11-27")]),
        ("Easter", 2025, [span("2025-04-20")]),
        ("Easter", 2024, [span("2024-03-31"), span("2024-05-05")]),
        ("Orthodox Easter", 2023, [span("2023-04-16")]),
        ("good friday", 2026, [span("2026-04-03")]),
        ("Easter weekend", 2026, [span("2026-04-03", "2026-04-06")]),
        ("New Year’s Eve", 2026, [span("2026-12-31")]),
        ("Ramadan", 2024, [span("2024-03-12", "2024-04-10")]),
    ],
)
def test_named_day_falls_when_it_does(name, year, expected):
    assert load_calendar().named_day(name).occurrences(year) == expected


def test_a_named_day_needs_exactly_one_rule():
    with pytest.raises(ValidationError):
        NamedDay(names=["Nothing Day"])
    with pytest.raises(ValidationError):
        NamedDay(names=["Both Days"], fixed="01-01", holiday={"country": "US", "name": "x"})


def test_every_rule_of_the_grammar_has_a_reader_and_every_reader_a_rule():
    assert {name for name, *_ in grammar().rules} == set(READERS)


def test_months_carry_into_the_next_year():
    assert month(2025, 13) == span("2026-01-01", "2026-01-31")
    assert month(2025, 0) == span("2024-12-01", "2024-12-31")
    assert months(2025, 12, 3) == span("2025-12-01", "2026-02-28")


def test_day_that_does_not_exist_is_none():
    assert day(2025, 2, 29) is None
    assert day(2024, 2, 29) == span("2024-02-29")
    assert day(2024, 13, 1) is None


def test_range_arithmetic():
    assert week_of(dt.date(2026, 3, 12)) == span("2026-03-09", "2026-03-15")
    assert shift(span("2026-03-12"), -1, 2) == span("2026-03-11", "2026-03-14")
    assert hull(span("2026-03-12"), span("2026-03-10")) == span("2026-03-10", "2026-03-12")
    assert distance(span("2026-03-01"), span("2026-03-05", "2026-03-09")) == -4
    assert distance(span("2026-03-11"), span("2026-03-05", "2026-03-09")) == 2
    assert distance(span("2026-03-08", "2026-03-12"), span("2026-03-05", "2026-03-09")) == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mar 12, 2026 Updated 3 hrs ago", "2026-03-12"),
        ("5 February 2026 at 19.20", "2026-02-05"),
        ("Sunday October 18 2026, 12.01am BST, The Meridian Post", "2026-10-18"),
        ("2026-05-05T10:00Z", "2026-05-05"),
        ("Last updated 18:44 BST, 19 May 2026", "2026-05-19"),
        ("Published 5 May 2026, updated 6 May 2026", "2026-05-05"),
        ("27. Juni 2026", "2026-06-27"),
        ("le 1er août 2025 à 14h", "2025-08-01"),
        ("5 de mayo de 2026", "2026-05-05"),
        ("27 червня 2026", "2026-06-27"),
        ("25/12/2026", "2026-12-25"),
        ("05/05/2026", "2026-05-05"),
        ("27.06.2026, 14:03 Uhr", "2026-06-27"),
        ("Published: 2026/05/05", "2026-05-05"),
        ("MARCH 5, 2026", "2026-03-05"),
    ],
)
def test_full_date_of_a_furniture_line_is_read(line, expected):
    assert parse_page_date(line) == span(expected)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "12/03/2026",
        "© 2026 Example Post",
        "March 2026",
        "Monday, March 12",
        "Photos of 3 May 2026 and 9 May 2026",
        "31 June 2026",
        "Posted 3 hours ago",
        "word " * 200 + "5 May 2026",
    ],
)
def test_line_without_one_full_date_gives_none(line):
    assert parse_page_date(line) is None


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("They will meet on Tuesday", "Tuesday", "future"),
        ("He said on Tuesday", "Tuesday", "past"),
        ("On Tuesday, he spoke", "Tuesday", "past"),
        ("On Tuesday, he will speak", "Tuesday", "future"),
        ("He had been due to call on Tuesday", "Tuesday", "past"),
        ("They walked out. Talks resume on Tuesday", "Tuesday", "future"),
        ("Tuesday", "Tuesday", None),
    ],
)
def test_tense_is_read_off_the_nearest_cue(text, phrase, expected):
    start = text.index(phrase)
    assert tense_around(text, start, start + len(phrase)) == expected


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("Thanksgiving", "Thanksgiving Day"),
        ("Memorial Day", "Memorial Day"),
        ("Labor Day", "Labor Day"),
        ("Presidents' Day", "Washington's Birthday"),
        ("MLK Day", "Martin Luther King Jr. Day"),
    ],
)
def test_days_that_are_the_nth_weekday_of_a_month_agree_with_the_holidays_package(name, theirs):
    import holidays

    years = range(1986, 2060)
    known = holidays.country_holidays("US", years=years, observed=False, language="en_US")
    expected = [d for d, names in sorted(known.items()) if theirs in names]
    assert [load_calendar().named_day(name).occurrences(y)[0].first for y in years] == expected


def test_a_holiday_is_not_celebrated_before_it_was_made():
    assert load_calendar().named_day("MLK Day").occurrences(1980) == []


def test_a_vague_number_without_its_number_is_refused():
    told = load_calendar().model_dump() | {"vague_numbers": {"a few": (4, 6)}}
    with pytest.raises(ValidationError, match="a few"):
        type(load_calendar())(**told)
