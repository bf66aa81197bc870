"""Readings: placing the words that `grammar` found in time, against an anchor, as ranges of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.dates import calendar as cal
from pipeline.dates.calendar import Calendar, distance, hull, load_calendar, shift, week_of
from pipeline.model import DateRange

Tense = Literal["past", "future"]
Granularity = Literal["day", "week", "month", "season", "quarter", "year", "window"]

# A weekday says nothing against an anchor wider than this (days after the first).
_WEEKDAY_ANCHOR = 7
# A date without year lies within this many days of its report, whatever the tense.
_NEAR = 95
_WINDOW = {"hour": 1, "day": 7, "week": 28, "month": 183, "year": 1096}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
# Half the width of "two weeks ago": nobody counts weeks to the day.
_SLACK = {"day": 0, "week": 3, "month": 15, "year": 183}


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against: the report's days, tense, and the date named before it."""

    anchor: DateRange | None
    tense: Tense | None
    antecedent: DateRange | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Days of one expression, the preferred reading first; None where they are unknown."""

    days: DateRange | None
    basis: Literal["explicit", "relative"]
    granularity: Granularity
    others: tuple[DateRange, ...] = ()
    weekday_only: bool = False


def _explicit(days: DateRange | None, granularity: Granularity, others: Iterable[DateRange] = ()) -> Reading:
    return Reading(days, "explicit", granularity, tuple(others))


def _relative(days: DateRange | None, granularity: Granularity, others: Iterable[DateRange] = ()) -> Reading:
    return Reading(days, "relative", granularity, tuple(others))


def nearest(options: Iterable[DateRange], context: Context) -> tuple[DateRange | None, tuple[DateRange, ...]]:
    """The option meant by a phrase that recurs every year, and the other options that may be meant.

    The nearest is meant if it is near; a far one must agree with the tense.
    """
    if context.anchor is None:
        return None, ()
    anchor = context.anchor
    ordered = sorted(options, key=lambda o: (abs(distance(o, anchor)), o.first))
    if not ordered:
        return None, ()
    best = ordered[0]
    if abs(distance(best, anchor)) <= _NEAR:
        return best, ()
    before = [o for o in ordered if o.first <= anchor.last]
    after = [o for o in ordered if o.last >= anchor.first]
    if context.tense == "past" and before:
        return before[0], ()
    if context.tense == "future" and after:
        return after[0], ()
    return best, tuple(o for o in (before[:1] + after[:1]) if o != best)


def _years(context: Context, make: Callable[[int], DateRange | None]) -> list[DateRange]:
    if context.anchor is None:
        return []
    years = range(context.anchor.first.year - 1, context.anchor.last.year + 2)
    return [days for days in (make(y) for y in years) if days is not None]


def _yearly(
    g: Mapping[str, str], context: Context, granularity: Granularity, make: Callable[[int], DateRange | None]
) -> Reading:
    """A phrase that is complete with its year, written or understood."""
    if "y" in g:
        return _explicit(make(int(g["y"])), granularity)
    days, others = nearest(_years(context, make), context)
    return _explicit(days, granularity, others)


def part_of(days: DateRange, part: str | None) -> DateRange:
    """The early, middle or late third of a range; all of it where ``part`` is None."""
    if part is None:
        return days
    words = part.lower()
    length = cal.width(days) + 1
    third = length // 3
    if "early" in words or "beginning" in words or "start" in words:
        return DateRange(days.first, days.first + dt.timedelta(days=max(third, 1) - 1))
    if "mid" in words:
        return DateRange(days.first + dt.timedelta(days=third), days.last - dt.timedelta(days=third))
    return DateRange(days.last - dt.timedelta(days=max(third, 1) - 1), days.last)


def _number(text: str) -> int:
    return int("".join(c for c in text if c.isdecimal()))


def _ordered(first: DateRange | None, last: DateRange | None) -> DateRange | None:
    """From the first day to the last, or None if either is unknown or they run backwards."""
    if first is None or last is None or first.first > last.last:
        return None
    return DateRange(first.first, last.last)


def iso(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """2026-05-05."""
    return _explicit(cal.day(int(g["y"]), int(g["mo"]), int(g["d"])), "day")


def numeric(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """27.06.2026 (day first), 27/06/2026 or 06/27/2026; a slash is read only if one order is possible."""
    a, b, year = int(g["a"]), int(g["b"]), int(g["y"])
    day_first, month_first = cal.day(year, b, a), cal.day(year, a, b)
    if g["sep"] == ".":
        return _explicit(day_first, "day")
    options = [o for o in (day_first, month_first) if o is not None]
    if len(options) == 2 and options[0] != options[1]:
        return _explicit(None, "day", options)
    return _explicit(options[0] if options else None, "day")


def day_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """20 April, April 20-21, 29 January to 2 February, each with or without year."""
    month = words.month_number(g["mo"])
    first_month = words.month_number(g["mo0"]) if "mo0" in g else month
    numbers = [_number(g[key]) for key in ("d0", "d") if key in g]

    def make(year: int) -> DateRange | None:
        start_year = year - 1 if first_month > month else year
        return _ordered(cal.day(start_year, first_month, numbers[0]), cal.day(year, month, numbers[-1]))

    return _yearly(g, c, "day", make)


def week_of_month(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """First week of June, second half of May, last days of August."""
    month, which, unit = words.month_number(g["mo"]), g["n"], g["u"]

    def make(year: int) -> DateRange:
        days = cal.month(year, month)
        if unit == "half":
            if which in {"first", "1st"}:
                return DateRange(days.first, days.first.replace(day=15))
            return DateRange(days.first.replace(day=16), days.last)
        if which in {"last", "final"}:
            return DateRange(days.last - dt.timedelta(days=6), days.last)
        index = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}[
            which
        ]
        if unit == "weekend":
            saturday = days.first + dt.timedelta(days=(5 - days.first.weekday()) % 7 + 7 * index)
            return DateRange(saturday, saturday + dt.timedelta(days=1))
        return DateRange(
            days.first + dt.timedelta(days=7 * index), days.first + dt.timedelta(days=7 * index + 6)
        )

    return _yearly(g, c, "week", make)


def week_from(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Week beginning 16 February, week of June 8, week ending 22 February."""
    month = words.month_number(g["mo"] if "mo" in g else g["mo2"])
    number = _number(g["d"] if "d" in g else g["d2"])

    def make(year: int) -> DateRange | None:
        one = cal.day(year, month, number)
        if one is None:
            return None
        if g["w"] == "ending":
            return shift(one, -6, until=0)
        return week_of(one.first) if g["w"] == "of" else shift(one, 0, until=6)

    return _yearly(g, c, "week", make)


def month_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In August, early March 2026, mid-April, last June."""
    month = words.month_number(g["mo"])
    reading = _yearly(g, c, "month", lambda year: part_of(cal.month(year, month), g.get("part")))
    which = g.get("w", "").lower()
    if which and c.anchor is not None:
        return _explicit(
            _which_year(c.anchor, which, [cal.month(y, month) for y in _around(c.anchor)]), "month"
        )
    return reading


def _around(anchor: DateRange) -> range:
    return range(anchor.first.year - 2, anchor.last.year + 3)


def _which_year(anchor: DateRange, which: str, options: list[DateRange]) -> DateRange | None:
    """Last, this or next of something that comes once a year."""
    if which in {"last", "past", "previous"}:
        return next((o for o in reversed(options) if o.last < anchor.first), None)
    if which in {"next", "coming", "following"}:
        return next((o for o in options if o.first > anchor.last), None)
    return next((o for o in options if o.first.year == anchor.last.year), None)


def month_span(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """March to June 2026."""
    first, last = words.month_number(g["mo0"]), words.month_number(g["mo"])

    def make(year: int) -> DateRange:
        return DateRange(
            cal.month(year - 1 if first > last else year, first).first, cal.month(year, last).last
        )

    return _yearly(g, c, "month", make)


def year_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In 2014, late 2025, 2022-2023."""
    last = cal.year_range(int(g["y"]))
    if "y0" in g:
        return _explicit(_ordered(cal.year_range(int(g["y0"])), last), "year")
    return _explicit(part_of(last, g.get("part")), "year")


def season_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In the spring, last summer, winter 2026 (December 2026 to February 2027)."""
    first = words.seasons[g["se"].lower()]
    which = g.get("w", "").lower()
    if which and "y" not in g and c.anchor is not None:
        options = [cal.months(y, first, 3) for y in _around(c.anchor)]
        if which == "this":
            inside = [o for o in options if distance(o, c.anchor) == 0]
            return _explicit(inside[0] if inside else nearest(options, c)[0], "season")
        return _explicit(_which_year(c.anchor, which, options), "season")
    return _yearly(g, c, "season", lambda year: part_of(cal.months(year, first, 3), g.get("part")))


def quarter_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Third quarter of 2026, Q1, second half of next year."""
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
    number = int(g["q"]) if "q" in g else names[g["n"].lower()]
    return _yearly(g, c, "quarter", lambda year: cal.months(year, 3 * number - 2, 3))


def half_year(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """First half of 2026, second half of the year."""
    first = 1 if g["n"].lower() == "first" else 7
    if "y" in g:
        return _explicit(cal.months(int(g["y"]), first, 6), "quarter")
    if c.anchor is None:
        return _relative(None, "quarter")
    year = c.anchor.last.year + {"last": -1, "next": 1}.get(g.get("w", ""), 0)
    return _relative(cal.months(year, first, 6), "quarter")


def named_day(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Thanksgiving, Easter 2025, last Christmas; where churches differ both readings are kept."""
    named = words.named_day(g["name"])
    granularity: Granularity = "day" if named.days == 1 else "window"
    if "y" in g:
        both = named.occurrences(int(g["y"]))
        return _explicit(both[0] if both else None, granularity, both[1:])
    if c.anchor is None:
        return _explicit(None, granularity)
    options = [o[0] for o in (named.occurrences(y) for y in _around(c.anchor)) if o]
    which = g.get("w", "").lower()
    days, others = nearest(options, c)
    if which in {"last", "next", "past", "previous", "coming", "following"}:
        days, others = _which_year(c.anchor, which, options), ()
    if days is not None and named.or_else is not None:
        others += tuple(o for o in named.occurrences(days.first.year) if o != days)
    return _explicit(days, granularity, others)


def weekday_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Tuesday, late Friday, last Monday, next Wednesday, Thursday of next week."""
    number = words.weekday_number(g["wd"])
    anchor = c.anchor
    if anchor is None or cal.width(anchor) > _WEEKDAY_ANCHOR:
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
        return _relative(in_week(anchor.last + dt.timedelta(days=offset)), "day")
    if which in {"last", "past", "previous"}:
        before = past if past.first < anchor.first else shift(past, -7)
        same_week = week_of(before.first) == week_of(anchor.last)
        return _relative(before, "day", [shift(before, -7)] if same_week and which == "last" else [])
    if which == "next":
        days = in_week(anchor.last + dt.timedelta(days=7))
        after = coming if coming.first > anchor.last else shift(coming, 7)
        return _relative(days, "day", [after] if after != days else [])
    if which in {"coming", "following"}:
        return _relative(coming if coming.first > anchor.last else shift(coming, 7), "day")
    if which == "this" and c.tense is None:
        return _relative(in_week(anchor.last), "day")
    if past == coming:
        return Reading(past, "relative", "day", (), True)
    if c.tense == "future":
        return Reading(coming, "relative", "day", (), True)
    return Reading(past, "relative", "day", () if c.tense == "past" else (coming,), True)


def day_of_month(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """On the 8th: of the nearest month in the direction of the tense."""
    if c.anchor is None:
        return _relative(None, "day")
    number = _number(g["d"])
    last = c.anchor.last
    around = [cal.month(last.year, last.month + k) for k in (-1, 0, 1)]
    options = [o for o in (cal.day(m.first.year, m.first.month, number) for m in around) if o is not None]
    if c.tense == "past":
        options = [o for o in options if o.first <= c.anchor.last]
    if c.tense == "future":
        options = [o for o in options if o.last >= c.anchor.first]
    days = min(options, key=lambda o: abs(distance(o, c.anchor)), default=None)  # type: ignore[arg-type]
    return _relative(days, "day")


def deictic(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Yesterday, tonight, overnight, earlier in the day, the day after tomorrow."""
    if c.anchor is None:
        return _relative(None, "day")
    phrase = " ".join(g["phrase"].lower().split())
    if "before yesterday" in phrase:
        return _relative(shift(c.anchor, -2), "day")
    if "after tomorrow" in phrase:
        return _relative(shift(c.anchor, 2), "day")
    if phrase.startswith("yesterday") or phrase == "last evening" or phrase == "last afternoon":
        return _relative(shift(c.anchor, -1), "day")
    if phrase.startswith("tomorrow"):
        return _relative(shift(c.anchor, 1), "day")
    if phrase in {"overnight", "last night"}:
        # The night before the report, unless something is still to come.
        return _relative(shift(c.anchor, 0, 1) if c.tense == "future" else shift(c.anchor, -1, 0), "day")
    return _relative(c.anchor, "day")


def anaphoric(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The same day, the previous evening, the following week: against the date named before, if any."""
    unit = (g["u"] if "u" in g else g["u2"]).lower()
    which = g.get("w", "same").lower()
    base = c.antecedent
    if base is None and which in {"previous", "preceding", "earlier", "same"}:
        base = c.anchor
    if base is None:
        return _relative(None, "day")
    sign = {"previous": -1, "preceding": -1, "following": 1, "next": 1}.get(which, 0)
    if unit == "week":
        week = hull(week_of(base.first), week_of(base.last))
        return _relative(shift(week, 7 * sign), "week")
    if unit == "month":
        return _relative(cal.month(base.first.year, base.first.month + sign), "month")
    if unit == "year":
        return _relative(cal.year_range(base.first.year + sign), "year")
    if unit in {"day", "morning", "afternoon", "evening", "night", "same day"}:
        return _relative(shift(base, sign), "day")
    number = words.weekday_number(unit)
    if sign >= 0:
        step = (number - base.last.weekday()) % 7
        return _relative(shift(DateRange(base.last, base.last), step or 7 * sign), "day")
    step = (base.first.weekday() - number) % 7 or 7
    return _relative(shift(DateRange(base.first, base.first), -step), "day")


def _moved(base: DateRange, count: int, unit: str, sign: int) -> DateRange:
    slack = _SLACK[unit] if count else 0
    step = sign * count * _UNIT_DAYS[unit]
    return shift(base, step - slack, step + slack)


def offset(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Two days ago, a day earlier, three weeks later; "two days after X" is the day of X."""
    count, unit, which = words.count(g["n"]), g["u"].lower(), g["w"].lower()
    unit = {"weekend": "week", "quarter": "month"}.get(unit, unit)
    base = c.anchor if which == "ago" else c.antecedent
    if base is None and which not in {"later", "afterwards", "on"}:
        base = c.anchor
    if base is None or count > 400:
        return _relative(None, "day")
    if unit == "hour":
        unit, count = "day", round(count / 24)
    # "two days after he arrived": the phrase stands at the report, and what follows it lies two days back.
    sign = {"ago": -1, "earlier": -1, "prior": -1, "beforehand": -1, "after": -1, "before": 1}.get(which, 1)
    granularity: Granularity = "day" if unit == "day" else "week" if unit == "week" else "month"
    if unit == "year":
        granularity = "year"
    return _relative(_moved(base, count, unit, sign), granularity)


def weeks_hence(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In two weeks, in three days' time: only of what is to come; of the past it is a duration."""
    count, unit = words.count(g["n"]), g["u"].lower()
    if c.anchor is None or c.tense != "future" or count > 400:
        return _relative(None, "day")
    return _relative(_moved(c.anchor, count, unit, 1), "day" if unit == "day" else "week")


def window(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In the coming days, over the past two weeks, within 30 days, in a matter of weeks."""
    if c.anchor is None:
        return _relative(None, "window")
    unit, which = g.get("u", g.get("us", "")).lower(), g.get("w", "within").lower()
    days = _WINDOW[unit]
    if "n" in g:
        count = words.count(g["n"])
        days = max(1, round(count / 24)) if unit == "hour" else count * _UNIT_DAYS[unit]
    elif "u" in g and which not in {"within", "coming"}:
        days = 1 if unit == "hour" else _UNIT_DAYS[unit]
    if days > 36_500:
        return _relative(None, "window")
    if which in {"past", "last", "recent", "previous"}:
        return _relative(DateRange(c.anchor.first - dt.timedelta(days=days), c.anchor.last), "window")
    return _relative(DateRange(c.anchor.first, c.anchor.last + dt.timedelta(days=days)), "window")


def _unit_around(anchor: DateRange, unit: str, by: int) -> DateRange:
    """The week, weekend, month, quarter or year of the anchor, moved by so many of them."""
    first, last = anchor.first, anchor.last
    if unit == "week":
        return shift(hull(week_of(first), week_of(last)), 7 * by)
    if unit == "weekend":
        return shift(DateRange(week_of(last).last - dt.timedelta(days=1), week_of(last).last), 7 * by)
    if unit == "month":
        return hull(cal.month(first.year, first.month + by), cal.month(last.year, last.month + by))
    if unit == "quarter":
        start = (last.month - 1) // 3 * 3 + 1 + 3 * by
        return cal.months(last.year, start, 3)
    return hull(cal.year_range(first.year + by), cal.year_range(last.year + by))


def period_part(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Early next week (Monday to Wednesday), late last week (Thursday to Sunday), later this month."""
    unit = g["u"].lower()
    granularity: Granularity = (
        "week" if unit in {"week", "weekend"} else "month" if unit == "month" else "year"
    )
    if c.anchor is None:
        return _relative(None, granularity)
    which = g.get("w", "this").lower()
    whole = _unit_around(c.anchor, unit, {"last": -1, "next": 1}.get(which, 0))
    side = g.get("e", "").lower()
    if which in {"next", "last"} and side:
        side, g = "", {**g, "p": {"earlier": "early", "later": "late"}[side]}
    if side == "earlier":
        return _relative(_ordered(whole, c.anchor), granularity)
    if side == "later" or "p" not in g:
        return _relative(_ordered(c.anchor, whole), granularity)
    part = g["p"].lower()
    if unit == "week":
        monday = whole.last - dt.timedelta(days=6)
        early = "early" in part or "beginning" in part or "start" in part
        lo, hi = (0, 2) if early else (1, 3) if "mid" in part else (3, 6)
        return _relative(DateRange(monday + dt.timedelta(days=lo), monday + dt.timedelta(days=hi)), "week")
    return _relative(part_of(whole, part), granularity)


def midweek(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Midweek: Tuesday to Thursday of the report's week."""
    if c.anchor is None:
        return _relative(None, "week")
    monday = week_of(c.anchor.last).first
    return _relative(DateRange(monday + dt.timedelta(days=1), monday + dt.timedelta(days=3)), "week")


def period(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """This week, last month, next year, the coming week, the weekend."""
    unit = g["u"].lower()
    granularity: Granularity = (
        "week" if unit in {"week", "weekend"} else "month" if unit == "month" else "year"
    )
    if c.anchor is None:
        return _relative(None, granularity)
    which = g.get("w", "the").lower().split()[-1]
    if which == "past":
        return _relative(
            DateRange(c.anchor.first - dt.timedelta(days=_UNIT_DAYS.get(unit, 7)), c.anchor.last), "window"
        )
    if unit == "weekend" and which in {"the", "this", "last"}:
        return _weekend(c, which)
    by = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    days = _unit_around(c.anchor, unit, by)
    if unit == "week" and which == "last" and c.anchor.last.weekday() >= 5:
        # On a Sunday the week that is ending is meant, on a Saturday perhaps.
        ending = DateRange(week_of(c.anchor.last).first, c.anchor.last)
        return (
            _relative(ending, "week", [days])
            if c.anchor.last.weekday() == 6
            else _relative(days, "week", [ending])
        )
    if unit == "week" and which == "this" and c.anchor.first.weekday() == 6 and c.tense != "past":
        # What is to come "this week" on a Sunday comes in the week that starts.
        return _relative(shift(days, 7), "week", [] if c.tense == "future" else [days])
    return _relative(days, granularity)


def _weekend(c: Context, which: str) -> Reading:
    """The weekend just past or under way, or the coming one; both readings where the tense is unknown."""
    assert c.anchor is not None
    own = _unit_around(c.anchor, "weekend", 0)
    if distance(own, c.anchor) == 0 and which != "last":
        return _relative(own, "week")
    before = shift(own, -7)
    if which == "last" or c.tense == "past":
        return _relative(before, "week")
    if c.tense == "future" or which == "this":
        return _relative(own, "week")
    return _relative(before, "week", [own])


Reader = Callable[[Mapping[str, str], Context, Calendar], Reading]
READERS: dict[str, Reader] = {
    "iso": iso,
    "numeric": numeric,
    "day_month": day_of,
    "day_month_span": day_of,
    "month_day": day_of,
    "month_day_span": day_of,
    "week_of_month": week_of_month,
    "week_from": week_from,
    "month_year": month_of,
    "month_which": month_of,
    "month_part": month_of,
    "month_bare": month_of,
    "month_span": month_span,
    "year_part": year_of,
    "years": year_of,
    "year": year_of,
    "season": season_of,
    "quarter": quarter_of,
    "half_year": half_year,
    "named_day": named_day,
    "weekday": weekday_of,
    "day_of_month": day_of_month,
    "deictic": deictic,
    "anaphoric": anaphoric,
    "offset": offset,
    "weeks_hence": weeks_hence,
    "window": window,
    "period_part": period_part,
    "midweek": midweek,
    "period": period,
}


def read(rule: str, phrase: str, groups: Mapping[str, str], context: Context) -> Reading:
    """Place a found expression in time; dates outside the calendar's years are unknown."""
    try:
        return READERS[rule]({**groups, "phrase": phrase}, context, load_calendar())
    except OverflowError:
        return Reading(None, "relative", "day")
