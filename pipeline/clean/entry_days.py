"""On which day each line of a live feed was posted, read off the stamps above (or below) it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.clean.classify import Judged
from pipeline.clean.posts import led_by_times, minutes
from pipeline.clean.stamps import Stamp
from pipeline.clean.zones import Page

_LEAP_YEAR = 2024
_HALF_DAY = 12 * 60
_DAY = 24 * 60
_BESIDE = 2
"""Lines between the stamps of one post."""
_STEP = 120
"""Minutes from which on a step against the direction of a feed that has few of them leads over midnight."""
_ROUNDED = 60
"""Minutes by which what counts back in hours may be wrong."""
_RECENT = 6 * 60
"""Minutes before the newest post in which a post is of the same day."""
_EDITED = 120
"""Minutes by which a page may be updated after its newest post."""

Stamped = tuple[int, Stamp]


def entry_days(
    page: Page, year: int | None, anchor: dt.date | None, near: dt.date | None = None
) -> list[dt.date | None]:
    """The day of every line of a feed, by the stamps above it; None where no day is known.

    Args:
        page: decided lines.
        year: for stamps that leave it out.
        anchor: the page's own date: of the newest post, for stamps that give a time or weekday only.
        near: a day near that of the first post, for a first stamp without year where `year` is None.

    Lines above the first stamp that gives a day (a lead) have the newest day of the feed. What is posted
    "3 hours ago" has a day only where the page says when it was updated: nobody knows when it was read.
    """
    stamps = _stamps_of(page)
    newest_first = _newest_first([s for _, s in stamps], year)
    least = _least_step([s for _, s in stamps], newest_first)
    days: dict[int, dt.date | None] = {}
    current = _start(stamps, year, anchor, newest_first, least)
    previous: Stamp | None = None
    updated = _updated(page, anchor)
    newest = min((s.ago for _, s in stamps if s.ago is not None), default=0)
    for i, stamp in stamps:
        if stamp.relative and stamp.ago is not None and stamp.near is None:
            current = days[i] = _counted_back(stamp.ago - newest, updated)
            previous = None
            continue
        day = _day_of(stamp, year, current or (near if year is None else None), newest_first, anchor)
        if day is not None:
            current = day
            previous = stamp
        elif stamp.time is not None:
            if current is not None and previous is not None:
                midnights = _midnights(previous, stamp, newest_first, least)
                current += dt.timedelta(days=-midnights if newest_first else midnights)
            previous = stamp
        if current is not None:
            days[i] = current
    lead = max((d for d in days.values() if d is not None), default=None if days else anchor)
    return _spread(page, stamps, days, lead)


def _stamps_of(page: Page) -> list[Stamped]:
    """The stamps of a feed's posts in order of the page, each post's once and without a list of contents."""
    led = led_by_times(page)
    found: list[Stamped] = []
    for i, j in enumerate(page.lines):
        stamp = entry_stamp(j) or led.get(i)
        if stamp is None:
            continue
        above = found[-1] if found else None
        if above is not None and _says_again(page, above, i):
            stamp = replace(stamp, ago=above[1].ago if stamp.ago is None else stamp.ago)
            found.pop()
        found.append((i, stamp))
    return found[_contents([s for _, s in found]) :]


def _says_again(page: Page, above: Stamped, i: int) -> bool:
    """Whether a stamp counts back ("2 hours ago") and the one at `i`, of the same post, tells the time."""
    return above[1].relative and i <= above[0] + _BESIDE and page.lines[above[0] + 1].kind == "boilerplate"


def _contents(stamps: Sequence[Stamp]) -> int:
    """How many stamps on top only list the posts below, whose times they repeat from the first on."""
    first = next((k for k, s in enumerate(stamps) if k > 1 and s == stamps[0]), 0)
    listed = {(s.date(_LEAP_YEAR), s.time) for s in stamps[:first] if s.time is not None}
    below = {(s.date(_LEAP_YEAR), s.time) for s in stamps[first:]}
    return first if listed and listed <= below else 0


def _spread(
    page: Page, stamps: Sequence[Stamped], days: dict[int, dt.date | None], lead: dt.date | None
) -> list[dt.date | None]:
    """The day of every line: of the stamp above it, or of the one below where stamps close their posts."""
    out: list[dt.date | None] = []
    if _stamps_close(page, [i for i, _ in stamps]):
        following = lead
        for i in reversed(range(len(page.lines))):
            following = days.get(i, following)
            out.append(following)
        return out[::-1]
    now = lead
    for i in range(len(page.lines)):
        now = days.get(i, now)
        out.append(now)
    return out


def _stamps_close(page: Page, stamps: Sequence[int]) -> bool:
    """Whether the stamps of a feed stand below their posts: text above the first, right below none, and
    nothing but furniture below the last."""
    if len(stamps) <= _BESIDE:
        return False
    told = [j.kind == "body" and j.line.ends_sentence for j in page.lines]
    return (
        any(told[: stamps[0]])
        and not any(told[stamps[-1] :])
        and all(any(told[max(0, i - 2) : i]) for i in stamps)
    )


def _updated(page: Page, anchor: dt.date | None) -> dt.datetime | dt.date | None:
    """When the page says that it was updated on its own day, to the minute if it says so."""
    said = [
        s
        for j in page.lines
        if (s := j.stamp) is not None
        and s.updated
        and s.has_day
        and s.date(anchor.year if anchor else None) == anchor
    ]
    if anchor is None or not said:
        return None
    times = [s.time for s in said if s.time is not None]
    return dt.datetime.combine(anchor, max(times)) if times else anchor


def _counted_back(before: int, updated: dt.datetime | dt.date | None) -> dt.date | None:
    """The day of a post so many minutes older than the newest one of a page updated then, if it is sure."""
    if updated is None:
        return None
    if not isinstance(updated, dt.datetime):
        return updated if before <= _RECENT else None
    latest = updated - dt.timedelta(minutes=before)
    earliest = latest - dt.timedelta(minutes=_ROUNDED if before == 0 else _EDITED)
    return latest.date() if before == 0 or earliest.date() == latest.date() else None


def entry_stamp(j: Judged) -> Stamp | None:
    """The stamp of a line that dates the posts below it."""
    if j.kind == "day_heading" or j.rule == "entry_stamp":
        return j.stamp
    return None


def _midnights(one: Stamp, later: Stamp, newest_first: bool, least: int) -> int:
    """How many midnights lie between two neighbouring posts, whose times of day are known."""
    if one.time is None or later.time is None:
        return 0
    step = minutes(later.time) - minutes(one.time)
    forth = -step if newest_first else step
    if one.ago is not None and later.ago is not None:
        passed = abs(later.ago - one.ago)
        over = round((passed - forth) / _DAY)
        if abs(passed - forth - over * _DAY) <= _ROUNDED:
            return max(0, over)
    return 1 if -forth > least else 0


def _least_step(stamps: Sequence[Stamp], newest_first: bool) -> int:
    """Minutes against the direction of a feed beyond which a step leads over midnight.

    Posts that are moved or edited stand out of order; where nearly all stand in order, a step of some hours
    is no such thing.
    """
    steps = []
    for a, b in pairwise(stamps):
        if a.time is not None and b.time is not None and not b.has_day:
            step = minutes(b.time) - minutes(a.time)
            steps.append(-step if newest_first else step)
    against = [s for s in steps if s < 0]
    first_in_order = bool(steps) and steps[0] >= 0
    orderly = first_in_order and all(s <= -_STEP for s in against) and len(steps) >= 2 * len(against)
    return _STEP if orderly else _HALF_DAY


def _start(
    stamps: Sequence[Stamped], year: int | None, anchor: dt.date | None, newest_first: bool, least: int
) -> dt.date | None:
    """The day that holds before any stamp gives one."""
    if anchor is None or any(s.has_day for _, s in stamps[:1]):
        return None
    if newest_first:
        return anchor
    weekdays = [s.weekday for _, s in stamps if s.weekday is not None and not s.has_day]
    if weekdays:
        newest = anchor - dt.timedelta(days=(anchor.weekday() - weekdays[-1]) % 7)
        return newest - dt.timedelta(days=sum((b - a) % 7 for a, b in pairwise(weekdays)))
    timed = [s for _, s in stamps if s.time is not None and not s.has_day]
    n_midnights = sum(_midnights(a, b, newest_first, least) for a, b in pairwise(timed))
    return anchor - dt.timedelta(days=n_midnights)


def _day_of(
    stamp: Stamp, year: int | None, current: dt.date | None, newest_first: bool, anchor: dt.date | None
) -> dt.date | None:
    if stamp.has_day:
        return stamp.date(year) if stamp.year is not None or current is None else _nearest(stamp, current)
    if stamp.near is not None and anchor is not None:
        return anchor + dt.timedelta(days=stamp.near)
    if stamp.weekday is None or current is None:
        return None
    if newest_first:
        return current - dt.timedelta(days=(current.weekday() - stamp.weekday) % 7)
    return current + dt.timedelta(days=(stamp.weekday - current.weekday()) % 7)


def _nearest(stamp: Stamp, near: dt.date) -> dt.date | None:
    """The day of a stamp without year in the year that brings it nearest, as a feed over New Year needs."""
    options = [d for d in map(stamp.date, range(near.year - 1, near.year + 2)) if d is not None]
    return min(options, key=lambda d: abs(d - near), default=None)


def _newest_first(stamps: Sequence[Stamp], year: int | None) -> bool:
    """Direction of the feed, by the majority of neighbouring stamps."""
    votes = 0
    for a, b in pairwise(stamps):
        x, y = a.date(year or _LEAP_YEAR), b.date(year or _LEAP_YEAR)
        if x is not None and y is not None and x != y:
            votes += 3 if x > y else -3
        elif a.ago is not None and b.ago is not None and a.ago != b.ago:
            votes += 3 if a.ago < b.ago else -3
        elif a.near is not None and b.near is not None and a.near != b.near:
            votes += 3 if a.near > b.near else -3
        elif a.weekday is not None and b.weekday is not None and a.weekday != b.weekday:
            votes += -3 if (b.weekday - a.weekday) % 7 <= 3 else 3
        elif a.time is not None and b.time is not None and a.time != b.time and _one_day(a, b):
            votes += 1 if a.time > b.time else -1
        elif a.time is not None and b.time is not None and a.time != b.time:
            # On the clock's face, so that a step over midnight counts in its direction.
            votes += -1 if (minutes(b.time) - minutes(a.time)) % _DAY < _HALF_DAY else 1
    return votes >= 0


def _one_day(a: Stamp, b: Stamp) -> bool:
    """Whether two neighbouring stamps name the same day, by its date or weekday."""
    if a.has_day and b.has_day:
        return (a.month, a.day) == (b.month, b.day)
    return a.weekday is not None and a.weekday == b.weekday
