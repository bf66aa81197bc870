"""Temporal expressions of English news text: found with their offsets and resolved to ranges of days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.dates.calendar import distance, load_calendar, shift, width
from pipeline.dates.grammar import Found, Kind, scan
from pipeline.dates.reading import Context, Granularity, Reading, Tense
from pipeline.dates.readings import FROM_REPORT, read
from pipeline.dates.tense import tense_around
from pipeline.model import DateRange


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One temporal expression of a text.

    Attributes:
        char_start: offset of its first character in the text given to `find_dates`.
        char_end: offset after its last character.
        text: ``text[char_start:char_end]``, with the word since, until, by, before or after if it has one.
        first: first day it may mean, or None if that is unknown.
        last: last day it may mean, inclusive; None exactly if `first` is None.
        basis: "explicit" if it names a month, a year or a named day, "relative" if only the anchor dates it.
        kind: "point": what it tells lies within the range. "since": the range runs from the named day to the
            anchor. "until": from the anchor to the named day ("by Friday" too); "before" ends a day earlier.
            "after": the range is the named day itself, and what it tells lies later.
        granularity: size of the named unit; "window" for "in the coming days".
        alternatives: other readings, which only context can exclude: a bare weekday of unknown tense has
            its coming day here, "Easter" the day of the other church.
        weekday_only: nothing but a weekday ("on Tuesday", "late Friday"), so that the week is a guess.
        rule: name of the pattern in `grammar` that found it.
    """

    char_start: int
    char_end: int
    text: str
    first: dt.date | None
    last: dt.date | None
    basis: Literal["explicit", "relative"]
    kind: Kind
    granularity: Granularity
    alternatives: tuple[DateRange, ...]
    weekday_only: bool
    rule: str

    @property
    def days(self) -> DateRange | None:
        """The preferred reading as a range."""
        return None if self.first is None or self.last is None else DateRange(self.first, self.last)


_LINK = re.compile(
    r"\s{0,2}(?:–|—|-|to|through|until|till|and(?:\sagain)?|or)\s{0,2}(?:on\s)?(?:the\s)?", re.IGNORECASE
)
_OPENING = re.compile(r"\b(from|between)\s{1,3}(?:the\s)?$", re.IGNORECASE)
# "Until Friday" looks ahead and "since Sunday" back, unless the caller knows better.
_KIND_TENSE: dict[Kind, Tense] = {"until": "future", "before": "future", "since": "past"}
# What "a day later" may count from.
_NAMED = {"day", "week", "month", "year"}
_LINKED = {"weekday", "month_bare", "day_month", "month_day", "deictic"}
# Read with a year, these are the same days whatever the day of the report.
_WITH_YEAR = {"iso", "numeric", "day_month", "month_day"}


def find_dates(
    text: str, anchor: DateRange | None, *, tense: Tense | None = None, antecedent: DateRange | None = None
) -> list[DateExpression]:
    """Find the temporal expressions of ``text`` in reading order and resolve them against ``anchor``.

    Args:
        text: one line or sentence.
        anchor: the days of the report (`Page.report_range`), or None if they are unknown: then only
            dates with a year are resolved.
        tense: tense of what is dated. None reads the tense off the words around each expression, and
            keeps the other reading in `alternatives`.
        antecedent: the day last named before ``text``, for "the same day", "earlier in the day",
            "a day later".

    Durations ("a 30-day truce"), ages and clock times are no dates. No range is narrower than the words.
    Runs in time linear in the text.
    """
    expressions: list[DateExpression] = []
    for found in scan(text):
        local = tense or _KIND_TENSE.get(found.kind) or tense_around(text, found.start, found.end)
        expression = _resolve(text, found, Context(anchor, local, antecedent), certain=tense is not None)
        joined = _join(text, expressions[-1], expression) if expressions else None
        if joined is not None:
            expressions[-1] = joined
        else:
            expressions.append(expression)
        if expressions[-1].rule == "beside_joined":
            antecedent = expressions[-1].days
        elif expression.granularity in _NAMED and expression.kind == "point" and expression.days is not None:
            antecedent = expression.days
    return expressions


def is_anchored(text: str) -> bool:
    """Whether what `find_dates` gives may depend on the anchor: not if each date has its year."""
    return not all(
        f.rule in _WITH_YEAR and "y" in f.groups and f.kind in {"point", "after"} for f in scan(text)
    )


def is_anaphoric(text: str) -> bool:
    """Whether the words may count from a day named before them: read by themselves they mean other days.

    "The previous month", "a day later", but not "two days ago", which counts from the report.
    """
    return any(
        f.rule == "anaphoric"
        or (f.rule == "offset" and " ".join(f.groups["w"].lower().split()) not in FROM_REPORT)
        for f in scan(text)
    )


def _resolve(text: str, found: Found, context: Context, certain: bool) -> DateExpression:
    reading = read(found.rule, text[found.core : found.end], found.groups, context)
    if not certain and reading.weekday_only and reading.days is not None:
        reading = _both_weekdays(found, reading, context)
    days = _with_kind(found.kind, reading.days, context.anchor)
    return DateExpression(
        char_start=found.start,
        char_end=found.end,
        text=text[found.start : found.end],
        first=None if days is None else days.first,
        last=None if days is None else days.last,
        basis=reading.basis,
        kind=found.kind,
        granularity=reading.granularity,
        alternatives=reading.others,
        weekday_only=reading.weekday_only,
        rule=found.rule,
    )


def _both_weekdays(found: Found, reading: Reading, context: Context) -> Reading:
    """Keep the reading that the guessed tense excluded."""
    both = [read(found.rule, "", found.groups, replace(context, tense=t)).days for t in ("past", "future")]
    others = tuple(days for days in both if days is not None and days != reading.days)
    return replace(reading, others=others)


def _with_kind(kind: Kind, days: DateRange | None, anchor: DateRange | None) -> DateRange | None:
    """Stretch the named days from or to the anchor as the word before them says."""
    if days is None or kind in {"point", "after"} or anchor is None:
        return days
    if kind == "since":
        return DateRange(days.first, max(days.last, anchor.last))
    if kind == "before":
        # Of a day in the past it is not said how long before.
        eve = days.first - dt.timedelta(days=1)
        return DateRange(anchor.first, eve) if anchor.first <= eve else None
    if distance(days, anchor) < 0:
        return days
    return DateRange(min(anchor.first, days.first), days.last)


def _join(text: str, left: DateExpression, right: DateExpression) -> DateExpression | None:
    """ "Monday to Wednesday", "from 3 May until 5 June", "Tuesday and again on Wednesday" as one range."""
    if left.rule == "beside" or (left.rule == "offset" and left.text.lower().endswith(("before", "after"))):
        return _beside(text, left, right)
    if left.rule not in _LINKED or left.rule != right.rule or left.kind not in {"point"}:
        return None
    start = right.char_start
    link = text[left.char_end : start]
    right_days, left_days = right.days, left.days
    if right.kind == "until":
        link += right.text.split()[0]
    elif right.kind != "point":
        return None
    if len(link) > 14 or _LINK.fullmatch(link) is None or left_days is None or right_days is None:
        return None
    opening = _OPENING.search(text[max(0, left.char_start - 14) : left.char_start])
    if right.weekday_only and right_days.last < left_days.first:
        right_days = shift(right_days, 7)
    if right.kind == "until":
        right_days = DateRange(right_days.last, right_days.last)
    gap = (right_days.first - left_days.last).days
    together = link.strip().lower().startswith(("and", "or"))
    if right_days.last < left_days.first or (together and gap != 1 and opening is None):
        return None
    return replace(
        left,
        char_end=right.char_end,
        text=text[left.char_start : right.char_end],
        first=left_days.first,
        last=right_days.last,
        alternatives=(),
        rule=f"{left.rule}_joined",
    )


_STEP = re.compile(
    r"(?:(?<!\S)(?!the\s)(\S+)\s+(day|week)s?|(?:day|night|evening))\s+(before|after)$|eve\s+of$",
    re.IGNORECASE,
)
_TO_DAY = re.compile(r"\s{1,3}(?:the\s{1,3})?")


def _beside(text: str, left: DateExpression, right: DateExpression) -> DateExpression | None:
    """ "Two days before Christmas", "the day after Tuesday's strike", "the eve of May 9"."""
    step = _STEP.search(left.text)
    between = text[left.char_end : right.char_start]
    if step is None or right.days is None or right.kind != "point" or _TO_DAY.fullmatch(between) is None:
        return None
    if width(right.days) > 1:
        return None
    try:
        count = 1 if step[1] is None else load_calendar().count(step[1])
    except KeyError:
        return None
    word = (step[3] or "before").lower()
    by = (-1 if word == "before" else 1) * count * (7 if (step[2] or "day").lower() == "week" else 1)
    days = shift(right.days, by)
    slack = 3 if (step[2] or "").lower() == "week" else 0
    return replace(
        left,
        char_end=right.char_end,
        text=text[left.char_start : right.char_end],
        first=days.first - dt.timedelta(days=slack),
        last=days.last + dt.timedelta(days=slack),
        basis=right.basis,
        kind="point",
        granularity="day" if slack == 0 else "week",
        alternatives=tuple(shift(o, by) for o in right.alternatives) if slack == 0 else (),
        weekday_only=False,
        rule="beside_joined",
    )
