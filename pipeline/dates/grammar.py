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
Needs = tuple[tuple[str, ...], ...]


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
    """Compiled patterns, each with its rule and the numbers of the `groups` of words that it needs.

    The trigger holds a word that every expression contains, `openers` the words that these begin with.
    """

    trigger: re.Pattern[str]
    openers: frozenset[str]
    rules: tuple[tuple[str, re.Pattern[str], frozenset[int]], ...]
    groups: Needs
    not_dates: re.Pattern[str]


_KIND_WORDS: dict[str, Kind] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "through": "until",
    "up to": "until",
    "up until": "until",
    "no later than": "until",
    "by": "until",
    "before": "before",
    "after": "after",
}
_PREFIX = re.compile(
    r"(?<!-)\b(since|until|till|through|by|before|after|no\slater\sthan|up\sto|up\suntil)\s{1,3}(?:the\s{1,3})?$",
    re.IGNORECASE,
)
_PREFIX_REACH = 24
_END_OF = re.compile(r"(?:the\s)?(?:end|close|turn)\sof\b|\w+(?:['’]s)?[\s-]end\b", re.IGNORECASE)
_REMEMBERED = 5000


# A rule's pattern is tried only on a text that holds one word of each group; with a blank before it, the
# word is the beginning of one. Texts are looked up in lower case, with single blanks for all between words.
_DIGITS = tuple("0123456789")
_CENTURIES = ("19", "20")
_UNITS = (" hour", " day", " week", " fortnight", " quarter", " decade", " month", " year")
_SPANS = (" week", " month", " year", " quarter")
_OF_DAY = ("morning", "afternoon", "evening", "night")
_NEEDS: dict[str, Needs] = {
    "iso": (_CENTURIES,),
    "numeric": (_CENTURIES,),
    "day_month": (_DIGITS,),
    "day_month_span": (_DIGITS,),
    "month_day": (_DIGITS,),
    "month_day_span": (_DIGITS,),
    "week_of_month": ((" of",),),
    "nth_weekday": (("day",),),
    "ordinal_day": ((" of",), ("first", "second", "third", "th")),
    "weekend_from": (("weekend",),),
    "week_from": (("week",),),
    "month_year": ((*_CENTURIES, "year"),),
    "year_part": (_CENTURIES,),
    "decade": (("0s",),),
    "years": (_CENTURIES,),
    "year": (_CENTURIES,),
    "season": (("spring", "summer", "autumn", "fall", "winter"),),
    "quarter": (("quarter", "q1", "q2", "q3", "q4"),),
    "half_year": (("half",),),
    "weekday": (("day",),),
    "weekday_dated": (_DIGITS,),
    "weekday_hence": (("week", "fortnight"),),
    "weekday_ago": (("ago",),),
    "weekday_beyond": (("last", "next"),),
    "weekday_night": (("night",),),
    "day_of_month": (_DIGITS,),
    "deictic": ((" yesterday", " today", " tomorrow", " tonight", " overnight", *_OF_DAY),),
    "anaphoric": (
        ("same", "previous", "following", "next", "preceding", "later", "earlier", "that", "before", "after"),
        ("day", "week", "month", "year", *_OF_DAY),
    ),
    "offset": (
        (" ago", " later", " earlier", " before", " after", " prior", " hence", " from now", " on "),
        _UNITS,
    ),
    "ago_vague": (("ago", "other"),),
    "beside": (("before", "after", "eve"),),
    "weeks_hence": (("in ",), _UNITS),
    "window": (_UNITS,),
    "period_part": (_SPANS,),
    "midweek": (("mid",),),
    "period_end": (("end",),),
    "period_beyond": (("last", "next"),),
    "period": (_SPANS,),
}
_TRIGGERS = (
    *(
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "weekend",
        "fortnight",
        "fortnights",
        "month",
        "months",
    ),
    *("quarter", "year", "years", "decade", "decades", "eve", "yesterday", "today", "tomorrow", "tonight"),
    *("overnight", *_OF_DAY, "midweek", "moment"),
)
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


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
    kept = rf"(?:,?{s}(?P<y>{year})|{s}(?:of{s})?(?P<wy>last|this|next){s}year\b)?"
    days = "hour|day|week|month"
    span = "week|month|year"
    units = "hour|day|weekend|fortnight|quarter|decade|week|month|year"
    stop = r"(?=[.,;:!?)”\"’]|\s(?:and|but|to|in|at|for|when|after|with|or|as|that|if)\b|\s?$)"
    ordinal = _any(list(calendar.ordinals))
    nth = "first|second|third|fourth|last|final|1st|2nd|3rd|4th"
    return [
        ("iso", r"(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?!\d)"),
        ("numeric", r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)"),
        (
            "day_month",
            rf"{lead}(?:(?P<d0>{numeral})(?:,{s}{numeral})?{dash})?(?P<d>{numeral})(?:{s}of)?{s}(?P<mo>{month})(?!\w){kept}",
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
            "week_of_month",
            rf"(?:the{s})?(?P<n>latter|closing|dying|early|opening){s}(?P<u>half|days|weeks){s}of{s}(?P<mo>{month})(?!\w){kept}",
        ),
        (
            "nth_weekday",
            rf"(?:the{s})?(?P<n>{nth}){s}(?P<wd>{weekday}){s}(?:of|in){s}(?P<mo>{month})(?!\w){kept}",
        ),
        ("ordinal_day", rf"(?:the{s})?(?P<n>(?i:{ordinal})){s}of{s}(?P<mo>{month})(?!\w){kept}"),
        (
            "weekend_from",
            rf"(?:the{s})?weekend{s}of{s}(?:(?P<d>{numeral})(?!{dash}\d){s}(?P<mo>{month})|"
            rf"(?P<mo2>{month}){s}(?P<d2>{numeral})(?!{dash}\d)){kept}",
        ),
        (
            "week_from",
            rf"(?:the{s})?week{s}(?P<w>beginning|starting|commencing|ending|of){s}(?:on{s})?(?:(?i:{short}),?{s})?"
            rf"(?:(?P<d>{numeral}){s}(?P<mo>{month})|(?P<mo2>{month}){s}(?P<d2>{numeral})){kept}",
        ),
        ("month_year", rf"(?:{some}[\s-]{{1,2}})?(?P<mo>{month})(?!\w),?{s}(?:of{s})?(?P<y>{year})"),
        (
            "month_year",
            rf"(?:{some}[\s-]{{1,2}})?(?P<mo>{month})(?!\w){s}(?:of{s})?(?P<wy>last|this|next){s}year\b",
        ),
        ("month_which", rf"(?:{some}[\s-]{{1,2}})?(?P<w>(?i:{which})){s}(?P<mo>{month})(?!\w)"),
        ("month_part", rf"{some}[\s-]{{1,2}}(?P<mo>{month})(?!\w)"),
        ("month_span", rf"(?P<mo0>{_any(full)}){dash}(?P<mo>{_any(full)})\b{kept}"),
        ("month_bare", rf"{_behind('in', 'In', 'since', 'Since', 'during', 'until')}(?P<mo>{month})(?!\w)"),
        (
            "month_bare",
            rf"{_behind('by', 'from', 'of', 'for', 'to', 'before', 'after')}"
            rf"(?P<mo>{plain})\b(?!{s}[A-Z][a-z])",
        ),
        (
            "month_bare",
            rf"{_behind('the', 'The', 'a', 'A', 'its', 'their', 'his', 'her', 'this')}"
            rf"(?P<mo>{month})(?=\s[a-z]{{3,20}}\b)",
        ),
        ("month_bare", rf"(?P<mo>{plain})(?=['’]s{s}[a-zA-Z])"),
        ("year_part", rf"{some}[\s-]{{1,2}}(?P<y>{year})(?!s\b)"),
        ("decade", rf"(?:the{s})?(?:{some}[\s-]{{1,2}})?(?P<y>(?:19|20)\d0)s\b"),
        ("years", rf"(?P<y0>{year}){dash}(?P<y>{year})(?!s\b)"),
        ("year", rf"{_behind(*_BEFORE_YEAR)}(?P<y>{year})(?!s\b)"),
        ("year", rf"(?:(?<=\bthe\s)|(?<=['’]s\s)|(?<=\ba\s))(?P<y>{year})(?=\s[A-Za-z])"),
        (
            "season",
            rf"(?:(?<=\bthe\s)|(?P<w>(?i:{which})){s}|{some}[\s-]{{1,2}}(?:the{s})?)"
            rf"(?P<se>{season})(?:{s}(?:of{s})?(?P<y>{year}))?\b(?!{s}(?:of|in|from)\b)",
        ),
        ("season", rf"(?:the{s})?(?P<se>(?i:{season})){s}(?:of{s})?(?P<wy>last|this|next){s}year\b"),
        ("season", rf"(?P<se>(?i:{season})){s}(?:of{s})?(?P<y>{year})"),
        (
            "quarter",
            rf"(?:the{s})?(?P<n>first|second|third|fourth|last|final){s}quarter"
            rf"(?:{s}(?:of{s})?(?:the{s}year|(?P<wy>last|this|next){s}year|(?P<y>{year})))?",
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
            rf"(?i:(?P<w2>this|last|next){s}week,?{s}(?:on{s})?)(?P<wd>{weekday})\b"
            rf"(?:{s}(?P<h>(?:(?:early|late){s})?{of_day}\b))?",
        ),
        (
            "weekday_hence",
            rf"(?i:(?P<n>{number}){s}(?P<u>week|fortnight)s?{s}(?:from|on)(?:{s}next)?){s}(?P<wd>{weekday})\b",
        ),
        ("weekday_hence", rf"(?i:(?P<n>{number}){s}weeks?{s}from){s}(?P<wd>today|tomorrow)\b"),
        ("weekday_hence", rf"(?:(?i:next|this){s})?(?P<wd>{weekday}){s}(?P<u>week|fortnight)\b{stop}"),
        (
            "weekday_ago",
            rf"(?i:(?P<n>{number}){s}weeks?{s}ago,?{s}(?:on{s})?(?:last{s})?)(?P<wd>{weekday})\b",
        ),
        ("weekday_beyond", rf"(?:(?i:the){s})?(?P<wd>{weekday}){s}(?P<w>before{s}last|after{s}next)\b"),
        ("weekday_beyond", rf"(?i:(?P<w>last|next)){s}(?P<wd>{weekday}){s}but{s}one\b"),
        (
            "weekday_night",
            rf"(?i:in{s}the{s}night|overnight|night)(?:{s}(?:from|on))?(?:{s}(?P<wd0>{weekday}))?{s}(?:in)?to{s}(?P<wd>{weekday})\b",
        ),
        ("weekday_night", rf"(?P<wd0>{weekday}){s}night{s}(?:in)?to{s}(?P<wd>{weekday})\b"),
        (
            "weekday_dated",
            rf"(?P<wd>{weekday}),?{s}(?:the{s})?(?P<d>[12]?\d|3[01])(?:(?:st|nd|rd|th)\b|(?=\s?(?:[:–—)](?!\d)|$)))",
        ),
        (
            "weekday",
            rf"(?<!very\s)(?<!ach\s)(?:(?:(?i:this){s})?(?P<w>(?i:this|last|next|past|coming)){s})?"
            rf"(?:(?P<p>(?i:early|late|mid))[\s-]{{1,2}}(?:on{s})?)?"
            rf"(?P<wd>{weekday})\b(?:{s}(?P<h>(?:(?:early|late){s})?{of_day}\b))?"
            rf"(?:{s}(?:of{s})?(?P<w2>this|last|next){s}week\b)?",
        ),
        (
            "day_of_month",
            rf"{_behind('on', 'On', 'from', 'until', 'by', 'since', 'before')}the{s}"
            rf"(?P<d>[1-3]?[0-9](?:st|nd|rd|th))\b(?!{s}(?:of\b|[a-z]{{4,}}|{month}))",
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
            rf"(?<!alf\s)(?i:(?P<n>{number}){s}(?P<u>{units})s?{s}"
            r"(?P<w>ago|earlier|later|before|after|prior|on(?!\s+[A-Z\d]|\s+(?i:the|a|an)\b)|beforehand|afterwards|hence|from\snow)\b)"
            rf"(?P<exact>{s}today\b)?",
        ),
        (
            "offset",
            rf"(?i:(?P<n0>{number}){s}?(?:or|to|–|-){s}?(?P<n>{number}|so|two){s}(?P<u>{units})s?{s}"
            r"(?P<w>ago|earlier|later|from\snow)\b)",
        ),
        (
            "offset",
            rf"(?i:(?P<n0>an?|one){s}(?P<u>{units}){s}or{s}(?P<n>two|so){s}(?P<w>ago|earlier|later|from\snow)\b)",
        ),
        ("ago_vague", rf"(?i:(?P<u>hour|day|week|month)s{s}ago\b|the{s}other{s}day\b)"),
        (
            "beside",
            rf"(?i:the{s}(?P<u>day|night|evening){s}(?P<w>before|after)|(?:the{s})?eve{s}of)"
            rf"(?={s}(?:the{s})?(?:{weekday}|{month}\b|{named}|\d))",
        ),
        ("anaphoric", rf"(?i:the{s}(?P<u>day|night|evening|week|month|year){s}(?P<w>before|after)){stop}"),
        (
            "weeks_hence",
            rf"(?i:in{s}(?:about{s}|around{s}|some{s}|another{s})?(?P<n>{number}){s}(?P<u>hour|day|week|fortnight|month|year)s?"
            rf"(?:['’]s?{s}?time)?\b(?!{s}of\b))",
        ),
        (
            "weeks_hence",
            rf"(?i:in{s}(?P<n0>{number}){s}?(?:or|to|–|-){s}?(?P<n>{number}){s}(?P<u>day|week|month)s?"
            rf"(?:['’]{s}?time)?\b(?!{s}of\b))",
        ),
        ("weeks_hence", rf"(?i:in{s}(?P<n0>an?|one){s}(?P<u>day|week|month){s}or{s}(?P<n>two|so)\b)"),
        (
            "window",
            rf"(?i:{during}{s}(?:the{s})?(?P<w>coming|next|past|last|recent|following|previous)"
            rf"(?:{s}(?P<n>{number}){s}(?P<u>{days}|year)s?|{s}(?:few{s}|several{s}|couple{s}of{s})?(?P<us>{days}|year)s)\b"
            rf"(?!{s}of\b))",
        ),
        (
            "window",
            rf"(?i:{during}{s}the{s}(?P<w>coming|next|past|last|following|previous){s}(?P<u>{days}|year)\b(?!{s}of\b))",
        ),
        ("window", rf"(?i:(?P<w>within){s}(?P<the>the){s}(?P<u>week|month|year)\b(?!{s}of\b))"),
        ("window", rf"(?i:(?P<w>within)(?:{s}the{s}next)?(?:{s}(?P<n>{number}))?{s}(?P<u>{days})s?\b)"),
        ("window", rf"(?i:in{s}a{s}matter{s}of{s}(?P<u>{days})s\b)"),
        ("period_part", rf"(?i:(?P<e>earlier|later){s}(?P<w>this|next|last){s}(?P<u>{span})\b)"),
        (
            "period_part",
            rf"(?i:(?P<p>early|late|mid|middle{s}of|(?:the{s})?(?:beginning|start|middle|end){s}of)[\s-]{{1,2}}"
            rf"(?P<w>this|next|last|the)(?:{s}(?:coming|current|following))?{s}(?P<u>weekend|quarter|{span})\b)",
        ),
        (
            "period_part",
            rf"(?i:(?P<p>(?:the{s})?(?:first|second|latter|back){s}(?:half|end){s}of){s}(?P<w>this|next|last|the){s}(?P<u>month)\b)",
        ),
        (
            "period_part",
            rf"(?i:(?P<p>(?:towards?{s})?(?:the{s})?(?:tail{s}|back{s})?end{s}of){s}(?P<w>this|next|last){s}(?P<u>month|year)\b)",
        ),
        (
            "period_end",
            rf"(?i:(?:the{s})?(?P<u>year|month|quarter)(?:['’]s)?[\s-]end\b|(?:the{s})?week['’]s{s}end\b)",
        ),
        ("period_beyond", rf"(?i:the{s}(?P<u>weekend|{span}){s}(?P<w>before{s}last|after{s}next)\b)"),
        ("period", rf"(?i:(?P<w>all){s}(?P<u>week)\b)"),
        ("period_part", rf"(?i:before{s}the{s}(?P<u>{span}){s}is{s}(?:out|over)\b)"),
        ("period_part", rf"(?i:(?P<e>earlier|later){s}in{s}the{s}(?P<u>week)\b)"),
        ("midweek", r"(?i:mid-?week)\b"),
        (
            "period",
            rf"(?i:(?P<w>this|last|next|the{s}coming|the{s}past|the{s}previous|the{s}following|coming){s}"
            rf"(?P<u>weekend|quarter|{span})\b)",
        ),
        ("period", rf"(?i:(?:(?:over|at|on|during|for){s}the|the|at|on|over){s}(?P<u>weekend)\b(?!{s}of\b))"),
    ]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Compile the patterns for the words of the reference data."""
    own = load_calendar()
    words = [n for names in own.months for n in names] + [names[0] for names in own.weekdays]
    words += list(own.seasons) + [n for d in own.named_days for n in d.names]
    fixed = rf"{'|'.join(_TRIGGERS)}|mid-week|Q[1-4]|the\s[1-3]?\d(?:st|nd|rd|th)"
    trigger = rf"\b(?i:{_any(words)}|{fixed})\b|\b(?:19|20)\d\d|\d[/.]\d"
    days = {" ".join(_WORD.findall(name.lower())) for day in own.named_days for name in day.names}
    months = {name[:3].lower() for names in own.months for name in names}
    of_day, of_month = (tuple(sorted(f" {name}" for name in names)) for names in (days, months))
    needs = _NEEDS | {"named_day": (of_day,)}
    groups = (of_month, *dict.fromkeys(group for own_groups in needs.values() for group in own_groups))
    rules = []
    for rule, pattern in _rules(own):
        wanted = {groups.index(group) for group in needs.get(rule, ())}
        if "(?P<mo>" in pattern and rule != "iso":  # the name of a month, not its number
            wanted.add(groups.index(of_month))
        rules.append((rule, re.compile(rf"(?<![\w]){pattern}"), frozenset(wanted)))
    openers = frozenset(_WORD.findall(word.lower())[0] for word in words).union(_TRIGGERS, {"mid"})
    not_dates = re.compile(rf"\b(?:{_any(own.not_dates)})\b")
    return Grammar(re.compile(trigger), openers, tuple(rules), groups, not_dates)


def scan(text: str) -> tuple[Found, ...]:
    """Find the temporal expressions of ``text``: in reading order, without overlaps, the longest first."""
    return _scan_once(text) if len(text) <= _REMEMBERED else _scan(text)


@lru_cache(maxsize=8192)
def _scan_once(text: str) -> tuple[Found, ...]:
    """Several extractors ask about the same line; lines of usual length are remembered."""
    return _scan(text)


def _scan(text: str) -> tuple[Found, ...]:
    own = grammar()
    # Most texts hold no date at all; those without a number or one of the words are found out quickest.
    words = _WORD.findall(text.lower())
    if own.openers.isdisjoint(words) and _DIGIT.search(text) is None:
        return ()
    if own.trigger.search(text) is None:
        return ()
    hits: list[tuple[int, int, str, dict[str, str]]] = []
    told = f" {' '.join(words)} "
    held = {number for number, group in enumerate(own.groups) if any(word in told for word in group)}
    for rule, pattern, needs in own.rules:
        if not needs <= held:
            continue
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
    word = " ".join(match.group(1).lower().split())
    if floor and word in {"until", "through", "till"} and not text[floor : reach + match.start()].strip():
        # "from Monday until Tuesday" is one range, which the two ends form.
        return "point", start
    if word == "before" and _END_OF.match(text, start):
        # Before the end of the year means within it.
        word = "until"
    return _KIND_WORDS[word], reach + match.start()
