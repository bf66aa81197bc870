"""Which lines bear the time of a live feed's post: alone, before or behind a heading, beside a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from pipeline.clean.classify import Judged, is_whole_stamp
from pipeline.clean.stamps import Stamp
from pipeline.clean.zones import Page

_MIN_STAMPS = 2
_MIN_LED = 3
_TITLE_LINES = 3
"""Lines from the duration of a film to the next one."""
_HALF_DAY = 12 * 60
_SENTENCE = 5
"""Words of the shortest sentence that a post may hold."""
_NAME = 4
"""Words of the longest name that signs a post."""
_MOST = 0.6
"""Share of the posts of a feed that hold a sentence."""


def post_stamps(page: Page) -> list[int]:
    """Indices of dates and times that stand alone and have text below them, as those of posts do."""
    found: list[int] = []
    for i, j in enumerate(page.lines[: page.last]):
        below = page.lines[i + 1 : i + 5]
        if found and found[-1] == i - 1 and same_day(page.lines[i - 1].stamp, j.stamp):
            continue
        if is_whole_stamp(j.line, j.stamp) and any(k.kind in ("body", "heading", "title") for k in below):
            found.append(i)
    return found


def posted_headings(page: Page) -> dict[int, Stamp]:
    """Headings of posts that end with the time of the post, by index; none unless a page has two.

    A time in brackets may be a film's length: sentences must stand below.
    """
    found = {
        i: j.posted
        for i, j in enumerate(page.lines[: page.last + 1])
        if j.posted is not None and j.kind in ("body", "heading", "boilerplate", "title") and _heads(j)
    }
    bracketed = {i: s for i, s in found.items() if page.lines[i].line.text.endswith((")", "]"))}
    if bracketed and (len(bracketed) < _MIN_LED or not _hold_sentences(page, list(bracketed))):
        found = {i: s for i, s in found.items() if i not in bracketed}
    return found if len(found) >= _MIN_STAMPS else {}


def _heads(j: Judged) -> bool:
    return not j.line.text.endswith((")", "]")) or not is_whole_stamp(j.line, j.stamp)


def told_posts(page: Page) -> list[int]:
    """Indices of lines that say when a post was posted, in words or beside the name of its author.

    "Posted at 18:02 4 March", "Last updated: 4 March 2025 at 8:14 PM" and "Ada Ngo 4 March 2025 18:02" above
    or below the text of several posts; none if but one line does.
    """
    plain, doubtful = [], []
    for i, j in enumerate(page.lines[: page.last + 1]):
        stamp = j.stamp
        if stamp is None or stamp.relative or not (stamp.time is not None or stamp.has_day):
            continue
        if j.rule == "update_stamp" and not (stamp.updated or stamp.rest) and stamp.time is not None:
            plain.append(i)
        elif (stamp.time is not None and (j.kind == "byline" or _signed(j, stamp))) or (
            stamp.has_day
            and not stamp.rest
            and (j.rule == "update_stamp" or (j.rule == "stamp" and stamp.updated))
        ):
            doubtful.append(i)
    if len({page.lines[i].stamp for i in plain}) >= _MIN_STAMPS:
        return plain
    posts = [
        i for i in doubtful if _tells(page.lines[i + 1 : i + 5]) or _tells(page.lines[max(0, i - 1) : i])
    ]
    moments = {(s.date(), s.time) for i in posts if (s := page.lines[i].stamp) is not None}
    return posts if len(moments) >= _MIN_LED else []


def _signed(j: Judged, stamp: Stamp) -> bool:
    """Whether a line is the time of a post and the name of its author ("21:38Ada Ngo")."""
    named = all(w[0].isupper() and w.isalpha() for w in stamp.rest)
    return j.signal is None and 1 < len(stamp.rest) <= _NAME and named and not j.line.ends_sentence


def led_by_times(page: Page) -> dict[int, Stamp]:
    """Lines that bear the time of their post, by index: headings that end with it, or several lines of text
    that open with a time of day."""
    found: dict[int, Stamp] = posted_headings(page)
    if found:
        return found
    found = {
        i: j.led
        for i, j in enumerate(page.lines[: page.last + 1])
        if j.led is not None and (j.kind in ("body", "heading", "title") or _titled(j))
    }
    return found if len(found) >= _MIN_LED and _is_most(page, min(found)) else {}


def _is_most(page: Page, first: int) -> bool:
    """Whether no more of the page's text stands above a line than from it on, as above an agenda."""
    told = [j.kind == "body" and j.line.ends_sentence for j in page.lines]
    return 2 * sum(told[:first]) <= sum(told)


def _titled(j: Judged) -> bool:
    """Whether a title of a word or two stands behind the day and time."""
    return j.rule in ("stamp", "entry_stamp") and j.stamp is not None and bool(j.stamp.rest)


def timed_posts(page: Page) -> list[int]:
    """Indices of times that stand alone, each over sentences of its own; none if there are but two."""
    stamps = [
        i
        for i in post_stamps(page)
        if (s := page.lines[i].stamp) is not None and (s.time is not None or s.ago is not None)
    ]
    ends = [*stamps, page.last][1:]
    held = [i for i, end in zip(stamps, ends, strict=True) if _tells(page.lines[i + 1 : end])]
    different = {(s.date(), s.month, s.day, s.time, s.ago) for i in held if (s := page.lines[i].stamp)}
    return held if len(different) >= _MIN_LED else []


def _hold_sentences(page: Page, found: Sequence[int]) -> bool:
    """Whether most of these lines have a sentence before the next one."""
    ends = [*found[1:], len(page.lines)]
    held = sum(_tells(page.lines[i + 1 : min(end, i + 6)]) for i, end in zip(found, ends, strict=True))
    return held >= _MOST * len(found)


def _tells(lines: Sequence[Judged]) -> bool:
    """Whether one of the lines is a sentence."""
    return any(j.signal is None and j.line.ends_sentence and j.line.n_words >= _SENTENCE for j in lines)


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
    times = [minutes(s.time) for i in stamps if (s := page.lines[i].stamp) is not None and s.time is not None]
    steps = {b > a for a, b in pairwise(times) if a != b and abs(b - a) < _HALF_DAY}
    return listed if len(steps) == 2 else {}


def _is_time(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.time is not None and not stamp.has_day and stamp.weekday is None


def same_day(one: Stamp | None, other: Stamp | None) -> bool:
    """Whether a stamp only repeats the day of the one above it, with its year."""
    return (
        one is not None
        and other is not None
        and one.year is not None
        and (one.year, one.month, one.day) == (other.year, other.month, other.day)
    )


def minutes(time: dt.time) -> int:
    """Minutes from midnight."""
    return time.hour * 60 + time.minute
