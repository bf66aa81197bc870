"""Error codes and the exceptions that carry them: every refusal in Parley has a code and a sentence."""

from __future__ import annotations

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
