"""What a mention's words say of which occasion it means: another one, one more day, that of the two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues, hyphenated
from pipeline.extract.meetings.frames import prep_objects, subjects
from pipeline.extract.meetings.function_words import FOLLOWING, NUMBERED, RELOCATING
from pipeline.extract.meetings.modality import auxiliaries_of
from pipeline.extract.meetings.occasions import Occasion, overlap

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 14  # words behind "first" that say since when
_YEARS = frozenset({"years", "months", "decades", "weeks", "decade", "year"})
_VISITS = frozenset({"visit", "trip", "tour", "journey"})
_RANKS = frozenset({
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "latest",
    "last", "highest",
})  # fmt: skip


def on_another_day(candidate: Candidate, occasion: Occasion) -> bool:
    """Whether its words date it by the calendar, to no day of the occasion: "as on May 16, X led it"."""
    days, expression = occasion.days, candidate.expression
    if candidate.status not in {"held", "ongoing"}:
        return False  # "was put off to 20 March"
    if days is None or expression is None or expression.basis != "explicit" or expression.weekday_only:
        return False
    return bool(candidate.readings) and all(not overlap(r, days) for r in candidate.readings)


def renewed(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "the next round", "a second day of talks", "the third": another occasion of the same participants."""
    if candidate.event.pos_ in {"VERB", "AUX"}:
        return False
    heads = {candidate.event.i: candidate.event}
    if candidate.top is not None:
        heads[candidate.top.i] = candidate.top
    if any(t.dep_ == "attr" and (candidate.abstract or not _exists(t)) for t in heads.values()):
        return False  # "It will be the first gathering": the one told of
    if (hyphenated(candidate.event) or candidate.event.lemma_.lower()) in cues.data.renewing:
        return True  # "a follow-up in Astana"
    if any(_counted_behind(t) for t in heads.values()):
        return True
    return candidate.rule == "noun_ellipsis" or any(
        (c.lower_ in cues.data.renewing or NUMBERED.fullmatch(c.lower_))
        and not (c.lower_ == "first" and _first_in_long(c))
        for t in heads.values()
        for c in t.children
    )


def _exists(noun: Token) -> bool:
    """ "There will be no second round"."""
    return noun.tag_ == "NN" and any(c.dep_ == "expl" for c in noun.head.children)


def _counted_behind(noun: Token) -> bool:
    """ "Round 15 is due in May"."""
    behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    return noun.lemma_.lower() == "round" and behind is not None and behind.text.isdigit()


def _first_in_long(first: Token) -> bool:
    """ "Their first talks in seven years", "the first summit since 2019": how rare it is, not which one."""
    behind = first.doc[first.i + 1 : min(first.sent.end, first.i + _REACH)]
    return any(
        t.lower_ in {"since", "ever"}
        or (t.lower_ in _YEARS and any(p.lower_ in {"in", "for"} for p in t.doc[max(first.i, t.i - 5) : t.i]))
        for t in behind
    )


def apart(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "met separately over tea", "on the sidelines": a contact beside the occasion of the page.

    Likewise "The summit followed talks in Oslo": two occasions.
    """
    event, verb = candidate.event, candidate.governor
    follows = verb is not None and verb.lemma_.lower() in FOLLOWING and event.i < verb.i
    if follows and any(c.dep_ == "dobj" and cues.noun(c) is not None for c in candidate.verb.rights):
        return True
    heads = {t.i: t for t in (event, candidate.top, candidate.governor) if t is not None}
    near = [c for t in heads.values() for c in t.children]
    return any(
        c.lower_ in cues.data.apart
        or (c.dep_ == "prep" and any(o.lower_ in cues.data.apart for o in c.children))
        for c in near
    )


def attends(verb: Token, cues: MeetingCues) -> bool:
    """ "attended the meeting", "were present at the meeting"."""
    present = any(c.dep_ == "acomp" and c.lower_ == "present" for c in verb.children)
    return verb.lemma_.lower() in cues.data.attending_verbs or (verb.lemma_ == "be" and present)


def goes_on(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The two delegations met for five hours on Monday": on a day of talks that the page tells of."""
    doers = subjects(candidate.event) if candidate.rule == "verb_meet" else []
    return (
        candidate.reference and candidate.spot is None and bool(candidate.readings)
        and candidate.status in {"held", "ongoing"} and bool(doers)
        and all(d.lemma_.lower() in cues.data.delegations and d.tag_ == "NNS" for d in doers)
    )  # fmt: skip


def also(candidate: Candidate) -> bool:
    """ "He also met Z": besides whom the lines before tell of, in the past."""
    event = candidate.event
    return (
        candidate.rule == "verb_meet" and candidate.status == "held"
        and any(c.lower_ == "also" for c in event.lefts)
    )  # fmt: skip


def another_day(candidate: Candidate) -> bool:
    """ "a second day of talks": the same occasion goes on."""
    top = candidate.top
    return top is not None and top != candidate.event and top.lemma_ == "day"


def modified(event: Token, cues: MeetingCues) -> bool:
    """Whether the noun has a modifier that names a kind or a subject ("peace talks")."""
    return any(
        c.dep_ in {"amod", "compound"}
        and c.pos_ != "PROPN"
        and c.ent_type_ not in {"GPE", "NORP"}
        and (hyphenated(c) or c.lower_) not in cues.data.plain_modifiers
        and not NUMBERED.fullmatch(c.lower_)
        and cues.status.modifier(c.lower_) is None
        for c in event.children
    )


def foretold(candidate: Candidate) -> bool:
    """ "It was the first time the meeting would be held so": "would" of what the page knows as planned."""
    verb = candidate.governor
    would = verb is not None and any(c.lower_ in {"would", "'d", "’d"} for c in auxiliaries_of(verb))
    return would and candidate.reading.rule == "modal" and candidate.status in {"proposed", "scheduled"}


def comes_about(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The peace talks may start on Sunday": a process that begins on a day is an occasion."""
    event, verb = candidate.top or candidate.event, candidate.governor
    dated = candidate.abstract and bool(candidate.readings)
    begins = verb is not None and verb.lemma_.lower() in cues.status.takes_place
    return dated and begins and event.dep_ in {"nsubj", "nsubjpass"}


def in_passing(candidate: Candidate) -> bool:
    """ "told them of grounds for going into talks with X": a process, which nobody says was begun."""
    verb = candidate.governor
    named = candidate.event.dep_ == "pobj" and candidate.event.head.lower_ in {"into", "in", "to", "for"}
    return named and verb is not None and verb.tag_ == "VBG" and verb.dep_ == "pcomp"


def resumed(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The talks will resume on Friday", "are to continue in Oslo": one more of the same, or a day of it."""
    event, verb = candidate.top or candidate.event, candidate.governor
    if candidate.rule != "noun_occasion" or verb is None or event.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    below = (verb, *(c for c in verb.children if c.dep_ in {"xcomp", "acomp"}))
    goes = [v for v in below if v.lemma_.lower() in cues.data.resuming_verbs]
    return any(all(c.dep_ not in {"dobj", "xcomp"} for c in v.children) for v in goes)


def ranks(event: Token) -> bool:
    """ "The talks come after months of tension", "are the first since May": how one stands to others."""
    verb = event.head
    if verb.lemma_ == "be":
        told = [c for c in verb.children if c.dep_ == "attr"]
        return any(t.lower_ in _RANKS or any(c.lower_ in _RANKS for c in t.lefts) for t in told)
    if verb.lemma_ == "come":
        return any(c.dep_ in {"prep", "mark", "advcl"} and c.i > verb.i for c in verb.children)
    return verb.lemma_ in {"mark", "follow", "precede"}


def the_visit(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The visit comes amid strained ties": of which only the words before tell whose it is."""
    event = candidate.event
    bare = candidate.rule == "noun_travel" and not candidate.sides and candidate.spot is None
    pointed = any(c.lower_ in {"the", "this"} for c in event.lefts)
    told = event.dep_ in {"nsubj", "nsubjpass"} or (
        event.dep_ == "pobj" and event.head.lower_ in cues.status.after | {"during", "before"}
    )
    return bare and pointed and told and event.lemma_ in _VISITS and not modified(event, cues)


def relocated(candidate: Candidate) -> bool:
    """ "The meeting was moved to Lima", "will now take place in Lima": planned for another place before."""
    event, verb = candidate.top or candidate.event, candidate.governor
    if candidate.rule != "noun_occasion" or verb is None or not candidate.definite:
        return False
    moved = verb.lemma_ in RELOCATING and event.dep_ in {"nsubjpass", "dobj"}
    now = any(c.lower_ in {"now", "instead"} for c in verb.children) and candidate.status == "scheduled"
    return moved or (now and event.dep_ in {"nsubj", "nsubjpass"})


def one_before(candidate: Candidate) -> bool:
    """ "At the last Oslo meeting": another one than that just told of."""
    heads = {t.i: t for t in (candidate.event, candidate.top) if t is not None}  # "the last round of talks"
    return any(
        c.lower_ in {"last", "previous", "earlier", "preceding"} for t in heads.values() for c in t.children
    )


def telephoned(candidate: Candidate) -> bool:
    """ "During a telephone conversation, the two leaders discussed ...": a contact of those named before."""
    return candidate.form in {"phone", "video"} and not candidate.definite and not candidate.sides


def means_two_people(verb: Token) -> bool:
    """ "The two met", "the presidents spoke": two people named before."""
    doers = subjects(verb)
    return any(
        d.lower_ in {"two", "pair", "both", "they", "men", "leaders", "presidents", "ministers"}
        for d in doers
    )


def means_opponents(verb: Token) -> bool:
    """ "The sides", "ministers of the two countries": those whom the article is about."""
    doers = [*subjects(verb), *(c for c in verb.children if c.dep_ == "dobj")]
    doers += [t for d in doers for t in prep_objects(d, frozenset({"of", "from", "between"}))]
    return any(d.lower_ in OPPONENTS for d in doers)


BELONGING = frozenset({"of", "from"})
STATES = frozenset({"country", "nation", "state", "government", "capital", "neighbour", "neighbor"})
OPPONENTS = frozenset(
    {
        "sides",
        "parties",
        "delegations",
        "teams",
        "countries",
        "nations",
        "capitals",
        "governments",
        "foes",
        "rivals",
        "adversaries",
        "enemies",
        "neighbours",
        "neighbors",
    }
)


def without_place(candidate: Candidate) -> Candidate:
    """The candidate without date and place: only its words' context may decide who "the sides" are."""
    return Candidate(
        block=candidate.block, event=candidate.event, governor=candidate.governor, rule=candidate.rule,
        form="unknown", found=candidate.found, hosts=candidate.hosts, confidence=candidate.confidence,
        definite=True, status=candidate.status, reading=candidate.reading, reported=candidate.reported,
    )  # fmt: skip
