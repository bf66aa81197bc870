"""Error codes and the exceptions that carry them: every refusal in Parley has a code and a sentence."""

from __future__ import annotations

import errno
from enum import StrEnum


class Reason(StrEnum):
    """Why an input was set aside; the `reason` column of `quarantine`."""

    EMPTY = "empty"
    NOT_UTF8 = "not_utf8"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    BAD_SIDECAR = "bad_sidecar"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    NOT_CLEANED = "not_cleaned"
    NO_PROSE = "no_prose"
    NOT_ENGLISH = "not_english"
    DUPLICATE = "duplicate"


class ParleyError(Exception):
    """Base of all errors that Parley raises on purpose; `code` is stable, the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message


class ReferenceDataError(ParleyError):
    """A file of reference data (YAML or CSV under `seeds/`) is missing or does not validate."""


class ContractError(ParleyError):
    """Data does not keep the contract: a column, a type, a key or an allowed value is wrong."""


class SettingsError(ParleyError):
    """An environment variable holds a value that Parley cannot use."""


class StorageError(ParleyError):
    """Nothing more can be written: the disk is full (``disk_full``), or closed to us (``not_writable``)."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_WORDS_OF_FULL = ("No space left on device", "Disk quota exceeded")
_WORDS_OF_CLOSED = ("Read-only file system", "Permission denied")


def storage_error(error: BaseException, where: object) -> StorageError | None:
    """What an error of writing at `where` means if the storage is its cause, however deep; else None.

    Libraries pass the system's errors on in their own ways: as a number, as a cause, or in words.
    """
    each: BaseException | None = error
    while each is not None:
        if isinstance(each, StorageError):
            return each
        number, said = getattr(each, "errno", None), str(each)
        if number in _FULL or any(words in said for words in _WORDS_OF_FULL):
            return StorageError("disk_full", f"{where}: no space is left, free some and run again: {said}")
        if number in _CLOSED or any(words in said for words in _WORDS_OF_CLOSED):
            return StorageError("not_writable", f"{where} cannot be written to: {said}")
        each = each.__cause__ or each.__context__
    return None
