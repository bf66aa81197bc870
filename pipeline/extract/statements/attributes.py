"""Where and to whom something was said, read off the words of attribution; `days` reads when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from pipeline.extract.statements.cues import ChannelWords, Speech
from pipeline.extract.statements.days import MAX_CLIMB, said_on, sentence_of
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import Line, end_of
from pipeline.extract.statements.phrases import phrase_span
from pipeline.extract.statements.state import Discourse, Speaker
from pipeline.model import Block, DateBasis, DateRange, Page
from pipeline.text import any_of

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Circumstances:
    """Date, channel, audience of a statement; a None is what the text leaves open."""

    days: DateRange | None = None
    date_text: str | None = None
    basis: DateBasis = "unknown"
    channel: str | None = None
    told_to: str | None = None
    addressee: str | None = None
    is_document: bool = False

    def take(self, other: Circumstances) -> None:
        """Fill what is open from the same speaker's neighbouring statement."""
        if self.date_text is None and other.date_text is not None:
            self.days, self.date_text, self.basis = other.days, other.date_text, other.basis
        if self.channel is None and self.told_to is None:
            self.channel = other.channel
            if other.addressee is None:  # whom a speaker told one thing he need not have told the next
                self.told_to = other.told_to


class _Unit(Protocol):
    line: Line
    line_no: int
    sentence_no: int
    speaker: Speaker
    pieces: list[tuple[int, int]]
    cue: Token | None
    lemma: str | None
    addressee: Token | None


_DOCUMENT_CHANNELS = frozenset({"statement", "joint statement", "letter"})


def told_in(page: Page, block: Block) -> Circumstances:
    """When what a line tells was said, unless it says so itself: on the day of the report, or of its item."""
    told = page.told_of_past(block)
    if told is not None:
        return Circumstances(told.days, told.text, "explicit")
    report = page.report_range(block)
    return Circumstances(report, None, "unknown" if report is None else "document")


def circumstances(
    unit: _Unit,
    found: Circumstances,
    speakers: Speakers,
    state: Discourse,
    speech: Speech,
    within: tuple[int, int] | None = None,
) -> Circumstances:
    """Read date, channel and audience outside the content, in place of what `told_in` has found.

    Where what another says frames the unit, only a channel named `within` its clause is its own.
    """
    report = found.days
    line = unit.line
    region, offset = _region(unit)
    if region.strip():
        said = said_on(unit, region, offset, report, speech, partial(_is_actor, speakers, line))
        if said is not None:
            found.days, found.date_text, found.basis = said.days, said.text, said.basis
        own = region if within is None else _only(region, within[0] - offset, within[1] - offset)
        found.channel = _channel(own, offset, unit, speech)
        found.is_document = found.channel in _DOCUMENT_CHANNELS
    if found.channel is None:
        found.channel = _on_programme(unit) or _printed(unit, speakers)
    if found.channel is None and unit.addressee is None and _after_call(unit, speech):
        found.channel = "phone call"
    addressee = unit.addressee or _spoken_to(unit)
    if addressee is not None:
        _audience(found, addressee, unit, speakers, state)
    if found.told_to == unit.speaker.actor.name:
        found.told_to = found.addressee = None  # the parse takes the speaker for his own audience
    if found.channel == "press conference" and addressee is not None and addressee.lemma_ in _BRIEFINGS:
        found.told_to = None  # "told a late-night news conference": the channel is told
    return found


def _is_actor(speakers: Speakers, line: Line, token: Token) -> bool:
    return speakers.mention(token, line) is not None


_BRIEFINGS = frozenset({"conference", "briefing", "presser"})
_CALL = re.compile(
    r"\b(?:(?:phone|telephone) (?:call|conversation|talks?)|by (?:tele)?phone|over the phone|(?:tele)?phoned"
    r"|rang|dialled|dialed|held a call|on a call with|had a call with)\b",
    re.IGNORECASE,
)


def _after_call(unit: _Unit, speech: Speech) -> bool:
    """Whether the sentence before, in the same line, tells of a telephone call that this one is about."""
    words = next((c.verbs for c in speech.channels if c.channel == "phone call" and c.verbs), ())
    if unit.cue is None or unit.lemma not in words or unit.lemma in {"say", "tell", "call"}:
        return False
    number = unit.line.sentence_no(unit.cue.i)
    if number == 0:
        return False
    before = unit.line.sentences[number - 1]
    text = unit.line.text[before.start : before.end]
    return _CALL.search(text) is not None and not unit.line.quotes.overlapping(before.start, before.end)


def _spoken_to(unit: _Unit) -> Token | None:
    """The audience of "Speaking to reporters, X said" and "said in an interview with the Times"."""
    if unit.cue is None:
        return None
    for child in unit.cue.children:
        if child.dep_ == "advcl" and child.tag_ == "VBN" and child.lemma_ in _APPROACHED:
            agent = next((c for c in child.rights if c.dep_ in {"agent", "prep"} and c.lower_ == "by"), None)
            if agent is not None:
                asking = next((c for c in agent.children if c.dep_ == "pobj"), None)
                return asking if asking is not None and asking.lemma_.lower() not in _DEVICES else None
        if child.dep_ == "advcl" and child.lemma_ in {"speak", "talk"}:
            for preposition in child.rights:
                if preposition.lower_ in {"to", "with"}:
                    return next((c for c in preposition.children if c.dep_ == "pobj"), None)
        if child.dep_ == "prep" and child.lower_ in {"in", "during"}:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.lemma_.lower() in _HEARD:
                for preposition in (*noun.rights, *unit.cue.rights):
                    if preposition.lower_ in _HEARD[noun.lemma_.lower()] and preposition.i > noun.i:
                        return next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return None


_DEVICES = frozenset(
    {"phone", "telephone", "email", "e-mail", "mail", "text", "message"}
)  # "reached by phone"
_APPROACHED = frozenset({"contact", "reach", "approach", "ask", "interview"})  # "When contacted by the Times"
# Occasions, and the prepositions before who heard what was said there.
_HEARD = {"interview": frozenset({"to", "with", "for"}), "appearance": frozenset({"on"})}


def _region(unit: _Unit) -> tuple[str, int]:
    """The cue's sentence with the content blanked out, and where it begins in the line."""
    line = unit.line
    sentence = line.sentences[min(unit.sentence_no, len(line.sentences) - 1)]
    cue_sentence = line.sentence_at(unit.cue.i) if unit.cue is not None else sentence
    offset = cue_sentence.start
    pieces = [line.quotes.snap(s, e) for s, e in unit.pieces]
    return line.unquoted(offset, cue_sentence.end, pieces), offset


def _only(region: str, start: int, end: int) -> str:
    """The region with all blanked out but the characters from ``start`` to ``end``."""
    return " " * max(0, start) + region[max(0, start) : end] + " " * max(0, len(region) - end)


_Channels = tuple[tuple[re.Pattern[str], tuple[str, ...], ChannelWords], ...]


def _compile_channels(channels: Sequence[ChannelWords]) -> _Channels:
    """A pattern for each channel, and its phrases in lower case, in the order of the reference data."""
    compiled = []
    for words in channels:
        phrases = any_of(words.phrases)
        prepositions = "|".join(words.prepositions)
        opener = (
            ""
            if words.bare or not words.prepositions
            else rf"\b(?i:{prepositions})\s+(?:[\w’'\-.]+\s+){{0,4}}?"
        )
        flags = 0 if words.case_sensitive else re.IGNORECASE
        pattern = re.compile(rf"{opener}(?<!\w)(?:{phrases})(?!\w)", flags)
        compiled.append((pattern, tuple(phrase.lower() for phrase in words.phrases), words))
    return tuple(compiled)


_CHANNELS: dict[int, tuple[Speech, _Channels]] = {}


def _channel(region: str, offset: int, unit: _Unit, speech: Speech) -> str | None:
    """The channel that the words of attribution name, or that the verb implies."""
    known = _CHANNELS.get(id(speech))
    if known is None:
        known = _CHANNELS[id(speech)] = (speech, _compile_channels(speech.channels))
    lower = region.lower()
    relayed: str | None = None
    for pattern, phrases, words in known[1]:
        if not any(phrase in lower for phrase in phrases):
            continue
        match = pattern.search(region)
        if (
            match
            and (not words.verbs or _has_verb(unit, words.verbs))
            and not (words.channel in _HELD and _parted(unit, words.verbs, offset, match))
            and not _of_another(unit, offset + match.end())
            and not _names_event(region, match)
            and not (words.channel == "phone call" and _others_call(match[0], unit))
        ):
            if match[0].lower().startswith(_RELAYED):
                relayed = relayed or words.channel
                continue
            return words.channel
    if relayed is not None:
        return relayed
    return speech.verb_channels.get(unit.lemma or "") or _paper(unit)


def _on_programme(unit: _Unit) -> str | None:
    """An interview, where somebody speaks on a programme by its title: "said on “Meet the Nation” that"."""
    if unit.cue is None:
        return None
    for place in unit.cue.children:
        if place.lower_ != "on" or place.dep_ != "prep" or place.i + 1 >= len(place.doc):
            continue
        quote = unit.line.quotes.at(place.nbor().idx)
        if quote is None or quote.start != place.nbor().idx or quote.end - quote.start > _TITLE:
            continue
        words = unit.line.text[quote.start : quote.end].strip("“”\"‘’', ").split()
        outside = all(not s <= quote.start < e for s, e in unit.pieces)
        if words and words[0][0].isupper() and words[-1][0].isupper() and outside:
            return "interview"
    return None


_TITLE = 40  # characters


def _printed(unit: _Unit, speakers: Speakers) -> str | None:
    """An article of one's own: "wrote in the Gazette", "Writing in Delo, X said"."""
    if unit.cue is None or unit.speaker.actor.kind not in {"person", "group"}:
        return None
    writing = (c for c in unit.cue.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ == "write")
    verb = unit.cue if unit.cue.lemma_ == "write" else next(writing, None)
    places = (c for p in verb.rights if p.lower_ == "in" for c in p.children) if verb is not None else ()
    return "op-ed" if any(speakers.outlet(c, unit.line) is not None for c in places) else None


_RELAYED = (
    "according to",
    "as per",
    "per ",
)  # a readout tells what was said by another medium, if one is named


def _paper(unit: _Unit) -> str | None:
    """The channel that is itself said to say something: "the letter reads", "her email said"."""
    if unit.cue is None:
        return None
    subject = next((c for c in unit.cue.lefts if c.dep_ == "nsubj"), None)
    return _PAPERS.get(subject.lemma_.lower()) if subject is not None and subject.pos_ == "NOUN" else None


_PAPERS = {
    "letter": "letter",
    "email": "email",
    "e-mail": "email",
    "tweet": "X",
    "statement": "statement",
    "communique": "statement",
    "communiqué": "statement",
    "readout": "statement",
}


def _names_event(region: str, match: re.Match[str]) -> bool:
    """Whether a document only tells when something was said: "an hour after the release of the statement"."""
    before = region[: match.start()].split()
    return (
        match[0].lower().startswith("the ")
        and bool(before)
        and before[-1].lower() in {"of", "after", "before"}
    )


def _others_call(phrase: str, unit: _Unit) -> bool:
    """Whether a call is another's than the body's that tells of it: "In her call, the palace said she"."""
    own = {"his", "her"} & set(phrase.lower().split())
    return bool(own) and unit.speaker.actor.kind not in {"person", "anonymous"}


_HELD = frozenset({"speech"})  # channels told by the place where somebody speaks


def _parted(unit: _Unit, lemmas: Sequence[str], offset: int, match: re.Match[str]) -> bool:
    """Whether a comma parts a place from the verb of speaking before it: it is not where that was done.

    "Speaking to reporters, she said she had the support of the assembly".
    """
    line = unit.line
    verbs = [t for t in line.doc if t.lemma_ in lemmas and offset <= t.idx < offset + match.start()]
    return bool(verbs) and "," in line.text[end_of(verbs[-1]) : offset + match.start()]


def _of_another(unit: _Unit, end: int) -> bool:
    """Whether a channel's phrase belongs to a clause with another subject than the cue's."""
    cue = unit.cue
    if cue is None:
        return False
    token = next((t for t in reversed(sentence_of(cue, unit.line)) if t.idx < end), None)
    for _ in range(2 * MAX_CLIMB):
        if token is None or token == cue or token.head == token:
            break
        token = token.head
        if token.pos_ == "VERB" and token != cue:
            if token.dep_ == "relcl" and any(c.lower_ == "who" for c in token.lefts):
                return True  # "Roe, who rang him by phone on Monday, said"
            own = any(c.dep_ == "nsubj" for c in token.children)
            return (
                own
                and any(c.dep_ == "nsubj" for c in cue.children)
                and cue.dep_ in {"advcl", "relcl", "ccomp"}
            )
    return False


def _has_verb(unit: _Unit, lemmas: Sequence[str]) -> bool:
    line = unit.line
    sentence = (
        line.sentence_at(unit.cue.i)
        if unit.cue is not None
        else line.sentences[min(unit.sentence_no, len(line.sentences) - 1)]
    )
    return any(t.lemma_ in lemmas and not line.quoted(t) for t in line.doc[sentence.start_i : sentence.end_i])


_DAY_BEHIND = re.compile(r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")  # "the Senate committee Tuesday"


def _audience(found: Circumstances, head: Token, unit: _Unit, speakers: Speakers, state: Discourse) -> None:
    line, line_no = unit.line, unit.line_no
    if head.pos_ == "PRON" and head.lower_ in {
        "me",
        "us",
        "anyone",
        "everyone",
        "someone",
        "you",
        "him",
        "her",
        "them",
    }:
        resolved = (
            speakers.resolve(head, line, state, line_no) if head.lower_ in {"him", "her", "them"} else []
        )
        if not resolved or (head.lower_ == "them" and resolved[0].actor.kind in {"person", "anonymous"}):
            return
    outlet = speakers.outlet(head, line) if head.dep_ == "compound" else None
    if outlet is not None:
        found.told_to = outlet.name  # "told Delo rebels had left", where the parse joins the two
        return
    resolved = speakers.resolve(head, line, state, line_no)
    if resolved and resolved[0].via != "phrase":
        actor = resolved[0].actor
        actor = replace(actor, name=_DAY_BEHIND.sub("", actor.name))
        found.told_to = actor.name
        if actor.kind in {"person", "government", "institution", "group"}:
            found.addressee = actor.name
        return
    named = next(
        (
            m
            for m in (speakers.mention(t, line) for t in head.subtree)
            if m is not None and m.actor.kind == "media"
        ),
        None,
    )
    if named is not None:
        found.told_to = named.actor.name
        return
    start, end = phrase_span(head, line)
    # The parse may hang what was said on who heard it: "told a hearing | that they had left".
    said = min((s for s, _ in unit.pieces if start < s < end), default=end)
    name = line.text[start:said].rstrip()
    name = name.removesuffix(" that") if said < end else name
    name = name.split(" ", 1)[1] if name.lower().startswith(("the ", "a ", "an ")) and " " in name else name
    words = name.split()
    first = next((i for i, word in enumerate(words) if word[0].isupper()), 0)
    own = all(word[0].isupper() for word in words[first:]) and speakers.names_outlet(words[first:])
    found.told_to = " ".join(words[first:]) if own else name  # "the local Ennahar TV"
