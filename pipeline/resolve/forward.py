"""Whom a phrase that opens a story stands for, where the text names him only in the sentences after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.resolve.describe import ACTING
from pipeline.resolve.draft import Draft
from pipeline.resolve.facts import Facts
from pipeline.resolve.people import People
from pipeline.resolve.scan import Scan
from pipeline.resolve.standing import stands_as_subject
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING = 2  # blocks of an entry that may speak of somebody before they name him
_SENTENCES = 3  # sentences within which the name follows
_NO_ENVOYS = frozenset({"head", "spokesperson", "lawmaker"})
_SMALL = frozenset({"the", "of", "and", "for", "a", "an"})


class Forward:
    """Reads on from an opening phrase to the first person who is the subject of a later sentence."""

    def __init__(self, scans: Mapping[int, Scan], people: People, vocabulary: Vocabulary) -> None:
        self._scans, self._people, self._vocabulary = scans, people, vocabulary
        self._openings: dict[int | None, list[int]] = {}
        for number in sorted(scans):
            block = scans[number].block
            opening = self._openings.setdefault(block.entry_no, [])
            if block.kind == "body" and len(opening) < _OPENING:
                opening.append(number)

    def named(self, scan: Scan, draft: Draft) -> Facts | None:
        """The person whom the text names next, if the phrase and what it tells of him go together.

        "Peru's top negotiator said X. | Deputy minister Ana Rojas told reporters ...": a phrase that tells
        nothing against him; for a spokesman of a body ("a spokesman for the Lake Union said") the same body.
        """
        if not draft.roles:
            return None
        speaks_for = draft.roles[-1].role.category == "spokesperson"  # whose body tells, wherever he stands
        if not speaks_for and scan.block.block_no not in self._openings.get(scan.block.entry_no, ()):
            return None
        head = scan.tokens[draft.head]
        if not stands_as_subject(head) or scan.in_quote(head.i):
            return None
        beside = {
            named.person.key
            for i in range(head.sent.start, head.sent.end)
            if (named := self._people.at(scan.block.block_no, i)) is not None
        }
        for facts, opens in self._subjects_after(scan, head):
            if facts.person.key in beside:
                return None  # "The American leader spoke with Roe. Roe thanked him"
            return facts if self._fits(facts, draft, scan, opens) else None
        return None

    def _subjects_after(self, scan: Scan, head: Token) -> Iterator[tuple[Facts, bool]]:
        """People who are subjects of the sentences after the token's, outside quotation marks.

        With each, whether his name stands alone, but for a courtesy title.
        """
        left = _SENTENCES
        numbers = [n for n in sorted(self._scans) if n >= scan.block.block_no]
        for number in numbers[: _SENTENCES + 1]:
            other = self._scans[number]
            if other.block.entry_no != scan.block.entry_no or other.block.kind != "body":
                return
            for sentence in other.doc.sents:
                if number == scan.block.block_no and sentence.start <= head.i:
                    continue
                if left == 0:
                    return
                left -= 1
                for i in range(sentence.start, sentence.end):
                    name = other.name_at.get(i)
                    if name is None or name.start != i or other.in_quote(i):
                        continue
                    if stands_as_subject(other.doc[name.start : name.end].root):
                        facts = self._people.at(number, i)
                        if facts is not None:
                            apposed = name.end < len(other.tokens) and other.tokens[name.end].text == ","
                            before = other.tokens[other.left_edge(i) : i]
                            titled = all(t.lower_.rstrip(".") in self._vocabulary.titles for t in before)
                            yield facts, titled and not apposed

    def _fits(self, facts: Facts, draft: Draft, scan: Scan, opens: bool) -> bool:
        """Whether the phrase can be of the person: same side and office, or a wider word for his office."""
        role = draft.roles[-1]
        if not facts.described and facts.person.known is None:
            return opens and self._takes_up(facts, draft, scan)
        told = facts.categories & ACTING
        anothers = any(d.hint.person is not None or d.hint.pronoun is not None for _, d in facts.described)
        if anothers:
            return False  # "his spokesman, X, said"
        if not told or (draft.gender is not None and facts.gender not in {None, draft.gender}):
            return False
        if role.role.category == "spokesperson" and "spokesperson" not in facts.categories:
            return False
        if draft.party_known and draft.party is not None:
            if facts.party is None and not facts.party_known:
                if not self._may_be_called(facts, role):
                    return False
                facts.party, facts.party_known = draft.party, True
            return facts.party == draft.party and self._may_be_called(facts, role)
        own = _proper_words(scan.doc[draft.start : _end(scan, draft)].text)
        others = set[str]().union(*(_proper_words(d.text) for _, d in facts.described))
        same = role.role.noun in facts.roles
        return same and facts.party is None and bool(own & others)

    def _takes_up(self, facts: Facts, draft: Draft, scan: Scan) -> bool:
        """Whether a bare name is that of the office before: "Peru's envoy flew to Lima. | Ana Rojas said"."""
        role = draft.roles[-1].role
        head = scan.tokens[draft.head]
        unnamed = role.category == "spokesperson" and draft.kind != "description"  # "a spokesman" may be any
        if draft.party is None or head.head.dep_ != "ROOT" or unnamed:
            return False
        facts.party, facts.party_known = draft.party, True
        facts.roles.append(role.noun)
        facts.categories.add(role.category)
        return True

    def _may_be_called(self, facts: Facts, role: RoleMatch) -> bool:
        """Whether a text may call the person so: by his office, or by a word that tells none of its own."""
        noun = role.role.noun
        if noun in facts.roles:
            return True
        wider = self._vocabulary.wider.get(noun, frozenset())
        loose = noun in self._vocabulary.pack.references.loose
        return bool(facts.categories & wider) or (loose and not facts.categories & _NO_ENVOYS)


def _end(scan: Scan, draft: Draft) -> int:
    """End of the phrase with the body behind its noun: "leader | of the Lake Union"."""
    end = draft.end
    while end < len(scan.tokens):
        token = scan.tokens[end]
        named = token.pos_ == "PROPN" or token.lower_ in _SMALL or token.text in {"(", ")"}
        if not named and token.pos_ not in {"NOUN", "ADJ"}:
            break
        end += 1
    return end


def _proper_words(text: str) -> set[str]:
    """Words with a capital letter, and the initials of several in a row: "Lake Union Front" is "LUF", too."""
    words = text.replace("(", " ").replace(")", " ").replace("’s", "").replace("'s", "").split()
    found = {word for word in words if word[0].isupper()}
    row = ""
    for word in [*words, "."]:
        if word[0].isupper():
            row += word[0]
        elif word not in _SMALL:
            if len(row) > 1:
                found.add(row)
            row = ""
    return found
