"""Whom a possessive pronoun means: "his spokesman", "its minister", "whose envoy"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

from pipeline.domain import Gender
from pipeline.resolve.describe import ACTING, describe_role
from pipeline.resolve.facts import Facts
from pipeline.resolve.scan import Scan
from pipeline.resolve.sides import NO_HINT, RULERS, party_at
from pipeline.resolve.standing import prominence, stands_as_subject
from pipeline.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_LOOK_BACK = 3  # blocks


class Owners:
    """Reads one page backwards from a pronoun.

    `at` gives the facts of the person named at a token of a block, `of_office` the party of the page's one
    holder of an office, `consumed` holds the offices (block_no, first token) that stand beside a name.
    """

    def __init__(
        self,
        scans: Mapping[int, Scan],
        vocabulary: Vocabulary,
        at: Callable[[int, int], Facts | None],
        of_office: Callable[[str], str | None],
        consumed: Set[tuple[int, int]],
    ) -> None:
        self._scans, self._vocabulary, self._at, self._consumed = scans, vocabulary, at, consumed
        self._of_office = of_office

    def party(self, block_no: int, pronoun_i: int) -> tuple[str | None, bool]:
        """Party of the actor before a possessive pronoun: a person for his and her, a body for its.

        The subject of a sentence's main clause comes before other subjects, these before the nearest.
        """
        word = self._scans[block_no].doc[pronoun_i].lower_
        if word == "whose":
            return self._antecedent_party(block_no, pronoun_i)
        for number, start, end in self.sentences_before(block_no, pronoun_i):
            best: tuple[int, str | None, bool] | None = None
            for i in range(end - 1, start - 1, -1):
                found = self._party_for(number, i, word)
                if found is None:
                    continue
                rank = prominence(self._scans[number].doc[i])
                if best is None or rank > best[0]:
                    best = (rank, *found)
            if best is not None:
                return best[1], best[2]
            if word in {"its", "their"} and number != block_no:
                return None, False  # a body named two lines before would be named again
        return None, False

    def person(self, block_no: int, pronoun_i: int) -> Facts | None:
        """The person whom "his" or "her" means: the last subject that agrees, else the last name."""
        word = self._scans[block_no].doc[pronoun_i].lower_
        if word not in {"his", "her"}:
            return None
        for number, start, end in self.sentences_before(block_no, pronoun_i):
            fitting = [
                (stands_as_subject(self._scans[number].doc[i]), i, facts)
                for i in range(start, end)
                if (facts := self._at(number, i)) is not None and _agrees(word, facts.gender)
            ]
            if fitting:
                return max(fitting, key=lambda f: f[:2])[2]
        return None

    def sentences_before(self, block_no: int, token_i: int) -> Iterator[tuple[int, int, int]]:
        """Sentences of the entry backwards from the token, its own first: block_no, first token, end."""
        entry = self._scans[block_no].block.entry_no
        numbers = [n for n in range(block_no, block_no - _LOOK_BACK, -1) if n in self._scans]
        for number in numbers:
            scan = self._scans[number]
            if scan.block.entry_no != entry:
                return
            last = token_i if number == block_no else len(scan.doc)
            starts = [t.i for t in scan.tokens[:last] if t.is_sent_start]
            end = last
            for start in reversed(starts):
                yield number, start, end
                end = start

    def sentence_start(self, block_no: int, i: int) -> int:
        return int(self._scans[block_no].doc[i].sent.start)

    def _antecedent_party(self, block_no: int, relative_i: int) -> tuple[str | None, bool]:
        """Party of what a relative "whose" follows: the nearest actor before it in its sentence."""
        scan = self._scans[block_no]
        for i in range(relative_i - 1, self.sentence_start(block_no, relative_i) - 1, -1):
            facts = self._at(block_no, i) if i in scan.name_at else None
            if facts is not None:
                return facts.party, facts.party_known
            hint = party_at(scan, i, self._vocabulary)
            if hint is not None:
                return hint.party, True
        return None, False

    def _party_for(self, block_no: int, i: int, word: str) -> tuple[str | None, bool] | None:
        """Party of what the pronoun may mean at the token, and whether it is known; None if nothing."""
        scan = self._scans[block_no]
        if word in {"his", "her"}:
            facts = self._at(block_no, i) if i in scan.name_at and scan.name_at[i].start == i else None
            if facts is None:
                return self._unnamed_holder(block_no, i)
            if not _agrees(word, facts.gender):
                return None
            return facts.party, facts.party_known or facts.party is not None
        hint = party_at(scan, i, self._vocabulary)
        if word in {"its", "their"} and self._only_modifies(scan.tokens[i]):
            return None  # "the Dakar declaration"
        if word in RULERS:
            owned = any(
                t.lower_ in self._vocabulary.government_nouns | RULERS for t in scan.tokens[i + 1 : i + 3]
            )
            return (hint.party, True) if hint is not None and hint.known and owned else None
        if word in self._vocabulary.movements:
            match = scan.match_at.get(i)
            body = self._vocabulary.bodies.get(match.entry.ref) if match is not None else None
            return (body.party, True) if body is not None and body.kind == "group" else None
        return (hint.party, True) if hint is not None and hint.known else None

    def _unnamed_holder(self, block_no: int, i: int) -> tuple[str | None, bool] | None:
        """Party of an office-holder without a name who is a subject: "the president … his spokesman"."""
        scan = self._scans[block_no]
        role = scan.role_at.get(i)
        if role is None or role.end - 1 != i or role.plural or (block_no, role.start) in self._consumed:
            return None
        if role.role.category not in ACTING or prominence(scan.tokens[i]) == 0:
            return None
        hint = describe_role(scan, role, self._vocabulary).hint
        if hint is NO_HINT and role.role.one_per_party:
            party = self._of_office(role.role.noun)  # "the president": the page's one president
            return party, party is not None
        return hint.party, hint.known

    def _only_modifies(self, token: Token) -> bool:
        """Whether a name only modifies a noun that is no side or body: "the Dakar declaration"."""
        noun = token.head.lower_
        sided = noun in self._vocabulary.collective or noun in self._vocabulary.institution_heads
        return token.dep_ in {"compound", "amod", "nmod"} and token.head.i > token.i and not sided


def _agrees(word: str, gender: Gender | None) -> bool:
    return gender is None or gender == {"his": "m", "her": "f"}[word]
