"""What a page tells of one person: offices, party, gender."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.domain import Gender, Person
from pipeline.model import Actor
from pipeline.resolve.describe import Description
from pipeline.resolve.names import NamedPerson
from pipeline.resolve.standing import COUNTERPARTS

_OPENING = re.compile(
    r"(?:\d+\s)?(?:(?:an?|another|its|his|her|their|our|my)\s|the\s(?!\S+(?:'s|’s|s'|s’)\s))?", re.IGNORECASE
)
"""Where in a list a description stands, and the determiner; "the group's leader" keeps it."""


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


def described_office(description: Description, name: str) -> str | None:
    """The office as the text describes it, without determiner and name.

    None if it is told of several, or by way of somebody else ("his Chilean counterpart").
    """
    if all(role.plural or role.phrase in COUNTERPARTS for role in description.roles):
        return None
    words = _OPENING.sub("", " ".join(description.text.split()), count=1)
    return words.removesuffix(name).rstrip(" ,") or None


def office_text(person: Person, title: str, institution: str | None) -> str:
    """Readable office: title, institution or party, and days where the reference data has them."""
    office = next(o for o in reversed(person.offices) if o.title == title and o.institution == institution)
    of = institution or office.party or person.party
    since = f"from {office.first}" if office.first else None
    until = f"to {office.last}" if office.last else None
    when = " ".join(part for part in (since, until) if part)
    return f"{title}, {of}" + (f" ({when})" if when else "") if of else title
