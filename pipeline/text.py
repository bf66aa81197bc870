"""Comparing written forms: one folding of case, accents and typographic signs for all look-ups."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SIGNS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "–": "-",
        "—": "-",
        "‑": "-",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "ı": "i",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
    }
)


def shown_path(path: str) -> str:
    """A file's name as people can read it: bytes that are no UTF-8, and signs that do not show, as escapes.

    So a name can neither break a line of a log, nor turn the direction of the text around it.
    """
    if path.isascii() and path.isprintable():
        return path
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def on_one_line(text: str) -> str:
    """The text with a space for every line end in it, so that offsets stay what they are."""
    return text.replace("\n", " ").replace("\r", " ")


def in_line(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """What stands before and after the characters from `start` to `end` in their line.

    On either side at most `most` characters, cut at a space, with a sign that more is there.
    """
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if len(before) > most:
        cut = text.find(" ", start - most, start)
        before = "… " + text[(cut + 1 if cut >= 0 else start - most) : start]
    line = text.find("\n", end)
    after = text[end : len(text) if line < 0 else line]
    if len(after) > most:
        cut = text.rfind(" ", end, end + most)
        after = text[end : (cut if cut >= 0 else end + most)] + " …"
    return before, after


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes and hyphens, single spaces."""
    return " ".join(plain(text).lower().split())


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text without accents and typographic signs, its case kept."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
