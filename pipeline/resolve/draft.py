"""A reference as found in one block, before the discourse decides whom it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.domain import Gender
from pipeline.model import Actor, Resolution
from pipeline.resolve.facts import Facts
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

DraftKind = Literal["fixed", "description", "media", "body", "source", "pronoun"]
NAMED, CLASS, REFERENCE, WEAK = 0.95, 0.85, 0.7, 0.4


@dataclass(slots=True)
class Draft:
    """One reference: `actor` is fixed for kind fixed, else what remains if the discourse resolves nothing."""

    kind: DraftKind
    start: int
    end: int
    head: int
    resolution: Resolution
    confidence: float
    actor: Actor | None
    roles: tuple[RoleMatch, ...] = ()
    party: str | None = None
    party_known: bool = False
    gender: Gender | None = None
    plural: bool = False
    word: str = ""
    name: str = ""  # of a body, as written, without the article
    facts: Facts | None = None
    places: frozenset[str] = frozenset()


def speaks(head: Token, vocabulary: Vocabulary) -> bool:
    """Whether the noun is the subject of a verb of saying, or is told something."""
    verb = head.head.lemma_.lower()
    said = head.dep_ in {"nsubj", "nsubjpass"} and verb in vocabulary.saying
    according = head.dep_ == "pobj" and head.head.head.lower_ == "according"
    return said or according or (head.dep_ in {"dobj", "dative"} and verb == "tell")
