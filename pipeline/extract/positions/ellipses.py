"""Who is told to stand where another does, or where he does not: "as does Oslo", "but Riga does not"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import TURNED, Claim, stance_of
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_COPULAS = frozenset({"be", "remain", "stay"})
_OPPOSED = frozenset({"opposed", "against", "hostile", "sceptical", "skeptical", "unconvinced", "averse"})
_SUPPORTIVE = frozenset({"supportive", "enthusiastic", "favourable", "favorable"})
_AUXILIARIES = frozenset({"do", "have", "be", "will", "would"})
# Words before the auxiliary by which its subject joins in what was told or denied, and openers of a contrast.
_JOINING = frozenset({"as", "so", "nor", "neither"})
_CONTRAST = frozenset({"but", "though", "although", "while", "whereas", ";"})
# What may stand beside the auxiliary without making it a clause of its own.
_BESIDE = frozenset({"nsubj", "neg", "mark", "advmod", "punct", "cc", "aux", "conj", "prep", "preconj"})
# Verbs that tell by themselves that somebody sees it another way.
_DISSENTING = frozenset({"disagree", "differ", "dissent"})


def ellipses(sentence: Span, told: Sequence[Claim], lexicon: StanceLexicon) -> list[Claim]:
    """Claims of those who stand where the claims `told` before in the sentence say, or against it."""
    if not told:
        return []
    found: list[Claim] = []
    for verb, side in _siding(sentence, lexicon):
        subjects = [t for s in clauses.children(verb, "nsubj") for t in clauses.with_conjuncts(s)]
        plain = [c for c in told if c.node_i < verb.i and c.source == "tokens" and c.holders]
        if not plain or any(i > verb.i for i in plain[-1].holders):
            continue
        last, holders = plain[-1], tuple(t.i for t in subjects)
        if set(holders).isdisjoint(last.holders):
            stance = stance_of(side * (last.hit.orient or 1))
            found.append(_likened(last, stance, holders, verb, "sides"))
    for verb, joins in _elliptic(sentence, lexicon):
        before = [c for c in told if c.node_i < verb.i and c.source == "tokens" and c.holders]
        plain = [c for c in before if c.stance in {"support", "oppose"} and not c.rule.startswith("judged_")]
        subjects = [t for s in clauses.children(verb, "nsubj") for t in clauses.with_conjuncts(s)]
        if not plain or not subjects:
            continue
        last = plain[-1]
        holders = tuple(t.i for t in subjects)
        if not set(holders).isdisjoint(last.holders) or any(i > verb.right_edge.i for i in last.holders):
            continue
        stance = last.stance if joins else TURNED[last.stance]
        found.append(_likened(last, stance, holders, verb, "likewise" if joins else "unlike"))
    return found


def _likened(last: Claim, stance: Stance, holders: tuple[int, ...], verb: Token, rule: str) -> Claim:
    """The claim `last` as one of others, who are told by the clause of `verb`."""
    return replace(
        last,
        stance=stance,
        holders=holders,
        rule=rule,
        strength=2,
        node_i=verb.i,
        tokens=last.tokens | {verb.i, *holders},
        condition=None,
    )


def _siding(sentence: Span, lexicon: StanceLexicon) -> Iterator[tuple[Token, int]]:
    """Copulas that tell no more than on which side their subject is, with 1 for and -1 against."""
    for verb in sentence:
        if verb.lemma_ not in _COPULAS or verb.dep_ not in {"conj", "advcl", "ccomp", "parataxis", "ROOT"}:
            continue
        if not clauses.children(verb, "nsubj") or mood.is_hypothetical(verb):
            continue
        side = 0
        for word in clauses.children(verb, "acomp", "prep", "attr", "advmod"):
            if clauses.children(word, "prep", "xcomp", "ccomp") or word.i < verb.i:
                continue
            objects = [o.lower_ for o in clauses.children(word, "pobj")]
            if word.lower_ in _OPPOSED and not objects:
                side = -1
            elif word.lower_ in _SUPPORTIVE or (word.lower_ == "in" and objects in (["favour"], ["favor"])):
                side = 1
        if side and not mood.is_negated(verb, lexicon):
            yield verb, side


def _elliptic(sentence: Span, lexicon: StanceLexicon) -> Iterator[tuple[Token, bool]]:
    """Auxiliaries that stand for a whole clause, and whether their subject joins in what was told."""
    for verb in sentence:
        if verb.lemma_.lower() in _DISSENTING and verb.tag_ in {"VBD", "VBZ", "VBP"}:
            if not clauses.children(verb, "prep") and not mood.is_negated(verb, lexicon):
                yield verb, False
            continue
        if verb.lemma_.lower() not in _AUXILIARIES or verb.dep_ in {"aux", "auxpass"}:
            continue
        subjects = clauses.children(verb, "nsubj")
        if not subjects or verb.i == sentence.start or any(c.dep_ not in _BESIDE for c in verb.children):
            continue
        before = verb.nbor(-1).lower_
        if before in _JOINING and subjects[0].i > verb.i:
            yield verb, True
        elif verb.lemma_ == "do" and any(c.dep_ == "neg" for c in verb.children):
            opener = subjects[0].left_edge.i - 1
            if opener >= sentence.start and verb.doc[opener].lower_ in _CONTRAST:
                yield verb, False
