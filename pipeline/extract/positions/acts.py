"""What a clause does about an issue: one's own acts, threats, conditions set, and what documents hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import TURNED, Climb, stance_of
from pipeline.extract.positions.judgements import subject_ids
from pipeline.extract.positions.lexicon import Operator, any_kind, is_speech
from pipeline.extract.positions.nouns import NounReader
from pipeline.extract.positions.papers import document_above, is_told_part
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
# Openers of what a threat is held against.
_THREATENED = frozenset({"if", "should", "once", "when"})
_THREAT_STEPS = 4
_ONLY_THEN = frozenset({"after", "once", "when", "only after", "only once", "only when"})
_ONLY_IF = frozenset({"if", "once", "when", "after"})
_SUPPOSING = frozenset({"if", "unless"})
# Openers of an act that a refusal waits for, of one that a promise waits for, and verbs that tell no act.
_AWAITED = frozenset({"until", "unless", "not before"})
_WITHHELD = frozenset({"until", "unless", "if"})
_BARGAINED = frozenset({"once", "as soon as", "only after", "only once", "only when"})
_STATES = frozenset({
    "be", "become", "come", "get", "have", "receive", "obtain", "see", "gain", "happen", "hold", "take",
    "begin", "start", "hope", "win",
})  # fmt: skip
# Verbs by which a thing comes to nothing.
_ENDING = frozenset({"fail", "collapse", "break", "stall", "falter", "founder", "end", "expire", "lapse"})
_BREACHING = frozenset({"violate", "breach", "contravene", "flout", "break", "infringe"})
_FORCING = frozenset(
    {"force", "compel", "make", "coerce", "oblige", "push", "drag", "bully", "pressure", "blackmail"}
)
_NOBODY = frozenset({"nobody", "nothing", "none"})
# Verbs whose negation is meant of what is thought.
_RAISING = frozenset({"think", "believe", "feel", "suppose", "reckon"})
# Verbs by which a thing begins: what must be done before that is a condition of it.
_STARTING = frozenset(
    {"start", "begin", "resume", "commence", "open", "proceed", "continue", "happen", "reopen"}
)
# Verbs by which something is settled between two: that it comes about is no demand upon the other.
_SETTLING = frozenset({"sign", "agree", "reach", "conclude", "end", "settle", "finish", "do", "enter"})


class ActReader(NounReader):
    """Reads what the clauses of one sentence do about an issue, whatever attitude their words tell."""

    def _own_act(self, climb: Climb, verb: Token) -> None:
        """The phrase that names the issue is itself an act: "he won't cede territory"."""
        author = self._author_subject(verb)
        papers = self._lexicon.file.document_nouns | self._lexicon.file.document_parts
        drafted = author is not None and author.lemma_.lower() in papers
        wished = mood.is_obliged(verb, self._lexicon)  # "any deal must include": its speaker's wish
        # "Drops a clause that would have sent it aid", "comes from talks with Oslo": what is no more, or was
        idle = mood.is_unreal(verb) or (
            climb.hit.issue.occasion and not mood.is_committing(verb, self._lexicon)
        )
        if author is not None and drafted and not wished and not clauses.is_passive(verb):
            if idle or verb.lemma_.lower() in _BREACHING:  # "said the plan violated the accord": a charge
                return
            climb.add_author("document_act", climb.stance(), author, verb, frozenset())
            return
        document = self._document_of(verb)
        if document is not None:
            climb.add_author("document_act", climb.stance(), document, verb, frozenset())
            return
        if self._decided(climb, verb):
            return
        if mood.is_obliged(verb, self._lexicon):
            climb.add("obliged_act", climb.stance(), (), verb, frozenset(), 2, False)
            return
        if mood.is_hypothetical(verb) or mood.is_asked(verb) or clauses.is_passive(verb):
            return
        if mood.is_unreal(verb) or mood.is_seen(verb) or mood.is_bidden(verb):
            return
        if verb.dep_ in {"relcl", "acl"} and any(c.lower_ == "for" for c in clauses.children(verb, "mark")):
            return  # "the only way for Oslo to join": what it would take, no will of Oslo's
        if any(c.lower_ in {"likely", "probably", "presumably"} for c in clauses.children(verb, "advmod")):
            return  # "he will likely meet": a forecast
        # That two presidents have met tells of an occasion, not of what either wants.
        # To have broken off talks is to refuse them.
        done = (
            climb.hit.issue.occasion and climb.hit.orient > 0 and not mood.is_committing(verb, self._lexicon)
        )
        if not done and (climb.hit.agentive or mood.is_committing(verb, self._lexicon)):
            own = (
                self._is_joined_act(verb)
                or mood.is_going_to(verb)
                or bool(clauses.accused(verb))
                or self._is_kept_up(verb)
                or any(c.dep_ in clauses.SUBJECTS for c in verb.children)
            )
            if own:
                # "intelligence for Ukraine would go on": the subject is the issue, the promise its speaker's.
                named = (i for i in subject_ids(verb) if self._doc[i].pos_ == "PROPN")
                ids = tuple(i for i in subject_ids(verb) if not self._names_issue(climb.hit, i)) or tuple(
                    named
                )
                if ids or mood.is_announced(verb) or mood.is_only_then(verb):
                    climb.add("own_act", climb.stance(), ids, verb, frozenset(), 2, True)

    def _not_forced(self, climb: Climb, act: Token, verb: Token) -> bool:
        """ "Nobody can make us sign it": who is not to be forced to an act refuses it; true if so."""
        if (
            verb.lemma_.lower() not in _FORCING
            or act.tag_ != "VB"
            or not (climb.hit.agentive or climb.claims)
        ):
            return False
        nobody = any(
            s.lower_ in _NOBODY or (s.lower_ == "one" and any(c.lower_ == "no" for c in s.children))
            for s in clauses.children(verb, "nsubj")
        )
        forced = [*clauses.children(verb, "dobj"), *clauses.children(act, "nsubj")]
        modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
        if not nobody or not modal or not forced:
            return False
        climb.claims = []
        climb.add(
            "not_forced", stance_of(-climb.polarity), tuple(t.i for t in forced), verb, frozenset(), 2, False
        )
        climb.detached = True
        return True

    def _names_issue(self, hit: Hit, i: int) -> bool:
        """Whether the token belongs to the words that name the issue: "the Sund crossing would reopen"."""
        inside = {c.i for c in clauses.children(self._doc[i], "compound")}
        return i in hit.tokens or not inside.isdisjoint(hit.tokens)

    def _is_joined_act(self, verb: Token) -> bool:
        """ "Left the bay and lifted the siege"; but "no interest in talking or signing" tells no act."""
        above = verb.head
        told = verb.tag_ != "VBG" or (above.tag_ == "VBG" and above.dep_ not in {"pcomp", "pobj"})
        return verb.dep_ == "conj" and told

    def _decided(self, climb: Climb, verb: Token) -> bool:
        """ "Ankara's decision to open the strait": its owner has taken the act upon himself; true if so."""
        noun = verb.head
        if verb.dep_ != "acl" or noun.lemma_.lower() not in self._lexicon.file.undertaking_nouns:
            return False
        holders = tuple(t.i for t in clauses.possessors(noun) if t.i < noun.i)
        if not holders or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
            return False
        if mood.is_negated(verb, self._lexicon) or climb.hit.anaphor:
            return False
        if any(c.lower_ in {"a", "an", "any", "no"} for c in clauses.children(noun, "det")):
            return False  # "an American decision to recognise it would": none was taken
        climb.add("decided", climb.stance(), holders, verb, frozenset({noun.i}), 2, False)
        return True

    def _is_kept_up(self, verb: Token) -> bool:
        """Whether the clause tells what its subject goes on doing: "continues to block the convoys"."""
        above = verb.head
        return (
            verb.dep_ == "xcomp"
            and above.lemma_.lower() in self._lexicon.file.persisting_verbs
            and not mood.is_hypothetical(above)
            and not mood.is_obliged(above, self._lexicon)
        )

    def _goes_on(self, hit: Hit, verb: Token) -> bool:
        """ "The exchange will continue": whoever says so of what he has a hand in wants it."""
        return (
            verb.lemma_.lower() in self._lexicon.file.enduring_verbs
            and mood.is_announced(verb)
            and not hit.anaphor
            and not hit.issue.occasion
            and not clauses.children(verb, "dobj")
        )

    def _modality(self, climb: Climb, verb: Token) -> None:
        """ "must include guarantees": a wish of whoever says it, and not of the clause's subject."""
        aside = verb.dep_ == "relcl" and verb.lemma_.lower() in {"need", "require"}
        if aside and not self._is_within_quotes(verb):
            climb.silence()  # "the bid, which requires unanimous consent": the reporter tells the rules
            return
        if verb.pos_ in _VERBS and mood.is_obliged(verb, self._lexicon):
            climb.drop_pending(only={verb.i})
            document = self._document_of(verb)
            if document is not None and clauses.is_passive(verb):
                # "Under the deal, Oslo would be required to leave": its author wants it
                climb.add_author("document_clause", climb.stance(), document, verb, frozenset())
                return
            climb.add("obliged_clause", climb.stance(), (), verb, frozenset(), 2, False)

    def _is_within_quotes(self, verb: Token) -> bool:
        """Whether a quotation is open at the verb, counted from the start of its sentence."""
        marks = [t.text for t in self._doc[verb.sent.start : verb.i] if t.text in {"“", "”", '"'}]
        return sum(1 if m == "“" else -1 if m == "”" else 0 for m in marks) > 0 or marks.count('"') % 2 == 1

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
        if opener in _AWAITED and not refused:
            return False
        climb.drop_pending()
        climb.claims = []
        climb.add("condition_set", climb.stance(), holders, main, frozenset(), 2, False)
        return True

    def _is_wished_of(self, noun: Token) -> bool:
        """ "Kyiv should have no prospect of it", "must show readiness": an attitude wished of its subject."""
        verb = noun.head
        if noun.pos_ not in _NOUNS or noun.dep_ != "dobj" or verb.pos_ not in _VERBS:
            return False
        carrying = verb.lemma_.lower() in self._lexicon.file.carrying_verbs
        return carrying and mood.is_obliged(verb, self._lexicon)

    def _is_done_by_others(self, verb: Token, operator: Operator) -> bool:
        """ "The swap was agreed", an agency tells: by others; "if the pact is signed" is asked for."""
        return operator.group.rule == "accept" and not mood.is_hypothetical(verb)

    def _is_missed(self, verb: Token) -> bool:
        """Whether the clause tells what its subject would suffer for want of something, and no terms."""
        would = any(c.dep_ == "aux" and c.lower_ in {"would", "will", "could"} for c in verb.children)
        return would and not mood.is_negated(verb, self._lexicon) and not self._operators.get(verb.i)

    def _is_to_come(self, climb: Climb) -> bool:
        """Whether a clause passed on the way up tells a coming act, or none at all was passed."""
        verbs = [self._doc[i] for i in climb.path if self._doc[i].pos_ in _VERBS]
        verbs = [v for v in verbs if v.dep_ in {"ccomp", "xcomp", "conj"}]
        if not verbs or any(mood.is_committing(v, self._lexicon) for v in verbs):
            return True
        # "denied that it was ready to join"
        ready = (t for v in verbs for t in clauses.children(v, "acomp"))
        return any(op.group.rule == "promise" for t in ready for op in self._operators.get(t.i, ()))

    def _title(self, act: Token) -> Token | None:
        """The noun of "has no right to act", where the parse hangs the act on "has"."""
        if act.tag_ != "VB" or act.head.lemma_.lower() != "have":
            return None
        nouns = [o for o in clauses.children(act.head, "dobj") if o.i < act.i]
        return next((o for o in nouns if o.lemma_.lower() in self._lexicon.file.title_nouns), None)

    def _lacks_title(self, climb: Climb, operator: Operator, noun: Token) -> bool:
        """ "Rome has no right to do it": whoever says so is against it, not Rome; true if that is told."""
        if noun.pos_ not in _NOUNS or noun.lemma_.lower() not in self._lexicon.file.title_nouns:
            return False
        if operator.group.sign >= 0 or not self._negator_inside(operator, noun):
            return False
        climb.drop_pending()
        climb.claims = []
        climb.add("no_right", stance_of(-climb.polarity), (), noun, operator.tokens, 3, False)
        climb.detached = True
        return True

    def _entitled(self, climb: Climb, noun: Token) -> None:
        """ "Oslo has the right to fish there": whoever says so is for it."""
        verb = noun.head
        if noun.lemma_.lower() != "right" or noun.dep_ != "dobj" or verb.lemma_ != "have":
            return
        if mood.is_hypothetical(verb) or any(c.lower_ == "no" for c in clauses.children(noun, "det")):
            return
        denied = mood.is_negated(verb, self._lexicon)
        climb.drop_pending()
        stance = stance_of(-climb.polarity if denied else climb.polarity)
        climb.add("has_right", stance, (), verb, frozenset({noun.i}), 2, False)

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
        found = any_kind(self._operators.get(main.i, ()), "evaluation")
        return found is not None and found.group.sign < 0 and not found.group.conditional

    def _required(self, climb: Climb, inside: Token) -> None:
        main = inside.head
        while main.pos_ not in _VERBS and main.head.i != main.i:
            main = main.head
        if main.pos_ not in _VERBS:
            return
        main = self._told(main, inside)
        climb.add(
            "condition_set",
            climb.stance(),
            subject_ids(main),
            main,
            frozenset(),
            2,
            False,
        )

    def _under_speech(self, climb: Climb, verb: Token) -> None:
        """The clause is what `verb` reports: a claim of whoever says it gets its subject as holder."""
        if any(s.lower_ == "few" for s in clauses.children(verb, "nsubj")):
            climb.silence()  # "few expect Tehran to agree"
        if verb.dep_ == "xcomp" and verb.lemma_.lower() in self._lexicon.file.silent_verbs:
            climb.silence()  # "wanted to know why a summit needs a flag"
        if mood.is_negated(verb, self._lexicon):
            raised = verb.lemma_.lower() in _RAISING  # "does not think that it should": thinks it should not
            own = [c for c in climb.claims if c.source == "speaker" and not c.holders]
            climb.claims = [c for c in climb.claims if c not in own]
            climb.claims += [
                replace(c, stance=TURNED[c.stance]) for c in own if raised and c.stance == "support"
            ]
        ids = subject_ids(verb)
        climb.claims = [
            replace(c, holders=ids, communicated=True) if c.source == "speaker" and not c.holders else c
            for c in climb.claims
        ]

    def _author_subject(self, verb: Token) -> Token | None:
        """The document noun that is the verb's subject; terms and demands count if they are somebody's."""
        file = self._lexicon.file
        for subject in clauses.subjects(verb):
            lemma = subject.lemma_.lower()
            if subject.pos_ not in _NOUNS or self._negated_by(subject):
                continue  # "there was no point in": no point of a document
            if lemma in file.share_nouns | file.single_parts:
                # "elements of the draft include": what a part of a document holds, its author wants
                wholes = [
                    o for p in clauses.children(subject, "prep") if p.lower_ == "of" for o in p.children
                ]
                for whole in wholes:
                    if whole.dep_ == "pobj" and whole.lemma_.lower() in file.document_nouns:
                        return whole
            if lemma in file.document_nouns or (lemma in file.owned_nouns and clauses.possessors(subject)):
                return subject
            if is_told_part(subject, file.document_parts):
                return subject
        return None

    def _document_of(self, verb: Token) -> Token | None:
        """The document under which the clause would hold: "under the plan, Kyiv would withdraw"."""
        if verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not clauses.children(verb, "nsubj"):
            verb = verb.head
        file = self._lexicon.file
        for prep in clauses.children(verb, "prep"):
            if prep.lower_ in {"under", "in"}:
                for noun in clauses.children(prep, "pobj"):
                    part = is_told_part(noun, file.document_parts)
                    if (noun.lemma_.lower() in file.document_nouns or part) and prep.i < verb.i:
                        return noun
                    if noun.lower_ == "which" and verb.dep_ == "relcl":
                        return document_above(verb, file.document_nouns, file.document_parts)
        return None
