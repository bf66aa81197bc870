"""Those whom a sentence sets beside the sides of a meeting, and those whom a plural is said to include."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.meetings.frames import agents, conjuncts, prep_objects, subjects
from pipeline.model import Links

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = frozenset({"alongside"})
_TOGETHER = frozenset({"together", "along"})
_JOINING = frozenset({"accompany", "flank", "join"})
_WITNESSES = frozenset({"presence", "attendance", "participation"})
_OF = frozenset({"of"})
_WITH = frozenset({"with"})
_IN = frozenset({"in"})
_HONOUR = frozenset({"honour", "honor"})
_LOOKING_ON = frozenset(
    {"look", "act", "serve", "mediate", "sit", "join", "attend", "preside", "participate"}
)
_INCLUDING = frozenset({"including"})
_CLAUSE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB"})
_STANDING_FOR = frozenset({"those", "ones"})


def companions(verb: Token) -> list[Token]:
    """Heads of the phrases that name who is with those that the verb's clause tells of, in text order.

    "Accompanied by X, Y met Z", "met alongside X", "together with X", "in the presence of X", "with X looking
    on". What they are is for the caller to read: a wife or an aide is no side.
    """
    found: list[Token] = []
    for head in (verb, *subjects(verb)):
        for child in head.children:
            if child.dep_ in {"advcl", "acl", "amod"} and child.tag_ in {"VBN", "VBD"}:
                found += agents(child) if child.lemma_.lower() in _JOINING else []
            elif child.dep_ == "prep":
                found += _beside(child)
    return sorted(found, key=lambda t: t.i)


def _beside(prep: Token) -> Iterator[Token]:
    """Those whom one prepositional phrase sets beside the others."""
    told = [t for c in prep.children if c.dep_ == "pobj" for t in conjuncts(c)]
    together = prep.lower_ in _WITH and any(c.lower_ in _TOGETHER for c in prep.lefts)
    if together or prep.lower_ in _BESIDE:
        yield from told
    elif prep.lower_ == "in":
        for noun in told:
            if noun.lemma_.lower() in _WITNESSES:
                yield from prep_objects(noun, _OF)
    elif prep.lower_ in _WITH:
        for clause in prep.children:
            if clause.dep_ == "pcomp" and clause.lemma_.lower() in _LOOKING_ON:
                yield from (t for c in clause.lefts if c.dep_ == "nsubj" for t in conjuncts(c))


def honoured(noun: Token) -> list[Token]:
    """Whose honour a meal is in: "a banquet in honour of X", "a dinner in her honour"."""
    honours = [t for t in prep_objects(noun, _IN) if t.lemma_.lower() in _HONOUR]
    return [
        t
        for each in honours
        for t in (*prep_objects(each, _OF), *(c for c in each.lefts if c.dep_ == "poss"))
    ]


def spelled_out(token: Token) -> list[Token]:
    """ "Envoys of six nations, including Peru and Chile", "talks with those of Peru": the names given."""
    if token.lower_ in _STANDING_FOR:
        return prep_objects(token, _OF)
    if token.tag_ not in {"NNS", "NNPS"}:
        return []
    heads = [token, *(t for t in prep_objects(token, frozenset({"of", "from"})) if t.tag_ in {"NNS", "NNPS"})]
    heads += prep_objects(
        token, _ABOUT
    )  # "stakeholders in the row, including": the parser hangs it on the row
    return [t for head in heads for t in prep_objects(head, _INCLUDING)]


_ABOUT = frozenset({"in", "to"})
_BEFORE_NAME = frozenset({"det", "amod", "compound", "nmod"})
_OPENING_LIST = frozenset({"–", "—", "-", "--", ":"})


def listed_behind(token: Token) -> list[Token]:
    """ "The accord's signatories – Peru, Chile and China – met": the names behind a dash or colon.

    Also behind whose they are: "the heads of the two delegations: X and Y".
    """
    of = prep_objects(token, _OF)
    doc, at = token.doc, (of[-1] if of else token).i + 1
    if token.tag_ != "NNS" or at + 1 >= token.sent.end or doc[at].text not in _OPENING_LIST:
        return []
    first = next((t for t in doc[at + 1 : token.sent.end] if t.dep_ not in _BEFORE_NAME), token)
    return conjuncts(first) if first.pos_ == "PROPN" and first.dep_ in {"appos", "conj", "dep"} else []


def named_within(links: Links, block_no: int, prep: Token) -> list[Token]:
    """ "between High Commissioner to Chile Ana Roe and X": names that hang below the titles."""
    doc, end = prep.doc, prep.head.right_edge.i + 1
    stop = next((t.i for t in doc[prep.i : end] if t.tag_ in _CLAUSE_TAGS or t.text == ","), end)
    people = [m for m in links.within(block_no, prep.i, stop) if m.actor.kind == "person"]
    return [doc[m.head_i] for m in people if m.end_i == len(doc) or doc[m.end_i].tag_ != "POS"]
