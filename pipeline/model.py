"""The values that stages hand to each other; those that become rows have the contract's column names.

Offsets are always 0-based half-open character offsets into `Document.text`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.ids import digest_id
from pipeline.text import on_one_line

if TYPE_CHECKING:
    from spacy.tokens import Doc

DateBasis = Literal["explicit", "relative", "document", "inferred", "unknown"]
BlockKind = Literal["title", "byline", "heading", "day_heading", "body", "boilerplate"]
ActorKind = Literal["person", "institution", "government", "group", "media", "anonymous"]
EntityKind = Literal["person", "institution", "government", "group", "media", "place"]
Resolution = Literal["name", "alias", "surname", "title", "metonym", "pronoun", "description"]
StatementForm = Literal["direct", "indirect", "mixed"]
MeetingForm = Literal["in_person", "phone", "video", "unknown"]
MeetingStatus = Literal["held", "ongoing", "scheduled", "proposed", "cancelled", "ruled_out"]
Stance = Literal["support", "oppose", "conditional", "open"]
PositionBasis = Literal["own", "reported"]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Inclusive days. An unknown date is None in place of a range, never a half-open one."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"range runs backwards: {self.first} > {self.last}")


@dataclass(frozen=True, slots=True)
class Document:
    """A row of `documents`."""

    document_id: str
    source_file: str
    publisher: str | None
    agency: str | None
    authors: tuple[str, ...]
    title: str | None
    published_from: dt.date | None
    published_to: dt.date | None
    published_basis: DateBasis
    format: Literal["article", "live_feed"]
    language: str
    url: str | None
    text: str
    n_words: int
    sha256: str
    duplicate_of: str | None
    ingested_at: dt.datetime

    @property
    def published(self) -> DateRange | None:
        if self.published_from is None or self.published_to is None:
            return None
        return DateRange(self.published_from, self.published_to)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row of `quarantine`."""

    source_file: str
    sha256: str | None
    reason: str
    detail: str
    first_seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Block:
    """A row of `blocks`: one non-blank line, without the white space around it."""

    block_id: str
    document_id: str
    block_no: int
    char_start: int
    char_end: int
    kind: BlockKind
    rule: str
    entry_no: int | None = None
    entry_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Days that a line of a chronology tells of, and the words that name them."""

    days: DateRange
    text: str


@dataclass(frozen=True)
class Page:
    """A cleaned document with its parses: what every extractor reads.

    `parses` holds one spaCy Doc for each block of kind title, heading or body, by `block_no`; its
    text is exactly the block's text, so token offsets plus `Block.char_start` are document offsets.
    """

    document: Document
    blocks: tuple[Block, ...]
    parses: Mapping[int, Doc]

    def text_of(self, block: Block) -> str:
        return self.document.text[block.char_start : block.char_end]

    def body(self) -> Iterator[tuple[Block, Doc]]:
        """Blocks of kind body with their parses, in reading order of the page."""
        for block in self.blocks:
            if block.kind == "body":
                yield block, self.parses[block.block_no]

    def entries(self) -> Iterator[list[tuple[Block, Doc]]]:
        """Body blocks grouped by entry of a live feed; an article is one group."""
        group: list[tuple[Block, Doc]] = []
        for block, doc in self.body():
            if group and group[-1][0].entry_no != block.entry_no:
                yield group
                group = []
            group.append((block, doc))
        if group:
            yield group

    @cached_property
    def chronicle(self) -> Mapping[int, Told]:
        """What days the lines of a chronology tell of, by `block_no`; empty if the page is none."""
        from pipeline.dates.chronicle import chronicle  # it reads dates, which are values of this module

        return chronicle(self)

    def in_items(self) -> Page:
        """The page with a number of its own for each day of a chronology, as the entries of a feed have one.

        For readers of what refers to what: "the conference" of another day is another one.
        """
        if not self.chronicle:
            return self
        numbers = {told: number for number, told in enumerate(dict.fromkeys(self.chronicle.values()))}
        blocks = (
            replace(block, entry_no=None if told is None else numbers[told])
            for block in self.blocks
            for told in (self.chronicle.get(block.block_no),)
        )
        return replace(self, blocks=tuple(blocks))

    def report_range(self, block: Block) -> DateRange | None:
        """Days on which what `block` says was reported: its entry's date, else the document's range.

        A line of a chronology speaks as of its own day, however long ago that was.
        """
        if block.entry_date is not None:
            return DateRange(block.entry_date, block.entry_date)
        told = self.told_of_past(block)
        return self.document.published if told is None else told.days

    def told_of_past(self, block: Block) -> Told | None:
        """The days of a line of a chronology that lie before the page's own; None for any other line."""
        told, published = self.chronicle.get(block.block_no), self.document.published
        ahead = told is None or (published is not None and told.days.first >= published.last)
        return None if ahead else told


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention refers to.

    `name` follows the gold guidelines: a person's usual full English name; an institution or group
    as the reference data or the text names it; an unnamed source's descriptor as written.
    `key` is equal for two mentions exactly if they are the same entity. `roles` are lower-case role
    nouns known of the actor here ("president", "spokesman"). `gender` is m, f or None. `official_name`
    is the name in `entities` where it differs from `name` ("Russia" of an actor written "the Kremlin").
    An actor `in_passing` is a set that only its sentence tells apart ("both sides", "his team").
    """

    key: str
    name: str
    kind: ActorKind | Literal["place"]
    party: str | None
    gender: Literal["m", "f"] | None = None
    roles: tuple[str, ...] = ()
    role_text: str | None = None
    wikidata_id: str | None = None
    official_name: str | None = None
    in_passing: bool = False

    @property
    def entity_id(self) -> str | None:
        """Key of the actor's row in `entities`; unnamed sources and actors in passing have none."""
        return None if self.kind == "anonymous" or self.in_passing else _entity_id(self.key)


@lru_cache(maxsize=65536)
def _entity_id(key: str) -> str:
    """A page names an actor many times."""
    return digest_id("ent", key)


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference to an actor in the text.

    `surface` is the text as it stands there, `head_i` the index of the mention's syntactic head token in the
    parse of its block, `start_i`/`end_i` the token span.
    """

    document_id: str
    block_no: int
    char_start: int
    char_end: int
    surface: str
    start_i: int
    end_i: int
    head_i: int
    actor: Actor
    resolution: Resolution
    confidence: float

    @property
    def words(self) -> str:
        """The surface, with a space for a line end in it."""
        return on_one_line(self.surface)


@dataclass(slots=True)
class Links:
    """All mentions of one page, in reading order, with look-up by token."""

    mentions: tuple[Mention, ...]
    _by_token: dict[tuple[int, int], Mention] = field(init=False, repr=False)
    _by_head: dict[tuple[int, int], Mention] = field(init=False, repr=False)
    _by_block: dict[int, list[Mention]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._by_token = {}
        self._by_head = {}
        # Longer mentions first, so that a token inside two of them belongs to the longer.
        for mention in sorted(self.mentions, key=lambda m: m.start_i - m.end_i):
            self._by_head.setdefault((mention.block_no, mention.head_i), mention)
            for i in range(mention.start_i, mention.end_i):
                self._by_token.setdefault((mention.block_no, i), mention)
        self._by_block = {}
        for mention in self.mentions:
            self._by_block.setdefault(mention.block_no, []).append(mention)

    def at(self, block_no: int, token_i: int) -> Mention | None:
        """The mention that covers the token, or None."""
        return self._by_token.get((block_no, token_i))

    def headed(self, block_no: int, token_i: int) -> Mention | None:
        """The mention whose head is the token, or None: use it to read a subject or an object."""
        return self._by_head.get((block_no, token_i))

    def within(self, block_no: int, start_i: int, end_i: int) -> list[Mention]:
        """Mentions that lie wholly inside the token span of the block, in reading order."""
        return [m for m in self.in_block(block_no) if start_i <= m.start_i and m.end_i <= end_i]

    def in_block(self, block_no: int) -> list[Mention]:
        """All mentions of the block, in reading order."""
        return self._by_block.get(block_no, [])


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of `statements`."""

    statement_id: str
    document_id: str
    block_id: str
    speaker_entity_id: str | None
    speaker_name: str
    speaker_kind: ActorKind
    speaker_text: str | None
    speaker_start: int | None
    speaker_end: int | None
    is_anonymous: bool
    party: str | None
    form: StatementForm
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    content: str
    content_start: int
    content_end: int
    quote: str | None
    addressee_name: str | None
    channel: str | None
    told_to: str | None
    reported_by: str | None
    stated_from: dt.date | None
    stated_to: dt.date | None
    stated_text: str | None
    stated_basis: DateBasis
    issues: tuple[str, ...]
    confidence: float
    rule: str
    repeats_statement_id: str | None = None
    communication_id: str = ""

    def __post_init__(self) -> None:
        """Until the corpus is known, a statement is a communication of its own, or that which it repeats."""
        if not self.communication_id:
            object.__setattr__(self, "communication_id", self.repeats_statement_id or self.statement_id)


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A row of `meeting_mentions`; `participant_keys` feeds `meeting_participants`."""

    mention_id: str
    meeting_id: str | None
    document_id: str
    block_id: str
    char_start: int
    char_end: int
    evidence: str
    participants: tuple[str, ...]
    parties: tuple[str, ...]
    place: str | None
    form: MeetingForm
    status: MeetingStatus
    date_from: dt.date | None
    date_to: dt.date | None
    date_text: str | None
    date_basis: DateBasis
    reported_on: dt.date | None
    statement_id: str | None
    merge_rule: str | None
    confidence: float
    rule: str
    participant_actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingParticipant:
    """A row of `meeting_participants`."""

    meeting_id: str
    entity_id: str | None
    name: str
    party: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A row of `meetings`: one real occasion, over all documents."""

    meeting_id: str
    label: str
    form: MeetingForm
    status: MeetingStatus
    date_from: dt.date | None
    date_to: dt.date | None
    date_basis: DateBasis
    place: str | None
    country: str | None
    parties: tuple[str, ...]
    n_mentions: int
    n_publishers: int
    first_reported: dt.date | None
    last_reported: dt.date | None
    confidence: float


@dataclass(frozen=True, slots=True)
class IssuePosition:
    """A row of `issue_positions`."""

    position_id: str
    document_id: str
    block_id: str
    actor_entity_id: str | None
    actor_name: str
    party: str | None
    issue_id: str
    stance: Stance
    condition: str | None
    basis: PositionBasis
    evidence: str
    char_start: int
    char_end: int
    as_of_from: dt.date | None
    as_of_to: dt.date | None
    statement_id: str | None
    reported_by: str | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of `entities`."""

    entity_id: str
    name: str
    kind: EntityKind
    party: str | None
    role: str | None
    aliases: tuple[str, ...]
    wikidata_id: str | None
    n_mentions: int


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A row of `entity_mentions`."""

    mention_id: str
    entity_id: str
    document_id: str
    char_start: int
    char_end: int
    surface: str
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row of `set_aside_rows`: a row, or all of a page's rows of a step, that was taken out."""

    set_aside_id: str
    document_id: str | None
    step: str
    table_name: str | None
    rule: str | None
    code: str
    detail: str
