"""Dates and times as page furniture writes them: stamps, day headings, datelines. Not dates in prose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.clean.counted import CountBack
from pipeline.clean.reference import Knowledge
from pipeline.text import any_of

Order = Literal["dmy", "mdy"]
"""Which of day and month comes first in a slashed date."""

_TIME = re.compile(
    r"(?<![\d.:])(?:at\s+|um\s+)?(\d{1,2})(?:[:.h](\d{2}))(?::\d{2}(?:\.\d+)?)?\s?([ap]\.?m\.?)?(?![\d:])(?!\.\d)|"
    r"(?<![\d.:])(\d{1,2})\s?([ap]\.?m\.?)(?!\w)|"
    r"(?<![\d.:])([01]\d|2[0-3])([0-5]\d)(?=\s?(?:GMT|UTC|hrs|hours|h|CET|BST|EET|IST)\b)",
    re.I,
)
_OPENING_TIME = re.compile(
    r"[\W_]{0,6}(?:(?=\w)[^:.!?\n]{1,24}?[\s,|•·–—-]+)??"
    r"(?P<time>\d{1,2}[:.h]\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|"
    r"[0-2]\d[0-5]\d(?=\s?(?:GMT|UTC|hrs|hours|CET|BST|EET|IST)\b))"
    r"(?:\s*\(?(?:[A-Z]{2,4}T|GMT|UTC|hrs|hours|Uhr|ET|CT|PT)\b\)?)?[\])]?",
)
"""A time of day that opens a line, perhaps behind its day; its zone belongs to it."""
_OPENING_HOURS = re.compile(r"(?!19|20)([01]\d|2[0-3])([0-5]\d)(?::|\s?[-–—]|(?=\s))\s?(?=[A-Z“\"‘'])")
"""A time of four digits without its zone; one that may be a year is not read."""
_BEHIND = " \t:;,|•·–—-+*[]()"
_AMOUNT = re.compile(
    r"\s?(?:%|per ?cent|percent|million|billion|trillion|m\b|bn\b|points?\b|km\b|metres|meters)", re.I
)
"""What follows a number with a fraction, which is no time."""
_ISO = re.compile(r"(?<!\d)(\d{4})(?P<mark>[-/]|\. ?)(\d{1,2})(?P=mark)(\d{1,2})(?:T(?=\d)|(?!\d))")
_HAN = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
"""A day as Chinese, Japanese and Korean pages write it."""
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_READ = 2000
"""Characters of a line that are searched for the order of slashed dates."""
_LONG_NUMBER = re.compile(r"\d{4,}")
"""Numbers by which a site files a page: no words of the line."""
_WORDS = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?|[|•·,–—-]")
_MAX_STAMP = 120


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and time of day read from a line of furniture.

    `year` is None where the page leaves it out; `time` is the local time as written, None if not given;
    `rest` are the words of the line that belong to neither.
    """

    year: int | None
    month: int | None
    day: int | None
    time: dt.time | None
    rest: tuple[str, ...]
    updated: bool = False
    weekday: int | None = None
    """Monday is 0."""
    relative: bool = False
    """Whether it only counts back from when the page was read ("3 hours ago")."""
    before: int = 0
    """How many of the words in `rest` stand before the date or time."""
    ago: int | None = None
    """Minutes that the line counts back from when the page was read ("1 hr 12 min ago")."""
    near: int | None = None
    """Days from the page's own to the one that the line names by its place ("yesterday": -1)."""

    @property
    def has_day(self) -> bool:
        return self.month is not None and self.day is not None

    def date(self, year: int | None = None) -> dt.date | None:
        """The day, with `year` where the page gives none; None if it is no day of the calendar."""
        chosen = self.year if self.year is not None else year
        if chosen is None or self.month is None or self.day is None:
            return None
        try:
            return dt.date(chosen, self.month, self.day)
        except ValueError:
            return None


class StampReader:
    """Reads stamps with the month names and stamp words of the reference data.

    `slashed` is the order of the page's slashed dates; None if unknown: those that can be read in two ways
    are then not read.
    """

    def __init__(self, knowledge: Knowledge, slashed: Order | None = None) -> None:
        self._slashed = slashed
        self._months = knowledge.months
        self._weekdays = knowledge.weekdays
        days = any_of(knowledge.weekdays)
        self._weekday = re.compile(rf"\b({days})\b", re.I)
        names = any_of(knowledge.months)
        # The time may run on from the year ("3 October 201819:12").
        year = r"(?:(?:,?\s+(?:of\s+|de\s+)?|-)((?:19|20)\d{2})(?:(?!\d)|(?=\d{1,2}:\d{2}(?!\d))))?"
        self._day_month = re.compile(
            rf"(?<![\d:.])(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+|de\s+)?({names})\b\.?{year}", re.I
        )
        self._month_day = re.compile(
            rf"(?<![^\W\d_])({names})\b[.,]?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){year}", re.I
        )
        self._ignorable = frozenset(
            [
                *knowledge.weekdays,
                *knowledge.stamps.time_zones,
                *knowledge.stamps.stamp_words,
                *knowledge.stamps.near_days,
            ]
        )
        solar = any_of(knowledge.solar_months)
        self._solar_months = knowledge.solar_months
        self._solar = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({solar}),?\s+(1[34]\d{{2}})(?!\d)", re.I)
        self._solar_month_first = re.compile(rf"\b({solar})\s+(\d{{1,2}}),?\s+(1[34]\d{{2}})(?!\d)", re.I)
        self._back = CountBack(knowledge.stamps)
        self._near = knowledge.stamps.near_days
        self._opens = frozenset([*knowledge.months, *knowledge.weekdays, *knowledge.stamps.post_openers])
        self._named_times = knowledge.stamps.named_times

    def read(self, text: str) -> Stamp | None:
        """The first date (and time) in a line; None if it has neither or is too long for a stamp."""
        if len(text) > _MAX_STAMP:
            return None
        if not any(c.isdigit() for c in text):
            return self._named(text.strip(" .,:-–—").casefold())
        updated = bool(re.search(r"\b(?:updated?|modified)\b", text, re.I))
        rest, found = self._cut_dates(text)
        year, month, day = found if found is not None else (None, None, None)
        time = None
        for clock in _TIME.finditer(rest):
            if time is None:
                time = _time_of(clock)
        rest, ago = self._back.cut(_TIME.sub(" ", rest))
        words = tuple(w for w in _WORDS.findall(rest) if w.casefold().rstrip(".") not in self._ignorable)
        words = tuple(w for w in words if any(c.isalnum() for c in w) and not _LONG_NUMBER.fullmatch(w))
        if found is None and time is None and (words or not (updated or ago is not None)):
            return None
        named = self._weekday.search(text)
        number = None if named is None else self._weekdays[named.group(1).casefold()]
        digit = next((i for i, c in enumerate(text) if c.isdigit()), 0)
        before = sum(text.find(w) < digit for w in dict.fromkeys(words))
        relative = ago is not None and found is None and time is None
        near = None if found is not None else self._near_day(text)
        return Stamp(year, month, day, time, words, updated, number, relative, before, ago, near)

    def _named(self, word: str) -> Stamp | None:
        """What a line without a number names: a weekday, a day by its place, a time of day."""
        weekday, near = self._weekdays.get(word), self._near.get(word)
        if word in self._named_times:
            return Stamp(None, None, None, dt.time(self._named_times[word]), ())
        if weekday is None and near is None:
            return None
        return Stamp(None, None, None, None, (), False, weekday, near=near)

    def _near_day(self, text: str) -> int | None:
        """The day from the page's own that a word of the line names."""
        return next(
            (self._near[w] for w in text.casefold().replace(",", " ").split() if w in self._near), None
        )

    def opening(self, text: str) -> Stamp | None:
        """The time of day that a line opens with, perhaps beside its day, if the line goes on behind it.

        "21:38 - Envoys stay", "2138 GMT: ...", "24 Nov, 23:38 | ...", "UPDATE 9:38 p.m.: ...", "[21:38] ...".
        """
        bare = _OPENING_HOURS.match(text)
        if bare is not None:
            return Stamp(None, None, None, clock(int(bare[1]), int(bare[2]), None), ())
        time = _OPENING_TIME.match(text)
        if time is None or not text[time.end() :].strip(_BEHIND) or _AMOUNT.match(text[time.end() :]):
            return None
        before = [w.casefold() for w in _WORDS.findall(text[: time.start("time")]) if w[0].isalnum()]
        if before and not (before[0][0].isdigit() or before[0].rstrip(".") in self._opens):
            return None
        stamp = self.read(text[: time.end()].strip(_BEHIND))
        return stamp if stamp is not None and stamp.time is not None and not stamp.rest else None

    def slashed_order(self, lines: Sequence[str]) -> Order | None:
        """The order of day and month in the slashed dates of a page, if all that it shows agrees.

        Told by a number above twelve, by the weekday beside a date, or by the same day in words elsewhere.
        """
        orders: set[Order] = set()
        doubtful: set[tuple[int, int]] = set()
        for text in lines:
            for match in _SLASHED.finditer(text[:_READ]):
                a, b, year = int(match[1]), int(match[3]), int(match[4])
                if a > 12 >= b:
                    orders.add("dmy")
                elif b > 12 >= a:
                    orders.add("mdy")
                elif a != b and 1 <= a <= 12 and 1 <= b <= 12:
                    doubtful.add((a, b))
                    named = self._weekday.search(text[:_MAX_STAMP]) if len(text) <= _MAX_STAMP else None
                    if named is not None:
                        orders |= _orders_on(self._weekdays[named.group(1).casefold()], a, b, year)
        if not orders and doubtful:
            days = {day for text in lines for day in self._named_days(text[:_READ])}
            for a, b in doubtful:
                if ((b, a) in days) != ((a, b) in days):
                    orders.add("dmy" if (b, a) in days else "mdy")
        return orders.pop() if len(orders) == 1 else None

    def _named_days(self, text: str) -> Iterator[tuple[int, int]]:
        """Month and day of each date in words."""
        for match in self._day_month.finditer(text):
            yield self._months[match[2].casefold()], int(match[1])
        for match in self._month_day.finditer(text):
            yield self._months[match[1].casefold()], int(match[2])

    def _cut_dates(self, text: str) -> tuple[str, tuple[int | None, int, int] | None]:
        """`text` without its dates, and the first of them as year, month, day."""
        first: tuple[int, tuple[int | None, int, int]] | None = None
        for pattern, order in (
            (_ISO, "ymd"),
            (_HAN, "han"),
            (self._day_month, "dmy"),
            (self._month_day, "mdy"),
            (_NUMERIC, "numeric"),
            (self._solar, "solar"),
            (self._solar_month_first, "solar_month_first"),
        ):
            while (found := pattern.search(text)) is not None:
                value = self._value(found, order)
                solar = order.startswith("solar") or (order == "ymd" and int(found[1]) in _SOLAR_YEARS)
                text = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
                # A page that gives the day in both calendars is read in the common one.
                if value is not None and (first is None or (found.start() < first[0] and not solar)):
                    first = (found.start(), value)
        return text, None if first is None else first[1]

    def _value(self, match: re.Match[str], order: str) -> tuple[int | None, int, int] | None:
        groups = match.groups()
        year: int | None
        match order:
            case "ymd":
                year, month, day = int(groups[0]), int(groups[2]), int(groups[3])
                if year in _SOLAR_YEARS:
                    return _of_solar(year, month, day)
            case "solar":
                return _of_solar(int(groups[2]), self._solar_months[groups[1].casefold()], int(groups[0]))
            case "solar_month_first":
                return _of_solar(int(groups[2]), self._solar_months[groups[0].casefold()], int(groups[1]))
            case "han":
                year, month, day = int(groups[0]), int(groups[1]), int(groups[2])
            case "dmy":
                year, month, day = _int(groups[2]), self._months[groups[1].casefold()], int(groups[0])
            case "mdy":
                year, month, day = _int(groups[2]), self._months[groups[0].casefold()], int(groups[1])
            case _:
                a, b, year = int(groups[0]), int(groups[2]), int(groups[3])
                # Dotted dates are day first; slashed ones as their page shows, else only if not ambiguous.
                if groups[1] == "." or a > 12 or a == b or (b <= 12 and self._slashed == "dmy"):
                    day, month = a, b
                elif b > 12 or self._slashed == "mdy":
                    month, day = a, b
                else:
                    return None
        try:
            dt.date(2024 if year is None else year, month, day)
        except ValueError:
            return None
        return year, month, day


def _orders_on(weekday: int, a: int, b: int, year: int) -> set[Order]:
    """The order in which a slashed date of two small numbers falls on `weekday`, if only one does."""
    fitting: set[Order] = set()
    if dt.date(year, b, a).weekday() == weekday:
        fitting.add("dmy")
    if dt.date(year, a, b).weekday() == weekday:
        fitting.add("mdy")
    return fitting if len(fitting) == 1 else set()


_SOLAR_YEARS = range(1370, 1480)
_SOLAR_FIRST = dt.date(1991, 3, 21)
"""The first day of the solar Hijri year 1370, as Iran and Afghanistan count."""
_SOLAR_CYCLE_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def _of_solar(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """The Gregorian day of a solar Hijri one (years 1370 to 1479); None if it is no day of that calendar."""
    if year not in _SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return None
    leaps = sum(y % 33 in _SOLAR_CYCLE_LEAPS for y in range(_SOLAR_YEARS.start, year))
    before = 31 * (month - 1) - max(0, month - 7)
    found = _SOLAR_FIRST + dt.timedelta(days=365 * (year - _SOLAR_YEARS.start) + leaps + before + day - 1)
    return found.year, found.month, found.day


def _int(text: str | None) -> int | None:
    return None if text is None else int(text)


def _time_of(match: re.Match[str]) -> dt.time | None:
    hour = int(match.group(1) or match.group(4) or match.group(6))
    minute = int(match.group(2) or match.group(7) or 0)
    return clock(hour, minute, match.group(3) or match.group(5))


def clock(hour: int, minute: int, half: str | None) -> dt.time | None:
    """The time of day, `half` being "a.m." or "p.m." however spelled; None if the clock has no such time."""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
