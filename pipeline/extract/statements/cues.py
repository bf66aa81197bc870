"""The reference data of saying (`speech.yaml`): its model, and the look-ups that rules ask it for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pipeline.reference import Strict, load_reference
from pipeline.text import any_of

if TYPE_CHECKING:
    from spacy.tokens import Token

FrameName = Literal[
    "clause", "parenthetical", "object", "gerund_or_to", "person_to", "predicate", "addressee"
]


class VerbGroup(Strict):
    """Verbs that share frames; a lemma may stand in several groups."""

    name: str
    frames: list[FrameName]
    lemmas: list[str]
    prepositions: tuple[str, ...] = ()
    prepositions_by_lemma: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    needs_preposition: bool = False


class Phrasal(Strict):
    """A verb of two words and the lemma it goes by."""

    verb: str
    particle: str
    lemma: str


class Idiom(Strict):
    """Verbs that say something with one noun for their object: what was said is a phrase or clause behind it.

    With "the", the noun is no part of it, unless it is `definite`: "took the issue with her to Oslo".
    """

    verbs: list[str]
    noun: str
    prepositions: list[str]
    clause: bool = False
    definite: bool = False


class ChannelWords(Strict):
    """Phrases that name a channel in the words of attribution."""

    channel: str
    phrases: list[str]
    prepositions: list[str]
    bare: bool = False
    case_sensitive: bool = False
    verbs: tuple[str, ...] = ()


class SpeechData(Strict):
    """The file `speech.yaml`."""

    verb_groups: list[VerbGroup]
    phrasal: list[Phrasal]
    idioms: list[Idiom]
    weak_verbs: list[str]
    light_verbs: list[str]
    gerund_verbs: list[str]
    said_nouns: list[str]
    utterance_nouns: list[str]
    clause_nouns: list[str]
    infinitive_nouns: list[str]
    empty_objects: list[str]
    empty_complements: list[str]
    blocking_heads: list[str]
    transparent_heads: list[str]
    blocking_modals: list[str]
    speaks_when_negated: list[str]
    conditional_markers: list[str]
    continuing_verbs: list[str]
    framing_verbs: list[str]
    aside_verbs: list[str]
    showing_verbs: list[str]
    statement_nouns: list[str]
    authoring_verbs: list[str]
    listeners: list[str]
    setting_verbs: list[str]
    inanimate_nouns: list[str]
    figure_nouns: list[str]
    life_nouns: dict[Literal["any", "f", "m"], list[str]]
    life_marks: list[str]
    setting_nouns: list[str]
    occasion_nouns: list[str]
    conversation_words: list[str]
    contact_verbs: list[str]
    contact_holders: list[str]
    contact_nouns: list[str]
    label_titles: list[str]
    turn_titles: list[str]
    attributing_phrases: list[list[str]]
    attributing_nouns: list[str]
    topic_openers: list[str]
    person_suffixes: list[str]
    abstract_suffixes: list[str]
    body_nouns: list[str]
    stating_adjectives: list[str]
    citing_verbs: list[str]
    relaying_verbs: list[str]
    document_nouns: list[str]
    audience_nouns: list[str]
    channels: list[ChannelWords]
    medium_nouns: list[str]
    medium_sites: list[str]
    medium_remarks: list[str]
    verb_channels: dict[str, str]
    headed_list_words: list[str]
    joint_document_words: list[str]
    resolving_verbs: list[str]
    bullet_marks: list[str]
    question_labels: list[str]
    answer_labels: list[str]


@dataclass(frozen=True, slots=True)
class Frames:
    """Everything that one verb lemma can do."""

    lemma: str
    clause: bool
    parenthetical: bool
    object: bool
    open: bool
    person: bool
    predicate: bool
    addressee: bool
    prepositions: frozenset[str]
    object_prepositions: frozenset[str]
    predicate_prepositions: frozenset[str]
    weak: bool
    light: bool


class Speech:
    """Compiled `speech.yaml`: sets and a frame for each lemma."""

    def __init__(self, data: SpeechData) -> None:
        self.data = data
        self.weak = frozenset(data.weak_verbs)
        self.light = frozenset(data.light_verbs)
        self.gerunds = frozenset(data.gerund_verbs)
        self.said_nouns = frozenset(data.said_nouns)
        self.utterances = frozenset(data.utterance_nouns)
        self.clause_nouns = frozenset(data.clause_nouns)
        self.infinitive_nouns = frozenset(data.infinitive_nouns)
        self.empty_objects = frozenset(data.empty_objects)
        self.empty_complements = frozenset(data.empty_complements)
        self.blocking_heads = frozenset(data.blocking_heads)
        self.transparent_heads = frozenset(data.transparent_heads)
        self.blocking_modals = frozenset(data.blocking_modals)
        self.speaks_when_negated = frozenset(data.speaks_when_negated)
        self.conditionals = frozenset(data.conditional_markers)
        self.continuing_verbs = frozenset(data.continuing_verbs)
        self.framing_verbs = frozenset(data.framing_verbs)
        self.aside_verbs = frozenset(data.aside_verbs)
        self.showing_verbs = frozenset(data.showing_verbs)
        self.inanimate = frozenset(data.inanimate_nouns)
        self.figures = frozenset(data.figure_nouns)
        self.life_nouns = {kind: frozenset(nouns) for kind, nouns in data.life_nouns.items()}
        self.life_marks = frozenset(data.life_marks)
        self.statement_nouns = frozenset(data.statement_nouns)
        self.authoring_verbs = frozenset(data.authoring_verbs)
        self.listeners = frozenset(data.listeners)
        self.setting_verbs = frozenset(data.setting_verbs)
        self.setting_nouns = frozenset(data.setting_nouns)
        self.occasion_nouns = frozenset(data.occasion_nouns)
        self.conversation_words = frozenset(data.conversation_words)
        self.contact_verbs = frozenset(data.contact_verbs)
        self.contact_holders = frozenset(data.contact_holders)
        self.contact_nouns = frozenset(data.contact_nouns)
        self.label_titles = frozenset(data.label_titles)
        self.turn_titles = frozenset(data.turn_titles)
        self.attributing = tuple(tuple(words) for words in data.attributing_phrases)
        self.attributing_nouns = frozenset(data.attributing_nouns)
        self.topic_openers = frozenset(data.topic_openers)
        self.person_suffixes = tuple(data.person_suffixes)
        self.abstract_suffixes = tuple(data.abstract_suffixes)
        self.bodies = frozenset(data.body_nouns)
        self.adjectives = frozenset(data.stating_adjectives)
        self.citing = frozenset(data.citing_verbs)
        self.relaying = frozenset(data.relaying_verbs)
        self.documents = frozenset(data.document_nouns)
        self.audiences = frozenset(data.audience_nouns)
        self.list_words = frozenset(data.headed_list_words)
        self.joint_words = tuple(data.joint_document_words)
        self.resolving_verbs = frozenset(data.resolving_verbs)
        self.bullets = frozenset(data.bullet_marks)
        self.question_labels = frozenset(data.question_labels)
        self.answer_labels = frozenset(data.answer_labels)
        self.medium = _medium(data)
        self.verb_channels = dict(data.verb_channels)
        self.channels = tuple(data.channels)
        self._phrasal = {(p.verb, p.particle): p.lemma for p in data.phrasal}
        self._phrasal |= {(verb, i.noun): f"{verb} {i.noun}" for i in data.idioms for verb in i.verbs}
        self._phrasal_verbs = frozenset(verb for verb, _ in self._phrasal)
        self.idioms = frozenset(f"{verb} {i.noun}" for i in data.idioms for verb in i.verbs)
        self._bare = frozenset(f"{v} {i.noun}" for i in data.idioms for v in i.verbs if not i.definite)
        self._frames = _compile(data, self.weak, self.light)

    def lemma(self, verb: Token) -> str:
        """Lemma of a verb, with its particle if the two are a verb of the reference data."""
        base = verb.lemma_.lower()
        if base == "let" and verb.doc[verb.i + 1 : verb.i + 4].text.lower() == "it be known":
            return "let be known"
        if base in self._phrasal_verbs:
            for child in verb.rights:
                if child.i > verb.i + _PARTICLE_REACH:
                    break
                found = self._phrasal.get((base, child.lower_))
                if found in self._bare and any(c.lower_ == "the" for c in child.lefts):
                    continue
                if found is not None:
                    return found
            if verb.i + 1 < len(verb.doc):
                found = self._phrasal.get((base, verb.doc[verb.i + 1].lower_))
                if found is not None:
                    return found
        return base

    def frames(self, lemma: str) -> Frames | None:
        """What a verb of this lemma can do, or None where it says nothing."""
        return self._frames.get(lemma)


_PARTICLE_REACH = 4
_CALLS = frozenset({"phone call", "telephone call", "phone conversation", "telephone conversation", "call"})


def _medium(data: SpeechData) -> re.Pattern[str]:
    """A medium behind its preposition and article: "in a letter", "on X", "in remarks to"."""
    plain = [c for c in data.channels if not (c.verbs or c.bare or c.case_sensitive)]
    nouns = any_of({p for c in plain for p in c.phrases} | _CALLS | set(data.medium_nouns))
    return re.compile(
        rf"\b(?:(?:in|during|at|on|via|through)\s(?:an?|his|her|their|its)\s(?:[\w'’-]{{1,20}}\s){{0,3}}?"
        rf"(?:{nouns})|(?:on|via)\s(?:{any_of(data.medium_sites)})"
        rf"|in\s(?:{any_of(data.medium_remarks)})\sto)\b(?![-'’])"
    )


def _groups_of(idioms: Sequence[Idiom]) -> list[VerbGroup]:
    """The idioms as verbs whose lemma holds the noun."""
    return [
        VerbGroup(
            name=f"{idiom.verbs[0]} {idiom.noun}",
            frames=["clause"] if idiom.clause else [],
            prepositions=tuple(idiom.prepositions),
            lemmas=[f"{verb} {idiom.noun}" for verb in idiom.verbs],
        )
        for idiom in idioms
    ]


def _compile(data: SpeechData, weak: frozenset[str], light: frozenset[str]) -> dict[str, Frames]:
    groups: dict[str, list[VerbGroup]] = {}
    for group in (*data.verb_groups, *_groups_of(data.idioms)):
        for lemma in group.lemmas:
            groups.setdefault(lemma, []).append(group)
    for lemma in light:
        groups.setdefault(lemma, [])
    compiled = {}
    for lemma, members in groups.items():
        names = {frame for group in members for frame in group.frames}
        plain: set[str] = set()
        with_object: set[str] = set()
        predicate: set[str] = set()
        for group in members:
            own = group.prepositions_by_lemma.get(lemma, group.prepositions)
            if "predicate" in group.frames:
                predicate.update(own)
            elif group.needs_preposition:
                with_object.update(own)
            else:
                plain.update(own)
        compiled[lemma] = Frames(
            lemma=lemma,
            clause="clause" in names,
            parenthetical="parenthetical" in names or "clause" in names,
            object=any("object" in g.frames and not g.needs_preposition for g in members),
            open="gerund_or_to" in names,
            person="person_to" in names,
            predicate="predicate" in names,
            addressee="addressee" in names,
            prepositions=frozenset(plain),
            object_prepositions=frozenset(with_object),
            predicate_prepositions=frozenset(predicate),
            weak=lemma in weak,
            light=lemma in light,
        )
    return compiled


def load_speech(folder: Path) -> Speech:
    """Read `speech.yaml` of the folder of shared reference data.

    Raises:
        ReferenceDataError: the file is missing or does not validate.
    """
    path = folder / "speech.yaml"
    return _speech(load_reference(path, SpeechData))


_COMPILED: dict[int, tuple[SpeechData, Speech]] = {}


def _speech(data: SpeechData) -> Speech:
    found = _COMPILED.get(id(data))
    if found is None or found[0] is not data:
        found = (data, Speech(data))
        _COMPILED[id(data)] = found
    return found[1]
