"""Offices whose rank stands apart from the noun: "a deputy Peruvian minister", "the chief UN envoy"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.domain import Role
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_RANKS = frozenset({"chief", "head", "deputy"})
_APART = 4  # tokens between the two


def with_ranks(
    roles: Sequence[RoleMatch], tokens: Sequence[Token], named: Collection[int], vocabulary: Vocabulary
) -> list[RoleMatch]:
    """The offices with ranks that a state or body parts from them joined on; `named` are tokens of those.

    A rank by itself is an office, too ("the chief said"): read as one, it would hide the envoy behind it.
    """
    found: list[RoleMatch] = []
    rank: RoleMatch | None = None
    for role in roles:
        if rank is not None and _parts(rank, role, named):
            told = vocabulary.role_exactly(f"{rank.phrase} {role.phrase}") or _deputy(rank, role, vocabulary)
            role = replace(role, role=told or role.role)
            found.pop()
        found.append(role)
        alone = role.end == role.start + 1 and tokens[role.start].lower_ in _RANKS
        rank = role if alone and not role.plural else None
    return found


def _parts(rank: RoleMatch, role: RoleMatch, named: Collection[int]) -> bool:
    """Whether nothing but names of states and bodies stands between the two."""
    between = range(rank.end, role.start)
    return 0 < len(between) <= _APART and all(i in named for i in between)


def _deputy(rank: RoleMatch, role: RoleMatch, vocabulary: Vocabulary) -> Role | None:
    """The office of a minister's deputy that the data does not have by name: no minister himself."""
    if rank.phrase != "deputy" or role.role.category != "minister":
        return None
    return vocabulary.role_exactly("deputy minister")
