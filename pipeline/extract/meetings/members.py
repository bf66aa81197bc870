"""Blocs whose members decide where they meet: "EU leaders backed the loan at a summit in Brussels"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import direct_subjects
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.sides import Found, distinct_parties
from pipeline.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_SETTING: Final = frozenset({"at", "during"})
_GATHERING: Final = frozenset({"summit", "meeting", "session", "retreat", "gathering", "council", "conclave"})
_MEMBERS: Final = frozenset({"head", "chief", "member", "ambassador", "envoy", "government", "state"})


def members_met(
    block: Block, noun: Token, prep: Token, verb: Token, reader: SideReader, cues: MeetingCues
) -> Found:
    """The bloc whose members decide at the gathering that `noun` names; nobody if they are not told to."""
    told = verb.lemma_.lower() in cues.data.deciding_verbs and noun.lemma_.lower() in _GATHERING
    if not told or prep.lower_ not in _SETTING:
        return Found()
    doers = direct_subjects(verb)
    found = reader.read_all(block, doers)
    parties = distinct_parties(found.sides)
    if len(doers) != 1 or len(found.sides) != 1 or not parties <= cues.data.blocs or found.sides[0].name:
        return Found()
    return found if _all_of_them(doers[0], cues) else Found()


def _all_of_them(doer: Token, cues: MeetingCues) -> bool:
    """ "the EU", "EU leaders": not "an EU commissioner", "EU officials"."""
    if doer.pos_ == "PROPN":
        return doer.lower_ not in _MEMBERS
    return doer.tag_ == "NNS" and doer.lemma_.lower() in cues.data.principal_nouns | _MEMBERS
