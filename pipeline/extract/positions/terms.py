"""Terms: what is told to be somebody's precondition, and for what, by the noun and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Claim, HolderSource, stance_of
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_COPULAS = frozenset({"be", "remain", "become"})
_OF = frozenset({"for", "to", "of"})
_MAKING = frozenset({"make", "declare", "name", "call"})


def preconditions(sentence: Span, hits: Sequence[Hit], lexicon: StanceLexicon) -> dict[Hit, list[Claim]]:
    """Claims by hit: what is asked for is wanted, and what it is the condition of is wanted on that term.

    "Oslo's prerequisite for a truce is a withdrawal", "Riga has made the swap a precondition for talks".
    """
    found: dict[Hit, list[Claim]] = {}
    nouns = [t for t in sentence if t.lemma_.lower() in lexicon.file.condition_nouns and t.pos_ == "NOUN"]
    for noun in nouns:
        asked, whose, verb = _asked(noun)
        if verb is None or mood.is_negated(verb, lexicon) or mood.is_hypothetical(verb):
            continue
        on_terms = list(_granted(noun))
        wanted = [h for h in _named(hits, asked) if h.head_i not in {t.i for t in on_terms}]
        if not wanted:
            continue
        for hit in wanted:
            found.setdefault(hit, []).append(_claim(hit, stance_of(hit.orient), whose, noun))
        for hit in _named(hits, on_terms):
            found.setdefault(hit, []).append(_claim(hit, "conditional", whose, noun))
    return found


def _asked(noun: Token) -> tuple[list[Token], tuple[int, ...], Token | None]:
    """What the noun is said to be, whose it is, and the verb that says so; no verb if none does."""
    verb = noun.head
    owners = tuple(t.i for t in clauses.possessors(noun))
    if noun.dep_ == "nsubj" and verb.lemma_ in _COPULAS:
        return clauses.children(verb, "attr"), owners, verb
    if noun.dep_ == "attr" and verb.lemma_ in _COPULAS:
        return clauses.children(verb, "nsubj"), owners, verb
    if noun.dep_ in {"dobj", "oprd", "ccomp"} and verb.lemma_ in _MAKING:
        things = [
            *clauses.children(noun, "nsubj"),
            *(o for o in clauses.children(verb, "dobj") if o.i != noun.i),
        ]
        return things, tuple(t.i for t in clauses.subjects(verb)), verb
    return [], (), None


def _granted(noun: Token) -> Iterator[Token]:
    """What the condition is one of: "for a truce", "to any talks"."""
    for prep in clauses.children(noun, "prep"):
        if prep.lower_ in _OF:
            yield from clauses.children(prep, "pobj")


def _named(hits: Iterable[Hit], nouns: Iterable[Token]) -> list[Hit]:
    """The issues that the very nouns name."""
    places = {t.i for t in nouns}
    return [h for h in hits if not h.anaphor and (h.head_i in places or not places.isdisjoint(h.tokens))]


def _claim(hit: Hit, stance: Stance, whose: tuple[int, ...], noun: Token) -> Claim:
    source: HolderSource = "tokens" if whose else "speaker"
    return Claim(hit, stance, source, whose, "precondition", 3, noun.i, hit.tokens | {noun.i})
