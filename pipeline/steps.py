"""The steps of extraction over pages, guarded: the one form in which Dagster and `pipeline.run` run them.

Each takes pages one by one, so that a large corpus never lies decoded whole, and gives its rows with what was
set aside on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.calibration import calibrated, load_calibration
from pipeline.clean import Cleaned, clean_corpus
from pipeline.domain import DomainPack
from pipeline.errors import ParleyError, Reason
from pipeline.extract.meetings import Merged, extract_meeting_mentions, merge_meetings
from pipeline.extract.positions import extract_positions, with_issues
from pipeline.extract.statements import extract_statements
from pipeline.guard import Guard, Lines, described
from pipeline.ingest import RawDocument
from pipeline.keys import known_holders, known_participants, known_speakers
from pipeline.known import issue_rows, party_codes
from pipeline.model import (
    Block,
    Document,
    Entity,
    EntityMention,
    IssuePosition,
    Links,
    MeetingMention,
    Mention,
    Page,
    Quarantined,
    SetAsideRow,
    Statement,
)
from pipeline.nlp import parse_blocks
from pipeline.reader.config import ReaderSettings
from pipeline.resolve import entity_rows, link
from pipeline.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def statements_with_issues(page: Page, links: Links, pack: DomainPack) -> list[Statement]:
    """Statements of a page with the issues that they name."""
    return with_issues(extract_statements(page, links, pack), [page], pack)


@dataclass(frozen=True, slots=True)
class Extractors:
    """What reads parsed pages; others can be put in their place."""

    parse: Callable[[Language, Document, Sequence[Block]], dict[int, Doc]] = parse_blocks
    link: Callable[[Page, DomainPack], Links] = link
    statements: Callable[[Page, Links, DomainPack], list[Statement]] = statements_with_issues
    meetings: Callable[[Page, Links, Sequence[Statement], DomainPack], list[MeetingMention]] = (
        extract_meeting_mentions
    )
    positions: Callable[[Page, Links, Sequence[Statement], DomainPack], list[IssuePosition]] = (
        extract_positions
    )
    clean: Callable[[Sequence[RawDocument], Settings], Cleaned] = clean_corpus


EXTRACTORS = Extractors()


@dataclass(frozen=True, slots=True)
class Linked:
    """Links of each page, in the pages' order, and what they give."""

    links: tuple[Links, ...]
    entities: tuple[Entity, ...]
    entity_mentions: tuple[EntityMention, ...]
    set_aside: tuple[SetAsideRow, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """Statements of all pages."""

    statements: tuple[Statement, ...]
    set_aside: tuple[SetAsideRow, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """Mentions of meetings on all pages, merged."""

    merged: Merged
    set_aside: tuple[SetAsideRow, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Positions of all pages."""

    positions: tuple[IssuePosition, ...]
    set_aside: tuple[SetAsideRow, ...]
    reader: Mapping[str, Any] = field(default_factory=dict)
    """What the reader was asked and answered, if there is one."""


def clean_documents(
    raw: Sequence[RawDocument], settings: Settings, extractors: Extractors = EXTRACTORS
) -> Cleaned:
    """Clean all documents; those on which cleaning fails are refused, and the others go on without them."""
    try:
        return extractors.clean(raw, settings)
    except (ParleyError, OSError, MemoryError):
        raise
    except Exception:
        refused = [(item, error) for item in raw if (error := _cleaning_error(item, settings, extractors))]
        if not refused:
            raise  # no document's own fault
    bad = {item.document_id for item, _ in refused}
    cleaned = extractors.clean([item for item in raw if item.document_id not in bad], settings)
    added = tuple(
        Quarantined(
            item.source_file, item.sha256, Reason.NOT_CLEANED.value, described(error), item.ingested_at
        )
        for item, error in refused
    )
    return replace(cleaned, quarantine=(*cleaned.quarantine, *added))


def _cleaning_error(item: RawDocument, settings: Settings, extractors: Extractors) -> Exception | None:
    try:
        extractors.clean([item], settings)
    except (ParleyError, OSError, MemoryError):
        raise
    except Exception as error:
        return error
    return None


def link_pages(pages: Iterable[Page], pack: DomainPack, extractors: Extractors = EXTRACTORS) -> Linked:
    """Link every page; mentions that do not stand where they say are left out before entities are counted."""
    guard = Guard("linking")
    known = _pack_keys(pack)
    links = []
    for page in pages:
        found = guard.attempt(
            page.document.document_id, "entity_mentions", partial(extractors.link, page, pack)
        )
        mentions = () if found is None else found.mentions
        kept = guard.keep("entity_mentions", mentions, known, Lines(page), _mention_key)
        links.append(found if found is not None and len(kept) == len(mentions) else Links(tuple(kept)))
    entities, rows = entity_rows(links)
    sound = guard.keep("entities", entities, known)
    ids = {entity.entity_id for entity in sound}
    # Linking has looked at their places; here only what an entity left out takes with it.
    counted = Guard("linking")
    kept_rows = counted.keep("entity_mentions", rows, {"entities": ids})
    return Linked(tuple(links), tuple(sound), tuple(kept_rows), (*guard.set_aside(), *counted.set_aside()))


def _mention_key(mention: Mention) -> object:
    """Actors without a row in `entities` may stand at one place together."""
    own = mention.actor.entity_id
    return (mention.document_id, mention.char_start, mention.char_end, own) if own else object()


def state_pages(
    pages: Iterable[Page],
    links: Mapping[str, Links],
    entity_ids: Collection[str],
    pack: DomainPack,
    extractors: Extractors = EXTRACTORS,
) -> Stated:
    """Read the statements of every page; one that has no `links` (by document) mentions nobody."""
    guard = Guard("statements")
    known = _pack_keys(pack)
    kept: list[Statement] = []
    for page in pages:
        own = links.get(page.document.document_id, Links(()))
        read = partial(extractors.statements, page, own, pack)
        found = known_speakers(guard.attempt(page.document.document_id, "statements", read) or (), entity_ids)
        kept += guard.keep("statements", found, known, Lines(page))
    return Stated(calibrated(load_calibration(pack.reference).statements, kept), guard.set_aside())


def meet_pages(
    pages: Iterable[Page],
    links: Mapping[str, Links],
    statements: Iterable[Statement],
    entity_ids: Collection[str],
    pack: DomainPack,
    extractors: Extractors = EXTRACTORS,
) -> Met:
    """Read the mentions of meetings on every page and merge them into occasions over all pages."""
    guard = Guard("meetings")
    known = _pack_keys(pack)
    said = _by_document(statements)
    mentions: list[MeetingMention] = []
    undecoded = []
    for page in pages:
        own = links.get(page.document.document_id, Links(()))
        told = said.get(page.document.document_id, [])
        read = partial(extractors.meetings, page, own, told, pack)
        found = guard.attempt(page.document.document_id, "meeting_mentions", read) or ()
        mentions += guard.keep("meeting_mentions", found, known | _statement_keys(told), Lines(page))
        # Merging reads documents and blocks only; keeping the parses would keep the whole corpus in memory.
        undecoded.append(Page(page.document, page.blocks, {}))
    sure = calibrated(load_calibration(pack.reference).meeting_mentions, mentions)
    merged, set_aside = _merge(sure, undecoded, entity_ids, pack)
    return Met(merged, (*guard.set_aside(), *set_aside))


def _merge(
    mentions: Sequence[MeetingMention], pages: Sequence[Page], entity_ids: Collection[str], pack: DomainPack
) -> tuple[Merged, tuple[SetAsideRow, ...]]:
    guard = Guard("merging")
    known = _pack_keys(pack)
    merged = merge_meetings(mentions, pages, pack, guard)
    meetings = guard.keep("meetings", merged.meetings, known)
    ids = {"meetings": {meeting.meeting_id for meeting in meetings}}
    told = guard.keep("meeting_mentions", merged.mentions, known | ids)
    met = known_participants(merged.participants, entity_ids)
    people = guard.keep("meeting_participants", met, known | ids)
    return Merged(tuple(told), tuple(meetings), tuple(people)), guard.set_aside()


def place_pages(
    pages: Iterable[Page],
    links: Mapping[str, Links],
    statements: Iterable[Statement],
    entity_ids: Collection[str],
    pack: DomainPack,
    extractors: Extractors = EXTRACTORS,
) -> Placed:
    """Read the positions of every page on the pack's issues."""
    guard = Guard("positions")
    known = _pack_keys(pack)
    said = _by_document(statements)
    kept: list[IssuePosition] = []
    for page in pages:
        own = links.get(page.document.document_id, Links(()))
        told = said.get(page.document.document_id, [])
        read = partial(extractors.positions, page, own, told, pack)
        found = known_holders(
            guard.attempt(page.document.document_id, "issue_positions", read) or (), entity_ids
        )
        kept += guard.keep("issue_positions", found, known | _statement_keys(told), Lines(page))
    return Placed(calibrated(load_calibration(pack.reference).issue_positions, kept), guard.set_aside())


def ask_reader(
    pages: Iterable[Page],
    links: Mapping[str, Links],
    statements: Iterable[Statement],
    placed: Placed,
    entity_ids: Collection[str],
    pack: DomainPack,
    reader: ReaderSettings | None,
) -> Placed:
    """Join the positions of the rules with those of the reader; without one, they are as they were."""
    if reader is None:
        return placed
    from pipeline.reader.reading import metadata, read_pages

    read = read_pages(pages, links, statements, placed.positions, entity_ids, pack, reader, _pack_keys(pack))
    return Placed(read.positions, (*placed.set_aside, *read.set_aside), metadata(read.report))


def _pack_keys(pack: DomainPack) -> dict[str, Collection[str]]:
    """Keys that the pack defines."""
    return {"parties": party_codes(pack), "issues": {row.issue_id for row in issue_rows(pack)}}


def _statement_keys(told: Iterable[Statement]) -> dict[str, Collection[str]]:
    return {"statements": {statement.statement_id for statement in told}}


def _by_document(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.document_id, []).append(statement)
    return found
