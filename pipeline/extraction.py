"""Extraction over a corpus: what is known from earlier runs is taken from the store, the rest is read.

First every document's yield is made sure of, by whatever workers there are and in whatever order; then the
corpus steps gather them, always in the order of document_id. So the rows depend on the documents alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property

import numpy as np
import polars as pl

from pipeline.codec import (
    TABLES_OF_ROWS,
    ToldByAll,
    decode_told,
    document_digests,
    document_lines,
    document_of,
    encode_rows,
    encode_told,
    encode_told_of_group,
    frame_bytes,
    frame_of_bytes,
    frames_of,
    lines_by_document,
    pack,
    told_of,
    told_of_groups,
    unpack,
)
from pipeline.domain import DomainPack, load_domain
from pipeline.extract.meetings.evidence import Evidences
from pipeline.fingerprint import extraction_fingerprint, parse_fingerprint
from pipeline.guard import Guard
from pipeline.kept import FAILED, SOUND, KeptWork, Place, Result, Shares
from pipeline.model import Links, Page
from pipeline.nlp import PARSED_KINDS, load_model, unpack_parses
from pipeline.reading import TASK, Context, common_of, read_items
from pipeline.settings import Settings
from pipeline.store import Kind, Store
from pipeline.tables import rows
from pipeline.work.model import Item, Lost, Workers
from pipeline.yields import PAGE_READERS, Knowledge, PageReaders, link_page, parsed_pages, unread


class Extraction(KeptWork):
    """What the documents of one corpus yield; `make_sure` comes first, then the rest may be asked for.

    Attributes:
        pack: what the documents are read with.
        fingerprint: of all that rows depend on besides the documents.
    """

    task = TASK
    kinds = ("told", "rows")
    group_kind = "read_group"
    piece_kind = "read_piece"
    others = ("parse",)
    shares = Shares(characters=160_000, documents=64, least=10_000, a_worker=6)

    def __init__(
        self,
        documents: pl.DataFrame,
        blocks: pl.DataFrame,
        settings: Settings,
        store: Store,
        readers: PageReaders = PAGE_READERS,
        pack: DomainPack | None = None,
    ) -> None:
        """Look at the documents; nothing is read yet.

        Args:
            documents: rows of `documents`, `blocks` those of `blocks`.
            settings: model, pack, reference data, workers and limits.
            store: results of earlier runs, and where new ones go.
            readers: what reads pages; with other than the usual ones, pages are read in this process and
                nothing of it is kept.
            pack: in the place of the one that the settings name; treated like other readers.
        """
        self._usual = readers == PAGE_READERS and pack is None
        self._readers = readers
        self.pack = load_domain(settings) if pack is None else pack
        self._knowledge: Knowledge | None = None
        self._blocks = blocks
        self._parse_fingerprint = parse_fingerprint(settings.model)
        self._parse_keys: dict[str, str] = {}
        own = store if self._usual else Store(None)
        # Copies share paragraphs, which a worker parses once if they come to it together.
        near = pl.coalesce("duplicate_of", "document_id")
        self.fingerprint = extraction_fingerprint(settings)
        super().__init__(documents, self.fingerprint, settings, own, near)

    @cached_property
    def documents(self) -> pl.DataFrame:
        """The documents without their texts, in order of document_id."""
        return self._frame.drop("text").sort("document_id")

    @property
    def knowledge(self) -> Knowledge:
        """The pack with what follows from it."""
        if self._knowledge is None:
            self._knowledge = Knowledge.of(self.pack)
        return self._knowledge

    @cached_property
    def _evidences(self) -> Evidences:
        return Evidences(self.pack)

    def told(self) -> ToldByAll:
        """What corpus steps read of all documents, in order of document_id."""
        return told_of_groups(data for _, data in self._by_group(self._told))

    def frames(self) -> Iterator[dict[str, pl.DataFrame]]:
        """Rows of the tables that a document gives by itself, some documents at a time, in their order."""
        for _, data in self._by_group(self._rows):
            yield dict(zip(TABLES_OF_ROWS, map(frame_of_bytes, unpack(data)), strict=True))

    def statements(self) -> Iterator[pl.DataFrame]:
        """Rows of `statements` alone, as `frames` gives them."""
        at = TABLES_OF_ROWS.index("statements")
        for _, data in self._by_group(self._rows):
            yield frame_of_bytes(unpack(data)[at])

    def _told(self, places: Sequence[Place]) -> bytes:
        found = self._values("told", places)
        return encode_told_of_group((decode_told(found[place.key]) for place in places), self._evidences.of)

    def _rows(self, places: Sequence[Place]) -> bytes:
        found = self._values("rows", places)
        frames = frames_of(found[place.key] for place in places)
        return pack([frame_bytes(frames[name]) for name in TABLES_OF_ROWS])

    def pages(self) -> Iterator[tuple[Page, Links]]:
        """Documents with parses and mentions, one by one, for who asks about pages once more.

        Copies of a document come next to it. Parses come from the store; without one the page is parsed
        again. Documents that cannot be parsed are left out.
        """
        for number in range(self.n_chunks):
            chunk = self._chunk(number)
            lines = self._lines(number, chunk)
            known = self._parses(lines)
            for row, line in zip(rows("documents", chunk), lines, strict=True):
                _, blocks = document_of(line)
                packed = known.get(self._parse_key(line))
                if packed is not None:
                    page: Page | None = Page(row, blocks, unpack_parses(packed, row, blocks))
                else:
                    nlp = load_model(self._settings.model)
                    page, _ = next(parsed_pages([(row, blocks)], nlp, self._readers))
                if page is not None:
                    yield page, link_page(page, self.knowledge, self._readers)

    def _asked_for(self) -> Iterator[tuple[Kind, str]]:
        yield from super()._asked_for()
        for number in range(self.n_chunks):
            for line in self._lines(number, self._chunk(number)):
                yield "parse", self._parse_key(line)

    # --- reading ----------------------------------------------------------------------------------

    def _told_apart(self) -> Iterator[bytes]:
        return document_digests(self._frame, self._blocks)

    def _lines(self, number: int, chunk: pl.DataFrame) -> list[bytes]:
        return document_lines(chunk, self._slices.of(chunk))

    @cached_property
    def _slices(self) -> _Slices:
        return _Slices(self._blocks)

    def _common(self) -> bytes:
        return common_of(self._settings)

    def _items(self, names: Sequence[str], lines: Sequence[bytes]) -> Iterator[Item]:
        """A document goes along with its parses, if they are known."""
        known = self._parses(lines)
        for name, line in zip(names, lines, strict=True):
            key = self._parse_keys[name] = self._parse_key(line)
            yield line, known.get(key, b"")

    def _results(self, missing: Sequence[Place], workers: Workers | None) -> Generator[Result, None, None]:
        if self._usual:
            yield from super()._results(missing, workers)
            return
        context = Context(self._settings.model, self.knowledge, self._readers)
        for shard in self._shards(missing, 1):
            yield from zip(shard.names, read_items(context, shard.items), strict=True)

    def _keep(self, place: Place, result: Item | Lost) -> None:
        parse_key = self._parse_keys.pop(place.document_id)
        if isinstance(result, Lost):
            guard = Guard("parsing")
            guard.record(place.document_id, None, None, result.code, result.detail)
            found = unread(place.document_id, guard, f"{result.code}: {result.detail}")
            told, rows_, parses, state = encode_told(told_of(found)), encode_rows(found), b"", FAILED
            self.counts.lost += 1
        else:
            told, rows_, parses, state = result
            self.counts.read += 1
            self.counts.parsed += bool(parses)
        self._put([("told", place.key, told), ("rows", place.key, rows_)], state)
        if parses:
            self._put([("parse", parse_key, parses)], SOUND)

    def _parses(self, lines: Sequence[bytes]) -> dict[str, bytes]:
        return self._store.get("parse", [self._parse_key(line) for line in lines])

    def _parse_key(self, line: bytes) -> str:
        """A document's parses depend on the model and on the texts that are parsed."""
        document, blocks = document_of(line)
        digest = hashlib.sha256(self._parse_fingerprint.encode())
        for block in blocks:
            if block.kind in PARSED_KINDS:
                text = document.text[block.char_start : block.char_end].encode("utf-8", "surrogatepass")
                digest.update(f"\0{len(text)}\0".encode() + text)
        return digest.hexdigest()


class _Slices:
    """Blocks by document, without a sorted copy of them all."""

    def __init__(self, blocks: pl.DataFrame) -> None:
        self._blocks = blocks
        self._order, self._bounds = lines_by_document(blocks)

    def of(self, documents: pl.DataFrame) -> pl.DataFrame:
        """Blocks of some documents."""
        bounds = (self._bounds.get(name, (0, 0)) for name in documents["document_id"])
        own = [self._order[start:end] for start, end in bounds]
        return self._blocks[np.concatenate(own)] if own else self._blocks.clear()
