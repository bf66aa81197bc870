"""The words of a parsed line as plain lists: what rules ask of every token, asked of spaCy once a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.strings import StringStore
    from spacy.tokens import Doc

_KEPT: Final = "parley words"
"""Where a Doc keeps its words; it is neither copied nor written with the parse."""
_MOST_STRINGS: Final = 500_000
"""Strings that are remembered by their number; more would be those of texts without words."""


@dataclass(frozen=True, slots=True)
class Words:
    """One entry for each token of a line, beside the line itself.

    Attributes:
        line: its text.
        text, lower: as written, and in lower case.
        lemma: in lower case.
        pos, tag, dep: coarse and fine part of speech, and relation to the head.
        spaced: whether white space follows.
        opens: whether a sentence begins.
    """

    line: str
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    spaced: list[bool]
    opens: list[bool]


def words_in(doc: Doc) -> Words:
    """The words of the line, read when they are first asked for and kept with it; not to be changed."""
    kept = doc.user_data.get(_KEPT)
    if kept is None:
        store = doc.vocab.strings
        orth, lower, lemma, pos, tag, dep, spaced, opens = doc.to_array(_attributes()).T.tolist()
        text = _AS_WRITTEN.of(orth, store)
        kept = doc.user_data[_KEPT] = Words(
            "".join([f"{word} " if space else word for word, space in zip(text, spaced, strict=True)]),
            text,
            _AS_WRITTEN.of(lower, store),
            _LOWERED.of(lemma, store),
            _AS_WRITTEN.of(pos, store),
            _AS_WRITTEN.of(tag, store),
            _AS_WRITTEN.of(dep, store),
            [value == 1 for value in spaced],
            [value == 1 for value in opens],
        )
    assert isinstance(kept, Words)
    return kept


class _Strings(dict[int, str]):
    """Strings by the number that spaCy gives them, which depends on the string alone."""

    def __init__(self, lowered: bool) -> None:
        super().__init__()
        self._lowered = lowered

    def of(self, numbers: Iterable[int], store: StringStore) -> list[str]:
        """The string of each number."""
        try:
            return [self[number] for number in numbers]
        except KeyError:
            if len(self) > _MOST_STRINGS:
                self.clear()
            for number in set(numbers).difference(self):
                self[number] = store[number].lower() if self._lowered else store[number]
        return [self[number] for number in numbers]


_AS_WRITTEN: Final = _Strings(lowered=False)
_LOWERED: Final = _Strings(lowered=True)


@lru_cache(maxsize=1)
def _attributes() -> list[int | str]:
    from spacy.attrs import DEP, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG

    return [ORTH, LOWER, LEMMA, POS, TAG, DEP, SPACY, SENT_START]
