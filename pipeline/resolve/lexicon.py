"""Proper names known beforehand, matched over tokens: people, states, adjectives, bodies, outlets, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.domain import DomainPack
from pipeline.text import fold, plain

if TYPE_CHECKING:
    pass

_WORDS = re.compile(r"[^\W_]+|[^\w\s]|_")

EntryKind = Literal[
    "person", "state", "capital", "metonym", "adjective", "people", "body", "outlet", "place", "region"
]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a known phrase stands for.

    `ref` is the canonical name in its part of the pack (a state's code for states, capitals, metonyms,
    adjectives and peoples). `alias` marks another name than the canonical one, `article` a name that stands
    behind "the"; `bare` one that does without it as well. `country` is the state in which a place or region
    lies.
    """

    kind: EntryKind
    ref: str
    alias: bool
    common: bool = False
    article: bool = False
    country: str | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A known phrase found in a text: token span and what it may stand for, likeliest first."""

    start: int
    end: int
    entry: Entry


class _Node(dict[str, "_Node"]):
    """A node of the phrase tree: the next words, and what the phrase that ends here stands for."""

    __slots__ = ("entry",)

    def __init__(self) -> None:
        super().__init__()
        self.entry: Entry | None = None


class Lexicon:
    """Longest-match look-up of phrases over tokens, exact in case but not in accents and apostrophes."""

    def __init__(self, pack: DomainPack) -> None:
        self._root = _Node()
        for phrase, entry in _entries(pack):
            self._add(phrase, entry)

    def _add(self, phrase: str, entry: Entry) -> None:
        node = self._root
        for word in split(phrase):
            node = node.setdefault(word, _Node())
        if node.entry is None:
            node.entry = entry

    def get(self, phrase: str) -> Entry | None:
        """The entry of a whole phrase, or None."""
        node: _Node | None = self._root
        for word in split(phrase):
            node = node.get(word) if node is not None else None
        return node.entry if node is not None else None

    def matches(self, texts: Sequence[str]) -> list[Match]:
        """Non-overlapping longest matches over the tokens' texts, left to right, at token boundaries."""
        words: list[str] = []
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        for i, text in enumerate(texts):
            starts[len(words)] = i
            words += split(text)
            ends[len(words)] = i + 1
        found: list[Match] = []
        root, free = self._root, 0
        for i, word in enumerate(words):
            if word not in root or i < free or i not in starts:
                continue
            node, j, best = root, i, None
            while j < len(words) and (following := node.get(words[j])) is not None:
                node = following
                j += 1
                if j in ends and node.entry is not None:
                    best = (j, node.entry)
            if best is not None:
                free = best[0]
                found.append(Match(starts[i], ends[free], best[1]))
        return found


@lru_cache(maxsize=65536)
def split(phrase: str) -> tuple[str, ...]:
    """Cut into runs of letters and digits, and single signs, so that any tokenizer's cuts can be joined."""
    return tuple(_WORDS.findall(plain(phrase)))


def _entries(pack: DomainPack) -> Iterator[tuple[str, Entry]]:
    for person in pack.people:
        yield person.name, Entry("person", person.name, alias=False)
        for alias in person.aliases:
            yield alias, Entry("person", person.name, alias=True)
    for country in pack.countries:
        for phrase in (country.name, *country.aliases):
            yield phrase, Entry("state", country.code, alias=False)
        for phrase in country.capitals:
            yield phrase, Entry("capital", country.code, alias=False)
        for phrase in country.metonyms:
            yield phrase, Entry("metonym", country.code, alias=False)
        for phrase in country.adjectives:
            yield phrase, Entry("adjective", country.code, alias=False)
        for phrase in country.people:
            yield phrase, Entry("people", country.code, alias=False)
    for body in pack.organisations:
        for phrase, article in _articles((body.name, *body.aliases)):
            yield phrase, Entry("body", body.name, alias=phrase != body.name, article=article)
        for phrase in body.metonyms:
            yield phrase, Entry("metonym", body.party or body.name, alias=True)
    for outlet in pack.outlets:
        for phrase, article in _articles((outlet.name, *outlet.aliases)):
            bare = phrase in outlet.aliases
            yield (
                phrase,
                Entry(
                    "outlet",
                    outlet.name,
                    alias=phrase != outlet.name,
                    common=outlet.common,
                    article=article,
                    bare=bare,
                ),
            )
    for place in pack.places.values():
        for phrase in (place.name, *place.aliases):
            yield phrase, Entry("place", place.name, alias=phrase != place.name, country=place.country)
    for region, code in pack.regions.items():
        yield region, Entry("region", region, alias=False, country=code)


def _articles(phrases: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each phrase without its leading article, which is matched apart, and whether it has one."""
    for phrase in phrases:
        article = fold(phrase).startswith("the ")
        yield (phrase[len("the ") :] if article else phrase), article
