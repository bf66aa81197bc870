"""Whose position a clause tells: from tokens to actors, speakers of statements, authors of documents."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.positions.actors import ActorWords
from pipeline.extract.positions.clauses import (
    agents,
    children,
    is_placed,
    possessors,
    subjects,
    with_conjuncts,
)
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.extract.positions.movements import movement_within
from pipeline.extract.positions.pairs import means_both, named_before
from pipeline.extract.positions.papers import bringers
from pipeline.extract.positions.vocabulary import Bloc
from pipeline.model import Actor, Block, Links, Statement
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "ours", "mine"})

# Places of a state's adjective before the noun whose possessor it tells, and how sure it tells that.
_MODIFYING = frozenset({"compound", "amod", "nmod", "poss", "conj"})
_BY_ADJECTIVE = 0.8

_ANY = frozenset({"any", "all", "no", "such", "other"})

# Nouns for who stands by somebody: whom, a possessive tells.
_ALLIES = frozenset({"ally", "backer", "partner", "supporter", "sponsor"})

# Nouns for people who stand where they do not belong: "the force in Tessaly" is not Tessaly's.
# Verbs by which a paper is only wished for.
_YET_TO_COME = frozenset({"demand", "want", "seek", "need", "urge", "await", "expect", "request"})
# Those who govern from where they sit.
_RULERS = frozenset(
    {"leader", "politician", "lawmaker", "minister", "authority", "policymaker", "ruler", "policy-maker"}
)
_STATIONED = frozenset({"force", "troop", "mission", "soldier", "army", "peacekeeper", "contingent"})

# What a state has done with a paper that bears its name.
_MADE = frozenset({"backed", "led", "brokered", "drafted", "proposed", "sponsored", "authored"})

# Words by which a document is one that was named before.
_TAKING_UP = frozenset({"the", "this", "that", "these", "such"})

# Documents that several have made together: a name before them tells the place.
_SETTLED = frozenset({"agreement", "accord", "protocol", "declaration", "treaty", "convention"})

# Words for nobody, prepositions that tell where nobody is, and kinds of bodies that are meant as a whole.
_NOBODY = frozenset({"nobody", "none", "no-one", "one"})
_SOME = frozenset({"one", "two", "three", "four", "some", "several", "many", "most"})
_WITHIN = frozenset({"in", "within", "inside"})
_RULING = frozenset({"government", "institution", "place"})
_WHOLES = frozenset({"government", "institution", "group"})

# How many blocks back a group may have been named that "the leaders" takes up, and how sure that is.
_GROUP_REACH = 4
_BY_NOUN = 0.8

# Parties that stand between the sides of a negotiation.
_BETWEEN = frozenset({"UN"})

# Nouns for people by whom they stand with or against.
_BESIDE = frozenset({"ally", "rival", "opponent", "critic", "foe", "challenger", "predecessor", "successor"})

# Tokens between two names of one list: ", and the".
_LIST_GAP = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor that holds a position, with the mention's token span where the text names it."""

    name: str
    party: str | None
    entity_id: str | None
    kind: str
    start_i: int | None = None
    end_i: int | None = None
    confidence: float = 1.0

    @property
    def key(self) -> str:
        """Equal for one actor in one line: its party, else its name."""
        return self.party or self.name.casefold()


def speaker_holder(statement: Statement) -> Holder:
    """The speaker of a statement as a holder."""
    return Holder(
        name=statement.speaker_name,
        party=statement.party,
        entity_id=statement.speaker_entity_id,
        kind=statement.speaker_kind,
        confidence=statement.confidence,
    )


class HolderFinder:
    """Resolves tokens of one block to the actors that they name."""

    def __init__(
        self,
        block: Block,
        doc: Doc,
        links: Links,
        lexicon: StanceLexicon,
        authors: Sequence[Holder],
        words: ActorWords,
        blocs: Sequence[Bloc],
        spokespeople: Container[str] = (),
        before: int | None = None,
    ) -> None:
        """`before` is the number of the block before this one in its entry."""
        self._block = block
        self._doc = doc
        self._links = links
        self.file = lexicon.file
        self._documents = lexicon.file.document_nouns
        self._own_bodies = lexicon.file.own_bodies
        self._refusing = lexicon.file.refusing_verbs
        self.words = words
        self._blocs = blocs
        self._authors = authors
        self._spokespeople = spokespeople
        self._before = before
        self.opponents: dict[str, list[Holder]] = {}
        # Whose a document is that the lines before told of, by its noun; `Memory.drafts` knows.
        self.drafted: Callable[[str], Sequence[Holder] | None] = lambda noun: None

    def is_party(self, holder: Holder) -> bool:
        """Whether the holder takes part in negotiations: for a state or bloc, for or as a movement."""
        if holder.kind == "anonymous" and not self.words.stateless.isdisjoint(holder.name.lower().split()):
            return False  # "Oslo's opposition leader"
        if holder.kind == "group" and holder.name.lower().split()[-1] in self.words.factions:
            return holder.name in self.words.movements  # "the armed Norwegian group"
        if holder.party is not None or holder.name in self._spokespeople:
            return True
        if holder.name in self.words.speakers:
            return True
        return holder.kind == "group" and holder.name in self.words.movements

    def resolve(self, tokens: Iterable[Token], speaker: Holder | None) -> list[Holder]:
        """Actors that the tokens name, first person read as the speaker; unresolved ones are left out."""
        found: list[Holder] = []
        for token in (t for named in tokens for t in (*self._before_noun(named), named)):
            holder = self._one(token, speaker)
            for one in holder:
                if all(one.key != known.key for known in found):
                    found.append(one)
        return self._joined(found)

    def _before_noun(self, token: Token) -> list[Token]:
        """ "The Congo government and Red Front rebels": bodies read as words before the last noun."""
        bodies = self.words.governments | self.words.roles
        found = [
            c
            for c in token.children
            if c.dep_ in {"nmod", "compound"}
            and c.pos_ == "NOUN"
            and c.lemma_.lower() in bodies
            and any(g.dep_ == "cc" for g in c.children)
        ]
        # the state's name may hang on the last noun as well
        return [c.nbor(-1) if c.i and c.nbor(-1).text in self.words.states else c for c in found]

    def _joined(self, holders: list[Holder]) -> list[Holder]:
        """States that make up a bloc count as the bloc."""
        for bloc in self._blocs:
            members = [h for h in holders if h.party in bloc.members and h.kind == "government"]
            missing = bloc.members - {h.party for h in members}
            if len(members) > 1 and all(self._named_near(code, members[-1]) for code in missing):
                whole = Holder(bloc.name, bloc.party, None, "group", members[0].start_i, members[-1].end_i)
                holders = [whole, *(h for h in holders if h not in members)]
        return holders

    def members(self, speaker: Holder, statement: Statement) -> list[Holder]:
        """The states that a speaker of several stands for: "the leaders of Ukraine, Britain and France"."""
        if speaker.kind != "group" or statement.speaker_start is None or statement.speaker_end is None:
            return []
        first, last = (at - self._block.char_start for at in (statement.speaker_start, statement.speaker_end))
        span = self._doc.char_span(first, last, alignment_mode="expand") if 0 <= first < last else None
        if span is None:
            return []
        return self._joined(self._members(replace(speaker, start_i=span.start, end_i=span.end)))

    def _members(self, group: Holder) -> list[Holder]:
        """The states of a group that acts for several: "US and Ukrainian delegations"."""
        if group.kind not in {"group", "government", "institution"} or group.start_i is None:
            return []
        found: list[Holder] = []
        for token in self._doc[group.start_i : group.end_i]:
            state = self.words.states.get(token.text)
            if state is not None and self._is_of_people(token, group):
                continue
            if state is not None and all(state[0] != h.party for h in found):
                found.append(
                    Holder(state[1], state[0], None, "government", token.i, token.i + 1, group.confidence)
                )
        return found if len(found) > 1 else []

    def _is_of_people(self, token: Token, group: Holder) -> bool:
        """ "Turkish Cypriot leaders": two words for states side by side name a people, and no state."""
        beside = [
            self._doc[i].text
            for i in (token.i - 1, token.i + 1)
            if group.start_i is not None and i >= group.start_i and i < len(self._doc)
        ]
        return any(word in self.words.states for word in beside)

    def parties(self, tokens: Iterable[Token]) -> set[str]:
        """The parties that the tokens name, by mentions or by words for states."""
        found: set[str] = set()
        for token in tokens:
            mention = self._links.at(self._block.block_no, token.i)
            if mention is not None and mention.actor.party is not None:
                found.add(mention.actor.party)
            elif token.text in self.words.states:
                found.add(self.words.states[token.text][0])
        return found

    def _named_near(self, party: str, other: Holder) -> bool:
        """Whether the party is named right after `other`: parsers lose the last of a list."""
        return any(
            m.actor.party == party and other.end_i is not None and 0 <= m.start_i - other.end_i <= _LIST_GAP
            for m in self._links.in_block(self._block.block_no)
        )

    def _one(self, token: Token, speaker: Holder | None) -> list[Holder]:
        if token.lower_ in FIRST_PERSON and token.pos_ == "PRON":  # "US" is no pronoun
            return [speaker] if speaker is not None else []
        if token.lower_ in _SOME:  # "two of his advisers", "some of Oslo's envoys"
            members = [o for p in token.children if p.lower_ == "of" for o in p.children if o.dep_ == "pobj"]
            if members:
                return self._one(members[0], speaker)
        if token.lower_ in _NOBODY:
            # "Nobody in Oslo wants it": the clause is negated by the word itself
            within = [
                o for p in token.children if p.lower_ in _WITHIN for o in p.children if o.dep_ == "pobj"
            ]
            found = [h for h in (self.mention(o) for o in within) if h is not None]
            return [h for h in found if h.kind in _RULING and h.party is not None]
        if (
            any(c.lower_ == "whose" for c in token.children)
            and token.lemma_.lower() in self.words.roles | self.words.governments
        ):
            verb = token.head  # "Oslo, whose government opposed it"
            while verb.dep_ == "conj":
                verb = verb.head
            owner = self.mention(verb.head) if verb.dep_ == "relcl" else None
            return [owner] if owner is not None and owner.party is not None else []
        if token.lower_ == "they":
            body = self._body_before(token)
            if body is not None:
                return [body]
        if token.lower_ in {"it", "they"} and token.head.dep_ == "relcl" and is_placed(token.head):
            # "published a statement in which it rejected the truce"
            above = next((t for t in token.head.ancestors if t.pos_ == "VERB"), None)
            told = subjects(above) if above is not None else []
            issuer = [self._as_movement(self.mention(s)) for s in told]
            if len(issuer) == 1 and issuer[0] is not None and issuer[0].party is not None:
                return [issuer[0]]
        if means_both(token):
            pair = named_before(token, self._side)
            if pair:
                return [h for t in pair for h in self._one(t, speaker)]
            two = self._two_before()
            if two:
                return two
        if token.head.lower_ == "opposition" and any(c.lower_ == "to" for c in token.head.children):
            stand = self._adjective(token)  # "Norwegian opposition to the levy": Norway's, and no party's
            if stand is not None:
                return [stand]
        named = self._as_movement(self.mention(token))
        if named is not None and named.name in self.words.movements:
            return [named]
        if speaker is not None and self._is_own_faction(token, speaker):
            return [speaker]
        if (
            token.is_lower
            and token.lower_ in self.words.domestic
            and (named is None or named.party in self.words.codes)
        ):
            return []
        if self._is_stateless(token) and (named is None or named.start_i is None or named.party is None):
            return [named] if named is not None and self.is_party(named) else self._movement_of(token)
        if named is None or named.party is None:
            allied = self._allied(token)
            if allied is not None:
                return [allied]
        if named is not None and speaker is not None and self._is_bare_body(token, named):
            return [speaker]
        if named is not None:
            senders = self._senders(token) if named.kind != "person" else []
            if len(senders) > 1:
                return senders  # "officials from Oslo, Riga and Bern"
            if named.party is not None:
                return [named]
            if speaker is not None and _is_own_body(token, self._own_bodies):
                return [speaker]
            found = self._members(named) or self._senders(token) or self._led(token) or self._seated(token)
            return found or [self._group_before(token) or named]
        state = self._adjective(token)
        if state is None:
            state = self._administration(token)
        if state is not None:
            return [state]
        if token.lemma_.lower() in self._documents:
            return self.authors_of(token)
        if token.lemma_.lower() in self.words.roles | self.words.governments:
            # "Kyiv's negotiators", "officials in Moscow": the group acts for whom its modifier names.
            whose = [
                h
                for h in (self.mention(t) or self._adjective(t) for t in reversed(possessors(token, of=True)))
                if h is not None
                and h.party is not None
                and not (token.lemma_.lower() in _STATIONED and h.start_i is not None and h.start_i > token.i)
            ]
            if token.lemma_.lower() in _BESIDE and not any(c.tag_ == "PRP$" for c in token.children):
                whose = []  # "a top ally of the premier": another man
            if whose:
                led = self._led(token)
                return self._senders(token) or (led if len(led) > 1 else whose[:1])
        if speaker is not None and _is_own_body(token, self._own_bodies):
            return [speaker]
        beside = (self.mention(c) for c in token.children if c.dep_ == "appos")
        return [h for h in beside if h is not None and h.party is not None][:1]

    def _is_own_faction(self, token: Token, speaker: Holder) -> bool:
        """ "The armed Lebanese group would not disarm, its leader said": the movement of whoever speaks."""
        if token.lemma_.lower() not in self.words.factions or token.tag_ != "NN":
            return False
        parts = {c.dep_ for c in token.children}
        if parts & {"compound", "nmod", "poss", "prep", "relcl", "acl", "appos"}:
            return False
        own = speaker.name in self.words.speakers or speaker.name in self._spokespeople
        return own and any(c.lower_ == "the" for c in token.children)

    def _is_bare_body(self, token: Token, named: Holder) -> bool:
        """ "The administration was ready, Hall said": the speaker's own, and none named elsewhere."""
        if named.start_i is None or named.kind not in {"government", "institution"}:
            return False
        words = self._doc[named.start_i : named.end_i]
        return all(t.lower_ == "the" or t.i == token.i for t in words) and _is_own_body(
            token, self._own_bodies
        )

    def _group_before(self, token: Token) -> Holder | None:
        """The group that "the leaders" takes up: the last one with that noun that acts for a party."""
        words = [c for c in token.children if c.dep_ not in {"relcl", "appos", "det", "predet", "punct"}]
        if token.tag_ != "NNS" or words or not any(c.lower_ == "the" for c in token.children):
            return None
        for number in range(self._block.block_no, max(-1, self._block.block_no - _GROUP_REACH), -1):
            for mention in reversed(list(self._links.in_block(number))):
                if number == self._block.block_no and mention.start_i >= token.i:
                    continue
                actor = mention.actor
                last = actor.name.lower().split()[-1]
                if actor.party is not None and last == token.lower_ and actor.kind in {"group", "anonymous"}:
                    return Holder(actor.name, actor.party, actor.entity_id, actor.kind, confidence=_BY_NOUN)
        return None

    def _two_before(self) -> list[Holder]:
        """The two that the line before names, where it names no third side."""
        if self._before is None:
            return []
        found: dict[str, Holder] = {}
        for mention in self._links.in_block(self._before):
            actor = mention.actor
            side = self._as_movement(
                Holder(actor.name, actor.party, actor.entity_id, actor.kind, confidence=_BY_NOUN)
            )
            between = actor.party in _BETWEEN  # "both sides, the UN envoy said": he is none of them
            if between or actor.kind == "place" or not can_hold(actor):
                continue
            if side is not None and self.is_party(side):
                found.setdefault(side.key, side)
        return list(found.values()) if len(found) == 2 else []

    def _body_before(self, they: Token) -> Holder | None:
        """The state or body that "they" takes up: "Oslo only plays for time, and they will not keep it".

        It is the subject of the clause that theirs is joined to, if nobody else is named between them.
        """
        verb = they.head
        if they.dep_ != "nsubj" or verb.dep_ not in {"conj", "advcl"}:
            return None
        for subject in (s for s in verb.head.children if s.dep_ == "nsubj" and s.i < they.i):
            named = next(iter(self._one(subject, None)), None) if subject.pos_ != "PRON" else None
            if named is None or named.party is None or named.kind not in _WHOLES:
                continue
            between = (
                m for m in self._links.in_block(self._block.block_no) if subject.i < m.start_i < they.i
            )
            if all(m.actor.party == named.party or m.actor.kind == "place" for m in between):
                return named
        return None

    def _is_stateless(self, token: Token) -> bool:
        """Whether the token tells of people who act for no state: "Sudan's rebels", "a rebel group"."""
        words = (token, *(c for c in token.children if c.dep_ in {"compound", "amod"} and c.i < token.i))
        return any(word.lower_ in self.words.stateless for word in words)

    def _movement_of(self, people: Token) -> list[Holder]:
        """The movement that "rebels of the Red Front" belong to, of whatever state they are."""
        around = [*possessors(people, of=True), *(c for c in people.children if c.dep_ == "appos")]
        found = (self.mention(t) for t in around)
        return [h for h in found if h is not None and h.name in self.words.movements][:1]

    def _side(self, token: Token) -> str | None:
        """The key of the side whose mention the token heads, or None if it heads none."""
        headed = self._links.headed(self._block.block_no, token.i)
        holder = self._as_movement(self.mention(token)) if headed is not None else None
        return holder.key if holder is not None and self.is_party(holder) else None

    def speaker_of(self, statement: Statement) -> Holder | None:
        """Who holds what a statement says: its speaker, or the movement of one whom the text leaves unnamed.

        None if an unnamed one acts for nobody.
        """
        speaker = speaker_holder(statement)
        if not statement.is_anonymous or speaker.party is not None:
            return self._as_movement(speaker)
        movement = movement_within(speaker.name.split(), self.words.movements)
        return None if movement is None else replace(speaker, name=movement, kind="group")

    def _as_movement(self, named: Holder | None) -> Holder | None:
        """A movement's people as the movement: "the Red Front rebels", "Red Front negotiators"."""
        known = self.words
        if named is None or named.kind not in {"group", "anonymous"}:
            return named
        if named.name in known.movements or named.party in known.codes:
            return named
        words = named.name.split()
        people = known.factions | known.stateless | known.roles
        if words[-1].lower() not in people and words[-1].lower().removesuffix("s") not in people:
            return named
        movement = movement_within(words, known.movements if named.party is None else known.sides)
        return named if movement is None else replace(named, name=movement, kind="group")

    def _allied(self, token: Token) -> Holder | None:
        """The allies of whom "its" tells: "Kyiv and its allies", and no others."""
        own = [c for c in token.children if c.tag_ == "PRP$" and c.dep_ == "poss"]
        if token.lemma_.lower() not in _ALLIES or not own or token.dep_ != "conj":
            return None
        friend = self.mention(token.head)
        party = (
            self.words.allies.get(friend.party) if friend is not None and friend.party is not None else None
        )
        if friend is None or party is None:
            return None
        return Holder(f"{friend.name}'s allies", party, None, "group", own[0].i, token.i + 1, _BY_ADJECTIVE)

    def _senders(self, token: Token) -> list[Holder]:
        """Whom a group is sent by: "negotiators from Oslo and Riga"."""
        sent = [o for p in token.children if p.lower_ == "from" for o in p.children if o.dep_ == "pobj"]
        found = [self.mention(t) for o in sent for t in with_conjuncts(o)]
        return [h for h in found if h is not None and h.party is not None]

    def _seated(self, token: Token) -> list[Holder]:
        """Where those who govern sit: "leaders in Oslo have called for it"."""
        if token.tag_ != "NNS" or token.lemma_.lower() not in _RULERS:
            return []
        seats = [o for p in token.children if p.lower_ == "in" for o in p.children if o.dep_ == "pobj"]
        found = [self._state_at(t) for seat in seats for t in with_conjuncts(seat)]
        return [h for h in found if h is not None]

    def _state_at(self, capital: Token) -> Holder | None:
        if capital.text not in self.words.capitals or capital.text not in self.words.states:
            return None
        code, name = self.words.states[capital.text]
        return Holder(name, code, None, "government", capital.i, capital.i + 1, _BY_ADJECTIVE)

    def _led(self, token: Token) -> list[Holder]:
        """Whose leaders a group is, or whom it includes: "the heads of state of Oslo and Riga"."""
        found = [self.mention(t) for t in possessors(token)]
        for child in token.children:
            # "the heads of state of Oslo": parsers hang the names on "state"; "nations, including Oslo"
            such = child.lower_ == "as" and any(g.lower_ == "such" for g in child.children)
            if such or child.lower_ in {"of", "including"}:
                for noun in (o for o in child.children if o.dep_ == "pobj"):
                    found += [self.mention(t) for t in with_conjuncts(noun)]
                    below = [p for p in noun.children if p.lower_ == "of"]
                    found += [self.mention(t) for p in below for o in p.children for t in with_conjuncts(o)]
        held: dict[str, Holder] = {h.key: h for h in found if h is not None and h.party is not None}
        return list(held.values())

    def _adjective(self, token: Token) -> Holder | None:
        """The state of "a US proposal", "Russian demands": no mention, but it tells whose it is."""
        # "a U.S.-backed proposal": one token where the state's name ends in a full stop
        name, _, made = token.text.partition("-")
        state = self.words.states.get(token.text) or (self.words.states.get(name) if made in _MADE else None)
        if state is None or token.dep_ not in _MODIFYING:
            return None
        return Holder(state[1], state[0], None, "government", token.i, token.i + 1, _BY_ADJECTIVE)

    def _administration(self, token: Token) -> Holder | None:
        """The state of "the Ode administration", where nobody called Ode is named in full."""
        if token.lemma_.lower() not in self.words.governments:
            return None
        for name in token.children:
            state = self.words.leaders.get(fold(name.text))
            if state is not None and name.dep_ in _MODIFYING and name.i < token.i:
                return Holder(state[1], state[0], None, "government", name.i, token.i + 1, _BY_ADJECTIVE)
        return None

    def mention(self, token: Token) -> Holder | None:
        """The actor whose mention covers the token, if it can hold a position."""
        mention = self._links.headed(self._block.block_no, token.i) or self._links.at(
            self._block.block_no, token.i
        )
        if mention is None or not can_hold(mention.actor):
            return None
        if token.tag_ == "PRP$" and mention.head_i != token.i:
            return None  # "his opposition to the levy": whose it is, is no body of its own
        actor = mention.actor
        return Holder(
            name=actor.name,
            party=actor.party,
            entity_id=actor.entity_id,
            kind=actor.kind,
            start_i=mention.start_i,
            end_i=mention.end_i,
            confidence=mention.confidence,
        )

    def authors_of(self, document: Token) -> list[Holder]:
        """Who wrote the document that the token names: its possessor, maker, or the last named author."""
        found = []
        refused = [v for v in children(document, "acl", "relcl") if v.lemma_.lower() in self._refusing]
        refusing = [t for verb in refused for t in agents(verb)]
        for token in possessors(document, of=True):
            if token in refusing:
                continue  # "a plan rejected by Oslo"
            if document.lemma_.lower() in _SETTLED and token.dep_ in {"compound", "nmod"}:
                continue  # "the Geneva accord": where it was made, not by whom
            named = self.mention(token) or self._adjective(token)
            if named is not None:
                found.append(named)
        if not found:
            # "has offered Oslo a plan, which envisages": who brings a new one has made it
            makers = bringers(document, self.file.drafting_verbs)
            found = [h for h in (self.mention(t) for t in makers) if h is not None]
        wished = document.dep_ == "dobj" and document.head.lemma_.lower() in _YET_TO_COME
        if not found and wished and any(c.lower_ in {"a", "an"} for c in document.children):
            return []  # "crowds demanded a deal to bring them home": one that nobody has drawn up
        if not found and document.tag_ == "NNS" and any(c.lower_ in _ANY for c in document.children):
            return []  # "any plans that give up the coast": nobody's
        bare = not any(c.dep_ in {"amod", "compound", "poss", "nmod"} for c in document.children)
        if not found and bare and any(c.lower_ in _TAKING_UP for c in document.children):
            # "Oslo put forward a plan. The plan calls for"
            found = list(self.drafted(document.lemma_.lower()) or ())
        return self._joined(found) or list(self._authors)

    def authors_running_on(self, verb: Token) -> list[Holder]:
        """The last document's author, where nobody says a clause that tells what would be."""
        would = any(c.dep_ == "aux" and c.lower_ == "would" for c in verb.children)
        return list(self._authors) if would else []


def _is_own_body(token: Token, own_bodies: frozenset[str]) -> bool:
    """Whether the token tells of the speaker's own body: "the union", "his country", and no other."""
    if token.lemma_.lower() not in own_bodies or token.tag_ != "NN":
        return False
    if any(c.tag_ == "PRP$" and c.i < token.i for c in token.children):
        return True  # "his far-right Freedom party"
    own = {"the", "his", "her", "its", "their"}
    if any(c.dep_ in {"amod", "compound", "nmod", "prep", "relcl", "acl"} for c in token.children):
        return False
    return any(c.dep_ in {"det", "poss"} and c.lower_ in own for c in token.children)


def can_hold(actor: Actor) -> bool:
    """Whether an actor may hold a position: no outlet, and a place only if it acts for a party."""
    if actor.kind == "place":
        return actor.party is not None
    return actor.kind != "media"
