"""From attributions to statements: speakers, source chains, merging, continuing quotations, then rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.domain import DomainPack
from pipeline.extract.statements.attributes import Circumstances, circumstances
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Discourse, Speaker, Speakers
from pipeline.extract.statements.frames import Attribution, Line, find_attributions, make_line, trim
from pipeline.extract.statements.layout import LinePlan, plan_lines
from pipeline.extract.statements.nouns import find_noun_cues
from pipeline.extract.statements.sources import (
    Citation,
    find_according,
    find_citations,
    find_quoted_as_saying,
)
from pipeline.ids import digest_id
from pipeline.model import Actor, ActorKind, Block, Links, Page, Statement, StatementForm

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NESTABLE = frozenset({"clause", "left", "quote", "according", "quoted"})
_HEADING_TOKENS = 20
_ORPHAN_SHARE = 0.6
_MIN_ORPHAN = 12
_CARRY_LINES = 1
_CREDIT_LINES = 2

# How often a rule's rows are right on annotated pages; the speaker's own certainty is multiplied in.
_RULE_CONFIDENCE = {
    "closing_quotation": 0.97,
    "clause": 0.95,
    "inserted": 0.93,
    "as_clause": 0.85,
    "parenthetical": 0.94,
    "quotation_right": 0.93,
    "loose_clause": 0.8,
    "described_as": 0.9,
    "called": 0.85,
    "object_preposition": 0.88,
    "urged": 0.88,
    "open_complement": 0.82,
    "preposition": 0.8,
    "object": 0.7,
    "relative_clause": 0.65,
    "passive": 0.6,
    "according_to": 0.93,
    "quoted_as_saying": 0.92,
    "noun": 0.75,
    "continued_quotation": 0.88,
    "led_in": 0.88,
    "bullet": 0.85,
    "joint_bullet": 0.85,
    "answer": 0.92,
}


@dataclass(slots=True)
class Unit:
    """One speaker's content in one line; offsets are the line's."""

    line: Line
    line_no: int
    sentence_no: int
    speaker: Speaker
    pieces: list[tuple[int, int]]
    rule: str
    cue: Token | None
    lemma: str | None
    segments: list[tuple[int, int]]
    addressee: Token | None = None
    reporter: Actor | None = None
    forced_form: StatementForm | None = None
    found: Circumstances | None = None
    addressed: Actor | None = None
    channel: str | None = None

    @property
    def start(self) -> int:
        return min(p[0] for p in self.pieces)

    @property
    def end(self) -> int:
        return max(p[1] for p in self.pieces)


@dataclass(slots=True)
class _Pending:
    """A line that announced the words of the next: who will speak."""

    speaker: Speaker
    cue: Token
    lemma: str
    line_no: int
    channel: str | None = None


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
    pending: _Pending | None = None
    interviewee: Speaker | None = None
    labels: dict[str, Speaker] = field(default_factory=dict)
    occasion: str = "interview"
    list_speakers: dict[int, list[Speaker]] = field(default_factory=dict)

    def read(self) -> list[Unit]:
        """All units of the entry, in order of the text."""
        for number, (line, plan) in enumerate(zip(self.lines, self.plans, strict=True)):
            if plan.role == "answer":
                self._answer(line, plan, number)
            elif plan.role == "bullet" and self._bullet(line, plan, number):
                continue
            else:
                self._prose(line, number)
        self._share()
        return self.units

    # --- prose ---

    def _prose(self, line: Line, number: int) -> None:
        self._joint_document(line, number)
        attributions = self._attributions(line)
        citations = find_citations(line, self.speech)
        quoted = find_quoted_as_saying(line, self.speech)
        own: list[Unit] = []
        busy = {a.cue.i for a, _ in quoted}
        sayings = [a.segment for a, _ in quoted]
        for attribution, reporter in quoted:
            own.extend(self._units(line, number, attribution, reporter))
        cited = {c.verb.i for c in citations if c.verb.tag_ in {"VBG", "VBN"} or self._is_source(c, line, number)}
        pending: _Pending | None = None
        for attribution in attributions:
            cue = attribution.cue
            if cue.i in busy or cue.i in cited or any(s <= cue.idx < e for s, e in sayings):
                continue
            speakers = self._speakers(attribution, line, number)
            if not speakers:
                continue
            if attribution.opens_next:
                pending = _Pending(speakers[0], cue, attribution.lemma, number)
                self._note(speakers[0], number, attribution)
                continue
            for speaker in speakers:
                own.append(self._unit(line, number, attribution, speaker))
            self._note(speakers[-1], number, attribution)
        for citation in citations:
            self._apply(citation, own, line, number)
        own = _merge(_without_nested(_credit_nested(_hand_down(own))))
        own = self._continue(line, number, own)
        for unit in own:
            self._settle(unit)
        self.units.extend(own)
        if pending is not None:
            self.pending = pending

    def _attributions(self, line: Line) -> list[Attribution]:
        found = find_attributions(line, self.speech) + find_according(line, self.speech) + find_noun_cues(line, self.speech)
        found.sort(key=lambda a: (a.cue.i, a.rule))
        return found

    def _speakers(self, attribution: Attribution, line: Line, number: int) -> list[Speaker]:
        if attribution.speaker is None:
            return []
        speakers = self.speakers.resolve(attribution.speaker, line, self.state, number)
        if attribution.frame in {"clause", "left", "quote", "according", "lead_in"}:
            return speakers
        return [s for s in speakers if not (s.actor.kind == "media" and s.via == "phrase") and not (
            s.via == "document" and attribution.rule in {"open_complement", "urged"} and s.actor.kind == "person")]

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
        return Unit(line, number, line.sentence_no(attribution.cue.i), speaker, list(attribution.pieces), attribution.rule,
                    attribution.cue, attribution.lemma, [attribution.segment], attribution.addressee)

    def _note(self, speaker: Speaker, number: int, attribution: Attribution) -> None:
        head = attribution.speaker.lemma_.lower() if attribution.speaker is not None and attribution.speaker.pos_ == "NOUN" else None
        self.state.spoke(speaker, number, head, attribution.cue.i, attribution.pieces)

    def _apply(self, citation: Citation, own: list[Unit], line: Line, number: int) -> None:
        """Hand a citing reporter's unit to the source that he names."""
        sentence = line.sentence_no(citation.verb.i)
        hosts = [u for u in own if u.sentence_no == sentence]
        if citation.verb.tag_ == "VBN":
            named = self.speakers.resolve(citation.reporter, line, self.state, number) if citation.reporter is not None else []
            for unit in hosts:
                if named and unit.speaker.start is not None and unit.speaker.start <= citation.source.idx < (unit.speaker.end or 0):
                    unit.reporter = named[0].actor
            if named and named[0].actor.kind == "media":
                self.state.medium = named[0].actor
            return
        source = self.speakers.resolve(citation.source, line, self.state, number)
        if not source or source[0].actor.kind not in {"person", "anonymous", "institution", "government", "group"}:
            return
        reporter = self.speakers.resolve(citation.reporter, line, self.state, number) if citation.reporter is not None else []
        for unit in hosts:
            if unit.speaker.start is not None and unit.speaker.start <= citation.source.idx < (unit.speaker.end or 0):
                unit.reporter = unit.reporter or (reporter[0].actor if reporter else None)
                continue
            same = reporter and reporter[0].key == unit.speaker.key
            if same or (not reporter and unit.speaker.actor.kind == "media"):
                unit.reporter = unit.speaker.actor
                if unit.speaker.actor.kind == "media":
                    self.state.medium = unit.speaker.actor
                unit.speaker = source[0]
                unit.segments.append((citation.verb.idx, source[0].end or citation.verb.idx))
                self.state.spoke(source[0], number, citation.source.lemma_.lower())

    # --- quotations without an attribution of their own ---

    def _is_source(self, citation: Citation, line: Line, number: int) -> bool:
        """Whether what is cited is somebody, and not a fact that the citing speaker puts forward."""
        found = self.speakers.resolve(citation.source, line, self.state, number)
        return bool(found) and found[0].actor.kind in {"person", "anonymous", "media"}

    def _continue(self, line: Line, number: int, own: list[Unit]) -> list[Unit]:
        units = list(own)
        for sentence_no, sentence in enumerate(line.sentences):
            quotes = line.quotes.overlapping(sentence.start, sentence.end)
            if not quotes:
                continue
            start, end = max(quotes[0].start, sentence.start), min(quotes[-1].end, sentence.end)
            covered = any(u.start < end and start < u.end for u in units)
            inside = sum(min(q.end, sentence.end) - max(q.start, sentence.start) for q in quotes)
            if covered or inside < _MIN_ORPHAN or inside < _ORPHAN_SHARE * (sentence.end - sentence.start):
                continue
            before = [u for u in units if u.end <= start]
            last = max(before, key=lambda u: u.end) if before else None
            if last is not None and last.sentence_no == sentence_no - 1:
                last.pieces.append((start, end))
                last.sentence_no = sentence_no
                continue
            if last is not None:
                continue
            unit = self._orphan(line, number, sentence_no, start, end)
            if unit is not None:
                units.append(unit)
        units.sort(key=lambda u: (u.start, u.end))
        return units

    def _orphan(self, line: Line, number: int, sentence_no: int, start: int, end: int) -> Unit | None:
        """A quotation at the head of a line: led in by the line before, or its speaker goes on, or the next names him."""
        if line.text[:start].strip():
            return None
        if self.pending is not None and number - self.pending.line_no <= 1:
            pending = self.pending
            self.pending = _Pending(pending.speaker, pending.cue, pending.lemma, number, pending.channel)
            return Unit(line, number, sentence_no, pending.speaker, [(start, end)], "led_in", None, pending.lemma, [])
        following = self._names_next(number) if line.quotes.spans and not line.quotes.spans[-1].closed else None
        speaker = following
        if speaker is None and self.state.last is not None and number - self.state.last_line <= _CARRY_LINES:
            speaker = self.state.last
        if speaker is None:
            speaker = self._names_next(number)
        if speaker is None:
            return None
        heir = Speaker(speaker.actor, None, None, speaker.confidence * 0.9, speaker.via)
        self.state.last, self.state.last_line = heir, number
        return Unit(line, number, sentence_no, heir, [(start, end)], "continued_quotation", None, None, [])

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

    def _joint_document(self, line: Line, number: int) -> None:
        """Note the authors whom a heading-like line gives a document ("Joint statement by A and B")."""
        if len(line.doc) > _HEADING_TOKENS or line.text.rstrip()[-1:] in ".?!:":
            return
        lower = line.text.lower()
        if not any(word in lower for word in self.speech.joint_words):
            return
        opener = next((t for t in line.doc if t.lower_ in {"by", "of", "from"} and t.i > 0), None)
        head = next((c for c in opener.children if c.dep_ == "pobj"), None) if opener is not None else None
        if head is not None:
            named = self.speakers.resolve(head, line, self.state, number)
            if named:
                self.state.holders = tuple(s.actor for s in named)
                self.state.document_authors = self.state.holders

    def _answer(self, line: Line, plan: LinePlan, number: int) -> None:
        speaker = self.labels.get(plan.label) if plan.label is not None else self.interviewee
        if speaker is None:
            self._prose(line, number)
            return
        span = trim(line, plan.body_start, len(line.text))
        if span is None:
            return
        end = len(line.text.rstrip())
        unit = Unit(line, number, 0, Speaker(speaker.actor, None, None, speaker.confidence, speaker.via), [(span[0], end)],
                    "answer", None, None, [], forced_form="direct", channel=self.occasion)
        self._settle(unit)
        self.units.append(unit)

    def _bullet(self, line: Line, plan: LinePlan, number: int) -> bool:
        """Whether the line was read as an item of a list whose heading attributes it."""
        if plan.lead is None:
            return False
        heads = self._heads(plan.lead)
        if not heads or find_attributions(line, self.speech) and not self._opens_with_verb(line, plan):
            return False
        span = trim(line, plan.body_start, len(line.text))
        if span is None:
            return False
        cue: Token | None = None
        rule = "bullet"
        if self._opens_with_verb(line, plan):
            first = next(t for t in line.doc if t.idx >= plan.body_start)
            rest = next((t for t in line.doc[first.i + 1 :] if not (t.lower_ == "that" and t.i == first.i + 1)), None)
            if rest is not None:
                span, cue, rule = trim(line, rest.idx, len(line.text)) or span, first, "joint_bullet"
        for speaker in heads:
            unit = Unit(line, number, 0, Speaker(speaker.actor, None, None, speaker.confidence, speaker.via), [span], rule, cue,
                        self.speech.lemma(cue) if cue is not None else None, [], channel="joint statement" if rule == "joint_bullet" else None)
            self._settle(unit)
            self.units.append(unit)
        return True

    def _opens_with_verb(self, line: Line, plan: LinePlan) -> bool:
        first = next((t for t in line.doc if t.idx >= plan.body_start), None)
        return first is not None and first.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VB"} and self.speech.frames(self.speech.lemma(first)) is not None

    def _heads(self, lead: int) -> list[Speaker]:
        """Who speaks the items under the line ``lead``."""
        if lead in self.list_speakers:
            return self.list_speakers[lead]
        line = self.lines[lead]
        found: list[Speaker] = []
        if self.pending is not None and self.pending.line_no == lead:
            found = [self.pending.speaker]
        elif any(t.lower_ in self.speech.list_words for t in line.doc) and len(line.doc) <= 16:
            for token in line.doc:
                if token.lower_ in self.speech.list_words:
                    owner = next((c for c in token.lefts if c.dep_ == "poss"), None) or next(
                        (c for p in token.rights if p.lower_ in {"from", "by", "of"} for c in p.children if c.dep_ == "pobj"), None)
                    if owner is not None:
                        mention = self.speakers.mention(owner, line)
                        if mention is not None:
                            found = [Speaker(mention.actor, None, None, mention.confidence, "heading")]
                            break
        elif line.text.rstrip().endswith(":") and len(line.doc) <= 6 and self.state.holders:
            found = [Speaker(a, None, None, 0.8, "heading") for a in self.state.holders]
        elif line.text.rstrip().endswith(":"):
            own = [u for u in self.units if u.line_no == lead]
            found = [Speaker(own[-1].speaker.actor, None, None, own[-1].speaker.confidence * 0.8, "heading")] if own else []
        self.list_speakers[lead] = found
        return found

    # --- circumstances ---

    def _settle(self, unit: Unit) -> None:
        """Date, channel and audience of a unit, as far as its own sentence gives them."""
        found = circumstances(unit, self.page.report_range(unit.line.block), self.speakers, self.state, self.speech)
        if unit.channel is not None:
            found.channel = unit.channel
        unit.found = found
        self._credit(unit)
        if found.is_document:
            self.state.document_authors = (unit.speaker.actor,)

    def _credit(self, unit: Unit) -> None:
        """The outlet that stands behind an unnamed source or a "reportedly", when it was named just before."""
        near = unit.line_no - self.state.credit_line <= _CREDIT_LINES
        if unit.reporter is None and near and (unit.found is None or unit.found.told_to is None):
            hedged = unit.cue is not None and any(c.lower_ in {"reportedly", "allegedly"} for c in unit.cue.children)
            if unit.speaker.actor.kind == "anonymous" or hedged:
                unit.reporter = self.state.credit
        if unit.reporter is not None:
            self.state.credit, self.state.credit_line = unit.reporter, unit.line_no
        elif unit.speaker.actor.kind == "media":
            self.state.credit, self.state.credit_line = unit.speaker.actor, unit.line_no

    def _share(self) -> None:
        """Let what one line tells of a speaker's occasion hold for his lines next to it."""
        by_speaker: dict[str, list[Unit]] = {}
        for unit in self.units:
            by_speaker.setdefault(unit.speaker.key, []).append(unit)
        for own in by_speaker.values():
            for order in (own, own[::-1]):
                for before, unit in zip(order, order[1:], strict=False):
                    if before.found is not None and unit.found is not None and abs(unit.line_no - before.line_no) <= _CARRY_LINES:
                        unit.found.take(before.found, same_line=before.line_no == unit.line_no)


_SAYING = frozenset({"clause", "closing_quotation", "quotation_right", "inserted", "loose_clause"})


def _hand_down(units: list[Unit]) -> list[Unit]:
    """Where a report frames a whole sentence of saying ("X said Z, the Times reports"), X speaks and the Times reports.

    The reporting unit goes; its outlet, or the outlet that it cites, becomes the speaker's `reporter`.
    """
    dropped: set[int] = set()
    for outer in units:
        if outer.rule not in {"parenthetical", "according_to", "as_clause"} or outer.cue is None:
            continue
        inner = [u for u in units if u is not outer and u.sentence_no == outer.sentence_no and u.rule in _SAYING
                 and u.cue is not None and _heads(u, outer)]
        if not inner or outer.speaker.actor.kind not in {"media", "anonymous", "person"}:
            continue
        if outer.speaker.actor.kind == "person" and outer.reporter is None and outer.rule != "according_to":
            continue
        if any(u.speaker.key == outer.speaker.key for u in inner):
            continue
        for unit in inner:
            unit.reporter = unit.reporter or outer.reporter or (outer.speaker.actor if outer.speaker.actor.kind == "media" else None)
        dropped.add(id(outer))
    return [u for u in units if id(u) not in dropped]


def _heads(inner: Unit, outer: Unit) -> bool:
    """Whether the inner cue is the main verb of what the outer one reports."""
    cue = inner.cue
    if cue is None or not any(s <= cue.idx < e for s, e in outer.pieces):
        return False
    if outer.rule == "according_to":
        return cue.dep_ in {"ROOT", "ccomp", "conj"} and not any(c.dep_ == "mark" for c in cue.lefts)
    return cue.dep_ == "ROOT" or (cue.dep_ == "ccomp" and cue.head == outer.cue)


def _credit_nested(units: list[Unit]) -> list[Unit]:
    """What somebody is said to have said inside an outlet's report is reported by that outlet."""
    for outer in units:
        if outer.speaker.actor.kind != "media" and outer.reporter is None:
            continue
        for inner in units:
            if inner is outer or inner.sentence_no != outer.sentence_no or inner.cue is None or inner.reporter is not None:
                continue
            if any(s <= inner.cue.idx < e for s, e in outer.pieces) and inner.speaker.actor.kind != "media":
                inner.reporter = outer.reporter or outer.speaker.actor
    return units


def _without_nested(units: list[Unit]) -> list[Unit]:
    """Leave out what another actor is said to have said inside somebody's own words, unless a clause says it."""
    kept = []
    for unit in units:
        cue = unit.cue
        nested = cue is not None and any(
            other is not unit and other.speaker.key != unit.speaker.key and other.cue != cue
            and any(s <= cue.idx < e for s, e in other.pieces)
            for other in units
            if other.sentence_no == unit.sentence_no
        )
        if nested and not _may_nest(unit):
            continue
        kept.append(unit)
    return kept


def _may_nest(unit: Unit) -> bool:
    return unit.rule in {"clause", "inserted", "parenthetical", "closing_quotation", "quotation_right", "according_to", "quoted_as_saying"}


def _merge(units: Iterable[Unit]) -> list[Unit]:
    """One unit per sentence and speaker."""
    merged: dict[tuple[int, str], Unit] = {}
    for unit in units:
        key = (unit.sentence_no, unit.speaker.key)
        first = merged.get(key)
        if first is None:
            merged[key] = unit
        else:
            first.pieces.extend(unit.pieces)
            first.segments.extend(unit.segments)
            first.addressee = first.addressee or unit.addressee
            first.reporter = first.reporter or unit.reporter
    return list(merged.values())


def read_page(page: Page, links: Links, pack: DomainPack, speech: Speech) -> list[Statement]:
    """All statements of a page, in order of the text."""
    speakers = Speakers(links, pack, speech)
    rows: list[Statement] = []
    for entry in page.entries():
        lines = [make_line(block, doc) for block, doc in entry]
        plans = plan_lines(lines, speech)
        reader = EntryReader(page, speakers, speech, lines, plans)
        if any(p.role == "answer" for p in plans):
            reader.interviewee = _interviewee(links, lines, plans)
            reader.labels = {p.label: labelled(p.label, links) for p in plans if p.label is not None}
            reader.occasion = _occasion(page, lines, plans, speech)
        for unit in reader.read():
            row = _row(page, unit)
            if row is not None:
                rows.append(row)
    return rows


def _interviewee(links: Links, lines: Sequence[Line], plans: Sequence[LinePlan]) -> Speaker | None:
    """The person whom a question-and-answer page asks: the one most named before the first question."""
    first = next(i for i, p in enumerate(plans) if p.role != "prose")
    limit = lines[first].block.char_start
    people: dict[str, tuple[int, Actor]] = {}
    for mention in links.mentions:
        actor = mention.actor
        if actor.kind == "person" and mention.char_start < limit:
            people[actor.key] = (people.get(actor.key, (0, actor))[0] + 1, actor)
    if not people:
        return None
    return Speaker(max(people.values(), key=lambda item: item[0])[1], None, None, 0.8, "interviewee")


def labelled(label: str, links: Links) -> Speaker:
    """Who a transcript's label stands for: the person of the page with that surname, else the label itself."""
    words = [w.strip(".,").lower() for w in label.split()]
    for mention in links.mentions:
        actor = mention.actor
        if actor.kind == "person" and actor.name.lower().split()[-1:] == words[-1:]:
            return Speaker(actor, None, None, 0.9, "label")
    name = " ".join(w.capitalize() if w.isupper() else w for w in label.split() if w.strip(".").lower() not in _COURTESY)
    return Speaker(Actor(f"person:{name}", name, "person", None), None, None, 0.7, "label")


_COURTESY = frozenset({"mr", "ms", "mrs", "miss", "dr", "prof", "sir", "dame", "sen", "rep", "gov", "president", "secretary", "minister", "ambassador"})


def _occasion(page: Page, lines: Sequence[Line], plans: Sequence[LinePlan], speech: Speech) -> str:
    """Channel of a page of questions and answers, by the words of its title and opening."""
    first = next(i for i, p in enumerate(plans) if p.role != "prose")
    opening = " ".join([page.document.title or "", *(page.text_of(b) for b in page.blocks if b.kind == "title"),
                        *(line.text for line in lines[:first])]).lower()
    conference = next(c for c in speech.channels if c.channel == "press conference")
    return conference.channel if any(phrase in opening for phrase in conference.phrases) else "interview"


def _row(page: Page, unit: Unit) -> Statement | None:
    """The row of a unit: content widened to whole quotations, form by what of it is quoted."""
    line, block = unit.line, unit.line.block
    start, end = line.quotes.snap(unit.start, unit.end)
    if end - start < 2:
        return None
    content = line.text[start:end]
    actor = unit.speaker.actor
    kind: ActorKind = actor.kind if actor.kind != "place" else "government"
    found = unit.found or Circumstances()
    base = block.char_start
    quotes = [q for q in line.quotes.overlapping(start, end) if q.start >= start]
    longest = max(quotes, key=lambda q: q.end - q.start) if quotes else None
    quote = line.text[longest.start : longest.end].strip("“”\"‘’'«»„`") if longest is not None else None
    return Statement(
        statement_id=digest_id("st", page.document.document_id, base + start, base + end, actor.name),
        document_id=page.document.document_id,
        block_id=block.block_id,
        speaker_entity_id=actor.entity_id,
        speaker_name=actor.name,
        speaker_kind=kind,
        speaker_text=line.text[unit.speaker.start : unit.speaker.end] if unit.speaker.start is not None else None,
        speaker_start=base + unit.speaker.start if unit.speaker.start is not None else None,
        speaker_end=base + unit.speaker.end if unit.speaker.end is not None else None,
        is_anonymous=kind == "anonymous",
        party=actor.party,
        form=unit.forced_form or _form(unit, start, end),
        cue=unit.lemma,
        cue_start=base + unit.cue.idx if unit.cue is not None else None,
        cue_end=base + unit.cue.idx + len(unit.cue) if unit.cue is not None else None,
        content=content,
        content_start=base + start,
        content_end=base + end,
        quote=quote or None,
        addressee_name=found.addressee,
        channel=found.channel,
        told_to=found.told_to,
        reported_by=unit.reporter.name if unit.reporter is not None else None,
        stated_from=found.days.first if found.days else None,
        stated_to=found.days.last if found.days else None,
        stated_text=found.date_text,
        stated_basis=found.basis,
        issues=(),
        confidence=round(_RULE_CONFIDENCE[unit.rule] * unit.speaker.confidence, 3),
        rule=unit.rule,
    )


def _form(unit: Unit, start: int, end: int) -> StatementForm:
    """direct if all letters of the content stand in quotation marks, indirect if none do; attributions do not count."""
    inside = outside = 0
    line = unit.line
    for left, right in _pieces(unit, start, end):
        for position in range(left, right):
            if line.text[position].isalnum():
                if line.quotes.at(position) is not None:
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside > 0 else "direct"


def _pieces(unit: Unit, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of the content that are no attribution, in order and without overlaps."""
    spans = [unit.line.quotes.snap(s, e) for s, e in unit.pieces]
    spans.sort()
    joined: list[tuple[int, int]] = []
    for left, right in spans:
        left, right = max(left, start), min(right, end)
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        elif right > left:
            joined.append((left, right))
    return joined


def lines_of(entry: Sequence[tuple[Block, Doc]]) -> list[Line]:
    """The lines of an entry with their quotation structure."""
    return [make_line(block, doc) for block, doc in entry]
