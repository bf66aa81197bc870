"""Facts of a page's people: offices, party and gender, from the pack and from what the text says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.domain import Gender, Person
from pipeline.model import Actor, DateRange
from pipeline.resolve.describe import ACTING, Description, PartyHint, descriptions_of, party_at
from pipeline.resolve.names import NamedPerson, NameIndex
from pipeline.resolve.scan import Scan
from pipeline.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_LOOK_BACK = 3  # blocks
_DATELINE = 4  # tokens of the shortest text with a dateline
_COUNTERPARTS = frozenset({"counterpart", "colleague"})


@dataclass(slots=True)
class Facts:
    """What is known of one person of the page."""

    person: NamedPerson
    roles: list[str] = field(default_factory=list)
    categories: set[str] = field(default_factory=set)
    described: list[tuple[int, Description]] = field(default_factory=list)
    party: str | None = None
    party_known: bool = False
    role_text: str | None = None
    genders: Counter[Gender] = field(default_factory=Counter)

    @property
    def gender(self) -> Gender | None:
        """The gender for which more speaks, or None."""
        if self.genders["m"] == self.genders["f"]:
            return None
        return "m" if self.genders["m"] > self.genders["f"] else "f"

    def actor(self) -> Actor:
        """The person as an actor, with the facts as they stand."""
        known = self.person.known
        return Actor(
            key=self.person.key,
            name=self.person.name,
            kind="person",
            party=self.party,
            gender=self.gender,
            roles=tuple(self.roles),
            role_text=self.role_text,
            wikidata_id=known.wikidata_id if known is not None else None,
        )


class People:
    """All people of a page with their facts; `consumed` are the role nouns that stand beside a name."""

    def __init__(
        self, scans: Mapping[int, Scan], index: NameIndex, vocabulary: Vocabulary, days: DateRange | None
    ) -> None:
        self._scans, self._index, self._vocabulary, self._days = scans, index, vocabulary, days
        self.facts: dict[str, Facts] = {}
        self.consumed: set[tuple[int, int]] = set()
        for person in index.people:
            self.facts[person.key] = Facts(person, genders=Counter(person.genders))
        self._describe()
        for facts in self.facts.values():
            self._from_pack(facts)
        for facts in self.facts.values():
            self._settle(facts, frozenset())
        for facts in self.facts.values():
            self._from_context(facts)

    def settle(self) -> None:
        """Pass on parties learned since: from people to those who work for them."""
        for facts in self.facts.values():
            self._settle(facts, frozenset())

    def at(self, block_no: int, token_i: int) -> Facts | None:
        """Facts of the person whose name covers the token."""
        span = self._scans[block_no].name_at.get(token_i)
        return self.facts[self._index.person(block_no, span).key] if span is not None else None

    def party_of(self, block_no: int, hint: PartyHint) -> tuple[str | None, bool]:
        """Party that a hint gives, and whether it is known (a known None acts for nobody)."""
        if hint.known:
            return hint.party, True
        if hint.person is not None:
            facts = self.facts[self._index.person(block_no, hint.person).key]
            self._settle(facts, frozenset())
            return facts.party, facts.party_known
        if hint.pronoun is not None:
            return self._possessor_party(block_no, hint.pronoun)
        return None, False

    def _describe(self) -> None:
        for block_no, scan in self._scans.items():
            for name in scan.names:
                facts = self.facts[self._index.person(block_no, name).key]
                for description in descriptions_of(scan, name, self._vocabulary):
                    facts.described.append((block_no, description))
                    for role in description.roles:
                        self.consumed.add((block_no, role.start))
                        if role.role.noun == "host" and role.phrase in _COUNTERPARTS:
                            self._copy_roles(block_no, name.start, facts)
                        elif role.role.noun not in facts.roles:
                            facts.roles.append(role.role.noun)
                        if role.role.gender is not None:
                            facts.genders[role.role.gender] += 2
                    if description.roles and not description.former and not description.private:
                        facts.categories.update(r.role.category for r in description.roles)
                    if description.roles and facts.role_text is None:
                        facts.role_text = " ".join(description.text.split())

    def _copy_roles(self, block_no: int, before: int, facts: Facts) -> None:
        """A counterpart holds the office of the person named before him in the block."""
        scan = self._scans[block_no]
        for i in range(before - 1, -1, -1):
            other = self.at(block_no, i) if i in scan.name_at else None
            if other is not None and other is not facts:
                facts.roles.extend(r for r in other.roles if r not in facts.roles)
                facts.categories |= other.categories
                return

    def _from_pack(self, facts: Facts) -> None:
        known = facts.person.known
        if known is None:
            return
        offices = known.offices_in(self._days)
        for office in reversed(offices):
            role = self._vocabulary.role_named(office.title)
            noun = role.noun if role is not None else office.title
            if noun not in facts.roles:
                facts.roles.append(noun)
            if role is not None:
                facts.categories.add(role.category)
        facts.party, facts.party_known = known.party_in(self._days), True
        if offices:
            facts.role_text = office_text(known, offices[-1].title, offices[-1].institution)

    def _settle(self, facts: Facts, seen: frozenset[str]) -> None:
        """Party from the descriptions: private people act for nobody, else the first that tells one."""
        if facts.party_known or facts.person.key in seen:
            return
        seen = seen | {facts.person.key}
        with_roles = [(b, d) for b, d in facts.described if d.roles]
        acting = [(b, d) for b, d in with_roles if d.acting]
        if not acting and any(d.former or d.private for _, d in with_roles):
            facts.party_known = True
            return
        for block_no, description in acting or facts.described:
            hint = description.hint
            if hint.person is not None:
                other = self.facts[self._index.person(block_no, hint.person).key]
                self._settle(other, seen)
                party, known = other.party, other.party_known
            elif hint.pronoun is not None:
                continue
            else:
                party, known = hint.party, hint.known
            if known:
                facts.party, facts.party_known = party, True
                return

    def _from_context(self, facts: Facts) -> None:
        """An office of no stated side: the possessor's party, else that of which the text before speaks."""
        if facts.party_known or not facts.categories & ACTING:
            return
        for block_no, description in facts.described:
            if description.hint.pronoun is not None:
                party, known = self._possessor_party(block_no, description.hint.pronoun)
                if known and party is not None:
                    facts.party, facts.party_known = party, True
                    return
        # A president of no stated state may be a foreign one: only a subject of the same sentence tells.
        least = 1 if "head" in facts.categories else 0
        for block_no, description in facts.described:
            if not description.acting:
                continue
            for number, start, end in self._sentences_before(block_no, description.position):
                if number != block_no or (
                    least and start != self._sentence_start(block_no, description.position)
                ):
                    break
                found = [
                    (self._weight(self._scans[number].doc[i]), i, hint.party)
                    for i in range(start, end)
                    if (hint := party_at(self._scans[number], i, self._vocabulary)) is not None
                    and hint.party is not None
                ]
                dateline = None if found and max(found)[0] > 0 else self._dateline(block_no)
                if dateline is not None:
                    facts.party = dateline
                    return
                if found and max(found)[0] >= least:
                    facts.party = max(found)[2]
                    return

    def _weight(self, token: Token) -> int:
        """Prominence; also 2 for the adjective of a side ("the Russian delegation", "the Ukrainian one")."""
        noun = token.head.lower_
        side = (
            noun == "one" or noun in self._vocabulary.collective or noun in self._vocabulary.institution_heads
        )
        if side and token.dep_ in {"amod", "poss", "compound", "nmod"}:
            return 2
        return _prominence(token)

    def _dateline(self, block_no: int) -> str | None:
        """State of the capital in the dateline ("MOSCOW, May 5."): its officials need no adjective."""
        doc = self._scans[block_no].doc
        if len(doc) < _DATELINE or not doc[0].text.isupper() or doc[1].text not in {",", "(", "/"}:
            return None
        entry = self._vocabulary.lexicon.get(doc[0].text.title())
        return entry.ref if entry is not None and entry.kind == "capital" else None

    def _sentence_start(self, block_no: int, i: int) -> int:
        return int(self._scans[block_no].doc[i].sent.start)

    def _possessor_party(self, block_no: int, pronoun_i: int) -> tuple[str | None, bool]:
        """Party of the actor before a possessive pronoun: a person for his and her, a body for its.

        The subject of a sentence's main clause comes before other subjects, these before the nearest.
        """
        word = self._scans[block_no].doc[pronoun_i].lower_
        for number, start, end in self._sentences_before(block_no, pronoun_i):
            best: tuple[int, str | None] | None = None
            for i in range(end - 1, start - 1, -1):
                found = self._party_for(number, i, word)
                if found is None:
                    continue
                rank = _prominence(self._scans[number].doc[i])
                if best is None or rank > best[0]:
                    best = (rank, found[0])
            if best is not None:
                return best[1], True
        return None, False

    def _party_for(self, block_no: int, i: int, word: str) -> tuple[str | None] | None:
        if word in {"his", "her"}:
            facts = self.at(block_no, i)
            fits = facts is not None and facts.party_known and _agrees(word, facts.gender)
            return (facts.party,) if facts is not None and fits else None
        hint = party_at(self._scans[block_no], i, self._vocabulary)
        return (hint.party,) if hint is not None and hint.known else None

    def _sentences_before(self, block_no: int, token_i: int) -> Iterator[tuple[int, int, int]]:
        """Sentences of the entry backwards from the token, its own first: block_no, first token, end."""
        entry = self._scans[block_no].block.entry_no
        numbers = [n for n in range(block_no, block_no - _LOOK_BACK, -1) if n in self._scans]
        for number in numbers:
            scan = self._scans[number]
            if scan.block.entry_no != entry:
                return
            last = token_i if number == block_no else len(scan.doc)
            starts = [t.i for t in scan.tokens[:last] if t.is_sent_start]
            end = last
            for start in reversed(starts):
                yield number, start, end
                end = start


def _prominence(token: Token) -> int:
    """2 for the subject of a main clause, 1 for another subject, 0 for the rest."""
    if token.dep_ in {"poss", "amod", "compound", "nmod"} and token.head.dep_ in {"nsubj", "nsubjpass"}:
        token = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return 0
    return 2 if token.head.dep_ == "ROOT" else 1


def _agrees(word: str, gender: Gender | None) -> bool:
    return gender is None or gender == {"his": "m", "her": "f"}[word]


def office_text(person: Person, title: str, institution: str | None) -> str:
    """Readable office: title, institution or party, and days where the reference data has them."""
    office = next(o for o in reversed(person.offices) if o.title == title and o.institution == institution)
    of = institution or office.party or person.party
    since = f"from {office.first}" if office.first else None
    until = f"to {office.last}" if office.last else None
    when = " ".join(part for part in (since, until) if part)
    return f"{title}, {of}" + (f" ({when})" if when else "") if of else title
