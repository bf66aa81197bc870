"""Two who are told to have met or spoken: whom "they", "the two" and "the pair" go on to mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import Line
from pipeline.model import Actor, Links

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_WITH = frozenset({"with", "to"})
_COUNTED = frozenset({"two", "pair"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def two_meant(head: Token, speech: Speech) -> bool:
    """Whether a subject may mean two named before: "they", "the two", "both", "the President and Premier".

    Not "both sides" or "the two ministers", who speak as a group.
    """
    if head.dep_ not in _SUBJECTS:
        return False
    if head.lower_ in {"they", "both"}:
        return True
    definite = any(c.lower_ in {"the", "these"} for c in head.lefts)
    if head.lower_ in _COUNTED:
        return definite
    titles = [head, *head.conjuncts]
    return definite and len(titles) == 2 and all(_is_bare_title(t, speech) for t in titles)


def _is_bare_title(word: Token, speech: Speech) -> bool:
    """Whether a phrase is an office and no name: "the Prime Minister"."""
    named = word.nbor() if word.i + 1 < len(word.doc) else word
    return word.lower_ in speech.turn_titles and (named == word or named.pos_ != "PROPN")


def two_before(
    head: Token, line: Line, earlier: Line | None, links: Links, speech: Speech
) -> tuple[Actor, ...]:
    """The two people of whose contact the sentences right before the head's tell; none if they tell of none.

    Sentences about "the two" may lie between; one with another subject ends the search. The head's own
    sentence counts as far as it stands before: "A held talks with B, where they agreed".
    """
    sentence = line.sentence_at(head.i)
    own = line.doc[sentence.start_i : head.i]
    if any(t.dep_ == "ROOT" for t in own):
        met = _met(own, line, links, speech)
        if met:
            return met
    for above, told in _sentences_before(head, line, earlier):
        met = _met(told, above, links, speech)
        if met:
            return met
        if not any(two_meant(t, speech) and t.head.dep_ in {"ROOT", "conj"} for t in told):
            return ()
    return ()


def _sentences_before(head: Token, line: Line, earlier: Line | None) -> Iterator[tuple[Line, Span]]:
    """Sentences before that of the head, the last first, with their lines: those of the line above, too."""
    number = line.sentence_no(head.i)
    own = [(line, sentence) for sentence in line.sentences[:number]]
    above = [] if earlier is None else [(earlier, sentence) for sentence in earlier.sentences]
    for told, sentence in reversed([*above, *own]):
        yield told, told.doc[sentence.start_i : sentence.end_i]


def _met(told: Span, line: Line, links: Links, speech: Speech) -> tuple[Actor, ...]:
    """The two people who are told to be in touch with each other, in the order of the sentence."""
    root = next((t for t in told if t.dep_ == "ROOT"), None)
    if root is None or line.quoted(root):
        return ()
    for verb in (root, *(c for c in root.conjuncts if c.pos_ == "VERB")):
        if any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.lefts) or not _in_touch(verb, speech):
            continue
        heads = [c for c in (*verb.lefts, *(root.lefts if verb is not root else ())) if c.dep_ in _SUBJECTS]
        heads += _partners(verb)
        people = {a.key: a for h in heads for a in _people(h, line, links)}
        if len(people) == 2:
            return tuple(people.values())
    return ()


def _in_touch(verb: Token, speech: Speech) -> bool:
    """Whether a verb tells of a contact: "met", "spoke", "held talks", "had a call"."""
    lemma = verb.lemma_.lower()
    if lemma in speech.contact_verbs:
        return True
    return lemma in speech.contact_holders and any(
        c.dep_ == "dobj" and c.lemma_.lower() in speech.contact_nouns for c in verb.rights
    )


def _partners(verb: Token) -> Iterator[Token]:
    """With whom somebody is in touch: "met B", "spoke with B", "held talks with B"."""
    for child in verb.rights:
        if child.dep_ == "dobj":
            yield child
            yield from _behind(child)
    yield from _behind(verb)


def _behind(word: Token) -> Iterator[Token]:
    for preposition in word.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in _WITH:
            yield from (c for c in preposition.children if c.dep_ == "pobj")


def _people(head: Token, line: Line, links: Links) -> Iterator[Actor]:
    """The people whom a noun phrase names, those joined to it by "and" included: "her counterpart A"."""
    named = [c.i for c in head.rights if c.dep_ == "appos"]
    for i in (head.i, head.i + 1, *named, *(t.i for t in head.conjuncts)):
        mention = links.at(line.block.block_no, i)
        if mention is not None and mention.actor.kind == "person":
            yield mention.actor
