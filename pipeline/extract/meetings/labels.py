"""Readable labels of meetings: "Geneva talks, US–UA, 23 Nov 2025"."""

from __future__ import annotations

from pipeline.extract.meetings.occasions import Occasion
from pipeline.extract.meetings.places import World
from pipeline.model import DateRange, MeetingForm

_NOUNS: dict[MeetingForm, str] = {
    "phone": "call",
    "video": "video call",
    "in_person": "meeting",
    "unknown": "talks",
}
_MAX_NAMES = 4


def label_of(occasion: Occasion, world: World, family_first: frozenset[str]) -> str:
    """Place and form, who, when; parts that are unknown are left out.

    `family_first` are the states where the family's name comes first.
    """
    spot = occasion.spot
    noun = _NOUNS[occasion.form]
    what = f"{spot.name} {noun}" if spot is not None else noun.capitalize()
    parts = [what]
    people = occasion.main_people()
    covered = {p.party for p in people}
    names = [world.surname(p.name, family_first=p.party in family_first) for p in people] + [
        p for p in occasion.main_parties() if p not in covered
    ]
    if names:
        shown = names[:_MAX_NAMES]
        parts.append("–".join(shown) + (" and others" if len(names) > _MAX_NAMES else ""))
    if occasion.days is not None:
        parts.append(_when(occasion.days))
    return ", ".join(parts)


def _when(days: DateRange) -> str:
    first, last = days.first, days.last
    if first == last:
        return f"{first.day} {first:%b %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {first:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    return f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"
