"""What one document yields: everything that is read off its page, by itself, under guard.

It depends on the document's row, its lines, the model, the reference data, the pack and the code, and on no
other document. What does need other documents (entities, meetings, keys between tables) is gathered later,
by `pipeline.gather`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pipeline.calibration import Calibration, calibrated, load_calibration
from pipeline.domain import DomainPack
from pipeline.extract.meetings import extract_meeting_mentions
from pipeline.extract.positions import extract_positions, with_issues
from pipeline.extract.statements import extract_statements
from pipeline.guard import Guard, Lines, Step
from pipeline.known import issue_rows, party_codes
from pipeline.model import (
    Block,
    Document,
    EntityMention,
    IssuePosition,
    Links,
    MeetingMention,
    Mention,
    Page,
    SetAsideRow,
    Statement,
)
from pipeline.nlp import endless_sentences, parse_blocks, parse_documents
from pipeline.resolve import link
from pipeline.resolve.entities import EntityCounts, counts_of, mention_rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def statements_with_issues(page: Page, links: Links, pack: DomainPack) -> list[Statement]:
    """Statements of a page with the issues that they name."""
    return with_issues(extract_statements(page, links, pack), [page], pack)


@dataclass(frozen=True, slots=True)
class PageReaders:
    """What reads a page; others can be put in their place."""

    parse: Callable[[Language, Document, Sequence[Block]], dict[int, Doc]] = parse_blocks
    link: Callable[[Page, DomainPack], Links] = link
    statements: Callable[[Page, Links, DomainPack], list[Statement]] = statements_with_issues
    meetings: Callable[[Page, Links, Sequence[Statement], DomainPack], list[MeetingMention]] = (
        extract_meeting_mentions
    )
    positions: Callable[[Page, Links, Sequence[Statement], DomainPack], list[IssuePosition]] = (
        extract_positions
    )


PAGE_READERS = PageReaders()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What all pages are read with."""

    pack: DomainPack
    keys: Mapping[str, Collection[str]]
    calibration: Calibration

    @classmethod
    def of(cls, pack: DomainPack) -> Knowledge:
        """The pack with what follows from it."""
        return cls(pack, pack_keys(pack), load_calibration(pack.reference))


@dataclass(frozen=True, slots=True)
class Yield:
    """What one document yields.

    Attributes:
        links: mentions of actors and places; empty if linking failed.
        entities: what the mentions add to entities, by the actor's key.
        mentions: rows of `entity_mentions`.
        statements: with what their extractor says of their speakers, known or not.
        meeting_mentions: not merged with those of other documents.
        set_aside: rows that were taken out, and steps that failed.
        failed: the steps that failed as a whole, with what they failed of.
    """

    document_id: str
    links: Links
    entities: Mapping[str, EntityCounts]
    mentions: tuple[EntityMention, ...]
    statements: tuple[Statement, ...]
    meeting_mentions: tuple[MeetingMention, ...]
    positions: tuple[IssuePosition, ...]
    set_aside: tuple[SetAsideRow, ...]
    failed: Mapping[Step, str]


def pack_keys(pack: DomainPack) -> dict[str, Collection[str]]:
    """Keys that the pack defines, by table; `parties` are the codes of parties."""
    return {"parties": party_codes(pack), "issues": {row.issue_id for row in issue_rows(pack)}}


def parsed_pages(
    documents: Sequence[tuple[Document, tuple[Block, ...]]], nlp: Language, readers: PageReaders
) -> Iterator[tuple[Page | None, Guard]]:
    """Parse documents one after the other; None for a page that cannot be parsed, told in its guard.

    The model reads the lines of several documents at once, which is faster and changes no parse. Where that
    fails, every document is parsed by itself, so that only the one that is at fault goes without.
    """
    together = parse_documents(nlp, documents) if readers.parse is parse_blocks else None
    for document, blocks in documents:
        guard = Guard("parsing")
        parses = None
        if together is not None:
            try:
                parses = next(together)
            except (OSError, MemoryError):
                raise
            except Exception:
                together = None
        if parses is None:
            parses = guard.attempt(document.document_id, None, partial(readers.parse, nlp, document, blocks))
        yield None if parses is None else Page(document, blocks, parses), guard


def read_page(
    page: Page, knowledge: Knowledge, readers: PageReaders = PAGE_READERS, parsing: Guard | None = None
) -> Yield:
    """Read a page: link its mentions, then read statements, mentions of meetings and positions.

    A step that fails gives nothing, and the others go on without it. Rows that do not keep the contract, or
    do not stand where they say, are left out.

    Raises:
        ParleyError, OSError, MemoryError: what is no page's own fault.
    """
    pack, known, lines = knowledge.pack, knowledge.keys, Lines(page)
    name = page.document.document_id
    linking, stating = Guard("linking"), Guard("statements")
    meeting, placing = Guard("meetings"), Guard("positions")

    for block_no, length in endless_sentences(page):
        detail = f"line {block_no}: {length} tokens without an end"
        linking.record(name, None, None, "sentence_too_long", detail)
    links = link_page(page, knowledge, readers, linking)

    said = stating.attempt(name, "statements", partial(readers.statements, page, links, pack)) or ()
    said = stating.keep("statements", said, known, lines)
    statements = calibrated(knowledge.calibration.statements, said)
    with_statements = dict(known) | {"statements": {statement.statement_id for statement in statements}}

    read = partial(readers.meetings, page, links, statements, pack)
    met = meeting.attempt(name, "meeting_mentions", read) or ()
    met = meeting.keep("meeting_mentions", met, with_statements, lines)

    stand = partial(readers.positions, page, links, statements, pack)
    placed = placing.attempt(name, "issue_positions", stand) or ()
    placed = placing.keep("issue_positions", placed, with_statements, lines)

    guards = [linking, stating, meeting, placing]
    return Yield(
        document_id=name,
        links=links,
        entities=counts_of(links.mentions),
        mentions=tuple(mention_rows(links.mentions)),
        statements=statements,
        meeting_mentions=calibrated(knowledge.calibration.meeting_mentions, met),
        positions=calibrated(knowledge.calibration.issue_positions, placed),
        set_aside=_rows([parsing, *guards] if parsing is not None else guards),
        failed={guard.step: told for guard in guards if (told := guard.failure) is not None},
    )


def link_page(
    page: Page, knowledge: Knowledge, readers: PageReaders = PAGE_READERS, guard: Guard | None = None
) -> Links:
    """The page's mentions, without those that do not stand where they say; empty if linking fails."""
    guard = Guard("linking") if guard is None else guard
    name = page.document.document_id
    found = guard.attempt(name, "entity_mentions", partial(readers.link, page, knowledge.pack))
    mentions = () if found is None else found.mentions
    kept = guard.keep("entity_mentions", mentions, knowledge.keys, Lines(page), _mention_key)
    return found if found is not None and len(kept) == len(mentions) else Links(tuple(kept))


def unread(document_id: str, parsing: Guard, failure: str | None = None) -> Yield:
    """What a document yields that could not be read; `failure` says why where the guard does not."""
    failed = failure if failure is not None else parsing.failure
    return Yield(
        document_id=document_id,
        links=Links(()),
        entities={},
        mentions=(),
        statements=(),
        meeting_mentions=(),
        positions=(),
        set_aside=parsing.set_aside(),
        failed={} if failed is None else {"parsing": failed},
    )


def _rows(guards: Iterable[Guard]) -> tuple[SetAsideRow, ...]:
    return tuple(row for guard in guards for row in guard.set_aside())


def _mention_key(mention: Mention) -> object:
    """Actors without a row in `entities` may stand at one place together."""
    own = mention.actor.entity_id
    return (mention.document_id, mention.char_start, mention.char_end, own) if own else object()


class Attempts:
    """Counts over all documents how often each step failed: one that always does is broken itself."""

    def __init__(self) -> None:
        self._tried: Counter[Step] = Counter()
        self._failed: Counter[Step] = Counter()
        self._last: dict[Step, str] = {}

    def add(self, failed: Mapping[Step, str]) -> None:
        """Take in one document's failures; a document that was not parsed tries no other step."""
        after: tuple[Step, ...] = ("linking", "statements", "meetings", "positions")
        self._tried.update(("parsing", *(() if "parsing" in failed else after)))
        self._failed.update(failed.keys())
        self._last.update(failed)

    def broken(self) -> tuple[Step, str] | None:
        """The first step that failed on every document of several, with the last error; else None."""
        for step, n in self._failed.items():
            if n > 1 and n == self._tried[step]:
                return step, self._last[step]
        return None
