"""Days in a sentence that are no meeting's own: of datelines, texts, deeds beside it, earlier ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression, find_dates
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingFile
from pipeline.extract.meetings.frames import tokens_of
from pipeline.extract.meetings.function_words import FOLLOWING, NUMBERED
from pipeline.model import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TELLING = frozenset({"say", "tell", "announce", "write", "post", "add", "report", "reveal", "confirm"})

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DATELINE = 6  # tokens before the date of a dateline, and after it up to the dash
_DASHES = frozenset({"-", "--", "–", "—"})
_ON_NOUN = frozenset({"det", "poss", "compound", "nmod", "nummod", "amod", "npadvmod"})
_BESIDE_DEED = frozenset({"before", "after", "following", "since", "until", "despite", "over", "about"})
_TEXTS = frozenset({"declaration", "agreement", "accord", "treaty", "communique", "statement", "memorandum"})
_SPAN_PREPS = frozenset({"since", "in", "for"})
_COUNTING = frozenset({
    "first", "only", "last", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "such",
})  # fmt: skip
_PARTING = frozenset({"leave", "depart", "fly", "head", "return", "board", "travel", "go"})
_TO_PARTING = 3  # steps from a day up to the verb of leaving that it belongs to
_SPANS = frozenset({"day", "week", "month", "year", "decade", "century", "generation"})


def since_first(token: Token) -> bool:
    """ "the first direct talks since the spring", "in 17 years": the last ones were then, not these."""
    prep = token if token.lower_ in _SPAN_PREPS else token.head
    if prep.lower_ not in _SPAN_PREPS or (prep.lower_ != "since" and not _counted_span(token)):
        return False
    before = token.doc[token.sent.start : prep.i]
    # "the 19th round since 2021"
    return any(t.lower_ in _COUNTING or t.tag_ == "JJS" or NUMBERED.fullmatch(t.lower_) for t in before)


def since_deed(token: Token, candidate: Candidate) -> bool:
    """ "discussed trade since the opening of the border in 1970": the day is of what was first.

    But in "have not met since talks in Geneva in May" the talks have it.
    """
    since = next((a for a in token.ancestors if a.lower_ == "since" and a.dep_ == "prep"), None)
    return since is not None and token.head != since and not since.is_ancestor(candidate.event)


def in_dateline(span: Span) -> bool:
    """ "SEOUL, Oct. 3 (Yonhap) -- The president ...": when it was written, not when they meet."""
    doc = span.doc
    if span.start >= _DATELINE or not doc[0].text.isupper() or doc[span.start - 1].text != ",":
        return False
    return any(t.text in _DASHES for t in doc[span.end : span.end + _DATELINE])


def names_text(span: Span) -> bool:
    """ "signed the June 15 Joint Declaration": the day is part of a name, not when they met."""
    doc, at = span.doc, span.end
    named = [t for t in doc[at : at + 4] if t.text[:1].isupper() and t.pos_ in {"PROPN", "NOUN", "ADJ"}]
    opened = doc[span.start].lower_ == "the" or (span.start > 0 and doc[span.start - 1].lower_ == "the")
    return (
        opened and at < len(doc) and bool(named) and named[0].i == at and named[-1].lemma_.lower() in _TEXTS
    )


def of_thing(span: Span, candidates: Sequence[Candidate]) -> bool:
    """ "the guarantors of the island's 1960 independence", "the 2015 deal": the year is that thing's.

    But talks on the 2015 accord were at about that time.
    """
    token = span.root
    noun = token.head
    above = noun.head.head if noun.dep_ == "pobj" else noun
    if above.pos_ == "NOUN" and any(above in {c.event, c.top} for c in candidates):
        return False
    alone = len(span) == 1 and token.text.isdigit()  # but not the last number of "2015-07-28"
    year = alone and token.dep_ == "nummod" and noun.pos_ in {"NOUN", "PROPN"}
    return year and all(noun not in {c.event, c.top} for c in candidates)


def of_deed(token: Token, data: MeetingFile) -> bool:
    """ "will meet before Sunday's election", "ahead of the June 30 deadline": the day of something else."""
    deed = token.head
    if token.dep_ not in _ON_NOUN or deed.pos_ not in {"NOUN", "PROPN"} or deed.dep_ != "pobj":
        return False
    if deed.lemma_.lower() in data.nouns or deed.ent_type_ in {"DATE", "TIME"}:
        return False
    prep = deed.head
    return prep.lower_ in _BESIDE_DEED or (prep.lower_ == "of" and prep.head.lower_ == "ahead")


def of_what_was_before(token: Token, candidate: Candidate) -> bool:
    """ "The meeting followed an accord two months ago": the day is of the accord, which came before."""
    verb = candidate.governor
    after = verb is not None and verb.lemma_.lower() in FOLLOWING and candidate.event.i < verb.i < token.i
    return after and verb is not None and any(c.dep_ == "dobj" for c in verb.rights)


def of_what_follows(expression: DateExpression, span: Span) -> bool:
    """ "had talked for a year before signing", "met two days after the vote": the day is that of the vote."""
    if expression.text.split()[-1].lower() not in {"before", "after"} or span.end >= span.sent.end:
        return False
    return not (span.doc[span.end].is_punct or span.doc[span.end].tag_ == "TO")  # "met the day before to"


_WHICH = frozenset({"of", "beginning", "starting", "ending"})


def _counted_span(token: Token) -> bool:
    """ "17 years", "more than a decade", "months": a length of time, not a day."""
    units = [token, *(c for c in token.children if c.dep_ == "pobj")]
    return any(
        t.lemma_.lower() in _SPANS
        and any(c.dep_ in {"nummod", "det", "quantmod"} for c in t.lefts)
        and not any(c.lower_ in _WHICH for c in t.rights)  # "in the second week of May"
        for t in units
    )


def before_telling(
    candidate: Candidate, doc: Doc, dates: Sequence[DateExpression], reported: DateRange
) -> tuple[DateRange, ...]:
    """ "X said on Friday he rang Y on Tuesday", told on Wednesday: the Tuesday before that Friday.

    The candidate's readings; those of a weekday that is over, moved back before the day of the telling.
    """
    own = candidate.expression
    if own is None or not own.weekday_only or candidate.status != "held" or not candidate.readings:
        return candidate.readings
    for other in dates:
        span = tokens_of(other, doc)
        if other is own or not other.weekday_only or span is None or span.root.sent != candidate.event.sent:
            continue
        verb = next((a for a in span.root.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        if verb is None or verb.tag_ != "VBD" or verb.lemma_ not in _TELLING:
            continue
        if not verb.is_ancestor(candidate.event) or candidate.event.i < span.end:
            continue
        told = [e.days for e in find_dates(other.text, reported, tense="past") if e.days is not None]
        if told and told[0].last <= reported.last and candidate.readings[0].first > told[0].last:
            week = dt.timedelta(days=7)
            return tuple(DateRange(r.first - week, r.last - week) for r in candidate.readings[:1])
    return candidate.readings


def of_opening(token: Token, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "Meeting in Lima on Saturday, X and Y signed it": a day in the opening phrase is its own.

    The parser hangs it on the main verb.
    """
    doc, start = token.doc, token.sent.start
    opening = next((t.i for t in doc[start : token.sent.end] if t.text == ","), None)
    opens = doc[start].tag_ == "VBG" or doc[start].pos_ in {"ADP", "SCONJ"}
    if opening is None or token.i > opening or not opens:
        return []
    if any(t.tag_ in _FINITE for t in doc[start:opening]):
        return []
    inside = [c for c in candidates if start <= c.event.i < token.i]
    return inside if len({c.event.i for c in inside}) == 1 else []


def of_parting(token: Token, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "Before flying home on Sunday, X met Y": who meets somebody on the way out does so that day."""
    verb = token
    for _ in range(_TO_PARTING):
        verb = verb.head
        if verb.pos_ == "VERB":
            break
    prep = verb.head
    opens = verb.tag_ == "VBG" and verb.dep_ == "pcomp" and prep.lower_ == "before"
    if not opens or verb.lemma_.lower() not in _PARTING or prep.left_edge.i != token.sent.start:
        return []
    return [c for c in candidates if c.event == prep.head and c.event.pos_ == "VERB"]
