"""How long a meeting lasts by the words of its sentence: the days from its first to its last.

A range of days may be vague ("early next week") or whole, so that the meeting goes on for all of it: "from
Monday to Wednesday", "the three-day talks ended on Wednesday".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.dates.calendar import load_calendar, width
from pipeline.dates.expressions import DateExpression
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import tokens_of
from pipeline.extract.meetings.function_words import CLOSING, OPENING, RESUMING
from pipeline.extract.meetings.occasions import UNHELD, Edge, Occasion
from pipeline.model import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pipeline.extract.meetings.rows import Placed

LONGEST: Final = 14
"""Days that a meeting lasts at most by such words."""

_LASTING: Final = frozenset({"last", "run", "continue", "go", "stretch", "extend", "be", "stay"}) | CLOSING
_GOING_ON: Final = RESUMING | {"continue"}
_COMING: Final = frozenset({"arrive", "land", "fly", "travel", "come", "gather", "meet", "convene"})
_AFTER: Final = frozenset({"after", "following"})
_FROM_TO = re.compile(
    r"\w\s{0,2}(?:–|—|-|\bto\b|\band\b|\bthrough\b|\buntil\b|\btill\b)\s{0,2}(?:on |the )?\w", re.I
)
_NOT_A_RANGE = re.compile(r"\b(?:mid|early|late)-|\bweek", re.I)
_UP_TO_NOUN = re.compile(r"(?:of\s)?(?:[\w-]+\s){0,3}")
_BEGUN_OR_OVER = re.compile(
    r"\b(?:beg[aiu]n|open|start|commenc|launch|conven|kick|under\s?way|end|conclud|finish|wrap|clos|adjourn"
    r"|br(?:oke|eak)|collaps|complet|last|until|through)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)


def give_extent(candidate: Candidate, doc: Doc, dates: Sequence[DateExpression]) -> None:
    """Note whether the candidate's day is the meeting's first or last, and all days that it took if told.

    Args:
        candidate: with its readings and status.
        doc: its line.
        dates: all dates of the line.
    """
    expression = candidate.expression
    if expression is None:
        _give_edge_of_clause(candidate, doc, dates)
        return
    if not candidate.readings:
        return
    best = candidate.readings[0]
    if width(best) > 0:
        named = from_first_to_last(expression.text) and not _BETWEEN.search(doc.text[: expression.char_start])
        lasting = expression.kind == "since" and candidate.status == "ongoing"
        candidate.whole = (named or lasting) and width(best) < LONGEST
        return
    clause = _clause_of(expression, candidate, doc)
    candidate.edge = _edge(candidate) if clause is None else _edge_of(clause)
    days = _counted(candidate)
    if days is not None:
        edge = candidate.edge or ("first" if _planned(candidate) or _came_for(candidate) else None)
        span = None if edge is None else _counting(best.first, days, edge)
    else:
        span = _other_edge(candidate, best.first, doc, dates)
    if span is None:
        return
    candidate.readings, candidate.whole = (span,), True
    reported = candidate.reported
    if candidate.status == "held" and reported is not None and reported.last < span.last:
        candidate.status = "ongoing"


def from_first_to_last(text: str) -> bool:
    """Whether the words name a first and a last day: "10-12 March", "Monday to Friday", not "next week"."""
    return _FROM_TO.search(text) is not None and _NOT_A_RANGE.search(text) is None


def tells_duration(text: str) -> bool:
    """Whether the words tell how many days something took, or that it began or ended."""
    return _BEGUN_OR_OVER.search(text) is not None or _days_counted().search(text) is not None


def give_extents(placed: Iterable[Placed]) -> None:
    """Give occasions the days from the first to the last that lines of a page tell apart.

    "The talks began on Monday. ... They ended on Friday."
    """
    told: dict[int, dict[Edge, list[dt.date]]] = {}
    occasions: dict[int, Occasion] = {}
    for candidate, occasion in ((each.candidate, each.occasion) for each in placed):
        if candidate.edge is None or not candidate.readings or width(candidate.readings[0]):
            continue
        occasions[occasion.number] = occasion
        edges = told.setdefault(occasion.number, {})
        edges.setdefault(candidate.edge, []).append(candidate.readings[0].first)
    for number, edges in told.items():
        if len(edges) == 2:
            first, last = min(edges["first"]), max(edges["last"])
            if 0 < (last - first).days < LONGEST:
                occasions[number].lasted(DateRange(first, last))


def _give_edge_of_clause(candidate: Candidate, doc: Doc, dates: Sequence[DateExpression]) -> None:
    """ "The talks, which began on Monday, were chaired by X": the day is told in a clause of its own."""
    if candidate.rule != "noun_occasion":
        return
    for verb in _clauses(candidate):
        edge = _edge_of(verb) if verb.dep_ in {"relcl", "acl"} and verb.tag_ == "VBD" else None
        for other in _dates_of(verb, doc, dates) if edge is not None else ():
            if other.days is None:
                continue
            over = [d for d in (other.days, *other.alternatives) if _is_over(d, candidate.reported)]
            if over and width(over[0]) == 0:
                candidate.expression, candidate.readings = other, tuple(over)
                candidate.date_basis, candidate.edge = other.basis, edge
                return


def _is_over(days: DateRange, reported: DateRange | None) -> bool:
    return reported is None or days.first <= reported.last


def _edge(candidate: Candidate) -> Edge | None:
    """Whether the candidate's clause tells of the meeting's beginning or of its end."""
    event, verb = candidate.top or candidate.event, candidate.governor
    if candidate.rule != "noun_occasion" or verb is None:
        return None
    if event.dep_ == "pobj" and event.head.lower_ in _AFTER:
        return "last"
    if event.dep_ not in {"nsubj", "nsubjpass", "dobj"} or event.head != verb:
        return None
    return _edge_of(verb)


def _edge_of(verb: Token) -> Edge | None:
    lemma = verb.lemma_.lower()
    if lemma in OPENING or (lemma == "get" and any(c.lower_ in {"under", "underway"} for c in verb.children)):
        return "first"
    come = lemma == "come" and any(t.lower_ in {"end", "close"} for t in verb.subtree)
    return "last" if lemma in CLOSING or come else None


def _planned(candidate: Candidate) -> bool:
    """ "Will hold three days of talks from Monday", not "the two-day round resumes on Wednesday"."""
    resumed = any(t.lemma_.lower() in _GOING_ON for t in candidate.event.sent)
    return candidate.status in UNHELD and not resumed


def _came_for(candidate: Candidate) -> bool:
    """ "Arrived on Tuesday for two days of talks"."""
    event, verb = candidate.top or candidate.event, candidate.governor
    purpose = event.dep_ == "pobj" and event.head.lower_ == "for"
    return purpose and verb is not None and verb.lemma_.lower() in _COMING


def _counted(candidate: Candidate) -> int | None:
    """How many days the words before the meeting's noun give it: "a three-day round", "two days of talks"."""
    event = candidate.event
    before = event.doc[event.sent.start : event.i].text + " "
    told = [m for m in _days_counted().finditer(before) if _UP_TO_NOUN.fullmatch(before, m.end())]
    if not told or event.pos_ != "NOUN":
        return None
    days = load_calendar().count(told[-1]["n"])
    return days if 1 < days < LONGEST else None


@cache
def _days_counted() -> re.Pattern[str]:
    """Words for a number of days, as the calendar spells numbers; vague ones count nothing."""
    calendar = load_calendar()
    vague = {"a", "an", "one", *calendar.vague_numbers}
    words = "|".join(sorted(set(calendar.numbers) - vague, key=len, reverse=True))
    return re.compile(rf"(?<!of )(?<!of the )\b(?P<n>\d{{1,2}}|{words})[ -]days?['’]?\s", re.IGNORECASE)


def _counting(day: dt.date, days: int, edge: Edge) -> DateRange:
    more = dt.timedelta(days=days - 1)
    return DateRange(day, day + more) if edge == "first" else DateRange(day - more, day)


def _other_edge(
    candidate: Candidate, day: dt.date, doc: Doc, dates: Sequence[DateExpression]
) -> DateRange | None:
    """The days between both edges that the sentence tells: "opened on Monday and runs until Friday"."""
    if candidate.edge is None:
        return None
    for verb in _clauses(candidate):
        edge = _edge_of(verb)
        for other in _dates_of(verb, doc, dates):
            if other is candidate.expression:
                continue
            if verb == candidate.governor and _clause_of(other, candidate, doc) is not None:
                continue
            until = other.kind == "until" and verb.lemma_.lower() in _LASTING
            told = "last" if until else edge
            if told is None or told == candidate.edge:
                continue
            for days in (other.days, *other.alternatives):
                if days is None or (width(days) and not until):
                    continue
                first, last = (day, days.last) if told == "last" else (days.first, day)
                if 0 < (last - first).days < LONGEST:
                    return DateRange(first, last)
    return None


def _clause_of(expression: DateExpression, candidate: Candidate, doc: Doc) -> Token | None:
    """The clause on the meeting's noun that holds the date: "the talks, which began on Sunday, ended"."""
    return next((v for v in _own_clauses(candidate) if any(_dates_of(v, doc, [expression]))), None)


def _dates_of(verb: Token, doc: Doc, dates: Sequence[DateExpression]) -> Iterator[DateExpression]:
    """Those of the dates that stand in the verb's clause, or below it."""
    below = set(verb.subtree)
    for date in dates:
        span = tokens_of(date, doc)
        if span is not None and span.root in below:
            yield date


def _own_clauses(candidate: Candidate) -> Iterator[Token]:
    """Verbs of clauses on the meeting's noun; the parser hangs some on the last name before them."""
    noun = candidate.top or candidate.event
    yield from (t for t in noun.subtree if t.dep_ in {"relcl", "acl"} and _edge_of(t) is not None)


def _clauses(candidate: Candidate) -> Iterator[Token]:
    """Verbs of the same meeting beside the one that dates it."""
    verb = candidate.governor
    yield from _own_clauses(candidate)
    if verb is not None:
        yield verb
        for joined in (c for c in verb.children if c.dep_ in {"conj", "advcl"}):
            yield joined
            yield from (c for c in joined.children if c.dep_ == "xcomp")  # "are to last until Friday"
