"""Who is behind what a reporter cites: sources named by a participle, outlets that relay documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import Attribution, Line
from pipeline.extract.statements.sources import Citation, find_as_reported, find_relays
from pipeline.extract.statements.state import Discourse, Speaker
from pipeline.extract.statements.units import Unit

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Citing:
    """Resolves the citations of one line; notes in the state whose words they are."""

    speakers: Speakers
    speech: Speech
    state: Discourse
    line: Line
    number: int

    def named_by(self, attribution: Attribution, citations: Sequence[Citation]) -> list[Speaker]:
        """The source that a reporter whom nobody knows cites: "the wire reported, citing an official"."""
        for citation in citations:
            if citation.verb.tag_ == "VBG" and citation.verb.head == attribution.cue:
                found = self._resolve(citation.source)
                return [s for s in found if s.actor.kind in {"person", "anonymous"}]
        return []

    def hand_over(self, citation: Citation, own: Sequence[Unit]) -> None:
        """Hand a citing reporter's unit to the source that he names."""
        sentence = self.line.sentence_no(citation.verb.i)
        hosts = [u for u in own if u.sentence_no == sentence]
        if citation.verb.tag_ == "VBN":
            named = self._resolve(citation.reporter) if citation.reporter is not None else []
            for unit in hosts:
                if (
                    named
                    and unit.speaker.start is not None
                    and unit.speaker.start <= citation.source.idx < (unit.speaker.end or 0)
                ):
                    unit.reporter = named[0].actor
            if named and named[0].actor.kind == "media":
                self.state.medium = named[0].actor
            return
        source = self._resolve(citation.source)
        if not source or source[0].actor.kind not in {
            "person",
            "anonymous",
            "institution",
            "government",
            "group",
        }:
            return
        if citation.source.pos_ == "NOUN" and source[0].via == "phrase" and source[0].actor.kind == "group":
            return  # "citing different reasons": no source that anything tells to be one
        reporter = self._resolve(citation.reporter) if citation.reporter is not None else []
        for unit in hosts:
            if unit.speaker.actor.kind == "person" and unit.speaker.actor.party is not None:
                continue  # who acts for a side quotes others and reports none
            if unit.speaker.start is not None and unit.speaker.start <= citation.source.idx < (
                unit.speaker.end or 0
            ):
                unit.reporter = unit.reporter or (reporter[0].actor if reporter else None)
                continue
            same = (reporter and reporter[0].key == unit.speaker.key) or (
                citation.verb.tag_ == "VBG"
                and (
                    citation.verb.head == unit.cue
                    or any(0 <= citation.verb.idx - e <= 3 for _, e in unit.segments)
                )
            )
            if same or (not reporter and unit.speaker.actor.kind == "media"):
                unit.reporter = unit.speaker.actor
                if unit.speaker.actor.kind == "media":
                    self.state.medium = unit.speaker.actor
                unit.speaker = source[0]
                unit.segments.append((citation.verb.idx, source[0].end or citation.verb.idx))
                self.state.spoke(source[0], self.number, citation.source.lemma_.lower())

    def credit_relays(self, own: Sequence[Unit]) -> None:
        """Note the outlet that passed on the document in which something is said."""
        relays = (
            [*find_relays(self.line, self.speech), *find_as_reported(self.line, self.speech)] if own else []
        )
        for noun, relay in relays:
            named = self._resolve(relay)
            for unit in own if named and named[0].actor.kind == "media" else ():
                same = unit.sentence_no == self.line.sentence_no(noun.i)
                if (
                    same
                    and unit.speaker.key != named[0].key
                    and not any(s <= noun.idx < e for s, e in unit.pieces)
                ):
                    unit.reporter = unit.reporter or named[0].actor

    def is_source(self, citation: Citation) -> bool:
        """Whether what is cited is somebody, and not a fact that the citing speaker puts forward."""
        found = self._resolve(citation.source)
        return bool(found) and found[0].actor.kind in {"person", "anonymous", "media"}

    def _resolve(self, head: Token) -> list[Speaker]:
        return self.speakers.resolve(head, self.line, self.state, self.number)
