"""Readings: placing the words that `grammar` found in time, against an anchor, as ranges of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from pipeline.dates import calendar as cal
from pipeline.dates.calendar import Calendar, distance, hull, load_calendar, shift, week_of
from pipeline.dates.reading import (
    OPENINGS,
    Context,
    Granularity,
    Reading,
    digits,
    explicit,
    from_to,
    nearest,
    part_of,
    relative,
    yearly,
)
from pipeline.dates.weekdays import (
    midweek,
    nth_weekday,
    weekday_ago,
    weekday_beyond,
    weekday_dated,
    weekday_hence,
    weekday_night,
    weekday_of,
)
from pipeline.model import DateRange

_WINDOW = {"hour": 1, "day": 7, "week": 28, "month": 183, "year": 1096}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
# Half the width of "two weeks ago": nobody counts weeks to the day.
_SLACK = {"day": 0, "week": 3, "fortnight": 3, "month": 15, "year": 183, "decade": 730}
# How long ago "days ago" is, from and to.
_VAGUE = {"hour": (0, 0), "day": (7, 1), "week": (42, 7), "month": (365, 30)}
_HALF_DAY = 12
# A report known to so many days after the first is read as one; to so many, a weekday still tells something.
_SURE_ANCHOR = 7
_LOOSE_ANCHOR = 16


def iso(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """2026-05-05."""
    return explicit(cal.day(int(g["y"]), int(g["mo"]), int(g["d"])), "day")


def numeric(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """27.06.2026 (day first), 27/06/2026 or 06/27/2026; a slash is read only if one order is possible."""
    a, b, year = int(g["a"]), int(g["b"]), int(g["y"])
    day_first, month_first = cal.day(year, b, a), cal.day(year, a, b)
    if g["sep"] == ".":
        return explicit(day_first, "day")
    options = [o for o in (day_first, month_first) if o is not None]
    if len(options) == 2 and options[0] != options[1]:
        return explicit(None, "day", options)
    return explicit(options[0] if options else None, "day")


def day_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """20 April, April 20-21, 29 January to 2 February, each with or without year."""
    month = words.month_number(g["mo"])
    first_month = words.month_number(g["mo0"]) if "mo0" in g else month
    numbers = [digits(g[key]) for key in ("d0", "d") if key in g]

    def make(year: int) -> DateRange | None:
        start_year = year - 1 if first_month > month else year
        return from_to(cal.day(start_year, first_month, numbers[0]), cal.day(year, month, numbers[-1]))

    return yearly(g, c, "day", make)


def week_of_month(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """First week of June, second half of May, last days of August."""
    month, which, unit = words.month_number(g["mo"]), g["n"].lower(), g["u"].lower()

    def make(year: int) -> DateRange:
        days = cal.month(year, month)
        if unit == "half":
            if which in {"first", "1st"}:
                return DateRange(days.first, days.first.replace(day=15))
            return DateRange(days.first.replace(day=16), days.last)
        if which in {"early", "opening"}:
            return DateRange(days.first, days.first + dt.timedelta(days=6 if unit == "days" else 13))
        if which in {"last", "final", "closing", "dying"}:
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

    return yearly(g, c, "week", make)


def ordinal_day(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The first of April."""
    month, number = words.month_number(g["mo"]), words.ordinals[g["n"].lower()]
    return yearly(g, c, "day", lambda year: cal.day(year, month, number))


def weekend_from(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The weekend of March 28."""
    month = words.month_number(g["mo"] if "mo" in g else g["mo2"])
    number = digits(g["d"] if "d" in g else g["d2"])

    def make(year: int) -> DateRange | None:
        one = cal.day(year, month, number)
        if one is None:
            return None
        sunday = week_of(one.first).last
        return DateRange(sunday - dt.timedelta(days=1), sunday)

    return yearly(g, c, "week", make)


def decade(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The 1990s, the early 2000s."""
    first = int(g["y"])
    part = g.get("part", "").lower()
    lo, hi = (
        (0, 3)
        if any(w in part for w in OPENINGS)
        else (3, 6)
        if "mid" in part
        else (6, 9)
        if part
        else (0, 9)
    )
    return explicit(hull(cal.year_range(first + lo), cal.year_range(first + hi)), "year")


def week_from(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Week beginning 16 February, week of June 8, week ending 22 February."""
    month = words.month_number(g["mo"] if "mo" in g else g["mo2"])
    number = digits(g["d"] if "d" in g else g["d2"])

    def make(year: int) -> DateRange | None:
        one = cal.day(year, month, number)
        if one is None:
            return None
        if g["w"] == "ending":
            return shift(one, -6, until=0)
        return week_of(one.first) if g["w"] == "of" else shift(one, 0, until=6)

    return yearly(g, c, "week", make)


def month_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In August, early March 2026, mid-April, last June."""
    month = words.month_number(g["mo"])
    reading = yearly(g, c, "month", lambda year: part_of(cal.month(year, month), g.get("part")))
    which = g.get("w", "").lower()
    if which and c.anchor is not None:
        return explicit(
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

    return yearly(g, c, "month", make)


def year_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In 2014, late 2025, 2022-2023."""
    last = cal.year_range(int(g["y"]))
    if "y0" in g:
        return explicit(from_to(cal.year_range(int(g["y0"])), last), "year")
    return explicit(part_of(last, g.get("part")), "year")


def season_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In the spring, last summer, winter 2026 (December 2026 to February 2027)."""
    first = words.seasons[g["se"].lower()]
    which = g.get("w", "").lower()
    if which and "y" not in g and c.anchor is not None:
        options = [cal.months(y, first, 3) for y in _around(c.anchor)]
        if which == "this":
            inside = [o for o in options if distance(o, c.anchor) == 0]
            return explicit(inside[0] if inside else nearest(options, c)[0], "season")
        return explicit(_which_year(c.anchor, which, options), "season")
    return yearly(g, c, "season", lambda year: part_of(cal.months(year, first, 3), g.get("part")))


def quarter_of(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Third quarter of 2026, Q1, second half of next year."""
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
    number = int(g["q"]) if "q" in g else names[g["n"].lower()]
    return yearly(g, c, "quarter", lambda year: cal.months(year, 3 * number - 2, 3))


def half_year(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """First half of 2026, second half of the year."""
    first = 1 if g["n"].lower() == "first" else 7
    if "y" in g:
        return explicit(cal.months(int(g["y"]), first, 6), "quarter")
    if c.anchor is None:
        return relative(None, "quarter")
    year = c.anchor.last.year + {"last": -1, "next": 1}.get(g.get("w", ""), 0)
    return relative(cal.months(year, first, 6), "quarter")


def named_day(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Thanksgiving, Easter 2025, last Christmas; where churches differ both readings are kept."""
    named = words.named_day(g["name"])
    granularity: Granularity = "day" if named.days == 1 else "window"
    if "y" in g:
        both = named.occurrences(int(g["y"]))
        return explicit(both[0] if both else None, granularity, both[1:])
    if c.anchor is None:
        return explicit(None, granularity)
    options = [o[0] for o in (named.occurrences(y) for y in _around(c.anchor)) if o]
    which = g.get("w", "").lower()
    days, others = nearest(options, c)
    if which in {"last", "next", "past", "previous", "coming", "following"}:
        days, others = _which_year(c.anchor, which, options), ()
    if days is not None and named.or_else is not None:
        others += tuple(o for o in named.occurrences(days.first.year) if o != days)
    return explicit(days, granularity, others)


def period_beyond(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The week before last, the month after next."""
    unit = g["u"].lower()
    granularity: Granularity = (
        "week" if unit in {"week", "weekend"} else "month" if unit == "month" else "year"
    )
    if c.anchor is None:
        return relative(None, granularity)
    return relative(
        _unit_around(c.anchor, unit, -2 if g["w"].lower().startswith("before") else 2), granularity
    )


def period_end(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Year-end, the month's end, the week's end."""
    unit = g.get("u", "week").lower()
    if c.anchor is None:
        return relative(None, "window")
    whole = _unit_around(c.anchor, unit, 0)
    length = {"week": 2, "month": 7, "quarter": 14, "year": 31}[unit]
    return relative(DateRange(whole.last - dt.timedelta(days=length - 1), whole.last), "window")


def ago_vague(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Days ago, weeks ago, the other day."""
    if c.anchor is None:
        return relative(None, "window")
    back, least = _VAGUE[g.get("u", "day").lower()]
    return relative(shift(c.anchor, -back, -least) if back else c.anchor, "window")


def beside(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The day before, the day after, the eve of: nothing without the day that follows and is joined to it."""
    return relative(None, "day")


def day_of_month(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """On the 8th: of the nearest month in the direction of the tense."""
    if c.anchor is None:
        return relative(None, "day")
    number = digits(g["d"])
    last = c.anchor.last
    around = [cal.month(last.year, last.month + k) for k in (-1, 0, 1)]
    options = [o for o in (cal.day(m.first.year, m.first.month, number) for m in around) if o is not None]
    if c.tense == "past":
        options = [o for o in options if o.first <= c.anchor.last]
    if c.tense == "future":
        options = [o for o in options if o.last >= c.anchor.first]
    days = min(options, key=lambda o: abs(distance(o, c.anchor)), default=None)  # type: ignore[arg-type]
    return relative(days, "day")


def deictic(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Yesterday, tonight, overnight, earlier in the day, the day after tomorrow."""
    if c.anchor is None:
        return relative(None, "day")
    phrase = " ".join(g["phrase"].lower().split())
    if "before yesterday" in phrase:
        return relative(shift(c.anchor, -2), "day")
    if "after tomorrow" in phrase:
        return relative(shift(c.anchor, 2), "day")
    if phrase.startswith("yesterday") or phrase == "last evening" or phrase == "last afternoon":
        return relative(shift(c.anchor, -1), "day")
    if phrase.startswith("tomorrow"):
        return relative(shift(c.anchor, 1), "day")
    if phrase in {"overnight", "last night"}:
        # The night before the report, unless something is still to come.
        return relative(shift(c.anchor, 0, 1) if c.tense == "future" else shift(c.anchor, -1, 0), "day")
    return relative(c.anchor, "day")


def anaphoric(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """The same day, the previous evening, the following week: against the date named before, if any."""
    unit = (g["u"] if "u" in g else g["u2"]).lower()
    which = g.get("w", "same").lower()
    base = c.antecedent
    if base is not None and unit != "year" and _whole_year(base):
        base = None
    if base is None and which in {"previous", "preceding", "earlier", "same", "before"}:
        base = c.anchor
    if base is None:
        return relative(None, "day")
    sign = {"previous": -1, "preceding": -1, "before": -1, "following": 1, "next": 1, "after": 1}.get(
        which, 0
    )
    if unit == "week":
        week = hull(week_of(base.first), week_of(base.last))
        return relative(shift(week, 7 * sign), "week")
    if unit == "month":
        return relative(cal.month(base.first.year, base.first.month + sign), "month")
    if unit == "year":
        return relative(cal.year_range(base.first.year + sign), "year")
    if unit in {"day", "morning", "afternoon", "evening", "night", "same day"}:
        return relative(shift(base, sign), "day")
    number = words.weekday_number(unit)
    if sign >= 0:
        step = (number - base.last.weekday()) % 7
        return relative(shift(DateRange(base.last, base.last), step or 7 * sign), "day")
    step = (base.first.weekday() - number) % 7 or 7
    return relative(shift(DateRange(base.first, base.first), -step), "day")


def _whole_year(days: DateRange) -> bool:
    return days == cal.year_range(days.first.year)


def _moved(base: DateRange, count: int, unit: str, sign: int) -> DateRange:
    slack = _SLACK[unit] if count else 0
    step = sign * count * _UNIT_DAYS[unit]
    return shift(base, step - slack, step + slack)


def _moved_by_words(
    base: DateRange,
    g: Mapping[str, str],
    count: int,
    lesser: int | None,
    unit: str,
    sign: int,
    words: Calendar,
) -> DateRange:
    """Moved by as many as the words may mean: "two or three days", "a few weeks"."""
    days = _moved(base, count, unit, sign)
    if lesser is not None:
        days = hull(days, _moved(base, lesser, unit, sign))
    least, most = (count, count) if g["n"].lower() == "so" else words.counts(g["n"])
    if least != most and g["u"].lower() != "hour":
        days = hull(_moved(base, least, unit, sign), _moved(base, most, unit, sign))
    return days


FROM_REPORT: Final = frozenset({"ago", "hence", "from now"})
"""Words after a number of days that count from the report, whatever was named before."""


def offset(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """Two days ago, a day earlier, three weeks later; "two days after X" is the day of X."""
    lesser = words.count(g["n0"]) if "n0" in g else None
    count = (lesser or 1) + 1 if g["n"].lower() == "so" else words.count(g["n"])
    unit, which = g["u"].lower(), " ".join(g["w"].lower().split())
    unit = {"weekend": "week", "quarter": "month"}.get(unit, unit)
    base = c.anchor if which in FROM_REPORT else c.antecedent
    whole_year = base is not None and base != c.anchor and _whole_year(base)
    if whole_year and unit != "year":
        base = None  # "in 1995 ...; two days later": of which day, the text does not say
    if unit == "hour" and which == "ago" and count < _HALF_DAY and base is not None:
        return relative(base, "day")
    if base is None and which not in {"later", "afterwards", "on"}:
        base = c.anchor
    if base is None or count > 400:
        return relative(None, "day")
    if unit == "hour":
        unit, count = "day", round(count / 24)
    # "two days after he arrived": the phrase stands at the report, and what follows it lies two days back.
    sign = {"ago": -1, "earlier": -1, "prior": -1, "beforehand": -1, "after": -1, "before": 1}.get(which, 1)
    granularity: Granularity = "day" if unit == "day" else "week" if unit == "week" else "month"
    if unit == "year":
        granularity = "year"
    if whole_year and base is not None and which in {"later", "earlier", "afterwards", "on"}:
        return relative(cal.year_range(base.first.year + sign * count), "year")
    if "exact" in g and unit in {"year", "month"}:
        step = 12 * count if unit == "year" else count
        of = cal.month(base.last.year, base.last.month - step)
        return relative(cal.day(of.first.year, of.first.month, base.last.day), "day")
    if "exact" in g:
        return relative(shift(base, sign * count * _UNIT_DAYS[unit]), "day")
    return relative(_moved_by_words(base, g, count, lesser, unit, sign, words), granularity)


def weeks_hence(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In two weeks, in three days' time: only of what is to come; of the past it is a duration."""
    lesser = words.count(g["n0"]) if "n0" in g else None
    count = (lesser or 1) + 1 if g["n"].lower() == "so" else words.count(g["n"])
    unit = g["u"].lower()
    if c.anchor is None or c.tense != "future" or count > 400:
        return relative(None, "day")
    if unit == "hour":
        return relative(shift(c.anchor, count // 24, (count + _HALF_DAY) // 24), "day")
    days = _moved_by_words(c.anchor, g, count, lesser, unit, 1, words)
    return relative(days, "day" if unit == "day" else "week")


def window(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """In the coming days, over the past two weeks, within 30 days, in a matter of weeks."""
    if c.anchor is None:
        return relative(None, "window")
    unit, which = g.get("u", g.get("us", "")).lower(), g.get("w", "within").lower()
    days = _WINDOW[unit]
    if "n" in g:
        count = words.count(g["n"])
        days = max(1, round(count / 24)) if unit == "hour" else count * _UNIT_DAYS[unit]
    elif "the" in g or ("u" in g and which not in {"within", "coming"}):
        days = 1 if unit == "hour" else _UNIT_DAYS[unit]
    if days > 36_500:
        return relative(None, "window")
    if which in {"past", "last", "recent", "previous"}:
        return relative(DateRange(c.anchor.first - dt.timedelta(days=days), c.anchor.last), "window")
    return relative(DateRange(c.anchor.first, c.anchor.last + dt.timedelta(days=days)), "window")


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
        return relative(None, granularity)
    which = g.get("w", "this").lower()
    whole = _unit_around(c.anchor, unit, {"last": -1, "next": 1}.get(which, 0))
    side = g.get("e", "").lower()
    if "p" in g and "end" in g["p"].lower().split():
        g = {**g, "p": "end of"}
    if which in {"next", "last"} and side:
        side, g = "", {**g, "p": {"earlier": "early", "later": "late"}[side]}
    if side == "earlier":
        return relative(from_to(whole, c.anchor), granularity)
    if side == "later" or "p" not in g:
        return relative(from_to(c.anchor, whole), granularity)
    part = g["p"].lower()
    if unit == "week":
        monday = whole.last - dt.timedelta(days=6)
        early = "early" in part or "beginning" in part or "start" in part
        lo, hi = (0, 2) if early else (1, 3) if "mid" in part else (3, 6)
        return relative(DateRange(monday + dt.timedelta(days=lo), monday + dt.timedelta(days=hi)), "week")
    return relative(part_of(whole, part), granularity)


def period(g: Mapping[str, str], c: Context, words: Calendar) -> Reading:
    """This week, last month, next year, the coming week, the weekend."""
    unit = g["u"].lower()
    granularity: Granularity = (
        "week" if unit in {"week", "weekend"} else "month" if unit == "month" else "year"
    )
    if c.anchor is None:
        return relative(None, granularity)
    which = g.get("w", "the").lower().split()[-1]
    if which == "past":
        return relative(
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
            relative(ending, "week", [days])
            if c.anchor.last.weekday() == 6
            else relative(days, "week", [ending])
        )
    if unit == "week" and which == "this" and c.anchor.first.weekday() == 6 and c.tense != "past":
        # What is to come "this week" on a Sunday comes in the week that starts.
        return relative(shift(days, 7), "week", [] if c.tense == "future" else [days])
    return relative(days, granularity)


def _weekend(c: Context, which: str) -> Reading:
    """The weekend just past or under way, or the coming one; both readings where the tense is unknown."""
    assert c.anchor is not None
    own = _unit_around(c.anchor, "weekend", 0)
    if distance(own, c.anchor) == 0 and which != "last":
        return relative(own, "week")
    before = shift(own, -7)
    if which == "last" or c.tense == "past":
        return relative(before, "week")
    if c.tense == "future" or which == "this":
        return relative(own, "week")
    return relative(before, "week", [own])


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
    "nth_weekday": nth_weekday,
    "weekday_dated": weekday_dated,
    "ordinal_day": ordinal_day,
    "weekend_from": weekend_from,
    "decade": decade,
    "weekday_hence": weekday_hence,
    "weekday_ago": weekday_ago,
    "weekday_beyond": weekday_beyond,
    "weekday_night": weekday_night,
    "period_beyond": period_beyond,
    "period_end": period_end,
    "ago_vague": ago_vague,
    "beside": beside,
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
    """Place a found expression in time; dates outside the calendar's years are unknown.

    Where the day of the report is known to more than a week, the days are all that a report of its first day,
    of its last one or of one between them may mean.
    """
    reader, anchor, told = READERS[rule], context.anchor, {**groups, "phrase": phrase}

    def on(days: DateRange | None) -> Reading:
        return reader(told, replace(context, anchor=days), load_calendar())

    try:
        if anchor is None or cal.width(anchor) <= _SURE_ANCHOR:
            return on(anchor)
        ends = [on(DateRange(day, day)) for day in (anchor.first, anchor.last)]
    except OverflowError:
        return Reading(None, "relative", "day")
    return _of_either(*ends, loose=cal.width(anchor) > _LOOSE_ANCHOR)


def _of_either(early: Reading, late: Reading, *, loose: bool) -> Reading:
    """What is meant if the report is of one of two days, or of one between them."""
    if early.days is None or late.days is None:
        return Reading(None, early.basis, early.granularity, (), early.weekday_only)
    if early.days == late.days:
        return replace(early, others=tuple(o for o in early.others if o in late.others))
    if early.basis == "explicit":
        # A day without its year, of which the report may be before or after: either year may be meant.
        return explicit(None, early.granularity, (early.days, late.days))
    if early.weekday_only and loose:
        return Reading(None, "relative", "day", (), True)
    return relative(hull(early.days, late.days), early.granularity)
