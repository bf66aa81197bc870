"""Chronologies: lists of what happened in which each line tells of the day that it opens with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from pipeline.dates.calendar import year_range
from pipeline.dates.expressions import find_dates
from pipeline.model import Block, DateRange, Page, Told

LEAST: Final = 4
"""Lines with a day of their own from which on a page's list of them is a chronology."""
_IN_ORDER: Final = 0.8
"""Share of neighbouring days that follow each other in the direction of the list."""
_DENSE: Final = 3
"""Lines of text to each line with a day, at most, between the first and the last of these."""
_LEAD: Final = 60
"""Characters of a line in which the day that it opens with is read."""
_LIST_MARK: Final = re.compile(r"(?:--|[-–—•·▪◦*])?\s{0,3}")
_SEPARATOR: Final = re.compile(r"\s{0,2}(?:--?\s|[–—:|])\s{0,3}(?=\S)")
_MAYBE: Final = re.compile(r"[^\d–—:|]{0,24}\d[^–—:|-]{0,40}(?:[–—:|-]|$)")
"""What a line that opens with a day begins like: a glance spares most lines the search for dates."""
_ALONE: Final = re.compile(r"[\s:.,–—-]{0,4}$")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?![\d/.-])")


@dataclass(frozen=True, slots=True)
class _Lead:
    """What a line opens with: a day, or a year for the days below it; `alone` if it holds nothing else."""

    days: DateRange
    text: str
    alone: bool
    bare_year: int | None = None


def chronicle(page: Page) -> Mapping[int, Told]:
    """Of the lines of a chronology, by block_no, what days they tell of; empty for any other page.

    A line belongs to the day that it opens with ("March 3, 2001 - The envoys meet ..."), or that stands alone
    above it. A day without a year has that of the year that stands alone above it, or else the one nearest to
    the page's own days. An entry of a live feed has the day on which it was posted instead.
    """
    if page.document.format == "live_feed":
        return {}
    lines = [b for b in page.blocks if b.kind != "boilerplate" or _year_alone(page.text_of(b)) is not None]
    leads = dict(_leads(page, lines))
    return _told(lines, leads) if _is_list(lines, leads) else {}


def _leads(page: Page, lines: Sequence[Block]) -> Iterator[tuple[int, _Lead]]:
    year: int | None = None
    for block in lines:
        if block.kind == "title":
            continue
        lead = _lead(page.text_of(block), year, page.document.published)
        if lead is None:
            continue
        if lead.alone and lead.bare_year is not None:
            year = lead.bare_year
        yield block.block_no, lead


def _lead(text: str, year: int | None, near: DateRange | None) -> _Lead | None:
    """The day that a line opens with, set apart from what follows: in that year, or else near those days."""
    mark = _LIST_MARK.match(text)
    opening = text[mark.end() if mark is not None else 0 :][:_LEAD]
    if _MAYBE.match(opening) is None:
        return None
    if (bare := _YEAR.match(opening)) is not None and (alone := _apart(opening, bare.end())) is not None:
        return _Lead(year_range(int(bare[0])), bare[0], alone, int(bare[0]))
    found = next(iter(find_dates(opening, None)), None)
    if found is None or found.char_start > 0 or found.kind != "point":
        return None
    alone = _apart(opening, found.char_end)
    if alone is None:
        return None
    days = found.days
    if days is None:
        again = find_dates(found.text if year is None else f"{found.text} {year}", near, tense="past")
        days = again[0].days if again else None
    return None if days is None else _Lead(days, found.text, alone)


def _apart(opening: str, end: int) -> bool | None:
    """Whether nothing follows in the line; None if what follows is not set apart."""
    if _ALONE.fullmatch(opening, end):
        return True
    return False if _SEPARATOR.match(opening, end) else None


def _year_alone(text: str) -> int | None:
    found = _YEAR.match(text)
    return int(found[0]) if found is not None and _ALONE.fullmatch(text, found.end()) else None


def _is_list(lines: Sequence[Block], leads: Mapping[int, _Lead]) -> bool:
    # A year that stands above days of its own is no item of the list.
    days = [
        lead.days.first
        for lead, below in zip_longest(leads.values(), [*leads.values()][1:])
        if below is None or not (lead.bare_year == below.days.first.year and lead.alone)
    ]
    if len(set(days)) < LEAST:
        return False
    steps = [(b - a).days for a, b in pairwise(days)]
    if max(sum(s >= 0 for s in steps), sum(s <= 0 for s in steps)) < _IN_ORDER * len(steps):
        return False
    first, last = min(leads), max(leads)
    between = sum(first <= b.block_no <= last and b.kind == "body" for b in lines)
    return between <= _DENSE * len(leads)


def _told(lines: Sequence[Block], leads: Mapping[int, _Lead]) -> dict[int, Told]:
    """Days of the lines of text. Below the last day that opens a line with text, the list is at its end."""
    found: dict[int, Told] = {}
    last = max(leads)
    now: _Lead | None = None
    for block in lines:
        lead = leads.get(block.block_no)
        if lead is not None:
            now = lead
        elif block.kind == "heading" or (now is not None and not now.alone and block.block_no > last):
            now = None
        if now is not None and block.kind == "body":
            found[block.block_no] = Told(now.days, now.text)
    return found
