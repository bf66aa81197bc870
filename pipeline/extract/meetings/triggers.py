"""Meeting nouns: which of them tell of an occasion, and who takes part by their place in the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.absence import stays_away
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.companions import companions, honoured, named_within
from pipeline.extract.meetings.cues import MeetingCues, NounCue
from pipeline.extract.meetings.ellipsis import ELLIPSIS, elliptic, joint_body, planned_by
from pipeline.extract.meetings.embassies import embassy_host
from pipeline.extract.meetings.frames import (
    agents,
    conjuncts,
    direct_subjects,
    is_passive,
    joined_name,
    medium_of,
    objects,
    own_words,
    pair_of,
    prep_objects,
    prepositions,
    role_of,
    subjects,
    to_come,
    told_in_passing,
    verb_of,
)
from pipeline.extract.meetings.function_words import FOLLOWING
from pipeline.extract.meetings.hours import is_clock
from pipeline.extract.meetings.journeys import ABOUT
from pipeline.extract.meetings.members import members_met
from pipeline.extract.meetings.modifiers import DEFINITE, backs, domestic, is_definite, mediates, rung
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import World
from pipeline.extract.meetings.pointing import attends
from pipeline.extract.meetings.refusals import excluded
from pipeline.extract.meetings.sides import Found, Side, distinct_parties, two_sided
from pipeline.extract.meetings.tellers import TellerReader, finite
from pipeline.extract.meetings.torn import after_between, beside_short_form
from pipeline.extract.meetings.wishes import wished_by
from pipeline.model import Block, Links, MeetingForm

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH = frozenset({"with", "between", "among", "amongst", "involving"})
_CALLED = _WITH | {"to"}
_BETWEEN = frozenset({"between", "among", "of"})
_INTO = frozenset({"in", "into", "to"})
_BY = frozenset({"by"})
_SENT = frozenset({"from"})
_OF = frozenset({"of"})
_AROUND = frozenset(
    {"after", "following", "before", "during", "at", "in", "on", "since", "amid", "over", "via", "by", "of"}
)
_FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD", "MD"})
_FRAGMENT_WORDS = 30  # beyond it a sentence without a finite verb is a misread one
_SERIES = frozenset({
    "round", "series", "set", "day", "resumption", "start", "end", "opening", "phase", "stage", "week",
    "hour", "bout", "course", "cycle", "session", "sitting", "eve", "first", "second", "third", "month",
    "fortnight", "weekend", "night", "morning", "afternoon", "evening", "minute", "marathon", "conclusion",
    "close", "beginning", "outset", "string", "spate", "continuation", "leg", "instalment", "installment",
})  # fmt: skip
_FROM = frozenset({"from", "by"})
_PARTNER = frozenset({"with"})
_FOR = frozenset({"for"})
_TOLD = frozenset({"announce", "confirm", "report", "reveal", "disclose"})  # by whom does not take part
_GIVING = frozenset({"host", "give", "hold", "throw", "arrange"})
_LIGHT_PREPOSITIONS = frozenset({"in", "to", "at", "for", "on", "upon", "into", "out", "with", "off", "from"})
_ANSWERING = frozenset({
    "accept", "answer", "receive", "ignore", "consider", "study", "weigh", "examine", "mull", "entertain",
    "welcome", "agree", "consent", "assent", "accede", "respond", "reply", "react", "get", "acknowledge",
    "review",
})  # fmt: skip
_GRANTING = frozenset({"grant", "give", "offer", "accord", "propose", "deny", "refuse"})
_INVOLVING = frozenset({"involve", "include", "bring", "gather"})
_ASKING = frozenset({"ask", "press", "petition", "beg", "approach"})
_AWAY = frozenset({"absence", "exclusion", "withdrawal"})
_PRESENT = frozenset({"attendance", "present", "attending"})
_ATTENDED = frozenset({"attend", "join"})
_LED = ("-led", "-mediated", "-brokered", "-hosted", "-sponsored")


class NounReader:
    """Turns meeting nouns of one page into candidates."""

    def __init__(self, links: Links, reader: SideReader, world: World, cues: MeetingCues) -> None:
        self._links = links
        self._reader = reader
        self._world = world
        self._cues = cues
        self._tellers = TellerReader(reader, cues)

    def read(self, block: Block, noun: Token) -> Candidate | None:
        """The candidate of a meeting noun, or None if the noun is no occasion here."""
        cue = self._cues.noun(noun) or joint_body(noun, self._cues) or elliptic(noun, self._cues)
        if cue is None or excluded(noun, cue, self._world, self._cues):
            return None
        top = self._top(noun)
        if any(self._cues.noun(t) is not None for t in prep_objects(noun, _OF)):
            return None  # "round of talks": the inner noun speaks for both
        found, owned = self._own_sides(block, noun, top)
        hosts = Found()
        away = None if cue.travel else stays_away(noun, top, self._cues)
        absent: list[Side] = []
        if away is None:
            governor, added = self._governing(block, top, cue, found, owned, hosts)
            if not _between_two(top, found) or (governor is not None and attends(governor, self._cues)):
                found.add(added)
        else:
            doers = agents(away) if is_passive(away) else subjects(away)
            governor, absent = away, self._people(block, doers).sides
            found.sides = [s for s in found.sides if all(s.key != a.key for a in absent)]
        form = self._form(noun, top, cue)
        by_medium = form in {"phone", "video"}  # "a technical exchange by video link"
        if (
            cue.persons
            and not by_medium
            and (all(s.name is None for s in found.sides) or prep_objects(noun, _OF))
        ):
            return None
        if not two_sided(found.sides) and away is None:
            found.add(self._their_own(block, noun, top))
        if two_sided(found.sides) and governor is not None:
            found.add(self._attending(block, governor))
        if domestic(noun, self._cues) and len(distinct_parties(found.sides)) < 2:
            return None  # "coalition talks": one country's own
        if not found.sides and two_sided(hosts.sides):
            found.add(hosts)  # "Turkey and Egypt will co-host a meeting": nobody else is named
        elif (
            not two_sided(found.sides)
            and distinct_parties(found.sides) - self._cues.data.blocs
            and two_sided([*found.sides, *hosts.sides])
        ):
            found.add(hosts)  # "The UN hosted talks with the leaders of Chile": who else would meet them
        if governor is None and not two_sided(found.sides):
            found.add(self._fragment(block, noun))
        if noun.lemma_.lower() in self._cues.data.meals and len(found.sides) == 1:
            heads = [noun, *([] if governor is None else [governor])]
            found.add(embassy_host(block, heads, self._reader))
        definite = any(
            c.lower_ in DEFINITE or c.dep_ == "poss"
            for t in {noun.i: noun, top.i: top}.values()
            for c in t.children
        ) or self._taken_back(top)
        return Candidate(
            block=block, event=noun, governor=governor, rule=_rule(cue) if away is None else "noun_absence",
            form=form, found=found, hosts=hosts, confidence=0.85 if away is None else 0.7, top=top,
            abstract=cue.abstract, weak=cue.weak and not by_medium, travel=cue.travel, definite=definite,
            absent=tuple(absent),
        )  # fmt: skip

    def _top(self, noun: Token) -> Token:
        """The noun that stands in the sentence for it: "rounds" in "three rounds of talks"."""
        current = noun
        while current.dep_ == "pobj" and current.head.lower_ == "of":
            above = current.head.head
            if above.lemma_.lower() in _SERIES or self._cues.noun(above) is not None:
                current = above
            else:
                break
        return current

    def _own_sides(self, block: Block, noun: Token, top: Token) -> tuple[Found, bool]:
        """Sides within the noun's phrase, and whether a possessor is among them."""
        found = Found()
        owned = False
        modifiers = Found()
        for head in {noun.i: noun, top.i: top}.values():
            for child in head.children:
                if child.dep_ == "poss" and child.i < head.i:
                    got = self._foregone(block, top, child)
                    got = got if got.sides else self._reader.read_all(block, conjuncts(child))
                    if child.ent_type_ not in {"DATE", "TIME"} or any(map(is_clock, child.children)):
                        # "held their third round": the pronoun repeats the subject, it is no other owner
                        owned = owned or bool(got.sides and child.pos_ != "PRON")
                        found.add(got)
                    if not got.sides and child.pos_ == "PRON" and self._targets(head, _WITH):
                        found.add(self._reader.owner(block, child))
                    elif not got.sides and self._travels(head):
                        found.add(self._teller(block, child))
            partners = self._reader.read_all(block, self._targets(head, _CALLED if rung(head) else _WITH))
            if not partners.sides and not partners.private:
                partners.add(self._reader.read_all(block, self._sent_by(head, self._targets(head, _WITH))))
            found.add(partners)
            found.add(self._reader.read_all(block, honoured(head)))
            found.add(
                self._reader.read_all(
                    block, [t for t in prep_objects(head, _OF | _BY) if self._cues.noun(t) is None]
                )
            )
            if self._travels(head) and self._reader.read_all(block, prep_objects(head, _BY)).sides:
                owned = True  # "agreed to prepare a visit by the president": the president's, not theirs
            for child in head.children:
                brought = to_come(child) or child
                if child.dep_ in {"acl", "relcl"} and brought.lemma_ in {"involve", "bring", "gather"}:
                    found.add(self._reader.read_all(block, objects(brought)))
                if child.dep_ in {"relcl", "advcl"} and any(
                    c.lower_ == "where"
                    or (c.lower_ in {"at", "in", "during"} and any(w.lower_ == "which" for w in c.children))
                    for c in child.children
                ):
                    found.add(self._people(block, subjects(child)))
                between = child.lemma_.lower() in self._cues.data.hosting_verbs and is_definite(head)
                if child.dep_ == "acl" and child.tag_ == "VBN" and not between:
                    found.add(self._reader.read_all(block, prep_objects(child, _BY | _WITH)))
            if found.sides:
                found.add(self._reader.read_all(block, beside_short_form(head)))
        if len(distinct_parties(found.sides)) < 2:
            both = [p for head in (noun, top) for p in prepositions(head) if p.lower_ == "between"]
            named = self._people(
                block, [t for p in both[:1] for t in named_within(self._links, block.block_no, p)]
            )
            if len(distinct_parties(named.sides)) >= 2:
                found.add(named)
        if not two_sided(found.sides):
            pair = self._reader.read_all(block, after_between(noun, lambda t: self._cues.noun(t) is not None))
            if two_sided(pair.sides):
                found.add(pair)
        modifiers = self._modifier_sides(block, noun)
        if two_sided(found.sides) and any(mediates(c) for c in noun.lefts):
            modifiers.sides = []  # "Chinese-brokered talks between A and B": China goes between them
        if two_sided(found.sides) and self._city_before(block, noun):
            modifiers.sides = []  # "the Doha talks between A and B": where, not who
        if modifiers.sides and (
            len(distinct_parties(modifiers.sides)) >= 2
            or self._of_bloc(modifiers, top)
            or any(c.lower_.endswith(_LED) or c.lower_ in {"led", "mediated"} for c in noun.lefts)
            or any(s.name for s in modifiers.sides)
            or distinct_parties(found.sides) - distinct_parties(modifiers.sides)
        ):
            found.add(modifiers)
        return found, owned

    def _city_before(self, block: Block, noun: Token) -> bool:
        """Whether the only word before the noun is a city's name."""
        before = [c for c in noun.lefts if c.dep_ in {"compound", "amod", "nmod"} and c.text[:1].isupper()]
        spots = [self._world.at(self._links, block.block_no, c) for c in before]
        return (
            len(spots) == 1
            and spots[0] is not None
            and not spots[0].is_country
            and pair_of(before[0]) is None
        )

    def _foregone(self, block: Block, top: Token, pronoun: Token) -> Found:
        """ "In a statement after his meeting with X, Y said": the pronoun goes before its name."""
        verb = verb_of(top) if pronoun.lower_ in {"his", "her"} else None
        doers = [] if verb is None else direct_subjects(finite(verb))
        if not doers or doers[0].i < pronoun.i or doers[0].pos_ == "PRON":
            return Found()
        named = self._people(block, doers)
        if verb is not None and len(named.sides) == 1 and named.sides[0].name is None:
            # "In his call with X, the palace said he raised it": the one of whom the palace tells
            told = [c for clause in finite(verb).rights if clause.dep_ == "ccomp" for c in clause.lefts]
            known = [self._links.at(block.block_no, c.i) for c in told if c.lower_ in {"he", "she"}]
            people = [m.actor for m in known if m is not None and m.actor.kind == "person"]
            return Found([self._reader.person(people[0])]) if people else Found()
        return named if len(named.sides) == 1 and named.sides[0].name else Found()

    def _answers(self, verb: Token) -> bool:
        """ "rejected Chile's offer of talks", "has not answered it": whoever it was made to."""
        return verb.lemma_.lower() in _ANSWERING or self._cues.status.governor(verb) == "ruled_out"

    def _travels(self, noun: Token) -> bool:
        cue = self._cues.noun(noun)
        return cue is not None and cue.travel

    def _teller(self, block: Block, pronoun: Token) -> Found:
        """ "Peru's ambassador said his trip to Oslo was a success": whoever tells of it made it."""
        verb = verb_of(pronoun)
        above = verb_of(verb) if verb is not None and verb.dep_ == "ccomp" else None
        if pronoun.lower_ not in {"his", "her"} or above is None:
            return Found()
        tellers = self._people(block, direct_subjects(above))
        return tellers if len(tellers.sides) == 1 else Found()

    def _taken_back(self, noun: Token) -> bool:
        """ "the cancellation of talks": those that the reader knows."""
        above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
        off = above.pos_ == "NOUN" and self._cues.status.governor(above) == "cancelled"
        return off and any(c.lower_ in DEFINITE for c in above.children)

    def _of_bloc(self, modifiers: Found, top: Token) -> bool:
        """ "An EU summit has been called": its members meet; "at the EU summit" tells where others are."""
        told = role_of(top)[0] in {"nsubj", "nsubjpass", "dobj", "attr"}
        return told and bool(distinct_parties(modifiers.sides) & (self._cues.data.blocs - {"EUROPE"}))

    def _fragment(self, block: Block, noun: Token) -> Found:
        """An agenda's or a caption's line without a verb: "Stotts and Verhaegen, working lunch"."""
        words = list(noun.sent)
        if len(words) > _FRAGMENT_WORDS or any(t.tag_ in _FINITE_TAGS for t in words):
            return Found()
        named = [t for t in words if t.pos_ == "PROPN" and t.dep_ not in {"compound", "amod", "poss"}]
        return self._people(block, named)

    def _targets(self, head: Token, words: frozenset[str]) -> list[Token]:
        """Those named after "with" or "between", also on a preposition next to the noun ("on X with Y")."""
        found = prep_objects(head, words)
        if found:
            return found
        for prep in prepositions(head):
            for target in prep.children:
                if target.dep_ == "pobj" and self._cues.noun(target) is None:
                    found.extend(prep_objects(target, words))
                    # "on X's plan for the conflict with Chilean officials": people, at the end of it
                    inner = [t for p in prepositions(target) for t in p.children if t.dep_ == "pobj"]
                    found.extend(t for i in inner for t in prep_objects(i, words) if t.tag_ == "NNS")
        return found

    def _sent_by(self, head: Token, targets: list[Token]) -> list[Token]:
        """ "talks with advisers from Chile and Peru": the parser hangs "from" on the talks."""
        last = max((t.right_edge.i for t in targets if t.tag_ == "NNS"), default=None)
        behind = [p for p in prepositions(head) if p.lower_ == "from" and p.i - 1 == last]
        return prep_objects(head, _SENT) if behind else []

    def _modifier_sides(self, block: Block, noun: Token) -> Found:
        """Parties and persons before the noun: "US-Ukraine talks", "the Trump–Putin summit"."""
        found = Found()
        queue = [
            c
            for c in noun.lefts
            if c.dep_ in {"compound", "amod", "nmod", "punct", "dep", "appos", "npadvmod"}
        ]
        seen: set[int] = set()
        while queue:
            token = queue.pop()
            if token.i in seen or token.i >= noun.i:
                continue
            seen.add(token.i)
            queue.extend(token.children)
            other = joined_name(token)
            if other is not None:
                seen.add(other.i)  # "the Roe–Lind talks": the parser may hang the first name elsewhere
        for i in sorted(seen):
            token = noun.doc[i]
            if backs(token):
                continue  # "UN-backed talks": whoever stands behind them need not sit at them
            mention = self._links.at(block.block_no, i)
            if mention is not None and mention.actor.kind == "person":
                found.add(self._reader.read(block, noun.doc[mention.head_i]))
                continue
            spot = self._world.at(self._links, block.block_no, token)
            if spot is not None and spot.country is not None and pair_of(token) is not None:
                found.add(self._reader.party(spot.country, None))  # "the Kigali-Kinshasa dialogue"
                continue
            if (
                spot is not None
                and not spot.is_country
                and (mention is None or mention.actor.kind == "place")
            ):
                continue  # a city before the noun is where, not who
            party, actor = self._reader.party_at(block, token)
            if party is None and token.lower_.endswith(_LED):
                party, actor = self._reader.demonym_of(token.text.rsplit("-", 1)[0]), None
            if party is not None:
                found.add(self._reader.party(party, actor))
        return found

    def _governing(
        self, block: Block, top: Token, cue: NounCue, found: Found, owned: bool, hosts: Found
    ) -> tuple[Token | None, Found]:
        """The verb that the occasion depends on, and the sides that the verb's arguments add."""
        data = self._cues.data
        added = Found()
        first = top
        while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
            first = first.head
        role, above = role_of(first)
        if role == "nsubj" and above.lemma_ == "be":
            above = to_come(above) or above
        named = distinct_parties(found.sides)
        if role in {"dobj", "attr", "oprd", "npadvmod"} and above.pos_ in {"VERB", "AUX"}:
            guests = self._people(block, agents(above)) if cue.travel and not is_passive(above) else Found()
            if guests.sides:
                added.add(guests)  # "cancelled a visit by the Chinese minister": the parser hangs "by" above
                return above, added
            if cue.weak and top.lemma_.lower() in data.meals and above.lemma_ in _GIVING:
                # "will host a dinner for A and B": whoever gives it sits with them
                invited = [t for h in (top, above) for t in prep_objects(h, _FOR)]
                added.add(self._people(block, [*subjects(above), *invited]))
                return above, added
            talks = [top, *prep_objects(top, _OF)]
            if (
                above.lemma_.lower() in data.leading_verbs
                and not owned
                and any(self._targets(t, _PARTNER) for t in talks)
            ):
                added.add(self._people(block, subjects(above)))  # "led the talks with X"
                return above, added
            # who discusses the talks in Lima with X meets X, but elsewhere
            closed = (above.lemma_ == "discuss" and is_definite(top)) or self._closed(block, top, above)
            if not closed:
                self._verb_sides(block, above, named, owned, hosts, added)
            if (
                role == "dobj"
                and not owned
                and not closed
                and len(distinct_parties(found.sides) | distinct_parties(added.sides)) < 2
            ):
                added.add(self._wanting(block, top, above, named, owned))
            if not found.sides and not added.sides:
                added.add(self._tellers.before(block, above))
            return above, added
        if role in {"nsubj", "nsubjpass"} and above.pos_ in {"VERB", "AUX"}:
            # "Roe's meeting with Paz followed talks with Sol": the last is of those other talks
            other = above.lemma_.lower() in FOLLOWING and any(self._cues.noun(t) for t in objects(above))
            partners = [] if other or len(named) > 1 else prep_objects(above, _WITH)
            added.add(self._reader.read_all(block, partners))
            if not found.sides and not owned:
                added.add(self._tellers.saying(block, top, above))
            teller = above.lemma_.lower() in _TOLD
            if role == "nsubjpass" and len(named) < 2 and self._cues.status.governor(above) and not teller:
                # "was cancelled by the Saudi side", "was proposed by Kyiv"
                added.add(self._people(block, agents(above)))
            wish = wished_by(above, self._cues.status)
            if wish is not None and len(named) == 1:
                # "Seoul proposed that talks with the North be held": who proposes them takes part
                added.add(self._others(block, subjects(wish), named))
            for told in own_words(above):
                if told.lemma_.lower() in _INVOLVING and told.pos_ == "VERB":
                    added.add(self._reader.read_all(block, objects(told)))
            for told in (above, *above.conjuncts):
                if told.lemma_.lower() in _ATTENDED and told.tag_ == "VBN":
                    added.add(self._people(block, agents(told)))  # "was attended by A and B"
            return above, added
        if cue is ELLIPSIS and planned_by(top, self._cues) is not None:
            return planned_by(top, self._cues), added
        if role != "pobj" or above.pos_ not in {"ADP", "SCONJ", "VERB", "PART"}:  # "agreed to talks"
            return None, added
        prep = above
        verb = prep.head
        opens_to = verb.pos_ == "ADJ" and self._cues.status.governor(verb) in {"proposed", "ruled_out"}
        if opens_to and verb.head.lemma_ == "be" and not (owned or cue.abstract) and len(named) < 2:
            added.add(self._others(block, subjects(verb.head), named))  # "is open to talks with X"
        if verb.pos_ in {"ADP", "ADV", "SCONJ", "ADJ"} and verb.head != verb:
            verb = verb.head
        if verb.pos_ == "PROPN" and verb.dep_ == "pobj" and verb.head.head.pos_ in {"VERB", "PROPN"}:
            verb = verb.head.head  # "to Washington for talks": the parser hangs the purpose on the place
        if verb.pos_ in {"NOUN", "PROPN"} and prep.lower_ in {"in", "at", "during", "after", "following"}:
            verb = verb_of(verb) or verb
        if verb.pos_ == "NOUN" or (verb.pos_ == "PROPN" and prep.lower_ != "for"):
            return self._noun_governor(block, verb, prep, found, owned, added)
        if verb.pos_ not in {"VERB", "AUX"}:
            if prep.lower_ == "for" and verb.pos_ == "PROPN" and not owned and len(named) < 2:
                added.add(self._others(block, [verb], named))  # "Witkoff in Riyadh for a meeting with ..."
            return None, added
        word = prep.lower_
        lemma = verb.lemma_.lower()
        if lemma in data.inviting_verbs and word in {"for", "to"} and not owned:
            added.add(self._people(block, objects(verb)))
            added.add(self._people(block, agents(verb) if is_passive(verb) else subjects(verb)))
            return verb, added
        if lemma in _ASKING and word == "for" and not named and not owned:
            both = self._people(block, [*subjects(verb), *(t for t in objects(verb) if t.i > verb.i)])
            if two_sided(both.sides):
                added.add(both)
                return verb, added  # "has asked Stockholm for a meeting"
        if self._cues.status.governor(verb) in {"proposed", "ruled_out"} and word in {"for", "to", "of"}:
            added.add(self._wanting(block, top, verb, named, owned))
            if added.sides:
                return verb, added
        dines = top.lemma_.lower() in data.meals and word in {"for", "at", "over", "to"}
        if dines and lemma in data.hosting_verbs | {"treat", "invite"} and not owned:
            added.add(self._people(block, [*subjects(verb), *objects(verb), *agents(verb)]))
            return verb, added  # who has guests for dinner dines with them
        if word == "for" and (
            lemma in data.travel_verbs or lemma in data.light_verbs or lemma in data.sending_verbs
        ):
            movers = objects(verb) if lemma in data.sending_verbs else subjects(verb)
            if not owned:
                added.add(self._people(block, movers))
            return verb, added
        light = lemma in data.light_verbs and word in _LIGHT_PREPOSITIONS
        if light or (word in _INTO and lemma not in data.aloof_verbs and lemma not in data.hosting_verbs):
            guests = self._people(block, agents(verb)) if cue.travel and is_passive(verb) else Found()
            if guests.sides:
                added.add(guests)  # "was broached by X in a visit to Lima"
            elif not owned and len(named) < 2:
                self._verb_sides(block, verb, named, owned, hosts, added, partakes=True)
                if word == "in" and not found.sides:
                    # "In a call on Sunday, X urged Y to halt": whom the verb addresses takes part
                    # "X told his allies in a virtual meeting"
                    any_of_them = lemma in data.telling_verbs
                    heard = [t for t in objects(verb) if any_of_them or t.pos_ == "PROPN"]
                    added.add(self._people(block, heard))
            return verb, added
        if found.anaphoric and not named:
            added.add(self._tellers.speakers(block, verb))
        elif word in _AROUND and not owned and (len(named) < 2 or self._with_own_counterparts(top)):
            if named or found.sides:
                added.add(self._others(block, subjects(verb), named))
                before = told_in_passing(prep, verb)
                if before is not None and not added.sides:
                    added.add(self._others(block, subjects(before), named))
                    verb = before if added.sides else verb
                upper = verb_of(verb) if verb.dep_ == "ccomp" and not added.sides else None
                if upper is not None and not two_sided(found.sides):
                    # "X said progress was being made after a meeting with Y"
                    added.add(self._others(block, direct_subjects(upper), named))
            elif (
                word in {"after", "following"}
                and not found.anaphoric
                and (present := self._tellers.after(block, top, verb, process=cue.abstract)).sides
            ):
                added.add(present)
            elif word in {"after", "following"} and two_sided(
                self._people(block, direct_subjects(finite(verb))).sides
            ):
                added.add(self._people(block, direct_subjects(finite(verb))))
            elif (
                word in {"during", "in", "at", "on", "over"}
                and lemma not in data.hosting_verbs
                and (cue.travel or word not in ABOUT or lemma not in data.briefing_verbs)
            ):
                told_by = agents(verb) if cue.travel and is_passive(verb) else []
                both = self._people(block, told_by or subjects(verb))
                # "on a visit to X the leaders pressed Y": whom they press is not there, nor whom they discuss
                if not cue.travel and lemma not in data.deciding_verbs | data.discussion_verbs:
                    both.add(self._people(block, objects(verb)))
                both.add(self._people(block, prep_objects(verb, frozenset({"to", "by", "with"}))))
                if len(distinct_parties(both.sides)) >= 2 or cue.travel:
                    added.add(both)
                elif both.anaphoric and not both.sides:
                    added.anaphoric = True  # "in a telephone call, the two leaders discussed"
                else:
                    added.add(members_met(block, top, prep, verb, self._reader, self._cues))
        return verb, added

    def _with_own_counterparts(self, noun: Token) -> bool:
        """ "consultations with her British and Canadian counterparts": she takes part as well."""
        return any(
            t.lemma_.lower() in self._cues.data.counterpart_nouns
            and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in t.children)
            for t in prep_objects(noun, _PARTNER)
        )

    def _attending(self, block: Block, verb: Token) -> Found:
        """ "met in Brussels, with the commissioner in attendance", "with X present"."""
        beside = prep_objects(verb, _PARTNER)
        there = [t for t in beside if any(c.lower_ in _PRESENT for c in t.subtree if c.i > t.i)]
        found = self._people(block, [*(c for t in there for c in conjuncts(t)), *companions(verb)])
        return Found([s for s in found.sides if s.party is not None or s.name is None])

    def _their_own(self, block: Block, noun: Token, top: Token) -> Found:
        """ "moved a meeting of their ministers", "put off their talks": those of the clause, if several."""
        heads = [noun, top, *prep_objects(noun, _BETWEEN)]
        if not any(c.dep_ == "poss" and c.lower_ == "their" for h in heads for c in h.children):
            return Found()
        verb = verb_of(top)
        doers = self._people(block, subjects(verb)) if verb is not None else Found()
        return doers if len(distinct_parties(doers.sides)) >= 2 else Found()

    def _closed(self, block: Block, noun: Token, verb: Token) -> bool:
        """ "postponed the talks between A and B": who arranges a meeting of two others is none of them."""
        if verb.lemma_.lower() not in self._cues.data.arranging_verbs:
            return False
        between = self._reader.read_all(block, prep_objects(noun, _BETWEEN))
        return len(distinct_parties(between.sides)) >= 2

    def _wanting(self, block: Block, noun: Token, verb: Token, named: set[str], owned: bool) -> Found:
        """ "called for a summit with Algeria", "a request from Peru for a meeting": those who want it."""
        added = Found()
        if owned or len(named) >= 2:
            return added
        asked = [c for c in verb.children if c.dep_ == "dobj" and self._cues.status.governor(c) == "proposed"]
        for request in asked:
            added.add(self._people(block, prep_objects(request, _FROM)))
            for child in request.children:
                if child.dep_ == "poss":
                    added.add(self._people(block, conjuncts(child)))
        if added.sides or prep_objects(noun, _PARTNER):
            added.add(self._others(block, subjects(verb), named | distinct_parties(added.sides)))
        return added

    def _noun_governor(
        self, block: Block, noun: Token, prep: Token, found: Found, owned: bool, added: Found
    ) -> tuple[Token | None, Found]:
        """ "X's readiness for talks with Y": the possessor takes part."""
        if (
            not owned
            and len(distinct_parties(found.sides)) < 2
            and prep.lower_ in {"for", "of", "to", "from"}
            and noun.lemma_ not in _AWAY
        ):
            for child in noun.children:
                if child.dep_ == "poss":
                    added.add(self._people(block, conjuncts(child)))
            if not added.sides and self._cues.status.governor(noun) == "proposed":
                # "a Chilean request for a meeting"
                parties = self._reader.modifier_parties(block, noun)
                added.add(Found([Side(None, party, actor) for party, actor in parties]))
            answer = noun.head if noun.dep_ == "dobj" else noun.head.head
            answered = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ == "to")
            if added.sides and answered and self._answers(answer):
                added.add(self._others(block, subjects(answer), distinct_parties(added.sides)))
            if not added.sides and noun.head.pos_ in {"VERB", "AUX"} and noun.dep_ == "dobj" and found.sides:
                added.add(self._others(block, subjects(noun.head), distinct_parties(found.sides)))
        if not owned and not added.sides:
            added.add(self._tellers.pleased(block, noun, distinct_parties(found.sides)))
        upper = verb_of(noun)
        if noun.lemma_ in {"venue", "date", "place", "host"} and upper is not None and not owned:
            # "proposed Djibouti as the venue for talks with Eritrea"
            if self._cues.status.governor(upper) is not None and len(distinct_parties(found.sides)) == 1:
                added.add(self._others(block, subjects(upper), distinct_parties(found.sides)))
            return upper, added
        return (noun.head if noun.head.pos_ in {"VERB", "AUX"} else None), added

    def _verb_sides(
        self,
        block: Block,
        verb: Token,
        named: set[str],
        owned: bool,
        hosts: Found,
        added: Found,
        *,
        partakes: bool = False,
    ) -> None:
        data = self._cues.data
        lemma = verb.lemma_.lower()
        if lemma in data.hosting_verbs:
            hosts.add(self._people(block, subjects(verb)))
            return
        off = self._cues.status.governor(verb) == "cancelled"  # "called off a trip"
        if (partakes or off or lemma in data.light_verbs) and not owned:
            added.add(self._people(block, subjects(verb)))
            added.add(
                self._people(block, [c for c in verb.children if c.dep_ == "dative" and c.pos_ == "PROPN"])
            )
            if lemma in _GRANTING:
                added.add(self._people(block, prep_objects(verb, frozenset({"to"}))))
        added.add(self._reader.read_all(block, self._targets(verb, _WITH)))

    def _people(self, block: Block, tokens: list[Token]) -> Found:
        found = self._reader.read_all(block, tokens)
        found.private = False
        return found

    def _others(self, block: Block, tokens: list[Token], named: set[str]) -> Found:
        """Subjects of another party than those named already."""
        found = self._people(block, tokens)
        found.sides = [s for s in found.sides if s.party not in named]
        return found

    def _form(self, noun: Token, top: Token, cue: NounCue) -> MeetingForm:
        data = self._cues.data
        for head in (noun, top):
            for child in head.children:
                if child.i < head.i:
                    for form, words in data.form_modifiers.items():
                        if child.lower_ in words:
                            return form
        above = [top.head.head] if top.dep_ == "pobj" else [top.head] if top.dep_ == "nsubjpass" else []
        above += [c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBN"]  # "held by video link"
        medium = medium_of([noun, top, *above], self._cues)
        return medium or cue.form


def _rule(cue: NounCue) -> str:
    if cue is ELLIPSIS:
        return "noun_ellipsis"
    return "noun_travel" if cue.travel else "noun_occasion"


def _between_two(noun: Token, found: Found) -> bool:
    """ "A conversation between X and Y", whose sides the page does not tell: of nobody else."""
    named = len(found.sides) == 2 and any(s.party is None and s.name for s in found.sides)
    return named and bool(prep_objects(noun, frozenset({"between"})))
