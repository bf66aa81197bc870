"""Bytes of inputs that an earlier run has read, so that files which are the same need not be opened again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.ids import sha256_hex

_BOM: Final = b"\xef\xbb\xbf"


class Earlier:
    """Plain texts of an earlier run, and what the files' bytes are known to be by now.

    A text is taken for the file's if its digest is: nothing else need be known of where it comes from.
    """

    def __init__(self, texts: Mapping[str, str], digests: Mapping[str, str]) -> None:
        """Take texts and SHA-256 of files by path; the texts are let go of as they are asked for."""
        self._texts = dict(texts)
        self._digests = digests

    def bytes_of(self, path: str) -> bytes | None:
        """What the file holds; None if that is not known. To be asked once of each file."""
        text, digest = self._texts.pop(path, None), self._digests.get(path)
        if text is None or digest is None:
            return None
        raw = text.encode("utf-8", "surrogatepass")
        return next((each for each in (raw, _BOM + raw) if sha256_hex(each) == digest), None)
