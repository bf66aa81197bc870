"""Messages between this process and its workers: a kind and parts of bytes, framed by their lengths."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from pipeline.work.model import Item

_COUNT: Final = struct.Struct(">I")
_LENGTH: Final = struct.Struct(">Q")


def pack(parts: Sequence[bytes]) -> bytes:
    """The parts in one."""
    head = _COUNT.pack(len(parts)) + b"".join(_LENGTH.pack(len(part)) for part in parts)
    return head + b"".join(parts)


def unpack(data: bytes) -> Item:
    """The inverse of `pack`; raise ValueError if `data` is something else."""
    try:
        (n,) = _COUNT.unpack_from(data)
        at = _COUNT.size + n * _LENGTH.size
        if at > len(data):
            raise ValueError("cut short")
        lengths = [_LENGTH.unpack_from(data, _COUNT.size + i * _LENGTH.size)[0] for i in range(n)]
    except struct.error as error:
        raise ValueError("not a message") from error
    if at + sum(lengths) != len(data):
        raise ValueError("lengths do not add up")
    parts = []
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    return tuple(parts)
