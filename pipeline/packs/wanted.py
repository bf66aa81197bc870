"""What actors of a corpus want, refuse or weigh that no issue of a pack names: its most frequent gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.extract.positions import clauses
from pipeline.extract.positions.lexicon import Operator, StanceLexicon
from pipeline.model import Links

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from spacy.tokens import Doc, Token

_KINDS: Final = frozenset({"attitude", "directive"})
_CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_INWARDS: Final = ("dobj", "xcomp", "ccomp", "prep", "pcomp", "pobj", "acl", "relcl", "advcl", "dative")
_NAMED: Final = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "DATE", "TIME", "CARDINAL"})
_LONGEST: Final = 4
_DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """What stands under a word of stance beside an actor with a party, where no issue is named."""

    phrase: str
    lines: int
    documents: int
    example: str


class Wanted:
    """Gathers the objects of stance operators that no issue claims."""

    def __init__(self, lexicon: StanceLexicon) -> None:
        self._lexicon = lexicon
        self._lines: Counter[str] = Counter()
        self._documents: dict[str, set[str]] = {}
        self._examples: dict[str, str] = {}

    def read(
        self,
        document_id: str,
        block_no: int,
        doc: Doc,
        forms: list[tuple[str, str]],
        links: Links,
        named: Container[int],
    ) -> None:
        """Count what a line's operators govern; `named`: where sentences begin that name an issue."""
        parties = {m.head_i for m in links.in_block(block_no) if m.actor.party is not None}
        found: set[str] = set()
        for sentence in doc.sents:
            span = range(sentence.start, sentence.end)
            if sentence.start in named or parties.isdisjoint(span):
                continue
            operators = self._lexicon.find(doc, forms, sentence.start, sentence.end)
            for i, held in operators.items():
                if any(op.group.kind in _KINDS for op in held):
                    found.update(_objects(doc[i], held))
        for phrase in (each for each in found if " " in each):  # "an effort", "the war" tell nothing
            self._lines[phrase] += 1
            self._documents.setdefault(phrase, set()).add(document_id)
            self._examples.setdefault(phrase, doc.text)

    def frequent(self, most: int = 40) -> tuple[Unclaimed, ...]:
        """The most frequent, by documents and then by lines."""
        ranked = sorted(self._lines, key=lambda p: (-len(self._documents[p]), -self._lines[p], p))
        return tuple(
            Unclaimed(p, self._lines[p], len(self._documents[p]), self._examples[p]) for p in ranked[:most]
        )


def _objects(operator: Token, held: Sequence[Operator]) -> Iterator[str]:
    """Phrases for what the operator is about: a noun with its modifiers, a verb with its object."""
    own = {i for op in held for i in op.tokens}
    reached = [operator]
    for _ in range(_DEPTH):
        reached = [c for t in reached for c in clauses.children(t, *_INWARDS) if c.i > operator.i]
        for token in reached:
            if token.i in own or token.is_stop or token.ent_type_ in _NAMED:
                continue
            if token.pos_ == "NOUN":
                before = [
                    c
                    for c in token.lefts
                    if c.dep_ in {"compound", "amod"} and c.ent_type_ not in _NAMED and c.pos_ in _CONTENT
                ]
                after = [
                    o
                    for p in clauses.children(token, "prep")
                    if p.lower_ in {"of", "on", "to", "from"}
                    for o in clauses.children(p, "pobj")
                    if o.pos_ == "NOUN" and o.ent_type_ not in _NAMED
                ]
                yield _phrase([*before[-_LONGEST:], token, *after[:1]])
            elif token.pos_ == "VERB":
                objects = [o for o in clauses.children(token, "dobj") if o.pos_ == "NOUN"]
                if objects:
                    yield _phrase([token, objects[0]])


def _phrase(tokens: Sequence[Token]) -> str:
    return " ".join(t.lemma_.lower() for t in tokens)
