"""Peoples without a state, and twin states, by the words before a noun: "Turkish Cypriot leaders"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.places import World
from pipeline.extract.meetings.sides import Side
from pipeline.model import Actor, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "appos"})
COMPASS = frozenset(
    {"North", "South", "East", "West", "Saudi", "New", "Sri", "Northern", "Southern", "Equatorial"}
)


def people_before(token: Token, world: World) -> tuple[str, int] | None:
    """The people without a state that the words before a noun (or it and the one before) name."""
    ends = [c.i for c in token.lefts if c.dep_ in MODIFIERS and c.i > 0]
    for last in [*ends, *([token.i] if token.i > 0 else [])]:
        name = world.people(token.doc[last - 1 : last + 1].text)
        if name is not None:
            return name, last
    return None


def people_beside(doc: Doc, last: int, world: World) -> list[Side]:
    """The first of "Greek and Turkish Cypriot leaders", of whose name the last word stands there once."""
    if last < 3 or doc[last - 2].lower_ != "and" or not doc[last - 3].text[:1].isupper():
        return []
    words = f"{doc[last - 3].text} {doc[last].text}"
    party, people = _party(words, world), world.people(words)
    return [Side(people, None, None)] if people else [Side(None, party, None)] if party else []


def compass_twin(token: Token, mention: Mention, world: World) -> list[tuple[str, Actor | None]]:
    """ "North and South Korea": the other one, of whose name only the first word stands there."""
    doc, at = token.doc, mention.start_i
    rest = mention.words.split()[1:]
    if at < 2 or not rest or doc[at].text not in COMPASS or doc[at - 2].text not in COMPASS:
        return []
    party = _party(" ".join([doc[at - 2].text, *rest]), world) if doc[at - 1].lower_ == "and" else None
    return [(party, None)] if party is not None else []


def _party(words: str, world: World) -> str | None:
    return world.party(words) if words[:1].isupper() else None
