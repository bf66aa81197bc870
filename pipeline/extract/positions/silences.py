"""What tells nobody's stance: matters only discussed, occasions gone by, what others decide, forecasts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Claim
from pipeline.extract.positions.lexicon import Operator, StanceLexicon
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# silent: no clause of the sentence tells a stance on the issue; discussed: only what is said of taking up or
# refusing the matter does; None: read it as usual.
Silence = Literal["silent", "discussed"] | None

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
# Places of a word inside the phrase that it belongs to.
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "appos", "conj", "pobj", "pcomp", "dobj", "prep"})
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning", "around"})
_PARTS = frozenset({"of", "from", "at", "on", "in", "during", "since"})
_FOR = frozenset({"for", "on", "to"})
_ASKED = frozenset({"asked", "pressed", "questioned", "quizzed"})
_STEPS = 8
# What is left of the readings of a matter that is only talked about.
_TAKEN_UP = frozenset({"open_to", "reject", "block"})
# "Demands talks on an exchange", and so "will discuss an exchange": of a document this tells nothing.
_PUT_FORWARD = frozenset({"obliged_clause", "demand"})


class SilenceReader:
    """Finds the issues of one sentence on which the sentence takes nobody's side."""

    def __init__(self, doc: Doc, lexicon: StanceLexicon, deferrals: Sequence[tuple[int, int]]) -> None:
        self._doc = doc
        self._file = lexicon.file
        self._deferrals = deferrals

    def of(self, hit: Hit) -> Silence:
        """Whether the sentence names the issue of `hit` without anybody's stance on it."""
        head = self._doc[hit.head_i]
        if self._left_to_others(head) or self._names_another(hit, head):
            return "silent"
        found: Silence = None
        for token in _phrases(head):
            lemma = token.lemma_.lower()
            if token.i in hit.tokens:
                continue
            if hit.issue.document_of is not None and self._about_document(token, lemma):
                return "silent"
            if hit.issue.document_of is not None and lemma in self._file.single_parts and token.tag_ == "NN":
                return "silent"  # "a clause of the plan": what is said of one is not said of the whole
            if token.pos_ in _VERBS and _hangs_on(token, self._file.unsettled):
                return "silent"  # "a choice between accepting it and": nobody is told to accept it
            if lemma in self._file.musing and (mood.is_imperative(token) or token.head.lemma_ == "let"):
                return "silent"  # "think about what you could keep"
            if hit.issue.occasion and self._gone_by(token, lemma):
                return "silent"
            if self._only_discussed(head, token, lemma):
                found = "discussed"
        return found

    def keep(self, claims: list[Claim], silence: Silence) -> list[Claim]:
        """The claims that the silence leaves: none, those on taking up the matter, or all."""
        if silence == "silent":
            return []
        # "It is constructive", "it was correct": the pronoun rarely stands for the issue named last.
        claims = [
            c
            for c in claims
            if c.rule != "judged_good"
            or not self._is_pronoun(c.hit)
            or self._is_basis(c)
            or self._is_asked(self._doc[c.hit.head_i])
        ]
        claims = [
            c for c in claims if c.rule != "judged_bad" or c.source == "tokens" or self._is_meant(c.hit)
        ]
        if silence == "discussed":
            return [
                c
                for c in claims
                if c.rule in _TAKEN_UP
                or (c.rule == "accept" and c.stance in {"oppose", "conditional"})
                or (self._puts_forward(c) and c.hit.issue.document_of is None)
            ]
        return claims

    def _puts_forward(self, claim: Claim) -> bool:
        """Whether talks are demanded or a matter will be discussed; "will hold talks about it" tells less."""
        verb = self._doc[claim.node_i].lemma_.lower()
        taken = claim.rule == "announces" and verb in self._file.discussing_verbs
        return taken or claim.rule in _PUT_FORWARD

    def _is_pronoun(self, hit: Hit) -> bool:
        return hit.anaphor and self._doc[hit.head_i].pos_ == "PRON"

    def _is_meant(self, hit: Hit) -> bool:
        """Whether a judgement is passed on what the words stand for: "calling it a stunt"."""
        token = self._doc[hit.head_i]
        if not self._is_pronoun(hit):
            return True
        above = [token.head, token.head.head]
        if self._is_asked(token):
            return True
        if token.head.dep_ == "relcl":
            return False
        return any(
            v.lemma_.lower() in self._file.judging_verbs and (v.tag_ == "VBG" or self._has_judged(v, token))
            for v in above
        )

    def _is_asked(self, pronoun: Token) -> bool:
        """ "Asked about the levy, he said it was a mistake": what he was asked about is what he judges."""
        if pronoun.dep_ != "nsubj" or pronoun.head.dep_ not in {"ccomp", "ROOT", "parataxis"}:
            return False
        before = self._doc[pronoun.sent.start : pronoun.i]
        return any(
            t.lower_ in _ASKED
            and t.dep_ == "advcl"
            and any(p.lower_ in _ABOUT for p in clauses.children(t, "prep"))
            for t in before
        )

    def _has_judged(self, verb: Token, pronoun: Token) -> bool:
        """ "Oslo called it a stunt", "has described this as theft": judged by the verb's own subject."""
        if pronoun.i < verb.i or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP"} or clauses.is_passive(verb):
            return False
        return pronoun.nbor(-1).i == verb.i and bool(clauses.subjects(verb))

    def _is_basis(self, claim: Claim) -> bool:
        """ "It could form the basis for an accord": nothing but a document is."""
        words = {self._doc[i].lemma_.lower() for i in claim.tokens}
        return claim.hit.issue.is_document and not words.isdisjoint(self._file.basis_nouns)

    def _about_document(self, token: Token, lemma: str) -> bool:
        """ "re-arrange the proposal", "an alternative to the plan": neither for it nor against it."""
        if token.pos_ in _VERBS:
            return lemma in self._file.altering
        return token.pos_ == "NOUN" and lemma in self._file.answering

    def _names_another(self, hit: Hit, head: Token) -> bool:
        """ "the US-draft limit on troops", "plan talks": the document only says which limit, which talks."""
        if hit.issue.document_of is None or head.dep_ not in {"compound", "nmod", "amod", "npadvmod"}:
            return False
        noun = head.head
        while noun.dep_ in {"compound", "nmod", "amod"} and noun.head.i != noun.i:
            noun = noun.head
        known = self._file.document_nouns | self._file.anaphora_nouns
        inside = hit.start_i <= noun.i < hit.end_i
        return noun.pos_ == "NOUN" and not inside and noun.lemma_.lower() not in known

    def _gone_by(self, token: Token, lemma: str) -> bool:
        """ "boycotted the summit", "the results of the summit": the occasion has been, and is no issue."""
        if token.pos_ in _VERBS:
            told = lemma in self._file.attendance
            return told and not any(c.dep_ == "aux" and c.tag_ in {"MD", "TO"} for c in token.children)
        return token.pos_ == "NOUN" and lemma in self._file.aftermath

    def _only_discussed(self, head: Token, token: Token, lemma: str) -> bool:
        """ "talks on the plan", "to discuss the plan": that it is talked about is no stance on it."""
        if token.pos_ in _VERBS:
            if lemma in self._file.discussing_verbs:
                return not clauses.is_passive(token)
            # "will hold talks regarding a truce": parsers hang the matter on the verb
            held = {o.lemma_.lower() for o in clauses.children(token, "dobj")}
            about = [p for p in clauses.children(token, "prep") if p.lower_ in _ABOUT and p.i < head.i]
            return not held.isdisjoint(self._file.discussion_nouns) and bool(about)
        if token.pos_ != "NOUN" or lemma not in self._file.discussion_nouns:
            return False
        return any(p.lower_ in _ABOUT and p.i < head.i for p in clauses.children(token, "prep"))

    def _left_to_others(self, head: Token) -> bool:
        """ "X is up to Sudan to decide": whoever says so leaves it to others."""
        for first, _ in self._deferrals:
            verb = self._doc[first]
            while verb.pos_ not in _VERBS and verb.head.i != verb.i:
                verb = verb.head
            token = head
            for _ in range(_STEPS * 2):
                if token.i == verb.i:
                    return True
                if token.head.i == token.i or (token.dep_ == "conj" and token.pos_ in _VERBS):
                    break
                token = token.head
        return False


def without_occasional(doc: Doc, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without documents that are only about one of the other hits: "a US proposal for a truce"."""
    topics = {
        noun.i: preposition.head.i
        for hit in hits
        for preposition in clauses.children(doc[hit.head_i], "prep")
        if preposition.lower_ in _FOR
        for noun in clauses.children(preposition, "pobj")
    }
    about = {topics[o.head_i]: o.issue for o in hits if o.head_i in topics}
    return [
        h for h in hits if h.issue.document_of is None or h.anaphor or about.get(h.head_i, h.issue) is h.issue
    ]


def _phrases(head: Token) -> Iterator[Token]:
    """The words above `head` that its phrase depends on, up to and with the verb that governs it."""
    token = head
    for _ in range(_STEPS):
        if token.head.i == token.i or token.dep_ not in _INSIDE:
            return
        token = token.head
        yield token
        if token.pos_ in _VERBS and token.dep_ != "prep":  # "discussions regarding a truce": no verb
            return


def _hangs_on(verb: Token, nouns: Container[str]) -> bool:
    """Whether the clause is what one of the nouns is about: "a deadline for Kyiv to accept"."""
    above = verb.head
    if verb.dep_ == "pcomp" and above.dep_ == "prep":
        above = above.head
    elif verb.dep_ not in {"acl", "relcl", "advcl"}:
        return False
    return above.pos_ == "NOUN" and above.lemma_.lower() in nouns


def sound(
    doc: Doc, operators: Mapping[int, list[Operator]], lexicon: StanceLexicon
) -> dict[int, list[Operator]]:
    """The operators without those that tell no attitude: forecasts, kinds of people, demands on a topic."""
    kept: dict[int, list[Operator]] = {}
    for i, found in operators.items():
        left = [op for op in found if not _is_void(doc[i], op, lexicon)]
        if left:
            kept[i] = left
    return kept


def _is_void(token: Token, operator: Operator, lexicon: StanceLexicon) -> bool:
    group, lemma = operator.group, token.lemma_.lower()
    if group.kind == "evaluation" and token.lower_ == "goods":
        return True
    first = token.head if token.dep_ == "conj" and token.tag_ == "VBN" else token
    if group.kind == "evaluation" and group.verbs_only and clauses.is_passive(first):
        return True  # "the truce has been violated": it is harmed, and harms nothing
    if token.dep_ == "amod" and group.verbs_only:
        return True  # "long-standing curbs": a verb that has become an adjective tells no judgement
    if token.pos_ in _VERBS and lemma in lexicon.file.asserting_verbs and group.kind == "directive":
        return mood.asserts_fact(token)
    if token.pos_ in _VERBS:
        # "is expected to travel": nobody is told to want it.
        return lemma in lexicon.file.forecasting and token.tag_ == "VBN" and clauses.is_passive(token)
    if token.pos_ not in _NOUNS:
        return False
    if lemma in lexicon.file.partisans and group.kind == "attitude":
        # "Ukraine's backers of late": people, unless somebody is said to be one.
        named = token.dep_ == "appos" and token.head.pos_ == "PROPN"
        classed = clauses.classing(token) is not None
        return not (named or classed) and token.dep_ not in {"attr", "oprd", "ROOT"}
    if group.kind == "directive":
        # "excessive demands over enrichment": on which side of it is not told.
        topic = _ABOUT if lemma == "demand" else _ABOUT - {"on"}
        return any(p.lower_ in topic and p.i not in operator.tokens for p in clauses.children(token, "prep"))
    return False
