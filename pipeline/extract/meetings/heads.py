"""Heads of organisations of several states: people who act for none of them, and are guests everywhere."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.extract.meetings.places import World
from pipeline.model import Links, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_TITLE_WORDS = 10  # beside a name, in which the body stands that its bearer heads


def heads_of(page: Page, links: Links, world: World, bodies: frozenset[str]) -> frozenset[str]:
    """Names of people with an office beside one of the bodies: "Anna Berg, the head of the World Bank"."""
    heads = set()
    for m in links.mentions:
        doc = page.parses.get(m.block_no)
        if doc is None or m.actor.kind != "person" or m.actor.party is not None or not m.actor.roles:
            continue
        first = max(doc[m.start_i].sent.start, m.start_i - _TITLE_WORDS)
        before = [*takewhile(_is_no_verb, reversed(doc[first : m.start_i]))]
        after = takewhile(_is_no_verb, doc[m.end_i : m.end_i + _TITLE_WORDS])
        words = (" ".join(t.text for t in near) for near in (reversed(before), after))
        if any(world.body_in(told) in bodies for told in words):
            heads.add(m.actor.name)
    return frozenset(heads)


def _is_no_verb(token: Token) -> bool:
    return token.pos_ not in {"VERB", "AUX"}
