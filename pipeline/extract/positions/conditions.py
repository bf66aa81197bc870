"""Conditions: what opens them, which claim they belong to, and what they make of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.lexicon import Operator, StanceLexicon, is_speech
from pipeline.extract.positions.narrowing import left_out
from pipeline.extract.positions.sequences import not_sooner

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
# Openers by which a refusal holds only for now, and openers that name a lasting condition.
_LIFTING = frozenset(
    {"until", "unless", "not before", "before", "without"}
    | {"except after", "except if", "except once", "except when"}
)
_LASTING = frozenset({"as long as", "so long as"})
# Words by which "as long as" tells only how long somebody has a say.
_TENURE = frozenset(
    {
        "president",
        "minister",
        "chancellor",
        "leader",
        "head",
        "power",
        "office",
        "premier",
        "alive",
        "chairman",
    }
)
PRICES = frozenset({"in exchange for", "in return for"})
_PRESSING = frozenset({"demand"})
_WISHES = frozenset({"demand", "want"})
_TENTATIVE = frozenset({"could", "might", "may"})
_FUTURE = frozenset({"would", "'d", "’d", "will"})
_ABLE = frozenset({"can"})
# Rules by which a refusal holds only as long as something is missing: "won't sign without guarantees".
_REFUSING = frozenset({"reject", "accept", "back", "promise", "own_act", "announces"})
# "Won't accept it without a fight": what is told is how it is refused.
_REACTIONS = frozenset(
    {"retaliation", "response", "fight", "resistance", "protest", "question", "hesitation", "exception"}
)
_AFTERWARDS = frozenset({"after", "once", "when"})
_NESTED_STEPS = 8
_CONCEDING = frozenset({"though", "although", "while", "whereas"})
# Rules by which the holder takes something upon himself, which a bare "if" makes conditional at once.
_UNDERTAKING = frozenset({"promise", "offer", "accept"})
# "A chair, if not at the big table", "within days, if possible": such an "if" conditions nothing.
_FILLED = frozenset({"if", "as soon as"})
_FILLERS = frozenset(
    {"not", "any", "anything", "possible", "necessary", "needed", "ever", "so", "need"}
    | {"feasible", "practicable"}
)


# Rules that tell what somebody will do.
_UNDERTAKEN = frozenset({"own_act", "promise", "accept", "announces"})


class ConditionBinder:
    """Binds the conditions of one sentence to the claims of that sentence."""

    def __init__(
        self,
        doc: Doc,
        lexicon: StanceLexicon,
        operators: dict[int, list[Operator]],
        conditions: list[tuple[int, int, str]],
    ) -> None:
        self._doc = doc
        self._lexicon = lexicon
        self._operators = operators
        self._conditions = [
            c for c in conditions if c[1] - c[0] > 1 or not (_is_participle(doc[c[0]]) or _is_idle(doc[c[0]]))
        ]

    def opener_at(self, token: Token) -> tuple[int, int, str] | None:
        """The condition opener that introduces the clause or phrase headed by `token`, or None."""
        left = token.left_edge.i
        for opener in self._conditions:
            if opener[0] > token.i:
                break
            if (left - 1 <= opener[0] <= token.i or opener[1] - 1 == left) and (
                self._doc[opener[1] - 1].head.i == token.i
                or opener[0] <= left <= opener[1]
                or opener[1] - 1 == token.i
            ):
                return opener
        return None

    def bind(self, claim: Claim) -> Claim:
        """Bind a condition to the claim's clause: support becomes conditional, refusal "until" too."""
        if claim.stance not in {"support", "oppose", "open"} or claim.rule == "condition_set":
            return claim
        node = self._doc[claim.node_i]
        for first, end, phrase in self._conditions:
            if any(first <= i < end for i in claim.hit.tokens) or any(
                first <= i < end for i in claim.tokens - {claim.node_i}
            ):
                continue
            if self._is_day(end):
                continue  # "until June 30": a time, no condition
            if phrase in _FILLED and end < len(self._doc) and self._doc[end].lower_ in _FILLERS:
                continue
            if phrase in PRICES and any(end <= i for i in claim.hit.spoken_for - claim.hit.tokens):
                continue  # "the release of hostages in return for freeing prisoners": both are the swap
            paid = self._doc[end : end + 2]
            if phrase in PRICES and any(t.lower_ in self._lexicon.file.worthless for t in paid):
                continue  # "relief in exchange for almost nothing": no price
            if phrase in PRICES and claim.rule in _PRESSING:
                continue  # "demanded the town in exchange for peace": what is offered for it, no condition
            weak = phrase in self._lexicon.file.weak_conditions
            if _is_of_another(self._doc[end - 1], claim.below):
                continue
            head = self._doc[claim.hit.head_i]
            if phrase in PRICES and node.i < first < head.i and head.dep_ in {"conj", "appos"}:
                continue  # "a release in exchange for grain, a truce and": the price of the release alone
            if not self._hangs_on(end, node, claim.below) and not self._follows(first, phrase, claim):
                continue
            # "Ruled out a truce before the troops leave" sets a condition, "before the talks" tells a time.
            wished = claim.rule in _WISHES  # "wants it to quit before he agrees to a truce": no terms
            # "Will not vote for a levy without a study" refuses, whichever way the issue's words point.
            refused = claim.stance == stance_of(-claim.hit.orient or -1)
            lifts = refused and (
                (phrase == "without" and claim.rule in _REFUSING)
                or (phrase == "before" and not wished and _awaits_act(self._doc[end - 1]))
            )
            if weak and not lifts and not self._binds(phrase, node, claim.rule):
                continue
            if claim.stance == "oppose" and not (
                self._may_lift(first, phrase) or self._is_undertaken(claim, phrase)
            ):
                continue
            if (
                claim.stance == "open"
                and not (phrase == "if" and claim.rule == "open_to")
                and not phrase.startswith("only")
                and phrase not in self._lexicon.file.requiring
                and phrase not in _LASTING
            ):
                continue
            span = self._condition_span(first, end)
            if phrase == "without" and any(t.lemma_ in _REACTIONS for t in self._doc[end : span[1]]):
                continue
            if phrase == "if" and self._is_mutual(span, node):
                continue
            if claim.hit.issue.step_to_settlement and claim.stance == "oppose" and self._is_final(span):
                return claim
            return replace(claim, stance="conditional", condition=span)
        if claim.stance in {"support", "open"} and (held_back := self._held_back(node)) is not None:
            return replace(claim, stance="conditional", condition=held_back)
        if claim.stance == "support":
            below = (self._doc[i] for i in sorted(claim.below) if self._doc[i].pos_ in _VERBS)
            narrowed = next((found for t in (node, *below) if (found := _narrowed(t)) is not None), None)
            if narrowed is not None:
                return replace(claim, stance="conditional", condition=narrowed)
        if claim.stance == "support" and claim.rule in _UNDERTAKEN and node.pos_ in _VERBS:
            later = not_sooner(node)
            if later is not None:  # "will meet when there is something to sign, and not a day earlier"
                return replace(claim, stance="conditional", condition=(later.i, later.i + 2))
        if (without := left_out(claim, self._doc)) is not None:
            return replace(claim, stance="conditional", condition=without)
        if claim.stance == "support" and mood.is_announced(node):
            inverted = _inverted(node)
            if inverted is not None:
                return replace(claim, stance="conditional", condition=inverted)
        return claim

    def _held_back(self, node: Token) -> tuple[int, int] | None:
        """ "Accepted it with reservations", "sees it as a basis, but wants changes": which words."""
        file = self._lexicon.file
        preps = [p for t in (node, *clauses.children(node, "dobj")) for p in clauses.children(t, "prep")]
        for prep in preps:
            if prep.lower_ in {"with", "under"} and any(
                o.lemma_.lower() in file.reservations | file.changes for o in clauses.children(prep, "pobj")
            ):
                return prep.i, prep.right_edge.i + 1
        if not any(c.lower_ in {"but", "yet"} for c in clauses.children(node, "cc")):
            return None
        for other in clauses.children(node, "conj"):
            wants = any(op.group.kind == "directive" for op in self._operators.get(other.i, ()))
            places = [*clauses.children(other, "dobj")]
            places += [
                o for p in clauses.children(other, "prep") for o in clauses.children(p, "pobj", "pcomp")
            ]
            if wants and any(o.lemma_.lower() in file.changes for o in places):
                return other.i, other.right_edge.i + 1
        return None

    def _is_undertaken(self, claim: Claim, phrase: str) -> bool:
        """ "Is willing to put the levy off if": an act against the proposition, promised on a condition."""
        return (
            phrase == "if"
            and claim.rule in _UNDERTAKING
            and not mood.is_negated(self._doc[claim.node_i], self._lexicon)
        )

    def _may_lift(self, first: int, phrase: str) -> bool:
        """Whether a refusal ends with the condition: "until", "as long as they stay", no "for as long as"."""
        if phrase in _LASTING:
            # "As long as I am president, never": for as long as he has a say
            own = any(
                t.lemma_.lower() in _TENURE
                and (t.dep_ in {"attr", "acomp"} or t.lemma_.lower() in {"power", "office"})
                for t in self._doc[first : self._condition_span(first, first + 3)[1]]
            )
            return first > 0 and self._doc[first - 1].lower_ != "for" and not own
        return phrase in _LIFTING

    def _follows(self, first: int, phrase: str, claim: Claim) -> bool:
        """Whether an outright condition follows the claim with no clause between that it could belong to."""
        if phrase not in self._lexicon.file.requiring and phrase not in _LASTING:
            return False
        start = max(claim.node_i, claim.hit.end_i - 1)
        node = self._doc[claim.node_i]
        if not start < first or node.pos_ in _NOUNS or claim.stance == "oppose":
            return False
        return not any(t.dep_ == "conj" and t.pos_ in _VERBS for t in self._doc[start:first])

    def _binds(self, phrase: str, node: Token, rule: str) -> bool:
        """Whether a bare "if" or "once" makes the clause conditional: only under would, could, may, will."""
        if phrase == "in principle" or (phrase == "once" and rule == "promise" and node.pos_ == "ADJ"):
            return True
        if phrase == "if" and rule in _UNDERTAKING:
            return True
        if phrase in _AFTERWARDS and any(c.lower_ == "only" and c.i < node.i for c in node.children):
            return True  # "will only discuss it after the troops have left"
        if phrase == "if" and rule.startswith("obliged"):
            return False  # "the levy will have to go if there is to be a deal": it is asked for
        coming = _TENTATIVE | _FUTURE | _ABLE
        modals = {"when": _TENTATIVE, "after": _TENTATIVE, "if": coming, "once": coming}.get(
            phrase, frozenset()
        )
        return any(c.dep_ == "aux" and c.lower_ in modals for c in node.children)

    def _hangs_on(self, end: int, node: Token, below: frozenset[int]) -> bool:
        """Whether the condition that opens at `first` modifies the claim's clause or the issue in it."""
        token = self._doc[end - 1]
        opened = token.head  # "until she reports back": the condition's own verb
        # "is prepared to sign if": the condition hangs on the copula.
        clause = node.head if node.dep_ == "acomp" else node
        wanted = {node.i, clause.i}
        for _ in range(8):
            if token.i in wanted or token.i in below:
                return True
            # "Kyiv could accept it, she told reporters, provided that": the condition hangs on the telling.
            if (
                clause.dep_ == "ccomp"
                and token.i == clause.head.i
                and is_speech(self._operators.get(token.i, ()))
                and end - 1 > node.i
            ):
                return True
            if token.head.i == token.i or _stands_apart(token) or _is_conceded(token):
                return False
            if token.dep_ == "relcl" and token.head.i in below:
                return False  # "a pact under which it would get help in the event of a raid": its content
            aside = token.dep_ == "advcl" and token.i != opened.i
            if aside and is_speech(self._operators.get(token.i, ())):
                return (
                    False  # "dismissed it, warning that talks without Oslo were void": what is told besides
                )
            token = token.head
        return False

    def _is_day(self, end: int) -> bool:
        """Whether what the opener introduces is only a day or a time."""
        opener = self._doc[end - 1]
        nouns = [c for c in opener.children if c.dep_ == "pobj"]
        if any(n.lemma_.lower() == "notice" for n in nouns):
            return True  # "until further notice"
        return bool(nouns) and all(n.ent_type_ in {"DATE", "TIME"} for n in nouns)

    def is_before_event(self, prep: Token) -> bool:
        """ "There can be no truce before the vote": until something other than a day or the settlement."""
        if prep.lower_ != "before" or prep.dep_ != "prep":
            return False
        nouns = clauses.children(prep, "pobj")
        dated = any(n.ent_type_ in {"DATE", "TIME"} for n in nouns)
        return bool(nouns) and not dated and not self._is_final((prep.i, prep.right_edge.i + 1))

    def _is_final(self, span: tuple[int, int]) -> bool:
        """Whether the condition is the settlement itself: to wait for it is to refuse the step before."""
        return any(
            t.lemma_.lower() in self._lexicon.file.settlement_words for t in self._doc[span[0] : span[1]]
        )

    def _is_mutual(self, span: tuple[int, int], node: Token) -> bool:
        """ "Ready to meet if he is ready", "if they are": that the other side comes along is no condition."""
        words = [t for t in self._doc[span[0] + 1 : span[1]] if not t.is_punct]
        if node.pos_ not in {"ADJ", "VERB"}:
            return False
        return words[-1].lemma_ in {"be", "do"} or any(
            t.lemma_ == node.lemma_ and t.dep_ == "acomp" for t in words
        )

    def _condition_span(self, first: int, end: int) -> tuple[int, int]:
        head = self._doc[end - 1]
        clause = head.head if head.dep_ in {"mark", "advmod", "prep"} and head.head.i > head.i else head
        last = max(end, clause.right_edge.i + 1)
        while last > end and self._doc[last - 1].is_punct:
            last -= 1
        return first, last


def _stands_apart(verb: Token) -> bool:
    """Whether a coordinated verb is a clause of its own, whose conditions bind nothing before it.

    "It welcomed the truce but would fight on until the town was free".
    """
    if verb.dep_ != "conj" or verb.pos_ not in _VERBS:
        return False
    if verb.head.pos_ in _VERBS and any(c.dep_ in clauses.SUBJECTS and c.i < verb.i for c in verb.children):
        return True  # "each side would free 300 and neither would fire until spring"
    but = any(c.dep_ == "cc" and c.lower_ in {"but", "yet"} for c in verb.head.children)
    return but and any(c.dep_ == "aux" or c.dep_ in clauses.SUBJECTS for c in verb.children)


def _awaits_act(before: Token) -> bool:
    """ "Before the troops leave", "before the return of the town": an act; "before the talks" is a time."""
    if before.dep_ == "mark":
        return True
    nouns = clauses.children(before, "pobj")
    return before.dep_ == "prep" and any(p.lower_ == "of" for n in nouns for p in clauses.children(n, "prep"))


def _is_of_another(opener: Token, below: frozenset[int]) -> bool:
    """ "Wants a withdrawal and a deal involving a release in exchange for": the terms of that deal alone."""
    token, inside = opener, False
    for _ in range(_NESTED_STEPS):
        inside = inside or token.dep_ in {"acl", "relcl"} or (token.dep_ == "prep" and token.tag_ == "VBG")
        if inside and token.dep_ == "conj" and token.pos_ in _NOUNS:
            return token.i not in below
        if token.i in below or token.head.i == token.i:
            return False
        token = token.head
    return False


def _is_participle(opener: Token) -> bool:
    """ "The aid provided since the war", "stop providing arms": a participle that opens no condition."""
    if opener.lower_ not in {"provided", "providing", "assuming"}:
        return False
    return opener.dep_ in {"acl", "amod", "relcl", "xcomp", "pcomp"} or bool(
        clauses.children(opener, "dobj", "aux", "auxpass")
    )


def _is_idle(opener: Token) -> bool:
    """ "Free them all at once", "once again refused": the adverb, which opens no clause."""
    if opener.lower_ != "once":
        return False
    before = opener.i > 0 and opener.nbor(-1).lower_ in {"at", "all"}
    after = opener.i + 1 < len(opener.doc) and opener.nbor(1).lower_ in {"again", "more"}
    return before or after


def _is_conceded(verb: Token) -> bool:
    """Whether a clause only sets something beside the main one: "though envoys say it will come once"."""
    return verb.dep_ == "advcl" and any(c.lower_ in _CONCEDING for c in clauses.children(verb, "mark"))


def _narrowed(verb: Token) -> tuple[int, int] | None:
    """The tokens of a condition that "only" parts from its opener: "should only be sent with consent"."""
    if not any(c.lower_ == "only" and c.i < verb.i for c in clauses.children(verb, "advmod")):
        return None
    for prep in clauses.children(verb, "prep"):
        if prep.lower_ in {"under", "with", "after", "upon"} and prep.i > verb.i:
            return prep.i, prep.right_edge.i + 1
    for clause in clauses.children(verb, "advcl"):
        openers = [c for c in clause.children if c.lower_ in {"after", "once", "if", "when"}]
        if openers and openers[0].i > verb.i and openers[0].dep_ in {"mark", "advmod"}:
            return openers[0].i, clause.right_edge.i + 1
    return None


def _inverted(verb: Token) -> tuple[int, int] | None:
    """The tokens of a condition without an opener: "should Norway follow suit", "were it to agree"."""
    for clause in clauses.children(verb, "advcl"):
        subject = next(iter(clauses.children(clause, "nsubj", "nsubjpass")), None)
        first = clause.left_edge
        if subject is not None and first.lower_ in {"should", "were", "had"} and first.i < subject.i:
            last = clause.right_edge.i
            return first.i, last if clause.doc[last].is_punct else last + 1
    return None
