"""Tours told stop by stop: "in Lima on Monday to see X, in Quito on Tuesday for talks with Y".

The parser hangs one stop on another, so that the host of the first seems to be met in the second. Here stops
are told by their words: a place with its day beside it, and those who are named next to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pipeline.dates.expressions import DateExpression
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import direct_subjects, tokens_of
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot, World
from pipeline.extract.meetings.sides import Found, Side
from pipeline.model import Links

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TOUR_RULE: Final = "tour_stop"
_TO_PLACE: Final = frozenset({"in", "to", "at"})
_BESIDE: Final = frozenset({"on", "late", "early", "this", ","})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MET: Final = frozenset({"dobj", "pobj", "conj", "npadvmod"})
_BY_NAME: Final = frozenset({"name", "alias", "surname"})
_FEWEST: Final = 2


@dataclass(slots=True)
class _Stop:
    """A place with its day: tokens from the preposition to the end of the date, and who is met there.

    `told` are the tokens from the first to the last that tell of it, those who are met included.
    """

    start: int
    end: int
    spot: Spot
    date: DateExpression
    told: tuple[int, int]
    met: list[Side] = field(default_factory=list)


def told_by_stops(
    found: list[Candidate],
    sentence: Span,
    dates: Sequence[DateExpression],
    links: Links,
    reader: SideReader,
    world: World,
) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates of a sentence that are of no tour, and those of one, made anew, one for each stop.

    Args:
        found: candidates of the sentence, in reading order, with sides, places and dates.
        sentence: the sentence.
        dates: all dates of the line.
        links: who is named where.
        reader: reads sides off phrases.
        world: reads places off words.
    """
    if not found or len(dates) < _FEWEST:
        return found, []
    stops = _stops(sentence, dates, found[0].block.block_no, links, world)
    if len(stops) < _FEWEST or len({s.spot for s in stops}) < _FEWEST:
        return found, []
    if len({s.date.text for s in stops}) < _FEWEST:
        return found, []
    base = found[0]
    verb = base.verb
    own = reader.read_all(base.block, direct_subjects(verb)) if verb.pos_ in {"VERB", "AUX"} else Found()
    if any(_finite(c, stops) for c in found[1:]):
        _give_stops(found, stops)
        return found, []
    if not own.sides or base.event.pos_ == "NOUN" or base.event.i > stops[0].start:
        return found, []
    _give_met(stops, verb, sentence, base, own, links, reader)
    last = max([s.end for s in stops] + [sentence.end - 1 if stops[-1].met else 0])
    rest = [c for c in found if not verb.i <= c.event.i <= last]
    return rest, [_candidate(base, stop, own, sentence.doc) for stop in stops]


def _stops(
    sentence: Span, dates: Sequence[DateExpression], block_no: int, links: Links, world: World
) -> list[_Stop]:
    """Places with a day behind them: "in Lima on Monday", "to Quito late on Tuesday"."""
    doc = sentence.doc
    days = {span.start: (span.end, date) for date in dates if (span := tokens_of(date, doc)) is not None}
    found: list[_Stop] = []
    for token in sentence:
        if token.lower_ not in _TO_PLACE or token.dep_ not in {"prep", "conj"}:
            continue
        clause = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
        if clause is not None and clause.dep_ == "acl":
            continue  # "will discuss the plan negotiated in Quito on Monday"
        place = next((c for c in token.children if c.dep_ == "pobj"), None)
        spot = world.at(links, block_no, place) if place is not None else None
        if place is None or spot is None or place.i - token.i > _FEWEST:
            continue
        i = place.i + 1
        while i < sentence.end and i not in days and doc[i].lower_ in _BESIDE:
            i += 1
        if i in days:
            end, date = days[i]
            found.append(_Stop(token.i, end, spot, date, (token.i, end)))
    return found


def _finite(candidate: Candidate, stops: Sequence[_Stop]) -> bool:
    """Whether a stop behind the first is told by a verb of its own: "in Quito on Tuesday he met Y"."""
    verb = candidate.verb
    told = verb.tag_ in _FINITE or any(
        c.tag_ in _FINITE for c in verb.children if c.dep_ in {"aux", "auxpass"}
    )
    return told and verb.i >= stops[0].end and verb.dep_ != "relcl"


def _give_stops(found: Sequence[Candidate], stops: Sequence[_Stop]) -> None:
    """Place and day of the stop that opens a candidate's clause, where the parse gives it neither."""
    for candidate in found:
        before = [s for s in stops if s.end <= candidate.event.i]
        if candidate.spot is None and candidate.expression is None and before:
            candidate.spot, candidate.expression = before[-1].spot, before[-1].date


def _give_met(
    stops: Sequence[_Stop],
    verb: Token,
    sentence: Span,
    base: Candidate,
    own: Found,
    links: Links,
    reader: SideReader,
) -> None:
    """Give each person named to the stop right behind the name, or else to the one before."""
    travellers = {side.key for side in own.sides}
    for first, end, sides in _named(verb, sentence, base, links, reader):
        behind = next((s for s in stops if s.start == end), None)
        before = [s for s in stops if s.end <= first]
        stop = behind or (before[-1] if before else stops[0])
        met = [s for s in sides if s.key not in travellers and all(s.key != m.key for m in stop.met)]
        if met:
            stop.met += met
            stop.told = (min(stop.told[0], first), max(stop.told[1], end))


def _named(
    verb: Token, sentence: Span, base: Candidate, links: Links, reader: SideReader
) -> Iterator[tuple[int, int, list[Side]]]:
    """First token, end and sides of each person named behind the verb, and of officials without a name."""
    block_no, i = base.block.block_no, verb.i + 1
    while i < sentence.end:
        token, mention = sentence.doc[i], links.at(base.block.block_no, i)
        first, i = i, i + 1
        if mention is not None and mention.actor.kind == "person" and mention.resolution in _BY_NAME:
            while i < sentence.end and links.at(block_no, i) is mention:
                i += 1
            yield first, i, [reader.person(mention.actor)]
        elif token.pos_ == "NOUN" and token.dep_ in _MET:
            yield token.left_edge.i, i, reader.read(base.block, token).sides


def _candidate(base: Candidate, stop: _Stop, own: Found, doc: Doc) -> Candidate:
    """The base candidate, at the stop."""
    return replace(
        base,
        rule=TOUR_RULE if stop.met else base.rule,
        travel=base.travel and not stop.met,
        found=Found([*own.sides, *stop.met]),
        spot=stop.spot,
        written=None,
        expression=stop.date,
        places=[],
        span=(doc[stop.told[0]].idx, doc[stop.told[1] - 1].idx + len(doc[stop.told[1] - 1])),
    )
