"""Who a text speaks of: linking every mention of an actor in a page to the actor it stands for."""

from __future__ import annotations

from pipeline.domain import DomainPack
from pipeline.model import Actor, Block, Links, Mention, Page, Resolution
from pipeline.resolve.lexicon import Entry, lexicon_of


def link(page: Page, pack: DomainPack) -> Links:
    """All mentions of actors in the page's titles, headings and body, in reading order."""
    lexicon = lexicon_of(pack)
    days = page.document.published
    people = {p.name: p for p in pack.people}
    mentions: list[Mention] = []
    full: dict[str, Actor] = {}
    for name, p in people.items():
        full.setdefault(name.split()[-1], Actor(f"person:{name}", name, "person", p.party_in(days), p.gender))
    for doc in page.parses.values():
        for ent in doc.ents:
            words = ent.text.removesuffix("'s").removesuffix("’s").split()
            if ent.label_ == "PERSON" and len(words) > 1 and words[-1] not in full:
                name = " ".join(words)
                full[words[-1]] = Actor(f"person:{name}", name, "person", None)
    last: dict[str | None, Actor] = {}
    for block in page.blocks:
        doc = page.parses.get(block.block_no)
        if doc is None:
            continue
        taken: set[int] = set()

        def add(start: int, end: int, actor: Actor, how: Resolution, sure: float,
                doc=doc, block: Block = block, taken: set[int] = taken) -> None:  # fmt: skip
            span = doc[start:end]
            if taken & set(range(start, end)):
                return
            taken.update(range(start, end))
            mentions.append(Mention(page.document.document_id, block.block_no, block.char_start + span.start_char,
                                    block.char_start + span.end_char, span.text, start, end, span.root.i, actor, how, sure))  # fmt: skip

        for match in lexicon.matches(doc):
            actor = _actor(match.entry, pack, people, full)
            if actor is not None:
                add(match.start, match.end, actor, "name", 0.9)
        for token in doc:
            if token.text in full and token.i not in taken:
                start = token.i
                while start > 0 and doc[start - 1].text in full[token.text].name.split():
                    start -= 1
                add(start, token.i + 1, full[token.text], "surname", 0.85)
        mentions.sort(key=lambda m: (m.block_no, m.start_i))
        heads = {m.head_i: m for m in mentions if m.block_no == block.block_no}
        for token in doc:
            m = heads.get(token.i)
            if m is not None and m.actor.kind == "person":
                last[m.actor.gender] = last[None] = m.actor
            word = token.lower_
            if word in ("he", "she"):
                who = last.get("m" if word == "he" else "f") or last.get(None)
                if who is not None:
                    add(token.i, token.i + 1, who, "pronoun", 0.6)
    return Links(tuple(sorted(mentions, key=lambda m: (m.block_no, m.start_i))))


def _actor(entry: Entry, pack: DomainPack, people: dict, full: dict[str, Actor]) -> Actor | None:  # type: ignore[type-arg]
    if entry.kind == "person":
        return next((a for a in full.values() if a.name == entry.ref), None)
    if entry.kind in ("state", "capital", "metonym"):
        country = pack.country(entry.ref)
        return Actor(f"gov:{entry.ref}", country.name if country else entry.ref, "government", entry.ref)
    if entry.kind == "body":
        body = next(o for o in pack.organisations if o.name == entry.ref)
        return Actor(f"org:{body.name}", body.name, body.kind, body.party)
    if entry.kind == "outlet" and not entry.common:
        return Actor(f"media:{entry.ref}", entry.ref, "media", None)
    return None
