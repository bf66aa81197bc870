"""Reference data of the meeting extractor: the models of `meetings.yaml` and look-ups over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.model import MeetingForm, MeetingStatus
from pipeline.reference import Strict, load_reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_PARTS = 6  # tokens between the first and the last of "tête-à-tête" with its hyphens
NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X"})
"""Parts of speech that the nouns of meetings are tagged with."""
HYPHENS = frozenset({"-", "‑"})
_SPANS = frozenset({"minute", "hour", "day", "week", "month"})
_OF_NOUNS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "attr"})
_PARTICLES = frozenset({"off", "out", "through", "back", "apart"})
Need = Literal[
    "other",
    "marker",
    "plural",
    "visit",
    "bare_object",
    "face",
    "place_or_date",
    "marker_or_purpose",
    "marker_or_particle",
    "talking",
    "named",
    "envoy",
    "guest",
    "joint",
]


class NounCue(Strict):
    """A noun that names an occasion; the keys are explained in the file."""

    form: MeetingForm
    abstract: bool = False
    weak: bool = False
    travel: bool = False
    ordinal: bool = False
    persons: bool = False


class VerbCue(Strict):
    """A verb that is an occasion itself; the keys are explained in the file."""

    form: MeetingForm
    object: bool = False
    preps: frozenset[str] = frozenset()
    needs: frozenset[Need] = frozenset()
    travel: bool = False


class Idiom(Strict):
    """A verb that tells a contact together with a fixed word; the keys are explained in the file."""

    verbs: frozenset[str]
    words: frozenset[str] = frozenset()
    form: MeetingForm
    object: bool = False
    preps: frozenset[str] = frozenset()
    named: bool = False
    between: bool = False
    asking: bool = False
    plain: bool = False
    mutual: bool = False
    hosting: bool = False
    marked: bool = False
    joint: bool = False
    placed: bool = False


class LevelWords(Strict):
    """What names one level at which people meet: offices of those who do, and words for all of them."""

    offices: frozenset[str]
    phrases: frozenset[str]


class StatusFile(Strict):
    """The `status` part of the file."""

    governors: dict[MeetingStatus, frozenset[str]]
    standing: dict[MeetingStatus, frozenset[str]]
    mere_thoughts: frozenset[str]
    weighing: frozenset[str]
    thanking: frozenset[str]
    modals: dict[MeetingStatus, frozenset[str]]
    modifiers: dict[MeetingStatus, frozenset[str]]
    takes_place: frozenset[str]
    lasting: frozenset[str]
    departures: frozenset[str]
    holding: frozenset[str]
    obtaining: frozenset[str]
    planning: frozenset[str]
    wishing: frozenset[str]
    striving: frozenset[str]
    confirming: frozenset[str]
    informing: frozenset[str]
    yielding: frozenset[str]
    after: frozenset[str]
    during: frozenset[str]
    before: frozenset[str]
    until: frozenset[str]
    outcomes: frozenset[str]
    beside: frozenset[str]


class MeetingFile(Strict):
    """The whole file."""

    nouns: dict[str, NounCue]
    excluded_modifiers: frozenset[str]
    judging_modifiers: frozenset[str]
    excluded_complements: frozenset[str]
    round_complements: frozenset[str]
    appeal_prepositions: frozenset[str]
    form_modifiers: dict[MeetingForm, frozenset[str]]
    form_media: dict[MeetingForm, frozenset[str]]
    video_adverbs: frozenset[str]
    light_verbs: frozenset[str]
    hosting_verbs: frozenset[str]
    shifting_verbs: frozenset[str]
    rescheduling_verbs: frozenset[str]
    absence_verbs: frozenset[str]
    attending_verbs: frozenset[str]
    presiding_verbs: frozenset[str]
    outcome_verbs: frozenset[str]
    outcome_nouns: dict[str, MeetingStatus]
    judging_verbs: frozenset[str]
    plan_nouns: frozenset[str]
    arranging_verbs: frozenset[str]
    habitual_modifiers: frozenset[str]
    domestic_modifiers: frozenset[str]
    principal_nouns: frozenset[str]
    site_nouns: frozenset[str]
    seated_fixtures: dict[str, str]
    wide_regions: frozenset[str]
    telling_verbs: frozenset[str]
    briefing_verbs: frozenset[str]
    deciding_verbs: frozenset[str]
    aloof_verbs: frozenset[str]
    verbs: dict[str, VerbCue]
    idioms: tuple[Idiom, ...]
    gesture_verbs: frozenset[str]
    shared_acts: frozenset[str]
    leading_verbs: frozenset[str]
    short_bodies: frozenset[str]
    sides_led: frozenset[str]
    joint_bodies: frozenset[str]
    joint_modifiers: frozenset[str]
    frequencies: frozenset[str]
    ordinals: frozenset[str]
    renewing: frozenset[str]
    resuming_verbs: frozenset[str]
    pronoun_passives: frozenset[str]
    pronoun_verbs: frozenset[str]
    other_events: frozenset[str]
    apart: frozenset[str]
    travel_verbs: frozenset[str]
    travel_phrases: frozenset[str]
    meals: frozenset[str]
    travel_needs_purpose: frozenset[str]
    sending_verbs: frozenset[str]
    armed_nouns: frozenset[str]
    inviting_verbs: frozenset[str]
    anaphoric_groups: frozenset[str]
    anaphoric_determiners: frozenset[str]
    counterpart_nouns: frozenset[str]
    group_nouns: frozenset[str]
    bare_groups: frozenset[str]
    private_nouns: frozenset[str]
    local_nouns: frozenset[str]
    private_modifiers: frozenset[str]
    adversary_nouns: frozenset[str]
    adversary_bodies: frozenset[str]
    armed_modifiers: frozenset[str]
    ruling_nouns: frozenset[str]
    delegations: frozenset[str]
    titles_for: frozenset[str]
    movement_nouns: frozenset[str]
    rival_modifiers: frozenset[str]
    rival_nouns: frozenset[str]
    state_epithets: frozenset[str]
    room_verbs: frozenset[str]
    room_nouns: frozenset[str]
    timed_by: frozenset[str]
    situated_nouns: frozenset[str]
    work_verbs: frozenset[str]
    discussion_verbs: frozenset[str]
    presence_verbs: frozenset[str]
    leaving_verbs: frozenset[str]
    table_nouns: frozenset[str]
    internal_nouns: frozenset[str]
    conducting_verbs: frozenset[str]
    tabling_verbs: frozenset[str]
    plain_modifiers: frozenset[str]
    blocs: frozenset[str]
    state_bodies: frozenset[str]
    member_nouns: frozenset[str]
    backer_nouns: frozenset[str]
    movement_heads: frozenset[str]
    forums: frozenset[str]
    product_nouns: frozenset[str]
    product_verbs: frozenset[str]
    twin_states: dict[str, tuple[str, ...]]
    european_parties: frozenset[str]
    family_first_states: frozenset[str]
    levels: dict[str, LevelWords]
    status: StatusFile


_TALKED_OF = frozenset({"subject", "topic", "notion"})


def _of_any(noun: Token) -> bool:
    """Whether what stands behind "of" is any one of its kind: "a meeting", "talks"."""
    behind = [t for p in noun.rights if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"]
    return bool(behind) and all(
        c.lower_ in _INDEFINITE for t in behind for c in t.lefts if c.dep_ in _POINTERS
    )


_INDEFINITE = frozenset({"a", "an", "any", "such", "another"})
_POINTERS = frozenset({"det", "poss", "nmod", "nummod", "npadvmod"})


@dataclass(frozen=True)
class StatusCues:
    """Look-ups of the status part, keyed by lemma or word."""

    by_governor: dict[str, MeetingStatus]
    by_modifier: dict[str, MeetingStatus]
    modals: dict[MeetingStatus, frozenset[str]]
    takes_place: frozenset[str]
    lasting: frozenset[str]
    departures: frozenset[str]
    holding: frozenset[str]
    obtaining: frozenset[str]
    planning: frozenset[str]
    wishing: frozenset[str]
    striving: frozenset[str]
    confirming: frozenset[str]
    informing: frozenset[str]
    yielding: frozenset[str]
    travel: frozenset[str]
    after: frozenset[str]
    during: frozenset[str]
    before: frozenset[str]
    until: frozenset[str]
    outcomes: frozenset[str]
    beside: frozenset[str]
    habitual: frozenset[str]
    mere_thoughts: frozenset[str]
    weighing: frozenset[str]
    thanking: frozenset[str]
    by_standing: dict[str, MeetingStatus]

    def governor(self, token: Token) -> MeetingStatus | None:
        """Status that the word gives to what it governs; a verb is looked up with its particle first."""
        lemma = token.lemma_.lower()
        if lemma == "open" and token.pos_ == "VERB":
            return None  # "opened a ministerial"; it is "open to talks" that only offers them
        if lemma == "call" and any(c.dep_ == "oprd" for c in token.children):
            return None  # "called the talks useful"
        if lemma in _TALKED_OF and not _of_any(token):
            return None  # "the topics of the July 10 meeting"; "the subject of a meeting" is one to come
        for child in token.children:
            # "put the talks on indefinite hold": the parser may hang it on the talks
            inner = [c for c in child.rights if c.dep_ == "prep"] if child.dep_ == "dobj" else []
            for prep in [child, *inner]:
                for noun in prep.children if prep.dep_ == "prep" else ():
                    idiom = self.by_governor.get(f"{lemma} {prep.lower_} {noun.lower_}")
                    if idiom is not None:
                        return idiom  # "put on hold"
            # "pulled out of", "fell through hours before": the preposition is the verb's particle
            alone = child.dep_ == "advmod" or (
                child.dep_ == "prep" and all(c.lower_ == "of" or c.lemma_ in _SPANS for c in child.children)
            )
            if child.dep_ == "prt" or (alone and child.lower_ in _PARTICLES):
                phrasal = self.by_governor.get(f"{lemma} {child.lower_}")
                if phrasal is not None:
                    return phrasal
        if lemma in {"early", "soon"} and any(c.lower_ == "too" for c in token.children):
            return "ruled_out"  # "too early for talks"
        known = self.by_governor.get(lemma)
        if known is None and token.lower_.startswith(f"{lemma}e"):
            known = self.by_governor.get(f"{lemma}e")  # the lemma of "hopes" comes out as "hop"
        return known

    def meets(self, verb: Token) -> bool:
        """Whether the verb holds a meeting itself, so that what follows "before" is a next one."""
        return verb.lemma_.lower() in self.holding or verb.lemma_.lower() in {
            "meet",
            "visit",
            "see",
            "host",
            "speak",
        }

    def modifier(self, word: str) -> MeetingStatus | None:
        return self.by_modifier.get(word)

    def standing(self, prep: Token) -> MeetingStatus | None:
        """Status that the preposition with its noun tells: "on the agenda", "under discussion"."""
        words = (f"{prep.lower_} {c.lemma_.lower()}" for p in (prep, *prep.children) for c in p.children)
        return next((s for s in map(self.by_standing.get, words) if s is not None), None)

    def outcome(self, token: Token) -> bool:
        return token.lemma_.lower() in self.outcomes


@dataclass(frozen=True)
class MeetingCues:
    """Everything the extractor knows of words."""

    data: MeetingFile
    status: StatusCues

    def noun(self, token: Token) -> NounCue | None:
        """The cue of a meeting noun; the word as written wins over its lemma."""
        whole = hyphenated(token)
        if whole is not None:
            adverb = token.dep_ == "npadvmod" and token.head.pos_ == "VERB"  # "met face-to-face"
            return self.data.nouns.get(whole) if whole != token.lower_ and not adverb else None
        if token.pos_ not in NOUNS and not _misread_talks(token):
            return None
        return self.data.nouns.get(token.lower_) or self.data.nouns.get(token.lemma_.lower())

    def verb(self, token: Token) -> VerbCue | None:
        if token.pos_ not in {"VERB", "AUX"} or _misread_talks(token) or _talks_after(token):
            return None
        lemma = token.lemma_.lower()
        # Lemmas of rare verbs come out clipped: "din" for "dined".
        return self.data.verbs.get(lemma) or self.data.verbs.get(f"{lemma}e")


def is_tagged_verb(token: Token) -> bool:
    """Whether it is "talks" as the tagger takes it for a verb."""
    return token.lower_ == "talks" and token.tag_ == "VBZ"


def _misread_talks(token: Token) -> bool:
    """ "at the Abu Dhabi talks": the noun, which the tagger takes for the verb behind a rare name."""
    return is_tagged_verb(token) and token.dep_ in _OF_NOUNS


def _talks_after(token: Token) -> bool:
    """ "after Abu Dhabi talks with them": likewise, behind a city that the parser makes its subject."""
    if not is_tagged_verb(token) or token.dep_ != "advcl":
        return False
    where = [c for c in token.lefts if c.dep_ == "nsubj"]
    marked = any(c.dep_ == "mark" and c.lower_ in {"after", "following", "before"} for c in token.lefts)
    return marked and len(where) == 1 and where[0].ent_type_ in {"GPE", "LOC", "FAC", "ORG"}


def hyphenated(token: Token) -> str | None:
    """The word that the token heads within "sit-down" or "one-on-one", which the tokenizer splits.

    None for a token that stands alone; the empty string for a part of such a word that is not its head.
    """
    joined = not token.whitespace_ and token.i + 1 < len(token.doc) and _hyphen(token.nbor(1))
    if not joined and (token.i == 0 or not _hyphen(token.nbor(-1))):
        return None
    doc, first, last = token.doc, token.i, token.i
    while first >= 2 and _hyphen(doc[first - 1]) and not doc[first - 2].whitespace_:
        first -= 2
    while last + 2 < len(doc) and not doc[last].whitespace_ and _hyphen(doc[last + 1]):
        last += 2
    if first == last:
        return None
    if last - first > _MAX_PARTS or (first <= token.head.i <= last and token.head != token):
        return ""
    return doc[first : last + 1].text.lower().replace("‑", "-")


def _hyphen(token: Token) -> bool:
    return token.text in HYPHENS and not token.whitespace_


def load_cues(folder: Path) -> MeetingCues:
    """Read ``meetings.yaml`` of the reference folder; ReferenceDataError if it does not validate."""
    data = load_reference(folder / "meetings.yaml", MeetingFile)
    return MeetingCues(data, _status_cues(data))


def _status_cues(data: MeetingFile) -> StatusCues:
    file = data.status
    return StatusCues(
        by_governor={word: status for status, words in file.governors.items() for word in words},
        by_modifier={word: status for status, words in file.modifiers.items() for word in words},
        modals=file.modals,
        takes_place=file.takes_place,
        lasting=file.lasting,
        departures=file.departures,
        holding=file.holding,
        obtaining=file.obtaining,
        planning=file.planning,
        wishing=file.wishing,
        striving=file.striving,
        confirming=file.confirming,
        informing=file.informing,
        yielding=file.yielding,
        travel=data.travel_verbs - {"be"},
        after=file.after,
        during=file.during,
        before=file.before,
        until=file.until,
        outcomes=file.outcomes,
        mere_thoughts=file.mere_thoughts,
        weighing=file.weighing,
        thanking=file.thanking,
        beside=file.beside,
        habitual=data.habitual_modifiers,
        by_standing={words: status for status, several in file.standing.items() for words in several},
    )
