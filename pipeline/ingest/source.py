"""What readers are given and what they give: one file as a bounded stream, and the records in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from pipeline.errors import Reason
from pipeline.ingest.expand import PIECE, Fault
from pipeline.ingest.model import Facts, RefusalError
from pipeline.ingest.sidecar import Beside


@dataclass(frozen=True, slots=True)
class Found:
    """One document-to-be.

    Attributes:
        raw: the bytes that give it its key.
        read: makes text and facts of them, or raises RefusalError; called once, and not for duplicates.
        key: number of the record in its file, from 1; None where the file is the one record.
        kept: by what besides `raw` its text and facts are known again, where making them takes so long that
            they are kept; None where it is done faster than looked for.
    """

    raw: bytes
    read: Callable[[], tuple[str, Facts | None]]
    key: int | None = None
    kept: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        stream: its plain bytes, any compression taken off. Where it is broken it ends, and `fault` says why.
        max_bytes: limit of one record.
        fault: to be looked at once the stream has ended.
        beside: what the metadata file beside it says; None if there is none.
        ignored: what a reader passes over by name, counted for the log.
    """

    stream: BinaryIO
    max_bytes: int
    fault: Fault = field(default_factory=Fault)
    beside: Beside | None = None
    ignored: Counter[str] = field(default_factory=Counter)

    def whole(self) -> bytes:
        """All bytes of a file that is one record; raise RefusalError if they are too many or broken off."""
        # Asked for as many bytes as may be, a stream first makes room for them all.
        raw = self.stream.read(min(PIECE, self.max_bytes + 1))
        if len(raw) == PIECE:
            raw += self.stream.read(self.max_bytes + 1 - PIECE)
        if len(raw) > self.max_bytes:
            raise RefusalError(Reason.TOO_LARGE, f"The file grew past the limit of {self.max_bytes} bytes.")
        if self.fault.refusal is not None:
            raise self.fault.refusal
        return raw

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Number from 1 and bytes of each line with its end; None for a line over the limit.

        A line that is cut off by a fault of the stream is not given.
        """
        number = 0
        while line := self.stream.readline(self.max_bytes + 1):
            number += 1
            too_long = len(line) > self.max_bytes
            if too_long:
                while line and not line.endswith(b"\n"):
                    line = self.stream.readline(PIECE)
            if not line.endswith(b"\n") and self.fault.refusal is not None:
                return
            yield number, None if too_long else line

    def too_long(self, key: int) -> RefusalError:
        """What stands for a record over the limit."""
        return RefusalError(
            Reason.TOO_LARGE, f"The record has more than the limit of {self.max_bytes} bytes.", key=key
        )
