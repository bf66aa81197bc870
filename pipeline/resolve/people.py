"""Facts of a page's people: offices, party and gender, from the pack and from what the text says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.domain import Person
from pipeline.model import DateRange, Told
from pipeline.resolve.bodies import NamedBodies
from pipeline.resolve.datelines import told_from
from pipeline.resolve.describe import ACTING, Description, describe_role, descriptions_of
from pipeline.resolve.facts import Facts, described_office, office_text
from pipeline.resolve.home import Home, opens_dateline
from pipeline.resolve.hosts import state_of_host
from pipeline.resolve.names import NamedPerson, NameIndex
from pipeline.resolve.own_bodies import OF_BODIES, of_own_body
from pipeline.resolve.owners import Owners
from pipeline.resolve.scan import Scan, is_place, is_venue
from pipeline.resolve.sides import EUROPE, NO_HINT, PartyHint, party_at
from pipeline.resolve.standing import (
    COUNTERPARTS,
    counterpart,
    dealt_with,
    depth,
    governs,
    of_government,
    opposes,
    prominence,
    seated,
    secretary,
    undergoes,
)
from pipeline.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = 3  # tokens between a state and the office that it belongs to
_CAPTION = 12  # tokens of the longest line that tells an office alone
_OF_STATES = frozenset({"minister"})  # categories of roles that only states have
_GOVERNING = frozenset({"head", "minister", "lawmaker"})  # who meets others of their rank from other states
_OTHERS = frozenset({"head", "minister", "envoy", "neutral"})


class People:
    """All people of a page with their facts; `consumed` are the role nouns that stand beside a name.

    `bodies` are those that only the page makes known.
    """

    def __init__(
        self,
        scans: Mapping[int, Scan],
        index: NameIndex,
        vocabulary: Vocabulary,
        days: DateRange | None,
        told: Mapping[int, Told] | None = None,
    ) -> None:
        self._scans, self._index, self._vocabulary, self._days = scans, index, vocabulary, days
        self._told = {} if told is None else told
        self.facts: dict[str, Facts] = {}
        self.consumed: set[tuple[int, int]] = set()
        self.owners = Owners(scans, vocabulary, self.at, self._held_by, self.consumed)
        self._apart: dict[str, frozenset[str | None]] = {}
        for person in index.people:
            self.facts[person.key] = Facts(person, genders=Counter(person.genders))
        self._home = Home(scans.values(), vocabulary)
        self._leave_out_foreign()
        self.bodies = NamedBodies(scans.values(), vocabulary)
        self._describe()
        for facts in self.facts.values():
            self._from_pack(facts)
        for facts in self.facts.values():
            self._settle(facts, frozenset())
        for facts in self.facts.values():
            self._from_context(facts)

    def told(self, facts: Facts, block_no: int, description: Description) -> None:
        """Take in a description that the text gives of the person by a pronoun: "She is Peru's envoy"."""
        if facts.person.known is not None or any(d is description for _, d in facts.described):
            return
        facts.described.append((block_no, description))
        for role in description.roles:
            if role.role.noun not in facts.roles:
                facts.roles.append(role.role.noun)
        if description.acting:
            facts.categories.update(r.role.category for r in description.roles)

    def _leave_out_foreign(self) -> None:
        """Let a body's name tell no state where the page is of others that call a body of theirs the same.

        The "Foreign Office" of a page from Islamabad is Pakistan's.
        """
        for scan in self._scans.values():
            for i, match in scan.match_at.items():
                body = self._vocabulary.bodies.get(match.entry.ref) if match.entry.kind == "body" else None
                if body is None or body.party is None or not body.shared:
                    continue
                text = scan.doc[match.start : match.end].text
                if text in body.shared and self._home.is_elsewhere(body.party):
                    scan.elsewhere.add(i)

    def party_of_sentence_before(self, block_no: int, token_i: int) -> str | None:
        """Party of the body that is the subject of the sentence before, in the same block."""
        scan = self._scans[block_no]
        end = self.owners.sentence_start(block_no, token_i)
        if end == 0:
            return None
        for i in range(end - 1, self.owners.sentence_start(block_no, end - 1) - 1, -1):
            match = scan.match_at.get(i)
            if match is None or match.entry.kind not in {"metonym", "body"}:
                continue
            if scan.doc[i].dep_ in {"nsubj", "nsubjpass"} and prominence(scan.doc[i]) == 2:
                hint = party_at(scan, i, self._vocabulary)
                return hint.party if hint is not None else None
        return None

    def settle(self) -> bool:
        """Pass on parties learned since, from people to those who work for them; then let the page tell.

        Returns whether anybody's party is new, so that phrases with a possessor have to be read again.
        """
        before = [facts.party for facts in self.facts.values()]
        for facts in self.facts.values():
            self._settle(facts, frozenset())
        for facts in sorted(self.facts.values(), key=self._possessed):  # "X's deputy" after X
            self._from_page(facts)
        return before != [facts.party for facts in self.facts.values()]

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
            return self.owners.party(block_no, hint.pronoun)
        return None, False

    def _describe(self) -> None:
        for block_no, scan in self._scans.items():
            for name in scan.names:
                facts = self.facts[self._index.person(block_no, name).key]
                found = [(block_no, d) for d in descriptions_of(scan, name, self._vocabulary)]
                if name.start == 0 and name.end == len(scan.doc):
                    found.extend(self._caption(block_no + 1))
                for at, description in found:
                    facts.described.append((at, description))
                    for role in description.roles:
                        if not role.plural:
                            self.consumed.add((at, role.start))
                        if role.role.noun == "host" and role.phrase in COUNTERPARTS:
                            self._copy_roles(block_no, name.start, facts)
                        elif role.role.noun not in facts.roles:
                            facts.roles.append(role.role.noun)
                        if role.role.gender is not None:
                            facts.genders[role.role.gender] += 2
                    if description.roles and not description.former and not description.private:
                        facts.categories.update(r.role.category for r in description.roles)
                    if facts.role_text is None:
                        facts.role_text = described_office(description, facts.person.name)

    def _caption(self, block_no: int) -> list[tuple[int, Description]]:
        """The office that a line of its own gives below a name on a line of its own."""
        scan = self._scans.get(block_no)
        if scan is None or len(scan.doc) > _CAPTION or any(t.pos_ in {"VERB", "AUX"} for t in scan.tokens):
            return []
        role = next((scan.role_at[i] for i in sorted(scan.role_at)), None)
        return [(block_no, describe_role(scan, role, self._vocabulary))] if role is not None else []

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
        days = self._days_of(facts.person, known)
        offices = known.offices_in(days)
        for office in reversed(offices):
            role = self._vocabulary.role_named(office.title)
            noun = role.noun if role is not None else office.title
            if noun not in facts.roles:
                facts.roles.append(noun)
            if role is not None:
                facts.categories.add(role.category)
        facts.party = self._told_of(facts, known) or known.party_in(days)
        # The text may tell an office that the reference data does not know: "Belgian Prime Minister X".
        told = days is not None and not offices and facts.party is None
        facts.party_known = not (told and any(governs(d) for _, d in facts.described))
        if offices:
            facts.role_text = office_text(known, offices[-1].title, offices[-1].institution)
        elif days is None and facts.party is None:
            self._of_one_side(facts, known)

    def _of_one_side(self, facts: Facts, known: Person) -> None:
        """Party, on a page of no day, of who only ever served one side and is not told to be former."""
        parties = {office.party or known.party for office in known.offices}
        if len(parties) != 1 or any(d.former or d.private for _, d in facts.described):
            return
        facts.party = parties.pop()
        for office in known.offices:
            role = self._vocabulary.role_named(office.title)
            if role is not None and role.implies is not None and role.noun not in facts.roles:
                facts.roles.append(role.noun)  # "the Taoiseach" is nobody else's title

    def _days_of(self, person: NamedPerson, known: Person) -> DateRange | None:
        """The page's days; for who had no office then, those of the first line of a chronology in one."""
        if not self._told or (self._days is not None and known.offices_in(self._days)):
            return self._days
        lines = (self._told[number].days for number in self._index.lines_of(person) if number in self._told)
        return next((days for days in lines if known.offices_in(days)), self._days)

    def _told_of(self, facts: Facts, known: Person) -> str | None:
        """Party of an office of a known person that the text tells as held, whatever the days would tell.

        A side that the text tells has to be one of the person's; on a page without days the office will do.
        """
        parties = {office.party or known.party for office in known.offices}
        of_office: dict[str, set[str | None]] = {}
        for office in known.offices if self._days is None else ():
            role = self._vocabulary.role_named(office.title)
            if role is not None:
                of_office.setdefault(role.noun, set()).add(office.party or known.party)
        for _, description in facts.described:
            if description.former or description.private:
                continue
            if description.hint.known:
                if description.hint.party in parties:
                    return description.hint.party
                continue
            for match in description.roles:
                held = of_office.get(match.role.noun, set())
                if len(held) == 1:
                    return next(iter(held))
        return None

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
        if any(opposes(d) for _, d in with_roles) and not any(d.hint.known for _, d in acting):
            facts.party_known = True  # even at the head of a chamber
            return
        # An office of no stated side leaves it to what else is told: "Minister X led the Peruvian side".
        others = [(b, d) for b, d in facts.described if not (acting and d.roles)]
        for block_no, description in (*acting, *others):
            hint = description.hint
            if "minister" in facts.categories and seated(description):
                continue  # "the Minister of Labour, Sen. X" is no American senator
            if counterpart(description) and not hint.known:
                continue  # "X's counterpart" is of another side
            if hint.person is not None:
                other = self.facts[self._index.person(block_no, hint.person).key]
                self._settle(other, seen)
                party, known = other.party, other.party_known
            elif hint.pronoun is not None:
                continue
            else:
                party, known = hint.party, hint.known
            british = self._home.speaks_of("GB") and not self._home.names("US")
            if known and party == "US" and british and secretary(description):
                party = "GB"  # who is called so on British pages
            if known:
                facts.party, facts.party_known = party, True
                return

    def _from_context(self, facts: Facts) -> None:
        """An office of no stated side: the possessor's party, else that of which the text before speaks."""
        if (
            facts.party_known
            or not facts.categories & ACTING
            or of_own_body(self._scans, self._vocabulary, facts)
        ):
            return
        for block_no, description in facts.described:
            if counterpart(description):
                facts.party = self._other_side(block_no, description)
                if facts.party is not None:
                    return
                continue
            if description.hint.pronoun is not None:
                party, known = self.owners.party(block_no, description.hint.pronoun)
                if known:
                    facts.party, facts.party_known = party, True
                    return
        for block_no, description in facts.described:
            same = self._same_office(block_no, description) if description.acting else NO_HINT
            if same.known:
                facts.party, facts.party_known = same.party, same.party is None
                return
        for block_no, description in facts.described if facts.categories & {"head", "minister"} else ():
            start = self.owners.sentence_start(block_no, description.position)
            host = state_of_host(self._scans[block_no], start, description, self._vocabulary)
            if host is not None and self._can_hold(facts, host):
                facts.party = host
                return
        # A president of no stated state may be a foreign one: only a subject of the same sentence tells.
        # So may whoever is told to be another's aide.
        least = 1 if "head" in facts.categories or self._possessed(facts) else 0
        governing, single = bool(facts.categories & _GOVERNING), self._single(facts)
        serves_state = any(of_government(description) for _, description in facts.described)
        for block_no, description in facts.described:
            if not description.acting:
                continue
            for number, start, end in self.owners.sentences_before(block_no, description.position):
                if number != block_no or (
                    least and start != self.owners.sentence_start(block_no, description.position)
                ):
                    break
                found = [
                    (self._weight(doc[i]), -depth(doc[i]), i, hint.party)
                    for doc in (self._scans[number].doc,)
                    for i in range(start, end)
                    if (hint := party_at(self._scans[number], i, self._vocabulary)) is not None
                    and hint.party not in {None, EUROPE}  # no single person is Europe's
                    and self._can_hold(facts, hint.party)
                    and not is_venue(self._scans[number], i, self._vocabulary)
                    and not self._of_words(number, i, facts)
                    and not (serves_state and hint.party not in self._vocabulary.countries)
                    and not (number == block_no and self._of_others(number, i, description))
                    and not (governing and self._of_other_office(number, i, description))
                    and not (governing and self._hosts(number, i))
                ]
                if not found or max(found)[0] == 0:
                    dateline = self._dateline(block_no, start, headings=not least)
                    told_of = dateline is not None and not (single and self._home.only_writes_from(dateline))
                    if told_of and self._can_hold(facts, dateline):
                        facts.party = dateline
                        return
                    if "spokesperson" in facts.categories and len({party for *_, party in found}) > 1:
                        break  # of several states none of which acts in the sentence, any would be a guess
                if found and max(found)[0] >= least:
                    facts.party = max(found)[3]
                    return

    def _of_words(self, block_no: int, i: int, facts: Facts) -> bool:
        """Whether a state's adjective only stands in what is said: "“The Peruvian reply is late,” X said".

        What a spokesperson says of "Peruvian threats" and of bodies need not be in quotation marks.
        """
        scan = self._scans[block_no]
        match = scan.match_at.get(i)
        if match is None or match.entry.kind not in {"adjective", "people"}:
            return match is not None and scan.in_quote(i) and match.entry.kind == "body"
        told = scan.tokens[i].dep_ == "amod" and scan.tokens[i].head.pos_ == "NOUN"
        thing = told and scan.tokens[i].head.i not in scan.role_at and scan.tokens[i].head.tag_ == "NNS"
        return scan.in_quote(i) or (thing and "spokesperson" in facts.categories)

    def _hosts(self, block_no: int, i: int) -> bool:
        """Whether a state is only the place of what is told, no colon behind it ("In LIMA: X said")."""
        scan = self._scans[block_no]
        return is_place(scan, i, self._vocabulary) and scan.tokens[scan.match_at[i].end].text != ":"

    def _possessed(self, facts: Facts) -> bool:
        """Whether an office is told of the person as another's: "X's deputy", "his spokesman"."""
        return any(
            d.acting and (d.hint.person is not None or self._owner(block_no, d) is not None)
            for block_no, d in facts.described
        )

    def _owner(self, block_no: int, description: Description) -> str | None:
        """The possessive pronoun before the office, or None: "a government spokesman" has none."""
        i = description.hint.pronoun
        word = self._scans[block_no].doc[i].lower_ if i is not None else None
        return word if word in {"his", "her", "its", "their"} else None

    def _of_other_office(self, block_no: int, i: int, own: Description) -> bool:
        """Whether the side at the token is another's: "the Peruvian minister met President X"."""
        scan = self._scans[block_no]
        match = scan.match_at.get(i)
        j = match.end if match is not None else i + 1
        while j < len(scan.tokens) and j - i <= _BETWEEN and j not in scan.role_at:
            if scan.tokens[j].pos_ not in {"ADJ", "NOUN", "PROPN", "PART"}:
                return False
            j += 1
        role = scan.role_at.get(j)
        other = role is not None and role.start != own.position
        return other and role is not None and role.role.category in _OTHERS

    def _same_office(self, block_no: int, description: Description) -> PartyHint:
        """Side of the unnamed holder before: "Peru's spokesman said so. X, the spokesman, added"."""
        role = description.roles[-1].role
        if role.category not in OF_BODIES:
            return NO_HINT  # of several foreign ministers a page tells apart only some
        if description.text.lower().split() != ["the", role.noun] or description.hint is not NO_HINT:
            return NO_HINT
        for number, start, end in self.owners.sentences_before(block_no, description.position):
            scan = self._scans[number]
            for i in range(end - 1, start - 1, -1):
                found = scan.role_at.get(i)
                if found is None or found.start != i or found.plural or found.role.noun != role.noun:
                    continue
                hint = describe_role(scan, found, self._vocabulary).hint
                if hint.known and (number, i) not in self.consumed:
                    return hint
        return NO_HINT

    def _other_side(self, block_no: int, description: Description) -> str | None:
        """The one other state that the sentence, or else one shortly before, names beside a counterpart's."""
        hint = description.hint
        if hint.pronoun is not None:
            own, known = self.owners.party(block_no, hint.pronoun)
        else:
            own, known = self.party_of(block_no, hint)
        if not known:
            return None
        sentence = self._scans[block_no].doc[description.position].sent
        spans = [
            (block_no, sentence.start, sentence.end),
            *self.owners.sentences_before(block_no, sentence.start),
        ]
        for number, start, end in spans:
            others = {
                found.party
                for i in range(start, end)
                if (found := party_at(self._scans[number], i, self._vocabulary)) is not None
                and self._is_state(found.party)
            } - {own}
            if others:
                return others.pop() if len(others) == 1 else None
        return None

    def _from_page(self, facts: Facts) -> None:
        """An office of no stated side whose sentence tells none: whose the page leaves it to be.

        It is that of the state that the page is about; else, for an office that each state has once, of the
        nearest state before it whose holder the page does not name.
        """
        if facts.party_known or facts.party is not None or not facts.categories & ACTING:
            return
        if of_own_body(self._scans, self._vocabulary, facts):
            return
        for block_no, description in facts.described if self._possessed(facts) else ():
            facts.party = self.party_of(block_no, description.hint)[0]
            if facts.party is not None:
                return
            if self._owner(block_no, description) in {"its", "their"} and "minister" not in facts.categories:
                return  # of a body that need not be a state's
        facts.party = self._of_home(facts)
        if facts.party is not None:
            return
        single = self._single(facts)
        for block_no, description in facts.described if single else ():
            for number, start, end in self.owners.sentences_before(block_no, description.position):
                states = {
                    hint.party
                    for i in range(start, end)
                    if (hint := party_at(self._scans[number], i, self._vocabulary)) is not None
                    and hint.party in self._vocabulary.countries
                    and self._can_hold(facts, hint.party)
                    and not self._of_other_office(number, i, description)
                    and not self._told_of_by(number, i)
                    and not (number == block_no and self._of_others(number, i, description))
                }
                if len(states) == 1:
                    facts.party = states.pop()
                    break
                if states or number != block_no:
                    break  # beyond the last sentence of the block before, the text may be elsewhere
            if facts.party is not None:
                return

    def _of_others(self, block_no: int, i: int, description: Description) -> bool:
        """Whether the state is another than that of whoever is described: "We need no talks with Peru"."""
        token = self._scans[block_no].doc[i]
        return undergoes(token, description.position) or dealt_with(token)

    def _told_of_by(self, block_no: int, i: int) -> bool:
        """Whether a state only stands in a dateline, or in what another says: "he hoped Peru would agree"."""
        scan = self._scans[block_no]
        token = scan.tokens[i]
        if opens_dateline(scan, i):
            return True
        clause = next((t for t in token.ancestors if t.dep_ == "ccomp" and t.left_edge.i <= i), None)
        subject = next((c for c in clause.head.lefts if c.dep_ == "nsubj"), None) if clause else None
        if subject is None or not (subject.lower_ in {"he", "she"} or subject.ent_type_ == "PERSON"):
            return False
        hint = party_at(scan, i, self._vocabulary)
        speakers = [self.at(block_no, t.i) for t in token.sent if t.dep_ == "nsubj" and t.i in scan.name_at]
        return not any(s is not None and hint is not None and s.party == hint.party for s in speakers)

    def _single(self, facts: Facts) -> bool:
        """Whether the person has an office that each state has once."""
        return any(
            (role := self._vocabulary.role_named(noun)) is not None and role.one_per_party
            for noun in facts.roles
        )

    def is_elsewhere(self, state: str) -> bool:
        """Whether the page is another state's and does not name this one: see `Home`."""
        return self._home.is_elsewhere(state)

    def _of_home(self, facts: Facts) -> str | None:
        """The page's own state, if the person can be its: a leader or director may lead anything."""
        governing = any(of_government(description) for _, description in facts.described)
        public = self._single(facts) or governing or bool(facts.categories & _OF_STATES)
        return self._home.state(lambda state: self._can_hold(facts, state), own_too=public)

    def _held_by(self, noun: str) -> str | None:
        """Party of the page's one holder of an office, or None; a holder of no party yet may be of any."""
        parties = {f.party for f in self.facts.values() if noun in f.roles}
        return parties.pop() if len(parties) == 1 else None

    def party_of_office(self, noun: str) -> str | None:
        """Party of the page's one holder of an office; if it names none, the page's own state."""
        if any(noun in f.roles and f.party is not None for f in self.facts.values()):
            return self._held_by(noun)
        role = self._vocabulary.role_exactly(noun)
        public = role is not None and (role.one_per_party or role.category == "minister")
        return self.home if public and noun not in self._vocabulary.local else None

    @property
    def home(self) -> str | None:
        """The state whose government the page need not name, or None."""
        return self._home.state()

    def _can_hold(self, facts: Facts, party: str | None) -> bool:
        """Whether the party may have an office of the person's, and the page names no other holder of it."""
        if party in self._told_apart(facts):
            return False
        only, never = self._vocabulary.offices_only, self._vocabulary.offices_never
        of_ministry = "minister" in facts.categories or any(
            "ministry" in description.text.lower() for _, description in facts.described
        )
        if of_ministry and party not in self._vocabulary.countries:
            return False  # banks and blocs have no ministers
        for noun in facts.roles:
            if (noun in only and party not in only[noun]) or party in never.get(noun, ()):
                return False
            role = self._vocabulary.role_named(noun)
            if role is not None and role.noun in self._vocabulary.states_only and not self._is_state(party):
                return False  # no organisation has a finance minister
            if role is not None and role.one_per_party:
                for other in self.facts.values():
                    if other is not facts and other.party == party and noun in other.roles:
                        return False
        return True

    def _told_apart(self, facts: Facts) -> frozenset[str | None]:
        """Parties of others with the office in a sentence: of "President X and the Russian president"."""
        if facts.person.key not in self._apart:
            found: set[str | None] = set()
            for block_no, description in facts.described:
                scan = self._scans[block_no]
                nouns = {r.role.noun for r in description.roles}
                sentence = scan.doc[description.position].sent
                for i in range(sentence.start, sentence.end):
                    role = scan.role_at.get(i)
                    if role is None or role.start != i or role.role.noun not in nouns:
                        continue
                    if (block_no, i) not in self.consumed and not role.plural:
                        found.add(describe_role(scan, role, self._vocabulary).hint.party)
            self._apart[facts.person.key] = frozenset(found - {None})
        return self._apart[facts.person.key]

    def _is_state(self, party: str | None) -> bool:
        return party in self._vocabulary.countries

    def _weight(self, token: Token) -> int:
        """Prominence; also 2 for the adjective of a side ("the Russian delegation", "the Ukrainian one")."""
        noun = token.head.lower_
        side = (
            noun == "one" or noun in self._vocabulary.collective or noun in self._vocabulary.institution_heads
        )
        if side and token.dep_ in {"amod", "poss", "compound", "nmod"}:
            return 2
        return prominence(token)

    def told_from(self, block_no: int, token_i: int) -> str | None:
        """State of the capital that opens the token's sentence: "In Lima, the ministry said"."""
        return self._dateline(block_no, self.owners.sentence_start(block_no, token_i), headings=False)

    def _dateline(self, block_no: int, start: int, *, headings: bool) -> str | None:
        return told_from(self._scans, self._vocabulary, block_no, start, headings=headings)
