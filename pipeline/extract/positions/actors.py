"""Words for actors that the reference data know: states, officials, bodies, movements and their speakers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.domain import Opponent


@dataclass(frozen=True)
class ActorWords:
    """Words for actors from the reference data.

    roles: nouns for people and bodies that act for the party named beside them ("negotiators").
    states: single words for states, as written -> (party, name of the state).
    capitals: words for states by which only their governments are meant.
    allies: party -> the party that its unnamed allies are ("Kyiv and its allies").
    stateless: nouns for people who act for no state, whatever state stands beside them ("Sudan's rebels").
    domestic: nouns for bodies within a state that are none of its own ("four Norwegian parties").
    factions: nouns that stand for a movement, whatever adjective of a state they bear ("group", "militia").
    movements: names of bodies without a code that are parties to a negotiation themselves -> the body's name.
    speakers: names of people without a party who are known to speak for such a movement.
    sides: the same for movements with a code of their own ("HAMAS").
    opponents: the two between whom the pack's negotiation is, if it names them.
    governments: nouns for governments; leaders: folded surnames of heads of state and government, and
    (party, name of the state): "the Ode administration" acts for the state even if no line names Ode in full.
    """

    roles: frozenset[str]
    states: Mapping[str, tuple[str, str]]
    capitals: frozenset[str] = frozenset()
    governments: frozenset[str] = frozenset()
    leaders: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    allies: Mapping[str, str] = field(default_factory=dict)
    stateless: frozenset[str] = frozenset()
    domestic: frozenset[str] = frozenset()
    factions: frozenset[str] = frozenset()
    movements: Mapping[str, str] = field(default_factory=dict)
    speakers: frozenset[str] = frozenset()
    sides: Mapping[str, str] = field(default_factory=dict)
    opponents: tuple[Opponent, ...] = ()

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of states."""
        return frozenset(code for code, _ in self.states.values())
