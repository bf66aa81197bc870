"""Work over the documents of a corpus whose results are kept: what cleaning and extraction have in common.

What the store knows is taken from it; the rest is done by the workers, in shards, and kept as it comes, so
that a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar
from zlib import crc32

import polars as pl

from pipeline.digests import text_digest
from pipeline.fingerprint import source_digest
from pipeline.settings import Settings
from pipeline.store import Kind, Store, StoreError
from pipeline.work.choose import workers_for
from pipeline.work.model import Item, Lost, Shard, Workers
from pipeline.work.settle import settle

CHUNK: Final = 500
"""Documents that are looked at in one go."""
_GROUP: Final = 160
"""Documents of a group on the average: what the documents of one give together is kept, too."""

T = TypeVar("T")

SOUND, FAILED = b"sound", b"failed"
"""Last part of a result: whether all went well; what failed is used now and not kept."""

Result = tuple[str, Item | Lost]
"""The name of a document, and what came of it."""

Make = Callable[[Sequence[int]], Iterable[bytes]]
"""Makes parts of a whole, which are named by their places; gives them in that order."""

Recall = Callable[[str, Sequence[bytes], Make], list[bytes]]
"""All parts of a whole, in their order: those that were made of the same before are known from then.

It is told what they are made by (a digest of the code), what each of them depends on, and how they are made.
"""

Progress = Callable[[int, int], None]
"""Told how many of how many documents are done, as they come."""


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
    """Where a document stands: its name, the key of what it gives, its length, its chunk."""

    document_id: str
    key: str
    characters: int
    chunk: int


@dataclass(frozen=True, slots=True)
class Shares:
    """How documents are gathered into shards.

    Attributes:
        characters, documents: the most that a shard holds.
        least: characters that are not divided any further.
        a_worker: shards that each worker gets at least, so that none waits long for the others.
        speed: how many times faster than parsing the work is: another process pays off that much later.
    """

    characters: int
    documents: int
    least: int
    a_worker: int
    speed: int = 1

    def limit(self, characters: int, parallel: int) -> int:
        """Characters of a shard, if so many are to be spread over so many workers."""
        return min(self.characters, max(self.least, characters // max(1, parallel) // self.a_worker))


class KeptWork(ABC):
    """One kind of work over all documents; `make_sure` comes first, then results may be asked for.

    Attributes:
        counts: what there was to do.
    """

    task: ClassVar[str]
    """Where workers import the task from."""
    kinds: ClassVar[tuple[Kind, ...]]
    """The values of a document that the store must know, so that nothing is left to do for it."""
    group_kind: ClassVar[Kind]
    """Where the store keeps what groups of documents give together."""
    piece_kind: ClassVar[Kind]
    """Where it keeps pieces of what all documents give together."""
    others: ClassVar[tuple[Kind, ...]]
    """Values that are kept for this work besides."""
    shares: ClassVar[Shares]

    def __init__(
        self,
        frame: pl.DataFrame,
        fingerprint: str,
        settings: Settings,
        store: Store,
        near: pl.Expr | None = None,
    ) -> None:
        """Look at the documents; nothing is done yet.

        Args:
            frame: a row for each document, with `document_id` and `text`.
            fingerprint: of all that results depend on beside the document.
            settings: workers and limits.
            store: results of earlier runs, and where new ones go.
            near: documents with the same value are given to the same worker, if their shard has room.
        """
        self._frame = frame
        # A sorted copy would hold all texts a second time.
        by = pl.col("document_id") if near is None else near
        keys = frame.select(by.alias("near"), "document_id").with_row_index("at")
        self._order = keys.sort("near", "document_id")["at"]
        self._settings = settings
        self._store = store
        self._transient: dict[tuple[Kind, str], bytes] = {}
        self._used: set[tuple[Kind, str]] = set()
        self.counts = Counts(documents=frame.height)
        start = fingerprint.encode() + b"\0"
        names, lengths = frame["document_id"], frame["text"].str.len_chars()
        chunks = (self._order.arg_sort() // CHUNK).to_list()
        self._places = [
            Place(name, hashlib.sha256(start + told).hexdigest(), length, chunk)
            for name, length, chunk, told in zip(names, lengths, chunks, self._told_apart(), strict=True)
        ]
        self._places.sort(key=lambda place: place.document_id)
        self._groups = list(in_groups(self._places, lambda place: place.document_id, _GROUP))

    @property
    def n_chunks(self) -> int:
        """How many chunks the documents come in."""
        return -(-self._frame.height // CHUNK)

    def make_sure(self, workers: Workers | None = None, tell: Progress | None = None) -> Counts:
        """Do what the store does not know.

        Args:
            workers: who does it; chosen by the settings and by how much there is to do, if None.
            tell: is told of the progress.

        Raises:
            WorkError: what stops the work is no document's own fault.
        """
        keys = [place.key for place in self._places]
        known = set.intersection(*(self._store.known(kind, keys) for kind in self.kinds))
        missing = [place for place in self._places if place.key not in known]
        self.counts.stored = len(self._places) - len(missing)
        self._work(missing, workers, tell)
        return self.counts

    def prune(self) -> int:
        """Forget values of which the store has too many and that nobody has asked for here; how many."""
        return self._store.prune(
            (*self.kinds, self.group_kind, self.piece_kind, *self.others), self._asked_for
        )

    def _asked_for(self) -> Iterator[tuple[Kind, str]]:
        yield from self._used
        for place in self._places:
            for kind in self.kinds:
                yield kind, place.key

    # --- what each kind of work says of itself ------------------------------------------------------

    @abstractmethod
    def _told_apart(self) -> Iterable[bytes]:
        """Of each document of the frame, what tells it from all others that give something else."""

    @abstractmethod
    def _lines(self, number: int, chunk: pl.DataFrame) -> list[bytes]:
        """Documents of a chunk as the task reads them: all that their keys depend on."""

    @abstractmethod
    def _common(self) -> bytes:
        """First argument of the task."""

    @abstractmethod
    def _items(self, names: Sequence[str], lines: Sequence[bytes]) -> Iterator[Item]:
        """What the task is given for each document."""

    @abstractmethod
    def _keep(self, place: Place, result: Item | Lost) -> None:
        """Take in what came of a document."""

    # --- work -------------------------------------------------------------------------------------

    def _work(
        self, missing: Sequence[Place], workers: Workers | None = None, tell: Progress | None = None
    ) -> None:
        if not missing:
            return
        by_name = {place.document_id: place for place in missing}
        try:
            # Closed at once if this is stopped: a traceback that is kept would keep the workers, too.
            with closing(self._results(missing, workers)) as results:
                for done, (name, result) in enumerate(results, 1):
                    self._keep(by_name[name], result)
                    if tell is not None:
                        tell(done, len(missing))
        finally:
            self._store.commit()

    def _results(self, missing: Sequence[Place], workers: Workers | None) -> Generator[Result, None, None]:
        """What comes of each document, in any order."""
        if workers is None:
            characters = sum(place.characters for place in missing)
            with workers_for(self._settings, characters // self.shares.speed) as own:
                yield from self._results(missing, own)
            return
        yield from settle(workers, self.task, self._common(), self._shards(missing, workers.parallel))

    def _shards(self, missing: Sequence[Place], parallel: int) -> Iterator[Shard]:
        """Documents in groups of about the same length."""
        limit = self.shares.limit(sum(place.characters for place in missing), parallel)
        items: list[Item] = []
        names: list[str] = []
        size = 0
        for place, item in self._asked(missing):
            if items and (size + place.characters > limit or len(items) == self.shares.documents):
                yield Shard(tuple(items), tuple(names))
                items, names, size = [], [], 0
            items.append(item)
            names.append(place.document_id)
            size += place.characters
        if items:
            yield Shard(tuple(items), tuple(names))

    def _asked(self, missing: Sequence[Place]) -> Iterator[tuple[Place, Item]]:
        wanted: dict[int, dict[str, Place]] = {}
        for place in missing:
            wanted.setdefault(place.chunk, {})[place.document_id] = place
        for number, places in sorted(wanted.items()):
            chunk = self._chunk(number).filter(pl.col("document_id").is_in(list(places)))
            names = tuple(chunk["document_id"])
            items = self._items(names, self._lines(number, chunk))
            yield from zip((places[name] for name in names), items, strict=True)

    # --- values -----------------------------------------------------------------------------------

    def _put(self, entries: Sequence[tuple[Kind, str, bytes]], state: bytes) -> None:
        """Keep values if all went well, and for this run alone if something failed."""
        if state == FAILED:
            self._transient |= {(kind, key): value for kind, key, value in entries}
        else:
            self._store.put(entries)

    def _values(self, kind: Kind, places: Sequence[Place]) -> dict[str, bytes]:
        """Values by key; what turns out to be damaged is made anew."""
        found = self._known(kind, places)
        if lacking := [place for place in places if place.key not in found]:
            self._work(lacking)
            found |= self._known(kind, lacking)
        if any(place.key not in found for place in places):
            raise StoreError("store_unusable", "The store does not give back what it was given.")
        return found

    def _known(self, kind: Kind, places: Sequence[Place]) -> dict[str, bytes]:
        here = {p.key: self._transient[kind, p.key] for p in places if (kind, p.key) in self._transient}
        return here | self._store.get(kind, [place.key for place in places if place.key not in here])

    def _by_group(self, make: Callable[[Sequence[Place]], bytes]) -> Iterator[tuple[list[Place], bytes]]:
        """Each group of documents with what `make` gives of it, in order of document_id.

        It is kept as long as the documents of the group give the same: one that is new, changed or gone
        makes one group anew, and all others come out of the store as they are.
        """
        made_by = text_digest(source_digest(type(self).__module__), make.__name__)
        for places in self._groups:
            key = text_digest(made_by, *(f"{place.document_id} {place.key}" for place in places))
            found = self._store.get(self.group_kind, [key]).get(key)
            if found is None:
                found = make(places)
                if not any((kind, place.key) in self._transient for kind in self.kinds for place in places):
                    self._store.put([(self.group_kind, key, found)])
            self._used.add((self.group_kind, key))
            yield places, found

    def recalled(self, made_by: str, told: Sequence[bytes], make: Make) -> list[bytes]:
        """Parts of what documents give together, kept as long as they are made of the same; a `Recall`."""
        keys = [hashlib.sha256(f"{made_by} ".encode() + each).hexdigest() for each in told]
        found = self._store.get(self.piece_kind, keys)
        if lacking := [at for at, key in enumerate(keys) if key not in found]:
            made = {keys[at]: value for at, value in zip(lacking, make(lacking), strict=True)}
            self._store.put((self.piece_kind, key, value) for key, value in made.items())
            found |= made
        self._used.update((self.piece_kind, key) for key in keys)
        return [found[key] for key in keys]

    def _chunk(self, number: int) -> pl.DataFrame:
        return self._frame[self._order.slice(number * CHUNK, CHUNK)]


def made_anew(_made_by: str, told: Sequence[bytes], make: Make) -> list[bytes]:
    """What knows nothing from before; a `Recall`."""
    return list(make(range(len(told))))


def in_groups(items: Iterable[T], name: Callable[[T], str], size: int) -> Iterator[list[T]]:
    """Neighbours in groups of about `size`, whose bounds the items' own names decide.

    So an item more or less changes the group that it stands in and no other (content-defined chunking,
    as in Muthitacharoen et al. 2001, "A low-bandwidth network file system").
    """
    group: list[T] = []
    for item in items:
        if group and crc32(name(item).encode("utf-8", "surrogatepass")) % size == 0:
            yield group
            group = []
        group.append(item)
    if group:
        yield group
