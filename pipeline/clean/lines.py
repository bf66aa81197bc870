"""Splitting a text into lines, and what the shape of a line says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.clean.reference import English, Hit, Knowledge, plain

_READ = 3000
_ENDING = 40
_LINE_END = re.compile(r"[\n\r]")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]*]*(?:\[\d+\])?$|[,—–-][\"”’]$|[.!?…,][\"”’][\"”’)]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*]*(?:\[\d+\])?$")
WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_MENU = re.compile(r"\s*\|\s*|\s[•·∙‧›>/»]\s|\s{2,}|\t")
_URL = re.compile(
    r"^(?:https?://\S+|(?=\S{1,300}$)(?:(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,10}(?:/\S*)?|\S+@\S+\.\S+|@\w+))$",
    re.I,
)
_QUOTE = re.compile(r"[\"“”«»]|(?:^|\s)[‘'].*[’'](?:\W|$)")


@dataclass(frozen=True)
class Line:
    """One non-blank line: its number among them, its offsets without white space, its text."""

    no: int
    start: int
    end: int
    text: str
    gap: bool
    """Whether a blank line, or the start of the text, stands before it."""
    english: English

    @cached_property
    def words(self) -> list[str]:
        """Words as written, without punctuation; of the first 3,000 characters."""
        return WORD.findall(self.text[:_READ])

    @cached_property
    def lowered(self) -> list[str]:
        """The words in lower case."""
        return [w.lower() for w in self.words]

    @cached_property
    def n_words(self) -> int:
        return len(self.words)

    @cached_property
    def key(self) -> str:
        """The line as it is compared with other lines."""
        return plain(self.text)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether a full stop, question or exclamation mark ends it (behind closing quotation marks)."""
        return bool(_SENTENCE_END.search(self.text[-_ENDING:]))

    @cached_property
    def ends_open(self) -> bool:
        """Whether punctuation of prose ends it: also a colon, a semicolon, a comma before a quote."""
        return bool(_TERMINAL.search(self.text[-_ENDING:]))

    @cached_property
    def function_share(self) -> float:
        """Share of words that are English function words."""
        return len([w for w in self.lowered if w in self.english.function_words]) / max(1, self.n_words)

    @cached_property
    def capital_share(self) -> float:
        """Share of the words of four or more letters that begin with a capital."""
        long = [w for w in self.words if len(w) >= 4 and w[0].isalpha()]
        return sum(w[0].isupper() for w in long) / max(1, len(long)) if long else 0.0

    @cached_property
    def all_caps(self) -> bool:
        return self.text.isupper() and self.n_words > 0

    @cached_property
    def has_verb(self) -> bool:
        """Whether some word looks like a finite verb; cheap and generous."""
        return self.tells(self.words)

    def tells(self, words: Sequence[str]) -> bool:
        """Whether one of `words`, of this line as written, looks like a finite verb."""
        lowered = [w.lower().replace("’", "'") for w in words]
        return any(
            w in self.english.headline_verbs or (len(w) > 4 and w.endswith("ed") and (w != o or i > 0))
            for i, (w, o) in enumerate(zip(lowered, words, strict=True))
        )

    @cached_property
    def has_auxiliary(self) -> bool:
        """Whether a verb of saying or an auxiliary is among its words: rare in menus and link lists."""
        return any(w in self.english.auxiliaries for w in self.lowered)

    @cached_property
    def menu_items(self) -> list[str]:
        """Parts between separators of menus; one part if there are none."""
        return [part for part in _MENU.split(self.text[:_READ]) if part and part.strip()]

    @cached_property
    def is_address(self) -> bool:
        """Whether the line is nothing but a web or mail address or an account name."""
        return bool(_URL.match(self.text))

    @cached_property
    def has_quote(self) -> bool:
        return bool(_QUOTE.search(self.text[:_READ]))

    def hit(self, knowledge: Knowledge) -> Hit | None:
        """The cue of reference data that the line matches."""
        return knowledge.cue(self.key, self.n_words)


def split_lines(text: str, english: English) -> Iterator[Line]:
    """Non-blank lines of `text` in order; LF, CR and CR LF end a line, nothing else does.

    White space around a line (by Unicode, so no-break spaces too) belongs to no line. Other separators
    (U+2028, form feed) are characters inside a line or white space around it.
    """
    position = 0
    number = 0
    gap = True
    after_cr = False
    for raw in _LINE_END.split(text):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            yield Line(number, start, start + len(stripped), stripped, gap, english)
            number += 1
            gap = False
        elif not (raw == "" and after_cr):
            gap = True
        position += len(raw) + 1
        # Between CR and LF of one line end lies an empty piece that is no blank line.
        after_cr = position <= len(text) and text[position - 1 : position + 1] == "\r\n"
