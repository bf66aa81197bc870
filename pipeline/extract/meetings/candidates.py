"""The working value of the extractor: one place in the text that may tell of a meeting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression
from pipeline.extract.meetings.occasions import Edge
from pipeline.extract.meetings.places import Spot
from pipeline.extract.meetings.readings import UNREAD, Reading
from pipeline.extract.meetings.sides import Found, Side
from pipeline.model import Block, DateBasis, DateRange, MeetingForm, MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Candidate:
    """A meeting word with what its surroundings give.

    Attributes:
        event: the meeting noun or verb.
        governor: verb whose subject, place and date are the meeting's too, or None.
        found: who takes part by the words of the mention; `hosts` only arrange.
        absent: who keeps away from it by the words of the mention.
        top: the noun that stands in the sentence for the event ("round" in "a round of talks").
        outer: the verb that the syntax ties to the event ("met" in "met for talks"), united with it.
        definite: the words point at an occasion that the reader knows ("the talks").
        needs_occasion: weak or abstract words that count only if a known occasion is meant.
        reported: the days on which its line was reported, or None.
        linked: the place that a clause with "where" on it gives ("to Doha, where he meets X").
        readings: the days it may mean, best first; several for a bare weekday.
        wide: where it was if nothing nearer is told: a region ("the Middle East"), or the place of the summit
            on the sidelines of which it was.
        places: all places that the syntax gives it, with the words if they name the place itself.
        span: evidence, as character offsets within the block.
        edge: whether its day is the meeting's "first" or "last" by the words; `whole` if the meeting took all
            days of its first reading.
    """

    block: Block
    event: Token
    governor: Token | None
    rule: str
    form: MeetingForm
    found: Found
    hosts: Found
    confidence: float
    absent: tuple[Side, ...] = ()
    top: Token | None = None
    outer: Token | None = None
    abstract: bool = False
    weak: bool = False
    travel: bool = False
    definite: bool = False
    reference: bool = False
    reported: DateRange | None = None
    linked: Spot | None = None
    spot: Spot | None = None
    written: str | None = None
    wide: str | None = None
    expression: DateExpression | None = None
    readings: tuple[DateRange, ...] = ()
    reading: Reading = UNREAD
    status: MeetingStatus | None = None
    span: tuple[int, int] = (0, 0)
    date_basis: DateBasis = "unknown"
    places: list[tuple[Spot, str | None]] = field(default_factory=list)
    edge: Edge | None = None
    whole: bool = False

    @property
    def verb(self) -> Token:
        """The governor; the event itself where nothing governs it."""
        return self.event if self.governor is None else self.governor

    @property
    def sides(self) -> list[Side]:
        return self.found.sides
