"""Whose plan it is: documents that somebody is told to have put forward, kept for what follows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.lexicon import StanceLexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from pipeline.extract.positions.holders import Holder, HolderFinder

# How many sentences a document that was put forward stays in mind.
_REACH = 6
_NEW = frozenset({"a", "an", "its", "his", "her", "their", "own", "new", "another"})
# Nouns for documents that two sides make together: who presents one has not written it alone.
_SHARED = frozenset(
    {"deal", "agreement", "accord", "pact", "treaty", "resolution", "legislation", "law", "bill"}
)


@dataclass(slots=True)
class Drafts:
    """Documents put forward so far: (sentence number, noun, authors)."""

    told: list[tuple[int, str, tuple[Holder, ...]]] = field(default_factory=list)

    def note(self, number: int, drafted: Iterable[tuple[Token, list[Token]]], finder: HolderFinder) -> None:
        """Keep whose documents sentence `number` tells to have been put forward."""
        for noun, makers in drafted:
            holders = tuple(h for h in finder.resolve(makers, None) if finder.is_party(h))
            if holders:
                self.told.append((number, noun.lemma_.lower(), holders))

    def authors(self, number: int, lemma: str) -> Sequence[Holder] | None:
        """Authors of the document in reach that the noun has named, or of the only one; None if none is."""
        near = [t for t in self.told if number - t[0] <= _REACH]
        called = [t for t in near if t[1] == lemma]
        if called:
            return called[-1][2]
        if len({tuple(h.key for h in t[2]) for t in near}) == 1:
            return near[-1][2]
        return None


def introduced(sentence: Span, lexicon: StanceLexicon) -> Iterator[tuple[Token, list[Token]]]:
    """New documents of the sentence with whom it tells to have put them forward."""
    file = lexicon.file
    for noun in sentence:
        if noun.pos_ != "NOUN" or noun.lemma_.lower() not in file.document_nouns - _SHARED:
            continue
        verb = noun.head
        if noun.dep_ == "dobj" and verb.lemma_.lower() in file.drafting_verbs and verb.pos_ == "VERB":
            new = any(c.lower_ in _NEW for c in noun.children)
            if new and not mood.is_negated(verb, lexicon) and not clauses.is_passive(verb):
                yield noun, clauses.subjects(verb)
            continue
        made = [verb] if noun.dep_ == "nsubjpass" and verb.lemma_.lower() in file.drafting_verbs else []
        made += [v for v in clauses.children(noun, "acl") if v.lemma_.lower() in file.drafting_verbs]
        for each in made:
            makers = clauses.agents(each)
            if makers and not mood.is_negated(each, lexicon):
                yield noun, makers
