"""Whom "the two", "the sides" or "they" means as those who meet: pairs named in the sentence or before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import direct_subjects, objects, prep_objects, subjects
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.pointing import BELONGING, OPPONENTS, STATES, means_two_people
from pipeline.extract.meetings.sides import Side, distinct_parties, two_sided
from pipeline.model import Block, Links, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFFICES = frozenset({
    "minister", "leader", "president", "premier", "official", "envoy", "diplomat", "negotiator", "ambassador",
})  # fmt: skip
_WORDS_BACK = 200  # words of a line that are looked through for a group
_OF_MEETING = frozenset({"of", "between"})
_JOINED_WITHIN = 8  # words from a person to the next one in "X of Chile and Peru's foreign minister Y"
_JOINED_STATES = 3  # words between two states that are named together: "Chad and the Sudan"
_PAIR_BLOCKS = 2  # how many lines back "the two" may point


def verb_of(candidate: Candidate) -> Token:
    """The verb whose subject the sides are; the event itself if nothing governs it."""
    if candidate.event.pos_ in {"VERB", "AUX"} or candidate.governor is None:
        return candidate.event
    return candidate.governor


def between_two(event: Token) -> bool:
    """ "A breakfast between the two was called off", "a call between them": a noun of those named before."""
    return event.pos_ == "NOUN" and any(
        t.lower_ in {"two", "them", "pair"} for t in prep_objects(event, frozenset({"between"}))
    )


class PairReader:
    """Finds the pair that a candidate of one page means; `body` are the page's lines in order."""

    def __init__(
        self,
        page: Page,
        links: Links,
        reader: SideReader,
        body: Sequence[Block],
        telling: frozenset[str] = frozenset(),
    ) -> None:
        """Reads the lines of one page; `telling` are verbs by which one addresses another."""
        self._telling = telling
        self._page = page
        self._links = links
        self._reader = reader
        self._body = body
        self._order = {b.block_no: i for i, b in enumerate(body)}

    def pair(self, candidate: Candidate) -> list[Side]:
        """Whom "the two", "the ministers" or "they" means as subject: the two people named last before."""
        verb = verb_of(candidate)
        if not candidate.found.anaphoric or candidate.found.sides:
            return []
        if not means_two_people(verb) and not between_two(candidate.event):
            return []
        found = self._same_group(candidate) or self._pair_beside(candidate)
        found = found or self._of_states_in_line(candidate) or self._last_pair(candidate)
        found = found or self._addressed(candidate)
        speaker = self._speaker(candidate)
        if speaker is None or any(s.name == speaker for s in found):
            return found
        return self._pair_of(candidate, speaker) or found

    def _addressed(self, candidate: Candidate) -> list[Side]:
        """ "Peru's president told X that he was ready. The two spoke for an hour": who told, and whom."""
        start, block = candidate.event.sent.start, candidate.block
        verb = candidate.event.doc[start - 1].sent.root if start else None
        if verb is None or verb.lemma_.lower() not in self._telling or verb.tag_ not in {"VBD", "VBZ"}:
            return []
        doers = self._reader.read_all(block, direct_subjects(verb)).sides
        told = self._reader.read_all(block, objects(verb)).sides
        pair = [*doers, *told]
        return pair if len(doers) == len(told) == 1 and two_sided(pair) else []

    def _speaker(self, candidate: Candidate) -> str | None:
        """Who says of "they" that they met, if it is a person: one of them."""
        verb = verb_of(candidate)
        if all(d.lower_ != "they" for d in subjects(verb)):
            return None
        while verb.dep_ in {"xcomp", "ccomp"}:
            told, verb = verb.dep_ == "ccomp", verb.head
            doers = direct_subjects(verb) if told else []
            if doers:
                mention = self._links.at(candidate.block.block_no, doers[0].i)
                person = mention is not None and mention.actor.kind == "person"
                return mention.actor.name if mention is not None and person else None
        return None

    def _pair_of(self, candidate: Candidate, name: str) -> list[Side]:
        """The person of another party whom the lines before name beside one by "and" last, and that one."""
        at = self._order[candidate.block.block_no]
        for earlier in reversed(self._body[max(0, at - _PAIR_BLOCKS) : at]):
            if earlier.entry_no != candidate.block.entry_no:
                continue
            for pair in self._joined(earlier):
                if any(s.name == name for s in pair) and two_sided(pair):
                    return pair
        return []

    def _joined(self, block: Block) -> Iterator[list[Side]]:
        """Every two people of a line whom "and" joins, the last first."""
        doc = self._page.parses.get(block.block_no)
        people = [m for m in self._links.in_block(block.block_no) if m.actor.kind == "person"]
        for one, other in reversed(list(pairwise(people))) if doc is not None else ():
            near = other.start_i - one.end_i <= _JOINED_WITHIN
            if doc is not None and near and any(t.lower_ == "and" for t in doc[one.end_i : other.start_i]):
                yield [self._reader.person(m.actor) for m in (one, other)]

    def group_with(self, candidate: Candidate) -> list[Side]:
        """ "The ministers of A and B signed it. They also met with X": those of several states, and X."""
        found = candidate.found
        if candidate.rule != "verb_meet" or not found.anaphoric or len(distinct_parties(found.sides)) != 1:
            return []
        doers = [d for d in subjects(candidate.event) if d.tag_ == "NNS" and d.lemma_.lower() in _OFFICES]
        group = (self._office_holders(candidate) or self._last_pair(candidate)) if doers else []
        return [] if distinct_parties(group) & distinct_parties(found.sides) else group

    def _office_holders(self, candidate: Candidate) -> list[Side]:
        """The last noun of office of several states in the candidate's line or the one before it."""
        at = self._order[candidate.block.block_no]
        for earlier in reversed(self._body[max(0, at - 1) : at + 1]):
            doc = self._page.parses.get(earlier.block_no)
            if doc is None or earlier.entry_no != candidate.block.entry_no:
                continue
            last = candidate.event.sent.start if earlier.block_no == candidate.block.block_no else len(doc)
            for token in reversed(doc[max(0, last - _WORDS_BACK) : last]):
                if token.tag_ not in {"NNS", "NNPS"} or token.lemma_.lower() not in _OFFICES:
                    continue
                parties = self._reader.modifier_parties(earlier, token)
                if len(parties) > 1:
                    return [Side(None, party, actor) for party, actor in parties]
        return []

    def _same_group(self, candidate: Candidate) -> list[Side]:
        """ "The ministers of A, B and C agreed ... The ministers will meet in X": those of several states."""
        event = candidate.event
        lemmas = {d.lemma_.lower() for d in subjects(verb_of(candidate)) if d.tag_ == "NNS"}
        if any(d.lower_ == "they" for d in subjects(verb_of(candidate))):
            lemmas |= {t.lemma_.lower() for t in event.sent if t.tag_ == "NNS" and t.i < event.i}
        lemmas &= _OFFICES
        at = self._order[candidate.block.block_no]
        for earlier in reversed(self._body[max(0, at - _PAIR_BLOCKS) : at + 1] if lemmas else ()):
            doc = self._page.parses.get(earlier.block_no)
            if doc is None or earlier.entry_no != candidate.block.entry_no:
                continue
            last = event.sent.start if earlier.block_no == candidate.block.block_no else len(doc)
            for token in reversed(doc[max(0, last - _WORDS_BACK) : last]):
                if token.tag_ != "NNS" or token.lemma_.lower() not in lemmas:
                    continue
                parties = self._reader.modifier_parties(earlier, token)
                if len(parties) > 1:
                    return [Side(None, party, actor) for party, actor in parties]
        return []

    def _pair_beside(self, candidate: Candidate) -> list[Side]:
        """ "Fico will raise it with Merz when the two meet": the two people of the sentence before it."""
        event = candidate.event
        before = self._links.within(candidate.block.block_no, event.sent.start, event.i)
        named = {m.actor.name: self._reader.person(m.actor) for m in before if m.actor.kind == "person"}
        pair = list(named.values())
        if len(pair) > 2 and any(c.lower_ == "their" for c in event.children):
            pair = pair[-2:]  # "X said that Y's faith in Z is unchanged since their summit"
        return pair if len(pair) == 2 and two_sided(pair) else []

    def in_sentence(self, candidate: Candidate) -> list[Side]:
        """ "Zambia and Zimbabwe will talk when their ministers meet": the two before in the sentence."""
        if not candidate.found.anaphoric or candidate.found.sides:
            return []
        event = candidate.event
        own = prep_objects(event, _OF_MEETING) if event.pos_ == "NOUN" else []
        doers = own or subjects(verb_of(candidate))  # "the meeting of the presidents of the two countries"
        states = [*doers, *(t for d in doers for t in prep_objects(d, BELONGING))]
        countries = any(
            (t.lemma_.lower() in STATES or t.lower_ in OPPONENTS)
            and any(c.lower_ in {"two", "both"} for c in t.children)
            for t in states
        )
        theirs = any(d.lower_ == "they" or any(c.lower_ == "their" for c in d.children) for d in doers)
        if not countries and not theirs:
            return self._coordinated(candidate, doers)
        limit = min([d.i for d in doers if d.i >= event.sent.start] or [event.i])
        start = (
            0 if countries else event.sent.start
        )  # "the two countries" of the line, "their" of the sentence
        before = self._links.within(candidate.block.block_no, start, limit)
        parties = {
            m.actor.party
            for m in before
            if m.actor.party is not None and m.actor.kind in {"government", "person"}
        }
        if countries and len(parties) != 2:  # "Ghanaian commentators", which act for nobody, name a state
            words = candidate.event.doc[start:limit]
            parties = {p for t in words if (p := self._reader.demonym_of(t.text)) is not None}
        return [Side(None, p, None) for p in sorted(parties)] if len(parties) == 2 else []

    def _coordinated(self, candidate: Candidate, doers: Sequence[Token]) -> list[Side]:
        """ "Iran and Iraq have made no headway since the sides met": the pair of the same sentence."""
        event = candidate.event
        two = any(c.lower_ in {"two", "both"} for d in doers for c in d.children)
        if not any(d.lower_ in OPPONENTS or (two and d.tag_ == "NNS") for d in doers):
            return []
        doc = event.doc
        before = self._links.within(candidate.block.block_no, event.sent.start, event.i)
        for one, other in reversed(list(pairwise(before))):
            a, b = one.actor.party, other.actor.party
            between = [t.lower_ for t in doc[one.end_i : other.start_i]]
            joined = between in (["and"], ["and", "the"], ["nor"])
            states = {one.actor.kind, other.actor.kind} <= {"government", "group"}
            if joined and states and a is not None and b is not None and a != b:
                return [Side(None, p, None) for p in sorted((a, b))]
        return []

    def _of_states_in_line(self, candidate: Candidate) -> list[Side]:
        """ "Chile and Peru settled it in 2022. The ministers last met in May": whose they are, the line says.

        Not where the line names people before, whom "the ministers" may mean.
        """
        doers = [d for d in subjects(verb_of(candidate)) if d.tag_ == "NNS" and d.lemma_.lower() in _OFFICES]
        start, block_no = candidate.event.sent.start, candidate.block.block_no
        before = self._links.within(block_no, 0, start) if doers and start else []
        if any(m.actor.kind == "person" for m in before):
            return []
        doc = candidate.event.doc
        for one, other in reversed(list(pairwise(before))):
            a, b = one.actor.party, other.actor.party
            joined = [t.lower_ for t in doc[one.end_i : other.start_i]] in (["and"], ["and", "the"])
            states = {one.actor.kind, other.actor.kind} == {"government"}
            if joined and states and a is not None and b is not None and a != b:
                return [Side(None, p, None) for p in sorted((a, b))]
        return []

    def states_before(self, candidate: Candidate) -> list[Side]:
        """ "Chad and Sudan traded fire. Qatar invited both leaders": the last two states that "and" joins."""
        at = self._order[candidate.block.block_no]
        for earlier in reversed(self._body[max(0, at - _PAIR_BLOCKS) : at + 1]):
            doc = self._page.parses.get(earlier.block_no)
            if doc is None or earlier.entry_no != candidate.block.entry_no:
                continue
            end = candidate.event.i if earlier.block_no == candidate.block.block_no else len(doc)
            for one, other in reversed(list(pairwise(self._links.within(earlier.block_no, 0, end)))):
                a, b = one.actor.party, other.actor.party
                words = [t.lower_ for t in doc[one.end_i : other.start_i]]
                if (
                    "and" in words
                    and len(words) <= _JOINED_STATES
                    and a is not None
                    and b is not None
                    and a != b
                ):
                    return [Side(None, p, None) for p in sorted((a, b))]
        group = self._office_holders(candidate)  # "Armenian and Azerbaijani officials traded blame"
        return group if len(group) == 2 else []

    def _last_pair(self, candidate: Candidate) -> list[Side]:
        """The two people of different parties named last before the candidate's sentence, in its entry."""
        pair: list[Side] = []
        block = candidate.block
        limit = candidate.event.sent.start
        if limit == 0 and self._order[block.block_no] > 0:
            before = self._body[self._order[block.block_no] - 1]
            told = list(self._joined(before)) if before.entry_no == block.entry_no else []
            if len(told) == 1 and two_sided(told[0]):
                return told[0]  # "X and Y agreed to join Z. The two men met": not Y and Z
        lines = [self._links.within(block.block_no, 0, limit)]
        at = self._order[block.block_no]
        for earlier in reversed(self._body[max(0, at - _PAIR_BLOCKS) : at]):
            if earlier.entry_no == block.entry_no:
                lines.append(self._links.in_block(earlier.block_no))
        for mention in (m for line in lines for m in reversed(line)):
            actor = mention.actor
            if actor.kind == "person" and all(s.name != actor.name for s in pair):
                pair.insert(0, self._reader.person(actor))
            if len(pair) == 2:
                return pair if two_sided(pair) else []
        return []
