"""Between whom negotiations are, where a round of them or "the delegations" names nobody.

A page that tells of "talks between Chile and Peru", however loosely, means these two by "the third round";
others who met, and spoke of that round, are no sides of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import subjects
from pipeline.extract.meetings.series import of_process
from pipeline.extract.meetings.sides import Side, two_sided

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH: Final = 20  # lines back to where the negotiations are told
_TEAMS: Final = frozenset({"delegation", "team", "negotiator", "delegate"})
_OWN: Final = frozenset({"amod", "poss", "compound", "nmod", "prep"})
_COUNTED: Final = frozenset({"two", "both", "opposing", "warring", "rival", "negotiating"})


class Negotiators:
    """The negotiations of one page, in order of its lines."""

    def __init__(self, candidates: Sequence[Candidate], order: Mapping[int, int]) -> None:
        """Note whose negotiations the candidates tell; `order` numbers the lines by block."""
        self._order = order
        self._told = [
            (order[c.block.block_no], c.event.i, c.block.entry_no, c.sides) for c in candidates if _tells(c)
        ]

    def of(self, candidate: Candidate) -> list[Side]:
        """Those between whom the negotiations last told before are, if the candidate tells of these."""
        if candidate.sides or candidate.found.private or not _means_negotiations(candidate):
            return []
        at, i = self._order[candidate.block.block_no], candidate.event.i
        for line, word, entry_no, sides in reversed(self._told):
            if (line, word) < (at, i) and entry_no == candidate.block.entry_no and at - line <= _REACH:
                return _bare(sides)
        pairs = {frozenset(s.party or s.name for s in sides): sides for *_, sides in self._told}
        return _bare(next(iter(pairs.values()))) if len(pairs) == 1 else []


def _bare(sides: Sequence[Side]) -> list[Side]:
    """Without those who speak for a party: others may do so in another round."""
    return [s if s.party is None else Side(None, s.party, None) for s in sides]


def _tells(candidate: Candidate) -> bool:
    """ "Talks between Chile and Peru": two sides, neither of them somebody by name."""
    delegations = all(s.name is None or s.party is None for s in candidate.sides)
    two = two_sided(candidate.sides) and len(candidate.sides) == 2 and delegations
    return two and candidate.rule == "noun_occasion" and candidate.form != "phone" and of_process(candidate)


def _means_negotiations(candidate: Candidate) -> bool:
    """ "The third round", "the two delegations would meet": not "their talks", "the two met"."""
    if candidate.rule == "noun_occasion":
        heads = [t for t in (candidate.event, candidate.top) if t is not None]
        return any(t.lower_ == "round" for t in heads)
    if not candidate.rule.startswith("verb_") or not candidate.found.anaphoric:
        return False
    return any(_bare_team(d) for d in _doers(candidate.event))


def _doers(verb: Token) -> list[Token]:
    """Its subjects; for "which met" what the relative clause is of."""
    found = list(subjects(verb))
    relative = verb.dep_ == "relcl" and any(d.lower_ in {"which", "who", "that"} for d in found)
    return [verb.head] if relative else found


def _bare_team(noun: Token) -> bool:
    """ "The two delegations", whose they are not being told."""
    told = [c for c in noun.children if c.dep_ in _OWN and c.lower_ not in _COUNTED]
    return noun.lemma_.lower() in _TEAMS and noun.tag_ == "NNS" and not told
