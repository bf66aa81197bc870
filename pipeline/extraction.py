"""Extraction over a corpus: what is known from earlier runs is taken from the store, the rest is read.

First every document's yield is made sure of, by whatever workers there are and in whatever order; then the
corpus steps gather them, always in the order of document_id. So the rows depend on the documents alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from pipeline.codec import (
    Told,
    decode_told,
    document_lines,
    document_of,
    encode_rows,
    encode_told,
    frames_of,
)
from pipeline.domain import DomainPack, load_domain
from pipeline.fingerprint import extraction_fingerprint, parse_fingerprint
from pipeline.guard import Guard
from pipeline.model import Links, Page
from pipeline.nlp import PARSED_KINDS, load_model, unpack_parses
from pipeline.reading import FAILED, TASK, Context, common_of, read_items
from pipeline.settings import Settings
from pipeline.store import Kind, Store, StoreError
from pipeline.tables import rows
from pipeline.work.choose import workers_for
from pipeline.work.model import Item, Lost, Shard, Workers
from pipeline.work.settle import settle
from pipeline.yields import PAGE_READERS, Knowledge, PageReaders, link_page, parsed_pages, unread

CHUNK: Final = 500
"""Documents whose rows are in memory at once."""
_SHARD_DOCUMENTS: Final = 64
_SHARD_CHARACTERS: Final = 160_000
_LEAST_CHARACTERS: Final = 10_000
_SHARDS_A_WORKER: Final = 6

Progress = Callable[[int, int], None]
"""Told how many of how many documents are read, as they come."""


@dataclass(slots=True)
class Counts:
    """What a run had to do: documents in all, taken from the store, read anew, of these parsed anew, lost."""

    documents: int = 0
    stored: int = 0
    read: int = 0
    parsed: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: its name, the key of what it yields, its length, its chunk."""

    document_id: str
    key: str
    characters: int
    chunk: int


@dataclass(slots=True)
class _Transient:
    """Results that are used now and not kept: of documents on which a step failed or a worker died."""

    told: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, bytes] = field(default_factory=dict)


class Extraction:
    """What the documents of one corpus yield; `make_sure` comes first, then the rest may be asked for.

    Attributes:
        counts: what there was to do.
    """

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
        self.counts = Counts(documents=documents.height)
        self.documents = documents.sort("document_id")
        self._blocks = _Slices(self.documents, blocks)
        self._settings = settings
        self._usual = readers == PAGE_READERS and pack is None
        self._store = store if self._usual else Store(None)
        self._readers = readers
        self.pack = load_domain(settings) if pack is None else pack
        self._knowledge: Knowledge | None = None
        self._transient = _Transient()
        fingerprint = extraction_fingerprint(settings)
        self._parse_fingerprint = parse_fingerprint(settings.model)
        self._places: list[Place] = []
        for number in range(self.n_chunks):
            chunk, lines = self._chunk(number)
            for name, length, line in zip(
                chunk["document_id"], chunk["text"].str.len_chars(), lines, strict=True
            ):
                self._places.append(Place(name, key_of(fingerprint, line), length, number))

    @property
    def n_chunks(self) -> int:
        """How many chunks the rows come in."""
        return -(-self.documents.height // CHUNK)

    @property
    def knowledge(self) -> Knowledge:
        """The pack with what follows from it."""
        if self._knowledge is None:
            self._knowledge = Knowledge.of(self.pack)
        return self._knowledge

    def make_sure(self, workers: Workers | None = None, tell: Progress | None = None) -> Counts:
        """Read what the store does not know; results are kept as they come, so a killed run goes on here.

        Args:
            workers: who reads; chosen by the settings and by how much there is to read, if None.
            tell: is told of the progress.

        Raises:
            WorkError: what stops the work is no document's own fault.
        """
        missing = self._missing()
        self.counts.stored = len(self._places) - len(missing)
        self._work(missing, workers, tell)
        return self.counts

    def told(self) -> Iterator[tuple[str, Told]]:
        """What corpus steps read of each document, in order of document_id."""
        for places in self._by_chunk():
            found = self._values("told", places, self._transient.told)
            for place in places:
                yield place.document_id, decode_told(found[place.key])

    def frames(self) -> Iterator[dict[str, pl.DataFrame]]:
        """Rows of the tables that a document gives by itself, chunk by chunk, in the contract's order."""
        for places in self._by_chunk():
            found = self._values("rows", places, self._transient.rows)
            yield frames_of(found[place.key] for place in places)

    def pages(self) -> Iterator[tuple[Page, Links]]:
        """Documents with parses and mentions, one by one, for who asks about pages once more.

        Parses come from the store; without one the page is parsed again. Documents that cannot be parsed are
        left out.
        """
        for number in range(self.n_chunks):
            chunk, lines = self._chunk(number)
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

    def prune(self) -> int:
        """Forget results of which the store has too many and that this corpus does not ask for; how many."""

        def used() -> Iterator[tuple[Kind, str]]:
            for place in self._places:
                yield "told", place.key
                yield "rows", place.key
            for number in range(self.n_chunks):
                for line in self._chunk(number)[1]:
                    yield "parse", self._parse_key(line)

        return self._store.prune(used)

    # --- reading ----------------------------------------------------------------------------------

    def _missing(self) -> list[Place]:
        keys = [place.key for place in self._places]
        known = self._store.known("told", keys) & self._store.known("rows", keys)
        return [place for place in self._places if place.key not in known]

    def _work(
        self, missing: Sequence[Place], workers: Workers | None = None, tell: Progress | None = None
    ) -> None:
        if not missing:
            return
        by_name = {place.document_id: place for place in missing}
        parse_keys: dict[str, str] = {}
        try:
            for done, (name, result) in enumerate(self._read(missing, workers, parse_keys), 1):
                self._keep(by_name[name], parse_keys.pop(name, ""), result)
                if tell is not None:
                    tell(done, len(missing))
        finally:
            self._store.commit()

    def _read(
        self, missing: Sequence[Place], workers: Workers | None, parse_keys: dict[str, str]
    ) -> Iterator[tuple[str, Item | Lost]]:
        characters = sum(place.characters for place in missing)
        if not self._usual:
            context = Context(self._settings.model, self.knowledge, self._readers)
            for shard in self._shards(missing, characters, parse_keys):
                yield from zip(shard.names, read_items(context, shard.items), strict=True)
            return
        common = common_of(self._settings)
        if workers is not None:
            shards = self._shards(missing, characters // max(1, workers.parallel), parse_keys)
            yield from settle(workers, TASK, common, shards)
            return
        with workers_for(self._settings, characters) as own:
            shards = self._shards(missing, characters // max(1, own.parallel), parse_keys)
            yield from settle(own, TASK, common, shards)

    def _shards(
        self, missing: Sequence[Place], characters: int, parse_keys: dict[str, str]
    ) -> Iterator[Shard]:
        """Documents in groups of about the same length, several for each worker; parses go along."""
        limit = min(_SHARD_CHARACTERS, max(_LEAST_CHARACTERS, characters // _SHARDS_A_WORKER))
        items: list[Item] = []
        names: list[str] = []
        size = 0
        wanted: dict[int, list[Place]] = {}
        for place in missing:
            wanted.setdefault(place.chunk, []).append(place)
        for number, places in sorted(wanted.items()):
            chunk, lines = self._chunk(number)
            by_name = dict(zip(chunk["document_id"], lines, strict=True))
            known = self._parses([by_name[place.document_id] for place in places])
            for place in places:
                line = by_name[place.document_id]
                key = parse_keys[place.document_id] = self._parse_key(line)
                if items and (size + place.characters > limit or len(items) == _SHARD_DOCUMENTS):
                    yield Shard(tuple(items), tuple(names))
                    items, names, size = [], [], 0
                items.append((line, known.get(key, b"")))
                names.append(place.document_id)
                size += place.characters
        if items:
            yield Shard(tuple(items), tuple(names))

    def _keep(self, place: Place, parse_key: str, result: Item | Lost) -> None:
        if isinstance(result, Lost):
            guard = Guard("parsing")
            guard.record(place.document_id, None, None, result.code, result.detail)
            found = unread(place.document_id, guard, f"{result.code}: {result.detail}")
            self._transient.told[place.key] = encode_told(found)
            self._transient.rows[place.key] = encode_rows(found)
            self.counts.lost += 1
            return
        told, rows_, parses, state = result
        self.counts.read += 1
        self.counts.parsed += bool(parses)
        entries: list[tuple[Kind, str, bytes]] = [("parse", parse_key, parses)] if parses else []
        if state == FAILED:
            self._transient.told[place.key], self._transient.rows[place.key] = told, rows_
        else:
            entries += [("told", place.key, told), ("rows", place.key, rows_)]
        self._store.put(entries)

    # --- values -----------------------------------------------------------------------------------

    def _values(
        self, kind: Kind, places: Sequence[Place], transient: Mapping[str, bytes]
    ) -> Mapping[str, bytes]:
        """Values by key; what turns out to be damaged is read anew."""
        keys = [place.key for place in places if place.key not in transient]
        found = self._store.get(kind, keys)
        if len(found) < len(set(keys)):
            self._work([place for place in places if place.key not in found and place.key not in transient])
            found = self._store.get(kind, keys)
        whole = {**found, **{place.key: transient[place.key] for place in places if place.key in transient}}
        if any(place.key not in whole for place in places):
            raise StoreError("store_unusable", "The store does not give back what it was given.")
        return whole

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

    def _by_chunk(self) -> Iterator[list[Place]]:
        return (self._places[i : i + CHUNK] for i in range(0, len(self._places), CHUNK))

    def _chunk(self, number: int) -> tuple[pl.DataFrame, list[bytes]]:
        chunk = self.documents.slice(number * CHUNK, CHUNK)
        return chunk, document_lines(chunk, self._blocks.of(number))


class _Slices:
    """Blocks by chunk of documents."""

    def __init__(self, documents: pl.DataFrame, blocks: pl.DataFrame) -> None:
        own = blocks.join(documents.select("document_id"), on="document_id", how="semi")
        self._blocks = own.sort("document_id", "block_no", "block_id")
        numbers = documents.select("document_id").with_row_index("at")
        counted = numbers.join(
            self._blocks.group_by("document_id").len(), on="document_id", how="left", maintain_order="left"
        )
        ends = counted["len"].fill_null(0).cum_sum().to_list()
        self._bounds = [0, *(ends[min(i, len(ends)) - 1] for i in range(CHUNK, len(ends) + CHUNK, CHUNK))]

    def of(self, number: int) -> pl.DataFrame:
        """Blocks of the documents of one chunk."""
        start, end = self._bounds[number], self._bounds[number + 1]
        return self._blocks.slice(start, end - start)


def key_of(fingerprint: str, line: bytes) -> str:
    """Key of what a document gives: of the document as a line, and of all else that it depends on."""
    return hashlib.sha256(fingerprint.encode() + b"\0" + line).hexdigest()
