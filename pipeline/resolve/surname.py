"""The part of a person's full name by which a reader knows the person."""

from __future__ import annotations

from pipeline.domain import NameWords
from pipeline.text import fold

_JOINING = frozenset({"y", "e"})  # particles between two surnames, not before one


def surname(name: str, party: str | None, words: NameWords) -> str:
    """Surname of a full name: "Xi" of "Xi Jinping", "von der Leyen" of "Ursula von der Leyen".

    The family name stands in front if it is one that does (names.yaml) and `party`, whom the person acts
    for, is a state where it does; if nothing is known of the party, only before a given name of two parts.
    """
    parts = name.split()
    while len(parts) > 1 and parts[-1] in words.suffixes:
        parts.pop()
    in_front = {fold(w) for w in words.family_first}
    if len(parts) in {2, 3} and fold(parts[0]) in in_front:
        double = len(parts) == 3 or "-" in parts[1]
        if party in words.family_first_states or (party is None and double):
            return parts[0]
    first = len(parts) - 1
    particles = {fold(w) for w in words.particles} - _JOINING
    while first > 1 and fold(parts[first - 1]) in particles:
        first -= 1
    return " ".join(parts[first:])
