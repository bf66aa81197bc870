"""Rows of `entities` and `entity_mentions` from the links of all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from pipeline.ids import digest_id
from pipeline.model import Entity, EntityKind, EntityMention, Links, Mention

_FORMS: frozenset[str] = frozenset({"name", "alias", "surname", "metonym"})
_MAX_ALIASES = 40


@dataclass(slots=True)
class EntityCounts:
    """What mentions tell of one actor: how often each value occurs."""

    n: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    official: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    wikidata: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)

    def add(self, mention: Mention) -> None:
        """Count one mention."""
        actor = mention.actor
        self.n += 1
        self.kinds[actor.kind] += 1
        self.names[actor.name] += 1
        role = actor.role_text or (actor.roles[0] if actor.roles else None)
        for counter, value in (
            (self.official, actor.official_name),
            (self.parties, actor.party),
            (self.roles, role),
            (self.wikidata, actor.wikidata_id),
        ):
            if value is not None:
                counter[value] += 1
        if mention.resolution in _FORMS:
            self.surfaces[" ".join(mention.surface.split())] += 1

    def update(self, other: EntityCounts) -> None:
        """Count what other documents tell."""
        self.n += other.n
        for ours, theirs in zip(self.counters(), other.counters(), strict=True):
            for value, n in theirs.items():
                ours[value] = ours.get(value, 0) + n

    def counters(self) -> tuple[Counter[str], ...]:
        """All counters, in the order of the fields."""
        return (
            self.kinds,
            self.names,
            self.official,
            self.parties,
            self.roles,
            self.wikidata,
            self.surfaces,
        )

    def entity(self, key: str) -> Entity:
        """The row of `entities` of the actor with this key."""
        name = cast(str, _most(self.official) if self.official else _most(self.names))
        counts = self.surfaces
        aliases = sorted((s for s in counts if s != name), key=lambda s: (-counts[s], s))
        return Entity(
            entity_id=digest_id("ent", key),
            name=name,
            kind=cast(EntityKind, _most(self.kinds)),
            party=_most(self.parties),
            role=_most(self.roles),
            aliases=tuple(aliases[:_MAX_ALIASES]),
            wikidata_id=_most(self.wikidata),
            n_mentions=self.n,
        )


def counts_of(mentions: Iterable[Mention]) -> dict[str, EntityCounts]:
    """What mentions tell of each actor, by the actor's key.

    Unnamed sources and sets in passing are nobody in particular and are left out.
    """
    found: dict[str, EntityCounts] = {}
    for mention in mentions:
        if mention.actor.entity_id is not None:
            key = mention.actor.key
            if key not in found:
                found[key] = EntityCounts()
            found[key].add(mention)
    return found


def mention_rows(mentions: Iterable[Mention]) -> Iterator[EntityMention]:
    """Rows of `entity_mentions`, in the order of the mentions."""
    for mention in mentions:
        entity_id = mention.actor.entity_id
        if entity_id is not None:
            yield _mention_row(entity_id, mention)


def entities_of(counts: Mapping[str, EntityCounts]) -> list[Entity]:
    """Rows of `entities`, by id."""
    return sorted((own.entity(key) for key, own in counts.items()), key=lambda e: e.entity_id)


def entity_rows(all_links: Iterable[Links]) -> tuple[list[Entity], list[EntityMention]]:
    """One entity for each key over all pages, and one row for each of its mentions.

    Unnamed sources and sets in passing are nobody in particular and give no rows. `aliases` are the names
    seen in the texts, pronouns and descriptions left out, without the canonical name: the name that most
    mentions carry, or for a state the one that the reference data gives. Entities come sorted by id,
    mentions by document and position.
    """
    mentions = [mention for links in all_links for mention in links.mentions]
    rows = sorted(
        mention_rows(mentions), key=lambda r: (r.document_id, r.char_start, r.char_end, r.entity_id)
    )
    return entities_of(counts_of(mentions)), rows


def _most(counts: Mapping[str, int]) -> str | None:
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _mention_row(entity_id: str, mention: Mention) -> EntityMention:
    return EntityMention(
        mention_id=digest_id("men", mention.document_id, mention.char_start, mention.char_end, entity_id),
        entity_id=entity_id,
        document_id=mention.document_id,
        char_start=mention.char_start,
        char_end=mention.char_end,
        surface=mention.surface,
        resolution=mention.resolution,
    )
