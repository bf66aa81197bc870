"""Comparing written forms: one folding of case, accents and typographic signs for all look-ups."""

from __future__ import annotations

import unicodedata
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


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes and hyphens, single spaces."""
    return " ".join(plain(text).lower().split())


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text without accents and typographic signs, its case kept."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
