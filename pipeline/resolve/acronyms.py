"""Acronyms that a page uses for somebody else than the reference data: "Western Forest Products ... WFP"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pipeline.resolve.lexicon import Entry
from pipeline.resolve.vocabulary import Vocabulary
from pipeline.text import fold

_LETTERS: Final = range(2, 7)
_SMALL: Final = r"(?:(?:of|for|the|and|de|du|la|on|in|to|&)[ ]){0,2}"


def otherwise_named(
    text: str, matched: Iterable[tuple[str, Entry]], vocabulary: Vocabulary
) -> frozenset[str]:
    """Acronyms among the words matched that the text spells out as somebody else's name.

    A name spells an acronym out if its words begin with its letters, one by one. One of two letters has to
    stand in brackets behind it, since two words come together by chance.
    """
    found = set()
    for word, entry in dict(matched).items():
        if len(word) not in _LETTERS or not (word.isalpha() and word.isupper()):
            continue
        names = [match[1] for match in _spelled(word).finditer(text)]
        if names and not any(_is_of(name, entry, vocabulary) for name in names):
            found.add(word)
    return frozenset(found)


@lru_cache(maxsize=512)
def _spelled(acronym: str) -> re.Pattern[str]:
    words = rf"[ -]{_SMALL}".join(rf"{letter}[a-z][\w'’]*" for letter in acronym)
    behind = rf"(?=[ ]\({acronym}\))" if len(acronym) == _LETTERS.start else r"(?![\w-])"
    return re.compile(rf"(?<![\w.])({words}){behind}")


def _is_of(name: str, entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether the name is one of whom the reference data means, or shares a long word with it."""
    known = vocabulary.lexicon.get(name)
    if known is not None:
        return known.ref == entry.ref
    own = {word for word in fold(name).split() if len(word) > 3}
    return entry.ref.isupper() or bool(own & set(fold(entry.ref).split()))
