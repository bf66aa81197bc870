"""Rows of `entities` and `entity_mentions` from the links of all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from pipeline.ids import digest_id
from pipeline.model import Actor, Entity, EntityKind, EntityMention, Links, Mention

_FORMS: frozenset[str] = frozenset({"name", "alias", "surname", "metonym"})
_MAX_ALIASES = 40


def entity_rows(all_links: Iterable[Links]) -> tuple[list[Entity], list[EntityMention]]:
    """One entity for each key over all pages, and one row for each of its mentions.

    Unnamed sources and sets in passing are nobody in particular and give no rows. `aliases` are the names
    seen in the texts, pronouns and descriptions left out, without the canonical name. Entities come sorted
    by id, mentions by document and position.
    """
    by_key: dict[str, list[Mention]] = {}
    for links in all_links:
        for mention in links.mentions:
            if mention.actor.entity_id is not None:
                by_key.setdefault(mention.actor.key, []).append(mention)
    entities: list[Entity] = []
    rows: list[EntityMention] = []
    for mentions in by_key.values():
        entity = _entity(mentions)
        entities.append(entity)
        rows.extend(_mention_row(entity.entity_id, m) for m in mentions)
    entities.sort(key=lambda e: e.entity_id)
    rows.sort(key=lambda r: (r.document_id, r.char_start, r.char_end, r.entity_id))
    return entities, rows


def _entity(mentions: list[Mention]) -> Entity:
    actors = [m.actor for m in mentions]
    name = _canonical(actors)
    surfaces = Counter(" ".join(m.surface.split()) for m in mentions if m.resolution in _FORMS)
    aliases = sorted((s for s in surfaces if s != name), key=lambda s: (-surfaces[s], s))
    return Entity(
        entity_id=digest_id("ent", actors[0].key),
        name=name,
        kind=cast(EntityKind, actors[0].kind),
        party=_most(a.party for a in actors),
        role=_most(a.role_text or (a.roles[0] if a.roles else None) for a in actors),
        aliases=tuple(aliases[:_MAX_ALIASES]),
        wikidata_id=_most(a.wikidata_id for a in actors),
        n_mentions=len(mentions),
    )


def _canonical(actors: list[Actor]) -> str:
    """The name most mentions carry; of a state's many names the one the reference data gives."""
    official = _most(a.official_name for a in actors)
    return official if official is not None else cast(str, _most(a.name for a in actors))


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(v for v in values if v is not None)
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
