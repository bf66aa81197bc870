"""What a reading of a temporal expression is, and the steps that all readers share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.dates import calendar as cal
from pipeline.dates.calendar import distance
from pipeline.model import DateRange

Tense = Literal["past", "future"]
Granularity = Literal["day", "week", "month", "season", "quarter", "year", "window"]

# A date without year lies within this many days of its report, whatever the tense.
_NEAR = 95


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


def explicit(days: DateRange | None, granularity: Granularity, others: Iterable[DateRange] = ()) -> Reading:
    """Days that the text names."""
    return Reading(days, "explicit", granularity, tuple(others))


def relative(days: DateRange | None, granularity: Granularity, others: Iterable[DateRange] = ()) -> Reading:
    """Days that only the anchor gives."""
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


def yearly(
    g: Mapping[str, str], context: Context, granularity: Granularity, make: Callable[[int], DateRange | None]
) -> Reading:
    """A phrase that is complete with its year, written or understood."""
    if "y" in g:
        return explicit(make(int(g["y"])), granularity)
    if "wy" in g:
        moved = {"last": -1, "next": 1}.get(g["wy"].lower(), 0)
        return explicit(
            None if context.anchor is None else make(context.anchor.last.year + moved), granularity
        )
    days, others = nearest(_years(context, make), context)
    return explicit(days, granularity, others)


def part_of(days: DateRange, part: str | None) -> DateRange:
    """The early, middle or late third of a range; all of it where ``part`` is None."""
    if part is None:
        return days
    words = part.lower()
    length = cal.width(days) + 1
    third = length // 3
    if "half" in words:
        early = "first" in words
        middle = days.first + dt.timedelta(days=(length + 1) // 2 - 1)
        return DateRange(days.first, middle) if early else DateRange(middle + dt.timedelta(days=1), days.last)
    if days.first.day == 1 and length in _YEAR_LENGTHS:
        # The thirds of a year are four months each.
        first = 1 if any(w in words for w in OPENINGS) else 5 if "mid" in words else 9
        return cal.months(days.first.year, first, 4)
    if "early" in words or "beginning" in words or "start" in words:
        return DateRange(days.first, days.first + dt.timedelta(days=max(third, 1) - 1))
    if "mid" in words:
        return DateRange(days.first + dt.timedelta(days=third), days.last - dt.timedelta(days=third))
    return DateRange(days.last - dt.timedelta(days=max(third, 1) - 1), days.last)


_YEAR_LENGTHS = (365, 366)
OPENINGS = ("early", "beginning", "start")


def digits(text: str) -> int:
    """The number in a word like \"20th\"."""
    return int("".join(c for c in text if c.isdecimal()))


def from_to(first: DateRange | None, last: DateRange | None) -> DateRange | None:
    """From the first day to the last, or None if either is unknown or they run backwards."""
    if first is None or last is None or first.first > last.last:
        return None
    return DateRange(first.first, last.last)
