"""The publication date that a page states in its own furniture."""

from __future__ import annotations

import datetime as dt

from pipeline.clean.classify import DAY_FIRST, Judged
from pipeline.clean.zones import Page
from pipeline.model import DateRange

_OF_OTHERS = frozenset(
    {"tail_section", "related_list", "link_card", "comment_widget", "site_text", "related_headline", "tags"}
)
"""Signals of lines whose dates may be those of other pages, of readers' comments or of the site."""
_FEW_WORDS = 20
_POSTS = ("entry_stamp", "day_heading")
"""Rules of the stamps of posts; without a year they tell less of the page than when it was updated."""
_SOURCES = ("page_date", *_POSTS)


def page_published(page: Page, year: int | None) -> DateRange | None:
    """The page's date: a stamp in its head, else in the byline, else the dateline of its first paragraph,
    else a stamp below the text that says what it is ("Published ...").

    A stamp that says so goes before a bare date above the title, which may be that of the day of reading.

    Args:
        page: decided lines.
        year: for stamps that leave it out.
    """
    # A full date below the title is the page's; one above may be that of the day on which it was read.
    title = next((i for i, j in enumerate(page.lines) if j.kind == "title"), 0)
    stamps = [
        (i, j)
        for i, j in enumerate(page.lines)
        if page.in_head(i) and j.stamp is not None and j.stamp.has_day
    ]
    above = all(i < title for i, j in stamps if j.rule in _SOURCES)
    labelled = above and any(_says_published(j) for _, j in stamps)
    for wanted in (
        *([("update_stamp",)] if labelled else []),
        _SOURCES,
        ("update_stamp",),
        _POSTS,
        ("byline", "head_furniture"),
        ("head_title",),
        ("navigation", "menu"),
        ("address",),
    ):
        found = [
            (
                (j.stamp.updated and j.stamp.year is None, j.stamp.year is None, i < title),
                (labelled and j.stamp.updated, i < title and j.stamp.time is None),
                i,
                j.stamp,
            )
            for i, j in stamps
            if j.rule in wanted and j.stamp is not None
            if wanted is not _SOURCES or j.rule not in _POSTS or j.stamp.year is not None
        ]
        for *_, stamp in sorted(found, key=lambda item: item[:3]):
            day = stamp.date(year)
            if day is not None:
                return DateRange(day, day)
    dateline = _dateline_day(page, year)
    if dateline is not None:
        return DateRange(dateline, dateline)
    for j in page.lines[page.last :]:
        if j.rule in ("update_stamp", "page_date") and j.stamp is not None and j.stamp.year is not None:
            below = j.stamp.date()
            if below is not None:
                return DateRange(below, below)
    return _only_date(page)


def _says_published(j: Judged) -> bool:
    """Whether a line says that its full date is that of publication, and not of a later change."""
    return (
        j.rule == "update_stamp" and j.stamp is not None and j.stamp.year is not None and not j.stamp.updated
    )


def _only_date(page: Page) -> DateRange | None:
    """The day of the furniture's one full date, where that stands among no other pages' headlines."""
    days = {
        day
        for j in page.lines
        if j.kind == "boilerplate" and j.rule not in _OF_OTHERS and j.line.n_words <= _FEW_WORDS
        if j.stamp is not None and j.stamp.year is not None and (day := j.stamp.date()) is not None
    }
    return DateRange(*days, *days) if len(days) == 1 else None


def _dateline_day(page: Page, year: int | None) -> dt.date | None:
    """Day of the dateline that opens the text, if that is not the first item of a chronology."""
    text = page.lines[page.lead : page.last]
    if not text or text[0].dateline is None:
        return None
    if DAY_FIRST.match(text[0].line.text) and any(j.dateline is not None for j in text[1:]):
        return None
    return text[0].dateline.date(year)
