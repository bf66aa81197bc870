"""Those who stay away from a meeting: they take no part in it, and it is not off for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import prep_objects
from pipeline.extract.meetings.modality import auxiliaries_of, is_denied, is_to, told_in_past
from pipeline.extract.meetings.modifiers import DEFINITE
from pipeline.extract.meetings.readings import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH = frozenset({"with"})
_FROM = frozenset({"from", "of", "in", "at", "out", "to"})
_CLIMB = 3


def stays_away(noun: Token, top: Token, cues: MeetingCues) -> Token | None:
    """The verb by which its subject keeps away from the occasion of the noun, or None.

    "skipped the summit", "stayed away from the talks", "did not attend", "declined to join". Not "boycotted
    talks with Iran": there is no occasion without the one who refuses.
    """
    if prep_objects(noun, _WITH) or prep_objects(top, _WITH):
        return None
    for verb in _verbs_over(top):
        if _absent(verb, cues) and not is_denied(verb):
            return verb
        if verb.lemma_.lower() in cues.data.sending_verbs:
            return verb if is_denied(verb) else None
        if verb.lemma_.lower() in cues.data.attending_verbs and (
            _refused(verb, cues) or _not_expected(verb, top, cues)
        ):
            return verb
    return None


def _not_expected(verb: Token, top: Token, cues: MeetingCues) -> bool:
    """ "was not expected to attend the dinner"; but without "a new round" there may be none."""
    above = verb.head
    planned = verb.dep_ == "xcomp" and cues.status.governor(above) == "scheduled"
    return planned and is_denied(above) and any(c.lower_ in DEFINITE for c in top.lefts)


def absent_reading(verb: Token) -> Reading:
    """What the clause on who stays away says of the occasion: only when it is."""
    if verb.dep_ == "acl" and is_to(verb):
        return Reading("scheduled", "future", "stays_away")  # "the decision not to attend"
    current = verb
    while current.dep_ == "xcomp" and current.head.pos_ in {"VERB", "AUX"}:
        current = current.head
    words = {a.lower_ for a in auxiliaries_of(current)}
    if words & {"will", "'ll", "’ll", "wo", "would"} and not ("would" in words and not told_in_past(current)):
        return Reading("scheduled", "future", "stays_away")
    if current != verb:
        return Reading(None, None, "stays_away")  # "declined to attend Friday's summit": before or after
    if current.tag_ in {"VBD", "VBN"} or words & {"did", "was", "were", "had", "has", "have"}:
        return Reading("held", "past", "stays_away")
    return Reading(None, "present", "stays_away")


def _verbs_over(noun: Token) -> Iterator[Token]:
    above = noun.head
    by_whom = noun.dep_ == "nsubjpass" and any(c.dep_ == "agent" for c in above.children)
    if (noun.dep_ == "dobj" or by_whom) and above.pos_ == "VERB":
        yield above  # "skipped the summit", "the summit was boycotted by Peru"
    if noun.dep_ == "pobj" and above.lower_ in _FROM:
        for _ in range(_CLIMB):
            above = above.head
            if above.pos_ in {"VERB", "AUX"} or above.lemma_ == "absent":
                yield above
                return
            if above.pos_ not in {"ADP", "ADV"} and above.lemma_ != "part":
                return


def _absent(verb: Token, cues: MeetingCues) -> bool:
    lemma = verb.lemma_.lower()
    known = cues.data.absence_verbs
    return lemma in known or any(f"{lemma} {c.lower_}" in known for c in verb.children)


def _refused(verb: Token, cues: MeetingCues) -> bool:
    """ "did not attend", "declined to take part", "failed to join"."""
    above = verb.head
    if verb.dep_ == "xcomp" and not is_denied(verb):
        refuses = cues.status.governor(above) == "ruled_out" or above.lemma_ == "fail"
        return refuses and not is_denied(above)
    return is_denied(verb)
