"""The place from which a text is told, by its dateline, its sentence or the heading of its section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.resolve.scan import Scan
from pipeline.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DATELINE = 4  # tokens of the shortest text with a dateline
_SECTION, _SECTION_LINE = 6, 6  # blocks of a section told from one place; tokens of the line that opens it


def told_from(
    scans: Mapping[int, Scan], vocabulary: Vocabulary, block_no: int, start: int, *, headings: bool
) -> str | None:
    """State of the capital from which the sentence is told: its officials need no adjective.

    The sentence opens with it ("In Beijing, …"), or the block ("MOSCOW, May 5."), or, with `headings`,
    a line of its own before ("KYIV, 11:00").
    """
    doc = scans[block_no].doc
    if start + 2 < len(doc) and doc[start].lower_ == "in" and doc[start + 2].text == ",":
        return _capital(scans[block_no], vocabulary, start + 1)
    if len(doc) >= _DATELINE and doc[0].text.isupper() and doc[1].text in {",", "(", "/", "—", "–", "-"}:
        return _capital(scans[block_no], vocabulary, 0)
    for number in range(block_no - 1, block_no - 1 - _SECTION, -1) if headings else ():
        scan = scans.get(number)
        if scan is None or not 0 < len(scan.doc) <= _SECTION_LINE or scan.doc[-1].text in {".", "?", "!"}:
            continue
        if scan.doc[0].text.isupper():
            return _capital(scans[number], vocabulary, 0)
    return None


def opens_with_place(doc: Doc, end: int) -> bool:
    """Whether the name that ends at ``end`` opens its line as a place does: "Addis Abeba — Ana Roe said".

    A dash and another name or a sentence follow; a second dash would close an insertion about whom it names.
    """
    if end + 1 >= len(doc) or doc[end].text not in _DASHES or not doc[end + 1].text[:1].isupper():
        return False
    return all(t.text not in _DASHES for t in doc[end].sent if t.i > end)


_DASHES = frozenset({"—", "–", "--"})


def _capital(scan: Scan, vocabulary: Vocabulary, i: int) -> str | None:
    """State of the capital at the token, or None if none is there."""
    text = scan.doc[i].text
    entry = vocabulary.lexicon.get(text.title() if text.isupper() else text)
    return entry.ref if entry is not None and entry.kind == "capital" else None
