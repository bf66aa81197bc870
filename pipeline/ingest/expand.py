"""Compressed files as plain streams: in pieces, within limits, and with word of where they break off."""

from __future__ import annotations

import io
import sys
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal, Protocol

from pipeline.errors import Reason
from pipeline.ingest.model import RefusalError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Compression = Literal["gzip", "zstd"]

PIECE: Final = 64 * 1024
FREE: Final = 64 * 1024 * 1024
"""Bytes that any file may expand to, however small it is."""
RATIO: Final = 200
"""How many times its size a file may expand beyond that. Text and markup stay below 30."""
_WINDOW_LOG: Final = 27
"""Memory that a zstd frame may ask for, as a power of two: 128 MB, as the command-line tool has it."""
_GZIP: Final = 31
"""zlib's word for a gzip header and checksum around the data."""


class _Member(Protocol):
    """One gzip member or zstd frame being expanded; the methods as `compression.zstd` has them."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def expand(self, data: bytes) -> bytes:
        """At most PIECE bytes made of `data` and of what was kept of earlier data."""

    def waiting(self) -> bool:
        """Whether more can be made without more data."""


class _Gzip:
    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP)
        self._kept = b""

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def waiting(self) -> bool:
        return bool(self._kept)

    def expand(self, data: bytes) -> bytes:
        data = self._kept + data
        before = self._inflate.copy()
        try:
            made = self._inflate.decompress(data, PIECE)
        except zlib.error:
            # What stands before the damage is not lost: up to it the data are fed byte by byte.
            made = b""
            for at in range(len(data)):
                try:
                    made += before.decompress(data[at : at + 1])
                except zlib.error:
                    break
            self._kept = b""
            raise _DamagedError(made) from None
        self._kept = self._inflate.unconsumed_tail
        return made


class _Zstd:
    def __init__(self) -> None:
        self._frame = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data

    def waiting(self) -> bool:
        return not self._frame.needs_input and not self._frame.eof

    def expand(self, data: bytes) -> bytes:
        try:
            return self._frame.decompress(data, PIECE)
        except zstd.ZstdError as error:
            raise _DamagedError(b"") from error


class _DamagedError(Exception):
    """The compressed data are damaged; `made` is what could still be made of them."""

    def __init__(self, made: bytes) -> None:
        super().__init__("damaged")
        self.made = made


@dataclass(slots=True)
class Fault:
    """Where and why a stream ended before its end; `refusal` is None while all is well."""

    refusal: RefusalError | None = None


class Expanding(io.RawIOBase):
    """The plain bytes of a compressed stream.

    A damaged, truncated or overlarge stream ends where it breaks, and `fault` then says why: readers have
    what stood before, and whoever reads must look at `fault` at the end.
    """

    def __init__(self, source: BinaryIO, compression: Compression, limit: int, fault: Fault) -> None:
        self._source = source
        self._make = _Gzip if compression == "gzip" else _Zstd
        self._name = compression
        self._member: _Member | None = None
        self._data = b""
        self._n_read = 0
        self._n_made = 0
        self._limit = limit
        self._fault = fault
        self._ended = False
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._left and not self._ended:
            self._left = self._next()
        n = min(len(view), len(self._left))
        view[:n] = self._left[:n]
        self._left = self._left[n:]
        return n

    def _next(self) -> bytes:
        """Some plain bytes, or none if the stream goes on; sets `_ended` at its end."""
        if self._member is None or not self._member.waiting():
            if not self._data:
                self._data = self._source.read(PIECE)
                self._n_read += len(self._data)
            if not self._data:
                return self._at_end()
        if self._member is None:
            # Files may be padded with zeros to whole blocks behind the last member.
            self._data = self._data.lstrip(b"\0") if self._n_made else self._data
            if not self._data:
                return b""
            self._member = self._make()
        data, self._data = self._data, b""
        try:
            made = self._member.expand(data)
        except _DamagedError as damaged:
            # The checksum stands at the end, so that what was made before may be damaged, too.
            self._break(Reason.TRUNCATED, f"The {self._name} data are damaged, found")
            made = damaged.made
        if not self._ended and self._member.eof:
            self._data = self._member.unused_data
            self._member = None
        room = self._limit - self._n_made
        self._n_made += len(made)
        if self._n_made > self._limit:
            made = made[:room]
            self._break(Reason.TOO_LARGE, f"The limit of {self._limit} bytes for a file was reached")
        elif self._n_made > FREE and self._n_made > RATIO * self._n_read:
            self._break(Reason.TOO_LARGE, f"The file expands more than {RATIO} times")
        return made

    def _at_end(self) -> bytes:
        self._ended = True
        if self._member is not None:
            self._break(Reason.TRUNCATED, f"The {self._name} data end before their end")
        elif not self._n_read:
            self._break(Reason.EMPTY, "The file has no bytes")
        return b""

    def _break(self, reason: Reason, what: str) -> None:
        self._ended = True
        detail = f"{what}, after {self._n_read} bytes read and {self._n_made} made of them."
        self._fault.refusal = RefusalError(reason, detail)
