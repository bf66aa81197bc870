"""Who acts for a movement: people and bodies whom a page tells to speak for one, and its own people."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions.clauses import children
from pipeline.model import Links, Mention, Page

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMING = frozenset({"compound", "nmod", "amod", "poss"})
_LINKING = frozenset({"for", "of", "from"})
# Words beside a movement's name by which its people are no longer it, or stand against it.
_APART = frozenset(
    {"former", "ex", "anti", "pro", "dissident", "dissidents", "breakaway", "splinter", "rival", "renegade"}
    | {"alleged", "suspected", "defected", "-"}
)
_LONGEST = 6
"""Words of the longest name of a movement that is looked for."""


def spokespeople(
    page: Page, links: Links, movements: Mapping[str, str], roles: Container[str]
) -> frozenset[str]:
    """Names of those without a party who are told to act for one of `movements` (a name of it -> its name).

    "Red Front spokesman Ivo Brandt", "Ivo Brandt, a leader of the Red Front", "the command of the Red Front".
    Only one-word names are known beside a person's, where the name of a movement is no mention of its own.
    """
    found: set[str] = set()
    for mention in links.mentions:
        actor = mention.actor
        doc = page.parses.get(mention.block_no)
        if doc is None or actor.party is not None or actor.name in movements or actor.name in found:
            continue
        if actor.kind in {"person", "institution"} and _acts_for(mention, doc, links, movements, roles):
            found.add(actor.name)
    return frozenset(found)


def _acts_for(
    mention: Mention, doc: Doc, links: Links, movements: Mapping[str, str], roles: Container[str]
) -> bool:
    head = doc[mention.head_i]
    if mention.actor.kind == "institution":
        return any(_is_of_movement(p, mention, links, movements) for p in children(head, "prep"))
    if head.dep_ == "appos" and head.head.lemma_.lower() in roles:
        head = head.head  # "the Red Front spokesman, Ivo Brandt"
    before = [t for t in head.subtree if t.i < mention.head_i and t.dep_ in _NAMING | {"appos"}]
    before += [head]
    if any(t.lemma_.lower() in roles for t in before) and any(t.text in movements for t in before):
        return True
    return any(
        t.lemma_.lower() in roles
        and any(_is_of_movement(p, mention, links, movements) for p in children(t, "prep"))
        for t in children(head, "appos")
    )


def _is_of_movement(prep: Token, mention: Mention, links: Links, movements: Mapping[str, str]) -> bool:
    """ "For the Red Front", "of the Red Front": whom a role or a body belongs to."""
    if prep.lower_ not in _LINKING:
        return False
    at = mention.block_no
    named = (links.headed(at, o.i) or links.at(at, o.i) for o in children(prep, "pobj"))
    return any(m is not None and m.actor.name in movements for m in named)


def movement_within(words: Sequence[str], movements: Mapping[str, str]) -> str | None:
    """The movement that the words of a mention name beside a noun for people: "the M23 rebel group".

    None if there is none, or if the words set the people apart from it ("former FARC rebels").
    """
    if not _APART.isdisjoint(word.lower() for word in words):
        return None
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        for first in range(len(words) - length + 1):
            found = movements.get(" ".join(words[first : first + length]))
            if found is not None:
                return found
    return None
