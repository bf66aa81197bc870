"""Documents and their parts: "point four", "the plan, under which", a proposal made in talks."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.lexicon import Operator, StanceFile

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
_PLACING = frozenset({"in", "during", "at"})
_TOLD = frozenset({"the", "that", "this", "its", "one", "another", "their"})


def is_told_part(noun: Token, parts: Container[str]) -> bool:
    """Whether the noun names one part of a document: "point six", "the eighth article", "that clause"."""
    if noun.lemma_.lower() not in parts:
        return False
    numbered = any(c.pos_ == "NUM" or c.ent_type_ in {"CARDINAL", "ORDINAL"} for c in noun.children)
    definite = any(c.dep_ in {"det", "poss", "nummod"} and c.lower_ in _TOLD for c in noun.children)
    # "the point is": what somebody is driving at
    return numbered or (definite and noun.lemma_.lower() != "point")


def document_above(verb: Token, documents: Container[str], parts: Container[str]) -> Token | None:
    """The document or part that a clause with "under which" hangs on; None if it is neither."""
    noun = verb.head
    for _ in range(2):
        if noun.lemma_.lower() in documents or is_told_part(noun, parts):
            return noun
        if noun.dep_ not in {"appos", "nummod", "npadvmod"}:
            return None
        noun = noun.head
    return None


def document_behind(clause: Token, documents: Container[str]) -> Token | None:
    """The document that a clause with "which" tells of, where the parse hangs it on the name of a maker."""
    name = clause.head
    if name.pos_ != "PROPN" or not any(c.lower_ == "which" for c in clause.children):
        return None
    for above in name.ancestors:
        if above.lemma_.lower() in documents and above.pos_ == "NOUN":
            return above
        if above.dep_ not in {"agent", "acl", "conj", "poss", "pobj", "prep"} and above.pos_ != "PROPN":
            return None
    return None


def bringers(document: Token, drafting: Container[str]) -> list[Token]:
    """Who puts a new document forward: "Oslo has offered Riga a plan"; empty if it is known already."""
    verb = document.head
    new = any(c.lower_ in {"a", "an"} for c in clauses.children(document, "det"))
    brought = document.dep_ == "dobj" and verb.lemma_.lower() in drafting and new
    return clauses.subjects(verb) if brought and not clauses.is_passive(verb) else []


def is_where(prep: Token, named: Container[int], file: StanceFile) -> bool:
    """ "Criticised a proposal in the talks": whether talks are only the place of a proposal or a demand."""
    papers = file.document_nouns | file.anaphora_nouns
    above = prep.head
    put = [above, *(clauses.children(above, "dobj") if above.pos_ in _VERBS else ())]
    talks = [o for o in clauses.children(prep, "pobj") if o.i in named]
    placed = prep.lower_ in _PLACING and any(o.lemma_.lower() in file.discussion_nouns for o in talks)
    return placed and any(t.lemma_.lower() in papers and t.pos_ == "NOUN" for t in put)


def is_within_deal(
    prep: Token, passed: Container[int], operators: Mapping[int, Sequence[Operator]], file: StanceFile
) -> bool:
    """ "Will not accept the levy in any deal": whether it only tells where the object would stand."""
    nouns = [o for o in clauses.children(prep, "pobj") if o.i in passed]
    deals = file.document_nouns | file.arrangements
    if prep.lower_ not in {"in", "under"} or not any(o.lemma_.lower() in deals for o in nouns):
        return False
    verb = next((t for t in prep.ancestors if t.pos_ in _VERBS), prep)
    taken = any(prep.i in op.tokens for found in operators.values() for op in found)
    things = ("dobj", "nsubj", "nsubjpass") if verb.tag_ == "VBN" else ("dobj",)
    objects = [o for o in clauses.children(verb, *things) if o.i < prep.i and o.i not in passed]
    return bool(objects) and not taken and verb.lemma_.lower() not in file.carrying_verbs
