"""Speakers that are several: names joined by "and", a class and the names beside it, a few out of a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.statements.lines import Line
from pipeline.extract.statements.phrases import whole_word
from pipeline.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_LARGE = 3
"""From so many named speakers with one verb on they are one group."""
_SOME = frozenset(
    {"some", "several", "many", "most", "both", "all", "others", "few", "none", "half", "dozens"}
)
_EUROPE = "EUROPE"


def one_group(
    actors: Sequence[Actor], span: tuple[int, int], line: Line, european: frozenset[str]
) -> Actor | None:
    """The group that three or more speakers of one verb are; None for fewer, who speak each.

    It acts for the one party that all of them act for, for Europe if all are European states, else for none.
    """
    if len(actors) < _LARGE:
        return None
    parties = {a.party for a in actors}
    party = next(iter(parties)) if len(parties) == 1 else None
    if len(parties) > 1 and parties <= european:
        party = _EUROPE
    name = " ".join(line.text[span[0] : span[1]].split()).removeprefix("the ").removeprefix("The ")
    return Actor(f"group:{name.lower()}", name, "group", party)


def joined(head: Token, line: Line) -> tuple[int, int]:
    """Characters from the first to the last of the noun phrases that "and" joins to ``head``."""
    last = whole_word(max((head, *head.conjuncts, *_listed(head)), key=lambda t: t.i))
    start = head.left_edge.idx
    end = last.idx + len(last)
    return start, min(end, len(line.text))


def joined_to(head: Token) -> list[Token]:
    """The heads that "and" joins to a phrase, and to the name that the parse hangs on its office.

    "Britain's negotiator A and his EU counterpart B said": the second may hang on "A", or beside it.
    """
    found = list(head.conjuncts)
    if head.dep_ == "nsubj" and any(c.lower_ == "and" and c.dep_ == "cc" for c in head.rights):
        # "The army, and rebels in the north, have agreed": the parse makes two subjects of it.
        found.extend(c for c in head.head.lefts if c.dep_ == "nsubj" and c.i > head.i)
    found.extend(_listed(head))
    named = [c for c in head.rights if c.dep_ == "appos" and head.pos_ == "NOUN"]
    named = named if named and named[0].pos_ == "PROPN" else []  # "X, a judge and Y's aide" is one
    for name in named:
        found.extend(c for c in name.conjuncts if c.i > name.i)
        parted = any(
            c.dep_ == "cc" and c.lower_ == "and" and c.i > name.i for c in (*name.rights, *head.rights)
        )
        if parted:
            found.extend(c for c in named if c.i > name.i and c.left_edge.nbor(-1).lower_ == "and")
    return sorted(set(found), key=lambda token: token.i)


def _listed(head: Token) -> list[Token]:
    """Names behind the first of a list, which the parse makes its apposition: "the EU, Peru and Chile"."""
    if head.pos_ != "PROPN":
        return []
    for second in (c for c in head.rights if c.dep_ == "appos" and c.pos_ == "PROPN"):
        others = list(second.conjuncts)
        last = second.right_edge
        closed = last.i + 1 < len(last.doc) and last.nbor().text == ","  # "X, the A and B of C, said"
        if others and not closed and all(t.pos_ == "PROPN" for t in others):
            return [second, *others]
    return []


def listed_before(head: Token) -> list[Token]:
    """All names of the list that a subject ends, if the parse hangs the others on a noun before them.

    "In a note on the bank's website, Peru, Chile and Cuba said".
    """
    doc, names, i = head.doc, [head], head.i - 1
    if head.pos_ != "PROPN" or i < 1 or doc[i].lower_ != "and":
        return []
    i -= 1 if doc[i - 1].text != "," else 2
    while i > 0 and doc[i].pos_ == "PROPN" and doc[i].ent_type_ == "GPE" and doc[i - 1].text == ",":
        names.append(doc[i])
        i -= 2
    hung = names[-1].dep_ == "conj" and names[-1].head not in names
    return names[::-1] if len(names) >= _LARGE and hung else []


def told_of_other(head: Token, source: Actor) -> bool:
    """Whether a name before a noun tells another source than an earlier one: "the Dutch source"."""
    own = [c for c in head.lefts if c.dep_ in {"compound", "amod", "nmod"} and c.text[0].isupper()]
    words = source.name.lower().replace("’s", "").replace("'s", "").split()
    return any(c.lower_ not in words for c in own if c.pos_ == "PROPN" or c.ent_type_ == "NORP")


def told_both(head: Token) -> bool:
    """Whether two phrases are told to speak each: "both the opposition and foreign observers"."""
    return any(c.lower_ == "both" and c.dep_ in {"preconj", "det", "predet", "cc"} for c in head.lefts)


def is_proper(actor: Actor) -> bool:
    """Whether a body goes by a name of its own, though no link knows it: "Unison and the GMB said"."""
    words = [w for w in actor.name.split() if w.isalpha()]
    named = all(w[0].isupper() for w in words) and (len(words) > 1 or actor.name.isupper())
    return actor.kind == "institution" and named


def ends_list(name: Token, head: Token) -> bool:
    """Whether a name may end the list behind a noun: "ministers of Egypt, France, and Jordan"."""
    if head.tag_ != "NNS" or name.pos_ != "PROPN":
        return False
    of = [c for c in head.rights if c.dep_ == "prep" and c.lower_ in {"of", "from"} and c.i < name.i]
    names = [n for c in of for n in c.children if n.dep_ == "pobj" and n.pos_ == "PROPN"]
    return any(list(each.conjuncts) for each in names)


def class_of_few(head: Token) -> Token | None:
    """The noun of which a number or quantifier takes some: "officials" in "two of the officials"."""
    few = head.pos_ == "NUM" or head.tag_ == "CD" or head.lower_ in _SOME
    if not few:
        return None
    of = next((c for c in head.rights if c.lower_ == "of" and c.dep_ == "prep"), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def beside_class(head: Token) -> Token | None:
    """The first of the names in apposition to a plural noun: "two former ministers, A and B, said"."""
    if head.tag_ not in {"NNS", "NNPS"}:
        return None
    return next(
        (c for c in head.rights if c.dep_ == "appos" and c.ent_type_ == "PERSON" and list(c.conjuncts)), None
    )
