"""The operators of stance: words by which a text says where an actor stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from pipeline.extract.positions.patterns import Match, PatternIndex
from pipeline.extract.positions.vocabulary import head_of
from pipeline.model import Stance
from pipeline.reference import Strict, load_reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

OperatorKind = Literal[
    "attitude", "directive", "evaluation", "act", "reverse", "content", "speech", "impersonal"
]


class OperatorGroup(Strict):
    """Operators that work alike; `rule` names them in the rows they produce.

    sign: 1 for, -1 against its target. open, conditional: name that stance outright.
    strength: 3 explicit, 2 usual, 1 weak. verbs_only: a noun of the same form is something else.
    committed_only: a position only under "will", "would" and their negations.
    """

    rule: str
    kind: OperatorKind
    any: tuple[str, ...]
    sign: int = Field(default=1, ge=-1, le=1)
    open: bool = False
    conditional: bool = False
    strength: int = Field(default=2, ge=1, le=3)
    verbs_only: bool = False
    committed_only: bool = False

    @model_validator(mode="after")
    def _one_stance(self) -> OperatorGroup:
        if self.open and self.conditional:
            raise ValueError("an operator is open or conditional, not both")
        return self


class Answers(Strict):
    """Openings of answers, by the stance they take to what was asked."""

    support: tuple[str, ...]
    oppose: tuple[str, ...]
    open: tuple[str, ...]
    conditional: tuple[str, ...]


class Precision(Strict):
    """Measured precision by rule, the source of the rows' confidence."""

    default: float = Field(ge=0, le=1)
    anaphor: float = Field(ge=0, le=1)
    likeness: float = Field(ge=0, le=1)
    rules: dict[str, float]

    def of(self, rule: str, *, anaphor: bool, likeness: bool = False) -> float:
        """Expected share of right rows among those of the rule."""
        factor = (self.anaphor if anaphor else 1.0) * (self.likeness if likeness else 1.0)
        return self.rules.get(rule, self.default) * factor


class StanceFile(Strict):
    """The file `stance.yaml` of the reference data."""

    operators: tuple[OperatorGroup, ...]
    negators: frozenset[str]
    commitment: frozenset[str]
    conditions: tuple[str, ...]
    weak_conditions: frozenset[str]
    anaphora_nouns: frozenset[str]
    things: frozenset[str]
    reservations: frozenset[str]
    changes: frozenset[str]
    agreeing_verbs: frozenset[str]
    refusing_answers: frozenset[str]
    shares_in: frozenset[str]
    retaliating_verbs: frozenset[str]
    cold_tones: frozenset[str]
    warm_tones: frozenset[str]
    toned_nouns: frozenset[str]
    arrangements: frozenset[str]
    spans: frozenset[str]
    anaphora_determiners: frozenset[str]
    anaphora_pronouns: frozenset[str]
    document_nouns: frozenset[str]
    owned_nouns: frozenset[str]
    threatening_verbs: frozenset[str]
    leaving_verbs: frozenset[str]
    left_bodies: frozenset[str]
    enduring_verbs: frozenset[str]
    share_nouns: frozenset[str]
    wrappers: frozenset[str]
    requiring: frozenset[str]
    settlement_words: frozenset[str]
    part_words: frozenset[str]
    judging_verbs: frozenset[str]
    silent_verbs: frozenset[str]
    refusing_verbs: frozenset[str]
    hearsay_nouns: frozenset[str]
    inquiry_nouns: frozenset[str]
    ceasing_verbs: frozenset[str]
    restricting: frozenset[str]
    occasion_nouns: frozenset[str]
    basis_nouns: frozenset[str]
    bygone_adverbs: frozenset[str]
    denying_verbs: frozenset[str]
    failing_verbs: frozenset[str]
    renouncing_verbs: frozenset[str]
    lacking_verbs: frozenset[str]
    condition_nouns: frozenset[str]
    undertaking_nouns: frozenset[str]
    title_nouns: frozenset[str]
    asserting_verbs: frozenset[str]
    bargained_nouns: frozenset[str]
    persisting_verbs: frozenset[str]
    weighed_nouns: frozenset[str]
    addressing_verbs: frozenset[str]
    own_bodies: frozenset[str]
    verb_words: frozenset[str]
    carrying_verbs: frozenset[str]
    attendance: frozenset[str]
    aftermath: frozenset[str]
    discussion_nouns: frozenset[str]
    discussing_verbs: frozenset[str]
    altering: frozenset[str]
    answering: frozenset[str]
    unsettled: frozenset[str]
    musing: frozenset[str]
    deferrals: tuple[str, ...]
    forecasting: frozenset[str]
    partisans: frozenset[str]
    single_parts: frozenset[str]
    document_parts: frozenset[str]
    opposing_nouns: frozenset[str]
    backing_nouns: frozenset[str]
    meeting_verbs: frozenset[str]
    warning_verbs: frozenset[str]
    idle_effects: frozenset[str]
    wanting_nouns: frozenset[str]
    accusing_verbs: frozenset[str]
    accusers: frozenset[str]
    imputed_wishes: frozenset[str]
    drafting_verbs: frozenset[str]
    stand_nouns: frozenset[str]
    serving_verbs: frozenset[str]
    taking_up: frozenset[str]
    bargains: frozenset[str]
    doubting: frozenset[str]
    sign_nouns: frozenset[str]
    deciding_verbs: frozenset[str]
    containing_verbs: frozenset[str]
    worthless: frozenset[str]
    untouchable: frozenset[str]
    supposing_verbs: frozenset[str]
    alleging_verbs: frozenset[str]
    answers: Answers
    precision: Precision


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator found in a sentence, at the token that governs its words."""

    group: OperatorGroup
    start_i: int
    end_i: int
    head_i: int
    tokens: frozenset[int]


class StanceLexicon:
    """The compiled operators and the closed classes that go with them."""

    def __init__(self, file: StanceFile) -> None:
        self.file = file
        # Longest opening first, so that "yes, but" is found before "yes".
        self._answers: list[tuple[str, Stance]] = sorted(
            (
                *((words, "support") for words in file.answers.support),
                *((words, "oppose") for words in file.answers.oppose),
                *((words, "open") for words in file.answers.open),
                *((words, "conditional") for words in file.answers.conditional),
            ),
            key=lambda pair: (-len(pair[0]), pair),
        )
        self._operators: PatternIndex[OperatorGroup] = PatternIndex()
        for group in file.operators:
            self._operators.add(group.any, {}, group)
        self._conditions: PatternIndex[str] = PatternIndex()
        for phrase in file.conditions:
            self._conditions.add([phrase], {}, phrase)
        self._deferrals: PatternIndex[str] = PatternIndex()
        for phrase in file.deferrals:
            self._deferrals.add([phrase], {}, phrase)

    def find(self, doc: Doc, forms: list[tuple[str, str]], start: int, end: int) -> dict[int, list[Operator]]:
        """Operators of the tokens [start, end) by governing token; within a kind the longest form wins."""
        matches = self._operators.find(forms, start, end)
        matches.sort(key=lambda m: (-len(m.tokens), m.start - m.end, m.start))
        found: dict[int, list[Operator]] = {}
        covered: dict[int, int] = {}
        for match in matches:
            if any(doc[i].dep_ == "aux" and forms[i][0] == "have" for i in match.tokens):
                continue  # "has described any plan to" has no plan
            head = head_of(doc, match.tokens)
            # A shorter form inside a longer one is part of it, not an operator of its own.
            longer = any(covered.get(i, 0) > len(match.tokens) for i in match.tokens)
            if longer and not self._stands_in(match, found.get(head, ()), doc):
                continue
            for i in match.tokens:
                covered[i] = max(covered.get(i, 0), len(match.tokens))
            only_verb = match.payload.verbs_only or forms[head][0] in self.file.verb_words
            if only_verb and len(match.tokens) == 1 and doc[head].pos_ not in {"VERB", "AUX"}:
                continue  # "a second day", "the back channel", "like everyone else"
            found.setdefault(head, []).append(
                Operator(match.payload, match.start, match.end, head, frozenset(match.tokens))
            )
        return found

    def _stands_in(self, match: Match[OperatorGroup], longer: Iterable[Operator], doc: Doc) -> bool:
        """Whether a form may stand for a longer one of its kind that ends in the words of an issue.

        "Opposes Oslo's accession to the bloc" holds "opposes ... to"; "no wish to" never becomes "wish to".
        """
        tokens = set(match.tokens)
        return any(
            op.group.kind == match.payload.kind
            and op.tokens > tokens
            and all(doc[i].lower_ not in self.file.negators for i in op.tokens - tokens)
            for op in longer
        )

    def answer(self, text: str) -> Stance | None:
        """The stance that an answer opens with, or None if it opens with neither yes, no nor perhaps."""
        opening = text.lower().replace("’", "'").lstrip(" \t\"'“”‘—–-•:")
        for words, stance in self._answers:
            rest = opening[len(words) :]
            if opening.startswith(words) and not rest[:1].isalnum():
                denied = stance == "support" and _DENIAL.match(rest) is not None
                return "oppose" if denied else stance  # "definitely not"
        return None

    def conditions(self, forms: list[tuple[str, str]], start: int, end: int) -> list[tuple[int, int, str]]:
        """Openers of conditions among the tokens [start, end): (first token, end token, phrase), in order."""
        matches = self._conditions.find(forms, start, end)
        matches.sort(key=lambda m: (-len(m.tokens), m.start))
        used: set[int] = set()
        found = []
        for match in matches:
            if used.isdisjoint(match.tokens):
                used.update(match.tokens)
                found.append((match.start, match.end, match.payload))
        return sorted(found)

    def deferrals(self, forms: list[tuple[str, str]], start: int, end: int) -> list[tuple[int, int]]:
        """(first token, end token) where the tokens [start, end) say that it is for others to decide."""
        return [(m.start, m.end) for m in self._deferrals.find(forms, start, end)]


_DENIAL = re.compile(r"[ ,]*not(?![^\W_])")

_LEXICONS: dict[int, tuple[StanceFile, StanceLexicon]] = {}


def load_stance(reference: Path) -> StanceLexicon:
    """Load `stance.yaml` of the reference folder; raise ReferenceDataError if it is invalid."""
    file = load_reference(reference / "stance.yaml", StanceFile)
    known = _LEXICONS.get(id(file))
    if known is None or known[0] is not file:
        known = _LEXICONS[id(file)] = (file, StanceLexicon(file))
    return known[1]


def any_kind(operators: Iterable[Operator], *kinds: OperatorKind) -> Operator | None:
    """The first operator of one of the kinds, or None; `operators` hold the longest form first."""
    return next((op for op in operators if op.group.kind in kinds), None)


def is_speech(operators: Iterable[Operator]) -> bool:
    """Whether the operators of a token only pass on what is said."""
    found = list(operators)
    return any_kind(found, "speech") is not None and any_kind(found, "directive") is None
