"""Reading the seed folder: verbatim text, digests, sidecars, and a reasoned refusal of what cannot be read.

An input is every path below the seed folder whose name ends in ``.txt`` (any case) and does not begin
with a dot; inputs = documents + quarantine. Everything else is ignored by name and listed in
`Ingested.ignored`: sidecars (``<stem>.meta.yaml``, read together with ``<stem>.txt``), hidden files,
files with other endings. Links to folders are not followed.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, field_validator

from pipeline.errors import Reason, ReferenceDataError, SettingsError
from pipeline.ids import digest_id, sha256_hex
from pipeline.model import DateRange, Document, Quarantined
from pipeline.reference import Strict, load_reference
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

INPUT_SUFFIX = ".txt"
SIDECAR_SUFFIX = ".meta.yaml"
_BOM = b"\xef\xbb\xbf"
# Control characters that text files do hold: tab, line feed, vertical tab, form feed, carriage return.
_TEXT_CONTROLS = frozenset("\t\n\x0b\x0c\r\x85")
_CONTROLS = {chr(c) for c in (*range(0x20), *range(0x7F, 0xA0))} - _TEXT_CONTROLS
_MAX_CONTROL_SHARE = 0.001


class PublishedRange(Strict):
    """Days between which a document was published, both inclusive; in YAML the keys ``from`` and ``to``."""

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")


class Sidecar(Strict):
    """What ``<stem>.meta.yaml`` says of ``<stem>.txt``; it wins over what is inferred from the page."""

    url: str | None = Field(default=None, min_length=1)
    publisher: str | None = Field(default=None, min_length=1)
    published_on: dt.date | PublishedRange | None = None
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")

    @field_validator("published_on")
    @classmethod
    def _forward(cls, value: dt.date | PublishedRange | None) -> dt.date | PublishedRange | None:
        if isinstance(value, PublishedRange) and value.first > value.last:
            raise ValueError("'from' lies after 'to'")
        return value

    @property
    def published(self) -> DateRange | None:
        """The days of publication, or None if the sidecar does not give them."""
        match self.published_on:
            case None:
                return None
            case PublishedRange(first=first, last=last):
                return DateRange(first, last)
            case day:
                return DateRange(day, day)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One readable input. `text` is the file decoded as UTF-8, only a byte-order mark dropped."""

    document_id: str
    source_file: str
    text: str
    sha256: str
    sidecar: Sidecar | None
    ingested_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Ingested:
    """Every input of the folder, read or refused, in order of path; and the names that are no inputs."""

    documents: tuple[RawDocument, ...]
    quarantine: tuple[Quarantined, ...]
    ignored: tuple[str, ...] = ()


class _RefusalError(Exception):
    """Carries why one input is set aside to the loop that records it."""

    def __init__(self, reason: Reason, detail: str, sha256: str | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.sha256 = sha256


def document_id_of(sha256: str) -> str:
    """Key of a document: of its bytes alone, so a renamed or moved file keeps it."""
    return digest_id("doc", sha256)


def known_times(documents: Iterable[Document], quarantine: Iterable[Quarantined]) -> dict[str, dt.datetime]:
    """When inputs were first seen, from the rows of an earlier run: pass it to `ingest` as `known`."""
    known: dict[str, dt.datetime] = {d.sha256: d.ingested_at for d in documents}
    for row in quarantine:
        known[_refusal_key(row.source_file, row.sha256)] = row.first_seen_at
        if row.sha256 is not None and row.reason != Reason.DUPLICATE:
            known.setdefault(row.sha256, row.first_seen_at)
    return known


def ingest(settings: Settings, now: dt.datetime, known: Mapping[str, dt.datetime] | None = None) -> Ingested:
    """Read every input below `settings.seeds`, in order of path; one bad file never stops the others.

    Args:
        settings: `seeds` and `max_bytes` are used.
        now: time given to inputs that are seen for the first time.
        known: times of earlier runs by `known_times`, so that a second run on the same input gives
            equal rows.

    Raises:
        SettingsError: code ``seeds_missing`` if the seed folder is not there.
    """
    known = known or {}
    root = settings.seeds
    if not root.is_dir():
        raise SettingsError("seeds_missing", f"The folder of input documents, {root}, does not exist.")
    inputs, ignored = _walk(root)
    documents: list[RawDocument] = []
    quarantine: list[Quarantined] = []
    first_of: dict[str, str] = {}
    for path in inputs:
        source_file = _relative(path, root)
        try:
            raw = _read(path, root, settings.max_bytes)
            sha256 = sha256_hex(raw)
            if sha256 in first_of:
                raise _RefusalError(
                    Reason.DUPLICATE, f"The file has the same bytes as {first_of[sha256]}.", sha256
                )
            first_of[sha256] = source_file
            text = _decode(raw, sha256)
            sidecar = _sidecar(path, sha256)
        except _RefusalError as refusal:
            seen = known.get(_refusal_key(source_file, refusal.sha256), now)
            quarantine.append(
                Quarantined(source_file, refusal.sha256, refusal.reason.value, refusal.detail, seen)
            )
            logger.warning("%s set aside (%s): %s", source_file, refusal.reason.value, refusal.detail)
            continue
        documents.append(
            RawDocument(document_id_of(sha256), source_file, text, sha256, sidecar, known.get(sha256, now))
        )
    for name in ignored:
        logger.info("%s ignored: not an input", name)
    return Ingested(tuple(documents), tuple(quarantine), tuple(ignored))


def _refusal_key(source_file: str, sha256: str | None) -> str:
    return f"{source_file}\n{sha256 or ''}"


def _relative(path: Path, root: Path) -> str:
    """Path below the seed folder with forward slashes; bytes that are no UTF-8 appear as escapes."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _walk(root: Path) -> tuple[list[Path], list[str]]:
    """Inputs, and the names of what is ignored, both sorted by path."""
    inputs: list[Path] = []
    others: list[Path] = []
    unlistable: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=unlistable.append):
        here = Path(folder)
        hidden = [name for name in folders if name.startswith(".")]
        linked = [name for name in folders if (here / name).is_symlink()]
        others += [here / name for name in hidden]
        # A folder that bears an input's name is an input that cannot be read, and may hold others.
        inputs += [here / n for n in folders if n.lower().endswith(INPUT_SUFFIX) and n not in hidden]
        others += [here / n for n in linked if here / n not in inputs and n not in hidden]
        folders[:] = [name for name in folders if name not in hidden and name not in linked]
        for name in files:
            is_input = name.lower().endswith(INPUT_SUFFIX) and not name.startswith(".")
            (inputs if is_input else others).append(here / name)
    for error in unlistable:
        logger.warning("folder %s cannot be listed: %s", error.filename, error.strerror)
    stems = {p.with_name(p.name[: -len(INPUT_SUFFIX)] + SIDECAR_SUFFIX) for p in inputs}
    key = lambda p: os.fsencode(p.as_posix())  # noqa: E731 - one expression, used twice
    ignored = [_relative(p, root) for p in sorted(others, key=key) if p not in stems]
    return sorted(inputs, key=key), ignored


def _read(path: Path, root: Path, max_bytes: int) -> bytes:
    try:
        real = path.resolve(strict=True)
        status = real.stat()
        if not real.is_relative_to(root.resolve()):
            raise _RefusalError(Reason.UNREADABLE, "The file is a link that leads out of the seed folder.")
        if not stat.S_ISREG(status.st_mode):
            kind = "folder" if stat.S_ISDIR(status.st_mode) else "device or pipe"
            raise _RefusalError(Reason.UNREADABLE, f"The path is a {kind}, not a file.")
        if status.st_size > max_bytes:
            raise _RefusalError(
                Reason.TOO_LARGE, f"The file has {status.st_size} bytes; the limit is {max_bytes}."
            )
        with real.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except RuntimeError as error:  # pathlib's word for a loop of links
        raise _RefusalError(Reason.UNREADABLE, f"The file is a loop of links: {error}.") from error
    except OSError as error:
        raise _RefusalError(Reason.UNREADABLE, f"The file cannot be read: {error.strerror}.") from error
    if len(raw) > max_bytes:
        raise _RefusalError(Reason.TOO_LARGE, f"The file grew past the limit of {max_bytes} bytes.")
    return raw


def _decode(raw: bytes, sha256: str) -> str:
    if b"\x00" in raw:
        raise _RefusalError(Reason.BINARY, f"Byte {raw.index(0)} is NUL, which no text holds.", sha256)
    try:
        text = raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"Byte {error.start} (0x{raw.removeprefix(_BOM)[error.start]:02x}) is not UTF-8."
        raise _RefusalError(Reason.NOT_UTF8, detail, sha256) from error
    if not text.strip():
        raise _RefusalError(Reason.EMPTY, "The file holds nothing but white space.", sha256)
    n_controls = sum(map(text.count, _CONTROLS))
    if n_controls > _MAX_CONTROL_SHARE * len(text):
        detail = f"The file holds {n_controls} control characters in {len(text)}."
        raise _RefusalError(Reason.BINARY, detail, sha256)
    return text


def _sidecar(path: Path, sha256: str) -> Sidecar | None:
    sidecar = path.with_name(path.name[: -len(INPUT_SUFFIX)] + SIDECAR_SUFFIX)
    if not sidecar.exists() and not sidecar.is_symlink():
        return None
    try:
        return load_reference(sidecar, Sidecar)
    except ReferenceDataError as error:
        detail = error.message.replace(str(sidecar), sidecar.name)
        raise _RefusalError(Reason.BAD_SIDECAR, detail, sha256) from error
