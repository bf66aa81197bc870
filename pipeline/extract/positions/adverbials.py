"""What an adverbial clause tells about an issue in it: terms set, threats, and what an offer is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Climb, stance_of
from pipeline.extract.positions.judgements import subject_ids
from pipeline.extract.positions.lexicon import any_kind, is_speech
from pipeline.extract.positions.nouns import NounReader

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
# Openers of what a threat is held against.
_THREATENED = frozenset({"if", "should", "once", "when"})
_THREAT_STEPS = 4
_NOTICE = frozenset({"resignation"})
_ONLY_THEN = frozenset({"after", "once", "when", "only after", "only once", "only when"})
_ONLY_IF = frozenset({"if", "once", "when", "after"})
_SUPPOSING = frozenset({"if", "unless"})
_PAID_BY = frozenset({"if", "once"})
# Openers of an act that a refusal waits for, of one that a promise waits for, and verbs that tell no act.
_AWAITED = frozenset({"until", "unless", "not before"})
_WITHHELD = frozenset({"until", "unless", "if"})
_ASKING = frozenset({"demand", "want"})  # rules of operators by which one asks for what another does
_BARGAINED = frozenset({"once", "as soon as", "only after", "only once", "only when"})
_STATES = frozenset({
    "be", "become", "come", "get", "have", "receive", "obtain", "see", "gain", "happen", "hold", "take",
    "begin", "start", "hope", "win",
})  # fmt: skip
# Of these, verbs for what is done to an object as well: "if Oslo holds elections".
_HELD = frozenset({"hold", "begin", "start"})
# Verbs by which a thing comes to nothing.
_ENDING = frozenset({"fail", "collapse", "break", "stall", "falter", "founder", "end", "expire", "lapse"})
# Verbs by which a thing begins: what must be done before that is a condition of it.
_STARTING = frozenset(
    {"start", "begin", "resume", "commence", "open", "proceed", "continue", "happen", "reopen"}
)
# Verbs by which something is settled between two: that it comes about is no demand upon the other.
_SETTLING = frozenset({"sign", "agree", "reach", "conclude", "end", "settle", "finish", "do", "enter"})


class AdverbialReader(NounReader):
    """Reads what the adverbial clauses of one sentence ask for, threaten or suppose."""

    def _leave_adverbial(self, climb: Climb, clause: Token) -> None:
        """The issue stands in an adverbial clause: a condition asks for it, a supposition tells nothing."""
        opener = self._binder.opener_at(clause)
        if opener is None:
            if mood.is_hypothetical(clause):
                climb.drop_pending()
            return
        if opener[2] in _THREATENED and self._threatened(climb, clause):
            return
        if opener[2] in _ONLY_IF and self._only_if(climb, clause):
            return
        if opener[2] in _WITHHELD and self._withheld(climb, clause, opener[2]):
            return
        if opener[2] in _AWAITED | _BARGAINED and self._awaited(climb, clause, opener[2]):
            return
        if opener[2] == "before" and self._preceded(climb, clause):
            return
        if opener[2] == "if" and (self._asked_for(climb, clause) or self._is_to_be(climb, clause)):
            return
        if opener[2] in _PAID_BY and self._bought(climb, clause):
            return
        if opener[2] in _SUPPOSING:
            # "if Cairo is not willing to sign": nobody is told to be unwilling
            climb.claims = [c for c in climb.claims if c.source != "tokens" and c.rule != "passive_reject"]
            if self._comes_to_harm(clause):
                climb.claims = []
                spared = climb.polarity if opener[2] == "unless" else -climb.polarity
                climb.add("threatens", stance_of(spared), (), clause.head, frozenset(), 2, False)
        if opener[2] in _ONLY_THEN and self._only_before(clause):
            # "A truce is possible only after Oslo has left", "is only possible once": what it takes
            climb.drop_pending()
            climb.claims = [c for c in climb.claims if c.source != "tokens"]
            self._required(climb, clause)
            return
        if opener[2] != "after":  # what comes after has happened; the rest is only supposed
            climb.drop_pending()
        if opener[2] in self._lexicon.file.requiring:
            self._required(climb, clause)

    def _only_if(self, climb: Climb, clause: Token) -> bool:
        """ "Would only agree if Rome lifted the levy": what is waited for is asked of another; true if so."""
        main = self._told(clause.head, clause)
        only = any(c.lower_ == "only" and c.i < main.i for c in clauses.children(main, "advmod"))
        if main.pos_ not in _VERBS or not only or not mood.is_announced(main) or climb.hit.anaphor:
            return False
        if main.lemma_.lower() in self._lexicon.file.silent_verbs | _STATES or climb.hit.head_i < main.i:
            return False
        holders = subject_ids(main)
        others = {t.lemma_.lower() for t in clauses.subjects(clause)}
        if not holders or any(self._doc[i].lemma_.lower() in others for i in holders):
            return False
        climb.claims = []
        climb.add("condition_set", climb.stance(), holders, main, frozenset(), 2, False)
        return True

    def _bought(self, climb: Climb, clause: Token) -> bool:
        """ "Offered to stop where it stands if Rome left the bay": what is offered for is asked of Rome.

        True if it is. What only comes about ("if a deal is signed") is asked of nobody.
        """
        offering = next((t for t in clause.ancestors if t.pos_ in _VERBS and self._offers(t)), None)
        if offering is None or climb.hit.anaphor:
            return False
        passive = clauses.is_passive(clause)
        if passive and climb.hit.head_i not in {t.i for t in clauses.subjects_of(clause)}:
            return False  # "if guarantees were provided" asks for them
        if clause.lemma_.lower() in (_STATES - _HELD) | _SETTLING or offering.i > clause.i:
            return False
        holders = subject_ids(offering)
        own = {t.lemma_.lower() for i in holders for t in (self._doc[i],)} | {"he", "she", "it", "they", "we"}
        others = clauses.subjects_of(clause)
        if not holders or not others or any(t.lemma_.lower() in own for t in others):
            return False
        climb.claims = []
        climb.add("condition_set", climb.stance(), holders, offering, frozenset(), 2, False)
        return True

    def _offers(self, verb: Token) -> bool:
        """Whether the clause tells an offer or readiness: "offered to", "has proposed to", "is ready to"."""
        if mood.is_negated(verb, self._lexicon):
            return False
        ready = (op for t in clauses.children(verb, "acomp") for op in self._operators.get(t.i, ()))
        if any(op.group.rule == "promise" for op in ready):
            return True
        made = any(op.group.rule == "offer" for op in self._operators.get(verb.i, ()))
        return made and bool(clauses.children(verb, "xcomp", "ccomp", "dobj"))

    def _only_before(self, clause: Token) -> bool:
        """Whether the clause above calls its subject possible, and "only" on the terms of this one."""
        main = clause.head
        if main.pos_ not in _VERBS or not any(c.lemma_ == "possible" for c in main.children):
            return False
        return any(t.lower_ == "only" for t in self._doc[main.left_edge.i : clause.i])

    def _withheld(self, climb: Climb, clause: Token, opener: str) -> bool:
        """ "There will be no talks until they free them": what is not yet done is asked for; true if so."""
        main = clause.head
        refused = (
            main.pos_ in _VERBS
            and bool(clauses.children(main, "expl"))
            and any(self._negated_by(n) for n in clauses.children(main, "attr"))
        )
        undone = mood.is_negated(clause, self._lexicon)
        if not refused or undone != (opener == "if") or climb.hit.anaphor:
            return False
        if clause.lemma_.lower() in _STATES | _SETTLING:
            return False  # "until a deal is signed": no more than the time
        climb.claims = []
        wanted = -climb.polarity if opener == "if" else climb.polarity
        climb.add("condition_set", stance_of(wanted), (), main, frozenset(), 2, False)
        return True

    def _tied_to_act(self, verb: Token) -> bool:
        """ "If the ships do not leave, there will be no talks": refused until another has acted."""
        return any(
            mood.is_hypothetical(c) and mood.is_negated(c, self._lexicon)
            for c in clauses.children(verb, "advcl")
        )

    def _asked_for(self, climb: Climb, clause: Token) -> bool:
        """ "Will come to the table if Rome agrees to a truce": what another is to agree to is asked for.

        True if it is; the other has agreed to nothing yet.
        """
        if not any(c.rule == "accept" and c.node_i == clause.i for c in climb.claims):
            return False
        main = self._told(clause.head, clause)
        ready = [main, *clauses.children(main, "acomp", "xcomp")]
        undertaken = mood.is_announced(main) or any(
            op.group.rule in {"promise", "accept", "offer"}
            for t in ready
            for op in self._operators.get(t.i, ())
        )
        if not undertaken or mood.is_negated(main, self._lexicon) or mood.is_negated(clause, self._lexicon):
            return False
        holders = subject_ids(main)
        others = {t.lemma_.lower() for t in clauses.subjects(clause)}
        if not holders or any(self._doc[i].lemma_.lower() in others for i in holders):
            return False
        climb.drop_pending()
        climb.claims = []
        climb.add("condition_set", climb.stance(), holders, main, frozenset(), 2, False)
        return True

    def _preceded(self, climb: Climb, clause: Token) -> bool:
        """ "The army must leave before a truce can begin": who says so has the truce on that condition.

        So has who insists, demands or wants that it leave first.
        """
        main = self._told(clause.head, clause)
        if climb.hit.anaphor or main.pos_ not in _VERBS:
            return False
        if climb.claims:
            return self._deferred(climb, clause, main)
        holders: tuple[int, ...] = ()
        if not mood.is_obliged(main, self._lexicon):
            found = any_kind(self._operators.get(main.head.i, ()), "directive")
            if main.dep_ not in {"ccomp", "xcomp"} or found is None or found.group.sign < 0:
                return False
            holders = subject_ids(main.head)
        possible = {"can", "could", "may", *({"will", "would"} if holders else ())}
        allowed = any(c.dep_ == "aux" and c.lower_ in possible for c in clause.children)
        head = self._doc[climb.hit.head_i]
        starts = clause.lemma_.lower() in _STARTING and any(
            s.i in climb.path or s.i == head.i for s in clauses.subjects_of(clause)
        )
        done = bool(holders) and clauses.is_passive(clause) and climb.hit.head_i == clause.i
        if not (allowed or starts or done) and not any(
            c.lower_ == "any" for c in clauses.children(head, "det")
        ):
            return False
        climb.add("precedes", "conditional", holders, main, frozenset(), 1, False)
        return True

    def _held_over(self, climb: Climb, prep: Token) -> bool:
        """ "Insisted on a pull-back before agreeing to talks": agreed to on that condition; true if so."""
        main = prep.head
        wish = any_kind(self._operators.get(main.i, ()), "directive")
        if prep.lower_ != "before" or not clauses.children(prep, "pcomp") or wish is None:
            return False
        if wish.group.sign < 0 or climb.hit.anaphor or mood.is_negated(main, self._lexicon):
            return False
        given = {"accept", "promise", "own_act"}
        if not climb.claims or any(c.rule not in given or c.stance != "support" for c in climb.claims):
            return False
        climb.claims = []
        climb.add("precedes", "conditional", subject_ids(main), main, frozenset(), 2, False)
        return True

    def _is_to_be(self, climb: Climb, clause: Token) -> bool:
        """ "They must change course if talks are to resume": who says so has the talks on that condition."""
        if clause.lemma_ != "be" or climb.hit.anaphor or climb.claims or climb.polarity < 0:
            return False
        if not any(v.tag_ == "VB" for v in clauses.children(clause, "xcomp")):
            return False
        main = self._told(clause.head, clause)
        for verb in (main, *(t for t in main.ancestors if t.pos_ in _VERBS)):
            wish = any_kind(self._operators.get(verb.i, ()), "directive")
            if wish is not None and wish.group.sign > 0 and not mood.is_negated(verb, self._lexicon):
                climb.add("precedes", "conditional", subject_ids(verb), verb, frozenset(), 2, False)
                return True
            if mood.is_obliged(verb, self._lexicon):
                climb.add("precedes", "conditional", (), verb, frozenset(), 2, False)
                return True
        return False

    def _deferred(self, climb: Climb, clause: Token, main: Token) -> bool:
        """ "Wants to see steps before it will agree to talks": agreed to on that condition; true if so."""
        while main.dep_ in {"xcomp", "ccomp", "conj"} and main.head.pos_ in _VERBS:
            main = main.head
        wish = any_kind(self._operators.get(main.i, ()), "directive")
        if wish is None or wish.group.sign < 0 or not mood.is_announced(clause):
            return False
        if any(c.rule not in {"accept", "promise", "own_act"} or c.stance != "support" for c in climb.claims):
            return False
        climb.claims = []
        climb.add("precedes", "conditional", subject_ids(main), main, frozenset(), 2, False)
        return True

    def _awaited(self, climb: Climb, clause: Token, opener: str) -> bool:
        """ "Will not disarm until the army withdraws": who waits for another's act asks for it; true if so.

        So does who promises something "once" another has acted. What is only to come ("until a truce is in
        place", "once a deal is signed") tells no more than the time.
        """
        if clause.pos_ != "VERB" or clause.lemma_.lower() in _STATES or climb.hit.anaphor:
            return False
        main = self._told(clause.head, clause)
        if main.pos_ not in _VERBS or clauses.is_passive(main) or main.lemma_.lower() in _STATES:
            return False  # "will get no relief until": the will is not its subject's
        refused = mood.is_negated(main, self._lexicon) or any(
            op.group.rule == "reject" for op in self._operators.get(main.i, ())
        )
        holders = subject_ids(main)
        bargained = (
            opener in _BARGAINED
            and (mood.is_announced(main) or refused)
            and clause.lemma_.lower() not in _SETTLING
            and not climb.hit.issue.step_to_settlement
            and not climb.hit.issue.occasion
        )
        others = {t.lemma_.lower() for t in clauses.subjects(clause)}
        own = any(self._doc[i].lemma_.lower() in others for i in holders)
        if not holders or (opener in _BARGAINED and (not bargained or own)):
            return False
        if opener in _BARGAINED and refused and mood.is_obliged(main, self._lexicon):
            return False  # "once they are lifted, Rome cannot bring them back": a demand upon Rome
        if opener in _AWAITED and not refused:
            return False
        climb.drop_pending()
        climb.claims = []
        climb.add("condition_set", climb.stance(), holders, main, frozenset(), 2, False)
        return True

    def _told(self, verb: Token, clause: Token) -> Token:
        """What `verb` tells, if `clause` comes after it: parsers hang "if Rome agrees" on "she said"."""
        if verb.pos_ in _VERBS and is_speech(self._operators.get(verb.i, ())):
            told = [c for c in clauses.children(verb, "ccomp") if c.i < clause.i and c.i < verb.i]
            return told[-1] if told else verb
        return verb

    def _threatened(self, climb: Climb, clause: Token) -> bool:
        """ "Threatened to resign if he signs": what is threatened for is opposed; true if that is told."""
        verb: Token | None = clause.head
        for _ in range(_THREAT_STEPS):
            if verb is None or self._threatens(verb):
                break
            steps = {"xcomp", "ccomp", "pcomp", "prep", "conj", "acomp"}
            verb = verb.head if verb.dep_ in steps and verb.head.i != verb.i else None
        if verb is None or not self._threatens(verb):
            return False
        if mood.is_negated(verb, self._lexicon) or clauses.is_passive(verb):
            return False
        climb.drop_pending()
        climb.claims = []
        # "If the talks fail": what is threatened for is their end.
        ends = clause.lemma_.lower() in _ENDING and not mood.is_negated(clause, self._lexicon)
        against = climb.polarity if ends else -climb.polarity
        climb.add("threatens", stance_of(against), subject_ids(verb), verb, frozenset(), 3, False)
        return True

    def _threatens(self, verb: Token) -> bool:
        """Whether the verb tells a threat or a warning, or that its subject will leave a post or a body."""
        file, lemma = self._lexicon.file, verb.lemma_.lower()
        if lemma in file.threatening_verbs:
            return True
        if lemma in file.retaliating_verbs and self._is_vowed(verb):
            return True
        if mood.is_announced(verb) and any(t.lemma_.lower() in _NOTICE for t in verb.subtree if t.i > verb.i):
            return True  # "we will hand in letters of resignation"
        if lemma not in file.leaving_verbs or not (mood.is_announced(verb) or verb.dep_ == "xcomp"):
            return False
        above = [verb, *clauses.children(verb, "prep", "prt")]
        return any(o.lemma_.lower() in file.left_bodies for v in above for o in v.subtree if o.i > verb.i)

    def _is_vowed(self, verb: Token) -> bool:
        """ "Vowed to retaliate", "promised to respond in kind": what one will do in turn."""
        above = verb.head
        vowed = any(op.group.rule == "promise" for op in self._operators.get(above.i, ()))
        aimed = clauses.children(verb, "dobj") and verb.lemma_.lower() not in {"punish", "strike", "hit"}
        return verb.dep_ == "xcomp" and vowed and not aimed

    def _comes_to_harm(self, clause: Token) -> bool:
        """ "If the accord is rejected, we risk a war": the main clause tells what ill would come of it."""
        main = clause.head
        if main.pos_ not in _VERBS or mood.is_negated(main, self._lexicon):
            return False
        none = bool(clauses.children(main, "expl")) and any(
            self._negated_by(n) for n in clauses.children(main, "attr")
        )
        comes_to_nothing = main.lemma_.lower() in _ENDING and not clauses.children(main, "dobj")
        if (none or comes_to_nothing) and any(c.tag_ == "MD" for c in clauses.children(main, "aux")):
            return True  # "there will be no treaty, the talks will fail if Rome insists on it"
        found = any_kind(self._operators.get(main.i, ()), "evaluation")
        return found is not None and found.group.sign < 0 and not found.group.conditional

    def _required(self, climb: Climb, inside: Token) -> None:
        main = inside.head
        while main.pos_ not in _VERBS and main.head.i != main.i:
            main = main.head
        if main.pos_ not in _VERBS:
            return
        main = self._told(main, inside)
        if self._asked_of_subject(main):
            climb.silence()  # "demands that Oslo cede the bay in exchange for calm": Oslo asks nothing
            return
        climb.add("condition_set", climb.stance(), subject_ids(main), main, frozenset(), 2, False)

    def _asked_of_subject(self, verb: Token) -> bool:
        """Whether somebody else asks for what the verb's subject is to do: "insists that Oslo leave"."""
        above = verb.head
        if verb.dep_ not in {"ccomp", "xcomp"} or above.pos_ not in _VERBS or not clauses.subjects(verb):
            return False
        return any(op.group.rule in _ASKING for op in self._operators.get(above.i, ()))
