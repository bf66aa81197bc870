"""What a bare answer says to what somebody has just wished for: "Oslo agreed; Riga refused"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.extract.positions.vocabulary import Hit, Issue

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_VERBS = frozenset({"VERB", "AUX"})
_SAYING = frozenset({"say", "reply", "answer"})
_YES = frozenset({"yes"})
_NO = frozenset({"no"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Places of what a verb is about; a verb with one of them answers something of its own.
_MATTERS = frozenset({"dobj", "ccomp", "xcomp", "dative", "oprd", "attr", "acomp"})
# Prepositions that give no more than time, place or manner of the answer.
_BESIDE = frozenset(
    {"in", "within", "after", "before", "without", "on", "at", "by", "under", "from", "during"}
)
_LAST_TIMES = frozenset({"yet", "never"})


def replies(
    sentence: Span,
    wished: Sequence[tuple[Issue, int, int]],
    moved: Sequence[tuple[Issue, int, int]],
    lexicon: StanceLexicon,
) -> list[Claim]:
    """Claims of those who answer in the sentence with a bare verb.

    `wished`: issue, polarity and last token (-1 for an earlier sentence) of what somebody wishes for;
    `moved`: the same for what anybody or any paper asks for, which may be voted on.
    """
    found: list[Claim] = []
    for verb, sign in _answering(sentence, lexicon):
        known = [*wished, *moved] if verb.lemma_ == "vote" else wished
        before = [(issue, polarity) for issue, polarity, last in known if last < verb.i]
        if not before:
            continue
        issue, polarity = before[-1]
        holders = tuple(t.i for t in clauses.subjects(verb))
        if not holders:
            continue
        at = verb.i
        hit = Hit(issue, at, at + 1, at, frozenset({at}), polarity, False, (), True)
        stance = stance_of(polarity * sign)
        found.append(Claim(hit, stance, "tokens", holders, "reply", 2, at, frozenset({at, *holders})))
    return found


def _vote(verb: Token) -> int:
    """1 for "voted in favour", -1 for "voted against", where neither tells of what; else 0."""
    if verb.lemma_ != "vote" or verb.pos_ != "VERB":
        return 0
    for word in verb.children:
        if word.lower_ == "against" and not list(word.children):
            return -1
        favour = [o for o in clauses.children(word, "pobj") if o.lower_ in {"favour", "favor"}]
        if word.lower_ == "in" and favour and not clauses.children(favour[0], "prep"):
            return 1
    return 0


def _answering(sentence: Span, lexicon: StanceLexicon) -> Iterator[tuple[Token, int]]:
    """Verbs of the sentence that do no more than answer, with 1 for a yes and -1 for a no."""
    file = lexicon.file
    for verb in sentence:
        if verb.pos_ not in _VERBS or verb.dep_ not in {"ROOT", "conj", "ccomp", "parataxis", "advcl"}:
            continue
        if not clauses.subjects_of(verb) or mood.is_hypothetical(verb) or clauses.is_passive(verb):
            continue
        lemma = verb.lemma_.lower()
        vote = _vote(verb)
        if vote and not mood.is_negated(verb, lexicon) and verb.tag_ in _FINITE:
            yield verb, vote
            continue
        own = [c for c in verb.children if c.dep_ in _MATTERS]
        if lemma in _SAYING:
            words = {c.lower_ for c in verb.children if c.dep_ in {"intj", "dobj", "ccomp", "advmod"}}
            bare = all(c.lower_ in _YES | _NO for c in own if c.i > verb.i)
            sign = 1 if words & _YES else -1 if words & _NO else 0
        else:
            bare = not own and all(p.lower_ in _BESIDE for p in clauses.children(verb, "prep"))
            sign = 1 if lemma in file.agreeing_verbs else -1 if lemma in file.refusing_answers else 0
        told = verb.tag_ in _FINITE or any(c.dep_ == "aux" and c.tag_ in _FINITE for c in verb.children)
        timed = any(c.lower_ in _LAST_TIMES for c in verb.children)
        denied = lemma not in _SAYING and mood.is_negated(verb, lexicon)
        if denied and bare and lemma in file.agreeing_verbs and mood.is_announced(verb):
            yield verb, -1  # "it would never agree"
            continue
        if sign and bare and told and not timed and not denied:
            yield verb, sign
