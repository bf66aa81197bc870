"""Plain text: the file itself, which must be UTF-8 and hold what texts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import Reason
from pipeline.ingest.model import Facts, RefusalError
from pipeline.ingest.source import Found, Source

_BOM = b"\xef\xbb\xbf"
# Control characters that text files do hold: tab, line feed, vertical tab, form feed, carriage return.
_TEXT_CONTROLS = frozenset("\t\n\x0b\x0c\r\x85")
_CONTROLS = {chr(c) for c in (*range(0x20), *range(0x7F, 0xA0))} - _TEXT_CONTROLS
_CONTROL = re.compile(f"[{''.join(sorted(_CONTROLS))}]")
_MAX_CONTROL_SHARE = 0.001
MAX_LINES = 100_000
"""Lines of the longest text that is read: a live feed of days has a few thousand, and each takes memory."""


def read_plain(source: Source) -> Iterator[Found | RefusalError]:
    """The file as its one record."""
    raw = source.whole()

    def read() -> tuple[str, Facts | None]:
        return decode(raw), None

    yield Found(raw, read)


def decode(raw: bytes) -> str:
    """The text of a file, verbatim; raise RefusalError if it is none."""
    if b"\x00" in raw:
        raise RefusalError(Reason.BINARY, f"Byte {raw.index(0)} is NUL, which no text holds.")
    try:
        text = raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"Byte {error.start} (0x{raw.removeprefix(_BOM)[error.start]:02x}) is not UTF-8."
        raise RefusalError(Reason.NOT_UTF8, detail) from error
    check_text(text, "file")
    return text


def check_text(text: str, what: str) -> None:
    """Raise RefusalError if a text is blank, or holds more control characters or lines than texts do."""
    if not text.strip():
        raise RefusalError(Reason.EMPTY, f"The {what} holds nothing but white space.")
    n_lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if n_lines > MAX_LINES:
        raise RefusalError(Reason.TOO_LARGE, f"The {what} has {n_lines} lines; the limit is {MAX_LINES}.")
    n_controls = len(_CONTROL.findall(text))
    if n_controls > _MAX_CONTROL_SHARE * len(text):
        raise RefusalError(Reason.BINARY, f"The {what} holds {n_controls} control characters in {len(text)}.")


def one_line(text: str) -> str | None:
    """A fact as one line: white space as single spaces, control characters left out; None if none is left."""
    return " ".join("".join(c for c in text if c not in _CONTROLS).split()) or None
