"""Whom "him" and "her" mean as those who are met: "X, who spoke with him by phone", "met her in Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.meetings.frames import conjuncts, subjects, verb_of
from pipeline.model import Actor, Block, Links, Mention, Page
from pipeline.resolve.standing import stands_as_subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GENDERS = {"him": "m", "her": "f"}
_OWNERS = {"his": "m", "her": "f"}
_LINES_BACK = 2  # how many lines above its own a pronoun may point to
_ROLES = frozenset({"dobj", "pobj", "dative"})


class ObjectPronouns:
    """Finds whom object pronouns of one page mean; `body` are the page's lines in order."""

    def __init__(self, page: Page, links: Links, body: Sequence[Block]) -> None:
        self._page = page
        self._links = links
        self._body = body
        self._order = {b.block_no: i for i, b in enumerate(body)}

    def meant(self, block: Block, pronoun: Token) -> Actor | None:
        """The person last told of before who is not the one that does it; a subject comes first.

        None for possessives, and where no sentence near before names anybody who agrees.
        """
        gender = _GENDERS.get(pronoun.lower_)
        if gender is None or pronoun.dep_ not in _ROLES or block.block_no not in self._order:
            return None
        return self._last_told(block, pronoun, gender, self._doers(block, pronoun))

    def owner(self, block: Block, possessive: Token) -> Actor | None:
        """Whose delegation it is in "His delegation flies home tonight": the person last told of before."""
        gender = _OWNERS.get(possessive.lower_)
        if gender is None or block.block_no not in self._order:
            return None
        return self._last_told(block, possessive, gender, frozenset())

    def _last_told(self, block: Block, pronoun: Token, gender: str, doers: frozenset[str]) -> Actor | None:
        for doc, mentions in self._sentences_before(block, pronoun):
            fitting = [
                (stands_as_subject(doc[m.head_i]), m.actor.gender == gender, m.start_i, m.actor)
                for m in mentions
                if m.actor.kind == "person" and m.actor.key not in doers and m.actor.gender in {None, gender}
            ]
            if fitting:
                return max(fitting, key=lambda f: f[:3])[3]
        return None

    def _doers(self, block: Block, pronoun: Token) -> frozenset[str]:
        """Keys of those who do what the pronoun's verb says: nobody of them is meant."""
        verb = verb_of(pronoun)
        own = [] if verb is None else subjects(verb)
        named = [
            t for d in own for c in conjuncts(d) for t in (c, *(a for a in c.children if a.dep_ == "appos"))
        ]
        found = (self._links.at(block.block_no, t.i) for t in named if t.doc is pronoun.doc)
        return frozenset(m.actor.key for m in found if m is not None)

    def _sentences_before(self, block: Block, pronoun: Token) -> Iterator[tuple[Doc, list[Mention]]]:
        """The parse and the mentions of each sentence of the entry backwards, the pronoun's own first."""
        at = self._order[block.block_no]
        for earlier in reversed(self._body[max(0, at - _LINES_BACK) : at + 1]):
            doc = self._page.parses.get(earlier.block_no)
            if doc is None or earlier.entry_no != block.entry_no:
                return
            own = earlier.block_no == block.block_no
            for sentence in reversed(list(doc.sents)):
                end = min(sentence.end, pronoun.i) if own else sentence.end
                if sentence.start < end:
                    yield doc, self._links.within(earlier.block_no, sentence.start, end)
