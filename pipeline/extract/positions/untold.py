"""Clauses that tell nobody's will: signs that are missing, what is left to decide, contents, contrasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.lexicon import StanceFile, StanceLexicon
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
# Places of a clause or phrase that belongs to the word above it.
_UP = frozenset({"ccomp", "xcomp", "acl", "relcl", "pcomp", "prep", "conj", "advcl"})
_STEPS = 6
_NONE = frozenset({"no", "little", "few", "scant"})
_ASKING = frozenset({"whether", "if", "how", "what", "when", "who"})
_ABOUT = frozenset({"on", "about", "over"})
_PARTING = frozenset({",", "-", "–", "—", "and", "but"})
# "Not only a truce": no contrast.
_BESIDES = frozenset({"only", "just", "merely", "simply", "necessarily", "even", "yet", "least"})
# Rules that tell an act of the clause's own subject.
_ACTS = frozenset({"own_act", "accept", "promise", "announces", "quits"})
_WHEN = frozenset({("to", "up"), ("of", "ahead"), ("to", "prior"), ("to", "run")})
_GUESSING = frozenset({"may", "might", "could", "would", "will"})


def is_untold(claim: Claim, doc: Doc, file: StanceFile) -> bool:
    """Whether the clause of `claim` tells nobody's will, whatever its words."""
    node = doc[claim.node_i]
    return (
        _is_unsigned(node, file)
        or _is_left_to_decide(claim, doc, file)
        or _is_laid_to(claim, node, file)
        or _is_supposed_too(claim, node)
        or (claim.rule == "own_act" and _is_alleged(node, file))
        or (claim.rule == "offer" and _is_offered_to(claim, node))
        or (claim.rule in _ACTS and claim.source == "tokens" and is_contained(node, file))
        or (claim.rule == "condition_set" and _is_told_of_document(claim, doc, file))
        or (claim.stance == stance_of(claim.hit.orient or 1) and is_set_against(claim.hit, doc))
    )


def _above(token: Token) -> Iterator[tuple[Token, Token]]:
    """The words above `token` with the word below each, as far as clauses and phrases hang on them."""
    below = token
    for _ in range(_STEPS):
        if below.head.i == below.i or below.dep_ not in _UP:
            return
        yield below, below.head
        below = below.head


def _is_unsigned(node: Token, file: StanceFile) -> bool:
    """ "Has given no indication that it will agree": a sign is missing, and nothing told of its will."""
    for below, noun in _above(node):
        if noun.pos_ != "NOUN" or noun.lemma_.lower() not in file.sign_nouns:
            continue
        if below.dep_ not in {"acl", "relcl", "ccomp"} or not clauses.subjects_of(below):
            continue
        if any(c.lower_ in _NONE for c in clauses.children(noun, "det", "amod")):
            return True
        verb = noun.head
        return verb.pos_ in _VERBS and bool(clauses.children(verb, "neg"))
    return False


def _is_left_to_decide(claim: Claim, doc: Doc, file: StanceFile) -> bool:
    """ "Voters should decide whether to cede it", "on ceding it": asked for is the decision, not the act."""
    if claim.stance == "open":
        return False
    for i in sorted(claim.below | claim.hit.tokens):
        token = doc[i]
        verb = token.head
        if verb.i == token.i or verb.lemma_.lower() not in file.deciding_verbs or verb.pos_ not in _VERBS:
            continue
        if verb.i != claim.node_i and verb.i not in claim.below:
            continue
        told = token.dep_ in {"ccomp", "xcomp", "advcl", "pcomp"} and any(
            c.lower_ in _ASKING for c in clauses.children(token, "mark", "advmod", "nsubj", "dobj")
        )
        if told or (token.dep_ == "prep" and token.lower_ in _ABOUT):
            return True
    return False


def _is_laid_to(claim: Claim, node: Token, file: StanceFile) -> bool:
    """ "Remarks that suggested Riga's acceptance of it": an attitude that others see in somebody."""
    if claim.rule not in {"accept", "promise", "back"} or node.pos_ != "NOUN" or node.dep_ != "dobj":
        return False
    verb = node.head
    whose = any(t.tag_ != "PRP$" for t in clauses.possessors(node))
    return verb.lemma_.lower() in file.supposing_verbs and (whose or verb.dep_ == "relcl")


def _is_alleged(node: Token, file: StanceFile) -> bool:
    """ "Oslo alleges that Riga is supplying arms": an act that somebody only charges another with."""
    verb = node.head
    return node.dep_ == "ccomp" and verb.i < node.i and verb.lemma_.lower() in file.alleging_verbs


def _is_offered_to(claim: Claim, node: Token) -> bool:
    """ "Riga has been offered relief": to whom a thing is offered, is not who offers it."""
    if not clauses.is_passive(node) or not clauses.children(node, "dobj", "oprd"):
        return False
    taken = {t.i for t in clauses.children(node, "nsubjpass")}
    return bool(taken & set(claim.holders))


def _is_supposed_too(claim: Claim, node: Token) -> bool:
    """ "Vowed to resign if a truce comes, and Riga withdraws": the second half of what is supposed."""
    first = node.head
    if claim.rule != "own_act" or node.dep_ != "conj" or node.tag_ not in {"VBZ", "VBP"}:
        return False
    told = first.tag_ in {"VBD", "VBN"} and first.i < node.i
    between = node.doc[first.i : node.i]
    return told and any(t.lower_ in {"if", "unless"} and t.dep_ == "mark" for t in between)


def is_contained(node: Token, file: StanceFile) -> bool:
    """ "The next steps involve Oslo leaving", "would require Oslo to": contents, and no act of Oslo's."""
    verb = node
    while verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not clauses.subjects_of(verb):
        verb = verb.head
    if verb.dep_ not in {"ccomp", "xcomp", "pcomp", "dobj"} or verb.tag_ not in {"VB", "VBG"}:
        return False
    if verb.tag_ == "VB" and any(c.lower_ != "to" for c in clauses.children(verb, "aux")):
        return False
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if above.i >= verb.i or above.lemma_.lower() not in file.containing_verbs:
        return False
    own = clauses.subjects_of(verb) or clauses.children(above, "dobj")
    return bool(own)


def _is_told_of_document(claim: Claim, doc: Doc, file: StanceFile) -> bool:
    """ "The deal involved a release in exchange for a truce": terms of a document, and no demand."""
    node = doc[claim.node_i]
    subjects = [doc[i] for i in claim.holders] or clauses.subjects(node)
    if not subjects and node.dep_ in {"acl", "relcl"}:
        subjects = [node.head]
    contents = node.lemma_.lower() in file.containing_verbs
    contents = contents or (node.dep_ in {"xcomp", "ccomp"} and node.head.lemma_ in file.containing_verbs)
    if not subjects and node.dep_ == "xcomp" and node.head.dep_ in {"acl", "relcl"}:
        subjects = [node.head.head]
    papers = file.document_nouns | file.arrangements
    return contents and bool(subjects) and all(s.lemma_.lower() in papers for s in subjects)


def is_set_against(hit: Hit, doc: Doc) -> bool:
    """ "The border should come first, not disarmament": what is named only as what is not meant."""
    head = doc[hit.head_i]
    if head.pos_ not in _NOUNS and head.tag_ != "VBG":
        return False
    first = head.left_edge.i
    while first < head.i and doc[first].lower_ in _PARTING | {"not"}:
        first += 1
    if first < 2 or doc[first - 1].lower_ != "not" or doc[first].lower_ in _BESIDES:
        return False
    return doc[first - 2].lower_ in _PARTING


def is_only_time(hit: Hit, doc: Doc) -> bool:
    """ "In the weeks leading up to the summit": an occasion that only tells when something was."""
    if not hit.issue.occasion or hit.anaphor:
        return False
    token = doc[hit.head_i]
    for _ in range(_STEPS):
        prep = token.head
        if prep.dep_ not in {"prep", "mark"} and token.dep_ not in {"pobj", "compound", "conj"}:
            return False
        if prep.pos_ in {"ADP", "SCONJ"}:
            return (prep.lower_, prep.head.lower_) in _WHEN
        token = prep
    return False


def is_guess(clause: Token, verb: Token) -> bool:
    """ "Suggested that the force might not be able to": what is thought unlikely is no offer."""
    if clause.dep_ != "ccomp":
        return False
    # parsers make two clauses of "that the force, called the Shield, might not"
    return any(
        c.i >= clause.i
        and any(a.lower_ in _GUESSING for a in clauses.children(c, "aux"))
        and bool(clauses.children(c, "neg"))
        for c in clauses.children(verb, "ccomp")
    )


def is_observed(clause: Token, verb: Token) -> bool:
    """ "Hinted that Riga sees it as a ruse": what is said to be so, and not what is brought up."""
    if clause.dep_ != "ccomp" or verb.lemma_.lower() not in {"hint", "suggest"}:
        return False
    aux = clauses.children(clause, "aux", "auxpass")
    modal = any(c.tag_ in {"MD", "TO"} for c in aux) or mood.is_bidden(clause)
    finite = aux[0].tag_ if aux else clause.tag_
    return not modal and finite in {"VBZ", "VBD"}


def is_passing(hit: Hit, doc: Doc) -> bool:
    """ "Pressed by Oslo, which has called for a truce", "before holding talks": named only in passing."""
    for token in (doc[hit.head_i], *doc[hit.head_i].ancestors):
        if token.dep_ == "relcl":
            return token.head.pos_ == "PROPN"
        if token.dep_ == "pcomp" and token.head.lower_ in {"before", "after"}:
            return True
    return False


def is_new(hit: Hit, doc: Doc) -> bool:
    """Whether the issue is a thing that is not yet: "to end the siege and a full withdrawal"."""
    head = doc[hit.head_i]
    return head.pos_ == "NOUN" and any(c.lower_ in {"a", "an"} for c in clauses.children(head, "det"))


def as_asked(claim: Claim, doc: Doc, lexicon: StanceLexicon) -> Claim:
    """The claim as its speaker's, if its clause stands beside what is asked of its subject.

    "Oslo may have to cede it, while agreeing to a cap": both are asked of Oslo by whoever says so.
    """
    node = doc[claim.node_i]
    if (
        claim.source != "tokens"
        or claim.rule not in _ACTS
        or node.tag_ != "VBG"
        or node.dep_ not in {"advcl", "pcomp"}
    ):
        return claim
    above = node.head.head if node.dep_ == "pcomp" else node.head
    if above.pos_ not in _VERBS or clauses.subjects_of(node):
        return claim
    duties = [above, *clauses.children(above, "xcomp")]  # "may have to cede it"
    if not any(mood.is_obliged(verb, lexicon) for verb in duties):
        return claim
    return replace(claim, source="speaker", holders=(), rule="obliged_act", strength=2)
