"""Who would have to give a thing up: what "non-negotiable" means from whom, and whose will is foretold."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.lexicon import StanceFile

if TYPE_CHECKING:
    import datetime as dt

    from spacy.tokens import Doc, Token

    from pipeline.extract.positions.holders import Holder

# "The fleet is a red line": for its owner it is not to be touched, for others not to be built.
_RED = frozenset({"red", "line"})
_JUDGED = frozenset({"judged_good", "judged_possible"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_ACTS = frozenset({"own_act", "quits", "clause_quits"})


def as_kept(claim: Claim, holder: Holder, doc: Doc, file: StanceFile) -> Claim:
    """ "Our fleet is non-negotiable": its owner will not have it cut; from anybody else it is a demand."""
    if claim.rule == "judged_bad" and claim.hit.orient > 0 and holder.party in claim.hit.issue.kept_by:
        named = {doc[i].lower_ for i in claim.tokens - claim.hit.tokens}
        return replace(claim, stance="support") if named >= _RED else claim
    if claim.rule not in _JUDGED:
        return claim
    words = [doc[i] for i in claim.tokens - claim.hit.tokens if doc[i].lemma_.lower() in file.untouchable]
    if not words or not any(_is_denied(word) for word in words):
        return claim
    way = claim.hit.orient or 1
    if holder.party in claim.hit.issue.given_by:
        way = -way if way > 0 else way
    return replace(claim, stance=stance_of(way))


def _is_denied(word: Token) -> bool:
    """Whether something is said not to be negotiable, in one word or in several."""
    if word.lower_.startswith("non") or (word.i > 1 and word.doc[word.i - 2].lower_ == "non"):
        return True
    told = (word, word.head) if word.dep_ in {"acomp", "oprd", "attr"} else (word,)
    return any(c.dep_ == "neg" or c.lower_ == "never" for t in told for c in t.children)


def is_foretold(claim: Claim, holder: Holder, speaker: Holder | None) -> bool:
    """ "The rebels will disarm, Oslo said": what somebody else says that they will give up is his wish."""
    return (
        claim.rule == "own_act"
        and speaker is not None
        and speaker.key != holder.key
        and holder.kind != "person"
        and holder.party in claim.hit.issue.given_by
        and claim.hit.orient > 0
    )


def is_long_past(claim: Claim, doc: Doc, today: dt.date | None) -> bool:
    """ "Oslo left the accord in 2018": an act of an earlier year, told as what has been."""
    verb = doc[claim.node_i]
    if claim.rule not in _ACTS or today is None or verb.tag_ not in {"VBD", "VBN"}:
        return False
    if verb.tag_ == "VBN" and any(c.lower_ in {"has", "have"} for c in clauses.children(verb, "aux")):
        return False
    years = [
        int(o.text)
        for prep in (*clauses.children(verb, "prep"), *_beside(verb))
        if prep.lower_ in {"in", "since", "during"}
        for o in (*clauses.children(prep, "pobj"), *(g for c in prep.children for g in c.children))
        if _YEAR.fullmatch(o.text)
    ]
    return bool(years) and max(years) < today.year


def _beside(verb: Token) -> list[Token]:
    """Prepositions that parsers hang on the object: "left the accord in 2018"; also those of joined verbs."""
    objects = clauses.children(verb, "dobj", "prep")
    inner = [o for t in objects for o in (t, *clauses.children(t, "pobj"))]
    first = [verb.head] if verb.dep_ == "conj" else []
    return [p for t in (*inner, *first) for p in clauses.children(t, "prep")]
