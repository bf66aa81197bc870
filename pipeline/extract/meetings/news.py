"""Meetings told as news, without a day of their own: the days of the report date them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from pipeline.dates.calendar import width
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.function_words import THEN
from pipeline.model import DateRange

_BACK: Final = 2
"""Days before the report on which its story may have begun: what happened longer ago is background."""


def story_days(candidates: Sequence[Candidate], reported: DateRange) -> DateRange:
    """The days on which what a page tells as news took place: from that of its first meeting to the report.

    A page of Friday that opens with "X met Y on Thursday" tells of Thursday; when the two shook hands, of
    which it goes on to tell without a day, was hardly on Friday. The report's own days where its first
    meeting with a day of its own was on them, or before the story began.
    """
    for candidate in candidates:
        if candidate.status not in {"held", "ongoing"} or not candidate.readings:
            continue
        days = candidate.readings[0]
        if width(days) > 0 or days.first > reported.last:
            continue
        begun = reported.first - dt.timedelta(days=_BACK) <= days.first < reported.first
        return DateRange(days.first, reported.last) if begun else reported
    return reported


def told_as_news(candidate: Candidate, days: DateRange | None, reported: DateRange) -> bool:
    """Whether the day of the report dates the meeting: one that goes on, or one just told without a date."""
    if candidate.reading.rule == "habit":
        return False
    if candidate.status == "ongoing" and candidate.reading.tense == "present":
        return days is None or reported.first <= days.last + dt.timedelta(days=1)
    if candidate.status != "held" or days is not None:
        return False
    event = candidate.event
    if event.sent.text.rstrip().endswith("?") or any(c.lower_ == "last" for c in event.children):
        return False  # "When did you last see him?", "they last met in Oslo"
    if any(c.lower_ in THEN for c in event.children):
        return False  # "shook hands years later", "almost immediately, X rang Y"
    perfect = any(c.lower_ in {"has", "have", "had"} and c.dep_ == "aux" for c in event.children)
    rounds = candidate.top is not None and candidate.top != event and candidate.top.tag_ == "NNS"
    single = (event.tag_ not in {"NNS", "NNPS"} or candidate.abstract) and not rounds
    if candidate.block.entry_no is not None and single and _present_news(candidate):
        return candidate.rule != "verb_stay"
    return (
        candidate.rule not in {"verb_travel", "verb_stay"}
        and (candidate.rule != "presence" or candidate.block.entry_no is not None)
        and single and not perfect
        and candidate.reading.rule in {"past_tense", "after_occasion", "object_of_past", "begun"}
    )  # fmt: skip


def _present_news(candidate: Candidate) -> bool:
    """The present tense of entries: "Roe wraps up talks in Lima", "Peru's team walks out", "Session over"."""
    verb = candidate.governor
    wraps = candidate.reading.rule == "object_of_present" and verb is not None and verb.tag_ == "VBZ"
    arrives = candidate.rule == "verb_travel" and candidate.event.tag_ == "VBG"  # "Roe, arriving in Lima"
    participle = arrives and candidate.reading.rule == "participle"
    return wraps or participle or candidate.reading.rule in {"news", "leaving", "stage_of_entry"}
