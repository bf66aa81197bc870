"""Quotation structure of one line: where quotation marks open and close, and which sentences they join."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.words import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DOUBLE_OPEN = "“„«‟"
_DOUBLE_CLOSE = "”»"
_STRAIGHT = '"'
_PAIRS = {"“": '”“"', "„": '“”"', "‟": '”"', "«": "»", '"': '"”', "‘": "’", "”": '”"', "'": "'"}
_MARK = re.compile("[" + re.escape("".join(_PAIRS)) + "`]")
_BEFORE_OPENING = frozenset(" \t\u00a0\u2009\u202f([{-–—/:…")
_AFTER_CLOSING_WORD = frozenset(".,;:!?…")
_SHORT_ATTRIBUTION = 14  # tokens


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation inside a line, its marks included; `closed` is False where it runs past the line's end."""

    start: int
    end: int
    closed: bool

    def covers(self, position: int) -> bool:
        return self.start <= position < self.end


@dataclass(slots=True)
class Quotes:
    """The outermost quotations of a line, in order, with look-up by character in logarithmic time."""

    spans: tuple[Quote, ...]
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._starts = [q.start for q in self.spans]

    def at(self, position: int) -> Quote | None:
        """The quotation that covers the character, or None."""
        i = bisect_right(self._starts, position) - 1
        return self.spans[i] if i >= 0 and self.spans[i].covers(position) else None

    def overlapping(self, start: int, end: int) -> list[Quote]:
        """Quotations that share a character with the span."""
        i = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while i < len(self.spans) and self.spans[i].start < end:
            if self.spans[i].end > start:
                found.append(self.spans[i])
            i += 1
        return found

    def snap(self, start: int, end: int) -> tuple[int, int]:
        """Widen a span so that it cuts through no quotation."""
        for quote in self.overlapping(start, end):
            start, end = min(start, quote.start), max(end, quote.end)
        return start, end


def find_quotes(text: str) -> Quotes:
    """Outermost quotations of one line, in time linear in its length.

    Marks need not match in style, since pages mix them. A mark left open runs to the end of the
    line, because a quotation over several paragraphs closes only in the last; an apostrophe is none.
    """
    spans: list[Quote] = []
    marks = _Marks(text)
    position, length = 0, len(text)
    while (mark := _MARK.search(text, position)) is not None:
        position = mark.start()
        char = text[position]
        width = 2 if text.startswith("''", position) or text.startswith("``", position) else 1
        if width == 2 or char in _PAIRS:
            if _opens(text, position, width):
                end = marks.end_of_double_apostrophe(position) if width == 2 else marks.end(position)
                if end is not None:
                    spans.append(Quote(position, end, True))
                    position = end
                    continue
                if (char in '“„"' and width == 1) or _opens_paragraph(text, position, width):
                    spans.append(Quote(position, length, False))
                    break
            position += width
            continue
        position += 1
    return Quotes(tuple(spans))


def _opens(text: str, position: int, width: int) -> bool:
    after = text[position + width : position + width + 1]
    if not after or after.isspace():
        return False
    if width == 1 and text[position] in "“„«‟":
        return True
    before = text[position - 1] if position else " "
    if text[position] in "'‘":
        # An apostrophe that opens a word ('tis, '90s) is rarer in news than a quotation.
        return before in _BEFORE_OPENING and (after.isalpha() or after in "…[") and not after.isdigit()
    return before in _BEFORE_OPENING or before in _DOUBLE_OPEN


def _opens_paragraph(text: str, position: int, width: int) -> bool:
    """Whether a single mark opens words that go on in the next paragraph: "‘There is", "They added: ‘We"."""
    if width > 1 or text[position] not in "'‘" or not text[position + 1 : position + 2].isupper():
        return False
    before = text[:position].rstrip()
    return (not before or before[-1] in ":,") and len(text) - position > _PARAGRAPH


_PARAGRAPH = 60  # characters; shorter is a heading with an apostrophe


class _Marks:
    """Where the marks of a line stand that may close a quotation; each kind is looked for once.

    So the end of any of thousands of quotations, nested or never closed, is found by bisection.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing: dict[str, list[int]] = {}
        self._single: dict[str, tuple[list[int], list[int]]] = {}
        self._nested: dict[int, int] | None = None
        self._apostrophes: list[int] | None = None

    def end(self, position: int) -> int | None:
        """End of the quotation that opens at ``position``, or None where the line does not close it."""
        mark = self._text[position]
        if mark in "'‘":
            return self._end_of_single(position, "'" if mark == "'" else "’")
        if mark == "“":
            return self._end_of_nested(position)
        return _next(self._closing_marks(mark), position + 1, len(self._text))

    def end_of_double_apostrophe(self, position: int) -> int | None:
        """End of the quotation that opens with two apostrophes or backticks at ``position``."""
        if self._apostrophes is None:
            self._apostrophes = [i for i in self._where("'") if self._text.startswith("''", i)]
        end = _next(self._apostrophes, position + 2, len(self._text))
        return None if end is None else end + 1

    def _where(self, chars: str) -> list[int]:
        return [i for i, char in enumerate(self._text) if char in chars]

    def _closing_marks(self, mark: str) -> list[int]:
        """Where a quotation that opens with ``mark`` may close."""
        if mark not in self._closing:
            self._closing[mark] = [i for i in self._where(_PAIRS[mark]) if not self._opens_straight(i)]
        return self._closing[mark]

    def _opens_straight(self, i: int) -> bool:
        return self._text[i] == _STRAIGHT and _opens(self._text, i, 1)

    def _end_of_nested(self, position: int) -> int | None:
        if self._nested is None:
            self._nested = self._match_nested()
        return self._nested.get(position)

    def _match_nested(self) -> dict[int, int]:
        """End by opening mark “: nested ones close one by one where the style tells a closing mark.

        A straight mark, or an opening one before a space, closes all that are open. Where an inner mark is
        never closed, the first closing mark ends the quotation around it.
        """
        text, ends = self._text, dict[int, int]()
        unclosed: list[int] = []
        for i in self._where(_PAIRS["“"]):
            if text[i] == "“" and i + 1 < len(text) and not text[i + 1].isspace():
                unclosed.append(i)
            elif self._opens_straight(i):
                continue
            elif text[i] in _DOUBLE_CLOSE:
                if unclosed:
                    ends[unclosed.pop()] = i + 1
            else:
                ends.update(dict.fromkeys(unclosed, i + 1))
                unclosed.clear()
        anywhere = self._where(_PAIRS["“"])
        for i in unclosed[:-1]:
            end = _next(anywhere, i + 1, len(text))
            if end is not None:
                ends[i] = end
        return ends

    def _end_of_single(self, position: int, closing: str) -> int | None:
        """End of a quotation in single marks: a mark inside a word is an apostrophe, one after s may be."""
        if closing not in self._single:
            self._single[closing] = self._single_marks(closing)
        sure, doubtful = self._single[closing]
        until = len(self._text)
        if closing == "’":
            inner = self._text.find("‘", position + 1)
            until = inner if inner >= 0 else until
        end = _next(sure, position + 1, until)
        if end is None:
            end = _next(doubtful, position + 1, until)
        if end is None and closing == "’" and self._text.rstrip().endswith("'"):
            return len(self._text.rstrip())  # "‘We're glad to hear it.'", closed by a straight mark
        return end

    def _single_marks(self, closing: str) -> tuple[list[int], list[int]]:
        sure: list[int] = []
        doubtful: list[int] = []
        text = self._text
        for i in self._where(closing):
            before, after = text[i - 1 : i], text[i + 1 : i + 2]
            if after.isalnum():
                continue
            is_sure = before != "s" or not after or after in ".,;:!?)—–"
            (sure if is_sure else doubtful).append(i)
        return sure, doubtful


def _next(positions: list[int], start: int, until: int) -> int | None:
    """Offset after the first of the sorted positions that lies in ``[start, until)``, or None."""
    i = bisect_left(positions, start)
    return positions[i] + 1 if i < len(positions) and positions[i] < until else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `start_i`..`end_i` (half-open): one sentence, or several that a quotation joins."""

    start_i: int
    end_i: int
    start: int
    end: int


def join_sentences(doc: Doc, quotes: Quotes) -> list[Sentence]:
    """The parser's sentences, joined where a boundary falls inside a quotation or before its attribution."""
    notes = _notes(doc)
    bounds = sorted({*_sentence_starts(doc), *(i for i in notes if i < len(doc))})
    sentences: list[Sentence] = []
    first = 0
    for index in range(len(bounds)):
        next_i = bounds[index + 1] if index + 1 < len(bounds) else len(doc)
        if next_i < len(doc) and next_i not in notes and not _real_boundary(doc, next_i, quotes):
            continue
        start, end = doc[bounds[first]].idx, notes.get(next_i, _end(doc, next_i - 1))
        sentences.append(Sentence(bounds[first], next_i, start, max(start, end)))
        first = index + 1
    return sentences


# A footnote's number after a full stop or a closing mark: "... left.[12] Another ...".
_NOTE = re.compile(r"(?<=[.!?”\"’])(?:\[\d{1,3}\])+(?=\s|$)")


def _notes(doc: Doc) -> dict[int, int]:
    """Where footnotes close sentences: token after each (the number of tokens at the end) -> its offset."""
    text = words_in(doc).line
    if "[" not in text:
        return {}
    found: dict[int, int] = {}
    i = 0
    for match in _NOTE.finditer(text):
        while i < len(doc) and doc[i].idx < match.end():
            i += 1
        while i < len(doc) and doc[i].is_space:
            i += 1
        found[i] = match.start()
    return found


def _end(doc: Doc, i: int) -> int:
    return doc[i].idx + len(doc[i])


def _sentence_starts(doc: Doc) -> list[int]:
    return [i for i, opens in enumerate(words_in(doc).opens) if i == 0 or opens]


def _real_boundary(doc: Doc, next_i: int, quotes: Quotes) -> bool:
    """Whether a sentence that starts at token ``next_i`` is a new one, read by its surroundings."""
    token, before = doc[next_i], doc[next_i - 1]
    quote = quotes.at(token.idx)
    if quote is not None and quote.start < token.idx:
        return False
    opens = quote is not None and quote.start == token.idx
    if not opens and token.text in {"”", '"', "’", "»", "''", ",", ";", ")", ":"}:
        return False
    if token.text[:1].islower():
        # "“Are you sure?” he asked" is one sentence, and so is a clause after a dash.
        return False
    if before.text in {",", ";", ":"} or before.text.endswith(","):
        return before.text == ";" and token.text[:1].isupper()
    if opens:
        return before.text in _AFTER_CLOSING_WORD or _ends_quote(before.text)
    if _ends_quote(before.text) and next_i >= 2:
        # A closing mark with no full stop before it ends no sentence, and after a question a short
        # sentence is its attribution ("“Are you sure?” Smith asked.").
        ended = doc[next_i - 2].text[-1:]
        if ended == "." and _only_attributes(doc, next_i):
            return False
        return ended in ".…" or (ended in "!?" and _length(doc, next_i) > _SHORT_ATTRIBUTION)
    return before.text[-1:] in ".!?…;)" or before.is_space


def _only_attributes(doc: Doc, start_i: int) -> bool:
    """Whether a short sentence from the token on only says whose words stand before: "“No.” Roe said."."""
    end_i = start_i + _length(doc, start_i)
    if end_i - start_i > _SHORT_ATTRIBUTION:
        return False
    sentence = doc[start_i:end_i]
    verb = next((t for t in sentence if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    if verb is None or verb.lemma_ not in _PLAINLY or verb.i == start_i:
        return False
    if any(t.text in {":", ","} or _ends_quote(t.text) or t.text == "“" for t in sentence):
        return False
    told = {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr", "advcl"}
    return not any(c.dep_ in told for c in verb.rights) and sentence[0].pos_ in {"PROPN", "PRON", "DET"}


_PLAINLY = frozenset({"say", "add", "explain", "note", "stress", "conclude", "continue", "state", "remark"})


def _length(doc: Doc, start_i: int) -> int:
    """Tokens of the parser's sentence that starts at ``start_i``, counted up to one more than matters."""
    for i in range(start_i + 1, min(len(doc), start_i + _SHORT_ATTRIBUTION + 2)):
        if doc[i].is_sent_start:
            return i - start_i
    return min(len(doc) - start_i, _SHORT_ATTRIBUTION + 2)


def _ends_quote(text: str) -> bool:
    return text[-1:] in {"”", '"', "’", "»", "'"}
