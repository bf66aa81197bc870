"""Descriptions of a life that take up a person told of before: "the retired general", "the mother of two"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token


def tells_life(head: Token, speech: Speech, demonyms: Mapping[str, str]) -> bool:
    """Whether "the ..." tells what one person is besides the office: a former calling, a home, children."""
    if not any(c.lower_ == "the" for c in head.lefts) or any(c.dep_ in _APART for c in head.children):
        return False
    if head.text in demonyms:
        return head.dep_ == "nsubj" and head.tag_ in {"NNP", "NN", "JJ"} and _singular(head)
    if head.tag_ != "NN" or head.ent_type_ in {"ORG", "GPE", "PERSON"}:
        return False
    if head.lower_ in speech.life_nouns["any"]:
        return all(c.lower_ in {"of", "to"} for c in head.rights if c.dep_ == "prep")
    if any(head.lower_ in speech.life_nouns[told] for told in ("f", "m")):
        # "the mother of two", not "the mother of the hostage"
        behind = [c for p in head.rights if p.dep_ == "prep" for c in p.children]
        return bool(behind) and all(c.like_num and not list(c.rights) for c in behind)
    marked = any(c.dep_ in {"amod", "compound", "nmod"} and c.lower_ in speech.life_marks for c in head.lefts)
    personal = head.lower_.endswith(speech.person_suffixes) or head.lower_ in _CALLINGS
    hyphened = head.i > 1 and head.nbor(-1).text == "-" and head.nbor(-2).lower_ in speech.life_marks
    return (marked or hyphened) and personal and not any(c.dep_ == "prep" for c in head.rights)


def told_apart(head: Token, before: Sequence[Token]) -> bool:
    """Whether the tokens before bring in somebody new of that noun: "a retired general sat beside her"."""
    return any(
        t.lemma_ == head.lemma_ and any(c.lower_ in {"a", "an", "another"} for c in t.lefts) for t in before
    )


def fits(head: Token, person: Actor, speech: Speech, demonyms: Mapping[str, str]) -> bool:
    """Whether nothing known of a person tells against the description."""
    if person.kind != "person":
        return False
    home = demonyms.get(head.text)
    if home is not None and person.party not in {None, home, *_SUPRANATIONAL}:
        return False
    told = next((g for g in ("f", "m") if head.lower_ in speech.life_nouns[g]), None)
    return told is None or person.gender in {None, told}


def _singular(head: Token) -> bool:
    """Whether the verb does not tell that a people speaks: "the Dutch say"."""
    return not head.text.endswith(("ese", "ch", "sh", "ss")) and head.head.tag_ != "VBP"


_APART = frozenset({"appos", "relcl", "poss", "conj", "nummod"})
_SUPRANATIONAL = ("EU", "UN", "NATO", "EUROPE")
_CALLINGS = frozenset(
    {"general", "colonel", "admiral", "judge", "nurse", "spy", "chief", "guerrilla", "coach"}
)
