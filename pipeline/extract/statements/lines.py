"""One line of a page: its text, parse, quotation structure and the spans that rules cut from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.statements.quotes import Quotes, Sentence, find_quotes, join_sentences
from pipeline.model import Block
from pipeline.words import Words, words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


SUBJECTS = frozenset({"nsubj", "csubj"})


OBJECTS = frozenset({"dobj", "obj"})


SEPARATORS = frozenset(",—–-?!;…")


CLOSING = frozenset("”\"’»'")


FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


_TRIM = " \t\u00a0,;:—–-"


@dataclass(slots=True)
class Line:
    """A block of the body with its parse and quotation structure."""

    block: Block
    doc: Doc
    text: str
    quotes: Quotes
    sentences: list[Sentence]
    dateline: int = 0
    stamped: bool = False
    """Whether the line opens with a time of the day, as the posts of a ticker do."""
    words: Words = field(init=False, repr=False)
    _sentence_of: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.words = words_in(self.doc)
        self._sentence_of = [0] * len(self.doc)
        for number, sentence in enumerate(self.sentences):
            for i in range(sentence.start_i, sentence.end_i):
                self._sentence_of[i] = number

    def sentence_no(self, token_i: int) -> int:
        return self._sentence_of[token_i]

    def sentence_at(self, token_i: int) -> Sentence:
        return self.sentences[self._sentence_of[token_i]]

    def unquoted(self, start: int, end: int, spans: Iterable[tuple[int, int]] = ()) -> str:
        """Text from `start` to `end` with what stands in quotation marks, and in `spans`, blanked out."""
        text = list(self.text[start:end])
        quotes = ((quote.start, quote.end) for quote in self.quotes.overlapping(start, end))
        for first, last in (*spans, *quotes):
            for at in range(max(first, start), min(last, start + len(text))):
                text[at - start] = " "
        return "".join(text)

    def quoted(self, token: Token) -> bool:
        return self.quotes.at(token.idx) is not None


@dataclass(slots=True)
class Attribution:
    """A cue with the head of the phrase that names its speaker and the spans of what was said.

    Spans are character offsets into the line. `segment` covers subject and cue, which are the
    reporter's words. `speaker` None: the cue has no subject of its own, see `inherits`.
    """

    cue: Token
    lemma: str
    speaker: Token | None
    pieces: list[tuple[int, int]]
    segment: tuple[int, int]
    rule: str
    frame: str
    addressee: Token | None = None
    opens_next: bool = False
    by_document: bool = False


def make_line(block: Block, doc: Doc, told_from: int = 0) -> Line:
    """Read a block's quotation marks and sentences; `told_from` ends a place that opens it before a colon."""
    text = words_in(doc).line
    quotes = find_quotes(text)
    stamp = _STAMP.match(text)
    opened = stamp.end() if stamp is not None else 0
    dateline = _DATELINE.match(text) if not opened else None
    return Line(
        block,
        doc,
        text,
        quotes,
        join_sentences(doc, quotes),
        dateline.end() if dateline is not None else opened or told_from,
        stamped=stamp is not None and stamp.group(1) is not None,
    )


# "• ", "18:30 ", "9.05am GMT – ", "14:31 BREAKING | ": what stands before the text of an item or a post.
_STAMP = re.compile(
    r"(?=\S)(?:[•*▪‣●◦■►✓]\s+)?"
    r"(\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\b\.?)?(?: (?:GMT|UTC|[BCEIM]?E?ST|CET|EE?T|E[DS]T|AEDT|AEST)\b)?"
    r"\s*(?:[–—|:-]\s+)?)?"
    r"(?:(?:BREAKING|UPDATE|UPDATED|JUST IN|FLASH|URGENT|ALERT|NEW)(?: NEWS)?\s*[:|–—-]\s+)?"
)
# "WASHINGTON (AP) — ", "KYIV/MOSCOW, March 12 (Reuters) - ", "MOSCOW, May 5. /VNA/. ", "DAKAR, May 5: ";
# "OSLO, 5 May - "; in small letters only with an agency or a day: "Lima, Peru (Andina) - ", "Lima, May 5 : ",
# "Khartoum, 5 May (SUNA)- "; without any dash where a feed took the agency out: "LIMA, May 5 The government".
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\-/ ]{2,40}(?:, [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2}(?: \d{1,2})?(?:, \d{4})?"
    r"|, \d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?)?\.?"
    r"(?: ?[(/][\w /.&\-]{2,30}[)/]\.?)?(?: ?(?:—|–|--|-|//|>>) | -(?=[A-Z“\"])|(?<=/\.) |(?<=\d) ?: )"
    r"|[A-Z][A-Z.’'\-/ ]{2,40},? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? "
    r"\d{1,2} (?=[A-Z“\"])"
    r"|[A-Z][\w.’'\-]{2,20}(?: [A-Z][\w.’'\-]{1,20}){0,2}(?:, [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2})?"
    r"(?:(?:, \d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?| \d{1,2})?(?:, \d{4})? ?"
    r"\([\w /.&\-]{2,30}\) ?| \d{1,2}(?:, \d{4})? ?)(?:—|–|--|-|:) "
)


def end_of(token: Token) -> int:
    """Offset after a token's last character."""
    return int(token.idx + len(token))


def subtree_span(token: Token) -> tuple[int, int]:
    """Character span of a token's subtree, from its left edge to its right edge."""
    return token.left_edge.idx, end_of(token.right_edge)


def before(line: Line, position: int) -> str:
    """The last character before ``position`` that is no space, or the empty string."""
    return (
        line.text[:position].rstrip()[-1:]
        if position < 200
        else line.text[position - 200 : position].rstrip()[-1:]
    )


def after_closing_mark(line: Line, position: int) -> bool:
    """Whether the text before ``position`` ends with a closed quotation of more than a character."""
    before = line.text[:position].rstrip()
    if not before:
        return False
    quote = line.quotes.at(len(before) - 1)
    return quote is not None and quote.closed and quote.end == len(before) and quote.end - quote.start > 3


def leads_to_quotation(line: Line, token: Token) -> bool:
    """Whether a dash parts the reporter's words from a quotation ("She was firm – “no,” she said")."""
    if token.text not in {"–", "—", "--"} or line.quoted(token) or token.i + 1 >= len(line.doc):
        return False
    quote = line.quotes.at(line.doc[token.i + 1].idx)
    return quote is not None and quote.start == line.doc[token.i + 1].idx


def trim(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Cut separators and space from both ends of a span, or None where nothing is left."""
    text = line.text
    while start < end and (
        text[start] in _TRIM or (text[start] in ".?!…" and text[start : start + 2] != "…")
    ):
        start += 1
    while end > start and text[end - 1] in _TRIM + ".":
        if text[end - 1] == "." and (line.quotes.at(end - 1) is not None or _abbreviation(text, end)):
            break
        end -= 1
    end = _word_end(line, end)
    return (start, end) if end - start > 1 else None


def _word_end(line: Line, end: int) -> int:
    """End of a span that the parse ends within a word, with what hangs on the word's rest ("re|-open it")."""
    text = line.text
    cut = text[end : end + 1] == "-" and text[end - 1 : end].isalnum() and text[end + 1 : end + 2].isalnum()
    rest = next((t for t in line.doc if t.idx == end + 1), None) if cut else None
    return min(end_of(rest.right_edge), line.sentence_at(rest.i).end) if rest is not None else end


def _abbreviation(text: str, end: int) -> bool:
    """Whether the full stop before ``end`` belongs to an abbreviation such as "U.S."."""
    return end >= 4 and text[end - 3] == "." and text[end - 2].isupper() and text[end - 4].isupper()
