"""In which order the lines of a ticker were posted: the newest may stand first, above what it takes up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Page

_CLOCK = re.compile(r"\W*(\d{1,2})[:.h](\d\d)(?!\d)\s?([ap]\.?m\b)?", re.IGNORECASE)
_NOON = 12  # hours


def newest_first(page: Page) -> bool:
    """Whether the days and hours of a ticker's lines run backwards down the page.

    Of posts of several lines under a time of their own, each tells by itself what it speaks of.
    """
    steps = [(a, b) for a, b in pairwise(_moments(page)) if a != b]
    return sum(a > b for a, b in steps) > len(steps) / 2


def _moments(page: Page) -> Iterator[tuple[dt.date, int]]:
    """Day and minute of the lines that open with a time."""
    for block in page.blocks:
        if block.entry_no is None or block.entry_date is None or block.kind != "body":
            continue
        clock = _CLOCK.match(page.text_of(block))
        if clock is not None:
            yield block.entry_date, _minutes(clock)


def _minutes(clock: re.Match[str]) -> int:
    hour, half = int(clock[1]), (clock[3] or " ")[0].lower()
    if half != " ":
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return hour * 60 + int(clock[2])
