"""The calendar: names of days, months and holidays from reference data, and arithmetic on day ranges."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, PrivateAttr, model_validator

from pipeline.model import DateRange
from pipeline.reference import Strict, load_reference
from pipeline.settings import settings_from_env

MIN_YEAR, MAX_YEAR = 1800, 2199
PLACED_DAYS = 31
"""Days that a page's range may hold for the page to be of a day at all."""


class EasterRule(Strict):
    """A day that moves with Easter: `offset` days from the Easter Sunday of `church`."""

    church: Literal["western", "orthodox"]
    offset: int


class HolidayRule(Strict):
    """A day that the `holidays` package computes: the first whose name begins with `name`."""

    country: str
    name: str


class WeekdayRule(Strict):
    """The `nth` of a weekday (Monday is 0) in a month, -1 the last; there is none before the year `since`."""

    month: int = Field(ge=1, le=12)
    weekday: int = Field(ge=0, le=6)
    nth: Literal[-1, 1, 2, 3, 4]
    since: int

    def in_year(self, year: int) -> dt.date:
        first_weekday, n_days = monthrange(year, self.month)
        number = (self.weekday - first_weekday) % 7 + 1 + 7 * (max(self.nth, 1) - 1)
        if self.nth == -1:
            number += 7 * ((n_days - number) // 7)
        return dt.date(year, self.month, number)


class NamedDay(Strict):
    """A day with names; exactly one of `fixed` ("12-25"), `easter`, `weekday`, `holiday` says when it is."""

    names: list[str]
    fixed: str | None = None
    easter: EasterRule | None = None
    or_else: EasterRule | None = None
    weekday: WeekdayRule | None = None
    holiday: HolidayRule | None = None
    days: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _has_one_rule(self) -> NamedDay:
        if sum(rule is not None for rule in (self.fixed, self.easter, self.weekday, self.holiday)) != 1:
            raise ValueError("exactly one of fixed, easter, weekday and holiday is needed")
        return self

    def occurrences(self, year: int) -> list[DateRange]:
        """When the day falls in ``year``: none if unknown, two where churches differ."""
        firsts: list[dt.date] = []
        if self.fixed is not None:
            month, day = self.fixed.split("-")
            firsts.append(dt.date(year, int(month), int(day)))
        if self.easter is not None:
            firsts.append(_easter(year, self.easter))
        if self.or_else is not None and (second := _easter(year, self.or_else)) not in firsts:
            firsts.append(second)
        if self.weekday is not None and year >= self.weekday.since:
            firsts.append(self.weekday.in_year(year))
        if self.holiday is not None:
            found = [
                d for d, name in _holidays(self.holiday.country, year) if name.startswith(self.holiday.name)
            ]
            firsts.extend(found[:1])
        return [DateRange(first, first + dt.timedelta(days=self.days - 1)) for first in firsts]


class Calendar(Strict):
    """`seeds/reference/calendar.yaml`, with look-up of its words whatever their case."""

    months: list[list[str]] = Field(min_length=12, max_length=12)
    ambiguous_months: list[str]
    weekdays: list[list[str]] = Field(min_length=7, max_length=7)
    foreign_months: dict[str, list[str]]
    seasons: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    vague_numbers: dict[str, tuple[int, int]]
    not_dates: list[str]
    named_days: list[NamedDay]
    future_cues: list[str]
    past_cues: list[str]
    occasion_nouns: list[str]
    gathering_nouns: list[str]
    region_words: list[str]
    expiry_words: list[str]
    _months: dict[str, int] = PrivateAttr(default_factory=dict)
    _weekdays: dict[str, int] = PrivateAttr(default_factory=dict)
    _named: dict[str, NamedDay] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _vague_numbers_are_numbers(self) -> Calendar:
        for word, (least, most) in self.vague_numbers.items():
            if word not in self.numbers or not least <= self.numbers[word] <= most:
                raise ValueError(
                    f"vague_numbers: {word!r} must be one of numbers, which lies between its bounds"
                )
        return self

    def model_post_init(self, context: object, /) -> None:
        """Index the words."""
        for names in self.foreign_months.values():
            self._months |= {name.lower(): i for i, name in enumerate(names, 1)}
        self._months |= {name.lower(): i for i, names in enumerate(self.months, 1) for name in names}
        self._weekdays |= {name.lower(): i for i, names in enumerate(self.weekdays) for name in names}
        self._named |= {name.lower(): day for day in self.named_days for name in day.names}

    def month_number(self, word: str) -> int:
        """1 to 12 for a name or abbreviation, in English or a language of `foreign_months`."""
        return self._months[word.rstrip(".").lower()]

    def weekday_number(self, word: str) -> int:
        """0 (Monday) to 6 for a name or abbreviation."""
        return self._weekdays[word.rstrip(".").lower()]

    def named_day(self, name: str) -> NamedDay:
        """The entry that lists ``name``."""
        return self._named[_plain(name)]

    @cached_property
    def weekday_names(self) -> frozenset[str]:
        """The weekdays in full, in lower case."""
        return frozenset(names[0].lower() for names in self.weekdays)

    @cached_property
    def day_words(self) -> frozenset[str]:
        """Names and abbreviations of weekdays and months, in lower case."""
        return frozenset(name.lower() for names in (*self.weekdays, *self.months) for name in names)

    def count(self, word: str) -> int:
        """The number that digits or a number word stand for."""
        lowered = _plain(word)
        return int(lowered) if lowered.isdecimal() else self.numbers[lowered]

    def counts(self, word: str) -> tuple[int, int]:
        """The least and the most that it may stand for: another number only of "a few" and its like."""
        count = self.count(word)
        return self.vague_numbers.get(_plain(word), (count, count))


def _plain(words: str) -> str:
    """In lower case, with single spaces."""
    return " ".join(words.lower().split())


@lru_cache(maxsize=4)
def load_calendar(reference: Path | None = None) -> Calendar:
    """Read the calendar from the folder ``reference`` (default: the one of the settings), once."""
    folder = settings_from_env().reference if reference is None else reference
    return load_reference(folder / "calendar.yaml", Calendar)


def is_weekday(word: str) -> bool:
    """Whether a word in lower case is a weekday in full: "wed" and "sat" are verbs as well."""
    return word in load_calendar().weekday_names


@lru_cache(maxsize=512)
def _easter(year: int, rule: EasterRule) -> dt.date:
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    sunday = easter(year, EASTER_WESTERN) if rule.church == "western" else easter(year, EASTER_ORTHODOX)
    return sunday + dt.timedelta(days=rule.offset)


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> tuple[tuple[dt.date, str], ...]:
    import holidays

    found = holidays.country_holidays(country, years=[year], observed=False, language="en_US")
    return tuple(sorted((day, part) for day, names in found.items() for part in names.split("; ")))


def day(year: int, month: int, number: int) -> DateRange | None:
    """One day as a range, or None if there is no such day."""
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    one = dt.date(year, month, number)
    return DateRange(one, one)


def month(year: int, number: int) -> DateRange:
    """All days of a month; ``number`` may lie outside 1 to 12 and carries into the year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return DateRange(dt.date(year, number, 1), dt.date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> DateRange:
    """All days of ``count`` months from month ``first`` of ``year``."""
    return DateRange(month(year, first).first, month(year, first + count - 1).last)


def year_range(number: int) -> DateRange:
    """All days of a year."""
    return DateRange(dt.date(number, 1, 1), dt.date(number, 12, 31))


def week_of(one: dt.date) -> DateRange:
    """Monday to Sunday around a day."""
    monday = one - dt.timedelta(days=one.weekday())
    return DateRange(monday, monday + dt.timedelta(days=6))


def shift(days: DateRange, by: int, until: int | None = None) -> DateRange:
    """Move both ends by ``by`` days, or the end by ``until``."""
    return DateRange(
        days.first + dt.timedelta(days=by), days.last + dt.timedelta(days=by if until is None else until)
    )


def hull(one: DateRange, other: DateRange) -> DateRange:
    """The smallest range that holds both."""
    return DateRange(min(one.first, other.first), max(one.last, other.last))


def width(days: DateRange) -> int:
    """Number of days after the first."""
    return (days.last - days.first).days


def distance(one: DateRange, other: DateRange) -> int:
    """Days between two ranges: 0 if they touch, negative if ``one`` lies before ``other``."""
    if one.last < other.first:
        return (one.last - other.first).days
    if one.first > other.last:
        return (one.first - other.last).days
    return 0
