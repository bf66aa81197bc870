"""Reading an entry line by line: attributions become units, and state carries over from line to line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression
from pipeline.extract.statements.adjectives import find_adjectives
from pipeline.extract.statements.attributes import Circumstances, circumstances, told_in
from pipeline.extract.statements.beats import announced_by_colon, answering, beside
from pipeline.extract.statements.behind import reported_behind
from pipeline.extract.statements.citing import Citing
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.frames import find_attributions
from pipeline.extract.statements.labels import Labelled, signature, take_labelled
from pipeline.extract.statements.layout import LinePlan
from pipeline.extract.statements.lines import Attribution, Line, trim
from pipeline.extract.statements.lists import (
    headed,
    joint_authors,
    list_owner,
    opens_with_verb,
    verbless_lead,
)
from pipeline.extract.statements.nouns import find_noun_cues
from pipeline.extract.statements.papers import PUT_OUT, issuers, last_paragraph
from pipeline.extract.statements.sets import class_of_few
from pipeline.extract.statements.settling import settle
from pipeline.extract.statements.sources import (
    end_before_sources,
    find_according,
    find_citations,
    find_quoted_as_saying,
)
from pipeline.extract.statements.state import Discourse, Speaker
from pipeline.extract.statements.tickers import add_posted
from pipeline.extract.statements.told_back import ToldBack, find_told_back, sentence_before
from pipeline.extract.statements.trailing import with_trailing
from pipeline.extract.statements.units import (
    Unit,
    credit_nested,
    hand_down,
    inside,
    merge_units,
    share_circumstances,
    without_nested,
)
from pipeline.model import Page

if TYPE_CHECKING:
    from spacy.tokens import Token


_ORPHAN_SHARE = 0.6
_MIN_ORPHAN = 12
_CARRY_LINES = 2  # lines apart at which one's occasion holds for the other
_NEXT = 1  # lines after which a quotation with no speaker goes on in the same mouth
_CREDITED = re.compile(r"\s{0,2}[–—]\s{0,2}\w")  # behind a quotation: whose it is


@dataclass(slots=True)
class _Pending:
    """A line that announced the words of the next: who will speak."""

    speaker: Speaker
    cue: Token | None
    lemma: str | None
    line_no: int
    found: Circumstances


@dataclass(slots=True)
class EntryReader:
    """Reads the lines of one entry in order; holds what carries over from line to line."""

    page: Page
    speakers: Speakers
    speech: Speech
    lines: list[Line]
    plans: list[LinePlan]
    state: Discourse = field(default_factory=Discourse)
    units: list[Unit] = field(default_factory=list)
    before: list[Unit] = field(default_factory=list)
    units_of_line: list[Unit] = field(default_factory=list)
    pending: _Pending | None = None
    interviewee: Speaker | None = None
    labels: dict[str, Speaker] = field(default_factory=dict)
    occasion: str | None = "interview"
    asked_on: DateExpression | None = None
    open_by: Speaker | None = None
    open_until: int = -1
    list_speakers: dict[int, list[Speaker]] = field(default_factory=dict)

    def read(self) -> list[Unit]:
        """All units of the entry, in order of the text."""
        for number, (line, plan) in enumerate(zip(self.lines, self.plans, strict=True)):
            if plan.role == "answer":
                self._answer(line, plan, number)
            elif plan.role == "bullet" and self._bullet(line, plan, number):
                continue
            elif line.block.rule != "caption" and not self._goes_on(line, number):
                self._prose(line, number)
            self.state.line_above = line
        share_circumstances([*self.before, *self.units], _CARRY_LINES)
        return self.units

    def _goes_on(self, line: Line, number: int) -> bool:
        """Whether the line was read as a paragraph of a quotation opened above that closes here or below."""
        if number > self.open_until or self.open_by is None:
            return False
        text = line.text.rstrip()
        unit = Unit(
            line, number, 0, self.open_by, [(0, len(text))], "continued_quotation", None, None, [],
            forced_form="direct",
        )  # fmt: skip
        self.state.spoke(self.open_by, number, None, -1, [(0, len(text))])
        settle(unit, self.page, self.speakers, self.speech, self.state, self.units_of_line)
        self.units.append(unit)
        return True

    def _leaves_open(self, line: Line, number: int, own: list[Unit]) -> None:
        """Note whose quotation the line leaves open, where only its last paragraph has another mark."""
        end = len(line.text.rstrip())
        last = next((u for u in own if u.end >= end), None)
        until = last_paragraph(self.lines, number) if last is not None else None
        if last is not None and until is not None:
            told = last.speaker
            self.open_by = Speaker(told.actor, None, None, told.confidence * 0.9, told.via)
            self.open_until = until

    # --- prose ---

    def _prose(self, line: Line, number: int) -> None:
        self._document(line, number)
        attributions = self._attributions(line)
        citations = find_citations(line, self.speech)
        citing = Citing(self.speakers, self.speech, self.state, line, number)
        quoted = find_quoted_as_saying(line, self.speech)
        own: list[Unit] = []
        labelled = take_labelled(line, self.speakers, self.speech, attributions)
        busy = {a.cue.i for a, _ in quoted}
        sayings = [a.segment for a, _ in quoted]
        told_back = find_told_back(line, self.speech)
        if told_back is not None:
            sayings.append(told_back.segment)
        for attribution, reporter in quoted:
            own.extend(self._units(line, number, attribution, reporter))
        cited = {c.verb.i for c in citations if c.verb.tag_ in {"VBG", "VBN"} or citing.is_source(c)}
        pending: _Pending | None = None
        unknown: list[tuple[int, int]] = []
        for attribution in attributions:
            cue = attribution.cue
            if cue.i in busy or cue.i in cited or any(s <= cue.idx < e for s, e in sayings):
                continue
            speakers = self._speakers(attribution, line, number)
            speakers = speakers or citing.named_by(attribution, citations)
            if not speakers:
                if self._is_other(attribution):
                    unknown.extend(attribution.pieces)
                continue
            if attribution.opens_next:
                lead = self._unit(line, number, attribution, speakers[0])
                found = circumstances(
                    lead, told_in(self.page, line.block), self.speakers, self.state, self.speech
                )
                pending = _Pending(speakers[0], cue, attribution.lemma, number, found)
                self._note(speakers[0], number, attribution)
                continue
            if len(speakers) > 1:
                self.state.together = tuple(s.actor for s in speakers)
                self.state.together_line = number
            for speaker in speakers:
                own.append(self._unit(line, number, attribution, speaker))
                named = attribution.speaker if attribution.frame == "according" else None
                if named is not None and self.speakers.is_journalist(named, line):
                    own[-1].reporter = speaker.actor
            if not inside(attribution, own, line):
                self._note(speakers[-1], number, attribution)
        for label in labelled:
            if label.quote is not None:
                own.append(self._label_unit(line, number, label, label.quote))
            elif pending is None:
                pending = self._label_pending(line, number, label)
        for citation in citations:
            citing.hand_over(citation, own)
        citing.credit_relays(own)
        own = reported_behind(line, number, own, self.speakers, self.state)
        own = merge_units(without_nested(credit_nested(hand_down(own)), self.speech))
        own = add_posted(line, number, own, self.speakers, self.state, self.speech)
        with_trailing(own, line)
        own = self._continue(line, number, own, unknown)
        if told_back is not None:
            own += self._told_back(line, number, told_back, own)
        self.units_of_line = [u for u in own if u.line is line]
        for unit in own:
            settle(unit, self.page, self.speakers, self.speech, self.state, self.units_of_line)
        self.units.extend(own)
        self._leaves_open(line, number, own)
        if pending is not None:
            self.pending = pending

    def _is_other(self, attribution: Attribution) -> bool:
        """Whether a quotation is said to be another's than the last speaker's, though nobody knows whose.

        "Roe and Vial met. “We are friends,” a joint statement said": not Vial alone.
        """
        named = attribution.speaker
        if attribution.rule != "closing_quotation" or named is None:
            return False
        before = {c.lower_ for c in named.lefts}
        if named.lemma_.lower() in self.speech.documents:
            return "joint" in before
        return not before.isdisjoint({"a", "an", "one", "another"})

    def _told_back(self, line: Line, number: int, told: ToldBack, own: list[Unit]) -> list[Unit]:
        """The sentence before one that says whose it is; that of the line before, if this one begins so."""
        before, at, known = line, told.sentence_no, own
        if at == 0:
            if number == 0 or self.plans[number - 1].role != "prose":
                return []
            before, known = self.lines[number - 1], [u for u in self.units if u.line_no == number - 1]
            at = len(before.sentences)
        span = sentence_before(before, at)
        if span is None or any(u.start < span[1] and span[0] < u.end for u in known):
            return []
        named = self.speakers.resolve(told.speaker, line, self.state, number)
        relayed = self.speakers.resolve(told.reporter, line, self.state, number) if told.reporter else []
        found = []
        for speaker in named:
            if before is not line:
                speaker = Speaker(speaker.actor, None, None, speaker.confidence, speaker.via)
            unit = Unit(
                before,
                number if before is line else number - 1,
                told.sentence_no if before is line else at - 1,
                speaker,
                [span],
                "told_back",
                told.verb if before is line else None,
                told.verb.lemma_.lower(),
                [told.segment] if before is line else [],
                reporter=relayed[0].actor if relayed and relayed[0].actor.kind == "media" else None,
            )
            found.append(unit)
        return found

    def _label_unit(self, line: Line, number: int, label: Labelled, quote: tuple[int, int]) -> Unit:
        token = next(t for t in line.doc if t.idx + len(t) > quote[0])
        self.state.spoke(label.speaker, number, None, token.i, [quote])
        return Unit(
            line,
            number,
            line.sentence_no(token.i),
            label.speaker,
            [quote],
            "label_quotation",
            None,
            None,
            [label.label],
        )

    def _label_pending(self, line: Line, number: int, label: Labelled) -> _Pending | None:
        """The label that a whole line is, for the quotation that opens the next."""
        follows = number + 1 < len(self.lines) and self.lines[number + 1].quotes.at(0) is not None
        if not follows or line.text[: label.label[0]].strip():
            return None
        return _Pending(label.speaker, None, None, number, told_in(self.page, line.block))

    def _attributions(self, line: Line) -> list[Attribution]:
        found = (
            find_attributions(line, self.speech)
            + find_according(line, self.speech)
            + find_noun_cues(line, self.speech)
            + find_adjectives(line, self.speech)
        )
        found.sort(key=lambda a: (a.cue.i, a.rule))
        end_before_sources(found, line)
        return found

    def _speakers(self, attribution: Attribution, line: Line, number: int) -> list[Speaker]:
        if attribution.frame == "reply":
            told = answering(line, line.sentence_no(attribution.cue.i), self.speakers, self.state, number)
            return [told] if told is not None else []
        if attribution.speaker is None:
            return []
        author = self._issued(attribution, number)
        if author is not None:
            return [author]
        cue = attribution.cue
        # Where the parse takes a verb for a noun, it makes it its own subject: "the draft states".
        speakers = [
            s
            for s in self.speakers.resolve(attribution.speaker, line, self.state, number, cue)
            if s.start is None or cue.tag_[:2] == "VB" or not s.start <= cue.idx < (s.end or 0)
        ]
        if not speakers and attribution.frame == "according":
            speakers = self.speakers.paper(attribution.speaker, line)
        if attribution.frame == "according" and attribution.speaker.lemma_.lower() in self.speech.figures:
            speakers = [s for s in speakers if s.actor.kind not in {"group", "anonymous"}]
        if attribution.lemma == "report" and attribution.speaker.lemma_ == "correspondent":
            speakers = [s for s in speakers if s.actor.kind != "anonymous"]  # the page's own reporter
        if attribution.frame in {"clause", "left", "quote", "according", "quoted words", "lead_in"}:
            return speakers
        return [
            s
            for s in speakers
            if not (s.actor.kind == "media" and s.via == "phrase")
            and not (
                s.via == "document"
                and attribution.rule in {"open_complement", "urged"}
                and s.actor.kind == "person"
            )
        ]

    def _issued(self, attribution: Attribution, number: int) -> Speaker | None:
        """The authors of a joint document just issued: "X released a statement by A and B, describing"."""
        cue, author = attribution.cue, self.state.author(number)
        if cue.tag_ != "VBG" or author is None or self.state.document_line != number:
            return None
        issued = cue.head.lemma_ in PUT_OUT and any(
            c.dep_ == "dobj" and c.lemma_.lower() in self.speech.documents for c in cue.head.children
        )
        return Speaker(author, None, None, 0.7, "document") if issued else None

    def _units(self, line: Line, number: int, attribution: Attribution, reporter: Token | None) -> list[Unit]:
        if attribution.speaker is None:
            return []
        speakers = self.speakers.resolve(attribution.speaker, line, self.state, number)
        units = [self._unit(line, number, attribution, s) for s in speakers]
        if reporter is not None:
            named = self.speakers.resolve(reporter, line, self.state, number)
            for unit in units:
                unit.reporter = named[0].actor if named else None
            if named and named[0].actor.kind == "media":
                self.state.medium = named[0].actor
        for speaker in speakers[-1:]:
            self._note(speaker, number, attribution)
        return units

    def _unit(self, line: Line, number: int, attribution: Attribution, speaker: Speaker) -> Unit:
        return Unit(
            line,
            number,
            line.sentence_no(attribution.cue.i),
            speaker,
            list(attribution.pieces),
            attribution.rule,
            attribution.cue,
            attribution.lemma,
            [attribution.segment],
            attribution.addressee,
            speaker.reporter,
        )

    def _note(self, speaker: Speaker, number: int, attribution: Attribution) -> None:
        named = attribution.speaker
        # A cited source speaks under other words than the cue's subject.
        own = named is not None and (speaker.start is None or speaker.start <= named.idx < (speaker.end or 0))
        few = class_of_few(named) if named is not None else None
        kind = few if few is not None else named  # "one of the officials" is "the official" from then on
        head = kind.lemma_.lower() if kind is not None and own and kind.pos_ == "NOUN" else None
        self.state.spoke(speaker, number, head, attribution.cue.i, attribution.pieces)
        if speaker.via == "document" and head in self.speech.statement_nouns:
            self.state.wrote((speaker.actor,), number)
        self.state.last_plural = named is not None and (
            named.tag_ in {"NNS", "NNPS"} or (named.tag_ == "CD" and named.lower_ != "one")
        )

    # --- quotations without an attribution of their own ---

    def _continue(
        self, line: Line, number: int, own: list[Unit], unknown: list[tuple[int, int]]
    ) -> list[Unit]:
        """The units with quotations that go on; those of `unknown` speakers are nobody else's."""
        units = list(own)
        self._announced(line, number, units)
        for sentence_no, sentence in enumerate(line.sentences):
            quotes = line.quotes.overlapping(sentence.start, sentence.end)
            if not quotes:
                continue
            start, end = max(quotes[0].start, sentence.start), min(quotes[-1].end, sentence.end)
            covered = any(u.start < end and start < u.end for u in units)
            covered = covered or any(s < end and start < e for s, e in unknown)
            quoted = sum(min(q.end, sentence.end) - max(q.start, sentence.start) for q in quotes)
            asked = sentence_no > 0 and self._asks(line, sentence_no - 1)
            if (
                covered
                or (quoted < _MIN_ORPHAN and not asked)
                or quoted < _ORPHAN_SHARE * (sentence.end - sentence.start)
            ):
                continue
            before = [u for u in units if u.end <= start]
            last = max(before, key=lambda u: u.end) if before else None
            if last is not None and asked and last.sentence_no == sentence_no - 2:
                heir = Speaker(last.speaker.actor, None, None, last.speaker.confidence, last.speaker.via)
                units.append(self._quoted(line, number, sentence_no, heir, (start, end), "beside_quotation"))
                continue
            if last is not None and last.sentence_no == sentence_no - 1 and not asked:
                last.pieces.append((start, end))
                last.sentence_no = sentence_no
                continue
            told = beside(line, sentence_no, self.speakers, self.state, number) if start > 0 else None
            if told is None and asked:
                told = answering(line, sentence_no, self.speakers, self.state, number)
            if told is not None:
                units.append(self._quoted(line, number, sentence_no, told, (start, end), "beside_quotation"))
                continue
            if last is not None:
                continue
            unit = self._orphan(line, number, sentence_no, start, end)
            if unit is not None:
                units.append(unit)
        units.sort(key=lambda u: (u.start, u.end))
        return units

    def _announced(self, line: Line, number: int, units: list[Unit]) -> None:
        """Add quotations after a colon whose clause has a speaker for its subject and no verb of saying."""
        for quote in line.quotes.spans:
            if any(u.start < quote.end and quote.start < u.end for u in units):
                continue
            told = announced_by_colon(line, quote.start, self.speakers, self.state, number)
            if told is not None:
                token = next(t for t in line.doc if t.idx + len(t) > quote.start)
                sentence_no = line.sentence_no(token.i)
                span = (quote.start, quote.end)
                units.append(self._quoted(line, number, sentence_no, told, span, "colon_quotation"))

    def _quoted(
        self, line: Line, number: int, sentence_no: int, told: Speaker, span: tuple[int, int], rule: str
    ) -> Unit:
        """A unit that is a quotation with no cue; its speaker is noted for the lines to come."""
        self.state.spoke(told, number, None, -1, [span])
        return Unit(line, number, sentence_no, told, [span], rule, None, None, [])

    def _asks(self, line: Line, sentence_no: int) -> bool:
        """Whether a sentence is a question outside quotation marks, which the next answers."""
        sentence = line.sentences[sentence_no]
        quoted = line.quotes.overlapping(sentence.start, sentence.end)
        return not quoted and line.text[: sentence.end].endswith("?")

    def _orphan(self, line: Line, number: int, sentence_no: int, start: int, end: int) -> Unit | None:
        """A quotation that opens a line: led in, or its speaker goes on, or the next line names him."""
        if line.text[:start].strip():
            return None
        if self.pending is not None and number - self.pending.line_no <= 1:
            pending = self.pending
            self.pending = _Pending(pending.speaker, pending.cue, pending.lemma, number, pending.found)
            # The words that name the speaker stand in the line that leads in, not in this one.
            told = pending.speaker
            led = Speaker(told.actor, None, None, told.confidence, told.via)
            unit = Unit(line, number, sentence_no, led, [(start, end)], "led_in", None, pending.lemma, [])
            unit.inherited = pending.found
            return unit
        signed = self._signed_next(line, number, end)
        if signed is not None:
            heir = Speaker(signed.actor, None, None, signed.confidence, signed.via)
            return Unit(line, number, sentence_no, heir, [(start, end)], "signed_quotation", None, None, [])
        if _CREDITED.match(line.text, end):
            return None  # "“Will you pay?” – questions from Delo that he ignored": another's words
        following = (
            self._names_next(number) if line.quotes.spans and not line.quotes.spans[-1].closed else None
        )
        speaker = following
        if speaker is None and self.state.last is not None and number - self.state.last_line <= _NEXT:
            speaker = self.state.last
        if speaker is None:
            speaker = self._names_next(number)
        if speaker is None:
            return None
        heir = Speaker(speaker.actor, None, None, speaker.confidence * 0.9, speaker.via)
        self.state.last, self.state.last_line = heir, number
        return Unit(line, number, sentence_no, heir, [(start, end)], "continued_quotation", None, None, [])

    def _signed_next(self, line: Line, number: int, end: int) -> Speaker | None:
        """Who signs a line that is one quotation: the next line is a name and a description."""
        if line.text[end:].strip(" .") or number + 1 >= len(self.lines):
            return None
        return signature(self.lines[number + 1], self.speakers)

    def _names_next(self, number: int) -> Speaker | None:
        """Speaker of the next line, if that opens with a quotation and attributes it."""
        if number + 1 >= len(self.lines):
            return None
        line = self.lines[number + 1]
        if not line.quotes.spans or line.quotes.spans[0].start != 0:
            return None
        for attribution in find_attributions(line, self.speech):
            if attribution.frame == "left":
                found = self._speakers(attribution, line, number + 1)
                return found[0] if found else None
        return None

    # --- layout ---

    def _document(self, line: Line, number: int) -> None:
        """Note who wrote the document that the line heads or puts out."""
        authors = joint_authors(line, self.speakers, self.speech, self.state, number)
        if authors:
            self.state.holders = authors
            self.state.wrote(authors, number, joint="joint" in line.text.lower())
            return
        authors = issuers(line, self.speakers, self.state, number)
        if authors:
            self.state.wrote(authors, number)

    def _answer(self, line: Line, plan: LinePlan, number: int) -> None:
        speaker = self.labels.get(plan.label or "", self.interviewee)
        if speaker is None or speaker.actor.kind == "media":
            # An interviewer's words, or nobody's: what they tell of others counts as prose.
            self._prose(line, number)
            return
        span = trim(line, plan.body_start, len(line.text))
        if span is None:
            return
        end = len(line.text.rstrip())
        unit = Unit(
            line,
            number,
            0,
            Speaker(speaker.actor, None, None, speaker.confidence, speaker.via),
            [(span[0], end)],
            "answer",
            None,
            None,
            [],
            forced_form="direct",
            channel=self.occasion,
        )
        settle(unit, self.page, self.speakers, self.speech, self.state, self.units_of_line)
        if self.asked_on is not None and unit.found is not None:
            unit.found.days, unit.found.date_text, unit.found.basis = (
                self.asked_on.days,
                self.asked_on.text,
                self.asked_on.basis,
            )
        self.units.append(unit)

    def _bullet(self, line: Line, plan: LinePlan, number: int) -> bool:
        """Whether the line was read as an item of a list whose heading attributes it."""
        heads = headed(self.page, self.lines, self.plans, number, self.speakers, self.speech)
        if not heads and plan.lead is not None:
            heads = self._heads(plan.lead)
        if not heads or (
            find_attributions(line, self.speech) and not opens_with_verb(line, plan, self.speech)
        ):
            return False
        span = trim(line, plan.body_start, len(line.text))
        if span is None:
            return False
        cue: Token | None = None
        rule = "bullet"
        if opens_with_verb(line, plan, self.speech):
            first = next(t for t in line.doc if t.idx >= plan.body_start)
            rest = next(
                (t for t in line.doc[first.i + 1 :] if not (t.lower_ == "that" and t.i == first.i + 1)), None
            )
            if rest is not None:
                span, cue, rule = trim(line, rest.idx, len(line.text)) or span, first, "joint_bullet"
        for speaker in heads:
            unit = Unit(
                line,
                number,
                0,
                Speaker(speaker.actor, None, None, speaker.confidence, speaker.via),
                [span],
                rule,
                cue,
                self.speech.lemma(cue) if cue is not None else None,
                [],
                channel="joint statement" if rule == "joint_bullet" else None,
            )
            if self.pending is not None and self.pending.line_no == plan.lead:
                unit.inherited = self.pending.found
            settle(unit, self.page, self.speakers, self.speech, self.state, self.units_of_line)
            self.units.append(unit)
        return True

    def _heads(self, lead: int) -> list[Speaker]:
        """Who speaks the items under the line ``lead``."""
        if lead in self.list_speakers:
            return self.list_speakers[lead]
        line = self.lines[lead]
        found: list[Speaker] = []
        if self.pending is not None and self.pending.line_no == lead:
            found = [self.pending.speaker]
        elif owned := list_owner(line, self.speakers, self.speech):
            found = owned
        elif line.text.rstrip().endswith(":") and len(line.doc) <= 6 and self.state.holders:
            found = [Speaker(a, None, None, 0.8, "heading") for a in self.state.holders]
        elif introduced := verbless_lead(line, self.speakers, self.speech, self.state, lead):
            found = introduced
        elif line.text.rstrip().endswith(":"):
            own = [u for u in self.units if u.line_no == lead]
            found = (
                [Speaker(own[-1].speaker.actor, None, None, own[-1].speaker.confidence * 0.8, "heading")]
                if own
                else []
            )
        self.list_speakers[lead] = found
        return found
