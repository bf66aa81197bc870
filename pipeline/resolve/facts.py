"""What a page tells of one person: offices, party, gender."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.domain import Gender
from pipeline.model import Actor
from pipeline.resolve.describe import Description
from pipeline.resolve.names import NamedPerson


@dataclass(slots=True)
class Facts:
    """What is known of one person of the page."""

    person: NamedPerson
    roles: list[str] = field(default_factory=list)
    categories: set[str] = field(default_factory=set)
    described: list[tuple[int, Description]] = field(default_factory=list)
    party: str | None = None
    party_known: bool = False
    role_text: str | None = None
    genders: Counter[Gender] = field(default_factory=Counter)

    @property
    def gender(self) -> Gender | None:
        """The gender for which more speaks, or None."""
        if self.genders["m"] == self.genders["f"]:
            return None
        return "m" if self.genders["m"] > self.genders["f"] else "f"

    def actor(self) -> Actor:
        """The person as an actor, with the facts as they stand."""
        known = self.person.known
        return Actor(
            key=self.person.key,
            name=self.person.name,
            kind="person",
            party=self.party,
            gender=self.gender,
            roles=tuple(self.roles),
            role_text=self.role_text,
            wikidata_id=known.wikidata_id if known is not None else None,
        )
