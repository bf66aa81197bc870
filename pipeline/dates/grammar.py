"""The grammar of temporal expressions: which words of a text form one. Reading them is in `readings`.

Every pattern starts with a word and repeats only bounded pieces, so that scanning is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.dates.calendar import Calendar, load_calendar

Kind = Literal["point", "since", "until", "before", "after"]


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text that form a temporal expression, not yet placed in time.

    `rule` names the pattern; `groups` are its named groups; `core` is where the expression starts
    without the words since, until, by, before or after, which `kind` stands for.
    """

    start: int
    end: int
    core: int
    rule: str
    kind: Kind
    groups: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled patterns, by rule; the trigger holds a word that every expression contains."""

    trigger: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    not_dates: re.Pattern[str]


_KIND_WORDS: dict[str, Kind] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "by": "until",
    "before": "before",
    "after": "after",
}
_PREFIX = re.compile(r"\b(since|until|till|by|before|after)\s{1,3}(?:the\s{1,3})?$", re.IGNORECASE)
_PREFIX_REACH = 14
_REMEMBERED = 5000


def _any(words: list[str]) -> str:
    """Alternation of words, the longest first; a blank stands for any white space."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered)


_BEFORE_YEAR = ("in", "In", "since", "Since", "by", "By", "until", "during", "from", "before", "after", "of")


def _behind(*words: str) -> str:
    """A look-behind for any of the words; the expression itself starts after them."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words) + ")"


def _rules(calendar: Calendar) -> list[tuple[str, str]]:
    full = [names[0] for names in calendar.months]
    short_months = [rf"{re.escape(n)}\.?" for names in calendar.months for n in names[1:]]
    month = (
        f"(?:{_any(full)}|{_any([n.upper() for n in full])}|{'|'.join(sorted(short_months, key=len)[::-1])})"
    )
    plain = "(?:" + _any([n for n in full if n not in calendar.ambiguous_months]) + ")"
    weekday = "(?i:" + _any([names[0] for names in calendar.weekdays]) + ")"
    short = "(?:" + "|".join(rf"{re.escape(n)}\.?" for names in calendar.weekdays for n in names) + ")"
    number = r"(?:\d{1,3}|" + _any(list(calendar.numbers)) + ")"
    year = r"(?:19|20)\d\d(?![\d,]?\d)"
    numeral = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
    dash = r"\s{0,2}(?:–|—|-|\bto\b|\band\b|\bor\b|/|&|\bthrough\b|\buntil\b)\s{0,2}"
    s = r"\s{1,3}"
    part = r"(?:early|late|mid|(?:the\s)?(?:beginning|start|middle|end)\sof)"
    of_day = "(?:morning|afternoon|evening|night)"
    which = "(?:this|last|next|past|previous|following|coming)"
    some = f"(?P<part>(?i:{part}))"
    during = "(?:in|over|during|for|within|throughout|across)"
    named = "(?i:" + _any([n for d in calendar.named_days for n in d.names]) + ")"
    season = "(?:" + _any(list(calendar.seasons)) + ")"
    lead = rf"(?:(?i:{short}),?{s})?(?:the{s})?"
    kept = rf"(?:,?{s}(?P<y>{year}))?"
    days = "hour|day|week|month"
    span = "week|month|year"
    return [
        ("iso", r"(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?!\d)"),
        ("numeric", r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)"),
        (
            "day_month",
            rf"{lead}(?:(?P<d0>{numeral}){dash})?(?P<d>{numeral})(?:{s}of)?{s}(?P<mo>{month})(?!\w){kept}",
        ),
        (
            "day_month_span",
            rf"{lead}(?P<d0>{numeral}){s}(?P<mo0>{month})(?!\w){dash}(?P<d>{numeral}){s}(?P<mo>{month})(?!\w){kept}",
        ),
        (
            "month_day",
            rf"{lead}(?P<mo>{month}){s}(?:the{s})?(?P<d0>{numeral})(?:{dash}(?P<d>{numeral})(?!{s}{month}))?"
            rf"(?![,.]?\d|%|{s}(?:percent|per{s}cent)){kept}",
        ),
        (
            "month_day_span",
            rf"{lead}(?P<mo0>{month}){s}(?P<d0>{numeral}){dash}(?P<mo>{month}){s}(?P<d>{numeral}){kept}",
        ),
        (
            "week_of_month",
            rf"(?:the{s})?(?P<n>first|second|third|fourth|last|final|1st|2nd|3rd|4th){s}"
            rf"(?P<u>week|half|days|weekend){s}of{s}(?P<mo>{month})(?!\w){kept}",
        ),
        (
            "week_from",
            rf"(?:the{s})?week{s}(?P<w>beginning|starting|commencing|ending|of){s}(?:on{s})?(?:(?i:{short}),?{s})?"
            rf"(?:(?P<d>{numeral}){s}(?P<mo>{month})|(?P<mo2>{month}){s}(?P<d2>{numeral})){kept}",
        ),
        ("month_year", rf"(?:{some}[\s-]{{1,2}})?(?P<mo>{month})(?!\w),?{s}(?:of{s})?(?P<y>{year})"),
        ("month_which", rf"(?:{some}[\s-]{{1,2}})?(?P<w>(?i:{which})){s}(?P<mo>{month})(?!\w)"),
        ("month_part", rf"{some}[\s-]{{1,2}}(?P<mo>{month})(?!\w)"),
        ("month_span", rf"(?P<mo0>{_any(full)}){dash}(?P<mo>{_any(full)})\b{kept}"),
        ("month_bare", rf"{_behind('in', 'In', 'since', 'Since', 'during', 'until')}(?P<mo>{month})(?!\w)"),
        (
            "month_bare",
            rf"{_behind('by', 'from', 'of', 'for', 'to', 'before', 'after')}"
            rf"(?P<mo>{plain})\b(?!{s}[A-Z][a-z])",
        ),
        ("month_bare", rf"(?P<mo>{plain})(?=['’]s{s}[a-zA-Z])"),
        ("year_part", rf"{some}[\s-]{{1,2}}(?P<y>{year})(?!s\b)"),
        ("years", rf"(?P<y0>{year}){dash}(?P<y>{year})(?!s\b)"),
        ("year", rf"{_behind(*_BEFORE_YEAR)}(?P<y>{year})(?!s\b)"),
        ("year", rf"(?:(?<=\bthe\s)|(?<=['’]s\s)|(?<=\ba\s))(?P<y>{year})(?=\s[A-Za-z])"),
        (
            "season",
            rf"(?:(?<=\bthe\s)|(?P<w>(?i:{which})){s}|{some}[\s-]{{1,2}}(?:the{s})?)"
            rf"(?P<se>{season})(?:{s}(?:of{s})?(?P<y>{year}))?\b(?!{s}(?:of|in|from)\b)",
        ),
        ("season", rf"(?P<se>(?i:{season})){s}(?:of{s})?(?P<y>{year})"),
        (
            "quarter",
            rf"(?:the{s})?(?P<n>first|second|third|fourth|last|final){s}quarter"
            rf"(?:{s}(?:of{s})?(?:the{s}year|(?P<y>{year})))?",
        ),
        ("quarter", rf"Q(?P<q>[1-4])(?:{s}(?P<y>{year}))?(?!\w)"),
        (
            "half_year",
            rf"(?:the{s})?(?P<n>first|second){s}half{s}of{s}"
            rf"(?:the{s}year|this{s}year|(?P<w>last|next){s}year|(?P<y>{year}))",
        ),
        ("named_day", rf"(?:(?P<w>(?i:{which})){s})?(?P<name>{named}){kept}(?!\w)"),
        (
            "weekday",
            rf"(?:(?:(?i:this){s})?(?P<w>(?i:this|last|next|past|coming)){s})?"
            rf"(?:(?P<p>(?i:early|late|mid))[\s-]{{1,2}}(?:on{s})?)?"
            rf"(?P<wd>{weekday})\b(?:{s}(?P<h>(?:(?:early|late){s})?{of_day}\b))?"
            rf"(?:{s}(?:of{s})?(?P<w2>this|last|next){s}week\b)?",
        ),
        (
            "day_of_month",
            rf"{_behind('on', 'On', 'from', 'until', 'by', 'since', 'before')}the{s}"
            rf"(?P<d>[1-3]?\d(?:st|nd|rd|th))\b(?!{s}(?:of\b|[a-z]{{4,}}|{month}))",
        ),
        (
            "deictic",
            rf"(?i:(?:the{s}day{s}before{s}yesterday|the{s}day{s}after{s}tomorrow|yesterday|today|tomorrow)\b"
            rf"(?:{s}{of_day}\b)?)",
        ),
        (
            "deictic",
            rf"(?i:(?:(?:earlier|later){s}today|tonight|(?:this|last){s}{of_day}|overnight)\b)",
        ),
        ("anaphoric", rf"(?i:(?:earlier|later){s}(?:in|on|during){s}the{s}(?P<u>day)\b)"),
        (
            "anaphoric",
            rf"(?i:(?:the|that){s}(?P<w>same|previous|following|next|preceding){s}"
            rf"(?P<u>day|{span}|{of_day}|{weekday})\b)",
        ),
        (
            "anaphoric",
            rf"(?i:(?P<w>later|earlier){s}that{s}(?P<u>day|{span})\b|that{s}(?P<u2>day|evening|night)\b)",
        ),
        (
            "offset",
            rf"(?i:(?P<n>{number}){s}(?P<u>hour|day|weekend|quarter|{span})s?{s}"
            r"(?P<w>ago|earlier|later|before|after|prior|on|beforehand|afterwards)\b)",
        ),
        (
            "weeks_hence",
            rf"(?i:in{s}(?P<n>{number}){s}(?P<u>day|week|month)s?(?:['’]{s}?time)?\b(?!{s}of\b))",
        ),
        (
            "window",
            rf"(?i:{during}{s}(?:the{s})?(?P<w>coming|next|past|last|recent|following|previous)"
            rf"(?:{s}(?P<n>{number}){s}(?P<u>{days}|year)s?|{s}(?P<us>{days}|year)s)\b)",
        ),
        (
            "window",
            rf"(?i:{during}{s}the{s}(?P<w>coming|next|past|last|following|previous){s}(?P<u>{days}|year)\b)",
        ),
        ("window", rf"(?i:(?P<w>within)(?:{s}the{s}next)?(?:{s}(?P<n>{number}))?{s}(?P<u>{days})s?\b)"),
        ("window", rf"(?i:in{s}a{s}matter{s}of{s}(?P<u>{days})s\b)"),
        ("period_part", rf"(?i:(?P<e>earlier|later){s}(?P<w>this|next|last){s}(?P<u>{span})\b)"),
        (
            "period_part",
            rf"(?i:(?P<p>early|late|mid|middle{s}of|(?:the{s})?(?:beginning|start|middle|end){s}of)[\s-]{{1,2}}"
            rf"(?P<w>this|next|last|the)(?:{s}(?:coming|current|following))?{s}(?P<u>weekend|quarter|{span})\b)",
        ),
        ("period_part", rf"(?i:before{s}the{s}(?P<u>{span}){s}is{s}(?:out|over)\b)"),
        ("midweek", r"(?i:mid-?week)\b"),
        (
            "period",
            rf"(?i:(?P<w>this|last|next|the{s}coming|the{s}past|the{s}previous|the{s}following|coming){s}"
            rf"(?P<u>weekend|quarter|{span})\b)",
        ),
        ("period", rf"(?i:(?:(?:over|at|on|during|for){s}the|the|at|on|over){s}(?P<u>weekend)\b)"),
    ]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Compile the patterns for the words of the reference data."""
    own = load_calendar()
    words = [n for names in own.months for n in names] + [names[0] for names in own.weekdays]
    words += list(own.seasons) + [n for d in own.named_days for n in d.names]
    fixed = r"hours?|days?|weeks?|weekend|months?|quarter|years?|yesterday|today|tomorrow|tonight|overnight"
    clock = r"morning|afternoon|evening|night|mid-?week|moment|Q[1-4]|the\s[1-3]?\d(?:st|nd|rd|th)"
    trigger = rf"\b(?i:{_any(words)}|{fixed}|{clock})\b|\b(?:19|20)\d\d|\d[/.]\d"
    rules = tuple((name, re.compile(rf"(?<![\w]){pattern}")) for name, pattern in _rules(own))
    return Grammar(re.compile(trigger), rules, re.compile(rf"\b(?:{_any(own.not_dates)})\b"))


def scan(text: str) -> tuple[Found, ...]:
    """Find the temporal expressions of ``text``: in reading order, without overlaps, the longest first."""
    return _scan_once(text) if len(text) <= _REMEMBERED else _scan(text)


@lru_cache(maxsize=8192)
def _scan_once(text: str) -> tuple[Found, ...]:
    """Several extractors ask about the same line; lines of usual length are remembered."""
    return _scan(text)


def _scan(text: str) -> tuple[Found, ...]:
    own = grammar()
    if own.trigger.search(text) is None:
        return ()
    hits: list[tuple[int, int, str, dict[str, str]]] = []
    for rule, pattern in own.rules:
        for match in pattern.finditer(text):
            if match.end() > match.start():
                groups = {name: value for name, value in match.groupdict().items() if value is not None}
                hits.append((match.start(), match.end(), rule, groups))
    masked = [(m.start(), m.end()) for m in own.not_dates.finditer(text)]
    hits.extend((start, end, "", {}) for start, end in masked)
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    found: list[Found] = []
    taken = 0
    for start, end, rule, groups in hits:
        if start < taken:
            continue
        taken = end
        if rule == "":
            continue
        floor = found[-1].end if found else 0
        kind, outer = _kind(text, start, end, floor)
        found.append(Found(outer, end, start, rule, kind, groups))
    return tuple(found)


def _kind(text: str, start: int, end: int, floor: int) -> tuple[Kind, int]:
    """What the word before the expression makes of it, and where the expression with that word starts."""
    reach = max(floor, start - _PREFIX_REACH)
    match = _PREFIX.search(text[reach:start])
    # "after Friday's talks" says nothing of the days after Friday.
    if match is None or text[end : end + 2] in {"'s", "’s"}:
        return "point", start
    return _KIND_WORDS[match.group(1).lower()], reach + match.start()
