"""Live feeds: whether a page is one, on which day each line was posted, and which lines make an entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.clean.classify import BULLET
from pipeline.clean.entry_days import entry_days, entry_stamp
from pipeline.clean.posts import films, led_by_times, post_stamps, timed_posts, told_posts
from pipeline.clean.zones import Page

_STAMP_RULES = frozenset({"entry_stamp", "page_date", "update_stamp"})
_MIN_STAMPS = 2
_MAX_SPAN = dt.timedelta(days=60)
_LEAP_YEAR = 2024
_LEAP_DAYS = 366
_OPENING_QUOTE = "\"“”„«'‘"
_DEFINITE = frozenset({"the", "according", "in"})
_QUOTED = re.compile(r"[“”\"„][^“”\"]*(?:[”“\"]|$)")
_POSSESSIVE = re.compile(r"[’']s?$")
_SUBJECT = 90
"""Characters of a line in which its first subject is looked for."""
_TOLD_BY = re.compile(r",[”\"’]? (?:he|she|they) (?!is\b|was\b|were\b|are\b)[a-z]+")
"""Whoever the line above is about tells this: "..., he told parliament"."""
_FULL_NAME = re.compile(r"\b[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+(?:[a-z]{2,3}\s+){0,2}[A-ZÀ-ÞĀ-Ž][\w'’-]+)+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a line stands in a feed."""

    number: int
    day: dt.date | None


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
    if timed_posts(page) or told_posts(page):
        return True
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
        if entry_stamp(j) is not None or i in led or (j.kind == "heading" and not has_times):
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
        if entry_stamp(j) is not None:
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
    if _TOLD_BY.search(line.text) and not _name_words(line.text) - names:
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
