"""A row's words in their sentence: from the document's text where exports carry it, else a statement's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard.corpus import Corpus
from pipeline.text import in_line

AROUND: Final = 240
"""Characters of text that are shown at most on either side of the evidence."""

NO_TEXT: Final = (
    "The exports carry no full texts, which belong to their publishers. "
    "A run with PARLEY_EXPORT_TEXT=1 adds them for your own use."
)


@dataclass(frozen=True, slots=True)
class Context:
    """The words, what stands before and after them, and where that comes from; `note` is for the reader."""

    before: str
    words: str
    after: str
    note: str


def in_context(
    corpus: Corpus, document_id: str, start: int, end: int, words: str, statement_id: str | None = None
) -> Context:
    """The words at an offset with what stands around them in their line.

    Without full texts, a statement that holds the words gives the rest of its content; failing that, the
    words stand alone.
    """
    place = f"Characters {start:,}–{end:,} of the document."
    texts = corpus.texts
    if texts is not None and document_id in texts:
        text = texts[document_id]
        if text[start:end] != words:
            return Context("", words, "", f"{place} The document's text there differs from these words.")
        before, after = in_line(text, start, end, AROUND)
        return Context(before, words, after, place)
    holder = _content(corpus, statement_id)
    if holder is not None:
        content, offset = holder
        first, last = start - offset, end - offset
        if first >= 0 and content[first:last] == words:
            return Context(
                content[:first],
                words,
                content[last:],
                f"{place} Around the words: the statement in which they were said. {NO_TEXT}",
            )
    return Context("", words, "", f"{place} {NO_TEXT}")


def _content(corpus: Corpus, statement_id: str | None) -> tuple[str, int] | None:
    if statement_id is None:
        return None
    place = corpus.statement_places.get(statement_id)
    if place is None:
        return None
    row = corpus.table("statements").row(place, named=True)
    return row["content"], row["content_start"]
