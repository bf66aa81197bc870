"""The sides of a meeting as a mention's words give them: parties, named people, movements of no state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Actor


@dataclass(frozen=True, slots=True)
class Side:
    """One who takes part: a person, or a delegation of a party; `name` is None for a delegation."""

    name: str | None
    party: str | None
    actor: Actor | None

    @property
    def key(self) -> str:
        """Equal for the same person, and for delegations of the same party."""
        return self.name.lower() if self.name else f"party:{self.party}"


@dataclass(slots=True)
class Found:
    """What a noun phrase gives: sides, and whether it stands for sides named elsewhere."""

    sides: list[Side] = field(default_factory=list)
    anaphoric: bool = False
    private: bool = False

    def add(self, other: Found) -> None:
        for side in other.sides:
            if all(side.key != s.key for s in self.sides):
                self.sides.append(side)
        self.anaphoric = self.anaphoric or other.anaphoric
        self.private = self.private or other.private


def distinct_parties(sides: Sequence[Side]) -> set[str]:
    """Parties among the sides."""
    return {s.party for s in sides if s.party is not None}


def political(side: Side) -> bool:
    """Whether a named person acts for somebody, or holds an office by the text."""
    return side.party is not None or (side.actor is not None and bool(side.actor.roles))


def two_sided(sides: Sequence[Side]) -> bool:
    """Whether the sides stand against each other: two parties, or a party and those who are no state's."""
    parties = distinct_parties(sides)
    if len(parties) >= 2 or (len(parties) == 1 and any(s.party is None and s.name for s in sides)):
        return True
    # Two named people whose parties the text does not tell: an office makes it a contact of parties.
    unknown = [s for s in sides if s.party is None and s.name and s.actor is not None]
    return not parties and len(unknown) >= 2 and any(political(s) for s in unknown)
