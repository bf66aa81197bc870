"""The loop over all inputs: read or refused, each once, with the time at which it was first seen."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from pipeline.digests import text_digest
from pipeline.errors import ParleyError, Reason, SettingsError
from pipeline.fingerprint import page_fingerprint
from pipeline.guard import described
from pipeline.ids import sha256_hex
from pipeline.ingest.earlier import Earlier
from pipeline.ingest.expand import PIECE, Expanding, Fault
from pipeline.ingest.folders import Entry, Folder, Opened, folder_of
from pipeline.ingest.model import (
    Facts,
    Ingested,
    RawDocument,
    RefusalError,
    Untouched,
    document_id_of,
    refusal_key,
)
from pipeline.ingest.sidecar import Beside
from pipeline.ingest.source import Found, Source
from pipeline.model import Quarantined
from pipeline.settings import Settings
from pipeline.store import Store

logger = logging.getLogger(__name__)

PLAIN: Final = "text"
"""Name of the format whose text is the bytes of its file."""


class Reading(Iterator[RawDocument | Quarantined | Untouched]):
    """Inputs one by one, in order of path; only digests of what went by are kept in memory.

    Attributes:
        ignored: names of what lies in the folder and is no input.
        records: by file that holds many inputs, how many its reader found; whole once the iterator has ended.
    """

    def __init__(
        self,
        folder: Folder,
        settings: Settings,
        now: dt.datetime,
        known: Mapping[str, dt.datetime],
        store: Store | None = None,
        earlier: Earlier | None = None,
    ) -> None:
        listing = folder.walk()
        self.ignored = listing.ignored
        self.records: dict[str, int] = {}
        self._folder = folder
        self._settings = settings
        self._now = now
        self._known = known
        self._store = store
        self._earlier = earlier
        self._first_of: dict[bytes, str] = {}
        self._last_beside: tuple[str, Beside | None] | None = None
        self._items = (item for entry in listing.inputs for item in self._file(entry))

    def __next__(self) -> RawDocument | Quarantined | Untouched:
        return next(self._items)

    def _file(self, entry: Entry) -> Iterator[RawDocument | Quarantined | Untouched]:
        """Everything that one file gives; an error of the file stands for all of it that was not read."""
        if self._is_untouched(entry):
            yield Untouched(entry.path)
            return
        form = entry.named.format
        last = 0
        for found in self._found(entry):
            if form.many:
                self.records[entry.path] = self.records.get(entry.path, 0) + 1
            key = found.key
            if key is None and form.many and last:
                key = last + 1
            last = key or last
            name = entry.path if key is None else f"{entry.path}#{key}"
            yield self._settled(name, entry, found)

    def _is_untouched(self, entry: Entry) -> bool:
        """Whether its document is at hand, and no file before it has the same bytes by now."""
        sha256 = None if self._earlier is None else self._earlier.taken(entry.path)
        if sha256 is None or (digest := bytes.fromhex(sha256)) in self._first_of:
            return False
        try:
            if self._beside(entry) is not None:
                return False
        except RefusalError:
            return False  # as whoever reads the file will say
        self._first_of[digest] = entry.path
        return True

    def _found(self, entry: Entry) -> Iterator[Found | RefusalError]:
        limit = self._settings.max_bytes
        form = entry.named.format
        try:
            # One file of many records is not read before it is known how; one document is refused by its key.
            beside = self._beside(entry) if form.many else None
            opened = self._opened(entry)
            with opened.stream:
                if not form.many and opened.size > limit:
                    detail = f"The file has {opened.size} bytes; the limit is {limit}."
                    raise RefusalError(Reason.TOO_LARGE, detail)
                fault = Fault()
                source = Source(self._plain(opened.stream, entry, fault), limit, fault, beside)
                yield from form.read(source)
            if source.ignored:
                counts = ", ".join(f"{n} {what}" for what, n in sorted(source.ignored.items()))
                logger.info("%s: records ignored: %s", entry.path, counts)
        except RefusalError as refusal:
            yield refusal
        except OSError as error:
            yield RefusalError(Reason.UNREADABLE, f"The file cannot be read: {error.strerror}.")
        except (ParleyError, MemoryError):
            raise
        except Exception as error:  # as for one record below; what was read before it stands
            yield RefusalError(Reason.MALFORMED, f"Reading failed: {described(error)}")

    def _opened(self, entry: Entry) -> Opened:
        """The file; out of memory if it is a text that is known to be the same as in an earlier run."""
        named = entry.named
        if self._earlier is not None and named.format.name == PLAIN and named.compression is None:
            raw = self._earlier.bytes_of(entry.path)
            if raw is not None:
                return Opened(io.BytesIO(raw), len(raw))
        return self._folder.open(entry)

    def _plain(self, stream: BinaryIO, entry: Entry, fault: Fault) -> BinaryIO:
        """The stream with its compression taken off."""
        if entry.named.compression is None:
            return stream
        limit = self._settings.max_expanded_bytes
        return io.BufferedReader(Expanding(stream, entry.named.compression, limit, fault), PIECE)

    def _beside(self, entry: Entry) -> Beside | None:
        """What stands beside a file; it is asked for once a file, and record by record out of memory."""
        if self._last_beside is None or self._last_beside[0] != entry.path:
            beside = self._folder.beside(entry)
            if beside is not None and beside.maps and not entry.named.format.fields:
                detail = f"{entry.named.sidecar} names fields, which a file of this format does not have."
                raise RefusalError(Reason.BAD_SIDECAR, detail)
            self._last_beside = (entry.path, beside)
        return self._last_beside[1]

    def _settled(self, name: str, entry: Entry, found: Found | RefusalError) -> RawDocument | Quarantined:
        try:
            if isinstance(found, RefusalError):
                raise found
            return self._document(name, entry, found)
        except RefusalError as refusal:
            seen = self._known.get(refusal_key(name, refusal.sha256), self._now)
            logger.warning("%s set aside (%s): %s", name, refusal.reason.value, refusal.detail)
            return Quarantined(name, refusal.sha256, refusal.reason.value, refusal.detail, seen)

    def _document(self, name: str, entry: Entry, found: Found) -> RawDocument:
        sha256 = sha256_hex(found.raw)
        digest = bytes.fromhex(sha256)
        if digest in self._first_of:
            what = "file" if found.key is None else "record"
            detail = f"The {what} has the same bytes as {self._first_of[digest]}."
            raise RefusalError(Reason.DUPLICATE, detail, sha256)
        self._first_of[digest] = name
        try:
            text, facts = self._read(found, sha256)
            beside = self._beside(entry)
        except RefusalError as refusal:
            refusal.sha256 = sha256
            raise
        except (OSError, MemoryError):
            raise
        except Exception as error:  # what libraries raise on hostile input is not to be foreseen
            raise RefusalError(Reason.MALFORMED, f"Reading failed: {described(error)}", sha256) from error
        return RawDocument(
            document_id_of(sha256),
            name,
            text,
            sha256,
            None if beside is None else beside.sidecar,
            self._known.get(sha256, self._now),
            facts,
            entry.named.format.name,
        )

    def _read(self, found: Found, sha256: str) -> tuple[str, Facts | None]:
        """Text and facts of a record, out of the store if it was read before by the same code."""
        if found.kept is None or self._store is None:
            return found.read()
        key = text_digest(page_fingerprint(), sha256, *found.kept)
        if (known := self._store.get("page", [key]).get(key)) is not None:
            text, facts = json.loads(known)
            return text, None if facts is None else Facts.model_validate(facts)
        text, read = found.read()
        told = None if read is None else read.model_dump(mode="json")
        self._store.put([("page", key, json.dumps([text, told]).encode())])
        return text, read


def read_inputs(
    settings: Settings,
    now: dt.datetime,
    known: Mapping[str, dt.datetime] | None = None,
    store: Store | None = None,
    earlier: Earlier | None = None,
) -> Reading:
    """Read the inputs below `settings.seeds` one by one, in order of path; a bad one never stops the others.

    Args:
        settings: `seeds` and `max_bytes` are used.
        now: time given to inputs that are seen for the first time.
        known: times of earlier runs by `known_times`, so that a second run on the same input gives
            equal rows.
        store: what earlier runs made of HTML pages, and where more of it goes; nothing is kept without one.
        earlier: texts of an earlier run, and of which files they still are; `Untouched` stands for those of
            which there is a document already.

    Raises:
        SettingsError: code ``seeds_missing`` if the seed folder is not there.
    """
    folder = folder_of(settings.seeds)
    if not folder.exists():
        raise SettingsError(
            "seeds_missing", f"The folder of input documents, {settings.seeds}, does not exist."
        )
    return Reading(folder, settings, now, known or {}, store, earlier)


def ingest(
    settings: Settings,
    now: dt.datetime,
    known: Mapping[str, dt.datetime] | None = None,
    store: Store | None = None,
    earlier: Earlier | None = None,
) -> Ingested:
    """All of `read_inputs` at once, told apart; arguments and errors are the same."""
    reading = read_inputs(settings, now, known, store, earlier)
    documents: list[RawDocument] = []
    quarantine: list[Quarantined] = []
    untouched: list[tuple[int, str]] = []
    for item in reading:
        match item:
            case RawDocument():
                documents.append(item)
            case Untouched():
                untouched.append((len(documents) + len(untouched), item.source_file))
            case Quarantined():
                quarantine.append(item)
    for name in reading.ignored:
        logger.info("%s ignored: not an input", name)
    return Ingested(
        tuple(documents),
        tuple(quarantine),
        reading.ignored,
        tuple(sorted(reading.records.items())),
        tuple(untouched),
    )
