"""Documents and their parts: "point four", "the plan, under which", a proposal made in talks."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.lexicon import StanceFile

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
_PLACING = frozenset({"in", "during", "at"})
_BRINGING = frozenset({
    "offer", "present", "propose", "submit", "table", "unveil", "publish", "draft", "write", "float", "send",
    "circulate", "release", "prepare", "author", "deliver", "hand",
})  # fmt: skip
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


def bringers(document: Token) -> list[Token]:
    """Who puts a new document forward: "Oslo has offered Riga a plan"; empty if it is known already."""
    verb = document.head
    new = any(c.lower_ in {"a", "an"} for c in clauses.children(document, "det"))
    brought = document.dep_ == "dobj" and verb.lemma_.lower() in _BRINGING and new
    return clauses.subjects(verb) if brought and not clauses.is_passive(verb) else []


def is_where(prep: Token, named: Container[int], file: StanceFile) -> bool:
    """ "Criticised a proposal in the talks": whether talks are only the place of a proposal or a demand."""
    papers = file.document_nouns | file.anaphora_nouns
    above = prep.head
    put = [above, *(clauses.children(above, "dobj") if above.pos_ in _VERBS else ())]
    talks = [o for o in clauses.children(prep, "pobj") if o.i in named]
    placed = prep.lower_ in _PLACING and any(o.lemma_.lower() in file.discussion_nouns for o in talks)
    return placed and any(t.lemma_.lower() in papers and t.pos_ == "NOUN" for t in put)
