"""Likeness of a sentence to propositions: finds issues for which a pack has no phrases that match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

# By how much the nearest proposition must be nearer than the one in the middle, to be named at all.
MARGIN: Final = 0.16
# Fewer propositions than this have no middle to compare with.
FEWEST: Final = 4
# Endings, longest first, that words of one family differ in: "inspectors", "inspections", "inspected".
_ENDINGS = (
    *("ations", "ation", "ments", "ances", "ences", "ities", "ment", "ance", "ence", "ings", "ions"),
    *("ists", "ity", "ing", "ion", "ive", "ers", "ors", "ies", "ist", "al", "ed", "er", "or", "es"),
    *("s", "y", "e"),
)
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Near:
    """The issue that a sentence comes nearest to, by how much, and the tokens that make it so, in order."""

    issue_id: str
    tokens: tuple[int, ...]
    margin: float


class Likeness:
    """Propositions as weighted words. A word's weight falls with the number of propositions that share it."""

    def __init__(self, propositions: Mapping[str, str]) -> None:
        words = {name: _words_of(name, text) for name, text in propositions.items()}
        self._names = tuple(name for name, own in words.items() if own)
        self._weights: dict[str, list[tuple[str, float]]] = {}
        for name in self._names:
            shares = {w: 1 / sum(w in other for other in words.values()) for w in words[name]}
            whole = sum(shares.values())
            for word, share in shares.items():
                self._weights.setdefault(word, []).append((name, share / whole))

    def nearest(self, forms: Sequence[tuple[str, str]], start: int, end: int) -> Near | None:
        """The issue whose proposition the tokens [start, end) come nearest to, or None if none stands out.

        `forms` hold (lemma, written form) by token, lower case. Linear in the tokens.
        """
        if len(self._names) < FEWEST:
            return None
        first: dict[str, int] = {}
        for at in range(start, end):
            for word in forms[at]:
                first.setdefault(stem(word), at)
        scores = dict.fromkeys(self._names, 0.0)
        tokens: dict[str, set[int]] = {}
        for word, at in first.items():
            for name, weight in self._weights.get(word, ()):
                scores[name] += weight
                tokens.setdefault(name, set()).add(at)
        best = max(self._names, key=lambda name: scores[name])
        margin = scores[best] - median(scores.values())
        if margin < MARGIN:
            return None
        return Near(best, tuple(sorted(tokens[best])), margin)


def stem(word: str) -> str:
    """The word without its ending, as far as a stem of four letters remains; "e" and "y" count as endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _words_of(name: str, proposition: str) -> frozenset[str]:
    """Stems of the content words of an issue's id and proposition."""
    from spacy.lang.en.stop_words import STOP_WORDS  # spaCy is slow to import, and packs load without it

    text = name.replace("_", " ") + " " + proposition
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return frozenset(stem(w) for w in words if len(w) > 1 and w not in STOP_WORDS)
