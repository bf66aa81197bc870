"""What is told of others' reactions beside a clause: objections and support from somebody, and warnings."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import TURNED, Claim, stance_of
from pipeline.extract.positions.judgements import subject_ids
from pipeline.extract.positions.lexicon import Operator, StanceLexicon
from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS = frozenset({"VERB", "AUX"})
# Prepositions by which an act goes against a reaction, and by which it follows from one.
_AGAINST = frozenset({"despite", "over"})
_FROM = frozenset({"after", "following"})
_BESIDE = frozenset({"amid"})
# Prepositions after a noun of reaction that name its author, and those that name its own matter.
_AUTHOR = frozenset({"from", "by", "among"})
_MATTER = frozenset({"to", "of", "against", "on", "about", "for", "over", "towards", "toward"})
# Places of a word inside the phrase that it belongs to; "any attempt to seize the ships" holds the act, too.
_INSIDE = frozenset({"compound", "amod", "nmod", "pobj", "pcomp", "prep", "dobj", "acl", "conj", "poss"})
_MODALS = frozenset({"would", "could", "will", "'ll", "’ll", "'d", "’d"})
_STEPS = 8
# How something is taken where it is told of, and what that says of it.
_RECEIVED = {
    **dict.fromkeys(("reject", "dismiss", "condemn", "denounce", "criticise", "criticize", "rebuff"), -1),
    **dict.fromkeys(("oppose", "ridicule", "deride", "mock", "spurn"), -1),
    **dict.fromkeys(("welcome", "hail", "praise", "applaud", "cheer"), 1),
}
_HAVING = frozenset({"have", "enjoy", "command", "secure", "retain"})


class ReactionReader:
    """Reads the reactions to an issue that one sentence tells of others than its subject."""

    def __init__(
        self,
        doc: Doc,
        lexicon: StanceLexicon,
        operators: Mapping[int, Sequence[Operator]],
        capitals: Container[str] = (),
    ) -> None:
        self._doc = doc
        self._capitals = capitals
        self._file = lexicon.file
        self._lexicon = lexicon
        self._operators = operators

    def claims(self, hit: Hit, read: Sequence[Claim]) -> list[Claim]:
        """Claims on the issue of `hit` by those who react; `read` are what the clauses tell."""
        if hit.likeness:
            return []
        if hit.anaphor:
            return list(self._received(hit))
        return [*self._received(hit), *self._beside(hit, read), *self._met(hit), *self._warned(hit)]

    def _received(self, hit: Hit) -> Iterator[Claim]:
        """ "The idea was rejected in Oslo": by those who govern from there."""
        for verb in self._doc[hit.head_i].ancestors:
            sign = _RECEIVED.get(verb.lemma_.lower(), 0)
            if not sign or verb.tag_ != "VBN" or not clauses.is_passive(verb):
                continue
            seats = [
                t
                for p in clauses.children(verb, "prep")
                if p.lower_ == "in"
                for o in clauses.children(p, "pobj")
                for t in clauses.with_conjuncts(o)
                if t.text in self._capitals
            ]
            told = not mood.is_negated(verb, self._lexicon) and not mood.is_hypothetical(verb)
            if seats and told and not clauses.agents(verb) and self._is_subject(hit, verb):
                stance = stance_of((hit.orient or 1) * sign)
                yield self._claim(hit, "received", stance, tuple(t.i for t in seats), verb)

    def _reactions(self, hit: Hit) -> Iterator[tuple[Token, int, tuple[int, ...]]]:
        """Nouns of reaction with an author and no matter of their own: "resistance from Oslo"."""
        for noun in self._doc[hit.head_i].sent:
            against, backing = self._tone(noun)
            if noun.pos_ != "NOUN" or noun.i in hit.tokens or not (against or backing):
                continue
            places = [noun]
            if noun.dep_ == "dobj" and noun.head.lemma_.lower() in self._file.meeting_verbs:
                places.append(noun.head)  # "drew support from Bern": parsers hang the author on the verb
            authors = tuple(
                t.i
                for place in places
                for p in clauses.children(place, "prep")
                if p.lower_ in _AUTHOR or (p.lower_ == "of" and self._is_won(noun))
                for o in clauses.children(p, "pobj")
                for t in clauses.with_conjuncts(o)
            )
            authors += self._felt_in(places)
            if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _HAVING:
                authors += tuple(t.i for t in clauses.possessors(noun))  # "has Polish backing"
            won = self._is_won(noun)
            own = any(
                p.lower_ in _MATTER and not (won and p.lower_ == "of") for p in clauses.children(noun, "prep")
            )
            if authors and not own:
                yield noun, -1 if against else 1, authors

    def _tone(self, noun: Token) -> tuple[bool, bool]:
        """Whether the noun tells that something is opposed, and whether it tells that it is backed."""
        file, lemma = self._file, noun.lemma_.lower()
        if lemma in file.toned_nouns:
            tones = {c.lemma_.lower() for c in clauses.children(noun, "amod")}
            tones |= {
                t.lemma_.lower() for c in clauses.children(noun, "amod") for t in clauses.children(c, "conj")
            }
            cold, warm = tones & file.cold_tones, tones & file.warm_tones
            return bool(cold), bool(warm and not cold)
        return lemma in file.opposing_nouns, lemma in file.backing_nouns

    def _is_won(self, noun: Token) -> bool:
        """ "Won the support of Oslo", "has the backing of Riga": whose it is follows "of"."""
        verb = noun.head
        while noun.dep_ == "conj":
            noun, verb = verb, verb.head
        won = verb.lemma_.lower() in self._file.meeting_verbs or verb.lemma_.lower() in _HAVING
        return noun.lemma_.lower() in self._file.backing_nouns and noun.dep_ == "dobj" and won

    def _felt_in(self, places: Sequence[Token]) -> tuple[int, ...]:
        """Capitals in which a reaction is told: "was met with dismay in Oslo and Riga"."""
        inside = [
            o
            for place in places
            for p in clauses.children(place, "prep")
            if p.lower_ == "in"
            for o in clauses.children(p, "pobj")
        ]
        found = [t for o in inside for t in clauses.with_conjuncts(o)]
        return tuple(t.i for t in found if t.text in self._capitals)

    def _beside(self, hit: Hit, read: Sequence[Claim]) -> Iterator[Claim]:
        """ "Will use the funds despite resistance from Oslo", "dropped it after objections from Oslo"."""
        for noun, sign, authors in self._reactions(hit):
            prep = noun.head
            if sign > 0 or noun.dep_ != "pobj" or noun.lemma_.lower() in self._file.toned_nouns:
                continue
            if prep.lower_ not in _AGAINST | _FROM | _BESIDE:
                continue
            verb = prep.head
            while verb.pos_ not in _VERBS and verb.head.i != verb.i:
                verb = verb.head
            below = self._path(self._doc[hit.head_i], verb)
            if below is None or prep.i in below or self._is_parted(hit, prep):
                continue
            told = [c.stance for c in read if c.node_i in below and c.stance in {"support", "oppose"}]
            stance = stance_of(-hit.orient)
            if told and prep.lower_ in _AGAINST:
                stance = TURNED[told[-1]]
            elif told and prep.lower_ in _FROM:
                stance = told[-1]
            yield self._claim(hit, "reaction", stance, authors, noun)

    def _met(self, hit: Hit) -> Iterator[Claim]:
        """ "The loan has met resistance from Oslo", "drew support from Bern": they mean the subject."""
        for noun, sign, authors in self._reactions(hit):
            first = noun
            while first.dep_ == "conj":
                first = first.head
            verb = first.head
            if first.dep_ == "pobj" and verb.lower_ in {"with", "into", "against"}:
                verb = verb.head
            won = self._is_won(noun) and verb.lemma_.lower() in _HAVING
            if verb.pos_ not in _VERBS or not (won or verb.lemma_.lower() in self._file.meeting_verbs):
                continue
            if mood.is_negated(verb, self._lexicon) or not self._is_subject(hit, verb):
                continue
            stance = stance_of(hit.orient * sign)
            yield self._claim(hit, "met_reaction", stance, authors, noun)

    def _warned(self, hit: Hit) -> Iterator[Claim]:
        """ "Warned that any seizure of the funds would unsettle the markets": it is spoken against."""
        if hit.issue.occasion:
            return  # "warned that the talks would drag on": no word against talks
        for clause in self._doc[hit.head_i].ancestors:
            verb = clause.head
            if clause.dep_ != "ccomp" or verb.lemma_.lower() not in self._file.warning_verbs:
                continue
            modal = any(c.dep_ == "aux" and c.lower_ in _MODALS for c in clause.children)
            if not modal or mood.is_negated(clause, self._lexicon) or mood.is_negated(verb, self._lexicon):
                continue
            effect = clauses.children(clause, "dobj", "prep", "attr", "acomp", "oprd", "ccomp")
            if not effect or clause.lemma_.lower() in self._file.idle_effects:
                continue
            if not self._is_subject(hit, clause) or self._is_turned(hit, clause):
                continue
            holders = subject_ids(verb)
            if holders:
                yield self._claim(hit, "warned", stance_of(-hit.orient), holders, clause)

    def _is_subject(self, hit: Hit, verb: Token) -> bool:
        """Whether the issue's phrase is, or is inside, the subject of `verb`."""
        token = self._doc[hit.head_i]
        for _ in range(_STEPS):
            if token.dep_ in clauses.SUBJECTS:
                return token.head.i == verb.i
            if token.dep_ not in _INSIDE or token.head.i == token.i:
                return False
            token = token.head
        return False

    def _is_turned(self, hit: Hit, verb: Token) -> bool:
        """ "Warned that a lack of guarantees, a failure to send arms would": its want is meant."""
        below = self._path(self._doc[hit.head_i], verb) or set()
        for i in below - {verb.i}:
            token = self._doc[i]
            if mood.is_negated(token, self._lexicon) or token.lemma_.lower() in self._file.wanting_nouns:
                return True
            if i not in hit.tokens and any(op.group.sign < 0 for op in self._operators.get(i, ())):
                return True
        return False

    def _is_parted(self, hit: Hit, prep: Token) -> bool:
        """ "Agreed on aid but, after objections from Oslo, left the loan": another clause is reacted to."""
        return any(t.lower_ in {"but", ";"} for t in self._doc[hit.end_i : prep.i])

    def _path(self, token: Token, above: Token) -> set[int] | None:
        """The tokens from `token` up to `above`, or None if it is not below it."""
        passed = {token.i}
        while token.i != above.i:
            if token.head.i == token.i:
                return None
            token = token.head
            passed.add(token.i)
        return passed

    def _claim(self, hit: Hit, rule: str, stance: Stance, holders: tuple[int, ...], node: Token) -> Claim:
        return Claim(hit, stance, "tokens", holders, rule, 2, node.i, hit.tokens | {node.i})
