"""Those who are at the talks of others: who opens or chairs them, who goes between the two teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import objects, own_words, prep_objects, subjects
from pipeline.extract.meetings.sides import distinct_parties, two_sided

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = frozenset({"between", "among", "with", "over", "to"})
_OVER = frozenset({"over", "at"})
_COUNTED = frozenset({"the", "two", "both"})
_HOSTING = frozenset({"verb_invite", "verb_host", "verb_receive", "verb_welcome", "verb_greet"})
_DEPARTING = frozenset({"leave", "depart", "fly", "return", "withdraw"})
_NEGOTIATING = frozenset({"delegation", "negotiator", "envoy", "delegate", "emissary", "mediator"})
_UNTIL = frozenset({"until", "till"})
_SPANS = frozenset({"hour", "minute"})
_FOR = frozenset({"for"})


def presides(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The premier has opened the conference", "presided over the session": of the one told of."""
    verb, event = candidate.governor, candidate.event
    if (
        candidate.rule != "noun_occasion"
        or verb is None
        or not candidate.definite
        or two_sided(candidate.sides)
    ):
        return False
    if verb.lemma_.lower() not in cues.data.presiding_verbs or not (candidate.sides or candidate.hosts.sides):
        return False
    below = event.dep_ == "pobj" and event.head.lower_ in _OVER and event.head.head == verb
    return below or (event.dep_ == "dobj" and event.head == verb)


def with_both(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "A Swiss diplomat shuttled between the two delegations": those who are at the talks told of."""
    verb = candidate.event
    if verb.pos_ != "VERB" or not candidate.found.anaphoric or two_sided(candidate.sides):
        return False
    if not candidate.sides or candidate.spot is not None or candidate.readings:
        return False
    met = [*objects(verb), *prep_objects(verb, _BETWEEN)]
    return any(_both_teams(t, cues) for t in met)


def _both_teams(token: Token, cues: MeetingCues) -> bool:
    at_talks = token.lemma_.lower() in cues.data.delegations | cues.data.table_nouns
    return at_talks and token.tag_ == "NNS" and any(c.lower_ in _COUNTED for c in token.lefts)


def lasts(candidate: Candidate) -> bool:
    """ "The two talked for three hours", "the pair sat there until dawn": one occasion, though undated."""
    verb = candidate.event
    if verb.pos_ != "VERB" or not candidate.found.anaphoric or candidate.sides or candidate.form == "phone":
        return False
    words = list(own_words(verb))
    until = any(t.lower_ in _UNTIL and t.dep_ == "prep" for t in words)
    span = any(t.lemma_ in _SPANS for t in prep_objects(verb, _FOR))
    return candidate.status == "held" and candidate.reading.tense == "past" and (until or span)


def of_joint_body(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The commission's technical committee will reconvene": of those whom most of the page is about."""
    doers = subjects(candidate.event) if candidate.event.pos_ == "VERB" else []
    return not candidate.sides and any(t.lemma_.lower() in cues.data.joint_bodies for t in doers)


def hosts_both(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "Qatar invited both foreign ministers to Doha": one has two others as guests, told of before."""
    verb = candidate.event
    if candidate.rule not in _HOSTING or not candidate.found.anaphoric or len(candidate.sides) != 1:
        return False
    guests = (t for t in objects(verb) if t.tag_ in {"NNS", "CD"})
    return any(
        t.lemma_.lower() in cues.data.anaphoric_groups and any(c.lower_ in _COUNTED for c in t.lefts)
        for t in guests
    )


def departed(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "The leaders of A and B left Lima on Friday", "envoys of C flew home from Doha": of talks there."""
    verb, spot = candidate.event, candidate.spot
    if candidate.rule != "presence" or verb.lemma_.lower() not in _DEPARTING or not candidate.readings:
        return False
    parties = distinct_parties(candidate.sides)
    if spot is None or spot.is_country or not parties or spot.country is None or spot.country in parties:
        return False
    sent = any(t.lemma_.lower() in _NEGOTIATING for t in subjects(verb))
    return candidate.status == "held" and (sent or len(parties) > 1)
