"""Who takes part: from a noun phrase of the parse to people and parties."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pipeline.extract.meetings.camps import (
    adversary_name,
    full_name,
    group_name,
    rival_name,
    state_in_full,
    states_of_name,
    unlisted_movement,
)
from pipeline.extract.meetings.civil_wars import (
    fights,
    listed_adversary,
    owned_adversary,
    rebels_beside,
    ruling,
    state_fought,
)
from pipeline.extract.meetings.companions import listed_behind, spelled_out
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import (
    agents,
    antecedents,
    conjuncts,
    prep_objects,
    represented,
)
from pipeline.extract.meetings.heads import heads_of
from pipeline.extract.meetings.object_pronouns import ObjectPronouns
from pipeline.extract.meetings.openings import stray_modifiers
from pipeline.extract.meetings.peoples import COMPASS, MODIFIERS, compass_twin, people_before, people_beside
from pipeline.extract.meetings.phrases import address, bare_subject, bound, owners_named, qualifies
from pipeline.extract.meetings.places import World
from pipeline.extract.meetings.sides import Found, Side, distinct_parties, two_sided
from pipeline.extract.meetings.torn import adjectives_before
from pipeline.model import Actor, Block, Links, Mention, Page, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


_FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_SECOND = frozenset({"you", "your", "yours"})
_OWNING = frozenset({"his", "her"})
_OWNERS = frozenset({"his", "her", "its", "their"})
_THIRD_PLURAL = frozenset({"they", "them", "their", "theirs", "both", "each"})
_ADDRESSES = frozenset({"Highness", "Majesty", "Excellency", "Holiness", "Eminence"})
_OPENING = frozenset("\"“‘'«„")
_CLOSING = frozenset("\"”’'»“")
_WORDS_BACK = 200  # words of a line, or of a phrase, that are looked through for it
_LINES_BACK = 4  # how many lines back "the delegation" may point, its own included
_OF = frozenset({"of", "from", "for", "representing"})
_OF_STATE = frozenset({"of"})
_SENT_FROM = frozenset({"from"})
_MEMBERS = frozenset({"of", "from"})
_WIDE = frozenset({"EUROPE"})  # "European leaders, including X and Y": those named say it better


class SideReader:
    """Reads sides off noun phrases of one page."""

    def __init__(
        self, page: Page, links: Links, statements: Sequence[Statement], world: World, cues: MeetingCues
    ) -> None:
        self._links = links
        self._world = world
        self._page = page
        body = [b for b in page.blocks if b.kind == "body"]
        self._blocks = {b.block_no: b for b in body}
        self._pronouns = ObjectPronouns(page, links, body)
        self._next = {a.block_no: b for a, b in pairwise(body)}
        asking = [a.block_no for a, b in pairwise(body) if self._asks(a) and self._quoted(b)]
        # An interview: two questions or more with quoted answers; who is introduced before them answers.
        self._asked = frozenset(self._next[n].block_no for n in asking) if len(asking) > 1 else frozenset()
        introduced = [
            m.actor
            for m in links.mentions
            if asking and m.block_no < asking[0] and m.actor.kind == "person" and m.resolution == "name"
        ]
        self._interviewee = introduced[0] if introduced else None
        self._cues = cues
        self._actors = {m.actor.entity_id: m.actor for m in links.mentions if m.actor.entity_id is not None}
        self._people = {m.actor.name: m.actor for m in links.mentions if m.actor.kind == "person"}
        self._told: dict[str, str] = {}
        # Movements by their bare name: "Rovani officials" are of "the Rovanis" whom the page tells of.
        self._movements = {
            m.actor.name.split()[0].lower().removesuffix("s"): m.actor
            for m in links.mentions
            if m.actor.kind == "group" and m.actor.party is None and m.words[:1].isupper()
            and len(m.actor.name.split()) == 1
        }  # fmt: skip
        self._spelled = {m.actor.key for m in links.mentions if " " in m.words.strip() or m.words.isupper()}
        self._said = sorted(
            (s for s in statements if s.document_id == page.document.document_id),
            key=lambda s: (s.content_start, s.content_end),
        )
        self._said_starts = [s.content_start for s in self._said]

    def _asks(self, block: Block) -> bool:
        return self._page.text_of(block).rstrip().endswith("?")

    def _quoted(self, block: Block) -> bool:
        text = self._page.text_of(block).strip()
        return text[:1] in _OPENING and text[-1:] in _CLOSING

    def _answers(self, block: Block) -> bool:
        """Whether the line is an interview's answer that stands in quotation marks."""
        return block.block_no in self._asked

    def statement_at(self, offset: int) -> Statement | None:
        """The innermost statement whose content holds the document offset."""
        last = bisect_right(self._said_starts, offset)
        for statement in reversed(self._said[max(0, last - 6) : last]):
            if statement.content_start <= offset < statement.content_end:
                return statement
        return None

    def affiliate(self, parties: Mapping[str, str]) -> None:
        """Take over parties that the page tells of people whom links leave without one."""
        self._told.update(parties)
        for name, party in parties.items():
            self._people[name] = replace(self._people[name], party=party)

    def actor(self, name: str) -> Actor | None:
        """The person of the page with that name."""
        return self._people.get(name)

    def person(self, actor: Actor) -> Side:
        """The side that a person is."""
        if actor.party is None and actor.name in self._told:
            actor = self._people[actor.name]
        return Side(actor.name, actor.party, actor)

    def said_for(self, said: Statement) -> str | None:
        """Party of the one who makes a statement."""
        return said.party or (self._told.get(said.speaker_name) if said.speaker_name else None)

    def read_all(self, block: Block, tokens: Iterable[Token]) -> Found:
        """Sides of several noun phrases, without repetition."""
        found = Found()
        for token in tokens:
            found.add(self.read(block, token))
        return found

    def read(self, block: Block, token: Token) -> Found:
        """Sides that the noun phrase headed by `token` names, with those who lead them."""
        if token.lower_ == "whom":
            return self.read_all(block, (t for t in antecedents(token) if t != token))
        group = next((c for c in token.rights if c.dep_ == "appos" and token in adjectives_before(c)), None)
        if group is not None:
            return self.read(block, group)  # "UK, French and German envoys", with the envoys as an apposition
        found = self._phrase(block, token)
        before = token.doc[: token.left_edge.i]
        between = next((t.lower_ == "between" for t in reversed(before) if not t.is_quote), False)
        if found.private and not found.sides and between:
            states = self.read_all(block, prep_objects(token, _SENT_FROM))
            if len(distinct_parties(states.sides)) > 1:
                found = states  # "talks between experts from Peru and Chile"
        self._within_state(block, token, found)
        found.add(Found([self.person(m.actor) for m in self._joined_before(block, token)]))
        if not distinct_parties(found.sides) - _WIDE and not found.private:
            found.add(self.read_all(block, spelled_out(token)))
        if not found.private:
            listed = self.read_all(block, listed_behind(token))
            if two_sided(listed.sides):
                found.add(listed)
        for child in token.children:
            led = found.sides or token.lemma_.lower() in self._cues.data.delegations
            if led and child.dep_ == "acl" and child.lemma_.lower() in self._cues.data.leading_verbs:
                parties = distinct_parties(found.sides)
                leaders = (self._links.at(block.block_no, t.i) for t in agents(child))
                people = [self.person(m.actor) for m in leaders if m is not None and m.actor.kind == "person"]
                known = [s for s in people if s.party is not None]
                found.add(Found([s for s in known if s.party in parties or not parties]))
        return found

    def _joined_before(self, block: Block, token: Token) -> list[Mention]:
        """ "President A and his guest, minister B, will meet": the parser may give all of it to B.

        People whom "and" joins to the one whom the token names, without a verb in between.
        """
        own = self._links.at(block.block_no, token.i)
        if token.dep_ not in {"nsubj", "nsubjpass"} or own is None or own.actor.kind != "person":
            return []
        doc = token.doc
        before = self._links.within(block.block_no, token.left_edge.i, own.start_i)
        return [
            m
            for m in before
            if m.actor.kind == "person" and m.actor.key != own.actor.key
            and doc[m.head_i].pos_ == "PROPN" and doc[m.head_i].dep_ in {"appos", "compound", "nmod"}
            and any(t.lower_ == "and" for t in doc[m.end_i : own.start_i])
            and all(t.pos_ not in {"VERB", "AUX", "ADP", "SCONJ"} for t in doc[m.end_i : own.start_i])
        ]  # fmt: skip

    def _within_state(self, block: Block, token: Token, found: Found) -> None:
        """ "Colombian guerrillas met government envoys": the state's own, whom only their foes name."""
        data = self._cues.data
        if found.private or not (token.pos_ == "NOUN" or token.is_sent_start):
            return
        rebels = rebels_beside(token, data) or listed_adversary(token, data)
        if rebels is not None and len(distinct_parties(found.sides)) == 1:
            found.add(Found([Side(rebels, None, None)]))
        elif token.tag_ == "NNS" and len(found.sides) == 1 and found.sides[0].name is None:
            found.add(Found([s for s in self._members(block, token).sides if s.name and s.party is None]))
        elif not found.sides and ruling(token, data):
            state = state_fought(token, data, lambda t: self.party_at(block, t)[0])
            if state is not None:
                found.add(self.party(state, None))
                found.anaphoric = False

    def _phrase(self, block: Block, token: Token) -> Found:
        word = token.lower_
        if token.pos_ == "PRON" and (word in _FIRST_SINGULAR or word in _FIRST_PLURAL):
            return self._first_person(block, token, plural=word in _FIRST_PLURAL)
        mention = self._links.at(block.block_no, token.i)
        if mention is not None and self._doubtful(mention):
            return Found()
        body = mention.actor if mention is not None and mention.head_i == token.i else None
        if body is not None and body.kind == "group" and self._world.opponent(body.name) is not None:
            return Found([Side(body.name, None, body)])  # "the Revolutionary Forces of X"
        several = states_of_name(token, self._cues.data.twin_states, self._cues.data.member_nouns)
        if several:
            return Found([Side(None, p, None) for p in several])
        if mention is not None and mention.actor.kind == "person" and not self._is_modifier(mention, token):
            return Found([self.person(mention.actor), *self._joined_to(block, token)])
        if word in _SECOND:
            return self._second_person(block)
        state = state_in_full(token)
        party, actor = self.party_at(block, state) if state is not None and mention is None else (None, None)
        if party is not None:
            return Found([Side(None, party, actor)])
        rebels = owned_adversary(token, self._cues.data, lambda t: self.party_at(block, t)[0])
        if rebels is not None:
            return Found([Side(rebels, None, None)])
        owners = [c for c in token.children if c.dep_ == "poss" and c.lower_ == "whose"]
        if owners:
            return self.read_all(block, owners_named(token))
        named = self._apposition(block, token)
        if named is not None:
            return named
        holder = self._holder(block, token) if mention is None else None
        if holder is not None:
            return Found([holder])
        unlisted = self._unlisted(token) if mention is None else None
        if unlisted is not None:
            return Found([unlisted])
        if token.text in _ADDRESSES and mention is None:
            return Found([self._addressed.get(token.text) or Side(address(token), None, None)])
        if token.tag_ == "NNS" and any(self._stands_for_both(t) for t in prep_objects(token, _OF)):
            return Found(anaphoric=True)  # "the foreign ministers of the two countries"
        if word in {"other", "another"} and token.i > 0 and token.nbor(-1).lower_ in {"each", "one"}:
            return Found(anaphoric=True)
        if word in _THIRD_PLURAL:
            if mention is not None and mention.actor.party is not None:
                return Found([Side(None, mention.actor.party, mention.actor)])
            return Found(anaphoric=True)
        if word in {"he", "she", "him", "her", "his", "hers", "it", "its"}:
            if mention is not None and mention.actor.party is not None and mention.actor.kind != "media":
                return Found([Side(None, mention.actor.party, mention.actor)])
            meant = self._pronouns.meant(block, token) if mention is None else None
            return Found([] if meant is None else [self.person(meant)])
        if mention is None and token.pos_ == "PROPN" and any(c.dep_ == "compound" for c in token.lefts):
            holders = [self.party_at(block, c) for c in token.children if c.dep_ == "poss"]
            states = [(p, a) for p, a in holders if p is not None]
            if states:  # "Japan's Toshi Motegi", whom nobody has listed
                name = self._stranger(token)
                return Found([Side(name, states[0][0], states[0][1] if name is None else None)])
            stranger = self._stranger(token)
            if stranger is not None:
                told = (self.party_at(block, t)[0] for t in prep_objects(token, _OF_STATE))
                return Found([Side(stranger, next((p for p in told if p is not None), None), None)])
        lemma = token.lemma_.lower()
        if lemma in self._cues.data.adversary_nouns and token.tag_ == "NNS":
            actor = mention.actor if mention is not None and mention.head_i == token.i else None
            if actor is None or actor.party is None:
                return Found([Side(adversary_name(token) if actor is None else actor.name, None, actor)])
        if token.tag_ == "NNPS" and mention is not None and mention.actor.kind != "institution":
            lemma = lemma.removesuffix("s")  # "Representatives of A met ...": capital by its place
        if lemma in self._cues.data.delegations:
            sent = self._members(block, token)
            if any(s.party is None and s.name for s in sent.sides):
                return sent  # "a delegation from the rebel group MKL"
            if [c.lower_ for c in token.children if c.i < token.i] == ["the"] and token.tag_ == "NN":
                known = self._told_before(block, token)
                if known is not None:
                    return Found([known])
        whole = mention is not None and mention.actor.party is not None and mention.head_i == token.i
        if any(
            c.lower_ in self._cues.data.private_modifiers and not (whole and c.pos_ == "PROPN")
            for c in token.lefts
        ):
            return Found(private=True)  # but "European Union leaders"
        if any(c.dep_ == "poss" and c.lemma_.lower() in self._cues.data.private_nouns for c in token.lefts):
            return Found(private=True)  # "farmers' leaders"
        if mention is not None and mention.actor.kind == "media":
            return Found(private=True)
        acts = mention is not None and mention.head_i == token.i and mention.actor.kind != "place"
        acts = (
            acts
            or lemma in self._cues.data.counterpart_nouns
            or any(c.lower_ == "opposite" for c in token.children)
        )
        acts = acts or lemma in self._world.actor_nouns or token.lower_ in self._world.actor_nouns
        acts = acts or (lemma in self._cues.data.rival_nouns and token.tag_ == "NNS")
        people = people_before(token, self._world)
        if people is not None and (acts or token.i == people[1]):
            beside = people_beside(token.doc, people[1], self._world)
            return Found([*beside, Side(people[0], None, None)])  # "Turkish Cypriot negotiators"
        parties = self.modifier_parties(block, token) if acts else self._as_demonym(token)
        data = self._cues.data
        one = acts and len(parties) == 1
        camp = rival_name(token, data.rival_modifiers, data.rival_nouns) if one else None
        if camp is not None:
            return Found([Side(None, *parties[0]), Side(camp, None, None)])
        mixed = self._mixed(token, parties) if acts else None
        if mixed is not None:
            return mixed
        if mention is not None and mention.actor.party is not None and mention.head_i == token.i:
            own = Side(None, mention.actor.party, mention.actor)
            if mention.actor.kind != "place" or self._world.is_state(mention.words):
                twin = compass_twin(token, mention, self._world)
                # "European Union ministers" are not Europe's besides
                same = {own.party, "EUROPE"} if own.party == "EU" else {own.party}
                if lemma in self._cues.data.backer_nouns:  # "Ukraine's partners" are others than Ukraine
                    owners = [c for c in token.lefts if c.dep_ == "poss"]
                    same |= {self.party_at(block, c)[0] or own.party for c in owners}
                sides = [own] + [Side(None, p, a) for p, a in [*twin, *parties] if p not in same]
                listed = lemma in self._cues.data.delegations or token.tag_ == "NNS"
                rivals = self._members(block, token).sides if listed else []
                # "of the government and the opposition", "of Iran and the P5+1 countries"
                sides += [s for s in rivals if s.party is None or (s.name is None and s.party not in same)]
                if own.party == "EUROPE" and (len(sides) > 2 or any(p == "EU" for p, _ in parties)):
                    sides = sides[1:]  # "ministers of France, Germany and Britain": the states say it better
                if lemma in self._cues.data.private_nouns:
                    return Found(private=True)
                return Found(sides)
        if lemma in self._cues.data.private_nouns:
            return Found(private=True)
        body = None if parties else self._body(block, token, mention)
        if body is not None:
            return Found([Side(body.name, None, body)])
        if acts:
            members = self._members(block, token)
            if members.anaphoric and not parties and not members.sides:
                return Found(anaphoric=True)
            if not parties and not members.sides and token.tag_ == "NNS":
                parties = self._states_in(block, token)
            if parties or members.sides:
                found = Found([Side(None, party, actor) for party, actor in parties])
                found.add(members)
                found.private = False
                return found
        if parties:
            return Found([Side(None, party, actor) for party, actor in parties])
        if acts and any(self._stands_for_both(c) for c in token.lefts if c.dep_ == "poss"):
            return Found(anaphoric=True)  # "the two countries' foreign secretaries"
        movement = self._movement(token) if acts else None
        if movement is not None:
            return Found([movement])
        if lemma in self._cues.data.movement_nouns:
            led = [s for s in self._members(block, token).sides if s.name and s.party is None]
            if led:
                return Found(led)  # "armed groups from the Northern River Front"
            bearer = next((c for c in token.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
            if bearer is not None:
                return Found([Side(bearer.text, None, None)])  # "the rebel group FLP"
            if token.tag_ == "NNS" and fights(token, self._cues.data):
                return Found([Side(adversary_name(token), None, None)])  # "ethnic armed groups"
        if lemma in self._cues.data.group_nouns:
            named_so = group_name(token)
            if named_so is not None and not all(map(self._offices, named_so.split())):
                whole = mention is not None and mention.head_i == token.i and mention.actor.kind == "group"
                return Found([Side(named_so, None, mention.actor if mention is not None and whole else None)])
        if lemma in self._cues.data.bare_groups and bare_subject(token):
            return Found(anaphoric=True)
        if lemma in self._cues.data.adversary_nouns:
            actor = mention.actor if mention is not None else None
            group = actor.name if actor is not None else adversary_name(token)
            return Found([Side(group, None, actor)])
        if mention is not None and mention.actor.kind == "group" and token.pos_ == "PROPN":
            if self._offices(mention.actor.name) and self._offices(mention.words):
                return Found()  # "the Foreign Secretaries", whose they are not being told
            return Found([Side(mention.actor.name, None, mention.actor)])
        if lemma in self._cues.data.anaphoric_groups and any(
            c.lower_ in self._cues.data.anaphoric_determiners or c.lower_ == "their" for c in token.children
        ):
            return Found(anaphoric=token.tag_ in {"NNS", "CD"} or lemma in {"pair", "duo", "trio"})
        return Found()

    def _joined_to(self, block: Block, token: Token) -> list[Side]:
        """ "his envoy, X, and son-in-law Y": the parser makes a second apposition of Y."""
        first = [c for c in token.children if c.dep_ == "appos" and c.i > token.i]
        named = (
            self._links.at(block.block_no, c.i) for c in first[1:] if c.left_edge.nbor(-1).lower_ == "and"
        )
        return [self.person(m.actor) for m in named if m is not None and m.actor.kind == "person"]

    def _unlisted(self, token: Token) -> Side | None:
        name = unlisted_movement(token, self._cues.data.movement_heads)
        return None if name is None else Side(name, None, None)

    def _holder(self, block: Block, office: Token) -> Side | None:
        """ "met Vice Premier He Lifeng": the name right behind, which the parser hangs elsewhere.

        "Peruvian minister Luis Paz and Chilean minister Ana Roe met": it makes an apposition of Paz of Roe.
        """
        title = office.pos_ == "PROPN" and office.dep_ in {"dobj", "pobj"}
        beside = [c for c in office.head.rights if c.dep_ == "appos"] if office.dep_ == "conj" else []
        title = title or any(c.left_edge.i == office.i + 1 for c in beside)
        if not title or office.lower_ not in self._world.actor_nouns or office.i + 1 >= len(office.doc):
            return None
        named = self._links.at(block.block_no, office.i + 1)
        if named is None or named.start_i != office.i + 1 or named.actor.kind != "person":
            return None
        return self.person(named.actor)

    def _stands_for_both(self, token: Token) -> bool:
        """ "The two countries", "both sides": a plural that stands for those named before."""
        return (
            token.tag_ == "NNS"
            and token.lemma_.lower() in self._cues.data.anaphoric_groups
            and any(c.lower_ in {"two", "both"} for c in token.children)
        )

    def _stranger(self, token: Token) -> str | None:
        """Name of a person whom no reference lists; "Foreign Ministers of Chile" are none."""
        name = full_name(token)
        return None if name is None or self._offices(name) else name

    def _offices(self, name: str) -> bool:
        """Whether a word of the name is an office's, in the singular or the plural."""
        words = name.lower().split()
        singular = (w[:-3] + "y" if w.endswith("ies") else w.removesuffix("s") for w in words)
        return any(w in self._world.actor_nouns for w in (*words, *singular))

    def _told_before(self, block: Block, token: Token) -> Side | None:
        """ "The delegation will meet X": that of the one party of which the lines before name one last."""
        lemma = token.lemma_.lower()
        for number in range(block.block_no, block.block_no - _LINES_BACK, -1):
            doc, earlier = self._page.parses.get(number), self._blocks.get(number)
            if doc is None or earlier is None or earlier.entry_no != block.entry_no:
                continue
            last = token.i if number == block.block_no else len(doc)
            for other in reversed(doc[max(0, last - _WORDS_BACK) : last]):
                if other.lemma_.lower() != lemma:
                    continue
                parties = self.modifier_parties(earlier, other)
                if parties:
                    return Side(None, *parties[0]) if len(parties) == 1 else None
        return None

    def _body(self, block: Block, token: Token, mention: Mention | None) -> Actor | None:
        """ "The African Union", "OPEC's 14 member states", "ECOWAS envoys": an organisation of states."""
        bodies = self._cues.data.state_bodies
        if mention is not None and mention.head_i == token.i and mention.actor.name in bodies:
            return mention.actor
        if token.lemma_.lower() not in self._cues.data.member_nouns or token.pos_ not in {"NOUN", "PROPN"}:
            return None
        left = [c for c in token.lefts if c.dep_ in {"poss", "compound", "nmod", "amod"}]
        inner = [g for c in left for g in c.lefts if g.dep_ in {"poss", "compound", "nmod"}]
        for near in [*left, *inner, *prep_objects(token, _OF)]:
            known = self._links.headed(block.block_no, near.i)
            if known is not None and known.actor.name in bodies:
                return known.actor
        return None

    def _movement(self, token: Token) -> Side | None:
        """ "Rovani officials", "rebel leaders": of a movement that page or pack knows, or of rebels."""
        left = [c for c in token.lefts if c.dep_ in {"compound", "amod", "nmod", "poss"}]
        for child in left:
            told = self._movements.get(child.lower_.removesuffix("s")) if child.text[:1].isupper() else None
            known = self._world.movement(child.text) if child.text[:1].isupper() else None
            if told is not None:
                return Side(told.name, None, told)
            unlisted = self._unlisted(child)
            if unlisted is not None:
                return unlisted
            if known is not None and known not in self._cues.data.state_bodies:
                return Side(known, None, None)
        if token.tag_ == "NNS" and any(c.lemma_.lower() in self._cues.data.adversary_nouns for c in left):
            return Side(adversary_name(token), None, None)
        return None

    def _mixed(self, token: Token, parties: Sequence[tuple[str, Actor | None]]) -> Found | None:
        """ "Taliban and Chilean officials": of both; "Chilean ELN commanders": the movement's alone."""
        joined = [t for c in token.lefts for t in (c, *c.conjuncts) if t.text[:1].isupper()]
        known = next(((t, n) for t in joined if (n := self._world.movement(t.text)) is not None), None)
        if known is None or not parties or known[1] in self._cues.data.state_bodies:
            return None
        states = [Side(None, p, a) for p, a in parties] if known[0].conjuncts else []
        return Found([Side(known[1], None, None), *states])

    @cached_property
    def _heads(self) -> frozenset[str]:
        return heads_of(self._page, self._links, self._world, self._cues.data.state_bodies)

    def movement_of(self, name: str) -> str | None:
        """The movement that a group of no state is: one that the pack knows, or rebels as they are named."""
        words = name.split()
        known = self._world.group(name) or self._world.movement(words[0]) or self._world.movement(words[-1])
        if known is not None:
            return None if known in self._cues.data.state_bodies else known
        noun = words[-1].lower().removesuffix("s")
        return name if noun in self._cues.data.adversary_nouns - {"captor", "junta"} else None

    def one_name(self, name: str) -> str:
        """The name itself, or that by which a movement goes on all pages."""
        return self._world.movement_in(name) or name

    def opponent_of(self, side: Side) -> str | None:
        """The state with whose government a movement negotiates, if the page names it; or None."""
        group = self.movement_of(side.name) if side.name is not None else None
        state = self._world.opponent(group) if group is not None else None
        return state if state in self._named_parties else None

    @cached_property
    def _named_parties(self) -> frozenset[str | None]:
        return frozenset([m.actor.party for m in self._links.mentions])

    def of_body(self, sides: Sequence[Side]) -> bool:
        """Whether those named are heads of organisations of several states, who act for no one of them."""
        return bool(sides) and all(s.party is None and s.name in self._heads for s in sides)

    def fought(self, sides: Sequence[Side]) -> str | None:
        """ "Congolese rebels": the state that those fight who are all that is named; or None."""
        if len(sides) != 1 or sides[0].name is None or sides[0].party is not None:
            return None
        words = sides[0].name.split()
        if words[-1].lower().removesuffix("s") not in self._cues.data.adversary_nouns:
            return None
        return next((p for p in map(self.demonym_of, words) if p is not None), None)

    def owner(self, block: Block, pronoun: Token) -> Found:
        """ "X flies to Ankara; his talks there": the one person whom the sentence names before."""
        before = self._links.within(block.block_no, pronoun.sent.start, pronoun.i)
        named = {m.actor.key: m.actor for m in before if m.actor.kind == "person"}
        one = pronoun.lower_ in _OWNING and len(named) == 1
        return Found([self.person(actor) for actor in named.values()] if one else [])

    def _as_demonym(self, token: Token) -> list[tuple[str, Actor | None]]:
        """An adjective that stands for its group in a list: "US, Ukrainian and European officials"."""
        party = self.demonym(token) if token.pos_ in {"ADJ", "PROPN"} else None
        return [(party, None)] if party is not None else []

    def _members(self, block: Block, token: Token) -> Found:
        """Those of whom a delegation is: "delegations of the government and the rebels".

        In "the Chilean delegation and envoys of the rebels" the parser hangs "of" on the first.
        """
        beside = [c for c in token.rights if c.dep_ == "conj" and c.tag_ == "NNS"]
        of_others = {c.i + 1 for c in beside if any(self.demonym(d) for d in token.lefts)}
        members = [t for t in prep_objects(token, _MEMBERS) if not any(a.i in of_others for a in t.ancestors)]
        return self.read_all(block, [t for t in (*members, *represented(token)) if t.i > token.i])

    def _states_in(self, block: Block, token: Token) -> list[tuple[str, Actor | None]]:
        """ "the heads of the services in Chad, Niger and Mali": those of several states named together."""
        for prep in islice(token.subtree, _WORDS_BACK):
            if prep.lower_ == "in" and prep.dep_ == "prep" and prep.i > token.i:
                named = [self.party_at(block, t) for p in prep.children for t in conjuncts(p)]
                states = {party: actor for party, actor in named if party is not None}
                if len(states) > 1:
                    return list(states.items())
        return []

    def _apposition(self, block: Block, token: Token) -> Found | None:
        """ "his US counterpart Donald Trump", "its neighbour Peru": the name beside a role or address."""
        if token.pos_ != "NOUN" and token.text not in _ADDRESSES:
            return None
        people: list[Side] = []
        # "the president of Peru, Jo Diaz": the parser takes the name for another one of Peru
        states = [t for t in prep_objects(token, _OF_STATE) if t.ent_type_ == "GPE"]
        for child in (*token.children, *(c for s in states for c in s.rights)):
            if child.dep_ == "appos" and child.i > token.i and not token.i < token.head.i < child.i:
                for named in conjuncts(child):
                    mention = self._links.at(block.block_no, named.i)
                    if mention is not None and mention.actor.kind == "person":
                        people.append(self.person(mention.actor))
                    elif child.head in states:
                        continue
                    elif mention is not None and mention.actor.kind == "group" and named.pos_ == "PROPN":
                        people.append(Side(mention.actor.name, mention.actor.party, mention.actor))
                    elif token.lemma_.lower() in self._cues.data.state_epithets:
                        party = self.party_at(block, named)[0]  # "its neighbour Pakistan"
                        people += [Side(None, party, None)] if party is not None else []
        return Found(people) if people else None

    @cached_property
    def _addressed(self) -> dict[str, Side]:
        """Whom the page names beside "Highness" and its like, by the word: the first of each."""
        found: dict[str, Side] = {}
        for number, block in self._blocks.items():
            doc = self._page.parses.get(number)
            for token in () if doc is None else doc:
                if token.text in _ADDRESSES and token.text not in found:
                    named = self._apposition(block, token)
                    head = self._links.at(number, token.head.i) if token.dep_ == "compound" else None
                    if named is not None and len(named.sides) == 1:
                        found[token.text] = named.sides[0]
                    elif head is not None and head.actor.kind == "person":
                        found[token.text] = self.person(head.actor)
        return found

    def _is_modifier(self, mention: Mention, token: Token) -> bool:
        """Whether the person is only part of the phrase: "Zelensky officials", "Trump's envoy"."""
        return mention.head_i != token.i and mention.end_i <= token.i

    def modifier_parties(self, block: Block, head: Token) -> list[tuple[str, Actor | None]]:
        """Parties that a group noun's modifiers name: "Russian and US officials", "envoys of Qatar"."""
        found: dict[str, Actor | None] = {}
        queue = [c for c in head.children if c.dep_ in MODIFIERS and c.i < head.i]
        queue += [*stray_modifiers(head), *adjectives_before(head), *prep_objects(head, _OF)]
        while queue:
            token = queue.pop(0)
            if token.dep_ == "poss" and token.lower_ in _FIRST_PLURAL | _FIRST_SINGULAR:
                # "my prime minister", "our delegation": the speaker's side
                for side in self._first_person(block, token, plural=True).sides:
                    if side.party is not None:
                        found.setdefault(side.party, side.actor)
                continue
            if qualifies(token) and self.demonym_of(token.doc[token.i : token.i + 2].text) is not None:
                continue  # "Greek Cypriot": no Greeks
            party, actor = self.party_at(block, token)
            if party is None and token.dep_ == "poss" and token.lower_ in _OWNERS and not bound(token):
                # "his delegation would not come, X said": the speaker's
                said = self.statement_at(block.char_start + token.idx)
                party = said.party if said is not None and said.speaker_kind != "media" else None
                if said is None and head.lemma_.lower() in self._cues.data.delegations:
                    actor = self._pronouns.owner(block, token)  # "His delegation flies home"
                    party = None if actor is None else self.person(actor).party
            if party is not None:
                found.setdefault(party, actor)
            queue.extend(
                c
                for c in token.children
                if c.dep_ in {"conj", "amod", "compound", "nmod", "poss", "appos"} and c.pos_ != "VERB"
            )
        return list(found.items())

    def party_at(self, block: Block, token: Token) -> tuple[str | None, Actor | None]:
        """Party that a token names: a state, a demonym, a government, a named person's own party."""
        mention = self._links.at(block.block_no, token.i)
        if mention is not None and self._doubtful(mention):
            return None, None
        if mention is not None and mention.head_i != token.i and mention.actor.kind != "person":
            # Within a longer mention the word speaks for itself: "Russian" in "US and Russian officials";
            # but "European" in "the European Union" is the name's.
            named = token.doc[mention.head_i].pos_ == "PROPN" and mention.actor.party is not None
            own = named and token.text in mention.actor.name.split()
            return (None if own else self.demonym(token)), None
        if mention is not None and mention.actor.party is not None and mention.resolution != "pronoun":
            return mention.actor.party, mention.actor
        return self.demonym(token), None

    def _doubtful(self, mention: Mention) -> bool:
        """ "the Commission" of a page that never spells out which one may be any."""
        word = mention.words.lower().removeprefix("the ")
        return word in self._cues.data.short_bodies and mention.actor.key not in self._spelled

    def demonym(self, token: Token) -> str | None:
        """Party that the word itself names, from the pack's table of states."""
        left = [c for c in token.lefts if c.dep_ in {"compound", "amod"} and c.text[:1].isupper()]
        before = token.nbor(-1) if token.i > 0 else None
        if before is not None and self._world.people(f"{before.text} {token.text}") is not None:
            return None  # "the Turkish Cypriot leader" is not of Cyprus
        if not left and before is not None and before.text in COMPASS and before.head == token.head:
            left = [before]
        return self.demonym_of(" ".join(t.text for t in [*left, token])) or self.demonym_of(token.text)

    def demonym_of(self, word: str) -> str | None:
        """Party of a capitalised word, or None."""
        return self._world.party(word) if word[:1].isupper() else None

    def party(self, party: str, actor: Actor | None) -> Found:
        """One delegation of a party."""
        return Found([Side(None, party, actor)])

    def _second_person(self, block: Block) -> Found:
        """ "Did you meet him?": in a line that asks, the one who answers in the next line."""
        if "?" not in self._page.text_of(block):
            return Found()
        following = self._next.get(block.block_no)
        if following is None:
            return Found()
        if self._answers(following):
            return Found([self.person(self._interviewee)]) if self._interviewee is not None else Found()
        said = self.statement_at(following.char_start + (following.char_end - following.char_start) // 2)
        if said is None or said.speaker_kind != "person":
            return Found()
        actor = self._actors.get(said.speaker_entity_id) if said.speaker_entity_id is not None else None
        return Found([Side(said.speaker_name, self.said_for(said), actor)])

    def _first_person(self, block: Block, token: Token, *, plural: bool) -> Found:
        said = self.statement_at(block.char_start + token.idx)
        if said is None and self._answers(block) and self._interviewee is not None:
            side = self.person(self._interviewee)
            return Found([Side(None, side.party, None) if plural and side.party is not None else side])
        if said is None or said.speaker_kind == "media":
            return Found()
        actor = self._actors.get(said.speaker_entity_id) if said.speaker_entity_id is not None else None
        if said.speaker_kind == "person" and not plural:
            return Found([Side(said.speaker_name, self.said_for(said), actor)])
        party = self.said_for(said)
        if party is None:
            return Found()
        return Found([Side(None, party, actor if said.speaker_kind != "person" else None)])
