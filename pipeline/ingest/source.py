"""What readers are given and what they give: one file as a bounded stream, and the records in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.errors import Reason
from pipeline.ingest.model import Facts, RefusalError


@dataclass(frozen=True, slots=True)
class Found:
    """One document-to-be.

    Attributes:
        raw: the bytes that give it its key.
        read: makes text and facts of them, or raises RefusalError; called once, and not for duplicates.
        key: number of the record in its file, from 1; None where the file is the one record.
    """

    raw: bytes
    read: Callable[[], tuple[str, Facts | None]]
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        stream: its bytes.
        max_bytes: limit of one record.
    """

    stream: BinaryIO
    max_bytes: int

    def whole(self) -> bytes:
        """All bytes of a file that is one record; raise RefusalError if they are more than the limit."""
        raw = self.stream.read(self.max_bytes + 1)
        if len(raw) > self.max_bytes:
            raise RefusalError(Reason.TOO_LARGE, f"The file grew past the limit of {self.max_bytes} bytes.")
        return raw
