"""Texts broken into lines of a fixed width, as mails, cables and old wire copy are: lines made paragraphs.

Such a text ends a line where the next word would not have fitted, and that tells which lines run on. Nothing
in the text is changed: a paragraph's offsets cover its line ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.clean.lines import Line
from pipeline.text import on_one_line

WIDEST: Final = 110
"""Columns of the widest line that texts are broken into; longer lines are paragraphs."""
_NARROWEST: Final = 28
_NEAR: Final = 0.7
_MOST: Final = 0.7
_LEAST_BREAKS: Final = 4
_LEAST_SHARE: Final = 0.3
"""Of adjacent lines as wide as broken ones, those that evidently are: a lower-case letter goes on."""
_LONG_LINES: Final = 0.5
"""Share of the characters in lines that are wider: above it, they are the page's paragraphs."""
_FULL: Final = 0.75
_LEAST_WORDS: Final = 4
_BULLETS: Final = "-–—•·*>|#+"


def paragraphs(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a text, or, of one that is broken at a fixed width, its paragraphs, numbered anew."""
    width = _width(lines)
    if width is None:
        yield from lines
        return
    run: list[Line] = []
    number = 0
    for line in lines:
        if run and not _goes_on(run, line, width, text):
            yield _joined(run, number, text)
            number += 1
            run = []
        run.append(line)
    if run:
        yield _joined(run, number, text)


def _joined(run: Sequence[Line], number: int, text: str) -> Line:
    first, last = run[0], run[-1]
    return replace(first, no=number, end=last.end, text=on_one_line(text[first.start : last.end]))


def _width(lines: Sequence[Line]) -> int | None:
    """Columns that the text was broken at; None if its lines are paragraphs."""
    breaks = [len(a.text) for a, b in pairwise(lines) if len(a.text) <= WIDEST and _evident(a, b)]
    width = max(breaks, default=0)
    if width < _NARROWEST:
        return None
    # Items of menus begin with small letters too, but are of any length.
    near = [n for n in breaks if n >= _NEAR * width]
    wide = [a for a, b in pairwise(lines) if not b.gap and _NEAR * width <= len(a.text) <= width]
    longer = sum(len(line.text) for line in lines if len(line.text) > width)
    broken = len(near) >= max(
        _LEAST_BREAKS, _MOST * len(breaks), _LEAST_SHARE * len(wide)
    ) and longer <= _LONG_LINES * sum(len(line.text) for line in lines)
    return width if broken else None


def _evident(line: Line, following: Line) -> bool:
    """Whether a sentence surely goes on in the next line."""
    return (
        not following.gap
        and following.text[0].islower()
        and line.n_words >= _LEAST_WORDS
        and not line.ends_sentence
        and not following.is_address
    )


def _goes_on(run: Sequence[Line], following: Line, width: int, text: str) -> bool:
    """Whether the paragraph goes on: the line had to be broken there, or its sentence is not at its end."""
    line = run[-1]
    if following.gap or following.is_address or following.text[0] in _BULLETS or len(line.text) > WIDEST:
        return False
    indent = _indent(line, text)
    if _indent(following, text) > indent and not (len(run) == 1 and line.text[0] in _BULLETS):
        return False
    column = indent + len(line.text)
    if column + 1 + len(following.text.split(maxsplit=1)[0]) > width:
        return True
    if line.ends_sentence:
        return False
    # Lines of copy that was set for print are of unequal length: there the sentence tells.
    return following.text[0].islower() or (len(run) > 1 and column >= _FULL * width)


def _indent(line: Line, text: str) -> int:
    # Step by step: a search for the sign that a text does not hold goes back to its beginning for every line.
    start = line.start
    while start and text[start - 1] not in "\n\r":
        start -= 1
    return line.start - start
