"""What the syntax leaves open of a meeting, by the page's other words: one that it plans was not held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.occasions import UNHELD
from pipeline.extract.meetings.readings import WEIGHED
from pipeline.extract.meetings.sides import distinct_parties, two_sided

_OPEN = frozenset({"subject_of_present", "object_of_present", "open_noun", WEIGHED})


def follow_plans(candidates: Sequence[Candidate]) -> None:
    """Give what is open the status that the page tells elsewhere of a meeting of the same sides, in place.

    "Roe will meet Lind in Bern next week. ... The meeting between Roe and Lind aims to end the row": of a
    meeting that all decided words of a page put ahead, or call off, what decides nothing says no more. The
    status is that of the words before it, or else of those behind it.
    """
    for at, candidate in enumerate(candidates):
        reading = candidate.reading
        undecided = reading.status is None and reading.rule in _OPEN and not candidate.readings
        if not undecided or candidate.status != "held" or candidate.block.entry_no is not None:
            continue
        if not two_sided(candidate.sides):
            continue
        alike = [
            other for other in (*reversed(candidates[:at]), *candidates[at + 1 :]) if _same(candidate, other)
        ]
        if alike and all(other.status in UNHELD for other in alike):
            candidate.status = alike[0].status
            candidate.reading = replace(reading, status=alike[0].status, tense="future")


def _same(candidate: Candidate, other: Candidate) -> bool:
    """Whether the other is decided, and tells of the same people (or parties, where none are named)."""
    if other.reading.status is None and not other.readings:
        return False
    forms = {candidate.form, other.form}
    if len(forms - {"unknown"}) > 1:
        return False
    people, others = _people(candidate), _people(other)
    return people == others and (
        bool(people) or set(distinct_parties(candidate.sides)) == set(distinct_parties(other.sides))
    )


def _people(candidate: Candidate) -> set[str]:
    return {side.name for side in candidate.sides if side.name}
