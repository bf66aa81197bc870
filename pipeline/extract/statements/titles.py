"""Names that a body or a field parts from the title: "Acme founder Jane Roe", "Minister for Trade A. Roe"."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pipeline.extract.statements.lines import Line
from pipeline.model import Links, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_BODIES = frozenset({"media", "institution", "group", "government"})


def titled_person(
    head: Token, mention: Mention | None, line: Line, links: Links, roles: Collection[str]
) -> Mention | None:
    """The person named in a phrase that his office or body heads; `roles` are nouns of offices."""
    behind = _behind_office(head, line, links, roles) if mention is None or _is_told(mention) else None
    if mention is None or behind is not None:
        return behind
    return _behind_body(head, mention, line, links) or _before_body(head, mention, line, links)


def _is_told(mention: Mention) -> bool:
    """Whether a phrase only describes somebody: "the MP"."""
    return mention.resolution == "description"


def _behind_body(head: Token, mention: Mention, line: Line, links: Links) -> Mention | None:
    """The person at the end of a phrase that opens with his body ("Acme founder Jane Roe")."""
    last = head.right_edge
    if mention.actor.kind not in _BODIES or last.i <= head.i:
        return None
    person = _person_at(last, line, links)
    if person is None or line.quoted(last):
        return None
    between = line.doc[mention.end_i : person.start_i]
    titled = any(t.pos_ == "NOUN" for t in between) and not any(
        t.text == "," or t.pos_ in {"VERB", "ADP"} for t in between
    )
    return person if titled else None


def _before_body(head: Token, mention: Mention, line: Line, links: Links) -> Mention | None:
    """The person at the start of a phrase that ends with his body ("Jane Roe of builders Acme")."""
    first = head.left_edge
    if mention.actor.kind == "person" or first.i == head.i:
        return None
    person = links.at(line.block.block_no, first.i)
    if person is None or person.actor.kind != "person" or person.end_i >= head.i:
        return None
    return person if line.doc[person.end_i].lower_ == "of" else None


def _behind_office(head: Token, line: Line, links: Links, roles: Collection[str]) -> Mention | None:
    """The person whose name closes his own office: "Deputy Premier for Trade and Ports Jane Roe told".

    Nothing but the office's field stands between the two: "Adviser to President Jane Roe" is somebody else.
    """
    last = head.right_edge
    if head.pos_ != "PROPN" or head.lower_ not in roles or last.i <= head.i or line.quoted(last):
        return None
    person = _person_at(last, line, links)
    if person is None or person.start_i <= head.i + 2:
        return None
    field = list(line.doc[head.i + 1 : person.start_i])
    if field[0].lower_ not in {"of", "for"} or field[-1].pos_ not in {"PROPN", "NOUN"}:
        return None
    named = all(t.text[0].isupper() or t.lower_ in _JOINING or not t.is_alpha for t in field[1:])
    apart = any(t.text in {",", ";"} or t.lower_ in roles for t in field)
    return person if named and not apart else None


_JOINING = frozenset({"and", "of", "the", "for"})


def _person_at(token: Token, line: Line, links: Links) -> Mention | None:
    """The mention of a person, by name or office, that covers the token."""
    mention = links.at(line.block.block_no, token.i)
    if mention is None or mention.actor.kind != "person" or mention.resolution == "pronoun":
        return None
    return mention
