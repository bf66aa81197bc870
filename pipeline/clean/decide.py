"""The decision on each line: its kind and the name of the signal that decided."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.clean.classify import BULLET, Judged, Page, is_whole_stamp
from pipeline.clean.head import Byline, find_title, parse_byline
from pipeline.clean.reference import Knowledge

_HEAD_KEEP = 2.5
_TAIL_KEEP = 5.0


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of the page said of it."""

    title: int | None
    bylines: tuple[Byline, ...]


def decide_lines(page: Page, knowledge: Knowledge, furniture_names: frozenset[str]) -> Head:
    """Set kind and rule of every line of `page`."""
    title = find_title(page, knowledge, furniture_names)
    bylines: list[Byline] = []
    for i, j in enumerate(page.lines):
        if i == title:
            j.decide("title", "head_title")
        elif j.signal is not None:
            j.decide("boilerplate", j.signal)
        elif i < page.lead:
            byline = _decide_head(page, i, title, knowledge)
            if byline is not None:
                bylines.append(byline)
        elif i >= page.tail:
            _decide_tail(page, i)
        else:
            _decide_text(page, i)
    return Head(title, tuple(bylines))


def _decide_head(page: Page, i: int, title: int | None, knowledge: Knowledge) -> Byline | None:
    """A line before the first paragraph: furniture unless it reads like prose."""
    j = page.lines[i]
    line = j.line
    if is_whole_stamp(line, j.stamp):
        _decide_stamp(j)
        return None
    near_title = title is not None and title < i
    byline = parse_byline(line.text, knowledge, marked_only=not near_title)
    if byline is not None and (
        line.n_words <= 5 or not line.has_verb or line.text.casefold().startswith("by ")
    ):
        j.decide("byline", "byline")
        return byline
    if j.score >= _HEAD_KEEP:
        j.decide("body", "prose")
    elif near_title and line.n_words >= 7 and line.has_verb and line.capital_share < 0.8:
        j.decide("body", "standfirst")
    elif page.first <= i and not line.ends_open and _heads_prose(page, i) and near_title:
        j.decide("heading", "heading")
    elif line.ends_sentence and line.n_words >= 3 and i >= page.first and near_title:
        j.decide("body", "short_sentence")
    else:
        j.decide("boilerplate", "head_furniture")
    return None


def _decide_tail(page: Page, i: int) -> None:
    j = page.lines[i]
    line = j.line
    if is_whole_stamp(line, j.stamp):
        _decide_stamp(j)
    elif i < page.last and (line.ends_sentence or line.n_words >= 8 or BULLET.match(line.text)):
        j.decide("body", "prose")
    elif j.score >= _TAIL_KEEP:
        j.decide("body", "prose")
    else:
        j.decide("boilerplate", "tail_furniture")


def _decide_text(page: Page, i: int) -> None:
    """A line between two paragraphs: text unless a signal of its own says otherwise."""
    j = page.lines[i]
    line = j.line
    if is_whole_stamp(line, j.stamp):
        _decide_stamp(j)
    elif j.score >= _HEAD_KEEP or line.ends_open or BULLET.match(line.text):
        j.decide("body", "prose")
    elif line.n_words <= 18 and _heads_prose(page, i):
        j.decide("heading", "heading")
    else:
        j.decide("body", "short_line")


def _heads_prose(page: Page, i: int) -> bool:
    """Whether a line without a full stop stands above prose, as a heading does."""
    line = page.lines[i].line
    following = next((k for k in page.lines[i + 1 : i + 3] if k.signal is None), None)
    if following is None or line.text[0].islower():
        return False
    return following.line.ends_open and following.line.n_words >= 5 or bool(BULLET.match(following.line.text))


def _decide_stamp(j: Judged) -> None:
    """Until the format of the page is known, every date or time that stands alone is one of its stamps."""
    j.decide("boilerplate", "stamp")


def settle_stamps(page: Page, feed: bool) -> None:
    """Tell day headings, times of entries and the page's own date apart, once the format is known."""
    for i, j in enumerate(page.lines):
        if j.rule != "stamp" or j.stamp is None:
            continue
        stamp = j.stamp
        in_text = page.first <= i < page.tail
        if feed and not stamp.updated and i < page.tail and (in_text or stamp.year is None):
            if stamp.time is None and (stamp.has_day or stamp.weekday is not None):
                j.decide("day_heading", "day_heading")
            else:
                j.decide("boilerplate", "entry_stamp")
        elif not feed and page.lead < i < page.tail and stamp.has_day and stamp.time is None:
            j.decide("heading", "dated_heading")
        else:
            j.decide("boilerplate", "page_date")
