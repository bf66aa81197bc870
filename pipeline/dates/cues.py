"""Cues to a document's publication day in its own text: what each says of a candidate day.

A cue scores a day by a logarithm of likelihood: 0 is no objection, and a large negative number excludes.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipeline.dates import calendar as cal
from pipeline.dates.calendar import load_calendar, shift
from pipeline.dates.grammar import Found, scan
from pipeline.dates.page_date import parse_page_date
from pipeline.dates.reading import Context, Tense, nearest
from pipeline.dates.readings import read
from pipeline.dates.tense import tense_around
from pipeline.model import DateRange

Score = Callable[[dt.date], float]

# How often a bare weekday of the past lies 0, 1, ... 6 days before the report, and one to come after it.
_PAST_LAG = (0.40, 0.27, 0.12, 0.09, 0.07, 0.04, 0.01)
_FUTURE_LEAD = (0.10, 0.30, 0.18, 0.14, 0.12, 0.10, 0.06)
# A share of unknown tenses that are past.
_PAST_SHARE = 0.7
_EXCLUDED = -8.0
# Within so many days a weekday's name is enough.
_WEEKDAY_REACH = 5
# Days that a date may span which is no whole month.
_DAYS = 14
# A date without its year is hardly so many days away.
_FAR = 240
_FLOOR = 5.0
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.!?])\s{1,3}|(?<=[.!?][”\"’'])\s{1,3}")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|&copy;)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATELINE_HEAD = re.compile(r"[A-Z][A-Z/ ,.'’-]{2,58}$")
_DATELINE_TAIL = re.compile(r"\s?(?:\(|–|—|--|-\s)")
_MAX_SENTENCE = 2000
_WEEKDAY = r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s"
_WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY}\(?(?:the\s)?$")
_WEEKDAY_FIRST = re.compile(_WEEKDAY)
_BOTH_REACH = 40


@dataclass(frozen=True, slots=True)
class Cue:
    """One reason for or against days; `around` are the days it brings into question at all, if any."""

    reason: str
    score: Score
    around: DateRange | None = None

    def remembering(self) -> Cue:
        """The same cue, which looks at each day once however often it is asked."""
        return replace(self, score=lru_cache(maxsize=None)(self.score))


@dataclass(frozen=True, slots=True)
class Mention:
    """A temporal expression with its tense and the sentence around it."""

    found: Found
    text: str
    tense: Tense | None
    sentence: str
    sentence_no: int
    is_furniture: bool


def sentences(line: str) -> list[str]:
    """Split a line roughly; a very long piece is cut."""
    return [piece[:_MAX_SENTENCE] for piece in _SENTENCE_END.split(line) if piece]


def mentions_of(lines: Sequence[str], *, is_furniture: bool = False) -> list[Mention]:
    """All temporal expressions of the lines, sentence by sentence."""
    out: list[Mention] = []
    number = 0
    for line in lines:
        for sentence in sentences(line):
            number += 1
            for found in scan(sentence):
                tense = tense_around(sentence, found.start, found.end)
                if found.kind in {"until", "before"}:
                    tense = "future"
                elif found.kind == "since":
                    tense = "past"
                text = sentence[found.start : found.end]
                out.append(Mention(found, text, tense, sentence, number, is_furniture))
    return out


def own_cues(body: Sequence[str], furniture: Sequence[str]) -> list[Cue]:
    """Everything that the document itself says of its day."""
    body_mentions = mentions_of(body)
    all_mentions = body_mentions + mentions_of(furniture, is_furniture=True)
    cues = list(_copyright(furniture))
    cues += _page_dates(furniture)
    cues += _datelines(body)
    cues += _full_dates(body_mentions)
    cues += _weekdays(all_mentions)
    cues += _weekday_dates(body_mentions)
    equal = list(_equal_mentions(body_mentions))
    cues += _yearless([m for m in body_mentions if all(m is not named for _, named in equal)])
    cues += map(_equality, equal)
    cues += _after_named(body_mentions)
    # What is said twice is no further evidence, and a long page says much twice.
    return list({cue.reason: cue for cue in cues}.values())


def _years(first: int, last: int) -> DateRange:
    return DateRange(dt.date(first, 1, 1), dt.date(last, 12, 31))


def _copyright(lines: Sequence[str]) -> Iterator[Cue]:
    """A copyright year is the story's, or the later year in which the page was fetched."""
    years = [int(y) for line in lines if _COPYRIGHT.search(line) for y in _YEAR.findall(line)]
    if not years:
        return
    year = max(years)

    def score(day: dt.date) -> float:
        if day.year == year:
            return 0.0
        return -1.5 - 1.5 * (year - day.year) if day.year < year else _EXCLUDED

    yield Cue(f"copyright year {year}", score, _years(year - 1, year))


def _page_dates(lines: Sequence[str]) -> Iterator[Cue]:
    """A full date in the page's furniture is the day of publication or near it."""
    for line in lines:
        days = parse_page_date(line)
        if days is not None:
            yield Cue(f"page gives {days.first}", _close_to(days.first), shift(days, -14, 14))


def _close_to(one: dt.date) -> Score:
    return lambda day: -1.5 * abs((day - one).days)


def _datelines(lines: Sequence[str]) -> Iterator[Cue]:
    """ "KYIV, March 12 (Reuters) -": the day of writing, without its year."""
    for line in lines[:6]:
        for found in scan(line[:80]):
            head, tail = line[: found.start], line[found.end : found.end + 4]
            if (
                found.rule in {"month_day", "day_month"}
                and _DATELINE_HEAD.match(head)
                and _DATELINE_TAIL.match(tail)
            ):
                text = line[found.start : found.end]

                def score(day: dt.date, found: Found = found) -> float:
                    days = _read(found, day, None)
                    return _EXCLUDED if days is None or not 0 <= (day - days.first).days <= 1 else 0.0

                yield Cue(f"dateline of {text}", score)


def _read(found: Found, day: dt.date, tense: Tense | None) -> DateRange | None:
    """The days that a phrase means in a report of `day`."""
    if found.rule in _YEARLY_DAYS and "y" not in found.groups:
        options = _occurrences(found.rule, tuple(sorted(found.groups.items())), day.year)
        return nearest(options, Context(DateRange(day, day), tense, None))[0]
    return read(found.rule, "", found.groups, Context(DateRange(day, day), tense, None)).days


_YEARLY_DAYS = frozenset({"day_month", "month_day", "day_month_span", "month_day_span"})
_DAY_RULES = frozenset({"iso", "numeric", "day_month", "month_day", "day_month_span", "month_day_span"})
_MONTH_RULES = frozenset({"month_bare", "month_part", "month_year"})


def _full_dates(mentions: Sequence[Mention]) -> Iterator[Cue]:
    """Dates with their year: the report is not before the past ones, and near the latest of them."""
    past: list[tuple[DateRange, str]] = []
    for m in mentions:
        if m.found.rule not in _DAY_RULES | _MONTH_RULES | {"year", "years"} or "y" not in m.found.groups:
            continue
        days = read(m.found.rule, "", m.found.groups, Context(None, None, None)).days
        if days is None:
            continue
        if m.tense == "future":
            if m.found.rule in _DAY_RULES:
                last = days.last

                def ahead(day: dt.date, last: dt.date = last) -> float:
                    return -4.0 if day > last else -math.log1p((last - day).days / 60)

                yield Cue(f"“{m.text}” still to come", ahead, _years(last.year - 1, last.year))
        elif m.tense == "past" or m.found.rule in _DAY_RULES:
            past.append((days, m.text))
    if not past:
        return
    latest, text = max(past, key=lambda p: (p[0].first, -cal.width(p[0])))
    # A day is named soon after it; a month or a year is often named as what lies far behind.
    is_day = cal.width(latest) <= _DAYS
    scale, reach = (20 if cal.width(latest) == 0 else 60, 1) if is_day else (240, 3)

    def score(day: dt.date) -> float:
        if day < latest.first:
            return _EXCLUDED
        return -math.log1p(max(0, (day - latest.last).days) / scale)

    yield Cue(f"“{text}” is past", score, _years(latest.last.year, latest.last.year + reach))


def _weekdays(mentions: Sequence[Mention]) -> Iterator[Cue]:
    """Bare weekdays: a reporter mostly names the day of the report, or the day before or after it."""
    calendar = load_calendar()
    counts: Counter[tuple[int, Tense | None, bool]] = Counter()
    names: dict[int, str] = {}
    for m in mentions:
        if m.found.rule == "weekday" and not m.found.groups.keys() & {"w", "w2"}:
            number = calendar.weekday_number(m.found.groups["wd"])
            names[number] = m.found.groups["wd"]
            counts[(number, m.tense, m.is_furniture)] += 1
    for number, _, is_furniture in [key for key in counts if key[1] == "past"]:
        # One that is in the past elsewhere is hardly to come here.
        counts[(number, "past", is_furniture)] += counts.pop((number, None, is_furniture), 0)
    for (number, tense, is_furniture), count in sorted(counts.items(), key=lambda i: (-i[1], str(i[0]))):
        weight = (0.5 if is_furniture else 1.0) * (1 + 0.5 * math.log(count))
        table = tuple(weight * math.log(_weekday_chance(number, tense, on)) for on in range(7))
        told = {"past": "in the past", "future": "to come", None: "in an unclear tense"}[tense]
        yield Cue(f"{names[number]} {told} ({count}×)", _by_weekday(table))


def _by_weekday(table: Sequence[float]) -> Score:
    return lambda day: table[day.weekday()]


def _weekday_chance(number: int, tense: Tense | None, on: int) -> float:
    past, future = _PAST_LAG[(on - number) % 7], _FUTURE_LEAD[(number - on) % 7]
    if tense == "past":
        return past
    if tense == "future":
        return future
    return _PAST_SHARE * past + (1 - _PAST_SHARE) * future


def _weekday_beside(m: Mention) -> int | None:
    """The weekday that stands before a date: "Thursday, 5 February", "on Thursday (5 February)"."""
    before = m.sentence[max(0, m.found.core - 14) : m.found.core]
    match = _WEEKDAY_BEFORE.search(before) or _WEEKDAY_FIRST.match(m.sentence[m.found.core : m.found.end])
    return None if match is None else load_calendar().weekday_number(match[1])


def _weekday_dates(mentions: Sequence[Mention]) -> Iterator[Cue]:
    """ "Thursday, 5 February": only in some years is the fifth a Thursday."""
    seen: set[str] = set()
    for m in mentions:
        if m.found.rule not in {"day_month", "month_day"} or "y" in m.found.groups:
            continue
        number = _weekday_beside(m)
        if number is None or m.text in seen:
            continue
        seen.add(m.text)

        def score(day: dt.date, m: Mention = m, number: int = number) -> float:
            days = _read(m.found, day, m.tense)
            return 0.0 if days is not None and days.first.weekday() == number else _EXCLUDED

        yield Cue(f"weekday of “{m.text}”", score)


_TOLD: dict[Tense | None, str] = {"past": "is past", "future": "is to come", None: "is near"}


def _yearless(mentions: Sequence[Mention]) -> Iterator[Cue]:
    """Days, months and named days without a year lie near the report, on the side their tense says."""
    seen: set[tuple[str, Tense | None]] = set()
    loose: dict[Tense | None, list[Mention]] = {"past": [], "future": [], None: []}
    for m in mentions:
        if "y" in m.found.groups or (m.text.lower(), m.tense) in seen:
            continue
        seen.add((m.text.lower(), m.tense))
        told = _TOLD[m.tense]
        if m.found.rule == "named_day":
            yield Cue(f"“{m.text}” {told}", _near(m, back=5.0, ahead=20.0, cap=5.0))
        elif m.found.rule in _DAY_RULES and _weekday_beside(m) is not None:
            yield Cue(f"“{m.text}” {told}", _near(m, back=4.0, ahead=8.0, cap=7.0))
        elif m.found.rule in _DAY_RULES | _MONTH_RULES:
            loose[m.tense].append(m)
    names_weekdays = sum(m.found.rule == "weekday" for m in mentions) >= 2
    for tense, group in loose.items():
        if group:
            listed = ", ".join(f"“{m.text}”" for m in group[:5])
            yield Cue(f"{listed} {_TOLD[tense]}", _on_the_side(group, tense, names_weekdays))


def _near(m: Mention, *, back: float, ahead: float, cap: float) -> Score:
    """How near the occurrence is: `back` and `ahead` are days in which the chance falls to a third."""

    def score(day: dt.date) -> float:
        best = -cap
        for tense in ("past", "future") if m.tense is None else (m.tense,):
            days = _side(m.found, day, tense)
            if days is not None:
                gap = cal.distance(DateRange(day, day), days)
                best = max(best, -(gap / back if gap >= 0 else -gap / ahead))
        return best

    return score


def _on_the_side(mentions: Sequence[Mention], tense: Tense | None, names_weekdays: bool) -> Score:
    """All dates that are past, or to come: the nearest is near, and none lies most of a year away.

    Who writes "Friday" of the days around the report writes "April 20" of others.
    """
    scale = 35.0 if tense == "past" else 45.0
    sides: tuple[Tense, ...] = ("past", "future") if tense is None else (tense,)

    def score(day: dt.date) -> float:
        nearest, wrong, odd = _FAR, 0, 0.0
        for m in mentions:
            options = [o for o in (_side(m.found, day, side) for side in sides) if o is not None]
            gap = min((abs(cal.distance(DateRange(day, day), o)) for o in options), default=_FAR)
            nearest = min(nearest, gap)
            wrong += gap > _FAR
            if names_weekdays and m.found.rule in _DAY_RULES and gap < _WEEKDAY_REACH:
                odd = 1.0
        return -min(_FLOOR, nearest / scale) - 2.0 * min(wrong, 3) - odd

    return score


def _side(found: Found, day: dt.date, tense: Tense) -> DateRange | None:
    """The occurrence of a yearly phrase on the side of the tense: begun by the day, or not over on it."""
    options = _occurrences(found.rule, tuple(sorted(found.groups.items())), day.year)
    if tense == "past":
        return next((o for o in reversed(options) if o.first <= day), None)
    return next((o for o in options if o.last >= day), None)


@lru_cache(maxsize=4096)
def _occurrences(rule: str, groups: tuple[tuple[str, str], ...], year: int) -> tuple[DateRange, ...]:
    """A yearly phrase in the year before, in the year and in the year after, in order."""
    nothing = Context(None, None, None)
    found = (read(rule, "", {**dict(groups), "y": str(y)}, nothing).days for y in (year - 1, year, year + 1))
    return tuple(days for days in found if days is not None)


_EQUAL = re.compile(
    r",?\s(?:which\s)?(?:this\syear\s)?(?:is|was|falls\son|fell\son|marks|marked)\s(?:also\s)?|\s\(|,\s|\s–\s"
)


def _equal_mentions(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """A date and the named day that the text says falls on it: "April 20, which this year is Easter"."""
    days = [m for m in mentions if m.found.rule in _DAY_RULES | {"named_day"}]
    for left, right in pairwise(days):
        if left.sentence_no != right.sentence_no:
            continue
        dated, named = (left, right) if right.found.rule == "named_day" else (right, left)
        link = left.sentence[left.found.end : right.found.core]
        if named.found.rule == "named_day" and dated.found.rule in _DAY_RULES and _EQUAL.fullmatch(link):
            yield dated, named


def _equality(pair: tuple[Mention, Mention]) -> Cue:
    """Only in some years does the named day fall on the date."""
    dated, named = pair
    named_day = load_calendar().named_day(named.found.groups["name"])
    tail = named.sentence[max(dated.found.end, named.found.end) :][:_BOTH_REACH]
    both = named_day.or_else is not None and re.search(r"\bboth\b", tail) is not None

    def score(day: dt.date) -> float:
        days = _read(dated.found, day, dated.tense)
        if days is None:
            return _EXCLUDED
        falls = named_day.occurrences(days.first.year)
        return _EXCLUDED if days not in falls or (both and len(falls) > 1) else 0.0

    return Cue(f"“{dated.text}” is {named.text}" + (" in both churches" if both else ""), score)


_AFTER = re.compile(r"\b(?:after|following|since|once|expir\w{2,6})\b")


def _after_named(mentions: Sequence[Mention]) -> Iterator[Cue]:
    """ "Said Monday it had resumed after a pause for Easter": weekday and named day lie close together."""
    by_sentence: dict[int, list[Mention]] = {}
    for m in mentions:
        by_sentence.setdefault(m.sentence_no, []).append(m)
    for group in by_sentence.values():
        weekdays = [m for m in group if m.found.rule == "weekday" and m.tense == "past"]
        anchors = [
            m
            for m in group
            if m.found.rule in {"named_day", "day_month", "month_day"} and m.tense != "future"
        ]
        for weekday, anchor in zip(weekdays[:1], anchors[:1], strict=False):
            after = _AFTER.search(weekday.sentence) is not None

            def score(
                day: dt.date, weekday: Mention = weekday, anchor: Mention = anchor, after: bool = after
            ) -> float:
                said, base = _read(weekday.found, day, "past"), _side(anchor.found, day, "past")
                if said is None or base is None:
                    return -1.5
                gap = (said.first - base.last).days
                if after:
                    return 0.0 if 0 <= gap <= 7 else -3.0
                return 0.0 if abs(gap) <= 7 else -1.5

            yield Cue(f"{weekday.text} {'follows' if after else 'is near'} “{anchor.text}”", score)
