"""Items of an agenda without a verb: "Sunday: X in Moscow. Friday: Y in Budapest"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.dates.calendar import load_calendar
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import World
from pipeline.extract.meetings.sides import Found, distinct_parties
from pipeline.model import Block, Links

if TYPE_CHECKING:
    from spacy.tokens import Token

AGENDA_RULE = "agenda_item"
JOINTS = frozenset({":", "–", "—"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STANDING_FREE = frozenset({"ROOT", "appos", "conj", "dep", "npadvmod"})
_TO_DAY = 4  # words from the day that opens an item to its colon or comma


def lists_days(words: frozenset[str]) -> bool:
    """Whether a line of these words, in lower case, may hold items of an agenda."""
    return not load_calendar().day_words.isdisjoint(words) and not JOINTS.isdisjoint(words)


def agenda_item(
    block: Block, prep: Token, links: Links, reader: SideReader, world: World
) -> Candidate | None:
    """The candidate of "in" between a person and a city abroad, in a sentence without a verb, or None."""
    if prep.lower_ != "in" or prep.dep_ != "prep" or any(t.tag_ in _FINITE for t in prep.sent):
        return None
    head = prep.head
    if head.dep_ not in _STANDING_FREE or any(c.dep_ in {"acl", "relcl"} for c in head.children):
        return None
    named = next((t for t in (head, *_appositions(head)) if _person(block, t, links)), None)
    if named is None or not _on_agenda(head):
        return None
    goers = Found([*reader.read(block, named).sides])
    spots = [world.at(links, block.block_no, t) for t in prep.children if t.dep_ == "pobj"]
    spot = spots[0] if len(spots) == 1 else None
    parties = distinct_parties(goers.sides)
    if (
        spot is None
        or spot.is_country
        or spot.country is None
        or len(parties) != 1
        or spot.country in parties
    ):
        return None
    return Candidate(
        block=block, event=head, governor=None, rule=AGENDA_RULE, form="in_person", found=goers,
        hosts=Found(), confidence=0.6, travel=True, spot=spot,
    )  # fmt: skip


def _appositions(head: Token) -> list[Token]:
    """ "Japan's prime minister, Ken Mori, in Seoul": the name beside the office."""
    return [c for c in head.children if c.dep_ == "appos" and c.i > head.i]


def _person(block: Block, token: Token, links: Links) -> bool:
    mention = links.at(block.block_no, token.i)
    return mention is not None and mention.actor.kind == "person" and mention.head_i == token.i


def _on_agenda(head: Token) -> bool:
    """Whether a day opens the item, or a colon before all items says that they are to come."""
    doc, start = head.doc, head.left_edge.i
    opening = doc[max(head.sent.start, start - _TO_DAY) : head.i]
    days = load_calendar().day_words
    if any(t.lower_ in days for t in opening):
        return True
    listed = any(t.text in JOINTS for t in doc[head.sent.start : head.i])
    after = doc[head.i : head.sent.end]
    return listed and any(t.lower_ in days for t in after)
