"""Bodies by a common noun: "Russia's Defense Ministry", "the mayor's office", "the government"."""

from __future__ import annotations

from typing import Literal

from pipeline.model import Actor
from pipeline.resolve.draft import CLASS, REFERENCE, Draft
from pipeline.resolve.noun_phrase import NounPhrase
from pipeline.resolve.people import People
from pipeline.resolve.scan import is_possessive
from pipeline.resolve.sides import party_at
from pipeline.text import fold

_REACH_AFTER = 8


def institution(phrase: NounPhrase, people: People) -> Draft | None:
    """A body by a common noun: "Russia's Defense Ministry", "the mayor's office", "the government"."""
    vocabulary, token = phrase.vocabulary, phrase.head
    party, known = people.party_of(phrase.scan.block.block_no, phrase.hint)
    end = token.i + 1
    if end + 1 < len(phrase.scan.doc) and phrase.scan.tokens[end].lower_ == "of" and not known:
        stop = phrase.complement_end()
        parties = parties_of(phrase, stop) - {None}
        if len(parties) == 1:
            party, known, end = parties.pop(), True, stop
    if not known and (seat := seat_behind(phrase)) is not None:
        party, known = seat, True
    national = token.lower_ == "bank" and end > token.i + 1  # "the Reserve Bank of India"
    if token.lower_ in vocabulary.private_bodies and not national:
        party = None
    name = phrase.text(end)
    if phrase.hint.pronoun is not None and token.lower_ == "office":
        facts = people.owners.person(phrase.scan.block.block_no, phrase.hint.pronoun)
        if facts is not None and phrase.hint.pronoun == phrase.edge:
            own = phrase.scan.doc[phrase.edge + 1 : token.i + 1].text
            actor = Actor(
                f"inst:{facts.person.key}:{fold(own)}",
                f"{facts.person.name}’s {own}",
                "institution",
                facts.party,
            )
            return Draft("fixed", phrase.start, token.i + 1, token.i, "description", REFERENCE, actor)
    owner = phrase.hint.person
    if owner is not None and (facts := people.at(phrase.scan.block.block_no, owner.start)) is not None:
        after = owner.end + 1 if is_possessive(phrase.scan.tokens[owner.end]) else owner.end
        own = phrase.scan.doc[after : token.i + 1].text
        actor = Actor(
            f"inst:{facts.person.key}:{fold(own)}", f"{facts.person.name}’s {own}", "institution", facts.party
        )
        return Draft("fixed", owner.start, token.i + 1, token.i, "name", CLASS, actor)
    if token.lower_ in vocabulary.government_nouns and party in vocabulary.countries:
        return Draft(
            "fixed",
            phrase.start,
            token.i + 1,
            token.i,
            "description",
            0.85,
            Actor(
                f"gov:{party}",
                name,
                "government",
                party,
                official_name=vocabulary.countries[party or ""].name,
            ),
        )
    if known:
        key, stop = body_key(phrase), token.i + 1
        full = full_name_end(phrase) if end == stop and token.pos_ == "PROPN" else stop
        if full > stop:  # "China's Ministry | of Commerce"
            name, key = phrase.text(full), f"{key} {fold(phrase.scan.doc[stop:full].text)}"
            stop = full
        return Draft(
            "fixed",
            phrase.start,
            stop,
            token.i,
            "name",
            CLASS,
            Actor(f"inst:{party}:{key}", name, "institution", party),
        )
    words = phrase.scan.doc[phrase.start : token.i + 1]
    proper = sum(t.pos_ == "PROPN" and t.text[0].isupper() for t in words)
    full = full_name_end(phrase)
    if token.pos_ == "PROPN" and (proper >= 2 or full > token.i + 1):
        name = phrase.text(full)
        key = body_key(phrase) if full == token.i + 1 else fold(name)
        return Draft(
            "fixed",
            phrase.start,
            full,
            token.i,
            "name",
            0.7,
            Actor(f"inst::{key}", name, "institution", None),
        )
    if phrase.definite and any(is_possessive(t) for t in phrase.before):
        actor = in_passing(phrase, name, "institution")
        return Draft("fixed", phrase.start, token.i + 1, token.i, "name", 0.5, actor)
    if phrase.definite:
        return Draft(
            "body",
            phrase.edge,
            token.i + 1,
            token.i,
            "description",
            REFERENCE,
            None,
            party=party,
            party_known=known,
            word=token.lower_,
            name=name,
        )
    return None


def full_name_end(phrase: NounPhrase) -> int:
    """End of a body's proper name that goes on behind its noun: "the Union | of Dockers and Pilots"."""
    doc, end = phrase.scan.tokens, phrase.head.i + 1
    i = end
    while i < len(doc) and i - phrase.head.i < _REACH_AFTER:
        token = doc[i]
        if token.pos_ == "PROPN" and token.text[0].isupper() and i not in phrase.scan.name_at:
            end = i + 1
        elif token.lower_ not in {"of", "for", "and", "&", "the"} or (
            i == phrase.head.i + 1 and token.lower_ not in {"of", "for"}
        ):
            break
        i += 1
    return end


def seat_behind(phrase: NounPhrase) -> str | None:
    """The state whose capital stands behind a ministry: "the foreign ministry in Oslo"."""
    scan, i = phrase.scan, phrase.head.i + 1
    if i + 1 >= len(scan.tokens) or scan.tokens[i].lower_ != "in":
        return None
    match = scan.match_at.get(i + 1)
    word, vocabulary = phrase.head.lower_, phrase.vocabulary
    foreign = word not in vocabulary.institution_heads and phrase.words & vocabulary.nobodys
    official = word in vocabulary.seated and not foreign
    seat = match is not None and match.entry.kind in {"capital", "metonym"}
    return match.entry.ref if match is not None and official and seat else None


def body_key(phrase: NounPhrase) -> str:
    """Words of a body's name without the state's, in one spelling."""
    words = [
        fold(t.text).replace("defence", "defense").replace("affairs", "").strip()
        for t in phrase.scan.doc[phrase.start : phrase.head.i + 1]
        if t.i not in phrase.scan.match_at
        and not is_possessive(t)
        and t.tag_ != "PRP$"
        and t.lower_ not in {"the", "of"}
    ]
    return " ".join(w for w in words if w)


def parties_of(phrase: NounPhrase, end: int) -> set[str | None]:
    """The sides that the words of a phrase name, up to token `end`."""
    found: set[str | None] = set()
    for i in range(phrase.edge, end):
        if i == phrase.head.i:
            continue
        hint = party_at(phrase.scan, i, phrase.vocabulary)
        if hint is not None and hint.known:
            found.add(hint.party)
    return found


def in_passing(phrase: NounPhrase, name: str, kind: Literal["group", "institution"]) -> Actor:
    """A body without name and side: "both sides" are others in each document."""
    return Actor(f"{kind}:{phrase.scan.block.document_id}:{fold(name)}", name, kind, None, in_passing=True)
