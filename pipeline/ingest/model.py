"""The values of ingestion: one input as read, what stands beside it, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import Field, field_validator

from pipeline.errors import Reason
from pipeline.ids import digest_id
from pipeline.model import DateRange, Document, Quarantined
from pipeline.reference import Strict

YEARS: Final = range(1600, 2200)
"""Years in which news has been printed, or may be before anybody reads this."""


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
        days = (value.first, value.last) if isinstance(value, PublishedRange) else (value,)
        if any(day is not None and day.year not in YEARS for day in days):
            raise ValueError(f"the year is not one from {YEARS.start} to {YEARS.stop - 1}")
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


class Facts(Strict):
    """What a record says of itself outside of its running text: a page's metadata, the fields of a row.

    A sidecar wins over it, and it wins over what the lines of the text say. Nothing here is inferred.
    """

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_on: dt.date | None = None
    """The day that the record's own metadata state, in the time zone in which they state it."""
    published_by: str | None = None
    """Where that day was found, as ``json-ld:datePublished`` or ``field:date``."""
    language: str | None = None
    """ISO 639 code of two or three letters."""
    crawled_on: dt.date | None = None
    """Day on which a crawler fetched the record: it cannot have been published later."""

    @property
    def published(self) -> DateRange | None:
        """The day of publication as a range, or None if the record does not state it."""
        return None if self.published_on is None else DateRange(self.published_on, self.published_on)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One readable input.

    Attributes:
        document_id: by `document_id_of` from `sha256`.
        source_file: path below the seed folder; of a record in a container, ``path#number``.
        text: for plain text the file decoded as UTF-8, only a byte-order mark dropped; for other formats
            what `reader` makes of the record, the same on every run.
        sha256: of the record's bytes, uncompressed (see docs/formats.md for what these are by format).
        sidecar: the metadata file beside the input, or None.
        ingested_at: when an input with these bytes was first read.
        facts: what the record says of itself, or None for formats that cannot say anything.
        reader: name of the reader that made the text, as `pipeline.ingest.formats` lists them.
    """

    document_id: str
    source_file: str
    text: str
    sha256: str
    sidecar: Sidecar | None
    ingested_at: dt.datetime
    facts: Facts | None = None
    reader: str = "text"


@dataclass(frozen=True, slots=True)
class Ingested:
    """Every input of the folder, read or refused, in order of path; and the names that are no inputs.

    `records` gives, by file that holds many inputs, how many its reader found in it; `untouched` names files
    whose documents are at hand already, each with its place among all documents, these and those read.
    """

    documents: tuple[RawDocument, ...]
    quarantine: tuple[Quarantined, ...]
    ignored: tuple[str, ...] = ()
    records: tuple[tuple[str, int], ...] = ()
    untouched: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Untouched:
    """A file that is as it was when its document, which is at hand, was made of it."""

    source_file: str


class RefusalError(Exception):
    """Why one input is set aside: raised by what reads it, caught by the loop that records it.

    `key` is the number of the record in a container; None for a file that is one input.
    """

    def __init__(
        self, reason: Reason, detail: str, sha256: str | None = None, key: int | None = None
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.sha256 = sha256
        self.key = key


def document_id_of(sha256: str) -> str:
    """Key of a document: of its bytes alone, so a renamed or moved file keeps it."""
    return digest_id("doc", sha256)


def known_times(documents: Iterable[Document], quarantine: Iterable[Quarantined]) -> dict[str, dt.datetime]:
    """When inputs were first seen, from the rows of an earlier run: pass it to `ingest` as `known`."""
    known: dict[str, dt.datetime] = {d.sha256: d.ingested_at for d in documents}
    for row in quarantine:
        known[refusal_key(row.source_file, row.sha256)] = row.first_seen_at
        if row.sha256 is not None and row.reason != Reason.DUPLICATE:
            known.setdefault(row.sha256, row.first_seen_at)
    return known


def refusal_key(source_file: str, sha256: str | None) -> str:
    """Key of a refused input among the times of earlier runs."""
    return f"{source_file}\n{sha256 or ''}"
