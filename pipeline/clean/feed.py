"""Live feeds: whether a page is one, on which day each line was posted, and which lines make an entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from pipeline.clean.classify import BULLET, Judged, is_whole_stamp
from pipeline.clean.stamps import Stamp, clock
from pipeline.clean.zones import Page

_STAMP_RULES = frozenset({"entry_stamp", "page_date", "update_stamp"})
_MIN_STAMPS = 2
_MAX_SPAN = dt.timedelta(days=60)
_LEAP_YEAR = 2024
_LEAP_DAYS = 366
_HALF_DAY = 12 * 60
_DAY = 24 * 60
_OPENING_QUOTE = "\"“”„«'‘"
_DEFINITE = frozenset({"the", "according", "in"})
_QUOTED = re.compile(r"[“”\"„][^“”\"]*(?:[”“\"]|$)")
_LED = re.compile(r"[\[(]?(\d{1,2})[:.h](\d{2})(?:\s?([ap])\.?m\b\.?)?[\])]?\s*\S")
"""A time of day that opens a line, as those of posts with their titles and of ticker items do."""
_MIN_LED = 3
_BESIDE = 2
"""Lines between the stamps of one post."""
_TITLE_LINES = 3
"""Lines from the duration of a film to the next one."""
_POSSESSIVE = re.compile(r"[’']s?$")
_SUBJECT = 90
"""Characters of a line in which its first subject is looked for."""
_FULL_NAME = re.compile(r"\b[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+(?:[a-z]{2,3}\s+){0,2}[A-ZÀ-ÞĀ-Ž][\w'’-]+)+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a line stands in a feed."""

    number: int
    day: dt.date | None


def post_stamps(page: Page) -> list[int]:
    """Indices of dates and times that stand alone and have text below them, as those of posts do."""
    found: list[int] = []
    for i, j in enumerate(page.lines[: page.last]):
        below = page.lines[i + 1 : i + 5]
        if found and found[-1] == i - 1 and _same_day(page.lines[i - 1].stamp, j.stamp):
            continue
        if is_whole_stamp(j.line, j.stamp) and any(k.kind in ("body", "heading", "title") for k in below):
            found.append(i)
    return found


def posted_headings(page: Page) -> dict[int, Stamp]:
    """Headings of posts that end with the time of the post, by index; none unless a page has two."""
    found = {
        i: j.posted
        for i, j in enumerate(page.lines[: page.last + 1])
        if j.posted is not None and j.kind in ("body", "heading", "boilerplate")
    }
    return found if len(found) >= _MIN_STAMPS else {}


def told_posts(page: Page) -> list[int]:
    """Indices of lines that say when a post was posted ("Posted at 18:02 4 March"); none if but one does."""
    found = [
        i
        for i, j in enumerate(page.lines[: page.last])
        if j.rule == "update_stamp"
        and (s := j.stamp) is not None
        and not (s.updated or s.relative or s.rest or s.time is None)
    ]
    return found if len({page.lines[i].stamp for i in found}) >= _MIN_STAMPS else []


def led_by_times(page: Page) -> dict[int, Stamp]:
    """Lines that bear the time of their post, by index: headings that end with it, or several lines of text
    that open with a time of day."""
    found: dict[int, Stamp] = posted_headings(page)
    if found:
        return found
    for i, j in enumerate(page.lines[: page.last + 1]):
        if j.kind in ("body", "heading") and (led := _LED.match(j.line.text)):
            time = clock(int(led[1]), int(led[2]), led[3])
            if time is not None:
                found[i] = Stamp(None, None, None, time, ())
    return found if len(found) >= _MIN_LED else {}


def films(page: Page) -> dict[int, int]:
    """Films that a page lists: index of each one's duration, and of the line behind its title.

    A duration looks like the time of a post; but posts follow one another in time, and hold sentences.
    """
    stamps = [i for i in post_stamps(page) if _is_time(page.lines[i].stamp)]
    listed = {
        i: end
        for i, end in pairwise([*stamps, min(page.last + 1, len(page.lines))])
        if i + 1 < end <= i + _TITLE_LINES and not any(j.line.ends_sentence for j in page.lines[i + 1 : end])
    }
    if len(listed) < max(_MIN_LED, len(stamps)):
        return {}
    times = [
        _minutes(s.time) for i in stamps if (s := page.lines[i].stamp) is not None and s.time is not None
    ]
    steps = {b > a for a, b in pairwise(times) if a != b and abs(b - a) < _HALF_DAY}
    return listed if len(steps) == 2 else {}


def _is_time(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.time is not None and not stamp.has_day and stamp.weekday is None


def _same_day(one: Stamp | None, other: Stamp | None) -> bool:
    """Whether a stamp only repeats the day of the one above it, with its year."""
    return (
        one is not None
        and other is not None
        and one.year is not None
        and (one.year, one.month, one.day) == (other.year, other.month, other.day)
    )


def is_feed(page: Page) -> bool:
    """Whether the page is a live feed: stamps between its paragraphs, or words that only feeds have.

    One stamp between paragraphs is enough if the one on top has the same shape and another value: the top
    stamp of an article is of its own kind.
    """
    stamps = post_stamps(page)
    said = any(j.signal == "live_furniture" for j in page.lines)
    if led_by_times(page):
        return True
    if films(page):
        return False
    inside = [i for i in stamps if i > page.lead]
    above = [i for i in stamps if i <= page.lead]
    if not inside:
        return False
    if len(inside) < _MIN_STAMPS and not said and not (above and _alike(page, above[-1], inside[0])):
        return False
    stamped = [s for i in stamps if (s := page.lines[i].stamp) is not None]
    days = sorted(d for s in stamped if (d := s.date(_LEAP_YEAR)) is not None)
    # A chronology's headings are days of the story, not of the posts.
    timeless = all(s.time is None for s in stamped)
    return not (timeless and _span(days, all(s.year is None for s in stamped)) > _MAX_SPAN)


def _span(days: Sequence[dt.date], yearless: bool) -> dt.timedelta:
    """Time between the first and the last of the days, in order; without years they may run over New Year."""
    if not days:
        return dt.timedelta(0)
    whole = days[-1] - days[0]
    if not yearless:
        return whole
    gap = max((b - a for a, b in pairwise(days)), default=dt.timedelta(0))
    return min(whole, dt.timedelta(days=_LEAP_DAYS) - gap)


def _alike(page: Page, one: int, other: int) -> bool:
    """Whether two stamps have the same shape and different values."""
    a, b = page.lines[one].stamp, page.lines[other].stamp
    if a is None or b is None or a.rest or b.rest or a.updated or b.updated:
        return False
    shapes = {(s.year is None, s.has_day, s.time is None) for s in (a, b)}
    return len(shapes) == 1 and a != b


def page_year(page: Page) -> int | None:
    """The year that the page's furniture gives: of its first full stamp, else of its copyright line."""
    for i, j in enumerate(page.lines):
        in_text = j.kind == "day_heading" or j.rule in _STAMP_RULES
        if j.stamp is not None and j.stamp.year is not None and (in_text or i < page.lead):
            return j.stamp.year
    years = [
        int(y)
        for j in page.lines
        if j.signal in ("copyright", "legal", "credit_line", "tail_section")
        for y in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", j.line.text)
    ]
    return max(years) if years else None


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
    "3 hours ago" has no day, since nobody knows when the page was read.
    """
    led = led_by_times(page)
    stamps = [(i, s) for i, j in enumerate(page.lines) if (s := _stamp(j) or led.get(i)) is not None]
    stamps = [
        each for each, later in zip_longest(stamps, stamps[1:]) if not _is_said_again(page, each, later)
    ]
    newest_first = _newest_first([s for _, s in stamps], year)
    days: dict[int, dt.date | None] = {}
    current = _start(stamps, year, anchor, newest_first)
    previous: dt.time | None = None
    for i, stamp in stamps:
        if stamp.relative:
            current = days[i] = None
            continue
        day = _day_of(stamp, year, current or (near if year is None else None), newest_first)
        if day is not None:
            current = day
            previous = stamp.time
        elif stamp.time is not None:
            if current is not None and previous is not None:
                step = _minutes(stamp.time) - _minutes(previous)
                if newest_first and step > _HALF_DAY:
                    current -= dt.timedelta(days=1)
                elif not newest_first and step < -_HALF_DAY:
                    current += dt.timedelta(days=1)
            previous = stamp.time
        if current is not None:
            days[i] = current
    lead = max((d for d in days.values() if d is not None), default=None if days else anchor)
    out: list[dt.date | None] = []
    now = lead
    for i in range(len(page.lines)):
        now = days.get(i, now)
        out.append(now)
    return out


def _is_said_again(page: Page, one: tuple[int, Stamp], later: tuple[int, Stamp] | None) -> bool:
    """Whether a stamp counts back ("2 hours ago") and the next one of the same post tells the time."""
    i, stamp = one
    return (
        stamp.relative
        and later is not None
        and later[0] <= i + _BESIDE
        and page.lines[i + 1].kind == "boilerplate"
    )


def _stamp(j: Judged) -> Stamp | None:
    if j.kind == "day_heading" or j.rule == "entry_stamp":
        return j.stamp
    return None


def _start(
    stamps: Sequence[tuple[int, Stamp]], year: int | None, anchor: dt.date | None, newest_first: bool
) -> dt.date | None:
    """The day that holds before any stamp gives one."""
    if anchor is None or any(s.has_day for _, s in stamps[:1]):
        return None
    if newest_first:
        return anchor
    weekdays = [s.weekday for _, s in stamps if s.weekday is not None and not s.has_day]
    if weekdays:
        return anchor - dt.timedelta(days=sum((b - a) % 7 for a, b in pairwise(weekdays)))
    times = [s.time for _, s in stamps if s.time is not None and not s.has_day]
    n_midnights = sum(_minutes(b) - _minutes(a) < -_HALF_DAY for a, b in pairwise(times))
    return anchor - dt.timedelta(days=n_midnights)


def _day_of(stamp: Stamp, year: int | None, current: dt.date | None, newest_first: bool) -> dt.date | None:
    if stamp.has_day:
        return stamp.date(year) if stamp.year is not None or current is None else _nearest(stamp, current)
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
        elif a.weekday is not None and b.weekday is not None and a.weekday != b.weekday:
            votes += -3 if (b.weekday - a.weekday) % 7 <= 3 else 3
        elif a.time is not None and b.time is not None and a.time != b.time and _one_day(a, b):
            votes += 1 if a.time > b.time else -1
        elif a.time is not None and b.time is not None and a.time != b.time:
            # On the clock's face, so that a step over midnight counts in its direction.
            votes += -1 if (_minutes(b.time) - _minutes(a.time)) % _DAY < _HALF_DAY else 1
    return votes >= 0


def _one_day(a: Stamp, b: Stamp) -> bool:
    """Whether two neighbouring stamps name the same day, by its date or weekday."""
    if a.has_day and b.has_day:
        return (a.month, a.day) == (b.month, b.day)
    return a.weekday is not None and a.weekday == b.weekday


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def entry_numbers(page: Page) -> list[int]:
    """Entry of every line, from 0: a post of a feed and the lines that belong to it.

    A stamp or an entry heading begins an entry. Where a feed has neither, a line begins one if it
    introduces its speaker anew; a line that opens with a quotation, a pronoun, a bullet, "the report",
    or a surname of the running entry continues it.
    """
    led = led_by_times(page)
    has_times = bool(led) or sum(j.rule == "entry_stamp" for j in page.lines) >= _MIN_STAMPS
    numbers = []
    number = 0
    names: set[str] = set()
    fresh = True
    """Whether the running entry has no text yet, so that a heading below a stamp stays in it."""
    for i, j in enumerate(page.lines):
        begins = False
        if _stamp(j) is not None or i in led or (j.kind == "heading" and not has_times):
            begins = not fresh
        elif j.kind == "body" and not has_times and not fresh and not _continues(page, i, names):
            begins = True
        if j.kind == "heading" and has_times and not fresh and _stamp_follows(page, i):
            begins = True
        if begins:
            number += 1
            names = set()
            fresh = True
        if j.kind == "body":
            fresh = False
            names |= _name_words(j.line.text)
        numbers.append(number)
    return numbers


def _stamp_follows(page: Page, i: int) -> bool:
    """Whether a heading has its stamp below it and not above."""
    for j in page.lines[i + 1 : i + 4]:
        if _stamp(j) is not None:
            return True
        if j.kind == "body":
            return False
    return False


def _continues(page: Page, i: int, names: set[str]) -> bool:
    """Whether a line of a feed without stamps goes on with the entry above it."""
    line = page.lines[i].line
    if page.lines[i - 1].kind == "heading" or BULLET.match(line.text) or line.text[0].islower():
        return True
    words = line.words
    if not words:
        return True
    spoken = line.text[0] in _OPENING_QUOTE
    outside = _QUOTED.sub(" ", line.text)
    introduced = _name_words(outside if spoken else outside[:_SUBJECT]) - names
    if spoken:
        return not introduced
    opening = [w.lower() for w in words[:6]]
    if opening[0] in line.english.pronouns or (
        opening[0] in ("however", "still") and opening[1:2] and opening[1] in line.english.pronouns
    ):
        return True
    if opening[0] == "the" and opening[1:2] == ["two"]:
        return True  # "The two leaders spoke by phone": those of the line above
    if opening[0] in _DEFINITE and any(
        w in line.english.pronouns or w in line.english.report_nouns for w in opening[1:5]
    ):
        return True
    surnames = [
        w
        for w in words[:8]
        if w[0].isupper() and _POSSESSIVE.sub("", w) in names and w.lower() not in line.english.function_words
    ]
    if surnames and not introduced:
        return True
    return any(w in line.english.pronouns for w in opening[:5]) and not introduced


def _name_words(text: str) -> set[str]:
    """Words of the names of two or more words in `text`, without possessive endings."""
    return {_POSSESSIVE.sub("", w) for name in _FULL_NAME.findall(text) for w in name.split()}


def entries(
    page: Page, year: int | None, anchor: dt.date | None, near: dt.date | None = None
) -> Mapping[int, Entry]:
    """Entry and day of every line of a feed, by index; arguments as of `entry_days`."""
    days = entry_days(page, year, anchor, near)
    return {i: Entry(n, days[i]) for i, n in enumerate(entry_numbers(page))}
