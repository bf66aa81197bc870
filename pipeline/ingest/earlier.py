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

    def __init__(
        self, texts: Mapping[str, str], digests: Mapping[str, str], taken: Mapping[str, str] | None = None
    ) -> None:
        """Nothing is looked at yet.

        Args:
            texts: by path; they are let go of as they are asked for.
            digests: SHA-256 of the files as they are, by path.
            taken: SHA-256 of plain texts, by path, of which the same code has made a document that is at
                hand, with nothing beside them.
        """
        self._texts = dict(texts)
        self._digests = digests
        self._taken = {} if taken is None else taken

    def taken(self, path: str) -> str | None:
        """SHA-256 of a file of which there is a document already; None if it is new, or not as it was."""
        digest = self._taken.get(path)
        return digest if digest is not None and self._digests.get(path) == digest else None

    def bytes_of(self, path: str) -> bytes | None:
        """What the file holds; None if that is not known. To be asked once of each file."""
        text, digest = self._texts.pop(path, None), self._digests.get(path)
        if text is None or digest is None:
            return None
        raw = text.encode("utf-8", "surrogatepass")
        return next((each for each in (raw, _BOM + raw) if sha256_hex(each) == digest), None)
