"""Helpers for the tests of cleaning: pages written as marked lines, and documents made of a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pipeline.clean import CleanPage, clean_document
from pipeline.clean.reference import Knowledge, load_knowledge
from pipeline.ids import sha256_hex
from pipeline.ingest import RawDocument, Sidecar, document_id_of
from pipeline.settings import Settings

FOLDER = Path(__file__).parent / "pages"
NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class MarkedPage:
    """A page with the mark of every line and what is expected of it; see pages/README.md."""

    marks: tuple[str, ...]
    lines: tuple[str, ...]
    expected: dict[str, str]

    def text(self, line_end: str = "\n") -> str:
        return line_end.join(self.lines)


def marked_page(name: str) -> MarkedPage:
    rows = [row.split("\t", 1) for row in (FOLDER / f"{name}.txt").read_text("utf-8").split("\n") if row]
    expected = dict(pair.split("=", 1) for mark, row in rows if mark == "@" for pair in row.split("; "))
    lines = [(mark, row) for mark, row in rows if mark != "@"]
    return MarkedPage(tuple(m for m, _ in lines), tuple(row for _, row in lines), expected)


def knowledge() -> Knowledge:
    return load_knowledge(Settings().reference)


def raw(text: str, name: str = "page.txt", sidecar: Sidecar | None = None) -> RawDocument:
    sha256 = sha256_hex(text.encode())
    return RawDocument(document_id_of(sha256), name, text, sha256, sidecar, NOW)


def clean(text: str, sidecar: Sidecar | None = None) -> CleanPage:
    return clean_document(raw(text, sidecar=sidecar), knowledge())


def kinds(text: str) -> list[str]:
    return [block.kind for block in clean(text).blocks]
