"""The pack's words compiled for look-up: roles, titles, names, nouns of sources, groups and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.domain import Country, DomainPack, Gender, Office, Organisation, Person, Role, once_per_pack
from pipeline.resolve.lexicon import Lexicon
from pipeline.text import fold

if TYPE_CHECKING:
    pass

_IRREGULAR = {
    "spokesmen": "spokesman",
    "spokeswomen": "spokeswoman",
    "chairmen": "chairman",
    "allies": "ally",
    "secretaries": "secretary",
    "deputies": "deputy",
    "congressmen": "congressman",
}


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role noun found at tokens [start, end); `phrase` is the noun as the data spells it."""

    start: int
    end: int
    role: Role
    phrase: str
    plural: bool


class Vocabulary:
    """Look-ups over one domain pack; built once for each pack object."""

    def __init__(self, pack: DomainPack) -> None:
        self.pack = pack
        self.lexicon = Lexicon(pack)
        self.people: dict[str, Person] = {p.name: p for p in pack.people}
        self.countries: dict[str, Country] = {c.code: c for c in pack.countries}
        self.bodies: dict[str, Organisation] = {}
        for body in pack.organisations:
            self.bodies.setdefault(body.name, body)
        self.prefixes = frozenset(pack.names.prefixes)
        self.surnames: dict[str, list[Person]] = {}
        for person in pack.people:
            for name in {person.name, *person.aliases}:
                listed = self.surnames.setdefault(self.name_words(name)[-1], [])
                if person not in listed:
                    listed.append(person)
        self._roles: dict[tuple[str, ...], Role] = {}
        for role in pack.roles:
            for phrase in (role.noun, *role.aliases):
                self._roles.setdefault(tuple(_words(phrase)), role)
        self._role_starts: dict[str, int] = {}
        for words in self._roles:
            self._role_starts[words[0]] = max(len(words), self._role_starts.get(words[0], 0))
        # Words that a role can begin with: all others are passed over.
        self._role_openers = frozenset(self._role_starts).union(
            (f"{word}s" for word in self._role_starts), _IRREGULAR
        )
        # Dated offices: (role noun, party) -> who held it.
        self.holders: dict[tuple[str, str], list[tuple[Person, Office]]] = {}
        for person in pack.people:
            for office in person.offices:
                held, party = self.role_named(office.title), office.party or person.party
                if held is not None and party is not None and office.first is not None:
                    self.holders.setdefault((held.noun, party), []).append((person, office))
        # Offices that only states have: the minister of an organisation is that of one of its states.
        self.states_only = frozenset(
            role.noun
            for role in pack.roles
            if role.category == "minister" and role.implies is None and role.noun.endswith("minister")
        ) | {
            "prime minister",
            "chancellor",
            "king",
            "queen",
            "emir",
            "sultan",
            "crown prince",
            "foreign secretary",
        }
        self.titles: dict[str, Gender | None] = {}
        for title in pack.titles:
            for word in (title.title, *title.aliases):
                self.titles[fold(word).rstrip(".")] = title.gender
        self.former = frozenset(pack.former)
        self.given: dict[str, Gender] = {fold(n): "m" for n in pack.given_names.m}
        self.given.update({fold(n): "f" for n in pack.given_names.f})
        # Adjectives spelled with an accent; other words with one are not those without it ("Germán").
        self.accented = frozenset(
            a for c in pack.countries for a in (*c.adjectives, *c.people) if not a.isascii()
        )
        self.particles = frozenset(pack.names.particles)
        self.family_first = frozenset(fold(n) for n in pack.names.family_first)
        self.place_openers = frozenset(fold(n) for n in pack.names.place_openers)
        # "The Presidency said": a body of the state, however it is written
        bodies = (*pack.institutions.government, *pack.institutions.seated)
        self.not_names = frozenset(fold(n) for n in (*pack.names.not_names, *bodies))
        self.anonymous_always = frozenset(pack.anonymous.always)
        self.anonymous_qualified = frozenset(pack.anonymous.qualified)
        self.anonymous_plain = frozenset(pack.anonymous.plain_plural)
        self.anonymous_anyone = frozenset(pack.anonymous.anyone)
        self.saying = frozenset(pack.anonymous.saying)
        self.qualifiers = frozenset(pack.anonymous.qualifiers)
        self.knowing = frozenset(pack.anonymous.knowing)
        self.told = frozenset(pack.anonymous.told)
        self.group_heads = frozenset(fold(w) for w in pack.groups.heads)
        self.collective = frozenset(pack.groups.collective)
        self.european = frozenset(pack.groups.european)
        self.european_states = frozenset(pack.groups.european_states)
        self.nobodys = frozenset(pack.groups.regions)
        self.partisan = dict(pack.groups.partisan)
        self.other_partisans = frozenset(pack.groups.other_partisans)
        self.party_letters = dict(pack.groups.party_letters)
        self.of_others = frozenset(pack.groups.of_others)
        self.stateless = frozenset(pack.groups.stateless)
        self.describing = frozenset(pack.groups.describing)
        self.movements = frozenset(pack.groups.movements)
        self.institution_heads = frozenset(pack.institutions.heads)
        self.led_by = dict(pack.institutions.led_by)
        self.seated = frozenset(pack.institutions.seated)
        self.named_bodies = frozenset(pack.institutions.named)
        self.sent_abroad = frozenset(pack.institutions.sent_abroad)
        self.private_bodies = frozenset(pack.institutions.private)
        self.private_always = frozenset(pack.institutions.private_always)
        self.well_known = frozenset(pack.institutions.well_known)
        self.government_nouns = frozenset(pack.institutions.government)
        self.wider = {noun: frozenset(kinds) for noun, kinds in pack.references.wider.items()}
        self.diplomatic = frozenset(pack.references.diplomatic)
        self.area_nouns = frozenset(pack.references.area_nouns)
        self.locative = frozenset(pack.references.locative)
        self.motion = frozenset(pack.references.motion)
        self.local = frozenset(pack.references.local)
        self.offices_only = {n: frozenset(c) for n, c in pack.references.offices_only.items()}
        self.offices_never = {n: frozenset(c) for n, c in pack.references.offices_never.items()}
        self.media_name_words = frozenset(pack.media.name_words)
        # Nouns that may head a reference, so that others are passed over quickly.
        self.heads = (
            frozenset(pack.media.heads)
            | self.anonymous_always
            | self.anonymous_qualified
            | self.anonymous_anyone
            | self.institution_heads
            | self.group_heads
        )
        self.media_heads = frozenset(pack.media.heads)

    def name_words(self, name: str) -> tuple[str, ...]:
        """The words of a name in small letters, without a prefix and its hyphen: "sisi" of "el-Sisi"."""
        found = []
        for word in fold(name).split():
            prefix, _, rest = word.partition("-")
            found.append(rest if rest and prefix in self.prefixes else word)
        return tuple(found)

    def roles(self, texts: Sequence[str]) -> list[RoleMatch]:
        """Role nouns among the tokens' texts, longest first at each place, left to right, not overlapping."""
        words = [fold(text) for text in texts]
        found: list[RoleMatch] = []
        free = 0
        for i, word in enumerate(words):
            if word in self._role_openers and i >= free and (match := self._role_at(words, i)) is not None:
                found.append(match)
                free = match.end
        return found

    def role_named(self, phrase: str) -> Role | None:
        """The role that a title in the reference data means ("defense minister")."""
        words = tuple(_words(fold(phrase)))
        return self._roles.get(words) or (self._roles.get(words[-1:]) if words else None)

    def role_exactly(self, phrase: str) -> Role | None:
        """The role with just this name, or None."""
        return self._roles.get(tuple(_words(phrase)))

    def _role_at(self, words: list[str], i: int) -> RoleMatch | None:
        first = words[i]
        longest = max(self._role_starts.get(first, 0), self._role_starts.get(_singular(first), 0))
        for n in range(min(longest, len(words) - i), 0, -1):
            span = tuple(words[i : i + n])
            for candidate, plural in ((span, False), (_singular_phrase(span), True)):
                role = self._roles.get(candidate)
                if role is not None:
                    return RoleMatch(i, i + n, role, " ".join(candidate).replace(" - ", "-"), plural)
        return None

    def party_of_body(self, name: str) -> str | None:
        """The party of the body called ``name`` in the reference data."""
        body = self.bodies.get(name)
        return body.party if body is not None else None


def _words(phrase: str) -> list[str]:
    """Words as the tokenizer cuts them: hyphens apart, possessive signs apart."""
    return phrase.replace("-", " - ").replace("'s", " 's").split()


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _singular_phrase(words: tuple[str, ...]) -> tuple[str, ...]:
    """Singular of the last word, or of the first ("secretaries of state")."""
    if len(words) > 2 and words[1] in {"of", "for", "to"}:
        return (_singular(words[0]), *words[1:])
    return (*words[:-1], _singular(words[-1]))


@once_per_pack
def vocabulary_of(pack: DomainPack) -> Vocabulary:
    """The pack's vocabulary."""
    return Vocabulary(pack)
