"""What kind of actor a noun names that no link knows: a group, a body, an outlet, somebody unnamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.domain import DomainPack, once_per_pack
from pipeline.extract.statements.cues import Speech
from pipeline.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "its", "his", "her", "their", "these", "those"})
# Offices that many hold: "the official" is whoever spoke last, "the president" is not.
_BARE_ROLES = frozenset(
    {"official", "diplomat", "lawmaker", "aide", "private", "spokesperson", "envoy", "military", "neutral"}
)


def is_definite(head: Token) -> bool:
    """Whether an article, a pronoun or an owner makes the phrase point to something known."""
    return any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in head.lefts)


def kind_of(head: Token, words: Mapping[str, frozenset[str]], speech: Speech) -> ActorKind | None:
    """What the noun of a phrase with no link makes of its actor, or None where it is nobody."""
    lemma, lower = head.lemma_.lower(), head.lower_
    if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
        return "institution" if _says_it(head) else "person"
    if (
        lower in words["anonymous"]
        or lemma in words["anonymous"]
        or head.lower_ in {"one", "another", "others"}
    ):
        if head.lower_ == "one" and any(c.dep_ == "relcl" and _relative_to_thing(c) for c in head.rights):
            return None  # "a deal, or one that says nothing of ports"
        return "anonymous" if head.pos_ in {"NOUN", "PRON", "NUM", "DET"} else None
    if lower in words["groups"] or lemma in words["groups"]:
        return "group"
    if lemma in words["government"]:
        return "government"
    if head.pos_ == "PROPN" and lower in words["roles"] and head.tag_ == "NNP" and is_definite(head):
        return "anonymous"  # "The Transport Secretary said"
    if lemma in words["institutions"] or head.ent_type_ == "ORG":
        return "institution"
    if lemma in words["media"]:
        return "media"
    if head.tag_ == "NNS" and not head.ent_type_ and not is_abstract(lemma, speech):
        return "group"  # "airlines urged", "farmers say"
    if head.pos_ == "NOUN" and lemma in speech.bodies and is_definite(head):
        return "institution"
    if (
        head.tag_ == "NN"
        and not head.ent_type_
        and lower.endswith(speech.person_suffixes)
        and not is_abstract(lemma, speech)
        and lemma not in speech.documents
        and any(c.lower_ in {"a", "an", "one", "another"} for c in head.lefts)
    ):
        return "anonymous"  # "a blogger claimed", "one survivor said"
    if head.pos_ == "PROPN" and (lower in words["heads"] or (head.is_upper and lower in words["roles"])):
        return "anonymous"  # "The President thanked his hosts"
    if head.tag_ == "NN" and _is_acronym(head):
        return "institution"  # "The BMA says ...", read as a common noun
    if head.tag_ == "NN" and lower in words["roles"] and is_definite(head) and _has_body(head):
        return "anonymous"  # "the Harbour Party leader, long a critic, declared that"
    # A name that nobody knows and that is no place speaks as a body.
    return (
        "institution"
        if head.pos_ == "PROPN" and head.ent_type_ not in {"GPE", "LOC", "DATE", "TIME"}
        else None
    )


def is_abstract(lemma: str, speech: Speech) -> bool:
    """Whether a common noun is of a thing, which says nothing: a known one, or by its ending."""
    return lemma in speech.inanimate or lemma.endswith(speech.abstract_suffixes)


def _relative_to_thing(clause: Token) -> bool:
    """Whether a relative clause opens with "that" or "which"."""
    return clause.left_edge.lower_ in {"that", "which"}


def _has_body(head: Token) -> bool:
    """Whether a proper name before an office tells whose it is."""
    return any(c.dep_ == "compound" and c.pos_ == "PROPN" and c.ent_type_ != "DATE" for c in head.lefts)


def _is_acronym(head: Token) -> bool:
    """Whether a noun is written in capitals among words that are not."""
    beside = [t for t in head.doc[max(0, head.i - 3) : head.i + 4] if t.i != head.i and t.is_alpha]
    shouted = bool(beside) and all(t.is_upper for t in beside)
    return head.is_upper and head.is_alpha and len(head) > 1 and not shouted


def _says_it(name: Token) -> bool:
    """Whether who is named says of itself what "it" will do: "Vialog says it will sail"."""
    said = name.head
    clause = next((c for c in said.rights if c.dep_ == "ccomp"), None)
    if name.dep_ != "nsubj" or said.tag_ != "VBZ" or clause is None or name.n_lefts:
        return False
    subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
    helped = [c.lower_ for c in (*clause.lefts, clause)]
    return subject is not None and subject.lower_ == "it" and not _OWN_DOING.isdisjoint(helped)


_OWN_DOING = frozenset({"will", "plans", "expects", "has"})


def is_private(kind: ActorKind, head: Token, words: Mapping[str, frozenset[str]], speech: Speech) -> bool:
    """Whether those described act for no state, whatever state is named beside: "Peruvian farmers"."""
    lemma, lower = head.lemma_.lower(), head.lower_
    people = kind == "group" and not {lower, lemma} & words["groups"]
    body = kind == "institution" and lemma in words["private"] | words["media"] | speech.bodies
    return kind == "media" or people or body


@once_per_pack
def nouns_of(pack: DomainPack) -> dict[str, frozenset[str]]:
    """Nouns of the pack by what they name."""
    return {
        "anonymous": frozenset(pack.anonymous.always + pack.anonymous.qualified),
        "groups": frozenset(pack.groups.heads),
        "institutions": frozenset(pack.institutions.heads),
        "government": frozenset(pack.institutions.government),
        "media": frozenset(pack.media.heads),
        "outlets": frozenset(pack.media.name_words),
        "private": frozenset(pack.institutions.private),
        "heads": frozenset(
            r.noun for r in pack.roles if r.category == "head" and r.one_per_party and r.implies is None
        ),
        "states": frozenset(c.code for c in pack.countries),
        "roles": frozenset(p.split()[-1] for r in pack.roles for p in (r.noun, *r.aliases)),
        "describing": frozenset(
            n for r in pack.roles if r.category in _BARE_ROLES for n in (r.noun, *r.aliases)
        ),
    }


@once_per_pack
def seats_of(pack: DomainPack) -> dict[str, str]:
    """Codes of states by name and by capital."""
    return {
        name: c.code
        for c in pack.countries
        for name in (c.name, *c.aliases, *c.capitals)
        if name[:1].isupper()
    }


@once_per_pack
def demonyms_of(pack: DomainPack) -> dict[str, str]:
    """Codes of states by adjective."""
    return {adjective: c.code for c in pack.countries for adjective in c.adjectives}
