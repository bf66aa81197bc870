"""From candidates to the mentions of one page: one mention for each line and occasion."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression, find_dates, is_anaphoric
from pipeline.domain import DomainPack
from pipeline.extract.meetings.absence import absent_reading
from pipeline.extract.meetings.affiliations import told_parties
from pipeline.extract.meetings.agenda import AGENDA_RULE, agenda_item
from pipeline.extract.meetings.attach import SPEECH, attach
from pipeline.extract.meetings.calloffs import has_just_begun, interrupted, mere_break
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues, StatusCues, load_cues
from pipeline.extract.meetings.durations import give_extent
from pipeline.extract.meetings.fates import settle_by_what_follows
from pipeline.extract.meetings.fixtures import seat_of_fixture
from pipeline.extract.meetings.frames import direct_subjects, is_passive, own_words, prep_objects
from pipeline.extract.meetings.gate import Gate
from pipeline.extract.meetings.hours import at_hour_of_entry
from pipeline.extract.meetings.journeys import made_by_then
from pipeline.extract.meetings.left_open import follow_plans
from pipeline.extract.meetings.modality import auxiliaries_of, plan_denied
from pipeline.extract.meetings.moves import moved_to
from pipeline.extract.meetings.namesakes import namesake
from pipeline.extract.meetings.occasions import UNHELD
from pipeline.extract.meetings.other_days import before_telling
from pipeline.extract.meetings.parallels import distributed, one_by_one
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot, world_of
from pipeline.extract.meetings.placing import Placer
from pipeline.extract.meetings.pointless import worth_of
from pipeline.extract.meetings.pronouns import pronoun_occasion
from pipeline.extract.meetings.readings import (
    Reading,
    Tense,
    as_news,
    at_work,
    attending,
    settle,
    stage_of,
    told_of_its_day,
)
from pipeline.extract.meetings.references import (
    attendance,
    group_reference,
    place_reference,
    presence,
    work_in_place,
)
from pipeline.extract.meetings.refusals import mere_process
from pipeline.extract.meetings.rows import RowMaker
from pipeline.extract.meetings.sides import Side, distinct_parties, two_sided
from pipeline.extract.meetings.spans import evidence_span
from pipeline.extract.meetings.status import read_status
from pipeline.extract.meetings.there import give_there, give_there_before, give_when
from pipeline.extract.meetings.ties import at_forum, join_tied, mere_backdrop
from pipeline.extract.meetings.told_next import take_those_brought_together, visits_too
from pipeline.extract.meetings.tours import told_by_stops
from pipeline.extract.meetings.triggers import NounReader
from pipeline.extract.meetings.verbs import VerbReader
from pipeline.model import (
    Block,
    DateRange,
    Links,
    MeetingMention,
    Page,
    Statement,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "following Sunday's talks" is no next Sunday: the word is blanked before dates are read.
_FOLLOWING = re.compile(r"\bfollowing(?=\s[A-Z][a-z]+day['’]s\b)", re.IGNORECASE)
_UNTIL = re.compile(r"(?i)^(?:until|till|to)(?:\s+(?:late|early|well))?(?:\s+(?:on|in|into))?\s+")
# Of what is off, the day nearest to the report is meant: "Thursday's talks were called off".
_TAKEN_BACK = frozenset({"called_off_after", "governor_cancelled"})
# Rules by which an occasion surely lies ahead of the report, if it was not planned in the past.
_AHEAD = frozenset({"modal", "be_to", "governor_scheduled", "governor_proposed"})
# Rules by which an occasion surely lies behind the report: of two Tuesdays the coming one is not meant.
_OVER = frozenset({"past_tense", "subject_of_past", "after_occasion", "begun"})
_NOW = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
_SOON = 31  # days
# "5:15 p.m. X receives Y": an item of an agenda, which lies ahead.
_AT_THE_HOUR = re.compile(r"(?i)\W*\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b")
_MOST_JOURNEYS = 20  # of a page that are looked through for where a guest went
_YEAR = re.compile(r"\d{4}")
_PARTNER = frozenset({"with"})


class PageReader:
    """Reads the meeting mentions of one page."""

    def __init__(
        self, page: Page, links: Links, statements: Sequence[Statement], pack: DomainPack, cues: MeetingCues
    ) -> None:
        page = page.in_items()
        self._page = page
        self._links = links
        self._cues = cues
        self._world = world_of(pack)
        self._reader = SideReader(page, links, statements, self._world, cues)
        self._reader.affiliate(told_parties(page, links, self._reader, cues))
        self._rows = RowMaker(page, self._reader, cues)
        self._nouns = NounReader(links, self._reader, self._world, cues)
        self._verbs = VerbReader(links, self._reader, self._world, cues)
        self._gate = Gate(cues)
        opponents = [Side(None if o.party else o.name, o.party, None) for o in pack.opponents]
        self._placer = Placer(page, links, self._reader, self._rows, cues, opponents)

    def read(self) -> list[MeetingMention]:
        """Mentions in reading order; `meeting_id` names the occasion within the document."""
        candidates = [c for block, doc in self._page.body() for c in self._candidates(block, doc)]
        _give_journeys(candidates)
        give_there_before(candidates)
        give_when(candidates)
        follow_plans(candidates)
        placed = self._placer.place(candidates)
        return self._rows.rows(placed)

    def _candidates(self, block: Block, doc: Doc) -> list[Candidate]:
        told = [c for c in self._told(block, doc) if not visits_too(c)]
        self._carry(told)
        take_those_brought_together(told)
        return told

    def _told(self, block: Block, doc: Doc) -> Iterator[Candidate]:
        openings = self._gate.openings(doc)
        if not openings:
            return
        reported = self._page.report_range(block)
        forums = self._cues.data.forums
        dateline = self._world.dateline(doc)
        dates: list[DateExpression] | None = None  # read where a candidate is found
        for sentence in doc.sents:
            found: list[Candidate] = []
            for i in openings[bisect_left(openings, sentence.start) : bisect_left(openings, sentence.end)]:
                token = doc[i]
                candidate = (
                    self._nouns.read(block, token)
                    or self._verbs.read(block, token)
                    or place_reference(block, token, self._links, self._world, self._cues)
                    or namesake(block, token, self._links, self._world, self._cues)
                    or work_in_place(block, token, self._links, self._reader, self._world, self._cues)
                    or group_reference(block, token, self._reader, self._cues)
                    or attendance(block, token, self._reader, self._cues)
                    or presence(block, token, self._links, self._reader, self._world, self._cues)
                    or pronoun_occasion(block, token, self._reader, self._cues)
                    or agenda_item(block, token, self._links, self._reader, self._world)
                )
                if candidate is not None:
                    found.append(candidate)
            found = [c for c in found if not _counts_again(c, found)]
            if not found:
                continue
            if dates is None:
                dates = find_dates(_FOLLOWING.sub(" " * len("following"), doc.text), reported)
            attach(doc, sentence, found, dates, self._links, self._world, self._cues.data)
            for candidate in found:
                self._give_day_of_agenda(candidate, dates)
                self._give_host(candidate)
                candidate.span = evidence_span(candidate.top or candidate.event, candidate.governor)
            found, stops = told_by_stops(found, sentence, dates, self._links, self._reader, self._world)
            tied = [c for c in join_tied(found, self._cues.status.beside) if not mere_process(c, found)]
            tied = [
                c for c in tied
                if not mere_backdrop(c, self._cues.status.beside) and not at_forum(c, SPEECH, forums)
            ]  # fmt: skip
            for candidate in (*tied, *stops):
                if candidate.form == "phone":
                    candidate.spot = candidate.written = candidate.wide = None  # where one of them was
                give_there(candidate, doc, self._links, self._world)
                if candidate.spot is None and candidate.form == "in_person":
                    candidate.spot, candidate.written = seat_of_fixture(candidate, self._world, self._cues)
                self._give_here(candidate)
                self._give_locals(candidate)
            parallel = (distributed(c, doc, dates, self._links, self._reader, self._world) for c in tied)
            several = (each for spread in parallel for c in spread for each in one_by_one(c, self._reader))
            for candidate in (*several, *stops):
                candidate.reported = reported
                self._speakers_own(candidate)
                self._date_and_status(candidate, reported)
                if reported is not None:
                    candidate.readings = before_telling(candidate, doc, dates, reported)
                give_extent(candidate, doc, dates)
                if candidate.reading.rule == "asked":
                    continue
                if candidate.rule == AGENDA_RULE and not candidate.readings:
                    continue
                if _unmet_since(candidate) and (
                    _told_since(candidate, tied) or not self._last_met(candidate, reported)
                ):
                    continue
                if dateline is not None and _fits_dateline(candidate, dateline):
                    candidate.spot = dateline
                yield candidate

    def _carry(self, told: list[Candidate]) -> None:
        """ "X lands in Moscow on Sunday. He will be received by Y": the journey tells where."""
        for i, candidate in enumerate(told):
            asked = candidate.travel or candidate.rule == "verb_request"
            if asked or candidate.spot is not None or candidate.form != "in_person":
                continue
            names = {s.key for s in candidate.sides}
            for journey in reversed(told[:i]):
                if not journey.travel or journey.spot is None or not names & {s.key for s in journey.sides}:
                    continue
                if (journey.status in UNHELD) == (candidate.status in UNHELD):
                    candidate.spot, candidate.written = journey.spot, journey.written
                break

    def _give_day_of_agenda(self, candidate: Candidate, dates: Sequence[DateExpression]) -> None:
        """ "8 May: X is due in Oslo for talks": the day of an item that is to come is that of its meeting."""
        block = candidate.block
        told = self._page.chronicle.get(block.block_no)
        if told is None or self._page.told_of_past(block) is not None or candidate.expression is not None:
            return
        candidate.expression = next((e for e in dates if e.text == told.text and e.days == told.days), None)

    def _give_host(self, candidate: Candidate) -> None:
        """ "Muscat hosted a meeting between A and B": the capital or state that is the host is the place."""
        verb = candidate.governor
        if candidate.spot is not None or candidate.form not in {"in_person", "unknown"} or verb is None:
            return
        if verb == candidate.event or verb.lemma_.lower() != "host" or is_passive(verb):
            return
        if not two_sided(candidate.sides) and (candidate.sides or candidate.hosts.anaphoric):
            return
        spots = [self._world.at(self._links, candidate.block.block_no, t) for t in direct_subjects(verb)]
        candidate.spot = spots[0] if len(spots) == 1 else None

    def _give_locals(self, candidate: Candidate) -> None:
        """ "X arrived in Delhi for talks with top officials": those of the state where they talk."""
        spot, parties = candidate.spot, distinct_parties(candidate.sides)
        fought = self._reader.fought(candidate.sides)
        if fought is not None and not parties and candidate.rule.startswith("noun_"):
            heads = [candidate.event, *([] if candidate.governor is None else [candidate.governor])]
            if any(t.lemma_.lower() == "government" for h in heads for t in prep_objects(h, _PARTNER)):
                candidate.found.add(self._reader.party(fought, None))  # the one that they fight
                return
        if spot is None or spot.country is None or len(parties) != 1 or spot.country in parties:
            return
        if two_sided(candidate.sides) or not candidate.rule.startswith("noun_"):
            return
        heads = [candidate.event] if candidate.governor is None else [candidate.event, candidate.governor]
        met = [t for h in heads for t in prep_objects(h, _PARTNER)]
        if any(t.lemma_.lower() in self._cues.data.local_nouns for t in met) and not any(
            self._reader.read(candidate.block, t).sides for t in met
        ):
            candidate.found.add(self._reader.party(spot.country, None))

    def _give_here(self, candidate: Candidate) -> None:
        """ "Oslo — X met Y here on Monday": the place is the dateline's."""
        verb = candidate.verb
        told = any(t.lower_ == "here" and t.dep_ == "advmod" for t in own_words(verb))
        if candidate.spot is None and candidate.form == "in_person" and told:
            candidate.spot = self._here

    @cached_property
    def _here(self) -> Spot | None:
        """The city that the dateline of the page's first line with one names."""
        lines = (self._world.dateline(doc, in_capitals=False) for _, doc in self._page.body())
        return next((spot for spot in lines if spot is not None), None)

    def _date_and_status(self, candidate: Candidate, reported: DateRange | None) -> None:
        if candidate.rule != "place_for_occasion":
            candidate.reading = read_status(candidate.event, self._cues.status, candidate.top)
        untold = candidate.reading.status is None
        if candidate.outer is not None and (untold or candidate.reading.rule == "around_occasion"):
            outer = read_status(candidate.outer, self._cues.status)
            refused = outer.status in {"ruled_out", "cancelled"}
            if untold or refused:  # "refused to meet on a visit"
                candidate.reading = outer
        candidate.reading = stage_of(candidate.event, candidate.reading)
        told = self._page.told_of_past(candidate.block)
        if told is not None:
            candidate.reading = told_of_its_day(candidate.reading)
        lasting = candidate.expression is not None and candidate.expression.kind == "since"
        if candidate.rule == "verb_stay" and (candidate.reading.tense == "present" or lasting):
            candidate.reading = Reading("ongoing", "present", "at_work")
        to_invite = candidate.reading.status in {"held", "ongoing", None} or candidate.reading.rule == "modal"
        if candidate.rule == "verb_invite" and to_invite:
            candidate.reading = Reading("proposed", "future", "invitation")
        if candidate.rule == "verb_request" and candidate.reading.status == "held":
            candidate.reading = Reading("proposed", "past", "request")  # "asked for half an hour with X"
        if candidate.rule == "attendance":
            candidate.reading = attending(candidate.reading, candidate.event)
        if candidate.rule in {"work_in_place", "group_reference", "presence", "verb_discuss"}:
            candidate.reading = at_work(candidate.reading)
        worth = worth_of(candidate.event, candidate.top)
        if worth is not None and candidate.reading.status != "cancelled":
            candidate.reading = Reading(worth, "future", "worth")
        denied = any(map(plan_denied, {t.i: t for t in (candidate.event, candidate.verb)}.values()))
        if candidate.reading.status in {"scheduled", "proposed"} and denied:
            candidate.reading = Reading("ruled_out", "future", "denied")
        if candidate.rule == "noun_absence" and candidate.governor is not None:
            candidate.reading = absent_reading(candidate.governor)
        finite = candidate.verb
        if mere_break(finite, candidate.reading):
            candidate.reading = Reading("ongoing", "present", "break")
        if has_just_begun(finite, candidate.reading) and candidate.expression is None and told is None:
            candidate.reading = Reading("ongoing", "present", "just_begun")
        moved = moved_to(candidate.event, candidate.top, reported, self._cues)
        if moved is not None:
            candidate.expression, candidate.reading = moved
        lemma, status = candidate.event.lemma_.lower(), candidate.reading.status
        gone = candidate.reference and lemma in self._cues.data.leaving_verbs and status in {"ongoing", None}
        if candidate.rule == "presence" and lemma in self._cues.data.leaving_verbs:
            gone = gone or candidate.reading.rule == "purpose_of_travel"  # "has left for the airport"
        if gone and candidate.rule in {"presence", "verb_travel"}:
            candidate.reading = Reading("held", "present", "leaving")
        if candidate.rule == "verb_send" and status == "ongoing":
            candidate.reading = Reading("scheduled", "future", "sending")
        if candidate.rule in {"verb_stay", "verb_back"}:
            due = [candidate.event, *(c for c in candidate.event.children if c.dep_ == "acomp")]
            if any(self._cues.status.governor(t) == "scheduled" for t in due):
                candidate.reading = Reading("scheduled", "future", "governor_scheduled")
        if candidate.reading.status in {"scheduled", "proposed", "ruled_out", None} and moved is None:
            settle_by_what_follows(candidate, reported, self._cues)
        if candidate.expression is None and not _AT_THE_HOUR.match(candidate.event.doc.text):
            candidate.reading = as_news(candidate.reading, finite, self._cues.status)
        named = candidate.expression
        of_item = told is not None and named is not None and named.text == told.text
        if of_item and candidate.reading.status in UNHELD:
            candidate.expression = None  # "3 May - X is invited to Oslo": the day of the invitation
        expression = candidate.expression
        act = None if expression is None else _planning_act(candidate.event, self._cues.status)
        if expression is not None and _agreed_then(candidate, expression, act, reported):
            expression = candidate.expression = None
        if expression is not None and expression.days is not None:
            tense = candidate.reading.tense
            readings = [expression.days, *expression.alternatives]
            announced = candidate.reading.rule == "present_event" and finite.tag_ in {"VBZ", "VBP", "VB"}
            under_way = any(c.lower_ in {"been", "was", "were"} for c in finite.children)
            coming = candidate.reading.rule == "progressive" and finite.tag_ == "VBG" and not under_way
            agenda = candidate.reading.rule == "open_noun" and _verbless(candidate.event)
            staying = candidate.reading.status == "ongoing" and expression.weekday_only
            if expression.kind == "since":
                staying = coming = False
                tense = "past"  # "have been meeting in Doha since Sunday"
            if candidate.reading.rule == "refusal" and _shunned(finite, self._cues):
                tense = "past"
            if announced or coming or agenda or staying:
                tense = "future"  # "meets on Thursday", "is travelling on Monday" announce
            if candidate.reading.status == "cancelled" and tense == "past" and expression.basis == "explicit":
                tense = None  # "slated for March 19, was put off": it may well have lain ahead
            if (
                candidate.reading.rule == "before_occasion"
                and tense == "past"
                and expression.basis == "explicit"
            ):
                tense = None  # "came ahead of the summit due on April 27"
            broken_off = interrupted(finite, candidate.reading)
            if broken_off:
                tense = "past"  # "were suspended on Friday": that day they still went on
            taken = candidate.reading.rule in _TAKEN_BACK and expression.weekday_only and not broken_off
            if candidate.reading.status == "scheduled" and tense == "past" and expression.basis == "explicit":
                taken = taken or _soon(readings, reported)  # "had been due on March 18"
            if taken and reported is not None:
                readings = _nearest(self._retold(expression, "past", reported) + readings, reported)
            elif tense in {"past", "future"} and reported is not None:
                if tense == "past" and expression.basis == "explicit":
                    readings = _year_before(readings, expression.text, reported) + readings
                over = act is not None and act.tag_ == "VBD"  # "agreed to meet in May": it may be
                ahead = tense == "future" and candidate.reading.rule in _AHEAD and not over
                if ahead and expression.basis == "explicit":
                    readings = readings + _year_after(readings, expression.text, reported)
                readings = _ordered(self._retold(expression, tense, reported) + readings, tense, reported)
            candidate.readings = tuple(dict.fromkeys(readings))
            candidate.date_basis = expression.basis
        if reported is not None and _will(candidate):
            ahead_of_it = tuple(r for r in candidate.readings if r.last >= reported.first)
            candidate.readings = ahead_of_it or candidate.readings
        if reported is not None and _once_more(candidate):
            # "might talk again this week": not on a day of it that is over, when they have
            candidate.readings = tuple(
                _after(r, reported.last) if r.first < reported.first else r for r in candidate.readings
            )
        if reported is not None and candidate.reading.rule in _OVER and candidate.reading.status == "held":
            behind_it = tuple(r for r in candidate.readings if r.first <= reported.last)
            candidate.readings = behind_it or candidate.readings
        if expression is None and reported is not None and at_hour_of_entry(candidate, reported):
            candidate.readings, candidate.date_basis = (reported,), "document"
        candidate.reading = made_by_then(candidate, reported, self._cues)
        when = candidate.readings[0] if candidate.readings else None
        candidate.status = settle(candidate.reading, when, reported)
        by_then = expression is not None and expression.kind == "until"
        if by_then and candidate.status in {"scheduled", "proposed"} and reported is not None:
            # "will meet again by the end of June": not on the day of the report, on which they have met
            candidate.readings = tuple(_after(r, reported.last) for r in candidate.readings)
        if candidate.status == "held" and reported is not None:
            # "have met twice this year": by the day of the report
            candidate.readings = tuple(_by(r, reported.last) for r in candidate.readings)

    def _last_met(self, candidate: Candidate, reported: DateRange | None) -> bool:
        """ "Have not met since Doha in May": that they met then; of a bare year no occasion is told."""
        sentence = candidate.event.sent
        since = next(t for t in sentence if t.lower_ == "since")
        told = "in " + sentence.doc.text[since.idx + len(since) + 1 : sentence.end_char]
        again = [
            e for e in find_dates(told, reported, tense="past") if not _YEAR.fullmatch(e.text.split()[-1])
        ]
        days = tuple(e.days for e in again if e.days is not None)
        candidate.readings, candidate.status, candidate.edge = tuple(days[:1]), "held", None
        if days and candidate.expression is not None:
            # the day alone: merging reads the words again, of which "since" would take all days to the report
            point = next(e for e in again if e.days is not None)
            candidate.expression = replace(point, char_start=candidate.expression.char_start)
        after = sentence.doc[since.i + 1] if since.i + 1 < sentence.end else since
        spot = self._world.at(self._links, candidate.block.block_no, after)
        candidate.spot = candidate.spot or spot
        return bool(days)

    @staticmethod
    def _retold(expression: DateExpression, tense: Tense, reported: DateRange) -> list[DateRange]:
        """The phrase read again in the tense of the meeting, which the syntax knows better than cue words."""
        if expression.kind == "until" and tense == "past":
            named = find_dates(_UNTIL.sub("", expression.text), reported, tense="past")
            return [e.days for e in named if e.days is not None]  # "talked until late on Thursday"
        if expression.kind not in {"point", "since"} or is_anaphoric(expression.text):
            return []
        again = find_dates(expression.text, reported, tense="future" if tense == "future" else "past")
        return [e.days for e in again if e.days is not None]

    def _speakers_own(self, candidate: Candidate) -> None:
        """ "A summit with the president is on no calendar, he said": the speaker's meeting with him."""
        event = candidate.event
        if two_sided(candidate.sides) or len(candidate.sides) != 1 or candidate.rule != "noun_occasion":
            return
        if candidate.abstract and candidate.expression is None:
            return
        if event.dep_ not in {"nsubj", "nsubjpass", "attr"} or all(
            c.lower_ != "with" for c in event.children
        ):
            return
        said = self._reader.statement_at(candidate.block.char_start + event.idx)
        if said is None or said.party in {None, candidate.sides[0].party}:
            return
        person = said.speaker_kind == "person" and not candidate.abstract
        candidate.found.sides.append(
            Side(said.speaker_name, said.party, self._reader.actor(said.speaker_name))
            if person
            else Side(None, said.party, None)
        )
        candidate.confidence = 0.5


def _agreed_then(
    candidate: Candidate, expression: DateExpression, act: Token | None, reported: DateRange | None
) -> bool:
    """ "They agreed to resume talks just over a week ago": the day is that of the agreement.

    So it is where it stands before the verb, or between the verb and what was agreed ("In May they agreed
    to meet", "invited both on Friday to talks"): `act`.
    """
    if not candidate.reading.rule.startswith("governor_") or candidate.reading.status not in UNHELD:
        return False
    past = expression.days is not None and reported is not None and expression.days.last < reported.first
    if past and expression.text.split()[-1].lower() in {"ago", "earlier"}:
        return True
    top = candidate.top if candidate.top is not None else candidate.event
    return act is not None and act.sent.start_char <= expression.char_start < top.left_edge.idx


def _planning_act(event: Token, cues: StatusCues) -> Token | None:
    """The verb that tells of an act by which an occasion was planned ("agreed", "invited")."""
    for verb in event.ancestors:
        lemma = verb.lemma_.lower()
        if verb.pos_ == "VERB" and lemma in cues.planning:
            perfect = verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in auxiliaries_of(verb))
            return verb if (verb.tag_ == "VBD" or perfect) and not is_passive(verb) else None
    return None


def _shunned(verb: Token, cues: MeetingCues) -> bool:
    """ "boycotted Monday's talks with X": what was shunned was to be by then."""
    return verb.tag_ == "VBD" and verb.lemma_.lower() in cues.data.absence_verbs


def _give_journeys(candidates: Sequence[Candidate]) -> None:
    """ "X will visit Lima next week. ... X will meet Peru's foreign minister": where the visit takes X.

    Of a person who is told to go to a state and to meet that state's own; the last such journey before.
    """
    journeys: deque[Candidate] = deque(maxlen=_MOST_JOURNEYS)
    for candidate in candidates:
        if candidate.travel and candidate.spot is not None:
            journeys.appendleft(candidate)
        if candidate.spot is not None or candidate.form != "in_person" or candidate.travel:
            continue
        names = {s.name for s in candidate.sides if s.name}
        hosts = {s.party for s in candidate.sides}
        for journey in journeys:
            spot = journey.spot
            if spot is None or journey.block.entry_no != candidate.block.entry_no:
                continue
            if not names & {s.name for s in journey.sides if s.name and s.party != spot.country}:
                continue
            if spot.country in hosts and (journey.status in UNHELD) == (candidate.status in UNHELD):
                candidate.spot, candidate.written = spot, journey.written
            break


def _counts_again(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """ "A met B in Geneva, their second encounter this year": the words count an occasion just told.

    Likewise "the eighth session of its kind since 2013".
    """
    noun = candidate.event
    if candidate.rule == "group_reference":  # "met on Sunday and discussed fishing"
        return noun.dep_ == "conj" and any(c.event == noun.head for c in found)
    theirs = any(c.dep_ == "poss" and c.lower_ == "their" for c in noun.lefts)
    kind = any(c.lemma_ == "kind" for p in noun.rights if p.lower_ == "of" for c in p.children)
    if noun.pos_ != "NOUN" or not (theirs or kind):
        return False
    if noun.left_edge.i == 0 or noun.nbor(noun.left_edge.i - noun.i - 1).text != ",":
        return False
    counted = any(c.ent_type_ == "ORDINAL" or c.lower_ in {"first", "latest", "last"} for c in noun.lefts)
    return counted and any(c.event.i < noun.i for c in found)


def _told_since(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """ "No contact since their ministers met in May": the clause after "since" tells of it itself."""
    since = next((t for t in candidate.event.sent if t.lower_ == "since"), None)
    return since is not None and any(
        c is not candidate and c.event.i > since.i and since in c.event.children for c in others
    )


def _unmet_since(candidate: Candidate) -> bool:
    """ "Had not spoken since 1922", "no contact since May": nobody refused or called off anything."""
    if candidate.reading.rule not in {"negated_past", "no_occasion"}:
        return False
    verb = candidate.verb
    perfect = any(t.lower_ in {"have", "has", "had", "did"} for t in verb.sent[: verb.i - verb.sent.start])
    return perfect and any(t.lower_ == "since" for t in verb.sent)


def _will(candidate: Candidate) -> bool:
    """Whether "will" or "is to" puts it ahead of the report: of two Wednesdays the coming one is meant."""
    verb = candidate.verb
    helpers = {c.lower_ for c in auxiliaries_of(verb)}
    planned = candidate.reading.rule in {"governor_scheduled", "be_to"} and helpers & _NOW
    will = helpers & {"will", "'ll", "’ll", "shall"}
    return candidate.reading.status == "scheduled" and bool(will or planned)


def _once_more(candidate: Candidate) -> bool:
    """Whether it is to be one more meeting: "may speak again this week"."""
    ahead = candidate.reading.status in {"scheduled", "proposed"} and candidate.reading.tense == "future"
    return ahead and any(c.lower_ == "again" for c in candidate.verb.children)


def _verbless(event: Token) -> bool:
    """ "Second round in Muscat on Friday": a line of an agenda, which lies ahead."""
    return all(t.tag_ not in {"VBD", "VBZ", "VBP", "MD"} for t in event.sent)


def _fits_dateline(candidate: Candidate, dateline: Spot) -> bool:
    """A meeting in person that just took place, told from the city of one who takes part, was there."""
    return (
        candidate.spot is None
        and candidate.form == "in_person"
        and not candidate.travel
        and candidate.status in {"held", "ongoing"}
        and candidate.expression is not None
        and two_sided(candidate.sides)
        and dateline.country in distinct_parties(candidate.sides)
    )


def _ordered(readings: list[DateRange], tense: Tense, reported: DateRange) -> list[DateRange]:
    """Readings that the tense allows first; the others stay behind them."""
    if tense == "past":
        # Of an article whose day is only known within a range, the past is surest before the range.
        fits = [r for r in readings if r.first <= reported.first]
        fits += [r for r in readings if r.first <= reported.last]
    else:
        fits = [r for r in readings if r.last >= reported.first]
    return [*fits, *readings]


def _by(days: DateRange, last: dt.date) -> DateRange:
    """The part of a range that is not after the day `last`; a range after it as it is."""
    return DateRange(days.first, last) if days.first <= last < days.last else days


def _after(days: DateRange, told: dt.date) -> DateRange:
    """The part of a range that lies after the day `told`; a range that ends by then as it is."""
    return DateRange(told + dt.timedelta(days=1), days.last) if days.first <= told < days.last else days


def _nearest(readings: list[DateRange], reported: DateRange) -> list[DateRange]:
    """ "Was to meet X on Tuesday, but it was called off": the Tuesday nearest to the report comes first."""
    return sorted(readings, key=lambda r: abs((r.first - reported.last).days))


def _soon(readings: Sequence[DateRange], reported: DateRange | None) -> bool:
    """Whether one of the days lies ahead of the report by no more than a month."""
    return reported is not None and any(0 < (r.first - reported.last).days <= _SOON for r in readings)


def _year_before(readings: list[DateRange], text: str, reported: DateRange) -> list[DateRange]:
    """ "On July 9th, the president rang", told in June: July of the year before."""
    if _YEAR.search(text):
        return []
    return [moved for r in readings if r.first > reported.last for moved in _in_another_year(r, -1)]


def _year_after(readings: list[DateRange], text: str, reported: DateRange) -> list[DateRange]:
    """ "Will meet in December", told in March: the December to come, though the last one is nearer."""
    if _YEAR.search(text):
        return []
    return [moved for r in readings if r.last < reported.first for moved in _in_another_year(r, 1)]


def _in_another_year(days: DateRange, years: int) -> Iterator[DateRange]:
    """The same days of a year before or after, unless it lacks one of them."""
    with suppress(ValueError):
        yield DateRange(
            days.first.replace(year=days.first.year + years), days.last.replace(year=days.last.year + years)
        )


def read_page(
    page: Page, links: Links, statements: Sequence[Statement], pack: DomainPack
) -> list[MeetingMention]:
    """Mentions of one page; see `PageReader.read`."""
    return PageReader(page, links, statements, pack, load_cues(pack.reference)).read()
