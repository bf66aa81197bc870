"""Whose document a phrase names: its known author, or another whom the text tells."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.actors import ActorWords
from pipeline.extract.positions.holders import Holder
from pipeline.extract.positions.vocabulary import Hit, Issue
from pipeline.model import Block, Links

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def author_of(issue: Issue, states: dict[str, Holder], words: ActorWords) -> Holder | None:
    """Whose document the issue is about, as the page names that party or as the reference data do."""
    code = issue.document_of
    if code is None or code in states:
        return states[code] if code is not None else None
    name = next((name for party, name in words.states.values() if party == code), None)
    return None if name is None else Holder(name, code, None, "government")


def is_anothers(
    hit: Hit, doc: Doc, block: Block, links: Links, words: ActorWords, written: Container[str]
) -> bool:
    """ "A version of the US plan put forward by Europeans": the text names another author of the document."""
    if hit.issue.document_of is None or hit.anaphor:
        return False
    noun = doc[hit.head_i]
    nouns = [noun]
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
        nouns.append(noun)
    makers = [
        links.at(block.block_no, agent.i)
        for each in nouns
        for verb in clauses.children(each, "acl")
        if clauses.is_passive(verb)
        for agent in clauses.agents(verb)
    ]
    parties = {m.actor.party for m in makers if m is not None and m.actor.party is not None}
    if parties:
        return hit.issue.document_of not in parties
    codes = words.codes
    named = {words.states[doc[i].text][0] for i in hit.tokens if doc[i].text in words.states}
    if hit.issue.document_of not in codes or hit.issue.document_of in named:
        return False
    # "Russian peace proposals", "Putin's plan": whose a document is, where its own phrase does not tell.
    documents = [each for each in nouns if each.i == hit.head_i or each.lemma_.lower() in written]
    owners = {p for each in documents for p in _owning(each, hit, block, links, words)}
    return bool(owners & codes) and hit.issue.document_of not in owners


def _owning(noun: Token, hit: Hit, block: Block, links: Links, words: ActorWords) -> set[str]:
    """Parties that the noun's possessors and state adjectives tell; "the Ukraine plan" is about a state."""
    found: set[str] = set()
    for token in (t for c in noun.children for t in clauses.with_conjuncts(c)):
        if (
            token.i in hit.tokens
            or token.i > noun.i
            or token.dep_ not in {"poss", "amod", "compound", "conj"}
        ):
            continue
        mention = links.at(block.block_no, token.i)
        if token.dep_ != "compound" and token.text in words.states:
            found.add(words.states[token.text][0])
        elif mention is not None and (token.dep_ == "poss" or mention.actor.kind == "person"):
            found |= {party for party in (mention.actor.party,) if party is not None}
    return found
