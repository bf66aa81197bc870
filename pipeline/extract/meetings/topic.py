"""Who a page is about: the two sides that it tells of together, for references that name nobody.

A side is a party, or a movement that is no state's: rebels, an opposition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from pipeline.extract.meetings.sides import Side
from pipeline.model import Actor, Block, Links, Page

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TEAMS = frozenset({"delegation", "delegate", "team", "negotiator"})  # whom a side sends to talks

_MAX_PARTIES = 4  # of a sentence or a meeting that are paired: a list of allies says nothing of a pair
_MEETING_WEIGHT = 2  # a meeting between two parties says more than a sentence with both
_HYPHENS = frozenset({"-", "–", "‑"})
_JOINTS = frozenset({"and", "-", "–", "&", "with"})
_TITLE_WEIGHT = 3
_PAIR_WEIGHT = 2
_ENOUGH = 5
_LEAD = 1.4  # how far the best pair must lead the second
_FACING = 3  # how often two delegations, and the two sides together, are named where these are the topic
_FEED_LEAD = 2.5  # a feed tells of many things: its pair must stand out by far


@dataclass(frozen=True, slots=True)
class Topic:
    """Whom a page tells of together.

    Attributes:
        pair: the two sides that it names together by far most; empty if no two stand out so.
        leading: the two that it names together most, by however little; empty if it names no two.
        by_far: whether the pair stands out by itself, not only as the pack's opponents.
    """

    pair: Sequence[Side] = ()
    leading: frozenset[str] = frozenset()
    by_far: bool = True


def topic_of(
    page: Page,
    links: Links,
    meetings: Iterable[Sequence[Side]],
    party_of: Callable[[str], str | None],
    movement_of: Callable[[str], str | None],
    teams: Mapping[str, int] | None = None,
    opponents: Sequence[Side] = (),
) -> Topic:
    """Whom the sentences and meetings of the page name together.

    Args:
        meetings: the sides of each mention that names two or more.
        party_of: party that a capitalised word names, or None.
        movement_of: movement that a group of no state is by its name, or None.
        teams: how often the page names a delegation of each party.
        opponents: the two between whom the pack's negotiation is: they need not lead by so much.
    """
    named: dict[str, Side] = {}  # movements by name

    def side_of(party: str | None, name: str | None, actor: Actor | None) -> str | None:
        if party is not None or name is None:
            return party
        movement = movement_of(name)
        if movement is not None:
            named.setdefault(movement, Side(movement, None, actor))
        return movement

    pairs: Counter[tuple[str, str]] = Counter()
    feed = any(b.entry_no is not None for b in page.blocks)
    for block in page.blocks:
        doc = page.parses.get(block.block_no)
        if doc is None or block.kind not in {"title", "body"}:
            continue
        sentences: dict[int, set[str]] = defaultdict(set)
        for mention in links.in_block(block.block_no) if block.kind == "body" else ():
            between = "mediat" in mention.words.lower()  # who goes between two sides is neither
            group = mention.actor.name if mention.actor.kind == "group" else None
            side = side_of(mention.actor.party, group, mention.actor)
            if side is not None and mention.actor.kind != "media" and not between:
                sentences[doc[mention.head_i].sent.start].add(side)
        for one, other in pairwise(links.in_block(block.block_no)):
            joined = one.end_i + 1 == other.start_i and doc[one.end_i].lower_ in _JOINTS
            a = side_of(one.actor.party, one.actor.name, one.actor)
            b = side_of(other.actor.party, other.actor.name, other.actor)
            states = {one.actor.kind, other.actor.kind} <= {"government", "group"}
            if joined and states and a is not None and b is not None and a != b:
                pairs[min(a, b), max(a, b)] += 1 if block.kind == "body" else _TITLE_WEIGHT
        for word, next_word in _hyphenated(doc):  # "the Kyrgyz-Tajik border"
            a, b = party_of(word), party_of(next_word)
            if a is not None and b is not None and a != b:
                pairs[min(a, b), max(a, b)] += _PAIR_WEIGHT
        for parties in sentences.values():
            if len(parties) <= _MAX_PARTIES:
                pairs.update(combinations(sorted(parties), 2))
    for sides in meetings:
        met = sorted({k for k in (side_of(s.party, s.name, s.actor) for s in sides) if k is not None})
        if len(met) <= _MAX_PARTIES:
            for pair in combinations(met, 2):
                pairs[pair] += _MEETING_WEIGHT
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return Topic()
    facing = _facing(teams or {})
    if facing is not None and pairs[facing] >= _FACING:
        return Topic([Side(None, party, None) for party in facing], frozenset(facing))
    first, count = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    known = {s.party or s.name for s in opponents} == set(first)
    by_far = count >= second * (_FEED_LEAD if feed else _LEAD)
    if count < _ENOUGH or not (by_far or known):
        return Topic((), frozenset(first))
    return Topic([named.get(side) or Side(None, side, None) for side in first], frozenset(first), by_far)


def teams_named(
    page: Page, parties_of: Callable[[Block, Token], Sequence[tuple[str, Actor | None]]]
) -> Counter[str]:
    """How often the page names a delegation of each party: "the Lebanese team", "Chile's delegation".

    `parties_of` gives the parties that the words of a noun name.
    """
    found: Counter[str] = Counter()
    for block, doc in page.body():
        for token in doc:
            if token.pos_ == "NOUN" and token.lemma_.lower() in _TEAMS:
                found.update({party for party, _ in parties_of(block, token)})
    return found


def _facing(teams: Mapping[str, int]) -> tuple[str, str] | None:
    """The two parties whose delegations the page names, if it names those of no third."""
    if len(teams) != 2 or sum(teams.values()) < _FACING:
        return None
    one, other = sorted(teams)
    return one, other


def _hyphenated(doc: Doc) -> Iterator[tuple[str, str]]:
    """Words that a hyphen or dash joins, both capitalised."""
    for i in range(1, len(doc) - 1):
        if doc[i].text in _HYPHENS and doc[i - 1].text[:1].isupper() and doc[i + 1].text[:1].isupper():
            yield doc[i - 1].text, doc[i + 1].text
