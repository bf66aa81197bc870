"""Heads of organisations of several states: people who act for none of them, and are guests everywhere."""

from __future__ import annotations

from itertools import takewhile

from pipeline.extract.meetings.places import World
from pipeline.model import Links, Page

_TITLE_WORDS = 10  # beside a name, in which the body stands that its bearer heads


def heads_of(page: Page, links: Links, world: World, bodies: frozenset[str]) -> frozenset[str]:
    """Names of people with an office beside one of the bodies: "Anna Berg, the head of the World Bank"."""
    heads = set()
    for m in links.mentions:
        doc = page.parses.get(m.block_no)
        if doc is None or m.actor.kind != "person" or m.actor.party is not None or not m.actor.roles:
            continue
        sent = doc[m.start_i].sent
        before = list(doc[max(sent.start, m.start_i - _TITLE_WORDS) : m.start_i])
        while any(t.pos_ in {"VERB", "AUX"} for t in before):
            del before[0]
        after = takewhile(lambda t: t.pos_ not in {"VERB", "AUX"}, doc[m.end_i : m.end_i + _TITLE_WORDS])
        words = (" ".join(t.text for t in near) for near in (before, after))
        if any(world.body_in(told) in bodies for told in words):
            heads.add(m.actor.name)
    return frozenset(heads)
