"""Several meetings told by one verb: "in Cairo on Monday and in Doha on Friday", "to A and to B"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import conjuncts, objects, own_words, prep_objects
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot, World
from pipeline.extract.meetings.sides import Found, Side
from pipeline.model import Links

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PARTNER = frozenset({"with", "to"})
_WHERE = frozenset({"in", "at", "to", "near", "outside"})
_APART = frozenset({"separate", "separately", "individually", "individual", "one-on-one"})
_SEPARATELY = frozenset({"separately", "individually"})
_ANEW = frozenset({"again", "then", "later", "afterwards"})


def distributed(
    candidate: Candidate,
    doc: Doc,
    dates: Sequence[DateExpression],
    links: Links,
    reader: SideReader,
    world: World,
) -> list[Candidate]:
    """The candidate, and one more for each coordinated phrase that gives another place or partner.

    The first keeps the place, date and partners of the words before the coordination.
    """
    verb = candidate.verb
    if verb.pos_ not in {"VERB", "AUX"}:
        return [candidate]
    if candidate.rule == "verb_visit" and candidate.travel:
        return [candidate, *_further_stops(candidate, links, world)]
    words = sorted((t for t in own_words(verb) if t.i > verb.i), key=lambda t: t.i)
    starts = [t for t in words if _goes_on(t)] or _next_partner(candidate, words, reader)
    if not starts:
        return [candidate]
    bounds = [verb.i + 1, *(t.i for t in starts), words[-1].i + 1]
    block_no = candidate.block.block_no
    first_spot = _spot(words, bounds[0], bounds[1], block_no, links, world)
    first_date = _date(doc, bounds[0], bounds[1], dates)
    made: list[Candidate] = []
    for start, end in pairwise(bounds[1:]):
        spot = _spot(words, start, end, block_no, links, world)
        date = _date(doc, start, end, dates) or (first_date if _spans(first_date) else None)
        partners = _partners(candidate, doc[start], doc[start:end], reader)
        elsewhere = spot is not None and first_spot is not None and spot != first_spot
        anew = date is not None and date != first_date and _once_more(doc[start])
        if not elsewhere and not partners.sides and not anew:
            continue
        last = max((t.i for t in words if start <= t.i < end and t.pos_ != "PUNCT"), default=start)
        found = candidate.found
        if partners.sides:
            told = {s.key for s in partners.sides}
            theirs = {s.key for s in _others(candidate, words, bounds[0], bounds[1], reader)}
            found = Found([s for s in candidate.sides if s.key not in told | theirs] + partners.sides)
            candidate.found = Found([s for s in candidate.sides if s.key not in told])
        made.append(
            replace(
                candidate,
                found=found,
                spot=spot if elsewhere else candidate.spot if anew else None,
                written=candidate.written if anew and not elsewhere else None,
                expression=date,
                places=[],
                span=(doc[start].idx, doc[last].idx + len(doc[last])),
            )
        )
    if made:
        if first_spot is not None and candidate.spot != first_spot:
            candidate.spot, candidate.written = first_spot, None
        elif (
            any(m.spot == candidate.spot and m.written is None for m in made) and candidate.spot != first_spot
        ):
            candidate.spot = candidate.written = None  # "on the sidelines and then in Angola"
        candidate.expression = first_date or candidate.expression
    return [candidate, *made]


def _further_stops(candidate: Candidate, links: Links, world: World) -> list[Candidate]:
    """ "visited Lima and Santiago": a visit to each."""
    verb, block_no = candidate.event, candidate.block.block_no
    stops: list[tuple[Token, Spot]] = []
    for token in objects(verb):
        spot = world.at(links, block_no, token)
        if spot is not None and all(spot != known for _, known in stops):
            stops.append((token, spot))
    away = [s for s in stops[1:] if s[1].country not in {side.party for side in candidate.sides}]
    return [
        replace(candidate, spot=spot, written=None, places=[], span=(token.idx, token.idx + len(token)))
        for token, spot in away
    ]


def one_by_one(candidate: Candidate, reader: SideReader) -> list[Candidate]:
    """ "In separate calls with A and B": a call with each of them.

    The candidate itself if nothing says so, or if it does not name one side that telephones with several.
    Delegations that "meet separately with A and B" in a place may be at talks of all three; a person who does
    so meets each.
    """
    verb = candidate.verb
    heads = {t.i: t for t in (candidate.event, candidate.top, verb) if t is not None}.values()
    if not any(c.lower_ in _APART for t in heads for c in t.children):
        return [candidate]
    apart = candidate.event == verb and any(c.lower_ in _SEPARATELY for c in verb.children)
    if candidate.form not in {"phone", "video"} and not apart:
        return [candidate]
    met = [t for h in heads for t in prep_objects(h, _PARTNER)] + (
        objects(verb) if verb == candidate.event else []
    )
    told = {s.key for s in reader.read_all(candidate.block, met).sides}
    theirs = _by_party(s for s in candidate.sides if s.key in told)
    own = _by_party(s for s in candidate.sides if s.key not in told)
    if {len(own), len(theirs)} <= {0, 1} or min(len(own), len(theirs)) != 1:
        return [candidate]
    if candidate.form not in {"phone", "video"} and not all(s.name for each in own.values() for s in each):
        return [candidate]
    pairs = [Found([*ours, *others]) for ours in own.values() for others in theirs.values()]
    return [replace(candidate, found=pair, places=[]) for pair in pairs]


def _by_party(sides: Iterable[Side]) -> dict[str, list[Side]]:
    """Sides by the party, or by the name of who acts for none."""
    found: dict[str, list[Side]] = {}
    for side in sides:
        found.setdefault(side.party or side.key, []).append(side)
    return found


def _spans(date: DateExpression | None) -> bool:
    """ "twice last month, in Oslo and in Bern": a span holds for each."""
    if date is None or date.first is None or date.last is None:
        return False
    return (date.last - date.first).days > 1


def _goes_on(token: Token) -> bool:
    """Whether the word opens a phrase of its own time or place: "and in Oslo", "and then in Oslo"."""
    if token.i == 0:
        return False
    before = token.nbor(-1)
    if token.pos_ == "ADP" and _once_more(token):
        return True
    if token.lower_ in _ANEW and before.dep_ == "cc" and token.i + 1 < len(token.doc):
        return token.nbor(1).ent_type_ == "DATE"  # "and again last week"
    return token.dep_ == "conj" and token.pos_ == "ADP" and before.dep_ == "cc"


def _once_more(token: Token) -> bool:
    """Whether "and again", "and then" or ", then" stands before the word, or is it."""
    anew = token if token.lower_ in _ANEW else token.nbor(-1)
    if anew.lower_ not in _ANEW or anew.i == 0:
        return False
    return anew.nbor(-1).dep_ == "cc" or anew.nbor(-1).text == ","


def _spot(
    words: Sequence[Token], start: int, end: int, block_no: int, links: Links, world: World
) -> Spot | None:
    for token in words:
        if start <= token.i < end and token.dep_ == "pobj" and token.head.lower_ in _WHERE:
            spot = world.at(links, block_no, token)
            if spot is not None:
                return spot
    return None


def _date(doc: Doc, start: int, end: int, dates: Sequence[DateExpression]) -> DateExpression | None:
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return next((d for d in dates if first <= d.char_start < last), None)


def _next_partner(candidate: Candidate, words: Sequence[Token], reader: SideReader) -> list[Token]:
    """ "met X in Cairo on Monday and Libya's minister in Tripoli": the parser hangs him on the Monday.

    The first word of each next partner; none unless the verb has one of its own before, with place or day.
    """
    verb = candidate.event
    if verb.pos_ != "VERB" or candidate.travel or all(c.dep_ != "dobj" for c in verb.children):
        return []
    found = []
    for token in words:
        before = token.head
        late = token.dep_ == "conj" and token.pos_ in {"NOUN", "PROPN"}
        if not late or token.ent_type_ == "DATE" or not (before.dep_ == "pobj" or before == verb):
            continue
        if before != verb and before.ent_type_ not in {"DATE", "TIME"} and before.head.lower_ not in _WHERE:
            continue  # "ministers of Peru and Chile"
        first = token.left_edge
        placed = any(t.i > token.i and t.dep_ == "prep" and t.lower_ in _WHERE for t in words)
        joined = first.i > 0 and first.nbor(-1).dep_ == "cc"
        if placed and joined and reader.read(candidate.block, token).sides:
            found.append(first)
    return found


def _partners(candidate: Candidate, prep: Token, words: Span, reader: SideReader) -> Found:
    """Those after the coordinated preposition, if the first phrase named somebody after it too."""
    if prep.pos_ != "ADP":
        heads = [t for t in words if t.dep_ == "conj" and prep.i in {t.i, t.left_edge.i}]
        return reader.read_all(candidate.block, heads)
    if prep.lower_ not in _PARTNER or candidate.travel:
        return Found()
    targets = [t for c in prep.children if c.dep_ == "pobj" for t in conjuncts(c)]
    return reader.read_all(candidate.block, targets)


def _others(
    candidate: Candidate, words: Sequence[Token], start: int, end: int, reader: SideReader
) -> list[Side]:
    named = [
        t
        for t in words
        if start <= t.i < end and (t.dep_ == "dobj" or (t.dep_ == "pobj" and t.head.lower_ in _PARTNER))
    ]
    return reader.read_all(candidate.block, [t for n in named for t in conjuncts(n)]).sides
