"""Stable keys: the same content gives the same id on every machine and in every run."""

from __future__ import annotations

import hashlib

_SEPARATOR = "\x1f"  # ASCII unit separator: cannot occur in a name, path or offset
_LENGTH = 16


def digest_id(prefix: str, *parts: object) -> str:
    """Return ``prefix`` + "_" + 16 hex digits of the SHA-256 of ``parts``.

    Parts are content and position (text, path, offsets), never a counter or a time.
    None and the empty string differ.
    """
    joined = _SEPARATOR.join("\x00" if part is None else str(part) for part in parts)
    # File names that are not UTF-8 reach Python with lone surrogates: they have keys, too.
    return f"{prefix}_{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:_LENGTH]}"


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
