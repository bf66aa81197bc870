"""Lines above a story that tell how its talks went before it names who talked: "Talks end without a deal"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.function_words import NOMINAL
from pipeline.extract.meetings.occasions import Occasion
from pipeline.extract.meetings.pointing import modified
from pipeline.extract.meetings.series import keys_of, of_process, opens_line
from pipeline.extract.meetings.sides import Side

_LINES = 2  # at the top of a page that may stand above its story
_OVER = frozenset({"held", "ongoing"})


def foretold_above(
    candidate: Candidate, line: int, topic: Sequence[Side], known: Sequence[Occasion], cues: MeetingCues
) -> Occasion | None:
    """The occasion of the page's two sides that is told most, if the line, counted from 0, tells of it."""
    verb = candidate.governor
    if line >= _LINES or candidate.block.entry_no is not None or not topic or verb is None:
        return None
    if candidate.sides or candidate.found.private or candidate.travel or not of_process(candidate):
        return None
    event = candidate.top or candidate.event
    if candidate.spot is not None or candidate.readings or event.dep_ not in NOMINAL or not opens_line(event):
        return None
    if modified(candidate.event, cues) or verb.lemma_.lower() not in cues.status.takes_place:
        return None
    sides = {s.party or s.name or "" for s in topic}
    fitting = [o for o in known if sides <= keys_of(o) and o.held and o.form != "phone"]
    if candidate.status not in _OVER or not fitting:
        return None
    return max(fitting, key=lambda o: (sum(o.forms.values()), -o.number))
