"""The small pattern language of issue terms and stance operators: lemmas in sequence, with bounded gaps.

A pattern is a line of elements separated by blanks: ``a|b`` one of these words, ``a?`` optional,
``@name`` any word of a named set, ``..`` a gap of up to `SHORT_GAP` tokens, ``...`` of up to `LONG_GAP`.
A word matches a token by lower-case lemma or written form; quotation marks between words are passed over.
Matching is linear in the sentence: each token looks up the patterns that may begin with it, and each pattern
looks a bounded way ahead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.errors import ReferenceDataError

SHORT_GAP = 3
LONG_GAP = 7
_MARKS = frozenset('“”"„‟«»‘')
"""Quotation marks, but for those that are apostrophes, too."""

_BARS = frozenset({"if", "unless", "because"})
"""Words that no gap passes over: "quit if they accept the deal" is not to quit the deal."""

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern: words to match, after at most `gap` skipped tokens."""

    words: frozenset[str]
    optional: bool
    gap: int


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """Tokens (indices into the parse) that a pattern matched, and the pattern's payload."""

    tokens: tuple[int, ...]
    payload: P

    @property
    def start(self) -> int:
        return self.tokens[0]

    @property
    def end(self) -> int:
        return self.tokens[-1] + 1


def compile_pattern(text: str, sets: Mapping[str, Sequence[str]]) -> list[tuple[Element, ...]]:
    """Read one pattern; a word with a hyphen gives a second reading, since tokenizers split it.

    Raises:
        ReferenceDataError: code ``pattern_invalid`` if it is empty, opens with a gap or an optional
            word, ends with a gap, or names an unknown set.
    """
    readings: list[tuple[Element, ...]] = [()]
    gap = 0
    for part in text.lower().split():
        if part in {"..", "..."}:
            gap = SHORT_GAP if part == ".." else LONG_GAP
            continue
        optional = part.endswith("?")
        words = _words_of(part.removesuffix("?"), text, sets)
        steps: list[tuple[Element, ...]] = [(Element(frozenset(words), optional, gap),)]
        if not optional:
            steps += [_split_at_hyphens(word, gap) for word in sorted(words) if "-" in word.strip("-")]
        readings = [(*reading, *step) for reading in readings for step in steps]
        gap = 0
    first = readings[0]
    if not first or first[0].gap or first[0].optional or gap:
        raise ReferenceDataError("pattern_invalid", f"Pattern {text!r} must begin and end with a word.")
    return readings


def _words_of(part: str, text: str, sets: Mapping[str, Sequence[str]]) -> set[str]:
    words: set[str] = set()
    for word in part.split("|"):
        if word.startswith("@"):
            if word[1:] not in sets:
                raise ReferenceDataError("pattern_invalid", f"Pattern {text!r} names the unknown set {word}.")
            words.update(w.lower() for w in sets[word[1:]])
        elif word:
            words.add(word)
    if not words:
        raise ReferenceDataError("pattern_invalid", f"Pattern {text!r} has an element without words.")
    return words


def _split_at_hyphens(word: str, gap: int) -> tuple[Element, ...]:
    pieces = [piece for part in word.split("-") for piece in (part, "-") if piece][:-1]
    return tuple(Element(frozenset({piece}), False, gap if n == 0 else 0) for n, piece in enumerate(pieces))


@dataclass(slots=True)
class PatternIndex(Generic[P]):
    """Patterns with payloads, found by the words they may begin with."""

    _by_word: dict[str, list[tuple[tuple[Element, ...], P]]] = field(default_factory=dict)

    def add(self, patterns: Iterable[str], sets: Mapping[str, Sequence[str]], payload: P) -> None:
        """Compile `patterns` and give them all the same payload."""
        for text in patterns:
            for elements in compile_pattern(text, sets):
                for word in sorted(elements[0].words):
                    self._by_word.setdefault(word, []).append((elements, payload))

    def find(self, forms: Sequence[tuple[str, str]], start: int, end: int) -> list[Match[P]]:
        """All matches inside the tokens [start, end); `forms` holds (lemma, written form) by token."""
        found: list[Match[P]] = []
        for i in range(start, end):
            lemma, written = forms[i]
            candidates = self._by_word.get(lemma, ())
            if written != lemma and written in self._by_word:
                candidates = (*candidates, *self._by_word[written])
            if not candidates:
                continue
            after = _past_marks(forms, i + 1, end)
            following = forms[after] if after < end else None
            for elements, payload in candidates:
                if len(elements) > 1 and not elements[1].gap and not elements[1].optional:
                    # Most patterns end here: their second word does not follow.
                    words = elements[1].words
                    if following is None or (following[0] not in words and following[1] not in words):
                        continue
                tokens = _match(elements, 1, forms, after, end, (i,))
                if tokens is not None:
                    found.append(Match(tokens, payload))
        return found


def _match(
    elements: tuple[Element, ...],
    k: int,
    forms: Sequence[tuple[str, str]],
    position: int,
    end: int,
    taken: tuple[int, ...],
    kept: int = 0,
) -> tuple[int, ...] | None:
    """Match elements[k:] from `position` on; the nearest word wins, and gaps bound the search.

    `kept` is the gap before an optional word that is not there: the next word may still stand behind it.
    """
    if k == len(elements):
        return taken
    element = elements[k]
    gap = max(element.gap, kept)
    for i in range(position, min(end, position + gap + 1)):
        lemma, written = forms[i]
        if lemma in element.words or written in element.words:
            rest = _match(elements, k + 1, forms, _past_marks(forms, i + 1, end), end, (*taken, i))
            if rest is not None:
                return rest
        if written in _BARS:
            break
    if element.optional:
        return _match(elements, k + 1, forms, position, end, taken, gap)
    return None


def _past_marks(forms: Sequence[tuple[str, str]], i: int, end: int) -> int:
    """The next token that is no quotation mark: "the “biased critics” of the plan" are critics of it."""
    while i < end and forms[i][1] in _MARKS:
        i += 1
    return i
