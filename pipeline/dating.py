"""The dating of pages that give no date, over a corpus: what was worked out once need not be again.

A page is dated by what it says itself, which cleaning has found out, and by the occasions that other pages
date. Which of these match is looked at in every run. What follows from the matches, and what the page gives
to others once it is dated, is kept by the matches and by the range: a corpus that has grown reads again
only the pages of which it now knows more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.clean import CleanPage, clean_document, dated_page, undated_text
from pipeline.clean.reference import Knowledge
from pipeline.codec import (
    decode_draft,
    decode_gist,
    encode_gist,
    inferred_of,
    json_bytes,
    pack,
    plain_inferred,
    row_line,
    unpack,
)
from pipeline.dates.occasions import Match, Occasion
from pipeline.dates.publication import Draft, Gist, Inferred, ReadText
from pipeline.digests import text_digest
from pipeline.ingest import RawDocument
from pipeline.model import Block, DateRange, Document
from pipeline.store import Store
from pipeline.tables import polars_schema

NOT_OF_A_PAGE = ("source_file", "ingested_at", "text", "duplicate_of")
"""Columns of `documents` that do not come of a page's cleaning."""
_DOCUMENT = tuple(name for name in polars_schema("documents") if name not in NOT_OF_A_PAGE)
_BLOCK = tuple(polars_schema("blocks"))


@dataclass(frozen=True, slots=True)
class DatedPage:
    """What a page gives once it is dated: its row as a line of JSON, and a line for each of its blocks."""

    row: bytes
    lines: bytes


class KeptUndated:
    """An undated page of a corpus: read again only where the store does not know what is asked.

    Attributes:
        used: keys of the entries `dated` that were asked for.
    """

    def __init__(
        self,
        raw: RawDocument,
        key: str,
        draft: bytes,
        store: Store,
        knowledge: Callable[[], Knowledge],
    ) -> None:
        """Nothing is read yet.

        Args:
            raw: the document.
            key: of what its cleaning gives.
            draft: what cleaning has found it to say of its day.
            store: where results are kept.
            knowledge: reference data, asked for if the page must be read again.
        """
        self._raw = raw
        self._key = key
        self._store = store
        self._knowledge = knowledge
        self._draft = draft
        self._occasions: dict[DateRange, tuple[Occasion, ...]] = {}
        self.used: set[str] = set()

    @property
    def document_id(self) -> str:
        """Key of the document."""
        return self._raw.document_id

    @cached_property
    def draft(self) -> Draft:
        """What the page says by itself."""
        return decode_draft(self._draft)

    def inferred(self, matched: Sequence[Match]) -> Inferred:
        """Its range by its own cues and by its sentences that match other documents' occasions."""
        if not matched:
            return self.draft.first
        told = json_bytes([_plain_match(match) for match in matched])

        def made() -> bytes:
            return json_bytes(plain_inferred(self._text.inferred(matched)))

        found = self._recalled("inferred", told, made)
        return inferred_of(json.loads(found))

    def occasions(self, published: DateRange) -> Sequence[Occasion]:
        """What it dates for others if it was published in that range; nothing if that is too wide."""
        if published not in self._occasions:
            found = self._recalled(
                "occasions",
                json_bytes([published.first, published.last]),
                lambda: encode_gist(Gist(0, {}, tuple(self._text.occasions(published)))),
            )
            self._occasions[published] = decode_gist(found).occasions
        return self._occasions[published]

    def dated(self, inferred: Inferred) -> DatedPage:
        """The page as it is, dated so."""

        def made() -> bytes:
            page = dated_page(self._page, inferred)
            return pack([document_row(page.document), block_lines(page.blocks)])

        # The reasons decide nothing any more.
        told = json_bytes(plain_inferred(Inferred(inferred.published, inferred.basis, ())))
        return DatedPage(*unpack(self._recalled("dated", told, made)))

    def _recalled(self, what: str, told: bytes, make: Callable[[], bytes]) -> bytes:
        key = text_digest(self._key, what, told.decode("utf-8", "surrogatepass"))
        self.used.add(key)
        found = self._store.get("dated", [key]).get(key)
        if found is None:
            found = make()
            self._store.put([("dated", key, found)])
        return found

    @cached_property
    def _page(self) -> CleanPage:
        return clean_document(self._raw, self._knowledge())

    @cached_property
    def _text(self) -> ReadText:
        return ReadText(undated_text(self._page))


def document_row(document: Document) -> bytes:
    """What of a row of `documents` comes of the page's cleaning, as a line of JSON."""
    return row_line(document, _DOCUMENT)


def block_lines(blocks: Sequence[Block]) -> bytes:
    """Rows of `blocks` as lines of JSON."""
    return b"\n".join(row_line(block, _BLOCK) for block in blocks)


def _plain_match(match: Match) -> list[Any]:
    """All of a match that a cue is made of."""
    occasion = match.occasion
    return [
        match.sentence.text,
        match.sentence.is_lead,
        match.strength,
        match.words,
        occasion.document_id,
        occasion.days.first,
        occasion.days.last,
        occasion.reason,
    ]
