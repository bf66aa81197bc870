"""From a place that names an issue to claims: climb the parse, multiply signs, note who holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions import (
    asides,
    bearers,
    clauses,
    clefts,
    mood,
    preferences,
    sequences,
    untold,
)
from pipeline.extract.positions.claims import MAX_DISTANCE, Claim, Climb, stance_of
from pipeline.extract.positions.conditions import PRICES
from pipeline.extract.positions.judgements import judgement_of, owner_ids, subject_ids
from pipeline.extract.positions.lexicon import Operator, any_kind, is_speech
from pipeline.extract.positions.noting import ClaimNoter
from pipeline.extract.positions.papers import document_behind, is_where, is_within_deal
from pipeline.extract.positions.predicates import is_shut_out
from pipeline.extract.positions.refusals import is_let_alone, let_alone, qualified
from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
_COPULAS = frozenset({"be", "remain", "become"})
# Prepositions after a noun of attitude that tell what it is about.
_TELLING = frozenset({"on", "for", "about", "to", "over"})
# Prepositions that place what follows them in time, with the word that they hang on.
_TIMES = frozenset({("of", "ahead"), ("to", "prior"), ("to", "leading"), ("to", "run")})
_GOVERNED = frozenset(
    {"dobj", "dative", "oprd", "attr", "acomp", "xcomp", "ccomp", "prep", "pcomp", "agent", "prt"}
)


class StanceReader(ClaimNoter):
    """Reads the claims of one sentence."""

    def claims(self, hit: Hit) -> list[Claim]:
        """All claims on the issue that `hit` names, by climbing from its head to the sentence's root."""
        head = self._doc[hit.head_i]
        if is_let_alone(hit, self._doc):
            self.silenced.add(hit.head_i)
            refused = let_alone(hit, self._doc, self._lexicon)
            return [] if refused is None else [refused]
        # What only stands for an issue must be the very thing that the operator is about.
        climb = Climb(hit, hit.orient, head, {head.i}, distance=MAX_DISTANCE if hit.anaphor else 0)
        between = any_kind(self._operators.get(head.i, ()), "act", "attitude")
        if head.i not in hit.tokens and between is not None and between.group.sign < 0:
            climb.polarity = (
                -climb.polarity
            )  # "Ukraine abandon its NATO ambitions": the verb within the phrase
            climb.words |= between.tokens
        bargained = self._lexicon.file.bargained_nouns
        cried = sequences.is_price_of(hit, self._doc, bargained), sequences.is_waived(hit, self._doc)
        if any(cried):  # "no guarantees, no truce"
            stance: Stance = climb.stance() if cried[0] else "conditional"
            climb.add("fragment", stance, (), head, frozenset(), 2, False)
            return climb.claims
        self._turn(climb, head)
        if head.pos_ in _VERBS:
            if is_shut_out(head, self._lexicon.file.shares_in):
                climb.polarity = -climb.polarity  # "the bloc will have no role in the talks"
            self._own_act(climb, head)
            if hit.agentive and sequences.comes_first(head):
                climb.add("comes_first", climb.stance(), (), head, frozenset(), 2, False)
        elif head.dep_ == "dobj" and self._is_refused_share(head.head):
            climb.add("will_not_be", climb.stance(), (), head.head, frozenset(), 2, False)
        sequences.note_cry(climb, head)
        self._entitled(climb, head)
        for i in sorted(hit.tokens):
            self._below(climb, self._doc[i])
        self._inside(climb, head)
        for _ in range(40):
            if not self._step(climb):
                break
        if climb.silenced:
            self.silenced.add(hit.head_i)
        found = [qualified(c, self._doc, self._lexicon) for c in climb.claims]
        left = [c for c in found if c is not None and not self._is_put_on(c)]
        if found and not left:
            self.silenced.add(hit.head_i)
        left = [untold.as_asked(c, self._doc, self._lexicon) for c in left]
        return [self._left_open(self._binder.bind(self._as_amended(c))) for c in left]

    def _is_refused_share(self, verb: Token) -> bool:
        """ "The bloc will have no place at the table": told outright that it will not."""
        told = mood.is_announced(verb) or mood.is_obliged(verb, self._lexicon)
        return told and is_shut_out(verb, self._lexicon.file.shares_in)

    def _is_put_on(self, claim: Claim) -> bool:
        """Whether the clause is mimicked, or denied only as far as there is more to it."""
        node = self._doc[claim.node_i]
        if untold.is_untold(claim, self._doc, self._lexicon.file):
            return True
        return asides.is_half_denied(node) or asides.is_mimicry(self._doc, claim.node_i)

    # -- one step up

    def _step(self, climb: Climb) -> bool:
        node = climb.node
        parent, dep = node.head, node.dep_
        if parent.i == node.i:
            return False
        climb.path.add(parent.i)
        while parent.pos_ in {"ADV", "PART"} and parent.dep_ in {"advmod", "prt"} and dep == "prep":
            parent = parent.head  # "pushed back against": the preposition hangs on the particle
            climb.path.add(parent.i)
        if dep == "cc" and any_kind(self._operators.get(node.i, ()), "reverse") is not None:
            climb.node = parent  # "seeks a treaty rather than a truce": turned on the way up, then governed
            return True
        if mood.is_eventual(node):
            climb.silence()  # "in the event that it cannot join": only supposed
            return False
        if dep == "ccomp" and self._is_forecast(parent):
            climb.silence()  # "it was planned that they would hold talks"
            return False
        if dep in clefts.PLACES and node.i > parent.i:
            told = clefts.cleft_verb(parent, self._lexicon.file.things)
            if told is not None:
                governing = self._through_cleft(climb, parent, told)
                if governing is not None:
                    self._governed(climb, governing)
                return False
        if dep in {"ccomp", "xcomp"} and (whose := bearers.tellers(parent)):
            acts = any_kind(self._operators.get(node.i, ()), "act") is not None
            if bearers.take(climb, parent, whose, acts=acts):
                return False
        if dep == "attr" and any(c.lower_ == "what" for c in clauses.children(parent, "nsubj")):
            climb.silence()  # "to discuss what could be a peace plan"
            return False
        if dep == "ccomp" and any(c.lower_ == "if" for c in clauses.children(node, "mark")):
            dep = "advcl"  # "ready to help if they agree to it": no content of "help", whatever the parse
        if dep == "conj" and mood.is_supposition(node):
            dep = "advcl"  # "confirmed that it would talk, but only if the guns fall silent"
        if dep == "conj":
            if asides.is_listed_twice(node):
                climb.silence()
                return False
            inner = clauses.joined_inside(node)
            if inner is not None:
                climb.node = inner
                return True
            if node.pos_ in {"NOUN", "PROPN"} and parent.pos_ == "VERB" and clauses.is_object_too(node):
                # "called for a truce and an end to the raids": joined to the object, whatever the parse
                self._governed(climb, parent)
                climb.node = parent
                return True
            if clauses.is_bare_verb(node) and parent.pos_ in _NOUNS:
                # "quit the blocs, disarm and": a bare verb is joined to the verb above, whatever the parse
                parent = next((t for t in parent.ancestors if t.pos_ in _VERBS), parent)
            climb.joined = node.pos_ in _NOUNS
            if clauses.is_joined_above(node):
                climb.detached = True  # what "denied" says of its own clause is not said of this one
            # A conjunct shares its head's place, not its head's meaning.
            climb.node = parent
            return True
        if dep == "xcomp" and parent.lemma_.lower() in self._lexicon.file.failing_verbs and not climb.claims:
            climb.silence()  # "by failing to withdraw its troops"
            return False
        if dep in {"xcomp", "ccomp"} and self._not_forced(climb, node, parent):
            return False
        to_come = dep == "relcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
        if (dep in {"xcomp", "ccomp", "advcl", "acl"} or to_come) and self._judged_beforehand(
            climb, node, parent
        ):
            climb.node = parent
            return True
        if clauses.is_trailing(node):
            dep = "advcl"
        if dep == "advcl" and (clauses.is_pushed(node) or self._opens(node, parent)):
            dep = "ccomp"  # "is pushing for Kyiv to accept": what is pushed for
        if dep == "advcl" and (title := self._title(node)) is not None:
            return self._into_noun(climb, title, "acl")
        if dep == "advcl" and preferences.is_passed_over(node):
            preferences.turn(climb, parent)  # "would rather walk out than accept it"
            return False
        if dep in {"advcl", "mark"}:
            self._leave_adverbial(climb, node)
            climb.node = parent
            climb.detached = True
            return True
        if dep == "parataxis" or (dep == "ccomp" and self._speech(parent)):
            self._under_speech(climb, parent)
            climb.node = parent
            return True
        if climb.detached:
            climb.node = parent
            return True
        brought = clauses.brought_about(node)
        if brought is not None:
            self._brought_about(climb, brought)  # "wants to see the levy scrapped"
        if dep in clauses.SUBJECTS and brought is not None:
            climb.node = parent
            return True
        if dep in clauses.SUBJECTS:
            self._as_subject(climb, node, parent)
            climb.node = parent
            return True
        if dep == "relcl" and (paper := document_behind(node, self._lexicon.file.document_nouns)) is not None:
            # "a plan backed by Oslo, which called for it": parsers hang the clause on the name
            climb.path.add(paper.i)
            parent = paper
        if dep == "relcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children):
            return self._into_noun(climb, parent, dep)
        if dep == "relcl":
            if climb.hit.issue.step_to_settlement and self._is_purpose(node, parent):
                climb.silence()  # "any plan that ends the fighting"
                return False
            if self._negated_by(parent):
                climb.polarity = -climb.polarity  # "will sign no paper that gives up the town"
            self._below_document(climb, parent, node)
            climb.node = parent
            own = any(c.dep_ == "nsubj" and c.lower_ not in clauses.RELATIVES for c in node.children)
            if own and not clauses.is_placed(node):
                return False  # "a draft Riga rejects as a veto on aid": what Riga thinks of the draft
            turned_down = mood.is_unreal(node) and self._is_turned_down(parent)
            return turned_down or parent.lemma_.lower() in self._lexicon.file.anaphora_nouns
        if parent.pos_ == "ADP" or dep in {"pobj", "pcomp"}:
            return self._through_preposition(climb, parent)
        if dep in {"compound", "amod", "nmod", "poss", "appos", "nummod", "acl", "det"}:
            return self._into_noun(climb, parent, dep)
        if dep == "attr" and clauses.children(parent, "expl") and self._negated_by(node):
            self._there_is_none(climb, node, parent)
        if (
            dep in {"attr", "ccomp", "xcomp"}
            and parent.lemma_ in _COPULAS
            and self._named_by_subject(climb, parent)
        ):
            climb.node = parent
            return True
        if dep in _GOVERNED or dep == "dep":
            self._governed(climb, parent)
            climb.node = parent
            return True
        return False

    def _is_forecast(self, verb: Token) -> bool:
        told = clauses.is_passive(verb) and verb.lemma_.lower() in self._lexicon.file.forecasting
        return told and any(c.lower_ == "it" for c in clauses.children(verb, "nsubjpass"))

    def _opens(self, clause: Token, verb: Token) -> bool:
        """ "Gave Oslo ten days to sign it": the operator at the verb holds the "to" of the clause."""
        to = {c.i for c in clauses.children(clause, "aux") if c.lower_ == "to"}
        return any(op.group.kind == "directive" and op.tokens & to for op in self._operators.get(verb.i, ()))

    # -- kinds of place

    def _governed(self, climb: Climb, parent: Token) -> None:
        """The issue is object or complement of `parent`."""
        if parent.pos_ in _NOUNS:
            # "clauses which Kyiv rejected, such as X"
            self._below(climb, parent)
        applied = self._apply(climb, parent)
        if not applied and parent.pos_ in _VERBS:
            # "described the plan as unconstructive", "called it a stunt": a judgement beside the object.
            judgement = judgement_of(
                parent, self._operators, climb.path, climb.hit, self._lexicon.file.judging_verbs
            )
            if judgement is not None:
                sign = judgement.group.sign * (-1 if self._judgement_negated(judgement) else 1)
                self._claim(climb, judgement, parent, sign, subject_ids(parent))
        self._modality(climb, parent)

    def _apply(self, climb: Climb, token: Token) -> bool:
        """Apply the operators at `token` to what it governs; true if one did."""
        found = [op for op in self._operators.get(token.i, ()) if op.tokens.isdisjoint(climb.hit.spoken_for)]
        if not found:
            self._turn(climb, token)
            self._pass(climb, token)
            return False
        if token.pos_ in _VERBS:
            author = self._author_subject(token)
            content = any_kind(found, "content")
            wished = mood.is_obliged(token, self._lexicon)  # "any deal must include": no author's
            if author is not None and content is not None and not wished:
                self._emit_author(climb, content, token, author)
                return True
        operator = any_kind(found, "directive", "attitude", "act", "reverse")
        if operator is None and (timed := any_kind(found, "impersonal")) is not None:
            return self._timed(climb, timed, token)
        if operator is None:
            if any_kind(found, "speech") is not None and token.pos_ in _VERBS:
                if token.dep_ == "xcomp" and token.lemma_.lower() in self._lexicon.file.silent_verbs:
                    climb.silence()  # "declined to say", "wants to know"
                if asides.is_bidden(climb.node, token):
                    climb.drop_pending()
                    climb.add("demand", climb.stance(), subject_ids(token), token, frozenset(), 3, True)
                return False
            self._turn(climb, token)
            self._pass(climb, token)
            return False
        group = operator.group
        if group.rule == "criticise" and climb.node.dep_ == "ccomp" and self._feared(climb, token):
            return True
        # "suggested that the plan had been dropped": no offer, a guess at what was
        guessed = group.rule == "offer" and climb.node.dep_ == "ccomp" and mood.is_bygone(climb.node)
        if group.rule == "offer" and untold.is_observed(climb.node, token):
            return False  # "hinted that Riga sees it as a ruse": what he thinks is so
        guessed = guessed or (group.rule == "offer" and untold.is_guess(climb.node, token))
        if guessed or asides.is_inquiry(token, self._lexicon.file.inquiry_nouns):
            climb.silence()
            return True
        if asides.is_doubted(self._doc, operator, climb.path, self._lexicon.file.doubting):
            climb.silence()  # "doubts that the force could disarm them": whether it can, not whether it shall
            return True
        if asides.is_yet_to_be_shown(token):
            climb.silence()  # "has yet to show a desire to end it"
            return True
        if climb.joined and group.rule == "ends" and untold.is_new(climb.hit, self._doc):
            return True  # "to end the siege and a full withdrawal": what is not yet cannot be ended
        if climb.joined and group.rule == "ends" and token.pos_ == "NOUN":
            if climb.hit.orient > 0:
                climb.silence()  # "called for an end to the raids and talks"
            return True  # "wants a withdrawal from the bay and neutrality"
        if group.kind == "act" and group.sign < 0 and self._is_whither(climb.node, operator):
            return False  # "the army should withdraw to the old border"
        if group.kind == "act" and group.sign < 0 and _leaves_without(climb.node):
            return False  # "refuses to leave without a swap": it is not the swap that is left
        if token.dep_ == "xcomp" and token.head.lemma_.lower() in self._lexicon.file.failing_verbs:
            climb.silence()  # "it failed to condemn the raids": neither for nor against them
            return True
        if group.kind == "reverse":
            climb.polarity = -climb.polarity
            climb.words |= operator.tokens
            return True
        if group.open and token.lemma_.lower() in self._lexicon.file.judging_verbs:
            judging = self._lexicon.file.judging_verbs
            if judgement_of(token, self._operators, climb.path, climb.hit, judging) is not None:
                return False  # "would consider the delivery an escalation"
        if asides.is_addressed(climb.node, token, climb.hit, self._lexicon.file.addressing_verbs):
            climb.silence()
            return True
        if any(c.lower_ == "whether" for c in clauses.children(token, "mark")):
            return False  # "has yet to decide whether to back": the question, not the answer
        if token.lemma_.lower() in self._lexicon.file.denying_verbs and not self._is_to_come(climb):
            climb.silence()
            return True
        if token.lemma_.lower() in self._lexicon.file.denying_verbs:
            climb.claims = []  # "denied that it was ready to join": nothing of it holds
        if self._lacks_title(climb, operator, token):
            return True
        negated = self._operator_negated(operator, token, climb)
        sign = -group.sign if negated else group.sign
        if self._gives_up(climb, operator, token, negated):
            return True
        if self._is_wished_of(token) and not (group.open or group.conditional):
            climb.polarity *= sign
            return True
        obliged = token.pos_ in _VERBS and mood.is_obliged(token, self._lexicon)
        controlled = self._take_over(climb, operator)
        notion = climb.node.pos_ == "NOUN" and climb.node.dep_ == "dobj" and not negated
        if group.kind == "directive" or (group.rule == "reject" and notion):
            climb.drop_pending()  # "rejected the suggestion that it would withdraw"
        if group.rule == "stops_short" and not controlled:
            climb.silence()  # "stopped short of backing it": neither for it nor against it
            return True
        holders = self._owners(token)
        pending = group.kind == "act" or token.pos_ in _VERBS
        let = group.kind == "attitude" or (group.rule == "block" and mood.is_announced(token))
        if (negated and group.sign < 0 and let and not obliged) or (controlled and group.sign < 0):
            # "has not ruled out", "is not opposed to", "declined to reject": the door is open, no more.
            self._emit(climb, operator, token, "open", holders, pending)
            return True
        given_up = group.kind == "directive" and mood.is_no_longer(token)
        if mood.is_undecided(token) or given_up:
            self._emit(climb, operator, token, "open", holders, pending)  # "has yet to agree"
            return True
        if group.open:
            # "is mulling a march on the town": to weigh what speaks against the proposition is not to be open
            whether = any(c.lower_ == "whether" for c in climb.node.children)  # "weighs whether to let"
            against = climb.hit.orient < 0 and climb.polarity < 0 and not (climb.hit.anaphor or whether)
            self._emit(climb, operator, token, "oppose" if negated or against else "open", holders, pending)
            return True
        if group.conditional:
            self._emit(climb, operator, token, "conditional", holders, pending)
            return True
        climb.polarity *= sign
        stance = climb.stance()
        if stance == "support" and climb.hit.issue.document_of is not None and self._in_part(climb):
            stance = "conditional"
        if group.rule == "accept" and climb.node.dep_ == "ccomp":
            # "agreed that we must keep it up": what they have agreed on is theirs, not the teller's
            climb.claims = [c for c in climb.claims if c.source != "speaker"]
        self._emit(climb, operator, token, stance, holders, pending)
        return True

    def _through_preposition(self, climb: Climb, prep: Token) -> bool:
        climb.node = prep
        opener = self._binder.opener_at(prep)
        if opener is not None and opener[2] in self._lexicon.file.requiring:
            climb.drop_pending()
            paid = clauses.children(prep, "pcomp", "pobj")
            # "in return for its continued restraint"
            given = any(c.tag_ == "VBG" or any(o.tag_ == "PRP$" for o in c.children) for c in paid)
            asker = self._asker(prep) if opener[2] in PRICES and not given else None
            if asker is not None:  # "demanded cash in exchange for a truce": what it would give for it
                ids = subject_ids(asker)
                climb.add("precondition", "conditional", ids, asker, frozenset(), 2, False)
            elif not (opener[2] in PRICES and given):
                self._required(climb, prep)  # but "in return for cutting its army, Riga": what Riga gives
            return False
        leading = prep.head.head.lower_ if prep.head.lower_ == "up" else prep.head.lower_
        if (prep.lower_, leading) in _TIMES:
            return False  # "stepped up its attacks ahead of the truce", "freed none prior to the talks"
        if prep.lower_ == "on" and climb.hit.anaphor and clauses.opens_clause(prep):
            climb.silence()  # "on that point, Oslo refused talks"
            return False
        if prep.lower_ == "for" and clauses.opens_clause(prep):
            climb.silence()  # "for the pact to be signed, Oslo insists on changes": only what it is about
            return False
        bargain = self._bargain(prep)
        if bargain is not None:
            climb.drop_pending()
            climb.add("condition_set", climb.stance(), subject_ids(bargain), bargain, frozenset(), 2, False)
            return False
        if is_where(prep, climb.hit.tokens, self._lexicon.file):
            climb.silence()
            return False  # "criticised a proposal in the talks": the talks are only where it was made
        if prep.lower_ == "as" and climb.path & clauses.parts(prep):
            return False  # "must stop it as part of a wider deal": the deal is only where it happens
        if is_within_deal(prep, climb.path | climb.hit.tokens, self._operators, self._lexicon.file):
            climb.silence()  # "will not accept the levy in any deal": the deal is only where it would stand
            return False
        if prep.lower_ == "as" and prep.head.lemma_.lower() in self._lexicon.file.serving_verbs:
            climb.silence()  # "troops cannot serve as a guarantee": what another thing is good for
            return False
        if prep.lower_ == "as" and self._is_refused(prep):
            climb.silence()  # "opposes the levy as a starting point for talks": the talks are not refused
            return False
        if prep.lower_ == "without" and clauses.children(prep, "pcomp"):
            # "without Riga agreeing to it": it does not
            climb.claims = [c for c in climb.claims if c.source != "tokens"]
        if self._reason(climb, prep) or self._precondition(climb, prep) or self._held_over(climb, prep):
            return False
        if prep.lower_ == "without" and clauses.opens_clause(prep) and self._is_missed(prep.head):
            # "Without more shells, Oslo would be blind": what its own side misses is wanted
            climb.add("missed", climb.stance(), subject_ids(prep.head), prep.head, frozenset(), 2, False)
            return False
        found = [op for op in self._operators.get(prep.i, ()) if op.tokens.isdisjoint(climb.hit.spoken_for)]
        operator = any_kind(found, "attitude", "directive", "reverse")
        if operator is not None:
            if operator.group.kind == "reverse":
                if prep.i and self._doc[prep.i - 1].lower_ == "even":
                    climb.silence()  # "ready to meet even without a truce": it is no longer asked for
                    return False
                climb.polarity = -climb.polarity
                climb.words |= operator.tokens
            else:
                own = self._negator_inside(operator, prep)  # "not in favour of"
                negated = not own and mood.is_negated(prep.head, self._lexicon)
                climb.polarity *= operator.group.sign
                if operator.group.sign < 0:
                    climb.drop_pending()  # "in no hurry to agree to it"
                holders = self._owners(prep.head if prep.head.pos_ in _VERBS else prep)
                stance: Stance = stance_of(-climb.polarity if negated else climb.polarity)
                if operator.group.open or (negated and operator.group.sign < 0):
                    stance = "open"
                elif operator.group.conditional:
                    stance = "conditional"
                self._emit(climb, operator, prep, stance, holders, True)
            return True
        if prep.head.pos_ in _NOUNS and prep.lower_ in clauses.TIMING_PREPOSITIONS:
            # "dropped the demand after the summit": parsers hang a time on the noun before it.
            return any(prep.i in op.tokens for op in self._operators.get(prep.head.i, ()))
        if prep.lower_ == "with" and prep.head.pos_ in _VERBS and clauses.children(prep, "pcomp"):
            return False  # "would freeze the front, with Russia keeping the town": set beside the clause
        if prep.lower_ == "with" and prep.head.lemma_.lower() in self._lexicon.file.document_nouns:
            return False  # "contrasted the plan with Riga's offer": set beside the document
        owned = self._object_before(prep)
        if owned is not None:
            return self._into_noun(climb, owned, "prep")
        if prep.lower_ not in clauses.ADJUNCT_PREPOSITIONS or prep.head.pos_ not in _VERBS:
            return True
        # "look at", "work on": the preposition belongs to the operator.
        return any(prep.i in op.tokens for op in self._operators.get(prep.head.i, ()))

    def _is_refused(self, prep: Token) -> bool:
        """Whether what the phrase hangs on is rejected, by its verb or as that verb's object."""
        verb = prep.head.head if prep.head.dep_ == "dobj" else prep.head
        operator = any_kind(self._operators.get(verb.i, ()), "attitude")
        return operator is not None and operator.group.sign < 0 and prep.i not in operator.tokens

    def _object_before(self, prep: Token) -> Token | None:
        """ "Rejected Oslo's proposal on a truce": the noun that the parse leaves aside for its verb."""
        noun = self._doc[prep.i - 1] if prep.i else prep
        if prep.lower_ not in _TELLING or noun.dep_ != "dobj" or noun.head.i != prep.head.i:
            return None
        operator = any_kind(self._operators.get(noun.i, ()), "directive", "attitude")
        return noun if operator is not None and clauses.possessors(noun) else None

    def _into_noun(self, climb: Climb, noun: Token, dep: str) -> bool:
        """The issue modifies a noun: "ceasefire proposal", "the idea of", "a demand to"."""
        if dep == "poss":
            climb.node = noun
            return False
        if dep == "appos":
            climb.node = noun
            return True
        if dep == "acl" and climb.hit.issue.step_to_settlement and self._is_purpose(climb.node, noun):
            climb.silence()
            return False
        self._apply(climb, noun)
        climb.node = noun
        self._below(climb, noun)
        self._entitled(climb, noun)
        return True

    def _is_purpose(self, act: Token, noun: Token) -> bool:
        """ "Oslo's plan to end the war": what every such plan is for, not which step it takes first."""
        file = self._lexicon.file
        return noun.lemma_.lower() in file.document_nouns and act.lemma_.lower() in file.ceasing_verbs

    def _pass(self, climb: Climb, token: Token) -> None:
        """Count the words between the issue and its operator that are neither operators nor mere wrappers."""
        if token.pos_ == "NOUN" and token.lemma_.lower() in self._lexicon.file.inquiry_nouns:
            climb.distance += MAX_DISTANCE + 1
            return
        if token.pos_ in {"AUX", "ADP"} or token.lemma_.lower() in self._lexicon.file.wrappers:
            return
        if token.i in self._settled:
            return  # "wants nothing to do with it": words of the operator still to come
        if token.pos_ in _VERBS and token.lemma_.lower() in self._lexicon.file.addressing_verbs:
            return  # "hopes to persuade Oslo to lift it"
        if (
            token.pos_ == "PROPN"
            or token.lemma_.lower() in self._lexicon.file.anaphora_nouns
            or token.lemma_.lower() in self._lexicon.file.document_nouns
        ):
            return
        file = self._lexicon.file
        hearsay = token.pos_ == "NOUN" and token.lemma_.lower() in file.hearsay_nouns
        if hearsay and any(op.group.sign < 0 for op in self._operators.get(token.head.i, ())):
            climb.silence()  # "dismissed reports that Washington was ready to": nobody tells that it was
        silent = hearsay or token.lemma_.lower() in file.silent_verbs
        climb.distance += MAX_DISTANCE + 1 if silent else 1

    def _speech(self, token: Token) -> bool:
        found = self._operators.get(token.i, ())
        # "insisted that the levy was a red line": what is asserted is not asked for
        return is_speech(found) or (not found and token.lemma_.lower() in self._lexicon.file.asserting_verbs)

    def _owners(self, token: Token) -> tuple[int, ...]:
        listed = bearers.listers(token)
        if listed:
            return listed
        return owner_ids(token, self._operators, self._lexicon.file.carrying_verbs)

    def _operator_negated(self, operator: Operator, token: Token, climb: Climb) -> bool:
        """Whether the operator is negated, also by the copula that it completes ("is not interested in")."""
        if self._negator_inside(operator, token):
            climb.counted.add(token.head.i)
            return False
        verb = token.head
        nominal = token.pos_ not in _VERBS or (token.tag_ == "VBN" and token.dep_ == "acomp")
        completes = nominal and token.dep_ in {"acomp", "attr", "oprd", "prep"}
        if completes and verb.pos_ in _VERBS and self._negated(verb, climb):
            climb.counted.add(verb.i)
            return not self._negated(token, climb)
        return self._negated(token, climb)

    def _take_over(self, climb: Climb, operator: Operator) -> bool:
        """Give up what the governed infinitive seemed to say of the same subject ("refused to rule out").

        True if that was a rejection.
        """
        inner, group = climb.node, operator.group
        if inner.pos_ == "NOUN" and inner.i in operator.tokens:
            # "shows no willingness to accept it": the infinitive on the operator's own noun
            inner = next((v for v in clauses.children(inner, "acl") if v.i in climb.path), inner)
        while inner.dep_ in {"prep", "pobj"} and climb.path:
            # "warned against pressing Kyiv", "stands in the way of trying to": the gerund behind it
            below = [c for c in inner.children if c.dep_ in {"pcomp", "pobj", "prep"} and c.i in climb.path]
            if not below:
                break
            inner = below[0]
        gerund = inner.tag_ == "VBG" and inner.dep_ in {"dobj", "ccomp"}
        # "Oslo's refusal to accept it": the infinitive hangs on the noun.
        told = inner.dep_ == "acl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in inner.children)
        if not (gerund or told) and inner.dep_ not in {"xcomp", "pcomp"}:
            return False
        if group.kind not in {"attitude", "directive"}:
            return False
        own = [
            c
            for c in climb.claims
            if c.node_i == inner.i and c.pending and c.rule in {"reject", "ends", "block"}
        ]
        climb.claims = [c for c in climb.claims if c.node_i != inner.i or not c.pending]
        return any(c.rule == "reject" for c in own)

    def _judgement_negated(self, operator: Operator) -> bool:
        token = self._doc[operator.head_i]
        return mood.is_negated(token, self._lexicon) and not self._negator_inside(operator, token)


def _leaves_without(prep: Token) -> bool:
    """Whether an act is without something, and no thing is: "to veto any deal without a swap"."""
    things = clauses.children(prep.head, "dobj")
    anyone = any(c.lower_ in _ANY for thing in things for c in clauses.children(thing, "det"))
    return prep.lower_ == "without" and not anyone


_ANY = frozenset({"any", "a", "an", "every", "no"})
