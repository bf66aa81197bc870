"""Readers of expressions that hold a weekday: which Tuesday is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pipeline.dates import calendar as cal
from pipeline.dates.calendar import Calendar, shift, week_of
from pipeline.dates.reading import Context, Reading, relative, yearly
from pipeline.model import DateRange

_MOST_AWAY = 62  # days from the anchor within which a weekday of a given number is looked for


def weekday_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Tuesday, late Friday, last Monday, next Wednesday, Thursday of next week."""
    number = words.weekday_number(g["wd"])
    anchor = c.anchor
    if anchor is None:
        return Reading(None, "relative", "day", (), True)

    def in_week(of: dt.date) -> DateRange:
        one = week_of(of).first + dt.timedelta(days=number)
        return DateRange(one, one)

    def one(days_on: dt.date) -> DateRange:
        return DateRange(days_on, days_on)

    past = one(anchor.last - dt.timedelta(days=(anchor.last.weekday() - number) % 7))
    coming = one(anchor.first + dt.timedelta(days=(number - anchor.first.weekday()) % 7))
    which = g.get("w", "").lower()
    if "w2" in g:
        offset = {"last": -7, "this": 0, "next": 7}[g["w2"].lower()]
        return relative(in_week(anchor.last + dt.timedelta(days=offset)), "day")
    if which in {"last", "past", "previous"}:
        before = past if past.first < anchor.first else shift(past, -7)
        same_week = week_of(before.first) == week_of(anchor.last)
        return relative(before, "day", [shift(before, -7)] if same_week and which == "last" else [])
    if which == "next":
        days = in_week(anchor.last + dt.timedelta(days=7))
        after = coming if coming.first > anchor.last else shift(coming, 7)
        return relative(days, "day", [after] if after != days else [])
    if which in {"coming", "following"}:
        return relative(coming if coming.first > anchor.last else shift(coming, 7), "day")
    if which == "this" and c.tense is None:
        return relative(in_week(anchor.last), "day")
    if past == coming:
        return Reading(past, "relative", "day", (), True)
    if c.tense == "future":
        return Reading(coming, "relative", "day", (), True)
    return Reading(past, "relative", "day", () if c.tense == "past" else (coming,), True)


def _on_weekday(base: dt.date, number: int) -> DateRange:
    """The weekday within three days of `base`."""
    one = base + dt.timedelta(days=(number - base.weekday() + 3) % 7 - 3)
    return DateRange(one, one)


def _known_day(anchor: DateRange | None) -> bool:
    return anchor is not None and cal.width(anchor) <= 1


def weekday_hence(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Tuesday week, a week on Friday, two weeks from Monday, a week from today."""
    if c.anchor is None or not _known_day(c.anchor):
        return relative(None, "day")
    count = (words.count(g["n"]) if "n" in g else 1) * (2 if g.get("u", "").lower() == "fortnight" else 1)
    word = g["wd"].lower()
    if word == "today":
        return relative(shift(c.anchor, 7 * count), "day")
    if word == "tomorrow":
        return relative(shift(c.anchor, 7 * count + 1), "day")
    step = (words.weekday_number(word) - c.anchor.last.weekday()) % 7 or 7
    return relative(shift(DateRange(c.anchor.last, c.anchor.last), step + 7 * count), "day")


def weekday_ago(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """A week ago on Friday, two weeks ago Monday."""
    if c.anchor is None or not _known_day(c.anchor):
        return relative(None, "day")
    base = c.anchor.last - dt.timedelta(days=7 * words.count(g["n"]))
    return relative(_on_weekday(base, words.weekday_number(g["wd"])), "day")


def weekday_beyond(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The Friday before last, the Monday after next, last Friday but one."""
    if c.anchor is None or not _known_day(c.anchor):
        return relative(None, "day")
    number, last = words.weekday_number(g["wd"]), c.anchor.last
    if g["w"].lower().startswith(("before", "last")):
        back = ((last.weekday() - number) % 7 or 7) + 7
        return relative(DateRange(last - dt.timedelta(days=back), last - dt.timedelta(days=back)), "day")
    on = ((number - last.weekday()) % 7 or 7) + 7
    return relative(DateRange(last + dt.timedelta(days=on), last + dt.timedelta(days=on)), "day")


def weekday_night(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In the night to Tuesday, overnight into Tuesday, Monday night into Tuesday: both days."""
    morning = weekday_of({"wd": g["wd"]}, c, words)
    if morning.days is None:
        return morning
    return relative(shift(morning.days, -1, 0), "day", [shift(o, -1, 0) for o in morning.others])


def nth_weekday(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Second Tuesday of April, last Friday in May."""
    month, number = words.month_number(g["mo"]), words.weekday_number(g["wd"])
    index = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}.get(
        g["n"].lower()
    )

    def make(year: int) -> DateRange:
        days = cal.month(year, month)
        if index is None:
            one = days.last - dt.timedelta(days=(days.last.weekday() - number) % 7)
        else:
            one = days.first + dt.timedelta(days=(number - days.first.weekday()) % 7 + 7 * index)
        return DateRange(one, one)

    return yearly(g, c, "day", make)


def midweek(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Midweek: Tuesday to Thursday of the report's week."""
    if c.anchor is None:
        return relative(None, "week")
    monday = week_of(c.anchor.last).first
    return relative(DateRange(monday + dt.timedelta(days=1), monday + dt.timedelta(days=3)), "week")


def weekday_dated(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Friday the 24th; "Friday 24:" of an agenda: the day nearest to the anchor that is both."""
    number, day, anchor = words.weekday_number(g["wd"]), int(g["d"]), c.anchor
    if anchor is None:
        return Reading(None, "relative", "day", (), False)
    for away in range(_MOST_AWAY):
        for one in (anchor.last + dt.timedelta(days=away), anchor.first - dt.timedelta(days=away)):
            if one.weekday() == number and one.day == day:
                return relative(DateRange(one, one), "day")
    return Reading(None, "relative", "day", (), False)
