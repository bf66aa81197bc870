"""Short posts whose source stands apart: "18:30 Army: two soldiers hurt" and "... crossed back – NNA"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import FINITE, Line, trim
from pipeline.extract.statements.state import Discourse, Speaker
from pipeline.extract.statements.units import Unit
from pipeline.model import Actor, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_LABEL = 14  # tokens before the colon
_MAX_SOURCE = 5  # tokens after the dash
_UNKNOWN_LABEL = 3  # tokens of a label that no link knows
_MIN_WORDS = 3
_ACRONYM = 6  # letters
_DASH = re.compile(r"\s[–—-]\s(?=[^–—]{2,40}$)")
_SPEAKING = frozenset({"person", "institution", "group", "media", "anonymous"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "CARDINAL"})


@dataclass(frozen=True, slots=True)
class Posted:
    """A post's source, the span of what it says, and the words that name the source (offsets)."""

    speaker: Speaker
    span: tuple[int, int]
    segment: tuple[int, int]
    rule: str


def add_posted(
    line: Line, number: int, own: list[Unit], speakers: Speakers, state: Discourse, speech: Speech
) -> list[Unit]:
    """Units with the source that a post's label or its end names: the speaker, or who reports him."""
    for post in find_posted(line, line.stamped, speakers, speech):
        told = [u for u in own if u.start < post.span[1] and post.span[0] < u.end]
        for unit in told:
            if post.speaker.actor.kind in {"media", "institution"} and unit.speaker.key != post.speaker.key:
                unit.reporter = unit.reporter or post.speaker.actor
        if told:
            continue
        first = next(t for t in line.doc if t.idx + len(t) > post.span[0])
        where = line.sentence_no(first.i)
        own.append(
            Unit(line, number, where, post.speaker, [post.span], post.rule, None, None, [post.segment])
        )
        state.spoke(post.speaker, number, None, first.i, [post.span])
    return own


def find_posted(line: Line, feed: bool, speakers: Speakers, speech: Speech) -> list[Posted]:
    """The source that opens a post with a colon or closes it after a dash.

    `feed`: the line has a time of its own; elsewhere only a known outlet after the dash counts.
    """
    found = [_closing(line, feed, speakers)]
    if feed:
        found.append(_opening(line, speakers, speech))
    return [each for each in found if each is not None]


def _opening(line: Line, speakers: Speakers, speech: Speech) -> Posted | None:
    tokens = [t for t in line.doc if t.idx >= line.dateline][: _MAX_LABEL + 1]
    colon = next((n for n, t in enumerate(tokens) if t.text == ":"), None)
    if not colon or any(t.tag_ in FINITE or line.quoted(t) or t.text == "." for t in tokens[:colon]):
        return None
    label = tokens[:colon]
    after = tokens[colon].idx + 1
    quote = line.quotes.at(after + 1) if after + 1 < len(line.text) else None
    if (quote is not None and quote.start == after + 1) or label[0].lower_ in speech.topic_openers:
        return None
    follow = tokens[colon].i + 1
    if follow >= len(line.doc):
        return None
    span = trim(line, after, _sentence_end(line, follow))
    speaker = _named(label, line, speakers)
    if span is None or speaker is None or len(line.text[slice(*span)].split()) < _MIN_WORDS:
        return None
    return Posted(speaker, span, (label[0].idx, after), "post_label")


def _sentence_end(line: Line, i: int) -> int:
    """End of the sentence around token ``i``, past the full stop of a title ("Maj. Gen. Roe stepped in")."""
    number = line.sentence_no(i)
    while number + 1 < len(line.sentences) and _TITLE.search(line.text[: line.sentences[number].end]):
        number += 1
    return line.sentences[number].end


_TITLE = re.compile(
    r"(?:^|\s)(?:Maj|Gen|Col|Lt|Capt|Brig|Adm|Sgt|Cmdr|Dr|Mr|Mrs|Ms|St|Rep|Sen|Gov|Prof|Hon)\.$"
)


def _closing(line: Line, feed: bool, speakers: Speakers) -> Posted | None:
    dash = next(iter(_DASH.finditer(line.text)), None)
    if dash is None or line.quotes.at(dash.end()) is not None:
        return None
    tokens = [t for t in line.doc if t.idx >= dash.end()]
    if not tokens or len(tokens) > _MAX_SOURCE or not all(_capital(t) for t in tokens if t.is_alpha):
        return None
    mention = speakers.mention(tokens[-1], line) or speakers.mention(tokens[0], line)
    speaker = None
    if mention is not None and (
        mention.actor.kind == "media" or (feed and mention.actor.kind == "institution")
    ):
        speaker = Speaker(mention.actor, dash.end(), len(line.text), mention.confidence, "label")
    elif (
        feed
        and (mention is None or _of_one_word(mention))
        and (tokens[0].is_upper or not any(t.ent_type_ in _PLACES for t in tokens))
    ):
        speaker = _unknown(tokens)
    span = trim(line, line.dateline, dash.start())
    if speaker is None or span is None or len(line.text[slice(*span)].split()) < _MIN_WORDS:
        return None
    return Posted(speaker, span, (dash.start(), len(line.text)), "post_source")


def _named(label: list[Token], line: Line, speakers: Speakers) -> Speaker | None:
    """The person of a label, else its last body, else the label itself where it is a name."""
    mentions = [m for m in (speakers.mention(t, line) for t in label) if m is not None]
    people = [
        m for m in mentions if m.actor.kind == "person" and m.resolution != "pronoun" and not _of_one_word(m)
    ]
    bodies = [m for m in mentions if m.actor.kind in _SPEAKING - {"person"}]
    chosen = people[0] if people else bodies[-1] if bodies else None
    if chosen is not None:
        base = line.block.char_start
        return Speaker(
            chosen.actor, chosen.char_start - base, chosen.char_end - base, chosen.confidence, "label"
        )
    if (
        any(not _of_one_word(m) for m in mentions)
        or len(label) > _UNKNOWN_LABEL
        or any(t.ent_type_ in _PLACES for t in label)
    ):
        return None
    shouted = any(t.is_upper and len(t) > _ACRONYM for t in label)
    if shouted or not all(_capital(t) for t in label if t.is_alpha) or len(label[0].text) < _MIN_WORDS:
        return None  # "ADVERTISEMENT:" is nobody
    return _unknown(label)


def _of_one_word(mention: Mention) -> bool:
    """Whether a person goes by one word that nothing else in the page fills up: as likely a body's name."""
    return mention.actor.kind == "person" and " " not in mention.actor.name


def _unknown(tokens: list[Token]) -> Speaker:
    """A source that no link knows, by its own name."""
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    name = tokens[0].doc.text[start:end].rstrip(".")
    return Speaker(Actor(f"institution:{name.lower()}", name, "institution", None), start, end, 0.6, "label")


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() or "-" in token.text or token.dep_ == "punct"
