"""A claim: what one clause says of where somebody stands, before it is known who the holder is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

# More words than this between an issue and an operator, and the operator is about something else.
MAX_DISTANCE = 1

HolderSource = Literal["tokens", "speaker", "author", "opponents"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of a clause: somebody stands somewhere on the issue.

    holders: tokens that name the holder (source "tokens"), or a document noun whose author holds it
    (source "author"); with source "speaker" whoever says the clause, with "opponents" both sides of the
    negotiation. node_i: the operator's clause.
    below: the words from the issue up to the operator. pending: given up if the clause turns out to be
    wished of its subject or only supposed.
    """

    hit: Hit
    stance: Stance
    source: HolderSource
    holders: tuple[int, ...]
    rule: str
    strength: int
    node_i: int
    tokens: frozenset[int]
    pending: bool = False
    below: frozenset[int] = frozenset()
    condition: tuple[int, int] | None = None
    communicated: bool = False


TURNED: Final[Mapping[Stance, Stance]] = {
    "support": "oppose",
    "oppose": "support",
    "open": "open",
    "conditional": "conditional",
}
"""Each stance towards the contrary of what it is told of."""


def stance_of(polarity: int) -> Stance:
    """The plain stance of a polarity."""
    return "support" if polarity > 0 else "oppose"


@dataclass(slots=True)
class Climb:
    """One way from an issue up to the root of its sentence, and the claims met on it.

    polarity: 1 or -1 towards the proposition, at `node`. path: tokens passed. words: tokens that turned
    the polarity. counted: words whose negation was seen to. distance: words passed that have nothing to
    do with stance. detached: above an adverbial clause, where only the telling of it still matters.
    silenced: see `silence`. joined: the issue is a noun joined to the one that is governed.
    """

    hit: Hit
    polarity: int
    node: Token
    path: set[int] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    words: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    detached: bool = False
    distance: int = 0
    silenced: bool = False
    joined: bool = False

    def silence(self) -> None:
        """Give up all claims, those to come as well: the text says outright that nobody tells a stance."""
        self.claims = []
        self.silenced = True

    def stance(self) -> Stance:
        """The stance that the polarity reached so far amounts to."""
        return stance_of(self.polarity)

    def add(
        self,
        rule: str,
        stance: Stance,
        holders: tuple[int, ...],
        node: Token,
        tokens: frozenset[int],
        strength: int,
        pending: bool,
    ) -> None:
        """Note a claim, unless too much stands between issue and operator; no holders: whoever says it."""
        if self.silenced or self.distance > MAX_DISTANCE or self._parted(node):
            return
        self.claims.append(
            Claim(
                hit=self.hit,
                stance=stance,
                source="tokens" if holders else "speaker",
                holders=holders,
                rule=rule,
                strength=strength,
                node_i=node.i,
                tokens=tokens | self.hit.tokens | frozenset(self.words) | {node.i},
                pending=pending,
                below=frozenset(self.path),
            )
        )

    def _parted(self, node: Token) -> bool:
        """Whether a semicolon stands between issue and operator: no attitude reaches over it."""
        first, last = sorted((self.hit.head_i, node.i))
        return any(t.text == ";" for t in node.doc[first:last])

    def add_author(
        self, rule: str, stance: Stance, author: Token, verb: Token, tokens: frozenset[int]
    ) -> None:
        """Note what a document says, a claim of its author."""
        if self.silenced:
            return
        words = tokens | {verb.i, author.i} | self.hit.tokens
        self.claims.append(Claim(self.hit, stance, "author", (author.i,), rule, 2, verb.i, words))

    def add_mutual(self, rule: str, verb: Token, tokens: frozenset[int]) -> None:
        """Note what both sides of the negotiation have settled between them."""
        if not self.silenced:
            words = tokens | {verb.i} | self.hit.tokens
            self.claims.append(Claim(self.hit, self.stance(), "opponents", (), rule, 2, verb.i, words))

    def drop_pending(self, only: Iterable[int] | None = None) -> None:
        """Give up the claims that fall with their clause, all or those at the clauses `only`."""
        dropped = None if only is None else set(only)
        self.claims = [
            c for c in self.claims if not c.pending or (dropped is not None and c.node_i not in dropped)
        ]
