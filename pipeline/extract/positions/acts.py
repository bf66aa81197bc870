"""What a clause does about an issue: one's own acts, what is decided or due, and what documents hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.adverbials import AdverbialReader
from pipeline.extract.positions.claims import TURNED, Climb, stance_of
from pipeline.extract.positions.judgements import subject_ids
from pipeline.extract.positions.lexicon import Operator
from pipeline.extract.positions.papers import document_above, is_told_part
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
_BREACHING = frozenset({"violate", "breach", "contravene", "flout", "break", "infringe"})
_FORCING = frozenset(
    {"force", "compel", "make", "coerce", "oblige", "push", "drag", "bully", "pressure", "blackmail"}
)
_ASKED = frozenset({"how", "whether", "when", "if", "where"})
_NOBODY = frozenset({"nobody", "nothing", "none"})
# Verbs whose negation is meant of what is thought.
_RAISING = frozenset({"think", "believe", "feel", "suppose", "reckon"})


class ActReader(AdverbialReader):
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
            and verb.left_edge.lower_ not in _ASKED  # "were about how long the truce would last"
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
