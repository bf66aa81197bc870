"""Names that a participle or a clause gives to who is described: "a merchant named Jane Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMING = frozenset({"named", "called", "known", "nicknamed", "dubbed"})
_NAMED = frozenset({"oprd", "dobj", "pobj"})
_NAME_NOUNS = frozenset({"name", "alias", "pseudonym", "nickname"})


def named_by(head: Token) -> Token | None:
    """The name that a participle or clause gives: "their envoy, known as X", "who goes by the name of X"."""
    for clause in head.rights:
        if clause.dep_ == "acl" and clause.lower_ in _NAMING:
            by = [p for p in clause.rights if p.lower_ == "as"]
            return next((c for p in (clause, *by) for c in p.rights if c.dep_ in _NAMED), None)
        if clause.dep_ == "relcl" and clause.lemma_ == "go":
            return _gone_by(clause)
    return None


def _gone_by(verb: Token) -> Token | None:
    """The name behind "goes by", "goes by the name of"."""
    name = next((c for p in verb.rights if p.lower_ == "by" for c in p.children if c.dep_ == "pobj"), None)
    if name is None or name.lemma_.lower() not in _NAME_NOUNS:
        return name
    behind = [c for p in name.rights if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
    return next(iter([*behind, *(c for c in name.rights if c.dep_ == "appos")]), None)


def own_name(head: Token) -> Token | None:
    """The name that is given to the phrase or to what stands beside it: "their host, a farmer called X"."""
    beside = (c for c in head.rights if c.dep_ == "appos")
    return next((name for each in (head, *beside) if (name := named_by(each)) is not None), None)
