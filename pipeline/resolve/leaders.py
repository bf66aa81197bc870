"""Heads of state and government by surname, for texts that name only their government."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain import DomainPack, once_per_pack
from pipeline.text import fold


@once_per_pack
def states_by_leader(pack: DomainPack) -> Mapping[str, str]:
    """Folded surname -> code of the state, for surnames whose bearers have all led one and the same state."""
    heads = {title for role in pack.roles if role.category == "head" for title in (role.noun, *role.aliases)}
    led: dict[str, set[str | None]] = {}
    for person in pack.people:
        states = {office.party or person.party for office in person.offices if office.title in heads}
        for name in (person.name, *person.aliases) if states else ():
            led.setdefault(fold(name).split()[-1], set()).update(states)
    known = {country.code for country in pack.countries}
    return {
        surname: state
        for surname, (state, *others) in led.items()
        if not others and state is not None and state in known
    }
