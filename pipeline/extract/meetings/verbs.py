"""Verbs that are a meeting themselves: meeting, phoning, travelling, staying, sending, inviting, telling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.companions import companions
from pipeline.extract.meetings.cues import MeetingCues, VerbCue
from pipeline.extract.meetings.frames import (
    agents,
    callee,
    conjuncts,
    is_passive,
    medium_of,
    objects,
    of_doer,
    own_words,
    prep_objects,
    prepositions,
    subjects,
    whole_list,
    with_particle,
)
from pipeline.extract.meetings.idioms import IdiomReader
from pipeline.extract.meetings.journeys import JourneyReader, made_at, person_like
from pipeline.extract.meetings.modality import is_denied, is_habit, is_to
from pipeline.extract.meetings.openings import beside_in_picture
from pipeline.extract.meetings.outings import outing
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import World
from pipeline.extract.meetings.products import brought_about
from pipeline.extract.meetings.sides import Found, distinct_parties, two_sided
from pipeline.model import Block, Links

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN = frozenset({"in", "at", "near", "outside"})
_SPANS = frozenset({"hour", "minute", "day", "week", "night", "evening", "morning", "afternoon"})
_OWN = frozenset({"his", "her", "its", "their", "our", "my"})
_GREETING = frozenset({"greet", "welcome", "escort", "embrace", "hug"})
_AT_TALKS = frozenset({"at", "in", "during"})
_ON_SITE = frozenset({"at", "in", "outside", "on"})
_DOORS = frozenset({"ministry", "step", "gate", "door", "entrance", "tarmac", "porch", "lobby"})
_ANEW = frozenset({"reconvene", "reassemble", "regroup"})
_ARTICLES = frozenset({"a", "an"})
_APPEAL = frozenset({"for", "on", "upon", "off", "into"})
_TELEPHONING = frozenset({"pick", "get"})
_STAYING = frozenset({"stay", "work", "remain", "sit", "expect"})
_NAMED_AS = frozenset({"nsubj", "pobj", "conj"})
_OF = frozenset({"of"})
_TOPIC = frozenset({"of", "about"})
_ENVOYS = frozenset(
    {"ambassador", "envoy", "diplomat", "attache", "attaché", "consul", "d'affaire", "d’affaire"}
)
_FACE_WORDS = frozenset({"face"})


class VerbReader:
    """Turns meeting verbs of one page into candidates."""

    def __init__(self, links: Links, reader: SideReader, world: World, cues: MeetingCues) -> None:
        self._links = links
        self._reader = reader
        self._world = world
        self._cues = cues
        self._idioms = IdiomReader(reader, cues)
        self._journeys = JourneyReader(links, reader, world, cues)

    def read(self, block: Block, verb: Token) -> Candidate | None:
        """The candidate of a verb, or None if the verb tells no meeting."""
        if verb.pos_ not in {"VERB", "AUX"} or beside_in_picture(verb):
            return None
        if is_habit(verb) or (verb.lemma_.lower() in self._cues.data.gesture_verbs and is_denied(verb)):
            return None
        cue = self._cues.verb(verb)
        if cue is not None:
            candidate = self._occasion(block, verb, cue)
            if candidate is not None:
                return candidate
        idiom = self._idioms.read(block, verb)
        if idiom is not None:
            return idiom
        together = outing(block, verb, self._links, self._reader, self._world, self._cues)
        if together is not None:
            return together
        lemma = verb.lemma_.lower()
        data = self._cues.data
        if lemma in data.leading_verbs and objects(verb):
            return self._journeys.leading(block, verb)
        if verb.pos_ == "VERB" and (lemma in data.travel_verbs or with_particle(verb) & data.travel_phrases):
            return self._journeys.travel(block, verb)
        if lemma in data.room_verbs:
            together = self._in_one_room(block, verb)
            if together is not None:
                return together
        if lemma in _TELEPHONING:
            return self._on_the_phone(block, verb)
        if lemma == "be":
            return self._on_the_phone(block, verb) or self._journeys.staying(block, verb)
        if lemma in _STAYING:
            return self._journeys.staying(block, verb)
        if lemma in data.sending_verbs:
            return self._journeys.sending(block, verb)
        if lemma in data.inviting_verbs:
            return self._journeys.inviting(block, verb)
        if lemma in data.telling_verbs:
            return self._telling(block, verb)
        return brought_about(block, verb, self._links, self._reader, self._world, self._cues)

    def _occasion(self, block: Block, verb: Token, cue: VerbCue) -> Candidate | None:
        passive = is_passive(verb)
        if "visit" in cue.needs:
            return self._journeys.visit(block, verb, cue)
        if "bare_object" in cue.needs and self._has_predicate(verb):
            return None
        doers = self._reader.read_all(block, agents(verb) if passive else subjects(verb))
        if doers.private and not passive:
            return None
        others = Found()
        if any(g.lower_ == "neither" for t in objects(verb) for g in t.lefts):
            return None  # "met neither X nor Y"
        targets = [*objects(verb), *prep_objects(verb, cue.preps)]
        if targets and all(self._internal(t) for t in targets):
            return None  # but "met X and his deputy"
        if cue.object:
            met = objects(verb) or callee(verb)
            if verb.lemma_ == "host" and any(self._cues.noun(t) is not None for t in met):
                return None  # "will host a meeting of the dialogue": the noun tells it
            if passive and not met and is_to(verb):
                met = subjects(verb)  # "had hoped to be received by X"
            others.add(self._reader.read_all(block, person_like(met)))
        others.add(self._reader.read_all(block, prep_objects(verb, cue.preps)))
        if not others.sides:
            # "by telephone with X", "discussed Gaza with X": the partner hangs on the medium or the subject.
            # But "spoke of her meeting with X": the partner of what is spoken of.
            topical = "talking" in cue.needs and any(p.lower_ in _TOPIC for p in prepositions(verb))
            inner = [t for p in prepositions(verb) if not topical for t in p.children if t.dep_ == "pobj"]
            done = [c for c in verb.children if c.dep_ == "dobj"] if not (cue.object or topical) else []
            inner += [*done, *(t for c in done for t in prep_objects(c, _OF))]
            others.add(self._reader.read_all(block, [t for i in inner for t in prep_objects(i, cue.preps)]))
        if verb.dep_ in {"xcomp", "acl", "relcl"} and is_to(verb):
            doers.add(self._offerers(block, verb))
        if any(c.lower_ == "again" for c in verb.children) and any(t.lower_ == "we" for t in subjects(verb)):
            doers.anaphoric = True  # "we'll talk again next week": with whom was told before
        if "face" in cue.needs:
            face = next((c for c in verb.children if c.lower_ in _FACE_WORDS), None)
            if face is None:
                return None
            deeper = [t for c in face.children for p in c.children for t in prep_objects(p, cue.preps)]
            others.add(self._reader.read_all(block, deeper))
            others.add(self._reader.read_all(block, prep_objects(face, cue.preps)))
        if others.private and not distinct_parties(others.sides):
            return None  # but "met the minister and his deputy"
        if not doers.sides and any(t.lemma_.lower() in self._cues.data.joint_bodies for t in subjects(verb)):
            others.add(self._members(block, verb))
            doers.anaphoric = not others.sides and any(self._joint(t) for t in subjects(verb))
        found, hosts = Found(), Found()
        hosting = verb.lemma_.lower() in self._cues.data.hosting_verbs and two_sided(others.sides)
        if hosting and not self._among_equals(doers, verb):
            hosts = doers  # "Qatar hosted the Israeli and Lebanese teams": it takes no part
        else:
            found.add(doers)
        found.add(others)
        if two_sided(found.sides):
            found.add(self._beside(block, verb))
        elif not targets:
            found.add(self._reader.read_all(block, whole_list(verb)))
        if self._domestic(verb, found):
            return None
        if passive and verb.lemma_.lower() in self._cues.data.hosting_verbs and not others.sides:
            return None  # "the event is hosted by X and Y"
        medium = medium_of([verb], self._cues)
        spot = self._journeys.place_near(block, verb)
        about = {t.i for p in self._journeys.told_about(verb) if not _tells_day(p) for t in p.subtree}
        words = [t for t in own_words(verb) if t.i not in about]
        dated = any(
            t.ent_type_ in {"DATE", "TIME"} or is_weekday(t.lower_) or t.lemma_ in _SPANS for t in words
        )
        if spot is None:
            topics = {t.i for o in objects(verb) for t in o.subtree} if verb.lemma_ == "discuss" else set()
            named = (t for t in words if t.pos_ == "PROPN" and t.i not in topics and not of_doer(t))
            spots = (self._world.at(self._links, block.block_no, t) for t in named)
            spot = next((s for s in spots if s is not None and not s.is_country), None)
        needs = cue.needs
        denied = "joint" in needs and spot is None and is_denied(verb)
        if denied and all(self._cues.noun(t) is None for t in prep_objects(verb, _AT_TALKS)):
            return None  # "never discussed it with X"; but "did not discuss it at the talks"
        repeated = any(t.lower_ in self._cues.data.frequencies for t in words)
        last = any(t.lower_ == "last" and t.dep_ == "advmod" for t in verb.lefts)  # "when they last met"
        there = any(t.lower_ == "where" for t in verb.lefts)  # "visited Lima, where he discussed it with X"
        marker = spot is not None or dated or medium is not None or repeated or last or there
        marker = marker or (verb.lemma_.lower() in _GREETING and self._on_site(verb, others))
        several = bool(distinct_parties(doers.sides) & self._cues.data.blocs) or any(
            s.name in self._cues.data.state_bodies for s in doers.sides
        )
        blocs = several and dated and (spot is not None or medium is not None)
        received = passive and cue.object and cue.form == "in_person" and not doers.sides
        if received and spot is not None and self._journeys.abroad(others, spot):
            # "was received at the Kremlin": the host is the place's state.
            return made_at(block, verb, f"verb_{verb.lemma_.lower()}", others, spot, 0.65)
        both = (
            two_sided(found.sides)
            or bool(others.sides and doers.anaphoric)
            or bool(doers.sides and others.anaphoric)
        )
        # Both sides must be seen, save in a plural subject that stands for them ("the sides met").
        if "other" in needs and not blocs and not both and not (found.anaphoric and marker):
            return None
        if "plural" in needs and not (len(distinct_parties(found.sides)) >= 2 or found.anaphoric or several):
            return None
        progressive = verb.tag_ == "VBG" and verb.dep_ == "advcl" and len(distinct_parties(found.sides)) >= 2
        # "spoke with": two office holders; "spoke to" may be an interview.
        mutual = two_sided(found.sides) and any(p.lower_ == "with" for p in prepositions(verb))
        jointly = "joint" in needs and verb.tag_ in {"VBD", "VBN"} and not passive and _together(doers)
        if "marker" in needs and not (marker or progressive or jointly or (mutual and "talking" in needs)):
            return None
        if "guest" in needs and not others.sides and not (passive and doers.sides):
            return None  # "agreed to receive fresh drafts": no guest
        if "envoy" in needs and not any(t.lemma_.lower() in _ENVOYS for t in objects(verb)):
            return None
        if "named" in needs and not any(s.name for s in others.sides):
            return None
        if "place_or_date" in needs and spot is None and not dated:
            return None
        told_first = any(
            c.dep_ == "nsubj" and c.lower_ in {"i", "we", "you"} for c in verb.children
        ) and two_sided(found.sides)
        if "marker_or_purpose" in needs and not (marker or self._journeys.purpose(verb) or told_first):
            return None
        if "marker_or_particle" in needs and not (marker or any(c.lower_ == "down" for c in verb.children)):
            return None
        form = medium or ("in_person" if spot is not None and cue.form == "unknown" else cue.form)
        return Candidate(
            block=block, event=verb, governor=verb, rule=f"verb_{verb.lemma_.lower()}", form=form,
            found=found, hosts=hosts, confidence=0.85, reference=found.anaphoric and not found.sides,
        )  # fmt: skip

    def _beside(self, block: Block, verb: Token) -> Found:
        """ "met X, accompanied by Y": who came with those who met; a wife or an aide is no side."""
        beside = self._reader.read_all(block, companions(verb))
        return Found([s for s in beside.sides if s.party is not None])

    def _among_equals(self, doers: Found, verb: Token) -> bool:
        """ "The chancellor hosts the French and Polish leaders": a leader has leaders as guests."""
        principal = self._cues.data.principal_nouns
        guests = objects(verb)
        return (
            any(s.name for s in doers.sides) or any(t.lemma_.lower() in principal for t in subjects(verb))
        ) and all(t.lemma_.lower() in principal or t.ent_type_ == "PERSON" for t in guests)

    def _on_site(self, verb: Token, met: Found) -> bool:
        """ "X greets Y at the foreign ministry": a building is a place, though it names no city."""
        sites = self._cues.data.site_nouns | _DOORS
        return any(s.name for s in met.sides) and any(
            t.lemma_.lower() in sites for t in prep_objects(verb, _ON_SITE)
        )

    def _domestic(self, verb: Token, found: Found) -> bool:
        """ "met the Greens for coalition talks": nobody of another state is named."""
        if len(distinct_parties(found.sides)) > 1:
            return False
        modifiers = self._cues.data.domestic_modifiers
        return any(c.lower_ in modifiers for t in own_words(verb) for c in t.lefts if t.pos_ == "NOUN")

    def _internal(self, token: Token) -> bool:
        """ "met his security cabinet": one country's own."""
        return token.lemma_.lower() in self._cues.data.internal_nouns and any(
            c.dep_ == "poss" and c.lower_ in _OWN for c in token.children
        )

    def _joint(self, body: Token) -> bool:
        """ "the joint commission", "their border committee": of those whom the page tells of."""
        words = {c.lower_ for c in body.lefts}
        # "The committee will next meet in Siem Reap": the one that met before.
        anew = any(c.lower_ in {"next", "again"} for c in body.head.children)
        part = [
            c for c in body.lefts if c.dep_ == "poss" and c.lemma_.lower() in self._cues.data.joint_bodies
        ]
        words |= {w.lower_ for c in part for w in c.lefts}  # "the commission's technical committee"
        anew = anew or (body.head.lemma_.lower() in _ANEW and (bool(part) or "their" in words))
        return (
            body.lemma_.lower() in self._cues.data.joint_bodies
            and bool(words & {"the", "their"})
            and (anew or bool(words & self._cues.data.joint_modifiers))
        )

    def _members(self, block: Block, verb: Token) -> Found:
        """ "The committee met, with Sudan and Ethiopia represented": the states of its own clause."""
        named = [t for t in verb.subtree if t.pos_ == "PROPN" and t.dep_ in _NAMED_AS]
        behind = [t for s in subjects(verb) for t in s.subtree if t.i > s.i and t.pos_ == "NOUN"]
        made_of = [
            t for t in behind if t.dep_ in {"pobj", "dobj", "conj"}
        ]  # "of Lebanese and Israeli officers"
        found = self._reader.read_all(block, [*named, *made_of])
        if len(distinct_parties(found.sides)) < 2:
            return Found()
        return Found([s for s in found.sides if s.name is None])

    def _offerers(self, block: Block, verb: Token) -> Found:
        """ "rejected Ukrainian overtures to meet": those whose offer it is."""
        noun = verb.head
        if noun.pos_ == "VERB":
            nouns = [c for c in noun.children if c.dep_ == "dobj" and c.i == verb.i - 2]
            noun = nouns[0] if nouns else noun
        if noun.pos_ != "NOUN" or self._cues.status.governor(noun) != "proposed":
            return Found()
        found = Found()
        for party, actor in self._reader.modifier_parties(block, noun):
            found.add(self._reader.party(party, actor))
        upper = noun.head
        if noun.dep_ == "dobj" and upper.pos_ == "VERB":
            found.add(self._reader.read_all(block, subjects(upper)))
        return found

    @staticmethod
    def _has_predicate(verb: Token) -> bool:
        """ "called X a liar", "called for", "called the plan a basis": no conversation."""
        if _named_behind(verb):
            return True
        if any(
            (c.dep_ in {"oprd", "ccomp", "acomp", "prt"} and c not in callee(verb))
            or (
                c.dep_ in {"prep", "mark"}
                and c.lower_ in _APPEAL
                and all(t.dep_ != "pobj" for t in c.children)
            )
            or (c.dep_ == "xcomp" and not is_to(c))
            for c in verb.children
        ):
            return True
        if any(
            p.lower_ in {"for", "on", "upon", "off", "into"}
            and any(t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"} for t in p.children)
            for p in prepositions(verb)
        ):
            return True
        direct = [c for c in verb.children if c.dep_ == "dobj"] or callee(verb)
        return (len(direct) != 1 and not is_passive(verb)) or (is_passive(verb))

    def _on_the_phone(self, block: Block, verb: Token) -> Candidate | None:
        """ "has been on the phone to his Iranian counterpart"."""
        picked_up = any(c.dep_ == "dobj" and c.lemma_ in {"phone", "telephone"} for c in verb.children)
        if medium_of([verb], self._cues) != "phone" and not picked_up:
            return None
        inner = [verb, *(t for p in prepositions(verb) for t in p.children if t.dep_ == "pobj")]
        found = self._reader.read_all(block, subjects(verb))
        found.add(
            self._reader.read_all(
                block, [t for i in inner for t in prep_objects(i, frozenset({"to", "with"}))]
            )
        )
        if found.private or not two_sided(found.sides):
            return None
        return Candidate(
            block=block, event=verb, governor=verb, rule="verb_on_the_phone", form="phone", found=found,
            hosts=Found(), confidence=0.7,
        )  # fmt: skip

    def _in_one_room(self, block: Block, verb: Token) -> Candidate | None:
        """ "have not been in one room with the Russians", "would not enter one room with the rebels"."""
        words = list(own_words(verb))
        if not any(t.lemma_ in self._cues.data.room_nouns and t.dep_ in {"pobj", "dobj"} for t in words):
            return None
        others = [t for p in words if p.lower_ == "with" for t in p.children if t.dep_ == "pobj"]
        partners = self._reader.read_all(block, [c for t in others for c in conjuncts(t)])
        found = self._reader.read_all(block, subjects(verb))
        found.add(partners)
        if found.private or not partners.sides or not two_sided(found.sides):
            return None
        return Candidate(
            block=block, event=verb, governor=verb, rule="verb_one_room", form="in_person", found=found,
            hosts=Found(), confidence=0.6,
        )  # fmt: skip

    def _telling(self, block: Block, verb: Token) -> Candidate | None:
        """ "X told Polish officials in Warsaw": both were there, if the place is no capital that speaks."""
        listeners = person_like(objects(verb))
        told = self._reader.read_all(block, listeners)
        speakers = self._reader.read_all(block, agents(verb) if is_passive(verb) else subjects(verb))
        visiting = any(c.lower_ == "visiting" for t in listeners for c in t.lefts)
        medium = medium_of([verb, *listeners], self._cues)
        by_phone = medium in {"phone", "video"} and not told.private and not speakers.private
        if by_phone and medium is not None and two_sided([*speakers.sides, *told.sides]):
            speakers.add(told)  # "told her counterpart by phone"
            return replace(made_at(block, verb, "verb_tell_by_phone", speakers, None, 0.75), form=medium)
        if told.private or speakers.private or not (visiting or any(s.name for s in speakers.sides)):
            return None
        spot = None
        for head in [verb, *objects(verb)]:
            for target in prep_objects(head, _IN):
                spot = spot or self._world.at(self._links, block.block_no, target)
        if spot is None:
            if not visiting or not two_sided([*speakers.sides, *told.sides]):
                return None
            speakers.add(told)  # "told visiting Foreign Minister Roe": he came to hear it
            return made_at(block, verb, "verb_tell_visitor", speakers, None, 0.75)
        if not told.sides and spot.country is not None and any(self._of_place(t) for t in listeners):
            told.add(self._reader.party(spot.country, None))  # "warned officials in Kyiv": those of the place
        if not told.sides:
            return None
        found = Found()
        found.add(speakers)
        found.add(told)
        if not two_sided(found.sides) and not (
            spot.country is not None and spot.country in {s.party for s in told.sides}
        ):
            return None
        return made_at(block, verb, "verb_tell_in_place", found, spot, 0.75)

    def _of_place(self, listener: Token) -> bool:
        """Whether those spoken to somewhere are that state's own: officials may be, ambassadors are not."""
        lemma = listener.lemma_.lower()
        return lemma in self._world.actor_nouns and lemma not in _ENVOYS


def _tells_day(prep: Token) -> bool:
    """Whether what stands after "on" is a day: "briefed him on Monday"."""
    return any(c.ent_type_ == "DATE" or is_weekday(c.lower_) for c in prep.children)


def _named_behind(verb: Token) -> bool:
    """ "called the premier a friend": what the object is called stands right behind it."""
    for met in (c for c in verb.children if c.dep_ in {"dobj", "oprd"} and c.i > verb.i):
        # The parser hangs the predicate on the name or the verb, so only its place tells.
        for noun in (c for h in (verb, met) for c in h.rights if c.i > met.i and c.pos_ in {"NOUN", "PROPN"}):
            opens = noun.left_edge
            bare = opens.lower_ in _ARTICLES and opens.nbor(-1).pos_ != "PUNCT"
            if bare and noun.ent_type_ not in {"DATE", "TIME"} and noun.lemma_ not in _SPANS | {"time"}:
                return True
    return False


def _together(doers: Found) -> bool:
    """ "Presidents X and Y have discussed the plan": people of two states, who did so with each other."""
    named = {s.party for s in doers.sides if s.name and s.party is not None}
    return len(named) >= 2 and all(s.name for s in doers.sides)


def meeting_verbs(cues: MeetingCues) -> frozenset[str]:
    """Lemmas of the verbs that `VerbReader.read` asks for: of all others it makes nothing."""
    data = cues.data
    return frozenset(data.verbs).union(
        (verb.removesuffix("e") for verb in data.verbs),
        *(idiom.verbs for idiom in data.idioms),
        data.shared_acts,
        data.leading_verbs,
        data.travel_verbs,
        (phrase.rpartition(" ")[0] for phrase in data.travel_phrases),
        data.room_verbs,
        _TELEPHONING,
        {"be"},
        _STAYING,
        data.sending_verbs,
        data.inviting_verbs,
        data.telling_verbs,
        data.product_verbs,
    )
